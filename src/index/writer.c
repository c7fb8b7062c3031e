/*
 * The index writer: gathers records, spills them as an index without a name when they take too much
 * memory, and at the end joins all there is, with the indexes it was given, into one file.
 */
#include "index/writer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#include "base/error.h"
#include "base/file.h"
#include "base/vector.h"
#include "index/image.h"
#include "index/part.h"

enum {
    SPILL_SHARE = 3,     /* records may take this part of the memory; the rest is for joining */
    PATHS_NOTED = 65536, /* bytes of paths that a file system may note */
};

/* Beside the content, where the file system can: the bytes of an index are the articles' alone. */
static const char paths_note[] = "user.quotedex.paths";

/* A batch that was written out: a file that has lost its name already. */
typedef struct spill {
    qdx_file_map map;
    qdx_index *index;
} spill;

/* An index to be joined, and which of its documents and skipped files stay. */
typedef struct source {
    const qdx_index *index;
    bool *documents, *skipped; /* left out; NULL: all stay */
} source;

struct qdx_index_writer {
    qdx_batch_part *batch;
    uint64_t memory;      /* 0: no bound */
    char *beside;         /* where to spill */
    qdx_file_writer file; /* of qdx_index_writer_open */
    bool is_open;
    qdx_buffer paths; /* terminated each */
    QDX_VECTOR(spill) spills;
    QDX_VECTOR(source) sources;
    bool used_up; /* by a finish, whatever came of it */
};

qdx_index_writer *qdx_index_writer_new(qdx_error *error)
{
    qdx_index_writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        qdx_error_memory(error);
        return NULL;
    }
    writer->batch = qdx_batch_part_new(error);
    if (writer->batch)
        return writer;
    free(writer);
    return NULL;
}

void qdx_index_writer_free(qdx_index_writer *writer)
{
    if (!writer)
        return;
    qdx_batch_part_free(writer->batch);
    for (size_t i = 0; i < writer->spills.count; i++) {
        qdx_index_close(writer->spills.items[i].index);
        qdx_file_map_close(&writer->spills.items[i].map);
    }
    for (size_t i = 0; i < writer->sources.count; i++) {
        free(writer->sources.items[i].documents);
        free(writer->sources.items[i].skipped);
    }
    if (writer->is_open)
        qdx_file_writer_abandon(&writer->file);
    qdx_buffer_release(&writer->paths);
    qdx_vector_release(&writer->spills);
    qdx_vector_release(&writer->sources);
    free(writer->beside);
    free(writer);
}

qdx_status qdx_index_writer_bound(qdx_index_writer *writer, uint64_t memory, const char *path,
                                  qdx_error *error)
{
    char *beside = strdup(path);
    if (!beside)
        return qdx_error_memory(error);
    free(writer->beside);
    writer->beside = beside;
    writer->memory = memory;
    return QDX_OK;
}

static qdx_status check_unused(const qdx_index_writer *writer, qdx_error *error)
{
    if (writer->used_up)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "index writer has finished already");
    return QDX_OK;
}

/* Writes the batch, made a part already, to a file that nobody else sees. */
static qdx_status write_spill(qdx_index_writer *writer, qdx_part *part, spill *made,
                              qdx_error *error)
{
    qdx_file_writer file = {0};
    qdx_image image;
    qdx_status status = qdx_file_writer_open_unnamed(&file, writer->beside, error);
    if (status != QDX_OK)
        return status;
    qdx_image_init(&image, &file, NULL, error);
    status = qdx_parts_join(&part, 1, NULL, &image, error);
    qdx_image_release(&image);
    if (status == QDX_OK)
        status = qdx_file_writer_map(&file, &made->map, error);
    qdx_file_writer_abandon(&file);
    if (status == QDX_OK)
        status = qdx_index_open_memory(made->map.bytes, made->map.size, 0, &made->index, error);
    return status;
}

