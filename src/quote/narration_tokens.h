/* Short ways to ask about the tokens of a narration, for the files of this
 * layer alone. */
#ifndef QDX_QUOTE_NARRATION_TOKENS_H
#define QDX_QUOTE_NARRATION_TOKENS_H

#include "quote/narration.h"

static inline const qdx_token *at(const qdx_narration *n, uint32_t i)
{
    return &n->tokens[i];
}

static inline bool is_mark(const qdx_narration *n, uint32_t i, qdx_mark mark)
{
    return at(n, i)->kind == QDX_TOKEN_MARK && at(n, i)->mark == mark;
}

static inline bool has_class(const qdx_narration *n, uint32_t i, uint32_t classes)
{
    return at(n, i)->kind != QDX_TOKEN_MARK && (at(n, i)->classes & classes) != 0;
}

static inline const qdx_word *word_at(const qdx_narration *n, uint32_t i)
{
    return qdx_lexicon_word(&n->tagging->gazetteer->lexicon, at(n, i));
}

/* What token i is as a verb. */
static inline const qdx_verb *verb_at(const qdx_narration *n, uint32_t i)
{
    return qdx_verb_of(n->verbs, at(n, i)->word);
}

/* A text of a word: lemma, class of the verb, kind of the role. NULL when it has none. */
static inline const char *word_text(const qdx_narration *n, uint32_t offset)
{
    return qdx_lexicon_text(&n->tagging->gazetteer->lexicon, offset);
}

/* The type of the entity that a tag, by its number, mentions. */
static inline qdx_entity_type tag_type(const qdx_narration *n, uint32_t tag)
{
    return n->tagging->figures.items[n->tagging->tags.items[tag].figure].entity.type;
}

/* Are these bytes, case aside, the word? The first of each was compared. */
static inline bool is_text(const char *bytes, uint32_t size, const char *word)
{
    for (uint32_t i = 1; i < size; i++)
        if (!word[i] || ((bytes[i] | 0x20) != word[i] && bytes[i] != word[i]))
            return false;
    return !word[size];
}

static inline bool is_one_of(const qdx_narration *n, uint32_t i, const char *const *words,
                             size_t count)
{
    if (i >= n->token_count)
        return false;
    const char *bytes = n->bytes + at(n, i)->start;
    uint32_t size = at(n, i)->end - at(n, i)->start;
    char first = (char)(bytes[0] | 0x20);
    for (size_t k = 0; k < count; k++)
        if (words[k][0] == first && is_text(bytes, size, words[k]))
            return true;
    return false;
}

/* Is token i one of the words of an array? */
#define IS_ONE_OF(n, i, words) is_one_of(n, i, words, sizeof(words) / sizeof *(words))

#include "base/banned.h"
#endif
