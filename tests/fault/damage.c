/*
 * Damage: each byte of a small index changed in turn, every bit of some bytes and all bits of each.
 * The verifier must find every change, and a query must either fail with a status that says so or
 * answer exactly as it does on the whole index.
 */
#include <quotedex/query.h>

#include "base/hash.h"
#include "index/reader.h"
#include "sample_index.h"

enum { SAMPLE_EVERY = 7, QUERIES = 6, NO_ANSWER = 0 };

static uint64_t mix_text(uint64_t hash, const char *text)
{
    return qdx_hash_mix(hash, qdx_hash_bytes(text, strlen(text)));
}

static uint64_t hash_result(const qdx_result *result)
{
    uint64_t hash = qdx_hash_mix(1, qdx_result_total(result));
    for (size_t i = 0; i < qdx_result_hit_count(result); i++) {
        const qdx_hit *hit = qdx_result_hit_at(result, i);
        const char *const texts[] = {
            hit->quote_id,       hit->speaker,      hit->speaker_id, hit->speaker_as_written,
            hit->quote,          hit->cue,          hit->rule,       hit->about,
            hit->title,          hit->outlet,       hit->url,        hit->path,
            hit->context_before, hit->context_after};
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
            hash = mix_text(hash, texts[k]);
        hash = qdx_hash_mix(hash, hit->char_start + ((uint64_t)hit->char_end << 32));
        hash = qdx_hash_mix(hash, (uint64_t)hit->paragraph + hit->part + hit->duplicates);
        hash = qdx_hash_mix(hash, (uint64_t)(hit->confidence * 1000) + (uint64_t)hit->date.year);
    }
    for (size_t i = 0; i < qdx_result_entity_count(result); i++) {
        const qdx_index_entity *entity = qdx_result_entity_at(result, i);
        hash = mix_text(mix_text(hash, entity->id), entity->name);
        hash = qdx_hash_mix(hash, entity->mentions + (entity->quotes << 20));
        for (size_t k = 0; k < entity->variant_count; k++)
            hash = mix_text(hash, entity->variants[k]);
    }
    for (size_t i = 0; i < qdx_result_mention_count(result); i++) {
        const qdx_mention_hit *hit = qdx_result_mention_at(result, i);
        hash = mix_text(mix_text(mix_text(hash, hit->text), hit->context_before), hit->rule);
        hash = mix_text(mix_text(hash, hit->context_after), hit->entity_id);
        hash = qdx_hash_mix(hash, hit->char_start);
    }
    for (size_t i = 0; i < qdx_result_bearer_count(result); i++)
        hash = mix_text(hash, qdx_result_bearer_at(result, i)->id);
    return hash | 1;
}

static qdx_status ask(const qdx_index *index, unsigned which, qdx_result **result)
{
    static const qdx_query queries[] = {
        {.by = "Sergej Orlenko, V."},
        {.by = "Orlenko"},
        {.by = "luranian foreign minister", .unique = true},
        {.text = "\"not sign\"", .about = NULL},
    };
    switch (which) {
    case 4:
        return qdx_query_entities(index, -1, "berg", result, NULL);
    case 5:
        return qdx_query_mentions(index, "Ana Berg", result, NULL);
    default:
        return qdx_query_quotes(index, &queries[which], result, NULL);
    }
}

/* The answer as a number; NO_ANSWER when the damage was noticed. */
static uint64_t answer(const qdx_index *index, unsigned which)
{
    qdx_result *result = NULL;
    qdx_status status = ask(index, which, &result);
    uint64_t hash = NO_ANSWER;
    if (status == QDX_OK)
        hash = hash_result(result);
    else
        CHECK(status == QDX_ERR_DAMAGED);
    qdx_result_free(result);
    return hash;
}

/* Opens, asks and verifies damaged bytes. Returns whether all went as it must. */
static bool survive(const qdx_buffer *image, const uint64_t *right)
{
    qdx_index *index;
    qdx_status status = qdx_index_open_memory(image->bytes, image->size, 0, &index, NULL);
    if (status != QDX_OK)
        return status == QDX_ERR_DAMAGED || status == QDX_ERR_VERSION || status == QDX_ERR_FORMAT;
    bool fine = true;
    for (unsigned q = 0; q < QUERIES; q++) {
        uint64_t have = answer(index, q);
        fine &= have == NO_ANSWER || have == right[q];
    }
    fine &= qdx_index_verify(index, NULL) == QDX_ERR_DAMAGED;
    qdx_index_close(index);
    return fine;
}

static unsigned long damage(qdx_buffer *image, const uint64_t *right)
{
    unsigned long changes = 0;
    for (size_t at = 0; at < image->size; at++) {
        for (unsigned mask = 0; mask <= 8; mask++) {
            unsigned change = mask == 8 ? 0xFFu : 1u << mask;
            if (mask != 8 && at % SAMPLE_EVERY != 0)
                continue;
            image->bytes[at] = (char)((unsigned char)image->bytes[at] ^ change);
            bool fine = survive(image, right);
            image->bytes[at] = (char)((unsigned char)image->bytes[at] ^ change);
            if (!fine)
                fprintf(stderr, "byte %zu, change 0x%02X\n", at, change);
            CHECK(fine);
            changes++;
        }
    }
    return changes;
}

int main(void)
{
    qdx_buffer image = {0};
    qdx_index *index = NULL;
    uint64_t right[QUERIES] = {0};
    sample_render(0, 1, &image);
    CHECK(qdx_index_open_memory(image.bytes, image.size, 0, &index, NULL) == QDX_OK);
    for (unsigned q = 0; index && q < QUERIES; q++) {
        right[q] = answer(index, q);
        CHECK(right[q] != NO_ANSWER);
    }
    CHECK(index && qdx_index_verify(index, NULL) == QDX_OK);
    qdx_index_close(index);
    unsigned long changes = damage(&image, right);
    printf("%lu changes to %zu bytes\n", changes, image.size);
    qdx_buffer_release(&image);
    return check_report();
}
