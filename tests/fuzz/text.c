/* Fuzz target: any bytes as a text file. Decoding, paragraphs and blocks must hold their promises.
 */
#include "check_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

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
