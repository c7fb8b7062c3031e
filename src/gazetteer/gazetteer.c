/*
 * Loading and freezing. A file is a word list by its name (word_list.c) or else a list of entities
 * by its columns; rows join entities by id. Freezing gives entities their final arrays, resolves
 * what rows say of one another, and builds the look-up by surname (lookup.c).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>

#include "gazetteer/lookup.h"
#include "gazetteer/store.h"
#include "gazetteer/table.h"
#include "gazetteer/tenure.h"
#include "gazetteer/word_list.h"

qdx_gazetteer *qdx_gazetteer_new(qdx_error *error)
{
    qdx_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
    if (!gazetteer) {
        qdx_error_memory(error);
        return NULL;
    }
    gazetteer->hash_key = qdx_hash_key_random();
    if (qdx_lexicon_init(&gazetteer->lexicon, &gazetteer->arena, error) == QDX_OK &&
        qdx_phrases_init(&gazetteer->phrases, &gazetteer->arena, error) == QDX_OK)
        return gazetteer;
    qdx_gazetteer_free(gazetteer);
    return NULL;
}

void qdx_gazetteer_free(qdx_gazetteer *gazetteer)
{
    if (!gazetteer)
        return;
    for (size_t i = 0; i < gazetteer->entries.count; i++) {
        qdx_vector_release(&gazetteer->entries.items[i].aliases);
        qdx_vector_release(&gazetteer->entries.items[i].tenures);
    }
    qdx_store_release_tables(gazetteer);
    qdx_lookup_release(gazetteer);
    qdx_lexicon_release(&gazetteer->lexicon);
    qdx_phrases_release(&gazetteer->phrases);
    qdx_vector_release(&gazetteer->entries);
    qdx_vector_release(&gazetteer->offices);
    qdx_vector_release(&gazetteer->titles);
    qdx_vector_release(&gazetteer->demonyms);
    qdx_vector_release(&gazetteer->pending_places);
    qdx_vector_release(&gazetteer->countries);
    qdx_arena_release(&gazetteer->arena);
    free(gazetteer);
}

/* --- rows of entities --------------------------------------------------------------------- */

/* The columns of an entity list, found once a file. */
typedef struct entity_columns {
    int name, type, id, aliases, policy, gender, country, kind, office, organization, from, to,
        surname;
} entity_columns;

