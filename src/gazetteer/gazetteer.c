/*
 * Loading and freezing. A file is a word list by its name (word_list.c) or else a list of entities
 * by its columns (entity_list.c); rows join entities by id. Freezing gives entities their final
 * arrays, resolves what rows say of one another, and builds the look-up by surname (lookup.c).
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gazetteer/entity_list.h"
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
    qdx_entity_columns columns = qdx_entity_list_columns(table);
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
                          : qdx_entity_list_add(gazetteer, table, &columns, &row_error);
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

static qdx_status load_folder(qdx_gazetteer *gazetteer, const char *path, bool words_only,
                              qdx_problem_fn *problem, void *context, qdx_error *error)
{
    DIR *folder = opendir(path);
    if (!folder)
        return qdx_error_system(error, "open the folder", path, errno);
    QDX_VECTOR(char *) names = {0};
    qdx_buffer full;
    qdx_buffer_init(&full);
    qdx_status status = QDX_OK;
    for (struct dirent *entry; status == QDX_OK && (entry = readdir(folder));) {
        bool wanted = is_table_name(entry->d_name) &&
                      (!words_only || qdx_word_list_find(entry->d_name) != NULL);
        char *name = wanted ? strdup(entry->d_name) : NULL;
        if (wanted && (!name || !qdx_vector_push(&names, name))) {
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

static qdx_status load_path(qdx_gazetteer *gazetteer, const char *path, bool words_only,
                            qdx_problem_fn *problem, void *context, qdx_error *error)
{
    if (gazetteer->frozen)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "the gazetteer is frozen");
    struct stat info;
    if (stat(path, &info) != 0)
        return qdx_error_system(error, "open", path, errno);
    return S_ISDIR(info.st_mode) ? load_folder(gazetteer, path, words_only, problem, context, error)
                                 : load_file(gazetteer, path, problem, context, error);
}

qdx_status qdx_gazetteer_load(qdx_gazetteer *gazetteer, const char *path, qdx_problem_fn *problem,
                              void *context, qdx_error *error)
{
    return load_path(gazetteer, path, false, problem, context, error);
}

qdx_status qdx_gazetteer_load_words(qdx_gazetteer *gazetteer, const char *path,
                                    qdx_problem_fn *problem, void *context, qdx_error *error)
{
    return load_path(gazetteer, path, true, problem, context, error);
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
