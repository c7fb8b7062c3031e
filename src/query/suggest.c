/*
 * Suggestions for a name that fits nobody: the names at the smallest edit distance, whole ones
 * before words of longer ones, then those most mentioned. Reads all names once, with a bound that
 * sinks as nearer ones are found; only asked when a look-up failed.
 */
#include <string.h>

#include "base/error.h"
#include "index/words.h"
#include "query/resolve.h"

enum { NAME_BYTES = 96 }; /* longer names are neither corrected nor suggested */

typedef struct suggestion {
    uint32_t entity;
    unsigned distance;
    bool part; /* to a word of the name only */
    uint64_t mentions;
} suggestion;

typedef struct suggestions {
    suggestion best[QDX_SUGGESTIONS];
    size_t count;
    unsigned limit; /* distances above do not interest */
} suggestions;

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Edit distance (Levenshtein 1966), given up as soon as it must exceed `limit`. */
static unsigned edit_distance(const char *a, size_t n, const char *b, size_t m, unsigned limit)
{
    unsigned row[NAME_BYTES + 1];
    if ((n > m ? n - m : m - n) > limit || m > NAME_BYTES)
        return limit + 1;
    for (size_t j = 0; j <= m; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned diagonal = row[0], least = (unsigned)i;
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smaller(change, smaller(row[j], row[j - 1]) + 1);
            least = smaller(least, row[j]);
        }
        if (least > limit)
            return limit + 1;
    }
    return row[m];
}

/* Distance to the whole name, or to one word of it when one word was asked for. */
static unsigned name_distance(const char *asked, size_t size, const char *name, size_t name_size,
                              unsigned limit, bool *part)
{
    unsigned whole = edit_distance(asked, size, name, name_size, limit), best = whole;
    *part = false;
    if (memchr(asked, ' ', size))
        return best;
    for (size_t start = 0, end; start < name_size; start = end + 1) {
        const char *blank = memchr(name + start, ' ', name_size - start);
        end = blank ? (size_t)(blank - name) : name_size;
        best = smaller(best, edit_distance(asked, size, name + start, end - start, limit));
    }
    *part = best < whole;
    return best;
}

static bool is_better(const suggestion *a, const suggestion *b)
{
    if (a->distance != b->distance)
        return a->distance < b->distance;
    return a->part != b->part ? b->part : a->mentions > b->mentions;
}

/* Puts the entity in its place among the best; the earlier of two equals stays first. */
static void consider(suggestions *list, suggestion new)
{
    size_t at = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (list->best[i].entity == new.entity) {
            if (!is_better(&new, &list->best[i]))
                return;
            memmove(&list->best[i], &list->best[i + 1],
                    (list->count - i - 1) * sizeof list->best[0]);
            at = --list->count;
            break;
        }
    while (at > 0 && is_better(&new, &list->best[at - 1]))
        at--;
    if (at == QDX_SUGGESTIONS)
        return;
    if (list->count == QDX_SUGGESTIONS)
        list->count--;
    memmove(&list->best[at + 1], &list->best[at], (list->count - at) * sizeof list->best[0]);
    list->best[at] = new;
    list->count++;
    if (list->count == QDX_SUGGESTIONS)
        list->limit = smaller(list->limit, list->best[QDX_SUGGESTIONS - 1].distance);
}

/* Holds one of an entity's names against the one asked for; `key` is scratch. */
static void consider_name(suggestions *list, const char *asked, size_t size, const char *name,
                          suggestion entity, qdx_buffer *key)
{
    qdx_buffer_clear(key);
    qdx_index_name_key(name, strlen(name), key);
    if (key->failed || !key->size)
        return;
    entity.distance = name_distance(asked, size, key->bytes, key->size, list->limit, &entity.part);
    if (entity.distance <= list->limit)
        consider(list, entity);
}

static qdx_status walk_names(const qdx_index *index, const char *asked, size_t size,
                             suggestions *list, qdx_error *error)
{
    qdx_buffer key = {0};
    qdx_status status = QDX_OK;
    uint64_t count = qdx_store_count(index, QDX_STORE_ENTITY);
    for (uint32_t i = 0; i < count && status == QDX_OK && !key.failed; i++) {
        qdx_entity_row row;
        status = qdx_entity_row_at(index, i, &row, error);
        if (status != QDX_OK)
            break;
        const suggestion one = {.entity = i, .mentions = row.mentions};
        consider_name(list, asked, size, row.name, one, &key);
        for (uint64_t k = 0; k < row.alias_count; k++)
            consider_name(list, asked, size, qdx_get_text(&row.aliases, NULL), one, &key);
        for (uint64_t k = 0; k < row.variant_count; k++) {
            const char *spelling = qdx_entity_variant_next(&row, NULL);
            if (row.type != QDX_ENTITY_PERSON || strchr(spelling, ' '))
                consider_name(list, asked, size, spelling, one, &key);
        }
    }
    if (status == QDX_OK)
        status = qdx_buffer_status(&key, error);
    qdx_buffer_release(&key);
    return status;
}

qdx_status qdx_name_suggest(const qdx_index *index, const char *name, qdx_bearer_list *bearers,
                            qdx_error *error)
{
    qdx_buffer key = {0};
    suggestions list = {0};
    qdx_index_name_key(name, strlen(name), &key);
    qdx_status status = qdx_buffer_status(&key, error);
    if (status == QDX_OK && key.size > 0 && key.size <= NAME_BYTES) {
        list.limit = 1 + (unsigned)key.size / 4;
        status = walk_names(index, key.bytes, key.size, &list, error);
    }
    for (size_t i = 0; i < list.count && status == QDX_OK; i++) {
        qdx_bearer bearer = {.entity = list.best[i].entity,
                             .rule = "suggestion",
                             .confidence = 1.0f / (float)(1 + list.best[i].distance)};
        if (!qdx_vector_push(bearers, bearer))
            status = qdx_error_memory(error);
    }
    qdx_buffer_release(&key);
    return status;
}
