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

/*
 * "Jong-un", "Wen-hsiung": a given name of two syllables, neither an ordinary word ("Texas-based"),
 * of which one may be behind a family name ("Bae Sung-hoo").
 */
static inline bool is_given_of_syllables(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    enum { SYLLABLE = 6 };
    const uint32_t ordinary = QDX_WORD_COMMON | QDX_WORD_DEMONYM | QDX_WORD_TITLE | QDX_WORD_ROLE;
    const uint32_t harmless = QDX_WORD_GIVEN | QDX_WORD_GIVEN_MALE | QDX_WORD_GIVEN_FEMALE |
                              QDX_WORD_ABBREVIATION | QDX_WORD_ABBREVIATION_END | QDX_WORD_FAMILY |
                              QDX_WORD_PARTICLE | QDX_WORD_SUFFIX;
    if (i + 2 >= limit || !is_mark(tagging, i + 1, limit, QDX_MARK_HYPHEN))
        return false;
    const qdx_token *one = at(tagging, i), *two = at(tagging, i + 2);
    bool family =
        i > 0 && (at(tagging, i - 1)->classes & QDX_WORD_FAMILY) && (one->flags & QDX_TOKEN_SPACE);
    bool plain_one = (one->classes & ordinary) != 0, plain_two = (two->classes & ~harmless) != 0;
    return one->kind == QDX_TOKEN_WORD && two->kind == QDX_TOKEN_WORD &&
           (one->flags & QDX_TOKEN_CAPITAL) && !(one->flags & QDX_TOKEN_UPPER) &&
           !((two->flags | at(tagging, i + 1)->flags) & (QDX_TOKEN_CAPITAL | QDX_TOKEN_SPACE)) &&
           one->end - one->start <= SYLLABLE && two->end - two->start <= SYLLABLE &&
           (family ? !(plain_one && plain_two) : !plain_one && !plain_two);
}

/* The end of one written word with its hyphened parts: "Jong-un", "Bonham-Carter". */
static inline uint32_t hyphened_end(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    uint32_t end = i + 1;
    while (is_mark(tagging, end, limit, QDX_MARK_HYPHEN) && end + 1 < limit &&
           at(tagging, end + 1)->kind == QDX_TOKEN_WORD) {
        /* "Russian-backed", "Texas-based": the part after the hyphen is an ordinary word. */
        const qdx_token *part = at(tagging, end + 1);
        if (!(part->flags & QDX_TOKEN_CAPITAL) &&
            ((part->classes & ~(uint32_t)QDX_WORD_GIVEN) || part->end - part->start > 4) &&
            !is_given_of_syllables(tagging, end - 1, limit))
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
