/*
 * The lexicon's hash table: open addressing, linear probing, at most half full. Words come from our
 * own lists, so the fixed hash is safe here; article words only look up. The tables are read in
 * place from an image until a list adds to them.
 */
#include "gazetteer/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"

enum { FIRST_SLOTS = 1 << 12, PREFETCH_DISTANCE = 8 };

static void show_own(qdx_lexicon *lexicon)
{
    lexicon->image = NULL;
    lexicon->words = lexicon->own_words.items;
    lexicon->word_count = lexicon->own_words.count;
    lexicon->slots = lexicon->own_slots;
    lexicon->text = lexicon->own_text.bytes;
    lexicon->text_size = lexicon->own_text.size;
}

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
    for (size_t w = 1; w < lexicon->own_words.count; w++)
        place(slots, slot_count, lexicon->own_words.items[w].hash, (uint32_t)w);
    free(lexicon->own_slots);
    lexicon->own_slots = slots;
    lexicon->slot_count = slot_count;
    return true;
}

qdx_status qdx_lexicon_init(qdx_lexicon *lexicon, qdx_error *error)
{
    memset(lexicon, 0, sizeof *lexicon);
    qdx_word unknown = {0};
    qdx_buffer_append(&lexicon->own_text, "", 1);
    if (lexicon->own_text.failed || !qdx_vector_push(&lexicon->own_words, unknown) ||
        !grow_slots(lexicon, FIRST_SLOTS)) {
        qdx_lexicon_release(lexicon);
        return qdx_error_memory(error);
    }
    show_own(lexicon);
    return QDX_OK;
}

void qdx_lexicon_release(qdx_lexicon *lexicon)
{
    qdx_vector_release(&lexicon->own_words);
    qdx_buffer_release(&lexicon->own_text);
    qdx_buffer_release(&lexicon->scratch);
    free(lexicon->own_slots);
    memset(lexicon, 0, sizeof *lexicon);
}

void qdx_lexicon_use(qdx_lexicon *lexicon, const qdx_qgz *image)
{
    lexicon->image = image;
    lexicon->words = (const void *)image->parts[QDX_QGZ_WORD].at;
    lexicon->word_count = image->parts[QDX_QGZ_WORD].count;
    lexicon->slots = (const void *)image->parts[QDX_QGZ_WORD_SLOT].at;
    lexicon->slot_count = image->parts[QDX_QGZ_WORD_SLOT].count;
    lexicon->text = (const void *)image->parts[QDX_QGZ_WORD_TEXT].at;
    lexicon->text_size = image->parts[QDX_QGZ_WORD_TEXT].count;
}

/* Copies an image's tables so that they may grow. False without memory or when it is damaged. */
static bool own(qdx_lexicon *lexicon)
{
    const qdx_qgz *image = lexicon->image;
    if (!image)
        return true;
    if (!qdx_qgz_check(image, lexicon->words, lexicon->word_count * sizeof *lexicon->words) ||
        !qdx_qgz_check(image, lexicon->slots, lexicon->slot_count * sizeof *lexicon->slots) ||
        !qdx_qgz_check(image, lexicon->text, lexicon->text_size))
        return false;
    qdx_buffer_clear(&lexicon->own_text);
    qdx_buffer_append(&lexicon->own_text, lexicon->text, lexicon->text_size);
    qdx_vector_clear(&lexicon->own_words);
    for (size_t i = 0; i < lexicon->word_count; i++)
        if (!qdx_vector_push(&lexicon->own_words, lexicon->words[i]))
            return false;
    size_t slot_count = FIRST_SLOTS;
    while (slot_count < 2 * lexicon->word_count)
        slot_count *= 2;
    if (lexicon->own_text.failed || !grow_slots(lexicon, slot_count))
        return false;
    show_own(lexicon);
    return true;
}

static const qdx_lexicon_slot *find_slot(const qdx_lexicon *lexicon, uint64_t hash)
{
    size_t mask = lexicon->slot_count - 1, i = (size_t)hash & mask;
    for (size_t probes = 0; lexicon->slots[i].number && lexicon->slots[i].hash != hash; probes++) {
        if (probes == QDX_KEY_PROBES)
            return NULL;
        i = (i + 1) & mask;
    }
    return &lexicon->slots[i];
}

