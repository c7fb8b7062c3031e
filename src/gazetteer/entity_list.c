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

static const char *keep(qdx_gazetteer *gazetteer, const char *text)
{
    return qdx_arena_copy(&gazetteer->arena, text, strlen(text));
}

static qdx_status add_name(qdx_gazetteer *gazetteer, uint32_t number, const char *text, size_t size,
                           qdx_case_policy policy, bool alias, qdx_error *error)
{
    if (size > 1 && *text == '=') {
        policy = QDX_CASE_EXACT;
        text++;
        size--;
    }
    if (size > 4 && memcmp(text, "The ", 4) == 0) {
        text += 4;
        size -= 4;
        if (!memchr(text, ' ', size)) /* "Guardian" alone is too many things */
            policy = QDX_CASE_AFTER_THE;
    }
    qdx_status status = qdx_phrases_add(&gazetteer->phrases, QDX_PHRASE_NAME, policy, text, size,
                                        number, alias, error);
    if (status != QDX_OK || !alias)
        return status;
    const char *copy = qdx_arena_copy(&gazetteer->arena, text, size);
    if (!copy || !qdx_vector_push(&gazetteer->entries.items[number].aliases, copy))
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

static qdx_status add_tenure(qdx_gazetteer *gazetteer, uint32_t number, const qdx_table *table,
                             const qdx_entity_columns *columns, qdx_error *error)
{
    const char *office = qdx_table_cell(table, columns->office);
    if (!*office)
        return QDX_OK;
    uint32_t known = qdx_store_office(gazetteer, office);
    qdx_tenure tenure = {
        .office =
            known == QDX_NO_OFFICE ? keep(gazetteer, office) : gazetteer->offices.items[known].name,
        .country = keep(gazetteer, qdx_table_cell(table, columns->country)),
        .organization = keep(gazetteer, qdx_table_cell(table, columns->organization)),
    };
    qdx_status status =
        parse_date("from", qdx_table_cell(table, columns->from), &tenure.from, error);
    if (status == QDX_OK)
        status = parse_date("to", qdx_table_cell(table, columns->to), &tenure.to, error);
    if (status != QDX_OK)
        return status;
    if (!tenure.office || !tenure.country || !tenure.organization ||
        !qdx_vector_push(&gazetteer->entries.items[number].tenures, tenure))
        return qdx_error_memory(error);
    return QDX_OK;
}

/* What a row says of the entity itself; later rows only fill in what earlier ones left empty. */
static qdx_status describe(qdx_gazetteer *gazetteer, uint32_t number, const qdx_table *table,
                           const qdx_entity_columns *columns, qdx_error *error)
{
    qdx_entry *entry = &gazetteer->entries.items[number];
    const char *gender = qdx_table_cell(table, columns->gender);
    const char *country = qdx_table_cell(table, columns->country);
    const char *kind = qdx_table_cell(table, columns->kind);
    const char *surname = qdx_table_cell(table, columns->surname);
    if (*gender)
        entry->entity.gender = *gender == 'm' ? QDX_GENDER_MALE : QDX_GENDER_FEMALE;
    if (*country && !*entry->entity.country)
        entry->entity.country = keep(gazetteer, country);
    if (*kind && !*entry->kind)
        entry->kind = keep(gazetteer, kind);
    if (*surname && !entry->surname)
        entry->surname = keep(gazetteer, surname);
    if (!entry->entity.country || !entry->kind || (*surname && !entry->surname))
        return qdx_error_memory(error);
    return QDX_OK;
}

/* The entity a row is about, by its id or its name's slug. */
static qdx_status find_entity(qdx_gazetteer *gazetteer, const char *id, const char *name,
                              qdx_entity_type type, uint32_t *number, qdx_error *error)
{
    qdx_buffer slug;
    qdx_buffer_init(&slug);
    if (*id)
        qdx_buffer_text(&slug, id);
    else
        qdx_store_slug(name, strlen(name), &slug);
    qdx_status status = qdx_buffer_status(&slug, error);
    if (status == QDX_OK && slug.size == 0)
        status = qdx_error_set(error, QDX_ERR_FORMAT, "name '%s' has no letters", name);
    size_t before = gazetteer->entries.count;
    if (status == QDX_OK) {
        *number = qdx_store_add(gazetteer, slug.bytes);
        if (*number == UINT32_MAX)
            status = qdx_error_memory(error);
    }
    qdx_buffer_release(&slug);
    if (status != QDX_OK)
        return status;
    qdx_entity *entity = &gazetteer->entries.items[*number].entity;
    if (gazetteer->entries.count == before && entity->type != type)
        return qdx_error_set(error, QDX_ERR_FORMAT, "id '%s' belongs to a %s already", entity->id,
                             qdx_entity_type_name(entity->type));
    entity->type = type;
    return QDX_OK;
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
    uint32_t number = 0;
    if (!*name)
        return qdx_error_set(error, QDX_ERR_FORMAT, "no name");
    qdx_status status = check_values(table, columns, error);
    if (status == QDX_OK)
        status = parse_type(qdx_table_cell(table, columns->type), &type, error);
    if (status == QDX_OK)
        status = parse_policy(qdx_table_cell(table, columns->policy), &policy, error);
    if (status == QDX_OK)
        status =
            find_entity(gazetteer, qdx_table_cell(table, columns->id), name, type, &number, error);
    if (status != QDX_OK)
        return status;
    qdx_entry *entry = &gazetteer->entries.items[number];
    if (!entry->entity.name) {
        entry->entity.name = keep(gazetteer, name);
        if (!entry->entity.name)
            return qdx_error_memory(error);
        status = add_name(gazetteer, number, name, strlen(name), policy, false, error);
    } else if (strcmp(entry->entity.name, name) != 0) {
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
