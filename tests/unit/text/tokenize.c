/* Tokens of small texts, written back with | between them, and their flags. */
#include "check.h"
#include "text/fold.h"
#include "text/token.h"

static void tokenize(qdx_text *text, const char *bytes)
{
    qdx_block block = {.span = {0, (uint32_t)strlen(bytes)}};
    qdx_document document = {
        .text = bytes, .text_size = (uint32_t)strlen(bytes), .blocks = &block, .block_count = 1};
    CHECK(qdx_text_tokenize(text, &document, NULL) == QDX_OK);
}

static void check_tokens(const char *bytes, const char *wanted, int line)
{
    qdx_text text = {0};
    char joined[512] = "";
    size_t size = 0;
    uint32_t last = 0;
    tokenize(&text, bytes);
    for (size_t i = 0; i < text.tokens.count; i++) {
        const qdx_token *token = &text.tokens.items[i];
        check_that(token->start >= last && token->end > token->start, __FILE__, line, "order");
        last = token->end;
        size += (size_t)snprintf(joined + size, sizeof joined - size, "%s%.*s", i ? "|" : "",
                                 (int)(token->end - token->start), bytes + token->start);
    }
    check_texts(joined, wanted, __FILE__, line, bytes);
    qdx_text_release(&text);
}

#define TOKENS(bytes, wanted) check_tokens((bytes), (wanted), __LINE__)

static void test_words(void)
{
    TOKENS("", "");
    TOKENS(" \t\n", "");
    TOKENS("The mayor left.", "The|mayor|left|.");
    TOKENS("O'Brien doesn't", "O'Brien|doesn't");
    TOKENS("Obama’s plan", "Obama|’s|plan");
    TOKENS("the ministers' plan", "the|ministers|'|plan");
    TOKENS("AT&T and R&D", "AT&T|and|R&D");
    TOKENS("Kim Jong-un", "Kim|Jong|-|un");
    TOKENS("a twenty-\nfive", "a|twenty|-|five");
    TOKENS("one--two — three", "one|--|two|—|three");
    TOKENS("Müller Šešelj", "Müller|Šešelj");
    TOKENS("Côte d’Ivoire", "Côte|d’Ivoire");
}

static void test_periods(void)
{
    TOKENS("The U.S. Army", "The|U.S.|Army");
    TOKENS("at 5 a.m. today", "at|5|a.m.|today");
    TOKENS("J. K. Orval", "J.|K.|Orval");
    TOKENS("J.K. Orval", "J.K.|Orval");
    TOKENS("Mr. Orval", "Mr|.|Orval");
    TOKENS("and so... on", "and|so|...|on");
    TOKENS("Plan B.", "Plan|B|.");
    TOKENS("you and I. Then", "you|and|I|.|Then");
    TOKENS("Tom I. Orval", "Tom|I.|Orval");
}

static void test_numbers(void)
{
    TOKENS("1,000.50 at 10:30.", "1,000.50|at|10:30|.");
    TOKENS("the 1990s, 5th", "the|1990s|,|5th");
    TOKENS("$3.5m 40%", "$|3.5m|40|%");
    TOKENS("1. First", "1|.|First");
}

/* A word is the same where the text ends with it and where 16 bytes can be read from it. */
static void test_widths(void)
{
    static const char *const texts[] = {
        "a",
        "Ab",
        "ABCDEFG",
        "abcdefgh",
        "Abcdefghi",
        "ABCDEFGHIJKLMNO",
        "x86",
        "3M",
        "3m",
        "abcdefghijklmnop",
        "ABCDEFGHIJKLMNOPQ",
        "Plan",
        "word_",
        "it's",
        "R&D",
        "1,000",
        "10:30",
        "7.",
        "word.",
        "a.b",
        "Ab:",
        "né",
        "1990s",
        "abcdefgh.",
        "ab cd",
        "U.S.",
        "V. Ax",
        "x@y",
        "http://a",
        "(Ab",
        "a\tB",
        "Ab's so",
        "and-or",
        "abcdefghijklmno",
        "12345678",
        "A1b2C3d4E5",
    };
    qdx_text alone = {0}, followed = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char longer[64];
        snprintf(longer, sizeof longer, "%s (and so forth, at length)", texts[i]);
        tokenize(&alone, texts[i]);
        tokenize(&followed, longer);
        CHECK(followed.tokens.count > alone.tokens.count);
        for (size_t t = 0; t < alone.tokens.count; t++) {
            const qdx_token *a = &alone.tokens.items[t], *b = &followed.tokens.items[t];
            CHECK(a->start == b->start && a->end == b->end && a->hash == b->hash);
            CHECK(a->flags == b->flags && a->kind == b->kind && a->mark == b->mark);
        }
    }
    qdx_text_release(&alone);
    qdx_text_release(&followed);
}

