/* Mentions of the documents, in order, and by entity the documents that mention it. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/join.h"
#include "index/join_lists.h"

bool qdx_joined_lists_init(qdx_joined_lists *lists, const qdx_join *join, size_t member)
{
    size_t count = join->entities.count;
    uint64_t total = 0;
    lists->ends = calloc(count + 1, sizeof *lists->ends);
    for (size_t i = 0; lists->ends && i < count; i++) {
        uint32_t size;
        memcpy(&size, (const char *)&join->entities.items[i] + member, sizeof size);
        lists->ends[i] = total;
        total += size;
    }
    lists->items = malloc((size_t)(total + 1) * sizeof *lists->items);
    return lists->ends && lists->items;
}

/* Writes whom the document names, and keeps it for its quotations. False without memory. */
static bool put_pairs(qdx_join *join, const qdx_join_part *p, const qdx_mentions_row *row)
{
    const qdx_store store = QDX_STORE_MENTION;
    qdx_image *image = join->image;
    uint32_t last = 0;
    qdx_image_put(image, store, QDX_MENTION_PAIRS, row->pair_count);
    for (uint32_t k = 0; k < row->pair_count; k++) {
        uint32_t entity = p->entities[row->pairs[k].entity];
        uint32_t form = p->forms[p->first_form[row->pairs[k].entity] + row->pairs[k].form];
        qdx_image_put(image, store, QDX_MENTION_ENTITIES, entity - last);
        qdx_image_put(image, store, QDX_MENTION_FORMS, form);
        last = entity;
        if (join->pairs.count == UINT32_MAX || !qdx_vector_push(&join->pairs, entity))
            return false;
    }
    return true;
}

static void put_mentions(qdx_join *join, const qdx_join_part *p, const qdx_mentions_row *row)
{
    const qdx_store store = QDX_STORE_MENTION;
    qdx_image *image = join->image;
    uint32_t place = 0, paragraph = 0;
    qdx_image_put(image, store, QDX_MENTION_COUNTS, row->mention_count);
    for (uint32_t k = 0; k < row->mention_count; k++) {
        const qdx_mention_row *mention = &row->mentions[k];
        uint32_t entity = row->pairs[mention->who].entity;
        uint32_t rank = p->spellings[p->first_spelling[entity] + mention->spelling];
        qdx_image_put(image, store, QDX_MENTION_WHO, mention->who);
        qdx_image_put(image, store, QDX_MENTION_SPELLINGS, rank);
        qdx_image_put(image, store, QDX_MENTION_MARKS,
                      p->symbols[mention->mark] - image->symbols[QDX_SYMBOL_CUE]);
        qdx_image_put(image, store, QDX_MENTION_PLACES, mention->char_start - place);
        qdx_image_put(image, store, QDX_MENTION_PARAGRAPHS, mention->paragraph - paragraph);
        place = mention->char_start;
        paragraph = mention->paragraph;
    }
}

/* Lists the document with each entity it mentions, once. `named` holds a mark for each pair. */
static bool list_document(qdx_join *join, const qdx_join_part *p, const qdx_mentions_row *row,
                          uint32_t document, qdx_buffer *named)
{
    qdx_buffer_clear(named);
    if (!qdx_buffer_reserve(named, row->pair_count))
        return false;
    memset(named->bytes, 0, row->pair_count);
    for (uint32_t k = 0; k < row->mention_count; k++) {
        uint32_t who = row->mentions[k].who;
        if (named->bytes[who])
            continue;
        named->bytes[who] = 1;
        uint32_t entity = p->entities[row->pairs[who].entity];
        join->mentioned.items[join->mentioned.ends[entity]++] = document;
    }
    return true;
}

qdx_status qdx_join_mentions(qdx_join *join, qdx_error *error)
{
    qdx_buffer named = {0};
    qdx_status status = QDX_OK;
    join->first_pair = qdx_join_array(join, join->documents.count, sizeof *join->first_pair);
    if (!join->first_pair ||
        !qdx_joined_lists_init(&join->mentioned, join, offsetof(qdx_entity_counts, documents)))
        return qdx_error_memory(error);
    for (uint32_t i = 0; status == QDX_OK && i < join->documents.count; i++) {
        const qdx_joined_document *document = &join->documents.items[i];
        const qdx_join_part *p = &join->parts[document->part];
        qdx_mentions_row row;
        status = p->part->mentions_at(p->part, document->document, &row, error);
        if (status != QDX_OK)
            break;
        bool kept = put_pairs(join, p, &row);
        put_mentions(join, p, &row);
        qdx_image_end(join->image, QDX_STORE_MENTION);
        join->first_pair[i + 1] = (uint32_t)join->pairs.count;
        if (!kept || !list_document(join, p, &row, i, &named))
            status = qdx_error_memory(error);
    }
    qdx_buffer_release(&named);
    qdx_image_done(join->image, QDX_STORE_MENTION);
    return status;
}
