/*
 * The dynamic loader behind a table: one dlopen, one dlsym a function. Nothing is shared and
 * nothing kept here; the loader itself counts who uses a library.
 */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

static qdx_status missing(const qdx_library *library, const char *reason, qdx_error *error)
{
    if (reason && strstr(reason, "memory")) /* the loader has no codes, only sentences */
        return qdx_error_memory(error);
    qdx_error_set(error, QDX_ERR_UNSUPPORTED, "%s, which %s, cannot be loaded: %s", library->name,
                  library->purpose, reason ? reason : "unknown reason");
    qdx_error_hint(error, "install the package %s", library->package);
    return QDX_ERR_UNSUPPORTED;
}

qdx_status qdx_library_load(const qdx_library *library, void *functions, qdx_error *error)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return missing(library, dlerror(), error);
    for (size_t i = 0; i < library->symbol_count; i++) {
        void *function = dlsym(handle, library->symbols[i].name);
        if (!function)
            return missing(library, dlerror(), error);
        memcpy((char *)functions + library->symbols[i].offset, &function, sizeof function);
    }
    return QDX_OK;
}
