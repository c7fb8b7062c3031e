/* Fuzz target: any bytes as a web page. */
#include "read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_read_document("fuzz.html", bytes, size);
    return 0;
}
