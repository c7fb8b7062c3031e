/*
 * Gazetteers from small files: what rows mean, which rows are left out and how that is told, the
 * inflection of verbs, and whom a name means. All names are invented.
 */
#include <quotedex/gazetteer.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "gazetteer/lookup.h"
#include "gazetteer/tenure.h"
#include "text/fold.h"

static char folder[] = "/tmp/quotedex-gazetteer-XXXXXX";

static const struct {
    const char *name, *content;
} files[] = {
    {"abbreviations.tsv", "abbreviation\tkind\tends\nMr.\ttitle\tno\nInc.\tcompany\tmaybe\n"},
    {"calendar_words.tsv", "word\tkind\tnumber\nMarch\tmonth\t3\nMonday\tweekday\t1\n"},
    {"common_words.tsv", "word\nmarch\nharbour\n"},
    {"demonyms.tsv", "word\tplace\tkind\nVarnian\tvarnia\tboth\nVarnians\tvarnia\tnoun\n"},
    {"function_words.tsv", "word\tclass\tperson\tnumber\tgender\nshe\tpronoun\t3\ts\tf\n"
                           "it\tpronoun\t3\ts\tn\nthe\tdeterminer\t\t\t\n"},
    {"given_names.tsv", "name\tgender\nTom\tm\nSergey\tm\nRobin\tu\n"},
    {"name_equivalents.tsv", "names\nThomas|Tom|Tommy\nRobert|Rob\n"},
    {"name_particles.tsv", "particle\tposition\nvan\tmiddle\nJr.\tsuffix\n"},
    {"offices.tsv", "office\taliases\tgender\tscope\n"
                    "foreign minister\tminister of foreign affairs\t\tcountry\n"
                    "president\t\t\tcountry\n"},
    {"organization_words.tsv", "word\tposition\nMinistry\thead\nInc.\tending\n"},
    {"place_words.tsv", "word\tposition\nRiver\thead\nLake\topening\n"},
    {"places.tsv", "name\ttype\tid\taliases\tcountry\tkind\n"
                   "Varnia\tplace\tvarnia\tRepublic of Varnia\tXV\tcountry\n"},
    {"people.tsv",
     "name\ttype\tid\taliases\tgender\tcountry\toffice\tfrom\tto\tsurname\n"
     "Sergey Varnov\tperson\tsergey-varnov\tS. V. Varnov\tm\tXV\tforeign minister\t2004-03\t\t\n"
     "Sergey Varnov\tperson\tsergey-varnov\t\t\tXV\tpresident\t2000\t2004-03-01\t\n"
     "Thomas Orval\tperson\tthomas-orval\t\tm\t\t\t\t\t\n"
     "Dick Orval Jr.\tperson\tdick-orval-jr\t\tm\t\t\t\t\t\n"
     "Tal Jong-su\tperson\ttal-jong-su\t\tm\t\t\t\t\tTal\n"
     "Anne Marie Keld\tperson\t\t\tf\t\t\t\t\t\n"},
    {"organizations.csv",
     "type,name,id,aliases,case\n"
     "organization,The Harbour Council,harbour-council,=HC|Council of Harbours,\n"},
    {"roles.tsv", "noun\tplural\tgender\tkind\nspokeswoman\tspokeswomen\tf\tspokesperson\n"
                  "chief of staff\tchiefs of staff\t\tofficial\n"},
    {"speech_nouns.tsv", "noun\tplural\tstrength\nstatement\tstatements\t3\n"},
    {"speech_verbs.tsv", "lemma\tthird\tpast\tparticiple\tgerund\tclass\tstrength\n"
                         "say\t\tsaid\t\t\tsay\t3\nadmit\t\tadmitted\t\tadmitting\tadmit\t2\n"
                         "deny\t\t\t\t\tdeny\t2\nnote\t\t\t\t\tsay\t2\nstress\t\t\t\t\tsay\t2\n"
                         "agree\t\t\t\t\tagree\t2\nwrite\t\twrote\twritten\t\twrite\t2\n"
                         "point out\tpoints out\tpointed out\tpointed out\tpointing out\tsay\t2\n"},
    {"titles.tsv", "title\tgender\toffice\tkind\nMr.\tm\t\thonorific\n"
                   "Foreign Minister\t\tforeign minister\toffice\n"},
    {"unusable.tsv", "name\ttype\tgender\tcase\tfrom\toffice\n\tperson\t\t\t\t\nX\talien\t\t\t\t\n"
                     "Y\tperson\tq\t\t\t\nZ\tplace\t\tsome\t\t\nVarnia\tperson\t\t\t\t\n"
                     "W\tperson\t\t\tyesterday\tpresident\nGood Row\tperson\t\t\t\t\n"},
    {"zz_own.csv", "id,name,type\nvarnia,Varnland,place\n"},
};

