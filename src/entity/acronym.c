/*
 * Acronyms. "Free Miners' Union (FMU)" defines one; letters that begin the words of one name say
 * which organization is meant where nothing defines them. Small words count for nothing.
 */
#include "entity/acronym.h"

#include <string.h>

#include "entity/figure.h"
#include "entity/shape_tokens.h"
#include "text/fold.h"

enum { INITIALS = 12, SHORTEST = 3, SMALL_WORD = 3 };

/* "of", "the", "and": written small in a name, left out of its acronym. */
static bool is_small_word(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return t->kind == QDX_TOKEN_WORD && !(t->flags & QDX_TOKEN_CAPITAL) &&
           (t->end - t->start <= SMALL_WORD || (t->flags & QDX_TOKEN_POSSESSIVE));
}

/* How many letters an acronym has, a plural's s left out; 0 when the word is none. */
static uint32_t letters_of(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    const char *bytes = tagging->text->bytes + t->start;
    uint32_t size = t->end - t->start;
    if (t->kind != QDX_TOKEN_WORD || !(t->flags & QDX_TOKEN_CAPITAL))
        return 0;
    if (t->flags & QDX_TOKEN_UPPER)
        return size;
    for (uint32_t k = 0; k + 1 < size; k++)
        if (bytes[k] < 'A' || bytes[k] > 'Z')
            return 0;
    return size > SHORTEST && bytes[size - 1] == 's' ? size - 1 : 0;
}

/* "(FMU)" at a token: the word in parentheses, all capitals but a plural's s; 0 for none. */
static uint32_t word_in_parentheses(const qdx_tagging *tagging, uint32_t open)
{
    if (open + 2 >= tagging->text->tokens.count || at(tagging, open)->mark != QDX_MARK_OPEN ||
        at(tagging, open + 2)->mark != QDX_MARK_CLOSE)
        return 0;
    return letters_of(tagging, open + 1) >= 2 ? open + 1 : 0;
}

static bool is_organization(const qdx_tagging *tagging, uint32_t figure)
{
    return tagging->figures.items[figure].entity.type == QDX_ENTITY_ORGANIZATION;
}

static bool file(qdx_tagging *tagging, qdx_figure_key kind, uint64_t hash, uint32_t figure)
{
    return qdx_figure_index_find(&tagging->index, kind, hash) != QDX_NONE ||
           qdx_figure_index_put(&tagging->index, kind, hash, figure);
}

/* Files the first letters of the words in a tag; false without memory. */
static bool file_initials(qdx_tagging *tagging, const qdx_tag *tag, bool *any)
{
    char letters[INITIALS];
    size_t n = 0;
    for (uint32_t i = tag->first; i < tag->end; i++) {
        const qdx_token *t = at(tagging, i);
        unsigned char first = (unsigned char)tagging->text->bytes[t->start];
        if (t->kind == QDX_TOKEN_MARK || is_small_word(tagging, i))
            continue;
        if (n == INITIALS || first >= 0x80)
            return true;
        letters[n++] = (char)first;
    }
    if (n < SHORTEST)
        return true;
    *any = true;
    return file(tagging, QDX_KEY_INITIALS, qdx_fold_hash(letters, n), tag->figure);
}

/* Where the words begin that an acronym's letters begin, the last right before `end`; else `end`.
 */
static uint32_t expansion_start(const qdx_tagging *tagging, uint32_t end, uint32_t acronym)
{
    const char *letters = tagging->text->bytes + at(tagging, acronym)->start;
    uint32_t left = letters_of(tagging, acronym);
    uint32_t i = end;
    if (left < SHORTEST)
        return end;
    while (left > 0 && i > 0 && !(at(tagging, i)->flags & QDX_TOKEN_BLOCK)) {
        const qdx_token *t = at(tagging, --i);
        if (is_small_word(tagging, i) || (t->kind == QDX_TOKEN_MARK && t->mark == QDX_MARK_HYPHEN))
            continue;
        if (t->kind != QDX_TOKEN_WORD || !(t->flags & QDX_TOKEN_CAPITAL) ||
            (t->flags & QDX_TOKEN_POSSESSIVE) ||
            tagging->text->bytes[t->start] != letters[left - 1])
            return end;
        left--;
    }
    return left ? end : i;
}

