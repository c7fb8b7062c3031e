/*
 * Reports found in the narration: of each text the likeliest one as "form | subject | clause".
 */
#include "quote/report.h"
#include "quote/verb_class.h"
#include "tagged.h"

static tagged t;

static void check_likeliest(const char *text, const char *wanted, int line)
{
    char have[512] = "", subject[128], clause[256];
    CHECK(tagged_read(&t, text));
    const qdx_report *best = NULL;
    for (size_t i = 0; i < t.attribution.reports.count; i++)
        if (!best || t.attribution.reports.items[i].score > best->score)
            best = &t.attribution.reports.items[i];
    if (best) {
        const qdx_noun_phrase *np = &best->subject;
        tagged_words(&t, np->first, np->kind == QDX_NP_NONE ? np->first : np->end, subject,
                     sizeof subject);
        tagged_words(&t, best->content.first, best->content.end, clause, sizeof clause);
        snprintf(have, sizeof have, "%s | %s | %s", qdx_report_form_name(best->form), subject,
                 clause);
    }
    check_texts(have, wanted, __FILE__, line, text);
}

#define REPORT(text, wanted) check_likeliest((text), (wanted), __LINE__)

static void test_forms(void)
{
    REPORT("Anna Berg said that the bridge was safe.",
           "that | Anna Berg | that the bridge was safe");
    REPORT("Anna Berg said the bridge was safe.", "clause | Anna Berg | the bridge was safe");
    REPORT("Anna Berg asked whether the bridge was safe.",
           "question | Anna Berg | whether the bridge was safe");
    REPORT("Anna Berg promised to rebuild the pier.",
           "infinitive | Anna Berg | to rebuild the pier");
    REPORT("The bridge was safe, Anna Berg said.",
           "parenthetical | Anna Berg | The bridge was safe");
    REPORT("According to Anna Berg, the bridge was safe.",
           "according | Anna Berg | the bridge was safe");
    REPORT("The bridge fell on Monday.", "");
}

static void test_two_speakers(void)
{
    CHECK(tagged_read(&t, "Anna Berg said the bridge was safe and Eva Mossbeck said it was not."));
    char clause[128] = "";
    CHECK(t.attribution.reports.count == 2);
    if (t.attribution.reports.count == 2) {
        qdx_token_range content = t.attribution.reports.items[0].content;
        tagged_words(&t, content.first, content.end, clause, sizeof clause);
        CHECK_STR(clause, "the bridge was safe");
    }
}

static void test_verb_classes(void)
{
    CHECK(qdx_verb_class_of("admit") == QDX_VERB_ADMIT);
    CHECK(qdx_verb_class_of("criticize") == QDX_VERB_CRITICIZE);
    CHECK(qdx_verb_class_of("think") == QDX_VERB_THINK);
    CHECK(qdx_verb_class_of("write") == QDX_VERB_WRITE);
    CHECK(qdx_verb_class_of("walk") == QDX_VERB_CLASS_COUNT);
    CHECK(qdx_verb_class_of("") == QDX_VERB_CLASS_COUNT);
    CHECK(qdx_verb_class_of(NULL) == QDX_VERB_CLASS_COUNT);
}

int main(void)
{
    if (CHECK(tagged_open(&t))) {
        test_forms();
        test_two_speakers();
        test_verb_classes();
    }
    tagged_close(&t);
    return check_report();
}
