/*
 * Goes through mentions and quotations of the documents that stay: how often each entity, spelling
 * and form is used, and which symbols are. Then gives the symbols their numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/join.h"

/* Where the spellings and forms of each of the part's entities begin. */
static qdx_status list_entities(qdx_join *join, qdx_join_part *p, qdx_error *error)
{
    uint32_t spellings = 0, forms = 0;
    for (uint32_t i = 0; i < p->part->entities; i++) {
        uint32_t more_spellings, more_forms;
        qdx_status status = p->part->entity_size(p->part, i, &more_spellings, &more_forms, error);
        if (status != QDX_OK)
            return status;
        p->first_spelling[i] = spellings;
        p->first_form[i] = forms;
        if (more_spellings > UINT32_MAX - spellings || more_forms > UINT32_MAX - forms)
            return qdx_error_set(error, QDX_ERR_LIMIT, "too many spellings for one index");
        spellings += more_spellings;
        forms += more_forms;
    }
    p->first_spelling[p->part->entities] = spellings;
    p->first_form[p->part->entities] = forms;
    p->spellings = qdx_join_array(join, spellings, sizeof *p->spellings);
    p->forms = qdx_join_array(join, forms, sizeof *p->forms);
    return p->spellings && p->forms ? QDX_OK : qdx_error_memory(error);
}

static qdx_status broken(qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_DAMAGED, "a part of the index contradicts itself");
}

static void note_date(uint32_t date, qdx_entity_counts *counts)
{
    if (date && (!counts->first || date < counts->first))
        counts->first = date;
    if (date > counts->last)
        counts->last = date;
}

/* Numbers that point into the lists of entities are checked here, once for all steps. */
static bool count_mentions(qdx_join_part *p, const qdx_mentions_row *row, uint32_t date,
                           uint32_t *last_seen, uint32_t document)
{
    for (uint32_t k = 0; k < row->pair_count; k++) {
        const qdx_pair_row *pair = &row->pairs[k];
        uint32_t form = p->first_form[pair->entity] + pair->form;
        if (form >= p->first_form[pair->entity + 1])
            return false;
        p->forms[form]++;
    }
    for (uint32_t k = 0; k < row->mention_count; k++) {
        const qdx_mention_row *mention = &row->mentions[k];
        uint32_t entity = row->pairs[mention->who].entity;
        uint32_t spelling = p->first_spelling[entity] + mention->spelling;
        qdx_entity_counts *counts = &p->counts[entity];
        if (spelling >= p->first_spelling[entity + 1])
            return false;
        p->spellings[spelling]++;
        p->symbol_uses[mention->mark]++;
        counts->mentions++;
        if (last_seen[entity] == document + 1)
            continue;
        last_seen[entity] = document + 1;
        counts->documents++;
        note_date(date, counts);
    }
    return true;
}

static qdx_status survey_mentions(qdx_join *join, qdx_join_part *p, qdx_error *error)
{
    uint32_t *last_seen = calloc((size_t)p->part->entities + 1, sizeof *last_seen);
    qdx_status status = last_seen ? QDX_OK : qdx_error_memory(error);
    for (uint32_t i = 0; status == QDX_OK && i < p->part->documents; i++) {
        qdx_mentions_row row;
        if (p->documents[i] == QDX_LEFT_OUT)
            continue;
        status = p->part->mentions_at(p->part, i, &row, error);
        if (status == QDX_OK && !count_mentions(p, &row, p->dates[i], last_seen, i))
            status = broken(error);
        join->image->info.mentions += status == QDX_OK ? row.mention_count : 0;
    }
    free(last_seen);
    return status;
}

static qdx_status survey_quotes(qdx_join *join, qdx_join_part *p, qdx_error *error)
{
    for (uint32_t i = 0; i < p->part->quotes; i++) {
        qdx_quote_row row;
        qdx_status status = p->part->quote_use_at(p->part, i, &row, error);
        if (status != QDX_OK)
            return status;
        p->quotes[i] = QDX_LEFT_OUT;
        if (p->documents[row.document] == QDX_LEFT_OUT)
            continue;
        p->quotes[i] = 0;
        p->symbol_uses[row.manner]++;
        p->symbol_uses[row.cue]++;
        join->image->info.quotes++;
        if (row.speaker == UINT32_MAX)
            continue;
        p->counts[row.speaker].quotes++;
        p->counts[row.speaker].reported += row.kind == QDX_QUOTE_INDIRECT;
    }
    return QDX_OK;
}