/* Names inside what turned out to be one longer name are none. */
static void weaken_inside(qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t number = qdx_tagging_tag_at(tagging, i);
        if (number == QDX_NONE || tagging->tags.items[number].weak)
            continue;
        tagging->tags.items[number].weak = true;
        tagging->figures.items[tagging->tags.items[number].figure].mention_count--;
    }
}

/* Does a tag reach over the border of [first, end)? */
static bool is_crossed(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t number = qdx_tagging_tag_at(tagging, i);
        if (number != QDX_NONE &&
            (tagging->tags.items[number].first < first || tagging->tags.items[number].end > end))
            return true;
    }
    return false;
}

/* "the Air Defence Direction Centres (ADDC)": capitals that an acronym makes an organization. */
static qdx_status define(qdx_tagging *tagging, uint32_t open, uint32_t word, bool *any,
                         qdx_error *error)
{
    uint32_t first = expansion_start(tagging, open, word), end = open;
    if (first < open && at(tagging, end - 1)->flags & QDX_TOKEN_POSSESSIVE)
        end--;
    if (first >= end || is_crossed(tagging, first, end))
        return QDX_OK;
    *any = true;
    uint32_t named = qdx_tagging_tag_at(tagging, first);
    if (named != QDX_NONE && tagging->tags.items[named].end == end)
        return file(tagging, QDX_KEY_ACRONYM, at(tagging, word)->hash,
                    tagging->tags.items[named].figure)
                   ? QDX_OK
                   : qdx_error_memory(error);
    qdx_tag tag = {.first = first,
                   .end = end,
                   .figure = qdx_figure_named(tagging, QDX_ENTITY_ORGANIZATION, first, end),
                   .rule = "defined",
                   .confidence = 0.8F,
                   .title_first = first};
    if (tag.figure == QDX_NONE)
        return qdx_error_memory(error);
    weaken_inside(tagging, first, end);
    uint32_t number = (uint32_t)tagging->tags.count;
    if (!qdx_arena_push(tagging->arena, &tagging->tags, tag))
        return qdx_error_memory(error);
    for (uint32_t i = first; i < end; i++)
        tagging->tag_of_token.items[i] = number;
    tagging->figures.items[tag.figure].mention_count++;
    return file(tagging, QDX_KEY_ACRONYM, at(tagging, word)->hash, tag.figure)
               ? QDX_OK
               : qdx_error_memory(error);
}

qdx_status qdx_acronyms_collect(qdx_tagging *tagging, bool *any, qdx_error *error)
{
    *any = false;
    for (size_t i = 0; i < tagging->tags.count; i++) {
        const qdx_tag *tag = &tagging->tags.items[i];
        if (!is_organization(tagging, tag->figure))
            continue;
        uint32_t word = word_in_parentheses(tagging, tag->end);
        *any |= word != 0;
        if ((word && !file(tagging, QDX_KEY_ACRONYM, at(tagging, word)->hash, tag->figure)) ||
            (tag->end - tag->first >= SHORTEST && !file_initials(tagging, tag, any)))
            return qdx_error_memory(error);
    }
    qdx_status status = QDX_OK;
    for (size_t k = 0; k < tagging->openings.count && status == QDX_OK; k++) {
        uint32_t i = tagging->openings.items[k].token;
        if (i == 0 || at(tagging, i - 1)->mark != QDX_MARK_OPEN ||
            word_in_parentheses(tagging, i - 1) != i)
            continue;
        uint32_t before = i > 1 ? qdx_tagging_tag_at(tagging, i - 2) : QDX_NONE;
        if (before == QDX_NONE || !is_organization(tagging, tagging->tags.items[before].figure))
            status = define(tagging, i - 1, i, any, error);
    }
    return status;
}

uint32_t qdx_acronym_find(const qdx_tagging *tagging, uint32_t token, bool shouting,
                          const char **rule)
{
    const qdx_token *t = at(tagging, token);
    if (!letters_of(tagging, token))
        return QDX_NONE;
    *rule = "acronym";
    uint32_t figure = qdx_figure_index_find(&tagging->index, QDX_KEY_ACRONYM, t->hash);
    if (figure != QDX_NONE || shouting || t->end - t->start < SHORTEST ||
        !(t->flags & QDX_TOKEN_UPPER))
        return figure;
    *rule = "initials";
    return qdx_figure_index_find(&tagging->index, QDX_KEY_INITIALS, t->hash);
}
