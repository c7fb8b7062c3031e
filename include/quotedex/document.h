/*
 * Documents: articles as they come out of files.
 *
 * A qdx_file_list collects the files under the paths a user names, in an order that does not
 * depend on the file system. A qdx_reader turns one file after another into documents: it decodes
 * the bytes, takes plain text as it is, finds the article in a page, and reads title, date and
 * address where the file tells them. One file may hold many articles (an archive, a feed, JSON
 * Lines), and archives may hold archives: docs/inputs.md tells all that is read, and the names.
 *
 *     qdx_reader *reader = qdx_reader_new(NULL, &error);
 *     const qdx_document *document;
 *     qdx_status status = qdx_reader_open(reader, "articles/a.html", &error);
 *     while (status == QDX_OK && (status = qdx_reader_next(reader, &document, &error)) == QDX_OK)
 *         printf("%s: %s\n", document->path, document->title);
 *     qdx_reader_free(reader);
 */
#ifndef QUOTEDEX_DOCUMENT_H
#define QUOTEDEX_DOCUMENT_H

#include <quotedex/span.h>
#include <quotedex/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A calendar date (ISO 8601). year 0: unknown; month or day 0: only the larger unit is known. */
typedef struct qdx_date {
    int16_t year;
    uint8_t month;
    uint8_t day;
} qdx_date;

/* Writes "2014-03-11", "2014-03", "2014" or "". buffer must hold 16 bytes. Returns buffer. */
QDX_API char *qdx_date_format(qdx_date date, char buffer[16]);

/* Reads "2014", "2014-03" or "2014-03-11" and nothing else. False, and *date unchanged, if not. */
QDX_API bool qdx_date_parse(const char *text, qdx_date *date);

typedef enum qdx_block_kind {
    QDX_BLOCK_PARAGRAPH,
    QDX_BLOCK_HEADING,
    QDX_BLOCK_QUOTATION, /* <blockquote>: somebody's words without marks */
} qdx_block_kind;

/* A paragraph of the article. Blocks are in text order, do not overlap, and exclude line ends. */
typedef struct qdx_block {
    qdx_span span;
    qdx_block_kind kind;
} qdx_block;

/* What decoding had to mend; bits of qdx_document.repairs. */
enum {
    QDX_REPAIR_MOJIBAKE = 1 << 0,  /* text encoded twice was read back (on proof only) */
    QDX_REPAIR_CONTROLS = 1 << 1,  /* C1 controls read as windows-1252 marks */
    QDX_REPAIR_TRUNCATED = 1 << 2, /* markup deeper than the parser's limit was cut */
    QDX_REPAIR_INVALID = 1 << 3,   /* bytes without meaning became U+FFFD */
};

/*
 * One article. Texts are UTF-8 and terminated; optional ones are "" when unknown, never NULL.
 * Borrowed from the reader: valid until its next call.
 */
typedef struct qdx_document {
    const char *path; /* the file as it was named; "a.zip!/b/c.txt" for a member of an archive */
    uint32_t part;    /* its number, from 1, in a file of many (a feed, JSON Lines); else 0 */
    const char *title;
    const char *url;
    const char *outlet;
    const char *author;
    const char *language; /* BCP 47, "" when not told */
    const char *encoding; /* what the bytes were decoded from, "utf-8" */
    qdx_date date;
    uint32_t repairs;
    const char *text; /* for clean UTF-8 plain text: the file's content, unchanged */
    uint32_t text_size;
    const qdx_block *blocks;
    size_t block_count;
    const char *format; /* what it was read as, "HTML" */
    const char *detail; /* which fields of a record were taken, as a map; "" for others */
} qdx_document;

/*
 * Limits on one article, be it a file, a member of an archive or a record; zero means the default.
 * Files that hold many articles are read in a stream and may be of any size.
 */
