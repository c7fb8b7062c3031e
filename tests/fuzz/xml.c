/* Fuzz target: any bytes as XML: news formats, feeds, or any. */
#include "read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_read_document("fuzz.xml", bytes, size);
    return 0;
}
