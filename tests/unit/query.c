/* Queries against the sample index: names in any spelling, filters, orders, folding. */
#include <quotedex/query.h>

#include "index/reader.h"
#include "sample_index.h"

static const qdx_index *sample;

/* The sample articles as a source; with a context, other/d.txt has changed since it was indexed. */
static qdx_status read_sample(void *context, const char *path, uint32_t part, const char **text,
                              size_t *size, qdx_error *error)
{
    for (size_t i = 0; i < SAMPLE_DOCUMENTS; i++) {
        if (strcmp(sample_documents[i].path, path) != 0 || part)
            continue;
        *text = context && strcmp(path, "other/d.txt") == 0 ? "Changed." : sample_documents[i].text;
        *size = strlen(*text);
        return QDX_OK;
    }
    return qdx_error_set(error, QDX_ERR_NOT_FOUND, "no such article");
}

static bool has_changed;
static const qdx_text_source articles = {read_sample, NULL}, changed = {read_sample, &has_changed};

/* The query's answer; the caller frees. */
static qdx_result *ask(qdx_query query)
{
    qdx_result *result = NULL;
    qdx_error error;
    if (!query.articles)
        query.articles = &articles;
    qdx_status status = qdx_query_quotes(sample, &query, &result, &error);
    if (status != QDX_OK)
        fprintf(stderr, "query failed: %s\n", error.message);
    CHECK(status == QDX_OK);
    return result;
}

/* The first words of every row, separated by "|". */
static const char *rows(qdx_query query)
{
    static char text[2048];
    qdx_result *result = ask(query);
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = 0; result && i < qdx_result_hit_count(result); i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%.12s", i ? "|" : "",
                              qdx_result_hit_at(result, i)->quote);
    qdx_result_free(result);
    return text;
}

static void test_spellings(void)
{
    const char *const spellings[] = {
        "Vadim Orlenko",
        "VADIM ORLENKO",
        "Wadim Orlenko",
        "Vadym Orlenko",
        "Orlenko, Vadim",
        "V. Orlenko",
        "vadim-orlenko",
        "Vadim K. Orlenko",
        "orlenko",
        "Orlenko, Wadim",
        "Orlenko, V.",
        ("V\xC3\xA1"
         "dim Orlenko"),
    };
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        const char *found = rows((qdx_query){.by = spellings[i]});
        if (strcmp(found, "did not suit|We will not |The Harbour |We will not ") != 0)
            fprintf(stderr, "as %s:\n", spellings[i]);
        CHECK_STR(found, "did not suit|We will not |The Harbour |We will not ");
    }
    CHECK_STR(rows((qdx_query){.by = "Jose Nunez", .kinds = QDX_KIND_INDIRECT}), "he would wai");
    CHECK_STR(rows((qdx_query){.by = "Igor Orlenko"}), "");
}

static void test_offices(void)
{
    CHECK_STR(rows((qdx_query){.by = "the Luranian foreign minister"}),
              "did not suit|We will not |The Harbour |We shall see");
    CHECK_STR(rows((qdx_query){.by = "foreign minister of Lurania", .since = {2016, 0, 0}}),
              "We shall see");
}

static void test_bearers(void)
{
    qdx_result *result = ask((qdx_query){.by = "Berg"});
    CHECK(qdx_result_bearer_count(result) == 2 && !qdx_result_is_suggestion(result));
    CHECK(qdx_result_hit_count(result) == 3);
    CHECK_STR(qdx_result_bearer_at(result, 0)->rule, "surname");
    qdx_result_free(result);
    result = ask((qdx_query){.by = "Orlenka"});
    CHECK(qdx_result_is_suggestion(result) && qdx_result_hit_count(result) == 0);
    CHECK(qdx_result_bearer_count(result) == 1);
    if (qdx_result_bearer_count(result))
        CHECK_STR(qdx_result_bearer_at(result, 0)->name, "Vadim Orlenko");
    qdx_result_free(result);
}

