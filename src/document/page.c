/*
 * The walk over a page's tree: text is gathered into blocks, elements that seem to stand beside the
 * article or to hold it are noted with the range of their blocks. Nothing is chosen here but what
 * can be told without the rest of the page. Line breaks in pairs part paragraphs, as they did
 * before pages had any.
 */
#include "document/page.h"

#include <string.h>
#include <strings.h>

#include "document/block_phrase.h"
#include "document/plain.h"

enum {
    PROSE_MIN = 100,     /* bytes from which a block is running text */
    PROSE_ENDED = 40,    /* the same when it ends like a sentence */
    PROSE_SENTENCE = 15, /* and stands in a <p> */
    ROLE_CACHE = 128,
};

/* Names are interned: an address stands for a name. */
typedef struct role_slot {
    const char *name;
    qdx_element_role role;
} role_slot;

typedef struct walk {
    qdx_page *page;
    const qdx_node *nodes;
    bool strict;
    uint32_t open;  /* the element that is open */
    uint32_t block; /* the innermost block element */
    uint32_t aside; /* 1 + the innermost aside; 0: none */
    uint32_t body;  /* 1 + the innermost possible body; 0: none */
    uint32_t quotation, heading, title, link, quote, paragraph, list, table, header;
    bool image;      /* seen since the last block */
    uint32_t breaks; /* <br>s since the last text */
    uint32_t linked; /* bytes of links in the open block */
    uint32_t node;   /* where the open block's text began */
    qdx_buffer scratch;
    role_slot roles[ROLE_CACHE];
    qdx_class_memo memo;
} walk;

void qdx_page_init(qdx_page *page, const qdx_markup *markup, qdx_arena *arena)
{
    memset(page, 0, sizeof *page);
    page->markup = markup;
    qdx_draft_init(&page->text, arena);
}

void qdx_page_release(qdx_page *page)
{
    qdx_draft_release(&page->text);
    qdx_vector_release(&page->blocks);
    qdx_vector_release(&page->asides);
    qdx_vector_release(&page->bodies);
}

qdx_status qdx_page_status(const qdx_page *page, qdx_error *error)
{
    return page->failed ? qdx_error_memory(error) : qdx_draft_status(&page->text, error);
}

bool qdx_page_is_free(const qdx_page *page, size_t block)
{
    uint32_t aside = page->blocks.items[block].aside;
    return aside == 0 || !page->asides.items[aside - 1].dropped;
}

const char *qdx_page_text(const qdx_page *page, size_t block)
{
    return page->text.text.bytes + page->text.blocks.items[block].span.start;
}

uint32_t qdx_page_size(const qdx_page *page, size_t block)
{
    qdx_span span = page->text.blocks.items[block].span;
    return span.end - span.start;
}

const char *qdx_page_class(const qdx_page *page, uint32_t node)
{
    const char *name = qdx_markup_attribute(&page->markup->nodes.items[node], "class");
    return name ? name : "";
}

/* -- Elements -- */

static qdx_element_role role_of(walk *w, const qdx_node *node)
{
    role_slot *slot = &w->roles[qdx_markup_name_slot(node->name, ROLE_CACHE)];
    if (slot->name != node->name) {
        slot->name = node->name;
        slot->role = qdx_element_role_of(node);
    }
    return slot->role;
}

static bool is_block_role(qdx_element_role role)
{
    return role != QDX_ELEMENT_INLINE && role != QDX_ELEMENT_LINK && role != QDX_ELEMENT_QUOTE &&
           role != QDX_ELEMENT_BREAK && role != QDX_ELEMENT_HIDDEN && role != QDX_ELEMENT_IMAGE;
}

static bool is_named(const qdx_node *node, const char *name)
{
    return strcmp(qdx_markup_local_name(node), name) == 0;
}

/* -- Blocks -- */

static uint8_t surroundings(const walk *w)
{
    return (uint8_t)((w->paragraph ? QDX_IN_PARAGRAPH : 0) | (w->list ? QDX_IN_LIST : 0) |
                     (w->table ? QDX_IN_TABLE : 0) | (w->header ? QDX_IN_HEADER : 0) |
                     (w->title ? QDX_IS_TITLE : 0) | (w->image ? QDX_AFTER_IMAGE : 0));
}

static qdx_block_kind current_kind(const walk *w)
{
    return w->heading     ? QDX_BLOCK_HEADING
           : w->quotation ? QDX_BLOCK_QUOTATION
                          : QDX_BLOCK_PARAGRAPH;
}

