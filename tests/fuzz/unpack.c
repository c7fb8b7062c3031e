/* Fuzz target: any bytes as an archive, compressed data, or any kind that holds or wraps
 * articles. The first byte chooses the ending. */
#include "check_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A file cannot hold more articles than bytes, nor fail for ever. */
static void read_as(const char *name, const uint8_t *bytes, size_t size)
{
    const qdx_reader_options options = {.max_file_bytes = 1 << 20, .max_expanded_bytes = 4 << 20};
    qdx_reader *reader = qdx_reader_new(&options, NULL);
    const qdx_document *document;
    qdx_error error = {0};
    size_t calls = 0;
    qdx_status status = QDX_END;
    if (reader && qdx_reader_open_bytes(reader, name, bytes, size, &error) == QDX_OK)
        do {
            status = qdx_reader_next(reader, &document, &error);
            if (status == QDX_OK)
                check_document(document);
            if (calls++ > 64 + 16 * size)
                abort();
        } while (status != QDX_END && status != QDX_ERR_MEMORY);
    qdx_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const names[] = {"fuzz",      "fuzz.jsonl", "fuzz.json", "fuzz.tar",
                                        "fuzz.csv",  "fuzz.mbox",  "fuzz.eml",  "fuzz.warc",
                                        "fuzz.docx", "fuzz.odt",   "fuzz.epub", "fuzz.txt"};
    if (size == 0)
        return 0;
    read_as(names[bytes[0] % (sizeof names / sizeof names[0])], bytes + 1, size - 1);
    return 0;
}
