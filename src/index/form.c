/*
 * Descriptions of entities: out of records, into the fixed shape and back, and several of them into
 * one. The outcome depends on the set of forms and on how many documents carry each, never on their
 * order.
 */
#include "index/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/sort.h"
#include "index/words.h"

enum { TYPE_BITS = 2, GENDER_BITS = 2 };

/* What an ASCII character is in an id: itself, or parted by a dash (' '), or nothing (' and .). */
static const char id_letters[] = "                                "
                                 "       '      . 0123456789      "
                                 " abcdefghijklmnopqrstuvwxyz     "
                                 " abcdefghijklmnopqrstuvwxyz     ";

const char *qdx_id_of_name(const char *name, qdx_arena *arena)
{
    size_t size = strlen(name), n = 0;
    bool gap = false;
    char *id = qdx_arena_alloc(arena, 2 * size + 1);
    for (size_t i = 0; id && i < size; i++) {
        unsigned char byte = (unsigned char)name[i];
        if (byte >= 0x80)
            return "";
        char letter = id_letters[byte];
        if (letter > '.') {
            if (gap && n)
                id[n++] = '-';
            id[n++] = letter;
            gap = false;
        } else if (letter == ' ') {
            gap = true;
        }
    }
    if (id)
        id[n] = '\0';
    return id;
}

void qdx_form_put(const qdx_entity *entity, qdx_buffer *out)
{
    qdx_buffer_byte(out, (char)((unsigned)entity->type | (unsigned)entity->gender << TYPE_BITS |
                                (unsigned)entity->listed << (TYPE_BITS + GENDER_BITS)));
    qdx_put_string(out, entity->id);
    qdx_put_string(out, entity->name);
    qdx_put_string(out, entity->country);
    qdx_buffer_varint(out, entity->alias_count);
    for (size_t i = 0; i < entity->alias_count; i++)
        qdx_put_string(out, entity->aliases[i]);
    qdx_buffer_varint(out, entity->tenure_count);
    for (size_t i = 0; i < entity->tenure_count; i++) {
        const qdx_tenure *tenure = &entity->tenures[i];
        qdx_put_string(out, tenure->office);
        qdx_put_string(out, tenure->country);
        qdx_put_string(out, tenure->organization);
        qdx_buffer_varint(out, qdx_date_pack(tenure->from));
        qdx_buffer_varint(out, qdx_date_pack(tenure->to));
        qdx_buffer_varint(out, tenure->phrase_count);
        for (size_t k = 0; k < tenure->phrase_count; k++)
            qdx_put_string(out, tenure->phrases[k]);
    }
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, none twice, without the name. */
static void order_aliases(qdx_form *form)
{
    uint32_t kept = 0;
    if (form->alias_count > 1)
        qsort(form->aliases, form->alias_count, sizeof *form->aliases, compare_texts);
    for (uint32_t i = 0; i < form->alias_count; i++)
        if (strcmp(form->aliases[i], form->name) != 0 &&
            (!kept || strcmp(form->aliases[i], form->aliases[kept - 1]) != 0))
            form->aliases[kept++] = form->aliases[i];
    form->alias_count = kept;
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
    if (!order && x->phrase_count)
        order = memcmp(x->phrases, y->phrases, (size_t)x->phrase_count * QDX_HASH_SIZE);
    return order;
}

static void order_tenures(qdx_form *form)
{
    uint32_t kept = 0;
    if (form->tenure_count > 1)
        qsort(form->tenures, form->tenure_count, sizeof *form->tenures, compare_tenures);
    for (uint32_t i = 0; i < form->tenure_count; i++)
        if (!kept || compare_tenures(&form->tenures[i], &form->tenures[kept - 1]) != 0)
            form->tenures[kept++] = form->tenures[i];
    form->tenure_count = kept;
}

/* Different keys, highest byte first so that they sort bytewise; `items` are theirs in order. */
static uint32_t put_phrase_keys(const qdx_sort_item *items, size_t count, unsigned char *keys)
{
    uint32_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i && items[i].key == items[i - 1].key)
            continue;
        unsigned char *key = keys + (size_t)kept++ * QDX_HASH_SIZE;
        for (unsigned b = 0; b < QDX_HASH_SIZE; b++)
            key[b] = (unsigned char)(items[i].key >> 8 * (QDX_HASH_SIZE - 1 - b));
    }
    return kept;
}

