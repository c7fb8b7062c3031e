/*
 * Making an image: one function a part, in the order of the parts, each appending to the bytes. The
 * tables of phrases and of people's keys are made from sorted lists, so that nothing depends on
 * memory or time.
 */
#include "gazetteer/compile.h"

#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "gazetteer/filing.h"
#include "gazetteer/keyed.h"
#include "text/fold.h"

/* What is being made. */
typedef struct maker {
    const qdx_gazetteer *gazetteer;
    const qdx_builder *builder;
    qdx_buffer *out;
    size_t start; /* of the image in out */
    qdx_qgz_header header;
    qdx_qgz_section sections[QDX_QGZ_PARTS];
    QDX_VECTOR(uint32_t) more;
    QDX_VECTOR(qdx_qgz_phrase) phrases;
    qdx_buffer scratch;
    qdx_error *error;
} maker;

static void pad(maker *m)
{
    while ((m->out->size - m->start) % QDX_QGZ_ALIGN && !m->out->failed)
        qdx_buffer_byte(m->out, '\0');
}

static void put_part(maker *m, qdx_qgz_part part, const void *records, size_t count, size_t size)
{
    pad(m);
    m->sections[part] = (qdx_qgz_section){m->out->size - m->start, count};
    if (count)
        qdx_buffer_append(m->out, records, count * size);
}

/* --- entities ----------------------------------------------------------------------------- */

static bool push_more(maker *m, uint32_t word)
{
    return qdx_vector_push(&m->more, word);
}

static bool put_aliases(maker *m, const qdx_listing *listing)
{
    size_t place = m->more.count;
    if (!push_more(m, 0))
        return false;
    for (uint32_t a = listing->first_alias; a; a = m->builder->aliases.items[a - 1].next)
        if (!push_more(m, m->builder->aliases.items[a - 1].text))
            return false;
    m->more.items[place] = (uint32_t)(m->more.count - place - 1);
    return true;
}

static bool put_tenures(maker *m, const qdx_listing *listing)
{
    size_t place = m->more.count;
    uint32_t count = 0;
    if (!push_more(m, 0))
        return false;
    for (uint32_t t = listing->first_tenure; t; count++) {
        const qdx_listed_tenure *tenure = &m->builder->tenures.items[t - 1];
        if (!push_more(m, tenure->office) || !push_more(m, tenure->country) ||
            !push_more(m, tenure->organization) || !push_more(m, tenure->from) ||
            !push_more(m, tenure->to))
            return false;
        t = tenure->next;
    }
    m->more.items[place] = count;
    return true;
}

/* What few entities have; the index into MORE, 0 for nothing, UINT32_MAX without memory. */
static uint32_t put_more(maker *m, const qdx_listing *listing, bool long_country)
{
    uint32_t mask = (listing->id ? QDX_MORE_ID : 0) | (listing->kind ? QDX_MORE_KIND : 0) |
                    (long_country ? QDX_MORE_COUNTRY : 0) |
                    (listing->surname ? QDX_MORE_SURNAME : 0) |
                    (listing->first_alias ? QDX_MORE_ALIASES : 0) |
                    (listing->first_tenure ? QDX_MORE_TENURES : 0);
    uint32_t place = (uint32_t)m->more.count;
    if (!mask)
        return 0;
    bool ok = push_more(m, mask) && (!listing->id || push_more(m, listing->id)) &&
              (!listing->kind || push_more(m, listing->kind)) &&
              (!long_country || push_more(m, listing->country)) &&
              (!listing->surname || push_more(m, listing->surname)) &&
              (!listing->first_alias || put_aliases(m, listing)) &&
              (!listing->first_tenure || put_tenures(m, listing));
    return ok ? place : UINT32_MAX;
}

static bool put_entities(maker *m)
{
    const qdx_builder *builder = m->builder;
    put_part(m, QDX_QGZ_ENTITY, NULL, 0, 0);
    for (size_t i = 0; i < builder->listings.count; i++) {
        const qdx_listing *listing = &builder->listings.items[i];
        const char *country = listing->country ? qdx_builder_text(builder, listing->country) : "";
        size_t size = strlen(country);
        qdx_qgz_entity entity = {
            .name = listing->name, .type = listing->type, .gender = listing->gender};
        if (size == 2)
            memcpy(entity.country, country, 2);
        entity.more = put_more(m, listing, size != 0 && size != 2);
        if (entity.more == UINT32_MAX)
            return false;
        qdx_buffer_append(m->out, &entity, sizeof entity);
    }
    m->sections[QDX_QGZ_ENTITY].count = builder->listings.count;
    return true;
}

