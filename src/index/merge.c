/*
 * Joins what documents say of an entity into one description. The outcome depends on the set of
 * forms and on how many documents carry each, never on their order: a listed form outweighs an
 * unlisted one, then the more frequent, then the bytewise smaller.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"
#include "index/sort.h"
#include "index/words.h"

typedef struct form_ref {
    qdx_form form;
    const qdx_interned *bytes;
    uint32_t number, documents, entity;
} form_ref;

static int compare_bytes(const void *a, size_t a_size, const void *b, size_t b_size)
{
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order ? order : (a_size > b_size) - (a_size < b_size);
}

static int compare_places(const qdx_record *x, const qdx_record *y)
{
    int order = compare_bytes(qdx_record_text(x, x->path), x->path.size,
                              qdx_record_text(y, y->path), y->path.size);
    return order ? order : (x->part > y->part) - (x->part < y->part);
}

/* Same article, same place: bytewise smaller first, so that the choice is the same every time. */
static int compare_documents(const void *a, const void *b, void *context)
{
    const qdx_collection *collection = context;
    const qdx_collected_document *p = collection->documents.items;
    const qdx_collected_document *x = &p[((const qdx_sort_item *)a)->number];
    const qdx_collected_document *y = &p[((const qdx_sort_item *)b)->number];
    const qdx_interned *forms = collection->forms.items;
    int order = compare_places(x->record, y->record);
    if (!order)
        order = compare_bytes(x->record, x->record->forms, y->record, y->record->forms);
    for (uint32_t i = 0; !order && i < x->record->form_count; i++) {
        const qdx_interned *f = &forms[x->forms[i]], *g = &forms[y->forms[i]];
        order = compare_bytes(f->bytes, f->size, g->bytes, g->size);
    }
    return order;
}

/* By path and part, each once. */
static bool order_documents(qdx_collection *collection)
{
    size_t count = collection->documents.count, kept = 0;
    qdx_collected_document *documents = collection->documents.items;
    qdx_collected_document *sorted = malloc((count + 1) * sizeof *sorted);
    qdx_sort_item *items = malloc((count + 1) * sizeof *items);
    bool done = sorted && items;
    if (done) {
        for (uint32_t i = 0; i < count; i++) {
            const qdx_record *record = documents[i].record;
            items[i] = (qdx_sort_item){
                qdx_bytes_prefix(qdx_record_text(record, record->path), record->path.size), i};
        }
        done = qdx_sort_items_by(items, count, compare_documents, collection);
    }
    for (size_t i = 0; done && i < count; i++) {
        const qdx_collected_document *next = &documents[items[i].number];
        if (!kept || compare_places(sorted[kept - 1].record, next->record) != 0)
            sorted[kept++] = *next;
    }
    free(items);
    if (!done) {
        free(sorted);
        return false;
    }
    free(documents);
    collection->documents.items = sorted;
    collection->documents.capacity = count + 1;
    collection->documents.count = kept;
    return true;
}

static int compare_skips(const void *a, const void *b)
{
    const qdx_collected_skip *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : strcmp(x->reason, y->reason);
}

bool qdx_collection_order(qdx_collection *collection)
{
    qdx_collected_skip *skips = collection->skips.items;
    size_t kept = 0;
    if (collection->skips.count)
        qsort(skips, collection->skips.count, sizeof *skips, compare_skips);
    for (size_t i = 0; i < collection->skips.count; i++)
        if (!kept || compare_skips(&skips[i], &skips[kept - 1]) != 0)
            skips[kept++] = skips[i];
    collection->skips.count = kept;
    return order_documents(collection);
}

