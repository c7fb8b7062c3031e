/*
 * Reads the collected documents once through: who is mentioned how often, in which spelling and
 * where, and which quotations there are. Then sorts; every order is total.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"

bool qdx_pairs_group(qdx_pair_list *pairs, size_t keys)
{
    size_t *ends = calloc(keys + 1, sizeof *ends), kept = 0;
    qdx_pair *sorted = malloc((pairs->count + 1) * sizeof *sorted);
    if (!ends || !sorted) {
        free(ends);
        free(sorted);
        return false;
    }
    for (size_t i = 0; i < pairs->count; i++)
        ends[pairs->items[i].key]++;
    for (size_t k = 0, before = 0; k < keys; k++) {
        size_t count = ends[k];
        ends[k] = before;
        before += count;
    }
    for (size_t i = 0; i < pairs->count; i++)
        sorted[ends[pairs->items[i].key]++] = pairs->items[i];
    for (size_t i = 0; i < pairs->count; i++)
        if (!kept || sorted[i].key != sorted[kept - 1].key ||
            sorted[i].value != sorted[kept - 1].value)
            sorted[kept++] = sorted[i];
    free(ends);
    free(pairs->items);
    pairs->capacity = pairs->count + 1;
    pairs->items = sorted;
    pairs->count = kept;
    return true;
}

static int compare_variants(const void *a, const void *b)
{
    const qdx_variant *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    int order = memcmp(x->text, y->text, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

/* The number of a spelling of an entity. */
static uint32_t intern_spelling(qdx_collection *collection, uint32_t entity, const char *text,
                                size_t size, qdx_buffer *key)
{
    qdx_buffer_clear(key);
    qdx_buffer_u32(key, entity);
    qdx_buffer_append(key, text, size);
    return key->failed ? UINT32_MAX : qdx_intern_add(&collection->spellings, key->bytes, key->size);
}

/* Gives each entity its spellings, the most frequent first, and each mention
 * its place there. */
static bool rank_variants(qdx_collection *collection, const uint32_t *uses, uint32_t *place)
{
    for (uint32_t i = 0; i < collection->spellings.count; i++) {
        const qdx_interned *item = &collection->spellings.items[i];
        qdx_cursor cursor;
        qdx_cursor_init(&cursor, item->bytes, 4);
        qdx_collected_entity *entity = &collection->entities.items[qdx_cursor_u32(&cursor)];
        qdx_variant variant = {item->bytes + 4, item->size - 4, uses[i], i};
        if (!qdx_vector_push(&entity->variants, variant))
            return false;
        entity->mentions += uses[i];
    }
    for (size_t i = 0; i < collection->entities.count; i++) {
        qdx_collected_entity *entity = &collection->entities.items[i];
        if (entity->variants.count > 1)
            qsort(entity->variants.items, entity->variants.count, sizeof *entity->variants.items,
                  compare_variants);
        for (uint32_t k = 0; k < entity->variants.count; k++)
            place[entity->variants.items[k].spelling] = k;
    }
    return true;
}

static bool count_variants(qdx_collection *collection)
{
    size_t count = (size_t)collection->spellings.count + 1;
    uint32_t *uses = calloc(count, sizeof *uses), *place = calloc(count, sizeof *place);
    bool done = uses && place;
    if (done) {
        for (size_t i = 0; i < collection->written.count; i++)
            uses[collection->written.items[i]]++;
        done = rank_variants(collection, uses, place);
    }
    for (size_t i = 0; done && i < collection->written.count; i++)
        collection->written.items[i] = place[collection->written.items[i]];
    free(uses);
    free(place);
    return done;
}

