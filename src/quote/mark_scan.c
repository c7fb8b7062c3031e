/*
 * Scanning quotation marks: neither pairs them nor asks who speaks. A glyph table gives each mark
 * its family and side; blanks and punctuation around it say which way it leans; apostrophes are
 * told from single marks by a list of clipped words. Then one backward pass tells every mark how
 * the next ones of its family lean, so that pairing need never search ahead.
 */
#include "quote/mark_scan.h"

#include <string.h>

#include "text/unicode.h"

typedef struct glyph {
    uint16_t codepoint;
    uint8_t family, look, side;
} glyph;

static const glyph glyphs[] = {
    {'"', QDX_FAMILY_DOUBLE, QDX_LOOK_STRAIGHT, QDX_LEAN_NONE},
    {'\'', QDX_FAMILY_SINGLE, QDX_LOOK_STRAIGHT, QDX_LEAN_NONE},
    {'`', QDX_FAMILY_SINGLE, QDX_LOOK_STRAIGHT, QDX_LEAN_OPEN},
    {0x00AB, QDX_FAMILY_ANGLE, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x00BB, QDX_FAMILY_ANGLE, QDX_LOOK_CURLY, QDX_LEAN_CLOSE},
    {0x2018, QDX_FAMILY_SINGLE, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x2019, QDX_FAMILY_SINGLE, QDX_LOOK_CURLY, QDX_LEAN_CLOSE},
    {0x201A, QDX_FAMILY_SINGLE, QDX_LOOK_LOW, QDX_LEAN_OPEN},
    {0x201B, QDX_FAMILY_SINGLE, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x201C, QDX_FAMILY_DOUBLE, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x201D, QDX_FAMILY_DOUBLE, QDX_LOOK_CURLY, QDX_LEAN_CLOSE},
    {0x201E, QDX_FAMILY_DOUBLE, QDX_LOOK_LOW, QDX_LEAN_OPEN},
    {0x201F, QDX_FAMILY_DOUBLE, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x2039, QDX_FAMILY_SINGLE_ANGLE, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x203A, QDX_FAMILY_SINGLE_ANGLE, QDX_LOOK_CURLY, QDX_LEAN_CLOSE},
    {0x300C, QDX_FAMILY_CORNER, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x300D, QDX_FAMILY_CORNER, QDX_LOOK_CURLY, QDX_LEAN_CLOSE},
    {0x300E, QDX_FAMILY_WHITE_CORNER, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x300F, QDX_FAMILY_WHITE_CORNER, QDX_LOOK_CURLY, QDX_LEAN_CLOSE},
    {0x301D, QDX_FAMILY_DOUBLE, QDX_LOOK_CURLY, QDX_LEAN_OPEN},
    {0x301E, QDX_FAMILY_DOUBLE, QDX_LOOK_CURLY, QDX_LEAN_CLOSE},
    {0x301F, QDX_FAMILY_DOUBLE, QDX_LOOK_CURLY, QDX_LEAN_CLOSE},
    {0xFF02, QDX_FAMILY_DOUBLE, QDX_LOOK_STRAIGHT, QDX_LEAN_NONE},
};

/* Words written with an apostrophe for their lost beginning. */
static const char *const clipped_words[] = {
    "bout",   "burbs", "cause",  "cept",   "cos", "coz",  "cuz",  "em",
    "er",     "fraid", "gainst", "hood",   "im",  "kay",  "n",    "neath",
    "nother", "nuff",  "round",  "s",      "til", "till", "tis",  "tude",
    "twas",   "twere", "twill",  "twould", "ya",  "yer",  "zine",
};

/* What stands beside a mark. */
typedef enum side_kind { SIDE_BLANK, SIDE_LOOSE, SIDE_TIGHT } side_kind;

enum { LOOSE_BEFORE = 1, LOOSE_AFTER = 2, STRONG_BEFORE = 4 };

/* How punctuation sets a quotation mark beside it free. */
static const uint8_t mark_looseness[QDX_MARK_OTHER + 1] = {
    [QDX_MARK_PERIOD] = LOOSE_AFTER | STRONG_BEFORE,
    [QDX_MARK_ELLIPSIS] = LOOSE_AFTER | STRONG_BEFORE,
    [QDX_MARK_QUESTION] = LOOSE_AFTER | STRONG_BEFORE,
    [QDX_MARK_EXCLAMATION] = LOOSE_AFTER | STRONG_BEFORE,
    [QDX_MARK_COMMA] = LOOSE_AFTER | STRONG_BEFORE,
    [QDX_MARK_COLON] = LOOSE_BEFORE | LOOSE_AFTER,
    [QDX_MARK_SEMICOLON] = LOOSE_AFTER,
    [QDX_MARK_HYPHEN] = LOOSE_BEFORE | LOOSE_AFTER,
    [QDX_MARK_DASH] = LOOSE_BEFORE | LOOSE_AFTER,
    [QDX_MARK_OPEN] = LOOSE_BEFORE,
    [QDX_MARK_CLOSE] = LOOSE_AFTER | STRONG_BEFORE,
    [QDX_MARK_SLASH] = LOOSE_BEFORE | LOOSE_AFTER,
};

