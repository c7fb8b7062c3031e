/*
 * Looking names up. Exact names go through the phrase table. For people, every name is filed under
 * the romanized form of its surname (a uthash table); the candidates filed there are compared with
 * the name asked for by qdx_name_compare, which also keeps apart those that contradict each other.
 */
#include "gazetteer/lookup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/table_hash.h"
#include "text/fold.h"

/* One name of a person under one key. */
typedef struct surname_name {
    struct surname_name *next;
    const char *name;
    uint32_t entity;
} surname_name;

struct qdx_surname_link {
    const char *key; /* romanized, terminated */
    surname_name *first, **last;
    UT_hash_handle hh;
};

static struct qdx_surname_link *find_link(const qdx_gazetteer *gazetteer, const char *key)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    struct qdx_surname_link *link = NULL;
    HASH_FIND(hh, gazetteer->surnames, key, strlen(key), link);
    return link;
}

static struct qdx_surname_link *make_link(qdx_gazetteer *gazetteer, const char *key)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    struct qdx_surname_link *link = find_link(gazetteer, key);
    if (link)
        return link;
    link = qdx_arena_alloc(&gazetteer->arena, sizeof *link);
    char *copy = qdx_arena_copy(&gazetteer->arena, key, strlen(key));
    if (!link || !copy)
        return NULL;
    memset(link, 0, sizeof *link);
    link->key = copy;
    link->last = &link->first;
    HASH_ADD_KEYPTR(hh, gazetteer->surnames, link->key, strlen(link->key), link);
    return link->hh.tbl ? link : NULL;
}

static bool file_under(qdx_gazetteer *gazetteer, const char *key, const char *name, uint32_t entity)
{
    struct qdx_surname_link *link = make_link(gazetteer, key);
    surname_name *item = link ? qdx_arena_alloc(&gazetteer->arena, sizeof *item) : NULL;
    if (!item)
        return false;
    *item = (surname_name){.name = name, .entity = entity};
    *link->last = item;
    link->last = &item->next;
    return true;
}

/* Files a name under its last word, and under its first where the family name comes first. */
static bool file_name(qdx_gazetteer *gazetteer, const char *name, uint32_t entity,
                      qdx_buffer *storage)
{
    qdx_name_parts parts;
    qdx_name_split(name, strlen(name), storage, &parts);
    if (storage->failed)
        return false;
    if (!parts.count)
        return true;
    if (!file_under(gazetteer, parts.words[parts.count - 1].romanized, name, entity))
        return false;
    bool family_first = gazetteer->entries.items[entity].surname && parts.count > 1;
    return !family_first || file_under(gazetteer, parts.words[0].romanized, name, entity);
}

qdx_status qdx_lookup_build(qdx_gazetteer *gazetteer, qdx_error *error)
{
    qdx_buffer storage;
    qdx_buffer_init(&storage);
    bool ok = true;
    for (size_t e = 0; ok && e < gazetteer->entries.count; e++) {
        const qdx_entry *entry = &gazetteer->entries.items[e];
        if (entry->entity.type != QDX_ENTITY_PERSON)
            continue;
        ok = file_name(gazetteer, entry->entity.name, (uint32_t)e, &storage);
        for (size_t a = 0; ok && a < entry->aliases.count; a++)
            ok = file_name(gazetteer, entry->aliases.items[a], (uint32_t)e, &storage);
    }
    qdx_buffer_release(&storage);
    return ok ? QDX_OK : qdx_error_memory(error);
}

void qdx_lookup_release(qdx_gazetteer *gazetteer)
{
    HASH_CLEAR(hh, gazetteer->surnames);
}

/* --- comparing ---------------------------------------------------------------------------- */

static const qdx_word *word_of(const qdx_gazetteer *gazetteer, const char *folded)
{
    uint32_t number = qdx_lexicon_find(&gazetteer->lexicon, qdx_fold_hash(folded, strlen(folded)));
    return number ? &gazetteer->lexicon.words.items[number] : NULL;
}

/* Bill and William: two given names in one group of the lexicon. */
static bool equivalent(const qdx_gazetteer *gazetteer, const char *a, const char *b)
{
    const qdx_word *x = word_of(gazetteer, a), *y = word_of(gazetteer, b);
    if (!x || !y)
        return false;
    for (size_t i = 0; i < QDX_NAME_GROUPS; i++)
        for (size_t j = 0; j < QDX_NAME_GROUPS; j++)
            if (x->name_groups[i] && x->name_groups[i] == y->name_groups[j])
                return true;
    return false;
}

static bool nickname_fits(const qdx_gazetteer *gazetteer, const qdx_name_parts *a,
                          const qdx_name_parts *b)
{
    if (a->surname == 0 || b->surname == 0 || a->generation != b->generation ||
        strcmp(a->words[a->count - 1].romanized, b->words[b->count - 1].romanized) != 0)
        return false;
    return equivalent(gazetteer, a->words[0].folded, b->words[0].folded);
}

