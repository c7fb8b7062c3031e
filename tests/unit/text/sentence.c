/* Sentences: where they end, with the classes a lexicon would have set. */
#include "check.h"
#include "text/token.h"

static const struct {
    const char *word;
    uint32_t classes;
} words[] = {
    {"Mr", QDX_WORD_ABBREVIATION},
    {"Sat", QDX_WORD_ABBREVIATION_END},
    {"sat", QDX_WORD_ABBREVIATION_END | QDX_WORD_COMMON},
    {"Inc", QDX_WORD_ABBREVIATION_END},
    {"no", QDX_WORD_ABBREVIATION_END | QDX_WORD_COMMON},
    {"etc", QDX_WORD_ABBREVIATION_END},
    {"He", QDX_WORD_FUNCTION},
    {"The", QDX_WORD_FUNCTION},
};

static void classify(qdx_text *text)
{
    for (size_t i = 0; i < text->tokens.count; i++) {
        qdx_token *token = &text->tokens.items[i];
        for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
            if (strlen(words[w].word) == token->end - token->start &&
                memcmp(text->bytes + token->start, words[w].word, token->end - token->start) == 0)
                token->classes = words[w].classes;
    }
}

/* `wanted` has the sentences with | between them. */
static void check_sentences(const char *bytes, const char *wanted, int line)
{
    qdx_text text = {0};
    char joined[512] = "";
    size_t size = 0;
    qdx_block block = {.span = {0, (uint32_t)strlen(bytes)}};
    qdx_document document = {
        .text = bytes, .text_size = (uint32_t)strlen(bytes), .blocks = &block, .block_count = 1};
    CHECK(qdx_text_tokenize(&text, &document, NULL) == QDX_OK);
    classify(&text);
    CHECK(qdx_text_split_sentences(&text, NULL) == QDX_OK);
    for (size_t i = 0; i < text.sentences.count; i++) {
        qdx_token_range range = text.sentences.items[i];
        uint32_t start = text.tokens.items[range.first].start;
        uint32_t end = text.tokens.items[range.end - 1].end;
        check_that(text.tokens.items[range.first].flags & QDX_TOKEN_SENTENCE, __FILE__, line,
                   "flag");
        for (uint32_t t = range.first; t < range.end; t++)
            check_that(qdx_text_sentence_of(&text, t) == i, __FILE__, line, "sentence_of");
        size += (size_t)snprintf(joined + size, sizeof joined - size, "%s%.*s", i ? "|" : "",
                                 (int)(end - start), bytes + start);
    }
    check_texts(joined, wanted, __FILE__, line, bytes);
    qdx_text_release(&text);
}

#define SENTENCES(bytes, wanted) check_sentences((bytes), (wanted), __LINE__)

static void test_ends(void)
{
    SENTENCES("", "");
    SENTENCES("One. Two! Three? Four", "One.|Two!|Three?|Four");
    SENTENCES("He left. then came back.", "He left. then came back.");
    SENTENCES("“It ends.” The mayor left.", "“It ends.”|The mayor left.");
    SENTENCES("(It ends.) 12 came.", "(It ends.)|12 came.");
    SENTENCES("“Does it?” he asked.", "“Does it?” he asked.");
    SENTENCES("And so ... Orval left.", "And so ...|Orval left.");
    SENTENCES("At 3.50 it rose. “Good.”", "At 3.50 it rose.|“Good.”");
    SENTENCES("It works at example.org. Good.", "It works at example.org.|Good.");
}

static void test_abbreviations(void)
{
    SENTENCES("Mr. Orval left.", "Mr. Orval left.");
    SENTENCES("Mr. The end.", "Mr. The end.");
    SENTENCES("J. K. Orval left.", "J. K. Orval left.");
    SENTENCES("The U.S. Army left the U.S. He stayed.", "The U.S. Army left the U.S.|He stayed.");
    SENTENCES("At Acme Inc. Orval works.", "At Acme Inc. Orval works.");
    SENTENCES("He left Acme Inc. The rest stayed.", "He left Acme Inc.|The rest stayed.");
    SENTENCES("On Sat. Orval came.", "On Sat. Orval came.");
    SENTENCES("They sat. Orval came.", "They sat.|Orval came.");
    SENTENCES("I said no. Orval came.", "I said no.|Orval came.");
    SENTENCES("It is no. 3 of five.", "It is no. 3 of five.");
    SENTENCES("Tea, etc. Orval came.", "Tea, etc. Orval came.");
}

int main(void)
{
    test_ends();
    test_abbreviations();
    return check_report();
}
