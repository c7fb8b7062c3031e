/* Phrases found in token sequences: longest, homonyms, hyphens and periods, case policies. */
#include "check.h"
#include "gazetteer/store.h"

static qdx_gazetteer *gazetteer; /* the one whose phrases are being listed or found */

static qdx_status list_phrase(const char *text, size_t size, uint32_t value, qdx_case_policy policy,
                              qdx_error *error)
{
    uint32_t kept = qdx_builder_keep(&gazetteer->builder, text, size);
    return qdx_builder_add_phrase(&gazetteer->builder, QDX_PHRASE_TITLE, policy, kept, value, false,
                                  error);
}

static void add(const char *text, uint32_t value, qdx_case_policy policy)
{
    CHECK(list_phrase(text, strlen(text), value, policy, NULL) == QDX_OK);
}

static void begin(void)
{
    qdx_gazetteer_free(gazetteer);
    gazetteer = qdx_gazetteer_new(NULL);
    CHECK(gazetteer != NULL);
}

/* The values found at the first token, as "value@tokens value@tokens". */
static const char *match(const char *bytes, char out[256])
{
    qdx_text text = {0};
    qdx_block block = {.span = {0, (uint32_t)strlen(bytes)}};
    qdx_document document = {
        .text = bytes, .text_size = (uint32_t)strlen(bytes), .blocks = &block, .block_count = 1};
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    CHECK(qdx_gazetteer_freeze(gazetteer, NULL) == QDX_OK);
    CHECK(qdx_text_tokenize(&text, &document, NULL) == QDX_OK);
    size_t n = qdx_phrases_match(gazetteer, &text, 0, (uint32_t)text.tokens.count, matches);
    size_t size = 0;
    out[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        CHECK(qdx_phrases_may_begin(gazetteer, &text.tokens.items[0]));
        size += (size_t)snprintf(out + size, 256 - size, "%s%u@%u", i ? " " : "", matches[i].value,
                                 matches[i].end);
    }
    qdx_text_release(&text);
    return out;
}

#define MATCH(bytes, wanted)                                                                       \
    do {                                                                                           \
        char out[256];                                                                             \
        CHECK_STR(match(bytes, out), wanted);                                                      \
    } while (0)

static void test_length(void)
{
    begin();
    add("Varn", 1, QDX_CASE_NAME);
    add("Varn Harbour", 2, QDX_CASE_NAME);
    add("Varn Harbour Authority", 3, QDX_CASE_NAME);
    add("Varn", 4, QDX_CASE_NAME);
    add("Varn", 4, QDX_CASE_NAME); /* kept once */
    MATCH("Varn Harbour Authority said", "1@1 4@1 2@2 3@3");
    MATCH("Varn Harbour said", "1@1 4@1 2@2");
    MATCH("Varn", "1@1 4@1");
    MATCH("Varna", "");
    MATCH("Harbour", "");
}

static void test_glue(void)
{
    begin();
    add("Tal Jong-su", 10, QDX_CASE_NAME);
    add("Orval Inc.", 11, QDX_CASE_NAME);
    MATCH("Tal Jong-su", "10@4");
    MATCH("Tal Jong Su", "10@3");
    MATCH("Tal-Jong-su", "10@5");
    MATCH("Orval Inc. said", "11@2");
    MATCH("Orval Inc", "11@2");
}

static void test_case(void)
{
    begin();
    add("Varn", 1, QDX_CASE_NAME);
    add("Varn Harbour", 2, QDX_CASE_NAME);
    add("=x", 0, QDX_CASE_EXACT); /* the equals sign is the gazetteer's business */
    add("WHX", 20, QDX_CASE_EXACT);
    add("Pelt", 21, QDX_CASE_EXACT);
    add("foreign minister", 22, QDX_CASE_ANY);
    add("NATX", 23, QDX_CASE_NAME);
    add("al-Varni", 24, QDX_CASE_NAME);
    add("Orval Ltd.", 25, QDX_CASE_EXACT);
    add("Guard", 26, QDX_CASE_AFTER_THE);
    MATCH("Guard", "");
    MATCH("WHX", "20@1");
    MATCH("Whx", "");
    MATCH("PELT", "");
    MATCH("W.H.X.", "");
    MATCH("FOREIGN Minister", "22@2");
    MATCH("NATX", "23@1");
    MATCH("Natx", "23@1");
    MATCH("natx", "");
    MATCH("al-Varni", "24@3");
    MATCH("Al-Varni", "24@3");
    MATCH("AL-VARNI", "24@3");
    MATCH("al-varni", "");
    MATCH("varn harbour", "");
    MATCH("VARN HARBOUR", "1@1 2@2");
    MATCH("Orval Ltd. said", "25@2");
}

static void test_article(void)
{
    static const char *const texts[] = {"The Guard", "the Guard", "the guard", "a Guard"};
    for (uint32_t i = 0; i < 4; i++) {
        qdx_text text = {0};
        qdx_phrase_match matches[QDX_PHRASE_MATCHES];
        qdx_block block = {.span = {0, (uint32_t)strlen(texts[i])}};
        qdx_document document = {
            .text = texts[i], .text_size = block.span.end, .blocks = &block, .block_count = 1};
        CHECK(qdx_text_tokenize(&text, &document, NULL) == QDX_OK);
        CHECK(qdx_phrases_match(gazetteer, &text, 1, 2, matches) == (i < 2));
        qdx_text_release(&text);
    }
}

static void test_limits(void)
{
    char longest[600];
    qdx_error error;
    begin();
    memset(longest, 'x', sizeof longest);
    CHECK(list_phrase(longest, 513, 1, QDX_CASE_NAME, &error) == QDX_ERR_LIMIT);
    for (size_t i = 1; i < 300; i += 2)
        longest[i] = ' ';
    CHECK(list_phrase(longest, 300, 1, QDX_CASE_NAME, &error) == QDX_ERR_LIMIT);
    CHECK(list_phrase("", 0, 1, QDX_CASE_NAME, &error) == QDX_ERR_FORMAT);
    CHECK(list_phrase("-.", 2, 1, QDX_CASE_NAME, &error) == QDX_ERR_FORMAT);
    for (uint32_t i = 0; i < 40; i++)
        add("Many", 100 + i, QDX_CASE_NAME);
    char out[256];
    match("Many", out);
    CHECK(strstr(out, "139@1") != NULL); /* the last ones are kept */
}

/* The table grows under thousands of phrases and loses none. */
static void test_growth(void)
{
    char name[64], out[256], wanted[32];
    begin();
    for (uint32_t i = 0; i < 30000; i++) {
        snprintf(name, sizeof name, "Orv%u Tal%u", i % 100, i);
        add(name, 1000 + i, QDX_CASE_NAME);
    }
    for (uint32_t i = 0; i < 30000; i += 997) {
        snprintf(name, sizeof name, "Orv%u Tal%u", i % 100, i);
        snprintf(wanted, sizeof wanted, "%u@2", 1000 + i);
        CHECK_STR(match(name, out), wanted);
    }
}

int main(void)
{
    test_length();
    test_glue();
    test_case();
    test_article();
    test_limits();
    test_growth();
    qdx_gazetteer_free(gazetteer);
    return check_report();
}
