/*
 * Web archives (WARC 1.0 and 1.1, ISO 28500), record by record: responses with a page, resources
 * and conversions are articles; requests, metadata, redirects and revisits are none, and are passed
 * over without a word. A record that makes no sense is told, and reading goes on at the next line
 * that begins with "WARC/1." — in compressed archives also at the next member.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "document/compress.h"
#include "document/container.h"
#include "document/http.h"
#include "document/mime.h"

enum { HEADER_MAX = 256 * 1024 };

typedef struct warc {
    uint32_t number;
    uint64_t end; /* offset behind the record's block */
    bool lost;    /* the next record's begin has to be looked for */
    qdx_buffer header, value;
} warc;

bool qdx_warc_is(const char *bytes, size_t size)
{
    return size >= 7 && memcmp(bytes, "WARC/1.", 7) == 0;
}

static qdx_status warc_open(qdx_container *container, qdx_error *error)
{
    container->state = calloc(1, sizeof(warc));
    return container->state ? QDX_OK : qdx_error_memory(error);
}

static void warc_close(qdx_container *container)
{
    warc *w = container->state;
    if (w) {
        qdx_buffer_release(&w->header);
        qdx_buffer_release(&w->value);
    }
    free(w);
    container->state = NULL;
}

/* Moves to the next line that begins a record. QDX_END at the end. */
static qdx_status find_record(qdx_stream *stream, qdx_error *error)
{
    for (bool start = true;;) {
        const char *bytes;
        size_t got;
        qdx_status status = qdx_stream_peek(stream, 8, &bytes, &got, error);
        if (status != QDX_OK)
            return status;
        if (got == 0)
            return QDX_END;
        if (start && qdx_warc_is(bytes, got))
            return QDX_OK;
        const char *stop = memchr(bytes, '\n', got);
        start = stop != NULL;
        qdx_stream_take(stream, stop ? (size_t)(stop - bytes) + 1 : got);
    }
}

/* Takes the record's header lines, with the first. */
static qdx_status take_header(warc *w, qdx_stream *stream, qdx_error *error)
{
    qdx_buffer_clear(&w->header);
    for (;;) {
        size_t before = w->header.size;
        qdx_status status = qdx_stream_line(stream, HEADER_MAX, &w->header, error);
        if (status == QDX_END)
            return qdx_error_set(error, QDX_ERR_FORMAT, "a record that ends in its header");
        if (status != QDX_OK)
            return status;
        if (w->header.size > HEADER_MAX)
            return qdx_error_set(error, QDX_ERR_LIMIT, "a record with too large a header");
        size_t size = w->header.size - before;
        if (size <= 2 && (w->header.bytes[before] == '\n' || w->header.bytes[before] == '\r'))
            return QDX_OK;
    }
}

static bool is_one_of(const char *value, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncasecmp(value, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* Is there, by its header, an article in the record? */
static bool may_be_article(warc *w, const qdx_mime_part *part)
{
    static const char *const types[] = {"response", "resource", "conversion"};
    static const char *const texts[] = {"application/http", "text/", "application/xhtml",
                                        "application/xml", "application/json"};
    if (!qdx_mime_header(part, "WARC-Type", &w->value) || !is_one_of(w->value.bytes, types, 3))
        return false;
    return !qdx_mime_header(part, "Content-Type", &w->value) || is_one_of(w->value.bytes, texts, 5);
}

/* The block: kept when it may be an article, with the header before it. */
static qdx_status take_block(qdx_container *container, qdx_member *member, bool *article,
                             qdx_error *error)
{
    warc *w = container->state;
    qdx_stream *stream = container->stream;
    qdx_mime_part part = qdx_mime_split(w->header.bytes, w->header.size);
    char *rest = NULL;
    if (!qdx_mime_header(&part, "Content-Length", &w->value))
        return qdx_error_set(error, QDX_ERR_FORMAT, "a record without a length");
    unsigned long long size = strtoull(w->value.bytes, &rest, 10);
    if (rest == w->value.bytes || *rest || *w->value.bytes == '-' || size > INT64_MAX / 2)
        return qdx_error_set(error, QDX_ERR_FORMAT, "a record of no length");
    w->end = stream->offset + size;
    *article = may_be_article(w, &part);
    if (!*article)
        return qdx_stream_skip(stream, size, error);
    if (size > container->budget->limits->max_file_bytes) {
        qdx_status status = qdx_stream_skip(stream, size, error);
        return status != QDX_OK
                   ? status
                   : qdx_error_set(error, QDX_ERR_LIMIT, "larger than %llu bytes",
                                   (unsigned long long)container->budget->limits->max_file_bytes);
    }
    qdx_buffer_append(member->bytes, w->header.bytes, w->header.size);
    qdx_status status = qdx_stream_read(stream, size, member->bytes, error);
    if (status == QDX_OK)
        *article = qdx_http_is_page(member->bytes->bytes + w->header.size, (size_t)size);
    return status;
}

/* After a block two line ends are due; then the record, and its member, are known to be whole. */
static qdx_status check_end(warc *w, qdx_stream *stream, qdx_error *error)
{
    const char *bytes;
    size_t got;
    qdx_status status = qdx_stream_peek(stream, 5, &bytes, &got, error);
    if (status != QDX_OK)
        return status;
    size_t n = 0;
    while (n < got && n < 4 && (bytes[n] == '\r' || bytes[n] == '\n'))
        n++;
    w->lost = got > n && !qdx_warc_is(bytes + n, got - n) && bytes[n] != 'W';
    if (w->lost)
        return qdx_error_set(error, QDX_ERR_FORMAT, "a record that does not end where it says");
    qdx_stream_take(stream, n);
    return QDX_OK;
}

static qdx_status take_record(qdx_container *container, qdx_member *member, bool *article,
                              qdx_error *error)
{
    warc *w = container->state;
    const char *bytes;
    size_t got;
    qdx_status status = qdx_stream_peek(container->stream, 8, &bytes, &got, error);
    if (status == QDX_OK && got == 0)
        return QDX_END;
    if (status == QDX_OK && (w->lost || !qdx_warc_is(bytes, got)))
        status = find_record(container->stream, error);
    if (status != QDX_OK)
        return status;
    w->lost = true;
    status = take_header(w, container->stream, error);
    if (status == QDX_OK)
        status = take_block(container, member, article, error);
    return status == QDX_OK ? check_end(w, container->stream, error) : status;
}

static qdx_status warc_next(qdx_container *container, qdx_member *member, qdx_error *error)
{
    warc *w = container->state;
    bool article = false;
    member->format = &qdx_format_warc;
    do {
        qdx_buffer_clear(member->bytes);
        qdx_status status = take_record(container, member, &article, error);
        if (status == QDX_END)
            return status;
        member->number = ++w->number;
        if (status != QDX_OK) {
            bool over = qdx_stream_is_over(container->stream);
            container->over = over && qdx_stream_next_member(container->stream, NULL) != QDX_OK;
            return status;
        }
        w->lost = false;
    } while (!article);
    return member->bytes->failed || w->header.failed ? qdx_error_memory(error) : QDX_OK;
}

const qdx_container_kind qdx_container_warc = {"WARC",    false,     true,      NULL,
                                               warc_open, warc_next, warc_close};
