/*
 * Reading one utterance. The narration of its sentence before and after the
 * marks is searched for verbs of speech with a subject: after the marks in the
 * patterns `said X` and `X said`, before them from the nearest verb leftwards.
 * Whether anybody said the words at all, judgement.c decides.
 */
#include "quote/utterance.h"
#include "quote/narration_tokens.h"

#include <string.h>

enum { AFTER_REACH = 40, BEFORE_REACH = 60, WEAK_REACH = 10, OUTER_REACH = 24 };

/* --- the sentence around the marks
 * -------------------------------------------------------- */

static uint32_t opening(const qdx_stretch *s)
{
    return s->open == UINT32_MAX ? s->first : s->open;
}

static uint32_t closing_end(const qdx_narration *n, const qdx_stretch *s)
{
    uint32_t end = s->close == UINT32_MAX ? s->end : s->close + 1;
    uint32_t count = (uint32_t)n->tagging->text->tokens.count;
    /* A mark of two characters may be two tokens. */
    while (end < count && n->quoted[end] && end < s->end + 3 &&
           at(n, end)->kind == QDX_TOKEN_MARK && s->close != UINT32_MAX &&
           !(at(n, end)->flags & QDX_TOKEN_SPACE))
        end++;
    return end;
}

static void find_window(const qdx_narration *n, const qdx_stretch *s, qdx_utterance *u)
{
    qdx_token_range block = n->tagging->text->blocks.items[s->block];
    uint32_t first = opening(s);
    u->before = first;
    if (!(at(n, first)->flags & QDX_TOKEN_SENTENCE))
        while (u->before > block.first && first - u->before < BEFORE_REACH) {
            u->before--;
            if (!n->quoted[u->before] && (at(n, u->before)->flags & QDX_TOKEN_SENTENCE))
                break;
        }
    uint32_t end = closing_end(n, s);
    u->after = end;
    while (u->after < block.end && u->after - end < AFTER_REACH &&
           !(at(n, u->after)->flags & QDX_TOKEN_SENTENCE))
        u->after++;
}

/* --- cue after the marks
 * ------------------------------------------------------------------ */

static bool ends_open(const qdx_narration *n, const qdx_stretch *s, uint32_t end, uint32_t limit)
{
    uint32_t inside = s->end; /* a quotation inside may end together with this one */
    while (inside > s->first + 1 &&
           (is_mark(n, inside - 1, QDX_MARK_SINGLE) || is_mark(n, inside - 1, QDX_MARK_QUOTATION)))
        inside--;
    const qdx_token *last = at(n, inside - 1);
    if (last->kind == QDX_TOKEN_MARK &&
        (last->mark == QDX_MARK_COMMA || last->mark == QDX_MARK_QUESTION ||
         last->mark == QDX_MARK_EXCLAMATION || last->mark == QDX_MARK_DASH ||
         last->mark == QDX_MARK_ELLIPSIS))
        return true;
    return end < limit && (is_mark(n, end, QDX_MARK_COMMA) || is_mark(n, end, QDX_MARK_DASH));
}

static uint32_t skip_adverbs(const qdx_narration *n, uint32_t i, uint32_t limit)
{
    while (i < limit && !n->quoted[i] && at(n, i)->kind == QDX_TOKEN_WORD &&
           (at(n, i)->classes & QDX_WORD_ADVERB))
        i++;
    return i;
}

static bool is_finite(const qdx_word *word)
{
    return (word->verb_forms & (QDX_FORM_PAST | QDX_FORM_THIRD)) != 0;
}

static bool accept_after(qdx_utterance *u, const qdx_narration *n, uint32_t verb,
                         qdx_noun_phrase subject)
{
    if (subject.kind == QDX_NP_NONE)
        return false;
    u->place = QDX_CUE_AFTER;
    u->cue = (qdx_token_range){verb, verb + 1};
    u->subject = subject;
    u->strength = word_at(n, verb)->strength;
    return true;
}

