/*
 * Libraries that are loaded when they are first needed, so that a command that does not need them
 * starts without them: what a program is linked to, it pays for at every start. A caller names the
 * functions it uses in a list, and makes of it the struct of their addresses and the table of their
 * names:
 *
 *     #define FUNCTIONS(each) each(sqlite3_open) each(sqlite3_close)
 *     typedef struct functions {
 *         FUNCTIONS(QDX_LIBRARY_MEMBER)
 *     } functions;
 *     #define SYMBOL(name) QDX_LIBRARY_SYMBOL(functions, name)
 *     static const qdx_library_symbol symbols[] = {FUNCTIONS(SYMBOL)};
 *
 * A loaded library stays until the process ends; loading it again costs microseconds, so that
 * whoever needs it may hold a struct of its own.
 */
#ifndef QDX_BASE_LIBRARY_H
#define QDX_BASE_LIBRARY_H

#include <stddef.h>

#include "base/error.h"

typedef struct qdx_library_symbol {
    const char *name;
    size_t offset; /* of the address in the caller's struct */
} qdx_library_symbol;

typedef struct qdx_library {
    const char *name;    /* as people call it: "SQLite" */
    const char *file;    /* with the version of its binary interface: "libsqlite3.so.0" */
    const char *package; /* Debian's, for the hint */
    const char *purpose; /* "writes databases" */
    const qdx_library_symbol *symbols;
    size_t symbol_count;
} qdx_library;

/* These want the header of the library, which declares the functions. */
#define QDX_LIBRARY_MEMBER(name) __typeof__(&(name)) name;
#define QDX_LIBRARY_SYMBOL(functions, name) {#name, offsetof(functions, name)},
#define QDX_LIBRARY_SYMBOLS(table) (table), sizeof(table) / sizeof(table)[0]

/*
 * Loads the library and fills the struct at functions, which holds nothing but the addresses.
 * QDX_ERR_UNSUPPORTED, with the loader's reason and the package as hint, when the library is
 * missing or lacks a function; QDX_ERR_MEMORY when there is no memory for it. Any thread.
 */
qdx_status qdx_library_load(const qdx_library *library, void *functions, qdx_error *error);

#include "base/banned.h"
#endif
