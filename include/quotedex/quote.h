/* Quotations and their speakers. Plain values, filled by an analyzer. */
#ifndef QUOTEDEX_QUOTE_H
#define QUOTEDEX_QUOTE_H

#include <quotedex/mention.h>
#include <quotedex/span.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum qdx_quote_kind {
    QDX_QUOTE_DIRECT,   /* the speaker's own words make the utterance */
    QDX_QUOTE_MIXED,    /* quoted words inside reported speech */
    QDX_QUOTE_INDIRECT, /* reported speech without marks */
} qdx_quote_kind;

typedef enum qdx_speaker_kind {
    QDX_SPEAKER_UNKNOWN,
    QDX_SPEAKER_PERSON,
    QDX_SPEAKER_ORGANIZATION,
    QDX_SPEAKER_UNNAMED, /* "a senior official": only the description is known */
} qdx_speaker_kind;

typedef struct qdx_speaker {
    qdx_speaker_kind kind;
    qdx_span span;    /* the words that name the speaker here: "he", "Mr. Lavrov" */
    uint32_t entity;  /* index into the analysis' entities, or QDX_NO_ENTITY */
    const char *rule; /* static: "subject", "pronoun", "previous"; "" when unknown */
    float confidence; /* 0 to 1 */
} qdx_speaker;

/* One quotation. Spans leave the marks out and are in text order; at least one. */
typedef struct qdx_quote {
    qdx_quote_kind kind;
    const qdx_span *spans;
    size_t span_count;
    qdx_span content; /* everything reported, in one range */
    qdx_span cue;     /* the words that report it: "said"; empty when there are none */
    qdx_speaker speaker;
    float confidence; /* that these are reported words at all, 0 to 1 */
} qdx_quote;

enum { QDX_QUOTE_ID_SIZE = 16 };

/*
 * The quotation's id, terminated: "q_" and 12 letters or digits made from path, part, position and
 * length, so that the same words in the same place always have the same id. char_start is the
 * offset of the first span in code points.
 */
QDX_API void qdx_quote_id(const qdx_document *document, const qdx_quote *quote, uint32_t char_start,
                          char id[QDX_QUOTE_ID_SIZE]);

/* "direct", "mixed", "indirect"; "person", "organization", "unnamed", "unknown". Static. */
QDX_API const char *qdx_quote_kind_name(qdx_quote_kind kind);
QDX_API const char *qdx_speaker_kind_name(qdx_speaker_kind kind);

#ifdef __cplusplus
}
#endif
#endif
