/* Capitals that no list and no shape explains, by what stands beside them. Invented names. */
#include <quotedex/analyzer.h>
#include <quotedex/gazetteer.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

static qdx_analyzer *analyzer;

/* `wanted` has type and text of every mention, a semicolon behind each. */
static void check_mentions(const char *text, const char *wanted, int line)
{
    char got[1024] = "";
    size_t size = 0;
    qdx_block block = {.span = {0, (uint32_t)strlen(text)}};
    qdx_document document = {
        .text = text, .text_size = (uint32_t)strlen(text), .blocks = &block, .block_count = 1};
    qdx_analysis found;
    if (!check_that(qdx_analyzer_run(analyzer, &document, &found, NULL) == QDX_OK, __FILE__, line,
                    text))
        return;
    for (size_t i = 0; i < found.mention_count && size < sizeof got; i++) {
        const qdx_mention *m = &found.mentions[i];
        size += (size_t)snprintf(got + size, sizeof got - size, "%s %.*s;",
                                 qdx_entity_type_name(found.entities[m->entity].type),
                                 (int)(m->span.end - m->span.start), text + m->span.start);
    }
    check_texts(got, wanted, __FILE__, line, text);
}

#define MENTIONS(text, wanted) check_mentions((text), (wanted), __LINE__)

static qdx_gazetteer *load(void)
{
    static const char *const lists[] = {"calendar_words", "common_words",  "function_words",
                                        "given_names",    "place_words",   "organization_words",
                                        "roles",          "speech_verbs",  "titles",
                                        "name_particles", "abbreviations", "offices"};
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(NULL);
    bool ok = gazetteer != NULL;
    for (size_t i = 0; ok && i < sizeof lists / sizeof lists[0]; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/gazetteers/en/%s.tsv", QDX_TEST_SOURCE, lists[i]);
        ok = CHECK(qdx_gazetteer_load(gazetteer, path, NULL, NULL, NULL) == QDX_OK);
    }
    if (ok)
        CHECK(qdx_gazetteer_freeze(gazetteer, NULL) == QDX_OK);
    return gazetteer;
}

int main(void)
{
    qdx_gazetteer *gazetteer = load();
    analyzer = qdx_analyzer_new(gazetteer, NULL);
    if (!CHECK(analyzer != NULL))
        return check_report();
    MENTIONS("The storm struck in Kvarnby at noon.", "place Kvarnby;");
    MENTIONS("He came from the village of Kvarnby by boat.", "place Kvarnby;");
    MENTIONS("The boats were checked by the KFBD in May.", "organization KFBD;");
    MENTIONS("The GDP fell and the TV was off.", "");
    MENTIONS("They sailed the Gulf of Kvarnby.", "place Gulf of Kvarnby;");
    MENTIONS("April Kvarnby left in April.", "person April Kvarnby;");
    MENTIONS("She teaches at Kvarnby University on Mondays.", "organization Kvarnby University;");
    MENTIONS("Maria van der Kvarn left. Later van der Kvarn came.",
             "person Maria van der Kvarn;person van der Kvarn;");
    MENTIONS("", "");
    qdx_analyzer_free(analyzer);
    qdx_gazetteer_free(gazetteer);
    return check_report();
}