static void test_filters(void)
{
    CHECK_STR(rows((qdx_query){.text = "sign paper"}), "We will not |We will not ");
    CHECK_STR(rows((qdx_query){.text = "\"not sign\""}), "We will not |We will not ");
    CHECK_STR(rows((qdx_query){.text = "\"sign not\""}), "");
    CHECK_STR(rows((qdx_query){.text = "de-escalation U.S."}), "We will not |We will not ");
    CHECK_STR(rows((qdx_query){.text = "\"partner and\""}), "");
    CHECK_STR(rows((qdx_query){.about = "HU"}), "The Harbour ");
    CHECK_STR(rows((qdx_query){.about = "the h.u.", .by = "Orlenko"}), "The Harbour ");
    CHECK_STR(rows((qdx_query){.about = "Ana Berg"}), "I trust Ana ");
    CHECK_STR(rows((qdx_query){.source = "EVENING"}), "did not suit|The plan sui");
    CHECK_STR(rows((qdx_query){.source = "other/"}), "No idea,|I trust Ana ");
    CHECK_STR(rows((qdx_query){.since = {2016, 1, 5}}), "We shall see|We will not ");
    CHECK_STR(rows((qdx_query){.until = {2014, 3, 1}}), "did not suit|The plan sui");
    CHECK_STR(rows((qdx_query){.kinds = QDX_KIND_MIXED}), "did not suit");
    CHECK_STR(rows((qdx_query){.by = "Ana Berg", .min_confidence = 0.65f}), "The plan sui");
    CHECK_STR(rows((qdx_query){.sort = QDX_SORT_PATH, .limit = 2}), "We will not |The Harbour ");
    CHECK_STR(rows((qdx_query){.by = "orlenko", .sort = QDX_SORT_CONFIDENCE}),
              "did not suit|We will not |We will not |The Harbour ");
    qdx_query empty = {.text = "?!"};
    qdx_result *result = NULL;
    CHECK(qdx_query_quotes(sample, &empty, &result, NULL) == QDX_ERR_ARGUMENT && !result);
}

static void test_row(void)
{
    qdx_result *result = ask((qdx_query){.by = "Orlenko", .unique = true, .limit = 3});
    CHECK(qdx_result_hit_count(result) == 3 && qdx_result_total(result) == 3);
    const qdx_hit *hit = qdx_result_hit_at(result, 1);
    CHECK(hit->duplicates == 1);
    CHECK_STR(hit->path, "news/a.txt");
    CHECK_STR(hit->context_before, "Talks stalled. \xE2\x80\x9C");
    hit = qdx_result_hit_at(result, 2);
    CHECK_STR(hit->quote, "The Harbour Union is our partner, \xE2\x80\xA6 and it stays so.");
    CHECK_STR(hit->about, "Harbour Union");
    CHECK_STR(hit->speaker_as_written, "he");
    CHECK_STR(hit->speaker_id, "vadim-orlenko");
    CHECK_STR(hit->rule, "subject");
    CHECK_STR(hit->cue, "said");
    CHECK(strlen(hit->quote_id) == 14 && strncmp(hit->quote_id, "q_", 2) == 0);
    CHECK(hit->char_start == 86 && hit->char_end == 148 && hit->paragraph == 1);
    qdx_result_free(result);
    result = ask((qdx_query){.source = "d.txt"});
    hit = qdx_result_hit_at(result, 0);
    CHECK_STR(hit->speaker_as_written, "a senior official");
    CHECK_STR(hit->speaker, "");
    CHECK(hit->speaker_kind == QDX_SPEAKER_UNNAMED);
    qdx_result_free(result);
}

