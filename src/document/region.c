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
    INNER_SHARE = 80,    /* per cent of a body's prose that make an inner body the better one */
    CLIMB_SHARE = 20,    /* per cent more prose of the same kind that make a parent better */
    CONTRADICTION = 250, /* per cent of the declared prose at which the counted element wins */
    LEVELS = 5,          /* elements above a paragraph for which it counts */
    LINK_WEIGHT = 3,     /* bytes of prose that a byte of links outside prose undoes */
    LINK_SHARE = 4,      /* part of a text that links may be where it is an article's */
    CLEAR_SHARE = 60, /* per cent of the prose without links that make the headline's part enough */
};

void qdx_region_release(qdx_region *region)
{
    qdx_vector_release(&region->parts);
}

/* -- Elements that say so -- */

static bool add_part(qdx_region *region, uint32_t first, uint32_t end)
{
    qdx_region_part part = {first, end};
    return qdx_vector_push(&region->parts, part);
}

/* Running sums over the blocks that are free, one more than there are blocks. */
typedef struct sums {
    uint64_t *prose;
    uint64_t *text;
    uint64_t *linked; /* outside prose */
    uint64_t *clear;  /* prose of blocks without a link */
} sums;

static bool sums_init(sums *s, const qdx_page *page)
{
    size_t count = page->blocks.count + 1;
    s->prose = calloc(count * 4, sizeof *s->prose);
    if (!s->prose)
        return false;
    s->text = s->prose + count;
    s->linked = s->text + count;
    s->clear = s->linked + count;
    for (size_t i = 0; i + 1 < count; i++) {
        const qdx_page_block *block = &page->blocks.items[i];
        bool open = qdx_page_is_free(page, i);
        s->prose[i + 1] = s->prose[i] + (open ? block->prose : 0);
        s->text[i + 1] = s->text[i] + (open ? qdx_page_size(page, i) : 0);
        s->linked[i + 1] = s->linked[i] + (open && !block->prose ? block->linked : 0);
        s->clear[i + 1] = s->clear[i] + (open && !block->linked ? block->prose : 0);
    }
    return true;
}

static uint64_t sum_in(const uint64_t *running, qdx_region_part part)
{
    return running[part.end] - running[part.first];
}

static uint64_t sum_of(const uint64_t *running, const qdx_region *region)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < region->parts.count; i++)
        sum += sum_in(running, region->parts.items[i]);
    return sum;
}

static uint64_t body_prose(const sums *s, const qdx_page_body *body)
{
    return s->prose[body->end] - s->prose[body->first];
}

/* The largest body of the rank or, where one inside it holds nearly as much, that one. */
static const qdx_page_body *main_body(const qdx_page *page, const sums *s, uint8_t rank)
{
    const qdx_page_body *best = NULL;
    for (size_t i = 0; i < page->bodies.count; i++) {
        const qdx_page_body *body = &page->bodies.items[i];
        if (body->rank != rank || body_prose(s, body) == 0)
            continue;
        bool inside = best && body->first >= best->first && body->end <= best->end;
        if (!best || body_prose(s, body) > body_prose(s, best) ||
            (inside && body_prose(s, body) * 100 >= body_prose(s, best) * INNER_SHARE))
            best = body;
    }
    return best;
}

/* Another part of the same article: beside the main body and named like it; any if it is sure. */
static bool is_fellow(const qdx_page *page, const qdx_page_body *main, const qdx_page_body *body)
{
    const qdx_node *nodes = page->markup->nodes.items;
    if (body->rank != main->rank)
        return false;
    if (main->rank == 3)
        return true;
    return nodes[body->node].parent == nodes[main->node].parent &&
           qdx_page_class(page, main->node)[0] &&
           strcmp(qdx_page_class(page, body->node), qdx_page_class(page, main->node)) == 0;
}

