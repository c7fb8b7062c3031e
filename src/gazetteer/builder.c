/*
 * Keeping rows. Ids and repeated texts have open-addressing tables; the hash is fixed, as lists are
 * chosen by the user, and a long run costs time only.
 */
#include "gazetteer/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "gazetteer/store.h"

enum { LONGEST_NAME = 512, MOST_WORDS = 64, FIRST_SLOTS = 1 << 10 };

void qdx_builder_release(qdx_builder *builder)
{
    qdx_buffer_release(&builder->pool);
    qdx_vector_release(&builder->listings);
    qdx_vector_release(&builder->aliases);
    qdx_vector_release(&builder->tenures);
    qdx_vector_release(&builder->phrases);
    qdx_vector_release(&builder->same);
    qdx_vector_release(&builder->prefixes);
    qdx_text_release(&builder->scratch);
    qdx_buffer_release(&builder->slug);
    free(builder->ids);
    free(builder->interned);
    memset(builder, 0, sizeof *builder);
}

uint32_t qdx_builder_keep(qdx_builder *builder, const char *text, size_t size)
{
    qdx_buffer *pool = &builder->pool;
    if (!pool->size)
        qdx_buffer_append(pool, "", 1);
    if (!size)
        return pool->failed ? UINT32_MAX : 0;
    size_t place = pool->size;
    qdx_buffer_append(pool, text, size);
    qdx_buffer_append(pool, "", 1);
    return pool->failed || pool->size >= UINT32_MAX ? UINT32_MAX : (uint32_t)place;
}

static uint64_t hash_text(const char *text)
{
    return qdx_hash_bytes(text, strlen(text));
}

static bool grow_interned(qdx_builder *builder)
{
    size_t slots = builder->interned_slots ? builder->interned_slots * 2 : FIRST_SLOTS;
    uint32_t *table = calloc(slots, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < builder->interned_slots; i++) {
        if (!builder->interned[i])
            continue;
        size_t at = hash_text(qdx_builder_text(builder, builder->interned[i])) & (slots - 1);
        while (table[at])
            at = (at + 1) & (slots - 1);
        table[at] = builder->interned[i];
    }
    free(builder->interned);
    builder->interned = table;
    builder->interned_slots = slots;
    return true;
}

uint32_t qdx_builder_intern(qdx_builder *builder, const char *text)
{
    if (!*text)
        return qdx_builder_keep(builder, text, 0);
    if (builder->interned_count * 2 >= builder->interned_slots && !grow_interned(builder))
        return UINT32_MAX;
    size_t mask = builder->interned_slots - 1, at = hash_text(text) & mask;
    for (; builder->interned[at]; at = (at + 1) & mask)
        if (strcmp(qdx_builder_text(builder, builder->interned[at]), text) == 0)
            return builder->interned[at];
    uint32_t offset = qdx_builder_keep(builder, text, strlen(text));
    if (offset != UINT32_MAX) {
        builder->interned[at] = offset;
        builder->interned_count++;
    }
    return offset;
}

static bool grow_ids(qdx_builder *builder)
{
    size_t slots = builder->id_slots ? builder->id_slots * 2 : FIRST_SLOTS;
    uint32_t *table = calloc(slots, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < builder->listings.count; i++) {
        size_t at = builder->listings.items[i].id_hash & (slots - 1);
        while (table[at])
            at = (at + 1) & (slots - 1);
        table[at] = (uint32_t)i + 1;
    }
    free(builder->ids);
    builder->ids = table;
    builder->id_slots = slots;
    return true;
}

/* Has this listing that id? The hashes agree already. Clears `fine` where memory is short. */
static bool has_id(const qdx_builder *builder, const qdx_listing *listing, const char *id,
                   bool *fine)
{
    if (listing->id)
        return strcmp(qdx_builder_text(builder, listing->id), id) == 0;
    qdx_buffer slug;
    qdx_buffer_init(&slug);
    const char *name = qdx_builder_text(builder, listing->name);
    qdx_store_slug(name, strlen(name), &slug);
    bool same = slug.size && strcmp(slug.bytes, id) == 0;
    *fine = !slug.failed;
    qdx_buffer_release(&slug);
    return same;
}

uint32_t qdx_builder_listing(qdx_builder *builder, const char *id, const char *name,
                             qdx_status *status, qdx_error *error)
{
    qdx_buffer_clear(&builder->slug);
    qdx_store_slug(name, strlen(name), &builder->slug);
    *status = qdx_buffer_status(&builder->slug, error);
    const char *slug = builder->slug.size ? builder->slug.bytes : "";
    if (*status == QDX_OK && !*id && !*slug)
        *status = qdx_error_set(error, QDX_ERR_FORMAT, "name '%s' has no letters", name);
    if (*status != QDX_OK)
        return UINT32_MAX;
    bool derived = !*id || strcmp(id, slug) == 0;
    if (!*id)
        id = slug;
    *status = QDX_ERR_MEMORY;
    if (builder->listings.count * 2 >= builder->id_slots && !grow_ids(builder))
        return UINT32_MAX;
    qdx_listing listing = {.id_hash = hash_text(id)};
    size_t mask = builder->id_slots - 1, at = listing.id_hash & mask;
    bool fine = true;
    for (; builder->ids[at]; at = (at + 1) & mask) {
        const qdx_listing *other = &builder->listings.items[builder->ids[at] - 1];
        if (other->id_hash == listing.id_hash && has_id(builder, other, id, &fine)) {
            *status = QDX_OK;
            return builder->ids[at] - 1;
        }
        if (!fine)
            return UINT32_MAX;
    }
    listing.id = derived ? 0 : qdx_builder_keep(builder, id, strlen(id));
    uint32_t number = (uint32_t)builder->listings.count;
    if (listing.id == UINT32_MAX || !qdx_vector_push(&builder->listings, listing))
        return UINT32_MAX;
    builder->ids[at] = number + 1;
    *status = QDX_OK;
    return number;
}

