/*
 * The check of claims. Each claim is held against the quotations that share its rarest words; the
 * best verdict any of them allows is its verdict, and among equals the closest words win, then the
 * index' order. What is found in no quotation is sought in the articles' texts, for all claims at
 * once.
 */
#include <quotedex/check.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "query/claim_find.h"
#include "query/claim_scan.h"
#include "query/claim_verdict.h"
#include "query/hit.h"
#include "text/fold.h"
#include "text/unicode.h"

struct qdx_findings {
    qdx_result *result; /* lends its arena */
    qdx_finding *items;
    size_t count;
    uint64_t unread;
};

typedef struct check {
    const qdx_index *index;
    qdx_findings *findings;
    qdx_claim_finder finder;
    qdx_claim_aligner aligner;
    qdx_claim_text claim, quote;
    qdx_quote_numbers found;
    qdx_bearer_list bearers;
    bool one;           /* the bearers are a single entity */
    qdx_buffer speaker; /* the claimed speaker, folded */
    qdx_buffer scratch;
    qdx_hit_filler filler;
} check;

static bool names_speaker(const qdx_claim *claim)
{
    return claim->speaker && *claim->speaker;
}

static bool is_bearer(const void *context, const qdx_fact_row *fact)
{
    const check *c = context;
    for (size_t i = 0; i < c->bearers.count; i++)
        if (c->bearers.items[i].entity == fact->speaker &&
            qdx_bearer_serves(&c->bearers.items[i], fact->date, c->one))
            return true;
    return false;
}

/* "A senior official" is nobody's name: its words have to be the article's. */
static bool is_described(check *c, const qdx_speech_row *row)
{
    qdx_buffer_clear(&c->scratch);
    qdx_fold(row->as_written, strlen(row->as_written), &c->scratch);
    return c->speaker.size && c->speaker.size == c->scratch.size && !c->scratch.failed &&
           memcmp(c->speaker.bytes, c->scratch.bytes, c->speaker.size) == 0;
}

static qdx_status resolve_speaker(check *c, const qdx_claim *claim, qdx_error *error)
{
    qdx_vector_clear(&c->bearers);
    qdx_buffer_clear(&c->speaker);
    if (!names_speaker(claim))
        return QDX_OK;
    qdx_fold(claim->speaker, strlen(claim->speaker), &c->speaker);
    qdx_status status = qdx_buffer_status(&c->speaker, error);
    if (status == QDX_OK)
        status = qdx_name_resolve(c->index, claim->speaker, &c->bearers, error);
    c->one = qdx_bearers_are_one(&c->bearers);
    return status;
}

/* Blanks at the ends are nobody's words. */
static const char *trim(const char *text, size_t *size)
{
    while (*text && strchr(" \t\r\n", *text))
        text++;
    *size = strlen(text);
    while (*size && strchr(" \t\r\n", text[*size - 1]))
        --*size;
    return text;
}

/* Compares the words of the claim with those of a quotation. */
static qdx_status compare(check *c, const qdx_speech_row *row, qdx_claim_match *m, qdx_error *error)
{
    qdx_claim_alignment alignment;
    m->wording = QDX_WORDING_APART;
    if (!qdx_claim_text_split(&c->quote, row->text, row->text_size))
        return qdx_error_memory(error);
    if (c->claim.words.count == c->quote.words.count && c->claim.words.count > 0 &&
        qdx_claim_words_at(&c->claim, &c->quote, 0)) {
        m->wording =
            qdx_claim_texts_same(&c->claim, &c->quote) ? QDX_WORDING_SAME : QDX_WORDING_FOLDED;
        m->similarity = 1;
        return QDX_OK;
    }
    qdx_status status = qdx_claim_align(&c->aligner, &c->claim, &c->quote, &alignment, error);
    if (status != QDX_OK)
        return status == QDX_END ? QDX_OK : status;
    m->wording = qdx_claim_judge_words(&c->claim, &c->quote, &alignment);
    m->similarity = alignment.similarity;
    return QDX_OK;
}

