/*
 * Finding the article in a page. Not a browser: no styles, no scripts. Elements that say they hold
 * the article's text are believed; without one, the element is taken in which most paragraphs
 * stand (in the manner of Arc90's Readability). Then its blocks are written one by one, without
 * what tags, classes, links and stock phrases mark as standing beside it.
 */
#include "document/article.h"

#include <stdlib.h>
#include <string.h>

#include "document/element.h"
#include "document/plain.h"

enum {
    BODY_MIN = 200,     /* bytes an element must hold to be believed to be the article */
    PARAGRAPH_MIN = 40, /* bytes that make a paragraph count */
    SHORT_BLOCK = 25,   /* bytes below which a stray line needs a full stop */
    STOCK_BLOCK = 160,  /* bytes up to which a block can be a stock phrase */
    LINKED_BLOCK = 120, /* bytes from which a paragraph may be mostly links */
    BESIDE_SHARE = 40,  /* per cent of the page that nothing beside the article holds */
};

/* Cumulated sizes: those of a subtree are the difference between its end and its start. */
typedef struct measure {
    uint32_t visible; /* bytes of text outside hidden elements, before this node */
    uint32_t linked;  /* of these inside links */
    uint32_t score;   /* of the element: paragraphs right below it, and half of those below them */
} measure;

typedef struct page {
    const qdx_markup *markup;
    const qdx_node *nodes;
    uint32_t from; /* the part of the page that is looked at */
    uint32_t count;
    measure *measures; /* of [from, count], one more than there are nodes */
    bool strict;       /* leave out by class, link share and phrase too */
} page;

static measure *measure_of(const page *p, uint32_t node)
{
    return &p->measures[node - p->from];
}

static uint32_t visible_total(const page *p)
{
    return measure_of(p, p->count)->visible;
}

static uint32_t visible_size(const page *p, uint32_t node)
{
    return measure_of(p, p->nodes[node].end)->visible - measure_of(p, node)->visible;
}

static uint32_t linked_size(const page *p, uint32_t node)
{
    return measure_of(p, p->nodes[node].end)->linked - measure_of(p, node)->linked;
}

static bool is_block_role(qdx_element_role role)
{
    return role != QDX_ELEMENT_INLINE && role != QDX_ELEMENT_LINK && role != QDX_ELEMENT_QUOTE &&
           role != QDX_ELEMENT_BREAK && role != QDX_ELEMENT_HIDDEN;
}

/* -- Measuring -- */

static uint32_t visible_bytes(const char *text, uint32_t size)
{
    uint32_t n = 0;
    bool space = true;
    for (uint32_t i = 0; i < size; i++) {
        bool blank = (unsigned char)text[i] <= ' ';
        n += !(blank && space);
        space = blank;
    }
    return n;
}

/* One pass; hidden subtrees weigh nothing. */
static void measure_sizes(page *p)
{
    measure now = {0, 0, 0};
    uint32_t hidden_end = 0;
    uint32_t link_end = 0;
    for (uint32_t i = p->from; i < p->count; i++) {
        const qdx_node *node = &p->nodes[i];
        *measure_of(p, i) = now;
        if (i < hidden_end)
            continue;
        if (!node->name) {
            uint32_t n = visible_bytes(p->markup->text.bytes + node->start, node->size);
            now.visible += n;
            now.linked += i < link_end ? n : 0;
            continue;
        }
        qdx_element_role role = qdx_element_role_of(node);
        if (role == QDX_ELEMENT_HIDDEN || qdx_element_is_concealed(node))
            hidden_end = node->end;
        if (role == QDX_ELEMENT_LINK && node->end > link_end)
            link_end = node->end;
    }
    *measure_of(p, p->count) = now;
}

/* Leaves out `node` and all in it? */
static bool is_left_out(const page *p, uint32_t i, qdx_element_role role)
{
    const qdx_node *node = &p->nodes[i];
    if (role == QDX_ELEMENT_HIDDEN || role == QDX_ELEMENT_ASIDE || qdx_element_is_concealed(node))
        return true;
    if (!p->strict || node->attribute_count == 0 || role == QDX_ELEMENT_FRAME)
        return false;
    uint64_t share = (uint64_t)visible_size(p, i) * 100;
    return qdx_element_is_beside(node) && qdx_element_body_rank(node) == 0 &&
           share <= (uint64_t)visible_total(p) * BESIDE_SHARE;
}

