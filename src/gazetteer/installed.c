/*
 * Where the lists that came with the program are. Nothing compiled in names a folder of any
 * machine: the way leads from the file that holds this code, the program or the shared library, so
 * that an installed tree may be moved.
 */
#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <quotedex/gazetteer.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_PATH = PATH_MAX };

/* The loaded file whose segments hold `address`; the program itself has an empty name. */
typedef struct holder {
    uintptr_t address;
    char name[LONGEST_PATH];
} holder;

static int find_holder(struct dl_phdr_info *info, size_t size, void *context)
{
    holder *h = context;
    (void)size;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        if (info->dlpi_phdr[i].p_type == PT_LOAD && h->address >= start &&
            h->address - start < info->dlpi_phdr[i].p_memsz) {
            snprintf(h->name, sizeof h->name, "%s", info->dlpi_name ? info->dlpi_name : "");
            return 1;
        }
    }
    return 0;
}

/* The folder of the program or library this code is in; false when the system does not tell. */
static bool own_folder(char folder[static LONGEST_PATH])
{
    holder h = {.address = (uintptr_t)&qdx_gazetteer_default_path};
    char program[LONGEST_PATH];
    dl_iterate_phdr(find_holder, &h);
    if (!*h.name) {
        ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
        if (n <= 0)
            return false;
        program[n] = '\0';
        snprintf(h.name, sizeof h.name, "%s", program);
    }
    if (!realpath(h.name, folder)) /* needs no memory that could be short */
        return false;
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    return slash;
}

const char *qdx_gazetteer_default_path(char *buffer, size_t size)
{
    /* Beside the program in a build folder, then from the folders of an installation. */
    static const char *const ways[] = {"gazetteers", QDX_BINDIR_TO_GAZETTEERS,
                                       QDX_LIBDIR_TO_GAZETTEERS};
    const char *chosen = getenv("QUOTEDEX_GAZETTEERS");
    char folder[LONGEST_PATH];
    if (chosen && *chosen && strlen(chosen) < size) {
        snprintf(buffer, size, "%s", chosen);
        return buffer;
    }
    if (!own_folder(folder))
        return NULL;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        int written = snprintf(buffer, size, "%s/%s/en", folder, ways[i]);
        if (written > 0 && (size_t)written < size && access(buffer, R_OK | X_OK) == 0)
            return buffer;
    }
    return NULL;
}