static const qdx_token *token_at(const qdx_text *text, uint32_t i)
{
    return &text->tokens.items[i];
}

/* Are tokens i and i + 1 of the block written without a blank between them? */
static bool is_glued(const qdx_text *text, qdx_token_range block, uint32_t i)
{
    return i + 1 < block.end && token_at(text, i)->end == token_at(text, i + 1)->start;
}

static bool is_quotation_token(const qdx_token *token)
{
    return token->mark == QDX_MARK_QUOTATION || token->mark == QDX_MARK_SINGLE;
}

static uint32_t glyph_codepoint(const qdx_text *text, const qdx_token *token)
{
    uint32_t c;
    qdx_utf8_decode(text->bytes + token->start, text->bytes + token->end, &c);
    return c;
}

/* A mark that is not in the table is taken for a straight double one, the first row. */
static const glyph *glyph_find(uint32_t codepoint)
{
    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
        if (glyphs[i].codepoint == codepoint)
            return &glyphs[i];
    return &glyphs[0];
}

/* Which mark begins at token i. */
static void read_glyph(const qdx_text *text, qdx_token_range block, uint32_t i,
                       qdx_quote_mark *mark)
{
    const qdx_token *token = token_at(text, i);
    uint32_t c = glyph_codepoint(text, token);
    const glyph *found = glyph_find(c);
    mark->first = i;
    mark->end = i + 1;
    mark->family = found->family;
    mark->look = found->look;
    mark->side = found->side;
    bool pair = found->family == QDX_FAMILY_SINGLE && c > 0x7F && is_glued(text, block, i) &&
                token_at(text, i + 1)->mark == QDX_MARK_SINGLE &&
                glyph_codepoint(text, token_at(text, i + 1)) == c;
    if (pair)
        mark->end = i + 2;
    if (pair || (found->family == QDX_FAMILY_SINGLE && token->mark == QDX_MARK_QUOTATION)) {
        mark->family = QDX_FAMILY_DOUBLE;
        mark->doubled = mark->side != QDX_LEAN_OPEN;
    }
}

static side_kind side_before(const qdx_text *text, qdx_token_range block, uint32_t i)
{
    if (i == block.first || !is_glued(text, block, i - 1))
        return SIDE_BLANK;
    return mark_looseness[token_at(text, i - 1)->mark] & LOOSE_BEFORE ? SIDE_LOOSE : SIDE_TIGHT;
}

static side_kind side_after(const qdx_text *text, qdx_token_range block, uint32_t last)
{
    if (!is_glued(text, block, last))
        return SIDE_BLANK;
    return mark_looseness[token_at(text, last + 1)->mark] & LOOSE_AFTER ? SIDE_LOOSE : SIDE_TIGHT;
}

/* Which way blanks, then punctuation, on both sides of a mark point it. */
static qdx_mark_lean shape_of(side_kind before, side_kind after)
{
    if ((before == SIDE_BLANK) != (after == SIDE_BLANK))
        return before == SIDE_BLANK ? QDX_LEAN_OPEN : QDX_LEAN_CLOSE;
    if ((before == SIDE_TIGHT) != (after == SIDE_TIGHT))
        return before == SIDE_TIGHT ? QDX_LEAN_CLOSE : QDX_LEAN_OPEN;
    return QDX_LEAN_NONE;
}

/* Is token i a clipped word ("tis") or a clipped year ("90s")? */
static bool is_clipped(const qdx_text *text, uint32_t i)
{
    const qdx_token *token = token_at(text, i);
    const char *bytes = text->bytes + token->start;
    size_t size = token->end - token->start;
    if (token->kind == QDX_TOKEN_NUMBER)
        return size == 2 || (size == 3 && (bytes[2] | 0x20) == 's');
    if (token->kind != QDX_TOKEN_WORD)
        return false;
    for (size_t w = 0; w < sizeof clipped_words / sizeof *clipped_words; w++) {
        const char *word = clipped_words[w];
        size_t k = 0;
        while (k < size && word[k] && (bytes[k] | 0x20) == word[k])
            k++;
        if (k == size && !word[k])
            return true;
    }
    return false;
}

/* Does the word before a mark end as words with a trailing apostrophe do: players', goin', o'? */
static bool ends_clipped(const qdx_text *text, const qdx_token *token)
{
    if (token->kind == QDX_TOKEN_NUMBER)
        return true;
    const char *end = text->bytes + token->end;
    size_t size = token->end - token->start;
    char last = (char)(end[-1] | 0x20);
    return last == 's' || (last == 'n' && size > 2 && (end[-2] | 0x20) == 'i') ||
           (last == 'o' && size == 1);
}

