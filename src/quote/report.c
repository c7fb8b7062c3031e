/*
 * Finding reports. Every verb of speech or thought, noun of speech and
 * "according to" of the narration is a candidate; the words after it decide the
 * form, the form where the clause begins and ends. No parser: the clause runs
 * to the end of the sentence or to a word that must begin something else.
 * report_judge.c says which candidates are believed.
 */
#include "quote/report_finder.h"

#include <string.h>

enum {
    THAT_REACH = 14, /* tokens between a verb and its "that" */
};

static bool is_any_mark(const qdx_narration *n, uint32_t i)
{
    return at(n, i)->kind == QDX_TOKEN_MARK;
}

/* --- what follows a verb
 * ------------------------------------------------------------------ */

static bool is_time_word(const qdx_narration *n, uint32_t i)
{
    static const char *const words[] = {"today", "yesterday", "tonight", "morning", "afternoon",
                                        "night", "evening",   "here",    "last",    "week"};
    return has_class(n, i, QDX_WORD_WEEKDAY | QDX_WORD_MONTH) ||
           at(n, i)->kind == QDX_TOKEN_NUMBER || IS_ONE_OF(n, i, words);
}

/* The "that" that a verb's clause begins with, at most THAT_REACH after
 * `first`; or QDX_NONE. */
static uint32_t find_that(const finder *f, uint32_t first)
{
    if (first >= f->sentence.end)
        return QDX_NONE;
    uint32_t limit =
        f->sentence.end - first > THAT_REACH ? first + THAT_REACH + 1 : f->sentence.end;
    for (uint32_t i = first; i < limit && !f->n->quoted[i]; i++) {
        const qdx_token *t = at(f->n, i);
        if (t->kind == QDX_TOKEN_MARK) {
            if (t->mark == QDX_MARK_COLON || t->mark == QDX_MARK_SEMICOLON)
                return QDX_NONE;
            continue;
        }
        if (!(t->classes & (QDX_WORD_FUNCTION | QDX_WORD_AUXILIARY | QDX_WORD_PRONOUN)))
            continue;
        if (qdx_narration_is_word(f->n, i, "that") &&
            (i == first || !has_class(f->n, i - 1, QDX_WORD_PREPOSITION)))
            return i;
        if (i > first && (t->classes & (QDX_WORD_AUXILIARY | QDX_WORD_PRONOUN)))
            return QDX_NONE;
    }
    return QDX_NONE;
}

static bool is_question_word(const qdx_narration *n, uint32_t i)
{
    if (!has_class(n, i, QDX_WORD_FUNCTION | QDX_WORD_CONJUNCTION))
        return false;
    static const char *const words[] = {"whether", "if",   "why",   "how",  "what",
                                        "who",     "when", "where", "which"};
    return IS_ONE_OF(n, i, words);
}

/* Does the verb take a hearer before the clause: told him, urged Congress? */
static bool takes_hearer(qdx_verb_class class)
{
    return class == QDX_VERB_TELL || class == QDX_VERB_ASK || class == QDX_VERB_URGE ||
           class == QDX_VERB_WARN;
}

static bool begins_clause(const finder *f, uint32_t i)
{
    return i < f->sentence.end && !f->n->quoted[i] &&
           (qdx_narration_is_word(f->n, i, "that") || qdx_narration_is_word(f->n, i, "to") ||
            is_question_word(f->n, i) ||
            has_class(f->n, i, QDX_WORD_PRONOUN | QDX_WORD_DETERMINER) ||
            qdx_tagging_tag_at(f->n->tagging, i) != QDX_NONE);
}

/* From `after` past hearers, adverbs, days and, for verbs of saying, "in a statement", "at a
 * rally in Iowa". */
static uint32_t skip_to_clause(const finder *f, uint32_t verb, uint32_t after)
{
    const qdx_narration *n = f->n;
    uint32_t i = after, limit = f->sentence.end;
    qdx_verb_class class = verb_at(n, verb)->class;
    bool hearer = takes_hearer(class);
    if (hearer && i < limit && !n->quoted[i]) {
        qdx_noun_phrase np = qdx_noun_phrase_after(n, i, limit);
        static const char *const objects[] = {"him", "them", "me", "us", "her", "you"};
        uint32_t past = IS_ONE_OF(n, i, objects) ? i + 1 : np.end;
        if (past > i && begins_clause(f, past))
            i = past;
    }
    bool placed = class == QDX_VERB_SAY || class == QDX_VERB_WRITE;
    for (uint32_t steps = 0; i < limit && steps < THAT_REACH && !n->quoted[i]; steps++) {
        if (has_class(n, i, QDX_WORD_ADVERB) || is_time_word(n, i)) {
            i++;
        } else if (placed && has_class(n, i, QDX_WORD_PREPOSITION) &&
                   !qdx_narration_is_word(n, i, "like") && i + 1 < limit) {
            qdx_noun_phrase np = qdx_noun_phrase_after(n, i + 1, limit);
            if (np.end <= i + 1)
                break;
            i = np.end;
        } else {
            break;
        }
    }
    return i;
}