/* --- phrases ------------------------------------------------------------------------------ */

typedef QDX_VECTOR(uint64_t) key_list;
typedef QDX_VECTOR(uint32_t) value_list;

/* An entity's own name with a capital in each word needs no record. */
static bool needs_no_record(const maker *m, const qdx_listed_phrase *phrase)
{
    uint32_t plain = phrase->word_count >= QDX_PHRASE_SHAPED
                         ? 0
                         : 0x55555555u & ((1u << (2 * phrase->word_count)) - 1);
    return phrase->kind == QDX_PHRASE_NAME && phrase->policy == QDX_CASE_NAME && !phrase->alias &&
           plain && phrase->shapes == plain &&
           m->builder->listings.items[phrase->value].name == phrase->text;
}

static bool same_phrase(const qdx_listed_phrase *a, const qdx_listed_phrase *b)
{
    return a->kind == b->kind && a->value == b->value && a->policy == b->policy &&
           a->shapes == b->shapes;
}

/* Records for the phrases of one key, each once. False without memory. */
static bool put_records(maker *m, const qdx_keyed *group, size_t count)
{
    const qdx_listed_phrase *phrases = m->builder->phrases.items;
    size_t first = m->phrases.count;
    for (size_t i = 0; i < count; i++) {
        const qdx_listed_phrase *phrase = &phrases[group[i].item];
        bool known = false;
        for (size_t j = 0; j < i && !known; j++)
            known = same_phrase(&phrases[group[j].item], phrase);
        qdx_qgz_phrase record = {
            .text = phrase->text,
            .value = phrase->value,
            .shapes = phrase->shapes,
            .kind = phrase->kind,
            .policy = phrase->policy,
            .flags = (uint8_t)(QDX_PHRASE_MORE | (phrase->alias ? QDX_PHRASE_ALIAS : 0)),
            .word_count = phrase->word_count};
        if (!known && !qdx_vector_push(&m->phrases, record))
            return false;
    }
    if (m->phrases.count > first)
        m->phrases.items[m->phrases.count - 1].flags &= (uint8_t)~QDX_PHRASE_MORE;
    return true;
}

/* The value of a key with phrases. */
static bool put_group(maker *m, const qdx_keyed *group, size_t count, uint32_t *value)
{
    const qdx_listed_phrase *phrase = &m->builder->phrases.items[group[0].item];
    if (count == 1 && needs_no_record(m, phrase)) {
        *value = phrase->value + 1;
        return true;
    }
    *value = QDX_PREFIX_RECORD | ((uint32_t)m->phrases.count + 1);
    return m->phrases.count < QDX_PREFIX_NUMBER && put_records(m, group, count);
}

/* All keys in order with their values: those of phrases joined with those of their beginnings. */
static bool join_keys(maker *m, const qdx_keyed_list *order, const qdx_keyed_list *prefixes,
                      key_list *keys, value_list *values)
{
    for (size_t i = 0, p = 0; i < order->count || p < prefixes->count;) {
        uint64_t key = i < order->count ? order->items[i].key : UINT64_MAX;
        uint32_t value = 0;
        if (p < prefixes->count && (i == order->count || prefixes->items[p].key < key))
            key = prefixes->items[p].key;
        size_t end = i;
        while (end < order->count && order->items[end].key == key)
            end++;
        if (end > i && !put_group(m, order->items + i, end - i, &value))
            return false;
        i = end;
        if (p < prefixes->count && prefixes->items[p].key == key)
            value |= QDX_PREFIX_LONGER;
        while (p < prefixes->count && prefixes->items[p].key == key)
            p++;
        if (!qdx_vector_push(keys, key) || !qdx_vector_push(values, value))
            return false;
    }
    return true;
}

