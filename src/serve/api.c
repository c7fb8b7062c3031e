/*
 * What can be asked: the files of the page, and the JSON behind it. Each address is a row of a
 * table; a handler reads parameters, asks the library and writes records. Everything wrong with a
 * request is told as {"error": "..."}.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "serve/http.h"
#include "serve/page.h"
#include "serve/table.h"

enum { USUAL_ROWS = 50, MOST_ROWS = 1000, MOST_SUGGESTIONS = 12 };
enum { STATUS_OK = 200, STATUS_BAD = 400, STATUS_UNKNOWN = 404, STATUS_FAILED = 500 };

static const char json_type[] = "application/json; charset=utf-8";

typedef struct api {
    const qdx_index *index;
    const qdx_text_source *articles;
    qdx_result *names; /* every entity, for suggestions */
} api;

/* --- parameters --------------------------------------------------------------------------- */

static qdx_status wrong(qdx_error *error, const char *name, const char *wanted)
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
        return wrong(error, name, "a number");
    *number = strtoull(value, &end, 10);
    return *end ? wrong(error, name, "a number") : QDX_OK;
}

static qdx_status read_date(const http_request *r, const char *name, qdx_date *date,
                            qdx_error *error)
{
    const char *value = http_parameter(r, name);
    if (!value || qdx_date_parse(value, date))
        return QDX_OK;
    return wrong(error, name, "2014, 2014-03 or 2014-03-11");
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
            return wrong(error, "kind", "direct, mixed, indirect, between commas");
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
    return *choice < 0 ? wrong(error, name, wanted) : QDX_OK;
}

/* Which rows of an answer are wanted. */
typedef struct window {
    uint64_t offset, limit;
} window;

static qdx_status read_window(const http_request *r, window *w, qdx_error *error)
{
    *w = (window){.limit = USUAL_ROWS};
    qdx_status status = read_number(r, "offset", &w->offset, error);
    if (status == QDX_OK)
        status = read_number(r, "limit", &w->limit, error);
    if (status == QDX_OK && w->limit > MOST_ROWS)
        status = wrong(error, "limit", "1000 at most");
    return status;
}

/* As many rows as reach to the window's end; one at least, since none would mean all. */
static uint64_t window_end(window w)
{
    return w.offset + w.limit ? w.offset + w.limit : 1;
}

/* The conditions on articles. */
static qdx_status read_articles(const http_request *r, const api *a, qdx_query *q, qdx_error *error)
{
    *q = (qdx_query){.source = http_parameter(r, "source"), .articles = a->articles};
    qdx_status status = read_date(r, "since", &q->since, error);
    return status == QDX_OK ? read_date(r, "until", &q->until, error) : status;
}

