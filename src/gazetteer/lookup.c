/*
 * Looking names up. For people, the names filed under a key of the one asked for (filing.c) are
 * compared with it by qdx_name_compare, which also keeps apart those that contradict each other;
 * given names that are one another's short forms come from the lexicon.
 */
#include "gazetteer/lookup.h"

#include <string.h>

#include "gazetteer/filing.h"
#include "text/fold.h"
#include "text/name_distance.h"
#include "text/name_mark.h"

static const qdx_word *word_of(const qdx_gazetteer *gazetteer, const char *folded)
{
    uint32_t number = qdx_lexicon_find(&gazetteer->lexicon, qdx_fold_hash(folded, strlen(folded)));
    return number ? qdx_lexicon_at(&gazetteer->lexicon, number) : NULL;
}

/* Bill and William: two given names in one group of the lexicon. */
static bool equivalent(const void *context, const char *a, const char *b)
{
    const qdx_gazetteer *gazetteer = context;
    const qdx_word *x = word_of(gazetteer, a), *y = word_of(gazetteer, b);
    if (!x || !y)
        return false;
    for (size_t i = 0; i < QDX_NAME_GROUPS; i++)
        for (size_t j = 0; j < QDX_NAME_GROUPS; j++)
            if (x->name_groups[i] && x->name_groups[i] == y->name_groups[j])
                return true;
    return false;
}

bool qdx_gazetteer_same_given_name(const qdx_gazetteer *gazetteer, const char *name,
                                   const char *other)
{
    return equivalent(gazetteer, name, other);
}

/* Surnames agree, first given names are forms of one, and the others do not contradict. */
static bool nickname_fits(const qdx_gazetteer *gazetteer, const qdx_name_parts *a,
                          const qdx_name_parts *b)
{
    if (a->surname == 0 || b->surname == 0 || a->generation != b->generation ||
        strcmp(a->words[a->count - 1].romanized, b->words[b->count - 1].romanized) != 0 ||
        qdx_name_words_sound(a, 0, b, 0) ||
        !equivalent(gazetteer, a->words[0].folded, b->words[0].folded))
        return false;
    for (size_t i = 1; i < a->surname && i < b->surname; i++) {
        bool initial = a->words[i].initial || b->words[i].initial;
        if (initial ? !qdx_name_initials_agree(a, i, b, i) : !qdx_name_words_sound(a, i, b, i))
            return false;
    }
    return true;
}

/* A family name that comes first, asked for alone. */
static bool is_family_name(const qdx_entry *entry, const qdx_name_parts *asked, qdx_buffer *storage)
{
    if (!entry->surname || asked->count != 1)
        return false;
    qdx_name_parts surname;
    qdx_name_split(entry->surname, strlen(entry->surname), storage, &surname);
    return surname.count == 1 && strcmp(surname.words[0].romanized, asked->words[0].romanized) == 0;
}

static void keep_hit(qdx_lookup_hit hit, qdx_lookup_hit *hits, size_t *count)
{
    size_t i = 0;
    while (i < *count && hits[i].entity != hit.entity)
        i++;
    if (i < *count) {
        if (hits[i].relation < hit.relation ||
            (hits[i].relation == hit.relation && hit.unanswered < hits[i].unanswered))
            hits[i] = hit;
    } else if (*count < QDX_LOOKUP_HITS) {
        hits[(*count)++] = hit;
    }
}

static bool has_equivalents(const qdx_gazetteer *gazetteer, const char *folded)
{
    const qdx_word *word = word_of(gazetteer, folded);
    return word && word->name_groups[0];
}

/* Leaves out whom the user says the name does not mean. */
static void drop_forbidden(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                           qdx_lookup_hit *hits, size_t *count)
{
    size_t kept = 0;
    if (!gazetteer->overrides)
        return;
    for (size_t i = 0; i < *count; i++)
        if (!qdx_phrases_forbid(gazetteer, name, size, hits[i].entity))
            hits[kept++] = hits[i];
    *count = kept;
}

/* A name asked for, and what was found. */
typedef struct search {
    const qdx_gazetteer *gazetteer;
    qdx_name_parts asked;
    qdx_buffer storage, key, other; /* of the name, of a key, of a family name */
    qdx_lookup_hit *hits;
    size_t *count;
} search;

/* What the listed name does not answer: words it lacks, and a family name in other letters. */
static uint8_t unanswered(const qdx_name_parts *asked, const qdx_name_parts *listed)
{
    size_t lacking = asked->count > listed->count ? asked->count - listed->count : 0;
    const char *a = asked->words[asked->count - 1].folded;
    const char *b = listed->words[listed->count - 1].folded;
    return (uint8_t)(lacking + (strcmp(a, b) != 0));
}

/* Compares the name with one that stands under a word of it. */
static void compare_one(search *s, const qdx_entry *entry, const qdx_filed_name *name)
{
    qdx_name_parts parts;
    qdx_filed_name_parts(name, &parts);
    qdx_lookup_hit hit = {entry->number, qdx_name_compare(&s->asked, &parts), false, 0, 0};
    hit.unanswered = unanswered(&s->asked, &parts);
    if (hit.relation == QDX_NAME_DIFFERENT && nickname_fits(s->gazetteer, &s->asked, &parts))
        hit = (qdx_lookup_hit){entry->number, QDX_NAME_SUBSET, true, 0, hit.unanswered};
    if (entry->surname && s->asked.count == 1 && parts.count > 1)
        hit.relation =
            is_family_name(entry, &s->asked, &s->other) ? QDX_NAME_SURNAME : QDX_NAME_DIFFERENT;
    if (hit.relation != QDX_NAME_DIFFERENT)
        keep_hit(hit, s->hits, s->count);
}

