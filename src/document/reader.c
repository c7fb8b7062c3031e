/*
 * The reader: bytes → text → format → articles. It owns all memory of the open file and hands out
 * one article at a time; what a file is and how it is read stands in the formats.
 */
#include <errno.h>
#include <quotedex/document.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "document/container.h"
#include "document/date.h"
#include "document/encoding.h"
#include "document/format.h"
#include "document/item.h"

enum { KEPT_BYTES = 8 << 20 /* a buffer larger than this is not kept for the next file */ };

struct qdx_reader {
    qdx_source source;
    qdx_draft draft;
    qdx_decoded decoded;
    const qdx_format *format; /* NULL: no file is open */
    qdx_document document;
    qdx_buffer raw;         /* the file's bytes */
    qdx_buffer scratch;     /* the decoded text where it is not the bytes themselves */
    qdx_arena file;         /* the path, and what wraps the text */
    uint32_t part;          /* of the text: a record's number, or 0 */
    uint64_t size;          /* of the file, as read */
    qdx_unpacker *unpacker; /* NULL until a file of many articles was met */
    qdx_item item;
    qdx_buffer file_name, walking; /* of an article looked for; of the file the unpacker is in */
    uint32_t wanted;               /* number of the article looked for in its text; 0: all */
    bool unpacking;                /* the unpacker has the file open */
    bool opened;
    bool handed;       /* an article of the text was handed out */
    qdx_error pending; /* what became of the first item of a file with more; code 0: nothing */
    qdx_arena article; /* strings of the article handed out */
};

qdx_reader *qdx_reader_new(const qdx_reader_options *options, qdx_error *error)
{
    qdx_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        qdx_error_memory(error);
        return NULL;
    }
    reader->source.limits = qdx_reader_limits(options);
    reader->source.arena = &reader->file;
    qdx_draft_init(&reader->draft, &reader->article);
    return reader;
}

