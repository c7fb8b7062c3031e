/* Records written as rows: each field fetched by its kind, what has to be made kept per field. */
#include "cli/record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"

/* Memory for a text that is made: a date, a joined list, an address. */
struct record_scratch {
    char *text;
    size_t capacity;
};

static qdx_status no_memory(qdx_error *error)
{
    memset(error, 0, sizeof *error);
    return error->code = QDX_ERR_MEMORY;
}

static void release_cells(record_writer *writer)
{
    for (size_t i = 0; writer->scratch && i < writer->type->count; i++)
        free(writer->scratch[i].text);
    free(writer->scratch);
    free(writer->cells);
    writer->scratch = NULL;
    writer->cells = NULL;
}

void record_release(record_writer *writer)
{
    release_cells(writer);
    qdx_rows_close(writer->rows);
    writer->rows = NULL;
}

/* Makes room for the cells of a type. */
static qdx_status take_type(record_writer *writer, const record_type *type, qdx_error *error)
{
    release_cells(writer);
    writer->type = type;
    writer->cells = calloc(type->count, sizeof *writer->cells);
    writer->scratch = calloc(type->count, sizeof *writer->scratch);
    return writer->cells && writer->scratch ? QDX_OK : no_memory(error);
}

/* The columns of a type, which the caller frees. */
static qdx_column *columns_of(const record_type *type)
{
    qdx_column *columns = calloc(type->count, sizeof *columns);
    for (size_t i = 0; columns && i < type->count; i++)
        columns[i] = type->fields[i].column;
    return columns;
}

qdx_status record_open(record_writer *writer, output *out, const cli *c, const record_type *type,
                       bool several, qdx_error *error)
{
    qdx_column *columns = columns_of(type);
    writer->fragments = c->options.fragments;
    qdx_status status = columns ? take_type(writer, type, error) : no_memory(error);
    if (status == QDX_OK)
        status =
            output_rows(out, c, type->name, several, columns, type->count, &writer->rows, error);
    free(columns);
    return status;
}

qdx_status record_table(record_writer *writer, const record_type *type, qdx_error *error)
{
    qdx_column *columns = columns_of(type);
    qdx_status status = columns ? take_type(writer, type, error) : no_memory(error);
    if (status == QDX_OK)
        status = qdx_rows_table(writer->rows, type->name, columns, type->count, error);
    free(columns);
    return status;
}

/* Room for `size` bytes; NULL without memory. */
static char *reserve(struct record_scratch *scratch, size_t size)
{
    if (scratch->capacity >= size)
        return scratch->text;
    size_t capacity = size < 64 ? 64 : size * 2;
    char *text = realloc(scratch->text, capacity);
    if (!text)
        return NULL;
    scratch->text = text;
    scratch->capacity = capacity;
    return text;
}

static const char *join(struct record_scratch *scratch, const char *const *texts, size_t count)
{
    size_t size = 1, used = 0;
    for (size_t i = 0; i < count; i++)
        size += strlen(texts[i]) + 2;
    char *text = reserve(scratch, size);
    if (!text)
        return NULL;
    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", i ? "; " : "", texts[i]);
    return text;
}

/* The address with a fragment that leads to the words. */
static const char *make_link(struct record_scratch *scratch, const char *url, const char *words)
{
    size_t size = qdx_text_fragment(url, words, NULL, 0) + 1;
    char *text = reserve(scratch, size);
    if (text)
        qdx_text_fragment(url, words, text, size);
    return text;
}

static const char *text_at(const void *record, size_t offset)
{
    const char *text;
    memcpy(&text, (const char *)record + offset, sizeof text);
    return text && *text ? text : NULL;
}

static bool fill_url(const record_writer *writer, struct record_scratch *scratch, const field *f,
                     const void *record, qdx_cell *cell)
{
    const char *words = text_at(record, f->other);
    cell->text = text_at(record, f->offset);
    if (!cell->text || !words)
        return true;
    cell->link = make_link(scratch, cell->text, words);
    if (cell->link && writer->fragments)
        cell->text = cell->link;
    return cell->link != NULL;
}

