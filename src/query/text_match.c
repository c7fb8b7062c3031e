/*
 * Matching words: cut the question into sequences, intersect the postings of
 * each one's words, read the quotations that remain for the words' order, and
 * intersect the sequences.
 */
#include "query/text_match.h"

#include <string.h>

#include "base/error.h"
#include "index/dictionary.h"
#include "index/words.h"

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

void qdx_number_set_subtract(qdx_number_set *set, const qdx_number_set *other)
{
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < set->count; i++) {
        while (k < other->count && other->items[k] < set->items[i])
            k++;
        if (k == other->count || other->items[k] != set->items[i])
            set->items[kept++] = set->items[i];
    }
    set->count = kept;
}

/* All quotations there are. */
static qdx_status take_all(const qdx_index *index, qdx_number_set *set, qdx_error *error)
{
    uint64_t count = qdx_store_count(index, QDX_STORE_QUOTE);
    qdx_vector_clear(set);
    for (uint32_t i = 0; i < count; i++)
        if (!qdx_vector_push(set, i))
            return qdx_error_memory(error);
    return QDX_OK;
}

/* All quotations with a word, in order. A word that is not in the index has
 * none. */
static qdx_status read_word(const qdx_index *index, const char *word, size_t size,
                            qdx_number_set *set, qdx_error *error)
{
    qdx_cursor c;
    uint64_t number, quote;
    qdx_posting_reader quotes;
    qdx_vector_clear(set);
    qdx_status status = qdx_dictionary_find(index, QDX_STORE_WORD, word, size, &c, &number, error);
    if (status != QDX_OK)
        return status == QDX_END ? QDX_OK : status;
    status = qdx_store_at(index, QDX_STORE_WORD_POSTING, number, &c, error);
    if (status != QDX_OK)
        return status;
    qdx_posting_reader_init(&quotes, &c, qdx_store_count(index, QDX_STORE_QUOTE));
    while (qdx_posting_reader_next(&quotes, &quote)) {
        uint32_t item = (uint32_t)quote;
        if (!qdx_vector_push(set, item))
            return qdx_error_memory(error);
    }
    return quotes.cursor.failed ? qdx_store_broken(QDX_STORE_WORD_POSTING, number, error) : QDX_OK;
}

static bool same_word(const qdx_index_words *a, size_t i, const qdx_index_words *b, size_t k)
{
    const qdx_index_word *x = &a->list.items[i], *y = &b->list.items[k];
    return x->size == y->size &&
           memcmp(a->folded.bytes + x->start, b->folded.bytes + y->start, x->size) == 0;
}

/* Do the words stand in the text in this sequence, with nothing left out
 * between them? */
static bool has_sequence(const qdx_index_words *text, const qdx_index_words *words)
{
    size_t count = words->list.count;
    for (size_t i = 0; i + count <= text->list.count; i++) {
        uint32_t shift = text->list.items[i].position - words->list.items[0].position;
        size_t k = 0;
        while (k < count && same_word(text, i + k, words, k) &&
               text->list.items[i + k].position == words->list.items[k].position + shift)
            k++;
        if (k == count)
            return true;
    }
    return false;
}

/* Of the quotations with all the words those that have them in sequence. */
static qdx_status keep_sequences(const qdx_index *index, const qdx_index_words *words,
                                 qdx_number_set *set, qdx_error *error)
{
    qdx_index_words text = {0};
    size_t kept = 0;
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < set->count && status == QDX_OK; i++) {
        qdx_quote_row row;
        status = qdx_quote_row_at(index, set->items[i], &row, error);
        if (status == QDX_OK && !qdx_index_words_split(&text, row.text, row.text_size))
            status = qdx_error_memory(error);
        if (status == QDX_OK && has_sequence(&text, words))
            set->items[kept++] = set->items[i];
    }
    set->count = kept;
    qdx_index_words_release(&text);
    return status;
}

static qdx_status match_sequence(const qdx_index *index, const qdx_index_words *words,
                                 qdx_number_set *set, qdx_error *error)
{
    qdx_number_set next = {0};
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < words->list.count && status == QDX_OK; i++) {
        const qdx_index_word *word = &words->list.items[i];
        status =
            read_word(index, words->folded.bytes + word->start, word->size, i ? &next : set, error);
        if (status == QDX_OK && i)
            qdx_number_set_intersect(set, &next);
    }
    if (status == QDX_OK && words->list.count > 1)
        status = keep_sequences(index, words, set, error);
    qdx_number_set_release(&next);
    return status;
}

/* The next sequence: what stands between two marks, or up to a blank. NULL at the end. */
static const char *next_sequence(const char **rest, size_t *size, bool *excluded)
{
    const char *p = *rest + strspn(*rest, " \t\r\n");
    *excluded = *p == '-' && p[1] && !strchr(" \t\r\n-", p[1]);
    p += *excluded;
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

/* Takes one sequence as a condition on the set, which holds all when `any` is false. */
static qdx_status apply_sequence(const qdx_index *index, const qdx_index_words *words,
                                 bool excluded, bool any, qdx_number_set *set,
                                 qdx_number_set *found, qdx_error *error)
{
    if (!any && !excluded)
        return match_sequence(index, words, set, error);
    qdx_status status = any ? QDX_OK : take_all(index, set, error);
    found->count = 0;
    if (status == QDX_OK)
        status = match_sequence(index, words, found, error);
    if (status == QDX_OK && excluded)
        qdx_number_set_subtract(set, found);
    else if (status == QDX_OK)
        qdx_number_set_intersect(set, found);
    return status;
}

qdx_status qdx_text_match(const qdx_index *index, const char *text, qdx_number_set *set,
                          qdx_error *error)
{
    qdx_index_words words = {0};
    qdx_number_set found = {0};
    bool any = false, excluded;
    size_t size;
    qdx_status status = QDX_OK;
    for (const char *at;
         status == QDX_OK && (at = next_sequence(&text, &size, &excluded)) != NULL;) {
        if (!qdx_index_words_split(&words, at, size)) {
            status = qdx_error_memory(error);
            break;
        }
        if (words.list.count == 0)
            continue;
        status = apply_sequence(index, &words, excluded, any, set, &found, error);
        any = true;
    }
    qdx_index_words_release(&words);
    qdx_number_set_release(&found);
    return status == QDX_OK && !any ? QDX_END : status;
}
