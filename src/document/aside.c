/*
 * Which of the elements that are called so stand beside the article. A name is a hint: what holds
 * much of the page's prose is no aside, whatever it is called, unless it holds comments; and when
 * too little is left without them, the aside that hides most is opened, one after another.
 */
#include "document/aside.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum {
    PROSE_ENOUGH = 250, /* bytes of prose outside asides that make an article */
    SURE_SHARE = 75,    /* per cent of the page's prose that no sure aside holds, */
    LIKELY_SHARE = 40,  /* and no likely one */
    NAME_SLOTS = 256,
    SETTLE_ROUNDS = 4,
};

static uint64_t prose_between(const qdx_page *page, uint32_t first, uint32_t end, bool free_only)
{
    uint64_t sum = 0;
    for (uint32_t i = first; i < end; i++)
        if (!free_only || qdx_page_is_free(page, i))
            sum += page->blocks.items[i].prose;
    return sum;
}

static void spread_dropped(qdx_page *page)
{
    for (size_t i = 0; i < page->asides.count; i++) {
        qdx_page_aside *aside = &page->asides.items[i];
        aside->dropped =
            aside->judged || (aside->outer && page->asides.items[aside->outer - 1].dropped);
    }
}

/* Running sums of prose, one more than there are blocks; NULL when memory is short. */
static uint64_t *prose_sums(const qdx_page *page)
{
    uint64_t *sums = calloc(page->blocks.count + 1, sizeof *sums);
    for (size_t i = 0; sums && i < page->blocks.count; i++)
        sums[i + 1] = sums[i] + page->blocks.items[i].prose;
    return sums;
}

/* How much prose the page would win if the aside were none; its inner ones stay. */
static uint64_t gain_of(const qdx_page *page, size_t which)
{
    const qdx_page_aside *aside = &page->asides.items[which];
    uint64_t sum = 0;
    uint32_t inner_end = aside->first;
    size_t next = which + 1;
    for (uint32_t i = aside->first; i < aside->end; i++) {
        while (next < page->asides.count && page->asides.items[next].first <= i) {
            const qdx_page_aside *inner = &page->asides.items[next++];
            if (inner->judged && inner->end > inner_end)
                inner_end = inner->end;
        }
        if (i >= inner_end)
            sum += page->blocks.items[i].prose;
    }
    return sum;
}

/* The outermost aside that hides most; a comment section only when nothing else hides an article.
 */
static qdx_page_aside *worst_aside(qdx_page *page, uint64_t *gain)
{
    qdx_page_aside *best = NULL;
    bool best_sure = false;
    *gain = 0;
    for (size_t i = 0; i < page->asides.count; i++) {
        qdx_page_aside *aside = &page->asides.items[i];
        if (!aside->judged || (aside->outer && page->asides.items[aside->outer - 1].dropped))
            continue;
        uint64_t wins = gain_of(page, i);
        bool sure = aside->beside == QDX_BESIDE_ALWAYS;
        bool better = wins > *gain && (!sure || best_sure || *gain < PROSE_ENOUGH);
        better = better || (best && best_sure && !sure && wins >= PROSE_ENOUGH);
        if (!better)
            continue;
        best = aside;
        best_sure = sure;
        *gain = wins;
    }
    return best;
}

/* Asides of one name: an article may stand in several pieces called the same. */
static size_t name_slot(const qdx_page *page, const qdx_page_aside *aside)
{
    const qdx_node *node = &page->markup->nodes.items[aside->node];
    const char *name = qdx_markup_attribute(node, "class");
    name = name ? name : node->name;
    return (size_t)(qdx_hash_bytes(name, strlen(name)) % NAME_SLOTS);
}

/*
 * "gallery__intro" in a "gallery" that turned out to hold the article: only the common name made it
 * an aside.
 */
static bool is_part_of_open(const qdx_page *page, const qdx_page_aside *aside)
{
    if (aside->outer == 0 || page->asides.items[aside->outer - 1].judged)
        return false;
    const char *name = qdx_page_class(page, aside->node);
    const char *around = qdx_page_class(page, page->asides.items[aside->outer - 1].node);
    size_t n = strcspn(around, " ");
    return n && strncmp(name, around, n) == 0 && strncmp(name + n, "__", 2) == 0;
}

/* Judges each aside by the share of the prose that what is called like it holds. */
static void judge_asides(qdx_page *page, const uint64_t *sums)
{
    uint64_t named[NAME_SLOTS] = {0};
    uint64_t total = sums[page->blocks.count];
    for (size_t i = 0; i < page->asides.count; i++) {
        const qdx_page_aside *aside = &page->asides.items[i];
        uint64_t own = sums[aside->end] - sums[aside->first];
        bool outermost =
            aside->outer == 0 || page->asides.items[aside->outer - 1].beside != QDX_BESIDE_ALWAYS;
        if (aside->beside != QDX_BESIDE_ALWAYS)
            named[name_slot(page, aside)] += own;
        else if (outermost)
            total -= own < total ? own : total;
    }
    for (size_t i = 0; i < page->asides.count; i++) {
        qdx_page_aside *aside = &page->asides.items[i];
        uint64_t own = sums[aside->end] - sums[aside->first];
        if (aside->beside == QDX_BESIDE_LIKELY)
            own = named[name_slot(page, aside)];
        unsigned share = aside->beside == QDX_BESIDE_LIKELY ? LIKELY_SHARE : SURE_SHARE;
        aside->judged = aside->beside == QDX_BESIDE_ALWAYS || own * 100 <= total * share;
        if (aside->beside == QDX_BESIDE_LIKELY && is_part_of_open(page, aside))
            aside->judged = false;
    }
}

void qdx_asides_settle(qdx_page *page)
{
    uint64_t *sums = prose_sums(page);
    if (!sums) {
        page->failed = true;
        return;
    }
    judge_asides(page, sums);
    free(sums);
    spread_dropped(page);
    for (int round = 0; round < SETTLE_ROUNDS; round++) {
        uint64_t gain;
        uint64_t open = prose_between(page, 0, (uint32_t)page->blocks.count, true);
        qdx_page_aside *aside = open < PROSE_ENOUGH ? worst_aside(page, &gain) : NULL;
        if (!aside || gain <= open)
            break;
        aside->judged = false;
        spread_dropped(page);
    }
}
