/*
 * Holds the caller of qdx_record_encode to what the public headers say of an analysis: spans inside
 * the text and in order, numbers of entities that are there.
 */
#include "base/error.h"
#include "index/record.h"

static bool span_fits(qdx_span span, uint32_t from, uint32_t to)
{
    return span.start <= span.end && span.start >= from && span.end <= to;
}

static bool quote_fits(const qdx_document *document, const qdx_analysis *analysis,
                       const qdx_quote *quote)
{
    uint32_t size = document->text_size, end = 0;
    const qdx_speaker *speaker = &quote->speaker;
    for (size_t i = 0; i < quote->span_count; i++) {
        if (!span_fits(quote->spans[i], end, size))
            return false;
        end = quote->spans[i].end;
    }
    return quote->span_count > 0 && span_fits(quote->content, 0, size) &&
           span_fits(quote->cue, 0, size) && span_fits(speaker->span, 0, size) &&
           (unsigned)quote->kind <= QDX_QUOTE_INDIRECT &&
           (unsigned)speaker->kind <= QDX_SPEAKER_UNNAMED &&
           (speaker->entity == QDX_NO_ENTITY || speaker->entity < analysis->entity_count);
}

qdx_status qdx_record_check_analysis(const qdx_document *document, const qdx_analysis *analysis,
                                     qdx_error *error)
{
    uint32_t end = 0;
    for (size_t i = 0; i < analysis->mention_count; i++) {
        const qdx_mention *mention = &analysis->mentions[i];
        if (mention->entity >= analysis->entity_count ||
            !span_fits(mention->span, end, document->text_size) ||
            mention->span.start == mention->span.end)
            return qdx_error_set(error, QDX_ERR_ARGUMENT, "mention %zu is out of order", i);
        end = mention->span.end;
    }
    for (size_t i = 0; i < analysis->quote_count; i++)
        if (!quote_fits(document, analysis, &analysis->quotes[i]))
            return qdx_error_set(error, QDX_ERR_ARGUMENT, "quotation %zu has impossible spans", i);
    return QDX_OK;
}
