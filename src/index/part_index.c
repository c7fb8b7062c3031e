/*
 * An index file as a part: each store is read group by group, and only the group in hand is kept.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/vector.h"
#include "index/form.h"
#include "index/part.h"
#include "index/sort.h"
#include "index/store.h"

/* The group of a store in hand. */
typedef struct stream {
    qdx_arena arena;
    const void *rows;
    size_t count;
    uint64_t group; /* + 1; 0: none */
} stream;

typedef struct index_part {
    qdx_part part;
    const qdx_index *index;
    stream streams[QDX_VIEW_COUNT];
    qdx_table_walk words;
    QDX_VECTOR(uint32_t) quotes; /* of the word read last */
    QDX_VECTOR(qdx_bytes) forms, spellings;
    qdx_buffer form;
    /* Keys of the phrases for holders of offices, by entity and tenure; read when first needed. */
    QDX_VECTOR(qdx_sort_item) offices;
    QDX_VECTOR(uint64_t) office_keys;
    bool offices_known;
} index_part;

static void part_free(qdx_part *part)
{
    index_part *p = (index_part *)part;
    for (unsigned i = 0; i < QDX_VIEW_COUNT; i++)
        qdx_arena_release(&p->streams[i].arena);
    qdx_table_walk_release(&p->words);
    qdx_vector_release(&p->quotes);
    qdx_vector_release(&p->forms);
    qdx_vector_release(&p->spellings);
    qdx_buffer_release(&p->form);
    qdx_vector_release(&p->offices);
    qdx_vector_release(&p->office_keys);
    free(p);
}

/* Brings the group of record i into hand; where the record stands in it. */
static qdx_status seek(index_part *p, unsigned view, uint32_t i, size_t *place, qdx_error *error)
{
    stream *s = &p->streams[view];
    unsigned records = qdx_store_layouts[qdx_view_store(view)].records;
    uint64_t group = i / records;
    *place = i % records;
    if (s->group == group + 1)
        return QDX_OK;
    s->group = 0;
    qdx_arena_reset(&s->arena);
    qdx_status status = qdx_view_read(p->index, view, group, &s->arena, &s->rows, &s->count, error);
    if (status == QDX_OK)
        s->group = group + 1;
    return status;
}

#define ROW_AT(name, type, view)                                                                   \
    static qdx_status name(qdx_part *part, uint32_t i, type *row, qdx_error *error)                \
    {                                                                                              \
        size_t place;                                                                              \
        index_part *p = (index_part *)part;                                                        \
        qdx_status status = seek(p, view, i, &place, error);                                       \
        if (status == QDX_OK)                                                                      \
            *row = ((const type *)p->streams[view].rows)[place];                                   \
        return status;                                                                             \
    }

ROW_AT(place_at, qdx_document_row, QDX_VIEW_PLACES)
ROW_AT(quote_use_at, qdx_quote_row, QDX_VIEW_USES)
ROW_AT(spellings_at, uint32_t, QDX_VIEW_SPELLINGS)
ROW_AT(forms_at, uint32_t, QDX_VIEW_FORMS)
ROW_AT(document_at, qdx_document_row, QDX_STORE_DOCUMENT)
ROW_AT(skipped_at, qdx_skipped_row, QDX_STORE_SKIPPED)
ROW_AT(option_at, qdx_source_row, QDX_STORE_SOURCE)
ROW_AT(symbol_at, qdx_symbol_row, QDX_STORE_SYMBOL)
ROW_AT(mentions_at, qdx_mentions_row, QDX_STORE_MENTION)
ROW_AT(quote_at, qdx_quote_row, QDX_STORE_QUOTE)
ROW_AT(entity_row_at, qdx_entity_row, QDX_STORE_ENTITY)
ROW_AT(form_row_at, qdx_form_row, QDX_STORE_FORM)
ROW_AT(speech_at, qdx_speech_row, QDX_STORE_SPEECH)

/* The bits of a key that are not the number of its bucket. */
static unsigned rest_bits(const qdx_index *index, qdx_store store)
{
    unsigned bits = 0;
    while ((uint64_t)1 << bits < qdx_store_count(index, store))
        bits++;
    return QDX_KEY_BITS - bits;
}

static uint64_t office_of(uint64_t entity, uint64_t tenure)
{
    return entity << 32 | (uint32_t)tenure;
}