static qdx_status hold_against(check *c, const qdx_claim *claim, uint32_t quote, qdx_claim_match *m,
                               qdx_error *error)
{
    qdx_speech_row row;
    *m = (qdx_claim_match){.quote = quote};
    qdx_status status = qdx_fact_row_at(c->index, quote, &m->fact, error);
    if (status == QDX_OK)
        status = qdx_speech_row_at(c->index, quote, &row, error);
    if (status == QDX_OK)
        status = compare(c, &row, m, error);
    if (status != QDX_OK)
        return status;
    m->known = m->fact.speaker_kind != QDX_SPEAKER_UNKNOWN;
    m->right = is_bearer(c, &m->fact) ||
               (m->fact.speaker_kind == QDX_SPEAKER_UNNAMED && is_described(c, &row));
    m->verdict = qdx_claim_judge(m, names_speaker(claim));
    return QDX_OK;
}

static const char *copy(check *c, const qdx_buffer *text)
{
    return text->failed ? NULL
                        : qdx_arena_copy(&c->findings->result->arena,
                                         text->bytes ? text->bytes : "", text->size);
}

static void put_note(qdx_buffer *note, const char *text)
{
    if (!*text)
        return;
    qdx_buffer_text(note, note->size ? "; " : "");
    qdx_buffer_text(note, text);
}

static size_t bearer_entities(const check *c)
{
    size_t count = 0;
    for (size_t i = 0; i < c->bearers.count; i++) {
        size_t k = 0;
        while (c->bearers.items[k].entity != c->bearers.items[i].entity)
            k++;
        count += k == i;
    }
    return count;
}

/* What the name claimed did not say by itself. */
static void note_speaker(check *c, const qdx_claim *claim, qdx_buffer *note)
{
    if (!names_speaker(claim)) {
        put_note(note, "no speaker claimed");
        return;
    }
    size_t count = bearer_entities(c);
    if (count == 1)
        return;
    qdx_buffer_text(note, note->size ? "; " : "");
    if (count == 0)
        qdx_buffer_format(note, "nobody here is called \"%s\"", claim->speaker);
    else
        qdx_buffer_format(note, "\"%s\" fits %zu people or bodies", claim->speaker, count);
}

static qdx_status describe(check *c, const qdx_claim *claim, const qdx_claim_match *m,
                           qdx_finding *finding, qdx_error *error)
{
    qdx_speech_row row = {"", "", 0};
    qdx_claim_alignment alignment;
    qdx_buffer text = {0}, note = {0};
    qdx_candidate candidate = {.quote = m->quote, .fact = m->fact};
    qdx_status status = qdx_hit_words(&c->filler, m->quote, &row.text, &row.as_written, error);
    row.text_size = strlen(row.text);
    if (status == QDX_OK && !qdx_claim_text_split(&c->quote, row.text, row.text_size))
        status = qdx_error_memory(error);
    if (status == QDX_OK && m->wording == QDX_WORDING_FOLDED) {
        qdx_claim_put_folded(&c->claim, &c->quote, &text);
        finding->folded = copy(c, &text);
    } else if (status == QDX_OK && m->wording >= QDX_WORDING_PART) {
        status = qdx_claim_align(&c->aligner, &c->claim, &c->quote, &alignment, error);
        if (status == QDX_OK)
            qdx_claim_put_difference(&c->aligner, &c->claim, &c->quote, &alignment, &text);
        finding->difference = copy(c, &text);
    }
    put_note(&note, qdx_claim_match_reason(m, names_speaker(claim)));
    note_speaker(c, claim, &note);
    finding->note = copy(c, &note);
    if (status == QDX_OK && (!finding->folded || !finding->difference || !finding->note))
        status = qdx_error_memory(error);
    if (status == QDX_OK)
        status = qdx_hit_fill(&c->filler, &candidate, &finding->hit, error);
    finding->similarity = m->similarity;
    qdx_buffer_release(&text);
    qdx_buffer_release(&note);
    return status;
}