static qdx_status read_query(const http_request *r, const api *a, qdx_query *q, qdx_error *error)
{
    static const char *const orders[] = {"date", "speaker", "path", "confidence", NULL};
    int order = 0;
    qdx_status status = read_articles(r, a, q, error);
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

/* --- records of a result ------------------------------------------------------------------ */

static const void *hit_at(const void *result, size_t i)
{
    return qdx_result_hit_at(result, i);
}

static const void *mention_at(const void *result, size_t i)
{
    return qdx_result_mention_at(result, i);
}

static const void *entity_at(const void *result, size_t i)
{
    return qdx_result_entity_at(result, i);
}

static const void *bearer_at(const void *result, size_t i)
{
    return qdx_result_bearer_at(result, i);
}

static const void *listed_at(const void *list, size_t i)
{
    return ((const qdx_index_entity *const *)list)[i];
}

/* `"name": [records first to first + limit],` of `count` there are. */
static qdx_status write_list(text *out, const char *name, const table *t, record_at *at,
                             const void *list, size_t count, window w, qdx_error *error)
{
    size_t first = w.offset < count ? (size_t)w.offset : count;
    size_t end = w.limit < count - first ? first + (size_t)w.limit : count;
    text_format(out, "\"%s\": [", name);
    qdx_status status = table_write(t, "jsonl", at, list, first, end, out, error);
    text_append(out, "]");
    return status;
}

/* How a name was understood, before the rows. */
static qdx_status write_bearers(text *out, const qdx_result *result, qdx_error *error)
{
    window all = {.limit = MOST_SUGGESTIONS};
    text_format(out, "\"suggestion\": %s, ", qdx_result_is_suggestion(result) ? "true" : "false");
    qdx_status status = write_list(out, "bearers", &entity_table, bearer_at, result,
                                   qdx_result_bearer_count(result), all, error);
    text_append(out, ", ");
    return status;
}

/* --- handlers ----------------------------------------------------------------------------- */

static qdx_status info(const api *a, const http_request *r, text *out, qdx_error *error)
{
    qdx_index_info about;
    (void)r;
    qdx_index_info_get(a->index, &about);
    return table_write(&info_table, "jsonl", listed_at, &(const void *){&about}, 0, 1, out, error);
}

static qdx_status quotes(const api *a, const http_request *r, text *out, qdx_error *error)
{
    qdx_query query;
    qdx_result *result = NULL;
    window w = {0};
    qdx_status status = read_query(r, a, &query, error);
    if (status == QDX_OK)
        status = read_window(r, &w, error);
    if (status == QDX_OK) {
        query.limit = window_end(w);
        status = qdx_query_quotes(a->index, &query, &result, error);
    }
    if (status != QDX_OK)
        return status;
    text_format(out, "{\"total\": %" PRIu64 ", ", qdx_result_total(result));
    status = write_bearers(out, result, error);
    if (status == QDX_OK)
        status = write_list(out, "rows", &quote_table, hit_at, result, qdx_result_hit_count(result),
                            w, error);
    text_append(out, "}\n");
    qdx_result_free(result);
    return status;
}

static qdx_status quotes_csv(const api *a, const http_request *r, text *out, qdx_error *error)
{
    qdx_query query;
    qdx_result *result = NULL;
    qdx_status status = read_query(r, a, &query, error);
    if (status == QDX_OK)
        status = qdx_query_quotes(a->index, &query, &result, error);
    if (status != QDX_OK)
        return status;
    status = table_write(&quote_table, "csv", hit_at, result, 0, qdx_result_hit_count(result), out,
                         error);
    qdx_result_free(result);
    return status;
}

static qdx_status entities(const api *a, const http_request *r, text *out, qdx_error *error)
{
    static const char *const types[] = {"person", "organization", "place", NULL};
    static const char *const orders[] = {"mentions", "quotes", "articles", "id", NULL};
    int type = -1, order = 0;
    qdx_result *result = NULL;
    window w = {0};
    qdx_status status =
        read_choice(r, "type", types, "person, organization or place", &type, error);
    if (status == QDX_OK)
        status = read_choice(r, "sort", orders, "mentions, quotes, articles or id", &order, error);
    if (status == QDX_OK)
        status = read_window(r, &w, error);
    const qdx_entity_query query = {.match = http_parameter(r, "match"),
                                    .types = type < 0 ? 0 : 1u << type,
                                    .sort = (qdx_entity_sort)order,
                                    .limit = window_end(w)};
    if (status == QDX_OK)
        status = qdx_query_entities_where(a->index, &query, &result, error);
    if (status != QDX_OK)
        return status;
    size_t count = qdx_result_entity_count(result);
    text_format(out, "{\"total\": %" PRIu64 ", ", qdx_result_total(result));
    status = write_bearers(out, result, error);
    if (status == QDX_OK)
        status = write_list(out, "rows", &entity_table, entity_at, result, count, w, error);
    text_append(out, "}\n");
    qdx_result_free(result);
    return status;
}

static qdx_status mentions(const api *a, const http_request *r, text *out, qdx_error *error)
{
    const char *name = http_parameter(r, "name");
    qdx_result *result = NULL;
    window w = {0};
    qdx_status status = name ? read_window(r, &w, error) : wrong(error, "name", "a name");
    qdx_query query;
    if (status == QDX_OK)
        status = read_articles(r, a, &query, error);
    if (status == QDX_OK) {
        query.about = name;
        query.limit = window_end(w);
        status = qdx_query_mentions_where(a->index, &query, &result, error);
    }
    if (status != QDX_OK)
        return status;
    size_t count = qdx_result_mention_count(result);
    text_format(out, "{\"total\": %" PRIu64 ", ", qdx_result_total(result));
    status = write_bearers(out, result, error);
    if (status == QDX_OK)
        status = write_list(out, "rows", &mention_table, mention_at, result, count, w, error);
    text_append(out, "}\n");
    qdx_result_free(result);
    return status;
}

/* Does some word of the name begin so, whatever the case of ASCII letters? */
static bool has_word(const char *name, const char *start)
{
    size_t size = strlen(start);
    for (const char *p = name; p; p = strpbrk(p, " -")) {
        p += p != name;
        if (strncasecmp(p, start, size) == 0)
            return true;
    }
    return false;
}

/* Entities with a word that begins so, the most quoted first. */
static qdx_status suggest(const api *a, const http_request *r, text *out, qdx_error *error)
{
    const char *start = http_parameter(r, "q");
    const qdx_index_entity *best[MOST_SUGGESTIONS];
    size_t count = 0, all = qdx_result_entity_count(a->names);
    for (size_t i = 0; start && i < all; i++) {
        const qdx_index_entity *e = qdx_result_entity_at(a->names, i);
        size_t at = count;
        if (!has_word(e->name, start))
            continue;
        while (at && best[at - 1]->quotes < e->quotes)
            at--;
        if (at == MOST_SUGGESTIONS)
            continue;
        count += count < MOST_SUGGESTIONS;
        for (size_t k = count - 1; k > at; k--)
            best[k] = best[k - 1];
        best[at] = e;
    }
    text_append(out, "{");
    window w = {.limit = MOST_SUGGESTIONS};
    qdx_status status = write_list(out, "rows", &entity_table, listed_at, best, count, w, error);
    text_append(out, "}\n");
    return status;
}

static const struct {
    const char *path;
    qdx_status (*run)(const api *a, const http_request *r, text *out, qdx_error *error);
    const char *type, *file;
} routes[] = {
    {"/api/info", info, json_type, NULL},
    {"/api/quotes", quotes, json_type, NULL},
    {"/api/entities", entities, json_type, NULL},
    {"/api/mentions", mentions, json_type, NULL},
    {"/api/suggest", suggest, json_type, NULL},
    {"/quotes.csv", quotes_csv, "text/csv; charset=utf-8", "quotes.csv"},
};

/* --- replies ------------------------------------------------------------------------------ */

static const void *the_record(const void *record, size_t i)
{
    (void)i;
    return record;
}

static void reply_error(http_reply *reply, unsigned status, const char *message)
{
    static const member members[] = {{"error", MEMBER_TEXT, 0}};
    static const table errors = {members, 1};
    text out = {0};
    *reply = (http_reply){.status = status, .type = json_type, .bytes = "{}", .size = 2};
    if (table_write(&errors, "jsonl", the_record, &message, 0, 1, &out, NULL) == QDX_OK) {
        reply->bytes = reply->owned = out.bytes;
        reply->size = out.size;
    } else {
        free(out.bytes);
    }
}

static void reply_page(http_reply *reply, const page *p)
{
    *reply = (http_reply){.status = STATUS_OK, .type = p->type, .bytes = p->bytes, .size = p->size};
}

static void reply_route(const api *a, const http_request *request, size_t route, http_reply *reply)
{
    text out = {0};
    qdx_error error = {0};
    qdx_status status = routes[route].run(a, request, &out, &error);
    if (status == QDX_OK && !out.failed) {
        *reply = (http_reply){.status = STATUS_OK,
                              .type = routes[route].type,
                              .name = routes[route].file,
                              .bytes = out.bytes,
                              .size = out.size,
                              .owned = out.bytes};
        return;
    }
    free(out.bytes);
    reply_error(reply, status == QDX_ERR_ARGUMENT ? STATUS_BAD : STATUS_FAILED,
                error.message[0] ? error.message : qdx_status_name(status));
}

static void handle(void *context, const http_request *request, http_reply *reply)
{
    const char *path = http_path(request);
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++)
        if (strcmp(routes[i].path, path) == 0) {
            reply_route(context, request, i, reply);
            return;
        }
    for (const page *p = pages; p->path; p++)
        if (strcmp(p->path, path) == 0) {
            reply_page(reply, p);
            return;
        }
    reply_error(reply, STATUS_UNKNOWN, "there is no such page");
}

qdx_status serve_index(const qdx_index *index, const serve_options *options, qdx_error *error)
{
    api a = {.index = index, .articles = options->articles};
    qdx_status status = qdx_query_entities(index, -1, NULL, &a.names, error);
    if (status == QDX_OK)
        status = http_serve(handle, &a, options, error);
    qdx_result_free(a.names);
    return status;
}