/* -- Which element holds the article -- */

/* A paragraph's bytes count for its parent and half for the next one up. */
static void give_score(page *p, uint32_t holder, uint32_t bytes)
{
    measure_of(p, holder)->score += bytes;
    uint32_t parent = p->nodes[holder].parent;
    if (parent != holder)
        measure_of(p, parent)->score += bytes / 2;
}

/* Scores all elements; returns the bytes of all paragraphs that count. */
static uint32_t score_elements(page *p)
{
    uint32_t total = 0;
    for (uint32_t i = 1; i < p->count; i++) {
        const qdx_node *node = &p->nodes[i];
        uint32_t bytes = 0;
        uint32_t holder = node->parent;
        if (node->name) {
            qdx_element_role role = qdx_element_role_of(node);
            if (is_left_out(p, i, role)) {
                i = node->end - 1;
                continue;
            }
            if (role == QDX_ELEMENT_PARAGRAPH || role == QDX_ELEMENT_PREFORMATTED)
                bytes = visible_size(p, i) - linked_size(p, i);
        } else {
            qdx_element_role role = qdx_element_role_of(&p->nodes[holder]);
            if (is_block_role(role) && role != QDX_ELEMENT_PARAGRAPH && role != QDX_ELEMENT_HEADING)
                bytes = visible_size(p, i);
        }
        if (bytes >= PARAGRAPH_MIN) {
            give_score(p, holder, bytes);
            total += bytes;
        }
    }
    return total;
}

static uint32_t best_scored(const page *p, uint32_t total)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < p->count; i++)
        if (p->nodes[i].name && measure_of(p, i)->score > measure_of(p, best)->score)
            best = i;
    while (best != 0 && (uint64_t)visible_size(p, best) * 100 < (uint64_t)total * 60)
        best = p->nodes[best].parent;
    return best;
}

/* The surest rank that an element of some size has, and the largest such element. */
static uint32_t find_declared(const page *p, unsigned *rank)
{
    uint32_t best = 0;
    *rank = 0;
    for (uint32_t i = 1; i < p->count; i++) {
        if (!p->nodes[i].name || p->nodes[i].attribute_count == 0)
            if (!p->nodes[i].name || strcmp(p->nodes[i].name, "article") != 0)
                continue;
        uint32_t size = visible_size(p, i);
        if (size < BODY_MIN && (uint64_t)size * 2 < visible_total(p))
            continue;
        unsigned r = qdx_element_body_rank(&p->nodes[i]);
        if (r > *rank || (r && r == *rank && size > visible_size(p, best))) {
            *rank = r;
            best = i;
        }
    }
    return best;
}

/* -- Writing the blocks -- */

typedef struct writing {
    const page *page;
    qdx_draft *draft;
    qdx_buffer scratch;
    uint32_t open;      /* the element that is open */
    uint32_t top;       /* where the walk began */
    uint32_t quotation; /* open <blockquote>s */
    uint32_t heading;
    uint32_t link;
    uint32_t quote; /* open <q>s */
    uint32_t paragraph;
    uint32_t breaks; /* <br>s since the last text */
    uint32_t linked; /* bytes of links in the open block */
} writing;

