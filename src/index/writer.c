/*
 * The index writer: takes records, keeps them small, and at the end runs the steps of
 * collection.h. Entities, which most documents share, are kept once for each way to describe them.
 */
#include "index/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"

struct qdx_index_writer {
    qdx_collection collection;
    bool used_up; /* by a finish, whatever came of it */
};

qdx_index_writer *qdx_index_writer_new(qdx_error *error)
{
    qdx_index_writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        qdx_error_memory(error);
        return NULL;
    }
    qdx_intern_init(&writer->collection.forms);
    qdx_intern_init(&writer->collection.spellings);
    return writer;
}

void qdx_index_writer_free(qdx_index_writer *writer)
{
    if (!writer)
        return;
    qdx_collection_release(&writer->collection);
    free(writer);
}

/* What only documents need, as soon as they are written. */
static void release_documents(qdx_collection *collection)
{
    qdx_vector_release(&collection->documents);
    qdx_vector_release(&collection->skips);
    qdx_vector_release(&collection->quotes);
    qdx_vector_release(&collection->written);
    qdx_arena_release(&collection->arena);
}

void qdx_collection_release(qdx_collection *collection)
{
    release_documents(collection);
    for (size_t i = 0; i < collection->entities.count; i++) {
        qdx_collected_entity *entity = &collection->entities.items[i];
        free(entity->aliases.items);
        qdx_vector_release(&entity->tenures);
        qdx_vector_release(&entity->variants);
    }
    qdx_vector_release(&collection->entities);
    qdx_vector_release(&collection->mentioned);
    qdx_vector_release(&collection->about);
    qdx_arena_release(&collection->keys);
    qdx_intern_release(&collection->forms);
    qdx_intern_release(&collection->spellings);
}

static qdx_status no_record(qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_ARGUMENT, "bytes are no record of a document");
}

/* Puts the numbers of the record's forms in `forms`; a form is taken apart at first sight only. */
static qdx_status take_forms(qdx_intern *known, const char *bytes, const qdx_record *head,
                             uint32_t *forms, qdx_error *error)
{
    size_t at = head->forms + (size_t)head->form_count * sizeof(uint32_t);
    for (uint32_t i = 0; i < head->form_count; i++) {
        uint32_t size, count = known->count;
        qdx_form form;
        memcpy(&size, bytes + head->forms + i * sizeof size, sizeof size);
        if (size > head->size - at)
            return no_record(error);
        forms[i] = qdx_intern_add(known, bytes + at, size);
        if (forms[i] == UINT32_MAX)
            return qdx_error_memory(error);
        if (forms[i] == count && !qdx_form_decode(bytes + at, size, &form)) {
            qdx_intern_drop(known);
            return no_record(error);
        }
        at += size;
    }
    return head->size - at < QDX_RECORD_UNIT ? QDX_OK : no_record(error);
}

static qdx_status take_record(qdx_collection *collection, const char *bytes, const qdx_record *head,
                              qdx_error *error)
{
    void *record = qdx_arena_alloc(&collection->arena, head->forms);
    uint32_t *forms = qdx_arena_array(&collection->arena, head->form_count, sizeof *forms);
    if (!record || !forms)
        return qdx_error_memory(error);
    memcpy(record, bytes, head->forms);
    if (!qdx_record_check(record))
        return no_record(error);
    qdx_status status = take_forms(&collection->forms, bytes, head, forms, error);
    if (status != QDX_OK)
        return status;
    if (collection->documents.count >= UINT32_MAX - 1)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too many articles for one index");
    qdx_collected_document document = {record, forms};
    return qdx_vector_push(&collection->documents, document) ? QDX_OK : qdx_error_memory(error);
}

static qdx_status check_unused(const qdx_index_writer *writer, qdx_error *error)
{
    if (writer->used_up)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "index writer has finished already");
    return QDX_OK;
}

qdx_status qdx_index_writer_add(qdx_index_writer *writer, const void *bytes, size_t size,
                                qdx_error *error)
{
    const char *at = bytes;
    qdx_status status = check_unused(writer, error);
    while (status == QDX_OK && size > 0) {
        qdx_record head;
        if (!qdx_record_head(at, size, &head))
            return no_record(error);
        status = take_record(&writer->collection, at, &head, error);
        at += head.size;
        size -= head.size;
    }
    return status;
}

