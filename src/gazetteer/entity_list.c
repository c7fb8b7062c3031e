/*
 * Rows of entities. A row is checked whole before anything of it is kept; rows with one id describe
 * one entity, each adding names or an office.
 */
#include "gazetteer/entity_list.h"

#include <string.h>

qdx_entity_columns qdx_entity_list_columns(const qdx_table *table)
{
    return (qdx_entity_columns){
        .name = qdx_table_column(table, "name"),
        .type = qdx_table_column(table, "type"),
        .id = qdx_table_column(table, "id"),
        .aliases = qdx_table_column(table, "aliases"),
        .policy = qdx_table_column(table, "case"),
        .gender = qdx_table_column(table, "gender"),
        .country = qdx_table_column(table, "country"),
        .kind = qdx_table_column(table, "kind"),
        .office = qdx_table_column(table, "office"),
        .organization = qdx_table_column(table, "organization"),
        .from = qdx_table_column(table, "from"),
        .to = qdx_table_column(table, "to"),
        .surname = qdx_table_column(table, "surname"),
    };
}

static qdx_status unknown_value(const char *column, const char *value, qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_FORMAT, "column %s: unknown value '%s'", column, value);
}

static qdx_status parse_type(const char *text, qdx_entity_type *type, qdx_error *error)
{
    for (int t = QDX_ENTITY_PERSON; t <= QDX_ENTITY_PLACE; t++) {
        if (strcmp(text, qdx_entity_type_name((qdx_entity_type)t)) == 0) {
            *type = (qdx_entity_type)t;
            return QDX_OK;
        }
    }
    return unknown_value("type", text, error);
}

static qdx_status parse_policy(const char *text, qdx_case_policy *policy, qdx_error *error)
{
    static const struct {
        const char *name;
        qdx_case_policy policy;
    } policies[] = {{"", QDX_CASE_NAME}, {"exact", QDX_CASE_EXACT}, {"any", QDX_CASE_ANY}};
    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
        if (strcmp(policies[i].name, text) == 0) {
            *policy = policies[i].policy;
            return QDX_OK;
        }
    }
    return unknown_value("case", text, error);
}

/* A name of an entity. "The " in front stays out: articles are no part of a mention. */
static qdx_status add_name(qdx_gazetteer *gazetteer, uint32_t number, const char *text, size_t size,
                           qdx_case_policy policy, bool alias, qdx_error *error)
{
    qdx_builder *builder = &gazetteer->builder;
    if (size > 1 && *text == '=') {
        policy = QDX_CASE_EXACT;
        text++;
        size--;
    }
    bool article = size > 4 && memcmp(text, "The ", 4) == 0;
    if (article && !memchr(text + 4, ' ', size - 4))
        policy = QDX_CASE_AFTER_THE; /* "Guardian" alone is too many things */
    uint32_t kept = qdx_builder_keep(builder, text, size);
    if (kept == UINT32_MAX)
        return qdx_error_memory(error);
    uint32_t phrase = article ? kept + 4 : kept;
    qdx_status status =
        qdx_builder_add_phrase(builder, QDX_PHRASE_NAME, policy, phrase, number, alias, error);
    if (status != QDX_OK)
        return status;
    if (!alias)
        builder->listings.items[number].name = kept;
    else if (!qdx_builder_add_alias(builder, number, phrase))
        return qdx_error_memory(error);
    return QDX_OK;
}

static qdx_status add_aliases(qdx_gazetteer *gazetteer, uint32_t number, const char *text,
                              qdx_case_policy policy, qdx_error *error)
{
    while (*text) {
        size_t n = strcspn(text, "|");
        qdx_status status = n ? add_name(gazetteer, number, text, n, policy, true, error) : QDX_OK;
        if (status != QDX_OK)
            return status;
        text += n + (text[n] == '|');
    }
    return QDX_OK;
}

static qdx_status parse_date(const char *column, const char *text, qdx_date *date, qdx_error *error)
{
    memset(date, 0, sizeof *date);
    if (*text && !qdx_date_parse(text, date))
        return qdx_error_set(error, QDX_ERR_FORMAT, "column %s: '%s' is no date (YYYY-MM-DD)",
                             column, text);
    return QDX_OK;
}

static uint32_t pack_date(qdx_date date)
{
    return (uint32_t)(date.year + 32768) << 16 | (uint32_t)date.month << 8 | date.day;
}

