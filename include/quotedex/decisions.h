/*
 * Decisions of people on what an index doubts: whose words a quotation is, and whether two entities
 * are one. They are kept outside the index, by ids that survive rebuilding, and applied when it is
 * asked.
 */
#ifndef QUOTEDEX_DECISIONS_H
#define QUOTEDEX_DECISIONS_H

#include <quotedex/query.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum qdx_decision_kind {
    QDX_DECIDED_SPEAKER, /* the quotation `subject` is by the entity `other`; "": by nobody known */
    QDX_DECIDED_SAME,    /* the entities `subject` and `other` are one: `other` is its name */
    QDX_DECIDED_DIFFERENT, /* they are two: not to be asked again */
} qdx_decision_kind;

typedef struct qdx_decision {
    qdx_decision_kind kind;
    const char *subject, *other; /* ids */
} qdx_decision;

/* "speaker", "same", "different". Static. */
QDX_API const char *qdx_decision_kind_name(qdx_decision_kind kind);

/*
 * Applies decisions to all questions asked of the index from now on, instead of those applied
 * before. Those whose ids the index does not have are passed over; *used counts the others (may be
 * NULL). Copied. Before the index is shared by threads. Cost: linear in the quotations.
 */
QDX_API qdx_status qdx_index_decide(qdx_index *index, const qdx_decision *decisions, size_t count,
                                    size_t *used, qdx_error *error);

/* Something worth a look. Texts live as long as the list that holds it. */
typedef struct qdx_doubt {
    qdx_decision_kind kind; /* SPEAKER: is it by `subject`? SAME: are `subject` and `other` one? */
    float doubt;            /* 0 to 1: how much it is worth a look */
    const char *subject, *subject_id, *other, *other_id;
    const char *reason; /* how the names relate, or why the speaker was chosen */
    uint64_t mentions;  /* of both, or of the speaker */
    qdx_hit hit;        /* the quotation; zero for entities */
} qdx_doubt;

typedef struct qdx_doubts qdx_doubts;

/*
 * The doubts most worth a look, most first, at most `limit` (0: all), without those decided before:
 * speakers of little confidence, and persons whose names would fit one person. Contexts come from
 * `articles`, as in qdx_query.
 */
QDX_API qdx_status qdx_review(const qdx_index *index, uint64_t limit,
                              const qdx_text_source *articles, qdx_doubts **doubts,
                              qdx_error *error);
QDX_API void qdx_doubts_free(qdx_doubts *doubts);
QDX_API size_t qdx_doubt_count(const qdx_doubts *doubts);
QDX_API uint64_t qdx_doubt_total(const qdx_doubts *doubts); /* before `limit` */
QDX_API const qdx_doubt *qdx_doubt_at(const qdx_doubts *doubts, size_t i);

#ifdef __cplusplus
}
#endif
#endif