/* Begins a new batch; the full one is written out. */
static qdx_status spill_batch(qdx_index_writer *writer, qdx_error *error)
{
    spill made = {0};
    qdx_part *part;
    qdx_status status = qdx_batch_part_finish(writer->batch, &part, error);
    if (status == QDX_OK)
        status = write_spill(writer, part, &made, error);
    if (status == QDX_OK && !qdx_vector_push(&writer->spills, made))
        status = qdx_error_memory(error);
    if (status != QDX_OK) {
        qdx_index_close(made.index);
        qdx_file_map_close(&made.map);
        return status;
    }
    qdx_batch_part_free(writer->batch);
    writer->batch = qdx_batch_part_new(error);
    return writer->batch ? QDX_OK : QDX_ERR_MEMORY;
}

/* Spills when it is time. A writer whose spill failed takes no more. */
static qdx_status keep_bound(qdx_index_writer *writer, qdx_error *error)
{
    if (!writer->memory || qdx_batch_part_size(writer->batch) < writer->memory / SPILL_SHARE)
        return QDX_OK;
    qdx_status status = spill_batch(writer, error);
    writer->used_up = status != QDX_OK;
    return status;
}

qdx_status qdx_index_writer_add(qdx_index_writer *writer, const void *bytes, size_t size,
                                qdx_error *error)
{
    qdx_status status = check_unused(writer, error);
    if (status == QDX_OK)
        status = qdx_batch_part_add(writer->batch, bytes, size, NULL, error);
    return status == QDX_OK ? keep_bound(writer, error) : status;
}

qdx_status qdx_index_writer_add_skipped(qdx_index_writer *writer, const char *path,
                                        const qdx_error *problem, qdx_error *error)
{
    qdx_skipped_row row = {.path = path, .reason = problem ? problem->message : ""};
    qdx_status status = check_unused(writer, error);
    return status == QDX_OK ? qdx_batch_part_add_skipped(writer->batch, &row, error) : status;
}

/* Remembers what was skipped, named as in the message: a record with its number. */
static qdx_status add_problem(qdx_index_writer *writer, const qdx_batch_result *result,
                              const qdx_skipped_row *file, qdx_error *error)
{
    qdx_buffer name = {0};
    qdx_buffer_text(&name, result->path);
    if (result->part)
        qdx_buffer_format(&name, "#%u", (unsigned)result->part);
    qdx_status status = qdx_buffer_status(&name, error);
    if (status == QDX_OK) {
        qdx_skipped_row row = *file;
        size_t size = strlen(file->path);
        row.path = name.bytes;
        row.reason = result->problem->message;
        if (result->problem->code == QDX_ERR_IO) /* may go well next time */
            row.time = 0;
        if (name.size > size && memcmp(name.bytes, file->path, size) == 0)
            row.inner = (uint32_t)(name.size - size);
        status = qdx_batch_part_add_skipped(writer->batch, &row, error);
    }
    qdx_buffer_release(&name);
    return status;
}

qdx_status qdx_index_writer_add_result(qdx_index_writer *writer, const qdx_batch_result *result,
                                       qdx_error *error)
{
    qdx_skipped_row file = {.path = result->file ? result->file : result->path,
                            .size = result->disk_size,
                            .time = result->file_time};
    qdx_status status = check_unused(writer, error);
    if (status == QDX_OK && result->size)
        status = qdx_batch_part_add(writer->batch, result->bytes, result->size, &file, error);
    if (status == QDX_OK && result->problem)
        status = add_problem(writer, result, &file, error);
    return status == QDX_OK ? keep_bound(writer, error) : status;
}

qdx_status qdx_index_writer_add_option(qdx_index_writer *writer, unsigned kind, const char *text,
                                       qdx_error *error)
{
    qdx_source_row row = {kind, text};
    qdx_status status = check_unused(writer, error);
    return status == QDX_OK ? qdx_batch_part_add_option(writer->batch, &row, error) : status;
}

qdx_status qdx_index_writer_add_path(qdx_index_writer *writer, const char *path, qdx_error *error)
{
    qdx_put_string(&writer->paths, path);
    return qdx_buffer_status(&writer->paths, error);
}

qdx_status qdx_index_paths(const char *index, char **paths, size_t *size, qdx_error *error)
{
    *paths = malloc(PATHS_NOTED + 1);
    *size = 0;
    if (!*paths)
        return qdx_error_memory(error);
    ssize_t n = getxattr(index, paths_note, *paths, PATHS_NOTED);
    if (n > 0 && (*paths)[n - 1] == '\0')
        *size = (size_t)n;
    return *size ? QDX_OK : QDX_END;
}

