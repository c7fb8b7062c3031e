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
        qdx_part_entity entity;
        qdx_status status = p->part->entity_at(p->part, i, &entity, error);
        if (status != QDX_OK)
            return status;
        p->first_spelling[i] = spellings;
        p->first_form[i] = forms;
        spellings += entity.spelling_count;
        forms += entity.form_count;
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
        p->symbol_used[mention->mark] = true;
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
        qdx_document_row document;
        if (p->documents[i] == QDX_LEFT_OUT)
            continue;
        status = p->part->mentions_at(p->part, i, &row, error);
        if (status == QDX_OK)
            status = p->part->document_at(p->part, i, &document, error);
        p->dates[i] = status == QDX_OK ? document.date : 0;
        if (status == QDX_OK && !count_mentions(p, &row, document.date, last_seen, i))
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
        qdx_status status = p->part->quote_at(p->part, i, &row, error);
        if (status != QDX_OK)
            return status;
        p->quotes[i] = QDX_LEFT_OUT;
        if (p->documents[row.document] == QDX_LEFT_OUT)
            continue;
        p->quotes[i] = 0;
        p->symbol_used[row.manner] = p->symbol_used[row.cue] = true;
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
} used_symbol;

static int compare_symbols(const void *a, const void *b)
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

static void put_symbol(qdx_image *image, const qdx_symbol_row *row)
{
    const qdx_store store = QDX_STORE_SYMBOL;
    qdx_buffer_byte(qdx_image_column(image, store, QDX_SYMBOL_CLASS), (char)row->class);
    qdx_put_string(qdx_image_column(image, store, QDX_SYMBOL_TEXT), row->text);
    qdx_buffer_byte(qdx_image_column(image, store, QDX_SYMBOL_DETAIL),
                    (char)(row->kind | row->speaker_kind << 4));
    qdx_buffer_varint(qdx_image_column(image, store, QDX_SYMBOL_CONFIDENCE), row->confidence);
    qdx_image_end(image, store);
}

qdx_status qdx_join_symbols(qdx_join *join, qdx_error *error)
{
    QDX_VECTOR(used_symbol) used = {0};
    qdx_status status = QDX_OK;
    for (uint32_t i = 0; i < join->count; i++) {
        qdx_join_part *p = &join->parts[i];
        for (uint32_t k = 0; status == QDX_OK && k < p->part->symbols; k++) {
            used_symbol symbol = {.part = i, .number = k};
            if (!p->symbol_used[k])
                continue;
            status = p->part->symbol_at(p->part, k, &symbol.row, error);
            if (status != QDX_OK)
                break;
            symbol.row.text =
                qdx_arena_copy(&join->arena, symbol.row.text, strlen(symbol.row.text));
            if (!symbol.row.text || !qdx_vector_push(&used, symbol))
                status = qdx_error_memory(error);
        }
    }
    if (used.count > 1)
        qsort(used.items, used.count, sizeof *used.items, compare_symbols);
    uint32_t count = 0;
    for (size_t i = 0; status == QDX_OK && i < used.count; i++) {
        if (!i || compare_symbols(&used.items[i], &used.items[i - 1]) != 0) {
            put_symbol(join->image, &used.items[i].row);
            count++;
        }
        join->parts[used.items[i].part].symbols[used.items[i].number] = count - 1;
    }
    qdx_vector_release(&used);
    qdx_image_done(join->image, QDX_STORE_SYMBOL);
    return status;
}
