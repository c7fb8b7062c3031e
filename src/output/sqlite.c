/*
 * Databases, by SQLite: a table a table, and for those whose names are known the keys, indexes,
 * views and full-text search that make them pleasant to ask. Texts are as they are, nothing
 * guarded. What the rows' notes say stands in the table about.
 *
 * The only file that knows the library, which it loads when a database begins; without it the
 * format says so.
 */
#include "output/cell.h"

#ifdef QDX_HAVE_SQLITE

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/library.h"
#include "output/json.h"
#include "output/temporary.h"

#define FUNCTIONS(each)                                                                            \
    each(sqlite3_bind_double) each(sqlite3_bind_int64) each(sqlite3_bind_null)                     \
        each(sqlite3_bind_text64) each(sqlite3_close) each(sqlite3_errcode) each(sqlite3_errmsg)   \
            each(sqlite3_exec) each(sqlite3_finalize) each(sqlite3_open) each(sqlite3_prepare_v2)  \
                each(sqlite3_reset) each(sqlite3_step)
#define SYMBOL(name) QDX_LIBRARY_SYMBOL(functions, name)

typedef struct functions {
    FUNCTIONS(QDX_LIBRARY_MEMBER)
} functions;

static const qdx_library_symbol symbols[] = {FUNCTIONS(SYMBOL)};
static const qdx_library sqlite = {"SQLite", "libsqlite3.so.0", "libsqlite3-0", "writes databases",
                                   QDX_LIBRARY_SYMBOLS(symbols)};

typedef struct database {
    functions use;
    sqlite3 *handle;
    sqlite3_stmt *insert;
    char *path;
    qdx_buffer text;
    QDX_VECTOR(const char *) tables; /* names, the caller's */
} database;

/* What is made at the end, once the table it is about exists. */
static const struct {
    const char *table, *sql;
} extras[] = {
    {"documents", "CREATE UNIQUE INDEX documents_id ON documents(document_id)"},
    {"entities", "CREATE UNIQUE INDEX entities_id ON entities(entity_id, type)"},
    {"entities", "CREATE INDEX entities_name ON entities(name)"},
    {"aliases", "CREATE INDEX aliases_entity ON aliases(entity_id)"},
    {"aliases", "CREATE INDEX aliases_alias ON aliases(alias COLLATE NOCASE)"},
    {"offices", "CREATE INDEX offices_entity ON offices(entity_id)"},
    {"quotes", "CREATE INDEX quotes_id ON quotes(quote_id)"},
    {"quotes", "CREATE INDEX quotes_speaker ON quotes(speaker_id)"},
    {"quotes", "CREATE INDEX quotes_date ON quotes(date)"},
    {"quotes", "CREATE VIRTUAL TABLE quotes_fts USING fts5(quote, content='quotes', "
               "tokenize='unicode61 remove_diacritics 2')"},
    {"quotes", "INSERT INTO quotes_fts(quotes_fts) VALUES ('rebuild')"},
    {"quotes", "CREATE VIEW said AS SELECT date, speaker, quote, kind, outlet, title, url, path, "
               "confidence, quote_id FROM quotes WHERE kind <> 'indirect' AND speaker IS NOT NULL "
               "ORDER BY date"},
    {"quotes", "CREATE VIEW speakers AS SELECT speaker, speaker_id, count(*) AS quotes, "
               "min(date) AS first, max(date) AS last FROM quotes WHERE speaker_id IS NOT NULL "
               "GROUP BY speaker_id ORDER BY quotes DESC, speaker"},
    {"quotes", "CREATE VIEW quotes_by_month AS SELECT substr(date, 1, 7) AS month, count(*) AS "
               "quotes FROM quotes WHERE date IS NOT NULL GROUP BY month ORDER BY month"},
    {"mentions", "CREATE INDEX mentions_entity ON mentions(entity_id)"},
    {"mentions", "CREATE INDEX mentions_document ON mentions(document_id)"},
};

