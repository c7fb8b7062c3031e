/*
 * Words of quotations and keys of names, as index and query both see them: what is cut differently
 * on the two sides is never found.
 */
#ifndef QDX_INDEX_WORDS_H
#define QDX_INDEX_WORDS_H

#include "base/buffer.h"
#include "base/vector.h"

/* One folded word; its bytes are in the splitter's buffer. */
typedef struct qdx_index_word {
    uint32_t start, size;
    uint32_t position; /* consecutive words count up by one; text left out counts as one more */
} qdx_index_word;

typedef struct qdx_index_words {
    qdx_buffer folded;
    QDX_VECTOR(qdx_index_word) list;
} qdx_index_words;

/* An all-zero value is valid and empty. */
void qdx_index_words_release(qdx_index_words *words);

/*
 * The folded words of a text: runs of letters, digits and marks; a period between single letters
 * joins them ("U.S." is "us"). Replaces what was there before. False when memory runs out.
 */
bool qdx_index_words_split(qdx_index_words *words, const char *text, size_t size);

/*
 * Appends the key of a name: folded, periods and apostrophes gone, other signs a blank, blanks
 * single, without a leading "the". "The U.N. Security-Council" gives "un security council".
 */
void qdx_index_name_key(const char *name, size_t size, qdx_buffer *out);

#include "base/banned.h"
#endif
