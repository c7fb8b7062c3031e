/*
 * The phrases of an image: sorted by the hash of all their words and joined with the hashes of
 * their beginnings, so that one table answers both whether a name ends here and whether one goes
 * on.
 */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/maker.h"

/* An entity's own name with a capital in each word needs no record. */
static bool needs_no_record(const qdx_maker *m, const qdx_listed_phrase *phrase)
{
    uint32_t plain = phrase->word_count >= QDX_PHRASE_SHAPED
                         ? 0
                         : 0x55555555u & ((1u << (2 * phrase->word_count)) - 1);
    return phrase->kind == QDX_PHRASE_NAME && phrase->policy == QDX_CASE_NAME && !phrase->alias &&
           plain && phrase->shapes == plain &&
           m->builder->listings.items[phrase->value].name == phrase->text;
}

static bool same_phrase(const qdx_listed_phrase *a, const qdx_listed_phrase *b)
{
    return a->kind == b->kind && a->value == b->value && a->policy == b->policy &&
           a->shapes == b->shapes;
}

/* Records for the phrases of one key, each once. False without memory. */
static bool put_records(qdx_maker *m, const qdx_keyed *group, size_t count)
{
    const qdx_listed_phrase *phrases = m->builder->phrases.items;
    size_t first = m->phrases.count;
    for (size_t i = 0; i < count; i++) {
        const qdx_listed_phrase *phrase = &phrases[group[i].item];
        bool known = false;
        for (size_t j = 0; j < i && !known; j++)
            known = same_phrase(&phrases[group[j].item], phrase);
        qdx_qgz_phrase record = {
            .text = phrase->text,
            .value = phrase->value,
            .shapes = phrase->shapes,
            .kind = phrase->kind,
            .policy = phrase->policy,
            .flags = (uint8_t)(QDX_PHRASE_MORE | (phrase->alias ? QDX_PHRASE_ALIAS : 0)),
            .word_count = phrase->word_count};
        if (!known && !qdx_vector_push(&m->phrases, record))
            return false;
    }
    if (m->phrases.count > first)
        m->phrases.items[m->phrases.count - 1].flags &= (uint8_t)~QDX_PHRASE_MORE;
    return true;
}

/* The value of a key with phrases. */
static bool put_group(qdx_maker *m, const qdx_keyed *group, size_t count, uint32_t *value)
{
    const qdx_listed_phrase *phrase = &m->builder->phrases.items[group[0].item];
    if (count == 1 && needs_no_record(m, phrase)) {
        *value = phrase->value + 1;
        return true;
    }
    *value = QDX_PREFIX_RECORD | ((uint32_t)m->phrases.count + 1);
    return m->phrases.count < QDX_PREFIX_NUMBER && put_records(m, group, count);
}

/* All keys in order with their values: those of phrases joined with those of their beginnings. */
static bool join_keys(qdx_maker *m, const qdx_keyed_list *order, const qdx_keyed_list *prefixes,
                      qdx_key_list *keys, qdx_value_list *values)
{
    for (size_t i = 0, p = 0; i < order->count || p < prefixes->count;) {
        uint64_t key = i < order->count ? order->items[i].key : UINT64_MAX;
        uint32_t value = 0;
        if (p < prefixes->count && (i == order->count || prefixes->items[p].key < key))
            key = prefixes->items[p].key;
        size_t end = i;
        while (end < order->count && order->items[end].key == key)
            end++;
        if (end > i && !put_group(m, order->items + i, end - i, &value))
            return false;
        i = end;
        if (p < prefixes->count && prefixes->items[p].key == key)
            value |= QDX_PREFIX_LONGER;
        while (p < prefixes->count && prefixes->items[p].key == key)
            p++;
        if (!qdx_vector_push(keys, key) || !qdx_vector_push(values, value))
            return false;
    }
    return true;
}

/* Phrases by their keys, and the beginnings of phrases, sorted. */
static bool list_keys(const qdx_builder *builder, qdx_keyed_list *order, qdx_keyed_list *prefixes)
{
    for (size_t i = 0; i < builder->phrases.count; i++) {
        qdx_keyed item = {builder->phrases.items[i].key, (uint32_t)i};
        if (!qdx_vector_push(order, item))
            return false;
    }
    for (size_t i = 0; i < builder->prefixes.count; i++) {
        qdx_keyed item = {builder->prefixes.items[i], 0};
        if (!qdx_vector_push(prefixes, item))
            return false;
    }
    return qdx_keyed_sort(order) && qdx_keyed_sort(prefixes);
}

bool qdx_make_phrases(qdx_maker *m)
{
    qdx_keyed_list order = {0}, prefixes = {0};
    qdx_key_list keys = {0};
    qdx_value_list values = {0};
    bool ok =
        list_keys(m->builder, &order, &prefixes) && join_keys(m, &order, &prefixes, &keys, &values);
    qdx_vector_release(&order);
    qdx_vector_release(&prefixes);
    if (ok) {
        qdx_make_part(m, QDX_QGZ_PHRASE, m->phrases.items, m->phrases.count,
                      sizeof(qdx_qgz_phrase));
        ok = qdx_make_table(m, QDX_QGZ_PREFIX, &keys, &values, &m->header.prefix_seed);
    }
    qdx_vector_release(&keys);
    qdx_vector_release(&values);
    return ok;
}

/* Words of a bitmap with at least so many bits, no more than `most`: a power of two. */
static size_t bitmap_words(uint64_t bits, size_t most)
{
    size_t words = 1;
    while (words < most && 64 * (uint64_t)words < bits)
        words *= 2;
    return words;
}

/* Two bits for each first word, about one cell in sixteen in use; at most a million cells, so that
 * they stay near. */
static bool make_first(qdx_maker *m)
{
    enum { MOST = 1 << 15 };
    const qdx_builder *builder = m->builder;
    size_t words = bitmap_words(32 * (uint64_t)builder->phrases.count, MOST);
    unsigned shift = qdx_first_shift(words);
    uint64_t *cells = calloc(words, sizeof *cells);
    if (!cells)
        return false;
    for (size_t i = 0; i < builder->phrases.count; i++) {
        const qdx_listed_phrase *phrase = &builder->phrases.items[i];
        uint64_t cell = phrase->first >> shift;
        uint64_t says = QDX_FIRST_BEGINS | (phrase->word_count == 1 ? QDX_FIRST_ALONE : 0u);
        cells[cell >> 5] |= says << (2 * (cell & 31));
    }
    qdx_make_part(m, QDX_QGZ_FIRST, cells, words, sizeof *cells);
    free(cells);
    return true;
}

/* A bit for each pair of words that phrases begin with, about one in twelve set. */
static bool make_pairs(qdx_maker *m)
{
    const qdx_builder *builder = m->builder;
    uint64_t pairs = 0;
    for (size_t i = 0; i < builder->phrases.count; i++)
        pairs += builder->phrases.items[i].word_count > 1;
    size_t words = bitmap_words(8 * pairs, SIZE_MAX / 2);
    unsigned shift = qdx_pair_shift(words);
    uint64_t *bits = calloc(words, sizeof *bits);
    if (!bits)
        return false;
    for (size_t i = 0; i < builder->phrases.count; i++) {
        uint64_t bit = builder->phrases.items[i].pair >> shift;
        if (builder->phrases.items[i].word_count > 1)
            bits[bit >> 6] |= 1ull << (bit & 63);
    }
    qdx_make_part(m, QDX_QGZ_PAIR, bits, words, sizeof *bits);
    free(bits);
    return true;
}

bool qdx_make_bitmaps(qdx_maker *m)
{
    return make_first(m) && make_pairs(m);
}