static qdx_status failed(database *d, qdx_error *error)
{
    int code = d->handle ? d->use.sqlite3_errcode(d->handle) : SQLITE_NOMEM;
    if (code == SQLITE_NOMEM)
        return qdx_error_memory(error);
    return qdx_error_set(error, QDX_ERR_IO, "cannot write the database: %s",
                         d->use.sqlite3_errmsg(d->handle));
}

static qdx_status run(database *d, const char *sql, qdx_error *error)
{
    return d->use.sqlite3_exec(d->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? QDX_OK
                                                                              : failed(d, error);
}

static void close_database(qdx_rows *rows)
{
    database *d = rows->state;
    if (!d)
        return;
    if (d->handle) {
        d->use.sqlite3_finalize(d->insert);
        d->use.sqlite3_close(d->handle);
    }
    qdx_temporary_remove(d->path);
    qdx_buffer_release(&d->text);
    qdx_vector_release(&d->tables);
    free(d);
    rows->state = NULL;
}

static qdx_status begin_database(qdx_rows *rows, qdx_error *error)
{
    database *d = rows->state = calloc(1, sizeof *d);
    if (!d)
        return qdx_error_memory(error);
    qdx_status status = qdx_library_load(&sqlite, &d->use, error);
    if (status == QDX_OK)
        status = qdx_temporary_make(rows, &d->path, error);
    if (status != QDX_OK)
        return status;
    if (d->use.sqlite3_open(d->path, &d->handle) != SQLITE_OK)
        return failed(d, error);
    /* The file is our own until it is sent: nothing to be kept safe before. */
    return run(d,
               "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; BEGIN",
               error);
}

/* Appends a name as SQL quotes it. */
static void put_name(qdx_buffer *sql, const char *name)
{
    qdx_buffer_byte(sql, '"');
    for (; *name; name++) {
        if (*name == '"')
            qdx_buffer_byte(sql, '"');
        qdx_buffer_byte(sql, *name);
    }
    qdx_buffer_byte(sql, '"');
}

static const char *sql_type(qdx_cell_type type)
{
    return type == QDX_CELL_INTEGER ? " INTEGER" : type == QDX_CELL_REAL ? " REAL" : " TEXT";
}

static qdx_status create_table(const qdx_rows *rows, database *d, qdx_error *error)
{
    qdx_buffer sql = {0};
    qdx_buffer_text(&sql, "CREATE TABLE ");
    put_name(&sql, rows->name);
    for (size_t i = 0; i < rows->column_count; i++) {
        qdx_buffer_text(&sql, i ? ", " : "(");
        put_name(&sql, rows->columns[i].name);
        qdx_buffer_text(&sql, sql_type(rows->columns[i].type));
    }
    qdx_buffer_byte(&sql, ')');
    qdx_status status = qdx_buffer_status(&sql, error);
    if (status == QDX_OK)
        status = run(d, sql.bytes, error);
    qdx_buffer_release(&sql);
    return status;
}

static qdx_status prepare_insert(const qdx_rows *rows, database *d, qdx_error *error)
{
    qdx_buffer sql = {0};
    qdx_buffer_text(&sql, "INSERT INTO ");
    put_name(&sql, rows->name);
    for (size_t i = 0; i < rows->column_count; i++)
        qdx_buffer_text(&sql, i ? ",?" : " VALUES (?");
    qdx_buffer_byte(&sql, ')');
    qdx_status status = qdx_buffer_status(&sql, error);
    d->use.sqlite3_finalize(d->insert);
    d->insert = NULL;
    if (status == QDX_OK &&
        d->use.sqlite3_prepare_v2(d->handle, sql.bytes, -1, &d->insert, NULL) != SQLITE_OK)
        status = failed(d, error);
    qdx_buffer_release(&sql);
    return status;
}

static qdx_status begin_table(qdx_rows *rows, qdx_error *error)
{
    database *d = rows->state;
    qdx_status status = create_table(rows, d, error);
    if (status == QDX_OK)
        status = prepare_insert(rows, d, error);
    if (status == QDX_OK && !qdx_vector_push(&d->tables, rows->name))
        status = qdx_error_memory(error);
    return status;
}

static int bind(database *d, int at, qdx_cell_type type, const qdx_cell *cell)
{
    if (type == QDX_CELL_INTEGER)
        return d->use.sqlite3_bind_int64(d->insert, at, cell->integer);
    if (type == QDX_CELL_REAL)
        return d->use.sqlite3_bind_double(d->insert, at,
                                          (double)(int64_t)(cell->real * 100 + 0.5) / 100);
    if (!cell->text)
        return d->use.sqlite3_bind_null(d->insert, at);
    qdx_buffer_clear(&d->text);
    qdx_buffer_text(&d->text, "");
    qdx_buffer_clean(&d->text, cell->text, strlen(cell->text));
    if (d->text.failed)
        return SQLITE_NOMEM;
    return d->use.sqlite3_bind_text64(d->insert, at, d->text.bytes ? d->text.bytes : "",
                                      d->text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static qdx_status insert_row(database *d, const qdx_column *columns, size_t count,
                             const qdx_cell *cells, qdx_error *error)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < count && code == SQLITE_OK; i++)
        code = bind(d, (int)i + 1, columns[i].type, &cells[i]);
    if (code == SQLITE_NOMEM)
        return qdx_error_memory(error);
    if (code == SQLITE_OK)
        code = d->use.sqlite3_step(d->insert);
    if (code != SQLITE_DONE || d->use.sqlite3_reset(d->insert) != SQLITE_OK)
        return failed(d, error);
    return QDX_OK;
}

static qdx_status write_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    return insert_row(rows->state, rows->columns, rows->column_count, cells, error);
}

