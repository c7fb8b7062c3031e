/*
 * The tables of an export: articles, entities, their names and offices, quotations, mentions.
 * Joined by document_id and entity_id. Columns are an interface: new ones go to the end.
 */
#include "cli/export_tables.h"

#include <stddef.h>
#include <string.h>

/* Rows as they are written; what a query gives stands first, so that its offsets hold. */
typedef struct quote_row {
    qdx_hit hit;
    const char *document_id;
} quote_row;

typedef struct mention_row {
    qdx_mention_hit hit;
    const char *document_id;
} mention_row;

typedef struct alias_row {
    const char *entity_id, *alias, *kind;
    qdx_entity_type type;
} alias_row;

typedef struct office_row {
    const char *entity_id;
    qdx_entity_type type;
    qdx_tenure tenure;
} office_row;

#define DOCUMENT(member) offsetof(qdx_index_document, member), 0
#define ENTITY(member) offsetof(qdx_index_entity, member), 0
#define QUOTE(member) offsetof(quote_row, member), 0
#define MENTION(member) offsetof(mention_row, member), 0
#define TEXT(name, offset)                                                                         \
    {                                                                                              \
        {name, QDX_CELL_TEXT, 0}, FIELD_TEXT, offset                                               \
    }

static const field document_fields[] = {
    TEXT("document_id", DOCUMENT(id)),
    {{"date", QDX_CELL_DATE, 10}, FIELD_DATE, DOCUMENT(date)},
    {{"title", QDX_CELL_TEXT, 40}, FIELD_TEXT, DOCUMENT(title)},
    {{"outlet", QDX_CELL_TEXT, 20}, FIELD_TEXT, DOCUMENT(outlet)},
    {{"url", QDX_CELL_LINK, 0}, FIELD_TEXT, DOCUMENT(url)},
    {{"path", QDX_CELL_TEXT, 24}, FIELD_TEXT, DOCUMENT(path)},
    {{"part", QDX_CELL_INTEGER, 0}, FIELD_U32, DOCUMENT(part)},
    {{"text_bytes", QDX_CELL_INTEGER, 0}, FIELD_U64, DOCUMENT(text_bytes)},
    {{"mentions", QDX_CELL_INTEGER, 8}, FIELD_U64, DOCUMENT(mentions)},
    {{"quotes", QDX_CELL_INTEGER, 8}, FIELD_U64, DOCUMENT(quotes)},
};

static const field entity_fields[] = {
    TEXT("entity_id", ENTITY(id)),
    {{"name", QDX_CELL_TEXT, 28}, FIELD_TEXT, ENTITY(name)},
    {{"type", QDX_CELL_TEXT, 12}, FIELD_ENTITY_TYPE, ENTITY(type)},
    {{"quotes", QDX_CELL_INTEGER, 8}, FIELD_U64, ENTITY(quotes)},
    {{"reported", QDX_CELL_INTEGER, 0}, FIELD_U64, ENTITY(reported)},
    {{"mentions", QDX_CELL_INTEGER, 8}, FIELD_U64, ENTITY(mentions)},
    {{"articles", QDX_CELL_INTEGER, 8}, FIELD_U64, ENTITY(documents)},
    {{"first", QDX_CELL_DATE, 10}, FIELD_DATE, ENTITY(first)},
    {{"last", QDX_CELL_DATE, 10}, FIELD_DATE, ENTITY(last)},
    TEXT("country", ENTITY(country)),
    {{"variants", QDX_CELL_TEXT, 0}, FIELD_TEXTS, ENTITY(variants)},
    {{"offices", QDX_CELL_TEXT, 0}, FIELD_TEXTS, ENTITY(offices)},
};

static const field alias_fields[] = {
    {{"entity_id", QDX_CELL_TEXT, 0}, FIELD_TEXT, offsetof(alias_row, entity_id), 0},
    {{"alias", QDX_CELL_TEXT, 0}, FIELD_TEXT, offsetof(alias_row, alias), 0},
    {{"kind", QDX_CELL_TEXT, 0}, FIELD_TEXT, offsetof(alias_row, kind), 0},
    {{"type", QDX_CELL_TEXT, 0}, FIELD_ENTITY_TYPE, offsetof(alias_row, type), 0},
};

