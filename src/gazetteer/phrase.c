/*
 * Finding phrases: one walk a layer. The images' tables are laid out for it (key_table.h); what
 * they give is compared with the listed name before it counts, so that two texts of one hash are
 * never confused.
 */
#include "gazetteer/phrase.h"

#include <string.h>
#include <strings.h>

#include "gazetteer/store.h"
#include "text/fold.h"

enum { DROPPED = 0xFF };                     /* a kind: no match after all */
static const uint32_t UNKNOWN = 0xFFFFFFFEu; /* an entity that no list has */

/* A phrase as an image lists it: a record, or an entity's own name that needs none. */
typedef struct listed_phrase {
    const char *text;
    uint32_t value, shapes;
    uint8_t kind, policy;
    bool alias, own_name; /* own_name: a capital in each word, no record */
} listed_phrase;

/* A walk over the phrases of one prefix. */
typedef struct phrase_walk {
    const qdx_layer *layer;
    uint32_t number; /* plus one; 0: no more */
    bool record;
} phrase_walk;

static bool next_phrase(phrase_walk *walk, listed_phrase *phrase)
{
    const qdx_qgz *image = &walk->layer->image;
    if (!walk->number)
        return false;
    uint32_t number = walk->number - 1;
    walk->number = 0;
    if (!walk->record) {
        const qdx_qgz_entity *entity =
            qdx_qgz_record(image, QDX_QGZ_ENTITY, number, sizeof *entity);
        if (!entity)
            return false;
        *phrase = (listed_phrase){.text = qdx_qgz_text(image, QDX_QGZ_TEXT, entity->name),
                                  .value = number,
                                  .own_name = true};
        return true;
    }
    const qdx_qgz_phrase *record = qdx_qgz_record(image, QDX_QGZ_PHRASE, number, sizeof *record);
    if (!record)
        return false;
    *phrase = (listed_phrase){.text = qdx_qgz_text(image, QDX_QGZ_TEXT, record->text),
                              .value = record->value,
                              .shapes = record->shapes,
                              .kind = record->kind,
                              .policy = record->policy,
                              .alias = record->flags & QDX_PHRASE_ALIAS};
    if (record->flags & QDX_PHRASE_MORE)
        walk->number = number + 2;
    return true;
}

/* --- is it that name? --------------------------------------------------------------------- */

static bool counts(unsigned char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10;
}

/* Letters and digits of two ASCII texts in the same order, whatever their case; -1: not ASCII. */
static int same_letters(const char *a, size_t a_size, const char *b)
{
    const char *a_end = a + a_size;
    for (;;) {
        while (a < a_end && !counts((unsigned char)*a) && (unsigned char)*a < 0x80)
            a++;
        while (*b && !counts((unsigned char)*b) && (unsigned char)*b < 0x80)
            b++;
        unsigned char x = a < a_end ? (unsigned char)*a : 0, y = (unsigned char)*b;
        if ((x | y) & 0x80)
            return -1;
        if ((x | 0x20) != (y | 0x20) || (!x != !y))
            return 0;
        if (!x)
            return 1;
        a++;
        b++;
    }
}

/* The same of any text, over its folded form. */
static bool same_folded(const char *a, size_t a_size, const char *b)
{
    qdx_buffer x = {0}, y = {0};
    qdx_fold(a, a_size, &x);
    qdx_fold(b, strlen(b), &y);
    bool same = !x.failed && !y.failed;
    size_t i = 0, j = 0;
    while (same) {
        while (i < x.size && !counts((unsigned char)x.bytes[i]) && !(x.bytes[i] & 0x80))
            i++;
        while (j < y.size && !counts((unsigned char)y.bytes[j]) && !(y.bytes[j] & 0x80))
            j++;
        if (i == x.size || j == y.size)
            break;
        same = x.bytes[i++] == y.bytes[j++];
    }
    same = same && i == x.size && j == y.size;
    qdx_buffer_release(&x);
    qdx_buffer_release(&y);
    return same;
}

