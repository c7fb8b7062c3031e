/* Between libxml2's events and our tree; for markup_events.c and markup_parse.c only. */
#ifndef QDX_DOCUMENT_MARKUP_BUILDER_H
#define QDX_DOCUMENT_MARKUP_BUILDER_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <setjmp.h>

#include "document/markup.h"
#include "document/markup_library.h"

enum {
    QDX_MARKUP_ENTITY_BYTES = 72,
    QDX_MARKUP_NAME_CACHE = 64,
};

/* What the events are gathered in. */
typedef struct qdx_markup_builder {
    const qdx_markup_library *library;
    qdx_markup *markup;
    xmlParserCtxtPtr parser;
    uint32_t open;  /* the element that is open */
    uint32_t depth; /* of it */
    uint32_t max_depth;
    bool html;
    qdx_status status; /* why the parser was stopped */
    const char *reason;
    xmlEntity entity; /* the named character being read (XML) */
    xmlChar entity_text[QDX_MARKUP_ENTITY_BYTES];
    int error_line;
    const xmlChar *last_error; /* where the parser stood at it, and how often one after another */
    unsigned errors_here;
    char error_text[160];
    bool parsing; /* out_of_memory may be jumped to */
    jmp_buf out_of_memory;
    struct {
        const xmlChar *name; /* interned by the parser: an address stands for a name */
        const qdx_attribute *kept;
    } attributes[QDX_MARKUP_NAME_CACHE];
} qdx_markup_builder;

/* Has the events of a parse call what builds the tree. */
void qdx_markup_events_set(xmlSAXHandler *events, bool html);

/* For xmlSetStructuredErrorFunc: keeps the first fatal error; out of memory, jumps out. */
void qdx_markup_events_problem(void *builder, xmlErrorPtr problem);

#include "base/banned.h"
#endif
