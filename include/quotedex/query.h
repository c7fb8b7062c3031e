/*
 * Questions to an index: whose words, about whom, containing what, when, where.
 *
 * A query resolves names in any spelling against the index itself, so that no gazetteer is needed
 * to ask. Results are owned by the qdx_result and valid until it is freed; the index must outlive
 * it.
 */
#ifndef QUOTEDEX_QUERY_H
#define QUOTEDEX_QUERY_H

#include <quotedex/index.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An entity of the index. Texts are borrowed from the result that holds it. */
typedef struct qdx_index_entity {
    const char *id, *name;
    qdx_entity_type type;
    const char *const *variants; /* spellings met in the articles, most frequent first */
    size_t variant_count;
    uint64_t documents, mentions, quotes; /* quotes: direct and mixed */
    qdx_date first, last;
    const char *rule; /* when it answers a name: "exact", "romanization", "surname", "office" */
    float confidence;
    uint64_t reported;          /* indirect quotations */
    const char *country;        /* ISO 3166-1 alpha-2, or "" */
    bool listed;                /* known to a gazetteer when it was indexed */
    const char *const *aliases; /* other names the gazetteer lists */
    size_t alias_count;
    const qdx_tenure *tenures; /* without phrases */
    size_t tenure_count;
    const char *const *offices; /* the same as texts: "foreign minister (VK), 2012-06/2014" */
    size_t office_count;
    const char *const *companions; /* named in most of the same articles, first the most; */
    size_t companion_count;        /* of lists of entities only */
} qdx_index_entity;

enum { QDX_KIND_DIRECT = 1, QDX_KIND_MIXED = 2, QDX_KIND_INDIRECT = 4 };

/* Equal ones by date, then by path and place. */
typedef enum qdx_sort {
    QDX_SORT_DATE,      /* oldest first, undated last */
    QDX_SORT_SPEAKER,   /* by the speaker's id, unknown ones last */
    QDX_SORT_PATH,      /* as they stand, article after article */
    QDX_SORT_CONFIDENCE /* surest first */
} qdx_sort;

/*
 * Where articles can be read again: the index keeps the words of direct and mixed quotations; those
 * of indirect ones, and all contexts, come from the articles themselves, and are empty where these
 * are gone or have changed. `read` gives the text of article `part` of the file, as it was
 * indexed (a qdx_reader does), borrowed until the next call; any failure but QDX_ERR_MEMORY means
 * that there is none.
 */
typedef struct qdx_text_source {
    qdx_status (*read)(void *context, const char *path, uint32_t part, const char **text,
                       size_t *size, qdx_error *error);
    void *context;
} qdx_text_source;

/* Zero-initialise and fill what is wanted; every condition set must hold. */
typedef struct qdx_query {
    const char *by;     /* speaker: any spelling of a name, or an office */
    const char *about;  /* entity mentioned in the quotation's content */
    const char *text;   /* words that all stand in the quotation; "double quoted" ones in sequence;
                           those with a - before them do not */
    const char *source; /* part of the path, url or outlet, case folded */
    qdx_date since, until;
    unsigned kinds;       /* QDX_KIND_ bits, 0: direct and mixed */
    float min_confidence; /* of the speaker, 0 to 1 */
    uint64_t limit;       /* rows, 0: all */
    bool unique; /* fold the same words, and parts of them, by the same speaker: the fullest
                    stays, where it appeared first; counts go to duplicates */
    qdx_sort sort;
    const qdx_text_source *articles; /* NULL: plain text files */
    bool without_contexts;           /* leave them empty: articles need not be read for them */
    bool without_text;               /* read no articles at all: reported speech stays empty too */
} qdx_query;

/* One quotation found. Offsets count Unicode code points of the document's text. */
typedef struct qdx_hit {
    const char *quote_id; /* "q_" and 12 letters or digits: stable for the same words in place */
    const char *speaker, *speaker_id, *speaker_as_written;
    qdx_speaker_kind speaker_kind;
    const char *quote; /* spans joined by " … " where text was left out between them */
    qdx_quote_kind kind;
    const char *cue;   /* the words that report it, "said"; "" when there are none */
    float confidence;  /* in the speaker, 0 to 1 */
    const char *rule;  /* how the speaker was found: "name", "pronoun", "previous" */
    const char *about; /* names of entities in the content, joined by "; " */
    qdx_date date;
    const char *title, *outlet, *url, *path; /* path: with "#12" for an article of a file of many */
    uint32_t part, paragraph;                /* paragraph: 1-based; part as in qdx_document */
    uint32_t char_start, char_end;
    const char *context_before, *context_after;
    uint32_t duplicates; /* further occurrences folded into this row (unique only) */
    const char *file;    /* the path without the number, as qdx_reader_open_article wants it */
} qdx_hit;

typedef struct qdx_result qdx_result;