/* A subject and a verb: a pronoun, or an auxiliary among the first words. */
static bool looks_like_clause(const finder *f, uint32_t first)
{
    for (uint32_t i = first; i < f->sentence.end && i - first < 12; i++) {
        if (f->n->quoted[i] || is_mark(f->n, i, QDX_MARK_COMMA))
            return false;
        if (has_class(f->n, i, QDX_WORD_PRONOUN | QDX_WORD_AUXILIARY))
            return true;
    }
    return false;
}

/* A verb of saying that says so without words beside it. */
static bool says(const qdx_narration *n, uint32_t verb)
{
    return word_at(n, verb)->strength >= 2 && verb_at(n, verb)->class == QDX_VERB_SAY;
}

/* Form and beginning of the clause behind the verb, from token `after` on. */
static qdx_report_form form_after(const finder *f, uint32_t verb, uint32_t after, uint32_t *first)
{
    const qdx_narration *n = f->n;
    uint32_t that = find_that(f, after);
    if (that != QDX_NONE) {
        *first = that;
        return QDX_REPORT_THAT;
    }
    uint32_t i = *first = skip_to_clause(f, verb, after);
    if (i >= f->sentence.end)
        return QDX_REPORT_OBJECT;
    if (n->quoted[i])
        return QDX_REPORT_CLAUSE;
    if (is_mark(n, i, QDX_MARK_COLON) || is_mark(n, i, QDX_MARK_COMMA)) {
        *first = i + 1;
        return QDX_REPORT_CLAUSE;
    }
    if (is_question_word(n, i))
        return QDX_REPORT_QUESTION;
    if (qdx_narration_is_word(n, i, "to"))
        return QDX_REPORT_INFINITIVE;
    if (has_class(n, i, QDX_WORD_PREPOSITION)) {
        *first = i + 1;
        return QDX_REPORT_PREPOSITION;
    }
    /* Hardly anything but a clause follows this one: said more than twenty wells ran dry. */
    const char *lemma = word_text(n, word_at(n, verb)->lemma);
    bool clause = looks_like_clause(f, i) || (lemma && strcmp(lemma, "say") == 0);
    return clause ? QDX_REPORT_CLAUSE : QDX_REPORT_OBJECT;
}

/* --- candidates
 * ---------------------------------------------------------------------------
 */

void qdx_report_add(finder *f, qdx_report *report)
{
    while (report->content.first < report->content.end && !f->n->quoted[report->content.first] &&
           is_any_mark(f->n, report->content.first) &&
           !is_mark(f->n, report->content.first, QDX_MARK_OPEN))
        report->content.first++;
    if (report->content.first >= report->content.end)
        return;
    report->sentence = f->sentence;
    qdx_report_judge(f->n, report);
    if (!qdx_arena_push(f->n->tagging->arena, f->list, *report))
        f->failed = true;
}

uint32_t qdx_report_reach_back(const finder *f, uint32_t i)
{
    if (i - f->sentence.first > QDX_SUBJECT_REACH)
        return i - QDX_SUBJECT_REACH;
    return qdx_narration_past_dateline(f->n, f->sentence.first, i);
}

/* Does token i end a clause before its attribution: a comma or dash, or marks that a comma ends in
 * a sentence that began before them: It was “a test,” she said? */
static bool ends_clause(const finder *f, uint32_t i)
{
    const qdx_narration *n = f->n;
    if (!n->quoted[i])
        return is_mark(n, i, QDX_MARK_COMMA) || is_mark(n, i, QDX_MARK_DASH);
    if (!is_any_mark(n, i) || !is_mark(n, i - 1, QDX_MARK_COMMA))
        return false;
    uint32_t first = i;
    while (first > f->sentence.first && i - first < QDX_SUBJECT_REACH && n->quoted[first - 1])
        first--;
    return first > f->sentence.first && !n->quoted[first - 1];
}

/* "…, said the minister, …": who follows the verb and ends there. */
static qdx_noun_phrase inverted_subject(const finder *f, uint32_t verb)
{
    const qdx_narration *n = f->n;
    qdx_noun_phrase none = {QDX_NP_NONE, verb, verb, verb, QDX_NONE};
    if (!(word_at(n, verb)->verb_forms & (QDX_FORM_PAST | QDX_FORM_THIRD)) ||
        verb + 1 >= f->sentence.end || n->quoted[verb + 1] || !ends_clause(f, verb - 1))
        return none;
    qdx_noun_phrase np = qdx_noun_phrase_after(n, verb + 1, f->sentence.end);
    if (np.kind == QDX_NP_NONE || np.kind == QDX_NP_OTHER)
        return none;
    bool ends = np.end >= f->sentence.end || is_any_mark(n, np.end) ||
                qdx_narration_is_word(n, np.end, "who");
    return ends ? np : none;
}

