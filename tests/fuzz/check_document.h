/* What every document that a reader hands out must hold, whatever bytes it was made from. */
#ifndef QDX_TESTS_CHECK_DOCUMENT_H
#define QDX_TESTS_CHECK_DOCUMENT_H

#include <quotedex/document.h>
#include <stdlib.h>

#include "text/unicode.h"

/* Ends the program when the text is no UTF-8 or not terminated, or blocks overlap or leave it. */
static void check_document(const qdx_document *document)
{
    uint32_t end = 0;
    if (!qdx_utf8_valid(document->text, document->text_size) || document->text[document->text_size])
        abort();
    for (size_t i = 0; i < document->block_count; i++) {
        qdx_span span = document->blocks[i].span;
        if (span.start < end || span.end <= span.start || span.end > document->text_size)
            abort();
        end = span.end;
    }
}

#endif
