/*
 * Walks a whole index: every block against its checksum, the padding, the content against the build
 * id, then every record and every number that refers to another record.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/decode.h"
#include "index/form.h"
#include "index/store.h"
#include "text/unicode.h"

static qdx_status contradiction(qdx_error *error, const char *what)
{
    return qdx_error_set(error, QDX_ERR_DAMAGED, "index contradicts itself: %s", what);
}

static qdx_status verify_blocks(const qdx_index *index, qdx_error *error)
{
    uint64_t file_size, hash = QDX_FORMAT_VERSION;
    const unsigned char *file = qdx_index_raw(index, &file_size);
    qdx_index_info info;
    qdx_index_info_get(index, &info);
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++) {
        const qdx_section *section = qdx_index_section(index, i);
        const unsigned char *bytes = file + section->offset;
        uint64_t size = (section->size + 7) / 8 * 8;
        for (uint64_t at = 0, block = section->first_block; at < size; block++) {
            uint64_t part = size - at < QDX_BLOCK_SIZE ? size - at : QDX_BLOCK_SIZE;
            qdx_status status =
                qdx_index_check_block(index, block, bytes + at, (size_t)part, error);
            if (status != QDX_OK)
                return status;
            at += part;
        }
        for (uint64_t at = section->size; at < size; at++)
            if (bytes[at])
                return contradiction(error, "padding is not zero");
        hash = qdx_hash_mix(hash, qdx_hash_bytes(bytes, (size_t)size));
    }
    return hash == info.build_id ? QDX_OK : contradiction(error, "build id");
}

/* The last bytes of the checksum area before its end: padding, where there is some. */
static qdx_status verify_sums_padding(const qdx_index *index, qdx_error *error)
{
    uint64_t size, blocks = qdx_index_block_count(index);
    const unsigned char *file = qdx_index_raw(index, &size);
    uint64_t rest = blocks % QDX_SUMS_PER_CHUNK, chunks = blocks / QDX_SUMS_PER_CHUNK;
    const unsigned char *pad = file + qdx_index_sums_offset(index) + (blocks + chunks) * 4;
    if (rest && rest % 2 == 0 && (pad[0] | pad[1] | pad[2] | pad[3]))
        return contradiction(error, "padding is not zero");
    return QDX_OK;
}

/* Groups follow one another and fill the store. */
static qdx_status verify_offsets(const qdx_index *index, qdx_store store, qdx_error *error)
{
    const qdx_section *offsets = qdx_index_section(index, qdx_store_offsets(store));
    uint64_t groups = qdx_store_groups(store, offsets->count), last = 0;
    qdx_status status;
    const unsigned char *bytes =
        qdx_index_bytes(index, qdx_store_offsets(store), 0, offsets->size, &status, error);
    if (!bytes)
        return status;
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, bytes, (size_t)offsets->size);
    if (qdx_cursor_u64(&cursor) != 0)
        return qdx_store_broken(store, 0, error);
    for (uint64_t i = 0; i < groups; i++) {
        uint64_t next = qdx_cursor_u64(&cursor);
        if (next < last)
            return qdx_store_broken(store, i, error);
        last = next;
    }
    if (last != qdx_index_section(index, qdx_store_data(store))->size)
        return contradiction(error, "a store's data has another length than its records");
    return QDX_OK;
}

/* What adds up over all rows. */
typedef struct totals {
    const qdx_index *index;
    uint64_t text_bytes, mentions, quotes, entity_mentions, entity_documents, entity_quotes;
    uint64_t posted_documents, about, posted_about;
    char *last_id;
    unsigned last_type;
    qdx_document_row last_document;
    qdx_buffer path;
    qdx_error *error;
} totals;

static bool is_text(const char *text)
{
    return qdx_utf8_valid(text, strlen(text));
}

static qdx_status check_symbols(totals *t, uint64_t i, const void *rows)
{
    const qdx_symbol_row *row = rows;
    return is_text(row->text) ? QDX_OK : qdx_store_broken(QDX_STORE_SYMBOL, i, t->error);
}

/* Documents stand by path and part. */
/* A path is a file's name: bytes, in no encoding. */
static qdx_status check_document(totals *t, uint64_t i, const void *rows)
{
    const qdx_document_row *row = rows;
    int order = i ? strcmp(t->path.bytes, row->path) : -1;
    if (order > 0 || (order == 0 && t->last_document.part >= row->part) || !*row->path ||
        !is_text(row->title) || !is_text(row->url) || !is_text(row->outlet) ||
        !is_text(row->format) || !is_text(row->encoding) || row->copy > i)
        return qdx_store_broken(QDX_STORE_DOCUMENT, i, t->error);
    t->text_bytes += row->text_bytes;
    t->quotes += row->quotes;
    t->last_document = *row;
    qdx_buffer_clear(&t->path);
    qdx_buffer_append(&t->path, row->path, strlen(row->path));
    return qdx_buffer_status(&t->path, t->error);
}

