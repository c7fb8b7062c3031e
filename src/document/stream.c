/*
 * Streams. One buffer each, filled by the kind's read and shown to the caller, who takes what he
 * used; everything else is built on showing and taking.
 */
#include "document/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "text/unicode.h"

enum { FIRST_PIECE = 8 * 1024, PIECE = 64 * 1024, PEEK_MAX = 1 << 20, KEPT = 2 << 20 };

/* -- Budgets -- */

static uint64_t thread_time(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0)
        return 0;
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void qdx_budget_start(qdx_budget *budget)
{
    budget->expanded = 0;
    budget->started = thread_time();
}

qdx_status qdx_budget_check(qdx_budget *budget, uint64_t more, qdx_error *error)
{
    budget->expanded += more;
    if (budget->expanded > budget->limits->max_expanded_bytes)
        return qdx_error_set(error, QDX_ERR_LIMIT, "expands to more than %llu bytes",
                             (unsigned long long)budget->limits->max_expanded_bytes);
    uint64_t now = thread_time();
    if (now > budget->started &&
        now - budget->started > (uint64_t)budget->limits->max_seconds * 1000000000u)
        return qdx_error_set(error, QDX_ERR_LIMIT, "takes more than %u seconds to read",
                             budget->limits->max_seconds);
    return QDX_OK;
}

/* -- Files and memory -- */

typedef struct range {
    qdx_place place;
    uint64_t at, end;
} range;

static qdx_status place_some(const qdx_place *place, uint64_t offset, char *to, size_t room,
                             size_t *got, qdx_error *error)
{
    *got = 0;
    if (offset >= place->size)
        return QDX_OK;
    if (place->size - offset < room)
        room = (size_t)(place->size - offset);
    if (place->fd < 0) {
        memcpy(to, place->bytes + offset, room);
        *got = room;
        return QDX_OK;
    }
    ssize_t n;
    do
        n = pread(place->fd, to, room, (off_t)offset);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return qdx_error_system(error, "read", "", errno);
    *got = (size_t)n;
    return QDX_OK;
}

qdx_status qdx_place_read(const qdx_place *place, uint64_t offset, void *to, size_t size,
                          qdx_error *error)
{
    char *out = to;
    while (size) {
        size_t got;
        qdx_status status = place_some(place, offset, out, size, &got, error);
        if (status != QDX_OK)
            return status;
        if (got == 0)
            return qdx_error_set(error, QDX_ERR_FORMAT, "ends too early");
        out += got;
        offset += got;
        size -= got;
    }
    return QDX_OK;
}

static qdx_status range_read(void *state, char *to, size_t room, size_t *got, qdx_error *error)
{
    range *r = state;
    if (r->end - r->at < room)
        room = (size_t)(r->end - r->at);
    qdx_status status = place_some(&r->place, r->at, to, room, got, error);
    if (status == QDX_OK && room && *got == 0)
        return qdx_error_set(error, QDX_ERR_FORMAT, "ends too early");
    r->at += *got;
    return status;
}

qdx_stream *qdx_stream_at(const qdx_place *place, uint64_t start, uint64_t size, qdx_error *error)
{
    static const qdx_stream_kind kind = {range_read, free};
    range *r = malloc(sizeof *r);
    if (!r) {
        qdx_error_memory(error);
        return NULL;
    }
    *r = (range){*place, start, start + size};
    return qdx_stream_new(&kind, r, error);
}

/* -- Parts of another stream -- */

typedef struct section {
    qdx_stream *outer;
    uint64_t left;
} section;

static qdx_status section_read(void *state, char *to, size_t room, size_t *got, qdx_error *error)
{
    section *s = state;
    const char *bytes;
    *got = 0;
    if (s->left == 0)
        return QDX_OK;
    qdx_status status = qdx_stream_peek(s->outer, 1, &bytes, got, error);
    if (status != QDX_OK)
        return status;
    if (*got == 0)
        return qdx_error_set(error, QDX_ERR_FORMAT, "ends too early");
    if (*got > room)
        *got = room;
    if (*got > s->left)
        *got = (size_t)s->left;
    memcpy(to, bytes, *got);
    qdx_stream_take(s->outer, *got);
    s->left -= *got;
    return QDX_OK;
}