/* The table of names the other way round, from holders of offices to keys. */
static qdx_status read_offices(index_part *p, qdx_error *error)
{
    qdx_table_walk walk = {.index = p->index, .store = QDX_STORE_NAME};
    qdx_table_reader reader;
    qdx_status status;
    unsigned rest = rest_bits(p->index, QDX_STORE_NAME);
    uint64_t entity, tenure;
    while ((status = qdx_table_walk_next(&walk, &reader, error)) == QDX_OK) {
        uint64_t key = walk.bucket << rest | reader.key;
        while (status == QDX_OK && reader.office &&
               qdx_table_reader_next(&reader, &entity, &tenure)) {
            qdx_sort_item item = {office_of(entity, tenure), (uint32_t)p->office_keys.count};
            if (p->office_keys.count == UINT32_MAX || !qdx_vector_push(&p->offices, item) ||
                !qdx_vector_push(&p->office_keys, key))
                status = qdx_error_memory(error);
        }
        if (status != QDX_OK)
            break;
    }
    qdx_table_walk_release(&walk);
    if (status == QDX_END)
        status = !p->offices.count || qdx_sort_items(p->offices.items, p->offices.count)
                     ? QDX_OK
                     : qdx_error_memory(error);
    p->offices_known = status == QDX_OK;
    return status;
}

/* The first of the keys of this office or a later one. */
static size_t find_office(const index_part *p, uint64_t office)
{
    size_t low = 0, high = p->offices.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->offices.items[middle].key < office)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The keys of a tenure's phrases, ascending as the table has them. False without memory. */
static bool list_phrases(index_part *p, uint64_t office, qdx_arena *arena, qdx_form_tenure *tenure)
{
    size_t first = find_office(p, office), end = first;
    while (end < p->offices.count && p->offices.items[end].key == office)
        end++;
    unsigned char *keys = qdx_arena_array(arena, end - first, QDX_HASH_SIZE);
    tenure->phrases = keys;
    tenure->phrase_count = (uint32_t)(end - first);
    for (size_t i = first; keys && i < end; i++) {
        uint64_t key = p->office_keys.items[p->offices.items[i].number];
        for (unsigned b = QDX_HASH_SIZE; b-- > 0;)
            *keys++ = (unsigned char)(key >> 8 * b);
    }
    return tenure->phrases != NULL;
}

/* An entity with one form is that form. */
static qdx_status make_form(index_part *p, uint32_t i, qdx_entity_row *row, qdx_error *error)
{
    qdx_arena *arena = &p->streams[QDX_STORE_ENTITY].arena;
    qdx_form form = {
        .type = row->type,
        .gender = row->gender,
        .listed = row->listed,
        .id = row->id,
        .name = row->name,
        .country = row->country,
        .alias_count = (uint32_t)row->alias_count,
        .tenure_count = (uint32_t)row->tenure_count,
    };
    form.aliases = qdx_arena_array(arena, form.alias_count, sizeof *form.aliases);
    form.tenures = qdx_arena_array(arena, form.tenure_count, sizeof *form.tenures);
    if (!form.aliases || !form.tenures)
        return qdx_error_memory(error);
    for (uint32_t k = 0; k < form.alias_count; k++)
        form.aliases[k] = qdx_get_text(&row->aliases, NULL);
    if (form.tenure_count && !p->offices_known) {
        qdx_status status = read_offices(p, error);
        if (status != QDX_OK)
            return status;
    }
    for (uint32_t k = 0; k < form.tenure_count; k++) {
        qdx_entity_tenure_next(row, &form.tenures[k]);
        if (!list_phrases(p, office_of(i, k), arena, &form.tenures[k]))
            return qdx_error_memory(error);
    }
    qdx_buffer_clear(&p->form);
    qdx_form_write(&form, &p->form);
    if (p->form.failed)
        return qdx_error_memory(error);
    qdx_bytes bytes = {p->form.bytes, (uint32_t)p->form.size};
    return qdx_vector_push(&p->forms, bytes) ? QDX_OK : qdx_error_memory(error);
}

