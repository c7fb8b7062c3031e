/*
 * A JSON parser (RFC 8259) without recursion: open arrays and objects are a chain through the nodes
 * themselves. Control characters inside strings are let pass, as other readers do.
 */
#include "document/json_tree.h"

#include <string.h>

#include "text/unicode.h"

enum { REPLACEMENT = 0xFFFD };

typedef struct parser {
    qdx_json_tree *tree;
    const char *begin, *at, *end;
    uint32_t depth, max_depth;
    uint32_t open; /* the innermost array or object; its `end` holds the one around it meanwhile */
    uint32_t key, key_size;
    qdx_error *error;
} parser;

static const uint32_t NO_NODE = UINT32_MAX;

void qdx_json_tree_release(qdx_json_tree *tree)
{
    qdx_vector_release(&tree->nodes);
    qdx_buffer_release(&tree->text);
}

static qdx_status broken(parser *p, const char *what)
{
    qdx_error_set(p->error, QDX_ERR_FORMAT, "broken JSON: %s", what);
    if (p->error)
        p->error->offset = (uint64_t)(p->at - p->begin);
    return QDX_ERR_FORMAT;
}

static void skip_space(parser *p)
{
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\n' || *p->at == '\r' || *p->at == '\t'))
        p->at++;
}

/* Four hexadecimal digits; UINT32_MAX when they are none. */
static uint32_t read_hex(const char *p, const char *end)
{
    uint32_t value = 0;
    if (end - p < 4)
        return UINT32_MAX;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : UINT32_MAX;
        if (digit == UINT32_MAX)
            return UINT32_MAX;
        value = value << 4 | digit;
    }
    return value;
}

/* What follows \u; false when it is no number. */
static bool read_codepoint(parser *p, uint32_t *codepoint)
{
    uint32_t c = read_hex(p->at, p->end);
    if (c == UINT32_MAX)
        return false;
    p->at += 4;
    if (c >= 0xD800 && c < 0xDC00 && p->end - p->at >= 6 && p->at[0] == '\\' && p->at[1] == 'u') {
        uint32_t low = read_hex(p->at + 2, p->end);
        if (low >= 0xDC00 && low < 0xE000) {
            p->at += 6;
            c = 0x10000 + ((c - 0xD800) << 10 | (low - 0xDC00));
        }
    }
    *codepoint = c == 0 || (c >= 0xD800 && c < 0xE000) ? REPLACEMENT : c;
    return true;
}

static bool read_escape(parser *p)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = p->at < p->end ? *p->at++ : '\0';
    if (c == 'u') {
        char utf8[4];
        uint32_t codepoint;
        if (!read_codepoint(p, &codepoint))
            return false;
        qdx_buffer_append(&p->tree->text, utf8, qdx_utf8_encode(codepoint, utf8));
        return true;
    }
    const char *found = c ? strchr(from, c) : NULL;
    if (!found)
        return false;
    qdx_buffer_byte(&p->tree->text, to[found - from]);
    return true;
}

/* A string whose opening mark was passed. */
static qdx_status read_string(parser *p, uint32_t *at, uint32_t *size)
{
    qdx_buffer *text = &p->tree->text;
    *at = (uint32_t)text->size;
    for (;;) {
        const char *from = p->at;
        while (p->at < p->end && *p->at != '"' && *p->at != '\\')
            p->at++;
        qdx_buffer_append(text, from, (size_t)(p->at - from));
        if (p->at == p->end)
            return broken(p, "a string without an end");
        if (*p->at++ == '"')
            break;
        if (!read_escape(p))
            return broken(p, "an unknown escape");
    }
    *size = (uint32_t)text->size - *at;
    qdx_buffer_byte(text, '\0');
    return qdx_buffer_status(text, p->error);
}

static qdx_status add_node(parser *p, qdx_json_node node)
{
    if (p->tree->nodes.count >= UINT32_MAX - 1)
        return qdx_error_set(p->error, QDX_ERR_LIMIT, "too many values");
    node.key = p->key;
    node.key_size = p->key_size;
    p->key = p->key_size = 0;
    if (node.type < QDX_JSON_ARRAY)
        node.end = (uint32_t)p->tree->nodes.count + 1;
    return qdx_vector_push(&p->tree->nodes, node) ? QDX_OK : qdx_error_memory(p->error);
}

