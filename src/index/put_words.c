/*
 * Writes the words of quotations: a dictionary, and for each word where it stands. Reads the
 * quotations as they stand in the image, so that the records can be gone by now.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/vector.h"
#include "index/image.h"
#include "index/intern.h"
#include "index/words.h"

typedef struct occurrence {
    uint32_t word, quote, position;
} occurrence;

typedef QDX_VECTOR(occurrence) occurrence_list;

typedef struct word_rank {
    const qdx_interned *word;
    uint32_t number;
} word_rank;

/* The words of the quotation whose record begins at the cursor, which moves behind its text. */
static const char *quote_text(qdx_cursor *cursor, size_t *size)
{
    qdx_cursor_varint(cursor); /* confidence, length, paragraph, id: see put_quote */
    qdx_cursor_varint(cursor);
    qdx_cursor_varint(cursor);
    qdx_get_text(cursor, NULL);
    return qdx_get_text(cursor, size);
}

static bool collect_quote(const qdx_index_words *split, uint32_t quote, qdx_intern *words,
                          occurrence_list *list)
{
    for (size_t k = 0; k < split->list.count; k++) {
        const qdx_index_word *word = &split->list.items[k];
        uint32_t number = qdx_intern_add(words, split->folded.bytes + word->start, word->size);
        occurrence entry = {number, quote, word->position};
        if (number == UINT32_MAX || !qdx_vector_push(list, entry))
            return false;
    }
    return true;
}

static bool collect(const qdx_image *image, qdx_intern *words, occurrence_list *list)
{
    const qdx_buffer *data = &image->sections[qdx_store_data(QDX_STORE_QUOTE)];
    const qdx_buffer *offsets = &image->sections[qdx_store_offsets(QDX_STORE_QUOTE)];
    qdx_index_words split = {0};
    qdx_cursor starts;
    bool fine = true;
    qdx_cursor_init(&starts, offsets->bytes, offsets->size);
    for (uint32_t i = 0; i < image->info.quotes && fine; i++) {
        qdx_cursor cursor;
        size_t size, start = (size_t)qdx_cursor_u64(&starts);
        qdx_cursor_init(&cursor, data->bytes + start, data->size - start);
        const char *text = quote_text(&cursor, &size);
        fine = qdx_index_words_split(&split, text, size) && collect_quote(&split, i, words, list);
    }
    qdx_index_words_release(&split);
    return fine;
}

static int compare_ranks(const void *a, const void *b)
{
    const qdx_interned *x = ((const word_rank *)a)->word, *y = ((const word_rank *)b)->word;
    int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static int compare_occurrences(const void *a, const void *b)
{
    const occurrence *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->quote != y->quote)
        return x->quote < y->quote ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

/* One word's postings: quotations in steps, in each its positions in steps. */
static void put_postings(const occurrence *list, size_t count, qdx_buffer *out)
{
    size_t quotes = 0;
    for (size_t i = 0; i < count; i++)
        quotes += i == 0 || list[i].quote != list[i - 1].quote;
    qdx_buffer_varint(out, quotes);
    uint32_t last = 0;
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && list[next].quote == list[i].quote;)
            next++;
        qdx_buffer_varint(out, list[i].quote - last);
        qdx_buffer_varint(out, next - i);
        last = list[i].quote;
        uint32_t position = 0;
        for (size_t k = i; k < next; k++) {
            qdx_buffer_varint(out, list[k].position - position);
            position = list[k].position;
        }
    }
}

static void put_sorted(const word_rank *ranks, uint32_t count, const occurrence_list *list,
                       qdx_image *image)
{
    qdx_dictionary_builder builder = {.image = image, .store = QDX_STORE_WORD};
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t end = at;
        while (end < list->count && list->items[end].word == i)
            end++;
        qdx_dictionary_add(&builder, ranks[i].word->bytes, ranks[i].word->size, NULL);
        put_postings(&list->items[at], end - at, qdx_image_data(image, QDX_STORE_WORD_POSTING));
        qdx_image_end(image, QDX_STORE_WORD_POSTING);
        at = end;
    }
    qdx_dictionary_finish(&builder);
    image->info.words = count;
}

qdx_status qdx_image_put_words(qdx_image *image, qdx_error *error)
{
    qdx_intern words;
    occurrence_list list = {0};
    word_rank *ranks = NULL;
    uint32_t *place = NULL;
    qdx_status status = QDX_ERR_MEMORY;
    qdx_intern_init(&words);
    if (!collect(image, &words, &list))
        goto done;
    ranks = calloc((size_t)words.count + 1, sizeof *ranks);
    place = calloc((size_t)words.count + 1, sizeof *place);
    if (!ranks || !place)
        goto done;
    for (uint32_t i = 0; i < words.count; i++)
        ranks[i] = (word_rank){&words.items[i], i};
    qsort(ranks, words.count, sizeof *ranks, compare_ranks);
    for (uint32_t i = 0; i < words.count; i++)
        place[ranks[i].number] = i;
    for (size_t i = 0; i < list.count; i++)
        list.items[i].word = place[list.items[i].word];
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_occurrences);
    put_sorted(ranks, words.count, &list, image);
    status = QDX_OK;
done:
    free(ranks);
    free(place);
    qdx_vector_release(&list);
    qdx_intern_release(&words);
    return status == QDX_OK ? qdx_image_status(image, error) : qdx_error_memory(error);
}