qdx_status qdx_index_writer_open(qdx_index_writer *writer, const char *path, qdx_error *error)
{
    qdx_status status = check_unused(writer, error);
    if (status == QDX_OK && writer->is_open)
        status = qdx_error_set(error, QDX_ERR_ARGUMENT, "index writer has a file already");
    if (status == QDX_OK)
        status = qdx_file_writer_open(&writer->file, path, error);
    writer->is_open |= status == QDX_OK;
    return status;
}

/* The file that is the first `inner` bytes less of the path; `name` holds it. */
static qdx_status get_file(const char *path, uint32_t inner, qdx_buffer *name, qdx_index_file *file,
                           qdx_error *error)
{
    size_t size = strlen(path);
    qdx_buffer_clear(name);
    qdx_buffer_append(name, path, size > inner ? size - inner : 0);
    file->path = name->bytes ? name->bytes : "";
    return qdx_buffer_status(name, error);
}

qdx_status qdx_index_files(const qdx_index *index, qdx_index_visit *visit, void *context,
                           qdx_error *error)
{
    qdx_buffer path = {0};
    qdx_part *part;
    qdx_status status = qdx_index_part_new(index, &part, error);
    if (status != QDX_OK)
        return status;
    for (uint32_t i = 0; i < part->documents && status == QDX_OK; i++) {
        qdx_document_row row = {0};
        status = part->place_at(part, i, &row, error);
        qdx_index_file file = {NULL,           row.file_bytes, row.file_time,
                               row.text_bytes, row.text_hash,  NULL};
        if (status == QDX_OK)
            status = get_file(row.path, row.inner, &path, &file, error);
        if (status == QDX_OK)
            status = visit(context, i, &file, error);
    }
    for (uint32_t i = 0; i < part->skipped && status == QDX_OK; i++) {
        qdx_skipped_row row = {0};
        status = part->skipped_at(part, i, &row, error);
        qdx_index_file file = {NULL, row.size, row.time, 0, 0, row.reason};
        if (status == QDX_OK)
            status = get_file(row.path, row.inner, &path, &file, error);
        if (status == QDX_OK)
            status = visit(context, i, &file, error);
    }
    part->free(part);
    qdx_buffer_release(&path);
    return status;
}

qdx_status qdx_index_readings(const qdx_index *index, qdx_index_reading_visit *visit, void *context,
                              qdx_error *error)
{
    qdx_part *part;
    qdx_status status = qdx_index_part_new(index, &part, error);
    if (status != QDX_OK)
        return status;
    for (uint32_t i = 0; i < part->documents && status == QDX_OK; i++) {
        qdx_document_row row = {0};
        status = part->document_at(part, i, &row, error);
        const qdx_index_reading reading = {row.format, row.encoding, row.repairs,
                                           row.copy ? (uint64_t)i + 1 - row.copy : 0};
        if (status == QDX_OK)
            status = visit(context, i, &reading, error);
    }
    part->free(part);
    return status;
}

qdx_status qdx_index_option_at(const qdx_index *index, uint64_t i, unsigned *kind,
                               const char **text, qdx_error *error)
{
    qdx_source_row row = {0, ""};
    qdx_status status = QDX_END;
    if (i < qdx_store_count(index, QDX_STORE_SOURCE))
        status = qdx_source_row_at(index, i, &row, error);
    *kind = row.kind;
    *text = row.text;
    return status;
}

/* Asks of each file whether it stays. */
typedef struct choosing {
    source *source;
    qdx_index_keep *keep;
    void *context;
} choosing;

static qdx_status choose(void *context, uint64_t number, const qdx_index_file *file,
                         qdx_error *error)
{
    const choosing *c = context;
    (void)error;
    bool *left_out = file->skipped ? c->source->skipped : c->source->documents;
    left_out[number] = !c->keep(c->context, file);
    return QDX_OK;
}