static char problems[2048];

static void note_problem(void *context, const qdx_error *problem)
{
    (void)context;
    size_t size = strlen(problems);
    const char *slash = strrchr(problem->file, '/');
    snprintf(problems + size, sizeof problems - size, "%s:%u\n", slash ? slash + 1 : problem->file,
             problem->line);
}

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_files(void)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        FILE *file = fopen(path_of(files[i].name), "w");
        CHECK(file && fputs(files[i].content, file) >= 0);
        if (file)
            fclose(file);
    }
}

static const qdx_word *word(const qdx_gazetteer *gazetteer, const char *text)
{
    uint32_t number = qdx_lexicon_find(&gazetteer->lexicon, qdx_fold_hash(text, strlen(text)));
    return qdx_lexicon_at(&gazetteer->lexicon, number);
}

static void test_words(const qdx_gazetteer *g)
{
    CHECK(word(g, "March")->classes == (QDX_WORD_COMMON | QDX_WORD_MONTH));
    CHECK(word(g, "Mr.")->classes & QDX_WORD_ABBREVIATION &&
          word(g, "mr")->classes & QDX_WORD_TITLE);
    CHECK(word(g, "INC")->classes == (QDX_WORD_ABBREVIATION_END | QDX_WORD_ORG_ENDING));
    CHECK(word(g, "She")->person == 3 && word(g, "she")->gender == QDX_GENDER_FEMALE);
    CHECK(word(g, "it")->neuter && word(g, "it")->number == QDX_NUMBER_SINGULAR);
    CHECK(word(g, "Robin")->classes == QDX_WORD_GIVEN);
    CHECK(word(g, "spokeswomen")->number == QDX_NUMBER_PLURAL);
    CHECK(qdx_lexicon_says(&g->lexicon, word(g, "spokeswoman")->role_kind, "spokesperson"));
    CHECK(word(g, "statements")->strength == 3);
    CHECK(word(g, "unheard") == &g->lexicon.words[0]);
    CHECK(word(g, "Varnian")->classes & QDX_WORD_DEMONYM);
    CHECK(g->words.demonyms.count == 2 && !g->words.demonyms.items[1].adjective &&
          qdx_store_demonym_place(g, 1) == qdx_store_find(g, "varnia"));
}