void qdx_builder_drop_listing(qdx_builder *builder)
{
    uint32_t number = (uint32_t)builder->listings.count;
    size_t mask = builder->id_slots - 1;
    size_t at = builder->listings.items[number - 1].id_hash & mask;
    while (builder->ids[at] != number)
        at = (at + 1) & mask;
    builder->ids[at] = 0; /* it came last, so nothing was put behind it */
    builder->listings.count--;
}

bool qdx_builder_add_alias(qdx_builder *builder, uint32_t listing, uint32_t text)
{
    qdx_listed_alias alias = {.text = text};
    if (!qdx_vector_push(&builder->aliases, alias))
        return false;
    qdx_listing *owner = &builder->listings.items[listing];
    uint32_t number = (uint32_t)builder->aliases.count;
    if (owner->last_alias)
        builder->aliases.items[owner->last_alias - 1].next = number;
    else
        owner->first_alias = number;
    owner->last_alias = number;
    return true;
}

bool qdx_builder_add_tenure(qdx_builder *builder, uint32_t listing, qdx_listed_tenure tenure)
{
    tenure.next = 0;
    if (!qdx_vector_push(&builder->tenures, tenure))
        return false;
    qdx_listing *owner = &builder->listings.items[listing];
    uint32_t number = (uint32_t)builder->tenures.count;
    if (owner->last_tenure)
        builder->tenures.items[owner->last_tenure - 1].next = number;
    else
        owner->first_tenure = number;
    owner->last_tenure = number;
    return true;
}

static bool has_words(const qdx_text *text)
{
    for (size_t i = 0; i < text->tokens.count; i++)
        if (text->tokens.items[i].kind != QDX_TOKEN_MARK)
            return true;
    return false;
}

/* Hashes, shapes and beginnings of the words in scratch. False without memory. */
static bool add_words(qdx_builder *builder, qdx_listed_phrase *phrase)
{
    const qdx_text *text = &builder->scratch;
    phrase->key = QDX_PHRASE_ROOT;
    for (size_t i = 0; i < text->tokens.count; i++) {
        const qdx_token *token = &text->tokens.items[i];
        if (qdx_phrase_is_glue(token))
            continue;
        if (!phrase->word_count)
            phrase->first = token->hash;
        else if (!qdx_vector_push(&builder->prefixes, phrase->key))
            return false;
        phrase->key = qdx_phrase_extend(phrase->key, token->hash);
        if (phrase->word_count == 1)
            phrase->pair = phrase->key;
        if (phrase->word_count < QDX_PHRASE_SHAPED)
            phrase->shapes |= qdx_phrase_shape(token) << (2 * phrase->word_count);
        phrase->word_count++;
    }
    return true;
}

qdx_status qdx_builder_add_phrase(qdx_builder *builder, qdx_phrase_kind kind,
                                  qdx_case_policy policy, uint32_t text, uint32_t value, bool alias,
                                  qdx_error *error)
{
    if (text == UINT32_MAX)
        return qdx_error_memory(error);
    const char *bytes = qdx_builder_text(builder, text);
    size_t size = strlen(bytes);
    if (size > LONGEST_NAME)
        return qdx_error_set(error, QDX_ERR_LIMIT, "a name is longer than 512 bytes");
    qdx_block block = {.span = {0, (uint32_t)size}};
    qdx_document document = {
        .text = bytes, .text_size = (uint32_t)size, .blocks = &block, .block_count = 1};
    qdx_status status = qdx_text_tokenize(&builder->scratch, &document, error);
    if (status != QDX_OK)
        return status;
    if (builder->scratch.tokens.count > MOST_WORDS)
        return qdx_error_set(error, QDX_ERR_LIMIT, "a name has more than 64 words");
    if (!has_words(&builder->scratch))
        return qdx_error_set(error, QDX_ERR_FORMAT, "a name without words");
    qdx_listed_phrase phrase = {.text = text,
                                .value = value,
                                .kind = (uint8_t)kind,
                                .policy = (uint8_t)policy,
                                .alias = alias};
    size_t prefixes = builder->prefixes.count;
    if (add_words(builder, &phrase) && qdx_vector_push(&builder->phrases, phrase))
        return QDX_OK;
    builder->prefixes.count = prefixes;
    return qdx_error_memory(error);
}
