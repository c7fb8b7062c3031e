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
#include "serve/request.h"
#include "serve/table.h"

enum { MOST_SUGGESTIONS = 12 };
enum { STATUS_OK = 200, STATUS_BAD = 400, STATUS_UNKNOWN = 404, STATUS_FAILED = 500 };

static const char json_type[] = "application/json; charset=utf-8";

typedef struct api {
    const qdx_index *index;
    const qdx_text_source *articles;
    qdx_result *names; /* every entity, for suggestions */
} api;

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

/* A whole answer: how many there are, who was meant, the rows of the window. Frees the result. */
static qdx_status write_answer(text *out, qdx_result *result, const table *t, record_at *at,
                               size_t count, window w, qdx_error *error)
{
    text_format(out, "{\"total\": %" PRIu64 ", ", qdx_result_total(result));
    qdx_status status = write_bearers(out, result, error);
    if (status == QDX_OK)
        status = write_list(out, "rows", t, at, result, count, w, error);
    text_append(out, "}\n");
    qdx_result_free(result);
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
    qdx_status status = request_quotes(r, &query, error);
    if (status == QDX_OK)
        status = request_window(r, &w, error);
    if (status == QDX_OK) {
        query.limit = window_end(w);
        query.articles = a->articles;
        status = qdx_query_quotes(a->index, &query, &result, error);
    }
    return status == QDX_OK ? write_answer(out, result, &quote_table, hit_at,
                                           qdx_result_hit_count(result), w, error)
                            : status;
}

static qdx_status quotes_csv(const api *a, const http_request *r, text *out, qdx_error *error)
{
    qdx_query query;
    qdx_result *result = NULL;
    qdx_status status = request_quotes(r, &query, error);
    query.articles = a->articles;
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
    qdx_entity_query query;
    qdx_result *result = NULL;
    window w = {0};
    qdx_status status = request_entities(r, &query, error);
    if (status == QDX_OK)
        status = request_window(r, &w, error);
    query.limit = window_end(w);
    if (status == QDX_OK)
        status = qdx_query_entities_where(a->index, &query, &result, error);
    return status == QDX_OK ? write_answer(out, result, &entity_table, entity_at,
                                           qdx_result_entity_count(result), w, error)
                            : status;
}

static qdx_status mentions(const api *a, const http_request *r, text *out, qdx_error *error)
{
    const char *name = http_parameter(r, "name");
    qdx_result *result = NULL;
    window w = {0};
    qdx_status status =
        name ? request_window(r, &w, error) : request_wrong(error, "name", "a name");
    qdx_query query;
    if (status == QDX_OK)
        status = request_articles(r, &query, error);
    if (status == QDX_OK) {
        query.about = name;
        query.articles = a->articles;
        query.limit = window_end(w);
        status = qdx_query_mentions_where(a->index, &query, &result, error);
    }
    return status == QDX_OK ? write_answer(out, result, &mention_table, mention_at,
                                           qdx_result_mention_count(result), w, error)
                            : status;
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
