/*
 * Opens index files and hands out verified bytes. Opening reads the header alone; everything else
 * is checked on the way to its first reader. The bitmap of verified blocks only ever gains bits, so
 * threads that race for one verify it twice and agree.
 */
#include "index/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/error.h"
#include "base/file.h"
#include "index/decisions.h"
#include "index/decode.h"

struct qdx_index {
    qdx_file_map map; /* empty when opened from memory */
    const unsigned char *bytes;
    uint64_t size;
    unsigned flags;
    qdx_index_info info;
    uint64_t sums_offset, sums_size, block_count, chunk_count;
    uint64_t cues, marks; /* symbols of these classes; the others are manners */
    qdx_section sections[QDX_SECTION_COUNT];
    qdx_group_slot *slots[QDX_VIEW_COUNT]; /* of stores and of views */
    _Atomic uint64_t *verified; /* a bit for each block, then one for each chunk of checksums */
    const qdx_given_names *given;
    qdx_decisions *decisions;
    char path[512];
};

void qdx_index_set_given_names(qdx_index *index, const qdx_given_names *given)
{
    index->given = given;
}

const qdx_decisions *qdx_index_decisions(const qdx_index *index)
{
    return index->decisions;
}

void qdx_index_take_decisions(qdx_index *index, qdx_decisions *decisions)
{
    qdx_decisions_free(index->decisions);
    index->decisions = decisions;
}

const qdx_given_names *qdx_index_given_names(const qdx_index *index)
{
    return index->given;
}

/* Sets the error, with file and hint. */
static qdx_status damaged(const qdx_index *index, uint64_t offset, qdx_error *error,
                          const char *what)
{
    qdx_error_set(error, QDX_ERR_DAMAGED, "%s", what);
    qdx_error_at(error, index->path, 0);
    qdx_error_hint(error, "restore the file or build the index again");
    if (error)
        error->offset = offset;
    return QDX_ERR_DAMAGED;
}

static uint64_t blocks_of(uint64_t size)
{
    return size / QDX_BLOCK_SIZE + (size % QDX_BLOCK_SIZE != 0);
}

static uint64_t padded(uint64_t size)
{
    return (size + 7) / 8 * 8;
}

/* Bytes of the checksum area for `blocks` blocks: whole chunks, then the rest with its padding. */
static uint64_t sums_size_for(uint64_t blocks)
{
    uint64_t rest = blocks % QDX_SUMS_PER_CHUNK;
    uint64_t size = blocks / QDX_SUMS_PER_CHUNK * (QDX_SUMS_PER_CHUNK + 1) * 4;
    return rest ? size + padded((rest + 1) * 4) : size;
}

/* What says whether this is an index we can read at all, before any checksum is believed. */
static qdx_status check_kind(qdx_index *index, qdx_error *error)
{
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, index->bytes, index->size);
    const unsigned char *magic = qdx_cursor_bytes(&cursor, sizeof qdx_format_magic);
    qdx_status status = QDX_OK;
    if (!magic || memcmp(magic, qdx_format_magic, sizeof qdx_format_magic) != 0)
        status = qdx_error_set(error, QDX_ERR_FORMAT, "this is no quotedex index");
    else if ((index->info.format_version = qdx_cursor_u32(&cursor)) != QDX_FORMAT_VERSION)
        status = qdx_error_set(error, QDX_ERR_VERSION, "index has format %u, this program reads %u",
                               index->info.format_version, QDX_FORMAT_VERSION);
    else if (qdx_cursor_u32(&cursor) != QDX_FORMAT_BYTE_ORDER || index->size < QDX_HEADER_SIZE)
        return damaged(index, 8, error, "index header is damaged");
    if (status == QDX_ERR_VERSION)
        qdx_error_hint(error, "build the index again, or use the program that wrote it");
    if (status != QDX_OK)
        qdx_error_at(error, index->path, 0);
    return status;
}

