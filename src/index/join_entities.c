/*
 * Entities of all parts, by id and type: their forms joined into one description, their spellings
 * counted and ranked. An entity that no document names any more is gone.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/form.h"
#include "index/join.h"

typedef struct spelling_use {
    qdx_bytes text;
    uint32_t times, part, number;
} spelling_use;

typedef struct form_source {
    qdx_bytes bytes;
    uint32_t documents, part, number;
} form_source;

/* An entity being joined. */
typedef struct joining {
    qdx_join *join;
    qdx_name_table *names;
    qdx_part_entity *heads;
    uint32_t *next; /* of each part */
    qdx_arena arena;
    qdx_entity_counts counts;
    QDX_VECTOR(spelling_use) spellings;
    QDX_VECTOR(form_source) forms;
    QDX_VECTOR(qdx_form_use) uses;
    QDX_VECTOR(qdx_bytes) ranked;
    QDX_VECTOR(uint32_t) times;
    uint64_t quotes; /* of all entities so far */
    bool own_id;     /* of the entity: its name does not tell it */
} joining;

static int compare_bytes(const qdx_bytes *x, const qdx_bytes *y)
{
    int order = memcmp(x->at, y->at, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static int by_text(const void *a, const void *b)
{
    return compare_bytes(&((const spelling_use *)a)->text, &((const spelling_use *)b)->text);
}

/* The most frequent first. */
static int by_times(const void *a, const void *b)
{
    const spelling_use *x = a, *y = b;
    if (x->times != y->times)
        return x->times > y->times ? -1 : 1;
    return compare_bytes(&x->text, &y->text);
}

static int by_bytes(const void *a, const void *b)
{
    return compare_bytes(&((const form_source *)a)->bytes, &((const form_source *)b)->bytes);
}

static qdx_status read_head(joining *j, size_t part, qdx_error *error)
{
    qdx_part *p = j->join->parts[part].part;
    if (j->next[part] >= p->entities)
        return QDX_OK;
    return p->entity_at(p, j->next[part], &j->heads[part], error);
}

static int compare_heads(const joining *j, size_t x, size_t y)
{
    int order = strcmp(j->heads[x].id, j->heads[y].id);
    return order ? order
                 : (j->heads[x].type > j->heads[y].type) - (j->heads[x].type < j->heads[y].type);
}

static void note_counts(qdx_entity_counts *counts, const qdx_entity_counts *more)
{
    counts->documents += more->documents;
    counts->mentions += more->mentions;
    counts->quotes += more->quotes;
    counts->reported += more->reported;
    if (more->first && (!counts->first || more->first < counts->first))
        counts->first = more->first;
    if (more->last > counts->last)
        counts->last = more->last;
}

/* What a part says of the entity: what its documents that stay use. */
static bool gather(joining *j, uint32_t part)
{
    qdx_join_part *p = &j->join->parts[part];
    const qdx_part_entity *head = &j->heads[part];
    uint32_t entity = j->next[part];
    bool fine = true;
    for (uint32_t k = 0; fine && k < head->form_count; k++) {
        uint32_t number = p->first_form[entity] + k;
        form_source form = {head->forms[k], p->forms[number], part, number};
        if (form.documents)
            fine = qdx_vector_push(&j->forms, form);
    }
    for (uint32_t k = 0; fine && k < head->spelling_count; k++) {
        uint32_t number = p->first_spelling[entity] + k;
        spelling_use use = {head->spellings[k], p->spellings[number], part, number};
        if (use.times)
            fine = qdx_vector_push(&j->spellings, use);
    }
    note_counts(&j->counts, &p->counts[entity]);
    return fine;
}

/* Unites the spellings of the parts and ranks them. */
static bool rank_spellings(joining *j)
{
    spelling_use *uses = j->spellings.items;
    size_t count = j->spellings.count, kept = 0;
    qdx_vector_clear(&j->ranked);
    qdx_vector_clear(&j->times);
    spelling_use *united = qdx_arena_array(&j->arena, count, sizeof *united);
    if (!united)
        return false;
    if (j->join->count > 1 && count > 1)
        qsort(uses, count, sizeof *uses, by_text);
    for (size_t i = 0; i < count; i++) {
        if (kept && j->join->count > 1 && by_text(&united[kept - 1], &uses[i]) == 0) {
            united[kept - 1].times += uses[i].times;
        } else {
            united[kept] = uses[i];
            united[kept++].number = (uint32_t)i;
        }
    }
    if (kept > 1)
        qsort(united, kept, sizeof *united, by_times);
    for (uint32_t rank = 0; rank < kept; rank++) {
        size_t i = united[rank].number;
        do
            j->join->parts[uses[i].part].spellings[uses[i].number] = rank;
        while (j->join->count > 1 && ++i < count && by_text(&uses[i], &united[rank]) == 0);
        if (!qdx_vector_push(&j->ranked, united[rank].text) ||
            !qdx_vector_push(&j->times, united[rank].times))
            return false;
    }
    return true;
}

/* Unites the forms of the parts, joins them, and ranks them by weight. */
static qdx_status join_forms(joining *j, qdx_form *joined, qdx_error *error)
{
    form_source *forms = j->forms.items;
    size_t count = j->forms.count;
    qdx_vector_clear(&j->uses);
    if (count > 1)
        qsort(forms, count, sizeof *forms, by_bytes);
    for (size_t i = 0; i < count; i++) {
        if (i && by_bytes(&forms[i - 1], &forms[i]) == 0) {
            j->uses.items[j->uses.count - 1].documents += forms[i].documents;
            continue;
        }
        qdx_form_use use = {.bytes = forms[i].bytes.at,
                            .size = forms[i].bytes.size,
                            .documents = forms[i].documents};
        qdx_status status = qdx_form_decode(use.bytes, use.size, &j->arena, &use.form, error);
        if (status != QDX_OK)
            return status;
        if (!qdx_vector_push(&j->uses, use))
            return qdx_error_memory(error);
    }
    qdx_status status = qdx_forms_join(j->uses.items, j->uses.count, &j->arena, joined, error);
    for (uint32_t rank = 0; status == QDX_OK && rank < j->uses.count; rank++)
        for (size_t i = 0; i < count; i++)
            if (forms[i].bytes.size == j->uses.items[rank].size &&
                memcmp(forms[i].bytes.at, j->uses.items[rank].bytes, forms[i].bytes.size) == 0)
                j->join->parts[forms[i].part].forms[forms[i].number] = rank;
    return status;
}

static void put_lists(joining *j, const qdx_form *form)
{
    qdx_image *image = j->join->image;
    const qdx_store store = QDX_STORE_ENTITY;
    qdx_buffer *offices = qdx_image_column(image, store, QDX_ENTITY_OFFICES);
    qdx_image_put(image, store, QDX_ENTITY_LISTS, j->ranked.count);
    qdx_image_put(image, store, QDX_ENTITY_LISTS, form->alias_count);
    qdx_image_put(image, store, QDX_ENTITY_LISTS, form->tenure_count);
    for (size_t i = 0; i < j->ranked.count; i++) {
        qdx_bytes text = j->ranked.items[i];
        if (text.size == strlen(form->name) && memcmp(text.at, form->name, text.size) == 0)
            text.size = 0; /* the name itself */
        qdx_put_text(qdx_image_column(image, store, QDX_ENTITY_SPELLINGS), text.at, text.size);
        qdx_image_put(image, store, QDX_ENTITY_TIMES, j->times.items[i]);
    }
    for (uint32_t i = 0; i < form->alias_count; i++)
        qdx_put_string(qdx_image_column(image, store, QDX_ENTITY_ALIASES), form->aliases[i]);
    for (uint32_t i = 0; i < form->tenure_count; i++) {
        const qdx_form_tenure *tenure = &form->tenures[i];
        qdx_put_string(offices, tenure->office);
        qdx_put_string(offices, tenure->country);
        qdx_put_string(offices, tenure->organization);
        qdx_image_put(image, store, QDX_ENTITY_TERMS, tenure->from);
        qdx_image_put(image, store, QDX_ENTITY_TERMS, tenure->to);
    }
}

static void put_dates(qdx_image *image, const qdx_entity_counts *counts)
{
    const qdx_store store = QDX_STORE_ENTITY;
    uint32_t first = qdx_date_dense(qdx_date_pack(image->info.first));
    qdx_image_put(image, store, QDX_ENTITY_DATES,
                  counts->first ? qdx_date_dense(counts->first) - first + 1 : 0);
    if (counts->first)
        qdx_image_put(image, store, QDX_ENTITY_DATES,
                      qdx_date_dense(counts->last) - qdx_date_dense(counts->first));
}

static bool put_entity(joining *j, const qdx_form *form)
{
    qdx_image *image = j->join->image;
    const qdx_store store = QDX_STORE_ENTITY;
    const char *id = qdx_id_of_name(form->name, &j->arena);
    j->own_id = id && strcmp(id, form->id) != 0;
    if (qdx_image_begins(image, store))
        qdx_image_put(image, store, QDX_ENTITY_FIRST, j->quotes);
    qdx_buffer_byte(qdx_image_column(image, store, QDX_ENTITY_FLAGS),
                    (char)(form->type | form->gender << 2 | (form->listed ? QDX_FLAG_LISTED : 0) |
                           (j->own_id ? QDX_FLAG_OWN_ID : 0) |
                           (j->counts.quotes ? QDX_FLAG_SPEAKS : 0)));
    if (j->own_id)
        qdx_put_string(qdx_image_column(image, store, QDX_ENTITY_ID), form->id);
    qdx_put_string(qdx_image_column(image, store, QDX_ENTITY_NAME), form->name);
    qdx_put_string(qdx_image_column(image, store, QDX_ENTITY_COUNTRY), form->country);
    qdx_image_put(image, store, QDX_ENTITY_NUMBERS, j->counts.documents);
    qdx_image_put(image, store, QDX_ENTITY_NUMBERS, j->counts.mentions);
    if (j->counts.quotes) {
        qdx_image_put(image, store, QDX_ENTITY_NUMBERS, j->counts.quotes);
        qdx_image_put(image, store, QDX_ENTITY_NUMBERS, j->counts.reported);
    }
    put_dates(image, &j->counts);
    put_lists(j, form);
    qdx_image_end(image, store);
    j->quotes += j->counts.quotes;
    return id != NULL;
}

static void put_forms(joining *j)
{
    qdx_image *image = j->join->image;
    size_t count = j->uses.count > 1 ? j->uses.count : 0;
    qdx_image_put(image, QDX_STORE_FORM, QDX_FORM_COUNT, count);
    for (size_t i = 0; i < count; i++) {
        qdx_image_put(image, QDX_STORE_FORM, QDX_FORM_SIZES, j->uses.items[i].size);
        qdx_buffer_append(qdx_image_column(image, QDX_STORE_FORM, QDX_FORM_BYTES),
                          j->uses.items[i].bytes, j->uses.items[i].size);
    }
    qdx_image_end(image, QDX_STORE_FORM);
}

/* Makes one entity of the heads that `first` is equal to, and moves on behind them. */
static qdx_status join_entity(joining *j, size_t first, bool *equal, qdx_error *error)
{
    qdx_form form;
    uint32_t number = (uint32_t)j->join->entities.count;
    qdx_arena_reset(&j->arena);
    qdx_vector_clear(&j->forms);
    qdx_vector_clear(&j->spellings);
    j->counts = (qdx_entity_counts){0};
    for (size_t i = first; i < j->join->count; i++) {
        equal[i] = j->next[i] < j->join->parts[i].part->entities &&
                   (i == first || compare_heads(j, first, i) == 0);
        if (equal[i] && !gather(j, (uint32_t)i))
            return qdx_error_memory(error);
    }
    qdx_status status = QDX_OK;
    if (j->forms.count) {
        status = join_forms(j, &form, error);
        if (status == QDX_OK && (!rank_spellings(j) || !put_entity(j, &form) ||
                                 !qdx_name_table_add(j->names, number, &form, j->own_id,
                                                     j->ranked.items, j->ranked.count) ||
                                 !qdx_vector_push(&j->join->entities, j->counts)))
            status = qdx_error_memory(error);
        put_forms(j);
    }
    for (size_t i = first; i < j->join->count && status == QDX_OK; i++) {
        if (!equal[i])
            continue;
        j->join->parts[i].entities[j->next[i]++] = j->forms.count ? number : QDX_LEFT_OUT;
        status = read_head(j, i, error);
    }
    return status;
}

static qdx_status join_all(joining *j, bool *equal, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < j->join->count && status == QDX_OK; i++)
        status = read_head(j, i, error);
    while (status == QDX_OK) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < j->join->count; i++)
            if (j->next[i] < j->join->parts[i].part->entities &&
                (best == SIZE_MAX || compare_heads(j, i, best) < 0))
                best = i;
        if (best == SIZE_MAX)
            break;
        status = join_entity(j, best, equal, error);
    }
    return status;
}

qdx_status qdx_join_entities(qdx_join *join, qdx_error *error)
{
    joining j = {.join = join, .names = qdx_name_table_new(error)};
    j.heads = calloc(join->count + 1, sizeof *j.heads);
    j.next = calloc(join->count + 1, sizeof *j.next);
    bool *equal = calloc(join->count + 1, sizeof *equal);
    qdx_status status = j.names && j.heads && j.next && equal ? join_all(&j, equal, error)
                                                              : qdx_error_memory(error);
    join->image->info.entities = join->entities.count;
    qdx_image_done(join->image, QDX_STORE_ENTITY);
    qdx_image_done(join->image, QDX_STORE_FORM);
    if (status == QDX_OK)
        status = qdx_name_table_write(j.names, join->image, error);
    qdx_name_table_free(j.names);
    free(j.heads);
    free(j.next);
    free(equal);
    qdx_arena_release(&j.arena);
    qdx_vector_release(&j.spellings);
    qdx_vector_release(&j.forms);
    qdx_vector_release(&j.uses);
    qdx_vector_release(&j.ranked);
    qdx_vector_release(&j.times);
    return status;
}