/* One claim against the quotations. */
static qdx_status check_claim(check *c, const qdx_claim *claim, qdx_finding *finding,
                              qdx_error *error)
{
    qdx_claim_match best = {.verdict = QDX_CLAIM_ABSENT, .wording = QDX_WORDING_APART};
    size_t size;
    const char *words = trim(claim->quote ? claim->quote : "", &size);
    *finding =
        (qdx_finding){.verdict = QDX_CLAIM_ABSENT, .folded = "", .difference = "", .note = ""};
    if (!qdx_claim_text_split(&c->claim, words, size))
        return qdx_error_memory(error);
    qdx_status status = resolve_speaker(c, claim, error);
    if (status == QDX_OK)
        status = qdx_claim_find(&c->finder, words, is_bearer, c, &c->found, error);
    for (size_t i = 0; i < c->found.count && status == QDX_OK; i++) {
        qdx_claim_match m;
        status = hold_against(c, claim, c->found.items[i], &m, error);
        if (status == QDX_OK && qdx_claim_match_is_better(&m, &best))
            best = m;
    }
    if (status != QDX_OK)
        return status;
    finding->verdict = best.verdict;
    if (best.verdict != QDX_CLAIM_ABSENT)
        return describe(c, claim, &best, finding, error);
    qdx_buffer note = {0};
    put_note(&note, c->claim.words.count ? "" : "there are no words in it");
    note_speaker(c, claim, &note);
    finding->note = copy(c, &note);
    qdx_buffer_release(&note);
    return finding->note ? QDX_OK : qdx_error_memory(error);
}

/* Holds the claim against the reported speech of one bearer of the name. */
static qdx_status hold_against_reported(check *c, const qdx_claim *claim, uint32_t entity,
                                        qdx_claim_match *best, qdx_error *error)
{
    qdx_entity_row row;
    qdx_status status = qdx_entity_row_at(c->index, entity, &row, error);
    for (uint64_t i = 0; status == QDX_OK && i < row.quotes; i++) {
        qdx_claim_match m = {.quote = (uint32_t)(row.first_quote + i)};
        qdx_speech_row words = {"", "", 0};
        status = qdx_fact_row_at(c->index, m.quote, &m.fact, error);
        if (status != QDX_OK || m.fact.kind != QDX_QUOTE_INDIRECT)
            continue;
        status = qdx_hit_words(&c->filler, m.quote, &words.text, &words.as_written, error);
        words.text_size = strlen(words.text);
        if (status == QDX_OK)
            status = compare(c, &words, &m, error);
        m.known = m.right = true;
        m.verdict = qdx_claim_judge(&m, names_speaker(claim));
        if (status == QDX_OK && qdx_claim_match_is_better(&m, best))
            *best = m;
    }
    return status;
}

/*
 * What the articles' texts cannot be searched for, words that are few or left some out, is held
 * against what the claimed speaker is reported to have said.
 */
static qdx_status seek_reported(check *c, const qdx_claim *claim, qdx_finding *finding,
                                qdx_error *error)
{
    qdx_claim_match best = {.verdict = QDX_CLAIM_ABSENT, .wording = QDX_WORDING_APART};
    size_t size;
    const char *words = trim(claim->quote ? claim->quote : "", &size);
    if (!qdx_claim_text_split(&c->claim, words, size))
        return qdx_error_memory(error);
    if (!c->claim.words.count ||
        (c->claim.words.count >= QDX_CLAIM_LEAST && !strstr(words, "\xE2\x80\xA6")))
        return QDX_OK;
    qdx_status status = resolve_speaker(c, claim, error);
    for (size_t i = 0; i < c->bearers.count && status == QDX_OK; i++)
        status = hold_against_reported(c, claim, c->bearers.items[i].entity, &best, error);
    if (status != QDX_OK || best.verdict == QDX_CLAIM_ABSENT)
        return status;
    finding->verdict = best.verdict;
    return describe(c, claim, &best, finding, error);
}

/* Words found outside quotations. */
static qdx_status set_elsewhere(qdx_result *result, qdx_finding *finding,
                                const qdx_claim_sought *sought, qdx_error *error)
{
    qdx_hit *hit = &finding->hit;
    finding->verdict = QDX_CLAIM_ELSEWHERE;
    finding->similarity = 1;
    finding->note = "in an article's text, in nobody's quotation";
    hit->quote = sought->words;
    hit->kind = QDX_QUOTE_INDIRECT;
    hit->file = sought->document.path;
    hit->path = qdx_result_name(result, sought->document.path, sought->document.part);
    hit->part = sought->document.part;
    hit->title = sought->document.title;
    hit->url = sought->document.url;
    hit->outlet = sought->document.outlet;
    hit->date = qdx_date_unpack(sought->document.date);
    hit->char_start = sought->char_start;
    hit->char_end = sought->char_end;
    return hit->path ? QDX_OK : qdx_error_memory(error);
}

