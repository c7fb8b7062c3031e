/*
 * Exports are sheets of labelled lines. Nexis numbers its articles ("3 of 25 DOCUMENTS"), writes
 * outlet, date and headline bare in one of two orders, then labels, then the text, then labels
 * again. Factiva labels everything with codes of two letters ("HD" headline, "LP" and "TD" text).
 * What the labels mean is a table; the text between is plain text.
 */
#include "document/export_text.h"

#include <string.h>
#include <strings.h>

#include "document/date.h"
#include "document/metadata.h"
#include "document/plain.h"

enum {
    HEAD_BYTES = 8192,  /* looked at to know an export */
    BARE_LINES = 6,     /* of a Nexis head */
    DATE_LINE = 60,     /* bytes of a line that is a date */
    LINES_BEFORE = 4,   /* the first code of a Factiva export */
    CODE_LINES_MIN = 3, /* different codes that make a Factiva export */
};

typedef enum field { IGNORED, TITLE, AUTHOR, OUTLET, DATE, LANGUAGE, TEXT, TAIL, END } field;

typedef struct label {
    const char *text; /* of a code: two or three capitals */
    field field;
} label;

/* Labels of Nexis, with their colon; those without stand alone on their line. */
static const label nexis_labels[] = {
    {"byline:", AUTHOR},
    {"section:", IGNORED},
    {"length:", IGNORED},
    {"dateline:", IGNORED},
    {"headline:", TITLE},
    {"highlight:", IGNORED},
    {"series:", IGNORED},
    {"body", TEXT},
    {"body:", TEXT},
    {"load-date:", TAIL},
    {"language:", TAIL},
    {"graphic:", TAIL},
    {"subject:", TAIL},
    {"classification", TAIL},
    {"publication-type:", TAIL},
    {"journal-code:", TAIL},
    {"type:", TAIL},
    {"notes:", TAIL},
    {"correction:", TAIL},
    {"end of document", END},
    {"link to image", IGNORED},
    {"copyright ", IGNORED},
    {"all rights reserved", IGNORED},
};

static const label factiva_codes[] = {
    {"SE", IGNORED}, {"HD", TITLE},    {"BY", AUTHOR},  {"CR", IGNORED},  {"WC", IGNORED},
    {"PD", DATE},    {"ET", IGNORED},  {"SN", OUTLET},  {"SC", IGNORED},  {"ED", IGNORED},
    {"PG", IGNORED}, {"LA", LANGUAGE}, {"CY", IGNORED}, {"LP", TEXT},     {"TD", TEXT},
    {"CO", TAIL},    {"IN", TAIL},     {"NS", TAIL},    {"RE", TAIL},     {"IPC", TAIL},
    {"IPD", TAIL},   {"PUB", TAIL},    {"AN", END},     {"ART", TAIL},    {"CT", TAIL},
    {"RF", TAIL},    {"VOL", IGNORED}, {"CX", IGNORED}, {"CLM", IGNORED},
};

typedef struct line {
    const char *start, *end; /* without white space around it */
    const char *next;        /* where the next begins */
    bool indented;
} line;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\f';
}

static bool next_line(const char *p, const char *limit, line *out)
{
    if (p >= limit)
        return false;
    const char *end = memchr(p, '\n', (size_t)(limit - p));
    out->next = end ? end + 1 : limit;
    out->end = end ? end : limit;
    out->start = p;
    while (out->start < out->end && is_space(*out->start))
        out->start++;
    out->indented = out->start > p;
    while (out->end > out->start && is_space(out->end[-1]))
        out->end--;
    return true;
}

static size_t line_size(const line *l)
{
    return (size_t)(l->end - l->start);
}

/* Digits at `p`; where they end. */
static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

/* "Document 3 of 25", "3 of 25 DOCUMENTS". */
static bool is_numbering(const line *l)
{
    const char *p = l->start;
    if (l->end - p > 9 && strncasecmp(p, "document ", 9) == 0)
        p += 9;
    const char *after = skip_digits(p, l->end);
    if (after == p || l->end - after < 5 || strncmp(after, " of ", 4) != 0)
        return false;
    const char *last = skip_digits(after + 4, l->end);
    size_t rest = (size_t)(l->end - last);
    return last > after + 4 &&
           (rest == 0 || (rest <= 10 && strncasecmp(last, " documents", rest) == 0));
}

