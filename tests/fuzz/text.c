/* Fuzz target: any bytes as a text file: encodings, paragraphs, databases' exports. */
#include "read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_read_document("fuzz.txt", bytes, size);
    return 0;
}
