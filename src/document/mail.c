/*
 * Messages: the part that is read — text/plain before text/html, attachments never — with its
 * transfer encoding undone; subject, sender, date and list as what is known of the article. From
 * plain text, quoted lines of earlier messages go, with the line that announces them, and what
 * stands below a signature's mark.
 */
#include "document/mail.h"

#include <string.h>
#include <strings.h>

#include "document/date.h"
#include "document/html.h"
#include "document/mime.h"
#include "document/plain.h"

enum { DEPTH_MAX = 8, PARTS_MAX = 1000 };

/* The best part so far. */
typedef struct choice {
    qdx_mime_part part;
    unsigned rank; /* 0: none, 1: HTML, 2: plain */
    unsigned parts;
    qdx_buffer type, scratch;
} choice;

bool qdx_mail_is(const char *bytes, size_t size)
{
    static const char *const names[] = {
        "from:",         "received:", "return-path:", "message-id:", "delivered-to:",
        "mime-version:", "subject:",  "date:",        "to:"};
    qdx_mime_part part = qdx_mime_split(bytes, size);
    unsigned known = 0;
    for (const char *p = part.headers; p < part.headers_end;) {
        const char *stop = memchr(p, '\n', (size_t)(part.headers_end - p));
        const char *next = stop ? stop + 1 : part.headers_end;
        bool folded = *p == ' ' || *p == '\t';
        const char *colon = memchr(p, ':', (size_t)(next - p));
        if (!folded && (!colon || memchr(p, ' ', (size_t)(colon - p))) && stop)
            return false;
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            known += strncasecmp(p, names[i], strlen(names[i])) == 0;
        p = next;
    }
    return known >= 3;
}

static bool is_attachment(const qdx_mime_part *part, qdx_buffer *scratch)
{
    return qdx_mime_header(part, "Content-Disposition", scratch) &&
           strncasecmp(scratch->bytes, "attachment", 10) == 0;
}

static void consider(choice *c, const qdx_mime_part *part, unsigned depth, bool related);

/* Each part between the boundary's lines. */
static void consider_parts(choice *c, const qdx_mime_part *part, const char *boundary,
                           unsigned depth)
{
    size_t size = strlen(boundary);
    const char *begin = NULL, *end = part->body_end;
    for (const char *p = part->body; p < end && c->parts < PARTS_MAX;) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        const char *next = stop ? stop + 1 : end;
        if ((size_t)(next - p) >= size + 2 && p[0] == '-' && p[1] == '-' &&
            memcmp(p + 2, boundary, size) == 0) {
            if (begin) {
                qdx_mime_part inner = qdx_mime_split(begin, (size_t)(p - begin));
                consider(c, &inner, depth + 1, false);
            }
            begin = next;
            if ((size_t)(next - p) >= size + 4 && memcmp(p + 2 + size, "--", 2) == 0)
                return;
        }
        p = next;
    }
    if (begin && begin < end) {
        qdx_mime_part inner = qdx_mime_split(begin, (size_t)(end - begin));
        consider(c, &inner, depth + 1, false);
    }
}

static void consider(choice *c, const qdx_mime_part *part, unsigned depth, bool whole)
{
    c->parts++;
    if (depth > DEPTH_MAX || (!whole && is_attachment(part, &c->scratch)))
        return;
    bool typed = qdx_mime_header(part, "Content-Type", &c->type);
    const char *type = typed ? c->type.bytes : "text/plain";
    if (strncasecmp(type, "multipart/", 10) == 0) {
        qdx_buffer boundary = {0};
        if (qdx_mime_parameter(type, "boundary", &boundary))
            consider_parts(c, part, boundary.bytes, depth);
        c->scratch.failed |= boundary.failed;
        qdx_buffer_release(&boundary);
        return;
    }
    if (strncasecmp(type, "message/rfc822", 14) == 0) {
        qdx_mime_part inner = qdx_mime_split(part->body, (size_t)(part->body_end - part->body));
        consider(c, &inner, depth + 1, false);
        return;
    }
    bool html =
        strncasecmp(type, "text/html", 9) == 0 || strncasecmp(type, "application/xhtml", 17) == 0;
    bool plain =
        strncasecmp(type, "text/", 5) == 0 && !html && strncasecmp(type, "text/calendar", 13) != 0;
    unsigned rank = plain ? 2 : html ? 1 : 0;
    bool empty = strspn(part->body, " \t\r\n") >= (size_t)(part->body_end - part->body);
    if (rank > c->rank && !empty) {
        c->rank = rank;
        c->part = *part;
    }
}

/* A header's text in the arena; NULL when it is not there. */
static const char *take_header(qdx_source *source, const qdx_mime_part *part, const char *name,
                               qdx_buffer *scratch, qdx_buffer *text)
{
    if (!qdx_mime_header(part, name, scratch))
        return NULL;
    qdx_buffer_reuse(text);
    qdx_mime_words(scratch->bytes, scratch->size, text);
    char *copy = text->size ? qdx_arena_copy(source->arena, text->bytes, text->size) : NULL;
    text->failed |= text->size && !copy;
    return copy;
}