static qdx_status check_entity(totals *t, uint64_t i, const void *rows)
{
    const qdx_entity_row *row = rows;
    int order = i ? strcmp(t->last_id, row->id) : -1;
    if (order > 0 || (order == 0 && t->last_type >= row->type) || !is_text(row->id) ||
        !is_text(row->name))
        return qdx_store_broken(QDX_STORE_ENTITY, i, t->error);
    if (row->first_quote != t->entity_quotes)
        return qdx_store_broken(QDX_STORE_ENTITY, i, t->error);
    uint64_t found = i;
    qdx_status status =
        *row->id ? qdx_entity_find(t->index, row->id, row->type, &found, t->error) : QDX_OK;
    if (status == QDX_END || (status == QDX_OK && found != i))
        status = contradiction(t->error, "an entity is not found by its id");
    if (status != QDX_OK)
        return status;
    t->entity_quotes += row->quotes;
    t->entity_mentions += row->mentions;
    t->entity_documents += row->documents;
    t->last_type = row->type;
    free(t->last_id);
    t->last_id = strdup(row->id);
    return t->last_id ? QDX_OK : qdx_error_memory(t->error);
}

static qdx_status check_form(totals *t, uint64_t i, const void *rows)
{
    qdx_form_row row = *(const qdx_form_row *)rows;
    qdx_arena arena = {0};
    qdx_status status = QDX_OK;
    for (uint32_t k = 0; k < row.count && status == QDX_OK; k++) {
        qdx_form form;
        uint64_t size = qdx_get_number(&row.sizes);
        const unsigned char *bytes = qdx_cursor_bytes(&row.bytes, size);
        status = bytes ? qdx_form_decode(bytes, (size_t)size, &arena, &form, t->error)
                       : qdx_store_broken(QDX_STORE_FORM, i, t->error);
    }
    qdx_arena_release(&arena);
    return status;
}

static qdx_status check_mentions(totals *t, uint64_t i, const void *rows)
{
    const qdx_mentions_row *row = rows;
    qdx_symbol_row symbol;
    t->mentions += row->mention_count;
    for (uint32_t k = 0; k < row->mention_count; k++) {
        const qdx_mention_row *mention = &row->mentions[k];
        qdx_entity_row entity;
        qdx_status status =
            qdx_entity_row_at(t->index, row->pairs[mention->who].entity, &entity, t->error);
        if (status == QDX_OK)
            status = qdx_symbol_row_at(t->index, mention->mark, &symbol, t->error);
        if (status != QDX_OK)
            return status;
        if (mention->spelling >= entity.variant_count || symbol.class != QDX_SYMBOL_MARK)
            return qdx_store_broken(QDX_STORE_MENTION, i, t->error);
    }
    for (uint32_t k = 1; k < row->pair_count; k++)
        if (row->pairs[k].entity <= row->pairs[k - 1].entity)
            return qdx_store_broken(QDX_STORE_MENTION, i, t->error);
    return QDX_OK;
}

/* A quotation is among its speaker's, and those without one stand last. */
static qdx_status check_quote(totals *t, uint64_t i, const void *rows)
{
    const qdx_quote_row *row = rows;
    qdx_entity_row entity;
    qdx_symbol_row cue;
    qdx_status status = qdx_symbol_row_at(t->index, row->cue, &cue, t->error);
    if (status != QDX_OK)
        return status;
    bool fits = cue.class == QDX_SYMBOL_CUE;
    if (row->speaker == UINT32_MAX) {
        fits = fits && i >= t->entity_quotes;
    } else {
        status = qdx_entity_row_at(t->index, row->speaker, &entity, t->error);
        fits = fits && status == QDX_OK && i >= entity.first_quote &&
               i - entity.first_quote < entity.quotes;
    }
    for (uint32_t k = 0; status == QDX_OK && k < row->about_count; k++) {
        uint32_t number;
        status = qdx_quote_about_at(t->index, row, k, &number, t->error);
    }
    t->about += row->about_count;
    return status != QDX_OK || fits ? status : qdx_store_broken(QDX_STORE_QUOTE, i, t->error);
}

static qdx_status check_speech(totals *t, uint64_t i, const void *rows)
{
    const qdx_speech_row *row = rows;
    return is_text(row->text) && is_text(row->as_written)
               ? QDX_OK
               : qdx_store_broken(QDX_STORE_SPEECH, i, t->error);
}

static qdx_status check_posting(totals *t, uint64_t i, const void *rows)
{
    const qdx_posting_row *row = rows;
    qdx_posting_reader documents, about;
    uint64_t value;
    qdx_posting_reader_init(&documents, row->documents, row->document_count,
                            qdx_store_count(t->index, QDX_STORE_DOCUMENT));
    qdx_posting_reader_init(&about, row->quotes, row->quote_count,
                            qdx_store_count(t->index, QDX_STORE_QUOTE));
    while (qdx_posting_reader_next(&documents, &value))
        ;
    while (qdx_posting_reader_next(&about, &value))
        ;
    t->posted_documents += row->document_count;
    t->posted_about += row->quote_count;
    return documents.cursor.failed || about.cursor.failed
               ? qdx_store_broken(QDX_STORE_POSTING, i, t->error)
               : QDX_OK;
}