/* "A and B said": is the phrase from `first` on joined to the next by the "and" at token i? */
static bool is_joined(const qdx_narration *n, uint32_t first, uint32_t i)
{
    if (!qdx_narration_is_word(n, i, "and"))
        return false;
    qdx_noun_phrase np = qdx_noun_phrase_after(n, first, i);
    return np.end == i && (np.kind == QDX_NP_NAME || np.kind == QDX_NP_ROLE);
}

/* “…” X said, without the comma: marks that begin their sentence, a name or pronoun right behind
 * them, and a verb of saying with no clause of its own. */
static bool read_after_name(const qdx_narration *n, const qdx_stretch *s, qdx_utterance *u,
                            uint32_t end, uint32_t limit)
{
    if (!(at(n, opening(s))->flags & QDX_TOKEN_SENTENCE) || end >= limit)
        return false;
    qdx_noun_phrase np = qdx_noun_phrase_after(n, end, limit);
    uint32_t verb = np.end;
    if ((np.kind != QDX_NP_NAME && np.kind != QDX_NP_PRONOUN) || verb >= limit ||
        !qdx_narration_is_cue(n, verb, end) || word_at(n, verb)->strength < 2 ||
        !is_finite(word_at(n, verb)))
        return false;
    bool ends = verb + 1 >= limit || n->quoted[verb + 1] ||
                at(n, verb + 1)->kind == QDX_TOKEN_MARK ||
                has_class(n, verb + 1, QDX_WORD_PREPOSITION | QDX_WORD_WEEKDAY);
    return ends && accept_after(u, n, verb, np);
}

/* “…,” said X · “…,” X said · “…,” according to X */
static bool read_after(const qdx_narration *n, const qdx_stretch *s, qdx_utterance *u, bool *open)
{
    uint32_t end = closing_end(n, s);
    qdx_token_range block = n->tagging->text->blocks.items[s->block];
    *open = ends_open(n, s, end, block.end);
    uint32_t limit = u->after;
    /* “Why?” Smith asked. The next sentence is only its attribution. */
    if (limit == end && *open && end < block.end)
        for (limit = end + 1; limit < block.end && limit - end < AFTER_REACH &&
                              !(at(n, limit)->flags & QDX_TOKEN_SENTENCE);)
            limit++;
    uint32_t first = end;
    while (first < limit && !n->quoted[first] &&
           (is_mark(n, first, QDX_MARK_COMMA) || is_mark(n, first, QDX_MARK_DASH)))
        first++;
    if (first >= limit || n->quoted[first])
        return false;
    if (qdx_narration_is_word(n, first, "according") && first + 2 < limit) {
        u->place = QDX_CUE_AFTER;
        u->cue = (qdx_token_range){first, first + 2};
        u->subject = qdx_noun_phrase_after(n, first + 2, limit);
        u->strength = 3;
        return u->subject.kind != QDX_NP_NONE;
    }
    uint32_t verb = skip_adverbs(n, first, limit);
    if (verb < limit && qdx_narration_is_cue(n, verb, verb) && is_finite(word_at(n, verb)) &&
        !(at(n, verb)->flags & QDX_TOKEN_CAPITAL)) {
        uint32_t start = skip_adverbs(n, verb + 1, limit);
        qdx_noun_phrase subject = qdx_narration_subject_after(n, start, limit);
        static const char *const objects[] = {"it", "him", "them", "me", "us"};
        if (subject.kind == QDX_NP_PRONOUN && IS_ONE_OF(n, subject.head, objects))
            subject.kind = QDX_NP_NONE;
        if (subject.kind != QDX_NP_NONE && qdx_narration_is_nobody(n, subject.head))
            return false;
        if (*open || subject.kind == QDX_NP_NAME || subject.kind == QDX_NP_PRONOUN)
            return accept_after(u, n, verb, subject);
    }
    if (!*open)
        return *open = first == end && read_after_name(n, s, u, end, limit);
    for (uint32_t i = first + 1; i < limit && !n->quoted[i]; i++) {
        if (!qdx_narration_is_cue(n, i, first) || !is_finite(word_at(n, i)))
            continue;
        qdx_noun_phrase subject = qdx_narration_subject(n, i, first);
        if (subject.kind == QDX_NP_NONE)
            return false;
        /* The attribution begins right behind the marks, or at the end of the clause there; with
         * several speakers, "A, B and C said", the last is the subject. */
        uint32_t before = subject.first - 1;
        if (subject.first <= first + 1 || is_mark(n, before, QDX_MARK_COMMA) ||
            is_joined(n, first, before))
            return !qdx_narration_is_nobody(n, subject.head) && accept_after(u, n, i, subject);
    }
    return false;
}