static bool ends_like_sentence(const char *text, size_t size)
{
    static const char *const ends[] = {".", "!", "?", "\"", "\xE2\x80\x9D", ":", "\xE2\x80\x99"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t n = strlen(ends[i]);
        if (size >= n && memcmp(text + size - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

static bool is_unwanted(const writing *w, const char *text, uint32_t size)
{
    bool prose = w->paragraph || w->quotation || w->heading;
    if (w->linked * 10 > size * 8 || (w->linked * 2 > size && (!prose || size < LINKED_BLOCK)))
        return !ends_like_sentence(text, size) || w->linked * 10 > size * 9;
    if (size < STOCK_BLOCK && qdx_element_is_stock_phrase(text, size))
        return true;
    return !prose && size < SHORT_BLOCK && !ends_like_sentence(text, size);
}

static void end_block(writing *w)
{
    qdx_span span = qdx_draft_pending(w->draft);
    if (span.start < span.end && w->page->strict &&
        is_unwanted(w, w->draft->text.bytes + span.start, span.end - span.start))
        qdx_draft_discard(w->draft);
    qdx_draft_close(w->draft);
    w->linked = 0;
    w->breaks = 0;
}

static qdx_block_kind current_kind(const writing *w)
{
    return w->heading     ? QDX_BLOCK_HEADING
           : w->quotation ? QDX_BLOCK_QUOTATION
                          : QDX_BLOCK_PARAGRAPH;
}

/* A line break followed by an indent begins a paragraph. */
static bool is_indented(const char *text, size_t size)
{
    static const char indent[] = "\xC2\xA0\xC2\xA0";
    size_t i = 0;
    while (i < size && (unsigned char)text[i] <= ' ')
        i++;
    return size - i >= 4 && memcmp(text + i, indent, 4) == 0;
}

static void put_text(writing *w, const char *text, uint32_t size)
{
    uint32_t visible = visible_bytes(text, size);
    if (visible && (w->breaks > 1 || (w->breaks == 1 && is_indented(text, size))))
        end_block(w);
    if (visible && !w->draft->open)
        qdx_draft_open(w->draft, current_kind(w));
    if (w->draft->open)
        qdx_draft_text(w->draft, text, size);
    if (visible)
        w->breaks = 0;
    if (w->link)
        w->linked += visible;
}

static const char *const opening_marks[] = {
    "\"", "'", "`", "\xE2\x80\x9C", "\xE2\x80\x98", "\xC2\xAB", "\xE2\x80\x9E"};
static const char *const closing_marks[] = {"\"", "'", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};

static bool starts_with_mark(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof opening_marks / sizeof opening_marks[0]; i++)
        if (size >= strlen(opening_marks[i]) &&
            memcmp(text, opening_marks[i], strlen(opening_marks[i])) == 0)
            return true;
    return false;
}

static bool ends_with_mark(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof closing_marks / sizeof closing_marks[0]; i++) {
        size_t n = strlen(closing_marks[i]);
        if (size >= n && memcmp(text + size - n, closing_marks[i], n) == 0)
            return true;
    }
    return false;
}

/* <q> stands for marks, unless the page wrote them too. */
static void put_opening_mark(writing *w, uint32_t node)
{
    const char *text = "";
    size_t size = 0;
    for (uint32_t i = node; i < w->page->nodes[node].end && size == 0; i++)
        if (!w->page->nodes[i].name) {
            text = w->page->markup->text.bytes + w->page->nodes[i].start;
            size = w->page->nodes[i].size;
        }
    bool marked = starts_with_mark(text, size);
    if (w->draft->open && !w->draft->space && w->draft->text.size > w->draft->start)
        marked = marked || ends_with_mark(w->draft->text.bytes, w->draft->text.size) ||
                 (w->draft->text.size >= 3 &&
                  starts_with_mark(w->draft->text.bytes + w->draft->text.size - 3, 3));
    if (!marked)
        put_text(w, w->quote % 2 ? "\xE2\x80\x98" : "\xE2\x80\x9C", 3);
}

static void put_closing_mark(writing *w)
{
    if (w->draft->open && !ends_with_mark(w->draft->text.bytes, w->draft->text.size))
        put_text(w, w->quote % 2 ? "\xE2\x80\x99" : "\xE2\x80\x9D", 3);
}

/* Counts `node` in or out. */
static void count_element(writing *w, qdx_element_role role, uint32_t change)
{
    w->quotation += role == QDX_ELEMENT_QUOTATION ? change : 0;
    w->heading += role == QDX_ELEMENT_HEADING ? change : 0;
    w->link += role == QDX_ELEMENT_LINK ? change : 0;
    w->paragraph += role == QDX_ELEMENT_PARAGRAPH ? change : 0;
    w->quote += role == QDX_ELEMENT_QUOTE ? change : 0;
}

static void enter(writing *w, uint32_t node, qdx_element_role role)
{
    if (is_block_role(role))
        end_block(w);
    if (role == QDX_ELEMENT_QUOTE)
        put_opening_mark(w, node);
    if (role == QDX_ELEMENT_BREAK) {
        w->breaks++;
        if (w->draft->open)
            qdx_draft_text(w->draft, " ", 1);
    }
    count_element(w, role, 1);
    w->open = node;
}

static void leave(writing *w)
{
    uint32_t node = w->open;
    qdx_element_role role = qdx_element_role_of(&w->page->nodes[node]);
    if (is_block_role(role))
        end_block(w);
    count_element(w, role, UINT32_MAX); /* minus one */
    if (role == QDX_ELEMENT_QUOTE)
        put_closing_mark(w);
    w->open = w->page->nodes[node].parent;
}

static void put_preformatted(writing *w, uint32_t node)
{
    end_block(w);
    qdx_buffer_clear(&w->scratch);
    qdx_markup_subtree_text(w->page->markup, node, &w->scratch);
    if (w->scratch.failed)
        w->draft->failed = true;
    else if (w->scratch.size)
        qdx_plain_add(w->draft, w->scratch.bytes, w->scratch.size, current_kind(w));
}

static void write_subtree(writing *w, uint32_t top)
{
    const page *p = w->page;
    w->top = top;
    w->open = p->nodes[top].parent;
    uint32_t outside = w->open;
    for (uint32_t i = top; i < p->nodes[top].end && !w->draft->failed; i++) {
        while (w->open != outside && i >= p->nodes[w->open].end)
            leave(w);
        const qdx_node *node = &p->nodes[i];
        if (!node->name) {
            put_text(w, p->markup->text.bytes + node->start, node->size);
            continue;
        }
        qdx_element_role role = qdx_element_role_of(node);
        if (i != top && is_left_out(p, i, role)) {
            if (is_block_role(role))
                end_block(w);
            i = node->end - 1;
        } else if (role == QDX_ELEMENT_PREFORMATTED) {
            put_preformatted(w, i);
            i = node->end - 1;
        } else {
            enter(w, i, role);
        }
    }
    while (w->open != outside)
        leave(w);
    end_block(w);
}

/* Headings that nothing follows introduced something that was left out. */
static void drop_last_headings(qdx_draft *draft)
{
    size_t n = draft->blocks.count;
    while (n > 1 && draft->blocks.items[n - 1].kind == QDX_BLOCK_HEADING)
        n--;
    if (n == draft->blocks.count || draft->blocks.items[n - 1].kind == QDX_BLOCK_HEADING)
        return;
    draft->blocks.count = n;
    draft->text.size = draft->blocks.items[n - 1].span.end;
    draft->text.bytes[draft->text.size] = '\0';
}

/* -- The whole -- */

static qdx_status page_init(page *p, const qdx_markup *markup, uint32_t from, qdx_error *error)
{
    *p = (page){markup, markup->nodes.items, from, markup->nodes.items[from].end, NULL, true};
    p->measures = calloc((size_t)(p->count - from) + 1, sizeof *p->measures);
    if (!p->measures)
        return qdx_error_memory(error);
    measure_sizes(p);
    return QDX_OK;
}

/* Writes each element of the rank `rank` that is not inside another; below 2 only `best`. */
static void write_declared(writing *w, uint32_t best, unsigned rank)
{
    const page *p = w->page;
    if (rank < 2) {
        write_subtree(w, best);
        return;
    }
    for (uint32_t i = 1; i < p->count; i++)
        if (p->nodes[i].name && qdx_element_body_rank(&p->nodes[i]) == rank) {
            write_subtree(w, i);
            i = p->nodes[i].end - 1;
        }
}

qdx_status qdx_article_add(const qdx_markup *markup, qdx_draft *draft, qdx_error *error)
{
    page p;
    qdx_status status = page_init(&p, markup, 0, error);
    if (status != QDX_OK)
        return status;
    writing w = {.page = &p, .draft = draft};
    unsigned rank;
    uint32_t best = find_declared(&p, &rank);
    if (rank)
        write_declared(&w, best, rank);
    if (draft->blocks.count == 0)
        write_subtree(&w, best_scored(&p, score_elements(&p)));
    if (draft->blocks.count == 0) {
        p.strict = false;
        write_subtree(&w, 0);
    }
    drop_last_headings(draft);
    qdx_buffer_release(&w.scratch);
    free(p.measures);
    return qdx_draft_status(draft, error);
}

qdx_status qdx_article_add_subtree(const qdx_markup *markup, uint32_t node, qdx_draft *draft,
                                   qdx_error *error)
{
    page p;
    qdx_status status = page_init(&p, markup, node, error);
    if (status != QDX_OK)
        return status;
    writing w = {.page = &p, .draft = draft};
    size_t before = draft->blocks.count;
    write_subtree(&w, node);
    if (draft->blocks.count == before) {
        p.strict = false;
        write_subtree(&w, node);
    }
    qdx_buffer_release(&w.scratch);
    free(p.measures);
    return qdx_draft_status(draft, error);
}
