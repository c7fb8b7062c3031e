/* Fuzz target: any bytes as an archive, compressed data, an office document or a web archive. The
 * first byte chooses the ending. */
#include "read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const names[] = {"fuzz",      "fuzz.tar", "fuzz.warc",
                                        "fuzz.docx", "fuzz.odt", "fuzz.epub"};
    fuzz_read_one_of(names, sizeof names / sizeof names[0], bytes, size);
    return 0;
}