static bool survey_document(qdx_collection *collection, uint32_t number, qdx_record *record,
                            qdx_buffer *key)
{
    const qdx_collected_document *document = &collection->documents.items[number];
    qdx_record_mention mention = {0};
    for (uint64_t i = 0; i < record->mention_count; i++) {
        qdx_record_mention_next(&record->mentions, &mention);
        uint32_t entity = document->forms[mention.entity];
        uint32_t spelling = intern_spelling(collection, entity, mention.text, mention.size, key);
        qdx_pair pair = {entity, number};
        if (spelling == UINT32_MAX || !qdx_vector_push(&collection->written, spelling) ||
            !qdx_vector_push(&collection->mentioned, pair))
            return false;
    }
    qdx_record_quote quote;
    for (uint32_t i = 0; i < record->quote_count; i++) {
        qdx_collected_quote entry = {UINT32_MAX, record->date, number, i, record->quotes};
        qdx_record_quote_next(&record->quotes, &quote);
        if (quote.speaker)
            entry.speaker = document->forms[quote.speaker - 1];
        if (!qdx_vector_push(&collection->quotes, entry))
            return false;
    }
    return true;
}

static void note_date(uint32_t date, uint32_t *first, uint32_t *last)
{
    if (date && (!*first || date < *first))
        *first = date;
    if (date > *last)
        *last = date;
}

static void date_entities(qdx_collection *collection)
{
    for (size_t i = 0; i < collection->mentioned.count; i++) {
        qdx_pair pair = collection->mentioned.items[i];
        qdx_collected_entity *entity = &collection->entities.items[pair.key];
        entity->documents++;
        note_date(collection->documents.items[pair.value].date, &entity->first, &entity->last);
    }
}

qdx_status qdx_collection_survey(qdx_collection *collection, qdx_image *image, qdx_error *error)
{
    qdx_buffer key = {0};
    qdx_status status = QDX_ERR_MEMORY;
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; i < collection->documents.count; i++) {
        qdx_record record;
        const qdx_collected_document *document = &collection->documents.items[i];
        qdx_record_reopen(document->bytes, document->size, &document->lists, &record);
        image->info.text_bytes += record.text_bytes;
        note_date(record.date, &first, &last);
        if (!survey_document(collection, i, &record, &key))
            goto done;
    }
    image->info.documents = collection->documents.count;
    image->info.entities = collection->entities.count;
    image->info.mentions = collection->written.count;
    image->info.quotes = collection->quotes.count;
    image->info.first = qdx_date_unpack(first);
    image->info.last = qdx_date_unpack(last);
    if (!count_variants(collection) ||
        !qdx_pairs_group(&collection->mentioned, collection->entities.count))
        goto done;
    date_entities(collection);
    status = QDX_OK;
done:
    qdx_buffer_release(&key);
    return status == QDX_OK ? status : qdx_error_memory(error);
}

static int compare_quotes(const void *a, const void *b)
{
    const qdx_collected_quote *x = a, *y = b;
    if (x->speaker != y->speaker)
        return x->speaker < y->speaker ? -1 : 1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

qdx_status qdx_collection_order_quotes(qdx_collection *collection, qdx_error *error)
{
    if (collection->quotes.count >= UINT32_MAX)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too many quotations for one index");
    if (collection->quotes.count)
        qsort(collection->quotes.items, collection->quotes.count, sizeof *collection->quotes.items,
              compare_quotes);
    for (uint32_t i = 0; i < collection->quotes.count; i++) {
        const qdx_collected_quote *entry = &collection->quotes.items[i];
        const uint32_t *numbers = collection->documents.items[entry->document].forms;
        qdx_record_quote quote;
        qdx_cursor cursor = entry->bytes;
        qdx_record_quote_next(&cursor, &quote);
        for (uint64_t k = 0; k < quote.about_count; k++) {
            qdx_pair pair = {numbers[qdx_cursor_varint(&quote.about)], i};
            if (!qdx_vector_push(&collection->about, pair))
                return qdx_error_memory(error);
        }
        if (entry->speaker == UINT32_MAX)
            continue;
        qdx_collected_entity *speaker = &collection->entities.items[entry->speaker];
        if (!speaker->quotes++)
            speaker->first_quote = i;
    }
    if (!qdx_pairs_group(&collection->about, collection->entities.count))
        return qdx_error_memory(error);
    return QDX_OK;
}
