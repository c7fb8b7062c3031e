/*
 * The id of a quotation: 60 bits of a hash of where it stands, as base 32. Made from the
 * document's place and the quotation's alone, so that any index or annotation of the same article
 * gives the same id.
 */
#include "index/quote_id.h"

#include <string.h>

#include "base/hash.h"
#include "index/context.h"

enum { ID_LETTERS = 12, BITS_A_LETTER = 5 };

static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";

uint64_t qdx_place_number(const char *path, uint32_t part)
{
    return qdx_hash_mix(qdx_hash_bytes(path, strlen(path)), part);
}

uint64_t qdx_quote_number(uint64_t place, uint32_t char_start, uint32_t chars)
{
    uint64_t hash = qdx_hash_mix(qdx_hash_mix(place, char_start), chars);
    return hash & (((uint64_t)1 << QDX_QUOTE_ID_BITS) - 1);
}

void qdx_quote_number_format(uint64_t number, char id[QDX_QUOTE_ID_SIZE])
{
    char *at = id;
    *at++ = 'q';
    *at++ = '_';
    for (unsigned i = 0; i < ID_LETTERS; i++) {
        *at++ = letters[number & 31];
        number >>= BITS_A_LETTER;
    }
    *at = '\0';
}

bool qdx_quote_number_parse(const char *id, uint64_t *number)
{
    *number = 0;
    if (strncmp(id, "q_", 2) != 0 || strlen(id) != 2 + ID_LETTERS)
        return false;
    for (unsigned i = 0; i < ID_LETTERS; i++) {
        const char *letter = strchr(letters, id[2 + i]);
        if (!letter)
            return false;
        *number |= (uint64_t)(letter - letters) << (i * BITS_A_LETTER);
    }
    return true;
}

void qdx_quote_id(const qdx_document *document, const qdx_quote *quote, uint32_t char_start,
                  char id[QDX_QUOTE_ID_SIZE])
{
    uint32_t start = quote->spans[0].start, end = quote->spans[quote->span_count - 1].end;
    uint32_t chars = start <= end && end <= document->text_size
                         ? qdx_count_chars(document->text + start, end - start)
                         : 0;
    uint64_t place = qdx_place_number(document->path, document->part);
    qdx_quote_number_format(qdx_quote_number(place, char_start, chars), id);
}
