/*
 * For each entity the documents and quotations that name it, and for each word the quotations that
 * have it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/join.h"

/* The entity's list as steps; afterwards the next one begins at *at. */
static void put_list(qdx_image *image, const qdx_joined_lists *lists, size_t entity, uint64_t *at,
                     unsigned count_column, unsigned steps_column)
{
    uint64_t end = lists->ends[entity];
    uint32_t last = 0;
    qdx_image_put(image, QDX_STORE_POSTING, count_column, end - *at);
    for (; *at < end; ++*at) {
        qdx_image_put(image, QDX_STORE_POSTING, steps_column, lists->items[*at] - last);
        last = lists->items[*at];
    }
}

qdx_status qdx_join_postings(qdx_join *join, qdx_error *error)
{
    uint64_t mentioned = 0, about = 0;
    (void)error;
    for (size_t i = 0; i < join->entities.count; i++) {
        put_list(join->image, &join->mentioned, i, &mentioned, QDX_POSTING_DOCUMENT_COUNT,
                 QDX_POSTING_DOCUMENTS);
        put_list(join->image, &join->about, i, &about, QDX_POSTING_QUOTE_COUNT, QDX_POSTING_QUOTES);
        qdx_image_end(join->image, QDX_STORE_POSTING);
    }
    qdx_image_done(join->image, QDX_STORE_POSTING);
    return QDX_OK;
}

/* The next word of each part. */
typedef struct head {
    uint64_t key;
    const uint32_t *quotes;
    size_t count;
    bool there;
} head;

typedef struct wording {
    qdx_join *join;
    head *heads;
    QDX_VECTOR(uint32_t) quotes; /* of the word in hand: the joined index' */
    QDX_VECTOR(uint32_t) more;   /* those of one part */
    uint64_t key;
} wording;

static qdx_status advance(wording *w, size_t part, qdx_error *error)
{
    head *h = &w->heads[part];
    qdx_part *p = w->join->parts[part].part;
    qdx_status status = p->next_word(p, &h->key, &h->quotes, &h->count, error);
    h->there = status == QDX_OK;
    return status == QDX_END ? QDX_OK : status;
}

/* Merges ascending numbers into those of the word, which ascend, too. False without memory. */
static bool merge_quotes(wording *w, const uint32_t *more, size_t count)
{
    size_t old = w->quotes.count;
    for (size_t i = 0; i < count; i++)
        if (!qdx_vector_push(&w->quotes, more[i]))
            return false;
    size_t to = w->quotes.count;
    uint32_t *items = w->quotes.items;
    while (count) /* from the largest on, so that none is lost */
        items[--to] = old && items[old - 1] > more[count - 1] ? items[--old] : more[--count];
    return true;
}

/* Adds a part's quotations with the word. */
static bool add_quotes(wording *w, size_t part)
{
    const head *h = &w->heads[part];
    const uint32_t *numbers = w->join->parts[part].quotes;
    bool first = w->quotes.count == 0;
    qdx_vector_clear(&w->more);
    for (size_t k = 0; k < h->count; k++) {
        uint32_t quote = numbers[h->quotes[k]];
        if (quote == QDX_LEFT_OUT)
            continue;
        if (!(first ? qdx_vector_push(&w->quotes, quote) : qdx_vector_push(&w->more, quote)))
            return false;
    }
    return first || merge_quotes(w, w->more.items, w->more.count);
}

/* Gathers the quotations with the next word; *more is false at the end. */
static qdx_status next_word(wording *w, bool *more, qdx_error *error)
{
    qdx_join *join = w->join;
    qdx_status status = QDX_OK;
    *more = false;
    for (size_t i = 0; i < join->count; i++)
        if (w->heads[i].there && (!*more || w->heads[i].key < w->key)) {
            w->key = w->heads[i].key;
            *more = true;
        }
    qdx_vector_clear(&w->quotes);
    for (size_t i = 0; i < join->count && status == QDX_OK; i++) {
        head *h = &w->heads[i];
        if (!h->there || h->key != w->key)
            continue;
        if (!add_quotes(w, i))
            return qdx_error_memory(error);
        status = advance(w, i, error);
    }
    return status;
}

/* All words once: counts them, or writes them. */
static qdx_status walk(wording *w, qdx_table_writer *writer, uint64_t *count, qdx_error *error)
{
    qdx_status status = QDX_OK;
    bool more = true;
    *count = 0;
    for (size_t i = 0; i < w->join->count && status == QDX_OK; i++)
        status = advance(w, i, error);
    while (status == QDX_OK && (status = next_word(w, &more, error)) == QDX_OK && more) {
        if (!w->quotes.count)
            continue;
        ++*count;
        if (!writer)
            continue;
        qdx_table_writer_key(writer, w->key, w->quotes.count);
        uint32_t last = 0;
        for (size_t i = 0; i < w->quotes.count; i++) {
            qdx_image_put(writer->image, QDX_STORE_WORD, QDX_TABLE_VALUES,
                          w->quotes.items[i] - last);
            last = w->quotes.items[i];
        }
    }
    return status;
}

qdx_status qdx_join_words(qdx_join *join, qdx_error *error)
{
    wording w = {.join = join};
    qdx_table_writer writer;
    uint64_t count = 0;
    w.heads = calloc(join->count + 1, sizeof *w.heads);
    qdx_status status = w.heads ? walk(&w, NULL, &count, error) : qdx_error_memory(error);
    qdx_table_writer_init(&writer, join->image, QDX_STORE_WORD, count);
    if (status == QDX_OK)
        status = walk(&w, &writer, &count, error);
    qdx_table_writer_finish(&writer);
    join->image->info.words = count;
    free(w.heads);
    qdx_vector_release(&w.quotes);
    qdx_vector_release(&w.more);
    return status;
}
