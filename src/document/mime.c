/*
 * MIME, read as loosely as messages are written: header lines may end in LF alone, encoded words
 * may stand anywhere, a broken encoding yields what can be had of it.
 */
#include "document/mime.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "document/encoding.h"
#include "text/unicode.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *line_end(const char *p, const char *end)
{
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    return stop ? stop + 1 : end;
}

static bool is_empty_line(const char *p, const char *next)
{
    return next > p && (*p == '\n' || (*p == '\r' && next - p == 2));
}

qdx_mime_part qdx_mime_split(const char *bytes, size_t size)
{
    const char *end = bytes + size;
    qdx_mime_part part = {bytes, end, end, end};
    for (const char *p = bytes, *next; p < end; p = next) {
        next = line_end(p, end);
        if (is_empty_line(p, next)) {
            part.headers_end = p;
            part.body = next;
            break;
        }
    }
    return part;
}

/* Appends a header's value from behind the colon: folded lines are joined by a blank. */
static void unfold(const char *p, const char *end, qdx_buffer *value)
{
    for (const char *next; p < end; p = next) {
        next = line_end(p, end);
        const char *stop = next;
        while (stop > p && (stop[-1] == '\n' || stop[-1] == '\r'))
            stop--;
        while (p < stop && is_blank(*p))
            p++;
        if (value->size && stop > p)
            qdx_buffer_byte(value, ' ');
        qdx_buffer_append(value, p, (size_t)(stop - p));
        if (next < end && !is_blank(*next))
            return;
    }
}

bool qdx_mime_header(const qdx_mime_part *part, const char *name, qdx_buffer *value)
{
    size_t size = strlen(name);
    qdx_buffer_reuse(value);
    for (const char *p = part->headers; p < part->headers_end;) {
        if ((size_t)(part->headers_end - p) > size && p[size] == ':' &&
            strncasecmp(p, name, size) == 0) {
            unfold(p + size + 1, part->headers_end, value);
            qdx_buffer_append(value, "", 0);
            return !value->failed;
        }
        p = line_end(p, part->headers_end);
    }
    qdx_buffer_append(value, "", 0);
    return false;
}

bool qdx_mime_parameter(const char *value, const char *name, qdx_buffer *out)
{
    size_t size = strlen(name);
    qdx_buffer_clear(out);
    for (const char *p = strchr(value, ';'); p; p = strchr(p, ';')) {
        p++;
        p += strspn(p, " \t");
        if (strncasecmp(p, name, size) != 0)
            continue;
        const char *v = p + size + strspn(p + size, " \t");
        if (*v != '=')
            continue;
        v++;
        v += strspn(v, " \t");
        if (*v == '"')
            for (v++; *v && *v != '"'; v++)
                qdx_buffer_byte(out, *v == '\\' && v[1] ? *++v : *v);
        else
            qdx_buffer_append(out, v, strcspn(v, "; \t"));
        return out->size > 0 && !out->failed;
    }
    return false;
}