qdx_status qdx_index_writer_add_index(qdx_index_writer *writer, const qdx_index *index,
                                      qdx_index_keep *keep, void *context, qdx_error *error)
{
    source s = {.index = index};
    qdx_status status = check_unused(writer, error);
    if (status == QDX_OK && keep) {
        s.documents = calloc((size_t)qdx_store_count(index, QDX_STORE_DOCUMENT) + 1, 1);
        s.skipped = calloc((size_t)qdx_store_count(index, QDX_STORE_SKIPPED) + 1, 1);
        choosing c = {&s, keep, context};
        status = s.documents && s.skipped ? qdx_index_files(index, choose, &c, error)
                                          : qdx_error_memory(error);
    }
    if (status == QDX_OK && !qdx_vector_push(&writer->sources, s))
        status = qdx_error_memory(error);
    if (status != QDX_OK) {
        free(s.documents);
        free(s.skipped);
    }
    return status;
}

/* Sources come first among the parts. */
static bool leave_out(void *context, uint32_t part, uint32_t document)
{
    const qdx_index_writer *writer = context;
    return part < writer->sources.count && writer->sources.items[part].documents &&
           writer->sources.items[part].documents[document];
}

static bool leave_out_skipped(void *context, uint32_t part, uint32_t skipped)
{
    const qdx_index_writer *writer = context;
    return part < writer->sources.count && writer->sources.items[part].skipped &&
           writer->sources.items[part].skipped[skipped];
}

/* All parts: `borrowed` of them, from the front, are to be freed. */
static qdx_status list_parts(qdx_index_writer *writer, qdx_part **parts, size_t *count,
                             size_t *borrowed, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < writer->sources.count && status == QDX_OK; i++) {
        status = qdx_index_part_new(writer->sources.items[i].index, &parts[*count], error);
        *count += status == QDX_OK;
    }
    for (size_t i = 0; i < writer->spills.count && status == QDX_OK; i++) {
        status = qdx_index_part_new(writer->spills.items[i].index, &parts[*count], error);
        *count += status == QDX_OK;
    }
    *borrowed = *count;
    if (status == QDX_OK)
        status = qdx_batch_part_finish(writer->batch, &parts[*count], error);
    *count += status == QDX_OK;
    return status;
}

/* Joins all there is into the image; the writer's content is spent on it. */
static qdx_status spend(qdx_index_writer *writer, qdx_image *image, qdx_error *error)
{
    size_t count = 0, borrowed = 0;
    qdx_part_filter filter = {leave_out, leave_out_skipped, writer};
    qdx_status status = check_unused(writer, error);
    if (status != QDX_OK)
        return status;
    writer->used_up = true;
    qdx_part **parts = calloc(writer->sources.count + writer->spills.count + 1, sizeof *parts);
    status = parts ? list_parts(writer, parts, &count, &borrowed, error) : qdx_error_memory(error);
    if (status == QDX_OK)
        status = qdx_parts_join(parts, count, &filter, image, error);
    for (size_t i = 0; i < borrowed; i++)
        parts[i]->free(parts[i]);
    free(parts);
    return status;
}

qdx_status qdx_index_writer_finish(qdx_index_writer *writer, const char *path, qdx_error *error)
{
    qdx_image image;
    qdx_status status = check_unused(writer, error);
    if (status == QDX_OK && !writer->is_open)
        status = qdx_index_writer_open(writer, path, error);
    if (status != QDX_OK)
        return status;
    qdx_image_init(&image, &writer->file, NULL, error);
    status = spend(writer, &image, error);
    qdx_image_release(&image);
    if (status == QDX_OK && !writer->paths.failed)
        qdx_file_writer_note(&writer->file, paths_note, writer->paths.bytes, writer->paths.size);
    if (status == QDX_OK)
        status = qdx_file_writer_commit(&writer->file, error);
    qdx_file_writer_abandon(&writer->file);
    writer->is_open = false;
    return status;
}

qdx_status qdx_index_writer_render(qdx_index_writer *writer, qdx_buffer *out, qdx_error *error)
{
    qdx_image image;
    qdx_status status = check_unused(writer, error);
    if (status != QDX_OK)
        return status;
    qdx_image_init(&image, NULL, out, error);
    status = spend(writer, &image, error);
    qdx_image_release(&image);
    return status;
}