/* Where an attribution ends whose verb is followed by no clause of its own: the first token after
 * "she said", "he told reporters on Monday", "they said in a statement"; or QDX_NONE. */
static uint32_t attribution_end(const finder *f, uint32_t verb)
{
    uint32_t past = skip_to_clause(f, verb, verb + 1);
    if (past >= f->sentence.end || is_any_mark(f->n, past))
        return past;
    bool goes_on = has_class(f->n, past, QDX_WORD_PREPOSITION | QDX_WORD_CONJUNCTION);
    return goes_on && says(f->n, verb) && !looks_like_clause(f, past) ? f->sentence.end : QDX_NONE;
}

/* "…, she said." or "…, said the minister, …": the clause stands around the attribution. */
static bool read_parenthetical(finder *f, uint32_t verb, qdx_noun_phrase subject)
{
    const qdx_narration *n = f->n;
    if (verb < f->sentence.first + 3 || (word_at(n, verb)->verb_forms & QDX_FORM_GERUND))
        return false;
    /* "Asked about the mill, Berg laughed." */
    const qdx_token *opener = at(n, f->sentence.first);
    if (has_class(n, f->sentence.first, QDX_WORD_SPEECH_VERB) &&
        (opener->flags & QDX_TOKEN_CAPITAL) &&
        qdx_tagging_tag_at(n->tagging, f->sentence.first) == QDX_NONE &&
        (word_at(n, f->sentence.first)->verb_forms & (QDX_FORM_PAST | QDX_FORM_GERUND)))
        return false;
    qdx_noun_phrase behind = inverted_subject(f, verb);
    bool inverted = behind.kind == QDX_NP_NAME || subject.kind == QDX_NP_NONE;
    if (inverted)
        subject = behind;
    if (subject.kind != QDX_NP_NONE && qdx_narration_is_nobody(n, subject.head))
        return false;
    if (!inverted && !n->quoted[verb - 1] && has_class(n, verb - 1, QDX_WORD_CONJUNCTION))
        return false; /* "called it a sham and said": the subject is another verb's */
    uint32_t first = inverted ? verb : subject.first;
    if (subject.kind == QDX_NP_NONE || first > verb || first < f->sentence.first + 3 ||
        !ends_clause(f, first - 1))
        return false;
    uint32_t past = inverted ? subject.end : attribution_end(f, verb);
    if (past == QDX_NONE)
        return false;
    uint32_t end = past;
    while (end < f->sentence.end && is_any_mark(n, end) && !n->quoted[end])
        end++;
    qdx_report report = {
        .form = QDX_REPORT_PARENTHETICAL, .cue = {verb, verb + 1}, .subject = subject};
    report.content =
        (qdx_token_range){qdx_report_reach_back(f, first), first - !n->quoted[first - 1]};
    if (end < f->sentence.end && is_mark(n, past, QDX_MARK_COMMA)) {
        report.content.end = qdx_clause_end(f->n, f->sentence, end, false);
        report.gap = (qdx_token_range){first - 1, end};
    }
    qdx_report_add(f, &report);
    return true;
}

static void read_verb(finder *f, uint32_t verb)
{
    const qdx_narration *n = f->n;
    if (qdx_report_read_as(f, verb) || !qdx_narration_is_cue(n, verb, f->sentence.first))
        return;
    qdx_noun_phrase subject = qdx_narration_subject(n, verb, qdx_report_reach_back(f, verb));
    if (read_parenthetical(f, verb, subject))
        return;
    qdx_report report = {.cue = {verb, verb + 1}, .subject = subject};
    uint32_t first;
    /* "was asked by Berg whether …" */
    uint32_t after = subject.kind != QDX_NP_NONE && subject.first > verb ? subject.end : verb + 1;
    report.form = form_after(f, verb, after, &first);
    bool object = report.form == QDX_REPORT_OBJECT || report.form == QDX_REPORT_PREPOSITION ||
                  report.form == QDX_REPORT_INFINITIVE;
    if (first >= f->sentence.end)
        return;
    report.content = (qdx_token_range){first, qdx_clause_end(f->n, f->sentence, first, object)};
    qdx_report_add(f, &report);
}