static bool is_name(const listed_phrase *phrase, const qdx_text *text, uint32_t first, uint32_t end)
{
    const qdx_token *tokens = text->tokens.items;
    const char *bytes = text->bytes + tokens[first].start;
    size_t size = tokens[end - 1].end - tokens[first].start;
    if (strlen(phrase->text) == size && memcmp(phrase->text, bytes, size) == 0)
        return true; /* as listed, which is the rule */
    int same = same_letters(bytes, size, phrase->text);
    return same < 0 ? same_folded(bytes, size, phrase->text) : same;
}

/* --- is it written so? -------------------------------------------------------------------- */

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

static bool is_exact(const listed_phrase *phrase, const qdx_text *text, uint32_t first,
                     uint32_t end)
{
    const qdx_token *tokens = text->tokens.items;
    size_t size = tokens[end - 1].end - tokens[first].start;
    size_t listed = strlen(phrase->text);
    if (listed == size + 1 && phrase->text[size] == '.')
        listed = size; /* "Inc.": the period is a token of its own */
    return listed == size && memcmp(phrase->text, text->bytes + tokens[first].start, size) == 0;
}

static bool case_fits(const listed_phrase *phrase, const qdx_text *text, uint32_t first,
                      uint32_t end)
{
    const qdx_token *tokens = text->tokens.items;
    if (phrase->policy == QDX_CASE_ANY)
        return true;
    if (phrase->policy == QDX_CASE_EXACT)
        return is_exact(phrase, text, first, end);
    if (phrase->policy == QDX_CASE_AFTER_THE && !follows_the(text, first))
        return false;
    uint32_t shapes = phrase->shapes;
    for (uint32_t i = first; i < end; i++) {
        if (qdx_phrase_is_glue(&tokens[i]))
            continue;
        if (!shape_fits(phrase->own_name ? 1 : shapes & 3, &tokens[i]))
            return false;
        shapes >>= 2;
    }
    return true;
}

/* --- walking ------------------------------------------------------------------------------ */

/* Does this kind of phrase count in the layer? */
static bool is_in_use(const qdx_layer *layer, const listed_phrase *phrase)
{
    bool name = phrase->kind == QDX_PHRASE_NAME || phrase->kind == QDX_PHRASE_NEVER ||
                phrase->kind == QDX_PHRASE_ALWAYS;
    return name ? layer->names : layer->words;
}

static qdx_phrase_match as_match(const qdx_gazetteer *gazetteer, const qdx_layer *layer,
                                 const listed_phrase *phrase, uint32_t end)
{
    uint32_t value = phrase->value;
    if (phrase->kind == QDX_PHRASE_NAME && !gazetteer->plain) {
        value = qdx_store_entry(gazetteer, layer->first + value)->number;
    } else if (phrase->kind == QDX_PHRASE_NEVER || phrase->kind == QDX_PHRASE_ALWAYS) {
        const char *id = qdx_qgz_text(&layer->image, QDX_QGZ_TEXT, value);
        value = *id ? qdx_store_find(gazetteer, id) : QDX_NO_ENTITY;
        if (*id && value == UINT32_MAX)
            value = UNKNOWN; /* an id that nobody lists: the row says nothing */
    }
    return (qdx_phrase_match){end, value, phrase->kind, phrase->alias, false};
}

/* What the user says of names that end where this match does. */
static void override(qdx_phrase_match *matches, size_t count, const qdx_phrase_match *rule)
{
    bool always = rule->kind == QDX_PHRASE_ALWAYS;
    for (size_t i = 0; i < count; i++)
        if (matches[i].kind == QDX_PHRASE_NAME && matches[i].end == rule->end &&
            !matches[i].always &&
            (always || rule->value == QDX_NO_ENTITY || matches[i].value == rule->value))
            matches[i].kind = DROPPED;
}