bool qdx_mime_charset(const char *value, char label[QDX_LABEL_SIZE])
{
    qdx_buffer found = {0};
    label[0] = '\0';
    if (qdx_mime_parameter(value, "charset", &found) && found.size < QDX_LABEL_SIZE) {
        for (size_t i = 0; i < found.size; i++) {
            char c = found.bytes[i];
            label[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        }
        label[found.size] = '\0';
    }
    bool fine = !found.failed;
    qdx_buffer_release(&found);
    return fine;
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

void qdx_mime_base64(const char *bytes, size_t size, qdx_buffer *out)
{
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < size && bytes[i] != '='; i++) {
        int value = base64_value(bytes[i]);
        if (value < 0)
            continue;
        bits = bits << 6 | (uint32_t)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            qdx_buffer_byte(out, (char)(bits >> count));
        }
    }
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The length of a soft line break behind a "=", 0 when it is none. */
static size_t soft_break(const char *p, const char *end)
{
    const char *q = p;
    while (q < end && is_blank(*q))
        q++;
    if (q < end && *q == '\r')
        q++;
    return q < end && *q == '\n' ? (size_t)(q - p) + 1 : 0;
}

void qdx_mime_quoted_printable(const char *bytes, size_t size, qdx_buffer *out)
{
    const char *end = bytes + size;
    for (const char *p = bytes; p < end; p++) {
        if (*p != '=') {
            qdx_buffer_byte(out, *p);
            continue;
        }
        size_t soft = soft_break(p + 1, end);
        int high = end - p > 2 ? hex_value(p[1]) : -1, low = end - p > 2 ? hex_value(p[2]) : -1;
        if (soft) {
            p += soft;
        } else if (high >= 0 && low >= 0) {
            qdx_buffer_byte(out, (char)(high << 4 | low));
            p += 2;
        } else {
            qdx_buffer_byte(out, '=');
        }
    }
}

/* -- Encoded words -- */

/* Decodes bytes of a charset and appends them as UTF-8. */
static void put_decoded(qdx_buffer *raw, const char *label, qdx_buffer *out)
{
    qdx_buffer scratch = {0};
    qdx_decoded decoded;
    qdx_status status =
        raw->size ? qdx_encoding_decode(raw, &scratch, false, label, &decoded, NULL) : QDX_END;
    if (status == QDX_OK)
        qdx_buffer_append(out, decoded.text, decoded.size);
    out->failed |= status == QDX_ERR_MEMORY;
    qdx_buffer_release(&scratch);
}

/* An encoded word "=?charset?Q?text?=" at p: its bytes are appended to `raw`. Its length, or 0. */
static size_t take_word(const char *p, const char *end, char label[QDX_LABEL_SIZE], qdx_buffer *raw)
{
    const char *charset = p + 2;
    const char *mark = end - p > 8 && p[0] == '=' && p[1] == '?'
                           ? memchr(charset, '?', (size_t)(end - charset))
                           : NULL;
    if (!mark || end - mark < 5 || mark[2] != '?')
        return 0;
    const char *text = mark + 3;
    const char *stop = memmem(text, (size_t)(end - text), "?=", 2);
    size_t name = strcspn(charset, "*?");
    char way = mark[1] | 0x20;
    if (!stop || name >= QDX_LABEL_SIZE || (way != 'q' && way != 'b'))
        return 0;
    for (size_t i = 0; i < name; i++)
        label[i] = charset[i] >= 'A' && charset[i] <= 'Z' ? (char)(charset[i] | 0x20) : charset[i];
    label[name] = '\0';
    if (way == 'b') {
        qdx_mime_base64(text, (size_t)(stop - text), raw);
    } else {
        qdx_buffer copy = {0};
        for (const char *q = text; q < stop; q++)
            qdx_buffer_byte(&copy, *q == '_' ? ' ' : *q);
        qdx_mime_quoted_printable(copy.bytes ? copy.bytes : "", copy.size, raw);
        raw->failed |= copy.failed;
        qdx_buffer_release(&copy);
    }
    return (size_t)(stop - p) + 2;
}

/* Flushes bytes gathered of words of one charset: a character may be split between two. */
static void flush(qdx_buffer *raw, char label[QDX_LABEL_SIZE], qdx_buffer *out)
{
    put_decoded(raw, label, out);
    qdx_buffer_reuse(raw);
    label[0] = '\0';
}

void qdx_mime_words(const char *text, size_t size, qdx_buffer *out)
{
    const char *end = text + size;
    char label[QDX_LABEL_SIZE] = "", next[QDX_LABEL_SIZE];
    qdx_buffer gathered = {0}, word = {0}, plain = {0};
    bool behind_word = false;
    for (const char *p = text; p < end;) {
        qdx_buffer_reuse(&word);
        size_t n = take_word(p, end, next, &word);
        if (n) {
            /* White space between two encoded words is no text. */
            bool blank = behind_word && plain.size == strspn(plain.bytes ? plain.bytes : "", " \t");
            if (!blank || strcmp(label, next) != 0) {
                flush(&gathered, label, out);
                if (!blank)
                    put_decoded(&plain, NULL, out);
            }
            qdx_buffer_reuse(&plain);
            qdx_buffer_append(&gathered, word.bytes, word.size);
            memcpy(label, next, sizeof label);
            behind_word = true;
            p += n;
        } else {
            qdx_buffer_byte(&plain, *p++);
        }
    }
    flush(&gathered, label, out);
    put_decoded(&plain, NULL, out);
    out->failed |= gathered.failed || word.failed || plain.failed;
    qdx_buffer_release(&gathered);
    qdx_buffer_release(&word);
    qdx_buffer_release(&plain);
}
