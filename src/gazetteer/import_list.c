/*
 * Lists whose lines are names: plain text, GATE .lst files, and the mappings of Stanford's
 * RegexNER. Regular expressions are not interpreted: a pattern that is more than words is left out.
 */
#include <string.h>

#include "gazetteer/import.h"

static bool ends_with(const char *text, const char *ending)
{
    size_t size = strlen(text), n = strlen(ending);
    return size >= n && memcmp(text + size - n, ending, n) == 0;
}

bool qdx_import_sniff_gate(const char *head, size_t size, const char *name)
{
    (void)head;
    (void)size;
    return ends_with(name, ".lst");
}

/* Anything that is neither a table nor JSON. */
bool qdx_import_sniff_plain(const char *head, size_t size, const char *name)
{
    (void)name;
    return size && !strchr("{[", head[strspn(head, " \t\r\n")]) &&
           !memchr(head, '\t', strcspn(head, "\n"));
}

static qdx_status read_name(qdx_import *job, const char *text, size_t size, qdx_error *error)
{
    qdx_status status = qdx_import_begin(job, NULL, NULL, NULL, 0, error);
    if (status != QDX_OK)
        return status;
    qdx_import_name(job, text, size);
    return qdx_import_end(job, error);
}

qdx_status qdx_import_read_plain(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    if (!text[strspn(text, " \t")] || *text == '#')
        return QDX_OK;
    return read_name(job, text, size, error);
}

/* A name, then features after colons: "Veskoria:code=VK". */
qdx_status qdx_import_read_gate(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    (void)size;
    if (!text[strspn(text, " \t")])
        return QDX_OK;
    return read_name(job, text, strcspn(text, ":\t"), error);
}

/* --- RegexNER ------------------------------------------------------------------------------ */

static const struct {
    const char *label, *type, *kind;
} labels[] = {
    {"PERSON", "person", ""},
    {"ORGANIZATION", "organization", ""},
    {"ORG", "organization", ""},
    {"LOCATION", "place", ""},
    {"CITY", "place", "city"},
    {"COUNTRY", "place", "country"},
    {"STATE_OR_PROVINCE", "place", "state"},
};

enum { LABELS = sizeof labels / sizeof labels[0] };

/* A second column that is a label all in capitals. */
bool qdx_import_sniff_regexner(const char *head, size_t size, const char *name)
{
    (void)size;
    (void)name;
    const char *tab = memchr(head, '\t', strcspn(head, "\n"));
    if (!tab)
        return false;
    size_t n = strspn(tab + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return n > 1 && strchr("\t\r\n", tab[1 + n]);
}

/* Takes the escapes out of a pattern; false when it is an expression. */
static bool unescape(char *pattern)
{
    char *out = pattern;
    for (const char *p = pattern; *p; p++) {
        if (*p == '\\' && p[1] && strchr("\\.+*?()[]{}|^$/-", p[1]))
            p++;
        else if (strchr("\\.+*?()[]{}|^$/", *p))
            return false;
        *out++ = *p;
    }
    *out = '\0';
    return true;
}

qdx_status qdx_import_read_regexner(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    (void)size;
    if (!text[strspn(text, " \t")] || *text == '#')
        return QDX_OK;
    char *at = text, *pattern = qdx_import_cell(&at), *label = qdx_import_cell(&at);
    size_t i = 0;
    while (i < LABELS && label && strcmp(labels[i].label, label) != 0)
        i++;
    bool known = label && i < LABELS;
    qdx_status status = qdx_import_begin(job, known ? labels[i].type : NULL, NULL, NULL, 0, error);
    if (status != QDX_OK)
        return status;
    if (!label || !unescape(pattern)) {
        job->open = false;
        qdx_import_skip(job, label ? "pattern is a real expression" : "no label in the line");
        return QDX_OK;
    }
    job->row.kind = known ? labels[i].kind : "";
    qdx_import_name(job, pattern, strlen(pattern));
    return qdx_import_end(job, error);
}
