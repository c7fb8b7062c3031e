/* What the shapes of people's names and of others have in common: looking at single tokens. */
#ifndef QDX_ENTITY_SHAPE_TOKENS_H
#define QDX_ENTITY_SHAPE_TOKENS_H

#include <string.h>

#include "entity/tagging.h"

enum { NEVER_IN_NAMES = QDX_WORD_MONTH | QDX_WORD_WEEKDAY | QDX_WORD_PRONOUN | QDX_WORD_AUXILIARY };

static inline const qdx_token *at(const qdx_tagging *tagging, uint32_t i)
{
    return qdx_tagging_token(tagging, i);
}

static inline bool is_mark(const qdx_tagging *tagging, uint32_t i, uint32_t limit, qdx_mark mark)
{
    return i < limit && at(tagging, i)->kind == QDX_TOKEN_MARK && at(tagging, i)->mark == mark;
}

enum { QDX_TABLE_WORD = 16 }; /* bytes of a word in a table, its end included */

/* Is the token, as written, one of a table of words? */
static inline bool is_one_of(const qdx_tagging *tagging, uint32_t i,
                             const char (*words)[QDX_TABLE_WORD], size_t count)
{
    const qdx_token *t = at(tagging, i);
    const char *bytes = tagging->text->bytes + t->start;
    size_t size = t->end - t->start;
    if (size >= QDX_TABLE_WORD)
        return false;
    for (size_t k = 0; k < count; k++)
        if (words[k][0] == bytes[0] && words[k][size] == '\0' && memcmp(words[k], bytes, size) == 0)
            return true;
    return false;
}

#define IS_ONE_OF(tagging, i, words)                                                               \
    is_one_of((tagging), (i), (words), sizeof(words) / sizeof(words)[0])

/* The end of one written word with its hyphened parts: "Jong-un", "Bonham-Carter". */
static inline uint32_t hyphened_end(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    uint32_t end = i + 1;
    while (is_mark(tagging, end, limit, QDX_MARK_HYPHEN) && end + 1 < limit &&
           at(tagging, end + 1)->kind == QDX_TOKEN_WORD) {
        /* "Russian-backed", "Texas-based": the part after the hyphen is an ordinary word. */
        const qdx_token *part = at(tagging, end + 1);
        if (!(part->flags & QDX_TOKEN_CAPITAL) &&
            ((part->classes & ~(uint32_t)QDX_WORD_GIVEN) || part->end - part->start > 4))
            break;
        end += 2;
    }
    return end;
}

static inline bool continues_line(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return (t->flags & QDX_TOKEN_SPACE) && !(t->flags & QDX_TOKEN_BLOCK);
}

#include "base/banned.h"
#endif