/* "Ada Orsk <ada@v.example>", "ada@v.example (Ada Orsk)": the name alone, where there is one. */
static const char *person_name(char *text)
{
    char *open = strchr(text, '<'), *paren = strchr(text, '(');
    if (open && open > text) {
        *open = '\0';
    } else if (paren) {
        text = paren + 1;
        text[strcspn(text, ")")] = '\0';
    }
    char *end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '"' || end[-1] == '\''))
        *--end = '\0';
    while (*text == ' ' || *text == '"' || *text == '\'')
        text++;
    return *text && !strchr(text, '@') ? text : NULL;
}

/* Subjects of replies: what was answered. */
static const char *subject(const char *text)
{
    static const char *const prefixes[] = {"re:", "fwd:", "fw:", "aw:"};
    for (size_t i = 0; text && i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t n = strlen(prefixes[i]);
        if (strncasecmp(text, prefixes[i], n) == 0) {
            text += n + strspn(text + n, " ");
            i = (size_t)-1;
        }
    }
    return text && *text ? text : NULL;
}

static void take_headers(qdx_source *source, const qdx_mime_part *part, qdx_buffer *scratch)
{
    qdx_wrapping *w = &source->wrapping;
    qdx_buffer text = {0};
    w->title = subject(take_header(source, part, "Subject", scratch, &text));
    char *from = (char *)(uintptr_t)take_header(source, part, "From", scratch, &text);
    w->author = from ? person_name(from) : NULL;
    w->outlet = take_header(source, part, "Newsgroups", scratch, &text);
    w->language = take_header(source, part, "Content-Language", scratch, &text);
    if (qdx_mime_header(part, "Date", scratch))
        qdx_date_find(scratch->bytes, scratch->size, &w->date);
    scratch->failed |= text.failed;
    qdx_buffer_release(&text);
}

static void decode_body(const qdx_mime_part *part, qdx_buffer *scratch, qdx_buffer *out)
{
    size_t size = (size_t)(part->body_end - part->body);
    bool told = qdx_mime_header(part, "Content-Transfer-Encoding", scratch);
    if (told && strncasecmp(scratch->bytes, "base64", 6) == 0)
        qdx_mime_base64(part->body, size, out);
    else if (told && strncasecmp(scratch->bytes, "quoted-printable", 16) == 0)
        qdx_mime_quoted_printable(part->body, size, out);
    else
        qdx_buffer_append(out, part->body, size);
}

/* Does a line announce what is quoted below it: "On Monday, Ada Orsk wrote:"? */
static bool announces(const char *line, size_t size)
{
    while (size && (line[size - 1] == '\n' || line[size - 1] == '\r' || line[size - 1] == ' '))
        size--;
    return size >= 6 && line[size - 1] == ':' && memmem(line, size, "wrote", 5) != NULL;
}

/* Leaves out, in place, quoted lines and what follows the mark of a signature. */
static void drop_quoted(qdx_buffer *text)
{
    char *out = text->bytes, *end = text->bytes + text->size;
    char *announced = NULL; /* where such a line begins in the output, blank lines behind it */
    for (char *p = text->bytes, *next; p < end; p = next) {
        char *stop = memchr(p, '\n', (size_t)(end - p));
        next = stop ? stop + 1 : end;
        size_t size = (size_t)(next - p);
        if (size >= 3 && memcmp(p, "--", 2) == 0 &&
            (p[2] == '\n' || p[2] == '\r' || (p[2] == ' ' && size <= 5)))
            break;
        if (*p == '>') {
            if (announced)
                out = announced;
            announced = NULL;
            continue;
        }
        if (announces(p, size))
            announced = out;
        else if (*p != '\n' && *p != '\r')
            announced = NULL;
        memmove(out, p, size);
        out += size;
    }
    text->size = (size_t)(out - text->bytes);
    text->bytes[text->size] = '\0';
}

static qdx_status mail_unwrap(qdx_source *source, qdx_buffer *inner, qdx_error *error)
{
    choice c = {0};
    qdx_mime_part message = qdx_mime_split(source->text, source->size);
    take_headers(source, &message, &c.scratch);
    consider(&c, &message, 0, true);
    qdx_status status = QDX_OK;
    if (c.rank == 0) {
        status = qdx_error_set(error, QDX_ERR_FORMAT, "no text: the message has no readable part");
    } else {
        decode_body(&c.part, &c.scratch, inner);
        if (qdx_mime_header(&c.part, "Content-Type", &c.type))
            c.type.failed |= !qdx_mime_charset(c.type.bytes, source->wrapping.label);
        source->wrapping.format = c.rank == 2 ? &qdx_format_plain : &qdx_format_html;
        if (c.rank == 2 && inner->size && !inner->failed)
            drop_quoted(inner);
    }
    if (c.scratch.failed || c.type.failed)
        status = qdx_error_memory(error);
    qdx_buffer_release(&c.scratch);
    qdx_buffer_release(&c.type);
    return status;
}

const qdx_format qdx_format_mail = {.name = "mail", .unwrap = mail_unwrap};