/* What of a block counts as running text. */
static uint32_t prose_of(const walk *w, const char *text, uint32_t size, uint32_t linked)
{
    if (w->heading || linked * 2 > size)
        return 0;
    bool ended = qdx_phrase_ends_sentence(text, size);
    uint32_t enough = !ended ? PROSE_MIN : w->paragraph ? PROSE_SENTENCE : PROSE_ENDED;
    return size >= enough ? size - linked : 0;
}

/* Notes what is known of the blocks that the draft has won. */
static void note_blocks(walk *w, uint8_t in)
{
    qdx_page *page = w->page;
    while (page->blocks.count < page->text.blocks.count) {
        size_t i = page->blocks.count;
        qdx_page_block block = {w->node, w->block, w->aside, w->linked, 0, in};
        block.prose = prose_of(w, qdx_page_text(page, i), qdx_page_size(page, i), w->linked);
        if (!qdx_vector_push(&page->blocks, block)) {
            page->failed = true;
            return;
        }
        w->image = false;
    }
}

static void end_block(walk *w)
{
    qdx_draft_close(&w->page->text);
    note_blocks(w, surroundings(w));
    w->linked = 0;
    w->breaks = 0;
}

static uint32_t visible_bytes(const char *text, uint32_t size)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < size; i++)
        n += (unsigned char)text[i] > ' ';
    return n;
}

static bool is_visible(const char *text, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c <= ' ')
            continue;
        bool wide = size - i >= 3 && memcmp(text + i, "\xE3\x80\x80", 3) == 0;
        if (!wide && !(size - i >= 2 && c == 0xC2 && (unsigned char)text[i + 1] == 0xA0))
            return true;
        i += wide ? 2 : 1;
    }
    return false;
}

/* A line break followed by an indent begins a paragraph. */
static bool is_indented(const char *text, size_t size)
{
    static const char *const indents[] = {"\xC2\xA0\xC2\xA0", "\xE3\x80\x80"};
    size_t i = 0;
    while (i < size && (unsigned char)text[i] <= ' ')
        i++;
    for (size_t k = 0; k < 2; k++)
        if (size - i >= strlen(indents[k]) && memcmp(text + i, indents[k], strlen(indents[k])) == 0)
            return true;
    return false;
}

static void put_text(walk *w, uint32_t node, const char *text, uint32_t size)
{
    qdx_draft *draft = &w->page->text;
    bool visible = is_visible(text, size);
    if (visible && (w->breaks > 1 || (w->breaks == 1 && is_indented(text, size))))
        end_block(w);
    if (visible && !draft->open) {
        qdx_draft_open(draft, current_kind(w));
        w->node = node;
    }
    if (draft->open)
        qdx_draft_text(draft, text, size);
    if (visible)
        w->breaks = 0;
    if (visible && w->link)
        w->linked += visible_bytes(text, size);
}

static void put_preformatted(walk *w, uint32_t node)
{
    end_block(w);
    qdx_buffer_clear(&w->scratch);
    qdx_markup_subtree_text(w->page->markup, node, &w->scratch);
    w->page->failed = w->page->failed || w->scratch.failed;
    w->node = node;
    w->paragraph++;
    if (!w->scratch.failed && w->scratch.size)
        qdx_plain_add(&w->page->text, w->scratch.bytes, w->scratch.size, current_kind(w));
    note_blocks(w, (uint8_t)(surroundings(w) | QDX_IN_PREFORMATTED));
    w->paragraph--;
}

/* -- <q> -- */

/* <q> stands for marks, unless the page wrote them too. */
static void put_opening_mark(walk *w, uint32_t node)
{
    const qdx_draft *draft = &w->page->text;
    const char *text = "";
    size_t size = 0;
    for (uint32_t i = node; i < w->nodes[node].end && size == 0; i++)
        if (!w->nodes[i].name) {
            text = w->page->markup->text.bytes + w->nodes[i].start;
            size = w->nodes[i].size;
        }
    bool marked = qdx_phrase_starts_quoted(text, size);
    if (draft->open && !draft->space && draft->text.size > draft->start)
        marked = marked || qdx_phrase_ends_quoted(draft->text.bytes, draft->text.size) ||
                 (draft->text.size >= 3 &&
                  qdx_phrase_starts_quoted(draft->text.bytes + draft->text.size - 3, 3));
    if (!marked)
        put_text(w, node, w->quote % 2 ? "\xE2\x80\x98" : "\xE2\x80\x9C", 3);
}

