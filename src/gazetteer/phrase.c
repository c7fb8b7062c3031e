/*
 * The prefix table: open addressing, linear probing, at most half full. Phrases of the same words
 * (homonyms, or a title that is also an office) hang on one slot as a list in order of arrival.
 */
#include "gazetteer/phrase.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"

enum { FIRST_SLOTS = 1 << 14, SHAPED_WORDS = 16 };

static const uint64_t ROOT = 0x243F6A8885A308D3u;

static uint64_t extend(uint64_t prefix, uint64_t word)
{
    uint64_t key = qdx_hash_mix(prefix, word);
    return key ? key : 1;
}

/* The bit of a word among those that phrases go on with. */
static uint32_t word_bit(uint64_t hash)
{
    return 1u << (hash >> 59);
}

static qdx_phrase_slot *find_slot(qdx_phrase_slot *slots, size_t slot_count, uint64_t key)
{
    size_t i = (size_t)key & (slot_count - 1);
    while (slots[i].key && slots[i].key != key)
        i = (i + 1) & (slot_count - 1);
    return &slots[i];
}

static bool grow(qdx_phrases *phrases)
{
    size_t slot_count = phrases->slot_count ? phrases->slot_count * 2 : FIRST_SLOTS;
    qdx_phrase_slot *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < phrases->slot_count; i++)
        if (phrases->slots[i].key)
            *find_slot(slots, slot_count, phrases->slots[i].key) = phrases->slots[i];
    free(phrases->slots);
    phrases->slots = slots;
    phrases->slot_count = slot_count;
    return true;
}

qdx_status qdx_phrases_init(qdx_phrases *phrases, qdx_arena *arena, qdx_error *error)
{
    memset(phrases, 0, sizeof *phrases);
    phrases->arena = arena;
    qdx_phrase none = {.text = ""};
    if (qdx_vector_push(&phrases->items, none) && grow(phrases))
        return QDX_OK;
    qdx_phrases_release(phrases);
    return qdx_error_memory(error);
}

void qdx_phrases_release(qdx_phrases *phrases)
{
    qdx_vector_release(&phrases->items);
    free(phrases->slots);
    phrases->slots = NULL;
    phrases->slot_count = 0;
    qdx_text_release(&phrases->scratch);
}

/* Tokens that count as nothing inside a phrase. */
static bool is_glue(const qdx_token *token)
{
    return token->kind == QDX_TOKEN_MARK && !(token->flags & QDX_TOKEN_SPACE) &&
           (token->mark == QDX_MARK_HYPHEN || token->mark == QDX_MARK_PERIOD);
}

static uint32_t shape_of(const qdx_token *token)
{
    if (!(token->flags & QDX_TOKEN_CAPITAL) || (token->flags & QDX_TOKEN_POSSESSIVE))
        return 0;
    bool acronym = (token->flags & QDX_TOKEN_UPPER) && token->end - token->start > 1 &&
                   !(token->flags & QDX_TOKEN_INITIAL);
    return acronym ? 2 : 1;
}

/* The slot of the whole phrase, prefixes made on the way. NULL without memory. */
static qdx_phrase_slot *make_path(qdx_phrases *phrases, qdx_phrase *phrase)
{
    const qdx_text *text = &phrases->scratch;
    uint64_t key = ROOT;
    qdx_phrase_slot *slot = NULL;
    for (size_t i = 0; i < text->tokens.count; i++) {
        const qdx_token *token = &text->tokens.items[i];
        if (is_glue(token))
            continue;
        if (phrases->slots_used * 2 >= phrases->slot_count) {
            if (!grow(phrases))
                return NULL;
            slot = slot ? find_slot(phrases->slots, phrases->slot_count, key) : NULL;
        }
        if (slot)
            slot->longer |= word_bit(token->hash);
        else
            phrases->first_words[token->hash >> 50] |= 1ull << ((token->hash >> 44) & 63);
        key = extend(key, token->hash);
        slot = find_slot(phrases->slots, phrases->slot_count, key);
        if (!slot->key) {
            slot->key = key;
            phrases->slots_used++;
        }
        if (phrase->word_count < SHAPED_WORDS)
            phrase->shapes |= shape_of(token) << (2 * phrase->word_count);
        phrase->word_count++;
    }
    return slot;
}

static bool is_listed(const qdx_phrases *phrases, uint32_t number, const qdx_phrase *phrase)
{
    for (; number; number = phrases->items.items[number].next) {
        const qdx_phrase *other = &phrases->items.items[number];
        if (other->kind == phrase->kind && other->value == phrase->value &&
            other->policy == phrase->policy && other->shapes == phrase->shapes)
            return true;
    }
    return false;
}

static bool has_words(const qdx_text *text)
{
    for (size_t i = 0; i < text->tokens.count; i++)
        if (text->tokens.items[i].kind != QDX_TOKEN_MARK)
            return true;
    return false;
}

