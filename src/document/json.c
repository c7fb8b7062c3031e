/*
 * JSON as a format: an object with a text is an article, one with a list of such is an envelope of
 * many. Which member is what stands in field.c.
 */
#include "document/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "document/body.h"
#include "document/date.h"
#include "document/field.h"
#include "document/metadata.h"

enum { UNIX_SECONDS_MIN = 100000000, FIELD_MAX = 4096 };

static const qdx_json_node *node_at(const qdx_json_tree *tree, uint32_t node)
{
    return &tree->nodes.items[node];
}

static const char *text_of(const qdx_json_tree *tree, uint32_t node)
{
    return tree->text.bytes + node_at(tree, node)->at;
}

static qdx_status json_open(qdx_source *source, qdx_error *error)
{
    qdx_json_tree *tree = &source->json;
    qdx_status status =
        qdx_json_tree_parse(tree, source->text, source->size, source->limits.max_depth, error);
    if (status != QDX_OK)
        return status;
    qdx_fields fields;
    uint32_t list = 0;
    if (node_at(tree, 0)->type == QDX_JSON_ARRAY) {
        source->many = true;
        source->at = 1;
        source->end = node_at(tree, 0)->end;
        return QDX_OK;
    }
    qdx_fields_find(tree, 0, source->limits.map, &fields);
    if (!fields.nodes[QDX_FIELD_TEXT])
        list = qdx_fields_list(tree, 0);
    source->many = list > 0;
    source->at = list ? list + 1 : 0;
    source->end = list ? node_at(tree, list)->end : 1;
    return QDX_OK;
}

/* A date as text, or as seconds or milliseconds since 1970. */
static void read_date(const qdx_json_tree *tree, uint32_t node, qdx_date *date)
{
    const qdx_json_node *n = node_at(tree, node);
    const char *text = text_of(tree, node);
    char *rest;
    double number = strtod(text, &rest);
    bool is_number = n->type == QDX_JSON_NUMBER ||
                     (*rest == '\0' && strspn(text, "0123456789.") == n->size && n->size > 8);
    if (!is_number || number < UNIX_SECONDS_MIN ||
        (n->size == 8 && (*text == '1' || *text == '2'))) {
        qdx_date_find(text, n->size, date);
        return;
    }
    if (number > 1e11)
        number /= 1000;
    if (number > 1e11)
        return;
    time_t seconds = (time_t)number;
    struct tm day;
    if (gmtime_r(&seconds, &day))
        *date = (qdx_date){(int16_t)(day.tm_year + 1900), (uint8_t)(day.tm_mon + 1),
                           (uint8_t)day.tm_mday};
}

/* A name: a string, an object's name, or several of these between commas. */
static void put_names(const qdx_json_tree *tree, uint32_t node, qdx_buffer *out)
{
    const qdx_json_node *n = node_at(tree, node);
    for (uint32_t i = node; i < n->end && out->size < FIELD_MAX;) {
        const qdx_json_node *item = node_at(tree, i);
        uint32_t name = i;
        if (item->type == QDX_JSON_ARRAY) {
            i++;
            continue;
        }
        if (item->type == QDX_JSON_OBJECT) {
            name = qdx_fields_follow(tree, i, "name", 4);
            if (!name)
                name = qdx_fields_follow(tree, i, "title", 5);
        }
        if (name < node || node_at(tree, name)->type != QDX_JSON_STRING) {
            i = item->end;
            continue;
        }
        if (out->size && node_at(tree, name)->size)
            qdx_buffer_text(out, ", ");
        qdx_buffer_append(out, text_of(tree, name), node_at(tree, name)->size);
        i = item->end;
    }
}

