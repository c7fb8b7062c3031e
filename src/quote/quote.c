/* Names of quotation and speaker kinds. */
#include <quotedex/quote.h>

const char *qdx_quote_kind_name(qdx_quote_kind kind)
{
    static const char *const names[] = {"direct", "mixed", "indirect"};
    return (unsigned)kind < 3 ? names[kind] : "";
}

const char *qdx_speaker_kind_name(qdx_speaker_kind kind)
{
    static const char *const names[] = {"unknown", "person", "organization", "unnamed"};
    return (unsigned)kind < 4 ? names[kind] : "";
}
