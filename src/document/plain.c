/*
 * Plain text as articles come in it: a title or none, then paragraphs, either one a line or broken
 * to some width, with blank lines or indents between them or not. The text is never changed; blocks
 * are ranges in it. Which of the two ways holds is decided for the file as a whole, from how its
 * lines end and begin.
 */
#include "document/plain.h"

#include <string.h>

#include "document/date.h"
#include "document/export_text.h"
#include "text/unicode.h"

enum {
    WIDEST_WRAP = 132,   /* a longer line was not broken to a width */
    SAMPLE_LINES = 4000, /* lines looked at to decide */
    TITLE_BYTES = 200,
    MONTH_LINE_BYTES = 24, /* "Published September 2014" */
    HEAD_LINES = 6,        /* lines that may hold a date or an address */
    HEAD_LINE_BYTES = 160,
    DATELINE_BYTES = 64,
};

/* A line without its end and the white space around it. */
typedef struct line {
    size_t start;  /* first visible byte */
    size_t end;    /* after the last one; == start: blank */
    size_t indent; /* white space before it, a tab counts 4 */
} line;

typedef struct lines {
    const char *text;
    size_t size;
    size_t at;      /* where the next line starts */
    size_t newline; /* the next '\n' at or after `at`, found once */
} lines;

static void lines_init(lines *l, const char *text, size_t size)
{
    *l = (lines){text, size, 0, 0};
    const char *newline = memchr(text, '\n', size);
    l->newline = newline ? (size_t)(newline - text) : size;
}

static bool is_blank_byte(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\r';
}

/* Shrinks to the visible part and measures the indent. */
static void trim(const char *text, line *out)
{
    out->indent = 0;
    for (; out->start < out->end; out->start++) {
        char c = text[out->start];
        if (is_blank_byte(c)) {
            out->indent += c == '\t' ? 4 : 1;
        } else if (c == '\xC2' && out->end - out->start > 1 && text[out->start + 1] == '\xA0') {
            out->indent++;
            out->start++;
        } else {
            break;
        }
    }
    while (out->end > out->start && is_blank_byte(text[out->end - 1]))
        out->end--;
}

/* Lines end with LF, CR LF or CR. */
static bool lines_next(lines *l, line *out)
{
    if (l->at >= l->size)
        return false;
    size_t end = l->newline;
    const char *cr = memchr(l->text + l->at, '\r', end - l->at);
    size_t next = end + 1;
    if (cr && (size_t)(cr - l->text) + 1 < end) {
        end = (size_t)(cr - l->text);
        next = end + 1;
    } else if (end < l->size) {
        const char *newline = next < l->size ? memchr(l->text + next, '\n', l->size - next) : NULL;
        l->newline = newline ? (size_t)(newline - l->text) : l->size;
    }
    *out = (line){l->at, end, 0};
    l->at = next;
    trim(l->text, out);
    return true;
}

/* -- One paragraph a line, or lines broken to a width? -- */

typedef struct shape {
    uint16_t widths[WIDEST_WRAP + 2]; /* how many lines are how long; the last: longer */
    size_t count;
    size_t width;     /* that nearly all lines keep within */
    size_t pairs;     /* lines with another line right after them */
    size_t continued; /* of these: the next begins with a small letter */
    bool wrapped;
} shape;

/* Characters, as far as it matters: lines that are far too wide are measured in bytes. */
static size_t line_width(const char *text, const line *l)
{
    size_t bytes = l->end - l->start;
    if (bytes > 2 * (size_t)WIDEST_WRAP)
        return bytes;
    const char *p = text + l->start;
    size_t inner = 0; /* bytes that begin no character */
    size_t i = 0;
    for (; i + 8 <= bytes; i += 8) {
        uint64_t word;
        memcpy(&word, p + i, 8);
        word = (word >> 7) & ~(word >> 6) & 0x0101010101010101u;
        inner += (size_t)((word * 0x0101010101010101u) >> 56);
    }
    for (; i < bytes; i++)
        inner += ((unsigned char)p[i] & 0xC0) == 0x80;
    return l->indent + bytes - inner;
}

static bool begins_small(const char *text, const line *l)
{
    if (l->start >= l->end)
        return false;
    unsigned char c = (unsigned char)text[l->start];
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    uint32_t codepoint;
    qdx_utf8_decode(text + l->start, text + l->end, &codepoint);
    return qdx_unicode_is_lower(codepoint);
}

