/*
 * Explanations: each line that a quotation should have is looked for in its text.
 */
#include "tagged.h"

static tagged t;

/* Does the explanation of quotation `number` hold these words? */
static void check_explained(size_t number, const char *words, int line)
{
    qdx_buffer buffer = {0};
    if (check_that(number < t.attribution.quotes.count, __FILE__, line, "a quotation")) {
        qdx_attribution_explain(&t.attribution, number, &buffer);
        if (!check_that(buffer.bytes && strstr(buffer.bytes, words), __FILE__, line, words))
            fprintf(stderr, "%s\n", buffer.bytes ? buffer.bytes : "");
    }
    qdx_buffer_release(&buffer);
}

#define EXPLAINED(number, words) check_explained((number), (words), __LINE__)

static void test_direct(void)
{
    CHECK(
        tagged_read(&t, "Anna Berg walked out. “We will appeal,” she said. “It will take years.”"));
    CHECK(t.attribution.quotes.count == 1);
    EXPLAINED(0, "speaker: person, rule pronoun");
    EXPLAINED(0, "cue: said\n");
    EXPLAINED(0, "chain: she -> Anna Berg -> Anna Berg\n");
    EXPLAINED(0, "(taken)\n");
    EXPLAINED(0, "attributed ");
}

static void test_indirect(void)
{
    CHECK(tagged_read(&t, "Anna Berg said that the bridge was safe."));
    EXPLAINED(0, "speaker: person, rule name");
    EXPLAINED(0, "reported (that): ");
    EXPLAINED(0, "verb ");
}

static void test_nobody(void)
{
    CHECK(tagged_read(
        &t, "A sign hung there.\n“The harbor is open, and it will stay open,” said a man."));
    EXPLAINED(0, "speaker: unnamed, rule description");
}

int main(void)
{
    if (CHECK(tagged_open(&t))) {
        test_direct();
        test_indirect();
        test_nobody();
    }
    tagged_close(&t);
    return check_report();
}
