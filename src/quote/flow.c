/*
 * Speakers from the flow: a stretch with a cue has its subject; one without
 * takes the subject of its own sentence, of the sentence before it, or whoever
 * spoke last, by where it stands in its paragraph. Rules, since each of these
 * is sure enough where it applies.
 */
#include "quote/flow.h"
#include "quote/narration_tokens.h"

#include <string.h>

/* The subject of the sentence before token `first` in the same block, not
 * reaching `floor`. */
static qdx_noun_phrase subject_before(const qdx_narration *n, uint32_t first, uint32_t floor)
{
    qdx_noun_phrase none = {QDX_NP_NONE, first, first, first, QDX_NONE};
    uint32_t begin = first;
    while (begin > floor) {
        begin--;
        if (!n->quoted[begin] && (at(n, begin)->flags & QDX_TOKEN_SENTENCE))
            break;
    }
    return begin < first && !n->quoted[begin] ? qdx_noun_phrase_subject(n, begin, first) : none;
}

static uint32_t opening(const qdx_stretch *s)
{
    return s->open == UINT32_MAX ? s->first : s->open;
}

static uint32_t ending(const qdx_stretch *s)
{
    return s->close == UINT32_MAX ? s->end : s->close + 1;
}

/* Does this block end with a colon that announces what follows? */
static bool announces(const qdx_narration *n, qdx_token_range block)
{
    return block.end > block.first && at(n, block.end - 1)->kind == QDX_TOKEN_MARK &&
           at(n, block.end - 1)->mark == QDX_MARK_COLON && !n->quoted[block.end - 1];
}

/* Is the phrase somebody who can speak where no verb says so? Not "it", not "you". */
static bool can_speak(const qdx_narration *n, const qdx_noun_phrase *np)
{
    if (np->kind == QDX_NP_PRONOUN)
        return !word_at(n, np->head)->neuter && word_at(n, np->head)->person != 2;
    return np->kind == QDX_NP_ROLE ||
           (np->kind == QDX_NP_NAME && tag_type(n, np->tag) != QDX_ENTITY_PLACE);
}

static bool is_person(const qdx_narration *n, const qdx_noun_phrase *np)
{
    if (np->kind == QDX_NP_PRONOUN || np->kind == QDX_NP_ROLE)
        return can_speak(n, np);
    if (np->kind != QDX_NP_NAME)
        return false;
    const qdx_figure *figure = &n->tagging->figures.items[n->tagging->tags.items[np->tag].figure];
    return figure->entity.type == QDX_ENTITY_PERSON;
}

/* "Psaki: “…”": a word in capitals that nobody knows, alone before the colon of a paragraph. */
static bool is_label(const qdx_narration *n, const qdx_noun_phrase *np, uint32_t block_first)
{
    return np->kind == QDX_NP_OTHER && np->first == block_first && np->end == np->first + 1 &&
           (at(n, np->first)->flags & QDX_TOKEN_CAPITAL) &&
           !has_class(n, np->first, QDX_WORD_COMMON | QDX_WORD_FUNCTION);
}

/* "And from Chairwoman Berg: “…”": who stands right before the colon. */
static qdx_noun_phrase before_colon(const qdx_narration *n, uint32_t before, uint32_t open)
{
    if (open <= before + 1 || n->quoted[open - 1] || !is_mark(n, open - 1, QDX_MARK_COLON))
        return (qdx_noun_phrase){QDX_NP_NONE, open, open, open, QDX_NONE};
    return qdx_noun_phrase_before(n, before, open - 1);
}

/* Does a line name somebody and tell nothing: "Anna Berg, harbor master"? */
static qdx_noun_phrase name_line(const qdx_narration *n, uint32_t first, uint32_t end)
{
    enum { WORDS = 16 };
    qdx_noun_phrase none = {QDX_NP_NONE, first, first, first, QDX_NONE};
    if (first >= end || end - first > WORDS)
        return none;
    for (uint32_t i = first; i < end; i++)
        if (n->quoted[i] || (has_class(n, i, QDX_WORD_SPEECH_VERB | QDX_WORD_AUXILIARY) &&
                             !(at(n, i)->flags & QDX_TOKEN_CAPITAL)))
            return none;
    qdx_noun_phrase np = qdx_noun_phrase_after(n, first, end);
    bool named = np.kind == QDX_NP_NAME && tag_type(n, np.tag) == QDX_ENTITY_PERSON;
    return named && (np.end >= end || is_mark(n, np.end, QDX_MARK_COMMA)) ? np : none;
}

/* "“…” — Anna Berg": a dash and a name that end the block; or a line of its own below a paragraph
 * that is one quotation. */
