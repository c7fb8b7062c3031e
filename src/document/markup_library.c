/*
 * libxml2 through the dynamic loader: a table of its functions, filled once. Headers and library
 * keep their binary interface under one name (libxml2.so.2), which is the one asked for.
 */
#include "document/markup_library.h"

#include <pthread.h>

#include "base/library.h"

#ifndef QDX_LIBXML2_NAME
#define QDX_LIBXML2_NAME "libxml2.so.2"
#endif

static const qdx_library_symbol symbols[] = {
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

static const qdx_library libxml2 = {"libxml2", QDX_LIBXML2_NAME, "libxml2", "reads HTML and XML",
                                    QDX_LIBRARY_SYMBOLS(symbols)};

/* Written once, by the first thread that comes, and only read afterwards. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static qdx_markup_library library;
static qdx_error failure; /* why it is not there; QDX_OK when it is */

static void load(void)
{
    if (qdx_library_load(&libxml2, &library, &failure) == QDX_OK)
        library.init();
}

const qdx_markup_library *qdx_markup_library_load(qdx_error *error)
{
    pthread_once(&once, load);
    if (failure.code == QDX_OK)
        return &library;
    if (error)
        *error = failure;
    return NULL;
}

void qdx_markup_library_free_names(struct _xmlDict *names)
{
    library.free_names(names); /* there are names only where the library is loaded */
}