/* The second apostrophe of 'n'. */
static bool closes_n(const qdx_text *text, qdx_token_range block, uint32_t i)
{
    if (i < block.first + 2 || !is_glued(text, block, i - 1) || !is_glued(text, block, i - 2))
        return false;
    const qdx_token *word = token_at(text, i - 1);
    return word->end - word->start == 1 && (text->bytes[word->start] | 0x20) == 'n' &&
           token_at(text, i - 2)->mark == QDX_MARK_SINGLE;
}

/* Lean of a single mark, which may be an apostrophe; `shape` is what its neighbours say. */
static qdx_mark_lean lean_of_single(const qdx_text *text, qdx_token_range block,
                                    qdx_quote_mark *mark, qdx_mark_lean shape)
{
    uint32_t i = mark->first;
    const qdx_token *before =
        i > block.first && is_glued(text, block, i - 1) ? token_at(text, i - 1) : NULL;
    const qdx_token *after = is_glued(text, block, i) ? token_at(text, i + 1) : NULL;
    bool word_before = before && before->kind != QDX_TOKEN_MARK;
    bool word_after = after && after->kind != QDX_TOKEN_MARK;
    if ((word_before && word_after) || closes_n(text, block, i)) {
        mark->could_open = mark->side == QDX_LEAN_OPEN;
        return QDX_LEAN_APOSTROPHE;
    }
    if (shape == QDX_LEAN_NONE)
        shape = (qdx_mark_lean)mark->side;
    if (shape == QDX_LEAN_NONE && (mark->strong || (!before && !after)))
        shape = QDX_LEAN_CLOSE;
    if (shape == QDX_LEAN_OPEN) {
        bool clipped = word_after && is_clipped(text, i + 1);
        bool is_n =
            clipped && (text->bytes[after->start] | 0x20) == 'n' && after->end - after->start == 1;
        mark->could_open = word_after && !is_n;
        return clipped || mark->side == QDX_LEAN_CLOSE ? QDX_LEAN_APOSTROPHE : QDX_LEAN_OPEN;
    }
    if (shape == QDX_LEAN_NONE)
        return QDX_LEAN_APOSTROPHE;
    bool runs_on = !after && i + 1 < block.end && token_at(text, i + 1)->kind != QDX_TOKEN_MARK;
    return word_before && runs_on && ends_clipped(text, before) ? QDX_LEAN_WEAK : QDX_LEAN_CLOSE;
}

static qdx_mark_lean lean_of(const qdx_text *text, qdx_token_range block, qdx_quote_mark *mark,
                             qdx_mark_lean shape)
{
    if (mark->family == QDX_FAMILY_SINGLE)
        return lean_of_single(text, block, mark, shape);
    bool firm = mark->family == QDX_FAMILY_CORNER || mark->family == QDX_FAMILY_WHITE_CORNER;
    return firm || shape == QDX_LEAN_NONE ? (qdx_mark_lean)mark->side : shape;
}

/* Does the mark stand after a number, as inches do? And that number after feet? */
static void note_measure(const qdx_text *text, qdx_token_range block, qdx_quote_mark *mark)
{
    uint32_t i = mark->first;
    if (i == block.first || !is_glued(text, block, i - 1) ||
        token_at(text, i - 1)->kind != QDX_TOKEN_NUMBER)
        return;
    mark->measure = true;
    mark->feet = i >= block.first + 3 && token_at(text, i - 2)->mark == QDX_MARK_SINGLE &&
                 is_glued(text, block, i - 3) && token_at(text, i - 3)->kind == QDX_TOKEN_NUMBER;
}

/* The end of the tag `<…>` that starts at token i, or i where there is none. */
static uint32_t skip_tag(const qdx_text *text, qdx_token_range block, uint32_t i)
{
    const qdx_token *token = token_at(text, i);
    if (token->mark != QDX_MARK_OTHER || text->bytes[token->start] != '<' ||
        !is_glued(text, block, i))
        return i;
    const qdx_token *name = token_at(text, i + 1);
    if (name->kind != QDX_TOKEN_WORD && name->mark != QDX_MARK_SLASH)
        return i;
    for (uint32_t at = i + 1; at < block.end; at++) {
        char c = text->bytes[token_at(text, at)->start];
        if (c == '<')
            return i;
        if (c == '>')
            return at + 1;
    }
    return i;
}

/*
 * Sets the leans of a run of marks without blanks between them: each sees what stands before and
 * after the run.
 */
