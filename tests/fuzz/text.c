/* Fuzz target: any bytes as a text file. Decoding, paragraphs and blocks must hold their promises.
 */
#include <quotedex/document.h>
#include <stdlib.h>

#include "text/unicode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    qdx_reader *reader = qdx_reader_new(NULL, NULL);
    const qdx_document *document;
    qdx_error error;
    if (reader && qdx_reader_open_bytes(reader, "fuzz.txt", bytes, size, &error) == QDX_OK)
        while (qdx_reader_next(reader, &document, &error) == QDX_OK)
            check_document(document);
    qdx_reader_free(reader);
    return 0;
}
