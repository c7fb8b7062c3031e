/*
 * Tables of answers: which member of a record is which column, for the row formats of the library.
 * The names are the interface of the JSON API; new ones go to the end.
 */
#include "serve/table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_MEMBERS = 24, LONGEST_VALUE = 16 };

/* --- growing text ------------------------------------------------------------------------- */

static void append_bytes(text *out, const char *bytes, size_t size)
{
    if (out->capacity - out->size <= size) {
        size_t capacity = (out->size + size) * 2 + 64;
        char *larger = out->failed ? NULL : realloc(out->bytes, capacity);
        out->failed |= !larger;
        if (!larger)
            return;
        out->bytes = larger;
        out->capacity = capacity;
    }
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
}

void text_append(text *out, const char *bytes)
{
    append_bytes(out, bytes, strlen(bytes));
}

void text_format(text *out, const char *format, ...)
{
    char piece[256];
    va_list args;
    va_start(args, format);
    vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    text_append(out, piece);
}

static qdx_status take_bytes(void *context, const void *bytes, size_t size, qdx_error *error)
{
    text *out = context;
    append_bytes(out, bytes, size);
    if (out->failed && error) {
        memset(error, 0, sizeof *error);
        error->code = QDX_ERR_MEMORY;
    }
    return out->failed ? QDX_ERR_MEMORY : QDX_OK;
}

/* --- the tables --------------------------------------------------------------------------- */

#define QUOTE(name, kind)                                                                          \
    {                                                                                              \
#name, kind, offsetof(qdx_hit, name)                                                       \
    }
#define MENTION(name, kind)                                                                        \
    {                                                                                              \
#name, kind, offsetof(qdx_mention_hit, name)                                               \
    }
#define ENTITY(name, kind)                                                                         \
    {                                                                                              \
#name, kind, offsetof(qdx_index_entity, name)                                              \
    }
#define INFO(name, kind)                                                                           \
    {                                                                                              \
#name, kind, offsetof(qdx_index_info, name)                                                \
    }

static const member quote_members[] = {
    QUOTE(quote_id, MEMBER_TEXT),
    QUOTE(speaker, MEMBER_TEXT),
    QUOTE(speaker_id, MEMBER_TEXT),
    QUOTE(speaker_as_written, MEMBER_TEXT),
    QUOTE(speaker_kind, MEMBER_SPEAKER_KIND),
    QUOTE(quote, MEMBER_TEXT),
    QUOTE(kind, MEMBER_QUOTE_KIND),
    QUOTE(cue, MEMBER_TEXT),
    QUOTE(confidence, MEMBER_SHARE),
    QUOTE(rule, MEMBER_TEXT),
    QUOTE(about, MEMBER_TEXT),
    QUOTE(date, MEMBER_DATE),
    QUOTE(title, MEMBER_TEXT),
    QUOTE(outlet, MEMBER_TEXT),
    QUOTE(url, MEMBER_TEXT),
    QUOTE(path, MEMBER_TEXT),
    QUOTE(paragraph, MEMBER_U32),
    QUOTE(char_start, MEMBER_U32),
    QUOTE(char_end, MEMBER_U32),
    QUOTE(context_before, MEMBER_TEXT),
    QUOTE(context_after, MEMBER_TEXT),
    QUOTE(duplicates, MEMBER_U32),
};

static const member mention_members[] = {
    MENTION(entity, MEMBER_TEXT),         MENTION(entity_id, MEMBER_TEXT),
    MENTION(type, MEMBER_ENTITY_TYPE),    MENTION(text, MEMBER_TEXT),
    MENTION(rule, MEMBER_TEXT),           MENTION(confidence, MEMBER_SHARE),
    MENTION(date, MEMBER_DATE),           MENTION(title, MEMBER_TEXT),
    MENTION(outlet, MEMBER_TEXT),         MENTION(url, MEMBER_TEXT),
    MENTION(path, MEMBER_TEXT),           MENTION(paragraph, MEMBER_U32),
    MENTION(char_start, MEMBER_U32),      MENTION(char_end, MEMBER_U32),
    MENTION(context_before, MEMBER_TEXT), MENTION(context_after, MEMBER_TEXT),
};

static const member entity_members[] = {
    ENTITY(id, MEMBER_TEXT),        ENTITY(name, MEMBER_TEXT),    ENTITY(type, MEMBER_ENTITY_TYPE),
    ENTITY(quotes, MEMBER_U64),     ENTITY(reported, MEMBER_U64), ENTITY(mentions, MEMBER_U64),
    ENTITY(documents, MEMBER_U64),  ENTITY(first, MEMBER_DATE),   ENTITY(last, MEMBER_DATE),
    ENTITY(variants, MEMBER_TEXTS), ENTITY(rule, MEMBER_TEXT),    ENTITY(confidence, MEMBER_SHARE),
};