static void put_closing_mark(walk *w)
{
    const qdx_draft *draft = &w->page->text;
    if (draft->open && !qdx_phrase_ends_quoted(draft->text.bytes, draft->text.size))
        put_text(w, w->node, w->quote % 2 ? "\xE2\x80\x99" : "\xE2\x80\x9D", 3);
}

/* -- Beside and body -- */

static void open_aside(walk *w, uint32_t node, qdx_beside beside)
{
    qdx_page_aside aside = {node, w->aside, (uint32_t)w->page->blocks.count, 0, beside, true, true};
    if (!qdx_vector_push(&w->page->asides, aside))
        w->page->failed = true;
    else
        w->aside = (uint32_t)w->page->asides.count;
}

static void open_body(walk *w, uint32_t node, uint8_t rank)
{
    qdx_page_body body = {node, (uint32_t)w->page->blocks.count, 0, rank};
    if (!qdx_vector_push(&w->page->bodies, body))
        w->page->failed = true;
}

/* What the tag alone says. */
static qdx_beside beside_by_role(qdx_element_role role)
{
    return role == QDX_ELEMENT_ASIDE || role == QDX_ELEMENT_NAVIGATION ? QDX_BESIDE_SURE
           : role == QDX_ELEMENT_HEADER                                ? QDX_BESIDE_LIKELY
                                                                       : QDX_BESIDE_NOT;
}

/*
 * An inline element inside a sentence is part of it, whatever its name; one that makes up the rest
 * of its parent, or stands bare in a block, is judged like a block.
 */
static bool stands_alone(const walk *w, uint32_t i, qdx_element_role role)
{
    if (is_block_role(role))
        return true;
    if (role != QDX_ELEMENT_INLINE || w->page->text.open)
        return false;
    const qdx_node *node = &w->nodes[i];
    return !w->paragraph || node->end == w->nodes[node->parent].end;
}

/* Before styles, pictures with their captions and boxes were tables that the text flowed around. */
static bool is_floating_table(const qdx_node *node)
{
    const char *align = is_named(node, "table") ? qdx_markup_attribute(node, "align") : NULL;
    return align && (strcasecmp(align, "left") == 0 || strcasecmp(align, "right") == 0);
}

/* Notes what the element's name says of it. False: nothing of it is to be read. */
static bool judge_element(walk *w, uint32_t i, qdx_element_role role)
{
    const qdx_node *node = &w->nodes[i];
    qdx_class_meaning meaning = {QDX_BESIDE_NOT, 0, false};
    qdx_beside beside = beside_by_role(role);
    if (node->attribute_count) {
        bool block = is_block_role(role);
        meaning = qdx_class_meaning_of(&w->memo, node);
        bool concealed = qdx_element_is_concealed(node);
        if (meaning.unseen || (concealed && !block))
            return false;
        if (concealed && role != QDX_ELEMENT_ROOT)
            beside = QDX_BESIDE_SURE; /* a script may show it */
        bool judged =
            stands_alone(w, i, role) && role != QDX_ELEMENT_ROOT &&
            !(role == QDX_ELEMENT_PARAGRAPH && meaning.beside == QDX_BESIDE_LIKELY && w->quotation);
        if (judged && meaning.beside > beside)
            beside = meaning.beside;
        if (beside == QDX_BESIDE_NOT && is_floating_table(node))
            beside = QDX_BESIDE_LIKELY;
    }
    if (role == QDX_ELEMENT_BLOCK && meaning.body_rank == 0 && beside == QDX_BESIDE_NOT &&
        is_named(node, "article"))
        meaning.body_rank = 1;
    if (beside != QDX_BESIDE_NOT) {
        if (is_block_role(role) || !w->page->text.open)
            end_block(w);
        open_aside(w, i, beside);
    } else if (meaning.body_rank && is_block_role(role) && role != QDX_ELEMENT_PARAGRAPH) {
        open_body(w, i, meaning.body_rank);
    }
    return true;
}

/* -- The walk -- */

/* A link within the page, or a mere anchor, is no navigation. */
static bool leads_away(const qdx_node *node)
{
    const char *href = qdx_markup_attribute(node, "href");
    return href && href[0] != '#';
}