/* The code at the start of a line; NULL when it has none. */
static const label *code_of(const line *l)
{
    size_t n = 0;
    while (n < line_size(l) && l->start[n] >= 'A' && l->start[n] <= 'Z')
        n++;
    if (l->indented || n < 2 || n > 3 || (n < line_size(l) && !is_space(l->start[n])))
        return NULL;
    for (size_t i = 0; i < sizeof factiva_codes / sizeof factiva_codes[0]; i++)
        if (memcmp(l->start, factiva_codes[i].text, n) == 0 && !factiva_codes[i].text[n])
            return &factiva_codes[i];
    return NULL;
}

/* A Factiva export has its codes near its start: a headline, then a text. */
static bool is_factiva(const char *text, const char *end)
{
    unsigned codes = 0;
    unsigned other = 0;
    bool headline = false;
    bool body = false;
    line l;
    for (const char *p = text; next_line(p, end, &l); p = l.next) {
        const label *code = code_of(&l);
        other += !code && line_size(&l) > 0;
        if (codes == 0 && other > LINES_BEFORE)
            return false;
        codes += code != NULL;
        headline = headline || (code && code->field == TITLE);
        body = body || (code && headline && code->field == TEXT);
    }
    return headline && body && codes >= CODE_LINES_MIN;
}

static bool is_nexis(const char *text, const char *end)
{
    bool numbered = false;
    line l;
    for (const char *p = text; next_line(p, end, &l); p = l.next) {
        numbered = numbered || is_numbering(&l);
        if (numbered && line_size(&l) > 7 &&
            (strncasecmp(l.start, "length:", 7) == 0 || strncasecmp(l.start, "byline:", 7) == 0))
            return true;
        if (line_size(&l) && !numbered && p > text)
            return false;
    }
    return false;
}

bool qdx_export_is(const char *text, size_t size)
{
    const char *end = text + (size < HEAD_BYTES ? size : HEAD_BYTES);
    return is_nexis(text, end) || is_factiva(text, end);
}

/* -- Facts -- */

static void take(qdx_draft *draft, field what, const char *p, const char *end)
{
    while (p < end && is_space(*p))
        p++;
    size_t n = (size_t)(end - p);
    if (n == 0)
        return;
    if (what == TITLE)
        qdx_metadata_set(draft, &draft->title, p, n);
    else if (what == OUTLET)
        qdx_metadata_set(draft, &draft->outlet, p, n);
    else if (what == AUTHOR)
        qdx_metadata_set_author(draft, p, n);
    else if (what == LANGUAGE && n <= 3)
        qdx_metadata_set(draft, &draft->language, p, n);
    else if (what == DATE && draft->date.year == 0)
        qdx_date_find(p, n, &draft->date);
}

static void add_title(qdx_draft *draft)
{
    if (!draft->title)
        return;
    qdx_draft_open(draft, QDX_BLOCK_HEADING);
    qdx_draft_text(draft, draft->title, strlen(draft->title));
    qdx_draft_close(draft);
}

/* -- Nexis -- */

static const label *nexis_label(const line *l, const char **value)
{
    for (size_t i = 0; i < sizeof nexis_labels / sizeof nexis_labels[0]; i++) {
        const char *text = nexis_labels[i].text;
        size_t n = strlen(text);
        bool open = text[n - 1] == ':' || text[n - 1] == ' ';
        if (line_size(l) >= n && strncasecmp(l->start, text, n) == 0 &&
            (open || line_size(l) == n)) {
            *value = l->start + n;
            return &nexis_labels[i];
        }
    }
    return NULL;
}

/* "Late Edition - Final": which printing it was, between date and headline. */
static bool is_edition(const line *l)
{
    static const char *const words[] = {" Edition", "Edition ", " EDITION", "EDITION "};
    for (size_t i = 0; line_size(l) <= DATE_LINE && i < sizeof words / sizeof words[0]; i++)
        if (memmem(l->start, line_size(l), words[i], strlen(words[i])))
            return true;
    return false;
}