/* The keys of a tenure's phrases. */
static bool read_phrases(qdx_cursor *c, qdx_arena *arena, qdx_buffer *key, qdx_form_tenure *tenure)
{
    const uint64_t key_bits = (1ull << 8 * QDX_HASH_SIZE) - 1;
    uint64_t count = qdx_get_count(c);
    unsigned char *keys = qdx_arena_array(arena, (size_t)count, QDX_HASH_SIZE);
    qdx_sort_item *items = malloc(((size_t)count + 1) * sizeof *items);
    bool fine = keys && items;
    for (uint64_t i = 0; fine && i < count; i++) {
        size_t size;
        const char *phrase = qdx_get_text(c, &size);
        qdx_buffer_clear(key);
        qdx_buffer_byte(key, QDX_KEY_OFFICE);
        qdx_index_name_key(phrase, size, key);
        items[i] = (qdx_sort_item){qdx_table_key(key->bytes, key->size, true) & key_bits, 0};
        fine = !key->failed;
    }
    fine = fine && qdx_sort_items(items, (size_t)count);
    tenure->phrases = keys;
    tenure->phrase_count = fine ? put_phrase_keys(items, (size_t)count, keys) : 0;
    free(items);
    return fine;
}

static void read_tenure_head(qdx_cursor *c, qdx_form_tenure *tenure)
{
    tenure->office = qdx_get_text(c, NULL);
    tenure->country = qdx_get_text(c, NULL);
    tenure->organization = qdx_get_text(c, NULL);
    tenure->from = (uint32_t)qdx_cursor_varint_max(c, UINT32_MAX);
    tenure->to = (uint32_t)qdx_cursor_varint_max(c, UINT32_MAX);
}

/* All but the phrases, which the two shapes have differently. */
static bool read_head(qdx_cursor *c, qdx_arena *arena, qdx_form *form)
{
    unsigned flags = qdx_cursor_u8(c);
    form->type = flags & 3;
    form->gender = flags >> TYPE_BITS & 3;
    form->listed = flags >> (TYPE_BITS + GENDER_BITS) & 1;
    form->id = qdx_get_text(c, NULL);
    form->name = qdx_get_text(c, NULL);
    form->country = qdx_get_text(c, NULL);
    form->alias_count = (uint32_t)qdx_get_count(c);
    form->aliases = qdx_arena_array(arena, form->alias_count, sizeof *form->aliases);
    if (!form->aliases)
        return false;
    for (uint32_t i = 0; i < form->alias_count; i++)
        form->aliases[i] = qdx_get_text(c, NULL);
    form->tenure_count = (uint32_t)qdx_get_count(c);
    form->tenures = qdx_arena_array(arena, form->tenure_count, sizeof *form->tenures);
    if (flags >> 5 || form->type > QDX_ENTITY_PLACE || form->gender > QDX_GENDER_FEMALE)
        c->failed = true;
    return form->tenures != NULL;
}

qdx_status qdx_form_read(const void *bytes, size_t size, qdx_arena *arena, qdx_form *form,
                         qdx_error *error)
{
    qdx_cursor c;
    qdx_buffer key = {0};
    qdx_cursor_init(&c, bytes, size);
    bool fine = read_head(&c, arena, form);
    for (uint32_t i = 0; fine && i < form->tenure_count; i++) {
        read_tenure_head(&c, &form->tenures[i]);
        fine = read_phrases(&c, arena, &key, &form->tenures[i]);
    }
    qdx_buffer_release(&key);
    if (!fine)
        return qdx_error_memory(error);
    if (c.failed || qdx_cursor_left(&c))
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "bytes are no record of a document");
    order_aliases(form);
    order_tenures(form);
    return QDX_OK;
}