qdx_status qdx_index_writer_add_skipped(qdx_index_writer *writer, const char *path,
                                        const qdx_error *problem, qdx_error *error)
{
    qdx_arena *arena = &writer->collection.arena;
    const char *reason = problem ? problem->message : "";
    qdx_collected_skip skip = {qdx_arena_copy(arena, path, strlen(path)),
                               qdx_arena_copy(arena, reason, strlen(reason))};
    if (!skip.path || !skip.reason || !qdx_vector_push(&writer->collection.skips, skip))
        return qdx_error_memory(error);
    return QDX_OK;
}

static void put_skips(const qdx_collection *collection, qdx_image *image)
{
    for (size_t i = 0; i < collection->skips.count; i++) {
        qdx_buffer *out = qdx_image_record(image, QDX_STORE_SKIPPED);
        qdx_put_string(out, collection->skips.items[i].path);
        qdx_put_string(out, collection->skips.items[i].reason);
        qdx_image_end(image, QDX_STORE_SKIPPED);
    }
    image->info.skipped = collection->skips.count;
}

static void put_symbols(const qdx_intern *symbols, qdx_image *image)
{
    for (uint32_t i = 0; i < symbols->count; i++) {
        qdx_buffer *out = qdx_image_record(image, QDX_STORE_SYMBOL);
        qdx_cursor confidence;
        qdx_cursor_init(&confidence, symbols->items[i].bytes, symbols->items[i].size);
        uint32_t low = qdx_cursor_u8(&confidence), high = qdx_cursor_u8(&confidence);
        qdx_put_text(out, symbols->items[i].bytes + 2, symbols->items[i].size - 2);
        qdx_buffer_varint(out, low | high << 8);
        qdx_image_end(image, QDX_STORE_SYMBOL);
    }
}

qdx_status qdx_collection_image(qdx_collection *collection, qdx_image *image, qdx_error *error)
{
    qdx_intern symbols;
    qdx_intern_init(&symbols);
    qdx_status status = qdx_collection_order(collection) ? qdx_collection_merge(collection, error)
                                                         : qdx_error_memory(error);
    if (status == QDX_OK)
        status = qdx_collection_survey(collection, image, error);
    if (status == QDX_OK)
        status = qdx_collection_order_quotes(collection, error);
    if (status == QDX_OK)
        status = qdx_collection_put_documents(collection, &symbols, image, error);
    if (status == QDX_OK)
        status = qdx_collection_put_quotes(collection, &symbols, image, error);
    if (status == QDX_OK)
        status = qdx_collection_put_words(collection, image, error);
    if (status == QDX_OK) {
        put_symbols(&symbols, image);
        put_skips(collection, image);
        release_documents(collection);
        status = qdx_collection_put_entities(collection, image, error);
    }
    if (status == QDX_OK)
        status = qdx_collection_put_names(collection, image, error);
    if (status == QDX_OK) {
        qdx_image_finish(image);
        status = qdx_image_status(image, error);
    }
    qdx_intern_release(&symbols);
    return status;
}

/* Makes the image; the writer's content is spent on it. */
static qdx_status spend(qdx_index_writer *writer, qdx_image *image, qdx_error *error)
{
    qdx_image_init(image);
    qdx_status status = check_unused(writer, error);
    writer->used_up = true;
    return status == QDX_OK ? qdx_collection_image(&writer->collection, image, error) : status;
}

qdx_status qdx_index_writer_finish(qdx_index_writer *writer, const char *path, qdx_error *error)
{
    qdx_image image;
    qdx_status status = spend(writer, &image, error);
    if (status == QDX_OK)
        status = qdx_image_write(&image, path, error);
    qdx_image_release(&image);
    return status;
}

qdx_status qdx_index_writer_render(qdx_index_writer *writer, qdx_buffer *out, qdx_error *error)
{
    qdx_image image;
    qdx_status status = spend(writer, &image, error);
    if (status == QDX_OK)
        status = qdx_image_render(&image, out, error);
    qdx_image_release(&image);
    return status;
}
