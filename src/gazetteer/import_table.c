/*
 * Tab-separated dumps with ids: GeoNames' places and its alternate names, and JRC-Names. Columns
 * are fixed by their publishers; there is no header.
 */
#include <string.h>

#include "gazetteer/import.h"

enum { GEONAMES_CELLS = 19, ALTERNATE_CELLS = 10, ALTERNATE_LEAST = 4 };

static size_t tabs_in_line(const char *head)
{
    size_t count = 0;
    for (size_t i = 0, n = strcspn(head, "\n"); i < n; i++)
        count += head[i] == '\t';
    return count;
}

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

bool qdx_import_sniff_geonames(const char *head, size_t size, const char *name)
{
    (void)size;
    (void)name;
    return digits(head) && head[digits(head)] == '\t' && tabs_in_line(head) == GEONAMES_CELLS - 1;
}

bool qdx_import_sniff_alternate(const char *head, size_t size, const char *name)
{
    (void)size;
    (void)name;
    size_t n = digits(head), tabs = tabs_in_line(head);
    if (!n || head[n] != '\t' || tabs < ALTERNATE_LEAST - 1 || tabs > ALTERNATE_CELLS - 1)
        return false;
    const char *second = head + n + 1;
    return digits(second) && second[digits(second)] == '\t';
}

bool qdx_import_sniff_jrc(const char *head, size_t size, const char *name)
{
    (void)size;
    (void)name;
    size_t n = digits(head);
    return n && head[n] == '\t' && tabs_in_line(head) == 3 && strchr("PO", head[n + 1]) &&
           head[n + 1] && head[n + 2] == '\t';
}

static qdx_status leave_out(qdx_import *job, const char *why)
{
    job->report->entries++;
    qdx_import_skip(job, why);
    return QDX_OK;
}

/* --- GeoNames ------------------------------------------------------------------------------ */

/* The kinds of its feature codes; classes decide where a code is not here. */
static const struct {
    const char *code, *kind; /* a code of one letter is a class */
} features[] = {
    {"PPLC", "capital"}, {"PPLX", "district"},  {"PPL", "city"},     {"PCL", "country"},
    {"ADM1", "state"},   {"CONT", "continent"}, {"ISL", "island"},   {"ISLS", "island"},
    {"STM", "river"},    {"SEA", "sea"},        {"OCN", "sea"},      {"GULF", "sea"},
    {"BAY", "sea"},      {"STRT", "sea"},       {"LK", "sea"},       {"MT", "mountain"},
    {"MTS", "mountain"}, {"PK", "mountain"},    {"VLC", "mountain"}, {"P", "city"},
    {"A", "region"},     {"L", "region"},       {"S", "landmark"},   {"T", "region"},
    {"H", "sea"},        {"V", "landmark"},     {"R", "landmark"},   {"U", "sea"},
};

static const char *feature_kind(const char *class, const char *code)
{
    const char *kind = "";
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        const char *row = features[i].code;
        if (strcmp(row, code) == 0 || (strcmp(row, "PCL") == 0 && strncmp(code, row, 3) == 0))
            return features[i].kind;
        if (!row[1] && strcmp(row, class) == 0)
            kind = features[i].kind;
    }
    return kind;
}

qdx_status qdx_import_read_geonames(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    char *cells[GEONAMES_CELLS], *at = text;
    size_t count = 0;
    if (!size)
        return QDX_OK;
    while (count < GEONAMES_CELLS && (cells[count] = qdx_import_cell(&at)))
        count++;
    if (count < GEONAMES_CELLS || at || !digits(cells[0]) || cells[0][digits(cells[0])])
        return leave_out(job, "not the 19 cells of a GeoNames row");
    qdx_status status =
        qdx_import_begin(job, "place", "geonames", cells[0], strlen(cells[0]), error);
    if (status != QDX_OK)
        return status;
    qdx_buffer_text(&job->row.geonames, cells[0]);
    qdx_import_country(job, cells[8]);
    job->row.kind = feature_kind(cells[6], cells[7]);
    qdx_import_name(job, cells[1], strlen(cells[1]));
    for (const char *p = cells[3]; *p;) {
        size_t n = strcspn(p, ",");
        if (n)
            qdx_import_name(job, p, n);
        p += n + (p[n] == ',');
    }
    return qdx_import_end(job, error);
}

qdx_status qdx_import_read_alternate(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    if (!size)
        return QDX_OK;
    char *at = text;
    qdx_import_cell(&at);
    char *id = qdx_import_cell(&at), *language = qdx_import_cell(&at), *name = qdx_import_cell(&at);
    if (!name || !digits(id) || id[digits(id)])
        return leave_out(job, "not a row of alternate names");
    if (*language && strcmp(language, "en") != 0 && strcmp(language, "abbr") != 0)
        return leave_out(job, "no English name");
    qdx_status status = qdx_import_begin(job, "place", "geonames", id, strlen(id), error);
    if (status != QDX_OK)
        return status;
    qdx_buffer_text(&job->row.geonames, id);
    job->row.continues = true; /* the place itself stands in another file */
    if (strcmp(language, "abbr") == 0)
        job->row.policy = "exact";
    qdx_import_name(job, name, strlen(name));
    return qdx_import_end(job, error);
}

/* --- JRC-Names ----------------------------------------------------------------------------- */

/* Variants of one entity follow each other; blanks are written +. */
qdx_status qdx_import_read_jrc(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    if (!size || *text == '#')
        return QDX_OK;
    char *at = text, *id = qdx_import_cell(&at), *type = qdx_import_cell(&at);
    qdx_import_cell(&at); /* language */
    char *name = qdx_import_cell(&at);
    if (!name || !digits(id) || id[digits(id)])
        return leave_out(job, "not the 4 cells of a JRC-Names row");
    if (strcmp(type, "P") != 0 && strcmp(type, "O") != 0)
        return leave_out(job, "no person, organization or place");
    for (char *p = name; *p; p++)
        if (*p == '+')
            *p = ' ';
    /* without "jrc-" */
    const char *open_id = job->open && job->row.id.size > 4 ? job->row.id.bytes + 4 : "";
    if (strcmp(open_id, id) != 0) {
        qdx_status status = qdx_import_begin(job, *type == 'P' ? "person" : "organization", "jrc",
                                             id, strlen(id), error);
        if (status != QDX_OK)
            return status;
    }
    qdx_import_name(job, name, strlen(name));
    return QDX_OK;
}
