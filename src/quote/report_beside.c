/*
 * Reports whose cue stands beside the clause and governs none of it: "according to X", "in X's
 * view", "as described by X". The clause is the rest of the sentence, before and behind.
 */
#include "quote/report_finder.h"

/* The first comma of the narration in [first, limit), or `limit`. */
static uint32_t find_comma(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    while (first < limit && (n->quoted[first] || !is_mark(n, first, QDX_MARK_COMMA)))
        first++;
    return first;
}

/* The clause beside the words [first, end) that name whose it is: "According to X, …", "…, in X's
 * view", "…, according to X, …". */
static void add_according(finder *f, qdx_report *report, uint32_t first, uint32_t end)
{
    const qdx_narration *n = f->n;
    uint32_t limit = f->sentence.end;
    if (limit - end > QDX_SUBJECT_REACH)
        limit = end + QDX_SUBJECT_REACH;
    report->form = QDX_REPORT_ACCORDING;
    if (first <= f->sentence.first + 1) {
        uint32_t comma = find_comma(n, end, limit);
        if (comma + 1 >= limit)
            return;
        report->content =
            (qdx_token_range){comma + 1, qdx_clause_end(n, f->sentence, comma + 1, false)};
        qdx_report_add(f, report);
        return;
    }
    bool apart = is_mark(n, first - 1, QDX_MARK_COMMA) && !n->quoted[first - 1];
    report->content = (qdx_token_range){qdx_report_reach_back(f, first), apart ? first - 1 : first};
    uint32_t comma = find_comma(n, end, limit);
    if (apart && comma + 1 < limit && comma - end < QDX_NAME_REACH) {
        report->content.end = qdx_clause_end(n, f->sentence, comma + 1, false);
        report->gap = (qdx_token_range){first - 1, comma + 1};
    }
    qdx_report_add(f, report);
}

void qdx_report_read_according(finder *f, uint32_t i)
{
    const qdx_narration *n = f->n;
    if (i + 2 >= f->sentence.end || !qdx_narration_is_word(n, i + 1, "to"))
        return;
    qdx_report report = {.cue = {i, i + 2}};
    report.subject = qdx_noun_phrase_after(n, i + 2, f->sentence.end);
    add_according(f, &report, i, report.subject.end > i + 2 ? report.subject.end : i + 2);
}

/* "in Berg's view", "by her own account", "in the words of Berg" */
bool qdx_report_read_view(finder *f, uint32_t noun)
{
    static const char *const nouns[] = {"view",    "words",      "opinion",  "account",
                                        "telling", "estimation", "judgment", "admission",
                                        "phrase",  "estimate"};
    static const char *const owners[] = {"his", "her", "its", "their"};
    const qdx_narration *n = f->n;
    if (!IS_ONE_OF(n, noun, nouns) || noun < f->sentence.first + 2)
        return false;
    uint32_t owner = noun - 1 - qdx_narration_is_word(n, noun - 1, "own");
    qdx_report report = {.cue = {noun, noun + 1}};
    uint32_t first = owner, end = noun + 1;
    if (n->quoted[owner] || owner <= f->sentence.first) {
        return false;
    } else if (qdx_narration_is_word(n, owner, "the") && end + 1 < f->sentence.end &&
               qdx_narration_is_word(n, end, "of")) {
        report.subject = qdx_noun_phrase_after(n, end + 1, f->sentence.end);
        end = report.subject.end;
    } else if (IS_ONE_OF(n, owner, owners)) {
        report.subject = (qdx_noun_phrase){QDX_NP_PRONOUN, owner, owner + 1, owner, QDX_NONE};
    } else if (at(n, owner)->flags & QDX_TOKEN_POSSESSIVE) {
        report.subject = qdx_noun_phrase_before(n, f->sentence.first, owner);
        first = report.subject.first;
    }
    if (report.subject.end <= report.subject.first || first == f->sentence.first ||
        !(qdx_narration_is_word(n, first - 1, "in") || qdx_narration_is_word(n, first - 1, "by")))
        return false;
    add_according(f, &report, first - 1, end);
    return true;
}

/* "as described by Berg" */
bool qdx_report_read_as(finder *f, uint32_t verb)
{
    const qdx_narration *n = f->n;
    if (verb == f->sentence.first || n->quoted[verb - 1] || verb + 2 >= f->sentence.end ||
        !qdx_narration_is_word(n, verb - 1, "as") || !qdx_narration_is_word(n, verb + 1, "by"))
        return false;
    qdx_report report = {.cue = {verb, verb + 1}};
    report.subject = qdx_noun_phrase_after(n, verb + 2, f->sentence.end);
    add_according(f, &report, verb - 1, report.subject.end);
    return true;
}