/* --- cue before the marks
 * ----------------------------------------------------------------- */

/* "according to X, “…”" with `token` at "according". */
static bool read_according(const qdx_narration *n, uint32_t token, uint32_t limit, qdx_utterance *u)
{
    if (!qdx_narration_is_word(n, token, "according") || token + 2 >= limit)
        return false;
    u->subject = qdx_noun_phrase_after(n, token + 2, limit);
    u->cue = (qdx_token_range){token, token + 2};
    u->strength = 3;
    u->place = QDX_CUE_BEFORE;
    return u->subject.kind != QDX_NP_NONE;
}

/* "X's claim that “…”", "a statement from X: “…”". */
static bool read_noun_cue(const qdx_narration *n, uint32_t token, uint32_t first, uint32_t limit,
                          qdx_utterance *u)
{
    if (!(at(n, token)->classes & QDX_WORD_SPEECH_NOUN) || n->quoted[token] ||
        qdx_tagging_tag_at(n->tagging, token) != QDX_NONE)
        return false;
    static const char *const owners[] = {"his", "her", "its", "their"};
    qdx_noun_phrase subject = {QDX_NP_NONE, token, token, token, QDX_NONE};
    for (uint32_t i = token; i-- > first && token - i < 5;) {
        if (n->quoted[i])
            break;
        if ((at(n, i)->flags & QDX_TOKEN_POSSESSIVE) && i > first) {
            subject = qdx_noun_phrase_before(n, first, i);
            break;
        }
        if (IS_ONE_OF(n, i, owners)) {
            subject = (qdx_noun_phrase){QDX_NP_PRONOUN, i, i + 1, i, QDX_NONE};
            break;
        }
    }
    if (subject.kind == QDX_NP_NONE && token + 1 < limit &&
        (qdx_narration_is_word(n, token + 1, "from") || qdx_narration_is_word(n, token + 1, "by")))
        subject = qdx_noun_phrase_after(n, token + 2, limit);
    /* "The crowd broke into chants of “…”" */
    if (subject.kind == QDX_NP_NONE && token + 2 == limit && word_at(n, token)->strength >= 2 &&
        qdx_narration_is_word(n, token + 1, "of"))
        subject = qdx_noun_phrase_subject(n, first, token);
    if (subject.kind == QDX_NP_NONE || subject.kind == QDX_NP_OTHER)
        return false;
    u->subject = subject;
    u->cue = (qdx_token_range){token, token + 1};
    u->strength = word_at(n, token)->strength;
    u->place = QDX_CUE_BEFORE;
    return true;
}

/* "was told": the subject is who heard it. */
static bool is_hearing(const qdx_narration *n, uint32_t verb, uint32_t first)
{
    static const char *const be[] = {"is", "are", "was", "were", "been", "being"};
    const char *class = word_text(n, word_at(n, verb)->verb_class);
    return class && strcmp(class, "tell") == 0 && verb > first && !n->quoted[verb - 1] &&
           IS_ONE_OF(n, verb - 1, be);
}

/* Does the clause of another verb hang on this one: said that he hopes, says she was told? Then
 * that one is who speaks. The verb at `inner` was found already. */