qdx_status qdx_join_survey(qdx_join *join, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < join->count && status == QDX_OK; i++) {
        status = list_entities(join, &join->parts[i], error);
        if (status == QDX_OK)
            status = survey_mentions(join, &join->parts[i], error);
        if (status == QDX_OK)
            status = survey_quotes(join, &join->parts[i], error);
    }
    if (status == QDX_OK && join->image->info.quotes >= UINT32_MAX)
        status = qdx_error_set(error, QDX_ERR_LIMIT, "too many quotations for one index");
    return status;
}

/* A symbol in use, and whose it is. */
typedef struct used_symbol {
    qdx_symbol_row row;
    uint32_t part, number;
    uint64_t uses; /* of all parts together, once they are united */
} used_symbol;

typedef QDX_VECTOR(used_symbol) used_symbols;

static int compare_texts(const void *a, const void *b)
{
    const qdx_symbol_row *x = &((const used_symbol *)a)->row, *y = &((const used_symbol *)b)->row;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    int order = strcmp(x->text, y->text);
    if (!order)
        order = (x->kind > y->kind) - (x->kind < y->kind);
    if (!order)
        order = (x->speaker_kind > y->speaker_kind) - (x->speaker_kind < y->speaker_kind);
    return order ? order : (x->confidence > y->confidence) - (x->confidence < y->confidence);
}

/* By class, and there the most used first. */
static int compare_uses(const void *a, const void *b)
{
    const used_symbol *x = a, *y = b;
    if (x->row.class != y->row.class)
        return x->row.class < y->row.class ? -1 : 1;
    if (x->uses != y->uses)
        return x->uses > y->uses ? -1 : 1;
    return compare_texts(a, b);
}

static void put_symbol(qdx_image *image, const qdx_symbol_row *row)
{
    const qdx_store store = QDX_STORE_SYMBOL;
    qdx_put_string(qdx_image_column(image, store, QDX_SYMBOL_TEXT), row->text);
    qdx_image_put(image, store, QDX_SYMBOL_DETAIL, row->kind | (unsigned)row->speaker_kind << 4);
    qdx_image_put(image, store, QDX_SYMBOL_CONFIDENCE, row->confidence);
    qdx_image_end(image, store);
    image->symbols[row->class]++;
}

static qdx_status list_symbols(qdx_join *join, used_symbols *used, qdx_error *error)
{
    for (uint32_t i = 0; i < join->count; i++) {
        qdx_join_part *p = &join->parts[i];
        for (uint32_t k = 0; k < p->part->symbols; k++) {
            used_symbol symbol = {.part = i, .number = k, .uses = p->symbol_uses[k]};
            if (!symbol.uses)
                continue;
            qdx_status status = p->part->symbol_at(p->part, k, &symbol.row, error);
            if (status != QDX_OK)
                return status;
            symbol.row.text =
                qdx_arena_copy(&join->arena, symbol.row.text, strlen(symbol.row.text));
            if (!symbol.row.text || !qdx_vector_push(used, symbol))
                return qdx_error_memory(error);
        }
    }
    return QDX_OK;
}

/* Gives each of several equal symbols the uses of them all. */
static void unite_symbols(used_symbols *used)
{
    used_symbol *items = used->items;
    qsort(items, used->count, sizeof *items, compare_texts);
    for (size_t i = 0, next; i < used->count; i = next) {
        uint64_t uses = 0;
        for (next = i; next < used->count && compare_texts(&items[next], &items[i]) == 0; next++)
            uses += items[next].uses;
        for (size_t k = i; k < next; k++)
            items[k].uses = uses;
    }
    qsort(items, used->count, sizeof *items, compare_uses);
}

qdx_status qdx_join_symbols(qdx_join *join, qdx_error *error)
{
    used_symbols used = {0};
    uint32_t count = 0;
    qdx_status status = list_symbols(join, &used, error);
    if (status == QDX_OK && used.count)
        unite_symbols(&used);
    for (size_t i = 0; status == QDX_OK && i < used.count; i++) {
        if (!i || compare_texts(&used.items[i], &used.items[i - 1]) != 0) {
            put_symbol(join->image, &used.items[i].row);
            count++;
        }
        join->parts[used.items[i].part].symbols[used.items[i].number] = count - 1;
    }
    qdx_vector_release(&used);
    qdx_image_done(join->image, QDX_STORE_SYMBOL);
    return status;
}