/* Outlet, date, edition and headline, or headline, outlet, date. */
static void take_bare(qdx_draft *draft, const line *bare, size_t count)
{
    size_t date = count;
    for (size_t i = 0; i < count && date == count; i++)
        if (line_size(&bare[i]) <= DATE_LINE &&
            qdx_date_find(bare[i].start, line_size(&bare[i]), &draft->date))
            date = i;
    size_t title = date == 1 ? 2 : 0;
    title += title == 2 && count > 3 && is_edition(&bare[2]);
    size_t outlet = date == 1 ? 0 : 1;
    if (title < count)
        take(draft, TITLE, bare[title].start, bare[title].end);
    if (outlet < count && outlet != date)
        take(draft, OUTLET, bare[outlet].start, bare[outlet].end);
}

/* The head up to where the text begins; `*p` is moved there. */
static void read_nexis_head(const char **p, const char *end, qdx_draft *draft)
{
    line bare[BARE_LINES];
    size_t count = 0;
    const char *text = *p;
    bool labelled = false;
    line l;
    for (const char *at = *p; next_line(at, end, &l); at = l.next) {
        const char *value;
        if (line_size(&l) == 0)
            continue;
        const label *found = nexis_label(&l, &value);
        if (found) {
            labelled = labelled || found->field != IGNORED || l.start[0] != 'C';
            take(draft, found->field, value, l.end);
            text = l.next;
            if (found->field == TEXT)
                break;
        } else if (labelled) {
            break;
        } else if (count < BARE_LINES) {
            bare[count++] = l;
        }
    }
    take_bare(draft, bare, count);
    *p = text;
}

/* Where the text ends: at the first label of the tail. */
static const char *nexis_text_end(const char *p, const char *end)
{
    line l;
    for (const char *at = p; next_line(at, end, &l); at = l.next) {
        const char *value;
        const label *found = nexis_label(&l, &value);
        if (found && (found->field == TAIL || found->field == END))
            return at;
    }
    return end;
}

static qdx_status next_nexis(qdx_source *source, qdx_draft *draft)
{
    const char *end = source->text + source->size;
    const char *p = source->text + source->at;
    line l;
    while (next_line(p, end, &l) && !is_numbering(&l))
        p = l.next;
    if (p >= end)
        return QDX_END;
    const char *from = l.next;
    const char *stop = from;
    while (next_line(stop, end, &l) && !is_numbering(&l))
        stop = l.next;
    source->at = (uint32_t)(stop - source->text);
    read_nexis_head(&from, stop, draft);
    add_title(draft);
    const char *text_end = nexis_text_end(from, stop);
    qdx_plain_add(draft, from, (size_t)(text_end - from), QDX_BLOCK_PARAGRAPH);
    return QDX_OK;
}

/* -- Factiva -- */

/* From the line after `l` to the next code. */
static const char *value_end(const line *l, const char *end)
{
    const char *p = l->next;
    line next;
    while (next_line(p, end, &next) && !code_of(&next))
        p = next.next;
    return p;
}

static qdx_status next_factiva(qdx_source *source, qdx_draft *draft)
{
    const char *end = source->text + source->size;
    const char *p = source->text + source->at;
    qdx_buffer body = {0};
    bool any = false;
    line l;
    while (next_line(p, end, &l)) {
        const label *code = code_of(&l);
        p = code ? value_end(&l, end) : l.next;
        if (!code)
            continue;
        const char *value = l.start + strlen(code->text);
        any = any || code->field == TITLE || code->field == TEXT;
        if (code->field == TEXT) {
            qdx_buffer_append(&body, value, (size_t)(p - value));
            qdx_buffer_append(&body, "\n\n", 2);
        } else {
            take(draft, code->field, value, code->field == TITLE ? p : l.end);
        }
        if (code->field == END)
            break;
    }
    source->at = (uint32_t)(p - source->text);
    add_title(draft);
    if (body.size)
        qdx_plain_add(draft, body.bytes, body.size, QDX_BLOCK_PARAGRAPH);
    draft->failed = draft->failed || body.failed;
    qdx_buffer_release(&body);
    return any ? QDX_OK : QDX_END;
}

qdx_status qdx_export_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    source->many = true;
    const char *end = source->text + (source->size < HEAD_BYTES ? source->size : HEAD_BYTES);
    qdx_status status =
        is_nexis(source->text, end) ? next_nexis(source, draft) : next_factiva(source, draft);
    return status == QDX_OK ? qdx_draft_status(draft, error) : status;
}
