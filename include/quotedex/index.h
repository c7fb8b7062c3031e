/*
 * The index file (.qdx): written once, whole or not at all; mapped and checked for reading.
 *
 * Writing: each analysed document is encoded as a record (on any thread), records are added to a
 * writer in any order, and finish sorts, joins and writes them. The file's bytes depend on the set
 * of records alone, and of the files' times. docs/index-format.md describes every byte.
 *
 *     qdx_record_encode(document, analysis, buffer, &error);    // on worker threads
 *     qdx_index_writer_add(writer, record, size, &error);       // on one thread
 *     qdx_index_writer_finish(writer, "news.qdx", &error);
 */
#ifndef QUOTEDEX_INDEX_H
#define QUOTEDEX_INDEX_H

#include <quotedex/analyzer.h>
#include <quotedex/batch.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Appends one document with its analysis to `out`. Records can be laid one after another. */
QDX_API qdx_status qdx_record_encode(const qdx_document *document, const qdx_analysis *analysis,
                                     qdx_buffer *out, qdx_error *error);

typedef struct qdx_index_writer qdx_index_writer;

QDX_API qdx_index_writer *qdx_index_writer_new(qdx_error *error);
QDX_API void qdx_index_writer_free(qdx_index_writer *writer);

/* Adds the records in `bytes` (zero or more, copied). */
QDX_API qdx_status qdx_index_writer_add(qdx_index_writer *writer, const void *bytes, size_t size,
                                        qdx_error *error);

/*
 * Adds what became of one file of a batch: its records, and the reason when it was skipped. Only
 * this remembers the file's size and time, by which a later update knows it again.
 */
QDX_API qdx_status qdx_index_writer_add_result(qdx_index_writer *writer,
                                               const qdx_batch_result *result, qdx_error *error);

/*
 * Bounds the memory for records, about: when they take too much they are written out, beside
 * `path`, to files without a name, and joined at the end. 0: no bound.
 */
QDX_API qdx_status qdx_index_writer_bound(qdx_index_writer *writer, uint64_t memory,
                                          const char *path, qdx_error *error);

/*
 * Opens the file beside `path` that finish will put in its place, and locks it: a second writer of
 * the same index is refused from now on. Without, finish does it.
 */
QDX_API qdx_status qdx_index_writer_open(qdx_index_writer *writer, const char *path,
                                         qdx_error *error);

/*
 * Notes a path that articles were looked for under. It is no part of the index' bytes: the file
 * system keeps it beside them (an extended attribute), or nobody does.
 */
QDX_API qdx_status qdx_index_writer_add_path(qdx_index_writer *writer, const char *path,
                                             qdx_error *error);

/* The paths noted with an index file, one behind the other, terminated each; the caller frees
 * *paths. QDX_END when there are none. */
QDX_API qdx_status qdx_index_paths(const char *index, char **paths, size_t *size, qdx_error *error);

/* What an index was built with; kinds of qdx_index_option_at. */
enum {
    QDX_OPTION_GAZETTEER,
    QDX_OPTION_NO_DEFAULT_GAZETTEER,
    QDX_OPTION_MAP, /* of the fields of records, qdx_reader_options.map */
};

/* Remembers an option of the build, so that an update can use it again. */
QDX_API qdx_status qdx_index_writer_add_option(qdx_index_writer *writer, unsigned kind,
                                               const char *text, qdx_error *error);

/* Remembers a file that could not be read, with its reason; the index lists it. */
QDX_API qdx_status qdx_index_writer_add_skipped(qdx_index_writer *writer, const char *path,
                                                const qdx_error *problem, qdx_error *error);

/*
 * Writes to a temporary file beside `path`, syncs it, renames it over `path`, syncs the folder. On
 * failure the old file, if any, is untouched and the temporary one gone. Either way the writer is
 * used up: free it. What is decided across articles is decided here: whether they came as records
 * or in indexes, in whatever order, the bytes are the same.
 */
QDX_API qdx_status qdx_index_writer_finish(qdx_index_writer *writer, const char *path,
                                           qdx_error *error);

typedef struct qdx_index qdx_index;