/* Forms of one entity, the weightiest first. */
static int compare_forms(const void *a, const void *b)
{
    const form_ref *x = a, *y = b;
    if (x->form.listed != y->form.listed)
        return x->form.listed ? -1 : 1;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    return compare_bytes(x->bytes->bytes, x->bytes->size, y->bytes->bytes, y->bytes->size);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int compare_tenures(const void *a, const void *b)
{
    const qdx_form_tenure *x = a, *y = b;
    int order = strcmp(x->office, y->office);
    if (!order)
        order = strcmp(x->country, y->country);
    if (!order)
        order = strcmp(x->organization, y->organization);
    if (!order)
        order = (x->from > y->from) - (x->from < y->from);
    if (!order)
        order = (x->to > y->to) - (x->to < y->to);
    if (!order)
        order = (x->phrase_count > y->phrase_count) - (x->phrase_count < y->phrase_count);
    qdx_cursor p = x->phrases, q = y->phrases;
    for (uint64_t i = 0; i < x->phrase_count && !order; i++)
        order = strcmp(qdx_get_text(&p, NULL), qdx_get_text(&q, NULL));
    return order;
}

static bool join_form(qdx_collected_entity *entity, const qdx_form *form, unsigned *genders)
{
    qdx_cursor cursor = form->aliases;
    *genders |= 1u << form->gender;
    if (!*entity->country)
        entity->country = form->country;
    for (uint64_t i = 0; i < form->alias_count; i++) {
        const char *alias = qdx_get_text(&cursor, NULL);
        if (!qdx_vector_push(&entity->aliases, alias))
            return false;
    }
    if (strcmp(form->name, entity->name) != 0 && !qdx_vector_push(&entity->aliases, form->name))
        return false;
    cursor = form->tenures;
    for (uint64_t i = 0; i < form->tenure_count; i++) {
        qdx_form_tenure tenure;
        qdx_form_tenure_next(&cursor, &tenure);
        if (!qdx_vector_push(&entity->tenures, tenure))
            return false;
    }
    return true;
}

static void drop_repeats(qdx_collected_entity *entity)
{
    size_t kept = 0;
    if (entity->aliases.count)
        qsort(entity->aliases.items, entity->aliases.count, sizeof *entity->aliases.items,
              compare_texts);
    for (size_t i = 0; i < entity->aliases.count; i++)
        if (!kept || strcmp(entity->aliases.items[i], entity->aliases.items[kept - 1]) != 0)
            entity->aliases.items[kept++] = entity->aliases.items[i];
    entity->aliases.count = kept;
    kept = 0;
    if (entity->tenures.count)
        qsort(entity->tenures.items, entity->tenures.count, sizeof *entity->tenures.items,
              compare_tenures);
    for (size_t i = 0; i < entity->tenures.count; i++)
        if (!kept || compare_tenures(&entity->tenures.items[i], &entity->tenures.items[kept - 1]))
            entity->tenures.items[kept++] = entity->tenures.items[i];
    entity->tenures.count = kept;
}

/* One entity of `count` forms that share its identity. The entity is complete or its memory is out.
 */
static bool join_forms(qdx_collection *collection, const form_ref *forms, size_t count,
                       qdx_buffer *key, qdx_collected_entity *entity)
{
    const qdx_form *best = &forms[0].form;
    unsigned genders = 0;
    memset(entity, 0, sizeof *entity);
    entity->type = best->type;
    entity->listed = best->listed;
    entity->id = best->id;
    entity->name = best->name;
    entity->country = best->country;
    for (size_t i = 0; i < count; i++)
        if (!join_form(entity, &forms[i].form, &genders))
            return false;
    bool male = genders & 1u << QDX_GENDER_MALE, female = genders & 1u << QDX_GENDER_FEMALE;
    entity->gender = best->listed     ? best->gender
                     : male && female ? QDX_GENDER_UNKNOWN
                     : male           ? QDX_GENDER_MALE
                     : female         ? QDX_GENDER_FEMALE
                                      : QDX_GENDER_UNKNOWN;
    drop_repeats(entity);
    qdx_buffer_clear(key);
    qdx_index_name_key(entity->name, strlen(entity->name), key);
    entity->key = key->failed ? NULL : qdx_arena_copy(&collection->keys, key->bytes, key->size);
    entity->key_size = (uint32_t)key->size;
    return entity->key != NULL;
}

/* The number of the entity that a form describes: type and id make it. */
static uint32_t identify(qdx_intern *identities, const qdx_form *form, qdx_buffer *key)
{
    qdx_buffer_clear(key);
    qdx_buffer_byte(key, (char)form->type);
    qdx_buffer_text(key, form->id);
    return key->failed ? UINT32_MAX : qdx_intern_add(identities, key->bytes, key->size);
}

/*
 * The forms in use, with the number of documents of each and the entity they describe; those of one
 * entity side by side. NULL without memory.
 */
static form_ref *list_forms(const qdx_collection *collection, qdx_intern *identities, size_t *count)
{
    uint32_t form_count = collection->forms.count;
    uint32_t *uses = calloc((size_t)form_count + 1, sizeof *uses);
    form_ref *refs = calloc((size_t)form_count + 1, sizeof *refs);
    form_ref *sorted = calloc((size_t)form_count + 1, sizeof *refs);
    qdx_sort_item *items = calloc((size_t)form_count + 1, sizeof *items);
    qdx_buffer key = {0};
    bool fine = uses && refs && sorted && items;
    *count = 0;
    for (size_t i = 0; fine && i < collection->documents.count; i++)
        for (uint32_t k = 0; k < collection->documents.items[i].record->form_count; k++)
            uses[collection->documents.items[i].forms[k]]++;
    for (uint32_t i = 0; fine && i < form_count; i++) {
        form_ref *ref = &refs[*count];
        *ref = (form_ref){.bytes = &collection->forms.items[i], .number = i, .documents = uses[i]};
        if (!uses[i])
            continue;
        qdx_form_decode(ref->bytes->bytes, ref->bytes->size, &ref->form);
        ref->entity = identify(identities, &ref->form, &key);
        fine = ref->entity != UINT32_MAX;
        items[*count] = (qdx_sort_item){ref->entity, (uint32_t)*count};
        ++*count;
    }
    fine = fine && qdx_sort_items(items, *count);
    for (size_t i = 0; fine && i < *count; i++)
        sorted[i] = refs[items[i].number];
    qdx_buffer_release(&key);
    free(uses);
    free(refs);
    free(items);
    if (!fine)
        free(sorted);
    return fine ? sorted : NULL;
}

static int compare_entities(const void *a, const void *b, void *context)
{
    const qdx_collected_entity *entities = context;
    const qdx_collected_entity *x = &entities[((const qdx_sort_item *)a)->number];
    const qdx_collected_entity *y = &entities[((const qdx_sort_item *)b)->number];
    int order = compare_bytes(x->key, x->key_size, y->key, y->key_size);
    if (!order)
        order = (x->type > y->type) - (x->type < y->type);
    return order ? order : strcmp(x->id, y->id);
}

/* Brings the entities in their final order and the documents' numbers with them. */
static bool renumber(qdx_collection *collection, uint32_t *entity_of_form)
{
    size_t count = collection->entities.count;
    qdx_collected_entity *entities = collection->entities.items;
    qdx_sort_item *items = calloc(count + 1, sizeof *items);
    uint32_t *place = calloc(count + 1, sizeof *place);
    qdx_collected_entity *sorted = calloc(count + 1, sizeof *sorted);
    bool done = items && place && sorted;
    for (uint32_t i = 0; done && i < count; i++)
        items[i] = (qdx_sort_item){qdx_bytes_prefix(entities[i].key, entities[i].key_size), i};
    done = done && qdx_sort_items_by(items, count, compare_entities, entities);
    if (done) {
        for (uint32_t i = 0; i < count; i++) {
            sorted[i] = entities[items[i].number];
            place[items[i].number] = i;
        }
        if (count)
            memcpy(entities, sorted, count * sizeof *sorted);
        for (size_t i = 0; i < collection->documents.count; i++) {
            qdx_collected_document *document = &collection->documents.items[i];
            for (uint32_t k = 0; k < document->record->form_count; k++)
                document->forms[k] = place[entity_of_form[document->forms[k]]];
        }
    }
    free(items);
    free(place);
    free(sorted);
    return done;
}

/* Makes the entity of `count` forms. */
static bool add_entity(qdx_collection *collection, form_ref *forms, size_t count, qdx_buffer *key)
{
    qdx_collected_entity entity;
    if (count > 1)
        qsort(forms, count, sizeof *forms, compare_forms);
    bool joined = join_forms(collection, forms, count, key, &entity);
    if (!qdx_vector_push(&collection->entities, entity)) {
        free(entity.aliases.items);
        qdx_vector_release(&entity.tenures);
        return false;
    }
    return joined;
}

qdx_status qdx_collection_merge(qdx_collection *collection, qdx_error *error)
{
    size_t count;
    qdx_intern identities;
    qdx_buffer key = {0};
    qdx_intern_init(&identities);
    form_ref *forms = list_forms(collection, &identities, &count);
    uint32_t *entity_of_form = calloc((size_t)collection->forms.count + 1, sizeof(uint32_t));
    bool fine = forms && entity_of_form;
    for (size_t first = 0, next; fine && first < count; first = next) {
        for (next = first; next < count && forms[next].entity == forms[first].entity; next++)
            entity_of_form[forms[next].number] = (uint32_t)collection->entities.count;
        fine = add_entity(collection, &forms[first], next - first, &key);
    }
    fine = fine && renumber(collection, entity_of_form);
    qdx_intern_release(&identities);
    qdx_buffer_release(&key);
    free(forms);
    free(entity_of_form);
    return fine ? QDX_OK : qdx_error_memory(error);
}
