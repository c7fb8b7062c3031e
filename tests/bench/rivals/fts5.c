/*
 * The same work done with SQLite's full-text search, for comparison.
 *
 *   fts5 index DB TEXTS N     the first N of the texts, a NUL after each, into a contentless table
 *   fts5 fill DB              rows of standard input into a table of quotations: six fields, a NUL
 * after each fts5 ask DB SPEAKER N     the first N quotations of a speaker
 *
 * Written to be fast: one transaction, prepared statements, no journal, no syncs.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 6 }; /* speaker, quote, date, title, cue, path */

static void die(sqlite3 *db, const char *what)
{
    fprintf(stderr, "fts5: %s: %s\n", what, db ? sqlite3_errmsg(db) : "failed");
    exit(1);
}

static sqlite3 *open_db(const char *path)
{
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        die(db, path);
    return db;
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(db, sql);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        die(db, sql);
    return statement;
}

static sqlite3 *open_fresh(const char *path)
{
    remove(path);
    sqlite3 *db = open_db(path);
    run(db, "pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-200000; begin");
    return db;
}

static void step(sqlite3 *db, sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE)
        die(db, "insert");
    sqlite3_reset(statement);
}

/* The next text of a stream, without its NUL; -1 at the end. */
static long long next_text(FILE *in, char **text, size_t *size)
{
    long long length = getdelim(text, size, 0, in);
    return length > 0 && (*text)[length - 1] == 0 ? length - 1 : length;
}

static void make_index(const char *path, const char *texts, long long count)
{
    FILE *in = fopen(texts, "rb");
    char *text = NULL;
    size_t size = 0;
    long long length;
    sqlite3 *db = open_fresh(path);
    run(db, "create virtual table articles using fts5(text, content='')");
    sqlite3_stmt *insert = prepare(db, "insert into articles(rowid, text) values (?, ?)");
    if (!in)
        die(NULL, texts);
    for (long long i = 0; i < count && (length = next_text(in, &text, &size)) >= 0; i++) {
        sqlite3_bind_int64(insert, 1, i + 1);
        sqlite3_bind_text(insert, 2, text, (int)length, SQLITE_STATIC);
        step(db, insert);
    }
    sqlite3_finalize(insert);
    run(db, "commit");
    sqlite3_close(db);
    free(text);
    fclose(in);
}

static void fill(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    long long length;
    int field = 0;
    sqlite3 *db = open_fresh(path);
    run(db, "create virtual table said using fts5(speaker, quote, date unindexed,"
            " title unindexed, cue unindexed, path unindexed)");
    sqlite3_stmt *insert = prepare(db, "insert into said values (?, ?, ?, ?, ?, ?)");
    while ((length = next_text(stdin, &text, &size)) >= 0) {
        sqlite3_bind_text(insert, ++field, text, (int)length, SQLITE_TRANSIENT);
        if (field == FIELDS) {
            step(db, insert);
            field = 0;
        }
    }
    sqlite3_finalize(insert);
    run(db, "commit; insert into said(said) values ('optimize')");
    sqlite3_close(db);
    free(text);
}

static void ask(const char *path, const char *speaker, const char *count)
{
    sqlite3 *db = open_db(path);
    sqlite3_stmt *query = prepare(db, "select * from said where said match"
                                      " 'speaker : \"' || ? || '\"' order by rowid limit ?");
    int status;
    sqlite3_bind_text(query, 1, speaker, -1, SQLITE_STATIC);
    sqlite3_bind_int(query, 2, atoi(count));
    while ((status = sqlite3_step(query)) == SQLITE_ROW)
        for (int i = 0; i < FIELDS; i++)
            printf("%s%c", (const char *)sqlite3_column_text(query, i),
                   i + 1 < FIELDS ? '\t' : '\n');
    if (status != SQLITE_DONE)
        die(db, "select");
    sqlite3_finalize(query);
    sqlite3_close(db);
}

int main(int count, char **words)
{
    if (count == 5 && strcmp(words[1], "index") == 0)
        make_index(words[2], words[3], atoll(words[4]));
    else if (count == 3 && strcmp(words[1], "fill") == 0)
        fill(words[2]);
    else if (count == 5 && strcmp(words[1], "ask") == 0)
        ask(words[2], words[3], words[4]);
    else
        return 2;
    return 0;
}
