/* Fuzz target: any bytes as a table; the first byte chooses the ending. */
#include "read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const names[] = {"fuzz.csv", "fuzz.tsv"};
    fuzz_read_one_of(names, sizeof names / sizeof names[0], bytes, size);
    return 0;
}
