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

/* Is the phrase somebody who can speak? */
static bool can_speak(const qdx_noun_phrase *np)
{
    return np->kind == QDX_NP_NAME || np->kind == QDX_NP_PRONOUN || np->kind == QDX_NP_ROLE;
}

static bool is_person(const qdx_narration *n, const qdx_noun_phrase *np)
{
    if (np->kind == QDX_NP_PRONOUN || np->kind == QDX_NP_ROLE)
        return true;
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

/* "“…” — Anna Berg": a dash and a name that end the block. */
static qdx_noun_phrase signature(const qdx_narration *n, uint32_t end, uint32_t block_end)
{
    qdx_noun_phrase none = {QDX_NP_NONE, end, end, end, QDX_NONE};
    if (end + 1 >= block_end || !is_mark(n, end, QDX_MARK_DASH))
        return none;
    qdx_noun_phrase np = qdx_noun_phrase_after(n, end + 1, block_end);
    bool last = np.end == block_end || is_mark(n, np.end, QDX_MARK_COMMA) ||
                is_mark(n, np.end, QDX_MARK_PERIOD);
    return np.kind == QDX_NP_NAME && last ? np : none;
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
        if (can_speak(subject) && (told || is_person(n, subject)))
            return INHERIT_SUBJECT;
    }
    if (before && s->block - before->block <= 3)
        return INHERIT_PREVIOUS;
    *subject = subject_behind(n, ending(s), n->tagging->text->blocks.items[s->block].end);
    return can_speak(subject) ? INHERIT_SUBJECT : INHERIT_NONE;
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
    *subject = signature(n, ending(s), block.end);
    if (can_speak(subject))
        return INHERIT_SUBJECT;
    /* Words of its own sentence: X was blunt: “…” */
    *subject = qdx_noun_phrase_subject(n, u->before, opening(s));
    if (opening(s) > u->before && can_speak(subject))
        return INHERIT_SUBJECT;
    *subject = before_colon(n, u->before, opening(s));
    if (can_speak(subject) || is_label(n, subject, block.first))
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
    uint32_t previous = flow->recent;
    trace->subject = u->subject;
    if (u->place != QDX_CUE_NONE)
        return qdx_speaker_resolve(tagging, n, &u->subject, previous, speaker, &trace->speaker,
                                   error);
    qdx_status status = QDX_OK;
    switch (inherit(n, a, i, flow, &trace->subject)) {
    case INHERIT_PREVIOUS:
        *speaker = flow->speaker;
        speaker->rule = "previous";
        speaker->confidence *= 0.85F;
        break;
    case INHERIT_SUBJECT:
        status = qdx_speaker_resolve(tagging, n, &trace->subject, previous, speaker,
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
