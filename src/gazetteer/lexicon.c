/*
 * The lexicon's hash table: open addressing, linear probing, at most half full. Words come from our
 * own lists, so the fixed hash is safe here; article words only look up.
 */
#include "gazetteer/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"

enum { FIRST_SLOTS = 1 << 12, PREFETCH_DISTANCE = 8 };

static void place(qdx_lexicon_slot *slots, size_t slot_count, uint64_t hash, uint32_t number)
{
    size_t i = (size_t)hash & (slot_count - 1);
    while (slots[i].number)
        i = (i + 1) & (slot_count - 1);
    slots[i] = (qdx_lexicon_slot){.hash = hash, .number = number};
}

static bool grow_slots(qdx_lexicon *lexicon, size_t slot_count)
{
    qdx_lexicon_slot *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    for (size_t w = 1; w < lexicon->words.count; w++)
        place(slots, slot_count, lexicon->words.items[w].hash, (uint32_t)w);
    free(lexicon->slots);
    lexicon->slots = slots;
    lexicon->slot_count = slot_count;
    return true;
}

qdx_status qdx_lexicon_init(qdx_lexicon *lexicon, qdx_arena *arena, qdx_error *error)
{
    memset(lexicon, 0, sizeof *lexicon);
    lexicon->arena = arena;
    qdx_word unknown = {.text = ""};
    if (qdx_vector_push(&lexicon->words, unknown) && grow_slots(lexicon, FIRST_SLOTS))
        return QDX_OK;
    qdx_lexicon_release(lexicon);
    return qdx_error_memory(error);
}

void qdx_lexicon_release(qdx_lexicon *lexicon)
{
    qdx_vector_release(&lexicon->words);
    qdx_buffer_release(&lexicon->scratch);
    free(lexicon->slots);
    lexicon->slots = NULL;
}

static const qdx_lexicon_slot *find_slot(const qdx_lexicon *lexicon, uint64_t hash)
{
    size_t i = (size_t)hash & (lexicon->slot_count - 1);
    while (lexicon->slots[i].number && lexicon->slots[i].hash != hash)
        i = (i + 1) & (lexicon->slot_count - 1);
    return &lexicon->slots[i];
}

uint32_t qdx_lexicon_find(const qdx_lexicon *lexicon, uint64_t hash)
{
    return find_slot(lexicon, hash)->number;
}

void qdx_lexicon_seal(qdx_lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->slot_count; i++)
        lexicon->slots[i].classes = lexicon->words.items[lexicon->slots[i].number].classes;
}

qdx_word *qdx_lexicon_add(qdx_lexicon *lexicon, const char *text, size_t size)
{
    uint64_t hash = qdx_fold_hash(text, size);
    uint32_t number = qdx_lexicon_find(lexicon, hash);
    if (number)
        return &lexicon->words.items[number];
    qdx_buffer *folded = &lexicon->scratch;
    qdx_buffer_clear(folded);
    qdx_fold(text, size, folded);
    qdx_word word = {.hash = hash};
    if (!folded->failed)
        word.text = qdx_arena_copy(lexicon->arena, folded->size ? folded->bytes : "", folded->size);
    if (!word.text || !qdx_vector_push(&lexicon->words, word))
        return NULL;
    if (lexicon->words.count * 2 > lexicon->slot_count) {
        if (!grow_slots(lexicon, lexicon->slot_count * 2)) {
            lexicon->words.count--;
            return NULL;
        }
    } else {
        place(lexicon->slots, lexicon->slot_count, hash, (uint32_t)(lexicon->words.count - 1));
    }
    return &lexicon->words.items[lexicon->words.count - 1];
}

/* Adverbs of manner are an open class: "angrily", "reportedly". */
static bool ends_in_ly(const qdx_text *text, const qdx_token *token)
{
    const char *end = text->bytes + token->end;
    return token->end - token->start > 4 && end[-1] == 'y' && end[-2] == 'l' &&
           !(token->flags & QDX_TOKEN_CAPITAL);
}

void qdx_lexicon_annotate(const qdx_lexicon *lexicon, qdx_text *text)
{
    qdx_token *tokens = text->tokens.items;
    size_t count = text->tokens.count;
    for (size_t i = 0; i < count; i++) {
        qdx_token *token = &tokens[i];
        if (i + PREFETCH_DISTANCE < count)
            __builtin_prefetch(
                &lexicon->slots[tokens[i + PREFETCH_DISTANCE].hash & (lexicon->slot_count - 1)]);
        if (token->kind == QDX_TOKEN_MARK)
            continue;
        const qdx_lexicon_slot *slot = find_slot(lexicon, token->hash);
        token->word = slot->number;
        token->classes = slot->classes;
        if (ends_in_ly(text, token) &&
            !(token->classes & ~(uint32_t)(QDX_WORD_COMMON | QDX_WORD_ADVERB)))
            token->classes |= QDX_WORD_ADVERB;
    }
}
