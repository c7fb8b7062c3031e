/*
 * Tar archives as a stream: the old format, ustar, GNU long names, and the path and size of pax
 * headers. Links, devices and holes are told and passed over; nothing is created.
 */
#include <stdlib.h>
#include <string.h>

#include "document/container.h"
#include "document/member_name.h"

enum { BLOCK = 512, NAME_MAX_BYTES = 64 * 1024, CHECKSUM_AT = 148, CHECKSUM_SIZE = 8 };

typedef struct tar {
    qdx_stream *member;
    uint64_t end; /* offset where the next header stands */
    qdx_member_names names;
    qdx_buffer name; /* of the member; terminated */
    qdx_buffer extra;
    bool named;    /* a long name came before the header */
    uint64_t size; /* from a pax header; UINT64_MAX: none */
} tar;

static qdx_status tar_open(qdx_container *container, qdx_error *error)
{
    tar *t = calloc(1, sizeof *t);
    if (!t)
        return qdx_error_memory(error);
    qdx_member_names_init(&t->names);
    t->size = UINT64_MAX;
    container->state = t;
    return QDX_OK;
}

static void tar_close(qdx_container *container)
{
    tar *t = container->state;
    if (!t)
        return;
    qdx_stream_close(t->member);
    qdx_member_names_release(&t->names);
    qdx_buffer_release(&t->name);
    qdx_buffer_release(&t->extra);
    free(t);
    container->state = NULL;
}

/* A number in octal digits, or in base 256 after a set first bit. False when it is neither. */
static bool read_number(const char *field, size_t size, uint64_t *number)
{
    const unsigned char *p = (const unsigned char *)field, *end = p + size;
    *number = 0;
    if (*p & 0x80) {
        *number = *p++ & 0x3F;
        for (; p < end; p++) {
            if (*number >> 55)
                return false;
            *number = *number << 8 | *p;
        }
        return (*(const unsigned char *)field & 0x40) == 0;
    }
    while (p < end && *p == ' ')
        p++;
    for (; p < end && *p >= '0' && *p <= '7'; p++)
        *number = *number << 3 | (uint64_t)(*p - '0');
    return p == end || *p == ' ' || *p == '\0';
}

static bool checksum_holds(const char *header)
{
    uint64_t told, sum = 0;
    for (size_t i = 0; i < BLOCK; i++)
        sum += i - CHECKSUM_AT < CHECKSUM_SIZE ? ' ' : (unsigned char)header[i];
    return read_number(header + CHECKSUM_AT, CHECKSUM_SIZE, &told) && told == sum;
}

bool qdx_tar_is(const char *bytes, size_t size)
{
    return size >= BLOCK && bytes[0] && checksum_holds(bytes);
}

static void set_name(tar *t, const char *name, size_t size)
{
    qdx_buffer_clear(&t->name);
    qdx_buffer_append(&t->name, name, strnlen(name, size));
}

static void take_header_name(tar *t, const char *header)
{
    if (t->named)
        return;
    qdx_buffer_clear(&t->name);
    if (memcmp(header + 257, "ustar", 6) == 0 && header[345]) {
        qdx_buffer_append(&t->name, header + 345, strnlen(header + 345, 155));
        qdx_buffer_byte(&t->name, '/');
    }
    qdx_buffer_append(&t->name, header, strnlen(header, 100));
}

/* Rows of a pax header: "LENGTH KEY=VALUE\n". */
static void take_pax(tar *t)
{
    const char *p = t->extra.bytes, *end = p + t->extra.size;
    while (p < end) {
        char *rest;
        unsigned long length = strtoul(p, &rest, 10);
        const char *equals = memchr(rest, '=', (size_t)(end - rest));
        if (length == 0 || length > (size_t)(end - p) || *rest != ' ' || !equals ||
            equals >= p + length)
            return;
        const char *value = equals + 1, *stop = p + length - 1;
        if (value <= stop && equals - rest == 5 && memcmp(rest + 1, "path", 4) == 0) {
            set_name(t, value, (size_t)(stop - value));
            t->named = true;
        } else if (value <= stop && equals - rest == 5 && memcmp(rest + 1, "size", 4) == 0) {
            t->size = strtoull(value, NULL, 10);
        }
        p += length;
    }
}

