/*
 * Walks a whole index: every block against its checksum, the padding, the content against the build
 * id, then every record and every number that refers to another record.
 */
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/decode.h"
#include "index/dictionary.h"
#include "index/record.h"
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
    const unsigned char *pad = file + QDX_HEADER_SIZE + (blocks + chunks) * 4;
    if (rest && rest % 2 == 0 && (pad[0] | pad[1] | pad[2] | pad[3]))
        return contradiction(error, "padding is not zero");
    return QDX_OK;
}

/* A group holds its records and nothing else. */
static qdx_status verify_group(const qdx_index *index, qdx_store store, uint64_t group,
                               uint64_t records, qdx_error *error)
{
    qdx_cursor cursor;
    qdx_status status = qdx_store_group_at(index, store, group, &cursor, error);
    if (status != QDX_OK)
        return status;
    for (; records && !cursor.failed; records--)
        qdx_cursor_string(&cursor, &(size_t){0});
    return cursor.failed || qdx_cursor_left(&cursor) ? qdx_store_broken(store, group, error)
                                                     : QDX_OK;
}

/* Offsets begin at 0, never fall and end where the data ends. */
static qdx_status verify_store(const qdx_index *index, qdx_store store, qdx_error *error)
{
    const qdx_section *offsets = qdx_index_section(index, qdx_store_offsets(store));
    uint64_t groups = qdx_store_groups(store, offsets->count), left = offsets->count;
    qdx_status status;
    const unsigned char *bytes =
        qdx_index_bytes(index, qdx_store_offsets(store), 0, offsets->size, &status, error);
    if (!bytes)
        return status;
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, bytes, (size_t)offsets->size);
    uint64_t last = qdx_cursor_u64(&cursor);
    if (last != 0)
        return qdx_store_broken(store, 0, error);
    for (uint64_t i = 0; i < groups; i++) {
        uint64_t next = qdx_cursor_u64(&cursor), records = qdx_store_layouts[store].records;
        if (next < last)
            return qdx_store_broken(store, i, error);
        last = next;
        status = verify_group(index, store, i, left < records ? left : records, error);
        if (status != QDX_OK)
            return status;
        left -= left < records ? left : records;
    }
    if (last != qdx_index_section(index, qdx_store_data(store))->size)
        return contradiction(error, "a store's data has another length than its records");
    return QDX_OK;
}

static bool is_text(const char *text)
{
    return qdx_utf8_valid(text, strlen(text));
}

/* Are so many of the entity's quotations indirect, and all of them its own? */
static qdx_status verify_quotes_of(const qdx_index *index, uint64_t entity,
                                   const qdx_entity_row *row, qdx_error *error)
{
    uint64_t reported = 0;
    for (uint64_t i = 0; i < row->quotes; i++) {
        qdx_fact_row fact;
        qdx_status status = qdx_fact_row_at(index, row->first_quote + i, &fact, error);
        if (status != QDX_OK)
            return status;
        if (fact.speaker != entity)
            return qdx_store_broken(QDX_STORE_ENTITY, entity, error);
        reported += fact.kind == QDX_QUOTE_INDIRECT;
    }
    return reported == row->reported ? QDX_OK : qdx_store_broken(QDX_STORE_ENTITY, entity, error);
}

static qdx_status verify_entity(const qdx_index *index, uint64_t i, uint64_t *next_quote,
                                uint64_t *mentions, qdx_error *error)
{
    qdx_entity_row row;
    qdx_posting_reader documents, about;
    qdx_status status = qdx_entity_row_at(index, i, &row, error);
    if (status == QDX_OK)
        status = qdx_postings_at(index, i, &documents, &about, error);
    if (status == QDX_OK)
        status = verify_quotes_of(index, i, &row, error);
    if (status != QDX_OK)
        return status;
    uint64_t value;
    if (documents.left != row.documents || (row.quotes && row.first_quote != *next_quote))
        return qdx_store_broken(QDX_STORE_ENTITY, i, error);
    *next_quote += row.quotes;
    *mentions += row.mentions;
    while (qdx_posting_reader_next(&about, &value))
        ;
    if (about.cursor.failed || qdx_cursor_left(&about.cursor))
        return qdx_store_broken(QDX_STORE_POSTING, i, error);
    return is_text(row.id) && is_text(row.name) ? QDX_OK
                                                : qdx_store_broken(QDX_STORE_ENTITY, i, error);
}

