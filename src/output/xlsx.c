/*
 * Workbooks, by libxlsxwriter: a sheet a table with a frozen header, a filter, real dates and
 * links, and a sheet About with what the rows' notes say. Texts are written as texts, so nothing in
 * them is ever run and no guard is needed. What a sheet cannot hold goes on in a further one; what
 * a cell cannot hold is cut, said in a column and counted in About.
 *
 * The only file that knows the library, which it loads when a workbook begins; without it the
 * format says so.
 */
#ifdef QDX_HAVE_XLSXWRITER
#include <xlsxwriter.h> /* first: its macros want calls that our headers ban */
#endif

#include "output/cell.h"

#ifdef QDX_HAVE_XLSXWRITER

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/library.h"
#include "output/temporary.h"
#include "output/workbook_check.h"

enum {
    SHEET_ROWS = 1048576, /* the header is one of them */
    SHEET_LINKS = 65530,
    LINK_SIZE = 2079,
    SHEET_NAME = 31,
    CREATED = 315532800, /* 1980-01-01: no time of making, so that equal rows give equal bytes */
    TEXT_WIDTH = 24,
    NUMBER_WIDTH = 11,
    FOCUS_WIDTH = 70
};

#define FUNCTIONS(each)                                                                            \
    each(format_set_bold) each(format_set_num_format) each(lxw_strerror) each(lxw_workbook_free)   \
        each(workbook_add_format) each(workbook_add_worksheet) each(workbook_close)                \
            each(workbook_new_opt) each(workbook_set_properties) each(worksheet_autofilter)        \
                each(worksheet_freeze_panes) each(worksheet_set_column)                            \
                    each(worksheet_write_datetime) each(worksheet_write_number)                    \
                        each(worksheet_write_rich_string) each(worksheet_write_string)             \
                            each(worksheet_write_url_opt)
#define SYMBOL(name) QDX_LIBRARY_SYMBOL(functions, name)

typedef struct functions {
    FUNCTIONS(QDX_LIBRARY_MEMBER)
} functions;

static const qdx_library_symbol symbols[] = {FUNCTIONS(SYMBOL)};
static const qdx_library xlsxwriter = {"libxlsxwriter", "libxlsxwriter.so." LXW_SOVERSION,
                                       "libxlsxwriter" LXW_SOVERSION, "writes workbooks",
                                       QDX_LIBRARY_SYMBOLS(symbols)};

typedef struct sheet_count {
    char name[SHEET_NAME + 1];
    uint64_t rows;
} sheet_count;

typedef struct book {
    functions use;
    lxw_workbook *workbook;
    char *path;
    lxw_worksheet *sheet;
    lxw_format *bold, *date;
    lxw_row_t row;        /* the next of the sheet */
    lxw_col_t columns;    /* of the sheet, less one */
    unsigned sheet_links; /* in the sheet */
    unsigned part;        /* of the table: 1, or more when it needs several sheets */
    uint64_t cut, unlinked;
    QDX_VECTOR(sheet_count) counts;
} book;

static qdx_status failed(const book *b, lxw_error code, qdx_error *error)
{
    if (code == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return qdx_error_memory(error);
    return qdx_error_set(error, QDX_ERR_IO, "cannot write the workbook: %s",
                         b->use.lxw_strerror(code));
}

static void close_book(qdx_rows *rows)
{
    book *b = rows->state;
    if (!b)
        return;
    if (b->workbook)
        b->use.lxw_workbook_free(b->workbook);
    qdx_temporary_remove(b->path);
    qdx_vector_release(&b->counts);
    free(b);
    rows->state = NULL;
}

static qdx_status begin_book(qdx_rows *rows, qdx_error *error)
{
    book *b = rows->state = calloc(1, sizeof *b);
    if (!b)
        return qdx_error_memory(error);
    rows->options.no_guard = true; /* a text cell is never a formula */
    qdx_status status = qdx_library_load(&xlsxwriter, &b->use, error);
    if (status == QDX_OK)
        status = qdx_temporary_make(rows, &b->path, error);
    if (status != QDX_OK)
        return status;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = (char *)(uintptr_t)rows->options.temporary};
    lxw_doc_properties properties = {.created = CREATED};
    b->workbook = b->use.workbook_new_opt(b->path, &options);
    if (!b->workbook)
        return qdx_error_memory(error);
    lxw_error code = b->use.workbook_set_properties(b->workbook, &properties);
    b->bold = b->use.workbook_add_format(b->workbook);
    b->date = b->use.workbook_add_format(b->workbook);
    if (code != LXW_NO_ERROR || !b->bold || !b->date)
        return qdx_error_memory(error);
    b->use.format_set_bold(b->bold);
    b->use.format_set_num_format(b->date, "yyyy-mm-dd");
    return QDX_OK;
}