/* A family name that comes first, asked for alone. */
static bool is_family_name(const qdx_entry *entry, const qdx_name_parts *asked, qdx_buffer *storage)
{
    if (!entry->surname || asked->count != 1)
        return false;
    qdx_name_parts surname;
    qdx_name_split(entry->surname, strlen(entry->surname), storage, &surname);
    return surname.count == 1 &&
           strcmp(surname.words[0].romanized, asked->words[0].romanized) == 0;
}

static void keep_hit(qdx_lookup_hit hit, qdx_lookup_hit *hits, size_t *count)
{
    size_t i = 0;
    while (i < *count && hits[i].entity != hit.entity)
        i++;
    if (i < *count) {
        if (hits[i].relation < hit.relation)
            hits[i] = hit;
    } else if (*count < QDX_LOOKUP_HITS) {
        hits[(*count)++] = hit;
    }
}

/* Compares the name asked for with every name filed under one key. */
static void compare_filed(const qdx_gazetteer *gazetteer, const qdx_name_parts *asked,
                          const char *key, qdx_buffer *storage, qdx_lookup_hit *hits, size_t *count)
{
    struct qdx_surname_link *link = find_link(gazetteer, key);
    for (surname_name *item = link ? link->first : NULL; item; item = item->next) {
        const qdx_entry *entry = &gazetteer->entries.items[item->entity];
        qdx_name_parts parts;
        qdx_name_split(item->name, strlen(item->name), storage, &parts);
        qdx_lookup_hit hit = {item->entity, qdx_name_compare(asked, &parts), false};
        if (hit.relation == QDX_NAME_DIFFERENT && nickname_fits(gazetteer, asked, &parts))
            hit = (qdx_lookup_hit){item->entity, QDX_NAME_SUBSET, true};
        if (entry->surname && asked->count == 1 && parts.count > 1)
            hit.relation = is_family_name(entry, asked, storage) ? QDX_NAME_SURNAME
                                                                 : QDX_NAME_DIFFERENT;
        if (hit.relation != QDX_NAME_DIFFERENT)
            keep_hit(hit, hits, count);
    }
}

/* Stable: closest relation first, order of listing kept. */
static void sort_hits(qdx_lookup_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        qdx_lookup_hit hit = hits[i];
        size_t j = i;
        for (; j > 0 && hits[j - 1].relation < hit.relation; j--)
            hits[j] = hits[j - 1];
        hits[j] = hit;
    }
}

qdx_status qdx_lookup_person(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                             qdx_lookup_hit hits[QDX_LOOKUP_HITS], size_t *count, qdx_error *error)
{
    qdx_buffer asked_storage, storage;
    qdx_buffer_init(&asked_storage);
    qdx_buffer_init(&storage);
    qdx_name_parts asked;
    *count = 0;
    qdx_name_split(name, size, &asked_storage, &asked);
    if (asked.count) {
        compare_filed(gazetteer, &asked, asked.words[asked.count - 1].romanized, &storage, hits,
                      count);
        if (asked.count > 1)
            compare_filed(gazetteer, &asked, asked.words[0].romanized, &storage, hits, count);
    }
    sort_hits(hits, *count);
    bool failed = asked_storage.failed || storage.failed;
    qdx_buffer_release(&asked_storage);
    qdx_buffer_release(&storage);
    return failed ? qdx_error_memory(error) : QDX_OK;
}

/* --- the public look-up ------------------------------------------------------------------- */

/* Matches being collected for a caller. */
typedef struct match_list {
    qdx_name_match *items;
    size_t capacity, count;
} match_list;

static void add_match(match_list *list, const qdx_entity *entity, const char *rule, float confidence)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].entity == entity)
            return;
    if (list->count < list->capacity)
        list->items[list->count++] = (qdx_name_match){entity, rule, confidence};
}

/* Skips what stands before a name: "the", and titles such as "Mr." */
static uint32_t skip_titles(const qdx_gazetteer *gazetteer, const qdx_text *text)
{
    uint32_t first = 0, end = (uint32_t)text->tokens.count;
    while (first + 1 < end) {
        qdx_phrase_match matches[QDX_PHRASE_MATCHES];
        size_t n = qdx_phrases_match(&gazetteer->phrases, text, first, end, matches);
        uint32_t next = first;
        for (size_t i = 0; i < n; i++) {
            if (matches[i].phrase->kind == QDX_PHRASE_NAME && matches[i].end == end)
                return first;
            if (matches[i].phrase->kind == QDX_PHRASE_TITLE && matches[i].end < end)
                next = matches[i].end;
        }
        if (next < end && text->tokens.items[next].mark == QDX_MARK_PERIOD)
            next++;
        if (next == first && first == 0 && text->tokens.items[0].end - text->tokens.items[0].start == 3 &&
            strncasecmp(text->bytes + text->tokens.items[0].start, "the", 3) == 0)
            next = 1;
        if (next == first || next >= end)
            break;
        first = next;
    }
    return first;
}

