/*
 * Titles of pages. Publishers put their name before or after the headline, with a mark between. A
 * mark also stands inside headlines: without knowing the outlet, only a long piece beside short
 * ones is taken for the headline.
 */
#include "document/headline.h"

#include <string.h>
#include <strings.h>

#include "document/byline.h"

enum {
    TITLE_EXTRA = 12, /* bytes that a block may have more than the title */
    PIECES = 8,
    OUTLET_WORDS = 4, /* a piece of up to that many words can be an outlet */
    LEAD = 3,         /* words that the headline must have more */
    WITHIN_BYTES = 8,
    WITHIN_SHARE = 35, /* per cent of the title that a heading in it makes up */
    REST_WORDS = 6,
};

static const char *const marks[] = {
    " | ",
    " \xC2\xBB ",
    " \xE2\x80\x94 ",
    " \xE2\x80\x93 ",
    " :: ",
    " - ",
    " \xC2\xB7 ",
    " < ",
    " : ",
    ": ",
    " \xE2\x80\xA2 ",
    " > ",
    "\xEF\xBC\x9A",
    " / ",
    "_",
    "\xEF\xBD\x9C",
};

/* Of these marks, some stand in headlines as often as between them and an outlet. */
static bool is_weak(const char *mark)
{
    return mark[0] == ':' || mark[0] == '_' || strcmp(mark, " / ") == 0;
}

typedef struct pieces {
    qdx_span at[PIECES];
    bool weak[PIECES]; /* the mark after it */
    size_t count;
} pieces;

static pieces cut(const char *text, bool weak_too)
{
    pieces p = {.count = 0};
    uint32_t from = 0;
    uint32_t i = 0;
    for (; text[i]; i++)
        for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++) {
            size_t n = strlen(marks[k]);
            if (p.count + 1 >= PIECES || strncmp(text + i, marks[k], n) != 0 || i == from ||
                (is_weak(marks[k]) && !weak_too))
                continue;
            p.weak[p.count] = is_weak(marks[k]);
            p.at[p.count++] = (qdx_span){from, i};
            i += (uint32_t)n;
            from = i;
            i--;
            break;
        }
    if (from < i)
        p.at[p.count++] = (qdx_span){from, i};
    return p;
}

static size_t words_in(const char *text, qdx_span span)
{
    size_t n = 0;
    for (uint32_t i = span.start; i < span.end; i++)
        n += text[i] != ' ' && (i == span.start || text[i - 1] == ' ');
    return n;
}

/* One is the other, or a part of it ("Courier" in "The Courier"). */
static bool is_outlet(const char *text, qdx_span span, const char *outlet)
{
    char piece[128];
    size_t n = span.end - span.start;
    if (!outlet || n >= sizeof piece || n < 2)
        return false;
    memcpy(piece, text + span.start, n);
    piece[n] = '\0';
    return strcasestr(outlet, piece) != NULL || (strlen(outlet) > 3 && strcasestr(piece, outlet));
}

/* The piece with most words; with `guess`, by so much that it must be the headline. */
static size_t longest(const char *text, const pieces *p, bool *sure)
{
    size_t best = 0;
    for (size_t i = 1; i < p->count; i++)
        if (words_in(text, p->at[i]) > words_in(text, p->at[best]))
            best = i;
    *sure = true;
    for (size_t i = 0; i < p->count; i++)
        if (i != best && (words_in(text, p->at[i]) > OUTLET_WORDS ||
                          words_in(text, p->at[i]) + LEAD > words_in(text, p->at[best])))
            *sure = false;
    return best;
}

void qdx_headline_split(const char *text, const char *known_outlet, bool guess, qdx_span *title,
                        qdx_span *outlet)
{
    pieces p = cut(text, true);
    size_t first = 0;
    size_t last = p.count;
    *outlet = (qdx_span){0, 0};
    if (last > 1 && is_outlet(text, p.at[last - 1], known_outlet))
        *outlet = p.at[--last];
    else if (last > 1 && is_outlet(text, p.at[0], known_outlet))
        *outlet = p.at[first++];
    if (guess && outlet->end == 0) {
        p = cut(text, false);
        bool sure;
        size_t best = longest(text, &p, &sure);
        first = sure ? best : 0;
        last = sure ? best + 1 : p.count;
        if (sure && p.count > 1)
            *outlet = p.at[best + 1 < p.count ? p.count - 1 : 0];
    }
    *title = p.count ? (qdx_span){p.at[first].start, p.at[last - 1].end} : (qdx_span){0, 0};
}

bool qdx_headline_is_within(const char *heading, const char *title)
{
    size_t n = strlen(heading);
    const char *at = n >= WITHIN_BYTES ? strcasestr(title, heading) : NULL;
    return at && n * 100 >= strlen(title) * WITHIN_SHARE &&
           (at == title || at[-1] == ' ' || (unsigned char)at[-1] >= 0x80) &&
           (at[n] == '\0' || at[n] == ' ' || (unsigned char)at[n] >= 0x80 || strchr("_:|-", at[n]));
}

bool qdx_headline_rest(const char *page_title, const char *title, qdx_span *rest)
{
    size_t n = strlen(title);
    const char *at = strcasestr(page_title, title);
    if (!at || n == strlen(page_title))
        return false;
    pieces p = cut(page_title, true);
    bool after = at[n] != '\0';
    if (p.count < 2 || (!after && at == page_title))
        return false;
    *rest = after ? p.at[p.count - 1] : p.at[0];
    uint32_t start = (uint32_t)(at - page_title);
    bool apart = after ? rest->start >= start + n : rest->end <= start;
    return apart && words_in(page_title, *rest) <= REST_WORDS;
}

bool qdx_headline_is_said(const char *text, size_t size, const char *title)
{
    const char *end = text + size;
    if (!*title)
        return false;
    for (; text < end && *title;) {
        unsigned char a = (unsigned char)*text;
        unsigned char b = (unsigned char)*title;
        if (a == b || ((a | 0x20) == (b | 0x20) && (a | 0x20) >= 'a' && (a | 0x20) <= 'z')) {
            text++;
            title++;
        } else if (a <= '/' || a >= 0xE2) {
            text++;
        } else if (b <= '/' || b >= 0xE2) {
            title++;
        } else {
            return false;
        }
    }
    while (text < end && *text == ' ')
        text++;
    size_t rest = (size_t)(end - text);
    return *title == '\0' && (rest <= TITLE_EXTRA || qdx_byline_is_line(text, rest));
}