/* Counts `node` in (1) or out (-1). */
static void count_element(walk *w, const qdx_node *node, qdx_element_role role, uint32_t change)
{
    w->quotation += role == QDX_ELEMENT_QUOTATION ? change : 0;
    w->link += role == QDX_ELEMENT_LINK && leads_away(node) ? change : 0;
    w->paragraph += role == QDX_ELEMENT_PARAGRAPH ? change : 0;
    w->quote += role == QDX_ELEMENT_QUOTE ? change : 0;
    w->list += role == QDX_ELEMENT_ITEM ? change : 0;
    w->table += role == QDX_ELEMENT_CELL ? change : 0;
    w->header += role == QDX_ELEMENT_HEADER ? change : 0;
    if (role == QDX_ELEMENT_HEADING) {
        w->heading += change;
        w->title += is_named(node, "h1") ? change : 0;
    }
}

static void enter(walk *w, uint32_t i, qdx_element_role role)
{
    if (is_block_role(role)) {
        end_block(w);
        w->block = i;
    }
    if (role == QDX_ELEMENT_QUOTE)
        put_opening_mark(w, i);
    if (role == QDX_ELEMENT_BREAK) {
        w->breaks++;
        if (w->page->text.open)
            qdx_draft_text(&w->page->text, " ", 1);
    }
    count_element(w, &w->nodes[i], role, 1);
    w->open = i;
}

/* Ends what was noted of the element that closes. */
static void close_notes(walk *w, uint32_t node)
{
    qdx_page *page = w->page;
    if (w->aside && page->asides.items[w->aside - 1].node == node) {
        end_block(w);
        qdx_page_aside *aside = &page->asides.items[w->aside - 1];
        aside->end = (uint32_t)page->blocks.count;
        w->aside = aside->outer;
    }
}

static void leave(walk *w)
{
    uint32_t node = w->open;
    qdx_element_role role = role_of(w, &w->nodes[node]);
    if (is_block_role(role))
        end_block(w);
    close_notes(w, node);
    if (role == QDX_ELEMENT_QUOTE) {
        w->quote--;
        put_closing_mark(w);
        w->quote++;
    }
    count_element(w, &w->nodes[node], role, UINT32_MAX); /* minus one */
    w->open = w->nodes[node].parent;
    if (w->block == node) {
        uint32_t up = w->open;
        while (up != w->nodes[up].parent && !is_block_role(role_of(w, &w->nodes[up])))
            up = w->nodes[up].parent;
        w->block = up;
    }
}

/* One node; returns where the walk goes on. */
static uint32_t visit(walk *w, uint32_t i)
{
    const qdx_node *node = &w->nodes[i];
    if (!node->name) {
        put_text(w, i, w->page->markup->text.bytes + node->start, node->size);
        return i + 1;
    }
    qdx_element_role role = role_of(w, node);
    if (role == QDX_ELEMENT_HIDDEN)
        return node->end;
    if (role == QDX_ELEMENT_IMAGE && !w->page->text.open)
        w->image = true;
    if (w->strict && !judge_element(w, i, role)) {
        if (is_block_role(role))
            end_block(w);
        return node->end;
    }
    if (role == QDX_ELEMENT_PREFORMATTED) {
        put_preformatted(w, i);
        close_notes(w, i);
        return node->end;
    }
    enter(w, i, role);
    return i + 1;
}

/* The ranges of blocks that the possible bodies hold. */
static void end_bodies(qdx_page *page)
{
    const qdx_node *nodes = page->markup->nodes.items;
    for (size_t i = page->bodies.count; i-- > 0;) {
        qdx_page_body *body = &page->bodies.items[i];
        size_t low = body->first;
        size_t high = page->blocks.count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (page->blocks.items[middle].node < nodes[body->node].end)
                low = middle + 1;
            else
                high = middle;
        }
        body->end = (uint32_t)low;
    }
}

void qdx_page_read(qdx_page *page, uint32_t top, bool strict)
{
    walk w = {.page = page, .nodes = page->markup->nodes.items, .strict = strict};
    uint32_t outside = w.nodes[top].parent;
    uint32_t end = w.nodes[top].end;
    w.open = w.block = outside;
    for (uint32_t i = top; i < end && !page->failed && !page->text.failed;) {
        while (w.open != outside && i >= w.nodes[w.open].end)
            leave(&w);
        i = visit(&w, i);
    }
    while (w.open != outside)
        leave(&w);
    end_block(&w);
    end_bodies(page);
    qdx_buffer_release(&w.scratch);
}
