/*
 * An index file as a part: each store is read group by group, and only the group in hand is kept.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/vector.h"
#include "index/form.h"
#include "index/part.h"
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
    stream streams[QDX_STORE_COUNT];
    qdx_table_walk words;
    QDX_VECTOR(uint32_t) quotes; /* of the word read last */
    QDX_VECTOR(qdx_bytes) forms, spellings;
    qdx_buffer form;
} index_part;

static void part_free(qdx_part *part)
{
    index_part *p = (index_part *)part;
    for (unsigned i = 0; i < QDX_STORE_COUNT; i++)
        qdx_arena_release(&p->streams[i].arena);
    qdx_table_walk_release(&p->words);
    qdx_vector_release(&p->quotes);
    qdx_vector_release(&p->forms);
    qdx_vector_release(&p->spellings);
    qdx_buffer_release(&p->form);
    free(p);
}

/* Brings the group of record i into hand; where the record stands in it. */
static qdx_status seek(index_part *p, qdx_store store, uint32_t i, size_t *place, qdx_error *error)
{
    stream *s = &p->streams[store];
    unsigned records = qdx_store_layouts[store].records;
    uint64_t group = i / records;
    *place = i % records;
    if (s->group == group + 1)
        return QDX_OK;
    s->group = 0;
    qdx_arena_reset(&s->arena);
    qdx_status status =
        qdx_rows_read(p->index, store, group, &s->arena, &s->rows, &s->count, error);
    if (status == QDX_OK)
        s->group = group + 1;
    return status;
}

#define ROW_AT(name, type, store)                                                                  \
    static qdx_status name(qdx_part *part, uint32_t i, type *row, qdx_error *error)                \
    {                                                                                              \
        size_t place;                                                                              \
        index_part *p = (index_part *)part;                                                        \
        qdx_status status = seek(p, store, i, &place, error);                                      \
        if (status == QDX_OK)                                                                      \
            *row = ((const type *)p->streams[store].rows)[place];                                  \
        return status;                                                                             \
    }

ROW_AT(document_at, qdx_document_row, QDX_STORE_DOCUMENT)
ROW_AT(skipped_at, qdx_skipped_row, QDX_STORE_SKIPPED)
ROW_AT(option_at, qdx_source_row, QDX_STORE_SOURCE)
ROW_AT(symbol_at, qdx_symbol_row, QDX_STORE_SYMBOL)
ROW_AT(mentions_at, qdx_mentions_row, QDX_STORE_MENTION)
ROW_AT(quote_at, qdx_quote_row, QDX_STORE_QUOTE)
ROW_AT(entity_row_at, qdx_entity_row, QDX_STORE_ENTITY)
ROW_AT(form_row_at, qdx_form_row, QDX_STORE_FORM)
ROW_AT(speech_at, qdx_speech_row, QDX_STORE_SPEECH)

/* An entity with one form is that form. */
static qdx_status make_form(index_part *p, qdx_entity_row *row, qdx_error *error)
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
    for (uint32_t k = 0; k < form.tenure_count; k++)
        qdx_entity_tenure_next(row, &form.tenures[k]);
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
        uint64_t size = qdx_cursor_varint(&forms.sizes);
        qdx_bytes bytes = {(const char *)qdx_cursor_bytes(&forms.bytes, size), (uint32_t)size};
        if (!bytes.at)
            return qdx_store_broken(QDX_STORE_FORM, i, error);
        if (!qdx_vector_push(&p->forms, bytes))
            return qdx_error_memory(error);
    }
    return forms.count ? QDX_OK : make_form(p, row, error);
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
    unsigned bits = 0;
    while ((uint64_t)1 << bits < qdx_store_count(p->index, QDX_STORE_WORD))
        bits++;
    *key = p->words.bucket << (QDX_KEY_BITS - bits) | reader.key;
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
        .document_at = document_at,
        .skipped_at = skipped_at,
        .option_at = option_at,
        .symbol_at = symbol_at,
        .entity_at = entity_at,
        .mentions_at = mentions_at,
        .quote_at = quote_at,
        .speech_at = speech_at,
        .next_word = next_word,
        .free = part_free,
    };
    *part = &p->part;
    return QDX_OK;
}