/* The paragraphs of a text: a string, or an array of strings or objects with texts. */
static qdx_status add_text(qdx_source *source, uint32_t node, qdx_draft *draft, qdx_error *error)
{
    static const char *const inner[] = {"text", "content", "value", "html", "body"};
    const qdx_json_tree *tree = &source->json;
    const qdx_json_node *n = node_at(tree, node);
    if (n->type == QDX_JSON_STRING)
        return qdx_body_add(draft, text_of(tree, node), n->size, &source->limits, error);
    qdx_status status = QDX_OK;
    for (uint32_t i = node + 1; i < n->end && status == QDX_OK; i = node_at(tree, i)->end) {
        uint32_t text = i;
        if (node_at(tree, i)->type == QDX_JSON_OBJECT) {
            text = 0;
            for (size_t k = 0; k < sizeof inner / sizeof inner[0] && !text; k++)
                text = qdx_fields_follow(tree, i, inner[k], strlen(inner[k]));
        }
        if (text && node_at(tree, text)->type == QDX_JSON_STRING)
            status = qdx_body_add(draft, text_of(tree, text), node_at(tree, text)->size,
                                  &source->limits, error);
    }
    return status;
}

static qdx_status fill(qdx_source *source, const qdx_fields *fields, qdx_draft *draft,
                       qdx_buffer *scratch, qdx_error *error)
{
    const qdx_json_tree *tree = &source->json;
    const uint32_t *nodes = fields->nodes;
    const struct {
        qdx_field field;
        const char **to;
    } texts[] = {{QDX_FIELD_OUTLET, &draft->outlet}, {QDX_FIELD_LANGUAGE, &draft->language}};
    for (size_t i = 0; i < 2; i++) {
        qdx_buffer_clear(scratch);
        if (nodes[texts[i].field])
            put_names(tree, nodes[texts[i].field], scratch);
        if (scratch->size)
            qdx_metadata_set(draft, texts[i].to, scratch->bytes, scratch->size);
    }
    qdx_buffer_clear(scratch);
    if (nodes[QDX_FIELD_AUTHOR])
        put_names(tree, nodes[QDX_FIELD_AUTHOR], scratch);
    if (scratch->size)
        qdx_metadata_set_author(draft, scratch->bytes, scratch->size);
    uint32_t url = nodes[QDX_FIELD_URL], date = nodes[QDX_FIELD_DATE];
    if (url)
        qdx_metadata_set_url(draft, text_of(tree, url), node_at(tree, url)->size);
    if (date)
        read_date(tree, date, &draft->date);
    if (!nodes[QDX_FIELD_TEXT])
        return QDX_OK;
    uint32_t title = nodes[QDX_FIELD_TITLE];
    if (title) {
        qdx_body_add_title(draft, text_of(tree, title), node_at(tree, title)->size);
    }
    return add_text(source, nodes[QDX_FIELD_TEXT], draft, error);
}

/* Names of the object's members, for who has to say which of them is the text. */
static qdx_status no_text(const qdx_json_tree *tree, uint32_t node, qdx_error *error)
{
    char names[160];
    size_t n = 0;
    names[0] = '\0';
    const qdx_json_node *nodes = tree->nodes.items;
    for (uint32_t i = node + 1; nodes[node].type == QDX_JSON_OBJECT && i < nodes[node].end;
         i = nodes[i].end) {
        if (nodes[i].key_size + n + 3 > sizeof names)
            break;
        n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", n ? ", " : "",
                              tree->text.bytes + nodes[i].key);
    }
    qdx_error_set(error, QDX_ERR_FORMAT, "no text: none of its fields is known to be one");
    if (n)
        qdx_error_hint(error, "its fields are %s; say which with --map text=FIELD", names);
    return QDX_ERR_FORMAT;
}

static qdx_status json_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    const qdx_json_tree *tree = &source->json;
    qdx_fields fields;
    qdx_buffer scratch = {0};
    if (source->at >= source->end)
        return QDX_END;
    uint32_t node = source->at;
    source->at = node ? node_at(tree, node)->end : source->end;
    qdx_fields_find(tree, node, source->limits.map, &fields);
    if (!source->many && !fields.nodes[QDX_FIELD_TEXT])
        return no_text(tree, node, error);
    qdx_buffer_clear(&source->detail);
    qdx_fields_describe(tree, node, &fields, &source->detail);
    qdx_status status = fill(source, &fields, draft, &scratch, error);
    if (status == QDX_OK)
        status = qdx_buffer_status(&scratch, error);
    if (status == QDX_OK)
        status = qdx_buffer_status(&source->detail, error);
    qdx_buffer_release(&scratch);
    return status == QDX_OK ? qdx_draft_status(draft, error) : status;
}

const qdx_format qdx_format_json = {.name = "JSON", .open = json_open, .next = json_next};