static qdx_status write_about(qdx_rows *rows, qdx_error *error)
{
    static const qdx_column columns[] = {{"label", QDX_CELL_TEXT, 0}, {"text", QDX_CELL_TEXT, 0}};
    enum { COUNT = sizeof columns / sizeof columns[0] };
    qdx_status status = qdx_rows_table(rows, "about", columns, COUNT, error);
    for (size_t i = 0; i < rows->notes.count && status == QDX_OK; i++) {
        const qdx_cell cells[COUNT] = {{.text = rows->notes.items[i].label},
                                       {.text = rows->notes.items[i].text}};
        status = insert_row(rows->state, columns, COUNT, cells, error);
    }
    return status;
}

static bool has_table(const database *d, const char *name)
{
    for (size_t i = 0; i < d->tables.count; i++)
        if (strcmp(d->tables.items[i], name) == 0)
            return true;
    return false;
}

static qdx_status finish_database(qdx_rows *rows, qdx_error *error)
{
    database *d = rows->state;
    qdx_status status = write_about(rows, error);
    /* Keys and views fit the tables of a whole index; a single table is asked for as it is. */
    for (size_t i = 0; i < sizeof extras / sizeof extras[0] && status == QDX_OK; i++)
        if (rows->options.several && has_table(d, extras[i].table))
            status = run(d, extras[i].sql, error);
    if (status == QDX_OK)
        status = run(d, "COMMIT", error);
    if (status != QDX_OK)
        return status;
    d->use.sqlite3_finalize(d->insert);
    d->insert = NULL;
    if (d->use.sqlite3_close(d->handle) != SQLITE_OK)
        return failed(d, error);
    d->handle = NULL;
    return qdx_temporary_send(rows, d->path, error);
}

const qdx_row_format qdx_sqlite_format = {
    .name = "sqlite",
    .description = "an SQLite database",
    .binary = true,
    .begin = begin_database,
    .table = begin_table,
    .row = write_row,
    .finish = finish_database,
    .close = close_database,
};

#else

#include "base/error.h"

static qdx_status refuse(qdx_rows *rows, qdx_error *error)
{
    (void)rows;
    qdx_status status = qdx_error_set(error, QDX_ERR_UNSUPPORTED, "built without SQLite");
    qdx_error_hint(error, "install libsqlite3-dev and build again, or import the csv");
    return status;
}

const qdx_row_format qdx_sqlite_format = {
    .name = "sqlite",
    .description = "an SQLite database (not in this build)",
    .binary = true,
    .begin = refuse,
};

#endif
