/*
 * Resolving. A pronoun looks back through the people named in the narration:
 * nearness in sentences, subject position, agreement in gender and being the
 * last speaker are scored (the salience factors of Lappin and Leass 1994, with
 * few and round weights).
 */
#include "quote/speaker.h"

#include <string.h>

#include "entity/description.h"
#include "quote/narration_tokens.h"

enum {
    LOOK_BACK_TAGS = 40,
    LOOK_BACK_SENTENCES = 12,
    LOOK_BACK_SUBJECT = 12,
    UNNAMED_SENTENCES = 3
};

static qdx_span span_of(const qdx_narration *n, uint32_t first, uint32_t end)
{
    return (qdx_span){at(n, first)->start, at(n, end - 1)->end};
}

/* Does "he" or "she" stand in the narration of [first, limit)? */
static bool has_pronoun(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    static const char *const words[] = {"he", "she"};
    const qdx_token *tokens = at(n, 0);
    for (uint32_t i = first; i < limit; i++)
        if ((tokens[i].classes & QDX_WORD_PRONOUN) && !n->quoted[i] && IS_ONE_OF(n, i, words))
            return true;
    return false;
}

/* Is this tag the first person of its sentence, a pronoun included, and no object of a
 * preposition? */
static bool is_subject(const qdx_narration *n, uint32_t number, uint32_t sentence)
{
    const qdx_tagging *tagging = n->tagging;
    const qdx_tag *tag = &tagging->tags.items[number];
    if (tag->title_first > 0 && (at(n, tag->title_first - 1)->classes & QDX_WORD_PREPOSITION) &&
        at(n, tag->title_first - 1)->kind == QDX_TOKEN_WORD)
        return false;
    if (tag->end < tagging->text->tokens.count && (at(n, tag->end)->flags & QDX_TOKEN_POSSESSIVE))
        return false;
    uint32_t first = tagging->text->sentences.items[sentence].first;
    for (uint32_t i = number;
         i-- > 0 && number - i <= LOOK_BACK_SUBJECT && tagging->tags.items[i].first >= first;)
        if (!n->quoted[tagging->tags.items[i].first] &&
            tagging->figures.items[tagging->tags.items[i].figure].entity.type == QDX_ENTITY_PERSON)
            return false;
    return !has_pronoun(n, first, tag->first);
}

