/*
 * The query for quotations: candidates from the narrowest lists the index has, then the filters
 * that need only a row of facts, then order, and only for the rows to be shown the words
 * themselves.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/quote_id.h"
#include "query/fold.h"
#include "query/hit.h"
#include "query/select.h"

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Undated last. */
static uint32_t date_rank(const qdx_candidate *candidate)
{
    return candidate->fact.date ? candidate->fact.date : UINT32_MAX;
}

static int compare_places(const qdx_candidate *x, const qdx_candidate *y)
{
    int order = compare_numbers(x->fact.document, y->fact.document);
    if (!order)
        order = compare_numbers(x->fact.char_start, y->fact.char_start);
    return order ? order : compare_numbers(x->quote, y->quote);
}

static int by_path(const void *a, const void *b)
{
    return compare_places(a, b);
}

static int by_date(const void *a, const void *b)
{
    int order = compare_numbers(date_rank(a), date_rank(b));
    return order ? order : compare_places(a, b);
}

static int by_speaker(const void *a, const void *b)
{
    const qdx_candidate *x = a, *y = b;
    int order = compare_numbers(x->fact.speaker, y->fact.speaker);
    return order ? order : by_date(a, b);
}

static int by_confidence(const void *a, const void *b)
{
    const qdx_candidate *x = a, *y = b;
    int order = compare_numbers(y->fact.confidence, x->fact.confidence);
    return order ? order : by_date(a, b);
}

static void sort_candidates(qdx_candidate_list *list, qdx_sort sort)
{
    static int (*const orders[])(const void *, const void *) = {
        [QDX_SORT_DATE] = by_date,
        [QDX_SORT_SPEAKER] = by_speaker,
        [QDX_SORT_PATH] = by_path,
        [QDX_SORT_CONFIDENCE] = by_confidence,
    };
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, orders[sort]);
}

static int by_place(const void *a, const void *b)
{
    return compare_places(*(const qdx_candidate *const *)a, *(const qdx_candidate *const *)b);
}

/*
 * Rows are filled in the order of their articles, whatever order they are shown in: an article that
 * is read again lies behind the last one, also in a file of many that is compressed as one piece.
 */
static qdx_status fill_hits(qdx_hit_filler *filler, const qdx_candidate_list *list, size_t count,
                            qdx_error *error)
{
    const qdx_candidate **order = calloc(count + 1, sizeof(void *));
    if (!order)
        return qdx_error_memory(error);
    for (size_t i = 0; i < count; i++)
        order[i] = &list->items[i];
    if (!filler->without_text)
        qsort(order, count, sizeof(void *), by_place);
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < count && status == QDX_OK; i++) {
        qdx_hit *hit = &filler->result->hits[order[i] - list->items];
        status = qdx_hit_fill(filler, order[i], hit, error);
    }
    free(order);
    return status;
}

static qdx_status make_hits(qdx_hit_filler *filler, const qdx_candidate_list *list, uint64_t limit,
                            qdx_error *error)
{
    qdx_result *result = filler->result;
    size_t count = limit && limit < list->count ? (size_t)limit : list->count;
    result->total = list->count;
    result->hits = qdx_arena_array(&result->arena, count, sizeof *result->hits);
    if (!result->hits)
        return qdx_error_memory(error);
    qdx_status status = fill_hits(filler, list, count, error);
    result->hit_count = status == QDX_OK ? count : 0;
    return status;
}

static qdx_status run(qdx_result *result, const qdx_index *index, const qdx_query *query,
                      qdx_error *error)
{
    qdx_candidate_list list = {0};
    qdx_hit_filler filler = {.result = result,
                             .index = index,
                             .text = {.source = query->articles},
                             .without_contexts = query->without_contexts,
                             .without_text = query->without_text};
    qdx_status status = qdx_query_select(&filler, query, &list, error);
    if (status == QDX_OK) {
        if (query->unique) { /* the first appearance is the one that stays, whatever the order */
            sort_candidates(&list, QDX_SORT_DATE);
            status = qdx_candidates_fold(&filler, &list, error);
        }
        if (!list.by_date)
            sort_candidates(&list, query->sort);
    }
    if (status == QDX_OK)
        status = make_hits(&filler, &list, query->limit, error);
    qdx_hit_filler_release(&filler);
    qdx_vector_release(&list);
    return status;
}

qdx_status qdx_query_quotes(const qdx_index *index, const qdx_query *query, qdx_result **result,
                            qdx_error *error)
{
    *result = NULL;
    if ((unsigned)query->sort > QDX_SORT_CONFIDENCE)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "unknown order of quotations");
    qdx_result *made = qdx_result_new(error);
    if (!made)
        return QDX_ERR_MEMORY;
    return qdx_result_hand_out(made, run(made, index, query, error), result);
}

/* What ids of the quotations in each article are made from; NULL without memory. */
static qdx_status number_places(const qdx_index *index, uint64_t **places, qdx_error *error)
{
    uint64_t count = qdx_store_count(index, QDX_STORE_DOCUMENT);
    qdx_status status = QDX_OK;
    *places = calloc((size_t)count + 1, sizeof **places);
    if (!*places)
        return qdx_error_memory(error);
    for (uint64_t i = 0; i < count && status == QDX_OK; i++) {
        qdx_document_row row;
        status = qdx_document_row_at(index, i, &row, error);
        if (status == QDX_OK)
            (*places)[i] = qdx_place_number(row.path, row.part);
    }
    return status;
}

/* Ids are hashes: two quotations with the same one are as good as impossible, and the first wins.
 */
static qdx_status find_id(qdx_hit_filler *filler, const char *id, uint64_t number, qdx_error *error)
{
    const qdx_index *index = filler->index;
    uint64_t count = qdx_store_count(index, QDX_STORE_QUOTE), i = 0, *places;
    qdx_status status = number_places(index, &places, error);
    for (; status == QDX_OK && i < count; i++) {
        qdx_quote_row row;
        status = qdx_quote_row_at(index, i, &row, error);
        if (status == QDX_OK &&
            qdx_quote_number(places[row.document], row.char_start, row.chars) == number)
            break;
    }
    free(places);
    if (status != QDX_OK)
        return status;
    if (i == count)
        return qdx_error_set(error, QDX_ERR_NOT_FOUND, "index has no quotation %s", id);
    qdx_candidate candidate = {.quote = (uint32_t)i};
    qdx_candidate_list list = {.items = &candidate, .count = 1, .capacity = 1};
    status = qdx_fact_row_at(index, i, &candidate.fact, error);
    return status == QDX_OK ? make_hits(filler, &list, 1, error) : status;
}

qdx_status qdx_query_quote_by_id(const qdx_index *index, const char *id,
                                 const qdx_text_source *articles, qdx_result **result,
                                 qdx_error *error)
{
    uint64_t number;
    *result = NULL;
    if (!id || !qdx_quote_number_parse(id, &number))
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "\"%s\" is no id of a quotation",
                             id ? id : "");
    qdx_result *made = qdx_result_new(error);
    if (!made)
        return QDX_ERR_MEMORY;
    qdx_hit_filler filler = {.result = made, .index = index, .text = {.source = articles}};
    qdx_status status = find_id(&filler, id, number, error);
    qdx_hit_filler_release(&filler);
    return qdx_result_hand_out(made, status, result);
}
