/*
 * Small texts run through tagger and attribution, for the unit tests of the quotation layer. The
 * lists are those of words of gazetteers/en; the people stand in tests/spec/gazetteer.
 */
#ifndef QDX_TESTS_TAGGED_H
#define QDX_TESTS_TAGGED_H

#include <quotedex/document.h>
#include <quotedex/gazetteer.h>

#include "check.h"
#include "entity/tagger.h"
#include "quote/attribution.h"
#include "quote/judgement.h"

enum { TAGGED_BLOCKS = 8 };

typedef struct tagged {
    qdx_gazetteer *gazetteer;
    qdx_arena arena;
    qdx_text text;
    qdx_document document;
    qdx_block blocks[TAGGED_BLOCKS];
    qdx_tagging tagging;
    qdx_attribution attribution;
    qdx_narration narration; /* of the last text */
} tagged;

static inline bool tagged_open(tagged *t)
{
    static const char *const lists[] = {"gazetteers/en/abbreviations.tsv",
                                        "gazetteers/en/calendar_words.tsv",
                                        "gazetteers/en/common_words.tsv",
                                        "gazetteers/en/function_words.tsv",
                                        "gazetteers/en/given_names.tsv",
                                        "gazetteers/en/name_particles.tsv",
                                        "gazetteers/en/organization_words.tsv",
                                        "gazetteers/en/place_words.tsv",
                                        "gazetteers/en/roles.tsv",
                                        "gazetteers/en/speech_nouns.tsv",
                                        "gazetteers/en/speech_verbs.tsv",
                                        "gazetteers/en/titles.tsv",
                                        "tests/spec/gazetteer"};
    memset(t, 0, sizeof *t);
    t->gazetteer = qdx_gazetteer_new(NULL);
    for (size_t i = 0; t->gazetteer && i < sizeof lists / sizeof *lists; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", QDX_TEST_SOURCE, lists[i]);
        if (!check_that(qdx_gazetteer_load(t->gazetteer, path, NULL, NULL, NULL) == QDX_OK,
                        __FILE__, __LINE__, path))
            return false;
    }
    return t->gazetteer && qdx_gazetteer_freeze(t->gazetteer, NULL) == QDX_OK;
}

/* Reads a text whose blocks are its lines. */
static inline bool tagged_read(tagged *t, const char *bytes)
{
    t->document = (qdx_document){.path = "test.txt", .text = bytes, .blocks = t->blocks};
    t->document.text_size = (uint32_t)strlen(bytes);
    t->document.title = t->document.url = t->document.outlet = t->document.author = "";
    t->document.language = "en";
    t->document.encoding = "utf-8";
    for (const char *line = bytes; *line && t->document.block_count < TAGGED_BLOCKS;
         line += *line == '\n') {
        const char *end = line + strcspn(line, "\n");
        t->blocks[t->document.block_count++] = (qdx_block){
            .span = {(uint32_t)(line - bytes), (uint32_t)(end - bytes)},
            .kind = QDX_BLOCK_PARAGRAPH,
        };
        line = end;
    }
    qdx_arena_reset(&t->arena);
    if (qdx_text_tokenize(&t->text, &t->document, NULL) != QDX_OK)
        return false;
    qdx_lexicon_annotate(&t->gazetteer->lexicon, &t->text);
    if (qdx_text_split_sentences(&t->text, NULL) != QDX_OK ||
        qdx_tagger_run(&t->tagging, t->gazetteer, &t->text, &t->document, &t->arena, NULL) !=
            QDX_OK ||
        qdx_attribution_run(&t->attribution, &t->tagging, NULL) != QDX_OK)
        return false;
    t->narration =
        qdx_narration_of(&t->tagging, t->attribution.quoted.items, &t->attribution.verbs);
    return true;
}

static inline void tagged_close(tagged *t)
{
    qdx_attribution_release(&t->attribution);
    qdx_tagging_release(&t->tagging);
    qdx_text_release(&t->text);
    qdx_arena_release(&t->arena);
    qdx_gazetteer_free(t->gazetteer);
}

/* Copies the bytes of tokens [first, end) into `out`; "" when there are none. */
static inline void tagged_words(const tagged *t, uint32_t first, uint32_t end, char *out,
                                size_t size)
{
    out[0] = '\0';
    if (first >= end)
        return;
    uint32_t start = t->text.tokens.items[first].start;
    snprintf(out, size, "%.*s", (int)(t->text.tokens.items[end - 1].end - start),
             t->text.bytes + start);
}

/* The first token that is this word; the number of tokens when none is. */
static inline uint32_t tagged_token(const tagged *t, const char *word)
{
    uint32_t i = 0;
    while (i < t->text.tokens.count && !qdx_narration_is_word(&t->narration, i, word))
        i++;
    return i;
}

#endif
