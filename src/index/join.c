/*
 * Joins parts into one index, a step after another. Every decision across articles is made here,
 * over what all parts say together, so that it does not matter how the articles were divided.
 */
#include "index/join.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void *qdx_join_array(qdx_join *join, size_t count, size_t size)
{
    void *items = qdx_arena_array(&join->arena, count + 1, size);
    if (items)
        memset(items, 0, (count + 1) * size);
    return items;
}

void qdx_table_writer_init(qdx_table_writer *writer, qdx_image *image, qdx_store store,
                           uint64_t keys)
{
    *writer = (qdx_table_writer){image, store, qdx_bucket_bits(keys), 0, 0};
}

void qdx_table_writer_key(qdx_table_writer *writer, uint64_t key, uint64_t count)
{
    unsigned rest = QDX_KEY_BITS - writer->bits;
    for (; writer->bucket < key >> rest; writer->bucket++) {
        qdx_image_end(writer->image, writer->store);
        writer->last = 0;
    }
    key -= writer->bucket << rest;
    qdx_image_put(writer->image, writer->store, QDX_TABLE_KEYS, key - writer->last);
    qdx_image_put(writer->image, writer->store, QDX_TABLE_COUNTS, count - 1);
    writer->last = key;
}

void qdx_table_writer_finish(qdx_table_writer *writer)
{
    for (; writer->bucket >> writer->bits == 0; writer->bucket++)
        qdx_image_end(writer->image, writer->store);
    qdx_image_done(writer->image, writer->store);
}

/* Room for what the steps find out about each part. */
static qdx_status make_room(qdx_join *join, qdx_part *const *parts, qdx_error *error)
{
    join->parts = qdx_join_array(join, join->count, sizeof *join->parts);
    for (size_t i = 0; join->parts && i < join->count; i++) {
        qdx_join_part *p = &join->parts[i];
        p->part = parts[i];
        p->documents = qdx_join_array(join, parts[i]->documents, sizeof *p->documents);
        p->dates = qdx_join_array(join, parts[i]->documents, sizeof *p->dates);
        p->entities = qdx_join_array(join, parts[i]->entities, sizeof *p->entities);
        p->symbols = qdx_join_array(join, parts[i]->symbols, sizeof *p->symbols);
        p->quotes = qdx_join_array(join, parts[i]->quotes, sizeof *p->quotes);
        p->counts = qdx_join_array(join, parts[i]->entities, sizeof *p->counts);
        p->first_spelling = qdx_join_array(join, parts[i]->entities, sizeof *p->first_spelling);
        p->first_form = qdx_join_array(join, parts[i]->entities, sizeof *p->first_form);
        p->symbol_uses = qdx_join_array(join, parts[i]->symbols, sizeof *p->symbol_uses);
        if (!p->documents || !p->dates || !p->entities || !p->symbols || !p->quotes || !p->counts ||
            !p->first_spelling || !p->first_form || !p->symbol_uses)
            return qdx_error_memory(error);
    }
    return join->parts ? QDX_OK : qdx_error_memory(error);
}

qdx_status qdx_parts_join(qdx_part *const *parts, size_t count, const qdx_part_filter *filter,
                          qdx_image *image, qdx_error *error)
{
    static qdx_status (*const steps[])(qdx_join *, qdx_error *) = {
        qdx_join_documents, qdx_join_survey, qdx_join_symbols,  qdx_join_entities,
        qdx_join_mentions,  qdx_join_quotes, qdx_join_postings, qdx_join_words,
    };
    qdx_join join = {.count = count, .filter = filter, .image = image};
    qdx_status status = make_room(&join, parts, error);
    for (size_t i = 0; status == QDX_OK && i < sizeof steps / sizeof steps[0]; i++) {
        status = steps[i](&join, error);
        if (status == QDX_OK)
            status = image->status;
    }
    if (status == QDX_OK)
        status = qdx_image_finish(image, error);
    qdx_vector_release(&join.documents);
    qdx_vector_release(&join.skipped);
    qdx_vector_release(&join.entities);
    qdx_vector_release(&join.abouts);
    qdx_vector_release(&join.pairs);
    free(join.mentioned.ends);
    free(join.mentioned.items);
    free(join.about.ends);
    free(join.about.items);
    qdx_arena_release(&join.arena);
    return status;
}