void qdx_reader_free(qdx_reader *reader)
{
    if (!reader)
        return;
    qdx_markup_release(&reader->source.markup);
    qdx_json_tree_release(&reader->source.json);
    qdx_buffer_release(&reader->source.detail);
    qdx_buffer_release(&reader->source.names);
    qdx_unpacker_free(reader->unpacker);
    qdx_item_release(&reader->item);
    qdx_buffer_release(&reader->file_name);
    qdx_buffer_release(&reader->walking);
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

/* Forgets the text that was open; `raw` stays. */
static qdx_status begin(qdx_reader *reader, const char *name, uint32_t part, qdx_error *error)
{
    qdx_source *source = &reader->source;
    reader->format = NULL;
    reader->part = part;
    empty_buffer(&reader->scratch);
    empty_buffer(&reader->draft.text);
    if (source->markup.nodes.count)
        qdx_markup_release(&source->markup);
    if (source->json.text.capacity > KEPT_BYTES)
        qdx_json_tree_release(&source->json);
    qdx_buffer_clear(&source->detail);
    qdx_buffer_clear(&source->names);
    qdx_arena_reset(&reader->file);
    source->path = qdx_arena_copy(&reader->file, name, strlen(name));
    source->repairs = source->at = source->end = source->found = 0;
    source->many = reader->handed = false;
    source->wrapping = (qdx_wrapping){0};
    return source->path ? QDX_OK : qdx_error_memory(error);
}

static bool looks_like_markup(const qdx_buffer *raw)
{
    size_t i = 0;
    while (i < raw->size && (unsigned char)raw->bytes[i] <= ' ')
        i++;
    return i < raw->size && raw->bytes[i] == '<';
}

/* Takes wrappings off until `raw` is the text itself, or what it is cannot be told yet. */
static qdx_status unwrap(qdx_reader *reader, const qdx_format **format, qdx_error *error)
{
    enum { WRAPPINGS = 4 };
    qdx_source *source = &reader->source;
    for (int i = 0; *format && (*format)->unwrap; i++) {
        if (i == WRAPPINGS)
            return qdx_error_set(error, QDX_ERR_LIMIT, "wrapped more than %d times", WRAPPINGS);
        qdx_kind kind = {0};
        source->text = reader->raw.bytes;
        source->size = reader->raw.size;
        source->wrapping.format = NULL;
        source->wrapping.name = NULL;
        qdx_buffer_clear(&reader->scratch);
        qdx_status status = (*format)->unwrap(source, &reader->scratch, error);
        if (status == QDX_OK)
            status = qdx_buffer_status(&reader->scratch, error);
        if (status == QDX_OK && !source->wrapping.format)
            status = qdx_kind_find(source->wrapping.name ? source->wrapping.name : "",
                                   reader->scratch.bytes ? reader->scratch.bytes : "",
                                   reader->scratch.size, &kind, error);
        if (status == QDX_OK && (kind.container == &qdx_container_zip || kind.compression))
            status = qdx_error_set(error, QDX_ERR_UNSUPPORTED, "an archive inside a record");
        if (status != QDX_OK)
            return status;
        *format = source->wrapping.format ? source->wrapping.format
                  : kind.container        ? kind.container->lone
                                          : kind.format;
        qdx_buffer unwrapped = reader->scratch;
        reader->scratch = reader->raw;
        reader->raw = unwrapped;
    }
    return QDX_OK;
}

static qdx_status decode(qdx_reader *reader, const qdx_format *format, qdx_error *error)
{
    qdx_source *source = &reader->source;
    if (format && format->raw) {
        source->text = reader->raw.bytes;
        source->size = reader->raw.size;
        reader->decoded = (qdx_decoded){.encoding = "utf-8"};
        return QDX_OK;
    }
    bool markup = format ? format->markup : looks_like_markup(&reader->raw);
    qdx_status status = qdx_encoding_decode(&reader->raw, &reader->scratch, markup,
                                            source->wrapping.label, &reader->decoded, error);
    source->text = reader->decoded.text;
    source->size = reader->decoded.size;
    source->repairs = reader->decoded.repairs;
    return status;
}

/* Unwraps, decodes, recognises and prepares what `raw` holds. */
static qdx_status open_text(qdx_reader *reader, const qdx_format *format, qdx_error *error)
{
    qdx_source *source = &reader->source;
    qdx_status status = unwrap(reader, &format, error);
    if (status != QDX_OK)
        return status;
    if (reader->raw.size == 0)
        return qdx_error_set(error, QDX_ERR_FORMAT, "no text: the file is empty");
    if (!qdx_buffer_reserve(&reader->raw, 1))
        return qdx_error_memory(error);
    status = decode(reader, format, error);
    if (status != QDX_OK)
        return status;
    if (!format || !format->raw)
        format = qdx_format_of_text(format, source->text, source->size);
    if (format->open)
        status = format->open(source, error);
    if (status == QDX_OK)
        reader->format = format;
    return status;
}

/* Names the article's file in an error that has none. */
static qdx_status name_file(const qdx_reader *reader, qdx_status status, qdx_error *error)
{
    char name[sizeof error->file];
    if (status >= 0 || !error || error->file[0])
        return status;
    if (reader->part)
        snprintf(name, sizeof name, "%s#%u", reader->source.path, reader->part);
    qdx_error_at(error, reader->part ? name : reader->source.path, error->line);
    return status;
}

/* Takes the item's bytes over and opens them. */
static qdx_status open_item(qdx_reader *reader, qdx_item *item, qdx_error *error)
{
    qdx_buffer bytes = reader->raw;
    reader->raw = item->bytes;
    item->bytes = bytes;
    qdx_status status = begin(reader, item->path.bytes, item->part, error);
    if (status == QDX_OK)
        status = open_text(reader, item->format, error);
    return name_file(reader, status, error);
}

static qdx_status have_unpacker(qdx_reader *reader, qdx_error *error)
{
    if (!reader->unpacker)
        reader->unpacker = qdx_unpacker_new(&reader->source.limits, error);
    return reader->unpacker ? QDX_OK : QDX_ERR_MEMORY;
}

/* The file's next item, opened. A failure may be that item's alone: `unpacking` tells. */
static qdx_status next_item(qdx_reader *reader, qdx_error *error)
{
    qdx_status status = qdx_unpacker_next(reader->unpacker, &reader->item, error);
    reader->unpacking = status != QDX_END && status != QDX_ERR_MEMORY;
    return status == QDX_OK ? open_item(reader, &reader->item, error) : status;
}

/* The first item. Where more may follow, its failure waits for the call that would hand it out. */
static qdx_status first_item(qdx_reader *reader, qdx_error *error)
{
    qdx_error local = {0};
    qdx_status status = next_item(reader, &local);
    if (status < 0 && reader->unpacking && qdx_unpacker_holds_many(reader->unpacker)) {
        reader->pending = local;
        return QDX_OK;
    }
    reader->unpacking = reader->unpacking && status == QDX_OK;
    if (status != QDX_OK && error)
        *error = local;
    return status;
}

static void start(qdx_reader *reader)
{
    reader->format = NULL;
    reader->size = 0;
    reader->unpacking = false;
    reader->opened = true;
    reader->pending.code = QDX_OK;
    reader->wanted = 0;
}

qdx_status qdx_reader_open_item(qdx_reader *reader, qdx_item *item, qdx_error *error)
{
    start(reader);
    return open_item(reader, item, error);
}

/* Opens what was read into `raw`, unless it is a container: then it is not *done. */
static qdx_status open_read(qdx_reader *reader, const char *path, bool *done, qdx_error *error)
{
    qdx_kind kind;
    const qdx_buffer *raw = &reader->raw;
    reader->size = raw->size;
    qdx_status status = qdx_kind_find(path, raw->bytes ? raw->bytes : "", raw->size, &kind, error);
    if (status != QDX_OK)
        return status;
    *done = !kind.container && kind.compression == QDX_COMPRESSION_NONE;
    return *done ? open_text(reader, kind.format, error) : QDX_OK;
}

/* An article as the only one of its file: most are read without more ado. */
static qdx_status open_plain(qdx_reader *reader, const char *path, const qdx_file *file, bool *done,
                             qdx_error *error)
{
    *done = true;
    empty_buffer(&reader->raw);
    qdx_status status = begin(reader, path, 0, error);
    if (status == QDX_OK)
        status = qdx_file_read_open(file, path, reader->source.limits.max_file_bytes, &reader->raw,
                                    error);
    reader->size = reader->raw.size;
    return status == QDX_OK ? open_read(reader, path, done, error) : status;
}

/* The same for bytes. */
static qdx_status open_plain_bytes(qdx_reader *reader, const char *name, const void *bytes,
                                   size_t size, bool *done, qdx_error *error)
{
    *done = true;
    empty_buffer(&reader->raw);
    qdx_status status = begin(reader, name, 0, error);
    if (status == QDX_OK) {
        qdx_buffer_append(&reader->raw, bytes, size);
        status = qdx_buffer_status(&reader->raw, error);
    }
    return status == QDX_OK ? open_read(reader, name, done, error) : status;
}

/* A file of many articles, or one that may be. */
static qdx_status open_container(qdx_reader *reader, const char *path, qdx_error *error)
{
    qdx_status status = begin(reader, path, 0, error);
    qdx_buffer_clear(&reader->walking);
    if (status == QDX_OK)
        status = have_unpacker(reader, error);
    if (status == QDX_OK)
        status = qdx_unpacker_open(reader->unpacker, path, error);
    reader->size = status == QDX_OK ? qdx_unpacker_size(reader->unpacker) : 0;
    if (status == QDX_OK)
        status = first_item(reader, error);
    return name_file(reader, status, error);
}

qdx_status qdx_reader_open_file(qdx_reader *reader, const char *path, const qdx_file *file,
                                qdx_error *error)
{
    bool done;
    start(reader);
    qdx_status status = open_plain(reader, path, file, &done, error);
    return done ? name_file(reader, status, error) : open_container(reader, path, error);
}

qdx_status qdx_reader_open(qdx_reader *reader, const char *path, qdx_error *error)
{
    if (qdx_kind_may_be_container(path)) {
        start(reader);
        return open_container(reader, path, error);
    }
    qdx_file file;
    start(reader);
    qdx_status status = qdx_file_open(path, &file, error);
    if (status == QDX_OK)
        status = qdx_reader_open_file(reader, path, &file, error);
    qdx_file_close(&file);
    return status;
}

qdx_status qdx_reader_open_bytes(qdx_reader *reader, const char *name, const void *bytes,
                                 size_t size, qdx_error *error)
{
    bool done = false;
    qdx_status status = QDX_OK;
    start(reader);
    if (size <= reader->source.limits.max_file_bytes && !qdx_kind_may_be_container(name))
        status = open_plain_bytes(reader, name, bytes, size, &done, error);
    if (done)
        return name_file(reader, status, error);
    reader->size = size;
    qdx_buffer_clear(&reader->walking);
    status = begin(reader, name, 0, error);
    if (status == QDX_OK)
        status = have_unpacker(reader, error);
    if (status == QDX_OK)
        status = qdx_unpacker_open_bytes(reader->unpacker, name, bytes, size, error);
    if (status == QDX_OK)
        status = first_item(reader, error);
    return name_file(reader, status, error);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* -- One article, met before -- */

/* The part of an article's name that is its file: up to a "!/", or all of it. 0: no such file. */
static size_t file_part(const char *path, size_t size, qdx_buffer *name)
{
    for (size_t n = size;;) {
        qdx_buffer_clear(name);
        qdx_buffer_append(name, path, n);
        struct stat info;
        if (name->failed || (stat(name->bytes, &info) == 0 && S_ISREG(info.st_mode)))
            return name->failed ? 0 : n;
        do
            n--;
        while (n > 0 && memcmp(path + n, "!/", 2) != 0);
        if (n == 0)
            return 0;
    }
}

/* Takes a record's number off the end of a name; 0 when there is none. */
static uint32_t take_number(const char *path, size_t *size)
{
    size_t n = *size;
    uint64_t number = 0;
    while (n > 0 && path[n - 1] >= '0' && path[n - 1] <= '9')
        n--;
    for (size_t i = n; i < *size && number <= UINT32_MAX; i++)
        number = number * 10 + (uint64_t)(path[i] - '0');
    if (n < 2 || n == *size || path[n - 1] != '#' || number > UINT32_MAX)
        return 0;
    *size = n - 1;
    return (uint32_t)number;
}

/* Finds the item in the file named in reader->file_name, from where the unpacker is or anew. */
static qdx_status find_item(qdx_reader *reader, const char *path, uint32_t part, qdx_error *error)
{
    const char *file = reader->file_name.bytes;
    bool again = reader->walking.bytes && strcmp(reader->walking.bytes, file) == 0;
    qdx_status status = have_unpacker(reader, error);
    for (int i = again ? 0 : 1; i < 2 && status == QDX_OK; i++) {
        if (i == 1)
            status = qdx_unpacker_open(reader->unpacker, file, error);
        if (status == QDX_OK)
            status = qdx_unpacker_find(reader->unpacker, path, part, &reader->item, error);
        if (status != QDX_ERR_NOT_FOUND || i == 1)
            break;
        status = QDX_OK;
    }
    qdx_buffer_clear(&reader->walking);
    if (status == QDX_OK)
        qdx_buffer_text(&reader->walking, file);
    return status == QDX_OK ? qdx_buffer_status(&reader->walking, error) : status;
}

static qdx_status open_found(qdx_reader *reader, const char *path, uint32_t part, qdx_error *error)
{
    size_t size = strlen(path);
    uint32_t record = 0;
    if (file_part(path, size, &reader->file_name) == 0 && (record = take_number(path, &size)) > 0)
        file_part(path, size, &reader->file_name);
    if (reader->file_name.failed)
        return qdx_error_memory(error);
    if (!reader->file_name.size)
        return qdx_error_system(error, "open", path, ENOENT);
    qdx_buffer_clear(&reader->scratch);
    qdx_buffer_append(&reader->scratch, path, size);
    qdx_status status = qdx_buffer_status(&reader->scratch, error);
    if (status == QDX_OK)
        status = find_item(reader, reader->scratch.bytes, record ? record : part, error);
    if (status == QDX_OK)
        status = open_item(reader, &reader->item, error);
    return status;
}

qdx_status qdx_reader_open_article(qdx_reader *reader, const char *path, uint32_t part,
                                   qdx_error *error)
{
    bool done = false;
    qdx_file file = {.fd = -1};
    qdx_status status = QDX_OK;
    start(reader);
    if (!qdx_kind_may_be_container(path))
        status = qdx_file_open(path, &file, error);
    if (status == QDX_OK && file.fd >= 0)
        status = open_plain(reader, path, &file, &done, error);
    qdx_file_close(&file);
    if (status != QDX_OK || !done)
        status = open_found(reader, path, part, error);
    reader->wanted = status == QDX_OK ? part : 0;
    return name_file(reader, status, error);
}

/* -- Handing out -- */

/* An article among several of its text: it is numbered; a record's own number moves to the name. */
static qdx_status number_article(qdx_reader *reader, qdx_error *error)
{
    reader->document.path = reader->source.path;
    reader->document.part = reader->part;
    if (!reader->source.many)
        return QDX_OK;
    reader->document.part = reader->source.found + 1;
    if (!reader->part)
        return QDX_OK;
    size_t room = strlen(reader->source.path) + 12;
    char *name = qdx_arena_alloc(&reader->article, room);
    if (!name)
        return qdx_error_memory(error);
    snprintf(name, room, "%s#%u", reader->source.path, reader->part);
    reader->document.path = name;
    return QDX_OK;
}

static qdx_status fill_document(qdx_reader *reader, qdx_error *error)
{
    const qdx_draft *draft = &reader->draft;
    const qdx_wrapping *wrapping = &reader->source.wrapping;
    reader->document = (qdx_document){
        .title = or_empty(draft->title),
        .url = or_empty(wrapping->url ? wrapping->url : draft->url),
        .outlet = or_empty(draft->outlet ? draft->outlet : wrapping->outlet),
        .author = or_empty(draft->author ? draft->author : wrapping->author),
        .language = or_empty(draft->language ? draft->language : wrapping->language),
        .encoding = reader->decoded.encoding,
        .format = reader->format->name,
        .detail = reader->source.detail.bytes ? reader->source.detail.bytes : "",
        .date = draft->date.year ? draft->date : wrapping->date,
        .repairs = reader->source.repairs,
        .text = draft->whole ? draft->whole : draft->text.bytes,
        .text_size = (uint32_t)(draft->whole ? draft->whole_size : draft->text.size),
        .blocks = draft->blocks.items,
        .block_count = draft->blocks.count,
    };
    if (reader->document.date.year == 0 && *reader->document.url)
        qdx_date_find_in_url(reader->document.url, &reader->document.date);
    return number_article(reader, error);
}

/* Are there more words than allowed? Only a text that could hold them is looked at. */
static qdx_status check_words(const qdx_reader *reader, qdx_error *error)
{
    const char *text = reader->document.text;
    size_t size = reader->document.text_size, words = 0;
    uint32_t max = reader->source.limits.max_words;
    if (size / 2 < max)
        return QDX_OK;
    for (size_t i = 0; i < size; i++)
        words += (unsigned char)text[i] > ' ' && (i == 0 || (unsigned char)text[i - 1] <= ' ');
    return words <= max ? QDX_OK : qdx_error_set(error, QDX_ERR_LIMIT, "more than %u words", max);
}

uint64_t qdx_reader_size(const qdx_reader *reader)
{
    return reader->size;
}

/* The next article of the text that is open; QDX_END behind its last. */
static qdx_status next_article(qdx_reader *reader, qdx_error *error)
{
    qdx_draft *draft = &reader->draft;
    qdx_source *source = &reader->source;
    qdx_status status;
    do {
        qdx_draft_clear(draft);
        qdx_arena_reset(&reader->article);
        draft->title = source->wrapping.title;
        status = reader->format->next(source, draft, error);
        source->found += status == QDX_OK && draft->blocks.count == 0 && source->many;
    } while (status == QDX_OK && draft->blocks.count == 0);
    if (status == QDX_END && !reader->handed)
        status = qdx_error_set(error, QDX_ERR_FORMAT, "no text");
    if (status == QDX_OK)
        status = fill_document(reader, error);
    if (status == QDX_OK)
        status = check_words(reader, error);
    if (status == QDX_OK) {
        source->found++;
        reader->handed = true;
        return QDX_OK;
    }
    reader->format = NULL;
    return name_file(reader, status, error);
}

qdx_status qdx_reader_next(qdx_reader *reader, const qdx_document **document, qdx_error *error)
{
    *document = NULL;
    if (!reader->opened)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "no file is open");
    if (reader->pending.code) {
        if (error)
            *error = reader->pending;
        qdx_status status = reader->pending.code;
        reader->pending.code = QDX_OK;
        return status;
    }
    for (;;) {
        qdx_status status = QDX_END;
        if (!reader->format && reader->unpacking)
            status = next_item(reader, error);
        if (status < 0 || !reader->format)
            return status;
        do
            status = next_article(reader, error);
        while (status == QDX_OK && reader->document.part < reader->wanted);
        if (status == QDX_OK)
            *document = &reader->document;
        if (status != QDX_END || !reader->unpacking)
            return status;
    }
}
