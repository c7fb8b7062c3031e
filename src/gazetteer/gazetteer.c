/*
 * Loading and freezing. A file is a compiled one by its first bytes, a word list by its name
 * (word_list.c), or else a list of entities by its columns (entity_list.c). Freezing compiles what
 * was read from lists (compile.c) as one more image over those that were mapped.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gazetteer/compile.h"
#include "gazetteer/entity_list.h"
#include "gazetteer/store.h"
#include "gazetteer/table.h"
#include "gazetteer/tenure.h"
#include "gazetteer/word_list.h"
#include "gazetteer/words.h"

qdx_gazetteer *qdx_gazetteer_new(qdx_error *error)
{
    qdx_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
    if (!gazetteer) {
        qdx_error_memory(error);
        return NULL;
    }
    gazetteer->hash_key = qdx_hash_key_random();
    gazetteer->layers = calloc(QDX_LAYERS, sizeof *gazetteer->layers);
    if (gazetteer->layers && qdx_lexicon_init(&gazetteer->lexicon, NULL) == QDX_OK)
        return gazetteer;
    qdx_gazetteer_free(gazetteer);
    qdx_error_memory(error);
    return NULL;
}

void qdx_gazetteer_free(qdx_gazetteer *gazetteer)
{
    if (!gazetteer)
        return;
    qdx_store_release(gazetteer);
    qdx_store_release_offices(gazetteer);
    qdx_lexicon_release(&gazetteer->lexicon);
    qdx_builder_release(&gazetteer->builder);
    qdx_vector_release(&gazetteer->words.offices);
    qdx_vector_release(&gazetteer->words.office_aliases);
    qdx_vector_release(&gazetteer->words.titles);
    qdx_vector_release(&gazetteer->words.demonyms);
    qdx_vector_release(&gazetteer->same);
    qdx_vector_release(&gazetteer->tenancies);
    qdx_vector_release(&gazetteer->countries);
    free(gazetteer->demonym_places);
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

/* Maps a compiled file; with its words, and with its names unless only words are wanted. */
static qdx_status load_image(qdx_gazetteer *gazetteer, const char *path, bool words_only,
                             qdx_error *error)
{
    qdx_layer *layer = &gazetteer->layers[gazetteer->layer_count];
    if (gazetteer->layer_count + 1 >= QDX_LAYERS) {
        qdx_error_set(error, QDX_ERR_LIMIT, "more than %d compiled gazetteers", QDX_LAYERS - 1);
        return qdx_error_at(error, path, 0), QDX_ERR_LIMIT;
    }
    qdx_status status = qdx_qgz_open(&layer->image, path, error);
    if (status != QDX_OK)
        return status;
    layer->names = !words_only;
    layer->words = false;
    gazetteer->layer_count++; /* it is the gazetteer's to close from here on */
    return qdx_words_in(&layer->image)
               ? qdx_words_load(gazetteer, &layer->image, &layer->words, error)
               : QDX_OK;
}

