/* Writes entities with their spellings, and for each the documents and quotations that name it. */
#include "index/collection.h"

/* Without its phrases: the dictionary of names has them. */
static void put_tenure(const qdx_form_tenure *tenure, qdx_buffer *out)
{
    qdx_put_string(out, tenure->office);
    qdx_put_string(out, tenure->country);
    qdx_put_string(out, tenure->organization);
    qdx_buffer_varint(out, tenure->from);
    qdx_buffer_varint(out, tenure->to);
}

static void put_entity(const qdx_collected_entity *entity, qdx_buffer *out)
{
    qdx_buffer_byte(out, (char)entity->type);
    qdx_buffer_byte(out, (char)entity->gender);
    qdx_buffer_byte(out, (char)entity->listed);
    qdx_put_string(out, entity->id);
    qdx_put_string(out, entity->name);
    qdx_put_string(out, entity->country);
    qdx_buffer_varint(out, entity->documents);
    qdx_buffer_varint(out, entity->mentions);
    qdx_buffer_varint(out, entity->first_quote);
    qdx_buffer_varint(out, entity->quotes);
    qdx_buffer_varint(out, entity->reported);
    qdx_buffer_varint(out, entity->first);
    qdx_buffer_varint(out, entity->last);
    qdx_buffer_varint(out, entity->variants.count);
    for (size_t i = 0; i < entity->variants.count; i++) {
        qdx_put_terminated(out, entity->variants.items[i].text, entity->variants.items[i].size);
        qdx_buffer_varint(out, entity->variants.items[i].count);
    }
    qdx_buffer_varint(out, entity->aliases.count);
    for (size_t i = 0; i < entity->aliases.count; i++)
        qdx_put_string(out, entity->aliases.items[i]);
    qdx_buffer_varint(out, entity->tenures.count);
    for (size_t i = 0; i < entity->tenures.count; i++)
        put_tenure(&entity->tenures.items[i], out);
}

/* The values of one key, as a count and the steps between them. Moves *at behind them. */
static void put_values(const qdx_pair_list *pairs, uint32_t key, size_t *at, qdx_buffer *out)
{
    size_t end = *at;
    while (end < pairs->count && pairs->items[end].key == key)
        end++;
    qdx_buffer_varint(out, end - *at);
    for (uint32_t last = 0; *at < end; ++*at) {
        qdx_buffer_varint(out, pairs->items[*at].value - last);
        last = pairs->items[*at].value;
    }
}

qdx_status qdx_collection_put_entities(const qdx_collection *collection, qdx_image *image,
                                       qdx_error *error)
{
    size_t mentioned = 0, about = 0;
    for (uint32_t i = 0; i < collection->entities.count; i++) {
        put_entity(&collection->entities.items[i], qdx_image_record(image, QDX_STORE_ENTITY));
        qdx_image_end(image, QDX_STORE_ENTITY);
        qdx_buffer *postings = qdx_image_record(image, QDX_STORE_POSTING);
        put_values(&collection->mentioned, i, &mentioned, postings);
        put_values(&collection->about, i, &about, postings);
        qdx_image_end(image, QDX_STORE_POSTING);
    }
    return qdx_image_status(image, error);
}