static qdx_status open_node(parser *p, qdx_json_type type)
{
    if (++p->depth > p->max_depth)
        return qdx_error_set(p->error, QDX_ERR_LIMIT, "JSON nested deeper than %u", p->max_depth);
    qdx_status status = add_node(p, (qdx_json_node){.type = type, .end = p->open});
    p->open = (uint32_t)p->tree->nodes.count - 1;
    p->at++;
    return status;
}

static void close_node(parser *p)
{
    qdx_json_node *node = &p->tree->nodes.items[p->open];
    p->open = node->end;
    node->end = (uint32_t)p->tree->nodes.count;
    p->depth--;
    p->at++;
}

static qdx_status read_word(parser *p)
{
    static const struct {
        const char *word;
        qdx_json_type type;
    } words[] = {{"null", QDX_JSON_NULL}, {"true", QDX_JSON_TRUE}, {"false", QDX_JSON_FALSE}};
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(words[i].word);
        if ((size_t)(p->end - p->at) >= n && memcmp(p->at, words[i].word, n) == 0) {
            p->at += n;
            return add_node(p, (qdx_json_node){.type = words[i].type});
        }
    }
    const char *from = p->at;
    while (p->at < p->end && *p->at && strchr("+-.0123456789eE", *p->at))
        p->at++;
    if (p->at == from)
        return broken(p, "not a value");
    qdx_json_node node = {.type = QDX_JSON_NUMBER,
                          .at = (uint32_t)p->tree->text.size,
                          .size = (uint32_t)(p->at - from)};
    qdx_buffer_append(&p->tree->text, from, node.size);
    qdx_buffer_byte(&p->tree->text, '\0');
    return add_node(p, node);
}

static qdx_status read_value(parser *p)
{
    if (p->at == p->end)
        return broken(p, "it ends too early");
    if (*p->at == '{')
        return open_node(p, QDX_JSON_OBJECT);
    if (*p->at == '[')
        return open_node(p, QDX_JSON_ARRAY);
    if (*p->at != '"')
        return read_word(p);
    qdx_json_node node = {.type = QDX_JSON_STRING};
    p->at++;
    qdx_status status = read_string(p, &node.at, &node.size);
    return status == QDX_OK ? add_node(p, node) : status;
}

static qdx_status read_key(parser *p)
{
    if (p->at == p->end || *p->at != '"')
        return broken(p, "a member without a name");
    p->at++;
    qdx_status status = read_string(p, &p->key, &p->key_size);
    if (status != QDX_OK)
        return status;
    skip_space(p);
    if (p->at == p->end || *p->at != ':')
        return broken(p, "a name without a value");
    p->at++;
    return QDX_OK;
}

/* One step inside the innermost array or object: its end, or its next value. */
static qdx_status step_inside(parser *p, bool first)
{
    bool object = p->tree->nodes.items[p->open].type == QDX_JSON_OBJECT;
    if (p->at < p->end && *p->at == (object ? '}' : ']')) {
        close_node(p);
        return QDX_OK;
    }
    if (!first) {
        if (p->at == p->end || *p->at != ',')
            return broken(p, p->at == p->end ? "it ends too early" : "a comma is missing");
        p->at++;
        skip_space(p);
    }
    qdx_status status = object ? read_key(p) : QDX_OK;
    skip_space(p);
    return status == QDX_OK ? read_value(p) : status;
}

qdx_status qdx_json_tree_parse(qdx_json_tree *tree, const char *json, size_t size,
                               uint32_t max_depth, qdx_error *error)
{
    parser p = {.tree = tree,
                .begin = json,
                .at = json,
                .end = json + size,
                .max_depth = max_depth,
                .open = NO_NODE,
                .error = error};
    qdx_vector_clear(&tree->nodes);
    qdx_buffer_clear(&tree->text);
    if (size > UINT32_MAX / 4)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too much JSON");
    skip_space(&p);
    qdx_status status = read_value(&p);
    while (status == QDX_OK && p.open != NO_NODE) {
        skip_space(&p);
        status = step_inside(&p, p.tree->nodes.count == (size_t)p.open + 1);
    }
    skip_space(&p);
    if (status == QDX_OK && p.at < p.end)
        status = broken(&p, "something follows it");
    return status == QDX_OK ? qdx_buffer_status(&tree->text, error) : status;
}
