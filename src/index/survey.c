/*
 * Reads the collected documents once through: who is mentioned how often, in which spelling and
 * where, and which quotations there are. Then sorts; every order is total.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"
#include "index/sort.h"

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

/* The number of a spelling of an entity; `key` is scratch. */
static uint32_t intern_spelling(qdx_collection *collection, uint32_t entity, const char *text,
                                size_t size, qdx_buffer *key)
{
    qdx_buffer_clear(key);
    if (!qdx_buffer_reserve(key, sizeof entity + size))
        return UINT32_MAX;
    memcpy(key->bytes, &entity, sizeof entity);
    memcpy(key->bytes + sizeof entity, text, size);
    return qdx_intern_add(&collection->spellings, key->bytes, sizeof entity + size);
}

/* Gives each entity its spellings, the most frequent first, and each mention
 * its place there. */
static bool rank_variants(qdx_collection *collection, const uint32_t *uses, uint32_t *place)
{
    for (uint32_t i = 0; i < collection->spellings.count; i++) {
        const qdx_interned *item = &collection->spellings.items[i];
        uint32_t number;
        memcpy(&number, item->bytes, sizeof number);
        qdx_collected_entity *entity = &collection->entities.items[number];
        qdx_variant variant = {item->bytes + sizeof number, item->size - (uint32_t)sizeof number,
                               uses[i], i};
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

static bool survey_document(qdx_collection *collection, uint32_t number, qdx_buffer *key)
{
    const uint32_t *forms = collection->documents.items[number].forms;
    const qdx_record *record = qdx_collected_record(collection, number);
    const qdx_record_mention *mention = qdx_record_mentions(record);
    for (uint32_t i = 0; i < record->mention_count; i++, mention++) {
        uint32_t entity = forms[mention->entity];
        uint32_t spelling = intern_spelling(
            collection, entity, qdx_record_text(record, mention->text), mention->text.size, key);
        qdx_pair pair = {entity, number};
        if (spelling == UINT32_MAX || !qdx_vector_push(&collection->written, spelling) ||
            !qdx_vector_push(&collection->mentioned, pair))
            return false;
    }
    const qdx_record_quote *quotes = qdx_record_quotes(record);
    for (uint32_t i = 0; i < record->quote_count; i++) {
        uint32_t speaker = quotes[i].speaker;
        qdx_collected_quote entry = {speaker == UINT32_MAX ? speaker : forms[speaker], record->date,
                                     number, i};
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
        note_date(qdx_collected_record(collection, pair.value)->date, &entity->first,
                  &entity->last);
    }
}

qdx_status qdx_collection_survey(qdx_collection *collection, qdx_image *image, qdx_error *error)
{
    qdx_buffer key = {0};
    qdx_status status = QDX_ERR_MEMORY;
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; i < collection->documents.count; i++) {
        const qdx_record *record = qdx_collected_record(collection, i);
        image->info.text_bytes += record->text_bytes;
        note_date(record->date, &first, &last);
        if (!survey_document(collection, i, &key))
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

/* By speaker and date; what is equal stays in order of documents and positions. */
static bool sort_quotes(qdx_collection *collection)
{
    size_t count = collection->quotes.count;
    qdx_collected_quote *sorted = malloc((count + 1) * sizeof *sorted);
    qdx_sort_item *items = malloc((count + 1) * sizeof *items);
    bool done = sorted && items;
    if (done) {
        for (uint32_t i = 0; i < count; i++) {
            const qdx_collected_quote *quote = &collection->quotes.items[i];
            items[i] = (qdx_sort_item){(uint64_t)quote->speaker << 32 | quote->date, i};
        }
        done = qdx_sort_items(items, count);
    }
    for (size_t i = 0; done && i < count; i++)
        sorted[i] = collection->quotes.items[items[i].number];
    free(items);
    if (!done) {
        free(sorted);
        return false;
    }
    free(collection->quotes.items);
    collection->quotes.items = sorted;
    collection->quotes.capacity = count + 1;
    return true;
}

/* Whom quotation `i` is about, and that its speaker has it. */
static bool note_quote(qdx_collection *collection, uint32_t i)
{
    const qdx_collected_quote *entry = &collection->quotes.items[i];
    const uint32_t *numbers = collection->documents.items[entry->document].forms;
    const qdx_record *record = qdx_collected_record(collection, entry->document);
    const qdx_record_quote *quote = &qdx_record_quotes(record)[entry->ordinal];
    const uint32_t *about = qdx_record_abouts(record) + quote->about;
    for (uint32_t k = 0; k < quote->about_count; k++) {
        qdx_pair pair = {numbers[about[k]], i};
        if (!qdx_vector_push(&collection->about, pair))
            return false;
    }
    if (entry->speaker == UINT32_MAX)
        return true;
    qdx_collected_entity *speaker = &collection->entities.items[entry->speaker];
    if (!speaker->quotes++)
        speaker->first_quote = i;
    speaker->reported += quote->kind == QDX_QUOTE_INDIRECT;
    return true;
}

qdx_status qdx_collection_order_quotes(qdx_collection *collection, qdx_error *error)
{
    if (collection->quotes.count >= UINT32_MAX)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too many quotations for one index");
    if (!sort_quotes(collection))
        return qdx_error_memory(error);
    for (uint32_t i = 0; i < collection->quotes.count; i++)
        if (!note_quote(collection, i))
            return qdx_error_memory(error);
    if (!qdx_pairs_group(&collection->about, collection->entities.count))
        return qdx_error_memory(error);
    return QDX_OK;
}