/* A sheet's name holds no []:*?/\ and stays short. */
static void sheet_name(const char *table, unsigned part, char name[static SHEET_NAME + 1])
{
    char number[12] = "";
    if (part > 1)
        snprintf(number, sizeof number, " %u", part);
    snprintf(name, SHEET_NAME + 1, "%.*s%s", (int)(SHEET_NAME - strlen(number)), table, number);
    for (char *p = name; *p; p++)
        if (strchr("[]:*?/\\'", *p) || (unsigned char)*p >= 0x80)
            *p = '-';
}

static double column_width(const qdx_column *column)
{
    if (column->type == QDX_CELL_FOCUS)
        return FOCUS_WIDTH;
    if (!qdx_cell_is_text(column->type) || column->type == QDX_CELL_DATE)
        return NUMBER_WIDTH;
    return column->table_width > TEXT_WIDTH ? column->table_width : TEXT_WIDTH;
}

static void end_sheet(book *b)
{
    if (b->sheet)
        b->use.worksheet_autofilter(b->sheet, 0, 0, b->row > 1 ? b->row - 1 : 1, b->columns);
    b->sheet = NULL;
}

static qdx_status begin_sheet(qdx_rows *rows, book *b, qdx_error *error)
{
    sheet_count count = {.rows = 0};
    qdx_buffer cut = {0};
    end_sheet(b);
    sheet_name(rows->name, b->part, count.name);
    b->sheet = b->use.workbook_add_worksheet(b->workbook, count.name);
    qdx_truncated_name(rows, &cut);
    if (!b->sheet || cut.failed || !qdx_vector_push(&b->counts, count)) {
        qdx_buffer_release(&cut);
        return qdx_error_memory(error);
    }
    b->use.worksheet_freeze_panes(b->sheet, 1, 0);
    lxw_error code = LXW_NO_ERROR;
    for (size_t i = 0; i < rows->column_count && code == LXW_NO_ERROR; i++) {
        lxw_col_t at = (lxw_col_t)i;
        b->use.worksheet_set_column(b->sheet, at, at, column_width(&rows->columns[i]), NULL);
        code = b->use.worksheet_write_string(b->sheet, 0, at, rows->columns[i].name, b->bold);
    }
    if (code == LXW_NO_ERROR)
        code = b->use.worksheet_write_string(b->sheet, 0, (lxw_col_t)rows->column_count, cut.bytes,
                                             b->bold);
    qdx_buffer_release(&cut);
    b->row = 1;
    b->columns = (lxw_col_t)rows->column_count;
    b->sheet_links = 0;
    return code == LXW_NO_ERROR ? QDX_OK : failed(b, code, error);
}

static qdx_status begin_table(qdx_rows *rows, qdx_error *error)
{
    book *b = rows->state;
    b->part = 1;
    return begin_sheet(rows, b, error);
}

/* A whole date as a number of days; others, and what is none, stay text. */
static bool whole_date(const char *text, lxw_datetime *when)
{
    qdx_date date;
    if (!qdx_date_parse(text, &date) || !date.month || !date.day || date.year < 1900)
        return false;
    *when = (lxw_datetime){.year = date.year, .month = date.month, .day = date.day};
    return true;
}

/* A link whose address the workbook can hold; LXW_ERROR_PARAMETER_VALIDATION when it cannot. */
static lxw_error write_link(book *b, lxw_col_t at, const char *address, const char *text)
{
    qdx_buffer clean = {0};
    lxw_error code = LXW_ERROR_PARAMETER_VALIDATION;
    qdx_text_line(&clean, address, true);
    if (!clean.failed && qdx_is_web_address(clean.bytes) && clean.size < LINK_SIZE &&
        b->sheet_links < SHEET_LINKS)
        code = b->use.worksheet_write_url_opt(b->sheet, b->row, at, clean.bytes, NULL, text, NULL);
    b->sheet_links += code == LXW_NO_ERROR;
    qdx_buffer_release(&clean);
    return code;
}

