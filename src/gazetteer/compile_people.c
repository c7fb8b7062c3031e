/*
 * The people of an image by what spellings of a name share (filing.h), and by the offices they
 * held: lists sorted by key, and for each key the numbers of the entities.
 */
#include <string.h>

#include "gazetteer/filing.h"
#include "gazetteer/maker.h"
#include "text/fold.h"

static bool key_name(qdx_maker *m, uint32_t text, bool family_first, uint32_t number,
                     qdx_keyed_list *list)
{
    uint64_t keys[QDX_FILING_KEYS];
    qdx_name_parts parts;
    const char *name = qdx_builder_text(m->builder, text);
    qdx_name_split(name, strlen(name), &m->scratch, &parts);
    size_t count = qdx_filing_keys(&parts, family_first, keys);
    for (size_t i = 0; i < count; i++) {
        qdx_keyed item = {keys[i], number};
        if (!qdx_vector_push(list, item))
            return false;
    }
    return !m->scratch.failed;
}

static bool key_people(qdx_maker *m, qdx_keyed_list *list)
{
    const qdx_builder *builder = m->builder;
    for (size_t i = 0; i < builder->listings.count; i++) {
        const qdx_listing *listing = &builder->listings.items[i];
        bool family_first = listing->surname != 0;
        if (listing->type != QDX_ENTITY_PERSON)
            continue;
        if (!key_name(m, listing->name, family_first, (uint32_t)i, list))
            return false;
        for (uint32_t a = listing->first_alias; a; a = builder->aliases.items[a - 1].next)
            if (!key_name(m, builder->aliases.items[a - 1].text, family_first, (uint32_t)i, list))
                return false;
    }
    return true;
}

/* The people of one key: how many, then the steps from each to the next. */
static void put_posting(qdx_buffer *out, const qdx_keyed *items, size_t count)
{
    size_t people = 0;
    for (size_t i = 0; i < count; i++)
        people += i == 0 || items[i].item != items[i - 1].item;
    qdx_buffer_varint(out, people);
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        if (i && items[i].item == items[i - 1].item)
            continue;
        qdx_buffer_varint(out, items[i].item - last);
        last = items[i].item;
    }
}

bool qdx_make_people(qdx_maker *m)
{
    qdx_keyed_list list = {0};
    qdx_key_list keys = {0};
    qdx_value_list values = {0};
    qdx_buffer postings;
    qdx_buffer_init(&postings);
    bool ok = key_people(m, &list);
    ok = ok && qdx_keyed_sort(&list);
    for (size_t i = 0, end = 0; ok && i < list.count; i = end) {
        while (end < list.count && list.items[end].key == list.items[i].key)
            end++;
        ok = qdx_vector_push(&keys, list.items[i].key) &&
             qdx_vector_push(&values, (uint32_t)postings.size + 1) && postings.size < UINT32_MAX;
        put_posting(&postings, list.items + i, end - i);
    }
    ok = ok && !postings.failed &&
         qdx_make_table(m, QDX_QGZ_KEY, &keys, &values, &m->header.key_seed);
    if (ok)
        qdx_make_part(m, QDX_QGZ_POSTING, postings.bytes, postings.size, 1);
    qdx_buffer_release(&postings);
    qdx_vector_release(&list);
    qdx_vector_release(&keys);
    qdx_vector_release(&values);
    return ok;
}

/* --- offices held ------------------------------------------------------------------------- */

/* Every tenure of a person under the hash of its office. */
static bool list_tenures(const qdx_maker *m, qdx_keyed_list *list, qdx_value_list *places)
{
    const qdx_builder *builder = m->builder;
    for (size_t i = 0; i < builder->listings.count; i++) {
        const qdx_listing *listing = &builder->listings.items[i];
        for (uint32_t t = listing->first_tenure; t; t = builder->tenures.items[t - 1].next) {
            const char *office = qdx_builder_text(builder, builder->tenures.items[t - 1].office);
            qdx_keyed item = {qdx_fold_hash(office, strlen(office)), (uint32_t)places->count};
            if (listing->type != QDX_ENTITY_PERSON)
                continue;
            if (!qdx_vector_push(list, item) || !qdx_vector_push(places, (uint32_t)i) ||
                !qdx_vector_push(places, t))
                return false;
        }
    }
    return true;
}

/* One office: its holders, once for each tenure, and whether all held it in one place. */
static void put_tenancy(const qdx_maker *m, const qdx_keyed *items, size_t count,
                        const qdx_value_list *places, qdx_buffer *tenancies, qdx_buffer *holders)
{
    qdx_qgz_tenancy tenancy = {.office = items[0].key,
                               .first = (uint32_t)(holders->size / 4),
                               .count = (uint32_t)count,
                               .places = 1};
    for (size_t i = 0; i < count; i++) {
        const uint32_t *pair = &places->items[items[i].item];
        const qdx_listed_tenure *tenure = &m->builder->tenures.items[pair[1] - 1];
        uint32_t place = tenure->organization ? tenure->organization : tenure->country;
        if (i == 0)
            tenancy.only_place = place;
        else if (place != tenancy.only_place)
            tenancy.places = 2;
        qdx_buffer_u32(holders, pair[0]);
    }
    qdx_buffer_append(tenancies, &tenancy, sizeof tenancy);
}

bool qdx_make_offices_held(qdx_maker *m)
{
    qdx_keyed_list list = {0};
    qdx_value_list places = {0};
    qdx_buffer tenancies, holders;
    qdx_buffer_init(&tenancies);
    qdx_buffer_init(&holders);
    bool ok = list_tenures(m, &list, &places);
    ok = ok && qdx_keyed_sort(&list);
    for (size_t i = 0, end = 0; ok && i < list.count; i = end) {
        while (end < list.count && list.items[end].key == list.items[i].key)
            end++;
        put_tenancy(m, list.items + i, end - i, &places, &tenancies, &holders);
    }
    ok = ok && !tenancies.failed && !holders.failed;
    if (ok) {
        qdx_make_part(m, QDX_QGZ_TENANCY, tenancies.bytes, tenancies.size / sizeof(qdx_qgz_tenancy),
                      sizeof(qdx_qgz_tenancy));
        qdx_make_part(m, QDX_QGZ_HOLDER, holders.bytes, holders.size / 4, 4);
    }
    qdx_buffer_release(&tenancies);
    qdx_buffer_release(&holders);
    qdx_vector_release(&list);
    qdx_vector_release(&places);
    return ok;
}
