/*
 * Prints what the linear models of the quotation layer see, for scripts/train_judgement: a line a
 * candidate with document, model, first and last byte, the cue's lemma and place, and the features
 * that hold. Not installed, no test.
 *
 *     quote_features PATH... > features.tsv
 */
#include <quotedex/document.h>
#include <quotedex/gazetteer.h>
#include <stdio.h>
#include <string.h>

#include "entity/tagger.h"
#include "quote/attribution.h"
#include "quote/judgement.h"

typedef struct toolbox {
    qdx_gazetteer *gazetteer;
    qdx_arena arena;
    qdx_text text;
    qdx_tagging tagging;
    qdx_attribution attribution;
} toolbox;

static void print_features(const qdx_linear_model *model, const qdx_features *features)
{
    for (uint32_t i = 0; i < model->count; i++)
        if (features->bits[i / 64] >> (i % 64) & 1)
            printf(" %s", model->names[i]);
    putchar('\n');
}

static uint32_t start_of(const toolbox *t, uint32_t token)
{
    return t->text.tokens.items[token].start;
}

static uint32_t end_of(const toolbox *t, uint32_t token)
{
    return t->text.tokens.items[token - 1].end;
}

static void print_reports(const toolbox *t, const char *path)
{
    for (size_t i = 0; i < t->attribution.reports.count; i++) {
        const qdx_report *r = &t->attribution.reports.items[i];
        const qdx_token *cue = &t->text.tokens.items[r->cue.first];
        const qdx_lexicon *lexicon = &t->gazetteer->lexicon;
        const char *lemma = qdx_lexicon_text(lexicon, qdx_lexicon_word(lexicon, cue)->lemma);
        bool object = r->form == QDX_REPORT_OBJECT || r->form == QDX_REPORT_PREPOSITION ||
                      r->form == QDX_REPORT_NOUN;
        printf("%s\treport\t%u\t%u\t%u\t%u\t%s:%s\t", path, start_of(t, r->content.first),
               end_of(t, r->content.end), cue->start, cue->end, lemma ? lemma : "",
               object ? "object" : "clause");
        print_features(&qdx_report_model, &r->features);
    }
}

static void print_utterances(const toolbox *t, const char *path)
{
    for (size_t i = 0; i < t->attribution.utterances.count; i++) {
        const qdx_utterance *u = &t->attribution.utterances.items[i];
        qdx_span span = t->attribution.stretches.items[u->stretch].span;
        printf("%s\tsaid\t%u\t%u\t0\t0\t\t", path, span.start, span.end);
        print_features(&qdx_judgement_model, &u->features);
    }
}

static qdx_status read_document(toolbox *t, const qdx_document *document, qdx_error *error)
{
    qdx_arena_reset(&t->arena);
    qdx_status status = qdx_text_tokenize(&t->text, document, error);
    if (status != QDX_OK)
        return status;
    qdx_lexicon_annotate(&t->gazetteer->lexicon, &t->text);
    status = qdx_text_split_sentences(&t->text, error);
    if (status == QDX_OK)
        status = qdx_tagger_run(&t->tagging, t->gazetteer, &t->text, document, &t->arena, error);
    if (status == QDX_OK)
        status = qdx_attribution_run(&t->attribution, &t->tagging, error);
    if (status == QDX_OK) {
        print_reports(t, document->path);
        print_utterances(t, document->path);
    }
    return status;
}

int main(int argc, char **argv)
{
    toolbox t = {0};
    qdx_error error = {0};
    char folder[4096];
    qdx_reader *reader = qdx_reader_new(NULL, &error);
    qdx_file_list *files = qdx_file_list_new(&error);
    t.gazetteer = qdx_gazetteer_new(&error);
    if (!reader || !files || !t.gazetteer || !qdx_gazetteer_default_path(folder, sizeof folder))
        return 1;
    if (qdx_gazetteer_load(t.gazetteer, folder, NULL, NULL, &error) != QDX_OK ||
        qdx_gazetteer_freeze(t.gazetteer, &error) != QDX_OK)
        return 1;
    for (int i = 1; i < argc; i++)
        if (qdx_file_list_add(files, argv[i], &error) != QDX_OK)
            return 1;
    qdx_file_list_sort(files);
    for (size_t i = 0; i < qdx_file_list_count(files); i++) {
        const qdx_document *document;
        qdx_status status = qdx_reader_open(reader, qdx_file_list_at(files, i), &error);
        if (status == QDX_OK)
            status = qdx_reader_next(reader, &document, &error);
        while (status == QDX_OK && read_document(&t, document, &error) == QDX_OK)
            status = qdx_reader_next(reader, &document, &error);
    }
    qdx_attribution_release(&t.attribution);
    qdx_tagging_release(&t.tagging);
    qdx_text_release(&t.text);
    qdx_arena_release(&t.arena);
    qdx_file_list_free(files);
    qdx_reader_free(reader);
    qdx_gazetteer_free(t.gazetteer);
    return 0;
}