static bool put_table(maker *m, qdx_qgz_part part, const key_list *keys, const value_list *values,
                      uint32_t *seed)
{
    qdx_key_slot *slots;
    size_t slot_count;
    if (qdx_key_table_build(keys->items, values->items, keys->count, &slots, &slot_count, seed,
                            m->error) != QDX_OK)
        return false;
    put_part(m, part, slots, slot_count, sizeof *slots);
    free(slots);
    return true;
}

/* Phrases by their keys, and the beginnings of phrases, sorted. */
static bool list_keys(const qdx_builder *builder, qdx_keyed_list *order, qdx_keyed_list *prefixes)
{
    for (size_t i = 0; i < builder->phrases.count; i++) {
        qdx_keyed item = {builder->phrases.items[i].key, (uint32_t)i};
        if (!qdx_vector_push(order, item))
            return false;
    }
    for (size_t i = 0; i < builder->prefixes.count; i++) {
        qdx_keyed item = {builder->prefixes.items[i], 0};
        if (!qdx_vector_push(prefixes, item))
            return false;
    }
    return qdx_keyed_sort(order) && qdx_keyed_sort(prefixes);
}

static bool put_phrases(maker *m)
{
    qdx_keyed_list order = {0}, prefixes = {0};
    key_list keys = {0};
    value_list values = {0};
    bool ok =
        list_keys(m->builder, &order, &prefixes) && join_keys(m, &order, &prefixes, &keys, &values);
    qdx_vector_release(&order);
    qdx_vector_release(&prefixes);
    if (ok) {
        put_part(m, QDX_QGZ_PHRASE, m->phrases.items, m->phrases.count, sizeof(qdx_qgz_phrase));
        ok = put_table(m, QDX_QGZ_PREFIX, &keys, &values, &m->header.prefix_seed);
    }
    qdx_vector_release(&keys);
    qdx_vector_release(&values);
    return ok;
}

/* A bit for each first word, about one in sixteen set, at most a million so that it stays near. */
static bool put_first_words(maker *m)
{
    const qdx_builder *builder = m->builder;
    unsigned shift = 58;
    while (shift > 44 && (64ull << (58 - shift)) < 16 * builder->phrases.count)
        shift--;
    size_t words = (size_t)1 << (58 - shift);
    uint64_t *bits = calloc(words, sizeof *bits);
    if (!bits)
        return false;
    for (size_t i = 0; i < builder->phrases.count; i++) {
        uint64_t bit = builder->phrases.items[i].first >> shift;
        bits[bit >> 6] |= 1ull << (bit & 63);
    }
    put_part(m, QDX_QGZ_FIRST, bits, words, sizeof *bits);
    free(bits);
    return true;
}

/* --- people by spelling ------------------------------------------------------------------- */

static bool key_name(maker *m, uint32_t text, bool family_first, uint32_t number,
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

static bool key_people(maker *m, qdx_keyed_list *list)
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

static bool put_people(maker *m)
{
    qdx_keyed_list list = {0};
    key_list keys = {0};
    value_list values = {0};
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
    ok = ok && !postings.failed && put_table(m, QDX_QGZ_KEY, &keys, &values, &m->header.key_seed);
    if (ok)
        put_part(m, QDX_QGZ_POSTING, postings.bytes, postings.size, 1);
    qdx_buffer_release(&postings);
    qdx_vector_release(&list);
    qdx_vector_release(&keys);
    qdx_vector_release(&values);
    return ok;
}

/* --- ids, countries, offices -------------------------------------------------------------- */

static const char *id_of(maker *m, const qdx_listing *listing)
{
    if (listing->id)
        return qdx_builder_text(m->builder, listing->id);
    const char *name = qdx_builder_text(m->builder, listing->name);
    qdx_buffer_clear(&m->scratch);
    qdx_store_slug(name, strlen(name), &m->scratch);
    return m->scratch.failed || !m->scratch.size ? "" : m->scratch.bytes;
}

static bool put_ids(maker *m)
{
    size_t count = m->builder->listings.count, slots = count ? count + count / 4 + 8 : 0;
    uint32_t *table = calloc(slots + 1, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *id = id_of(m, &m->builder->listings.items[i]);
        qdx_id_place place = qdx_qgz_id_place(id, slots, count);
        size_t at = place.home;
        while (table[at])
            at = at + 1 == slots ? 0 : at + 1;
        table[at] = place.mark | (uint32_t)(i + 1);
    }
    put_part(m, QDX_QGZ_ID, table, slots, sizeof *table);
    free(table);
    return !m->scratch.failed;
}

static void put_countries(maker *m)
{
    put_part(m, QDX_QGZ_COUNTRY, NULL, 0, 0);
    for (size_t i = 0; i < m->builder->listings.count; i++) {
        const qdx_listing *listing = &m->builder->listings.items[i];
        if (listing->type != QDX_ENTITY_PLACE ||
            strcmp(qdx_builder_text(m->builder, listing->kind), "country") != 0)
            continue;
        qdx_buffer_u32(m->out, (uint32_t)i);
        m->sections[QDX_QGZ_COUNTRY].count++;
    }
}

/* Every tenure of a person under the hash of its office. */
static bool list_tenures(const maker *m, qdx_keyed_list *list, value_list *places)
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
static void put_tenancy(const maker *m, const qdx_keyed *items, size_t count,
                        const value_list *places, qdx_buffer *tenancies, qdx_buffer *holders)
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

static bool put_offices_held(maker *m)
{
    qdx_keyed_list list = {0};
    value_list places = {0};
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
        put_part(m, QDX_QGZ_TENANCY, tenancies.bytes, tenancies.size / sizeof(qdx_qgz_tenancy),
                 sizeof(qdx_qgz_tenancy));
        put_part(m, QDX_QGZ_HOLDER, holders.bytes, holders.size / 4, 4);
    }
    qdx_buffer_release(&tenancies);
    qdx_buffer_release(&holders);
    qdx_vector_release(&list);
    qdx_vector_release(&places);
    return ok;
}

