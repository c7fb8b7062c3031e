/*
 * A web archive's record as a wrapping: its own header tells the address; in a response the status
 * line, the type and the encodings of the body follow. Chunks are joined and gzip, deflate, zstd
 * undone within the limits for compressed data.
 */
#include "document/http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "document/compress.h"
#include "document/html.h"
#include "document/json.h"
#include "document/mime.h"
#include "document/plain.h"
#include "document/xml.h"

/* Media types that are read, longest first where one begins another. */
static const struct media_row {
    const char *type;
    const qdx_format *format;
    const char *name; /* stands for the file's */
} media[] = {
    {"text/html", &qdx_format_html, NULL},
    {"application/xhtml", &qdx_format_html, NULL},
    {"text/plain", NULL, "x"},
    {"text/xml", &qdx_format_xml, NULL},
    {"application/xml", &qdx_format_xml, NULL},
    {"application/rss", &qdx_format_xml, NULL},
    {"application/atom", &qdx_format_xml, NULL},
    {"application/json", &qdx_format_json, NULL},
    {"application/ld+json", &qdx_format_json, NULL},
};

static qdx_status refuse(qdx_error *error, const char *type)
{
    return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "%.60s, which is not read", type);
}

static const struct media_row *find_media(const char *type)
{
    for (size_t i = 0; i < sizeof media / sizeof media[0]; i++)
        if (strncasecmp(type, media[i].type, strlen(media[i].type)) == 0)
            return &media[i];
    return NULL;
}

static qdx_status set_type(qdx_source *source, const char *type, qdx_error *error)
{
    const struct media_row *row = find_media(type);
    if (!row)
        return refuse(error, type);
    if (!qdx_mime_charset(type, source->wrapping.label))
        return qdx_error_memory(error);
    source->wrapping.format = row->format;
    source->wrapping.name = row->name;
    return QDX_OK;
}

/* The number in "HTTP/1.1 200 OK"; 0 when there is none. */
static long status_code(const char *bytes, size_t size)
{
    const char *space = memchr(bytes, ' ', size < 16 ? size : 16);
    return space ? strtol(space, NULL, 10) : 0;
}

static bool is_page_status(long code)
{
    return code >= 200 && code < 300;
}

bool qdx_http_is_page(const char *bytes, size_t size)
{
    if (size < 5 || memcmp(bytes, "HTTP/", 5) != 0)
        return true; /* no answer of a server: the record told its type */
    qdx_mime_part part = qdx_mime_split(bytes, size);
    qdx_buffer value = {0};
    bool page = is_page_status(status_code(bytes, size)) &&
                (!qdx_mime_header(&part, "Content-Type", &value) || find_media(value.bytes));
    qdx_buffer_release(&value);
    return page;
}

/* Joins the chunks of a body; what is cut short is kept as far as it goes. */
static void join_chunks(const char *p, const char *end, qdx_buffer *out)
{
    while (p < end) {
        char *rest;
        unsigned long long size = strtoull(p, &rest, 16);
        const char *line = memchr(p, '\n', (size_t)(end - p));
        if (rest == p || !line || size == 0)
            return;
        p = line + 1;
        if (size > (unsigned long long)(end - p))
            size = (unsigned long long)(end - p);
        qdx_buffer_append(out, p, (size_t)size);
        p += size;
        while (p < end && (*p == '\r' || *p == '\n'))
            p++;
    }
}

/* The compression a header names, as the bytes bear it out. */
static qdx_compression compression_of(const char *name, const qdx_buffer *body)
{
    if (!body->size)
        return QDX_COMPRESSION_NONE;
    if (strncasecmp(name, "deflate", 7) == 0)
        return (body->bytes[0] & 0x0F) == 8 ? QDX_COMPRESSION_ZLIB : QDX_COMPRESSION_DEFLATE;
    return qdx_compression_of(body->bytes, body->size);
}

static qdx_status expand(qdx_source *source, qdx_buffer *body, const char *encoding,
                         qdx_buffer *inner, qdx_error *error)
{
    qdx_compression compression = compression_of(encoding, body);
    if (compression == QDX_COMPRESSION_NONE) {
        if (strncasecmp(encoding, "br", 2) == 0)
            return refuse(error, "data in the encoding br");
        qdx_buffer_append(inner, body->bytes ? body->bytes : "", body->size);
        return QDX_OK;
    }
    qdx_place place = {.fd = -1, .bytes = body->bytes, .size = body->size};
    qdx_budget budget = {.limits = &source->limits};
    qdx_budget_start(&budget);
    qdx_stream *stream = qdx_stream_at(&place, 0, place.size, error);
    if (!stream)
        return QDX_ERR_MEMORY;
    qdx_status status = qdx_stream_expand(stream, compression, &budget, &stream, error);
    if (status == QDX_OK)
        status = qdx_stream_read_all(stream, source->limits.max_file_bytes, inner, error);
    qdx_stream_close(stream);
    return status;
}

/* What a server sent: status line, headers, body. */
static qdx_status unwrap_response(qdx_source *source, const char *bytes, size_t size,
                                  qdx_buffer *inner, qdx_error *error)
{
    long code = status_code(bytes, size);
    if (!is_page_status(code))
        return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "an answer of status %ld, no page", code);
    qdx_mime_part part = qdx_mime_split(bytes, size);
    qdx_buffer value = {0}, body = {0};
    qdx_status status = QDX_OK;
    if (qdx_mime_header(&part, "Content-Type", &value))
        status = set_type(source, value.bytes, error);
    if (qdx_mime_header(&part, "Transfer-Encoding", &value) && strcasestr(value.bytes, "chunked"))
        join_chunks(part.body, part.body_end, &body);
    if (body.size == 0)
        qdx_buffer_append(&body, part.body, (size_t)(part.body_end - part.body));
    qdx_mime_header(&part, "Content-Encoding", &value);
    if (status == QDX_OK)
        status = body.failed || value.failed ? qdx_error_memory(error)
                                             : expand(source, &body, value.bytes, inner, error);
    qdx_buffer_release(&value);
    qdx_buffer_release(&body);
    return status;
}

static qdx_status warc_unwrap(qdx_source *source, qdx_buffer *inner, qdx_error *error)
{
    qdx_mime_part record = qdx_mime_split(source->text, source->size);
    size_t size = (size_t)(record.body_end - record.body);
    qdx_buffer value = {0};
    qdx_status status = QDX_OK;
    if (qdx_mime_header(&record, "WARC-Target-URI", &value)) {
        const char *url = value.bytes + (*value.bytes == '<');
        size_t length = strcspn(url, "> ");
        bool web = strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "https://", 8) == 0;
        source->wrapping.url = web ? qdx_arena_copy(source->arena, url, length) : NULL;
        value.failed |= web && !source->wrapping.url;
    }
    if (size >= 5 && memcmp(record.body, "HTTP/", 5) == 0) {
        status = unwrap_response(source, record.body, size, inner, error);
    } else {
        if (qdx_mime_header(&record, "Content-Type", &value))
            status = set_type(source, value.bytes, error);
        qdx_buffer_append(inner, record.body, size);
    }
    if (status == QDX_OK && value.failed)
        status = qdx_error_memory(error);
    qdx_buffer_release(&value);
    return status;
}

const qdx_format qdx_format_warc = {.name = "WARC", .unwrap = warc_unwrap};
