/*
 * The door to libxml2. The library, and what it brings along (ICU, the C++ runtime), is loaded when
 * the first markup is read, so that a program that only asks an index never pays for it.
 */
#ifndef QDX_DOCUMENT_MARKUP_LIBRARY_H
#define QDX_DOCUMENT_MARKUP_LIBRARY_H

#include "base/error.h"

struct _xmlDict;
struct _xmlParserCtxt;
struct _xmlError;
struct _htmlEntityDesc;

/* The functions of libxml2 that are used. */
typedef struct qdx_markup_library {
    void (*init)(void);
    struct _xmlParserCtxt *(*new_html)(void);
    struct _xmlParserCtxt *(*new_xml)(void);
    void (*free_html)(struct _xmlParserCtxt *parser);
    void (*free_xml)(struct _xmlParserCtxt *parser);
    struct _xmlDoc *(*read_html)(struct _xmlParserCtxt *parser, const char *text, int size,
                                 const char *url, const char *encoding, int options);
    struct _xmlDoc *(*read_xml)(struct _xmlParserCtxt *parser, const char *text, int size,
                                const char *url, const char *encoding, int options);
    void (*free_document)(struct _xmlDoc *document);
    void (*stop_parser)(struct _xmlParserCtxt *parser);
    void (*set_error_function)(void *context, void (*function)(void *, struct _xmlError *));
    const struct _htmlEntityDesc *(*html_entity)(const unsigned char *name);
    int (*keep_names)(struct _xmlDict *names);
    void (*free_names)(struct _xmlDict *names);
} qdx_markup_library;

/*
 * The library, loaded and set up on the first call; any thread may make it. NULL, and
 * QDX_ERR_UNSUPPORTED with the loader's reason, when it is not there.
 */
const qdx_markup_library *qdx_markup_library_load(qdx_error *error);

/* Gives back names that were kept. */
void qdx_markup_library_free_names(struct _xmlDict *names);

#include "base/banned.h"
#endif
