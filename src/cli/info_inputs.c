/*
 * Counts what an index tells of how its articles were read. Values are sorted and counted; there
 * may be as many reasons as files, while formats and encodings are few and are counted as they
 * come.
 */
#include "cli/info_inputs.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input.h"
#include "cli/message.h"

enum { FORMATS = 64, VALUE_BYTES = 40, REPAIRS = 4 };

static const qdx_column columns[] = {
    {"what", QDX_CELL_TEXT, 10},
    {"value", QDX_CELL_TEXT, 50},
    {"articles", QDX_CELL_INTEGER, 10},
};

static const char *const repair_names[REPAIRS] = {
    "text encoded twice", "control characters for marks", "markup cut", "bytes without meaning"};

typedef struct value {
    char text[VALUE_BYTES];
    uint64_t count;
} value;

/* Values of one kind; what comes after the last one there is room for is counted under "other". */
typedef struct values {
    value items[FORMATS];
    size_t count;
} values;

typedef struct tally {
    values formats, encodings;
    uint64_t repairs[REPAIRS], copies;
} tally;

static void count_value(values *list, const char *text)
{
    size_t i = 0;
    if (list->count + 1 == FORMATS)
        text = "other";
    while (i < list->count && strncmp(list->items[i].text, text, VALUE_BYTES - 1) != 0)
        i++;
    if (i == list->count) {
        snprintf(list->items[i].text, VALUE_BYTES, "%s", text);
        list->count++;
    }
    list->items[i].count++;
}

static qdx_status count_reading(void *context, uint64_t number, const qdx_index_reading *reading,
                                qdx_error *error)
{
    tally *t = context;
    (void)number;
    (void)error;
    count_value(&t->formats, reading->format);
    count_value(&t->encodings, reading->encoding);
    for (unsigned i = 0; i < REPAIRS; i++)
        t->repairs[i] += reading->repairs >> i & 1;
    t->copies += reading->copy_of > 0;
    return QDX_OK;
}

static int compare_values(const void *a, const void *b)
{
    const value *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->text, y->text);
}

static qdx_status write_row(qdx_rows *rows, const char *what, const char *text, uint64_t count,
                            qdx_error *error)
{
    const qdx_cell cells[] = {{.text = what}, {.text = text}, {.integer = (int64_t)count}};
    return qdx_rows_write(rows, cells, error);
}

static qdx_status write_values(qdx_rows *rows, const char *what, values *list, qdx_error *error)
{
    qdx_status status = QDX_OK;
    qsort(list->items, list->count, sizeof *list->items, compare_values);
    for (size_t i = 0; i < list->count && status == QDX_OK; i++)
        status = write_row(rows, what, list->items[i].text, list->items[i].count, error);
    return status;
}

/* -- Reasons -- */

typedef struct reason {
    const char *text;
    uint64_t count;
} reason;

static int compare_texts(const void *a, const void *b)
{
    return strcmp(((const reason *)a)->text, ((const reason *)b)->text);
}

static int compare_counts(const void *a, const void *b)
{
    const reason *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->text, y->text);
}

/* The reasons, the most frequent first; the caller frees *reasons. */
static qdx_status count_reasons(const qdx_index *index, reason **reasons, size_t *kinds,
                                qdx_error *error)
{
    qdx_index_info info;
    const char *path;
    qdx_status status = QDX_OK;
    qdx_index_info_get(index, &info);
    *kinds = 0;
    reason *list = *reasons = calloc((size_t)info.skipped + 1, sizeof *list);
    if (!list)
        return fail(error, QDX_ERR_MEMORY, "", "out of memory");
    for (size_t i = 0; i < info.skipped && status == QDX_OK; i++)
        status = qdx_index_skipped_at(index, i, &path, &list[i].text, error);
    if (status != QDX_OK)
        return status;
    qsort(list, (size_t)info.skipped, sizeof *list, compare_texts);
    for (size_t i = 0; i < info.skipped; i++) {
        if (!*kinds || strcmp(list[*kinds - 1].text, list[i].text) != 0)
            list[(*kinds)++] = (reason){list[i].text, 0};
        list[*kinds - 1].count++;
    }
    qsort(list, *kinds, sizeof *list, compare_counts);
    return QDX_OK;
}

qdx_status info_inputs_note_reasons(const cli *c, const qdx_index *index, qdx_error *error)
{
    reason *reasons;
    size_t kinds;
    qdx_status status = count_reasons(index, &reasons, &kinds, error);
    for (size_t i = 0; status == QDX_OK && i < kinds; i++)
        note(c, "%" PRIu64 " skipped: %s", reasons[i].count, reasons[i].text);
    free(reasons);
    return status;
}

/* -- The whole -- */

static qdx_status write_tally(qdx_rows *rows, tally *t, const reason *reasons, size_t kinds,
                              qdx_error *error)
{
    qdx_status status = write_values(rows, "format", &t->formats, error);
    if (status == QDX_OK)
        status = write_values(rows, "encoding", &t->encodings, error);
    for (unsigned i = 0; i < REPAIRS && status == QDX_OK; i++)
        if (t->repairs[i])
            status = write_row(rows, "repair", repair_names[i], t->repairs[i], error);
    if (status == QDX_OK && t->copies)
        status = write_row(rows, "copy", "of another article's text", t->copies, error);
    for (size_t i = 0; i < kinds && status == QDX_OK; i++)
        status = write_row(rows, "skipped", reasons[i].text, reasons[i].count, error);
    return status == QDX_OK ? qdx_rows_finish(rows, error) : status;
}

qdx_status info_inputs_write(output *out, const cli *c, const qdx_index *index, qdx_error *error)
{
    tally t = {0};
    reason *reasons = NULL;
    size_t kinds = 0;
    qdx_rows *rows;
    qdx_status status = qdx_index_readings(index, count_reading, &t, error);
    if (status == QDX_OK)
        status = count_reasons(index, &reasons, &kinds, error);
    if (status == QDX_OK)
        status = output_rows(out, c, "inputs", false, columns, sizeof columns / sizeof *columns,
                             &rows, error);
    if (status == QDX_OK) {
        status = write_tally(rows, &t, reasons, kinds, error);
        qdx_rows_close(rows);
    }
    free(reasons);
    return status;
}
