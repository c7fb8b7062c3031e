/* Fuzz target: any bytes as a page, as XML, and as a file without an ending. */
#include "check_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

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
