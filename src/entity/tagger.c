/*
 * The tagger's story. First pass, left to right: at each capitalised word the longest of a listed
 * name, a title with a name after it, and a shape; what documents say beside names (titles,
 * appositions) is noted on the figures. Then short forms (resolve.c), then weak mentions that
 * nothing supports are dropped.
 */
#include "entity/tagger.h"

#include <stdlib.h>
#include <string.h>

#include "entity/context.h"
#include "entity/name_tag.h"
#include "entity/resolve.h"

static const qdx_token *at(const qdx_tagging *tagging, uint32_t i)
{
    return qdx_tagging_token(tagging, i);
}

/* Does a block end as a sentence does? A list of names may, a heading does not. */
static bool ends_sentence(const qdx_text *text, qdx_token_range block)
{
    for (uint32_t i = block.end; i-- > block.first;) {
        const qdx_token *t = &text->tokens.items[i];
        if (t->kind != QDX_TOKEN_MARK)
            return false;
        if (t->mark == QDX_MARK_PERIOD)
            return true;
    }
    return false;
}

/* Headings in capitals or title case: most longer words have one. */
static bool is_shouting(const qdx_text *text, qdx_token_range block)
{
    uint32_t words = 0, capitals = 0, upper = 0;
    for (uint32_t i = block.first; i < block.end; i++) {
        const qdx_token *t = &text->tokens.items[i];
        if (t->kind != QDX_TOKEN_WORD || (t->flags & QDX_TOKEN_POSSESSIVE) || t->end - t->start < 4)
            continue;
        words++;
        capitals += (t->flags & QDX_TOKEN_CAPITAL) != 0;
        upper += (t->flags & QDX_TOKEN_UPPER) != 0;
    }
    if (words >= 4 && upper * 10 >= words * 8)
        return true;
    return words >= 4 && words <= 40 && capitals * 10 >= words * 8 && !ends_sentence(text, block);
}

static void remember_lower(qdx_tagging *tagging, const qdx_token *token)
{
    tagging->lower_words[(token->hash >> 20) & 1023] |= 1ull << ((token->hash >> 14) & 63);
}

static qdx_status prepare(qdx_tagging *tagging, qdx_error *error)
{
    qdx_vector_clear(&tagging->figures);
    qdx_vector_clear(&tagging->tags);
    qdx_vector_clear(&tagging->tag_of_token);
    qdx_vector_clear(&tagging->shouting);
    memset(tagging->lower_words, 0, sizeof tagging->lower_words);
    qdx_figure_index_clear(&tagging->index, tagging->gazetteer->hash_key);
    const qdx_text *text = tagging->text;
    for (size_t i = 0; i < text->tokens.count; i++) {
        const qdx_token *t = &text->tokens.items[i];
        if (t->kind == QDX_TOKEN_WORD && !(t->flags & QDX_TOKEN_CAPITAL))
            remember_lower(tagging, t);
        if (!qdx_vector_push(&tagging->tag_of_token, QDX_NONE))
            return qdx_error_memory(error);
    }
    for (size_t b = 0; b < text->blocks.count; b++)
        if (!qdx_vector_push(&tagging->shouting, is_shouting(text, text->blocks.items[b])))
            return qdx_error_memory(error);
    return QDX_OK;
}

static bool may_begin_name(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    if (t->kind == QDX_TOKEN_MARK || (t->flags & QDX_TOKEN_POSSESSIVE))
        return false;
    return (t->flags & QDX_TOKEN_CAPITAL) || (t->classes & QDX_WORD_TITLE) ||
           (t->kind == QDX_TOKEN_NUMBER && qdx_phrases_may_begin(&tagging->gazetteer->phrases, t));
}

static qdx_status first_pass(qdx_tagging *tagging, qdx_error *error)
{
    const qdx_text *text = tagging->text;
    for (uint32_t b = 0; b < text->blocks.count; b++) {
        qdx_token_range block = text->blocks.items[b];
        uint32_t sentence = qdx_text_sentence_of(text, block.first);
        for (uint32_t i = block.first; i < block.end;) {
            while (sentence + 1 < text->sentences.count && text->sentences.items[sentence].end <= i)
                sentence++;
            uint32_t limit = text->sentences.items[sentence].end;
            uint32_t next = i + 1;
            qdx_status status = QDX_OK;
            if (may_begin_name(tagging, i))
                status = qdx_name_tag_from(tagging, i, limit, b, &next, error);
            if (status != QDX_OK)
                return status;
            i = next > i ? next : i + 1;
        }
    }
    return QDX_OK;
}

static int compare_tags(const void *a, const void *b)
{
    const qdx_tag *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* Of two tags over the same words: the one that was never in doubt, else the surer one. */
static bool is_better_tag(const qdx_tag *a, const qdx_tag *b)
{
    return a->weak != b->weak ? b->weak : a->confidence > b->confidence;
}

/* Of tags in order, keeps those that do not overlap. Returns how many. */
static size_t drop_overlaps(qdx_tag *tags, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || tags[kept - 1].end <= tags[i].first)
            tags[kept++] = tags[i];
        else if (is_better_tag(&tags[i], &tags[kept - 1]))
            tags[kept - 1] = tags[i];
    }
    return kept;
}

/* Drops unsupported weak tags, orders the rest, and renumbers. */
static void settle(qdx_tagging *tagging)
{
    size_t kept = 0;
    for (size_t i = 0; i < tagging->tags.count; i++) {
        qdx_tag *tag = &tagging->tags.items[i];
        if (!tag->weak || tagging->figures.items[tag->figure].mention_count > 0)
            tagging->tags.items[kept++] = *tag;
    }
    if (kept)
        qsort(tagging->tags.items, kept, sizeof tagging->tags.items[0], compare_tags);
    kept = tagging->tags.count = drop_overlaps(tagging->tags.items, kept);
    for (size_t i = 0; i < tagging->tag_of_token.count; i++)
        tagging->tag_of_token.items[i] = QDX_NONE;
    for (size_t i = 0; i < kept; i++)
        for (uint32_t t = tagging->tags.items[i].first; t < tagging->tags.items[i].end; t++)
            tagging->tag_of_token.items[t] = (uint32_t)i;
}

qdx_status qdx_tagger_run(qdx_tagging *tagging, const qdx_gazetteer *gazetteer,
                          const qdx_text *text, const qdx_document *document, qdx_arena *arena,
                          qdx_error *error)
{
    tagging->gazetteer = gazetteer;
    tagging->text = text;
    tagging->document = document;
    tagging->arena = arena;
    qdx_status status = prepare(tagging, error);
    if (status == QDX_OK)
        status = first_pass(tagging, error);
    if (status == QDX_OK)
        status = qdx_resolve_short_names(tagging, error);
    if (status == QDX_OK)
        status = qdx_context_tag(tagging, error);
    if (status == QDX_OK)
        settle(tagging);
    return status;
}
