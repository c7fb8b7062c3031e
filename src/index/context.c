/*
 * Offsets and surroundings of spans. The text is valid UTF-8 by contract, but nothing here reads
 * outside it if it is not.
 */
#include "index/context.h"

#include <stdlib.h>

#include "base/error.h"

enum { STEP = 64 };

static bool starts_char(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

qdx_status qdx_places_init(qdx_places *places, const qdx_document *document, qdx_error *error)
{
    size_t steps = (size_t)document->text_size / STEP + 1;
    places->document = document;
    places->counts = malloc(steps * sizeof *places->counts);
    if (!places->counts)
        return qdx_error_memory(error);
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->text_size; i++) {
        if (i % STEP == 0)
            places->counts[i / STEP] = count;
        count += starts_char(document->text[i]);
    }
    if (document->text_size % STEP == 0)
        places->counts[document->text_size / STEP] = count;
    return QDX_OK;
}

void qdx_places_release(qdx_places *places)
{
    free(places->counts);
    places->counts = NULL;
}

uint32_t qdx_places_char(const qdx_places *places, uint32_t offset)
{
    uint32_t count = places->counts[offset / STEP];
    for (uint32_t i = offset / STEP * STEP; i < offset; i++)
        count += starts_char(places->document->text[i]);
    return count;
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

void qdx_context_append(const qdx_document *document, qdx_span span, qdx_buffer *out)
{
    uint32_t run = span.start;
    for (uint32_t i = span.start; i < span.end; i++) {
        if (!is_blank(document->text[i]))
            continue;
        if (document->text[i] == ' ' && (i == span.start || !is_blank(document->text[i - 1])))
            continue;
        qdx_buffer_append(out, document->text + run, i - run);
        if (i == span.start || !is_blank(document->text[i - 1]))
            qdx_buffer_byte(out, ' ');
        run = i + 1;
    }
    qdx_buffer_append(out, document->text + run, span.end - run);
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
