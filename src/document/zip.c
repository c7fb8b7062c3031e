/*
 * Zip, read by the directory at the end of the archive as other programs do, with the sizes of
 * ZIP64. What an entry says of itself is checked against its data: sizes, checksum, and that no two
 * entries share their bytes (which is how small archives are made to expand for ever).
 */
#include "document/zip.h"

#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "document/compress.h"
#include "document/container.h"
#include "document/member_name.h"

enum {
    END_SIZE = 22,
    END_REACH = END_SIZE + 65535, /* the end record with the longest comment */
    END64_SIZE = 56,
    LOCATOR_SIZE = 20,
    ENTRY_SIZE = 46,
    LOCAL_SIZE = 30,
    ENCRYPTED = 1,
    ZIP64_EXTRA = 1,
    UNIX_LINK = 0120000,
};

static const uint32_t END64_MARK = 0x06064b50, LOCATOR_MARK = 0x07064b50, ENTRY_MARK = 0x02014b50,
                      LOCAL_MARK = 0x04034b50;

static uint16_t read16(qdx_cursor *cursor)
{
    uint16_t low = qdx_cursor_u8(cursor);
    return (uint16_t)(low | qdx_cursor_u8(cursor) << 8);
}

static qdx_status damaged(qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_FORMAT, "the zip archive is damaged or cut short");
}

/* The last end record in the archive's last bytes; *at is its offset. */
static qdx_status find_end(const qdx_place *place, unsigned char end[END_SIZE], uint64_t *at,
                           qdx_error *error)
{
    uint64_t reach = place->size < END_REACH ? place->size : END_REACH;
    unsigned char *tail = malloc((size_t)reach + 1);
    if (!tail)
        return qdx_error_memory(error);
    qdx_status status = qdx_place_read(place, place->size - reach, tail, (size_t)reach, error);
    uint64_t i = reach >= END_SIZE ? reach - END_SIZE + 1 : 0;
    while (status == QDX_OK && i > 0 && memcmp(tail + i - 1, "PK\5\6", 4) != 0)
        i--;
    if (status == QDX_OK && i == 0)
        status = damaged(error);
    if (status == QDX_OK) {
        memcpy(end, tail + i - 1, END_SIZE);
        *at = place->size - reach + i - 1;
    }
    free(tail);
    return status;
}

/* The end record of ZIP64, which stands before the other one where sizes need it. */
static qdx_status read_end64(qdx_zip *zip, uint64_t end, uint64_t *size, uint64_t *start,
                             qdx_error *error)
{
    unsigned char bytes[END64_SIZE];
    qdx_cursor c;
    if (end < LOCATOR_SIZE)
        return QDX_OK;
    qdx_status status = qdx_place_read(zip->place, end - LOCATOR_SIZE, bytes, LOCATOR_SIZE, error);
    qdx_cursor_init(&c, bytes, LOCATOR_SIZE);
    if (status != QDX_OK || qdx_cursor_u32(&c) != LOCATOR_MARK)
        return status;
    qdx_cursor_u32(&c);
    uint64_t at = qdx_cursor_u64(&c);
    if (at > zip->place->size - END64_SIZE)
        return damaged(error);
    status = qdx_place_read(zip->place, at, bytes, END64_SIZE, error);
    qdx_cursor_init(&c, bytes, END64_SIZE);
    if (status == QDX_OK && qdx_cursor_u32(&c) != END64_MARK)
        status = damaged(error);
    qdx_cursor_init(&c, bytes + 40, 16);
    *size = qdx_cursor_u64(&c);
    *start = qdx_cursor_u64(&c);
    return status;
}

qdx_status qdx_zip_open(qdx_zip *zip, const qdx_place *place, qdx_budget *budget, qdx_error *error)
{
    unsigned char end[END_SIZE];
    uint64_t at = 0;
    qdx_cursor c;
    *zip = (qdx_zip){.place = place, .budget = budget};
    qdx_status status = find_end(place, end, &at, error);
    if (status != QDX_OK)
        return status;
    qdx_cursor_init(&c, end + 12, 8);
    uint64_t size = qdx_cursor_u32(&c), start = qdx_cursor_u32(&c);
    status = read_end64(zip, at, &size, &start, error);
    if (status != QDX_OK)
        return status;
    if (start > at || size > at - start)
        return damaged(error);
    zip->directory = zip->at = start;
    zip->directory_end = start + size;
    return QDX_OK;
}

/* Sizes and place from the ZIP64 extra field, for those that the entry itself has no room for. */
static void take_extra(qdx_zip_entry *entry, const unsigned char *extra, size_t size)
{
    qdx_cursor c;
    qdx_cursor_init(&c, extra, size);
    while (qdx_cursor_left(&c) >= 4) {
        uint16_t kind = read16(&c), length = read16(&c);
        const unsigned char *field = qdx_cursor_bytes(&c, length);
        if (!field || kind != ZIP64_EXTRA)
            continue;
        qdx_cursor f;
        qdx_cursor_init(&f, field, length);
        if (entry->size == UINT32_MAX)
            entry->size = qdx_cursor_u64(&f);
        if (entry->compressed_size == UINT32_MAX)
            entry->compressed_size = qdx_cursor_u64(&f);
        if (entry->header == UINT32_MAX)
            entry->header = qdx_cursor_u64(&f);
        return;
    }
}