static const member info_members[] = {
    INFO(documents, MEMBER_U64), INFO(text_bytes, MEMBER_U64), INFO(entities, MEMBER_U64),
    INFO(mentions, MEMBER_U64),  INFO(quotes, MEMBER_U64),     INFO(skipped, MEMBER_U64),
    INFO(first, MEMBER_DATE),    INFO(last, MEMBER_DATE),      INFO(format_version, MEMBER_U32),
};

#define TABLE(members)                                                                             \
    {                                                                                              \
        members, sizeof members / sizeof members[0]                                                \
    }

const table quote_table = TABLE(quote_members);
const table mention_table = TABLE(mention_members);
const table entity_table = TABLE(entity_members);
const table info_table = TABLE(info_members);

/* --- rows --------------------------------------------------------------------------------- */

/* Room for the values of a row that are made, not borrowed. */
typedef struct made {
    char dates[MOST_MEMBERS][LONGEST_VALUE];
    text joined; /* one member of a record at most has several texts */
} made;

static const char *join(const void *place, made *m)
{
    const char *const *texts = *(const char *const *const *)place;
    size_t count = *(const size_t *)((const char *)place + sizeof texts);
    m->joined.size = 0;
    for (size_t i = 0; i < count; i++) {
        text_append(&m->joined, i ? "; " : "");
        text_append(&m->joined, texts[i]);
    }
    append_bytes(&m->joined, "", 1);
    return m->joined.failed ? NULL : m->joined.bytes;
}

static const char *not_empty(const char *value)
{
    return value && *value ? value : NULL;
}

static qdx_cell make_cell(const member *mb, const void *record, size_t i, made *m)
{
    const void *place = (const char *)record + mb->offset;
    switch (mb->kind) {
    case MEMBER_TEXT:
        return (qdx_cell){.text = not_empty(*(const char *const *)place)};
    case MEMBER_TEXTS:
        return (qdx_cell){.text = join(place, m)};
    case MEMBER_SHARE:
        return (qdx_cell){.real = (double)*(const float *)place};
    case MEMBER_U32:
        return (qdx_cell){.integer = *(const uint32_t *)place};
    case MEMBER_U64:
        return (qdx_cell){.integer = (int64_t) * (const uint64_t *)place};
    case MEMBER_DATE:
        return (qdx_cell){.text =
                              not_empty(qdx_date_format(*(const qdx_date *)place, m->dates[i]))};
    case MEMBER_QUOTE_KIND:
        return (qdx_cell){.text = qdx_quote_kind_name(*(const qdx_quote_kind *)place)};
    case MEMBER_SPEAKER_KIND:
        return (qdx_cell){.text = qdx_speaker_kind_name(*(const qdx_speaker_kind *)place)};
    case MEMBER_ENTITY_TYPE:
        return (qdx_cell){.text = qdx_entity_type_name(*(const qdx_entity_type *)place)};
    }
    return (qdx_cell){.text = NULL};
}

static qdx_cell_type cell_type(member_kind kind)
{
    if (kind == MEMBER_U32 || kind == MEMBER_U64)
        return QDX_CELL_INTEGER;
    return kind == MEMBER_SHARE ? QDX_CELL_REAL : QDX_CELL_TEXT;
}

/* JSON lines, none of which holds a line end within, become a list between commas. */
static void join_lines(text *out, size_t start)
{
    for (size_t i = start; i < out->size; i++)
        if (out->bytes[i] == '\n')
            out->bytes[i] = ',';
    out->size -= out->size > start;
}

qdx_status table_write(const table *t, const char *format, record_at *at, const void *list,
                       size_t first, size_t end, text *out, qdx_error *error)
{
    qdx_column columns[MOST_MEMBERS];
    qdx_rows *rows = NULL;
    made m = {0};
    size_t start = out->size;
    qdx_rows_options options = {.format = format};
    for (size_t i = 0; i < t->count; i++)
        columns[i] = (qdx_column){t->members[i].name, cell_type(t->members[i].kind), 1};
    qdx_status status =
        qdx_rows_open(&options, columns, t->count, (qdx_sink){take_bytes, out}, &rows, error);
    for (size_t k = first; k < end && status == QDX_OK; k++) {
        qdx_cell cells[MOST_MEMBERS];
        for (size_t i = 0; i < t->count; i++)
            cells[i] = make_cell(&t->members[i], at(list, k), i, &m);
        status = qdx_rows_write(rows, cells, error);
    }
    if (status == QDX_OK)
        status = qdx_rows_finish(rows, error);
    qdx_rows_close(rows);
    free(m.joined.bytes);
    if (strcmp(format, "jsonl") == 0)
        join_lines(out, start);
    return status;
}
