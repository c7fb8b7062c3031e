/*
 * Lists of numbers: the postings of entities, and the tables that lead from keys to numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/decode.h"
#include "index/store.h"

qdx_status qdx_postings_at(const qdx_index *index, uint64_t entity, qdx_posting_reader *documents,
                           qdx_posting_reader *about, qdx_error *error)
{
    qdx_posting_row row;
    qdx_status status = qdx_posting_row_at(index, entity, &row, error);
    if (status != QDX_OK)
        return status;
    qdx_posting_reader_init(documents, row.documents, row.document_count,
                            qdx_store_count(index, QDX_STORE_DOCUMENT));
    qdx_posting_reader_init(about, row.quotes, row.quote_count,
                            qdx_store_count(index, QDX_STORE_QUOTE));
    return QDX_OK;
}

void qdx_posting_reader_init(qdx_posting_reader *reader, qdx_cursor steps, uint64_t count,
                             uint64_t limit)
{
    *reader = (qdx_posting_reader){steps, count, 0, limit, true};
}

bool qdx_posting_reader_next(qdx_posting_reader *reader, uint64_t *value)
{
    if (reader->left == 0 || reader->cursor.failed)
        return false;
    uint64_t step = qdx_get_number(&reader->cursor);
    if ((step == 0 && !reader->first) || step >= reader->limit - reader->last)
        reader->cursor.failed = true;
    reader->last += step;
    reader->first = false;
    reader->left--;
    *value = reader->last;
    return !reader->cursor.failed;
}

bool qdx_table_reader_next(qdx_table_reader *reader, uint64_t *value, uint64_t *detail)
{
    if (reader->left == 0 || reader->values.failed)
        return false;
    uint64_t step = qdx_get_number(&reader->values), more = 0;
    if (reader->office)
        more = qdx_get_number(&reader->details);
    if ((step == 0 && !reader->first && !reader->office) || reader->details.failed ||
        step >= reader->limit - reader->last)
        reader->values.failed = true;
    reader->last += step;
    reader->first = false;
    reader->left--;
    *value = reader->last;
    if (detail)
        *detail = more;
    return !reader->values.failed;
}

static uint64_t table_limit(const qdx_index *index, qdx_store store)
{
    return qdx_store_count(index, store == QDX_STORE_NAME ? QDX_STORE_ENTITY : QDX_STORE_QUOTE);
}

/* Reads the next key of a bucket, whose values follow at the columns; false after the last. */
static bool next_key(qdx_cursor columns[4], uint64_t *key, qdx_table_reader *reader)
{
    if (columns[QDX_TABLE_KEYS].failed || !qdx_cursor_left(&columns[QDX_TABLE_KEYS]))
        return false;
    *key += qdx_get_number(&columns[QDX_TABLE_KEYS]);
    reader->key = *key;
    reader->left = qdx_get_number(&columns[QDX_TABLE_COUNTS]) + 1;
    reader->values = columns[QDX_TABLE_VALUES];
    reader->details = columns[QDX_TABLE_DETAILS];
    reader->last = 0;
    reader->first = true;
    reader->office = *key & 1;
    reader->values.failed |= columns[QDX_TABLE_KEYS].failed | columns[QDX_TABLE_COUNTS].failed |
                             (reader->left > qdx_cursor_left(&reader->values) / sizeof(uint64_t));
    return true;
}

qdx_status qdx_table_find(const qdx_index *index, qdx_store store, uint64_t key,
                          qdx_table_reader *reader, qdx_error *error)
{
    uint64_t buckets = qdx_store_count(index, store), at = 0, value;
    qdx_bucket_row bucket;
    unsigned bits = 0;
    while ((uint64_t)1 << bits < buckets)
        bits++;
    uint64_t number = key >> (QDX_KEY_BITS - bits),
             wanted = key - (number << (QDX_KEY_BITS - bits));
    *reader = (qdx_table_reader){.limit = table_limit(index, store)};
    if (!buckets)
        return QDX_END;
    qdx_status status = qdx_view_row_at(index, store, number, &bucket, error);
    if (status != QDX_OK)
        return status;
    while (next_key(bucket.columns, &at, reader)) {
        if (at == wanted || reader->values.failed)
            break;
        if (at > wanted)
            return QDX_END;
        while (qdx_table_reader_next(reader, &value, NULL))
            ;
        bucket.columns[QDX_TABLE_VALUES] = reader->values;
        bucket.columns[QDX_TABLE_DETAILS] = reader->details;
        if (reader->values.failed)
            break;
    }
    if (reader->values.failed)
        return qdx_store_broken(store, number, error);
    return at == wanted && reader->left ? QDX_OK : QDX_END;
}

void qdx_table_walk_release(qdx_table_walk *walk)
{
    qdx_arena_release(&walk->arena);
}

/* Moves behind the values of the key read last. */
static void skip_values(qdx_table_walk *walk)
{
    uint64_t value;
    while (qdx_table_reader_next(&walk->last, &value, NULL))
        ;
    walk->columns[QDX_TABLE_VALUES] = walk->last.values;
    walk->columns[QDX_TABLE_DETAILS] = walk->last.details;
}

static bool is_bucket_read(const qdx_table_walk *walk)
{
    for (unsigned i = 0; i < 4; i++)
        if (walk->columns[i].failed || qdx_cursor_left(&walk->columns[i]))
            return false;
    return true;
}

qdx_status qdx_table_walk_next(qdx_table_walk *walk, qdx_table_reader *reader, qdx_error *error)
{
    uint64_t buckets = qdx_store_count(walk->index, walk->store);
    if (walk->inside)
        skip_values(walk);
    for (;;) {
        walk->last = (qdx_table_reader){.limit = table_limit(walk->index, walk->store)};
        if (walk->inside && next_key(walk->columns, &walk->key, &walk->last)) {
            *reader = walk->last;
            return walk->last.values.failed ? qdx_store_broken(walk->store, walk->bucket, error)
                                            : QDX_OK;
        }
        if (walk->inside && !is_bucket_read(walk))
            return qdx_store_broken(walk->store, walk->bucket, error);
        if (walk->bucket + walk->inside >= buckets)
            return QDX_END;
        walk->bucket += walk->inside;
        walk->inside = true;
        walk->key = 0;
        qdx_arena_reset(&walk->arena);
        qdx_status status = qdx_group_columns(walk->index, walk->store, walk->bucket, &walk->arena,
                                              walk->columns, error);
        if (status != QDX_OK)
            return status;
    }
}
