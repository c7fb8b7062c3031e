/*
 * Pairing quotation marks: one pass over the marks that mark_scan.h found, with a bounded stack of
 * open stretches a block. Nothing here knows who speaks, or looks at words. A mark closes what its
 * family has open, opens, ends a stretch that was never closed, or is no quotation mark at all;
 * what it does follows from its lean, the stack and what its family has ahead.
 */
#include "quote/quote_mark.h"

#include "quote/mark_scan.h"

typedef struct open_stretch {
    size_t stretch; /* index into the list */
    const qdx_quote_mark *mark;
} open_stretch;

typedef struct pairing {
    const qdx_text *text;
    const qdx_document *document;
    qdx_stretch_list *list;
    qdx_quote_mark_list marks;
    QDX_VECTOR(uint32_t) moved; /* of the block in hand: where its stretches went */
    open_stretch stack[QDX_STRETCH_DEPTH];
    size_t depth;
    const qdx_quote_mark *last[QDX_FAMILY_COUNT]; /* last mark seen of each family, in the block */
    uint8_t unclosed_family; /* of the stretch the block before left open, or QDX_FAMILY_COUNT */
    bool failed;             /* memory ran out */
} pairing;

/* The innermost open stretch of a family: its place in the stack + 1, or 0. */
static size_t find_open(const pairing *p, uint8_t family)
{
    size_t at = p->depth;
    while (at > 0 && p->stack[at - 1].mark->family != family)
        at--;
    return at;
}

/* Are there closing marks ahead for a stretch of this mark inside all that its family has open? */
static bool is_nested(const pairing *p, const qdx_quote_mark *mark)
{
    int32_t needed = 1;
    for (size_t i = 0; i < p->depth; i++)
        needed += p->stack[i].mark->family == mark->family;
    return mark->sink <= -needed;
}

/* Opens a stretch. Until it is closed it is empty, and so dropped at the end of the block. */
static void open_at(pairing *p, const qdx_quote_mark *mark)
{
    if (p->depth == QDX_STRETCH_DEPTH)
        return;
    qdx_stretch stretch = {
        .first = mark->end,
        .end = mark->end,
        .open = mark->first,
        .close = UINT32_MAX,
        .block = mark->block,
        .outer = p->depth ? (uint32_t)p->stack[p->depth - 1].stretch : UINT32_MAX,
        .continues = p->depth == 0 && p->unclosed_family == mark->family &&
                     mark->first == p->text->blocks.items[mark->block].first,
    };
    if (!qdx_arena_push(p->text->account, p->list, stretch)) {
        p->failed = true;
        return;
    }
    p->stack[p->depth++] = (open_stretch){p->list->count - 1, mark};
}

/* Ends the stretch at `at` (place + 1) before token `end`; those open inside it never were any. */
static void end_at(pairing *p, size_t at, uint32_t end, uint32_t close)
{
    qdx_stretch *stretch = &p->list->items[p->stack[at - 1].stretch];
    stretch->end = end;
    stretch->close = close;
    p->depth = at - 1;
}

static void close_at(pairing *p, size_t at, const qdx_quote_mark *mark)
{
    end_at(p, at, mark->first, mark->first);
}

/* A second opening mark: the first was never closed. */
static void reopen_at(pairing *p, size_t at, const qdx_quote_mark *mark)
{
    end_at(p, at, mark->first, UINT32_MAX);
    open_at(p, mark);
}

/* A closing mark of a kind that is not open: closes the one open stretch that nothing else will. */
static void close_foreign(pairing *p, const qdx_quote_mark *mark)
{
    if (p->depth == 0 || mark->lean != QDX_LEAN_CLOSE)
        return;
    if (p->last[p->stack[p->depth - 1].mark->family]->next != QDX_LEAN_CLOSE)
        close_at(p, p->depth, mark);
}

