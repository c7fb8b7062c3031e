/*
 * Quotations of all parts by speaker, date, document and place, and by entity the quotations about
 * it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/join.h"
#include "index/join_lists.h"

/* The next quotation of each part. */
typedef struct head {
    qdx_quote_row row;
    uint32_t quote, speaker, document, date; /* the last three: the joined index' */
    bool there;
} head;

typedef struct quoting {
    qdx_join *join;
    head *heads;
    uint32_t count;                    /* written so far */
    uint32_t entities;                 /* what says that there is no speaker */
    uint32_t speaker, document, start; /* of the quotation written last */
} quoting;

static qdx_status advance(quoting *q, size_t part, qdx_error *error)
{
    qdx_join_part *p = &q->join->parts[part];
    head *h = &q->heads[part];
    while (h->quote < p->part->quotes && p->quotes[h->quote] == QDX_LEFT_OUT)
        h->quote++;
    h->there = h->quote < p->part->quotes;
    if (!h->there)
        return QDX_OK;
    qdx_status status = p->part->quote_at(p->part, h->quote, &h->row, error);
    if (status != QDX_OK)
        return status;
    h->speaker = h->row.speaker == UINT32_MAX ? q->entities : p->entities[h->row.speaker];
    h->document = p->documents[h->row.document];
    h->date = p->dates[h->row.document];
    return QDX_OK;
}

static int compare_heads(const head *x, const head *y)
{
    if (x->speaker != y->speaker)
        return x->speaker < y->speaker ? -1 : 1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return (x->document > y->document) - (x->document < y->document);
}

static void put_place(quoting *q, const head *h)
{
    const qdx_store store = QDX_STORE_QUOTE;
    qdx_image *image = q->join->image;
    bool begins = qdx_image_begins(image, store);
    if (begins)
        q->speaker = q->document = 0;
    bool same = !begins && h->speaker == q->speaker && h->document == q->document;
    qdx_image_put(image, store, QDX_QUOTE_SPEAKER, h->speaker - q->speaker);
    qdx_image_put(image, store, QDX_QUOTE_DOCUMENT,
                  qdx_zigzag((uint64_t)h->document - q->document));
    qdx_image_put(image, store, QDX_QUOTE_START, h->row.char_start - (same ? q->start : 0));
    qdx_image_put(image, store, QDX_QUOTE_LENGTH, h->row.chars);
    q->speaker = h->speaker;
    q->document = h->document;
    q->start = h->row.char_start;
}

static void put_reported(qdx_image *image, const qdx_quote_row *row)
{
    const qdx_store store = QDX_STORE_QUOTE;
    qdx_image_put(image, store, QDX_QUOTE_GAPS, row->gap_count);
    for (uint32_t k = 0; k < row->gap_count; k++)
        qdx_image_put(image, store, QDX_QUOTE_GAPS, row->gaps[k]);
    qdx_image_put(image, store, QDX_QUOTE_NAMED_LENGTH, row->named_chars);
    if (row->named_chars)
        qdx_image_put(image, store, QDX_QUOTE_NAMED,
                      qdx_zigzag((uint64_t)row->named_start - row->char_start));
}

/* Whom a quotation is about its document's list of entities tells. */
static qdx_status put_abouts(quoting *q, uint32_t document, const qdx_quote_row *row,
                             qdx_error *error)
{
    qdx_join *join = q->join;
    uint32_t first = join->first_pair[document], pairs = join->first_pair[document + 1] - first;
    qdx_image_put(join->image, QDX_STORE_QUOTE, QDX_QUOTE_ABOUT_COUNT, row->about_count);
    for (uint32_t k = 0; k < row->about_count; k++) {
        uint32_t who = row->about[k];
        if (who >= pairs)
            return qdx_error_set(error, QDX_ERR_DAMAGED, "a part of the index contradicts itself");
        qdx_about about = {q->count, join->pairs.items[first + who]};
        qdx_image_put(join->image, QDX_STORE_QUOTE, QDX_QUOTE_ABOUT, who);
        join->entities.items[about.entity].about++;
        if (!qdx_vector_push(&join->abouts, about))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

static qdx_status put_quote(quoting *q, size_t part, qdx_error *error)
{
    const qdx_store store = QDX_STORE_QUOTE;
    qdx_join_part *p = &q->join->parts[part];
    qdx_image *image = q->join->image;
    const qdx_quote_row *row = &q->heads[part].row;
    uint64_t first_manner = image->symbols[QDX_SYMBOL_CUE] + image->symbols[QDX_SYMBOL_MARK];
    put_place(q, &q->heads[part]);
    qdx_image_put(image, store, QDX_QUOTE_MANNER, p->symbols[row->manner] - first_manner);
    qdx_image_put(image, store, QDX_QUOTE_CUE, p->symbols[row->cue]);
    qdx_image_put(image, store, QDX_QUOTE_PARAGRAPH, row->paragraph);
    qdx_status status = put_abouts(q, q->heads[part].document, row, error);
    if (status != QDX_OK)
        return status;
    if (row->kind == QDX_QUOTE_INDIRECT) {
        put_reported(image, row);
    } else {
        qdx_speech_row speech;
        status = p->part->speech_at(p->part, q->heads[part].quote, &speech, error);
        if (status != QDX_OK)
            return status;
        qdx_put_text(qdx_image_column(image, QDX_STORE_SPEECH, QDX_SPEECH_WORDS), speech.text,
                     speech.text_size);
        qdx_put_string(qdx_image_column(image, QDX_STORE_SPEECH, QDX_SPEECH_NAMED),
                       speech.as_written);
    }
    qdx_image_end(image, store);
    qdx_image_end(image, QDX_STORE_SPEECH);
    p->quotes[q->heads[part].quote] = q->count++;
    return QDX_OK;
}

/* By speaker, date, document and place. */
static qdx_status write_quotes(quoting *q, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < q->join->count && status == QDX_OK; i++)
        status = advance(q, i, error);
    while (status == QDX_OK) {
        head *best = NULL;
        for (size_t i = 0; i < q->join->count; i++)
            if (q->heads[i].there && (!best || compare_heads(&q->heads[i], best) < 0))
                best = &q->heads[i];
        if (!best)
            break;
        size_t part = (size_t)(best - q->heads);
        status = put_quote(q, part, error);
        best->quote++;
        if (status == QDX_OK)
            status = advance(q, part, error);
    }
    return status;
}

static qdx_status list_abouts(qdx_join *join, qdx_error *error)
{
    if (!qdx_joined_lists_init(&join->about, join, offsetof(qdx_entity_counts, about)))
        return qdx_error_memory(error);
    for (size_t i = 0; i < join->abouts.count; i++) {
        const qdx_about *about = &join->abouts.items[i];
        join->about.items[join->about.ends[about->entity]++] = about->quote;
    }
    qdx_vector_release(&join->abouts);
    return QDX_OK;
}

qdx_status qdx_join_quotes(qdx_join *join, qdx_error *error)
{
    quoting q = {.join = join, .entities = (uint32_t)join->entities.count};
    q.heads = calloc(join->count + 1, sizeof *q.heads);
    qdx_status status = q.heads ? write_quotes(&q, error) : qdx_error_memory(error);
    free(q.heads);
    qdx_image_done(join->image, QDX_STORE_QUOTE);
    qdx_image_done(join->image, QDX_STORE_SPEECH);
    return status == QDX_OK ? list_abouts(join, error) : status;
}