static qdx_status check_nothing(totals *t, uint64_t i, const void *rows)
{
    (void)t;
    (void)i;
    (void)rows;
    return QDX_OK;
}

/* In this order: entities are asked for by what follows. */
static const struct {
    qdx_store store;
    size_t size;
    qdx_status (*check)(totals *t, uint64_t i, const void *row);
} checks[] = {
    {QDX_STORE_SOURCE, sizeof(qdx_source_row), check_nothing},
    {QDX_STORE_SKIPPED, sizeof(qdx_skipped_row), check_nothing},
    {QDX_STORE_DOCUMENT, sizeof(qdx_document_row), check_document},
    {QDX_STORE_SYMBOL, sizeof(qdx_symbol_row), check_symbols},
    {QDX_STORE_ENTITY, sizeof(qdx_entity_row), check_entity},
    {QDX_STORE_FORM, sizeof(qdx_form_row), check_form},
    {QDX_STORE_MENTION, sizeof(qdx_mentions_row), check_mentions},
    {QDX_STORE_QUOTE, sizeof(qdx_quote_row), check_quote},
    {QDX_STORE_SPEECH, sizeof(qdx_speech_row), check_speech},
    {QDX_STORE_POSTING, sizeof(qdx_posting_row), check_posting},
};

/* Every record of a store, group after group; nothing of them is kept. */
static qdx_status verify_rows(totals *t, size_t check)
{
    qdx_store store = checks[check].store;
    qdx_arena arena = {0};
    qdx_status status = QDX_OK;
    uint64_t number = 0, groups = qdx_store_groups(store, qdx_store_count(t->index, store));
    for (uint64_t group = 0; group < groups && status == QDX_OK; group++) {
        const void *rows;
        size_t count = 0;
        qdx_arena_reset(&arena);
        status = qdx_rows_read(t->index, store, group, &arena, &rows, &count, t->error);
        for (size_t i = 0; i < count && status == QDX_OK; i++)
            status = checks[check].check(t, number++, (const char *)rows + i * checks[check].size);
    }
    qdx_arena_release(&arena);
    return status;
}

/* Every key of a table, and what it leads to. */
static qdx_status verify_table(const qdx_index *index, qdx_store store, uint64_t *keys,
                               qdx_error *error)
{
    qdx_table_walk walk = {.index = index, .store = store};
    qdx_table_reader reader;
    qdx_status status;
    uint64_t last_bucket = UINT64_MAX, last_key = 0, value, tenure;
    *keys = 0;
    while ((status = qdx_table_walk_next(&walk, &reader, error)) == QDX_OK) {
        if (walk.bucket == last_bucket && reader.key <= last_key)
            status = qdx_store_broken(store, walk.bucket, error);
        last_bucket = walk.bucket;
        last_key = reader.key;
        bool office = store == QDX_STORE_NAME && reader.office;
        while (status == QDX_OK && qdx_table_reader_next(&reader, &value, &tenure)) {
            qdx_entity_row row = {0};
            if (office)
                status = qdx_entity_row_at(index, value, &row, error);
            if (status == QDX_OK && office && tenure >= row.tenure_count)
                status = qdx_store_broken(store, walk.bucket, error);
        }
        if (status == QDX_OK && reader.values.failed)
            status = qdx_store_broken(store, walk.bucket, error);
        if (status != QDX_OK)
            break;
        ++*keys;
    }
    qdx_table_walk_release(&walk);
    return status == QDX_END ? QDX_OK : status;
}

static qdx_status verify_totals(const totals *t, const qdx_index_info *info)
{
    if (t->text_bytes != info->text_bytes || t->mentions != info->mentions ||
        t->quotes != info->quotes)
        return contradiction(t->error, "totals of the documents");
    if (t->entity_mentions != info->mentions || t->entity_documents != t->posted_documents ||
        t->about != t->posted_about)
        return contradiction(t->error, "totals of the entities");
    return QDX_OK;
}

qdx_status qdx_index_verify(const qdx_index *index, qdx_error *error)
{
    qdx_index_info info;
    uint64_t names, words = 0;
    totals t = {.index = index, .error = error};
    qdx_index_info_get(index, &info);
    qdx_status status = verify_blocks(index, error);
    if (status == QDX_OK)
        status = verify_sums_padding(index, error);
    for (unsigned store = 0; store < QDX_STORE_COUNT && status == QDX_OK; store++)
        status = verify_offsets(index, (qdx_store)store, error);
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && status == QDX_OK; i++)
        status = verify_rows(&t, i);
    if (status == QDX_OK)
        status = verify_table(index, QDX_STORE_NAME, &names, error);
    if (status == QDX_OK)
        status = verify_table(index, QDX_STORE_WORD, &words, error);
    if (status == QDX_OK && words != info.words)
        status = contradiction(error, "number of words");
    if (status == QDX_OK)
        status = verify_totals(&t, &info);
    free(t.last_id);
    qdx_buffer_release(&t.path);
    return status;
}