/* Reported speech is read in its article, or is not there. */
static void test_reported(void)
{
    const qdx_query query = {.kinds = QDX_KIND_INDIRECT, .text = "\"would wait\""};
    qdx_query gone = {.kinds = QDX_KIND_INDIRECT, .articles = &changed};
    CHECK_STR(rows(query), "he would wai");
    CHECK_STR(rows((qdx_query){.kinds = 7, .text = "would"}), "he would wai");
    CHECK_STR(rows((qdx_query){.kinds = 7, .text = "would sign"}), "");
    CHECK_STR(rows((qdx_query){.kinds = 7, .text = "trust"}), "I trust Ana ");
    qdx_result *result = ask(query);
    CHECK_STR(qdx_result_hit_at(result, 0)->speaker_as_written, "Jos\xC3\xA9 Nu\xC3\xB1"
                                                                "ez");
    CHECK(qdx_result_unread(result) == 0);
    qdx_result_free(result);
    result = ask(gone);
    CHECK(qdx_result_hit_count(result) == 1 && qdx_result_unread(result) == 1);
    CHECK_STR(qdx_result_hit_at(result, 0)->quote, "");
    CHECK_STR(qdx_result_hit_at(result, 0)->cue, "said");
    qdx_result_free(result);
    gone.text = "wait";
    CHECK_STR(rows(gone), "");
}

static void test_entities(void)
{
    qdx_result *result = NULL;
    CHECK(qdx_query_entities(sample, -1, NULL, &result, NULL) == QDX_OK);
    CHECK(qdx_result_entity_count(result) == 6);
    const qdx_index_entity *entity = qdx_result_entity_at(result, 1);
    CHECK_STR(entity->name, "Ana Berg");
    CHECK(entity->variant_count == 2 && entity->first.year == 2014 && entity->last.year == 2016);
    CHECK_STR(entity->variants[0], "Ana Berg");
    qdx_result_free(result);
    CHECK(qdx_query_entities(sample, QDX_ENTITY_PERSON, "berg", &result, NULL) == QDX_OK);
    CHECK(qdx_result_entity_count(result) == 2);
    qdx_result_free(result);
    CHECK(qdx_query_entities(sample, QDX_ENTITY_PLACE, "orl", &result, NULL) == QDX_OK);
    CHECK(qdx_result_entity_count(result) == 0);
    qdx_result_free(result);
}

static void test_entities_where(void)
{
    static const unsigned people = 1u << QDX_ENTITY_PERSON;
    qdx_result *result = NULL;
    qdx_entity_query query = {.types = people, .sort = QDX_ENTITY_SORT_QUOTES, .limit = 2};
    CHECK(qdx_query_entities_where(sample, &query, &result, NULL) == QDX_OK);
    CHECK(qdx_result_entity_count(result) == 2 && qdx_result_total(result) > 2);
    CHECK(qdx_result_entity_at(result, 0)->quotes >= qdx_result_entity_at(result, 1)->quotes);
    CHECK(qdx_result_entity_at(result, 1)->type == QDX_ENTITY_PERSON);
    qdx_result_free(result);
    query = (qdx_entity_query){.sort = QDX_ENTITY_SORT_ID};
    CHECK(qdx_query_entities_where(sample, &query, &result, NULL) == QDX_OK);
    for (size_t i = 1; i < qdx_result_entity_count(result); i++)
        CHECK(strcmp(qdx_result_entity_at(result, i - 1)->id, qdx_result_entity_at(result, i)->id) <
              0);
    qdx_result_free(result);
    query.sort = (qdx_entity_sort)(QDX_ENTITY_SORT_ID + 1);
    CHECK(qdx_query_entities_where(sample, &query, &result, NULL) == QDX_ERR_ARGUMENT && !result);
}