static qdx_status read_name(qdx_zip *zip, qdx_zip_entry *entry, uint16_t name, uint16_t extra,
                            qdx_error *error)
{
    qdx_buffer_clear(&entry->name);
    if (!qdx_buffer_reserve(&entry->name, (size_t)name + extra + 1))
        return qdx_error_memory(error);
    qdx_status status = qdx_place_read(zip->place, zip->at + ENTRY_SIZE, entry->name.bytes,
                                       (size_t)name + extra, error);
    if (status != QDX_OK)
        return status;
    take_extra(entry, (const unsigned char *)entry->name.bytes + name, extra);
    entry->name.bytes[name] = '\0';
    entry->name.size = name;
    return memchr(entry->name.bytes, '\0', name) ? damaged(error) : QDX_OK;
}

qdx_status qdx_zip_next(qdx_zip *zip, qdx_zip_entry *entry, qdx_error *error)
{
    unsigned char bytes[ENTRY_SIZE];
    qdx_cursor c;
    if (zip->at >= zip->directory_end)
        return QDX_END;
    if (zip->directory_end - zip->at < ENTRY_SIZE)
        return damaged(error);
    qdx_status status = qdx_place_read(zip->place, zip->at, bytes, ENTRY_SIZE, error);
    if (status != QDX_OK)
        return status;
    qdx_cursor_init(&c, bytes, ENTRY_SIZE);
    if (qdx_cursor_u32(&c) != ENTRY_MARK)
        return damaged(error);
    uint16_t made_by = read16(&c);
    read16(&c);
    entry->flags = read16(&c);
    entry->method = read16(&c);
    qdx_cursor_u32(&c); /* time */
    entry->checksum = qdx_cursor_u32(&c);
    entry->compressed_size = qdx_cursor_u32(&c);
    entry->size = qdx_cursor_u32(&c);
    uint16_t name = read16(&c), extra = read16(&c), comment = read16(&c);
    qdx_cursor_u32(&c);
    uint32_t attributes = qdx_cursor_u32(&c);
    entry->header = qdx_cursor_u32(&c);
    entry->is_link = made_by >> 8 == 3 && (attributes >> 16 & 0170000) == UNIX_LINK;
    uint64_t next = zip->at + ENTRY_SIZE + name + extra + comment;
    if (next > zip->directory_end)
        return damaged(error);
    status = read_name(zip, entry, name, extra, error);
    zip->at = next;
    return status;
}

qdx_status qdx_zip_find(qdx_zip *zip, const char *name, qdx_zip_entry *entry, qdx_error *error)
{
    qdx_status status;
    zip->at = zip->directory;
    do
        status = qdx_zip_next(zip, entry, error);
    while (status == QDX_OK && strcmp(entry->name.bytes, name) != 0);
    return status;
}

void qdx_zip_entry_release(qdx_zip_entry *entry)
{
    qdx_buffer_release(&entry->name);
}

/* -- An entry's bytes -- */

typedef struct checked {
    qdx_stream *in;
    uint64_t left;
    uint32_t sum, expected;
} checked;

/* CRC-32 of IEEE 802.3, four bits at a time. */
static uint32_t add_checksum(uint32_t sum, const char *bytes, size_t size)
{
    static const uint32_t table[16] = {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
        0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
        0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };
    for (size_t i = 0; i < size; i++) {
        sum ^= (unsigned char)bytes[i];
        sum = sum >> 4 ^ table[sum & 15];
        sum = sum >> 4 ^ table[sum & 15];
    }
    return sum;
}

static void checked_close(void *state)
{
    qdx_stream_close(((checked *)state)->in);
    free(state);
}

static qdx_status checked_read(void *state, char *to, size_t room, size_t *got, qdx_error *error)
{
    checked *z = state;
    const char *bytes;
    qdx_status status = qdx_stream_peek(z->in, 1, &bytes, got, error);
    if (status != QDX_OK)
        return status;
    if (*got > z->left || (*got == 0 && (z->left || ~z->sum != z->expected)))
        return qdx_error_set(error, QDX_ERR_FORMAT, "is damaged: its checksum does not hold");
    if (*got > room)
        *got = room;
    memcpy(to, bytes, *got);
    z->sum = add_checksum(z->sum, to, *got);
    z->left -= *got;
    qdx_stream_take(z->in, *got);
    return QDX_OK;
}