/* The hash of a word is that of folding, however it was measured. */
static void test_hashes(void)
{
    static const char words[] = "a Of the LONGER seventeenletters abcdefgh ABCDEFGHIJKLMNO 3M 1987";
    qdx_text text = {0};
    tokenize(&text, words);
    for (size_t i = 0; i < text.tokens.count; i++) {
        const qdx_token *token = &text.tokens.items[i];
        CHECK(token->hash == qdx_fold_hash(words + token->start, token->end - token->start));
    }
    CHECK(text.tokens.items[1].flags & QDX_TOKEN_CAPITAL);
    CHECK(!(text.tokens.items[1].flags & QDX_TOKEN_UPPER));
    CHECK(text.tokens.items[3].flags & QDX_TOKEN_UPPER);
    CHECK(text.tokens.items[7].flags & QDX_TOKEN_CAPITAL);
    CHECK(!(text.tokens.items[8].flags & QDX_TOKEN_UPPER));
    qdx_text_release(&text);
}

static void test_marks(void)
{
    TOKENS("“No,” he said", "“|No|,|”|he|said");
    TOKENS("``No,'' he", "``|No|,|''|he");
    TOKENS("«Non» ‘no’", "«|Non|»|‘|no|’");
    TOKENS("(aide)", "(|aide|)");
    TOKENS("km/h", "km|/|h");
}

static void test_addresses(void)
{
    TOKENS("see https://example.org/a?b=1, then", "see|https://example.org/a?b=1|,|then");
    TOKENS("at www.example.org.", "at|www.example.org|.");
    TOKENS("to ann.orval@example.org today", "to|ann.orval@example.org|today");
}

static void test_flags(void)
{
    qdx_text text = {0};
    tokenize(&text, "NATO's V. Orval, U.S.\nÉmile");
    const qdx_token *t = text.tokens.items;
    if (CHECK(text.tokens.count == 7)) {
        CHECK(t[0].flags & QDX_TOKEN_UPPER && t[0].flags & QDX_TOKEN_BLOCK);
        CHECK(t[1].flags & QDX_TOKEN_POSSESSIVE && !(t[1].flags & QDX_TOKEN_SPACE));
        CHECK(t[2].flags & QDX_TOKEN_INITIAL && t[2].flags & QDX_TOKEN_SPACE);
        CHECK((t[3].flags & QDX_TOKEN_CAPITAL) && !(t[3].flags & QDX_TOKEN_UPPER));
        CHECK(t[4].mark == QDX_MARK_COMMA && t[4].kind == QDX_TOKEN_MARK);
        CHECK(t[5].flags & QDX_TOKEN_PERIODS && t[5].flags & QDX_TOKEN_UPPER);
        CHECK(t[6].flags & QDX_TOKEN_LINE && t[6].flags & QDX_TOKEN_MULTIBYTE &&
              t[6].flags & QDX_TOKEN_CAPITAL);
        CHECK(qdx_text_token_at(&text, 0) == 0 && qdx_text_token_at(&text, 4) == 1);
        CHECK(qdx_text_token_at(&text, 1000) == 7);
    }
    tokenize(&text, "a - b well-known x-");
    t = text.tokens.items;
    CHECK(t[1].mark == QDX_MARK_DASH && t[4].mark == QDX_MARK_HYPHEN);
    qdx_text_release(&text);
}

static void test_hostile(void)
{
    TOKENS("\xFF\xC3", "\xFF|\xC3");
    TOKENS("a\xE2\x80", "a|\xE2|\x80");
    TOKENS("'", "'");
    TOKENS("x'", "x|'");
    TOKENS("http://", "http://");
    TOKENS("A.", "A|.");
    TOKENS("é.", "é|.");
    TOKENS("A&", "A|&");
}

int main(void)
{
    test_words();
    test_periods();
    test_numbers();
    test_widths();
    test_hashes();
    test_marks();
    test_addresses();
    test_flags();
    test_hostile();
    return check_report();
}
