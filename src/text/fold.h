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

/* Appends the folded form of valid UTF-8. "Łukasz Müller" gives "lukasz muller". */
void qdx_fold(const char *bytes, size_t size, qdx_buffer *out);

/*
 * A hash of one word's folded form with periods and apostrophes left out: equal for "U.S." and
 * "US", "Yanukovych" and "YANUKOVYCH", "Côte" and "Cote". Fixed for ever: files may store it.
 */
uint64_t qdx_fold_hash(const char *bytes, size_t size);

/* The same for a word of ASCII letters and digits alone: several times faster. */
uint64_t qdx_fold_hash_plain(const char *bytes, size_t size);

#include "base/banned.h"
#endif
