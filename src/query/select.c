/*
 * Selection: each condition that has a list in the index gives a sorted set of quotation numbers;
 * the sets are intersected, and what remains is held against the other conditions by its facts.
 */
#include "query/select.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/decisions.h"
#include "query/article_filter.h"
#include "query/hit.h"

typedef struct selection {
    qdx_hit_filler *filler;
    qdx_result *result;
    const qdx_index *index;
    const qdx_query *query;
    qdx_bearer_list by, about;
    bool by_one, about_one; /* the name means a single entity */
    qdx_number_set set;
    bool narrowed; /* the set holds a condition; else everything is a candidate */
    qdx_text_question question;
    qdx_number_set spoken; /* direct and mixed quotations that answer the question, where reported
                              ones are wanted too */
    qdx_article_filter articles;
    size_t listed; /* how many of the bearers of the last name are in any quotation */
    bool one_speaker;
    bool undated; /* the facts come without dates: nobody looks at them */
} selection;

static bool is_set(const char *text)
{
    return text && *text;
}

static int compare_items(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Sorts and drops repeats. */
static void make_set(qdx_number_set *set)
{
    size_t kept = 0;
    bool sorted = true; /* as the quotations of one speaker are */
    for (size_t i = 1; i < set->count && sorted; i++)
        sorted = set->items[i - 1] <= set->items[i];
    if (!sorted)
        qsort(set->items, set->count, sizeof *set->items, compare_items);
    for (size_t i = 0; i < set->count; i++)
        if (!kept || set->items[i] != set->items[kept - 1])
            set->items[kept++] = set->items[i];
    set->count = kept;
}

/* Takes the set as a further condition; it is used up. */
static void narrow(selection *s, qdx_number_set *set)
{
    if (s->narrowed) {
        qdx_number_set_intersect(&s->set, set);
        qdx_number_set_release(set);
    } else {
        s->set = *set;
        s->narrowed = true;
    }
    *set = (qdx_number_set){0};
}

static qdx_status quotes_of(const qdx_index *index, uint32_t entity, qdx_number_set *set,
                            qdx_error *error)
{
    qdx_entity_row row;
    qdx_status status = qdx_entity_row_at(index, entity, &row, error);
    for (uint64_t i = 0; status == QDX_OK && i < row.quotes; i++) {
        uint32_t number = (uint32_t)(row.first_quote + i);
        if (!qdx_vector_push(set, number))
            status = qdx_error_memory(error);
    }
    return status;
}

static qdx_status quotes_about(const qdx_index *index, uint32_t entity, qdx_number_set *set,
                               qdx_error *error)
{
    qdx_posting_reader documents, about;
    uint64_t value;
    qdx_status status = qdx_postings_at(index, entity, &documents, &about, error);
    while (status == QDX_OK && qdx_posting_reader_next(&about, &value)) {
        uint32_t number = (uint32_t)value;
        if (!qdx_vector_push(set, number))
            status = qdx_error_memory(error);
    }
    if (status == QDX_OK && about.cursor.failed)
        status = qdx_store_broken(QDX_STORE_POSTING, entity, error);
    return status;
}

static qdx_status narrow_to(selection *s, const qdx_bearer_list *bearers,
                            qdx_status (*list)(const qdx_index *, uint32_t, qdx_number_set *,
                                               qdx_error *),
                            qdx_error *error)
{
    qdx_number_set set = {0};
    qdx_status status = QDX_OK;
    s->listed = 0;
    for (size_t i = 0; i < bearers->count && status == QDX_OK; i++) {
        size_t before = set.count;
        if (i == 0 || bearers->items[i].entity != bearers->items[i - 1].entity)
            status = list(s->index, bearers->items[i].entity, &set, error);
        s->listed += set.count > before;
    }
    make_set(&set);
    if (status == QDX_OK)
        narrow(s, &set);
    qdx_number_set_release(&set);
    return status;
}

/* Quotations that a person gave to one of the speakers; speaker_fits drops those taken away. */
static qdx_status add_decided(selection *s, qdx_error *error)
{
    const qdx_decisions *decisions = qdx_index_decisions(s->index);
    for (size_t i = 0; decisions && i < decisions->quote_count; i++)
        for (size_t k = 0; k < s->by.count; k++)
            if (s->by.items[k].entity == decisions->quotes[i].speaker &&
                !qdx_vector_push(&s->set, decisions->quotes[i].quote))
                return qdx_error_memory(error);
    make_set(&s->set);
    return QDX_OK;
}

static qdx_status narrow_by_names(selection *s, qdx_error *error)
{
    qdx_status status = QDX_OK;
    if (is_set(s->query->by)) {
        status = qdx_result_resolve(s->result, s->index, s->query->by, QDX_ROLE_SPEAKER, true,
                                    &s->by, error);
        s->by_one = qdx_bearers_are_one(&s->by);
        if (status == QDX_OK)
            status = narrow_to(s, &s->by, quotes_of, error);
        s->one_speaker = s->listed == 1;
        if (status == QDX_OK)
            status = add_decided(s, error);
    }
    if (status == QDX_OK && is_set(s->query->about)) {
        status = qdx_result_resolve(s->result, s->index, s->query->about, QDX_ROLE_TOPIC,
                                    !is_set(s->query->by), &s->about, error);
        s->about_one = qdx_bearers_are_one(&s->about);
        if (status == QDX_OK)
            status = narrow_to(s, &s->about, quotes_about, error);
    }
    return status;
}

static unsigned wanted_kinds(const qdx_query *query)
{
    return query->kinds ? query->kinds : QDX_KIND_DIRECT | QDX_KIND_MIXED;
}

/* The index has the words of direct and mixed quotations; reported speech is read in the articles,
 * when all else fits. */
static qdx_status narrow_by_text(selection *s, qdx_error *error)
{
    if (!is_set(s->query->text))
        return QDX_OK;
    qdx_number_set set = {0};
    qdx_status status = qdx_text_question_read(&s->question, s->query->text, error);
    if (status == QDX_OK)
        status = qdx_text_match(s->index, &s->question, &set, error);
    if (status != QDX_OK) {
        qdx_number_set_release(&set);
    } else if (wanted_kinds(s->query) & QDX_KIND_INDIRECT) {
        s->spoken = set;
    } else {
        narrow(s, &set);
    }
    return status;
}

static bool set_has(const qdx_number_set *set, uint32_t number)
{
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->items[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->count && set->items[low] == number;
}

/* Reported speech has not been looked at yet: it fits. */
static bool text_may_fit(const selection *s, uint32_t quote, const qdx_fact_row *fact)
{
    if (!s->question.count || !(wanted_kinds(s->query) & QDX_KIND_INDIRECT))
        return true;
    return fact->kind == QDX_QUOTE_INDIRECT || set_has(&s->spoken, quote);
}

static int by_document(const void *a, const void *b)
{
    const qdx_candidate *x = a, *y = b;
    if (x->fact.document != y->fact.document)
        return x->fact.document < y->fact.document ? -1 : 1;
    return (x->fact.char_start > y->fact.char_start) - (x->fact.char_start < y->fact.char_start);
}

static int by_number(const void *a, const void *b)
{
    const qdx_candidate *x = a, *y = b;
    return (x->quote > y->quote) - (x->quote < y->quote);
}

/* Reads the reported speech among the candidates, each article once. */
static qdx_status read_reported(selection *s, qdx_candidate_list *list, qdx_error *error)
{
    size_t kept = 0;
    qdx_status status = QDX_OK;
    if (!s->question.count || !(wanted_kinds(s->query) & QDX_KIND_INDIRECT) || !list->count)
        return QDX_OK;
    qsort(list->items, list->count, sizeof *list->items, by_document);
    for (size_t i = 0; i < list->count && status == QDX_OK; i++) {
        const char *text, *as_written;
        bool fits = list->items[i].fact.kind != QDX_QUOTE_INDIRECT;
        if (!fits)
            status = qdx_hit_words(s->filler, list->items[i].quote, &text, &as_written, error);
        if (!fits && status == QDX_OK)
            status = qdx_text_fits(&s->question, text, &fits, error);
        if (fits)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
    if (kept)
        qsort(list->items, kept, sizeof *list->items, by_number);
    return status;
}

/* Is somebody with this name the speaker, and in office then if an office was asked for? */
static bool speaker_fits(const selection *s, const qdx_fact_row *fact)
{
    for (size_t i = 0; i < s->by.count; i++)
        if (s->by.items[i].entity == fact->speaker &&
            qdx_bearer_serves(&s->by.items[i], fact->date, s->by_one))
            return true;
    return s->by.count == 0;
}

static bool any_office(const qdx_bearer_list *bearers)
{
    for (size_t i = 0; i < bearers->count; i++)
        if (bearers->items[i].office)
            return true;
    return false;
}

/* The same for somebody mentioned; only offices need a look at the quotation itself. */
static qdx_status topic_fits(const selection *s, uint32_t quote, const qdx_fact_row *fact,
                             bool *fits, qdx_error *error)
{
    qdx_quote_row row;
    *fits = true;
    if (!any_office(&s->about))
        return QDX_OK;
    qdx_status status = qdx_quote_row_at(s->index, quote, &row, error);
    *fits = false;
    for (uint32_t k = 0; status == QDX_OK && k < row.about_count; k++) {
        uint32_t entity = UINT32_MAX;
        status = qdx_quote_about_at(s->index, &row, k, &entity, error);
        for (size_t i = 0; i < s->about.count; i++)
            if (s->about.items[i].entity == entity &&
                qdx_bearer_serves(&s->about.items[i], fact->date, s->about_one))
                *fits = true;
    }
    return status;
}

/* Holds one quotation against all that the sets do not say. */
static qdx_status consider(selection *s, uint32_t quote, qdx_candidate_list *list, qdx_error *error)
{
    const qdx_query *query = s->query;
    qdx_candidate candidate = {.quote = quote};
    qdx_fact_row *fact = &candidate.fact;
    qdx_status status = s->undated ? qdx_fact_undated_at(s->index, quote, fact, error)
                                   : qdx_fact_row_at(s->index, quote, fact, error);
    if (status != QDX_OK)
        return status;
    if (!(wanted_kinds(query) & 1u << fact->kind) || !text_may_fit(s, quote, fact) ||
        fact->confidence < qdx_per_mille(query->min_confidence) ||
        !qdx_article_date_fits(&s->articles, fact->date) || !speaker_fits(s, fact))
        return QDX_OK;
    bool fits;
    status = qdx_article_source_fits(&s->articles, fact->document, &fits, error);
    if (status == QDX_OK && fits)
        status = topic_fits(s, quote, fact, &fits, error);
    if (status == QDX_OK && fits && !qdx_vector_push(list, candidate))
        status = qdx_error_memory(error);
    return status;
}

/*
 * Do dates tell nothing that the numbers of the quotations do not? Those of one speaker lie in the
 * order of dates, and the page that is shown needs but a few.
 */
static bool are_dates_needless(const selection *s)
{
    const qdx_query *query = s->query;
    const qdx_decisions *decisions = qdx_index_decisions(s->index);
    bool decided = decisions && (decisions->quote_count || decisions->pair_count);
    return s->one_speaker && query->sort == QDX_SORT_DATE && !query->unique && !decided &&
           !s->articles.since && !s->articles.until && !any_office(&s->by) &&
           !any_office(&s->about);
}

/* Undated articles lie first and are shown last: where there are any, the dates are read. */
static qdx_status order_undated(const selection *s, qdx_candidate_list *list, qdx_error *error)
{
    list->by_date = s->undated;
    qdx_status status = QDX_OK;
    for (size_t i = 0; list->by_date && i < list->count && status == QDX_OK; i++) {
        status = qdx_fact_date(s->index, &list->items[i].fact, error);
        if (i == 0 && list->items[0].fact.date)
            return status;
    }
    list->by_date = false;
    return status;
}

static qdx_status consider_all(selection *s, qdx_candidate_list *list, qdx_error *error)
{
    size_t count = s->narrowed ? s->set.count : qdx_store_count(s->index, QDX_STORE_QUOTE);
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < count && status == QDX_OK; i++)
        status = consider(s, s->narrowed ? s->set.items[i] : (uint32_t)i, list, error);
    return status;
}

qdx_status qdx_query_select(qdx_hit_filler *filler, const qdx_query *query,
                            qdx_candidate_list *list, qdx_error *error)
{
    const qdx_index *index = filler->index;
    selection s = {.filler = filler, .result = filler->result, .index = index, .query = query};
    qdx_status status = qdx_article_filter_init(&s.articles, index, query, error);
    if (status == QDX_OK)
        status = narrow_by_names(&s, error);
    if (status == QDX_OK)
        status = narrow_by_text(&s, error);
    s.undated = status == QDX_OK && are_dates_needless(&s);
    if (status == QDX_OK)
        status = consider_all(&s, list, error);
    if (status == QDX_OK)
        status = read_reported(&s, list, error);
    if (status == QDX_OK)
        status = order_undated(&s, list, error);
    qdx_vector_release(&s.by);
    qdx_vector_release(&s.about);
    qdx_number_set_release(&s.set);
    qdx_number_set_release(&s.spoken);
    qdx_text_question_release(&s.question);
    qdx_article_filter_release(&s.articles);
    return status;
}
