/*
 * Which words in marks count as said: each text has one stretch or more, judged in order, y or n.
 */
#include "quote/judgement.h"
#include "tagged.h"

static tagged t;

static void check_said(const char *text, const char *wanted, int line)
{
    char have[16] = "";
    CHECK(tagged_read(&t, text));
    for (size_t i = 0; i < t.attribution.utterances.count && i + 1 < sizeof have; i++)
        have[i] = t.attribution.utterances.items[i].said ? 'y' : 'n';
    check_texts(have, wanted, __FILE__, line, text);
}

#define SAID(text, wanted) check_said((text), (wanted), __LINE__)

static void test_said(void)
{
    SAID("“The bridge is safe,” Anna Berg said.", "y");
    SAID("“No,” Anna Berg said.", "y");
    SAID("“I lost everything,” Anna Berg, 61, said.", "y");
    SAID("Anna Berg said: “The bridge is safe.”", "y");
    SAID("Anna Berg said: “They call it ‘the long winter.’”", "y");
    SAID("“We will appeal,” she said, “and we will win.”", "yy");
    SAID("Anna Berg called the ruling “a disgrace.”", "y");
}

static void test_paragraphs(void)
{
    SAID("“We did what we could with the men we had.\n“Then the road was closed,” Anna Berg said.",
         "yy");
    SAID("Anna Berg said: “We did what we could.\n“Then the road was closed.\n“It was late.”",
         "yyy");
}

static void test_not_said(void)
{
    SAID("The so-called “bridge” is a plank.", "n");
    SAID("Nobody said “thank you.”", "n");
    SAID("She wrote a book called “The Long Winter” in 1998.", "n");
}

static void test_sums(void)
{
    qdx_features features = {{0}};
    CHECK(qdx_linear_sum(&qdx_judgement_model, &features) == 0);
    qdx_features_add(&features, 0, true);
    qdx_features_add(&features, 1, true);
    qdx_features_add(&features, 2, false);
    CHECK(qdx_linear_sum(&qdx_judgement_model, &features) ==
          qdx_judgement_model.weights[0] + qdx_judgement_model.weights[1]);
    CHECK(qdx_linear_probability(0) > 0.49F && qdx_linear_probability(0) < 0.51F);
    CHECK(qdx_linear_probability(9000) > 0.99F && qdx_linear_probability(-9000) < 0.01F);
}

int main(void)
{
    if (CHECK(tagged_open(&t))) {
        test_said();
        test_paragraphs();
        test_not_said();
        test_sums();
    }
    tagged_close(&t);
    return check_report();
}
