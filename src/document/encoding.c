/*
 * Decoding. Not a guesser: it tries what can be proved (marks, zeros, strict UTF-8), then believes
 * the label, then reads windows-1252, which gives every byte a meaning. Control characters
 * U+0080–U+009F are windows-1252 marks that a wrong label hid, and are read as such.
 */
#include "document/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <quotedex/document.h>
#include <stdio.h>
#include <string.h>

#include "document/label.h"
#include "document/mojibake.h"
#include "text/unicode.h"

enum { PATTERN_BYTES = 4096, CONTROL_BYTES = 8192, ICONV_CHUNK = 16384 };

static const uint16_t windows1252_high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

uint32_t qdx_windows1252(uint32_t byte)
{
    return byte >= 0x80 && byte < 0xA0 ? windows1252_high[byte - 0x80] : 0;
}

uint8_t qdx_windows1252_byte(uint32_t codepoint)
{
    if (codepoint >= 0xA0 && codepoint <= 0xFF)
        return (uint8_t)codepoint;
    if (codepoint >= 0x80 && codepoint < 0xA0)
        return windows1252_high[codepoint - 0x80] == 0 ? (uint8_t)codepoint : 0;
    if (codepoint > 0xFF)
        for (uint32_t i = 0; i < 32; i++)
            if (windows1252_high[i] == codepoint)
                return (uint8_t)(0x80 + i);
    return 0;
}

static void set_encoding(qdx_decoded *decoded, const char *name)
{
    size_t n = strlen(name);
    if (n >= sizeof decoded->encoding)
        n = sizeof decoded->encoding - 1;
    memcpy(decoded->encoding, name, n);
    decoded->encoding[n] = '\0';
}

/* -- UTF-16 and UTF-32 -- */

typedef struct wide {
    const char *name;
    const char *mark;
    size_t mark_size;
    size_t unit;
    bool big;
} wide;

/* Longer marks first: the mark of UTF-32LE begins with that of UTF-16LE. */
static const wide wides[] = {
    {"utf-32le", "\xFF\xFE\0\0", 4, 4, false},
    {"utf-32be", "\0\0\xFE\xFF", 4, 4, true},
    {"utf-16le", "\xFF\xFE", 2, 2, false},
    {"utf-16be", "\xFE\xFF", 2, 2, true},
};

/* Western text in UTF-16 or -32 has zeros in all high bytes and nowhere else. */
static bool zeros_match(const wide *format, const unsigned char *bytes, size_t size)
{
    size_t units = (size < PATTERN_BYTES ? size : PATTERN_BYTES) / format->unit;
    size_t fitting = 0;
    for (size_t i = 0; i < units; i++) {
        const unsigned char *unit = bytes + i * format->unit;
        size_t low = format->big ? format->unit - 1 : 0;
        size_t zeros = 0;
        for (size_t k = 0; k < format->unit; k++)
            zeros += k != low && unit[k] == 0;
        if (unit[low] == 0 && zeros == format->unit - 1)
            return false;
        fitting += zeros == format->unit - 1;
    }
    return units >= 4 && fitting * 10 >= units * 7;
}

static const wide *find_wide(const char *bytes, size_t size, size_t *skip)
{
    const size_t count = sizeof wides / sizeof wides[0];
    for (size_t i = 0; i < count; i++)
        if (size >= wides[i].mark_size && memcmp(bytes, wides[i].mark, wides[i].mark_size) == 0) {
            *skip = wides[i].mark_size;
            return &wides[i];
        }
    *skip = 0;
    if (!memchr(bytes, '\0', size < PATTERN_BYTES ? size : PATTERN_BYTES))
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (zeros_match(&wides[i], (const unsigned char *)bytes, size))
            return &wides[i];
    return NULL;
}

static uint32_t read_unit(const wide *format, const unsigned char *p)
{
    uint32_t value = 0;
    for (size_t k = 0; k < format->unit; k++)
        value |= (uint32_t)p[k] << (8 * (format->big ? format->unit - 1 - k : k));
    return value;
}