static entity_columns find_columns(const qdx_table *table)
{
    return (entity_columns){
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
        qdx_status status =
            n ? add_name(gazetteer, number, text, n, policy, true, error) : QDX_OK;
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
                             const entity_columns *columns, qdx_error *error)
{
    const char *office = qdx_table_cell(table, columns->office);
    if (!*office)
        return QDX_OK;
    uint32_t known = qdx_store_office(gazetteer, office);
    qdx_tenure tenure = {
        .office = known == QDX_NO_OFFICE ? keep(gazetteer, office)
                                         : gazetteer->offices.items[known].name,
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
                           const entity_columns *columns, qdx_error *error)
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
static qdx_status check_values(const qdx_table *table, const entity_columns *columns,
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

static qdx_status add_entity(qdx_gazetteer *gazetteer, const qdx_table *table,
                             const entity_columns *columns, qdx_error *error)
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
        status = find_entity(gazetteer, qdx_table_cell(table, columns->id), name, type, &number,
                             error);
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
        status = add_aliases(gazetteer, number, qdx_table_cell(table, columns->aliases), policy,
                             error);
    if (status == QDX_OK)
        status = add_tenure(gazetteer, number, table, columns, error);
    return status;
}

/* --- files -------------------------------------------------------------------------------- */

static qdx_status missing_column(const qdx_table *table, const char *column, qdx_error *error)
{
    qdx_error_set(error, QDX_ERR_FORMAT, "no column '%s' in the header", column);
    qdx_error_at(error, table->name, table->line);
    qdx_error_hint(error, "a list of names needs the columns name and type; the first line that "
                          "is no comment is the header");
    return QDX_ERR_FORMAT;
}

static qdx_status load_rows(qdx_gazetteer *gazetteer, qdx_table *table, const qdx_word_list *list,
                            qdx_problem_fn *problem, void *context, qdx_error *error)
{
    entity_columns columns = find_columns(table);
    const char *const needed[] = {list ? list->key_column : "name", list ? NULL : "type"};
    for (size_t i = 0; i < 2; i++)
        if (needed[i] && qdx_table_column(table, needed[i]) < 0)
            return missing_column(table, needed[i], error);
    int key = qdx_table_column(table, needed[0]);
    for (;;) {
        qdx_error row_error;
        qdx_status status = qdx_table_next(table, &row_error);
        if (status == QDX_END)
            return QDX_OK;
        if (status == QDX_OK && list && !*qdx_table_cell(table, key))
            status = qdx_error_set(&row_error, QDX_ERR_FORMAT, "column %s is empty", needed[0]);
        else if (status == QDX_OK)
            status = list ? list->add_row(gazetteer, table, &row_error)
                          : add_entity(gazetteer, table, &columns, &row_error);
        if (status == QDX_ERR_MEMORY)
            return qdx_error_memory(error);
        if (status == QDX_OK)
            continue;
        qdx_error_at(&row_error, table->name, table->line);
        if (problem)
            problem(context, &row_error);
    }
}

static qdx_status load_file(qdx_gazetteer *gazetteer, const char *path, qdx_problem_fn *problem,
                            void *context, qdx_error *error)
{
    qdx_table table;
    qdx_status status = qdx_table_open(&table, path, error);
    if (status != QDX_OK)
        return status;
    /* A list of names may be called titles.tsv, too: its columns decide. */
    bool entities = qdx_table_column(&table, "name") >= 0 && qdx_table_column(&table, "type") >= 0;
    status = load_rows(gazetteer, &table, entities ? NULL : qdx_word_list_find(path), problem,
                       context, error);
    qdx_table_close(&table);
    return status;
}

static bool is_table_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return *name != '.' && dot && (strcmp(dot, ".tsv") == 0 || strcmp(dot, ".csv") == 0);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static qdx_status load_folder(qdx_gazetteer *gazetteer, const char *path, qdx_problem_fn *problem,
                              void *context, qdx_error *error)
{
    DIR *folder = opendir(path);
    if (!folder)
        return qdx_error_system(error, "open the folder", path, errno);
    QDX_VECTOR(char *) names = {0};
    qdx_buffer full;
    qdx_buffer_init(&full);
    qdx_status status = QDX_OK;
    for (struct dirent *entry; status == QDX_OK && (entry = readdir(folder));) {
        char *name = is_table_name(entry->d_name) ? strdup(entry->d_name) : NULL;
        if (is_table_name(entry->d_name) && (!name || !qdx_vector_push(&names, name))) {
            free(name);
            status = qdx_error_memory(error);
        }
    }
    closedir(folder);
    if (status == QDX_OK && names.count == 0) {
        status = qdx_error_set(error, QDX_ERR_NOT_FOUND, "no .tsv or .csv file in this folder");
        qdx_error_at(error, path, 0);
    }
    if (names.count)
        qsort(names.items, names.count, sizeof names.items[0], compare_names);
    for (size_t i = 0; i < names.count; i++) {
        qdx_buffer_clear(&full);
        qdx_buffer_format(&full, "%s/%s", path, names.items[i]);
        if (status == QDX_OK)
            status = qdx_buffer_status(&full, error);
        if (status == QDX_OK)
            status = load_file(gazetteer, full.bytes, problem, context, error);
        free(names.items[i]);
    }
    qdx_vector_release(&names);
    qdx_buffer_release(&full);
    return status;
}

qdx_status qdx_gazetteer_load(qdx_gazetteer *gazetteer, const char *path, qdx_problem_fn *problem,
                              void *context, qdx_error *error)
{
    if (gazetteer->frozen)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "the gazetteer is frozen");
    struct stat info;
    if (stat(path, &info) != 0)
        return qdx_error_system(error, "open", path, errno);
    return S_ISDIR(info.st_mode) ? load_folder(gazetteer, path, problem, context, error)
                                 : load_file(gazetteer, path, problem, context, error);
}

/* --- freezing ----------------------------------------------------------------------------- */

static void resolve_demonyms(qdx_gazetteer *gazetteer)
{
    for (size_t i = 0; i < gazetteer->demonyms.count; i++)
        gazetteer->demonyms.items[i].place =
            qdx_store_find(gazetteer, gazetteer->pending_places.items[i]);
}

static void publish_arrays(qdx_gazetteer *gazetteer)
{
    for (size_t i = 0; i < gazetteer->entries.count; i++) {
        qdx_entry *entry = &gazetteer->entries.items[i];
        entry->entity.aliases = entry->aliases.items;
        entry->entity.alias_count = entry->aliases.count;
        entry->entity.tenures = entry->tenures.items;
        entry->entity.tenure_count = entry->tenures.count;
    }
}

static qdx_status collect_countries(qdx_gazetteer *gazetteer, qdx_error *error)
{
    for (size_t i = 0; i < gazetteer->entries.count; i++) {
        const qdx_entry *entry = &gazetteer->entries.items[i];
        if (entry->entity.type == QDX_ENTITY_PLACE && strcmp(entry->kind, "country") == 0 &&
            !qdx_vector_push(&gazetteer->countries, (uint32_t)i))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

qdx_status qdx_gazetteer_freeze(qdx_gazetteer *gazetteer, qdx_error *error)
{
    if (gazetteer->frozen)
        return QDX_OK;
    qdx_lexicon_seal(&gazetteer->lexicon);
    resolve_demonyms(gazetteer);
    publish_arrays(gazetteer);
    qdx_status status = collect_countries(gazetteer, error);
    qdx_tenure_prepare(gazetteer);
    if (status == QDX_OK)
        status = qdx_lookup_build(gazetteer, error);
    gazetteer->frozen = status == QDX_OK;
    return status;
}

size_t qdx_gazetteer_entity_count(const qdx_gazetteer *gazetteer)
{
    return gazetteer->entries.count;
}

const qdx_entity *qdx_gazetteer_entity_at(const qdx_gazetteer *gazetteer, size_t i)
{
    return i < gazetteer->entries.count ? &gazetteer->entries.items[i].entity : NULL;
}

size_t qdx_gazetteer_name_count(const qdx_gazetteer *gazetteer)
{
    size_t count = gazetteer->entries.count;
    for (size_t i = 0; i < gazetteer->entries.count; i++)
        count += gazetteer->entries.items[i].aliases.count;
    return count;
}
