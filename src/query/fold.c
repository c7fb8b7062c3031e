/*
 * Folding. Words are compared as the index sees them: case and marks keep no two quotations apart.
 * Every run of QDX_FOLD_LEAST words is filed under a hash of itself and the speaker; a quotation
 * whose opening run stands in a longer one is compared with it word by word.
 */
#include "query/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/words.h"

enum { MOST_TRIED = 64 }; /* longer quotations that share an opening run */

/* A quotation's words as hashes, and where it was folded into; itself at first. */
typedef struct folded {
    uint64_t first, second; /* two hashes of speaker and words: 128 bits that decide alone */
    uint64_t speaker;
    size_t start, count; /* its words in the folder's list */
    size_t into;
    uint32_t times; /* how often it stands for itself: 1 and its duplicates */
} folded;

typedef struct run {
    uint64_t hash;
    size_t candidate, position;
} run;

typedef struct folder {
    folded *items;
    size_t count;
    size_t *order;
    QDX_VECTOR(uint64_t) words;
    QDX_VECTOR(run) runs;
    qdx_index_words splitter;
} folder;

static void release(folder *f)
{
    free(f->items);
    free(f->order);
    qdx_vector_release(&f->words);
    qdx_vector_release(&f->runs);
    qdx_index_words_release(&f->splitter);
}