/* The character at `p`; *used says how many bytes it takes. A lone surrogate is U+FFFD. */
static uint32_t read_wide(const wide *format, const unsigned char *p, size_t left, size_t *used)
{
    *used = left < format->unit ? left : format->unit;
    if (left < format->unit)
        return QDX_REPLACEMENT;
    uint32_t c = read_unit(format, p);
    if (c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF))
        return c;
    if (format->unit == 2 && c < 0xDC00 && left >= 4) {
        uint32_t low = read_unit(format, p + 2);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            *used = 4;
            return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return QDX_REPLACEMENT;
}

static void decode_wide(const wide *format, const char *bytes, size_t size, qdx_buffer *out,
                        qdx_decoded *decoded)
{
    const unsigned char *p = (const unsigned char *)bytes;
    const unsigned char *end = p + size;
    qdx_buffer_reserve(out, size + size / 2 + 4);
    while (p < end && !out->failed) {
        size_t used;
        uint32_t c = read_wide(format, p, (size_t)(end - p), &used);
        if (c == QDX_REPLACEMENT)
            decoded->repairs |= QDX_REPAIR_INVALID;
        qdx_buffer_codepoint(out, c);
        p += used;
    }
    set_encoding(decoded, format->name);
}

/* -- Eight bits -- */

static void put_windows1252(qdx_buffer *out, unsigned char byte, qdx_decoded *decoded)
{
    uint32_t c = byte >= 0x80 && byte < 0xA0 ? qdx_windows1252(byte) : byte;
    if (byte && c == 0) {
        decoded->repairs |= QDX_REPAIR_INVALID;
        c = QDX_REPLACEMENT;
    }
    qdx_buffer_codepoint(out, c);
}

static size_t ascii_length(const char *p, const char *end)
{
    const char *q = p;
    while (q < end && (unsigned char)*q < 0x80)
        q++;
    return (size_t)(q - p);
}

static void decode_windows1252(const char *bytes, size_t size, qdx_buffer *out,
                               qdx_decoded *decoded)
{
    const char *end = bytes + size;
    qdx_buffer_reserve(out, size + size / 8);
    for (const char *p = bytes; p < end && !out->failed;) {
        size_t plain = ascii_length(p, end);
        qdx_buffer_append(out, p, plain);
        p += plain;
        if (p < end)
            put_windows1252(out, (unsigned char)*p++, decoded);
    }
    set_encoding(decoded, "windows-1252");
}

/* UTF-8 in which some bytes are broken: enough good sequences beside the bad ones, or a cut end. */
static bool mostly_utf8(const char *bytes, size_t size)
{
    const char *end = bytes + size;
    size_t good = 0;
    size_t bad = 0;
    bool cut = false;
    for (const char *p = bytes; p < end;) {
        p += ascii_length(p, end);
        if (p == end)
            break;
        uint32_t c;
        size_t n = qdx_utf8_decode(p, end, &c);
        cut = n == 1 && (unsigned char)*p >= 0xC2 && end - p < 4 && bad == 0;
        for (const char *q = p + 1; cut && q < end; q++)
            cut = ((unsigned char)*q & 0xC0) == 0x80;
        if (cut)
            return good > 0 || end - p > 1;
        good += n > 1;
        bad += n == 1;
        p += n;
    }
    return good > 2 * bad;
}

