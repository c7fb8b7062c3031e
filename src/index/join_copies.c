/*
 * Which articles are copies of others. The same text is, and nearly the same: texts in which names
 * stand at the same distances from each other over most of their length, as wire copy does in many
 * papers whatever head and foot they give it. Four such distances in a row are a shingle; of each
 * quarter of the shingles' hashes the smallest stands for the article (MinHash: Broder 1997, with
 * one permutation as in Li, Owen and Zhang 2012). Of copies the first in the index is the original.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/join.h"
#include "index/sort.h"

enum {
    SHINGLE = 4,
    BINS = 4,
    SAME = 2,        /* bins that copies have in common, at least */
    OTHER = 1,       /* and that differ, at most */
    LEAST = 4,       /* shingles that tell enough; with fewer, only the same text is a copy */
    SIZE_SHARE = 80, /* per cent of the longer one's shingles that the shorter has */
};

#define NO_HASH UINT32_MAX

typedef struct sketch {
    uint32_t least[BINS];
    uint32_t shingles;
} sketch;

/* The shingles of a document's mentions. */
static void take_sketch(const qdx_mentions_row *row, sketch *s)
{
    memset(s, 0xFF, sizeof *s);
    s->shingles = 0;
    for (uint32_t i = SHINGLE; i < row->mention_count; i++) {
        uint64_t hash = 0;
        for (uint32_t k = i - SHINGLE; k < i; k++)
            hash =
                qdx_hash_mix(hash, row->mentions[k + 1].char_start - row->mentions[k].char_start);
        uint32_t bin = (uint32_t)(hash >> 62), value = (uint32_t)(hash & (NO_HASH - 1));
        if (value < s->least[bin])
            s->least[bin] = value;
        s->shingles++;
    }
}

static bool are_near(const sketch *x, const sketch *y)
{
    unsigned same = 0, other = 0;
    uint32_t more = x->shingles > y->shingles ? x->shingles : y->shingles;
    uint32_t less = x->shingles < y->shingles ? x->shingles : y->shingles;
    for (unsigned i = 0; i < BINS; i++) {
        same += x->least[i] != NO_HASH && x->least[i] == y->least[i];
        other += x->least[i] != y->least[i];
    }
    return same >= SAME && other <= OTHER && (uint64_t)less * 100 >= (uint64_t)more * SIZE_SHARE;
}

static void link_copy(uint32_t *copies, uint32_t original, uint32_t copy)
{
    if (!copies[copy] || original + 1 < copies[copy])
        copies[copy] = original + 1;
}

/* Items of one key are candidates: each is held against the first and the one before it. */
static void link_near(const qdx_sort_item *items, size_t count, const sketch *sketches,
                      uint32_t *copies)
{
    for (size_t i = 1, first = 0; i < count; i++) {
        if (items[i].key != items[first].key) {
            first = i;
            continue;
        }
        uint32_t here = items[i].number, before = items[i - 1].number, start = items[first].number;
        if (are_near(&sketches[start], &sketches[here]))
            link_copy(copies, start, here);
        else if (are_near(&sketches[before], &sketches[here]))
            link_copy(copies, before, here);
    }
}

static qdx_status find_near(const sketch *sketches, size_t count, qdx_sort_item *items,
                            uint32_t *copies, qdx_error *error)
{
    for (unsigned bin = 0; bin < BINS; bin++) {
        size_t known = 0;
        for (size_t i = 0; i < count; i++)
            if (sketches[i].shingles >= LEAST && sketches[i].least[bin] != NO_HASH)
                items[known++] = (qdx_sort_item){sketches[i].least[bin], (uint32_t)i};
        if (known > 1 && !qdx_sort_items(items, known))
            return qdx_error_memory(error);
        link_near(items, known, sketches, copies);
    }
    return QDX_OK;
}

/* Sorting keeps the order of equal keys, so the first of a run is the first in the index. */
static qdx_status find_equal(size_t count, qdx_sort_item *items, uint32_t *copies, qdx_error *error)
{
    if (count > 1 && !qdx_sort_items(items, count))
        return qdx_error_memory(error);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (items[i].key == items[first].key)
            link_copy(copies, items[first].number, items[i].number);
        else
            first = i;
    }
    return QDX_OK;
}

/* What stands for each document: the sketch of its mentions, the hash of its text. */
static qdx_status read_all(qdx_join *join, sketch *sketches, qdx_sort_item *texts, qdx_error *error)
{
    for (size_t i = 0; i < join->documents.count; i++) {
        const qdx_joined_document *joined = &join->documents.items[i];
        qdx_part *part = join->parts[joined->part].part;
        qdx_document_row row = {0};
        qdx_mentions_row mentions = {0};
        qdx_status status = part->place_at(part, joined->document, &row, error);
        if (status == QDX_OK)
            status = part->mentions_at(part, joined->document, &mentions, error);
        if (status != QDX_OK)
            return status;
        take_sketch(&mentions, &sketches[i]);
        texts[i] = (qdx_sort_item){qdx_hash_mix(row.text_hash, row.text_bytes), (uint32_t)i};
    }
    return QDX_OK;
}

qdx_status qdx_join_copies(qdx_join *join, uint32_t **copies, qdx_error *error)
{
    size_t count = join->documents.count;
    sketch *sketches = calloc(count + 1, sizeof *sketches);
    qdx_sort_item *items = calloc(count + 1, sizeof *items);
    *copies = calloc(count + 1, sizeof **copies);
    qdx_status status = sketches && items && *copies ? QDX_OK : qdx_error_memory(error);
    if (status == QDX_OK)
        status = read_all(join, sketches, items, error);
    if (status == QDX_OK)
        status = find_equal(count, items, *copies, error);
    if (status == QDX_OK)
        status = find_near(sketches, count, items, *copies, error);
    for (size_t i = 0; status == QDX_OK && i < count; i++) /* an original is no copy itself */
        if ((*copies)[i] && (*copies)[(*copies)[i] - 1])
            (*copies)[i] = (*copies)[(*copies)[i] - 1];
    free(sketches);
    free(items);
    return status;
}