static qdx_status add_tenure(qdx_gazetteer *gazetteer, uint32_t number, const qdx_table *table,
                             const qdx_entity_columns *columns, qdx_error *error)
{
    qdx_builder *builder = &gazetteer->builder;
    const char *office = qdx_table_cell(table, columns->office);
    qdx_date from, to;
    if (!*office)
        return QDX_OK;
    qdx_status status = parse_date("from", qdx_table_cell(table, columns->from), &from, error);
    if (status == QDX_OK)
        status = parse_date("to", qdx_table_cell(table, columns->to), &to, error);
    if (status != QDX_OK)
        return status;
    qdx_listed_tenure tenure = {
        .office = qdx_builder_intern(builder, office),
        .country = qdx_builder_intern(builder, qdx_table_cell(table, columns->country)),
        .organization = qdx_builder_intern(builder, qdx_table_cell(table, columns->organization)),
        .from = pack_date(from),
        .to = pack_date(to),
    };
    if (tenure.office == UINT32_MAX || tenure.country == UINT32_MAX ||
        tenure.organization == UINT32_MAX || !qdx_builder_add_tenure(builder, number, tenure))
        return qdx_error_memory(error);
    return QDX_OK;
}

/* Fills in a text that earlier rows left empty. */
static bool fill_in(qdx_builder *builder, uint32_t *place, const char *text)
{
    uint32_t kept = *text && !*place ? qdx_builder_intern(builder, text) : *place;
    if (kept == UINT32_MAX)
        return false;
    *place = kept;
    return true;
}

/* What a row says of the entity itself; later rows only fill in what earlier ones left empty. */
static qdx_status describe(qdx_gazetteer *gazetteer, uint32_t number, const qdx_table *table,
                           const qdx_entity_columns *columns, qdx_error *error)
{
    qdx_builder *builder = &gazetteer->builder;
    qdx_listing *listing = &builder->listings.items[number];
    const char *gender = qdx_table_cell(table, columns->gender);
    if (*gender)
        listing->gender = *gender == 'm' ? QDX_GENDER_MALE : QDX_GENDER_FEMALE;
    return fill_in(builder, &listing->country, qdx_table_cell(table, columns->country)) &&
                   fill_in(builder, &listing->kind, qdx_table_cell(table, columns->kind)) &&
                   fill_in(builder, &listing->surname, qdx_table_cell(table, columns->surname))
               ? QDX_OK
               : qdx_error_memory(error);
}

/* What can be wrong with a row's values is found before anything of it is kept. */
static qdx_status check_values(const qdx_table *table, const qdx_entity_columns *columns,
                               qdx_error *error)
{
    const char *gender = qdx_table_cell(table, columns->gender);
    qdx_date date;
    if (*gender && strcmp(gender, "m") != 0 && strcmp(gender, "f") != 0)
        return unknown_value("gender", gender, error);
    qdx_status status = parse_date("from", qdx_table_cell(table, columns->from), &date, error);
    return status == QDX_OK ? parse_date("to", qdx_table_cell(table, columns->to), &date, error)
                            : status;
}

qdx_status qdx_entity_list_add(qdx_gazetteer *gazetteer, const qdx_table *table,
                               const qdx_entity_columns *columns, qdx_error *error)
{
    const char *name = qdx_table_cell(table, columns->name);
    qdx_entity_type type = QDX_ENTITY_PERSON;
    qdx_case_policy policy = QDX_CASE_NAME;
    if (!*name)
        return qdx_error_set(error, QDX_ERR_FORMAT, "no name");
    qdx_status status = check_values(table, columns, error);
    if (status == QDX_OK)
        status = parse_type(qdx_table_cell(table, columns->type), &type, error);
    if (status == QDX_OK)
        status = parse_policy(qdx_table_cell(table, columns->policy), &policy, error);
    if (status != QDX_OK)
        return status;
    qdx_builder *builder = &gazetteer->builder;
    const char *id = qdx_table_cell(table, columns->id);
    uint32_t number = qdx_builder_listing(builder, id, name, &status, error);
    if (number == UINT32_MAX)
        return status == QDX_ERR_MEMORY ? qdx_error_memory(error) : status;
    qdx_listing *listing = &builder->listings.items[number];
    if (!listing->name) {
        listing->type = (uint8_t)type;
        status = add_name(gazetteer, number, name, strlen(name), policy, false, error);
        if (status != QDX_OK)
            qdx_builder_drop_listing(builder);
    } else if (listing->type != type) {
        return qdx_error_set(error, QDX_ERR_FORMAT, "id '%s' belongs to a %s already",
                             *id ? id : builder->slug.bytes,
                             qdx_entity_type_name((qdx_entity_type)listing->type));
    } else if (strcmp(qdx_builder_text(builder, listing->name), name) != 0) {
        status = add_name(gazetteer, number, name, strlen(name), policy, true, error);
    }
    if (status == QDX_OK)
        status = describe(gazetteer, number, table, columns, error);
    if (status == QDX_OK)
        status =
            add_aliases(gazetteer, number, qdx_table_cell(table, columns->aliases), policy, error);
    if (status == QDX_OK)
        status = add_tenure(gazetteer, number, table, columns, error);
    return status;
}