/* Where a stretch begins that workbooks take for an escaped character ("_x0041_"); NULL: nowhere.
 */
static const char *find_escape(const char *text)
{
    for (const char *p = text; (p = strstr(p, "_x")) != NULL; p++)
        if (strspn(p + 2, "0123456789ABCDEFabcdef") >= 4 && p[6] == '_')
            return p;
    return NULL;
}

enum { MOST_FRAGMENTS = 64 };

/*
 * Text with what looks like an escaped character: written in fragments that part at it, since
 * programs disagree on how to read an escape of the escape.
 */
static lxw_error write_fragments(book *b, lxw_col_t at, const char *text)
{
    char *copies[MOST_FRAGMENTS] = {NULL};
    lxw_rich_string_tuple tuples[MOST_FRAGMENTS], *list[MOST_FRAGMENTS + 1] = {NULL};
    size_t count = 0;
    lxw_error code = LXW_NO_ERROR;
    for (const char *p = text; *p && code == LXW_NO_ERROR; count++) {
        const char *escape = count + 1 < MOST_FRAGMENTS ? find_escape(p) : NULL;
        size_t size = escape ? (size_t)(escape - p) + 2 : strlen(p);
        copies[count] = strndup(p, size);
        tuples[count] = (lxw_rich_string_tuple){.string = copies[count]};
        list[count] = &tuples[count];
        code = copies[count] ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED;
        p += size;
    }
    if (code == LXW_NO_ERROR)
        code = b->use.worksheet_write_rich_string(b->sheet, b->row, at, list, NULL);
    for (size_t i = 0; i < MOST_FRAGMENTS; i++)
        free(copies[i]);
    return code;
}

static lxw_error write_text(const qdx_rows *rows, lxw_col_t at, const qdx_cell *cell,
                            qdx_buffer *line, bool *cut)
{
    book *b = rows->state;
    lxw_datetime when;
    qdx_cell_line(rows, at, cell, false, line);
    if (line->failed)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (!line->size)
        return LXW_NO_ERROR;
    bool capped = qdx_line_cap(line);
    *cut |= capped;
    b->cut += capped;
    if (rows->columns[at].type == QDX_CELL_DATE && whole_date(line->bytes, &when))
        return b->use.worksheet_write_datetime(b->sheet, b->row, at, &when, b->date);
    if (rows->columns[at].type == QDX_CELL_LINK) {
        if (write_link(b, at, cell->link ? cell->link : line->bytes, line->bytes) == LXW_NO_ERROR)
            return LXW_NO_ERROR;
        b->unlinked += qdx_is_web_address(line->bytes);
    }
    if (find_escape(line->bytes))
        return write_fragments(b, at, line->bytes);
    return b->use.worksheet_write_string(b->sheet, b->row, at, line->bytes, NULL);
}

static lxw_error write_cell(const qdx_rows *rows, lxw_col_t at, const qdx_cell *cell,
                            qdx_buffer *line, bool *cut)
{
    book *b = rows->state;
    qdx_cell_type type = rows->columns[at].type;
    if (qdx_cell_is_text(type))
        return write_text(rows, at, cell, line, cut);
    qdx_cell_line(rows, at, cell, false, line); /* a real as its two decimals say */
    if (line->failed)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    double value = type == QDX_CELL_INTEGER ? (double)cell->integer : strtod(line->bytes, NULL);
    return b->use.worksheet_write_number(b->sheet, b->row, at, value, NULL);
}

static qdx_status write_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    book *b = rows->state;
    qdx_buffer line = {0};
    bool cut = false;
    if (b->row == SHEET_ROWS) {
        b->part++;
        qdx_status status = begin_sheet(rows, b, error);
        if (status != QDX_OK)
            return status;
    }
    lxw_error code = LXW_NO_ERROR;
    for (size_t i = 0; i < rows->column_count && code == LXW_NO_ERROR; i++)
        code = write_cell(rows, (lxw_col_t)i, &cells[i], &line, &cut);
    if (code == LXW_NO_ERROR)
        code = b->use.worksheet_write_string(b->sheet, b->row, (lxw_col_t)rows->column_count,
                                             cut ? "yes" : "no", NULL);
    qdx_buffer_release(&line);
    b->row++;
    b->counts.items[b->counts.count - 1].rows++;
    return code == LXW_NO_ERROR ? QDX_OK : failed(b, code, error);
}

