/* Fuzz target: any bytes as a page, as XML, and as a file without an ending. */
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

static void read_as(const char *name, const uint8_t *bytes, size_t size)
{
    qdx_reader *reader = qdx_reader_new(NULL, NULL);
    const qdx_document *document;
    qdx_error error;
    if (reader && qdx_reader_open_bytes(reader, name, bytes, size, &error) == QDX_OK)
        while (qdx_reader_next(reader, &document, &error) == QDX_OK)
            check_document(document);
    qdx_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    read_as("fuzz.html", bytes, size);
    read_as("fuzz.xml", bytes, size);
    read_as("fuzz", bytes, size);
    return 0;
}
