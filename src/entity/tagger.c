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
#include "entity/name_shape.h"
#include "entity/name_tag.h"
#include "entity/resolve.h"

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

/* The longer words of a block: those of four bytes or more. */
typedef struct block_words {
    uint32_t lower, capital, upper;
} block_words;

/* Headings in capitals or title case: most longer words have one. */
static bool is_shouting(const qdx_text *text, qdx_token_range block, const block_words *longer)
{
    uint32_t words = longer->lower + longer->capital;
    if (words >= 4 && longer->upper * 10 >= words * 8)
        return true;
    return words >= 4 && words <= 40 && longer->capital * 10 >= words * 8 &&
           !ends_sentence(text, block);
}

/* Room for `count` items, which are not counted yet. */
#define reserve(vector, wanted)                                                                    \
    qdx_vector_reserve((void **)&(vector)->items, &(vector)->capacity, (wanted),                   \
                       sizeof *(vector)->items)

/* Counts a longer word. Returns whether a name may begin with the token. */
static inline bool look_over(const qdx_tagging *tagging, const qdx_token *t, block_words *longer)
{
    if (t->kind == QDX_TOKEN_MARK)
        return false;
    bool capital = (t->flags & QDX_TOKEN_CAPITAL) != 0;
    if (t->kind == QDX_TOKEN_NUMBER)
        return capital || qdx_phrases_may_begin(tagging->gazetteer, t);
    if (t->flags & QDX_TOKEN_POSSESSIVE)
        return false;
    bool is_long = t->end - t->start >= 4;
    if (!capital) {
        longer->lower += is_long;
        return (t->classes & QDX_WORD_TITLE) != 0;
    }
    longer->capital += is_long;
    longer->upper += is_long && (t->flags & QDX_TOKEN_UPPER);
    return true;
}

/* Adds the openings of a sentence, for which there is room, and counts its longer words. */
static void collect_openings(qdx_tagging *tagging, qdx_token_range sentence, uint32_t block,
                             block_words *longer)
{
    const qdx_token *tokens = tagging->tokens;
    qdx_opening *openings = tagging->openings.items;
    size_t first = tagging->openings.count, count = first;
    uint32_t classes = 0;
    for (uint32_t i = sentence.first; i < sentence.end; i++) {
        classes |= tokens[i].classes;
        if (!look_over(tagging, &tokens[i], longer))
            continue;
        qdx_phrases_prefetch(tagging->gazetteer, tagging->text, i, sentence.end);
        openings[count++] =
            (qdx_opening){i, sentence.end, block, 0, qdx_name_shape_is_capital(tagging, i)};
    }
    for (size_t k = first; k < count; k++)
        openings[k].classes = classes;
    tagging->openings.count = count;
}

static void clear(qdx_tagging *tagging)
{
    qdx_vector_clear(&tagging->figures);
    qdx_vector_clear(&tagging->tags);
    qdx_vector_clear(&tagging->tag_of_token);
    qdx_vector_clear(&tagging->shouting);
    qdx_vector_clear(&tagging->openings);
    tagging->knows_lower_words = false;
    tagging->index.account = tagging->arena;
    qdx_figure_index_clear(&tagging->index, tagging->gazetteer->hash_key);
}

static qdx_status prepare(qdx_tagging *tagging, qdx_error *error)
{
    const qdx_text *text = tagging->text;
    size_t count = text->tokens.count;
    clear(tagging);
    if (!qdx_arena_charge(tagging->arena, count * sizeof *tagging->tag_of_token.items) ||
        !reserve(&tagging->tag_of_token, count) || !reserve(&tagging->openings, count))
        return qdx_error_memory(error);
    if (count)
        memset(tagging->tag_of_token.items, 0xFF, count * sizeof *tagging->tag_of_token.items);
    tagging->tag_of_token.count = count;
    size_t s = 0;
    for (uint32_t b = 0; b < text->blocks.count; b++) {
        qdx_token_range block = text->blocks.items[b];
        block_words longer = {0};
        for (; s < text->sentences.count && text->sentences.items[s].first < block.end; s++)
            collect_openings(tagging, text->sentences.items[s], b, &longer);
        if (!qdx_arena_push(tagging->arena, &tagging->shouting, is_shouting(text, block, &longer)))
            return qdx_error_memory(error);
    }
    /* Memory was reserved for as many as there are tokens; what is not used is not touched. */
    size_t openings = tagging->openings.count * sizeof *tagging->openings.items;
    return qdx_arena_charge(tagging->arena, openings) ? QDX_OK : qdx_error_memory(error);
}

static qdx_status first_pass(qdx_tagging *tagging, qdx_error *error)
{
    uint32_t next = 0;
    for (size_t i = 0; i < tagging->openings.count; i++) {
        if (tagging->openings.items[i].token < next)
            continue;
        qdx_status status = qdx_name_tag_from(tagging, tagging->openings.items[i], &next, error);
        if (status != QDX_OK)
            return status;
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

/* Does a tag stand, by what supports it and by the user's word? */
static bool stands(const qdx_tagging *tagging, const qdx_tag *tag)
{
    return (!tag->weak || tagging->figures.items[tag->figure].mention_count > 0) &&
           !qdx_phrases_never(tagging->gazetteer, tagging->text, tag->first, tag->end);
}

/* Drops unsupported weak tags, orders the rest, and renumbers. */
static void settle(qdx_tagging *tagging)
{
    size_t kept = 0;
    for (size_t i = 0; i < tagging->tags.count; i++) {
        qdx_tag *tag = &tagging->tags.items[i];
        if (stands(tagging, tag))
            tagging->tags.items[kept++] = *tag;
    }
    if (kept)
        qsort(tagging->tags.items, kept, sizeof tagging->tags.items[0], compare_tags);
    kept = tagging->tags.count = drop_overlaps(tagging->tags.items, kept);
    if (tagging->tag_of_token.count)
        memset(tagging->tag_of_token.items, 0xFF,
               tagging->tag_of_token.count * sizeof *tagging->tag_of_token.items);
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
    tagging->tokens = text->tokens.items;
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
