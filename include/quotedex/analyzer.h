/*
 * The analyzer: a document in, its entities, mentions and quotations out.
 *
 * One analyzer serves one thread; all of them may share one frozen gazetteer. Results are borrowed
 * from the analyzer and valid until its next run. Cost: linear in the text.
 */
#ifndef QUOTEDEX_ANALYZER_H
#define QUOTEDEX_ANALYZER_H

#include <quotedex/document.h>
#include <quotedex/gazetteer.h>
#include <quotedex/mention.h>
#include <quotedex/quote.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What was found in one document, each list in text order. */
typedef struct qdx_analysis {
    const qdx_entity *entities; /* every entity mentioned, in order of first mention */
    size_t entity_count;
    const qdx_mention *mentions; /* do not overlap */
    size_t mention_count;
    const qdx_quote *quotes;
    size_t quote_count;
} qdx_analysis;

typedef struct qdx_analyzer qdx_analyzer;

QDX_API qdx_analyzer *qdx_analyzer_new(const qdx_gazetteer *gazetteer, qdx_error *error);
QDX_API void qdx_analyzer_free(qdx_analyzer *analyzer);
QDX_API qdx_status qdx_analyzer_run(qdx_analyzer *analyzer, const qdx_document *document,
                                    qdx_analysis *analysis, qdx_error *error);

/*
 * Bounds what a run may take for tokens, mentions and quotations, in bytes; 0, as at first: no
 * bound. An article that needs more, a flood of marks say, fails with QDX_ERR_LIMIT.
 */
QDX_API void qdx_analyzer_bound(qdx_analyzer *analyzer, uint64_t memory);

/* Gives the last run's memory back, which a next one would use again; its analysis is void. */
QDX_API void qdx_analyzer_forget(qdx_analyzer *analyzer);

/*
 * Why a quotation of the last run has its speaker, as a few lines of text: rule and cue, the chain
 * of mentions, candidates that lost with their scores, what made the words a quotation. `quote` is
 * an index into the analysis' quotes. The text is borrowed until the next call. Cost: that of
 * writing it; the reasons were kept by the run.
 */
QDX_API qdx_status qdx_analyzer_explain(qdx_analyzer *analyzer, size_t quote, const char **text,
                                        qdx_error *error);

#ifdef __cplusplus
}
#endif
#endif
