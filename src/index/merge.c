/*
 * Joins what documents say of an entity into one description. The outcome depends on the set of
 * forms and on how many documents carry each, never on their order: a listed form outweighs an
 * unlisted one, then the more frequent, then the bytewise smaller.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"
#include "index/words.h"

typedef struct form_ref {
    qdx_form form;
    const qdx_interned *bytes;
    uint32_t number, documents;
} form_ref;

/* Same article, same place: smaller hash first, so that the choice is the same every time. */
static int compare_documents(const void *a, const void *b)
{
    const qdx_collected_document *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    if (order)
        return order;
    if (x->part != y->part)
        return x->part < y->part ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static int compare_skips(const void *a, const void *b)
{
    const qdx_collected_skip *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : strcmp(x->reason, y->reason);
}

void qdx_collection_order(qdx_collection *collection)
{
    qdx_collected_document *documents = collection->documents.items;
    size_t kept = 0;
    if (collection->documents.count)
        qsort(documents, collection->documents.count, sizeof *documents, compare_documents);
    for (size_t i = 0; i < collection->documents.count; i++)
        if (!kept || documents[i].part != documents[kept - 1].part ||
            strcmp(documents[i].path, documents[kept - 1].path) != 0)
            documents[kept++] = documents[i];
    collection->documents.count = kept;

    qdx_collected_skip *skips = collection->skips.items;
    kept = 0;
    if (collection->skips.count)
        qsort(skips, collection->skips.count, sizeof *skips, compare_skips);
    for (size_t i = 0; i < collection->skips.count; i++)
        if (!kept || compare_skips(&skips[i], &skips[kept - 1]) != 0)
            skips[kept++] = skips[i];
    collection->skips.count = kept;
}

static int compare_identity(const qdx_form *x, const qdx_form *y)
{
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return strcmp(x->id, y->id);
}

/* Forms of one entity together, the weightiest first. */
static int compare_forms(const void *a, const void *b)
{
    const form_ref *x = a, *y = b;
    int order = compare_identity(&x->form, &y->form);
    if (order)
        return order;
    if (x->form.listed != y->form.listed)
        return x->form.listed ? -1 : 1;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    uint32_t size = x->bytes->size < y->bytes->size ? x->bytes->size : y->bytes->size;
    order = memcmp(x->bytes->bytes, y->bytes->bytes, size);
    return order ? order : (x->bytes->size > y->bytes->size) - (x->bytes->size < y->bytes->size);
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
                       qdx_collected_entity *entity)
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
    qdx_buffer key = {0};
    qdx_index_name_key(entity->name, strlen(entity->name), &key);
    entity->key = key.failed ? NULL : qdx_arena_copy(&collection->arena, key.bytes, key.size);
    qdx_buffer_release(&key);
    return entity->key != NULL;
}

/* The forms in use, with the number of documents of each, weightiest of each entity first. */
static form_ref *list_forms(const qdx_collection *collection, size_t *count)
{
    uint32_t form_count = collection->forms.count;
    uint32_t *uses = calloc((size_t)form_count + 1, sizeof *uses);
    form_ref *refs = calloc((size_t)form_count + 1, sizeof *refs);
    *count = 0;
    if (uses && refs) {
        for (size_t i = 0; i < collection->documents.count; i++)
            for (uint32_t k = 0; k < collection->documents.items[i].form_count; k++)
                uses[collection->documents.items[i].forms[k]]++;
        for (uint32_t i = 0; i < form_count; i++) {
            const qdx_interned *item = &collection->forms.items[i];
            if (!uses[i])
                continue;
            form_ref *ref = &refs[(*count)++];
            *ref = (form_ref){.bytes = item, .number = i, .documents = uses[i]};
            qdx_form_decode(item->bytes, item->size, &ref->form);
        }
        qsort(refs, *count, sizeof *refs, compare_forms);
    } else {
        free(refs);
        refs = NULL;
    }
    free(uses);
    return refs;
}

typedef struct entity_rank {
    const qdx_collected_entity *entity;
    uint32_t number; /* before sorting */
} entity_rank;

static int compare_ranks(const void *a, const void *b)
{
    const entity_rank *x = a, *y = b;
    int order = strcmp(x->entity->key, y->entity->key);
    if (order)
        return order;
    if (x->entity->type != y->entity->type)
        return x->entity->type < y->entity->type ? -1 : 1;
    return strcmp(x->entity->id, y->entity->id);
}

/* Brings the entities in their final order and the documents' numbers with them. */
static bool renumber(qdx_collection *collection, uint32_t *entity_of_form)
{
    size_t count = collection->entities.count;
    entity_rank *ranks = calloc(count + 1, sizeof *ranks);
    uint32_t *place = calloc(count + 1, sizeof *place);
    qdx_collected_entity *sorted = calloc(count + 1, sizeof *sorted);
    bool done = ranks && place && sorted;
    if (done) {
        for (uint32_t i = 0; i < count; i++)
            ranks[i] = (entity_rank){&collection->entities.items[i], i};
        qsort(ranks, count, sizeof *ranks, compare_ranks);
        for (uint32_t i = 0; i < count; i++) {
            sorted[i] = *ranks[i].entity;
            place[ranks[i].number] = i;
        }
        if (count)
            memcpy(collection->entities.items, sorted, count * sizeof *sorted);
        for (size_t i = 0; i < collection->documents.count; i++) {
            qdx_collected_document *document = &collection->documents.items[i];
            for (uint32_t k = 0; k < document->form_count; k++)
                document->forms[k] = place[entity_of_form[document->forms[k]]];
        }
    }
    free(ranks);
    free(place);
    free(sorted);
    return done;
}

qdx_status qdx_collection_merge(qdx_collection *collection, qdx_error *error)
{
    size_t count;
    qdx_status status = QDX_ERR_MEMORY;
    form_ref *forms = list_forms(collection, &count);
    uint32_t *entity_of_form = calloc((size_t)collection->forms.count + 1, sizeof(uint32_t));
    if (!forms || !entity_of_form)
        goto done;
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first; next < count; next++) {
            if (compare_identity(&forms[first].form, &forms[next].form) != 0)
                break;
            entity_of_form[forms[next].number] = (uint32_t)collection->entities.count;
        }
        qdx_collected_entity entity;
        bool joined = join_forms(collection, &forms[first], next - first, &entity);
        if (!qdx_vector_push(&collection->entities, entity)) {
            free(entity.aliases.items);
            qdx_vector_release(&entity.tenures);
            goto done;
        }
        if (!joined)
            goto done;
    }
    if (renumber(collection, entity_of_form))
        status = QDX_OK;
done:
    free(forms);
    free(entity_of_form);
    return status == QDX_OK ? status : qdx_error_memory(error);
}