static bool governs(const qdx_narration *n, uint32_t i, uint32_t inner, uint32_t first)
{
    if (word_at(n, i)->strength < 3 || !qdx_narration_is_cue(n, i, first) ||
        !is_finite(word_at(n, i)))
        return false;
    for (uint32_t k = i + 1; k < inner; k++)
        if (n->quoted[k] || (at(n, k)->kind == QDX_TOKEN_MARK && !is_mark(n, k, QDX_MARK_HYPHEN)))
            return false;
    return true;
}

/* Puts the cue on the verb that governs the one found. */
static void take_outer(const qdx_narration *n, qdx_utterance *u)
{
    uint32_t inner = u->cue.first;
    if (u->strength >= 3)
        return;
    for (uint32_t i = inner; i-- > u->before && inner - i < OUTER_REACH;) {
        if (n->quoted[i] || !governs(n, i, inner, u->before))
            continue;
        qdx_noun_phrase subject = qdx_narration_subject(n, i, u->before);
        if (subject.kind == QDX_NP_NONE)
            return;
        u->cue = (qdx_token_range){i, i + 1};
        u->subject = subject;
        u->strength = word_at(n, i)->strength;
        return;
    }
}

/* The verb nearest to the marks that is strong, or weak and close. */
static bool read_before(const qdx_narration *n, const qdx_stretch *s, qdx_utterance *u)
{
    uint32_t limit = opening(s);
    for (uint32_t i = limit; i-- > u->before;) {
        if (n->quoted[i])
            continue;
        if (read_according(n, i, limit, u))
            return true;
        if (qdx_narration_is_cue(n, i, u->before)) {
            uint8_t strength = word_at(n, i)->strength;
            if (strength < 2 && limit - i > WEAK_REACH)
                continue;
            qdx_noun_phrase subject = qdx_narration_subject(n, i, u->before);
            if (subject.kind == QDX_NP_NONE)
                continue;
            u->place = QDX_CUE_BEFORE;
            if (is_hearing(n, i, u->before)) {
                u->cue = (qdx_token_range){i, i};
                u->subject.kind = QDX_NP_NONE;
                return true;
            }
            u->cue = (qdx_token_range){i, i + 1};
            u->subject = subject;
            u->strength = strength;
            take_outer(n, u);
            return true;
        }
        if (limit - i <= 6 && read_noun_cue(n, i, u->before, limit, u))
            return true;
    }
    return false;
}

/* "a clip that Judge Berg called “a farce,” Dellinger praised it": a cue right before marks that
 * stand inside their sentence outdoes one behind them that goes on with words of its own. */
static bool outdoes(const qdx_narration *n, const qdx_stretch *s, const qdx_utterance *before,
                    const qdx_utterance *after)
{
    enum { ADJACENT = 3 };
    uint32_t behind = after->cue.end > after->subject.end ? after->cue.end : after->subject.end;
    return before->place == QDX_CUE_BEFORE && before->cue.end > before->cue.first &&
           before->strength >= after->strength && opening(s) - before->cue.end < ADJACENT &&
           behind < after->after && at(n, behind)->kind != QDX_TOKEN_MARK &&
           has_class(n, behind, QDX_WORD_DETERMINER);
}

void qdx_utterance_read(const qdx_narration *n, const qdx_stretch_list *stretches, uint32_t stretch,
                        qdx_utterance *u)
{
    const qdx_stretch *s = &stretches->items[stretch];
    memset(u, 0, sizeof *u);
    u->stretch = stretch;
    find_window(n, s, u);
    bool open;
    bool after = read_after(n, s, u, &open);
    bool attributed = open && u->place == QDX_CUE_AFTER;
    if (after && (!attributed || u->before < opening(s))) {
        qdx_utterance other = *u;
        other.place = QDX_CUE_NONE;
        if (read_before(n, s, &other) && (!attributed || outdoes(n, s, &other, u)))
            *u = other;
    } else if (!after) {
        read_before(n, s, u);
    }
    u->open = open;
}
