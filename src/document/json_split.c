/*
 * JSON as a container: JSON Lines, an array of objects, or values one after another, each object a
 * record. Only strings and brackets are followed here, without recursion; a record is parsed by who
 * reads it. In JSON Lines a broken line costs that line.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "document/container.h"
#include "document/json.h"

enum { HEAD = 1 << 20 };

typedef enum json_mode { JSON_LINES, JSON_ARRAY, JSON_VALUES, JSON_WHOLE } json_mode;

typedef struct json_split {
    json_mode mode;
    uint32_t number; /* of the last record */
    bool found;      /* an object */
} json_split;

/* Where a value stands in its brackets and strings. */
typedef struct json_scan {
    uint64_t depth;
    bool begun, in_string, escaped, scalar;
} json_scan;

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Follows a value through more bytes. True when it has ended, before bytes[*at]. */
static bool scan(json_scan *s, const char *bytes, size_t size, size_t *at)
{
    size_t i = *at;
    for (; i < size; i++) {
        char c = bytes[i];
        if (s->in_string) {
            if (s->escaped)
                s->escaped = false;
            else if (c == '\\')
                s->escaped = true;
            else if (c == '"')
                s->in_string = false;
            if (!s->in_string && s->depth == 0) {
                *at = i + 1;
                return true;
            }
            continue;
        }
        if (s->scalar && (is_space(c) || c == ',' || c == ']' || c == '}')) {
            *at = i;
            return true;
        }
        if (c == '"') {
            s->in_string = true;
        } else if (c == '{' || c == '[') {
            s->depth++;
        } else if (c == '}' || c == ']') {
            if (s->depth <= 1) {
                *at = i + 1;
                return true;
            }
            s->depth--;
        } else if (s->depth == 0) {
            s->scalar = true;
        }
    }
    *at = i;
    return false;
}

/* Appends the value that begins here; one larger than `max` is passed over and told. */
static qdx_status take_value(qdx_stream *stream, uint64_t max, qdx_buffer *out, qdx_error *error)
{
    json_scan s = {0};
    for (uint64_t taken = 0;;) {
        const char *bytes;
        size_t got, n = 0;
        qdx_status status = qdx_stream_peek(stream, 1, &bytes, &got, error);
        if (status != QDX_OK)
            return status;
        if (got == 0)
            return s.scalar ? QDX_OK
                            : qdx_error_set(error, QDX_ERR_FORMAT, "JSON that ends too early");
        bool ended = scan(&s, bytes, got, &n);
        taken += n;
        if (taken <= max)
            qdx_buffer_append(out, bytes, n);
        qdx_stream_take(stream, n);
        if (!ended)
            continue;
        if (taken > max)
            return qdx_error_set(error, QDX_ERR_LIMIT, "larger than %llu bytes",
                                 (unsigned long long)max);
        return qdx_buffer_status(out, error);
    }
}

/* The next byte that is neither white space nor, in an array, a comma; '\0' at the end. */
static qdx_status next_byte(qdx_stream *stream, bool commas, char *byte, qdx_error *error)
{
    for (;;) {
        const char *bytes;
        size_t got, n = 0;
        qdx_status status = qdx_stream_peek(stream, 1, &bytes, &got, error);
        *byte = '\0';
        if (status != QDX_OK || got == 0)
            return status;
        while (n < got && (is_space(bytes[n]) || (commas && bytes[n] == ',')))
            n++;
        qdx_stream_take(stream, n);
        if (n < got) {
            *byte = bytes[n];
            return QDX_OK;
        }
    }
}

static bool has_ending(const char *name, const char *ending)
{
    size_t size = strlen(name), n = strlen(ending);
    return size >= n && strcasecmp(name + size - n, ending) == 0;
}

/* Is the first line a value, and does another begin on the next? */
static bool looks_like_lines(const char *bytes, size_t size)
{
    json_scan s = {0};
    size_t at = 0;
    const char *stop = memchr(bytes, '\n', size);
    size_t line = stop ? (size_t)(stop - bytes) : size;
    if (!stop || !scan(&s, bytes, line, &at))
        return false;
    while (at < size && is_space(bytes[at]))
        at++;
    return at < size && at > line && bytes[at] == '{';
}

static bool is_wide(const char *bytes, size_t size)
{
    return size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0 ||
                         bytes[0] == '\0' || bytes[1] == '\0');
}

