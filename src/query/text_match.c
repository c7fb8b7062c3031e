/*
 * Matching words: cut the question into sequences, read each word's postings, keep quotations where
 * the positions follow each other, and intersect the sequences.
 */
#include "query/text_match.h"

#include <string.h>

#include "base/error.h"
#include "index/dictionary.h"
#include "index/words.h"

/* Where a sequence that has matched so far would have to go on. */
typedef struct place {
    uint32_t quote, position;
} place;

typedef QDX_VECTOR(place) place_list;

void qdx_number_set_release(qdx_number_set *set)
{
    qdx_vector_release(set);
}

void qdx_number_set_intersect(qdx_number_set *set, const qdx_number_set *other)
{
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < set->count; i++) {
        while (k < other->count && other->items[k] < set->items[i])
            k++;
        if (k < other->count && other->items[k] == set->items[i])
            set->items[kept++] = set->items[i];
    }
    set->count = kept;
}

/* All places of a word, in order. A word that is not in the index has none. */
static qdx_status read_places(const qdx_index *index, const char *word, size_t size,
                              place_list *places, qdx_error *error)
{
    qdx_cursor c;
    uint64_t number;
    qdx_vector_clear(places);
    qdx_status status = qdx_dictionary_find(index, QDX_STORE_WORD, word, size, &c, &number, error);
    if (status != QDX_OK)
        return status == QDX_END ? QDX_OK : status;
    status = qdx_store_at(index, QDX_STORE_WORD_POSTING, number, &c, error);
    if (status != QDX_OK)
        return status;
    uint64_t quotes = qdx_get_count(&c), quote = 0;
    for (uint64_t i = 0; i < quotes; i++) {
        quote += qdx_cursor_varint_max(&c, UINT32_MAX);
        uint64_t positions = qdx_get_count(&c), position = 0;
        for (uint64_t k = 0; k < positions && !c.failed; k++) {
            position += qdx_cursor_varint_max(&c, UINT32_MAX);
            place at = {(uint32_t)quote, (uint32_t)position};
            if (!qdx_vector_push(places, at))
                return qdx_error_memory(error);
        }
        if (c.failed || quote >= qdx_store_count(index, QDX_STORE_QUOTE))
            return qdx_store_broken(QDX_STORE_WORD_POSTING, number, error);
    }
    return QDX_OK;
}

static bool comes_before(place a, place b)
{
    return a.quote != b.quote ? a.quote < b.quote : a.position < b.position;
}

/* Keeps the places from which the sequence goes on, `step` words later, at one of `next`. */
static void follow(place_list *places, const place_list *next, uint32_t step)
{
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < places->count; i++) {
        place wanted = {places->items[i].quote, places->items[i].position + step};
        while (k < next->count && comes_before(next->items[k], wanted))
            k++;
        if (k < next->count && !comes_before(wanted, next->items[k]))
            places->items[kept++] = wanted;
    }
    places->count = kept;
}

static qdx_status match_sequence(const qdx_index *index, const qdx_index_words *words,
                                 qdx_number_set *set, qdx_error *error)
{
    place_list places = {0}, next = {0};
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < words->list.count && status == QDX_OK; i++) {
        const qdx_index_word *word = &words->list.items[i];
        status = read_places(index, words->folded.bytes + word->start, word->size,
                             i ? &next : &places, error);
        if (status == QDX_OK && i)
            follow(&places, &next, word->position - words->list.items[i - 1].position);
    }
    for (size_t i = 0; i < places.count && status == QDX_OK; i++) {
        uint32_t quote = places.items[i].quote;
        if (set->count && set->items[set->count - 1] >= quote)
            continue;
        if (!qdx_vector_push(set, quote))
            status = qdx_error_memory(error);
    }
    qdx_vector_release(&places);
    qdx_vector_release(&next);
    return status;
}

/* The next sequence: what stands between two marks, or up to a blank. NULL at the end. */
static const char *next_sequence(const char **rest, size_t *size)
{
    const char *p = *rest + strspn(*rest, " \t\r\n");
    if (!*p)
        return NULL;
    if (*p == '"') {
        const char *end = strchr(++p, '"');
        *size = end ? (size_t)(end - p) : strlen(p);
        *rest = end ? end + 1 : p + *size;
        return p;
    }
    *size = strcspn(p, " \t\r\n\"");
    *rest = p + *size;
    return p;
}

qdx_status qdx_text_match(const qdx_index *index, const char *text, qdx_number_set *set,
                          qdx_error *error)
{
    qdx_index_words words = {0};
    qdx_number_set found = {0};
    bool any = false;
    size_t size;
    qdx_status status = QDX_OK;
    for (const char *at; status == QDX_OK && (at = next_sequence(&text, &size)) != NULL;) {
        if (!qdx_index_words_split(&words, at, size)) {
            status = qdx_error_memory(error);
            break;
        }
        if (words.list.count == 0)
            continue;
        found.count = 0;
        status = match_sequence(index, &words, any ? &found : set, error);
        if (status == QDX_OK && any)
            qdx_number_set_intersect(set, &found);
        any = true;
    }
    qdx_index_words_release(&words);
    qdx_number_set_release(&found);
    return status == QDX_OK && !any ? QDX_END : status;
}