/* A broken byte between ASCII neighbours was pasted from windows-1252. */
static void decode_broken_utf8(const char *bytes, size_t size, qdx_buffer *out,
                               qdx_decoded *decoded)
{
    const char *end = bytes + size;
    qdx_buffer_reserve(out, size + size / 4);
    for (const char *p = bytes; p < end && !out->failed;) {
        size_t plain = ascii_length(p, end);
        qdx_buffer_append(out, p, plain);
        p += plain;
        if (p == end)
            break;
        uint32_t c;
        size_t n = qdx_utf8_decode(p, end, &c);
        bool lone = n == 1 && plain > 0 && p + 1 < end && (unsigned char)p[1] < 0x80;
        if (n > 1) {
            qdx_buffer_append(out, p, n);
        } else if (lone) {
            decoded->repairs |= QDX_REPAIR_CONTROLS;
            put_windows1252(out, (unsigned char)*p, decoded);
        } else {
            decoded->repairs |= QDX_REPAIR_INVALID;
            qdx_buffer_codepoint(out, QDX_REPLACEMENT);
        }
        p += n;
    }
    set_encoding(decoded, "utf-8");
}

/* -- Other labels, through iconv -- */

static void convert(iconv_t cd, const char *bytes, size_t size, qdx_buffer *out,
                    qdx_decoded *decoded)
{
    char chunk[ICONV_CHUNK];
    char *in = (char *)(uintptr_t)bytes;
    size_t left = size;
    bool flushed = false;
    while (!flushed && !out->failed) {
        char *to = chunk;
        size_t room = sizeof chunk;
        flushed = left == 0;
        size_t result = iconv(cd, flushed ? NULL : &in, flushed ? NULL : &left, &to, &room);
        int reason = result == (size_t)-1 ? errno : 0;
        qdx_buffer_append(out, chunk, sizeof chunk - room);
        if (reason == EILSEQ || reason == EINVAL) {
            decoded->repairs |= QDX_REPAIR_INVALID;
            qdx_buffer_codepoint(out, QDX_REPLACEMENT);
            in++;
            left -= left > 0;
        }
    }
}

/* False when there is no such encoding, or it made no valid text of the bytes. */
static bool decode_label(const char *label, const char *bytes, size_t size, qdx_buffer *out,
                         qdx_decoded *decoded)
{
    const char *name = qdx_label_charset(label);
    if (!name)
        return false;
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return false;
    uint32_t repairs = decoded->repairs;
    convert(cd, bytes, size, out, decoded);
    iconv_close(cd);
    if (!out->failed && !qdx_utf8_valid(out->bytes ? out->bytes : "", out->size)) {
        qdx_buffer_clear(out);
        decoded->repairs = repairs;
        return false;
    }
    set_encoding(decoded, label);
    return true;
}

/* -- The whole -- */

/* Control characters that no text has, of at most 255 bytes: so that compilers count 16 at once. */
static uint8_t count_controls(const unsigned char *p, size_t size)
{
    uint8_t count = 0;
    for (size_t i = 0; i < size; i++)
        count = (uint8_t)(count + (p[i] < 0x20 && (p[i] < '\t' || p[i] > '\r') && p[i] != 0x1B));
    return count;
}

static bool is_binary(const char *text, size_t size)
{
    enum { STEP = 240 };
    if (memchr(text, '\0', size))
        return true;
    const unsigned char *p = (const unsigned char *)text;
    size_t n = size < CONTROL_BYTES ? size : CONTROL_BYTES;
    size_t controls = 0;
    for (size_t i = 0; i < n; i += STEP)
        controls += count_controls(p + i, n - i < STEP ? n - i : STEP);
    return controls >= 8 && controls * 10 > n;
}

static const char *next_control(const char *p, const char *end)
{
    while (p < end && (p = memchr(p, 0xC2, (size_t)(end - p))) != NULL) {
        if (end - p >= 2 && qdx_windows1252((unsigned char)p[1]))
            return p;
        p++;
    }
    return NULL;
}

/* Copies decoded text to `out` with U+0080–U+009F read as windows-1252. */
static void repair_controls(qdx_decoded *decoded, qdx_buffer *out)
{
    const char *p = decoded->text;
    const char *end = p + decoded->size;
    qdx_buffer_clear(out);
    qdx_buffer_reserve(out, decoded->size + decoded->size / 8);
    for (const char *at; (at = next_control(p, end)) != NULL && !out->failed; p = at + 2) {
        qdx_buffer_append(out, p, (size_t)(at - p));
        qdx_buffer_codepoint(out, qdx_windows1252((unsigned char)at[1]));
    }
    qdx_buffer_append(out, p, (size_t)(end - p));
    decoded->text = out->bytes;
    decoded->size = out->size;
    decoded->repairs |= QDX_REPAIR_CONTROLS;
}