/* Those that no quotation answers are sought in the articles. */
static qdx_status seek_rest(check *c, const qdx_claim *claims, const qdx_text_source *articles,
                            qdx_error *error)
{
    qdx_findings *f = c->findings;
    qdx_claim_search search = {0};
    qdx_status status = QDX_OK;
    size_t next = 0;
    for (size_t i = 0; i < f->count && status == QDX_OK; i++) {
        qdx_claim_sought sought = {.claim = claims[i].quote ? claims[i].quote : ""};
        if (f->items[i].verdict == QDX_CLAIM_ABSENT && !qdx_vector_push(&search, sought))
            status = qdx_error_memory(error);
    }
    if (status == QDX_OK && search.count)
        status = qdx_claims_seek(c->index, articles, &search, &f->result->arena, &f->unread, error);
    for (size_t i = 0; i < f->count && status == QDX_OK; i++)
        if (f->items[i].verdict == QDX_CLAIM_ABSENT && search.items[next++].found)
            status = set_elsewhere(f->result, &f->items[i], &search.items[next - 1], error);
    for (size_t i = 0; i < f->count && status == QDX_OK; i++)
        if (f->items[i].verdict == QDX_CLAIM_ABSENT)
            status = seek_reported(c, &claims[i], &f->items[i], error);
    qdx_vector_release(&search);
    return status;
}

static qdx_status check_encoding(const qdx_claim *claims, size_t count, qdx_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const char *quote = claims[i].quote ? claims[i].quote : "";
        const char *speaker = claims[i].speaker ? claims[i].speaker : "";
        if (!qdx_utf8_valid(quote, strlen(quote)) || !qdx_utf8_valid(speaker, strlen(speaker)))
            return qdx_error_set(error, QDX_ERR_ENCODING, "claim %zu is no UTF-8", i + 1);
    }
    return QDX_OK;
}

static void release(check *c)
{
    qdx_claim_finder_release(&c->finder);
    qdx_claim_aligner_release(&c->aligner);
    qdx_claim_text_release(&c->claim);
    qdx_claim_text_release(&c->quote);
    qdx_vector_release(&c->found);
    qdx_vector_release(&c->bearers);
    qdx_buffer_release(&c->speaker);
    qdx_buffer_release(&c->scratch);
    qdx_hit_filler_release(&c->filler);
}

static qdx_status run(qdx_findings *findings, const qdx_index *index, const qdx_claim *claims,
                      const qdx_text_source *articles, qdx_error *error)
{
    check c = {.index = index, .findings = findings, .finder = {.index = index}};
    c.filler =
        (qdx_hit_filler){.result = findings->result, .index = index, .text = {.source = articles}};
    qdx_status status = check_encoding(claims, findings->count, error);
    for (size_t i = 0; i < findings->count && status == QDX_OK; i++)
        status = check_claim(&c, &claims[i], &findings->items[i], error);
    if (status == QDX_OK)
        status = seek_rest(&c, claims, articles, error);
    release(&c);
    return status;
}

qdx_status qdx_claims_check(const qdx_index *index, const qdx_claim *claims, size_t count,
                            const qdx_text_source *articles, qdx_findings **findings,
                            qdx_error *error)
{
    *findings = NULL;
    qdx_findings *made = calloc(1, sizeof *made);
    if (!made)
        return qdx_error_memory(error);
    made->count = count;
    made->items = calloc(count + 1, sizeof *made->items);
    made->result = qdx_result_new(error);
    qdx_status status = made->items && made->result ? QDX_OK : qdx_error_memory(error);
    if (status == QDX_OK)
        status = run(made, index, claims, articles, error);
    if (status == QDX_OK)
        *findings = made;
    else
        qdx_findings_free(made);
    return status;
}

void qdx_findings_free(qdx_findings *findings)
{
    if (!findings)
        return;
    qdx_result_free(findings->result);
    free(findings->items);
    free(findings);
}

const qdx_finding *qdx_finding_at(const qdx_findings *findings, size_t i)
{
    return i < findings->count ? &findings->items[i] : NULL;
}

uint64_t qdx_findings_unread(const qdx_findings *findings)
{
    return findings->unread;
}