static const field office_fields[] = {
    {{"entity_id", QDX_CELL_TEXT, 0}, FIELD_TEXT, offsetof(office_row, entity_id), 0},
    {{"office", QDX_CELL_TEXT, 0}, FIELD_TEXT, offsetof(office_row, tenure.office), 0},
    {{"country", QDX_CELL_TEXT, 0}, FIELD_TEXT, offsetof(office_row, tenure.country), 0},
    {{"organization", QDX_CELL_TEXT, 0}, FIELD_TEXT, offsetof(office_row, tenure.organization), 0},
    {{"from", QDX_CELL_DATE, 0}, FIELD_DATE, offsetof(office_row, tenure.from), 0},
    {{"to", QDX_CELL_DATE, 0}, FIELD_DATE, offsetof(office_row, tenure.to), 0},
    {{"type", QDX_CELL_TEXT, 0}, FIELD_ENTITY_TYPE, offsetof(office_row, type), 0},
};

static const field quote_fields[] = {
    TEXT("quote_id", QUOTE(hit.quote_id)),
    {{"speaker", QDX_CELL_TEXT, 18}, FIELD_TEXT, QUOTE(hit.speaker)},
    TEXT("speaker_id", QUOTE(hit.speaker_id)),
    TEXT("speaker_as_written", QUOTE(hit.speaker_as_written)),
    {{"quote", QDX_CELL_FOCUS, 60}, FIELD_TEXT, QUOTE(hit.quote)},
    {{"kind", QDX_CELL_TEXT, 0}, FIELD_QUOTE_KIND, QUOTE(hit.kind)},
    TEXT("cue", QUOTE(hit.cue)),
    {{"confidence", QDX_CELL_REAL, 0}, FIELD_SHARE, QUOTE(hit.confidence)},
    TEXT("rule", QUOTE(hit.rule)),
    TEXT("about", QUOTE(hit.about)),
    {{"date", QDX_CELL_DATE, 10}, FIELD_DATE, QUOTE(hit.date)},
    TEXT("title", QUOTE(hit.title)),
    TEXT("outlet", QUOTE(hit.outlet)),
    {{"url", QDX_CELL_LINK, 0}, FIELD_URL, offsetof(quote_row, hit.url), offsetof(qdx_hit, quote)},
    {{"path", QDX_CELL_TEXT, 24}, FIELD_TEXT, QUOTE(hit.path)},
    {{"paragraph", QDX_CELL_INTEGER, 0}, FIELD_U32, QUOTE(hit.paragraph)},
    {{"char_start", QDX_CELL_INTEGER, 0}, FIELD_U32, QUOTE(hit.char_start)},
    {{"char_end", QDX_CELL_INTEGER, 0}, FIELD_U32, QUOTE(hit.char_end)},
    {{"context_before", QDX_CELL_BEFORE, 0}, FIELD_TEXT, QUOTE(hit.context_before)},
    {{"context_after", QDX_CELL_AFTER, 0}, FIELD_TEXT, QUOTE(hit.context_after)},
    {{"speaker_kind", QDX_CELL_TEXT, 0}, FIELD_SPEAKER_KIND, QUOTE(hit.speaker_kind)},
    TEXT("document_id", QUOTE(document_id)),
};

static const field mention_fields[] = {
    TEXT("entity_id", MENTION(hit.entity_id)),
    TEXT("document_id", MENTION(document_id)),
    TEXT("text", MENTION(hit.text)),
    TEXT("rule", MENTION(hit.rule)),
    {{"confidence", QDX_CELL_REAL, 0}, FIELD_SHARE, MENTION(hit.confidence)},
    {{"paragraph", QDX_CELL_INTEGER, 0}, FIELD_U32, MENTION(hit.paragraph)},
    {{"char_start", QDX_CELL_INTEGER, 0}, FIELD_U32, MENTION(hit.char_start)},
    {{"char_end", QDX_CELL_INTEGER, 0}, FIELD_U32, MENTION(hit.char_end)},
    {{"type", QDX_CELL_TEXT, 0}, FIELD_ENTITY_TYPE, MENTION(hit.type)},
};

/* One row into the current table, unless the user asks to stop. */
static qdx_status put(exporting *e, const void *record, qdx_error *error)
{
    e->rows++;
    return *e->c->stop ? QDX_ERR_INTERRUPTED : record_write(&e->writer, record, error);
}