/* "his claim that …", "criticism of …" */
static void read_noun(finder *f, uint32_t noun)
{
    const qdx_narration *n = f->n;
    uint32_t next = noun + 1;
    if (next >= f->sentence.end || n->quoted[next] ||
        qdx_tagging_tag_at(n->tagging, noun) != QDX_NONE)
        return;
    bool that = qdx_narration_is_word(n, next, "that");
    if (!that && !qdx_narration_is_word(n, next, "of") && !qdx_narration_is_word(n, next, "to") &&
        !qdx_narration_is_word(n, next, "about") && !qdx_narration_is_word(n, next, "for"))
        return;
    qdx_report report = {.form = QDX_REPORT_NOUN, .cue = {noun, noun + 1}};
    report.subject = (qdx_noun_phrase){QDX_NP_NONE, noun, noun, noun, QDX_NONE};
    for (uint32_t i = noun; i-- > f->sentence.first && noun - i < 5 && !n->quoted[i];)
        if ((at(n, i)->flags & QDX_TOKEN_POSSESSIVE) && i > f->sentence.first) {
            report.subject = qdx_noun_phrase_before(n, f->sentence.first, i);
            break;
        }
    if (report.subject.kind == QDX_NP_NONE)
        report.subject = qdx_noun_phrase_subject(n, qdx_report_reach_back(f, noun), noun);
    uint32_t first = that || qdx_narration_is_word(n, next, "to") ? next : next + 1;
    if (first >= f->sentence.end)
        return;
    report.content = (qdx_token_range){first, qdx_clause_end(f->n, f->sentence, first, true)};
    qdx_report_add(f, &report);
}

/* "chants of", "his cry of": a noun of the same form as a verb. */
static bool is_noun_of(const finder *f, uint32_t i)
{
    return has_class(f->n, i, QDX_WORD_SPEECH_NOUN) && qdx_narration_is_word(f->n, i + 1, "of");
}

static void read_token(finder *f, uint32_t i)
{
    const qdx_token *t = at(f->n, i);
    if (t->kind == QDX_TOKEN_MARK)
        qdx_report_read_colon(f, i);
    else if ((t->classes & QDX_WORD_SPEECH_VERB) && !is_noun_of(f, i))
        read_verb(f, i);
    else if ((t->classes & QDX_WORD_SPEECH_NOUN) && !qdx_report_read_view(f, i))
        read_noun(f, i);
    else if (qdx_narration_is_word(f->n, i, "according"))
        qdx_report_read_according(f, i);
}

/* Most tokens are none of a cue's kind: this loop looks at each and calls for few. */
static void read_sentence(finder *f)
{
    enum { ACCORDING = sizeof "according" - 1 };
    const qdx_token *tokens = at(f->n, 0);
    uint32_t first = f->sentence.first, end = f->sentence.end;
    uint32_t colon_end = (tokens[first].flags & QDX_TOKEN_BLOCK) ? first + QDX_COLON_REACH : first;
    for (uint32_t i = first; i < end; i++) {
        const qdx_token *t = &tokens[i];
        bool cue = (t->classes & (QDX_WORD_SPEECH_VERB | QDX_WORD_SPEECH_NOUN)) ||
                   t->end - t->start == ACCORDING;
        if (!cue && i >= colon_end)
            continue;
        bool wanted = t->kind == QDX_TOKEN_MARK ? t->mark == QDX_MARK_COLON && i < colon_end : cue;
        if (wanted && !f->n->quoted[i])
            read_token(f, i);
    }
}

/* By sentence, then where the clause begins, then the cue. */
static int compare_reports(const qdx_report *r, const qdx_report *s)
{
    const uint32_t keys[][2] = {{r->sentence.first, s->sentence.first},
                                {r->content.first, s->content.first},
                                {r->cue.first, s->cue.first}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return 0;
}

/* Most are found in order, and one that is not goes back past few: a clause begins within
 * QDX_SUBJECT_REACH of its cue, and cues were found in order. */
static void order_reports(qdx_report_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        size_t at = i;
        while (at > 0 && compare_reports(&list->items[at - 1], &list->items[i]) > 0)
            at--;
        if (at == i)
            continue;
        qdx_report moved = list->items[i];
        memmove(&list->items[at + 1], &list->items[at], (i - at) * sizeof moved);
        list->items[at] = moved;
    }
}

qdx_status qdx_reports_find(const qdx_narration *n, qdx_report_list *list, qdx_error *error)
{
    const qdx_text *text = n->tagging->text;
    finder f = {.n = n, .list = list};
    qdx_vector_clear(list);
    for (size_t i = 0; i < text->sentences.count && !f.failed; i++) {
        f.sentence = text->sentences.items[i];
        if (f.sentence.first < f.sentence.end)
            read_sentence(&f);
    }
    order_reports(list);
    return f.failed ? qdx_error_memory(error) : QDX_OK;
}