void qdx_form_write(const qdx_form *form, qdx_buffer *out)
{
    qdx_buffer_byte(out, (char)(form->type | form->gender << TYPE_BITS |
                                form->listed << (TYPE_BITS + GENDER_BITS)));
    qdx_put_string(out, form->id);
    qdx_put_string(out, form->name);
    qdx_put_string(out, form->country);
    qdx_buffer_varint(out, form->alias_count);
    for (uint32_t i = 0; i < form->alias_count; i++)
        qdx_put_string(out, form->aliases[i]);
    qdx_buffer_varint(out, form->tenure_count);
    for (uint32_t i = 0; i < form->tenure_count; i++) {
        const qdx_form_tenure *tenure = &form->tenures[i];
        qdx_put_string(out, tenure->office);
        qdx_put_string(out, tenure->country);
        qdx_put_string(out, tenure->organization);
        qdx_buffer_varint(out, tenure->from);
        qdx_buffer_varint(out, tenure->to);
        qdx_buffer_varint(out, tenure->phrase_count);
        qdx_buffer_append(out, tenure->phrases, (size_t)tenure->phrase_count * QDX_HASH_SIZE);
    }
}

qdx_status qdx_form_decode(const void *bytes, size_t size, qdx_arena *arena, qdx_form *form,
                           qdx_error *error)
{
    qdx_cursor c;
    qdx_cursor_init(&c, bytes, size);
    if (!read_head(&c, arena, form))
        return qdx_error_memory(error);
    for (uint32_t i = 0; i < form->tenure_count; i++) {
        qdx_form_tenure *tenure = &form->tenures[i];
        read_tenure_head(&c, tenure);
        tenure->phrase_count = (uint32_t)qdx_get_count(&c);
        tenure->phrases = qdx_cursor_bytes(&c, (uint64_t)tenure->phrase_count * QDX_HASH_SIZE);
    }
    if (c.failed || qdx_cursor_left(&c))
        return qdx_error_set(error, QDX_ERR_DAMAGED, "description of an entity is malformed");
    return QDX_OK;
}

/* The weightiest first. */
static int compare_uses(const void *a, const void *b)
{
    const qdx_form_use *x = a, *y = b;
    if (x->form.listed != y->form.listed)
        return x->form.listed ? -1 : 1;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static void join_lists(const qdx_form_use *forms, size_t count, qdx_form *joined)
{
    joined->alias_count = joined->tenure_count = 0;
    for (size_t i = 0; i < count; i++) {
        const qdx_form *form = &forms[i].form;
        joined->aliases[joined->alias_count++] = form->name;
        for (uint32_t k = 0; k < form->alias_count; k++)
            joined->aliases[joined->alias_count++] = form->aliases[k];
        for (uint32_t k = 0; k < form->tenure_count; k++)
            joined->tenures[joined->tenure_count++] = form->tenures[k];
    }
    order_aliases(joined);
    order_tenures(joined);
}

/* What the gazetteer says; else the one gender that articles tell. */
static uint8_t join_genders(const qdx_form_use *forms, size_t count)
{
    unsigned genders = 0;
    if (forms[0].form.listed)
        return forms[0].form.gender;
    for (size_t i = 0; i < count; i++)
        genders |= 1u << forms[i].form.gender;
    bool male = genders >> QDX_GENDER_MALE & 1, female = genders >> QDX_GENDER_FEMALE & 1;
    return male == female ? QDX_GENDER_UNKNOWN : male ? QDX_GENDER_MALE : QDX_GENDER_FEMALE;
}

qdx_status qdx_forms_join(qdx_form_use *forms, size_t count, qdx_arena *arena, qdx_form *joined,
                          qdx_error *error)
{
    size_t aliases = count, tenures = 0;
    if (count > 1)
        qsort(forms, count, sizeof *forms, compare_uses);
    *joined = forms[0].form;
    if (count == 1)
        return QDX_OK;
    for (size_t i = 0; i < count; i++) {
        aliases += forms[i].form.alias_count;
        tenures += forms[i].form.tenure_count;
        if (!*joined->country)
            joined->country = forms[i].form.country;
    }
    joined->aliases = qdx_arena_array(arena, aliases, sizeof *joined->aliases);
    joined->tenures = qdx_arena_array(arena, tenures, sizeof *joined->tenures);
    if (!joined->aliases || !joined->tenures)
        return qdx_error_memory(error);
    joined->gender = join_genders(forms, count);
    join_lists(forms, count, joined);
    return QDX_OK;
}