static bool declared_parts(const qdx_page *page, const qdx_page_body *main, qdx_region *region)
{
    const qdx_node *nodes = page->markup->nodes.items;
    uint32_t end = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < page->bodies.count; i++) {
        const qdx_page_body *body = &page->bodies.items[i];
        bool around = body->first <= main->first && body->end >= main->end && body != main;
        if (around || body->first < end || !(body == main || is_fellow(page, main, body)))
            continue;
        qdx_region_part *before =
            region->parts.count ? &region->parts.items[region->parts.count - 1] : NULL;
        if (before && nodes[body->node].parent == nodes[last].parent)
            before->end = body->end; /* and what stands between: a subhead, a list */
        else if (!add_part(region, body->first, body->end))
            return false;
        end = body->end;
        last = body->node;
    }
    return true;
}

static bool find_declared(const qdx_page *page, const sums *s, qdx_region *region)
{
    uint64_t total = s->prose[page->blocks.count];
    for (uint8_t rank = 3; rank >= 2; rank--) {
        const qdx_page_body *main = main_body(page, s, rank);
        if (!main)
            continue;
        qdx_vector_clear(&region->parts);
        if (!declared_parts(page, main, region))
            return false;
        uint64_t prose = sum_of(s->prose, region);
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

/* Prose counts for the elements above it, links count against them. */
static uint32_t best_scored(const qdx_page *page, int64_t *scores)
{
    const qdx_node *nodes = page->markup->nodes.items;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const qdx_page_block *block = &page->blocks.items[i];
        int64_t worth =
            (int64_t)weight_of(block) - (int64_t)block->linked * (block->prose ? 1 : LINK_WEIGHT);
        if (worth == 0 || !qdx_page_is_free(page, i))
            continue;
        uint32_t node = container_of(nodes, block);
        for (int level = 1; level <= LEVELS; level++) {
            scores[node] += worth / level;
            if (nodes[node].parent == node)
                break;
            node = nodes[node].parent;
        }
    }
    uint32_t best = 0;
    for (uint32_t i = 1; i < page->markup->nodes.count; i++)
        if (scores[i] > scores[best])
            best = i;
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

/* Is it text like an article's: running, with few links? */
static bool is_kindred(const sums *s, qdx_region_part part)
{
    return sum_in(s->linked, part) * LINK_SHARE <= sum_in(s->text, part);
}

/* Cells side by side are columns, unless they are called the same. */
static bool is_other_column(const qdx_page *page, uint32_t node, uint32_t inside)
{
    const qdx_node *nodes = page->markup->nodes.items;
    return qdx_element_role_of(&nodes[node]) == QDX_ELEMENT_CELL &&
           !(qdx_page_class(page, node)[0] &&
             strcmp(qdx_page_class(page, node), qdx_page_class(page, inside)) == 0);
}

/*
 * The children of `parent` that read like the one at `inside`; their prose. With `region`, they are
 * added to it, and what stands between them if it has few links: a subhead, a list. False through
 * *added when memory is short.
 */
static uint64_t kindred_children(const qdx_page *page, const sums *s, uint32_t parent,
                                 uint32_t inside, qdx_region *region, bool *added)
{
    const qdx_node *nodes = page->markup->nodes.items;
    uint64_t wins = 0;
    for (uint32_t c = parent + 1; c < nodes[parent].end; c = nodes[c].end) {
        if (c <= inside && inside < nodes[c].end)
            continue;
        qdx_region_part part = part_of(page, c);
        if (part.first == part.end || !is_kindred(s, part) || is_other_column(page, c, inside))
            continue;
        wins += sum_in(s->prose, part);
        if (region && !add_part(region, part.first, part.end))
            *added = false;
    }
    return wins;
}

static int compare_parts(const void *a, const void *b)
{
    const qdx_region_part *x = a;
    const qdx_region_part *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Takes away parts without prose before the first and after the last that has some. */
static void trim_parts(const sums *s, qdx_region *region)
{
    qdx_region_part *parts = region->parts.items;
    size_t first = 0;
    size_t end = region->parts.count;
    while (first < end && sum_in(s->prose, parts[first]) == 0)
        first++;
    while (end > first && sum_in(s->prose, parts[end - 1]) == 0)
        end--;
    if (first)
        memmove(parts, parts + first, (end - first) * sizeof *parts);
    region->parts.count = end - first;
}

/* An element with the headline in it is all of the article. */
static bool holds_headline(const qdx_page *page, uint32_t node)
{
    uint32_t at = page->headline ? page->blocks.items[page->headline - 1].node : 0;
    return page->headline && node <= at && at < page->markup->nodes.items[node].end;
}

/*
 * The region around a node: goes up to the headline while that wins much text like the one it has,
 * for an article may stand in several pieces.
 */
static bool climb(const qdx_page *page, const sums *s, uint32_t node, qdx_region *region)
{
    const qdx_node *nodes = page->markup->nodes.items;
    qdx_region_part part = part_of(page, node);
    bool added = add_part(region, part.first, part.end);
    uint32_t inside = node;
    while (added && nodes[node].parent != node && !holds_headline(page, node)) {
        node = nodes[node].parent;
        uint64_t wins = kindred_children(page, s, node, inside, NULL, &added);
        if (wins * 100 >= sum_of(s->prose, region) * CLIMB_SHARE && wins)
            kindred_children(page, s, node, inside, region, &added);
        inside = node;
    }
    if (region->parts.count > 1)
        qsort(region->parts.items, region->parts.count, sizeof *region->parts.items, compare_parts);
    trim_parts(s, region);
    return added;
}

/*
 * Goes down to the part of the element that the headline stands in, where what follows the headline
 * there is nearly all prose without links: the rest are teasers of other articles.
 */
static uint32_t descend(const qdx_page *page, const sums *s, uint32_t node)
{
    const qdx_node *nodes = page->markup->nodes.items;
    uint32_t at = page->headline ? page->blocks.items[page->headline - 1].node : 0;
    while (holds_headline(page, node)) {
        uint32_t child = node + 1;
        while (child < nodes[node].end && nodes[child].end <= at)
            child = nodes[child].end;
        if (child >= nodes[node].end || !nodes[child].name)
            break;
        qdx_region_part all = part_of(page, node), part = part_of(page, child);
        part.first = page->headline - 1;
        uint64_t clear = sum_in(s->clear, part);
        if (clear < PROSE_ENOUGH || clear * 100 < sum_in(s->clear, all) * CLEAR_SHARE)
            break;
        node = child;
    }
    return node;
}

/* -- The whole -- */

static bool counted_region(const qdx_page *page, const sums *s, qdx_region *region)
{
    int64_t *scores = calloc(page->markup->nodes.count + 1, sizeof *scores);
    bool done = scores && climb(page, s, descend(page, s, best_scored(page, scores)), region);
    free(scores);
    return done;
}

/* Does the counted region hold so much more text that the declared one must be wrong? */
static bool contradicts(const sums *s, const qdx_region *counted, const qdx_region *declared)
{
    uint64_t prose = sum_of(s->prose, declared);
    uint64_t links = sum_of(s->linked, counted) * LINK_WEIGHT;
    return sum_of(s->prose, counted) * 100 > prose * CONTRADICTION + links * 100;
}

static bool choose(const qdx_page *page, const sums *s, qdx_region *region)
{
    uint64_t total = s->prose[page->blocks.count];
    qdx_region counted = {0};
    bool done = find_declared(page, s, region);
    bool declared = region->parts.count > 0;
    if (done && total > 0)
        done = counted_region(page, s, &counted);
    else if (done && !declared)
        done = add_part(&counted, 0, (uint32_t)page->blocks.count);
    if (done && counted.parts.count && (!declared || contradicts(s, &counted, region))) {
        qdx_region other = *region;
        *region = counted;
        counted = other;
    }
    qdx_region_release(&counted);
    return done;
}

qdx_status qdx_region_find(const qdx_page *page, qdx_region *region, qdx_error *error)
{
    sums s;
    if (!sums_init(&s, page))
        return qdx_error_memory(error);
    bool done = choose(page, &s, region);
    free(s.prose);
    return done ? QDX_OK : qdx_error_memory(error);
}