static qdx_status load_file(qdx_gazetteer *gazetteer, const char *path, bool words_only,
                            qdx_problem_fn *problem, void *context, qdx_error *error)
{
    qdx_table table;
    if (qdx_qgz_is_file(path))
        return load_image(gazetteer, path, words_only, error);
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
    return *name != '.' && dot &&
           (strcmp(dot, ".tsv") == 0 || strcmp(dot, ".csv") == 0 || strcmp(dot, ".qgz") == 0);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The next of a folder; NULL with errno set where it cannot be read, with 0 at its end. */
static struct dirent *next_entry(DIR *folder)
{
    errno = 0;
    return readdir(folder);
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
    for (struct dirent *entry; status == QDX_OK && (entry = next_entry(folder));) {
        bool wanted = is_table_name(entry->d_name) &&
                      (!words_only || qdx_word_list_find(entry->d_name) != NULL);
        char *name = wanted ? strdup(entry->d_name) : NULL;
        if (wanted && (!name || !qdx_vector_push(&names, name))) {
            free(name);
            status = qdx_error_memory(error);
        }
    }
    if (status == QDX_OK && errno)
        status = qdx_error_system(error, "read the folder", path, errno);
    closedir(folder);
    if (status == QDX_OK && names.count == 0) {
        status =
            qdx_error_set(error, QDX_ERR_NOT_FOUND, "no .tsv, .csv or .qgz file in this folder");
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
            status = load_file(gazetteer, full.bytes, false, problem, context, error);
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
                                 : load_file(gazetteer, path, words_only, problem, context, error);
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

/* What lists said becomes an image over the others. */
static qdx_status add_own_layer(qdx_gazetteer *gazetteer, qdx_error *error)
{
    qdx_buffer bytes;
    qdx_buffer_init(&bytes);
    qdx_layer *layer = &gazetteer->layers[gazetteer->layer_count];
    qdx_status status = qdx_compile(gazetteer, false, &bytes, error);
    if (status == QDX_OK)
        status = qdx_qgz_take(&layer->image, &bytes, error);
    qdx_buffer_release(&bytes);
    if (status != QDX_OK)
        return status;
    layer->names = layer->words = true;
    gazetteer->layer_count++;
    qdx_builder_release(&gazetteer->builder);
    return QDX_OK;
}

/* Gives the entities of all images their numbers. */
static qdx_status number_entities(qdx_gazetteer *gazetteer, qdx_error *error)
{
    uint64_t total = 0;
    for (size_t i = 0; i < gazetteer->layer_count; i++) {
        gazetteer->layers[i].first = (uint32_t)total;
        total += gazetteer->layers[i].image.parts[QDX_QGZ_ENTITY].count;
        if (total >= UINT32_MAX)
            return qdx_error_set(error, QDX_ERR_LIMIT, "too many names for one gazetteer");
    }
    gazetteer->entity_count = (uint32_t)total;
    return qdx_store_make_entries(gazetteer, error);
}

static qdx_status collect_countries(qdx_gazetteer *gazetteer, qdx_error *error)
{
    for (size_t l = 0; l < gazetteer->layer_count; l++) {
        const qdx_layer *layer = &gazetteer->layers[l];
        uint64_t count = layer->names ? layer->image.parts[QDX_QGZ_COUNTRY].count : 0;
        for (uint64_t i = 0; i < count; i++) {
            const uint32_t *country =
                qdx_qgz_record(&layer->image, QDX_QGZ_COUNTRY, i, sizeof *country);
            if (!country)
                break;
            if (!qdx_vector_push(&gazetteer->countries, layer->first + *country))
                return qdx_error_memory(error);
        }
    }
    return QDX_OK;
}

static int compare_same(const void *a, const void *b)
{
    return strcmp(((const qdx_same *)a)->id, ((const qdx_same *)b)->id);
}

/* What the user says against the lists. */
static qdx_status collect_overrides(qdx_gazetteer *gazetteer, qdx_error *error)
{
    for (size_t l = 0; l < gazetteer->layer_count; l++) {
        const qdx_qgz *image = &gazetteer->layers[l].image;
        uint64_t count = gazetteer->layers[l].names ? image->parts[QDX_QGZ_SAME].count : 0;
        gazetteer->overrides |= gazetteer->layers[l].names && image->overrides;
        for (uint64_t i = 0; i < count; i++) {
            const qdx_qgz_same *record = qdx_qgz_record(image, QDX_QGZ_SAME, i, sizeof *record);
            qdx_same same = {"", ""};
            if (record)
                same = (qdx_same){qdx_qgz_text(image, QDX_QGZ_TEXT, record->id),
                                  qdx_qgz_text(image, QDX_QGZ_TEXT, record->other)};
            if (!qdx_vector_push(&gazetteer->same, same))
                return qdx_error_memory(error);
        }
    }
    if (gazetteer->same.count)
        qsort(gazetteer->same.items, gazetteer->same.count, sizeof gazetteer->same.items[0],
              compare_same);
    gazetteer->plain = gazetteer->layer_count == 1 && !gazetteer->same.count;
    return QDX_OK;
}

qdx_status qdx_gazetteer_freeze(qdx_gazetteer *gazetteer, qdx_error *error)
{
    if (gazetteer->frozen)
        return QDX_OK;
    qdx_lexicon_seal(&gazetteer->lexicon);
    qdx_status status = QDX_OK;
    if (gazetteer->builder.phrases.count || gazetteer->builder.same.count)
        status = add_own_layer(gazetteer, error);
    if (status == QDX_OK)
        status = number_entities(gazetteer, error);
    if (status == QDX_OK)
        status = collect_overrides(gazetteer, error);
    if (status == QDX_OK)
        status = qdx_words_publish(gazetteer, error);
    if (status == QDX_OK)
        status = collect_countries(gazetteer, error);
    if (status == QDX_OK)
        status = qdx_tenure_prepare(gazetteer, error);
    if (status == QDX_OK)
        status = qdx_store_status(gazetteer, error);
    gazetteer->frozen = status == QDX_OK;
    return status;
}

qdx_status qdx_gazetteer_compile(qdx_gazetteer *gazetteer, const char *path, qdx_error *error)
{
    if (gazetteer->frozen || gazetteer->layer_count)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "only lists can be compiled");
    qdx_buffer bytes;
    qdx_file_writer writer;
    qdx_buffer_init(&bytes);
    qdx_lexicon_seal(&gazetteer->lexicon);
    qdx_status status = qdx_compile(gazetteer, true, &bytes, error);
    if (status == QDX_OK) {
        status = qdx_file_writer_open(&writer, path, error);
        if (status == QDX_OK)
            status = qdx_file_writer_write(&writer, bytes.bytes, bytes.size, error);
        if (status == QDX_OK)
            status = qdx_file_writer_commit(&writer, error);
        qdx_file_writer_abandon(&writer);
    }
    qdx_buffer_release(&bytes);
    return status;
}

qdx_status qdx_gazetteer_verify(const qdx_gazetteer *gazetteer, qdx_error *error)
{
    return qdx_store_verify(gazetteer, error);
}

size_t qdx_gazetteer_entity_count(const qdx_gazetteer *gazetteer)
{
    return gazetteer->frozen ? gazetteer->entity_count : gazetteer->builder.listings.count;
}

const qdx_entity *qdx_gazetteer_entity_at(const qdx_gazetteer *gazetteer, size_t i)
{
    return gazetteer->frozen && i < gazetteer->entity_count
               ? qdx_store_entity(gazetteer, (uint32_t)i)
               : NULL;
}

size_t qdx_gazetteer_name_count(const qdx_gazetteer *gazetteer)
{
    uint64_t count = gazetteer->builder.listings.count + gazetteer->builder.aliases.count;
    for (size_t i = 0; i < gazetteer->layer_count; i++)
        if (gazetteer->layers[i].names)
            count += gazetteer->layers[i].image.name_count;
    return (size_t)count;
}
