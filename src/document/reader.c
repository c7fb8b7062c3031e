/*
 * The reader: bytes → text → format → articles. It owns all memory of the open file and hands out
 * one article at a time; what a file is and how it is read stands in the formats.
 */
#include <quotedex/document.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "document/date.h"
#include "document/encoding.h"
#include "document/format.h"

enum {
    DEFAULT_DEPTH = 256,
    DEFAULT_TAG_BYTES = 64 * 1024,
    DEFAULT_FILE_MIB = 64,
    KEPT_BYTES = 8 << 20, /* a buffer larger than this is not kept for the next file */
};

/* Blocks are counted in 32 bits, and text may grow by half when it is decoded. */
static const uint64_t file_bytes_max = UINT32_MAX / 4;

struct qdx_reader {
    qdx_source source;
    qdx_draft draft;
    qdx_decoded decoded;
    const qdx_format *format; /* NULL: no file is open */
    qdx_document document;
    qdx_buffer raw;     /* the file's bytes */
    qdx_buffer scratch; /* the decoded text where it is not the bytes themselves */
    qdx_arena file;     /* the path */
    qdx_arena article;  /* strings of the article handed out */
};

qdx_reader *qdx_reader_new(const qdx_reader_options *options, qdx_error *error)
{
    qdx_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        qdx_error_memory(error);
        return NULL;
    }
    qdx_reader_options *limits = &reader->source.limits;
    if (options)
        *limits = *options;
    if (limits->max_file_bytes == 0)
        limits->max_file_bytes = (uint64_t)DEFAULT_FILE_MIB << 20;
    if (limits->max_file_bytes > file_bytes_max)
        limits->max_file_bytes = file_bytes_max;
    if (limits->max_depth == 0)
        limits->max_depth = DEFAULT_DEPTH;
    if (limits->max_tag_bytes == 0)
        limits->max_tag_bytes = DEFAULT_TAG_BYTES;
    qdx_draft_init(&reader->draft, &reader->article);
    return reader;
}

void qdx_reader_free(qdx_reader *reader)
{
    if (!reader)
        return;
    qdx_markup_release(&reader->source.markup);
    qdx_draft_release(&reader->draft);
    qdx_buffer_release(&reader->raw);
    qdx_buffer_release(&reader->scratch);
    qdx_arena_release(&reader->file);
    qdx_arena_release(&reader->article);
    free(reader);
}

static void empty_buffer(qdx_buffer *buffer)
{
    if (buffer->capacity > KEPT_BYTES)
        qdx_buffer_release(buffer);
    qdx_buffer_clear(buffer);
}

/* Forgets the file that was open. */
static qdx_status begin(qdx_reader *reader, const char *name, qdx_error *error)
{
    reader->format = NULL;
    empty_buffer(&reader->raw);
    empty_buffer(&reader->scratch);
    empty_buffer(&reader->draft.text);
    if (reader->source.markup.nodes.count)
        qdx_markup_release(&reader->source.markup);
    qdx_arena_reset(&reader->file);
    reader->source.path = qdx_arena_copy(&reader->file, name, strlen(name));
    reader->source.repairs = reader->source.at = reader->source.found = 0;
    return reader->source.path ? QDX_OK : qdx_error_memory(error);
}

static bool looks_like_markup(const qdx_buffer *raw)
{
    size_t i = 0;
    while (i < raw->size && (unsigned char)raw->bytes[i] <= ' ')
        i++;
    return i < raw->size && raw->bytes[i] == '<';
}