static qdx_status verify_entities(const qdx_index *index, const qdx_index_info *info,
                                  qdx_error *error)
{
    uint64_t next_quote = 0, mentions = 0;
    qdx_status status = QDX_OK;
    for (uint64_t i = 0; i < info->entities && status == QDX_OK; i++)
        status = verify_entity(index, i, &next_quote, &mentions, error);
    if (status == QDX_OK && mentions != info->mentions)
        return contradiction(error, "number of mentions");
    qdx_fact_row fact;
    for (uint64_t i = 0; i < info->quotes && status == QDX_OK; i++) {
        status = qdx_fact_row_at(index, i, &fact, error);
        if (status == QDX_OK && (fact.speaker == UINT32_MAX) != (i >= next_quote))
            return contradiction(error, "order of quotations");
    }
    return status;
}

static qdx_status verify_document(const qdx_index *index, uint64_t i, qdx_document_row *row,
                                  qdx_error *error)
{
    qdx_mention_reader reader;
    qdx_mention_row mention = {0};
    qdx_status status = qdx_document_row_at(index, i, row, error);
    if (status == QDX_OK)
        status = qdx_mention_reader_open(index, i, &reader, error);
    if (status != QDX_OK)
        return status;
    if (reader.left != row->mentions || !is_text(row->path) || !is_text(row->title) ||
        !is_text(row->url) || !is_text(row->outlet))
        return qdx_store_broken(QDX_STORE_DOCUMENT, i, error);
    while (status == QDX_OK) {
        qdx_entity_row entity;
        status = qdx_mention_reader_next(&reader, &mention, error);
        if (status == QDX_OK)
            status = qdx_entity_row_at(index, mention.entity, &entity, error);
        if (status == QDX_OK && mention.spelling >= entity.variant_count)
            status = qdx_store_broken(QDX_STORE_MENTION, i, error);
    }
    return status == QDX_END ? QDX_OK : status;
}

static qdx_status verify_documents(const qdx_index *index, const qdx_index_info *info,
                                   qdx_error *error)
{
    uint64_t bytes = 0, mentions = 0, quotes = 0;
    for (uint64_t i = 0; i < info->documents; i++) {
        qdx_document_row row;
        qdx_status status = verify_document(index, i, &row, error);
        if (status != QDX_OK)
            return status;
        bytes += row.text_bytes;
        mentions += row.mentions;
        quotes += row.quotes;
    }
    if (bytes != info->text_bytes || mentions != info->mentions || quotes != info->quotes)
        return contradiction(error, "totals of the documents");
    return QDX_OK;
}

static qdx_status verify_quotes(const qdx_index *index, const qdx_index_info *info,
                                qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (uint64_t i = 0; i < info->quotes && status == QDX_OK; i++) {
        qdx_fact_row fact;
        qdx_document_row document;
        qdx_quote_row row;
        status = qdx_fact_row_at(index, i, &fact, error);
        if (status == QDX_OK)
            status = qdx_document_row_at(index, fact.document, &document, error);
        if (status == QDX_OK && document.date != fact.date)
            return qdx_store_broken(QDX_STORE_QUOTE, i, error);
        if (status == QDX_OK)
            status = qdx_quote_row_at(index, i, &row, error);
        if (status == QDX_OK && !(is_text(row.text) && is_text(row.before) && is_text(row.after) &&
                                  is_text(row.as_written) && is_text(row.cue)))
            status = qdx_store_broken(QDX_STORE_QUOTE, i, error);
    }
    return status;
}

/* Names: every entry's entity exists. Words have no payload. */
static bool payload_fits(const qdx_dictionary_walk *walk, uint64_t entities)
{
    qdx_cursor c = walk->payload;
    if (walk->store == QDX_STORE_WORD)
        return qdx_cursor_left(&c) == 0;
    uint64_t count = qdx_get_count(&c), entity = 0;
    for (uint64_t i = 0; i < count && !c.failed; i++) {
        entity += qdx_cursor_varint_max(&c, UINT32_MAX);
        if (walk->key.bytes[0] == QDX_KEY_OFFICE) {
            qdx_cursor_varint_max(&c, UINT32_MAX);
            qdx_cursor_varint_max(&c, UINT32_MAX);
        }
        if (entity >= entities)
            return false;
    }
    return !c.failed && qdx_cursor_left(&c) == 0;
}

