/*
 * Where a reported clause ends: at the end of its sentence, or before a word that must begin
 * something else. No parser; the marks and conjunctions on the way are looked at, once each.
 */
#include "quote/clause.h"

#include "quote/narration_tokens.h"

enum { CONTENT_REACH = 200 /* tokens a clause may have */ };

static bool is_any_mark(const qdx_narration *n, uint32_t i)
{
    return at(n, i)->kind == QDX_TOKEN_MARK;
}

/* "After Berg argued that it was late, Dellinger said it was not": does somebody else's clause
 * begin at token i? Not where the verb ends the sentence: that is who says all of it. */
static bool begins_report(const qdx_narration *n, qdx_token_range sentence, uint32_t i)
{
    if (!(at(n, i)->flags & QDX_TOKEN_CAPITAL) && !has_class(n, i, QDX_WORD_PRONOUN))
        return false;
    uint32_t title = i;
    while (title < sentence.end && title - i < 3 &&
           has_class(n, title, QDX_WORD_TITLE | QDX_WORD_ROLE))
        title++;
    uint32_t verb = i + 1;
    uint32_t tag = title < sentence.end ? qdx_tagging_tag_at(n->tagging, title) : QDX_NONE;
    if (tag != QDX_NONE)
        verb = n->tagging->tags.items[tag].end;
    else if (!has_class(n, i, QDX_WORD_PRONOUN))
        return false;
    if (verb + 1 >= sentence.end || n->quoted[verb] ||
        !qdx_narration_is_cue(n, verb, sentence.first) || word_at(n, verb)->strength < 2 ||
        !(word_at(n, verb)->verb_forms & (QDX_FORM_PAST | QDX_FORM_THIRD)))
        return false;
    return n->quoted[verb + 1] || !is_any_mark(n, verb + 1);
}

/* Does something new begin after the comma at `comma`? */
static bool breaks_clause(const qdx_narration *n, qdx_token_range sentence, uint32_t comma,
                          bool object)
{
    static const char *const openers[] = {"who",   "which", "but", "while", "though", "although",
                                          "where", "as",    "so",  "whose", "even"};
    uint32_t next = comma + 1;
    if (next >= sentence.end || n->quoted[next] || is_any_mark(n, next))
        return false;
    if (qdx_narration_is_word(n, next, "according"))
        return true;
    if (has_class(n, next, QDX_WORD_SPEECH_VERB) &&
        (word_at(n, next)->verb_forms & QDX_FORM_GERUND))
        return true;
    if (begins_report(n, sentence, next))
        return true;
    return object && IS_ONE_OF(n, next, openers);
}

/* A period between sentences that were glued together: "the crisis.The
 * minister". */
static bool is_glued_period(const qdx_narration *n, qdx_token_range sentence, uint32_t i)
{
    if (!is_mark(n, i, QDX_MARK_PERIOD) || i == sentence.first || i + 1 >= sentence.end)
        return false;
    const qdx_token *before = at(n, i - 1), *next = at(n, i + 1);
    return before->end - before->start > 3 && next->kind == QDX_TOKEN_WORD &&
           !(before->flags & QDX_TOKEN_CAPITAL) &&
           (next->flags & (QDX_TOKEN_CAPITAL | QDX_TOKEN_SPACE)) == QDX_TOKEN_CAPITAL;
}

/* "and Eva Mossbeck said": does somebody else speak from the conjunction at i on? */
static bool joins_report(const qdx_narration *n, qdx_token_range sentence, uint32_t i, uint32_t end)
{
    uint32_t finite = QDX_FORM_PAST | QDX_FORM_THIRD;
    /* "and said that", "and said: “…”": the same speaker begins anew. */
    if (i + 2 < end && qdx_narration_is_cue(n, i + 1, sentence.first) &&
        word_at(n, i + 1)->strength >= 3 && (word_at(n, i + 1)->verb_forms & finite))
        return qdx_narration_is_word(n, i + 2, "that") || n->quoted[i + 2] ||
               at(n, i + 2)->kind == QDX_TOKEN_MARK;
    uint32_t tag = i + 2 < end ? qdx_tagging_tag_at(n->tagging, i + 1) : QDX_NONE;
    if (tag == QDX_NONE || n->quoted[i + 1])
        return false;
    uint32_t verb = n->tagging->tags.items[tag].end;
    return verb < end && qdx_narration_is_cue(n, verb, sentence.first) &&
           word_at(n, verb)->strength >= 2 && (word_at(n, verb)->verb_forms & finite);
}

uint32_t qdx_clause_end(const qdx_narration *n, qdx_token_range sentence, uint32_t first,
                        bool object)
{
    const qdx_token *tokens = at(n, 0);
    uint32_t end = sentence.end;
    if (end > first && end - first > CONTENT_REACH)
        end = first + CONTENT_REACH;
    for (uint32_t i = first + 1; i < end; i++) {
        if (tokens[i].kind != QDX_TOKEN_MARK) {
            if ((tokens[i].classes & QDX_WORD_CONJUNCTION) && i > first + 1 && !n->quoted[i] &&
                joins_report(n, sentence, i, end))
                end = i;
            continue;
        }
        if (n->quoted[i])
            continue;
        if (is_glued_period(n, sentence, i))
            end = i;
        else if (is_mark(n, i, QDX_MARK_COMMA) && breaks_clause(n, sentence, i, object))
            end = i;
        else if (object && (is_mark(n, i, QDX_MARK_SEMICOLON) || is_mark(n, i, QDX_MARK_DASH)))
            end = i;
    }
    while (end > first && is_any_mark(n, end - 1) && !n->quoted[end - 1] &&
           !is_mark(n, end - 1, QDX_MARK_CLOSE))
        end--;
    return end;
}