static void read_counts(qdx_index *index, qdx_cursor *cursor)
{
    qdx_index_info *info = &index->info;
    info->file_size = qdx_cursor_u64(cursor);
    info->build_id = qdx_cursor_u64(cursor);
    info->documents = qdx_cursor_u64(cursor);
    info->text_bytes = qdx_cursor_u64(cursor);
    info->entities = qdx_cursor_u64(cursor);
    info->mentions = qdx_cursor_u64(cursor);
    info->quotes = qdx_cursor_u64(cursor);
    info->words = qdx_cursor_u64(cursor);
    info->skipped = qdx_cursor_u64(cursor);
    index->cues = qdx_cursor_u64(cursor);
    index->marks = qdx_cursor_u64(cursor);
    info->first = qdx_date_unpack(qdx_cursor_u32(cursor));
    info->last = qdx_date_unpack(qdx_cursor_u32(cursor));
}

/* The sections follow each other without gaps and fill the file. */
static bool read_sections(qdx_index *index, qdx_cursor *cursor)
{
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++) {
        qdx_section *section = &index->sections[i];
        section->offset = qdx_cursor_u64(cursor);
        section->size = qdx_cursor_u64(cursor);
        section->count = qdx_cursor_u64(cursor);
        section->first_block = qdx_cursor_u64(cursor);
        if (section->size > index->size || section->first_block != index->block_count)
            return false;
        index->block_count += blocks_of(padded(section->size));
    }
    index->chunk_count = (index->block_count + QDX_SUMS_PER_CHUNK - 1) / QDX_SUMS_PER_CHUNK;
    if (index->sums_size != sums_size_for(index->block_count))
        return false;
    uint64_t offset = QDX_HEADER_SIZE;
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++) {
        if (index->sections[i].offset != offset)
            return false;
        offset += padded(index->sections[i].size);
    }
    return offset == index->sums_offset && offset + index->sums_size == index->size;
}

static bool counts_agree(const qdx_index *index)
{
    const qdx_index_info *info = &index->info;
    const struct {
        unsigned store;
        uint64_t count;
    } expected[] = {
        {QDX_STORE_SKIPPED, info->skipped},   {QDX_STORE_DOCUMENT, info->documents},
        {QDX_STORE_ENTITY, info->entities},   {QDX_STORE_FORM, info->entities},
        {QDX_STORE_MENTION, info->documents}, {QDX_STORE_QUOTE, info->quotes},
        {QDX_STORE_SPEECH, info->quotes},     {QDX_STORE_POSTING, info->entities},
    };
    for (unsigned store = 0; store < QDX_STORE_COUNT; store++) {
        const qdx_section *offsets = &index->sections[qdx_store_offsets((qdx_store)store)];
        uint64_t count = index->sections[qdx_store_data((qdx_store)store)].count;
        bool table = !qdx_store_layouts[store].records;
        if (offsets->count != count || count >= UINT32_MAX || (table && (count & (count - 1))) ||
            offsets->size != (qdx_store_groups((qdx_store)store, count) + 1) * 8)
            return false;
    }
    uint64_t symbols = qdx_store_count(index, QDX_STORE_SYMBOL);
    if (index->cues > symbols || index->marks > symbols - index->cues)
        return false;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        if (qdx_store_count(index, (qdx_store)expected[i].store) != expected[i].count)
            return false;
    return true;
}

static qdx_status read_header(qdx_index *index, qdx_error *error)
{
    qdx_status status = check_kind(index, error);
    if (status != QDX_OK)
        return status;
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, index->bytes + QDX_HEADER_SIZE - 8, 8);
    uint32_t zero = qdx_cursor_u32(&cursor), sum = qdx_cursor_u32(&cursor);
    if (!(index->flags & QDX_INDEX_TRUST) &&
        (zero || sum != qdx_crc32c(0, index->bytes, QDX_HEADER_SIZE - 4)))
        return damaged(index, 0, error, "index header is damaged");
    qdx_cursor_init(&cursor, index->bytes + 16, QDX_HEADER_SIZE - 16);
    read_counts(index, &cursor);
    if (index->info.file_size != index->size)
        return damaged(index, index->size, error,
                       index->info.file_size > index->size ? "index is cut short"
                                                           : "index has bytes after its end");
    uint32_t block_size = qdx_cursor_u32(&cursor), sections = qdx_cursor_u32(&cursor);
    index->sums_offset = qdx_cursor_u64(&cursor);
    index->sums_size = qdx_cursor_u64(&cursor);
    if (block_size != QDX_BLOCK_SIZE || sections != QDX_SECTION_COUNT ||
        !read_sections(index, &cursor) || !counts_agree(index))
        return damaged(index, 0, error, "index header contradicts itself");
    return QDX_OK;
}

