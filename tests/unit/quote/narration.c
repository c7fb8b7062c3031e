/*
 * The subject of a verb: in each text the verb is named, and who should be found to do it.
 */
#include "quote/narration.h"
#include "tagged.h"
#include "text/fold.h"

static tagged t;

static void check_subject(const char *text, const char *verb, const char *wanted, int line)
{
    char have[256];
    CHECK(tagged_read(&t, text));
    uint32_t token = tagged_token(&t, verb);
    if (!check_that(token < t.text.tokens.count, __FILE__, line, verb))
        return;
    qdx_noun_phrase np = qdx_narration_subject(&t.narration, token, 0);
    tagged_words(&t, np.first, np.kind == QDX_NP_NONE ? np.first : np.end, have, sizeof have);
    check_texts(have, wanted, __FILE__, line, text);
}

static void check_behind(const char *text, const char *verb, const char *wanted, int line)
{
    char have[256];
    CHECK(tagged_read(&t, text));
    uint32_t token = tagged_token(&t, verb), count = (uint32_t)t.text.tokens.count;
    if (!check_that(token < count, __FILE__, line, verb))
        return;
    qdx_noun_phrase np = qdx_narration_subject_after(&t.narration, token + 1, count);
    tagged_words(&t, np.first, np.kind == QDX_NP_NONE ? np.first : np.end, have, sizeof have);
    check_texts(have, wanted, __FILE__, line, text);
}

#define SUBJECT(text, verb, wanted) check_subject((text), (verb), (wanted), __LINE__)
#define BEHIND(text, verb, wanted) check_behind((text), (verb), (wanted), __LINE__)

static void test_before(void)
{
    SUBJECT("Anna Berg said no.", "said", "Anna Berg");
    SUBJECT("She has never said no.", "said", "She");
    SUBJECT("Anna Berg, the mayor, said no.", "said", "Anna Berg");
    SUBJECT("Anna Berg, who left early, said no.", "said", "Anna Berg");
    SUBJECT("A spokesman for the ministry said no.", "said", "A spokesman for the ministry");
    SUBJECT("The two men said no.", "said", "The two men");
    SUBJECT("Anna Berg sat down and said no.", "said", "Anna Berg");
    SUBJECT("Anna Berg sat down, saying no.", "saying", "Anna Berg");
    SUBJECT("In Lindhaven on Monday he said no.", "said", "he");
    SUBJECT("Said no.", "said", "");
}

static void test_behind(void)
{
    BEHIND("No, said Anna Berg.", "said", "Anna Berg");
    BEHIND("No, said the mayor of the town.", "said", "the mayor of the town");
    BEHIND("No, said the council's chairwoman, Irena Castell.", "said", "Irena Castell");
    BEHIND("No, said she.", "said", "she");
    BEHIND("No, said", "said", "");
}

static void test_cues(void)
{
    CHECK(tagged_read(&t, "The claim was new, and they claim it still."));
    uint32_t claim = tagged_token(&t, "claim"), they = tagged_token(&t, "they");
    CHECK(!qdx_narration_is_cue(&t.narration, claim, 0));
    CHECK(qdx_narration_is_cue(&t.narration, they + 1, 0));
    CHECK(tagged_read(&t, "“He said so,” she said."));
    CHECK(!qdx_narration_is_cue(&t.narration, tagged_token(&t, "said"), 0));
}

/* Words drive one another out of the memory of verbs, and are found again all the same. */
static void test_verbs(void)
{
    const qdx_lexicon *lexicon = &t.gazetteer->lexicon;
    qdx_verb_memory memory = {0};
    qdx_verb_memory_use(&memory, lexicon);
    uint32_t wrong = 0, said = qdx_lexicon_find(lexicon, qdx_fold_hash("said", 4));
    qdx_verb first = *qdx_verb_of(&memory, said);
    CHECK(first.class == QDX_VERB_SAY && first.clause > first.object);
    for (int turn = 0; turn < 2; turn++)
        for (uint32_t i = 0; i < lexicon->word_count; i++) {
            const char *class = qdx_lexicon_text(lexicon, qdx_lexicon_at(lexicon, i)->verb_class);
            wrong += qdx_verb_of(&memory, i)->class != qdx_verb_class_of(class);
        }
    CHECK(wrong == 0);
    qdx_verb again = *qdx_verb_of(&memory, said);
    CHECK(again.class == first.class && again.clause == first.clause &&
          again.object == first.object);
    CHECK(qdx_verb_of(&memory, 0)->class == QDX_VERB_CLASS_COUNT);
}

int main(void)
{
    if (CHECK(tagged_open(&t))) {
        test_verbs();
        test_before();
        test_behind();
        test_cues();
    }
    tagged_close(&t);
    return check_report();
}
