/*
 * Candidates by the postings of words: each quotation scores what the claim's words that it has are
 * worth, rare words more. Words so common that nobody would search by them are left out once the
 * rarer ones have been looked up.
 */
#include "query/claim_find.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { WORDS_TRIED = 24, POSTINGS_READ = 400000, BEST = 24, MOST_TIES = 2000 };

typedef struct claim_posting {
    uint64_t key;   /* of the word */
    uint64_t count; /* quotations with it */
} claim_posting;

void qdx_claim_finder_release(qdx_claim_finder *finder)
{
    free(finder->scores);
    qdx_vector_release(&finder->met);
    qdx_index_words_release(&finder->words);
}

static int compare_postings(const void *a, const void *b)
{
    const claim_posting *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* The postings of the claim's words, rarest first, none twice. */
static qdx_status list_postings(qdx_claim_finder *f, claim_posting **list, size_t *count,
                                qdx_error *error)
{
    size_t words = f->words.list.count, kept = 0;
    claim_posting *items = calloc(words + 1, sizeof *items);
    qdx_status status = items ? QDX_OK : qdx_error_memory(error);
    *count = 0;
    *list = items;
    for (size_t i = 0; i < words && status == QDX_OK; i++) {
        const qdx_index_word *word = &f->words.list.items[i];
        uint64_t key = qdx_table_key(f->words.folded.bytes + word->start, word->size, false);
        qdx_table_reader reader;
        status = qdx_table_find(f->index, QDX_STORE_WORD, key, &reader, error);
        if (status == QDX_OK)
            items[(*count)++] = (claim_posting){key, reader.left};
        else if (status == QDX_END)
            status = QDX_OK;
    }
    if (*count)
        qsort(items, *count, sizeof *items, compare_postings);
    for (size_t i = 0; i < *count; i++)
        if (!kept || items[kept - 1].key != items[i].key)
            items[kept++] = items[i];
    *count = kept;
    return status;
}

static qdx_status score_posting(qdx_claim_finder *f, const claim_posting *posting, qdx_error *error)
{
    qdx_table_reader reader;
    uint64_t quote;
    uint64_t all = qdx_store_count(f->index, QDX_STORE_QUOTE);
    float worth = 1; /* and one more for each time that the word is twice as rare */
    for (uint64_t share = all / (posting->count + 1); share > 0; share /= 2)
        worth++;
    qdx_status status = qdx_table_find(f->index, QDX_STORE_WORD, posting->key, &reader, error);
    while (status == QDX_OK && qdx_table_reader_next(&reader, &quote, NULL)) {
        uint32_t number = (uint32_t)quote;
        if (!(f->scores[number] > 0) && !qdx_vector_push(&f->met, number))
            return qdx_error_memory(error);
        f->scores[number] += worth;
    }
    if (status == QDX_OK && reader.values.failed)
        status = qdx_store_broken(QDX_STORE_WORD, 0, error);
    return status;
}

/* Puts a quotation in its place among the best; equal scores go by number. */
static void consider(const qdx_claim_finder *f, uint32_t number, uint32_t best[], size_t *count)
{
    size_t at = *count;
    while (at > 0 && (f->scores[best[at - 1]] < f->scores[number] ||
                      (f->scores[best[at - 1]] <= f->scores[number] && best[at - 1] > number)))
        at--;
    if (at == BEST)
        return;
    for (size_t i = *count < BEST ? (*count)++ : BEST - 1; i > at; i--)
        best[i] = best[i - 1];
    best[at] = number;
}

/* Two lists are kept: of the quotations wanted, and of the others. */
typedef struct best_list {
    float top;   /* the highest score */
    size_t ties; /* quotations with it taken so far: the shortest claims have many */
    uint32_t best[BEST];
    size_t count;
} best_list;

static bool is_top(const best_list *list, float score)
{
    return score >= list->top * 0.9999f;
}

static qdx_status choose_list(const qdx_claim_finder *f, uint32_t number,
                              bool (*is_wanted)(const void *context, const qdx_fact_row *fact),
                              const void *context, best_list lists[2], best_list **list,
                              qdx_error *error)
{
    qdx_fact_row fact;
    qdx_status status = qdx_fact_row_at(f->index, number, &fact, error);
    if (status == QDX_OK)
        *list = &lists[!(is_wanted && is_wanted(context, &fact))];
    return status;
}

static qdx_status keep_best(qdx_claim_finder *f,
                            bool (*is_wanted)(const void *context, const qdx_fact_row *fact),
                            const void *context, qdx_quote_numbers *found, qdx_error *error)
{
    best_list lists[2] = {{.count = 0}, {.count = 0}}, *list = NULL;
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < f->met.count && status == QDX_OK; i++) {
        status = choose_list(f, f->met.items[i], is_wanted, context, lists, &list, error);
        float score = f->scores[f->met.items[i]];
        if (status == QDX_OK && score > list->top)
            list->top = score;
    }
    for (size_t i = 0; i < f->met.count && status == QDX_OK; i++) {
        uint32_t number = f->met.items[i];
        status = choose_list(f, number, is_wanted, context, lists, &list, error);
        if (status != QDX_OK)
            return status;
        if (!is_top(list, f->scores[number]))
            consider(f, number, list->best, &list->count);
        else if (list->ties++ < MOST_TIES && !qdx_vector_push(found, number))
            return qdx_error_memory(error);
    }
    for (size_t l = 0; l < 2 && status == QDX_OK; l++)
        for (size_t i = 0; i < lists[l].count; i++)
            if (!qdx_vector_push(found, lists[l].best[i]))
                return qdx_error_memory(error);
    return status;
}

qdx_status qdx_claim_find(qdx_claim_finder *finder, const char *claim,
                          bool (*is_wanted)(const void *context, const qdx_fact_row *fact),
                          const void *context, qdx_quote_numbers *found, qdx_error *error)
{
    claim_posting *postings = NULL;
    size_t count = 0;
    uint64_t read = 0;
    qdx_vector_clear(found);
    qdx_vector_clear(&finder->met);
    if (!finder->scores)
        finder->scores = calloc((size_t)qdx_store_count(finder->index, QDX_STORE_QUOTE) + 1,
                                sizeof *finder->scores);
    if (!finder->scores || !qdx_index_words_split(&finder->words, claim, strlen(claim)))
        return qdx_error_memory(error);
    qdx_status status = list_postings(finder, &postings, &count, error);
    for (size_t i = 0; i < count && i < WORDS_TRIED && status == QDX_OK; i++) {
        read += postings[i].count;
        if (i > 0 && read > POSTINGS_READ)
            break;
        status = score_posting(finder, &postings[i], error);
    }
    if (status == QDX_OK)
        status = keep_best(finder, is_wanted, context, found, error);
    for (size_t i = 0; i < finder->met.count; i++)
        finder->scores[finder->met.items[i]] = 0;
    free(postings);
    return status;
}
