/*
 * Which part of a page is the article. Two witnesses: elements whose names say that they hold it,
 * and the element in which most running text stands, found by letting each paragraph's bytes count
 * for the elements above it, less with each step (in the manner of Arc90's Readability). The first
 * is believed unless the second holds much more.
 */
#include "document/region.h"

#include <stdlib.h>
#include <string.h>

enum {
    PROSE_ENOUGH = 250,  /* bytes of prose that make an element an article */
    PROSE_SHARE = 30,    /* or per cent of the page's */
    LIKELY_SHARE = 40,   /* per cent of the page's prose that no likely aside holds */
    INNER_SHARE = 80,    /* per cent of a body's prose that make an inner body the better one */
    CLIMB_SHARE = 20,    /* per cent more prose of the same kind that make a parent better */
    CONTRADICTION = 200, /* per cent of the declared prose at which the counted element wins */
    LEVELS = 5,          /* elements above a paragraph for which it counts */
    SETTLE_ROUNDS = 4,
    DEPTH_SLACK = 1,
};

void qdx_region_release(qdx_region *region)
{
    qdx_vector_release(&region->parts);
}

/* -- Asides -- */

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

void qdx_region_settle_asides(qdx_page *page)
{
    uint64_t *sums = prose_sums(page);
    if (!sums) {
        page->failed = true;
        return;
    }
    uint64_t total = sums[page->blocks.count];
    for (size_t i = 0; i < page->asides.count; i++) {
        qdx_page_aside *aside = &page->asides.items[i];
        uint64_t own = sums[aside->end] - sums[aside->first];
        aside->judged = aside->beside > QDX_BESIDE_LIKELY || own * 100 <= total * LIKELY_SHARE;
    }
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

/* -- Elements that say so -- */

static bool add_part(qdx_region *region, uint32_t first, uint32_t end)
{
    qdx_region_part part = {first, end};
    return qdx_vector_push(&region->parts, part);
}

static uint64_t region_prose(const qdx_page *page, const qdx_region *region)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < region->parts.count; i++)
        sum += prose_between(page, region->parts.items[i].first, region->parts.items[i].end, true);
    return sum;
}

static uint64_t body_prose(const uint64_t *sums, const qdx_page_body *body)
{
    return sums[body->end] - sums[body->first];
}

/* Running sums of the prose that is free. */
static uint64_t *free_sums(const qdx_page *page)
{
    uint64_t *sums = calloc(page->blocks.count + 1, sizeof *sums);
    for (size_t i = 0; sums && i < page->blocks.count; i++)
        sums[i + 1] = sums[i] + (qdx_page_is_free(page, i) ? page->blocks.items[i].prose : 0);
    return sums;
}

/* The largest body of the rank or, where one inside it holds nearly as much, that one. */
static const qdx_page_body *main_body(const qdx_page *page, const uint64_t *sums, uint8_t rank)
{
    const qdx_page_body *best = NULL;
    for (size_t i = 0; i < page->bodies.count; i++) {
        const qdx_page_body *body = &page->bodies.items[i];
        if (body->rank != rank || body_prose(sums, body) == 0)
            continue;
        bool inside = best && body->first >= best->first && body->end <= best->end;
        if (!best || body_prose(sums, body) > body_prose(sums, best) ||
            (inside && body_prose(sums, body) * 100 >= body_prose(sums, best) * INNER_SHARE))
            best = body;
    }
    return best;
}

static const char *class_of(const qdx_page *page, uint32_t node)
{
    const char *name = qdx_markup_attribute(&page->markup->nodes.items[node], "class");
    return name ? name : "";
}

/* Another part of the same article: beside the main body and named like it; any if it is sure. */
static bool is_fellow(const qdx_page *page, const qdx_page_body *main, const qdx_page_body *body)
{
    const qdx_node *nodes = page->markup->nodes.items;
    if (body->rank != main->rank)
        return false;
    if (main->rank == 3)
        return true;
    return nodes[body->node].parent == nodes[main->node].parent && class_of(page, main->node)[0] &&
           strcmp(class_of(page, body->node), class_of(page, main->node)) == 0;
}

static bool declared_parts(const qdx_page *page, const qdx_page_body *main, qdx_region *region)
{
    uint32_t end = 0;
    for (size_t i = 0; i < page->bodies.count; i++) {
        const qdx_page_body *body = &page->bodies.items[i];
        bool around = body->first <= main->first && body->end >= main->end && body != main;
        if (around || body->first < end || !(body == main || is_fellow(page, main, body)))
            continue;
        if (!add_part(region, body->first, body->end))
            return false;
        end = body->end;
    }
    return true;
}

static bool find_declared(const qdx_page *page, const uint64_t *sums, qdx_region *region)
{
    uint64_t total = sums[page->blocks.count];
    for (uint8_t rank = 3; rank >= 2; rank--) {
        const qdx_page_body *main = main_body(page, sums, rank);
        if (!main)
            continue;
        qdx_vector_clear(&region->parts);
        if (!declared_parts(page, main, region))
            return false;
        uint64_t prose = region_prose(page, region);
        if (prose >= PROSE_ENOUGH || prose * 100 >= total * PROSE_SHARE)
            return true;
    }
    qdx_vector_clear(&region->parts);
    return true;
}

/* -- The element with most prose -- */

