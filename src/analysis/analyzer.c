/*
 * The pipeline as one function: document, tokens, sentences, mentions, quotations. Each step is a
 * layer's own; this file only hands one's result to the next and to the caller.
 */
#include <quotedex/analyzer.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "entity/tagger.h"
#include "gazetteer/tenure.h"
#include "quote/attribution.h"

struct qdx_analyzer {
    const qdx_gazetteer *gazetteer;
    qdx_arena arena; /* of one document */
    qdx_text text;
    qdx_tagging tagging;
    qdx_attribution attribution;
    QDX_VECTOR(qdx_entity) entities;
    QDX_VECTOR(qdx_mention) mentions;
    QDX_VECTOR(uint32_t) entity_of_figure;
    qdx_buffer explanation;
    qdx_tenure_namer *namer;
    const qdx_tenure **tenures; /* of each listed entity, named once an article mentioned it */
};

qdx_analyzer *qdx_analyzer_new(const qdx_gazetteer *gazetteer, qdx_error *error)
{
    qdx_analyzer *analyzer = calloc(1, sizeof *analyzer);
    if (!analyzer) {
        qdx_error_memory(error);
        return NULL;
    }
    if (qdx_store_verify(gazetteer, error) != QDX_OK) {
        free(analyzer);
        return NULL;
    }
    analyzer->gazetteer = gazetteer;
    analyzer->namer = qdx_tenure_namer_new(gazetteer);
    analyzer->tenures = calloc(gazetteer->entity_count + 1, sizeof(qdx_tenure *));
    if (!analyzer->namer || !analyzer->tenures) {
        qdx_analyzer_free(analyzer);
        qdx_error_memory(error);
        return NULL;
    }
    return analyzer;
}

void qdx_analyzer_forget(qdx_analyzer *analyzer)
{
    qdx_text_release(&analyzer->text);
    qdx_tagging_release(&analyzer->tagging);
    qdx_attribution_release(&analyzer->attribution);
    qdx_vector_release(&analyzer->entities);
    qdx_vector_release(&analyzer->mentions);
    qdx_vector_release(&analyzer->entity_of_figure);
    qdx_arena_release(&analyzer->arena);
    qdx_buffer_release(&analyzer->explanation);
}

void qdx_analyzer_bound(qdx_analyzer *analyzer, uint64_t memory)
{
    analyzer->arena.limit = memory < SIZE_MAX ? (size_t)memory : SIZE_MAX;
}

void qdx_analyzer_free(qdx_analyzer *analyzer)
{
    if (!analyzer)
        return;
    qdx_analyzer_forget(analyzer);
    qdx_tenure_namer_free(analyzer->namer);
    free(analyzer->tenures);
    free(analyzer);
}

/* A listed entity's tenures with the phrases that name them. NULL without memory. */
static const qdx_tenure *named_tenures(qdx_analyzer *analyzer, uint32_t listed)
{
    const qdx_tenure **kept = &analyzer->tenures[listed];
    if (!*kept)
        *kept =
            qdx_tenure_namer_name(analyzer->namer, qdx_store_entity(analyzer->gazetteer, listed));
    return *kept;
}

/* The public number of a figure, given at its first use. False without memory. */
static bool publish_figure(qdx_analyzer *analyzer, uint32_t figure, uint32_t *entity)
{
    uint32_t *number = &analyzer->entity_of_figure.items[figure];
    if (*number == QDX_NO_ENTITY) {
        const qdx_figure *source = &analyzer->tagging.figures.items[figure];
        qdx_entity published = source->entity;
        published.gender = source->gender;
        if (published.tenure_count &&
            !(published.tenures = named_tenures(analyzer, source->listed)))
            return false;
        *number = (uint32_t)analyzer->entities.count;
        if (!qdx_arena_push(&analyzer->arena, &analyzer->entities, published))
            return false;
    }
    *entity = *number;
    return true;
}

