/*
 * Records: one analysed document as bytes, on its way from a worker to the index writer. They live
 * in the memory of one process only: rows in the machine's order, read where they lie.
 *
 *     qdx_record, quotations, mentions, texts, marks, numbers, sizes of forms, forms, padding
 *
 * All but the forms is kept by the writer as it is; forms, which most documents share, are kept
 * once.
 */
#ifndef QDX_INDEX_RECORD_H
#define QDX_INDEX_RECORD_H

#include "index/format.h"

/* A text in the record: where it begins, and its size without the NUL that ends it. */
typedef struct qdx_slice {
    uint32_t at, size;
} qdx_slice;

typedef struct qdx_record_mention {
    uint32_t entity; /* local number */
    uint32_t mark;   /* rule and confidence */
    uint32_t char_start, paragraph;
    qdx_slice text; /* as long as the mention, in code points */
} qdx_record_mention;

/* Why mentions of the document stand: few differ. */
typedef struct qdx_record_mark {
    qdx_slice rule;
    uint32_t confidence; /* per mille */
} qdx_record_mark;

/* Of the speaker's own words the texts, of reported ones the places in the article. */
typedef struct qdx_record_quote {
    uint32_t speaker; /* local number, UINT32_MAX: no entity */
    uint32_t char_start, chars, paragraph;
    uint16_t confidence; /* of the speaker, per mille */
    uint8_t kind, speaker_kind;
    qdx_slice text, cue, rule, as_written;
    uint32_t named_start, named_chars; /* the words that name the speaker, of reported ones */
    uint32_t about, about_count;       /* first in the numbers, how many */
    uint32_t gaps, gap_count; /* the same: code points left out before each further stretch of
                                 reported ones, and its length */
} qdx_record_quote;

typedef struct qdx_record {
    uint64_t text_bytes, text_hash; /* the hash's last QDX_HASH_SIZE bytes */
    uint32_t size;                  /* of all, a multiple of QDX_RECORD_UNIT */
    uint64_t file_bytes, file_time; /* of the file; with `inner` set by who takes the record */
    uint32_t inner;                 /* bytes of the path that are a place inside the file */
    uint32_t part, date;
    uint32_t repairs;
    qdx_slice path, title, url, outlet, format, encoding;
    uint32_t mention_count, quote_count, mark_count, number_count, form_count;
    uint32_t marks, numbers, forms; /* where they begin; forms is also the size of what is kept */
} qdx_record;

enum { QDX_RECORD_UNIT = 8 };

/* Lists of quotations: local numbers of the entities in the content, gaps. */
static inline const uint32_t *qdx_record_numbers(const qdx_record *record)
{
    return (const void *)((const char *)record + record->numbers);
}

static inline const qdx_record_mark *qdx_record_marks(const qdx_record *record)
{
    return (const void *)((const char *)record + record->marks);
}

/* Quotations stand first: their rows hold the widest numbers. */
static inline const qdx_record_quote *qdx_record_quotes(const qdx_record *record)
{
    return (const void *)(record + 1);
}

static inline const qdx_record_mention *qdx_record_mentions(const qdx_record *record)
{
    return (const void *)(qdx_record_quotes(record) + record->quote_count);
}

static inline const char *qdx_record_text(const qdx_record *record, qdx_slice slice)
{
    return (const char *)record + slice.at;
}

/*
 * The head of the record that begins at `bytes`; false when there is no whole one. What it says of
 * its parts is true after qdx_record_check only.
 */
bool qdx_record_head(const void *bytes, size_t size, qdx_record *head);

/* Is the part to be kept, `head.forms` aligned bytes, whole and consistent? Walks all rows. */
bool qdx_record_check(const qdx_record *record);

/* QDX_ERR_ARGUMENT when an analysis does not fit its document. */
qdx_status qdx_record_check_analysis(const qdx_document *document, const qdx_analysis *analysis,
                                     qdx_error *error);

#include "base/banned.h"
#endif
