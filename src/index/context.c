/*
 * Offsets and surroundings of spans. The text is valid UTF-8 by contract, but nothing here reads
 * outside it if it is not.
 */
#include "index/context.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/format.h"
#include "text/unicode.h"

enum { STEP = 32 };

static bool starts_char(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Code points that begin in these eight bytes. */
static inline uint32_t count8(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    word = (~word >> 7 | word >> 6) & 0x0101010101010101u;
    return (uint32_t)(word * 0x0101010101010101u >> 56);
}

/* Code points that begin in `size` bytes. */
uint32_t qdx_count_chars(const char *bytes, uint32_t size)
{
    uint32_t count = 0;
    for (; size >= 8; size -= 8, bytes += 8)
        count += count8(bytes);
    for (; size; size--)
        count += starts_char(*bytes++);
    return count;
}

qdx_status qdx_places_init(qdx_places *places, const qdx_document *document, qdx_error *error)
{
    size_t steps = (size_t)document->text_size / STEP + 1;
    places->document = document;
    places->counts = malloc(steps * sizeof *places->counts);
    if (!places->counts)
        return qdx_error_memory(error);
    uint32_t count = 0;
    for (uint32_t i = 0; i < steps; i++) {
        uint32_t at = i * STEP, left = document->text_size - at;
        places->counts[i] = count;
        count += qdx_count_chars(document->text + at, left < STEP ? left : STEP);
    }
    return QDX_OK;
}

void qdx_places_release(qdx_places *places)
{
    free(places->counts);
    places->counts = NULL;
}

uint32_t qdx_places_char(const qdx_places *places, uint32_t offset)
{
    uint32_t start = offset / STEP * STEP;
    return places->counts[offset / STEP] +
           qdx_count_chars(places->document->text + start, offset - start);
}

uint32_t qdx_places_paragraph(const qdx_places *places, uint32_t offset)
{
    const qdx_document *document = places->document;
    size_t low = 0, high = document->block_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (document->blocks[middle].span.start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? (uint32_t)low : 1;
}

/* Moves the ends of a stretch inwards over blanks. */
static qdx_span trim(const qdx_document *document, qdx_span span)
{
    while (span.start < span.end && is_blank(document->text[span.start]))
        span.start++;
    while (span.end > span.start && is_blank(document->text[span.end - 1]))
        span.end--;
    return span;
}

qdx_span qdx_context_before(const qdx_document *document, uint32_t at, uint32_t chars)
{
    qdx_span span = {at, at};
    for (; chars >= 8 && span.start >= 8; span.start -= 8)
        chars -= count8(document->text + span.start - 8);
    while (span.start > 0 && chars) {
        span.start--;
        if (starts_char(document->text[span.start]))
            chars--;
    }
    if (span.start > 0 && !is_blank(document->text[span.start - 1])) {
        uint32_t word = span.start;
        while (word < at && !is_blank(document->text[word]))
            word++;
        if (word < at)
            span.start = word;
    }
    return trim(document, span);
}

qdx_span qdx_context_after(const qdx_document *document, uint32_t at, uint32_t chars)
{
    qdx_span span = {at, at};
    for (; chars >= 8 && document->text_size - span.end >= 8; span.end += 8)
        chars -= count8(document->text + span.end);
    while (span.end < document->text_size) {
        if (starts_char(document->text[span.end]) && chars-- == 0)
            break;
        span.end++;
    }
    if (span.end < document->text_size && !is_blank(document->text[span.end])) {
        uint32_t word = span.end;
        while (word > at && !is_blank(document->text[word - 1]))
            word--;
        if (word > at)
            span.end = word;
    }
    return trim(document, span);
}

bool qdx_words_between(const qdx_document *document, uint32_t from, uint32_t to)
{
    const char *p = document->text + from, *end = document->text + to;
    while (p < end) {
        uint32_t c;
        p += qdx_utf8_decode(p, end, &c);
        if (qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c))
            return true;
    }
    return false;
}

uint64_t qdx_text_hash(const char *text, size_t size)
{
    return qdx_hash_bytes(text, size) >> (64 - 8 * QDX_HASH_SIZE);
}

/* No line end or other blank than ' ' in these eight bytes, and no two in a row? */
static inline bool is_even8(const char *bytes)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t word, spaces;
    memcpy(&word, bytes, sizeof word);
    uint64_t low = (word - ones * ' ') & ~word & tops; /* bytes below ' ', or more: an alarm */
    spaces = word ^ ones * ' ';
    spaces = ~(((spaces & ~tops) + ~tops) | spaces) & tops;
    return !low && !(spaces & spaces << 8);
}

void qdx_context_append(const qdx_document *document, qdx_span span, qdx_buffer *out)
{
    const char *p = document->text + span.start, *end = document->text + span.end;
    bool blank = false; /* before p */
    if (!qdx_buffer_reserve(out, span.end - span.start))
        return;
    char *to = out->bytes + out->size;
    while (p < end) {
        if (end - p >= 8 && !(blank && *p == ' ') && is_even8(p)) {
            memcpy(to, p, 8);
            p += 8;
            to += 8;
            blank = p[-1] == ' ';
            continue;
        }
        bool now = is_blank(*p);
        if (!now || !blank)
            *to++ = now ? ' ' : *p;
        blank = now;
        p++;
    }
    *to = '\0';
    out->size = (size_t)(to - out->bytes);
}

qdx_span qdx_context_around(const qdx_document *document, qdx_span span, uint32_t bytes)
{
    qdx_span around = {span.start > bytes ? span.start - bytes : 0,
                       document->text_size - span.end > bytes ? span.end + bytes
                                                              : document->text_size};
    if (around.start > 0)
        while (around.start < span.start && !is_blank(document->text[around.start - 1]))
            around.start++;
    if (around.end < document->text_size)
        while (around.end > span.end && !is_blank(document->text[around.end]))
            around.end--;
    return around;
}