/* Room to remember what was verified and opened; untouched pages of it cost nothing. */
static qdx_status make_memory(qdx_index *index, qdx_error *error)
{
    size_t words = (size_t)((index->block_count + index->chunk_count) / 64 + 1);
    index->verified = calloc(words, sizeof *index->verified);
    if (!index->verified)
        return qdx_error_memory(error);
    for (unsigned i = 0; i < QDX_VIEW_COUNT; i++) {
        qdx_store store = qdx_view_store(i);
        uint64_t groups = qdx_store_groups(store, qdx_store_count(index, store));
        index->slots[i] = calloc((size_t)groups + 1, sizeof *index->slots[i]);
        if (!index->slots[i])
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

static qdx_status finish_open(qdx_index *index, qdx_index **out, qdx_error *error)
{
    qdx_status status = read_header(index, error);
    if (status == QDX_OK)
        status = make_memory(index, error);
    if (status == QDX_OK)
        *out = index;
    else
        qdx_index_close(index);
    return status;
}

qdx_status qdx_index_open(const char *path, qdx_index **out, qdx_error *error)
{
    *out = NULL;
    qdx_index *index = calloc(1, sizeof *index);
    if (!index)
        return qdx_error_memory(error);
    size_t length = strlen(path);
    memcpy(index->path, path, length < sizeof index->path ? length : sizeof index->path - 1);
    qdx_status status = qdx_file_map_open(path, &index->map, error);
    if (status != QDX_OK) {
        free(index);
        return status;
    }
    index->bytes = index->map.bytes;
    index->size = index->map.size;
    return finish_open(index, out, error);
}

qdx_status qdx_index_open_memory(const void *bytes, size_t size, unsigned flags, qdx_index **out,
                                 qdx_error *error)
{
    *out = NULL;
    qdx_index *index = calloc(1, sizeof *index);
    if (!index)
        return qdx_error_memory(error);
    index->bytes = bytes;
    index->size = size;
    index->flags = flags;
    return finish_open(index, out, error);
}

static void close_group(qdx_opened_group *group)
{
    if (group)
        qdx_arena_release(&group->arena);
    free(group);
}

void qdx_index_close(qdx_index *index)
{
    if (!index)
        return;
    for (unsigned i = 0; i < QDX_VIEW_COUNT; i++) {
        qdx_store store = qdx_view_store(i);
        uint64_t groups = qdx_store_groups(store, qdx_store_count(index, store));
        for (uint64_t k = 0; index->slots[i] && k < groups; k++)
            close_group(atomic_load(&index->slots[i][k]));
        free(index->slots[i]);
    }
    if (index->map.bytes)
        qdx_file_map_close(&index->map);
    qdx_decisions_free(index->decisions);
    free(index->verified);
    free(index);
}

const qdx_section *qdx_index_section(const qdx_index *index, unsigned section)
{
    return &index->sections[section];
}

qdx_group_slot *qdx_index_slots(const qdx_index *index, unsigned view)
{
    return index->slots[view];
}

uint64_t qdx_index_first_symbol(const qdx_index *index, unsigned class)
{
    return (class > QDX_SYMBOL_CUE ? index->cues : 0) +
           (class > QDX_SYMBOL_MARK ? index->marks : 0);
}

uint64_t qdx_index_block_count(const qdx_index *index)
{
    return index->block_count;
}

uint64_t qdx_index_sums_offset(const qdx_index *index)
{
    return index->sums_offset;
}

const unsigned char *qdx_index_raw(const qdx_index *index, uint64_t *size)
{
    *size = index->size;
    return index->bytes;
}

static bool is_verified(const qdx_index *index, uint64_t bit)
{
    return atomic_load_explicit(&index->verified[bit / 64], memory_order_acquire) >> bit % 64 & 1;
}

static void set_verified(const qdx_index *index, uint64_t bit)
{
    atomic_fetch_or_explicit(&index->verified[bit / 64], (uint64_t)1 << bit % 64,
                             memory_order_release);
}

static uint32_t load_u32(const unsigned char *bytes)
{
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, bytes, 4);
    return qdx_cursor_u32(&cursor);
}

/* Verifies a chunk of checksums; its last four bytes are the checksum of the others. */
static qdx_status check_chunk(const qdx_index *index, uint64_t chunk, qdx_error *error)
{
    const uint64_t whole = (QDX_SUMS_PER_CHUNK + 1) * 4;
    uint64_t at = chunk * whole;
    uint64_t size = index->sums_size - at < whole ? index->sums_size - at : whole;
    const unsigned char *bytes = index->bytes + index->sums_offset + at;
    if (is_verified(index, index->block_count + chunk))
        return QDX_OK;
    if (load_u32(bytes + size - 4) !=
        qdx_block_checksum(index->info.build_id, ~chunk, qdx_crc32c(0, bytes, (size_t)size - 4)))
        return damaged(index, index->sums_offset + at, error, "checksums of the index are damaged");
    set_verified(index, index->block_count + chunk);
    return QDX_OK;
}

qdx_status qdx_index_check_block(const qdx_index *index, uint64_t block, const unsigned char *bytes,
                                 size_t size, qdx_error *error)
{
    if (index->flags & QDX_INDEX_TRUST)
        return QDX_OK;
    uint64_t chunk = block / QDX_SUMS_PER_CHUNK;
    qdx_status status = check_chunk(index, chunk, error);
    if (status != QDX_OK)
        return status;
    /* Each chunk before this one holds one number more than blocks: its own checksum. */
    uint64_t at = index->sums_offset + (block + chunk) * 4;
    if (load_u32(index->bytes + at) ==
        qdx_block_checksum(index->info.build_id, block, qdx_crc32c(0, bytes, size)))
        return QDX_OK;
    return damaged(index, (uint64_t)(bytes - index->bytes), error,
                   "a block of the index is damaged");
}

const unsigned char *qdx_index_bytes(const qdx_index *index, unsigned number, uint64_t offset,
                                     uint64_t size, qdx_status *status, qdx_error *error)
{
    const qdx_section *section = &index->sections[number];
    if (offset > section->size || size > section->size - offset) {
        *status = damaged(index, section->offset, error, "a record reaches past its section");
        return NULL;
    }
    uint64_t last = size ? (offset + size - 1) / QDX_BLOCK_SIZE : offset / QDX_BLOCK_SIZE;
    for (uint64_t i = offset / QDX_BLOCK_SIZE; size && i <= last; i++) {
        uint64_t block = section->first_block + i, start = i * QDX_BLOCK_SIZE;
        uint64_t rest = padded(section->size) - start;
        if (is_verified(index, block))
            continue;
        *status =
            qdx_index_check_block(index, block, index->bytes + section->offset + start,
                                  rest < QDX_BLOCK_SIZE ? (size_t)rest : QDX_BLOCK_SIZE, error);
        if (*status != QDX_OK)
            return NULL;
        set_verified(index, block);
    }
    *status = QDX_OK;
    return index->bytes + section->offset + offset;
}

void qdx_index_info_get(const qdx_index *index, qdx_index_info *info)
{
    *info = index->info;
}

qdx_status qdx_index_skipped_at(const qdx_index *index, uint64_t i, const char **path,
                                const char **reason, qdx_error *error)
{
    qdx_skipped_row row = {.path = "", .reason = ""};
    qdx_status status = QDX_OK;
    if (i >= qdx_store_count(index, QDX_STORE_SKIPPED))
        status = qdx_error_set(error, QDX_ERR_NOT_FOUND, "index has no such skipped file");
    else
        status = qdx_skipped_row_at(index, i, &row, error);
    *path = row.path;
    *reason = row.reason;
    return status;
}