/* Names that are written exactly so, in any case. */
static void match_exact(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                        match_list *list)
{
    uint32_t end = (uint32_t)text->tokens.count;
    uint32_t numbers[QDX_LOOKUP_HITS];
    size_t n = qdx_phrases_find_all(&gazetteer->phrases, text, first, end, numbers, QDX_LOOKUP_HITS);
    for (int alias = 0; alias <= 1; alias++)
        for (size_t i = 0; i < n; i++) {
            const qdx_phrase *phrase = &gazetteer->phrases.items.items[numbers[i]];
            if (phrase->kind == QDX_PHRASE_NAME && phrase->alias == alias)
                add_match(list, qdx_store_entity(gazetteer, phrase->value),
                          alias ? "alias" : "exact", alias ? 0.98F : 1.0F);
        }
}

static float confidence_of(const qdx_lookup_hit *hit, size_t bearers)
{
    static const float confidences[] = {
        [QDX_NAME_SURNAME] = 0.6F, [QDX_NAME_INITIALS] = 0.85F,     [QDX_NAME_SUBSET] = 0.9F,
        [QDX_NAME_ORDER] = 0.92F,  [QDX_NAME_ROMANIZATION] = 0.9F, [QDX_NAME_EXACT] = 0.98F,
    };
    float confidence = hit->nickname ? 0.8F : confidences[hit->relation];
    return hit->relation == QDX_NAME_SURNAME && bearers > 1 ? confidence / (float)bearers
                                                            : confidence;
}

static qdx_status match_people(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                               match_list *list, qdx_error *error)
{
    qdx_lookup_hit hits[QDX_LOOKUP_HITS];
    size_t count;
    qdx_status status = qdx_lookup_person(gazetteer, name, size, hits, &count, error);
    if (status != QDX_OK)
        return status;
    /* A weaker relation only counts while no stronger one was found. */
    for (size_t i = 0; i < count; i++) {
        bool weaker = hits[i].relation < hits[0].relation && hits[0].relation >= QDX_NAME_ORDER;
        if (weaker && hits[i].relation < QDX_NAME_SUBSET)
            break;
        if (list->count && hits[i].relation == QDX_NAME_SURNAME)
            break;
        add_match(list, qdx_store_entity(gazetteer, hits[i].entity),
                  hits[i].nickname ? "nickname" : qdx_name_relation_name(hits[i].relation),
                  confidence_of(&hits[i], count));
    }
    return QDX_OK;
}

qdx_status qdx_gazetteer_lookup(const qdx_gazetteer *gazetteer, const char *name,
                                qdx_name_match *matches, size_t capacity, size_t *count,
                                qdx_error *error)
{
    match_list list = {matches, capacity, 0};
    *count = 0;
    size_t size = strlen(name);
    if (size > 4096)
        return qdx_error_set(error, QDX_ERR_LIMIT, "a name is longer than 4096 bytes");
    qdx_block block = {.span = {0, (uint32_t)size}};
    qdx_document document = {
        .text = name, .text_size = (uint32_t)size, .blocks = &block, .block_count = 1};
    qdx_text text = {0};
    qdx_status status = qdx_text_tokenize(&text, &document, error);
    if (status == QDX_OK && text.tokens.count) {
        uint32_t first = skip_titles(gazetteer, &text);
        uint32_t start = text.tokens.items[first].start;
        match_exact(gazetteer, &text, first, &list);
        status = match_people(gazetteer, name + start, size - start, &list, error);
    }
    qdx_text_release(&text);
    *count = status == QDX_OK ? list.count : 0;
    return status;
}

/* --- where the lists are ------------------------------------------------------------------ */

static bool is_folder(const char *path)
{
    return *path && access(path, R_OK | X_OK) == 0;
}

const char *qdx_gazetteer_default_path(char *buffer, size_t size)
{
    const char *chosen = getenv("QUOTEDEX_GAZETTEERS");
    if (chosen && *chosen && strlen(chosen) < size) {
        snprintf(buffer, size, "%s", chosen);
        return buffer;
    }
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n > 0) {
        program[n] = '\0';
        char *slash = strrchr(program, '/');
        if (slash)
            *slash = '\0';
        int written =
            snprintf(buffer, size, "%s/../share/quotedex/gazetteers/en", slash ? program : ".");
        if (written > 0 && (size_t)written < size && is_folder(buffer))
            return buffer;
    }
    static const char *const places[] = {QDX_SOURCE_GAZETTEERS, QDX_INSTALL_GAZETTEERS};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        int written = snprintf(buffer, size, "%s", places[i]);
        if (written > 0 && (size_t)written < size && is_folder(buffer))
            return buffer;
    }
    return NULL;
}