/* Decodes, recognises and prepares what `raw` holds. */
static qdx_status open_raw(qdx_reader *reader, qdx_error *error)
{
    qdx_source *source = &reader->source;
    const qdx_format *format;
    if (!qdx_buffer_reserve(&reader->raw, 1))
        return qdx_error_memory(error);
    qdx_status status =
        qdx_format_of_bytes(source->path, reader->raw.bytes, reader->raw.size, &format, error);
    if (status != QDX_OK)
        return status;
    if (reader->raw.size == 0)
        return qdx_error_set(error, QDX_ERR_FORMAT, "no text: the file is empty");
    bool markup = format ? format->markup : looks_like_markup(&reader->raw);
    status = qdx_encoding_decode(&reader->raw, &reader->scratch, markup, &reader->decoded, error);
    if (status != QDX_OK)
        return status;
    source->text = reader->decoded.text;
    source->size = reader->decoded.size;
    source->repairs = reader->decoded.repairs;
    format = qdx_format_of_text(format, source->text, source->size);
    if (format->open)
        status = format->open(source, error);
    if (status == QDX_OK)
        reader->format = format;
    return status;
}

/* Names the file in an error that has none. */
static qdx_status name_file(const qdx_reader *reader, qdx_status status, qdx_error *error)
{
    if (status < 0 && error && error->file[0] == '\0')
        qdx_error_at(error, reader->source.path, error->line);
    return status;
}

qdx_status qdx_reader_open(qdx_reader *reader, const char *path, qdx_error *error)
{
    qdx_status status = begin(reader, path, error);
    if (status == QDX_OK)
        status = qdx_file_read(path, reader->source.limits.max_file_bytes, &reader->raw, error);
    if (status == QDX_OK)
        status = open_raw(reader, error);
    return name_file(reader, status, error);
}

qdx_status qdx_reader_open_bytes(qdx_reader *reader, const char *name, const void *bytes,
                                 size_t size, qdx_error *error)
{
    qdx_status status = begin(reader, name, error);
    if (status == QDX_OK && size > reader->source.limits.max_file_bytes)
        status = qdx_error_set(error, QDX_ERR_LIMIT, "larger than %llu bytes",
                               (unsigned long long)reader->source.limits.max_file_bytes);
    if (status == QDX_OK) {
        qdx_buffer_append(&reader->raw, bytes, size);
        status = qdx_buffer_status(&reader->raw, error);
    }
    if (status == QDX_OK)
        status = open_raw(reader, error);
    return name_file(reader, status, error);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static void fill_document(qdx_reader *reader)
{
    const qdx_draft *draft = &reader->draft;
    reader->document = (qdx_document){
        .path = reader->source.path,
        .part = reader->source.found,
        .title = or_empty(draft->title),
        .url = or_empty(draft->url),
        .outlet = or_empty(draft->outlet),
        .author = or_empty(draft->author),
        .language = or_empty(draft->language),
        .encoding = reader->decoded.encoding,
        .date = draft->date,
        .repairs = reader->source.repairs,
        .text = draft->whole ? draft->whole : draft->text.bytes,
        .text_size = (uint32_t)(draft->whole ? draft->whole_size : draft->text.size),
        .blocks = draft->blocks.items,
        .block_count = draft->blocks.count,
    };
    if (draft->date.year == 0 && draft->url)
        qdx_date_find_in_url(draft->url, &reader->document.date);
}

uint64_t qdx_reader_size(const qdx_reader *reader)
{
    return reader->raw.size;
}

qdx_status qdx_reader_next(qdx_reader *reader, const qdx_document **document, qdx_error *error)
{
    *document = NULL;
    if (!reader->format)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "no file is open");
    qdx_status status;
    do {
        qdx_draft_clear(&reader->draft);
        qdx_arena_reset(&reader->article);
        status = reader->format->next(&reader->source, &reader->draft, error);
    } while (status == QDX_OK && reader->draft.blocks.count == 0);
    if (status == QDX_END && reader->source.found == 0)
        status = qdx_error_set(error, QDX_ERR_FORMAT, "no text");
    if (status < 0)
        reader->format = NULL;
    if (status != QDX_OK)
        return name_file(reader, status, error);
    fill_document(reader);
    reader->source.found++;
    *document = &reader->document;
    return QDX_OK;
}
