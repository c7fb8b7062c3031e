/*
 * One pass over the articles: the first words of each claim are filed under their hash; where an
 * article has four words in sequence that are filed, the whole claim is compared.
 */
#include "query/claim_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "text/unicode.h"

/* A claim by the hash of its first words. */
typedef struct filed_claim {
    uint64_t hash;
    size_t claim;
} filed_claim;

typedef struct scan {
    qdx_claim_search *search;
    qdx_arena *arena;
    qdx_claim_text *claims; /* taken apart, as many as in the search */
    filed_claim *filed;     /* by hash */
    size_t filed_count;
    qdx_claim_text text; /* of the article */
    qdx_source_text source;
    uint64_t *hashes; /* of the article's words */
    size_t hash_room;
} scan;

static void release(scan *s)
{
    for (size_t i = 0; s->claims && i < s->search->count; i++)
        qdx_claim_text_release(&s->claims[i]);
    free(s->claims);
    free(s->filed);
    free(s->hashes);
    qdx_claim_text_release(&s->text);
    qdx_source_text_release(&s->source);
}

static uint64_t word_hash(const qdx_claim_text *text, size_t i)
{
    const qdx_claim_word *word = &text->words.items[i];
    return qdx_hash_bytes(text->folded.bytes + word->folded, word->size);
}

static uint64_t join_hashes(const uint64_t *hashes)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < QDX_CLAIM_LEAST; i++)
        hash = qdx_hash_mix(hash, hashes[i]);
    return hash;
}

static int compare_filed(const void *a, const void *b)
{
    const filed_claim *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->claim > y->claim) - (x->claim < y->claim);
}

static qdx_status file_claims(scan *s, qdx_error *error)
{
    size_t count = s->search->count;
    s->claims = calloc(count + 1, sizeof *s->claims);
    s->filed = calloc(count + 1, sizeof *s->filed);
    if (!s->claims || !s->filed)
        return qdx_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        const char *claim = s->search->items[i].claim;
        uint64_t hashes[QDX_CLAIM_LEAST];
        if (!qdx_claim_text_split(&s->claims[i], claim, strlen(claim)))
            return qdx_error_memory(error);
        if (s->claims[i].words.count < QDX_CLAIM_LEAST)
            continue;
        for (size_t k = 0; k < QDX_CLAIM_LEAST; k++)
            hashes[k] = word_hash(&s->claims[i], k);
        s->filed[s->filed_count++] = (filed_claim){join_hashes(hashes), i};
    }
    if (s->filed_count)
        qsort(s->filed, s->filed_count, sizeof *s->filed, compare_filed);
    return QDX_OK;
}

/* The first filed claim of this hash; filed_count when there is none. */
static size_t find_filed(const scan *s, uint64_t hash)
{
    size_t low = 0, high = s->filed_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->filed[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->filed_count && s->filed[low].hash == hash ? low : s->filed_count;
}

static qdx_status take(scan *s, const qdx_document_row *document, size_t claim, size_t at,
                       qdx_error *error)
{
    qdx_claim_sought *sought = &s->search->items[claim];
    const qdx_claim_word *words = s->text.words.items;
    uint32_t start = words[at].start, end = words[at + s->claims[claim].words.count - 1].end;
    sought->words = qdx_arena_copy(s->arena, s->text.bytes + start, end - start);
    if (!sought->words)
        return qdx_error_memory(error);
    sought->found = true;
    sought->document = *document;
    sought->char_start = (uint32_t)qdx_utf8_count(s->text.bytes, start);
    sought->char_end =
        sought->char_start + (uint32_t)qdx_utf8_count(s->text.bytes + start, end - start);
    return QDX_OK;
}

static qdx_status hash_words(scan *s, qdx_error *error)
{
    size_t count = s->text.words.count;
    if (s->hash_room < count) {
        free(s->hashes);
        s->hashes = malloc(count * sizeof *s->hashes);
        s->hash_room = s->hashes ? count : 0;
        if (!s->hashes)
            return qdx_error_memory(error);
    }
    for (size_t i = 0; i < count; i++)
        s->hashes[i] = word_hash(&s->text, i);
    return QDX_OK;
}

static qdx_status scan_text(scan *s, const qdx_document_row *document, qdx_error *error)
{
    const qdx_document *d = &s->source.document;
    if (!qdx_claim_text_split(&s->text, d->text, d->text_size))
        return qdx_error_memory(error);
    qdx_status status = hash_words(s, error);
    for (size_t at = 0; at + QDX_CLAIM_LEAST <= s->text.words.count && status == QDX_OK; at++) {
        uint64_t hash = join_hashes(s->hashes + at);
        size_t i = find_filed(s, hash);
        for (; i < s->filed_count && s->filed[i].hash == hash && status == QDX_OK; i++) {
            size_t claim = s->filed[i].claim;
            if (!s->search->items[claim].found &&
                qdx_claim_words_at(&s->claims[claim], &s->text, at))
                status = take(s, document, claim, at, error);
        }
    }
    return status;
}

qdx_status qdx_claims_seek(const qdx_index *index, const qdx_text_source *articles,
                           qdx_claim_search *search, qdx_arena *arena, uint64_t *unread,
                           qdx_error *error)
{
    scan s = {.search = search, .arena = arena, .source = {.source = articles}};
    uint64_t count = qdx_store_count(index, QDX_STORE_DOCUMENT);
    qdx_status status = file_claims(&s, error);
    for (uint64_t i = 0; i < count && s.filed_count && status == QDX_OK; i++) {
        qdx_document_row document;
        status = qdx_document_row_at(index, i, &document, error);
        if (status == QDX_OK)
            status = qdx_source_text_open(&s.source, &document, error);
        if (status == QDX_OK && s.source.document.text)
            status = scan_text(&s, &document, error);
        else
            *unread += status == QDX_OK;
    }
    release(&s);
    return status;
}