/* --- words -------------------------------------------------------------------------------- */

/* Offices with the places of their other names, which follow in MORE. */
static bool put_offices(maker *m, bool words)
{
    const qdx_word_tables *tables = &m->gazetteer->words;
    put_part(m, QDX_QGZ_OFFICE, NULL, 0, 0);
    for (size_t i = 0; words && i < tables->offices.count; i++) {
        qdx_qgz_office office = tables->offices.items[i];
        uint32_t place = (uint32_t)m->more.count;
        for (uint32_t a = 0; a < office.alias_count; a++)
            if (!push_more(m, tables->office_aliases.items[office.aliases + a]))
                return false;
        office.aliases = place;
        qdx_buffer_append(m->out, &office, sizeof office);
        m->sections[QDX_QGZ_OFFICE].count++;
    }
    return true;
}

/* Offices by all their names; of two with one name the first has it. */
static bool put_office_names(maker *m, bool words)
{
    const qdx_word_tables *tables = &m->gazetteer->words;
    const qdx_lexicon *lexicon = &m->gazetteer->lexicon;
    qdx_keyed_list list = {0};
    key_list keys = {0};
    value_list values = {0};
    bool ok = true;
    for (uint32_t i = 0; ok && words && i < tables->offices.count; i++) {
        const qdx_qgz_office *office = &tables->offices.items[i];
        for (uint32_t a = 0; ok && a <= office->alias_count; a++) {
            uint32_t text =
                a ? tables->office_aliases.items[office->aliases + a - 1] : office->name;
            const char *name = qdx_lexicon_text(lexicon, text);
            qdx_keyed item = {name ? qdx_fold_hash(name, strlen(name)) : 0, i + 1};
            ok = qdx_vector_push(&list, item);
        }
    }
    ok = ok && qdx_keyed_sort(&list);
    for (size_t i = 0; ok && i < list.count; i++)
        ok = (i && list.items[i].key == list.items[i - 1].key) ||
             (qdx_vector_push(&keys, list.items[i].key) &&
              qdx_vector_push(&values, list.items[i].item));
    ok = ok && put_table(m, QDX_QGZ_OFFICE_NAME, &keys, &values, &m->header.office_seed);
    qdx_vector_release(&list);
    qdx_vector_release(&keys);
    qdx_vector_release(&values);
    return ok;
}