static void take_first(pairing *p, const qdx_quote_mark *mark)
{
    bool opens = mark->lean == QDX_LEAN_OPEN || mark->side == QDX_LEAN_OPEN;
    if (!opens && mark->side == QDX_LEAN_NONE && !mark->measure && !mark->doubled)
        opens = mark->lean == QDX_LEAN_NONE || (mark->next == QDX_LEAN_CLOSE && p->depth == 0);
    if (opens)
        open_at(p, mark);
    else
        close_foreign(p, mark);
}

/* Does the open mark at `at` say by its glyph that `mark` closes it? */
static bool must_close(const pairing *p, size_t at, const qdx_quote_mark *mark)
{
    const qdx_quote_mark *open = p->stack[at - 1].mark;
    if (mark->family != QDX_FAMILY_DOUBLE)
        return mark->lean == QDX_LEAN_CLOSE;
    return mark->side == QDX_LEAN_CLOSE ||
           (open->look == QDX_LOOK_LOW && mark->look != QDX_LOOK_LOW &&
            mark->side == QDX_LEAN_OPEN);
}

/* A mark of any family but the single one, while a stretch of its family is open. */
static void take_second(pairing *p, size_t at, const qdx_quote_mark *mark)
{
    bool other_look = p->stack[at - 1].mark->look != mark->look;
    if (must_close(p, at, mark)) {
        close_at(p, at, mark);
    } else if (mark->lean == QDX_LEAN_OPEN) {
        bool closes_follow = mark->next == QDX_LEAN_CLOSE;
        if (closes_follow && (other_look || is_nested(p, mark)))
            open_at(p, mark);
        else if (closes_follow || mark->side == QDX_LEAN_OPEN)
            reopen_at(p, at, mark);
        else
            close_at(p, at, mark);
    } else if (!mark->measure || !(mark->feet || mark->next == QDX_LEAN_CLOSE)) {
        close_at(p, at, mark);
    }
}

static void take_pointing(pairing *p, const qdx_quote_mark *mark)
{
    size_t at = find_open(p, mark->family);
    if (at)
        take_second(p, at, mark);
    else
        take_first(p, mark);
}

/* An opening single mark, or an apostrophe that could be one. */
static void take_single_open(pairing *p, size_t at, const qdx_quote_mark *mark)
{
    bool single = p->marks.single;
    bool closes_follow = mark->next == QDX_LEAN_CLOSE;
    if (mark->lean == QDX_LEAN_APOSTROPHE) {
        if (single && !at && closes_follow && mark->could_open)
            open_at(p, mark);
    } else if (!at) {
        bool outermost = single && p->depth == 0;
        bool sure =
            mark->introduced || (mark->side == QDX_LEAN_OPEN && mark->look != QDX_LOOK_STRAIGHT);
        if (mark->sink < 0 || mark->weak_next || (outermost && sure))
            open_at(p, mark);
    } else if (closes_follow && (mark->weak_next || is_nested(p, mark))) {
        open_at(p, mark);
    } else if (single && (closes_follow || mark->weak_next || mark->side == QDX_LEAN_OPEN)) {
        reopen_at(p, at, mark);
    }
}

static void take_single_close(pairing *p, size_t at, const qdx_quote_mark *mark)
{
    bool weak = mark->lean == QDX_LEAN_WEAK;
    if (!at) {
        if (mark->strong && !weak)
            close_foreign(p, mark);
    } else if (at < p->depth) { /* over a stretch open inside it */
        if (mark->strong && !weak)
            close_at(p, at, mark);
    } else if (!weak ||
               (mark->next != QDX_LEAN_CLOSE && mark->look == p->stack[at - 1].mark->look)) {
        close_at(p, at, mark);
    }
}

static void take_single(pairing *p, const qdx_quote_mark *mark)
{
    size_t at = find_open(p, QDX_FAMILY_SINGLE);
    if (mark->lean == QDX_LEAN_CLOSE || mark->lean == QDX_LEAN_WEAK)
        take_single_close(p, at, mark);
    else
        take_single_open(p, at, mark);
}