/* A line of About, capped as every cell is. */
static lxw_error about_text(const book *b, lxw_worksheet *sheet, lxw_row_t row, const char *label,
                            const char *text)
{
    qdx_buffer line = {0};
    qdx_text_line(&line, text, true);
    qdx_line_cap(&line);
    lxw_error code = b->use.worksheet_write_string(sheet, row, 0, label, NULL);
    if (code == LXW_NO_ERROR)
        code = b->use.worksheet_write_string(sheet, row, 1, line.bytes ? line.bytes : "", NULL);
    if (line.failed)
        code = LXW_ERROR_MEMORY_MALLOC_FAILED;
    qdx_buffer_release(&line);
    return code;
}

static lxw_error about_count(const book *b, lxw_worksheet *sheet, lxw_row_t row, const char *label,
                             uint64_t count)
{
    lxw_error code = b->use.worksheet_write_string(sheet, row, 0, label, NULL);
    return code == LXW_NO_ERROR ? b->use.worksheet_write_number(sheet, row, 1, (double)count, NULL)
                                : code;
}

static qdx_status write_about(const qdx_rows *rows, book *b, qdx_error *error)
{
    lxw_worksheet *sheet = b->use.workbook_add_worksheet(b->workbook, "About");
    lxw_error code = LXW_NO_ERROR;
    lxw_row_t row = 0;
    char label[SHEET_NAME + 20];
    if (!sheet)
        return qdx_error_memory(error);
    b->use.worksheet_set_column(sheet, 0, 0, TEXT_WIDTH, NULL);
    b->use.worksheet_set_column(sheet, 1, 1, FOCUS_WIDTH, NULL);
    for (size_t i = 0; i < rows->notes.count && code == LXW_NO_ERROR; i++)
        code = about_text(b, sheet, row++, rows->notes.items[i].label, rows->notes.items[i].text);
    for (size_t i = 0; i < b->counts.count && code == LXW_NO_ERROR; i++) {
        snprintf(label, sizeof label, "rows in %s", b->counts.items[i].name);
        code = about_count(b, sheet, row++, label, b->counts.items[i].rows);
    }
    if (code == LXW_NO_ERROR)
        code = about_count(b, sheet, row++, "cells cut at 32,767", b->cut);
    if (code == LXW_NO_ERROR)
        code = about_count(b, sheet, row, "addresses left as text", b->unlinked);
    return code == LXW_NO_ERROR ? QDX_OK : failed(b, code, error);
}

static qdx_status finish_book(qdx_rows *rows, qdx_error *error)
{
    book *b = rows->state;
    end_sheet(b);
    qdx_status status = write_about(rows, b, error);
    if (status != QDX_OK)
        return status;
    lxw_error code = b->use.workbook_close(b->workbook); /* frees it, whatever it returns */
    b->workbook = NULL;
    if (code != LXW_NO_ERROR)
        return failed(b, code, error);
    status = qdx_workbook_check(b->path, error);
    return status == QDX_OK ? qdx_temporary_send(rows, b->path, error) : status;
}

const qdx_row_format qdx_xlsx_format = {
    .name = "xlsx",
    .description = "a workbook: header frozen, filter, real dates, links, a sheet About",
    .binary = true,
    .begin = begin_book,
    .table = begin_table,
    .row = write_row,
    .finish = finish_book,
    .close = close_book,
};

#else

#include "base/error.h"

static qdx_status refuse(qdx_rows *rows, qdx_error *error)
{
    (void)rows;
    qdx_status status = qdx_error_set(error, QDX_ERR_UNSUPPORTED, "built without workbooks");
    qdx_error_hint(error, "install libxlsxwriter-dev and build again, or choose excel");
    return status;
}

const qdx_row_format qdx_xlsx_format = {
    .name = "xlsx",
    .description = "a workbook (not in this build)",
    .binary = true,
    .begin = refuse,
};

#endif