/* Half of what stands in lists: they are navigation as often as text. */
static uint32_t weight_of(const qdx_page_block *block)
{
    return block->in & QDX_IN_LIST ? block->prose / 2 : block->prose;
}

static uint32_t container_of(const qdx_node *nodes, const qdx_page_block *block)
{
    bool leaf = (block->in & (QDX_IN_PARAGRAPH | QDX_IN_LIST)) != 0;
    return leaf ? nodes[block->holder].parent : block->holder;
}

static uint32_t best_scored(const qdx_page *page, uint64_t *scores)
{
    const qdx_node *nodes = page->markup->nodes.items;
    uint32_t best = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const qdx_page_block *block = &page->blocks.items[i];
        if (block->prose == 0 || !qdx_page_is_free(page, i))
            continue;
        uint32_t node = container_of(nodes, block);
        for (unsigned level = 1; level <= LEVELS; level++) {
            scores[node] += weight_of(block) / level;
            bool better = scores[node] > scores[best];
            if (better || (scores[node] == scores[best] && node < best))
                best = node;
            if (nodes[node].parent == node)
                break;
            node = nodes[node].parent;
        }
    }
    return best;
}

/* The blocks of a subtree. */
static qdx_region_part part_of(const qdx_page *page, uint32_t node)
{
    const qdx_node *nodes = page->markup->nodes.items;
    uint32_t limits[2] = {node, nodes[node].end};
    uint32_t found[2];
    for (int k = 0; k < 2; k++) {
        size_t low = 0;
        size_t high = page->blocks.count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (page->blocks.items[middle].node < limits[k])
                low = middle + 1;
            else
                high = middle;
        }
        found[k] = (uint32_t)low;
    }
    return (qdx_region_part){found[0], found[1]};
}

/* The depth at which most prose of the part stands. */
static unsigned usual_depth(const qdx_page *page, qdx_region_part part)
{
    uint64_t best = 0;
    unsigned depth = 0;
    uint64_t sum = 0;
    for (uint32_t i = part.first; i < part.end; i++) {
        const qdx_page_block *block = &page->blocks.items[i];
        if (block->prose == 0 || !qdx_page_is_free(page, i))
            continue;
        sum = i > part.first && block->depth == depth ? sum + block->prose : block->prose;
        if (sum > best || depth == 0) {
            best = sum;
            depth = block->depth;
        }
    }
    return depth;
}

/* Prose of a range that looks like that of the article: as deep, with hardly a link; 0 beside many
 * links. */
static uint64_t kindred_prose(const qdx_page *page, uint32_t first, uint32_t end, unsigned depth)
{
    uint64_t sum = 0;
    uint64_t linked = 0;
    for (uint32_t i = first; i < end; i++) {
        const qdx_page_block *block = &page->blocks.items[i];
        linked += qdx_page_is_free(page, i) ? block->linked : 0;
        unsigned away = block->depth > depth ? block->depth - depth : depth - block->depth;
        if (away <= DEPTH_SLACK && !(block->in & QDX_IN_LIST) &&
            block->linked * 4 <= block->prose && qdx_page_is_free(page, i))
            sum += block->prose;
    }
    return linked * 4 > sum ? 0 : sum;
}

/* Goes up while that wins much text like the one it has: an article in several pieces. */
static qdx_region_part climb(const qdx_page *page, const uint64_t *sums, uint32_t node)
{
    const qdx_node *nodes = page->markup->nodes.items;
    qdx_region_part part = part_of(page, node);
    unsigned depth = usual_depth(page, part);
    for (unsigned i = 0; i < 2 * LEVELS && nodes[node].parent != node; i++) {
        node = nodes[node].parent;
        qdx_region_part wider = part_of(page, node);
        uint64_t has = sums[part.end] - sums[part.first];
        uint64_t wins = kindred_prose(page, wider.first, part.first, depth) +
                        kindred_prose(page, part.end, wider.end, depth);
        if (wins * 100 >= has * CLIMB_SHARE)
            part = wider;
    }
    return part;
}

/* -- The whole -- */

static qdx_status choose(const qdx_page *page, const uint64_t *sums, uint64_t *scores,
                         qdx_region *region)
{
    uint64_t total = sums[page->blocks.count];
    if (!find_declared(page, sums, region))
        return QDX_ERR_MEMORY;
    if (total == 0 && region->parts.count)
        return QDX_OK;
    qdx_region_part whole = {0, (uint32_t)page->blocks.count};
    qdx_region_part counted = total ? climb(page, sums, best_scored(page, scores)) : whole;
    uint64_t prose = region_prose(page, region);
    if (prose && (sums[counted.end] - sums[counted.first]) * 100 <= prose * CONTRADICTION)
        return QDX_OK;
    qdx_vector_clear(&region->parts);
    return add_part(region, counted.first, counted.end) ? QDX_OK : QDX_ERR_MEMORY;
}

qdx_status qdx_region_find(const qdx_page *page, qdx_region *region, qdx_error *error)
{
    uint64_t *sums = free_sums(page);
    uint64_t *scores = calloc(page->markup->nodes.count + 1, sizeof *scores);
    qdx_status status = sums && scores ? choose(page, sums, scores, region) : QDX_ERR_MEMORY;
    free(sums);
    free(scores);
    return status == QDX_OK ? QDX_OK : qdx_error_memory(error);
}