static void test_ids(void)
{
    qdx_result *all = ask((qdx_query){.kinds = 7});
    for (size_t i = 0; i < qdx_result_hit_count(all); i++) {
        const qdx_hit *hit = qdx_result_hit_at(all, i);
        qdx_result *one = NULL;
        CHECK(qdx_query_quote_by_id(sample, hit->quote_id, &articles, &one, NULL) == QDX_OK);
        CHECK(one && qdx_result_hit_count(one) == 1);
        if (one)
            CHECK_STR(qdx_result_hit_at(one, 0)->quote, hit->quote);
        qdx_result_free(one);
    }
    CHECK(qdx_result_hit_count(all) == 9);
    qdx_result_free(all);
    qdx_result *none = NULL;
    CHECK(qdx_query_quote_by_id(sample, "q_aaaaaaaaaaaa", NULL, &none, NULL) == QDX_ERR_NOT_FOUND);
    CHECK(qdx_query_quote_by_id(sample, "q_aaaaaaaaaaa1", NULL, &none, NULL) == QDX_ERR_ARGUMENT);
    CHECK(qdx_query_quote_by_id(sample, "nonsense", NULL, &none, NULL) == QDX_ERR_ARGUMENT);
    CHECK(qdx_query_quote_by_id(sample, NULL, NULL, &none, NULL) == QDX_ERR_ARGUMENT && !none);
}

static void test_mentions(void)
{
    qdx_result *result = NULL;
    CHECK(qdx_query_mentions_from(sample, "lurania", &articles, &result, NULL) == QDX_OK);
    CHECK(qdx_result_mention_count(result) == 2);
    const qdx_mention_hit *hit = qdx_result_mention_at(result, 0);
    CHECK_STR(hit->text, "Lurania");
    CHECK_STR(hit->context_before, "Wadim Orlenko of");
    CHECK_STR(hit->context_after, "said the plan \xE2\x80\x9C"
                                  "did not suit\xE2\x80\x9D");
    CHECK(hit->char_start == 17 && hit->char_end == 24);
    qdx_result_free(result);
    CHECK(qdx_query_mentions(sample, "lurania", &result, NULL) == QDX_OK);
    hit = qdx_result_mention_at(result, 0);
    CHECK_STR(hit->text, "Lurania");
    CHECK_STR(hit->context_before, "");
    qdx_result_free(result);
    CHECK(qdx_query_mentions_from(sample, "Tom Berg", &changed, &result, NULL) == QDX_OK);
    CHECK_STR(qdx_result_mention_at(result, 0)->context_after, "");
    qdx_result_free(result);
    CHECK(qdx_query_mentions(sample, "", &result, NULL) == QDX_ERR_ARGUMENT && !result);
}

static void test_mentions_where(void)
{
    qdx_result *result = NULL;
    qdx_query query = {.about = "lurania", .limit = 1, .articles = &articles};
    CHECK(qdx_query_mentions_where(sample, &query, &result, NULL) == QDX_OK);
    CHECK(qdx_result_mention_count(result) == 1 && qdx_result_total(result) == 2);
    CHECK_STR(qdx_result_mention_at(result, 0)->context_before, "Wadim Orlenko of");
    const qdx_date second = {.year = 2030};
    qdx_result_free(result);
    query = (qdx_query){.about = "lurania", .since = second};
    CHECK(qdx_query_mentions_where(sample, &query, &result, NULL) == QDX_OK);
    CHECK(qdx_result_total(result) == 0 && qdx_result_bearer_count(result) == 1);
    qdx_result_free(result);
    query = (qdx_query){.about = "lurania", .source = "nowhere"};
    CHECK(qdx_query_mentions_where(sample, &query, &result, NULL) == QDX_OK);
    CHECK(qdx_result_total(result) == 0);
    qdx_result_free(result);
}

int main(void)
{
    qdx_buffer image = {0};
    qdx_index *index = NULL;
    sample_render(0, 1, &image);
    CHECK(qdx_index_open_memory(image.bytes, image.size, 0, &index, NULL) == QDX_OK);
    sample = index;
    if (index) {
        test_spellings();
        test_offices();
        test_bearers();
        test_filters();
        test_row();
        test_reported();
        test_entities();
        test_entities_where();
        test_mentions();
        test_mentions_where();
        test_ids();
    }
    qdx_index_close(index);
    qdx_buffer_release(&image);
    return check_report();
}
