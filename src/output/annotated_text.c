/*
 * The plain side of annotated text: escaping what would read as markup, and taking markup off
 * again. Knows braces, backslashes and the === line, not what the labels mean.
 */
#include <string.h>

#include "output/annotated.h"
#include "output/json.h"

static bool starts_header(const char *p, const char *end)
{
    return end - p >= 3 && memcmp(p, "===", 3) == 0;
}

void qdx_annotated_escape(qdx_buffer *out, const char *bytes, size_t size, bool line_start)
{
    const char *end = bytes + size, *clean = bytes;
    for (const char *p = bytes; p < end; p++) {
        bool header = line_start && *p == '=' && starts_header(p, end);
        line_start = *p == '\n';
        if (!header && *p != '{' && *p != '}' && *p != '\\')
            continue;
        qdx_buffer_clean(out, clean, (size_t)(p - clean));
        qdx_buffer_byte(out, '\\');
        clean = p; /* the character itself follows with the next stretch */
    }
    qdx_buffer_clean(out, clean, (size_t)(end - clean));
}

static qdx_status malformed(qdx_error *error, const char *what, uint32_t line)
{
    qdx_error_set(error, QDX_ERR_FORMAT, "annotated text: %s", what);
    qdx_error_at(error, NULL, line);
    return QDX_ERR_FORMAT;
}

/* The end of a label that starts at `p`, at the blank after it; NULL when there is none. */
static const char *label_end(const char *p, const char *end)
{
    if (p == end || *p < 'a' || *p > 'z')
        return NULL;
    for (; p < end && *p != ' '; p++) {
        if (*p == '\\')
            p++;
        else if (*p == '{' || *p == '}' || *p == '\n')
            return NULL;
    }
    return p < end ? p : NULL;
}

qdx_status qdx_annotated_strip(const char *annotated, size_t size, qdx_buffer *text,
                               qdx_error *error)
{
    const char *end = annotated + size;
    uint32_t line = 1;
    size_t open = 0;
    for (const char *p = annotated; p < end; p++) {
        if (*p == '{') {
            p = label_end(p + 1, end);
            if (!p)
                return malformed(error, "a brace without a label", line);
            open++;
            continue;
        }
        if (*p == '}') {
            if (open-- == 0)
                return malformed(error, "a closing brace too many", line);
            continue;
        }
        if (*p == '\\' && ++p == end)
            return malformed(error, "a backslash at the end", line);
        line += *p == '\n';
        qdx_buffer_byte(text, *p);
    }
    if (open)
        return malformed(error, "a brace that is never closed", line);
    return qdx_buffer_status(text, error);
}
