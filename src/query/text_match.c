/*
 * Matching words: cut the question into sequences, intersect the postings of all words, and read
 * the quotations that remain where the order of words matters.
 */
#include "query/text_match.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

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

/* All quotations with a word, in order. A word that is not in the index has none. */
static qdx_status read_word(const qdx_index *index, const char *word, size_t size,
                            qdx_number_set *set, qdx_error *error)
{
    qdx_table_reader reader;
    uint64_t quote;
    qdx_vector_clear(set);
    qdx_status status =
        qdx_table_find(index, QDX_STORE_WORD, qdx_table_key(word, size, false), &reader, error);
    if (status != QDX_OK)
        return status == QDX_END ? QDX_OK : status;
    while (qdx_table_reader_next(&reader, &quote, NULL)) {
        uint32_t item = (uint32_t)quote;
        if (!qdx_vector_push(set, item))
            return qdx_error_memory(error);
    }
    return reader.values.failed ? qdx_store_broken(QDX_STORE_WORD, 0, error) : QDX_OK;
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

void qdx_text_question_release(qdx_text_question *question)
{
    for (size_t i = 0; i < question->count; i++)
        qdx_index_words_release(&question->sequences[i].words);
    free(question->sequences);
    qdx_index_words_release(&question->words);
    *question = (qdx_text_question){0};
}

static bool add_sequence(qdx_text_question *question, qdx_index_words *words, bool excluded)
{
    if (question->count == question->capacity &&
        !qdx_vector_grow((void **)&question->sequences, &question->capacity, question->count,
                         sizeof *question->sequences))
        return false;
    question->sequences[question->count++] = (qdx_text_sequence){*words, excluded};
    *words = (qdx_index_words){0};
    return true;
}

qdx_status qdx_text_question_read(qdx_text_question *question, const char *text, qdx_error *error)
{
    const char *rest = text, *at;
    size_t size;
    bool excluded;
    while ((at = next_sequence(&rest, &size, &excluded)) != NULL) {
        qdx_index_words words = {0};
        bool fine = qdx_index_words_split(&words, at, size) &&
                    (!words.list.count || add_sequence(question, &words, excluded));
        qdx_index_words_release(&words);
        if (!fine)
            return qdx_error_memory(error);
    }
    if (!question->count)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "no words to look for in \"%s\"", text);
    return QDX_OK;
}

qdx_status qdx_text_fits(qdx_text_question *question, const char *text, bool *fits,
                         qdx_error *error)
{
    *fits = false;
    if (!qdx_index_words_split(&question->words, text, strlen(text)))
        return qdx_error_memory(error);
    *fits = true;
    for (size_t i = 0; i < question->count && *fits; i++)
        *fits = has_sequence(&question->words, &question->sequences[i].words) !=
                question->sequences[i].excluded;
    return QDX_OK;
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

/* Of the quotations with all the words those that answer the question. */
static qdx_status keep_answers(const qdx_index *index, qdx_text_question *question,
                               qdx_number_set *set, qdx_error *error)
{
    size_t kept = 0;
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < set->count && status == QDX_OK; i++) {
        qdx_speech_row row;
        bool fits = false;
        status = qdx_speech_row_at(index, set->items[i], &row, error);
        if (status == QDX_OK)
            status = qdx_text_fits(question, row.text, &fits, error);
        if (fits)
            set->items[kept++] = set->items[i];
    }
    set->count = kept;
    return status;
}

qdx_status qdx_text_match(const qdx_index *index, qdx_text_question *question, qdx_number_set *set,
                          qdx_error *error)
{
    qdx_number_set next = {0};
    bool any = false, read = false;
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < question->count && status == QDX_OK; i++) {
        const qdx_index_words *words = &question->sequences[i].words;
        read |= words->list.count > 1 || question->sequences[i].excluded;
        if (question->sequences[i].excluded)
            continue;
        for (size_t k = 0; k < words->list.count && status == QDX_OK; k++) {
            const qdx_index_word *word = &words->list.items[k];
            status = read_word(index, words->folded.bytes + word->start, word->size,
                               any ? &next : set, error);
            if (status == QDX_OK && any)
                qdx_number_set_intersect(set, &next);
            any = true;
        }
    }
    qdx_number_set_release(&next);
    if (status == QDX_OK && !any)
        status = take_all(index, set, error);
    return status == QDX_OK && read ? keep_answers(index, question, set, error) : status;
}
