/*
 * Alignment by dynamic programming (Needleman and Wunsch 1970; free ends on the quotation's side
 * after Sellers 1980), costs in halves: a word left out or added 2, another word 3, a slip 1.
 */
#include "query/claim_align.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CELLS = 1 << 22 };
enum { EQUAL, SLIP, OTHER, LEFT_OUT, ADDED };

static const unsigned step_costs[] = {
    [EQUAL] = 0, [SLIP] = 1, [OTHER] = 3, [LEFT_OUT] = 2, [ADDED] = 2};

void qdx_claim_aligner_release(qdx_claim_aligner *aligner)
{
    free(aligner->steps);
    free(aligner->costs);
    *aligner = (qdx_claim_aligner){0};
}

static qdx_status make_room(qdx_claim_aligner *aligner, size_t cells, size_t costs,
                            qdx_error *error)
{
    if (aligner->step_room < cells) {
        free(aligner->steps);
        aligner->steps = malloc(cells);
        aligner->step_room = aligner->steps ? cells : 0;
    }
    if (aligner->cost_room < costs) {
        free(aligner->costs);
        aligner->costs = malloc(costs * sizeof *aligner->costs);
        aligner->cost_room = aligner->costs ? costs : 0;
    }
    return aligner->steps && aligner->costs ? QDX_OK : qdx_error_memory(error);
}

static unsigned char pair_step(const qdx_claim_text *claim, size_t i, const qdx_claim_text *quote,
                               size_t k)
{
    if (qdx_claim_words_equal(claim, i, quote, k))
        return EQUAL;
    return qdx_claim_words_close(claim, i, quote, k) ? SLIP : OTHER;
}

/* Fills the table; the last row of costs stays in aligner->costs. */
static void fill(qdx_claim_aligner *a, const qdx_claim_text *claim, const qdx_claim_text *quote)
{
    size_t n = claim->words.count, m = quote->words.count;
    memset(a->costs, 0, (m + 1) * sizeof *a->costs);
    for (size_t i = 1; i <= n; i++) {
        unsigned char *steps = a->steps + i * (m + 1);
        unsigned diagonal = a->costs[0];
        a->costs[0] = (unsigned)i * step_costs[ADDED];
        steps[0] = ADDED;
        for (size_t k = 1; k <= m; k++) {
            unsigned char step = pair_step(claim, i - 1, quote, k - 1);
            unsigned best = diagonal + step_costs[step];
            diagonal = a->costs[k];
            if (a->costs[k] + step_costs[ADDED] < best) {
                best = a->costs[k] + step_costs[ADDED];
                step = ADDED;
            }
            if (a->costs[k - 1] + step_costs[LEFT_OUT] < best) {
                best = a->costs[k - 1] + step_costs[LEFT_OUT];
                step = LEFT_OUT;
            }
            a->costs[k] = best;
            steps[k] = step;
        }
    }
}

/* Walks the table back from the best end. */
static void trace(const qdx_claim_aligner *a, size_t n, size_t m, qdx_claim_alignment *alignment)
{
    size_t i = n, k = 0;
    for (size_t at = 1; at <= m; at++)
        if (a->costs[at] < a->costs[k])
            k = at;
    alignment->to = k;
    alignment->whole = true;
    while (i > 0) {
        unsigned char step = a->steps[i * (m + 1) + k];
        alignment->equal += step == EQUAL;
        alignment->common += step == EQUAL ? 1.0f : step == SLIP ? 0.5f : 0;
        alignment->whole &= step == EQUAL;
        i -= step != LEFT_OUT;
        k -= step != ADDED;
    }
    alignment->from = k;
}

qdx_status qdx_claim_align(qdx_claim_aligner *aligner, const qdx_claim_text *claim,
                           const qdx_claim_text *quote, qdx_claim_alignment *alignment,
                           qdx_error *error)
{
    size_t n = claim->words.count, m = quote->words.count;
    *alignment = (qdx_claim_alignment){0};
    if (n == 0 || m == 0 || (n + 1) > MOST_CELLS / (m + 1))
        return QDX_END;
    qdx_status status = make_room(aligner, (n + 1) * (m + 1), m + 1, error);
    if (status != QDX_OK)
        return status;
    fill(aligner, claim, quote);
    trace(aligner, n, m, alignment);
    float covered = (float)(alignment->to - alignment->from);
    alignment->similarity = 2 * alignment->common / ((float)n + covered);
    return QDX_OK;
}

static void put_word(qdx_buffer *out, const qdx_claim_text *text, size_t i)
{
    const qdx_claim_word *word = &text->words.items[i];
    qdx_buffer_append(out, text->bytes + word->start, word->end - word->start);
}

enum { WORDS_SHOWN = 8 }; /* of a stretch left out at an end */

/* Words of the quotation that the claim leaves out; of a long stretch both ends. */
static void put_left_out(qdx_buffer *out, const qdx_claim_text *quote, size_t from, size_t to)
{
    bool cut = false;
    for (size_t k = from; k < to; k++) {
        if (to - from > WORDS_SHOWN && k - from >= WORDS_SHOWN / 2 && to - k > WORDS_SHOWN / 2) {
            cut = true;
            continue;
        }
        qdx_buffer_text(out, k > from ? cut ? " \xE2\x80\xA6 " : " " : "[-");
        put_word(out, quote, k);
        cut = false;
    }
    qdx_buffer_text(out, from < to ? "-]" : "");
}

/* The steps from the claim's start, into `order`; returns how many. */
static size_t list_steps(const qdx_claim_aligner *a, size_t n, size_t m, size_t to,
                         unsigned char *order)
{
    size_t count = 0, i = n, k = to;
    while (i > 0) {
        unsigned char step = a->steps[i * (m + 1) + k];
        order[count++] = step;
        i -= step != LEFT_OUT;
        k -= step != ADDED;
    }
    for (size_t x = 0; x < count / 2; x++) {
        unsigned char swap = order[x];
        order[x] = order[count - 1 - x];
        order[count - 1 - x] = swap;
    }
    return count;
}

void qdx_claim_put_difference(const qdx_claim_aligner *aligner, const qdx_claim_text *claim,
                              const qdx_claim_text *quote, const qdx_claim_alignment *alignment,
                              qdx_buffer *out)
{
    size_t n = claim->words.count, m = quote->words.count, i = 0, k = alignment->from;
    unsigned char *order = malloc(n + m + 1);
    if (!order) {
        out->failed = true;
        return;
    }
    size_t count = list_steps(aligner, n, m, alignment->to, order);
    put_left_out(out, quote, 0, alignment->from);
    for (size_t at = 0; at < count;) {
        size_t left = k, added = i, run = at;
        qdx_buffer_text(out, at || alignment->from ? " " : "");
        if (order[at] == EQUAL) {
            put_word(out, claim, i++);
            k++;
            at++;
            continue;
        }
        for (; run < count && order[run] != EQUAL; run++) {
            k += order[run] != ADDED;
            i += order[run] != LEFT_OUT;
        }
        at = run;
        put_left_out(out, quote, left, k);
        for (size_t w = added; w < i; w++) {
            qdx_buffer_text(out, w > added ? " " : "{+");
            put_word(out, claim, w);
        }
        qdx_buffer_text(out, added < i ? "+}" : "");
    }
    qdx_buffer_text(out, alignment->to < m ? " " : "");
    put_left_out(out, quote, alignment->to, m);
    free(order);
}
