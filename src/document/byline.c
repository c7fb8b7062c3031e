/*
 * Names in bylines. A byline is cut at semicolons, bars, "and" and commas; each piece is taken when
 * it has the form of a name. What follows a comma may be a role or a newspaper: a piece that the
 * tables know, or that is the outlet, is left out, and "Jr." joins the name before it.
 */
#include "document/byline.h"

#include <string.h>
#include <strings.h>

#include "document/block_phrase.h"
#include "document/date.h"

enum {
    NAMES_MAX = 20,
    NAME_BYTES = 80,
    NAME_WORDS = 6,
    LINE_BYTES = 140, /* of a line under a title */
    LINE_WORDS = 12,
};

/* What a byline, or another line under a title, begins with. */
static const struct start {
    const char *text;
    bool names; /* a name follows it; else a date or the like */
} starts[] = {
    {"by ", true},
    {"by:", true},
    {"von ", true},
    {"par ", true},
    {"por ", true},
    {"di ", true},
    {"av ", true},
    {"af ", true},
    {"door ", true},
    {"od ", true},
    {"written by ", true},
    {"posted by ", true},
    {"text by ", true},
    {"text: ", true},
    {"words by ", true},
    {"story by ", true},
    {"report by ", true},
    {"reported by ", true},
    {"opinion by ", true},
    {"analysis by ", true},
    {"author: ", true},
    {"authors: ", true},
    {"autor: ", true},
    {"posted: ", true},
    {"\xE2\x80\x94 by ", true},
    {"\xE2\x80\x93 by ", true},
    {"\xE6\x96\x87\xEF\xBC\x9A", true}, /* 文： */
    {"view all posts by ", true},
    {"all posts by ", true},
    {"more posts by ", true},
    {"posts by ", true},
    {"more by ", true},
    {"articles by ", true},
    {"stories by ", true},
    {"see stories by ", true},
    {"posted on ", false},
    {"posted ", false},
    {"published", false},
    {"first published", false},
    {"updated", false},
    {"last updated", false},
    {"last modified", false},
    {"publi\xC3\xA9", false},
    {"aktualisiert", false},
    {"stand:", false},
    {"date:", false},
    {"created", false},
    {"modified", false},
    {"submitted", false},
    {"reviewed by", false},
    {"edited by", false},
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
    static const char no_break[] = "\xC2\xA0";
    for (size_t n = 1; *size && n; *text += n, *size -= n)
        n = is_space(**text) || **text == ':'               ? 1
            : *size >= 2 && memcmp(*text, no_break, 2) == 0 ? 2
                                                            : 0;
    while (*size && (is_space((*text)[*size - 1]) || (*text)[*size - 1] == ','))
        (*size)--;
}

static const struct start *start_of(const char *text, size_t size, bool names)
{
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t n = strlen(starts[i].text);
        if (size > n && (starts[i].names || !names) && strncasecmp(text, starts[i].text, n) == 0)
            return &starts[i];
    }
    return NULL;
}

static size_t start_length(const char *text, size_t size)
{
    const struct start *start = start_of(text, size, true);
    return start ? strlen(start->text) : 0;
}

bool qdx_byline_begins(const char *text, size_t size)
{
    return start_length(text, size) > 0;
}

static size_t word_count(const char *text, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++)
        n += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    return n;
}

bool qdx_byline_is_line(const char *text, size_t size)
{
    if (size == 0 || size > LINE_BYTES || qdx_phrase_starts_quoted(text, size))
        return false;
    size_t count = word_count(text, size);
    qdx_date date;
    if (count <= LINE_WORDS && text[size - 1] != '.' &&
        (qdx_date_find(text, size, &date) || start_of(text, size, false)))
        return true;
    const char *read = memmem(text, size, "min", 3);
    return read && count <= 5 && memmem(read, (size_t)(text + size - read), "read", 4);
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

/* Without the address that stands before or after a name: "Amy Orme aorme@courier.example". */
static void drop_address(const char **text, size_t *size)
{
    const char *at = memchr(*text, '@', *size);
    if (!at)
        return;
    const char *first = at, *last = at, *end = *text + *size;
    while (first > *text && !is_space(first[-1]))
        first--;
    while (last < end && !is_space(*last))
        last++;
    if (first == *text)
        *text = last;
    *size = (size_t)((first > *text ? first : end) - *text);
}

/* One piece of a byline. False: what follows a comma was no name, and nothing after it will be. */
static bool add_piece(qdx_buffer *names, const char *text, size_t size, bool after_comma,
                      const char *outlet)
{
    trim(&text, &size);
    size_t skip = start_length(text, size);
    text += skip;
    size = without_date(text, size - skip);
    drop_address(&text, &size);
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
