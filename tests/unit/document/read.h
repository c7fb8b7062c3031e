/* Reading articles from strings, for tests of the document layer. */
#ifndef QDX_TESTS_DOCUMENT_READ_H
#define QDX_TESTS_DOCUMENT_READ_H

#include <quotedex/document.h>
#include <string.h>

#include "check.h"

/* Opens `bytes` as a file of that name; the first article, or NULL with the error filled in. */
static inline const qdx_document *read_bytes(qdx_reader *reader, const char *name,
                                             const char *bytes, size_t size, qdx_error *error)
{
    const qdx_document *document = NULL;
    if (qdx_reader_open_bytes(reader, name, bytes, size, error) == QDX_OK)
        (void)qdx_reader_next(reader, &document, error);
    return document;
}

static inline const qdx_document *read_text(qdx_reader *reader, const char *name, const char *text)
{
    qdx_error error = {0};
    const qdx_document *document = read_bytes(reader, name, text, strlen(text), &error);
    if (!document)
        fprintf(stderr, "%s: %s\n", name, error.message);
    return document;
}

/* The text of a block, in a buffer that the next call overwrites. */
static inline const char *block_text(const qdx_document *document, size_t i)
{
    static char text[4096];
    if (!document || i >= document->block_count)
        return "(no such block)";
    qdx_span span = document->blocks[i].span;
    size_t size = span.end - span.start;
    size = size < sizeof text ? size : sizeof text - 1;
    memcpy(text, document->text + span.start, size);
    text[size] = '\0';
    return text;
}

#endif
