/*
 * Making an image: one function a part, each appending to the bytes. Here stand entities, ids,
 * words and the frame; phrases and people have files of their own (compile_phrases.c,
 * compile_people.c).
 */
#include "gazetteer/compile.h"

#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "gazetteer/maker.h"
#include "text/fold.h"

static void pad(qdx_maker *m)
{
    while ((m->out->size - m->start) % QDX_QGZ_ALIGN && !m->out->failed)
        qdx_buffer_byte(m->out, '\0');
}

void qdx_make_part(qdx_maker *m, qdx_qgz_part part, const void *records, size_t count, size_t size)
{
    pad(m);
    m->sections[part] = (qdx_qgz_section){m->out->size - m->start, count};
    if (count)
        qdx_buffer_append(m->out, records, count * size);
}

bool qdx_make_table(qdx_maker *m, qdx_qgz_part part, const qdx_key_list *keys,
                    const qdx_value_list *values, uint32_t *seed)
{
    qdx_key_slot *slots;
    size_t slot_count;
    if (qdx_key_table_build(keys->items, values->items, keys->count, &slots, &slot_count, seed,
                            m->error) != QDX_OK)
        return false;
    qdx_make_part(m, part, slots, slot_count, sizeof *slots);
    free(slots);
    return true;
}

/* --- entities ----------------------------------------------------------------------------- */

static bool push_more(qdx_maker *m, uint32_t word)
{
    return qdx_vector_push(&m->more, word);
}

static bool put_aliases(qdx_maker *m, const qdx_listing *listing)
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

static bool put_tenures(qdx_maker *m, const qdx_listing *listing)
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
static uint32_t put_more(qdx_maker *m, const qdx_listing *listing, bool long_country)
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

static bool put_entities(qdx_maker *m)
{
    const qdx_builder *builder = m->builder;
    qdx_make_part(m, QDX_QGZ_ENTITY, NULL, 0, 0);
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

/* --- ids, countries, offices -------------------------------------------------------------- */

static const char *id_of(qdx_maker *m, const qdx_listing *listing)
{
    if (listing->id)
        return qdx_builder_text(m->builder, listing->id);
    const char *name = qdx_builder_text(m->builder, listing->name);
    qdx_buffer_reuse(&m->scratch);
    qdx_store_slug(name, strlen(name), &m->scratch);
    return m->scratch.failed || !m->scratch.size ? "" : m->scratch.bytes;
}

static bool put_ids(qdx_maker *m)
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
    qdx_make_part(m, QDX_QGZ_ID, table, slots, sizeof *table);
    free(table);
    return !m->scratch.failed;
}

static void put_countries(qdx_maker *m)
{
    qdx_make_part(m, QDX_QGZ_COUNTRY, NULL, 0, 0);
    for (size_t i = 0; i < m->builder->listings.count; i++) {
        const qdx_listing *listing = &m->builder->listings.items[i];
        if (listing->type != QDX_ENTITY_PLACE ||
            strcmp(qdx_builder_text(m->builder, listing->kind), "country") != 0)
            continue;
        qdx_buffer_u32(m->out, (uint32_t)i);
        m->sections[QDX_QGZ_COUNTRY].count++;
    }
}

/* --- words -------------------------------------------------------------------------------- */

/* Offices with the places of their other names, which follow in MORE. */
static bool put_offices(qdx_maker *m, bool words)
{
    const qdx_word_tables *tables = &m->gazetteer->words;
    qdx_make_part(m, QDX_QGZ_OFFICE, NULL, 0, 0);
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
static bool put_office_names(qdx_maker *m, bool words)
{
    const qdx_word_tables *tables = &m->gazetteer->words;
    const qdx_lexicon *lexicon = &m->gazetteer->lexicon;
    qdx_keyed_list list = {0};
    qdx_key_list keys = {0};
    qdx_value_list values = {0};
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
    ok = ok && qdx_make_table(m, QDX_QGZ_OFFICE_NAME, &keys, &values, &m->header.office_seed);
    qdx_vector_release(&list);
    qdx_vector_release(&keys);
    qdx_vector_release(&values);
    return ok;
}

static void put_words(qdx_maker *m, bool words)
{
    const qdx_lexicon *lexicon = &m->gazetteer->lexicon;
    const qdx_word_tables *tables = &m->gazetteer->words;
    words = words && (lexicon->word_count > 1 || tables->titles.count);
    qdx_make_part(m, QDX_QGZ_WORD_TEXT, words ? lexicon->text : "", words ? lexicon->text_size : 1,
                  1);
    qdx_make_part(m, QDX_QGZ_WORD, lexicon->words, words ? lexicon->word_count : 0,
                  sizeof(qdx_word));
    qdx_make_part(m, QDX_QGZ_WORD_SLOT, lexicon->slots, words ? lexicon->slot_count : 0,
                  sizeof(qdx_lexicon_slot));
    qdx_make_part(m, QDX_QGZ_TITLE, tables->titles.items, words ? tables->titles.count : 0,
                  sizeof(qdx_qgz_title));
    qdx_make_part(m, QDX_QGZ_DEMONYM, tables->demonyms.items, words ? tables->demonyms.count : 0,
                  sizeof(qdx_qgz_demonym));
    m->header.name_groups = words ? tables->name_groups : 0;
}

/* --- the whole ---------------------------------------------------------------------------- */

static bool put_parts(qdx_maker *m, bool words)
{
    const qdx_builder *builder = m->builder;
    bool empty = !builder->pool.size;
    qdx_make_part(m, QDX_QGZ_TEXT, empty ? "" : builder->pool.bytes, empty ? 1 : builder->pool.size,
                  1);
    if (!push_more(m, 0) || !put_entities(m) || !qdx_make_phrases(m) || !qdx_make_bitmaps(m) ||
        !qdx_make_people(m) || !put_ids(m) || !qdx_make_offices_held(m) || !put_offices(m, words) ||
        !put_office_names(m, words))
        return false;
    put_countries(m);
    qdx_make_part(m, QDX_QGZ_SAME, builder->same.items, builder->same.count, sizeof(qdx_qgz_same));
    for (size_t i = 0; i < builder->phrases.count; i++)
        m->header.overrides |= builder->phrases.items[i].kind >= QDX_PHRASE_NEVER;
    put_words(m, words);
    qdx_make_part(m, QDX_QGZ_MORE, m->more.items, m->more.count, sizeof(uint32_t));
    pad(m);
    return true;
}

/* Header, then the checksum of every block, then the trailer. */
static void seal(qdx_maker *m)
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
    qdx_maker m = {.gazetteer = gazetteer,
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
