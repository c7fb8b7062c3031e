/* Reading requests: words against tables of what may stand there. */
#include "serve/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_ROWS = 50, MOST_ROWS = 1000 };

qdx_status request_wrong(qdx_error *error, const char *name, const char *wanted)
{
    memset(error, 0, sizeof *error);
    error->code = QDX_ERR_ARGUMENT;
    snprintf(error->message, sizeof error->message, "%s wants %s", name, wanted);
    return QDX_ERR_ARGUMENT;
}

static qdx_status read_number(const http_request *r, const char *name, uint64_t *number,
                              qdx_error *error)
{
    const char *value = http_parameter(r, name);
    char *end = NULL;
    if (!value)
        return QDX_OK;
    if (*value < '0' || *value > '9' || strlen(value) > 9)
        return request_wrong(error, name, "a number");
    *number = strtoull(value, &end, 10);
    return *end ? request_wrong(error, name, "a number") : QDX_OK;
}

static qdx_status read_date(const http_request *r, const char *name, qdx_date *date,
                            qdx_error *error)
{
    const char *value = http_parameter(r, name);
    if (!value || qdx_date_parse(value, date))
        return QDX_OK;
    return request_wrong(error, name, "2014, 2014-03 or 2014-03-11");
}

/* Where a word stands in a list that ends with NULL; -1: nowhere. */
static int place_of(const char *word, size_t size, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        if (strlen(words[i]) == size && memcmp(words[i], word, size) == 0)
            return i;
    return -1;
}

static qdx_status read_kinds(const http_request *r, unsigned *kinds, qdx_error *error)
{
    static const char *const names[] = {"direct", "mixed", "indirect", NULL};
    for (const char *p = http_parameter(r, "kind"); p;) {
        size_t size = strcspn(p, ",");
        int place = place_of(p, size, names);
        if (place < 0)
            return request_wrong(error, "kind", "direct, mixed, indirect, between commas");
        *kinds |= 1u << place;
        p = p[size] ? p + size + 1 : NULL;
    }
    return QDX_OK;
}

static qdx_status read_choice(const http_request *r, const char *name, const char *const *words,
                              const char *wanted, int *choice, qdx_error *error)
{
    const char *value = http_parameter(r, name);
    if (!value)
        return QDX_OK;
    *choice = place_of(value, strlen(value), words);
    return *choice < 0 ? request_wrong(error, name, wanted) : QDX_OK;
}

qdx_status request_window(const http_request *r, window *w, qdx_error *error)
{
    *w = (window){.limit = USUAL_ROWS};
    qdx_status status = read_number(r, "offset", &w->offset, error);
    if (status == QDX_OK)
        status = read_number(r, "limit", &w->limit, error);
    if (status == QDX_OK && w->limit > MOST_ROWS)
        status = request_wrong(error, "limit", "1000 at most");
    return status;
}

uint64_t window_end(window w)
{
    return w.offset + w.limit ? w.offset + w.limit : 1;
}

qdx_status request_articles(const http_request *r, qdx_query *q, qdx_error *error)
{
    *q = (qdx_query){.source = http_parameter(r, "source")};
    qdx_status status = read_date(r, "since", &q->since, error);
    return status == QDX_OK ? read_date(r, "until", &q->until, error) : status;
}

qdx_status request_quotes(const http_request *r, qdx_query *q, qdx_error *error)
{
    static const char *const orders[] = {"date", "speaker", "path", "confidence", NULL};
    int order = 0;
    qdx_status status = request_articles(r, q, error);
    q->by = http_parameter(r, "by");
    q->about = http_parameter(r, "about");
    q->text = http_parameter(r, "text");
    q->unique = http_parameter(r, "unique");
    if (status == QDX_OK)
        status = read_kinds(r, &q->kinds, error);
    if (status == QDX_OK)
        status = read_choice(r, "sort", orders, "date, speaker, path or confidence", &order, error);
    q->sort = (qdx_sort)order;
    return status;
}

qdx_status request_entities(const http_request *r, qdx_entity_query *q, qdx_error *error)
{
    static const char *const types[] = {"person", "organization", "place", NULL};
    static const char *const orders[] = {"mentions", "quotes", "articles", "id", NULL};
    int type = -1, order = 0;
    qdx_status status =
        read_choice(r, "type", types, "person, organization or place", &type, error);
    if (status == QDX_OK)
        status = read_choice(r, "sort", orders, "mentions, quotes, articles or id", &order, error);
    *q = (qdx_entity_query){.match = http_parameter(r, "match"),
                            .types = type < 0 ? 0 : 1u << type,
                            .sort = (qdx_entity_sort)order};
    return status;
}