/* A header that tells of the next member. */
static qdx_status take_extra(qdx_container *container, char type, uint64_t size, qdx_error *error)
{
    tar *t = container->state;
    if (size > NAME_MAX_BYTES) {
        container->over = true;
        return qdx_error_set(error, QDX_ERR_LIMIT, "a name of more than %d bytes", NAME_MAX_BYTES);
    }
    qdx_buffer_clear(&t->extra);
    qdx_status status = qdx_stream_read(container->stream, size, &t->extra, error);
    if (status != QDX_OK || t->extra.size == 0)
        return status;
    if (type == 'x') {
        take_pax(t);
    } else if (type == 'L') {
        set_name(t, t->extra.bytes, t->extra.size);
        t->named = true;
    }
    return qdx_buffer_status(&t->name, error);
}

/* Reads a header; *header points into the stream's buffer. QDX_END at the archive's end. */
static qdx_status read_header(qdx_container *container, char header[BLOCK], qdx_error *error)
{
    tar *t = container->state;
    qdx_stream *stream = container->stream;
    const char *bytes;
    size_t got;
    container->over = true;
    if (stream->offset < t->end) {
        qdx_status status = qdx_stream_skip(stream, t->end - stream->offset, error);
        if (status != QDX_OK)
            return status;
    }
    qdx_status status = qdx_stream_peek(stream, BLOCK, &bytes, &got, error);
    if (status != QDX_OK)
        return status;
    if (got == 0 || (got >= BLOCK && !bytes[0]))
        return QDX_END;
    if (!qdx_tar_is(bytes, got))
        return qdx_error_set(error, QDX_ERR_FORMAT, "the tar archive is damaged or cut short");
    memcpy(header, bytes, BLOCK);
    qdx_stream_take(stream, BLOCK);
    container->over = false;
    return QDX_OK;
}

static qdx_status refuse_type(tar *t, char type, qdx_error *error)
{
    if (type == '2' || type == '1') {
        qdx_status status = qdx_member_names_link(&t->names, t->name.bytes, error);
        if (status != QDX_OK)
            return status;
        return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "a link, not followed");
    }
    return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "not a regular file");
}

static qdx_status take_member(qdx_container *container, char type, uint64_t size,
                              qdx_member *member, qdx_error *error)
{
    tar *t = container->state;
    member->name = t->name.bytes;
    qdx_status status = qdx_member_names_admit(&t->names, t->name.bytes, error);
    if (status != QDX_OK)
        return status;
    if (type != '0' && type != '\0' && type != '7')
        return refuse_type(t, type, error);
    member->stream = t->member = qdx_stream_section(container->stream, size, error);
    return t->member ? QDX_OK : QDX_ERR_MEMORY;
}

static qdx_status tar_next(qdx_container *container, qdx_member *member, qdx_error *error)
{
    tar *t = container->state;
    char header[BLOCK] = {0};
    qdx_stream_close(t->member);
    t->member = NULL;
    for (;;) {
        uint64_t size;
        qdx_status status = read_header(container, header, error);
        if (status != QDX_OK)
            return status;
        char type = header[156];
        if (!read_number(header + 124, 12, &size) || size > INT64_MAX / 2) {
            container->over = true;
            return qdx_error_set(error, QDX_ERR_FORMAT, "the tar archive is damaged");
        }
        bool extra = type == 'x' || type == 'g' || type == 'L' || type == 'K';
        if (!extra && t->size != UINT64_MAX)
            size = t->size < INT64_MAX / 2 ? t->size : 0;
        bool holds = extra || type == '0' || type == '\0' || type == '7' || type == 'S';
        t->end = container->stream->offset + (holds ? (size + BLOCK - 1) / BLOCK * BLOCK : 0);
        if (extra) {
            status = take_extra(container, type, size, error);
            if (status != QDX_OK)
                return status;
            continue;
        }
        take_header_name(t, header);
        t->named = false;
        t->size = UINT64_MAX;
        status = qdx_buffer_status(&t->name, error);
        if (status != QDX_OK)
            return status;
        if (type == '5' || !t->name.size || t->name.bytes[t->name.size - 1] == '/' ||
            qdx_member_is_left_out(t->name.bytes))
            continue;
        return take_member(container, type, size, member, error);
    }
}

const qdx_container_kind qdx_container_tar = {"tar",    false,    false,    NULL,
                                              tar_open, tar_next, tar_close};