static qdx_noun_phrase signature(const qdx_narration *n, const qdx_stretch *s)
{
    const qdx_text *text = n->tagging->text;
    qdx_token_range block = text->blocks.items[s->block];
    uint32_t end = ending(s);
    qdx_noun_phrase none = {QDX_NP_NONE, end, end, end, QDX_NONE};
    if (end + 1 < block.end && is_mark(n, end, QDX_MARK_DASH)) {
        qdx_noun_phrase np = qdx_noun_phrase_after(n, end + 1, block.end);
        bool last = np.end == block.end || is_mark(n, np.end, QDX_MARK_COMMA) ||
                    is_mark(n, np.end, QDX_MARK_PERIOD);
        return np.kind == QDX_NP_NAME && last ? np : none;
    }
    if (opening(s) != block.first)
        return none;
    if (end < block.end)
        return (at(n, end)->flags & QDX_TOKEN_SENTENCE) ? name_line(n, end, block.end) : none;
    if (s->block + 1 >= text->blocks.count)
        return none;
    qdx_token_range next = text->blocks.items[s->block + 1];
    return name_line(n, next.first, next.end);
}

/* "“…” Berg shook her head.": the person the next sentence is about. */
static qdx_noun_phrase subject_behind(const qdx_narration *n, uint32_t end, uint32_t block_end)
{
    qdx_noun_phrase none = {QDX_NP_NONE, end, end, end, QDX_NONE};
    if (end >= block_end || n->quoted[end] || !(at(n, end)->flags & QDX_TOKEN_SENTENCE))
        return none;
    qdx_noun_phrase np = qdx_noun_phrase_after(n, end, block_end);
    return is_person(n, &np) ? np : none;
}

/* How a stretch without a cue of its own gets its speaker. */
typedef enum inheritance { INHERIT_NONE, INHERIT_PREVIOUS, INHERIT_SUBJECT } inheritance;

/* The first stretch of its block: by the block before, or a sentence behind. */
static inheritance inherit_over_blocks(const qdx_narration *n, const qdx_stretch *s,
                                       const qdx_stretch *before, qdx_noun_phrase *subject)
{
    if (s->block > 0) {
        qdx_token_range earlier = n->tagging->text->blocks.items[s->block - 1];
        bool told = announces(n, earlier);
        if (!told && before && s->block - before->block <= 2)
            return INHERIT_PREVIOUS;
        *subject = subject_before(n, earlier.end, earlier.first);
        if (can_speak(n, subject) && (told || is_person(n, subject)))
            return INHERIT_SUBJECT;
    }
    if (before && s->block - before->block <= 3)
        return INHERIT_PREVIOUS;
    *subject = subject_behind(n, ending(s), n->tagging->text->blocks.items[s->block].end);
    return can_speak(n, subject) ? INHERIT_SUBJECT : INHERIT_NONE;
}

static inheritance inherit(const qdx_narration *n, const qdx_attribution *a, uint32_t i,
                           const qdx_speech_flow *flow, qdx_noun_phrase *subject)
{
    const qdx_utterance *u = &a->utterances.items[i];
    const qdx_stretch *s = &a->stretches.items[u->stretch];
    qdx_token_range block = n->tagging->text->blocks.items[s->block];
    const qdx_stretch *before = flow->last == QDX_NONE
                                    ? NULL
                                    : &a->stretches.items[a->utterances.items[flow->last].stretch];
    bool same_block = before && before->block == s->block;
    if (s->continues && before)
        return INHERIT_PREVIOUS;
    *subject = signature(n, s);
    if (can_speak(n, subject))
        return INHERIT_SUBJECT;
    /* Words of its own sentence: X was blunt: “…” */
    *subject = qdx_noun_phrase_subject(n, u->before, opening(s));
    if (opening(s) > u->before && can_speak(n, subject))
        return INHERIT_SUBJECT;
    *subject = before_colon(n, u->before, opening(s));
    if (can_speak(n, subject) || is_label(n, subject, block.first))
        return INHERIT_SUBJECT;
    uint32_t floor = same_block ? ending(before) : block.first;
    if (same_block && a->utterances.items[flow->last].place == QDX_CUE_AFTER)
        floor = a->utterances.items[flow->last].after;
    if (opening(s) > floor) {
        *subject = subject_before(n, opening(s), floor);
        if (is_person(n, subject))
            return INHERIT_SUBJECT;
    }
    if (same_block)
        return INHERIT_PREVIOUS;
    return inherit_over_blocks(n, s, before, subject);
}

qdx_status qdx_flow_speaker(const qdx_speech_flow *flow, qdx_tagging *tagging,
                            const qdx_narration *n, const qdx_attribution *a, uint32_t i,
                            qdx_speaker *speaker, qdx_quote_trace *trace, qdx_error *error)
{
    const qdx_utterance *u = &a->utterances.items[i];
    trace->subject = u->subject;
    if (u->place != QDX_CUE_NONE)
        return qdx_speaker_resolve(tagging, n, &u->subject, &flow->recent, speaker, &trace->speaker,
                                   error);
    qdx_status status = QDX_OK;
    switch (inherit(n, a, i, flow, &trace->subject)) {
    case INHERIT_PREVIOUS:
        *speaker = flow->speaker;
        speaker->rule = "previous";
        speaker->confidence *= 0.85F;
        break;
    case INHERIT_SUBJECT:
        status = qdx_speaker_resolve(tagging, n, &trace->subject, &flow->recent, speaker,
                                     &trace->speaker, error);
        speaker->rule = "subject";
        speaker->confidence *= 0.7F;
        break;
    default:
        memset(speaker, 0, sizeof *speaker);
        speaker->entity = QDX_NONE;
        speaker->rule = "";
    }
    return status;
}