qdx_stream *qdx_stream_section(qdx_stream *outer, uint64_t size, qdx_error *error)
{
    static const qdx_stream_kind kind = {section_read, free};
    section *s = malloc(sizeof *s);
    if (!s) {
        qdx_error_memory(error);
        return NULL;
    }
    *s = (section){outer, size};
    return qdx_stream_new(&kind, s, error);
}

/* -- UTF-16 -- */

typedef struct utf16 {
    qdx_stream *wide;
    bool big_endian;
} utf16;

static uint32_t unit_at(const utf16 *u, const char *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes;
    return u->big_endian ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static qdx_status utf16_read(void *state, char *to, size_t room, size_t *got, qdx_error *error)
{
    enum { REPLACEMENT = 0xFFFD };
    utf16 *u = state;
    const char *bytes;
    size_t size, used = 0;
    *got = 0;
    qdx_status status = qdx_stream_peek(u->wide, 4, &bytes, &size, error);
    if (status != QDX_OK)
        return status;
    while (size - used >= 2 && room - *got >= 4) {
        uint32_t c = unit_at(u, bytes + used);
        if (c >= 0xD800 && c < 0xE000) {
            if (size - used < 4 && used)
                break;
            uint32_t low = size - used >= 4 && c < 0xDC00 ? unit_at(u, bytes + used + 2) : 0;
            bool pair = low >= 0xDC00 && low < 0xE000;
            c = pair ? 0x10000 + ((c - 0xD800) << 10 | (low - 0xDC00)) : REPLACEMENT;
            used += pair ? 2 : 0;
        }
        used += 2;
        *got += qdx_utf8_encode(c, to + *got);
    }
    qdx_stream_take(u->wide, size == 1 ? 1 : used);
    return QDX_OK;
}

qdx_stream *qdx_stream_utf16(qdx_stream *wide, bool big_endian, qdx_error *error)
{
    static const qdx_stream_kind kind = {utf16_read, free};
    utf16 *u = malloc(sizeof *u);
    if (!u) {
        qdx_error_memory(error);
        return NULL;
    }
    *u = (utf16){wide, big_endian};
    return qdx_stream_new(&kind, u, error);
}

/* -- Showing and taking -- */

qdx_stream *qdx_stream_new(const qdx_stream_kind *kind, void *state, qdx_error *error)
{
    qdx_stream *stream = calloc(1, sizeof *stream);
    if (!stream) {
        kind->close(state);
        qdx_error_memory(error);
        return NULL;
    }
    stream->kind = kind;
    stream->state = state;
    return stream;
}

void qdx_stream_close(qdx_stream *stream)
{
    if (!stream)
        return;
    stream->kind->close(stream->state);
    qdx_buffer_release(&stream->buffer);
    free(stream);
}

/* Drops what was taken, so that the buffer stays small. */
static void tidy(qdx_stream *stream)
{
    qdx_buffer *buffer = &stream->buffer;
    if (stream->at == 0)
        return;
    if (stream->at < buffer->size)
        memmove(buffer->bytes, buffer->bytes + stream->at, buffer->size - stream->at);
    buffer->size -= stream->at;
    stream->at = 0;
    if (buffer->size == 0 && buffer->capacity > KEPT)
        qdx_buffer_release(buffer);
}

/* One more read, into the room there is: most members are small, and met once. */
static qdx_status fill(qdx_stream *stream)
{
    qdx_buffer *buffer = &stream->buffer;
    size_t got = 0, piece = buffer->capacity ? PIECE : FIRST_PIECE;
    if (buffer->capacity - buffer->size < FIRST_PIECE / 2 && !qdx_buffer_reserve(buffer, piece + 1))
        return qdx_error_memory(&stream->problem);
    qdx_status status =
        stream->kind->read(stream->state, buffer->bytes + buffer->size,
                           buffer->capacity - buffer->size - 1, &got, &stream->problem);
    if (status == QDX_OK) {
        buffer->size += got;
        stream->ended = got == 0;
    }
    return status;
}

qdx_status qdx_stream_peek(qdx_stream *stream, size_t want, const char **bytes, size_t *got,
                           qdx_error *error)
{
    if (want > PEEK_MAX)
        want = PEEK_MAX;
    if (stream->buffer.size - stream->at < want)
        tidy(stream);
    while (stream->status == QDX_OK && !stream->ended && stream->buffer.size - stream->at < want)
        stream->status = fill(stream);
    *bytes = stream->buffer.bytes ? stream->buffer.bytes + stream->at : "";
    *got = stream->buffer.size - stream->at;
    if (stream->status == QDX_OK || *got >= want)
        return QDX_OK;
    if (error)
        *error = stream->problem;
    return stream->status;
}

void qdx_stream_take(qdx_stream *stream, size_t size)
{
    stream->at += size;
    stream->offset += size;
}

/* Takes up to `size` bytes, appending them to `out` unless that is NULL; *taken 0 at the end. */
static qdx_status move(qdx_stream *stream, uint64_t size, qdx_buffer *out, size_t *taken,
                       qdx_error *error)
{
    const char *bytes;
    qdx_status status = qdx_stream_peek(stream, 1, &bytes, taken, error);
    if (status != QDX_OK)
        return status;
    if (*taken > size)
        *taken = (size_t)size;
    if (out) {
        qdx_buffer_append(out, bytes, *taken);
        status = qdx_buffer_status(out, error);
    }
    qdx_stream_take(stream, *taken);
    return status;
}

static qdx_status move_exactly(qdx_stream *stream, uint64_t size, qdx_buffer *out, qdx_error *error)
{
    while (size) {
        size_t taken;
        qdx_status status = move(stream, size, out, &taken, error);
        if (status != QDX_OK)
            return status;
        if (taken == 0)
            return qdx_error_set(error, QDX_ERR_FORMAT, "ends too early");
        size -= taken;
    }
    return QDX_OK;
}

qdx_status qdx_stream_skip(qdx_stream *stream, uint64_t size, qdx_error *error)
{
    return move_exactly(stream, size, NULL, error);
}

qdx_status qdx_stream_read(qdx_stream *stream, uint64_t size, qdx_buffer *out, qdx_error *error)
{
    return move_exactly(stream, size, out, error);
}

qdx_status qdx_stream_read_all(qdx_stream *stream, uint64_t max, qdx_buffer *out, qdx_error *error)
{
    for (uint64_t left = max;;) {
        size_t taken;
        qdx_status status = move(stream, left + 1, out, &taken, error);
        if (status != QDX_OK || taken == 0)
            return status;
        if (taken > left)
            return qdx_error_set(error, QDX_ERR_LIMIT, "larger than %llu bytes",
                                 (unsigned long long)max);
        left -= taken;
    }
}

qdx_status qdx_stream_line(qdx_stream *stream, uint64_t max, qdx_buffer *out, qdx_error *error)
{
    uint64_t length = 0;
    for (;;) {
        const char *bytes;
        size_t got;
        qdx_status status = qdx_stream_peek(stream, 1, &bytes, &got, error);
        if (status != QDX_OK)
            return status;
        const char *stop = memchr(bytes, '\n', got);
        size_t n = stop ? (size_t)(stop - bytes) + 1 : got;
        length += n;
        if (length <= max)
            qdx_buffer_append(out, bytes, n);
        qdx_stream_take(stream, n);
        if (!stop && got)
            continue;
        if (length == 0)
            return QDX_END;
        if (length > max)
            return qdx_error_set(error, QDX_ERR_LIMIT, "a line of more than %llu bytes",
                                 (unsigned long long)max);
        return qdx_buffer_status(out, error);
    }
}
