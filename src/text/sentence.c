/*
 * Sentences. A candidate end is a token . ? ! … or an abbreviation's own period; it counts when
 * what follows, past closing marks, can begin a sentence. No statistics: the lexicon's
 * abbreviations and common words decide (the classes of the approach in Palmer and Hearst 1997, as
 * rules).
 */
#include "text/token.h"

static bool is_closing(const qdx_text *text, const qdx_token *token)
{
    (void)text;
    return token->kind == QDX_TOKEN_MARK && !(token->flags & QDX_TOKEN_SPACE) &&
           (token->mark == QDX_MARK_QUOTATION || token->mark == QDX_MARK_SINGLE ||
            token->mark == QDX_MARK_CLOSE);
}

/* Can this token, after a blank, be the first of a sentence? */
static bool can_begin(const qdx_token *token)
{
    if (!(token->flags & QDX_TOKEN_SPACE))
        return false;
    if (token->kind == QDX_TOKEN_MARK)
        return token->mark == QDX_MARK_QUOTATION || token->mark == QDX_MARK_SINGLE ||
               token->mark == QDX_MARK_OPEN || token->mark == QDX_MARK_DASH ||
               token->mark == QDX_MARK_ELLIPSIS || token->mark == QDX_MARK_OTHER;
    return token->kind == QDX_TOKEN_NUMBER || (token->flags & QDX_TOKEN_CAPITAL);
}

/* After an abbreviation that may end a sentence: is the next word, of `left` that remain, one that
 * only begins one? Marks tell it by the word in them: the U.S. “clearly” needs it. */
static bool must_begin(const qdx_token *token, uint32_t left)
{
    if (!(token->flags & QDX_TOKEN_SPACE))
        return false;
    if (token->kind == QDX_TOKEN_MARK)
        return token->mark == QDX_MARK_QUOTATION && (left < 2 || token[1].kind == QDX_TOKEN_MARK ||
                                                     (token[1].flags & QDX_TOKEN_CAPITAL));
    return (token->flags & QDX_TOKEN_CAPITAL) && (token->classes & QDX_WORD_FUNCTION);
}

/* "They sat. Then …" is no "Sat."; but "no. 3" is an abbreviation. */
static bool is_plain_word(const qdx_token *token, const qdx_token *next)
{
    return !(token->flags & QDX_TOKEN_CAPITAL) && (token->classes & QDX_WORD_COMMON) &&
           next->kind != QDX_TOKEN_NUMBER;
}

/* Does the sentence end with token i? *next receives the first token of the one after. */
static bool ends_at(const qdx_text *text, uint32_t i, uint32_t end, uint32_t *next)
{
    const qdx_token *tokens = text->tokens.items;
    const qdx_token *token = &tokens[i];
    bool own_period = token->kind == QDX_TOKEN_WORD && (token->flags & QDX_TOKEN_PERIODS);
    bool stop = token->kind == QDX_TOKEN_MARK &&
                (token->mark == QDX_MARK_PERIOD || token->mark == QDX_MARK_QUESTION ||
                 token->mark == QDX_MARK_EXCLAMATION || token->mark == QDX_MARK_ELLIPSIS);
    if (!stop && !own_period)
        return false;
    uint32_t after = i + 1;
    while (after < end && is_closing(text, &tokens[after]))
        after++;
    *next = after;
    if (after >= end)
        return true;
    if (own_period)
        return must_begin(&tokens[after], end - after);
    if (token->mark == QDX_MARK_PERIOD && i > 0 && !(token->flags & QDX_TOKEN_SPACE)) {
        uint32_t classes = tokens[i - 1].classes;
        if (is_plain_word(&tokens[i - 1], &tokens[after]))
            return can_begin(&tokens[after]);
        if ((classes & QDX_WORD_ABBREVIATION) && (tokens[i - 1].flags & QDX_TOKEN_CAPITAL))
            return false;
        if (classes & (QDX_WORD_ABBREVIATION | QDX_WORD_ABBREVIATION_END))
            return must_begin(&tokens[after], end - after);
    }
    return can_begin(&tokens[after]);
}

static bool push_sentence(qdx_text *text, uint32_t first, uint32_t end)
{
    qdx_token_range range = {first, end};
    text->tokens.items[first].flags |= QDX_TOKEN_SENTENCE;
    return qdx_arena_push(text->account, &text->sentences, range);
}

qdx_status qdx_text_split_sentences(qdx_text *text, qdx_error *error)
{
    qdx_vector_clear(&text->sentences);
    for (size_t b = 0; b < text->blocks.count; b++) {
        qdx_token_range block = text->blocks.items[b];
        uint32_t first = block.first;
        for (uint32_t i = block.first; i < block.end;) {
            uint32_t next;
            if (!ends_at(text, i, block.end, &next)) {
                i++;
                continue;
            }
            if (!push_sentence(text, first, next))
                return qdx_error_memory(error);
            first = i = next;
        }
        if (first < block.end && !push_sentence(text, first, block.end))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

uint32_t qdx_text_sentence_of(const qdx_text *text, uint32_t token)
{
    size_t low = 0, high = text->sentences.count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (text->sentences.items[middle].first <= token)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}