static qdx_status list_forms(index_part *p, uint32_t i, qdx_entity_row *row, qdx_error *error)
{
    qdx_form_row forms;
    qdx_status status = form_row_at(&p->part, i, &forms, error);
    qdx_vector_clear(&p->forms);
    if (status != QDX_OK)
        return status;
    for (uint32_t k = 0; k < forms.count; k++) {
        uint64_t size = qdx_get_number(&forms.sizes);
        qdx_bytes bytes = {(const char *)qdx_cursor_bytes(&forms.bytes, size), (uint32_t)size};
        if (!bytes.at)
            return qdx_store_broken(QDX_STORE_FORM, i, error);
        if (!qdx_vector_push(&p->forms, bytes))
            return qdx_error_memory(error);
    }
    return forms.count ? QDX_OK : make_form(p, i, row, error);
}

static qdx_status entity_size(qdx_part *part, uint32_t i, uint32_t *spellings, uint32_t *forms,
                              qdx_error *error)
{
    qdx_status status = spellings_at(part, i, spellings, error);
    if (status == QDX_OK)
        status = forms_at(part, i, forms, error);
    if (status == QDX_OK && !*forms)
        *forms = 1; /* the entity itself */
    return status;
}

static qdx_status entity_at(qdx_part *part, uint32_t i, qdx_part_entity *entity, qdx_error *error)
{
    index_part *p = (index_part *)part;
    qdx_entity_row row;
    qdx_status status = entity_row_at(part, i, &row, error);
    qdx_vector_clear(&p->spellings);
    for (uint64_t k = 0; status == QDX_OK && k < row.variant_count; k++) {
        const char *text = qdx_entity_variant_next(&row, NULL);
        qdx_bytes bytes = {text, (uint32_t)strlen(text)};
        if (!qdx_vector_push(&p->spellings, bytes))
            return qdx_error_memory(error);
    }
    if (status == QDX_OK)
        status = list_forms(p, i, &row, error);
    *entity = (qdx_part_entity){
        .id = row.id,
        .type = row.type,
        .form_count = (uint32_t)p->forms.count,
        .spelling_count = (uint32_t)p->spellings.count,
        .forms = p->forms.items,
        .spellings = p->spellings.items,
    };
    return status;
}

static qdx_status next_word(qdx_part *part, uint64_t *key, const uint32_t **quotes, size_t *count,
                            qdx_error *error)
{
    index_part *p = (index_part *)part;
    qdx_table_reader reader;
    qdx_status status = qdx_table_walk_next(&p->words, &reader, error);
    uint64_t value;
    if (status == QDX_END) {
        p->words.bucket = 0;
        p->words.inside = false;
    }
    if (status != QDX_OK)
        return status;
    *key = p->words.bucket << rest_bits(p->index, QDX_STORE_WORD) | reader.key;
    qdx_vector_clear(&p->quotes);
    while (qdx_table_reader_next(&reader, &value, NULL)) {
        uint32_t quote = (uint32_t)value;
        if (!qdx_vector_push(&p->quotes, quote))
            return qdx_error_memory(error);
    }
    if (reader.values.failed)
        return qdx_store_broken(QDX_STORE_WORD, p->words.bucket, error);
    *quotes = p->quotes.items;
    *count = p->quotes.count;
    return QDX_OK;
}

qdx_status qdx_index_part_new(const qdx_index *index, qdx_part **part, qdx_error *error)
{
    *part = NULL;
    index_part *p = calloc(1, sizeof *p);
    if (!p)
        return qdx_error_memory(error);
    p->index = index;
    p->words = (qdx_table_walk){.index = index, .store = QDX_STORE_WORD};
    p->part = (qdx_part){
        .documents = (uint32_t)qdx_store_count(index, QDX_STORE_DOCUMENT),
        .skipped = (uint32_t)qdx_store_count(index, QDX_STORE_SKIPPED),
        .symbols = (uint32_t)qdx_store_count(index, QDX_STORE_SYMBOL),
        .entities = (uint32_t)qdx_store_count(index, QDX_STORE_ENTITY),
        .quotes = (uint32_t)qdx_store_count(index, QDX_STORE_QUOTE),
        .options = (uint32_t)qdx_store_count(index, QDX_STORE_SOURCE),
        .place_at = place_at,
        .document_at = document_at,
        .skipped_at = skipped_at,
        .option_at = option_at,
        .symbol_at = symbol_at,
        .entity_size = entity_size,
        .entity_at = entity_at,
        .mentions_at = mentions_at,
        .quote_use_at = quote_use_at,
        .quote_at = quote_at,
        .speech_at = speech_at,
        .next_word = next_word,
        .free = part_free,
    };
    *part = &p->part;
    return QDX_OK;
}
