/*
 * libxml2 through the dynamic loader: a table of its functions, filled once. Headers and library
 * keep their binary interface under one name (libxml2.so.2), which is the one asked for.
 */
#include "document/markup_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#ifndef QDX_LIBXML2_NAME
#define QDX_LIBXML2_NAME "libxml2.so.2"
#endif

static const struct symbol {
    const char *name;
    size_t offset;
} symbols[] = {
    {"xmlInitParser", offsetof(qdx_markup_library, init)},
    {"htmlNewParserCtxt", offsetof(qdx_markup_library, new_html)},
    {"xmlNewParserCtxt", offsetof(qdx_markup_library, new_xml)},
    {"htmlFreeParserCtxt", offsetof(qdx_markup_library, free_html)},
    {"xmlFreeParserCtxt", offsetof(qdx_markup_library, free_xml)},
    {"htmlCtxtReadMemory", offsetof(qdx_markup_library, read_html)},
    {"xmlCtxtReadMemory", offsetof(qdx_markup_library, read_xml)},
    {"xmlFreeDoc", offsetof(qdx_markup_library, free_document)},
    {"xmlStopParser", offsetof(qdx_markup_library, stop_parser)},
    {"xmlSetStructuredErrorFunc", offsetof(qdx_markup_library, set_error_function)},
    {"htmlEntityLookup", offsetof(qdx_markup_library, html_entity)},
    {"xmlDictReference", offsetof(qdx_markup_library, keep_names)},
    {"xmlDictFree", offsetof(qdx_markup_library, free_names)},
};

/* Written once, by the first thread that comes, and only read afterwards. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static qdx_markup_library library;
static char reason[160]; /* why it is not there; "" when it is */

static void fail(const char *why)
{
    snprintf(reason, sizeof reason, "%s", why ? why : "unknown reason");
}

static void load(void)
{
    void *handle = dlopen(QDX_LIBXML2_NAME, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        fail(dlerror());
        return;
    }
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        void *function = dlsym(handle, symbols[i].name);
        if (!function) {
            fail(symbols[i].name);
            return;
        }
        memcpy((char *)&library + symbols[i].offset, &function, sizeof function);
    }
    library.init();
}

const qdx_markup_library *qdx_markup_library_load(qdx_error *error)
{
    pthread_once(&once, load);
    if (!reason[0])
        return &library;
    qdx_error_set(error, QDX_ERR_UNSUPPORTED,
                  "libxml2, which reads HTML and XML, cannot be loaded: %s", reason);
    return NULL;
}

void qdx_markup_library_free_names(struct _xmlDict *names)
{
    library.free_names(names); /* there are names only where the library is loaded */
}