static void decode_eight_bits(const char *bytes, size_t size, bool markup, const char *told,
                              qdx_buffer *out, qdx_decoded *decoded)
{
    char label[QDX_LABEL_SIZE] = "";
    bool labelled = told && *told;
    if (labelled)
        snprintf(label, sizeof label, "%s", told);
    else
        labelled = markup && qdx_label_find(bytes, size, label);
    if ((labelled && qdx_label_is_utf8(label)) || mostly_utf8(bytes, size))
        decode_broken_utf8(bytes, size, out, decoded);
    else if (!labelled || !decode_label(label, bytes, size, out, decoded))
        decode_windows1252(bytes, size, out, decoded);
}

/* Encodings in which other scripts are written with ASCII's bytes: valid UTF-8 proves nothing. */
static bool is_seven_bit(const char *label)
{
    return label && strncmp(label, "iso-2022-", 9) == 0;
}

/* Seven bits, with the sequences by which ISO-2022 changes the alphabet. */
static bool has_shifts(const qdx_buffer *raw)
{
    const char *escape = memchr(raw->bytes, 0x1B, raw->size);
    return escape && memmem(escape, raw->size - (size_t)(escape - raw->bytes), "\x1B$", 2) &&
           ascii_length(raw->bytes, raw->bytes + raw->size) == raw->size;
}

qdx_status qdx_encoding_decode(qdx_buffer *raw, qdx_buffer *scratch, bool markup, const char *label,
                               qdx_decoded *decoded, qdx_error *error)
{
    memset(decoded, 0, sizeof *decoded);
    if (!qdx_buffer_reserve(raw, 1))
        return qdx_error_memory(error);
    raw->bytes[raw->size] = '\0';
    qdx_buffer_clear(scratch);
    size_t skip;
    const wide *format = find_wide(raw->bytes, raw->size, &skip);
    if (!format && raw->size >= 3 && memcmp(raw->bytes, "\xEF\xBB\xBF", 3) == 0)
        skip = 3;
    decoded->text = raw->bytes + skip;
    decoded->size = raw->size - skip;
    set_encoding(decoded, "utf-8");
    qdx_buffer *spare = scratch;
    if ((!label || !*label) && !format && !skip && has_shifts(raw))
        label = "iso-2022-jp"; /* sequences that change the alphabet tell it */
    bool seven_bit =
        is_seven_bit(label) && decode_label(label, decoded->text, decoded->size, scratch, decoded);
    if (seven_bit || format || !qdx_utf8_valid(decoded->text, decoded->size)) {
        if (seven_bit)
            set_encoding(decoded, label);
        else if (format)
            decode_wide(format, decoded->text, decoded->size, scratch, decoded);
        else if (skip)
            decode_broken_utf8(decoded->text, decoded->size, scratch, decoded);
        else
            decode_eight_bits(decoded->text, decoded->size, markup, label, scratch, decoded);
        qdx_buffer_append(scratch, "", 0);
        decoded->text = scratch->bytes;
        decoded->size = scratch->size;
        spare = raw;
    }
    if (scratch->failed)
        return qdx_error_memory(error);
    if (is_binary(decoded->text, decoded->size))
        return qdx_error_set(error, QDX_ERR_FORMAT, "binary data, not text");
    if (qdx_mojibake_repair(decoded->text, &decoded->size))
        decoded->repairs |= QDX_REPAIR_MOJIBAKE;
    if (next_control(decoded->text, decoded->text + decoded->size))
        repair_controls(decoded, spare);
    return spare->failed ? qdx_error_memory(error) : QDX_OK;
}