static qdx_status json_open(qdx_container *container, qdx_error *error)
{
    const char *bytes;
    size_t got;
    json_split *split = calloc(1, sizeof *split);
    if (!split)
        return qdx_error_memory(error);
    container->state = split;
    qdx_status status = qdx_stream_peek(container->stream, HEAD, &bytes, &got, error);
    if (status != QDX_OK)
        return status;
    if (is_wide(bytes, got)) {
        split->mode = JSON_WHOLE;
        return QDX_OK;
    }
    if (got >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        qdx_stream_take(container->stream, 3);
        bytes += 3;
        got -= 3;
    }
    size_t i = 0;
    while (i < got && is_space(bytes[i]))
        i++;
    bool lines = has_ending(container->name, ".jsonl") || has_ending(container->name, ".ndjson");
    if (i < got && bytes[i] == '[') {
        split->mode = JSON_ARRAY;
        qdx_stream_take(container->stream, i + 1);
    } else {
        split->mode = lines || looks_like_lines(bytes + i, got - i) ? JSON_LINES : JSON_VALUES;
    }
    return QDX_OK;
}

static void json_close(qdx_container *container)
{
    free(container->state);
    container->state = NULL;
}

static qdx_status end_of(const json_split *split, qdx_error *error)
{
    return split->found ? QDX_END
                        : qdx_error_set(error, QDX_ERR_FORMAT, "no text: JSON without objects");
}

static qdx_status next_line(qdx_container *container, qdx_member *member, qdx_error *error)
{
    json_split *split = container->state;
    uint64_t max = container->budget->limits->max_file_bytes;
    for (;;) {
        qdx_buffer_clear(member->bytes);
        qdx_status status = qdx_stream_line(container->stream, max, member->bytes, error);
        container->over = status == QDX_END;
        if (status == QDX_END)
            return end_of(split, error);
        split->found |= status == QDX_ERR_LIMIT;
        member->number = ++split->number;
        container->over = qdx_stream_is_over(container->stream);
        if (status != QDX_OK)
            return status;
        size_t i = 0, size = member->bytes->size, at;
        while (i < size && is_space(member->bytes->bytes[i]))
            i++;
        if (i == size)
            continue;
        split->found = true;
        json_scan s = {0};
        at = i;
        bool whole = member->bytes->bytes[i] == '{' && scan(&s, member->bytes->bytes, size, &at);
        while (whole && at < size && is_space(member->bytes->bytes[at]))
            at++;
        return whole && at == size
                   ? QDX_OK
                   : qdx_error_set(error, QDX_ERR_FORMAT, "a line that is no JSON object");
    }
}

/* The next object of an array, or of values one after another. Other values are no articles. */
static qdx_status next_value(qdx_container *container, qdx_member *member, qdx_error *error)
{
    json_split *split = container->state;
    qdx_stream *stream = container->stream;
    bool array = split->mode == JSON_ARRAY;
    char byte;
    container->over = true;
    for (;;) {
        qdx_buffer_clear(member->bytes);
        qdx_status status = next_byte(stream, array, &byte, error);
        if (status != QDX_OK)
            return status;
        if (!byte || (array && byte == ']'))
            return byte || !array
                       ? end_of(split, error)
                       : qdx_error_set(error, QDX_ERR_FORMAT, "JSON that ends too early");
        if (!array && byte != '{' && byte != '[')
            return qdx_error_set(error, QDX_ERR_FORMAT, "not JSON, or followed by something else");
        if (byte == '}')
            return qdx_error_set(error, QDX_ERR_FORMAT, "broken JSON");
        member->number = byte == '{' ? ++split->number : split->number;
        split->found |= byte == '{';
        status =
            take_value(stream, container->budget->limits->max_file_bytes, member->bytes, error);
        container->over = status != QDX_OK &&
                          (status != QDX_ERR_LIMIT || stream->ended || qdx_stream_is_over(stream));
        if (status != QDX_OK || byte == '{')
            return status;
        container->over = true;
    }
}

/* A file of one object is that article, or holds those inside it. */
static qdx_status number_lone(qdx_container *container, qdx_member *member, qdx_error *error)
{
    char byte;
    qdx_status status = next_byte(container->stream, false, &byte, error);
    if (status == QDX_OK && !byte)
        member->number = 0;
    return QDX_OK;
}

static qdx_status json_next(qdx_container *container, qdx_member *member, qdx_error *error)
{
    json_split *split = container->state;
    member->format = &qdx_format_json;
    if (split->mode == JSON_LINES)
        return next_line(container, member, error);
    if (split->mode == JSON_WHOLE) {
        if (split->number++)
            return QDX_END;
        container->over = true;
        return qdx_stream_read_all(container->stream, container->budget->limits->max_file_bytes,
                                   member->bytes, error);
    }
    qdx_status status = next_value(container, member, error);
    if (status == QDX_OK && split->mode == JSON_VALUES && split->number == 1)
        status = number_lone(container, member, error);
    return status;
}

const qdx_container_kind qdx_container_json = {"JSON",    false,     false,     &qdx_format_json,
                                               json_open, json_next, json_close};