/*
 * All quotations that fit, in the order asked for. A name that nobody bears is no failure: there
 * are no rows then, but suggestions (qdx_result_is_suggestion). QDX_ERR_ARGUMENT for an order that
 * is none, or a text without words; QDX_ERR_DAMAGED when the index is. Cost: that of the narrowest
 * condition, and for contexts that of reading each article of a row once.
 */
QDX_API qdx_status qdx_query_quotes(const qdx_index *index, const qdx_query *query,
                                    qdx_result **result, qdx_error *error);

/*
 * The quotation with this id, as the only row; QDX_ERR_NOT_FOUND when there is none,
 * QDX_ERR_ARGUMENT when the text is no id. Reads the facts of all quotations.
 */
QDX_API qdx_status qdx_query_quote_by_id(const qdx_index *index, const char *id,
                                         const qdx_text_source *articles, qdx_result **result,
                                         qdx_error *error);

typedef enum qdx_entity_sort {
    QDX_ENTITY_SORT_MENTIONS, /* most first, as the next two; equal ones by id */
    QDX_ENTITY_SORT_QUOTES,   /* direct and mixed */
    QDX_ENTITY_SORT_ARTICLES,
    QDX_ENTITY_SORT_ID
} qdx_entity_sort;

/* Zero-initialise and fill what is wanted. */
typedef struct qdx_entity_query {
    const char *match; /* any spelling of a name, or the beginning of a word of it */
    unsigned types;    /* bits 1 << qdx_entity_type, 0: all */
    qdx_entity_sort sort;
    uint64_t limit; /* rows, 0: all */
} qdx_entity_query;

/* Cost: a look at every entity of the index, and for those listed at the articles they are in. */
QDX_API qdx_status qdx_query_entities_where(const qdx_index *index, const qdx_entity_query *query,
                                            qdx_result **result, qdx_error *error);

/* The same, most mentioned first: of one type (-1: of all), `match` NULL or "": everybody. */
QDX_API qdx_status qdx_query_entities(const qdx_index *index, int type, const char *match,
                                      qdx_result **result, qdx_error *error);

/* One mention of an entity in its sentence. */
typedef struct qdx_mention_hit {
    const char *entity, *entity_id, *text, *rule;
    qdx_entity_type type;
    float confidence;
    qdx_date date;
    const char *title, *outlet, *url, *path;
    uint32_t part, paragraph, char_start, char_end;
    const char *context_before, *context_after;
    const char *file; /* the path without the number */
} qdx_mention_hit;

/*
 * Mentions of whomever query->about means, by date, within its conditions on articles (since,
 * until, source) and its limit; what it says of quotations is not heeded.
 */
QDX_API qdx_status qdx_query_mentions_where(const qdx_index *index, const qdx_query *query,
                                            qdx_result **result, qdx_error *error);

/*
 * All mentions of whomever the name means. Their contexts come from the articles, this time from
 * those files alone that are plain UTF-8 text.
 */
QDX_API qdx_status qdx_query_mentions(const qdx_index *index, const char *name, qdx_result **result,
                                      qdx_error *error);

/* The same with contexts from articles of any kind. */
QDX_API qdx_status qdx_query_mentions_from(const qdx_index *index, const char *name,
                                           const qdx_text_source *source, qdx_result **result,
                                           qdx_error *error);

QDX_API void qdx_result_free(qdx_result *result); /* NULL is fine */

/* Rows of the kind that was asked for; the other two counts are zero. total: before `limit`. An
 * index behind the last row gives NULL. */
QDX_API size_t qdx_result_hit_count(const qdx_result *result);
QDX_API uint64_t qdx_result_total(const qdx_result *result);
QDX_API const qdx_hit *qdx_result_hit_at(const qdx_result *result, size_t i);
QDX_API size_t qdx_result_entity_count(const qdx_result *result);
QDX_API const qdx_index_entity *qdx_result_entity_at(const qdx_result *result, size_t i);
/* Articles whose contexts are empty because they are gone, or not what was indexed. */
QDX_API uint64_t qdx_result_unread(const qdx_result *result);
QDX_API size_t qdx_result_mention_count(const qdx_result *result);
QDX_API const qdx_mention_hit *qdx_result_mention_at(const qdx_result *result, size_t i);

/*
 * How names in the query were understood: the entities taken for `by` (or the name asked for), best
 * first. More than one means the name is ambiguous and all were used. When it fits nobody, the
 * nearest names instead, and qdx_result_is_suggestion is true.
 */
QDX_API size_t qdx_result_bearer_count(const qdx_result *result);
QDX_API const qdx_index_entity *qdx_result_bearer_at(const qdx_result *result, size_t i);
QDX_API bool qdx_result_is_suggestion(const qdx_result *result);

#ifdef __cplusplus
}
#endif
#endif
