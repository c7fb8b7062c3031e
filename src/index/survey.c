/*
 * Reads the collected documents once through: who is mentioned how often, in which spelling and
 * where, and which quotations there are. Then sorts; every order is total.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"

/* One mention of an entity, as written. */
typedef struct spelling {
    const char *text;
    uint32_t size, entity;
} spelling;

typedef QDX_VECTOR(spelling) spelling_list;

static int compare_pairs(const void *a, const void *b)
{
    const qdx_pair *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

void qdx_pairs_sort(qdx_pair_list *pairs)
{
    size_t kept = 0;
    if (pairs->count)
        qsort(pairs->items, pairs->count, sizeof *pairs->items, compare_pairs);
    for (size_t i = 0; i < pairs->count; i++)
        if (!kept || compare_pairs(&pairs->items[i], &pairs->items[kept - 1]) != 0)
            pairs->items[kept++] = pairs->items[i];
    pairs->count = kept;
}

static int compare_bytes(const char *a, uint32_t a_size, const char *b, uint32_t b_size)
{
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order ? order : (a_size > b_size) - (a_size < b_size);
}

static int compare_spellings(const void *a, const void *b)
{
    const spelling *x = a, *y = b;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    return compare_bytes(x->text, x->size, y->text, y->size);
}

static int compare_variants(const void *a, const void *b)
{
    const qdx_variant *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return compare_bytes(x->text, x->size, y->text, y->size);
}

/* Turns equal spellings into one variant with a count, most frequent first. */
static bool count_variants(qdx_collection *collection, spelling_list *spellings)
{
    if (spellings->count)
        qsort(spellings->items, spellings->count, sizeof *spellings->items, compare_spellings);
    for (size_t i = 0, next; i < spellings->count; i = next) {
        const spelling *first = &spellings->items[i];
        for (next = i + 1; next < spellings->count; next++)
            if (compare_spellings(first, &spellings->items[next]) != 0)
                break;
        qdx_variant variant = {first->text, first->size, (uint32_t)(next - i)};
        qdx_collected_entity *entity = &collection->entities.items[first->entity];
        if (!qdx_vector_push(&entity->variants, variant))
            return false;
        entity->mentions += variant.count;
    }
    for (size_t i = 0; i < collection->entities.count; i++) {
        qdx_collected_entity *entity = &collection->entities.items[i];
        if (entity->variants.count)
            qsort(entity->variants.items, entity->variants.count, sizeof *entity->variants.items,
                  compare_variants);
    }
    return true;
}

static bool survey_document(qdx_collection *collection, uint32_t number, qdx_record *record,
                            spelling_list *spellings)
{
    const qdx_collected_document *document = &collection->documents.items[number];
    qdx_record_mention mention = {0};
    for (uint64_t i = 0; i < record->mention_count; i++) {
        qdx_record_mention_next(&record->mentions, &mention);
        uint32_t entity = document->forms[mention.entity];
        spelling written = {record->snippets + mention.start, mention.size, entity};
        qdx_pair pair = {entity, number};
        if (!qdx_vector_push(spellings, written) || !qdx_vector_push(&collection->mentioned, pair))
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
        qdx_record record;
        const qdx_collected_document *document = &collection->documents.items[pair.value];
        qdx_record_head(document->bytes, document->size, &record);
        entity->documents++;
        note_date(record.date, &entity->first, &entity->last);
    }
}

qdx_status qdx_collection_survey(qdx_collection *collection, qdx_image *image, qdx_error *error)
{
    spelling_list spellings = {0};
    qdx_status status = QDX_ERR_MEMORY;
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; i < collection->documents.count; i++) {
        qdx_record record;
        const qdx_collected_document *document = &collection->documents.items[i];
        qdx_record_reopen(document->bytes, document->size, &record);
        image->info.text_bytes += record.text_bytes;
        note_date(record.date, &first, &last);
        if (!survey_document(collection, i, &record, &spellings))
            goto done;
    }
    image->info.documents = collection->documents.count;
    image->info.entities = collection->entities.count;
    image->info.mentions = spellings.count;
    image->info.quotes = collection->quotes.count;
    image->info.first = qdx_date_unpack(first);
    image->info.last = qdx_date_unpack(last);
    if (!count_variants(collection, &spellings))
        goto done;
    qdx_pairs_sort(&collection->mentioned);
    date_entities(collection);
    status = QDX_OK;
done:
    qdx_vector_release(&spellings);
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
    qdx_pairs_sort(&collection->about);
    return QDX_OK;
}