/* The width that at most one line in thirty exceeds; above WIDEST_WRAP when there is none. */
static size_t common_width(const shape *s)
{
    size_t allowed = s->count / 30;
    size_t above = s->widths[WIDEST_WRAP + 1];
    size_t width = WIDEST_WRAP + 1;
    while (width > 0 && above <= allowed)
        above += s->widths[--width];
    return width;
}

static void measure(const char *text, size_t size, shape *s)
{
    memset(s, 0, sizeof *s);
    lines l;
    lines_init(&l, text, size);
    line current = {0, 0, 0};
    bool before = false;
    while (s->count < SAMPLE_LINES && lines_next(&l, &current)) {
        bool visible = current.start < current.end;
        if (visible) {
            size_t width = line_width(text, &current);
            s->widths[width <= WIDEST_WRAP ? width : WIDEST_WRAP + 1]++; /* at most SAMPLE_LINES */
            s->count++;
            s->pairs += before;
            s->continued += before && begins_small(text, &current);
        }
        before = visible;
    }
    s->width = common_width(s);
    s->wrapped = s->pairs > 0 && s->width <= WIDEST_WRAP && s->continued * 5 >= s->pairs;
}

/* -- Paragraphs -- */

static size_t word_width(const char *text, const line *l)
{
    size_t n = 0;
    while (l->start + n < l->end && !is_blank_byte(text[l->start + n]))
        n++;
    return n;
}

/* The last character that is no closing mark. */
static char last_byte(const char *text, size_t start, size_t end)
{
    static const char *const closers[] = {"\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};
    while (end > start) {
        char c = text[end - 1];
        if (c == '"' || c == '\'' || c == ')' || c == ']') {
            end--;
            continue;
        }
        size_t i = 0;
        size_t n = 0;
        for (; (unsigned char)c >= 0x80 && i < 3; i++) {
            n = strlen(closers[i]);
            if (end - start >= n && memcmp(text + end - n, closers[i], n) == 0)
                break;
        }
        if ((unsigned char)c < 0x80 || i == 3)
            return c;
        end -= n;
    }
    return '\0';
}

static bool ends_sentence(const char *text, const line *l)
{
    char c = last_byte(text, l->start, l->end);
    return c == '.' || c == '!' || c == '?';
}

/* Does `next` go on with the paragraph of `before`? Both are visible and neighbours. */
static bool continues(const char *text, const shape *s, const line *before, const line *next)
{
    if (begins_small(text, next))
        return line_width(text, before) <= WIDEST_WRAP;
    if (text[before->end - 1] == ',') /* no paragraph ends with a comma */
        return next->indent <= before->indent + 1;
    if (!s->wrapped || next->indent > before->indent + 1)
        return false;
    size_t needed = line_width(text, before) + 1 + word_width(text, next);
    if (!ends_sentence(text, before)) /* a line cut far too early is a title or a byline */
        return before->indent <= next->indent + 8 && needed + s->width / 4 > s->width;
    return needed + 2 > s->width;
}

void qdx_plain_split(const char *text, size_t size, qdx_plain_visit *visit, void *context)
{
    shape s;
    measure(text, size, &s);
    lines l;
    lines_init(&l, text, size);
    line current;
    line before = {0, 0, 0};
    size_t start = 0;
    while (lines_next(&l, &current)) {
        bool visible = current.start < current.end;
        bool was = before.start < before.end;
        if (was && visible && continues(text, &s, &before, &current)) {
            before = current;
            continue;
        }
        if (was)
            visit(context, (qdx_span){(uint32_t)start, (uint32_t)before.end});
        start = current.start;
        before = current;
    }
    if (before.start < before.end)
        visit(context, (qdx_span){(uint32_t)start, (uint32_t)before.end});
}

typedef struct adding {
    qdx_draft *draft;
    const char *text;
    qdx_block_kind kind;
} adding;

static void add_copy(void *context, qdx_span span)
{
    const adding *a = context;
    qdx_draft_open(a->draft, a->kind);
    qdx_draft_text(a->draft, a->text + span.start, span.end - span.start);
    qdx_draft_close(a->draft);
}

void qdx_plain_add(qdx_draft *draft, const char *text, size_t size, qdx_block_kind kind)
{
    qdx_draft_close(draft);
    adding a = {draft, text, kind};
    qdx_plain_split(text, size, add_copy, &a);
}

/* -- The head of the article -- */

static bool has_letter(const char *text, qdx_span span)
{
    for (size_t i = span.start; i < span.end; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0xC3)
            return true;
    }
    return false;
}