typedef struct qdx_reader_options {
    uint64_t max_file_bytes;     /* default 64 MiB */
    uint32_t max_depth;          /* nesting of markup, default 256 */
    uint32_t max_tag_bytes;      /* one tag with its attributes, default 64 KiB */
    uint64_t max_expanded_bytes; /* out of compressed data, for one article, default 256 MiB */
    uint32_t max_ratio;          /* of expanded to compressed bytes, default 200 */
    uint32_t max_seconds;        /* of the thread's time, default 10 */
    uint32_t max_words;          /* default 16 Mi */

    /*
     * Which fields of records (JSON members, columns of tables) are what, "title=headline,text=
     * fields.body"; fields title, text, date, author, outlet, url, language. NULL: all are guessed
     * by their names. Must outlive the reader. A name with dots leads into members.
     */
    const char *map;
} qdx_reader_options;

/* Can `map` be followed? QDX_ERR_ARGUMENT tells where not. */
QDX_API qdx_status qdx_field_map_check(const char *map, qdx_error *error);

typedef struct qdx_reader qdx_reader;

/* A reader serves one thread at a time. options may be NULL. NULL when memory runs out. */
QDX_API qdx_reader *qdx_reader_new(const qdx_reader_options *options, qdx_error *error);
QDX_API void qdx_reader_free(qdx_reader *reader);

/*
 * Reads and decodes one file; any earlier one is forgotten. Only regular files are read. Fails with
 * QDX_ERR_IO, _FORMAT, _ENCODING, _LIMIT, _UNSUPPORTED or _MEMORY, the reason in `error`; the
 * reader stays usable. Cost: linear in the file's size.
 */
QDX_API qdx_status qdx_reader_open(qdx_reader *reader, const char *path, qdx_error *error);

/* The same for bytes in memory; `name` stands for the path and its ending hints at the format. */
QDX_API qdx_status qdx_reader_open_bytes(qdx_reader *reader, const char *name, const void *bytes,
                                         size_t size, qdx_error *error);

/*
 * The same for one article that was met before: `path` and `part` as its document had them. What
 * lies before it in its file is passed over. QDX_ERR_NOT_FOUND when the file has no such article.
 */
QDX_API qdx_status qdx_reader_open_article(qdx_reader *reader, const char *path, uint32_t part,
                                           qdx_error *error);

/* Bytes of the file that was opened last, as read. */
QDX_API uint64_t qdx_reader_size(const qdx_reader *reader);

/*
 * The next article of the open file, QDX_END after the last. A file without text is an error. A
 * failure inside a file of many concerns that one article (the error names it): the next call goes
 * on behind it. After any other failure the next call returns QDX_END.
 */
QDX_API qdx_status qdx_reader_next(qdx_reader *reader, const qdx_document **document,
                                   qdx_error *error);

typedef struct qdx_file_list qdx_file_list;

QDX_API qdx_file_list *qdx_file_list_new(qdx_error *error);
QDX_API void qdx_file_list_free(qdx_file_list *list);

/*
 * Adds a file, or every regular file below a folder: hidden names, indexes (.qdx) and symbolic
 * links to folders are left out, links to files are problems. "./a//b" is kept as "a/b". What
 * cannot be opened is kept with its reason: see qdx_file_list_problem.
 */
QDX_API qdx_status qdx_file_list_add(qdx_file_list *list, const char *path, qdx_error *error);

/*
 * Brings the files in their final order (bytewise by path) and drops repeats. Call once after the
 * last add.
 */
QDX_API void qdx_file_list_sort(qdx_file_list *list);

QDX_API size_t qdx_file_list_count(const qdx_file_list *list);
QDX_API const char *qdx_file_list_at(const qdx_file_list *list, size_t i); /* borrowed */
/* Bytes of the i-th file; may ask the system. 0 when it is gone. */
QDX_API uint64_t qdx_file_list_size(const qdx_file_list *list, size_t i);
QDX_API size_t qdx_file_list_problem_count(const qdx_file_list *list);
QDX_API const qdx_error *qdx_file_list_problem(const qdx_file_list *list, size_t i);

#ifdef __cplusplus
}
#endif
#endif
