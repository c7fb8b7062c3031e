/*
 * Writes the words of quotations: a dictionary, and for each word the
 * quotations that have it. Each word's list grows in its final form while the
 * quotations are read once, in order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"
#include "index/sort.h"
#include "index/words.h"

enum { STEP_BYTES = 5 }; /* of a varint below 2^32, at most */

/* A word's quotations as varint steps. */
typedef struct word_list {
    unsigned char *steps;
    uint32_t size, capacity, count, last;
} word_list;

typedef struct word_table {
    qdx_intern words;
    QDX_VECTOR(word_list) lists; /* by the word's number */
} word_table;

static bool add_step(word_list *list, uint32_t quote)
{
    uint32_t step = quote - list->last;
    if (list->count && !step)
        return true; /* the word a second time */
    if (list->capacity - list->size < STEP_BYTES) {
        uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
        unsigned char *steps = capacity > list->capacity ? realloc(list->steps, capacity) : NULL;
        if (!steps)
            return false;
        list->steps = steps;
        list->capacity = capacity;
    }
    for (; step >= 0x80; step >>= 7)
        list->steps[list->size++] = (unsigned char)(step | 0x80);
    list->steps[list->size++] = (unsigned char)step;
    list->last = quote;
    list->count++;
    return true;
}

static bool collect_quote(const qdx_index_words *split, uint32_t quote, word_table *table)
{
    for (size_t k = 0; k < split->list.count; k++) {
        const qdx_index_word *word = &split->list.items[k];
        uint32_t number =
            qdx_intern_add(&table->words, split->folded.bytes + word->start, word->size);
        word_list none = {0};
        if (number == UINT32_MAX ||
            (number == table->lists.count && !qdx_vector_push(&table->lists, none)) ||
            !add_step(&table->lists.items[number], quote))
            return false;
    }
    return true;
}

static bool collect(const qdx_collection *collection, word_table *table)
{
    qdx_index_words split = {0};
    bool fine = true;
    for (uint32_t i = 0; i < collection->quotes.count && fine; i++) {
        const qdx_collected_quote *entry = &collection->quotes.items[i];
        const qdx_record *record = qdx_collected_record(collection, entry->document);
        qdx_slice text = qdx_record_quotes(record)[entry->ordinal].text;
        fine = qdx_index_words_split(&split, qdx_record_text(record, text), text.size) &&
               collect_quote(&split, i, table);
    }
    qdx_index_words_release(&split);
    return fine;
}

static int compare_words(const void *a, const void *b, void *context)
{
    const qdx_interned *words = context;
    const qdx_interned *x = &words[((const qdx_sort_item *)a)->number];
    const qdx_interned *y = &words[((const qdx_sort_item *)b)->number];
    int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static void put_sorted(const qdx_sort_item *ranks, const word_table *table, qdx_image *image)
{
    qdx_dictionary_builder builder = {.image = image, .store = QDX_STORE_WORD};
    for (uint32_t i = 0; i < table->words.count; i++) {
        const word_list *list = &table->lists.items[ranks[i].number];
        qdx_buffer *out = qdx_image_record(image, QDX_STORE_WORD_POSTING);
        const qdx_interned *word = &table->words.items[ranks[i].number];
        qdx_dictionary_add(&builder, word->bytes, word->size, NULL);
        qdx_buffer_varint(out, list->count);
        qdx_buffer_append(out, list->steps, list->size);
        qdx_image_end(image, QDX_STORE_WORD_POSTING);
    }
    qdx_dictionary_finish(&builder);
    image->info.words = table->words.count;
}

qdx_status qdx_collection_put_words(const qdx_collection *collection, qdx_image *image,
                                    qdx_error *error)
{
    word_table table = {0};
    qdx_sort_item *ranks = NULL;
    qdx_status status = QDX_ERR_MEMORY;
    qdx_intern_init(&table.words);
    if (!collect(collection, &table))
        goto done;
    ranks = calloc((size_t)table.words.count + 1, sizeof *ranks);
    if (!ranks)
        goto done;
    for (uint32_t i = 0; i < table.words.count; i++) {
        const qdx_interned *word = &table.words.items[i];
        ranks[i] = (qdx_sort_item){qdx_bytes_prefix(word->bytes, word->size), i};
    }
    if (!qdx_sort_items_by(ranks, table.words.count, compare_words, table.words.items))
        goto done;
    put_sorted(ranks, &table, image);
    status = QDX_OK;
done:
    for (size_t i = 0; i < table.lists.count; i++)
        free(table.lists.items[i].steps);
    qdx_vector_release(&table.lists);
    free(ranks);
    qdx_intern_release(&table.words);
    return status == QDX_OK ? qdx_image_status(image, error) : qdx_error_memory(error);
}