qdx_status qdx_phrases_add(qdx_phrases *phrases, qdx_phrase_kind kind, qdx_case_policy policy,
                           const char *text, size_t size, uint32_t value, bool alias,
                           qdx_error *error)
{
    if (size > 512)
        return qdx_error_set(error, QDX_ERR_LIMIT, "a name is longer than 512 bytes");
    qdx_block block = {.span = {0, (uint32_t)size}};
    qdx_document document = {
        .text = text, .text_size = (uint32_t)size, .blocks = &block, .block_count = 1};
    qdx_status status = qdx_text_tokenize(&phrases->scratch, &document, error);
    if (status != QDX_OK)
        return status;
    if (phrases->scratch.tokens.count > 64)
        return qdx_error_set(error, QDX_ERR_LIMIT, "a name has more than 64 words");
    if (!has_words(&phrases->scratch))
        return qdx_error_set(error, QDX_ERR_FORMAT, "a name without words");
    qdx_phrase phrase = {
        .value = value, .kind = (uint8_t)kind, .policy = (uint8_t)policy, .alias = alias};
    qdx_phrase_slot *slot = make_path(phrases, &phrase);
    if (!slot)
        return qdx_error_memory(error);
    if (is_listed(phrases, slot->phrase, &phrase))
        return QDX_OK;
    phrase.text = qdx_arena_copy(phrases->arena, text, size);
    if (!phrase.text)
        return qdx_error_memory(error);
    uint32_t number = (uint32_t)phrases->items.count;
    if (!qdx_vector_push(&phrases->items, phrase))
        return qdx_error_memory(error);
    uint32_t *link = &slot->phrase;
    while (*link)
        link = &phrases->items.items[*link].next;
    *link = number;
    return QDX_OK;
}

/* Capitals as in the phrase, or more. An acronym of four letters or more may be "Nato". */
static bool shape_fits(uint32_t shape, const qdx_token *token)
{
    if (shape == 0)
        return true;
    if (shape == 1)
        return (token->flags & QDX_TOKEN_CAPITAL) != 0;
    if (token->flags & QDX_TOKEN_UPPER)
        return true;
    return (token->flags & QDX_TOKEN_CAPITAL) && token->end - token->start >= 4 &&
           !(token->classes & QDX_WORD_COMMON);
}

static bool follows_the(const qdx_text *text, uint32_t first)
{
    if (first == 0)
        return false;
    const qdx_token *before = &text->tokens.items[first - 1];
    return before->end - before->start == 3 &&
           strncasecmp(text->bytes + before->start, "the", 3) == 0;
}

static bool case_fits(const qdx_phrase *phrase, const qdx_text *text, uint32_t first, uint32_t end)
{
    const qdx_token *tokens = text->tokens.items;
    if (phrase->policy == QDX_CASE_ANY)
        return true;
    if (phrase->policy == QDX_CASE_EXACT) {
        size_t size = tokens[end - 1].end - tokens[first].start;
        size_t listed = strlen(phrase->text);
        if (listed == size + 1 && phrase->text[size] == '.')
            listed = size; /* "Inc.": the period is a token of its own */
        return listed == size && memcmp(phrase->text, text->bytes + tokens[first].start, size) == 0;
    }
    if (phrase->policy == QDX_CASE_AFTER_THE && !follows_the(text, first))
        return false;
    uint32_t shapes = phrase->shapes;
    for (uint32_t i = first; i < end; i++) {
        if (is_glue(&tokens[i]))
            continue;
        if (!shape_fits(shapes & 3, &tokens[i]))
            return false;
        shapes >>= 2;
    }
    return true;
}

void qdx_phrases_prefetch(const qdx_phrases *phrases, const qdx_token *token)
{
    if (qdx_phrases_may_begin(phrases, token))
        __builtin_prefetch(&phrases->slots[extend(ROOT, token->hash) & (phrases->slot_count - 1)]);
}

size_t qdx_phrases_match(const qdx_phrases *phrases, const qdx_text *text, uint32_t first,
                         uint32_t end, qdx_phrase_match matches[QDX_PHRASE_MATCHES])
{
    const qdx_token *tokens = text->tokens.items;
    size_t count = 0;
    uint64_t key = ROOT;
    uint32_t longer = UINT32_MAX;
    if (first >= end || !qdx_phrases_may_begin(phrases, &tokens[first]))
        return 0;
    for (uint32_t i = first; i < end; i++) {
        if (is_glue(&tokens[i]) && i > first)
            continue;
        if (!(longer & word_bit(tokens[i].hash)))
            break;
        key = extend(key, tokens[i].hash);
        const qdx_phrase_slot *slot = find_slot(phrases->slots, phrases->slot_count, key);
        if (!slot->key)
            break;
        for (uint32_t p = slot->phrase; p; p = phrases->items.items[p].next) {
            const qdx_phrase *phrase = &phrases->items.items[p];
            if (!case_fits(phrase, text, first, i + 1))
                continue;
            if (count == QDX_PHRASE_MATCHES) {
                memmove(matches, matches + 1, sizeof *matches * (QDX_PHRASE_MATCHES - 1));
                count--;
            }
            matches[count++] = (qdx_phrase_match){phrase, i + 1};
        }
        longer = slot->longer;
    }
    return count;
}

size_t qdx_phrases_find_all(const qdx_phrases *phrases, const qdx_text *text, uint32_t first,
                            uint32_t end, uint32_t *numbers, size_t capacity)
{
    const qdx_phrase_slot *slot = NULL;
    uint64_t key = ROOT;
    for (uint32_t i = first; i < end; i++) {
        if (is_glue(&text->tokens.items[i]))
            continue;
        key = extend(key, text->tokens.items[i].hash);
        slot = find_slot(phrases->slots, phrases->slot_count, key);
        if (!slot->key)
            return 0;
    }
    size_t count = 0;
    for (uint32_t p = slot ? slot->phrase : 0; p && count < capacity;
         p = phrases->items.items[p].next)
        numbers[count++] = p;
    return count;
}