static uint32_t tag_before(const qdx_tagging *tagging, uint32_t token)
{
    size_t low = 0, high = tagging->tags.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (tagging->tags.items[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* Keeps the best score of each of the first candidates. */
static void note_candidate(qdx_speaker_trace *trace, uint32_t figure, int32_t score)
{
    uint8_t i = 0;
    while (i < trace->candidate_count && trace->candidates[i].figure != figure)
        i++;
    if (i == QDX_SPEAKER_CANDIDATES)
        return;
    if (i == trace->candidate_count) {
        trace->candidate_count++;
        trace->candidates[i].figure = figure;
        trace->candidates[i].score = score;
    } else if (score > trace->candidates[i].score) {
        trace->candidates[i].score = score;
    }
}

/* The person a pronoun of this gender at `token` most likely means; QDX_NONE
 * when nobody fits. */
static uint32_t antecedent(const qdx_narration *n, uint32_t token, qdx_gender gender,
                           uint32_t previous, qdx_speaker_trace *trace, float *confidence)
{
    const qdx_tagging *tagging = n->tagging;
    uint32_t here = qdx_text_sentence_of(tagging->text, token);
    const qdx_token_range *sentences = tagging->text->sentences.items;
    uint32_t sentence = here;
    uint32_t best = QDX_NONE;
    int best_score = -1000, second_score = -1000;
    uint32_t limit = tag_before(tagging, token);
    for (uint32_t i = limit; i-- > 0 && limit - i <= LOOK_BACK_TAGS;) {
        const qdx_tag *tag = &tagging->tags.items[i];
        const qdx_figure *figure = &tagging->figures.items[tag->figure];
        while (sentence > 0 && sentences[sentence].first > tag->first)
            sentence--;
        uint32_t distance = here - sentence;
        if (distance > LOOK_BACK_SENTENCES)
            break;
        if (figure->entity.type != QDX_ENTITY_PERSON ||
            (figure->gender != QDX_GENDER_UNKNOWN && figure->gender != gender))
            continue;
        int score = 40 - 5 * (int)distance - (n->quoted[tag->first] ? 15 : 0) +
                    (figure->gender == gender ? 6 : 0) + (is_subject(n, i, sentence) ? 10 : 0) +
                    (tag->figure == previous ? 4 : 0);
        note_candidate(trace, tag->figure, score);
        if (score > best_score)
            trace->mention = i;
        if (tag->figure == best) {
            best_score = score > best_score ? score : best_score;
        } else if (score > best_score) {
            second_score = best_score;
            best_score = score;
            best = tag->figure;
        } else if (score > second_score) {
            second_score = score;
        }
    }
    *confidence = best_score - second_score > 12  ? 0.85F
                  : best_score - second_score > 4 ? 0.7F
                                                  : 0.55F;
    return best;
}

static qdx_speaker_kind kind_of(const qdx_figure *figure)
{
    return figure->entity.type == QDX_ENTITY_PERSON ? QDX_SPEAKER_PERSON : QDX_SPEAKER_ORGANIZATION;
}

static void take_figure(const qdx_tagging *tagging, qdx_speaker *speaker, uint32_t figure,
                        const char *rule, float confidence)
{
    speaker->entity = figure;
    speaker->kind = kind_of(&tagging->figures.items[figure]);
    speaker->rule = rule;
    speaker->confidence = confidence;
}

/* "it said": the organization or place that was the last subject. */
static uint32_t neuter_antecedent(const qdx_narration *n, uint32_t token)
{
    const qdx_tagging *tagging = n->tagging;
    uint32_t here = qdx_text_sentence_of(tagging->text, token);
    uint32_t limit = tag_before(tagging, token);
    for (uint32_t i = limit; i-- > 0 && limit - i <= 12;) {
        const qdx_tag *tag = &tagging->tags.items[i];
        if (here - qdx_text_sentence_of(tagging->text, tag->first) > 3)
            break;
        if (!n->quoted[tag->first] &&
            tagging->figures.items[tag->figure].entity.type == QDX_ENTITY_ORGANIZATION)
            return tag->figure;
    }
    return QDX_NONE;
}

static bool is_indefinite(const qdx_narration *n, uint32_t first)
{
    static const char *const words[] = {"a",    "an",  "another", "one", "some", "several",
                                        "many", "two", "three",   "no",  "any"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (qdx_narration_is_word(n, first, words[i]))
            return true;
    return false;
}

/* "One of the women said … she said": does the pronoun still mean who has no name? */
static bool means_unnamed(const qdx_narration *n, uint32_t token, qdx_gender gender,
                          const qdx_last_speaker *last)
{
    const qdx_tagging *tagging = n->tagging;
    if (last->unnamed.kind == QDX_NP_NONE || last->at >= token ||
        !is_indefinite(n, last->unnamed.first) ||
        qdx_text_sentence_of(tagging->text, token) - qdx_text_sentence_of(tagging->text, last->at) >
            UNNAMED_SENTENCES)
        return false;
    const qdx_word *head = word_at(n, last->unnamed.head);
    bool one =
        head->number != QDX_NUMBER_PLURAL || qdx_narration_is_word(n, last->unnamed.first, "one");
    if (!one || (head->gender && head->gender != (uint8_t)gender) ||
        qdx_lexicon_says(&tagging->gazetteer->lexicon, head->role_kind, "group"))
        return false;
    for (uint32_t i = tag_before(tagging, last->at);
         i < tagging->tags.count && tagging->tags.items[i].first < token; i++) {
        const qdx_tag *tag = &tagging->tags.items[i];
        const qdx_figure *figure = &tagging->figures.items[tag->figure];
        if (figure->entity.type == QDX_ENTITY_PERSON && !n->quoted[tag->first] &&
            (!figure->gender || figure->gender == gender))
            return false;
    }
    return true;
}

static void resolve_pronoun(const qdx_narration *n, uint32_t token, const qdx_last_speaker *last,
                            qdx_speaker *speaker, qdx_speaker_trace *trace)
{
    const qdx_word *word = qdx_lexicon_word(&n->tagging->gazetteer->lexicon, at(n, token));
    speaker->kind = QDX_SPEAKER_UNNAMED;
    speaker->rule = "pronoun";
    speaker->confidence = 0.5F;
    uint32_t figure = QDX_NONE;
    float confidence = 0.5F;
    bool owner = word->person == 0; /* "her answer: …" */
    bool somebody = (word->person == 3 || owner) && word->gender != QDX_GENDER_UNKNOWN;
    if (somebody && means_unnamed(n, token, (qdx_gender)word->gender, last))
        return;
    if (somebody)
        figure = antecedent(n, token, (qdx_gender)word->gender, last->figure, trace, &confidence);
    else if (word->neuter)
        figure = neuter_antecedent(n, token);
    if (figure != QDX_NONE)
        take_figure(n->tagging, speaker, figure, "pronoun", confidence);
}

/* "the council said": the organization with that word in its name; of "the company", whose kind
 * no name tells, the last one. */
static uint32_t group_antecedent(const qdx_narration *n, const qdx_noun_phrase *phrase)
{
    const qdx_tagging *tagging = n->tagging;
    const char *kind = word_text(n, word_at(n, phrase->head)->role_kind);
    if (!kind || strcmp(kind, "group") != 0 || !qdx_narration_is_word(n, phrase->first, "the"))
        return QDX_NONE;
    uint32_t limit = tag_before(tagging, phrase->first);
    for (uint32_t i = limit; i-- > 0 && limit - i <= LOOK_BACK_TAGS;) {
        const qdx_tag *tag = &tagging->tags.items[i];
        if (tagging->figures.items[tag->figure].entity.type != QDX_ENTITY_ORGANIZATION)
            continue;
        for (uint32_t k = tag->first; k < tag->end; k++)
            if (at(n, k)->hash == at(n, phrase->head)->hash)
                return tag->figure;
    }
    return has_class(n, phrase->head, QDX_WORD_ORG_HEAD) ? QDX_NONE
                                                         : neuter_antecedent(n, phrase->first);
}

static qdx_status resolve_description(qdx_tagging *tagging, const qdx_narration *n,
                                      const qdx_noun_phrase *phrase, qdx_speaker *speaker,
                                      qdx_error *error)
{
    speaker->kind = QDX_SPEAKER_UNNAMED;
    speaker->rule = "description";
    speaker->confidence = 0.7F;
    if (is_indefinite(n, phrase->first))
        return QDX_OK;
    qdx_description description = qdx_description_read(tagging, phrase->first, phrase->end);
    uint32_t figure;
    qdx_status status =
        qdx_description_resolve(tagging, &description, phrase->first, &figure, error);
    if (status == QDX_OK && figure != QDX_NONE)
        take_figure(tagging, speaker, figure,
                    description.office == QDX_NO_OFFICE ? "description" : "office", 0.75F);
    if (status == QDX_OK && figure == QDX_NONE) {
        figure = group_antecedent(n, phrase);
        if (figure != QDX_NONE)
            take_figure(tagging, speaker, figure, "description", 0.6F);
    }
    return status;
}

qdx_status qdx_speaker_resolve(qdx_tagging *tagging, const qdx_narration *n,
                               const qdx_noun_phrase *phrase, const qdx_last_speaker *last,
                               qdx_speaker *speaker, qdx_speaker_trace *trace, qdx_error *error)
{
    memset(speaker, 0, sizeof *speaker);
    speaker->entity = QDX_NONE;
    speaker->rule = "";
    if (phrase->kind == QDX_NP_NONE || phrase->end <= phrase->first)
        return QDX_OK;
    speaker->span = span_of(n, phrase->first, phrase->end);
    switch (phrase->kind) {
    case QDX_NP_NAME: {
        const qdx_tag *tag = &tagging->tags.items[phrase->tag];
        /* "A and B": the words name both; the first of them is whose it is. */
        bool joint =
            phrase->end > tag->end + 1 && !n->quoted[tag->end] &&
            (qdx_narration_is_word(n, tag->end, "and") || is_mark(n, tag->end, QDX_MARK_COMMA)) &&
            qdx_tagging_tag_at(tagging, phrase->end - 1) != QDX_NONE;
        speaker->span = span_of(n, tag->title_first, joint ? phrase->end : tag->end);
        take_figure(tagging, speaker, tag->figure, "name", 0.95F * tag->confidence);
        return QDX_OK;
    }
    case QDX_NP_PRONOUN:
        resolve_pronoun(n, phrase->head, last, speaker, trace);
        return QDX_OK;
    case QDX_NP_ROLE:
        return resolve_description(tagging, n, phrase, speaker, error);
    default:
        speaker->kind = QDX_SPEAKER_UNNAMED;
        speaker->rule = "description";
        speaker->confidence = 0.4F;
        return resolve_description(tagging, n, phrase, speaker, error);
    }
}