static bool is_address(const char *text, qdx_span span)
{
    size_t n = span.end - span.start;
    const char *p = text + span.start;
    bool scheme =
        (n > 7 && memcmp(p, "http://", 7) == 0) || (n > 8 && memcmp(p, "https://", 8) == 0);
    return scheme && !memchr(p, ' ', n) && !memchr(p, '\n', n);
}

/* A blank line, or a paragraph of real length, must follow a title. */
static bool is_set_off(const char *text, qdx_span first, qdx_span second)
{
    size_t breaks = 0;
    for (size_t i = first.end; i < second.start; i++)
        breaks += text[i] == '\n';
    size_t length = first.end - first.start;
    return breaks > 1 || second.end - second.start > length + length / 2 ||
           second.end - second.start > TITLE_BYTES;
}

/* No small letter of ASCII: how wires write headlines. */
static bool is_capitals(const char *text, qdx_span span)
{
    for (size_t i = span.start; i < span.end; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            return false;
    return true;
}

static bool is_title(const char *text, qdx_span first, qdx_span second)
{
    size_t n = first.end - first.start;
    if (n > TITLE_BYTES || !has_letter(text, first) || is_address(text, first))
        return false;
    if (n < 4 || memchr(text + first.start, '\n', n))
        return false;
    char last = last_byte(text, first.start, first.end);
    return last && !strchr(".,;:", last) &&
           (is_capitals(text, first) || is_set_off(text, first, second));
}

/* Bytes before the dash that ends a dateline; 0 without one. */
static size_t dateline_length(const char *p, size_t size)
{
    static const char *const dashes[] = {"\xE2\x80\x94", "\xE2\x80\x93", " - ", "-- "};
    for (size_t i = 1; i + 2 < size; i++) {
        if (p[i + 1] != '-' && p[i + 1] != '\x80') /* the second byte is the rarest of the three */
            continue;
        for (size_t k = 0; k < sizeof dashes / sizeof dashes[0]; k++)
            if (memcmp(p + i, dashes[k], 3) == 0)
                return i;
    }
    return 0;
}

/* A month alone dates an article only where the line says nothing else: "profits since May 1985".
 */
static bool is_publication_date(qdx_date date, size_t line_bytes)
{
    return date.year >= 1700 && date.year <= 2100 && (date.day || line_bytes <= MONTH_LINE_BYTES);
}

/* A date on a line of its own, or in the dateline that opens a paragraph. */
static void read_date(qdx_draft *draft, const char *text, qdx_span span)
{
    const char *p = text + span.start;
    size_t n = span.end - span.start;
    line whole = {span.start, span.end, 0};
    if (n > HEAD_LINE_BYTES || ends_sentence(text, &whole)) {
        n = n < DATELINE_BYTES ? n : DATELINE_BYTES;
        n = dateline_length(p, n);
    }
    qdx_date date = {0, 0, 0};
    if (draft->date.year == 0 && qdx_date_find(p, n, &date) && is_publication_date(date, n))
        draft->date = date;
}

static void read_head(qdx_draft *draft)
{
    const char *text = draft->whole;
    size_t first = 0;
    for (size_t i = 0; i < draft->blocks.count && i < HEAD_LINES; i++) {
        qdx_span span = draft->blocks.items[i].span;
        if (is_address(text, span)) {
            if (!draft->url)
                draft->url = qdx_draft_copy(draft, text + span.start, span.end - span.start);
            first += first == i;
        } else {
            read_date(draft, text, span);
        }
    }
    if (first + 1 >= draft->blocks.count)
        return;
    qdx_block *blocks = draft->blocks.items + first;
    if (is_title(text, blocks[0].span, blocks[1].span)) {
        blocks[0].kind = QDX_BLOCK_HEADING;
        draft->title = qdx_draft_copy(draft, text + blocks[0].span.start,
                                      blocks[0].span.end - blocks[0].span.start);
    }
}

static void add_block(void *context, qdx_span span)
{
    qdx_draft_range(context, span, QDX_BLOCK_PARAGRAPH);
}

static qdx_status plain_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    if (source->at > 0 && !source->many)
        return QDX_END;
    if (source->many || qdx_export_is(source->text, source->size))
        return qdx_export_next(source, draft, error);
    source->at = 1;
    draft->whole = source->text;
    draft->whole_size = source->size;
    qdx_plain_split(source->text, source->size, add_block, draft);
    read_head(draft);
    return qdx_draft_status(draft, error);
}

const qdx_format qdx_format_plain = {.name = "plain text", .markup = false, .next = plain_next};