static qdx_status read_words(folder *f, qdx_hit_filler *filler, const qdx_candidate *candidate,
                             folded *item, qdx_error *error)
{
    const char *text, *as_written;
    qdx_status status = qdx_hit_words(filler, candidate->quote, &text, &as_written, error);
    if (status != QDX_OK)
        return status;
    item->speaker = candidate->fact.speaker;
    if (item->speaker == UINT32_MAX)
        item->speaker = qdx_hash_bytes(as_written, strlen(as_written)) | (uint64_t)1 << 63;
    if (!qdx_index_words_split(&f->splitter, text, strlen(text)))
        return qdx_error_memory(error);
    if (!f->splitter.list.count) /* words that cannot be had are like no others */
        item->speaker = qdx_hash_mix(candidate->quote, item->speaker);
    item->first = qdx_hash_mix(1, item->speaker);
    item->second = qdx_hash_mix(2, item->speaker);
    item->start = f->words.count;
    item->count = f->splitter.list.count;
    for (size_t i = 0; i < item->count; i++) {
        const qdx_index_word *word = &f->splitter.list.items[i];
        uint64_t hash = qdx_hash_bytes(f->splitter.folded.bytes + word->start, word->size);
        item->first = qdx_hash_mix(item->first, hash);
        item->second = qdx_hash_mix(hash, item->second);
        if (!qdx_vector_push(&f->words, hash))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

static int compare_same(const void *a, const void *b, void *context)
{
    const folder *f = context;
    size_t i = *(const size_t *)a, k = *(const size_t *)b;
    const folded *x = &f->items[i], *y = &f->items[k];
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return (i > k) - (i < k);
}

/* The same words: all into the first of them. */
static void fold_same(folder *f)
{
    for (size_t i = 0; i < f->count; i++)
        f->order[i] = i;
    if (f->count)
        qsort_r(f->order, f->count, sizeof *f->order, compare_same, f);
    for (size_t i = 1, first = 0; i < f->count; i++) {
        folded *x = &f->items[f->order[first]], *y = &f->items[f->order[i]];
        if (x->first != y->first || x->second != y->second) {
            first = i;
            continue;
        }
        y->into = f->order[first];
        x->times += y->times;
    }
}

static uint64_t run_hash(const folder *f, const folded *item, size_t position)
{
    uint64_t hash = item->speaker;
    for (size_t i = 0; i < QDX_FOLD_LEAST; i++)
        hash = qdx_hash_mix(hash, f->words.items[item->start + position + i]);
    return hash;
}

static int compare_runs(const void *a, const void *b)
{
    const run *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->candidate != y->candidate)
        return x->candidate < y->candidate ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

static qdx_status file_runs(folder *f, qdx_error *error)
{
    for (size_t i = 0; i < f->count; i++) {
        const folded *item = &f->items[i];
        if (item->into != i)
            continue;
        for (size_t at = 0; at + QDX_FOLD_LEAST <= item->count; at++) {
            run filed = {run_hash(f, item, at), i, at};
            if (!qdx_vector_push(&f->runs, filed))
                return qdx_error_memory(error);
        }
    }
    if (f->runs.count)
        qsort(f->runs.items, f->runs.count, sizeof *f->runs.items, compare_runs);
    return QDX_OK;
}

/* The first filed run of a hash. */
static size_t find_run(const folder *f, uint64_t hash)
{
    size_t low = 0, high = f->runs.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->runs.items[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Do the words of `part` stand in `whole` from `position` on? */
static bool stands_in(const folder *f, const folded *part, const folded *whole, size_t position)
{
    if (part->speaker != whole->speaker || part->count >= whole->count ||
        part->count > whole->count - position)
        return false;
    return memcmp(&f->words.items[part->start], &f->words.items[whole->start + position],
                  part->count * sizeof *f->words.items) == 0;
}

/* The fullest quotation that holds this one's words; itself when there is none. */
static size_t find_whole(const folder *f, size_t i)
{
    const folded *part = &f->items[i];
    size_t best = i, tried = 0;
    uint64_t hash = run_hash(f, part, 0);
    for (size_t r = find_run(f, hash); r < f->runs.count && f->runs.items[r].hash == hash; r++) {
        size_t other = f->runs.items[r].candidate;
        if (other == i || f->items[other].count <= f->items[best].count)
            continue;
        if (tried++ == MOST_TRIED)
            break;
        if (stands_in(f, part, &f->items[other], f->runs.items[r].position))
            best = other;
    }
    return best;
}

static int compare_lengths(const void *a, const void *b, void *context)
{
    const folder *f = context;
    size_t i = *(const size_t *)a, k = *(const size_t *)b;
    size_t x = f->items[i].count, y = f->items[k].count;
    return x != y ? (x < y ? -1 : 1) : (i > k) - (i < k);
}

/* Parts into the fullest: from the shortest on, so that counts come along. */
static void fold_parts(folder *f)
{
    if (f->count)
        qsort_r(f->order, f->count, sizeof *f->order, compare_lengths, f);
    for (size_t n = 0; n < f->count; n++) {
        size_t i = f->order[n];
        folded *part = &f->items[i];
        if (part->into != i || part->count < QDX_FOLD_LEAST)
            continue;
        part->into = find_whole(f, i);
        if (part->into != i)
            f->items[part->into].times += part->times;
    }
}

qdx_status qdx_candidates_fold(qdx_hit_filler *filler, qdx_candidate_list *list, qdx_error *error)
{
    folder f = {.count = list->count};
    f.items = calloc(list->count + 1, sizeof *f.items);
    f.order = calloc(list->count + 1, sizeof *f.order);
    qdx_status status = f.items && f.order ? QDX_OK : qdx_error_memory(error);
    for (size_t i = 0; i < list->count && status == QDX_OK; i++) {
        f.items[i].into = i;
        f.items[i].times = 1;
        status = read_words(&f, filler, &list->items[i], &f.items[i], error);
    }
    if (status == QDX_OK) {
        fold_same(&f);
        status = file_runs(&f, error);
    }
    if (status == QDX_OK) {
        size_t kept = 0;
        fold_parts(&f);
        for (size_t i = 0; i < list->count; i++) {
            if (f.items[i].into != i)
                continue;
            list->items[kept] = list->items[i];
            list->items[kept++].duplicates = f.items[i].times - 1;
        }
        list->count = kept;
    }
    release(&f);
    return status;
}