static void compare_under(search *s, const char *romanized, uint32_t letters)
{
    uint64_t key = qdx_filing_key(romanized);
    qdx_filing_walk walk = qdx_filing_begin(s->gazetteer, key);
    for (const qdx_entry *entry; (entry = qdx_filing_next(&walk));) {
        const qdx_filed_name *name = qdx_filing_names(s->gazetteer, entry);
        for (; name; name = name->next)
            if ((name->last_key == key || name->first_key == key) &&
                (!name->letters || (name->letters & letters)))
                compare_one(s, entry, name);
    }
}

/* Compares the name with all that are filed under its word `filing`, in the three ways to key it.
 */
static void compare_filed(search *s, size_t filing)
{
    const qdx_name_parts *asked = &s->asked;
    bool any = asked->count == 1 || has_equivalents(s->gazetteer, asked->words[0].folded);
    any |= filing + 1 != asked->count;
    uint32_t letters = any ? UINT32_MAX : qdx_filing_letters(asked);
    const char *romanized = asked->words[filing].romanized, *marked = asked->words[filing].marked;
    compare_under(s, romanized, letters);
    if (marked != romanized)
        compare_under(s, marked, letters);
    qdx_buffer_clear(&s->key);
    qdx_name_drop_marks(romanized, &s->key);
    qdx_buffer_append(&s->key, "", 1);
    if (!s->key.failed && strcmp(s->key.bytes, romanized) != 0)
        compare_under(s, s->key.bytes, letters);
}

static bool is_closer(const qdx_lookup_hit *a, const qdx_lookup_hit *b)
{
    if (a->distance < b->distance || a->distance > b->distance)
        return a->distance < b->distance;
    return a->relation != b->relation ? a->relation > b->relation : a->unanswered < b->unanswered;
}

/* Stable: closest first, order of listing kept. */
static void sort_hits(qdx_lookup_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        qdx_lookup_hit hit = hits[i];
        size_t j = i;
        for (; j > 0 && is_closer(&hit, &hits[j - 1]); j--)
            hits[j] = hits[j - 1];
        hits[j] = hit;
    }
}

qdx_status qdx_lookup_person(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                             qdx_lookup_hit hits[QDX_LOOKUP_HITS], size_t *count, qdx_error *error)
{
    search s = {.gazetteer = gazetteer, .hits = hits, .count = count};
    *count = 0;
    qdx_name_split(name, size, &s.storage, &s.asked);
    if (s.asked.count) {
        compare_filed(&s, s.asked.count - 1);
        if (s.asked.count > 1)
            compare_filed(&s, 0);
    }
    drop_forbidden(gazetteer, name, size, hits, count);
    sort_hits(hits, *count);
    bool failed = s.storage.failed || s.key.failed || s.other.failed;
    qdx_buffer_release(&s.storage);
    qdx_buffer_release(&s.key);
    qdx_buffer_release(&s.other);
    return failed ? qdx_error_memory(error) : QDX_OK;
}

static void keep_closest(qdx_lookup_hit hit, qdx_lookup_hit *hits, size_t *count)
{
    size_t i = 0, furthest = 0;
    for (; i < *count && hits[i].entity != hit.entity; i++)
        if (hits[i].distance > hits[furthest].distance)
            furthest = i;
    if (i < *count || *count == QDX_LOOKUP_HITS) {
        i = i < *count ? i : furthest;
        if (hit.distance < hits[i].distance)
            hits[i] = hit;
    } else {
        hits[(*count)++] = hit;
    }
}

/* Compares a name with all that are filed under a skeleton. */
static void compare_close(const qdx_gazetteer *gazetteer, const qdx_name_parts *asked, uint64_t key,
                          qdx_lookup_hit *hits, size_t *count)
{
    qdx_name_equivalence equivalence = {equivalent, gazetteer};
    qdx_filing_walk walk = qdx_filing_begin(gazetteer, key);
    for (const qdx_entry *entry; (entry = qdx_filing_next(&walk));) {
        const qdx_filed_name *name = qdx_filing_names(gazetteer, entry);
        for (; name; name = name->next) {
            qdx_name_parts parts;
            qdx_filed_name_parts(name, &parts);
            qdx_lookup_hit hit = {.entity = entry->number};
            hit.relation = qdx_name_compare_close(asked, &parts, &equivalence, &hit.distance);
            if (hit.relation != QDX_NAME_DIFFERENT)
                keep_closest(hit, hits, count);
        }
    }
}

qdx_status qdx_lookup_close(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                            qdx_lookup_hit hits[QDX_LOOKUP_HITS], size_t *count, qdx_error *error)
{
    qdx_buffer storage;
    qdx_buffer_init(&storage);
    qdx_name_parts asked;
    *count = 0;
    qdx_name_split(name, size, &storage, &asked);
    char probes[QDX_NAME_PROBES][QDX_SKELETON_SIZE];
    size_t probe_count = asked.count > 1 ? qdx_name_probe(&asked, probes) : 0;
    for (size_t i = 0; i < probe_count; i++)
        compare_close(gazetteer, &asked, qdx_filing_probe_key(probes[i]), hits, count);
    drop_forbidden(gazetteer, name, size, hits, count);
    sort_hits(hits, *count);
    bool failed = storage.failed;
    qdx_buffer_release(&storage);
    return failed ? qdx_error_memory(error) : QDX_OK;
}
