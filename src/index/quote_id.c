/*
 * The id of a quotation: 60 bits of a hash of where it stands and of its words, as base 32. Made
 * from the document alone, so that any index or annotation of the same article gives the same id.
 */
#include <quotedex/quote.h>
#include <string.h>

#include "base/hash.h"

enum { ID_LETTERS = 12, BITS_A_LETTER = 5 };

void qdx_quote_id(const qdx_document *document, const qdx_quote *quote, uint32_t char_start,
                  char id[QDX_QUOTE_ID_SIZE])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    uint64_t hash = qdx_hash_bytes(document->path, strlen(document->path));
    hash = qdx_hash_mix(hash, document->part);
    hash = qdx_hash_mix(hash, char_start);
    for (size_t i = 0; i < quote->span_count; i++) {
        qdx_span span = quote->spans[i];
        if (span.start <= span.end && span.end <= document->text_size)
            hash = qdx_hash_mix(hash,
                                qdx_hash_bytes(document->text + span.start, span.end - span.start));
    }
    char *at = id;
    *at++ = 'q';
    *at++ = '_';
    for (unsigned i = 0; i < ID_LETTERS; i++) {
        *at++ = letters[hash & 31];
        hash >>= BITS_A_LETTER;
    }
    *at = '\0';
}
