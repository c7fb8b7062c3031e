/* Fuzz target: any bytes as a message or a mailbox; the first byte chooses. */
#include "read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const names[] = {"fuzz.eml", "fuzz.mbox"};
    fuzz_read_one_of(names, sizeof names / sizeof names[0], bytes, size);
    return 0;
}