static qdx_status verify_dictionary(const qdx_index *index, qdx_store store, uint64_t *keys,
                                    qdx_error *error)
{
    qdx_dictionary_walk walk = {0};
    qdx_buffer last = {0};
    uint64_t entities = qdx_store_count(index, QDX_STORE_ENTITY);
    *keys = 0;
    qdx_status status = qdx_dictionary_walk_seek(&walk, index, store, "", 0, error);
    while (status == QDX_OK && (status = qdx_dictionary_walk_next(&walk, error)) == QDX_OK) {
        size_t size = last.size < walk.key.size ? last.size : walk.key.size;
        int order = *keys && size ? memcmp(last.bytes, walk.key.bytes, size) : 0;
        if (walk.ordinal != *keys || walk.key.size == 0 || !payload_fits(&walk, entities) ||
            order > 0 || (order == 0 && *keys && last.size >= walk.key.size))
            status = qdx_store_broken(store, walk.group, error);
        ++*keys;
        qdx_buffer_clear(&last);
        qdx_buffer_append(&last, walk.key.bytes, walk.key.size);
        if (status == QDX_OK)
            status = qdx_buffer_status(&last, error);
    }
    qdx_dictionary_walk_release(&walk);
    qdx_buffer_release(&last);
    return status == QDX_END ? QDX_OK : status;
}

static qdx_status verify_word_posting(const qdx_index *index, uint64_t i, qdx_error *error)
{
    qdx_cursor c;
    qdx_status status = qdx_store_at(index, QDX_STORE_WORD_POSTING, i, &c, error);
    if (status != QDX_OK)
        return status;
    qdx_posting_reader quotes;
    uint64_t quote;
    qdx_posting_reader_init(&quotes, &c, qdx_store_count(index, QDX_STORE_QUOTE));
    if (!quotes.left)
        return qdx_store_broken(QDX_STORE_WORD_POSTING, i, error);
    while (qdx_posting_reader_next(&quotes, &quote))
        ;
    if (quotes.cursor.failed || qdx_cursor_left(&quotes.cursor))
        return qdx_store_broken(QDX_STORE_WORD_POSTING, i, error);
    return QDX_OK;
}

static qdx_status verify_rest(const qdx_index *index, const qdx_index_info *info, qdx_error *error)
{
    uint64_t keys;
    const char *path, *reason;
    qdx_status status = verify_dictionary(index, QDX_STORE_NAME, &keys, error);
    if (status == QDX_OK)
        status = verify_dictionary(index, QDX_STORE_WORD, &keys, error);
    if (status == QDX_OK && keys != info->words)
        return contradiction(error, "number of words");
    for (uint64_t i = 0; i < info->words && status == QDX_OK; i++)
        status = verify_word_posting(index, i, error);
    for (uint64_t i = 0; i < info->skipped && status == QDX_OK; i++)
        status = qdx_index_skipped_at(index, i, &path, &reason, error);
    for (uint64_t i = 0; i < qdx_store_count(index, QDX_STORE_SYMBOL) && status == QDX_OK; i++)
        status = qdx_symbol_at(index, i, &path, NULL, error);
    return status;
}

qdx_status qdx_index_verify(const qdx_index *index, qdx_error *error)
{
    qdx_index_info info;
    qdx_index_info_get(index, &info);
    qdx_status status = verify_blocks(index, error);
    if (status == QDX_OK)
        status = verify_sums_padding(index, error);
    for (unsigned store = 0; store < QDX_STORE_COUNT && status == QDX_OK; store++)
        status = verify_store(index, (qdx_store)store, error);
    if (status == QDX_OK)
        status = verify_entities(index, &info, error);
    if (status == QDX_OK)
        status = verify_documents(index, &info, error);
    if (status == QDX_OK)
        status = verify_quotes(index, &info, error);
    if (status == QDX_OK)
        status = verify_rest(index, &info, error);
    return status;
}