static bool fill_texts(struct record_scratch *scratch, const char *place, qdx_cell *cell)
{
    const char *const *texts;
    size_t count;
    memcpy(&texts, place, sizeof texts);
    memcpy(&count, place + sizeof texts, sizeof count);
    if (count)
        cell->text = join(scratch, texts, count);
    return count == 0 || cell->text;
}

static bool fill_date(struct record_scratch *scratch, const char *place, qdx_cell *cell)
{
    qdx_date date;
    char *text = reserve(scratch, 16);
    memcpy(&date, place, sizeof date);
    if (text && *qdx_date_format(date, text))
        cell->text = text;
    return text != NULL;
}

/* False when memory runs out. */
static bool fill(const record_writer *writer, size_t i, const void *record)
{
    const field *f = &writer->type->fields[i];
    struct record_scratch *scratch = &writer->scratch[i];
    qdx_cell *cell = &writer->cells[i];
    const char *place = (const char *)record + f->offset;
    *cell = (qdx_cell){0};
    switch (f->kind) {
    case FIELD_TEXT:
        cell->text = text_at(record, f->offset);
        return true;
    case FIELD_TEXTS:
        return fill_texts(scratch, place, cell);
    case FIELD_SHARE:
        cell->real = *(const float *)(const void *)place;
        return true;
    case FIELD_U32:
        cell->integer = *(const uint32_t *)(const void *)place;
        return true;
    case FIELD_U64:
        cell->integer = (int64_t) * (const uint64_t *)(const void *)place;
        return true;
    case FIELD_DATE:
        return fill_date(scratch, place, cell);
    case FIELD_URL:
        return fill_url(writer, scratch, f, record, cell);
    case FIELD_QUOTE_KIND:
        cell->text = qdx_quote_kind_name(*(const qdx_quote_kind *)(const void *)place);
        return true;
    case FIELD_SPEAKER_KIND:
        cell->text = qdx_speaker_kind_name(*(const qdx_speaker_kind *)(const void *)place);
        return true;
    case FIELD_ENTITY_TYPE:
        cell->text = qdx_entity_type_name(*(const qdx_entity_type *)(const void *)place);
        return true;
    }
    return true;
}

qdx_status record_write(record_writer *writer, const void *record, qdx_error *error)
{
    for (size_t i = 0; i < writer->type->count; i++)
        if (!fill(writer, i, record))
            return no_memory(error);
    writer->written++;
    return qdx_rows_write(writer->rows, writer->cells, error);
}

qdx_status record_finish(record_writer *writer, output *out, qdx_error *error)
{
    qdx_status status = qdx_rows_finish(writer->rows, error);
    return status == QDX_OK ? output_finish(out, error) : status;
}

qdx_status record_note_count(record_writer *writer, uint64_t shown, uint64_t total,
                             qdx_error *error)
{
    char text[64];
    snprintf(text, sizeof text, "%" PRIu64 " of %" PRIu64, shown, total);
    return qdx_rows_note(writer->rows, writer->type->name, text, error);
}

qdx_status record_write_all(output *out, const cli *c, const record_type *type,
                            const void *(*at)(const void *list, size_t i), const void *list,
                            size_t count, uint64_t total, qdx_error *error)
{
    record_writer writer = {0};
    qdx_status status = record_open(&writer, out, c, type, false, error);
    for (size_t i = 0; i < count && status == QDX_OK; i++)
        status = *c->stop ? QDX_ERR_INTERRUPTED : record_write(&writer, at(list, i), error);
    if (status == QDX_OK)
        status = record_note_count(&writer, count, total, error);
    if (status == QDX_OK)
        status = record_finish(&writer, out, error);
    record_release(&writer);
    return status;
}
