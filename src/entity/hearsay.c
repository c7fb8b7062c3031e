/*
 * Beside names: "spokeswoman Ana X", "Ana X, a lawyer,", "his daughter, Ana X". Words are noted on
 * the figure as they come; what is said of somebody else's relative is left out.
 */
#include "entity/hearsay.h"

#include <string.h>
#include <strings.h>

#include "entity/figure.h"
#include "entity/shape_tokens.h"

/* Notes title and gender on the figure, and "spokeswoman Jen X" or "Jen X, a lawyer,". */
void qdx_figure_hear_title(qdx_tagging *tagging, uint32_t number, const qdx_title *title)
{
    qdx_figure *figure = &tagging->figures.items[number];
    if (title->gender != QDX_GENDER_UNKNOWN && figure->entity.gender == QDX_GENDER_UNKNOWN)
        qdx_figure_set_gender(tagging, number, (qdx_gender)title->gender);
    if (title->office != QDX_NO_OFFICE)
        qdx_figure_note_office(figure, title->office);
}

enum { COPULA_REACH = 6 }; /* words from "is" to the noun */

static void note_word(qdx_tagging *tagging, uint32_t number, uint32_t token)
{
    const qdx_token *t = at(tagging, token);
    const qdx_word *word = qdx_lexicon_word(&tagging->gazetteer->lexicon, t);
    if (!(t->classes & QDX_WORD_ROLE))
        return;
    qdx_figure *figure = &tagging->figures.items[number];
    if (word->number == QDX_NUMBER_PLURAL ||
        qdx_lexicon_says(&tagging->gazetteer->lexicon, word->role_kind, "group"))
        return;
    if (word->gender && figure->gender == QDX_GENDER_UNKNOWN)
        qdx_figure_set_gender(tagging, number, (qdx_gender)word->gender);
    qdx_figure_note_role(figure, t->word);
}

/* "Ana Ribalta, her husband Pedro": what follows is said of another. */
static bool begins_relative(const qdx_tagging *tagging, uint32_t i)
{
    static const char *const words[] = {"his", "her", "their", "its", "my", "our"};
    const qdx_token *t = at(tagging, i);
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (t->end - t->start == strlen(words[k]) &&
            strncasecmp(tagging->text->bytes + t->start, words[k], strlen(words[k])) == 0)
            return true;
    return false;
}

/* An office that begins at a token. */
static void note_office(qdx_tagging *tagging, uint32_t number, uint32_t i, uint32_t limit)
{
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    size_t n = qdx_phrases_match(tagging->gazetteer, tagging->text, i, limit, matches);
    for (size_t k = 0; k < n; k++)
        if (matches[k].kind == QDX_PHRASE_OFFICE)
            qdx_figure_note_office(&tagging->figures.items[number], matches[k].value);
}

/* "Ana Ives is the mayor", "has been a lawyer": what the sentence says a person is. */
static void hear_copula(qdx_tagging *tagging, const qdx_tag *tag, uint32_t limit)
{
    static const char copulas[][QDX_TABLE_WORD] = {"became", "been", "is", "remains", "was"};
    static const char has[][QDX_TABLE_WORD] = {"had", "has"};
    uint32_t i = tag->end;
    if (i + 1 < limit && IS_ONE_OF(tagging, i, has))
        i++;
    if (i >= limit || !IS_ONE_OF(tagging, i, copulas))
        return;
    for (uint32_t k = i + 1; k < limit && k < i + COPULA_REACH; k++) {
        const qdx_token *t = at(tagging, k);
        if (t->kind != QDX_TOKEN_WORD || (t->flags & (QDX_TOKEN_CAPITAL | QDX_TOKEN_POSSESSIVE)))
            return;
        note_office(tagging, tag->figure, k, limit);
        note_word(tagging, tag->figure, k);
        if (t->classes & QDX_WORD_ROLE)
            return;
        if ((t->classes & QDX_WORD_FUNCTION) && !(t->classes & QDX_WORD_DETERMINER))
            return;
    }
}

/* Words beside the name: the noun right before it, and an apposition after it. */
void qdx_figure_hear_surroundings(qdx_tagging *tagging, const qdx_tag *tag, uint32_t limit)
{
    if (tag->title_first > 0 && !(at(tagging, tag->title_first)->flags & QDX_TOKEN_BLOCK)) {
        uint32_t before = tag->title_first - 1;
        if (before > 1 && at(tagging, before)->mark == QDX_MARK_COMMA &&
            begins_relative(tagging, before - 2))
            before--; /* "his daughter, Ana Ives" */
        note_word(tagging, tag->figure, before);
    }
    hear_copula(tagging, tag, limit);
    uint32_t i = tag->end;
    if (!is_mark(tagging, i, limit, QDX_MARK_COMMA) || i + 1 >= limit ||
        begins_relative(tagging, i + 1))
        return;
    for (i++; i < limit && i < tag->end + 14; i++) {
        const qdx_token *t = at(tagging, i);
        if (t->kind == QDX_TOKEN_MARK && t->mark != QDX_MARK_HYPHEN && t->mark != QDX_MARK_PERIOD)
            break;
        if (t->classes & (QDX_WORD_PRONOUN | QDX_WORD_CONJUNCTION) ||
            ((t->classes & QDX_WORD_SPEECH_VERB) && !(t->classes & QDX_WORD_ROLE)))
            break;
        note_office(tagging, tag->figure, i, limit);
        note_word(tagging, tag->figure, i);
    }
}