static void test_verbs(const qdx_gazetteer *g)
{
    static const struct {
        const char *form, *lemma;
        uint8_t forms;
    } forms[] = {
        {"says", "say", QDX_FORM_THIRD},
        {"said", "say", QDX_FORM_PAST | QDX_FORM_PARTICIPLE},
        {"saying", "say", QDX_FORM_GERUND},
        {"admitting", "admit", QDX_FORM_GERUND},
        {"denies", "deny", QDX_FORM_THIRD},
        {"denied", "deny", QDX_FORM_PAST | QDX_FORM_PARTICIPLE},
        {"denying", "deny", QDX_FORM_GERUND},
        {"noted", "note", QDX_FORM_PAST | QDX_FORM_PARTICIPLE},
        {"noting", "note", QDX_FORM_GERUND},
        {"stresses", "stress", QDX_FORM_THIRD},
        {"agreeing", "agree", QDX_FORM_GERUND},
        {"written", "write", QDX_FORM_PARTICIPLE},
        {"wrote", "write", QDX_FORM_PAST},
        {"writing", "write", QDX_FORM_GERUND},
        {"pointed", "point out", QDX_FORM_PAST | QDX_FORM_PARTICIPLE},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        CHECK(qdx_lexicon_says(&g->lexicon, word(g, forms[i].form)->lemma, forms[i].lemma));
        CHECK(word(g, forms[i].form)->verb_forms == forms[i].forms);
    }
}

static void test_entities(const qdx_gazetteer *g)
{
    const qdx_entity *varnov = qdx_store_entity(g, qdx_store_find(g, "sergey-varnov"));
    CHECK(varnov->gender == QDX_GENDER_MALE && varnov->alias_count == 1 && varnov->listed);
    if (CHECK(varnov->tenure_count == 2)) {
        const qdx_tenure *tenure = &varnov->tenures[0];
        bool found = false;
        qdx_tenure_namer *namer = qdx_tenure_namer_new(g); /* phrases are made on demand */
        const qdx_tenure *named = qdx_tenure_namer_name(namer, varnov);
        CHECK(qdx_tenure_namer_name(namer, varnov)->phrase_count == named->phrase_count);
        CHECK_STR(tenure->office, "foreign minister");
        CHECK(tenure->from.year == 2004 && tenure->from.month == 3 && tenure->to.year == 0);
        CHECK(varnov->tenures[1].to.day == 1);
        for (size_t i = 0; i < named->phrase_count; i++)
            found |= strcmp(named->phrases[i], "varnian foreign minister") == 0;
        CHECK(found);
        qdx_tenure_namer_free(namer);
    }
    const qdx_entity *council = qdx_store_entity(g, qdx_store_find(g, "harbour-council"));
    CHECK_STR(council->name, "The Harbour Council");
    CHECK(council->type == QDX_ENTITY_ORGANIZATION && council->alias_count == 2);
    CHECK(qdx_store_find(g, "anne-marie-keld") != UINT32_MAX); /* id from the name */
    CHECK(qdx_store_find(g, "good-row") != UINT32_MAX);
    CHECK(qdx_store_find(g, "x") == UINT32_MAX && qdx_store_find(g, "y") == UINT32_MAX);
    CHECK(qdx_store_find(g, "z") == UINT32_MAX && qdx_store_find(g, "w") == UINT32_MAX);
    CHECK(qdx_store_office(g, "Minister of Foreign Affairs") ==
          qdx_store_office(g, "foreign minister"));
    CHECK(qdx_gazetteer_entity_at(g, qdx_gazetteer_entity_count(g)) == NULL);
    CHECK(qdx_gazetteer_name_count(g) > qdx_gazetteer_entity_count(g));
}

static void check_lookup(const qdx_gazetteer *g, const char *name, const char *wanted, int line)
{
    qdx_name_match matches[8];
    size_t count;
    char out[256] = "";
    check_that(qdx_gazetteer_lookup(g, name, matches, 8, &count, NULL) == QDX_OK, __FILE__, line,
               name);
    if (count)
        snprintf(out, sizeof out, "%s %s", matches[0].entity->id, matches[0].rule);
    check_texts(out, wanted, __FILE__, line, name);
    for (size_t i = 1; i < count; i++)
        check_that(matches[i].confidence <= matches[i - 1].confidence, __FILE__, line, "order");
}

#define LOOKUP(name, wanted) check_lookup(g, (name), (wanted), __LINE__)

