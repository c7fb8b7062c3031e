/*
 * Reading articles again. Size and hash of the text in the index decide whether
 * it is the one that was indexed; a text that differs in one byte is not used
 * at all.
 */
#include "query/source_text.h"

#include <string.h>

#include "base/file.h"
#include "index/context.h"

void qdx_source_text_release(qdx_source_text *text)
{
    qdx_buffer_release(&text->file);
}

/* Without a source: the file itself, which is the text where that was clean
 * UTF-8. */
static qdx_status read_file(qdx_source_text *text, const qdx_document_row *row, const char **bytes,
                            size_t *size, qdx_error *error)
{
    qdx_buffer_clear(&text->file);
    qdx_status status = qdx_file_read(row->path, row->text_bytes, &text->file, error);
    *bytes = text->file.bytes;
    *size = text->file.size;
    return status;
}

qdx_status qdx_source_text_open(qdx_source_text *text, const qdx_document_row *row,
                                qdx_error *error)
{
    const qdx_text_source *source = text->source;
    const char *bytes = NULL;
    size_t size = 0;
    qdx_error ignored = {0};
    text->document = (qdx_document){0};
    text->chars = text->bytes = 0;
    qdx_status status =
        source ? source->read(source->context, row->path, row->part, &bytes, &size, &ignored)
               : read_file(text, row, &bytes, &size, &ignored);
    if (status == QDX_ERR_MEMORY)
        return qdx_error_memory(error);
    if (status == QDX_OK && bytes && size == row->text_bytes && size < UINT32_MAX &&
        qdx_text_hash(bytes, size) == row->text_hash) {
        text->document.text = bytes;
        text->document.text_size = (uint32_t)size;
    }
    return QDX_OK;
}

/* The offset of a code point, counted from the last one asked for. */
static uint32_t find_char(qdx_source_text *text, uint32_t number)
{
    const qdx_document *document = &text->document;
    if (number < text->chars)
        text->chars = text->bytes = 0;
    while (text->chars < number && text->bytes < document->text_size) {
        text->bytes++;
        while (text->bytes < document->text_size &&
               ((unsigned char)document->text[text->bytes] & 0xC0) == 0x80)
            text->bytes++;
        text->chars++;
    }
    return text->bytes;
}

void qdx_source_text_around(qdx_source_text *text, uint32_t char_start, uint32_t char_end,
                            qdx_buffer *before, qdx_buffer *after)
{
    if (!text->document.text)
        return;
    qdx_span span = {find_char(text, char_start), 0};
    span.end = find_char(text, char_end);
    qdx_span around = qdx_context_around(&text->document, span, QDX_MENTION_CONTEXT);
    qdx_context_append(&text->document, (qdx_span){around.start, span.start}, before);
    qdx_context_append(&text->document, (qdx_span){span.end, around.end}, after);
}

static qdx_span find_span(qdx_source_text *text, uint64_t start, uint64_t chars)
{
    uint64_t end = start + chars < UINT32_MAX ? start + chars : UINT32_MAX;
    qdx_span span = {find_char(text, (uint32_t)(start < end ? start : end)), 0};
    span.end = find_char(text, (uint32_t)end);
    return span;
}

void qdx_source_text_quote(qdx_source_text *text, const qdx_quote_row *row, qdx_buffer *words,
                           qdx_buffer *named)
{
    const qdx_document *document = &text->document;
    uint64_t at = row->char_start, chars = row->chars;
    if (!document->text)
        return;
    for (uint32_t i = 0; i < row->gap_count; i++)
        chars = chars > row->gaps[i] ? chars - row->gaps[i] : 0;
    qdx_span span = find_span(text, at, chars);
    qdx_buffer_append(words, document->text + span.start, span.end - span.start);
    for (uint32_t i = 0; i + 1 < row->gap_count; i += 2) {
        uint32_t before = span.end;
        at += chars + row->gaps[i];
        chars = row->gaps[i + 1];
        span = find_span(text, at, chars);
        if (qdx_words_between(document, before, span.start))
            qdx_buffer_text(words, " \xE2\x80\xA6 ");
        else
            qdx_buffer_byte(words, ' ');
        qdx_buffer_append(words, document->text + span.start, span.end - span.start);
    }
    span = find_span(text, row->named_start, row->named_chars);
    qdx_context_append(document, span, named);
}

void qdx_source_text_beside(qdx_source_text *text, uint32_t char_start, uint32_t char_end,
                            qdx_buffer *before, qdx_buffer *after)
{
    const qdx_document *document = &text->document;
    if (!document->text)
        return;
    qdx_span left = qdx_context_before(document, find_char(text, char_start), QDX_QUOTE_CONTEXT);
    qdx_span right = qdx_context_after(document, find_char(text, char_end), QDX_QUOTE_CONTEXT);
    qdx_context_append(document, left, before);
    qdx_context_append(document, right, after);
}