static bool publish_mentions(qdx_analyzer *analyzer)
{
    const qdx_tagging *tagging = &analyzer->tagging;
    qdx_vector_clear(&analyzer->entities);
    qdx_vector_clear(&analyzer->mentions);
    qdx_vector_clear(&analyzer->entity_of_figure);
    for (size_t i = 0; i < tagging->figures.count; i++)
        if (!qdx_arena_push(&analyzer->arena, &analyzer->entity_of_figure, QDX_NO_ENTITY))
            return false;
    for (size_t i = 0; i < tagging->tags.count; i++) {
        const qdx_tag *tag = &tagging->tags.items[i];
        qdx_mention mention = {
            .span = {qdx_tagging_token(tagging, tag->first)->start,
                     qdx_tagging_token(tagging, tag->end - 1)->end},
            .rule = tag->rule,
            .confidence = tag->confidence,
        };
        if (!publish_figure(analyzer, tag->figure, &mention.entity) ||
            !qdx_arena_push(&analyzer->arena, &analyzer->mentions, mention))
            return false;
    }
    return true;
}

/* Speakers refer to figures until here. */
static bool publish_speakers(qdx_analyzer *analyzer)
{
    for (size_t i = 0; i < analyzer->attribution.quotes.count; i++) {
        qdx_speaker *speaker = &analyzer->attribution.quotes.items[i].speaker;
        if (speaker->entity != QDX_NONE &&
            !publish_figure(analyzer, speaker->entity, &speaker->entity))
            return false;
    }
    return true;
}

static qdx_status analyse(qdx_analyzer *analyzer, const qdx_document *document,
                          qdx_analysis *analysis, qdx_error *error)
{
    qdx_status status = qdx_text_tokenize(&analyzer->text, document, error);
    if (status != QDX_OK)
        return status;
    qdx_lexicon_annotate(&analyzer->gazetteer->lexicon, &analyzer->text);
    status = qdx_text_split_sentences(&analyzer->text, error);
    if (status == QDX_OK)
        status = qdx_tagger_run(&analyzer->tagging, analyzer->gazetteer, &analyzer->text, document,
                                &analyzer->arena, error);
    if (status == QDX_OK)
        status = qdx_attribution_run(&analyzer->attribution, &analyzer->tagging, error);
    if (status != QDX_OK)
        return status;
    if (!publish_mentions(analyzer) || !publish_speakers(analyzer))
        return qdx_error_memory(error);
    status = qdx_store_status(analyzer->gazetteer, error);
    if (status != QDX_OK)
        return status;
    *analysis = (qdx_analysis){
        .entities = analyzer->entities.items,
        .entity_count = analyzer->entities.count,
        .mentions = analyzer->mentions.items,
        .mention_count = analyzer->mentions.count,
        .quotes = analyzer->attribution.quotes.items,
        .quote_count = analyzer->attribution.quotes.count,
    };
    return QDX_OK;
}

qdx_status qdx_analyzer_run(qdx_analyzer *analyzer, const qdx_document *document,
                            qdx_analysis *analysis, qdx_error *error)
{
    memset(analysis, 0, sizeof *analysis);
    qdx_arena_reset(&analyzer->arena);
    analyzer->text.account = &analyzer->arena;
    qdx_status status = analyse(analyzer, document, analysis, error);
    if (status == QDX_ERR_MEMORY && analyzer->arena.full)
        status = qdx_error_set(error, QDX_ERR_LIMIT, "needs more than %zu MB to analyse",
                               analyzer->arena.limit >> 20);
    return status;
}

qdx_status qdx_analyzer_explain(qdx_analyzer *analyzer, size_t quote, const char **text,
                                qdx_error *error)
{
    *text = "";
    if (quote >= analyzer->attribution.quotes.count)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "no quotation %zu", quote);
    qdx_buffer_clear(&analyzer->explanation);
    qdx_attribution_explain(&analyzer->attribution, quote, &analyzer->explanation);
    qdx_buffer_byte(&analyzer->explanation, '\0');
    qdx_status status = qdx_buffer_status(&analyzer->explanation, error);
    if (status == QDX_OK)
        *text = analyzer->explanation.bytes;
    return status;
}