static void put_words(maker *m, bool words)
{
    const qdx_lexicon *lexicon = &m->gazetteer->lexicon;
    const qdx_word_tables *tables = &m->gazetteer->words;
    words = words && (lexicon->word_count > 1 || tables->titles.count);
    put_part(m, QDX_QGZ_WORD_TEXT, words ? lexicon->text : "", words ? lexicon->text_size : 1, 1);
    put_part(m, QDX_QGZ_WORD, lexicon->words, words ? lexicon->word_count : 0, sizeof(qdx_word));
    put_part(m, QDX_QGZ_WORD_SLOT, lexicon->slots, words ? lexicon->slot_count : 0,
             sizeof(qdx_lexicon_slot));
    put_part(m, QDX_QGZ_TITLE, tables->titles.items, words ? tables->titles.count : 0,
             sizeof(qdx_qgz_title));
    put_part(m, QDX_QGZ_DEMONYM, tables->demonyms.items, words ? tables->demonyms.count : 0,
             sizeof(qdx_qgz_demonym));
    m->header.name_groups = words ? tables->name_groups : 0;
}

/* --- the whole ---------------------------------------------------------------------------- */

static bool put_parts(maker *m, bool words)
{
    const qdx_builder *builder = m->builder;
    bool empty = !builder->pool.size;
    put_part(m, QDX_QGZ_TEXT, empty ? "" : builder->pool.bytes, empty ? 1 : builder->pool.size, 1);
    if (!push_more(m, 0) || !put_entities(m) || !put_phrases(m) || !put_first_words(m) ||
        !put_people(m) || !put_ids(m) || !put_offices_held(m) || !put_offices(m, words) ||
        !put_office_names(m, words))
        return false;
    put_countries(m);
    put_words(m, words);
    put_part(m, QDX_QGZ_MORE, m->more.items, m->more.count, sizeof(uint32_t));
    pad(m);
    return true;
}

/* Header, then the checksum of every block, then the trailer. */
static void seal(maker *m)
{
    qdx_qgz_trailer trailer = {.data_size = m->out->size - m->start, .magic = QDX_QGZ_TRAILER};
    m->header.data_size = trailer.data_size;
    char *data = m->out->bytes + m->start;
    memcpy(data, &m->header, sizeof m->header);
    memcpy(data + sizeof m->header, m->sections, sizeof m->sections);
    size_t sums = m->out->size;
    for (size_t at = 0; at < trailer.data_size; at += QDX_QGZ_BLOCK) {
        size_t left = trailer.data_size - at;
        const char *block = m->out->bytes + m->start + at;
        qdx_buffer_u32(m->out, qdx_crc32c(0, block, left < QDX_QGZ_BLOCK ? left : QDX_QGZ_BLOCK));
    }
    qdx_buffer_u64(m->out, trailer.data_size);
    if (m->out->failed)
        return;
    trailer.sums_crc = qdx_crc32c(0, m->out->bytes + sums, m->out->size - sums);
    qdx_buffer_u32(m->out, trailer.sums_crc);
    qdx_buffer_u32(m->out, trailer.magic);
}

static uint64_t count_names(const qdx_builder *builder)
{
    return builder->listings.count + builder->aliases.count;
}

qdx_status qdx_compile(const qdx_gazetteer *gazetteer, bool words, qdx_buffer *out,
                       qdx_error *error)
{
    static const char zeros[sizeof(qdx_qgz_header) + QDX_QGZ_PARTS * sizeof(qdx_qgz_section)];
    qdx_error own;
    maker m = {.gazetteer = gazetteer,
               .builder = &gazetteer->builder,
               .out = out,
               .start = out->size,
               .header = {.magic = QDX_QGZ_MAGIC,
                          .version = QDX_QGZ_VERSION,
                          .parts = QDX_QGZ_PARTS,
                          .hash_sample = qdx_fold_hash(QDX_QGZ_MAGIC, 6),
                          .name_count = count_names(&gazetteer->builder)},
               .error = error ? error : &own};
    m.error->code = QDX_OK;
    qdx_buffer_append(out, zeros, sizeof zeros);
    bool ok = put_parts(&m, words) && !out->failed;
    if (ok)
        seal(&m);
    qdx_vector_release(&m.more);
    qdx_vector_release(&m.phrases);
    qdx_buffer_release(&m.scratch);
    if (ok && !out->failed)
        return QDX_OK;
    return m.error->code == QDX_ERR_LIMIT ? QDX_ERR_LIMIT : qdx_error_memory(error);
}
