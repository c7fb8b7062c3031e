/*
 * Folding: one form for all the ways to type a word.
 *
 * Case, diacritics, compatibility forms, ligatures and letters such as ł, ø, ß, æ, ı go the way an
 * English keyboard would type them; curly apostrophes become ', dashes -, any space one blank.
 * ASCII costs a table look-up a byte; the rest goes through Unicode's NFKD (utf8proc).
 */
#ifndef QDX_TEXT_FOLD_H
#define QDX_TEXT_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/hash.h"

/* Appends the folded form of valid UTF-8. "Łukasz Müller" gives "lukasz muller". */
void qdx_fold(const char *bytes, size_t size, qdx_buffer *out);

/*
 * A hash of one word's folded form with periods and apostrophes left out: equal for "U.S." and
 * "US", "Yanukovych" and "YANUKOVYCH", "Côte" and "Cote". Fixed for ever: files may store it.
 */
uint64_t qdx_fold_hash(const char *bytes, size_t size);

/* The same for a word of ASCII letters and digits alone: several times faster. */
static inline uint64_t qdx_fold_hash_plain(const char *bytes, size_t size);

enum { QDX_FOLD_HASH_SEED = 0x51ED270B };

static inline uint64_t qdx_fold_hash_plain(const char *bytes, size_t size)
{
    uint64_t hash = QDX_FOLD_HASH_SEED, word;
    for (; size >= 8; size -= 8, bytes += 8) {
        word = 0;
        for (unsigned i = 0; i < 8; i++)
            word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
        hash = qdx_hash_mix(hash, word | 0x2020202020202020u);
    }
    word = 0;
    for (size_t i = size; i-- > 0;)
        word = word << 8 | (unsigned char)bytes[i] | 0x20u;
    return qdx_hash_mix(hash, word);
}

#include "base/banned.h"
#endif
