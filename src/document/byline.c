/*
 * Names in bylines. A byline is cut at semicolons, bars, "and" and commas; each piece is taken when
 * it has the form of a name. What follows a comma may be a role or a newspaper: a piece that the
 * tables know, or that is the outlet, is left out, and "Jr." joins the name before it.
 */
#include "document/byline.h"

#include <string.h>
#include <strings.h>

enum { NAMES_MAX = 20, NAME_BYTES = 80, NAME_WORDS = 6 };

static const char *const starts[] = {
    "by ",
    "by:",
    "von ",
    "par ",
    "por ",
    "di ",
    "written by ",
    "posted by ",
    "text by ",
    "text: ",
    "words by ",
    "story by ",
    "reported by ",
    "author: ",
    "autor: ",
    "authors: ",
    "report by ",
    "av ",
    "af ",
    "door ",
    "od ",
    "posted: ",
    "opinion by ",
    "analysis by ",
    "\xE6\x96\x87\xEF\xBC\x9A", /* 文： */
};

/* What parts names; the longest first where one begins another. */
static const char *const parting[] = {
    ";",
    "|",
    "\n",
    "\xE2\x80\xA2",
    "\xC2\xB7",
    " and ",
    " und ",
    " et ",
    " y ",
    " e ",
    " og ",
    " och ",
    " en ",
    " & ",
    " with ",
    ",",
    " \xE2\x80\x94 ",
    " \xE2\x80\x93 ",
    " - ",
    "/",
    "\xE3\x80\x81",
};

/* Pieces that belong to the name before them. */
static const char *const suffixes[] = {"jr", "jr.", "sr",    "sr.", "ii",   "iii",
                                       "iv", "phd", "ph.d.", "md",  "m.d.", "esq."};

/* Words that no name has. */
static const char *const role_words[] = {
    "correspondent",
    "reporter",
    "editor",
    "editors",
    "staff",
    "writer",
    "contributor",
    "updated",
    "published",
    "posted",
    "columnist",
    "photographer",
    "producer",
    "agency",
    "agencies",
    "read",
    "minutes",
    "comments",
    "comment",
    "share",
    "follow",
    "special",
    "for",
    "the",
    "ago",
    "admin",
    "unknown",
    "redaktion",
    ("r\xC3\xA9"
     "daction"),
    "redacci\xC3\xB3n",
    "am",
    "pm",
    "gmt",
    "utc",
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void trim(const char **text, size_t *size)
{
    while (*size && (is_space(**text) || **text == ':')) {
        (*text)++;
        (*size)--;
    }
    while (*size && (is_space((*text)[*size - 1]) || (*text)[*size - 1] == ','))
        (*size)--;
}

static size_t start_length(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t n = strlen(starts[i]);
        if (size > n && strncasecmp(text, starts[i], n) == 0)
            return n;
    }
    return 0;
}

bool qdx_byline_begins(const char *text, size_t size)
{
    return start_length(text, size) > 0;
}

static bool is_listed(const char *text, size_t size, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == size && strncasecmp(text, list[i], size) == 0)
            return true;
    return false;
}

/* One to six words, the first in capitals or of a script without them; no figures, no addresses. */
static bool is_name(const char *text, size_t size, bool first)
{
    if (size < 2 || size > NAME_BYTES || (text[0] >= 'a' && text[0] <= 'z' && !first))
        return false;
    size_t words = 0;
    for (size_t i = 0; i < size;) {
        size_t n = 0;
        while (i + n < size && !is_space(text[i + n])) {
            char c = text[i + n++];
            if ((c >= '0' && c <= '9') || (c && strchr("@<>{}[]=#?!", c)))
                return false;
        }
        if (n && is_listed(text + i, n, role_words, sizeof role_words / sizeof role_words[0]))
            return false;
        words += n > 0;
        i += n + 1;
    }
    return words >= 1 && words <= NAME_WORDS;
}

static bool is_there(const qdx_buffer *names, const char *name, size_t size, size_t *count)
{
    const char *end = names->bytes ? names->bytes + names->size : NULL;
    *count = 0;
    for (const char *p = names->bytes; p && p < end; ++*count) {
        const char *stop = memmem(p, (size_t)(end - p), "; ", 2);
        size_t n = (size_t)((stop ? stop : end) - p);
        if (n == size && strncasecmp(p, name, n) == 0)
            return true;
        p = stop ? stop + 2 : end;
    }
    return false;
}

/* The capitals of one word alone, after a comma, are an agency or a newspaper. */
static bool is_initials(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] < 'A' || text[i] > 'Z')
            return false;
    return size <= 5;
}

/* Without the date that may follow a name: "Tilda Orme March 11, 2031". */
static size_t without_date(const char *text, size_t size)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul",
                                         "aug", "sep", "oct", "nov", "dec", "mon", "tue",
                                         "wed", "thu", "fri", "sat", "sun"};
    size_t n = 0;
    while (n < size && !(text[n] >= '0' && text[n] <= '9'))
        n++;
    if (n == size)
        return size;
    while (n && is_space(text[n - 1]))
        n--;
    size_t word = n;
    while (word && !is_space(text[word - 1]))
        word--;
    for (size_t i = 0; word && i < sizeof months / sizeof months[0]; i++)
        if (n - word >= 3 && strncasecmp(text + word, months[i], 3) == 0)
            return word;
    return size;
}

/* One piece of a byline. False: what follows a comma was no name, and nothing after it will be. */
static bool add_piece(qdx_buffer *names, const char *text, size_t size, bool after_comma,
                      const char *outlet)
{
    trim(&text, &size);
    size_t skip = start_length(text, size);
    text += skip;
    size = without_date(text, size - skip);
    trim(&text, &size);
    if (size == 0)
        return true;
    if (after_comma && names->size &&
        is_listed(text, size, suffixes, sizeof suffixes / sizeof suffixes[0])) {
        qdx_buffer_append(names, " ", 1);
        qdx_buffer_append(names, text, size);
        return true;
    }
    size_t count;
    bool is_outlet = outlet && strlen(outlet) == size && strncasecmp(text, outlet, size) == 0;
    if (!is_name(text, size, names->size == 0) ||
        (after_comma && (is_outlet || is_initials(text, size))))
        return false;
    if (is_there(names, text, size, &count) || count >= NAMES_MAX)
        return true;
    if (names->size)
        qdx_buffer_append(names, "; ", 2);
    qdx_buffer_append(names, text, size);
    return true;
}

/* Length of what parts names at `p`; 0: nothing. */
static size_t parting_length(const char *p, const char *end)
{
    for (size_t i = 0; i < sizeof parting / sizeof parting[0]; i++) {
        size_t n = strlen(parting[i]);
        if ((size_t)(end - p) >= n && strncasecmp(p, parting[i], n) == 0)
            return n;
    }
    return 0;
}

void qdx_byline_add(qdx_buffer *names, const char *text, size_t size, const char *outlet)
{
    const char *end = text + size;
    const char *from = text;
    bool comma = false;
    for (const char *p = text; p <= end; p++) {
        size_t n = p < end ? parting_length(p, end) : 1;
        if (n == 0)
            continue;
        if (!add_piece(names, from, (size_t)(p - from), comma, outlet) && names->size)
            return;
        comma = p < end && *p == ',';
        from = p + n;
        p += n - 1;
    }
}