static qdx_status write_documents(exporting *e, qdx_error *error)
{
    qdx_index_document row;
    qdx_status status = QDX_OK;
    for (uint64_t i = 0; status == QDX_OK; i++)
        if ((status = qdx_content_document(e->content, i, &row, error)) == QDX_OK)
            status = put(e, &row, error);
    return status;
}

static qdx_status write_entities(exporting *e, qdx_error *error)
{
    qdx_index_entity row;
    qdx_status status = QDX_OK;
    for (uint64_t i = 0; status == QDX_OK; i++)
        if ((status = qdx_content_entity(e->content, i, &row, error)) == QDX_OK)
            status = put(e, &row, error);
    return status;
}

static bool is_among(const char *text, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(texts[i], text) == 0)
            return true;
    return false;
}

/* The name, what the gazetteer lists, and what the articles wrote beside these. */
static qdx_status put_aliases(exporting *e, const qdx_index_entity *entity, qdx_error *error)
{
    alias_row row = {entity->id, entity->name, "name", entity->type};
    qdx_status status = put(e, &row, error);
    row.kind = "listed";
    for (size_t i = 0; i < entity->alias_count && status == QDX_OK; i++) {
        row.alias = entity->aliases[i];
        if (strcmp(row.alias, entity->name) != 0)
            status = put(e, &row, error);
    }
    row.kind = "seen";
    for (size_t i = 0; i < entity->variant_count && status == QDX_OK; i++) {
        row.alias = entity->variants[i];
        if (strcmp(row.alias, entity->name) != 0 &&
            !is_among(row.alias, entity->aliases, entity->alias_count))
            status = put(e, &row, error);
    }
    return status;
}

static qdx_status write_aliases(exporting *e, qdx_error *error)
{
    qdx_index_entity row;
    qdx_status status = QDX_OK;
    for (uint64_t i = 0; status == QDX_OK; i++)
        if ((status = qdx_content_entity(e->content, i, &row, error)) == QDX_OK)
            status = put_aliases(e, &row, error);
    return status;
}

static qdx_status write_offices(exporting *e, qdx_error *error)
{
    qdx_index_entity entity;
    qdx_status status = QDX_OK;
    for (uint64_t i = 0; status == QDX_OK; i++) {
        status = qdx_content_entity(e->content, i, &entity, error);
        for (size_t k = 0; status == QDX_OK && k < entity.tenure_count; k++) {
            office_row row = {entity.id, entity.type, entity.tenures[k]};
            status = put(e, &row, error);
        }
    }
    return status;
}

static qdx_status write_quotes(exporting *e, qdx_error *error)
{
    char id[QDX_QUOTE_ID_SIZE];
    quote_row row;
    qdx_status status = QDX_OK;
    for (uint64_t i = 0; status == QDX_OK; i++) {
        status = qdx_content_quote(e->content, i, &row.hit, error);
        if (status != QDX_OK)
            break;
        row.document_id = qdx_document_id(row.hit.file, row.hit.part, id);
        status = put(e, &row, error);
    }
    return status;
}

static qdx_status write_mentions(exporting *e, qdx_error *error)
{
    char id[QDX_QUOTE_ID_SIZE];
    mention_row row;
    qdx_status status;
    while ((status = qdx_content_next_mention(e->content, &row.hit, error)) == QDX_OK) {
        row.document_id = qdx_document_id(row.hit.file, row.hit.part, id);
        if ((status = put(e, &row, error)) != QDX_OK)
            break;
    }
    return status;
}

static const record_type documents = RECORD_TYPE("documents", document_fields);
static const record_type entities = RECORD_TYPE("entities", entity_fields);
static const record_type aliases = RECORD_TYPE("aliases", alias_fields);
static const record_type offices = RECORD_TYPE("offices", office_fields);
static const record_type quotes = RECORD_TYPE("quotes", quote_fields);
static const record_type mentions = RECORD_TYPE("mentions", mention_fields);

const export_table export_tables[EXPORT_TABLES] = {
    {&quotes, write_quotes, true},       {&entities, write_entities, true},
    {&documents, write_documents, true}, {&aliases, write_aliases, false},
    {&offices, write_offices, false},    {&mentions, write_mentions, false},
};

const export_table *export_table_find(const char *name)
{
    for (size_t i = 0; i < EXPORT_TABLES; i++)
        if (strcmp(export_tables[i].type->name, name) == 0)
            return &export_tables[i];
    return NULL;
}