static qdx_status expand_method(qdx_zip *zip, const qdx_zip_entry *entry, qdx_stream **stream,
                                qdx_error *error)
{
    static const struct {
        uint16_t method;
        qdx_compression compression;
    } methods[] = {
        {8, QDX_COMPRESSION_DEFLATE},
        {12, QDX_COMPRESSION_BZIP2},
        {93, QDX_COMPRESSION_ZSTD},
        {95, QDX_COMPRESSION_XZ},
    };
    if (entry->method == 0)
        return QDX_OK;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (methods[i].method == entry->method)
            return qdx_stream_expand(*stream, methods[i].compression, zip->budget, stream, error);
    qdx_stream_close(*stream);
    *stream = NULL;
    return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "compressed by method %u, which is not read",
                         entry->method);
}

/* Where the data begins: behind the entry's second header. */
static qdx_status find_data(const qdx_zip *zip, const qdx_zip_entry *entry, uint64_t *at,
                            qdx_error *error)
{
    unsigned char bytes[LOCAL_SIZE];
    qdx_cursor c;
    qdx_status status = qdx_place_read(zip->place, entry->header, bytes, LOCAL_SIZE, error);
    if (status != QDX_OK)
        return status;
    qdx_cursor_init(&c, bytes, LOCAL_SIZE);
    if (qdx_cursor_u32(&c) != LOCAL_MARK)
        return damaged(error);
    qdx_cursor_init(&c, bytes + 26, 4);
    *at = entry->header + LOCAL_SIZE + read16(&c);
    *at += read16(&c);
    return entry->compressed_size > zip->place->size || *at > zip->place->size ||
                   entry->compressed_size > zip->place->size - *at
               ? damaged(error)
               : QDX_OK;
}

qdx_status qdx_zip_stream(qdx_zip *zip, const qdx_zip_entry *entry, qdx_stream **stream,
                          qdx_error *error)
{
    static const qdx_stream_kind kind = {checked_read, checked_close};
    uint64_t at = 0;
    *stream = NULL;
    if (entry->flags & ENCRYPTED)
        return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "is encrypted");
    qdx_status status = find_data(zip, entry, &at, error);
    if (status != QDX_OK)
        return status;
    zip->held += entry->compressed_size;
    if (zip->held > zip->place->size)
        return qdx_error_set(error, QDX_ERR_LIMIT, "shares its bytes with other members");
    qdx_stream *in = qdx_stream_at(zip->place, at, entry->compressed_size, error);
    if (!in)
        return QDX_ERR_MEMORY;
    status = expand_method(zip, entry, &in, error);
    if (status != QDX_OK)
        return status;
    checked *z = malloc(sizeof *z);
    if (!z) {
        qdx_stream_close(in);
        return qdx_error_memory(error);
    }
    *z = (checked){in, entry->size, UINT32_MAX, entry->checksum};
    *stream = qdx_stream_new(&kind, z, error);
    return *stream ? QDX_OK : QDX_ERR_MEMORY;
}

/* -- As a container -- */

typedef struct archive {
    qdx_zip zip;
    qdx_zip_entry entry;
    qdx_stream *member;
    qdx_member_names names;
} archive;

static void archive_close(qdx_container *container)
{
    archive *a = container->state;
    if (!a)
        return;
    qdx_stream_close(a->member);
    qdx_zip_entry_release(&a->entry);
    qdx_member_names_release(&a->names);
    free(a);
    container->state = NULL;
}

static qdx_status archive_open(qdx_container *container, qdx_error *error)
{
    archive *a = calloc(1, sizeof *a);
    if (!a)
        return qdx_error_memory(error);
    qdx_member_names_init(&a->names);
    container->state = a;
    return qdx_zip_open(&a->zip, container->place, container->budget, error);
}

static qdx_status archive_next(qdx_container *container, qdx_member *member, qdx_error *error)
{
    archive *a = container->state;
    const char *name;
    qdx_stream_close(a->member);
    a->member = NULL;
    for (;;) {
        qdx_status status = qdx_zip_next(&a->zip, &a->entry, error);
        container->over = status < 0;
        if (status != QDX_OK)
            return status;
        name = a->entry.name.bytes;
        size_t size = a->entry.name.size;
        if (size && name[size - 1] != '/' && !qdx_member_is_left_out(name))
            break;
    }
    member->name = name;
    qdx_status status = qdx_member_names_admit(&a->names, name, error);
    if (status == QDX_OK && a->entry.is_link) {
        status = qdx_member_names_link(&a->names, name, error);
        if (status == QDX_OK)
            status = qdx_error_set(error, QDX_ERR_UNSUPPORTED, "a link, not followed");
    }
    if (status == QDX_OK)
        status = qdx_zip_stream(&a->zip, &a->entry, &a->member, error);
    member->stream = a->member;
    return status;
}

const qdx_container_kind qdx_container_zip = {"zip",        true,         true,         NULL,
                                              archive_open, archive_next, archive_close};