static void lean_run(const qdx_text *text, qdx_token_range block, qdx_quote_mark *marks,
                     size_t count)
{
    uint32_t first = marks[0].first, end = marks[count - 1].end;
    side_kind before = side_before(text, block, first);
    qdx_mark_lean shape = shape_of(before, side_after(text, block, end - 1));
    bool strong =
        before != SIDE_BLANK && mark_looseness[token_at(text, first - 1)->mark] & STRONG_BEFORE;
    bool introduced = first == block.first || token_at(text, first - 1)->kind == QDX_TOKEN_MARK;
    for (size_t i = 0; i < count; i++) {
        marks[i].strong = strong;
        marks[i].introduced = introduced;
        note_measure(text, block, &marks[i]);
        marks[i].lean = (uint8_t)lean_of(text, block, &marks[i], shape);
    }
}

static bool scan_block(const qdx_text *text, uint32_t number, qdx_quote_mark_list *list)
{
    qdx_token_range block = text->blocks.items[number];
    const qdx_token *tokens = text->tokens.items;
    size_t run = list->marks.count; /* where the run of marks in hand begins */
    for (uint32_t i = block.first; i < block.end;) {
        while (i < block.end && tokens[i].kind != QDX_TOKEN_MARK)
            i++;
        if (i == block.end)
            break;
        if (!is_quotation_token(token_at(text, i))) {
            uint32_t past = skip_tag(text, block, i);
            i = past > i ? past : i + 1;
            continue;
        }
        qdx_quote_mark mark = {.block = number};
        read_glyph(text, block, i, &mark);
        if (!qdx_arena_push(text->account, &list->marks, mark))
            return false;
        i = mark.end;
        if (is_glued(text, block, i - 1) && is_quotation_token(token_at(text, i)))
            continue;
        lean_run(text, block, list->marks.items + run, list->marks.count - run);
        run = list->marks.count;
    }
    return true;
}

/* Do single marks open more often than all others, or as often and first? */
static bool is_single_style(const qdx_quote_mark_list *list)
{
    size_t single = 0, other = 0;
    bool single_first = false;
    for (size_t i = 0; i < list->marks.count; i++) {
        const qdx_quote_mark *mark = &list->marks.items[i];
        if (mark->lean != QDX_LEAN_OPEN)
            continue;
        if (single + other == 0)
            single_first = mark->family == QDX_FAMILY_SINGLE;
        single += mark->family == QDX_FAMILY_SINGLE;
        other += mark->family != QDX_FAMILY_SINGLE;
    }
    return single > other || (single == other && single_first);
}

/* What lies ahead in one family, seen from the right. */
typedef struct outlook {
    int32_t sink;
    uint8_t next;
    bool weak;
} outlook;

static void outlook_add(outlook *ahead, uint8_t lean)
{
    if (lean == QDX_LEAN_APOSTROPHE)
        return;
    if (lean == QDX_LEAN_WEAK) {
        ahead->weak = true;
        return;
    }
    if (lean == QDX_LEAN_CLOSE)
        ahead->sink--;
    else if (lean == QDX_LEAN_OPEN && ahead->sink < 0)
        ahead->sink++;
    ahead->next = lean;
    ahead->weak = false;
}

/*
 * Tells every mark what follows in its family. Where single marks are the inner ones, a stretch in
 * them reaches over no double mark; where they are the outer ones, '' counts as two of them.
 */
static void look_ahead(qdx_quote_mark_list *list)
{
    outlook ahead[QDX_FAMILY_COUNT] = {0};
    for (size_t i = list->marks.count; i-- > 0;) {
        qdx_quote_mark *mark = &list->marks.items[i];
        if (i + 1 < list->marks.count && mark[1].block != mark->block)
            memset(ahead, 0, sizeof ahead);
        if (mark->doubled && list->single && mark->family == QDX_FAMILY_DOUBLE)
            mark->family = QDX_FAMILY_SINGLE;
        outlook *mine = &ahead[mark->family];
        mark->next = mine->next;
        mark->sink = mine->sink;
        mark->weak_next = mine->weak;
        outlook_add(mine, mark->lean);
        if (mark->family == QDX_FAMILY_SINGLE && mark->doubled)
            outlook_add(mine, mark->lean);
        if (mark->family != QDX_FAMILY_SINGLE && !list->single)
            ahead[QDX_FAMILY_SINGLE] = (outlook){0};
    }
}

qdx_status qdx_quote_marks_scan(const qdx_text *text, qdx_quote_mark_list *list, qdx_error *error)
{
    for (uint32_t i = 0; i < text->blocks.count; i++)
        if (!scan_block(text, i, list))
            return qdx_error_memory(error);
    list->single = is_single_style(list);
    look_ahead(list);
    return QDX_OK;
}

void qdx_quote_marks_release(qdx_quote_mark_list *list)
{
    qdx_vector_release(&list->marks);
    list->single = false;
}