/* Names that the user rules out are dropped, those the user sets are names; returns how many. */
static size_t apply_overrides(const qdx_gazetteer *gazetteer, qdx_phrase_match *matches,
                              size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; gazetteer->overrides && i < count; i++) {
        qdx_phrase_match *match = &matches[i];
        if (match->value == UNKNOWN && match->kind >= QDX_PHRASE_NEVER)
            match->kind = DROPPED;
        if (match->kind != QDX_PHRASE_NEVER && match->kind != QDX_PHRASE_ALWAYS)
            continue;
        override(matches, count, match);
        if (match->kind == QDX_PHRASE_ALWAYS)
            *match = (qdx_phrase_match){match->end, match->value, QDX_PHRASE_NAME, true, true};
    }
    if (!gazetteer->overrides)
        return count;
    for (size_t i = 0; i < count; i++)
        if (matches[i].kind != DROPPED)
            matches[kept++] = matches[i];
    return kept;
}

/* Matches kept so far. */
typedef struct match_list {
    qdx_phrase_match *items;
    size_t count;
} match_list;

/* In order of their ends; the shortest gives way when there are too many. */
static void keep_match(match_list *list, qdx_phrase_match match)
{
    if (list->count == QDX_PHRASE_MATCHES) {
        memmove(list->items, list->items + 1, sizeof match * (QDX_PHRASE_MATCHES - 1));
        list->count--;
    }
    size_t at = list->count++;
    for (; at > 0 && list->items[at - 1].end > match.end; at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = match;
}

/* The word after token i that counts, or `end`. */
static uint32_t next_word(const qdx_text *text, uint32_t i, uint32_t end)
{
    for (i++; i < end && qdx_phrase_is_glue(&text->tokens.items[i]);)
        i++;
    return i;
}

/*
 * Where the table of prefixes is to be asked first for what begins at a word: at once where the
 * word may be a phrase by itself, else with the word after it. Most words end here, without a look
 * at the table.
 */
typedef struct beginning {
    uint64_t key;   /* of the words up to `last` */
    uint32_t last;  /* token; `end`: nothing begins */
    uint32_t words; /* 1 or 2 */
} beginning;

static beginning begin(const qdx_qgz *image, const qdx_text *text, uint32_t first, uint32_t end)
{
    const qdx_token *tokens = text->tokens.items;
    unsigned says = qdx_phrases_first(image, &tokens[first]);
    if (!says)
        return (beginning){0, end, 0};
    uint64_t key = qdx_phrase_extend(QDX_PHRASE_ROOT, tokens[first].hash);
    if (says & QDX_FIRST_ALONE)
        return (beginning){key, first, 1};
    uint32_t second = next_word(text, first, end);
    if (second < end)
        key = qdx_phrase_extend(key, tokens[second].hash);
    return (beginning){key, second < end && qdx_phrases_pair(image, key) ? second : end, 2};
}

/* One word further; false at the end, or where no two words so begin a phrase. */
static bool go_on(const qdx_qgz *image, const qdx_text *text, beginning *b, uint32_t end)
{
    b->last = next_word(text, b->last, end);
    if (b->last == end)
        return false;
    b->key = qdx_phrase_extend(b->key, text->tokens.items[b->last].hash);
    return ++b->words != 2 || qdx_phrases_pair(image, b->key);
}

static void match_layer(const qdx_gazetteer *gazetteer, const qdx_layer *layer,
                        const qdx_text *text, uint32_t first, uint32_t end, match_list *list)
{
    const qdx_qgz *image = &layer->image;
    beginning b = begin(image, text, first, end);
    while (b.last < end) {
        uint32_t value = qdx_qgz_find(image, QDX_QGZ_PREFIX, image->prefix_seed, b.key);
        phrase_walk walk = {layer, value & QDX_PREFIX_NUMBER, value & QDX_PREFIX_RECORD};
        listed_phrase phrase;
        while (next_phrase(&walk, &phrase))
            if (is_in_use(layer, &phrase) && case_fits(&phrase, text, first, b.last + 1) &&
                is_name(&phrase, text, first, b.last + 1))
                keep_match(list, as_match(gazetteer, layer, &phrase, b.last + 1));
        if (!(value & QDX_PREFIX_LONGER) || !go_on(image, text, &b, end))
            break;
    }
}

static void fetch_slot(const qdx_qgz *image, uint64_t key)
{
    const qdx_key_slot *slots = (const void *)image->parts[QDX_QGZ_PREFIX].at;
    uint64_t count = image->parts[QDX_QGZ_PREFIX].count;
    __builtin_prefetch(&slots[qdx_key_place_of(key, image->prefix_seed, count).home]);
}

void qdx_phrases_prefetch(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                          uint32_t end)
{
    for (size_t i = 0; i < gazetteer->layer_count; i++) {
        const qdx_qgz *image = &gazetteer->layers[i].image;
        beginning b = begin(image, text, first, end);
        if (b.last < end)
            fetch_slot(image, b.key);
    }
}

size_t qdx_phrases_match(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                         uint32_t end, qdx_phrase_match matches[QDX_PHRASE_MATCHES])
{
    match_list list = {matches, 0};
    if (first >= end)
        return 0;
    for (size_t i = 0; i < gazetteer->layer_count; i++)
        match_layer(gazetteer, &gazetteer->layers[i], text, first, end, &list);
    return apply_overrides(gazetteer, matches, list.count);
}

/* May a name begin with this word? Listed names have a capital somewhere near. */
static bool is_opening(const qdx_token *token)
{
    return (token->flags & (QDX_TOKEN_CAPITAL | QDX_TOKEN_MULTIBYTE)) ||
           token->kind == QDX_TOKEN_NUMBER;
}

/*
 * Large tables lie in slow memory. What names might begin in a stretch of text is looked up in
 * stages, each for all of them, and each fetching what the next will need.
 */
enum { STRETCH = 64 };

static void fetch_listing(const qdx_qgz *image, uint32_t value)
{
    uint32_t number = (value & QDX_PREFIX_NUMBER) - 1;
    const qdx_qgz_entity *entities = (const void *)image->parts[QDX_QGZ_ENTITY].at;
    const qdx_qgz_phrase *phrases = (const void *)image->parts[QDX_QGZ_PHRASE].at;
    if (value & QDX_PREFIX_RECORD && number < image->parts[QDX_QGZ_PHRASE].count)
        __builtin_prefetch(&phrases[number]);
    else if (!(value & QDX_PREFIX_RECORD) && number < image->parts[QDX_QGZ_ENTITY].count)
        __builtin_prefetch(&entities[number]);
}

static void fetch_text(const qdx_qgz *image, uint32_t value)
{
    uint32_t number = (value & QDX_PREFIX_NUMBER) - 1;
    const qdx_qgz_entity *entities = (const void *)image->parts[QDX_QGZ_ENTITY].at;
    if (value & QDX_PREFIX_RECORD || number >= image->parts[QDX_QGZ_ENTITY].count)
        return;
    uint32_t name = entities[number].name;
    if (name < image->parts[QDX_QGZ_TEXT].count)
        __builtin_prefetch(image->parts[QDX_QGZ_TEXT].at + name);
}

/* One word further with each beginning that goes on; returns how many are left. */
static size_t step_beginnings(const qdx_qgz *image, const qdx_text *text, beginning *beginnings,
                              size_t count, uint32_t *ends, size_t *ended)
{
    size_t kept = 0;
    for (size_t k = 0; k < count; k++) {
        beginning b = beginnings[k];
        uint32_t value = qdx_qgz_find(image, QDX_QGZ_PREFIX, image->prefix_seed, b.key);
        if (value & QDX_PREFIX_NUMBER) {
            fetch_listing(image, value);
            ends[(*ended)++] = value;
        }
        if ((value & QDX_PREFIX_LONGER) && go_on(image, text, &b, (uint32_t)text->tokens.count)) {
            fetch_slot(image, b.key);
            beginnings[kept++] = b;
        }
    }
    return kept;
}

static void warm(const qdx_qgz *image, const qdx_text *text, const uint32_t *starts, size_t count)
{
    beginning beginnings[STRETCH];
    size_t open = 0;
    for (size_t k = 0; k < count; k++) {
        beginning b = begin(image, text, starts[k], (uint32_t)text->tokens.count);
        if (b.last == text->tokens.count)
            continue;
        fetch_slot(image, b.key);
        beginnings[open++] = b;
    }
    /* What ends with a word is fetched in the step after it, its text in the one after that. */
    uint32_t ends[STRETCH];
    size_t ended = 0;
    for (int words = 0; open && words < 3; words++) {
        for (size_t k = 0; k < ended; k++)
            fetch_text(image, ends[k]);
        ended = 0;
        open = step_beginnings(image, text, beginnings, open, ends, &ended);
    }
    for (size_t k = 0; k < ended; k++)
        fetch_text(image, ends[k]);
}

/* The longest name at a token: its end, 0 for none. */
static uint32_t longest_name(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                             qdx_phrases_use *use, void *context)
{
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    size_t n = qdx_phrases_match(gazetteer, text, first, (uint32_t)text->tokens.count, matches);
    while (n > 0 && matches[n - 1].kind != QDX_PHRASE_NAME)
        n--;
    if (n && use)
        use(context, first, &matches[n - 1]);
    return n ? matches[n - 1].end : 0;
}

size_t qdx_phrases_scan(const qdx_gazetteer *gazetteer, const qdx_text *text, qdx_phrases_use *use,
                        void *context)
{
    uint32_t starts[STRETCH], at = 0, free_from = 0;
    size_t found = 0;
    while (at < text->tokens.count) {
        size_t count = 0;
        for (; at < text->tokens.count && count < STRETCH; at++)
            if (is_opening(&text->tokens.items[at]) &&
                qdx_phrases_may_begin(gazetteer, &text->tokens.items[at]))
                starts[count++] = at;
        for (size_t l = 0; l < gazetteer->layer_count; l++)
            warm(&gazetteer->layers[l].image, text, starts, count);
        for (size_t k = 0; k < count; k++) {
            uint32_t end =
                starts[k] >= free_from ? longest_name(gazetteer, text, starts[k], use, context) : 0;
            found += end != 0;
            free_from = end ? end : free_from;
        }
    }
    return found;
}

static uint32_t find_whole(const qdx_qgz *image, const qdx_text *text, uint32_t first, uint32_t end)
{
    uint64_t key = QDX_PHRASE_ROOT;
    for (uint32_t i = first; i < end; i++)
        if (!qdx_phrase_is_glue(&text->tokens.items[i]))
            key = qdx_phrase_extend(key, text->tokens.items[i].hash);
    return qdx_qgz_find(image, QDX_QGZ_PREFIX, image->prefix_seed, key);
}

size_t qdx_phrases_find_all(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                            uint32_t end, qdx_phrase_match *matches, size_t capacity)
{
    size_t count = 0;
    for (size_t l = 0; l < gazetteer->layer_count && first < end; l++) {
        const qdx_layer *layer = &gazetteer->layers[l];
        uint32_t value = find_whole(&layer->image, text, first, end);
        phrase_walk walk = {layer, value & QDX_PREFIX_NUMBER, value & QDX_PREFIX_RECORD};
        listed_phrase phrase;
        while (count < capacity && next_phrase(&walk, &phrase))
            if (is_in_use(layer, &phrase) && is_name(&phrase, text, first, end))
                matches[count++] = as_match(gazetteer, layer, &phrase, end);
    }
    return apply_overrides(gazetteer, matches, count);
}

bool qdx_phrases_rule_out(const qdx_gazetteer *gazetteer, const qdx_text *text, const char *id)
{
    uint32_t first = 0, end = (uint32_t)text->tokens.count;
    for (size_t l = 0; l < gazetteer->layer_count && first < end; l++) {
        const qdx_layer *layer = &gazetteer->layers[l];
        uint32_t value = find_whole(&layer->image, text, first, end);
        phrase_walk walk = {layer, value & QDX_PREFIX_NUMBER, value & QDX_PREFIX_RECORD};
        for (listed_phrase phrase; next_phrase(&walk, &phrase);)
            if (phrase.kind == QDX_PHRASE_NEVER && is_name(&phrase, text, first, end) &&
                strcmp(qdx_qgz_text(&layer->image, QDX_QGZ_TEXT, phrase.value), id) == 0)
                return true;
    }
    return false;
}