static void test_lookup(const qdx_gazetteer *g)
{
    qdx_name_match bearers[8];
    size_t count;
    CHECK(qdx_gazetteer_lookup(g, "Orval", bearers, 8, &count, NULL) == QDX_OK && count == 2);
    CHECK(qdx_gazetteer_lookup(g, "Thomas Orval", bearers, 8, &count, NULL) == QDX_OK &&
          count == 1);
    LOOKUP("Sergey Varnov", "sergey-varnov exact");
    LOOKUP("sergey varnov", "sergey-varnov exact");
    LOOKUP("SERGEY VARNOV", "sergey-varnov exact");
    LOOKUP("S. V. Varnov", "sergey-varnov alias");
    LOOKUP("Sergej Warnow", "sergey-varnov romanization");
    LOOKUP("S. Varnov", "sergey-varnov subset"); /* of the alias */
    LOOKUP("T. Orval", "thomas-orval initials");
    LOOKUP("P. Varnov", "");
    LOOKUP("Varnov, Sergey", "sergey-varnov exact");
    LOOKUP("Varnov", "sergey-varnov surname");
    LOOKUP("Mr. Varnov", "sergey-varnov surname");
    LOOKUP("Foreign Minister Sergey Varnov", "sergey-varnov exact");
    LOOKUP("Tom Orval", "thomas-orval nickname");
    LOOKUP("Dick Orval", "dick-orval-jr subset");
    LOOKUP("Dick Orval Sr.", "");
    LOOKUP("Tal", "tal-jong-su surname");
    LOOKUP("Tal Jong Su", "tal-jong-su exact");
    LOOKUP("Anne Keld", "anne-marie-keld subset");
    LOOKUP("the Harbour Council", "harbour-council exact");
    LOOKUP("HC", "harbour-council alias");
    LOOKUP("Varnia", "varnia exact");
    LOOKUP("Varnland", "varnia alias");
    LOOKUP("Nobody Known", "");
    LOOKUP("", "");
    LOOKUP("...", "");
    LOOKUP("\xFF\xFE", "");
}

static void test_refusals(qdx_gazetteer *g)
{
    qdx_error error;
    CHECK(qdx_gazetteer_load(g, folder, NULL, NULL, &error) == QDX_ERR_ARGUMENT); /* frozen */
    qdx_gazetteer *other = qdx_gazetteer_new(&error);
    if (!CHECK(other != NULL))
        return;
    CHECK(qdx_gazetteer_load(other, "/nowhere", NULL, NULL, &error) == QDX_ERR_IO);
    FILE *file = fopen(path_of("plain.txt"), "w");
    CHECK(file && fputs("surname,born\nOrval,1950\n", file) >= 0);
    if (file)
        fclose(file);
    CHECK(qdx_gazetteer_load(other, path_of("plain.txt"), NULL, NULL, &error) == QDX_ERR_FORMAT);
    CHECK(strstr(error.message, "name") && error.line == 1 && *error.hint);
    unlink(path_of("plain.txt"));
    qdx_gazetteer_free(other);
    qdx_gazetteer_free(NULL);
}

int main(void)
{
    if (!CHECK(mkdtemp(folder) != NULL))
        return check_report();
    write_files();
    qdx_error error;
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
    CHECK(gazetteer && qdx_gazetteer_load(gazetteer, folder, note_problem, NULL, &error) == QDX_OK);
    CHECK_STR(problems, "unusable.tsv:2\nunusable.tsv:3\nunusable.tsv:4\nunusable.tsv:5\n"
                        "unusable.tsv:6\nunusable.tsv:7\n");
    CHECK(gazetteer && qdx_gazetteer_freeze(gazetteer, &error) == QDX_OK);
    if (gazetteer) {
        test_words(gazetteer);
        test_verbs(gazetteer);
        test_entities(gazetteer);
        test_lookup(gazetteer);
        test_refusals(gazetteer);
    }
    qdx_gazetteer_free(gazetteer);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        unlink(path_of(files[i].name));
    CHECK(rmdir(folder) == 0);
    return check_report();
}