/* A file that an index was made of: of an article, or one that was skipped. Texts are borrowed. */
typedef struct qdx_index_file {
    const char *path;
    uint64_t size, time;            /* bytes; nanoseconds since 1970, 0: unknown */
    uint64_t text_bytes, text_hash; /* of the article: what qdx_text_digest says of its text */
    const char *skipped;            /* why, or NULL */
} qdx_index_file;

/*
 * Joins an index in: its documents become the new one's, as if their files had been read. Of a file
 * that several have, the version with the latest time counts, and of one file all articles stay or
 * go together. `keep` (NULL: all) says of each article, and each skipped file, whether it stays.
 * The index must stay open until finish.
 */
typedef bool qdx_index_keep(void *context, const qdx_index_file *file);
QDX_API qdx_status qdx_index_writer_add_index(qdx_index_writer *writer, const qdx_index *index,
                                              qdx_index_keep *keep, void *context,
                                              qdx_error *error);

/* Is called for each article, then for each skipped file; a failure ends the walk. */
typedef qdx_status qdx_index_visit(void *context, uint64_t number, const qdx_index_file *file,
                                   qdx_error *error);
QDX_API qdx_status qdx_index_files(const qdx_index *index, qdx_index_visit *visit, void *context,
                                   qdx_error *error);

/* How an article was read, and whether its text is another one's. Texts are borrowed. */
typedef struct qdx_index_reading {
    const char *format, *encoding; /* "HTML", "windows-1252" */
    uint32_t repairs;              /* bits: QDX_REPAIR_MOJIBAKE … */
    uint64_t copy_of; /* 1 + number of the first article with this text, or most of it; 0: none */
} qdx_index_reading;

/* Is called for each article; a failure ends the walk. Cost: linear in their number. */
typedef qdx_status qdx_index_reading_visit(void *context, uint64_t number,
                                           const qdx_index_reading *reading, qdx_error *error);
QDX_API qdx_status qdx_index_readings(const qdx_index *index, qdx_index_reading_visit *visit,
                                      void *context, qdx_error *error);

/* The i-th option of the build; QDX_END after the last. */
QDX_API qdx_status qdx_index_option_at(const qdx_index *index, uint64_t i, unsigned *kind,
                                       const char **text, qdx_error *error);

/*
 * Maps an index for reading; header and section table are checked now, every other part when it is
 * first looked at. Shareable by threads. QDX_ERR_IO when it cannot be opened, _FORMAT when it is no
 * index, _VERSION when it is of another format, _DAMAGED when a checksum does not hold: this last
 * may also come from any later question. Cost: a few page faults, whatever the index' size.
 */
QDX_API qdx_status qdx_index_open(const char *path, qdx_index **index, qdx_error *error);
QDX_API void qdx_index_close(qdx_index *index);

/* Who knows which given names are forms of one (Bob and Robert). Words are folded. */
typedef struct qdx_given_names {
    bool (*same)(const void *context, const char *name, const char *other);
    const void *context;
} qdx_given_names;

/*
 * Names that queries do not find are then compared with this knowledge too; it is only asked when a
 * look-up fails. Borrowed; before the index is shared by threads. NULL: none.
 */
QDX_API void qdx_index_set_given_names(qdx_index *index, const qdx_given_names *given);

/* Walks every checksum and every record, whatever the cost. */
QDX_API qdx_status qdx_index_verify(const qdx_index *index, qdx_error *error);

typedef struct qdx_index_info {
    uint32_t format_version;
    uint64_t file_size; /* bytes */
    uint64_t build_id;  /* a hash of the content: equal content, equal id */
    uint64_t documents, text_bytes, entities, mentions, quotes, words, skipped;
    qdx_date first, last; /* of the documents' dates */
} qdx_index_info;

QDX_API void qdx_index_info_get(const qdx_index *index, qdx_index_info *info);

/* The i-th file that could not be read. Texts are borrowed from the index. */
QDX_API qdx_status qdx_index_skipped_at(const qdx_index *index, uint64_t i, const char **path,
                                        const char **reason, qdx_error *error);

#ifdef __cplusplus
}
#endif
#endif