uint32_t qdx_lexicon_find(const qdx_lexicon *lexicon, uint64_t hash)
{
    size_t mask = lexicon->slot_count - 1, i = (size_t)hash & mask;
    for (size_t probes = 0; probes <= QDX_KEY_PROBES; probes++) {
        const qdx_lexicon_slot *slot = &lexicon->slots[i];
        if (lexicon->image && !qdx_qgz_check(lexicon->image, slot, sizeof *slot))
            return 0;
        if (!slot->number || slot->hash == hash)
            return slot->number;
        i = (i + 1) & mask;
    }
    return 0;
}

const qdx_word *qdx_lexicon_at_slow(const qdx_lexicon *lexicon, uint32_t number)
{
    static const qdx_word unknown;
    bool known = number < lexicon->word_count &&
                 (!lexicon->image || !number ||
                  qdx_qgz_check(lexicon->image, &lexicon->words[number], sizeof unknown));
    return known ? &lexicon->words[number] : &unknown;
}

const char *qdx_lexicon_text(const qdx_lexicon *lexicon, uint32_t offset)
{
    if (!offset)
        return NULL;
    if (lexicon->image)
        return qdx_qgz_text(lexicon->image, QDX_QGZ_WORD_TEXT, offset);
    return offset < lexicon->text_size ? lexicon->text + offset : NULL;
}

bool qdx_lexicon_says(const qdx_lexicon *lexicon, uint32_t offset, const char *text)
{
    const char *own = qdx_lexicon_text(lexicon, offset);
    return own && strcmp(own, text) == 0;
}

void qdx_lexicon_seal(qdx_lexicon *lexicon)
{
    if (lexicon->image)
        return;
    for (size_t i = 0; i < lexicon->slot_count; i++)
        lexicon->own_slots[i].classes =
            lexicon->own_words.items[lexicon->own_slots[i].number].classes;
    show_own(lexicon);
}

uint32_t qdx_lexicon_keep(qdx_lexicon *lexicon, const char *text, size_t size)
{
    if (!own(lexicon))
        return UINT32_MAX;
    if (!size)
        return 0;
    size_t offset = lexicon->own_text.size;
    qdx_buffer_append(&lexicon->own_text, text, size);
    qdx_buffer_append(&lexicon->own_text, "", 1);
    show_own(lexicon);
    return lexicon->own_text.failed || offset > UINT32_MAX ? UINT32_MAX : (uint32_t)offset;
}

/* A new record, its slot still to be made. */
static bool push_word(qdx_lexicon *lexicon, const char *text, size_t size, uint64_t hash)
{
    qdx_buffer *folded = &lexicon->scratch;
    qdx_buffer_clear(folded);
    qdx_fold(text, size, folded);
    uint32_t kept =
        folded->failed ? UINT32_MAX
                       : qdx_lexicon_keep(lexicon, folded->size ? folded->bytes : "", folded->size);
    qdx_word word = {.hash = hash, .text = kept};
    return kept != UINT32_MAX && qdx_vector_push(&lexicon->own_words, word);
}

qdx_word *qdx_lexicon_add(qdx_lexicon *lexicon, const char *text, size_t size)
{
    uint64_t hash = qdx_fold_hash(text, size);
    if (!own(lexicon))
        return NULL;
    uint32_t number = qdx_lexicon_find(lexicon, hash);
    if (number)
        return &lexicon->own_words.items[number];
    if (!push_word(lexicon, text, size, hash))
        return NULL;
    number = (uint32_t)(lexicon->own_words.count - 1);
    if (lexicon->own_words.count * 2 <= lexicon->slot_count) {
        place(lexicon->own_slots, lexicon->slot_count, hash, number);
    } else if (!grow_slots(lexicon, lexicon->slot_count * 2)) {
        lexicon->own_words.count--;
        return NULL;
    }
    show_own(lexicon);
    return &lexicon->own_words.items[number];
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
        if (!slot || slot->number >= lexicon->word_count)
            continue;
        token->word = slot->number;
        token->classes = slot->classes;
        if (ends_in_ly(text, token) &&
            !(token->classes & ~(uint32_t)(QDX_WORD_COMMON | QDX_WORD_ADVERB)))
            token->classes |= QDX_WORD_ADVERB;
    }
}