static void take(pairing *p, const qdx_quote_mark *mark)
{
    p->last[mark->family] = mark;
    if (mark->family != QDX_FAMILY_SINGLE) {
        take_pointing(p, mark);
        return;
    }
    size_t doubles = find_open(p, QDX_FAMILY_DOUBLE);
    if (mark->doubled && doubles && doubles == p->depth) {
        close_at(p, doubles, mark); /* ``…'' inside single marks */
        return;
    }
    take_single(p, mark);
    if (mark->doubled && (mark->lean == QDX_LEAN_OPEN || find_open(p, QDX_FAMILY_SINGLE)))
        take_single(p, mark);
}

/* What is still open at the end of a block: the outermost runs to it, the others were none. */
static void end_block(pairing *p, uint32_t block)
{
    p->unclosed_family = QDX_FAMILY_COUNT;
    if (p->depth && (p->marks.single || p->stack[0].mark->family != QDX_FAMILY_SINGLE)) {
        p->unclosed_family = p->stack[0].mark->family;
        p->list->items[p->stack[0].stretch].unclosed = true;
        end_at(p, 1, p->text->blocks.items[block].end, UINT32_MAX);
    }
    p->depth = 0;
    for (size_t i = 0; i < QDX_FAMILY_COUNT; i++)
        p->last[i] = NULL;
}

/* Drops the empty stretches from `base` on, and gives the others their outer ones and spans. */
static bool settle(pairing *p, size_t base)
{
    qdx_stretch_list *list = p->list;
    size_t kept = base;
    qdx_vector_clear(&p->moved);
    for (size_t i = base; i < list->count; i++) {
        qdx_stretch stretch = list->items[i];
        if (stretch.outer != UINT32_MAX)
            stretch.outer = p->moved.items[stretch.outer - base];
        bool empty = stretch.first >= stretch.end;
        if (!qdx_arena_push(p->text->account, &p->moved, empty ? stretch.outer : (uint32_t)kept))
            return false;
        if (empty)
            continue;
        stretch.span.start = p->text->tokens.items[stretch.first].start;
        stretch.span.end = p->text->tokens.items[stretch.end - 1].end;
        list->items[kept++] = stretch;
    }
    list->count = kept;
    return true;
}

/* The whole of a <blockquote> paragraph in which no marks were found. */
static bool add_block_quotation(pairing *p, uint32_t block)
{
    qdx_token_range range = p->text->blocks.items[block];
    if (p->document->blocks[block].kind != QDX_BLOCK_QUOTATION || range.first == range.end)
        return true;
    qdx_stretch stretch = {
        .first = range.first,
        .end = range.end,
        .open = UINT32_MAX,
        .close = UINT32_MAX,
        .block = block,
        .outer = UINT32_MAX,
        .block_quotation = true,
    };
    if (!qdx_arena_push(p->text->account, p->list, stretch))
        return false;
    return settle(p, p->list->count - 1);
}

static bool pair_block(pairing *p, uint32_t block, size_t *next)
{
    size_t base = p->list->count;
    if (p->text->blocks.items[block].first == p->text->blocks.items[block].end)
        return true;
    const qdx_quote_mark *marks = p->marks.marks.items;
    for (; *next < p->marks.marks.count && marks[*next].block == block; ++*next)
        take(p, &marks[*next]);
    end_block(p, block);
    if (p->failed || !settle(p, base))
        return false;
    return p->list->count > base || add_block_quotation(p, block);
}

qdx_status qdx_stretches_find(const qdx_text *text, const qdx_document *document,
                              qdx_stretch_list *list, qdx_error *error)
{
    pairing p = {
        .text = text,
        .document = document,
        .list = list,
        .unclosed_family = QDX_FAMILY_COUNT,
    };
    size_t next = 0;
    qdx_vector_clear(list);
    qdx_status status = qdx_quote_marks_scan(text, &p.marks, error);
    for (uint32_t block = 0; !status && block < text->blocks.count; block++)
        if (!pair_block(&p, block, &next))
            status = qdx_error_memory(error);
    if (status)
        qdx_vector_clear(list);
    qdx_vector_release(&p.moved);
    qdx_quote_marks_release(&p.marks);
    return status;
}
