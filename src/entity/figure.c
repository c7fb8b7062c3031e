/* Figures. Listed ones are found by entry through a small hash table, unlisted ones by name. */
#include "entity/figure.h"

#include <string.h>

#include "entity/name_shape.h"
#include "entity/variant.h"
#include "gazetteer/lookup.h"
#include "text/fold.h"

void qdx_tagging_release(qdx_tagging *tagging)
{
    qdx_vector_release(&tagging->figures);
    qdx_vector_release(&tagging->tags);
    qdx_vector_release(&tagging->tag_of_token);
    qdx_vector_release(&tagging->shouting);
    qdx_vector_release(&tagging->openings);
    qdx_figure_index_release(&tagging->index);
    qdx_buffer_release(&tagging->scratch);
}

const char *qdx_figure_text(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    const qdx_token *tokens = tagging->text->tokens.items;
    size_t room = tokens[end - 1].end - tokens[first].start + 1;
    char *out = qdx_arena_alloc(tagging->arena, room + (end - first));
    if (!out)
        return NULL;
    size_t n = 0;
    for (uint32_t i = first; i < end; i++) {
        if (i > first && (tokens[i].flags & QDX_TOKEN_SPACE))
            out[n++] = ' ';
        size_t size = tokens[i].end - tokens[i].start;
        memcpy(out + n, tagging->text->bytes + tokens[i].start, size);
        n += size;
    }
    out[n] = '\0';
    return out;
}

static uint64_t hash_word(const char *word, size_t size)
{
    return qdx_fold_hash(word, size);
}

/* The surname in a person's name: the last word before Jr. or III, or the first of Chen Guangli. */
static uint32_t surname_token(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    uint32_t last = end - 1;
    if (qdx_name_shape_family_first(tagging, first, end))
        return first;
    for (uint32_t i = first; i < end; i++) {
        const qdx_token *t = qdx_tagging_token(tagging, i);
        bool suffix = i > first + 1 && (t->classes & QDX_WORD_SUFFIX);
        if (t->kind == QDX_TOKEN_WORD && !suffix)
            last = i;
    }
    return last;
}

static qdx_gender gender_of_given(const qdx_tagging *tagging, uint64_t given)
{
    if (!given)
        return QDX_GENDER_UNKNOWN;
    const qdx_lexicon *lexicon = &tagging->gazetteer->lexicon;
    uint32_t word = qdx_lexicon_find(lexicon, given);
    uint32_t classes = qdx_lexicon_at(lexicon, word)->classes;
    bool male = (classes & QDX_WORD_GIVEN_MALE) != 0,
         female = (classes & QDX_WORD_GIVEN_FEMALE) != 0;
    return male == female ? QDX_GENDER_UNKNOWN : male ? QDX_GENDER_MALE : QDX_GENDER_FEMALE;
}

/* Files a person under surname, sound and given name. */
static bool file_person(qdx_tagging *tagging, uint32_t number, uint64_t sound)
{
    qdx_figure_index *index = &tagging->index;
    qdx_figure *figure = &tagging->figures.items[number];
    if (figure->surname) {
        qdx_bearers *bearers = qdx_figure_index_bearers(index, figure->surname);
        if (!bearers)
            return false;
        bearers->count[figure->gender]++;
        if (bearers->first[figure->gender] == QDX_NONE)
            bearers->first[figure->gender] = number;
        if (figure->full_name && bearers->full[figure->gender] == QDX_NONE)
            bearers->full[figure->gender] = number;
    }
    if (sound && figure->full_name) {
        figure->next_sound = qdx_figure_index_find(index, QDX_KEY_SOUND, sound);
        if (!qdx_figure_index_put(index, QDX_KEY_SOUND, sound, number))
            return false;
    }
    if (!figure->given)
        return true;
    figure->next_given = qdx_figure_index_find(index, QDX_KEY_GIVEN, figure->given);
    return qdx_figure_index_put(index, QDX_KEY_GIVEN, figure->given, number);
}

static uint32_t push_figure(qdx_tagging *tagging, qdx_figure figure, uint64_t sound)
{
    uint32_t number = (uint32_t)tagging->figures.count;
    figure.next_sound = figure.next_given = QDX_NONE;
    figure.joined = number;
    if (!qdx_arena_push(tagging->arena, &tagging->figures, figure))
        return QDX_NONE;
    if (figure.entity.type == QDX_ENTITY_PERSON && !file_person(tagging, number, sound))
        return QDX_NONE;
    return number;
}

uint32_t qdx_figure_listed(qdx_tagging *tagging, uint32_t entry)
{
    uint32_t number = qdx_figure_index_find(&tagging->index, QDX_KEY_ENTRY, entry);
    if (number != QDX_NONE)
        return number;
    const qdx_entry *listed = qdx_store_entry(tagging->gazetteer, entry);
    qdx_figure figure = {
        .entity = listed->entity, .listed = entry, .gender = listed->entity.gender};
    if (figure.entity.type == QDX_ENTITY_PERSON) {
        figure.surname = listed->surname_hash;
        figure.given = listed->given_hash;
        figure.full_name = figure.given != 0;
        if (figure.gender == QDX_GENDER_UNKNOWN)
            figure.gender = gender_of_given(tagging, figure.given);
    }
    number = push_figure(tagging, figure, listed->sound_hash);
    if (number == QDX_NONE || !qdx_figure_index_put(&tagging->index, QDX_KEY_ENTRY, entry, number))
        return QDX_NONE;
    return number;
}

static qdx_figure_key key_of_type(qdx_entity_type type)
{
    static const qdx_figure_key keys[] = {[QDX_ENTITY_PERSON] = QDX_KEY_PERSON,
                                          [QDX_ENTITY_ORGANIZATION] = QDX_KEY_ORGANIZATION,
                                          [QDX_ENTITY_PLACE] = QDX_KEY_PLACE};
    return keys[type];
}

/*
 * Files a person under the words that are neither given name nor surname: Restrepo of Ana Restrepo
 * Gómez, and all behind a family name, since Nguyen Thi Huong goes by Huong.
 */
static bool file_middle(qdx_tagging *tagging, uint32_t number, uint32_t first, uint32_t end)
{
    uint32_t last = surname_token(tagging, first, end);
    for (uint32_t i = first + 1; i < (last > first ? last : end); i++) {
        const qdx_token *t = qdx_tagging_token(tagging, i);
        if (t->kind == QDX_TOKEN_WORD && (t->flags & QDX_TOKEN_CAPITAL) && t->end - t->start > 2 &&
            qdx_figure_index_find(&tagging->index, QDX_KEY_MIDDLE, t->hash) == QDX_NONE &&
            !qdx_figure_index_put(&tagging->index, QDX_KEY_MIDDLE, t->hash, number))
            return false;
    }
    return true;
}

/* Makes an unlisted figure. */
static uint32_t make_figure(qdx_tagging *tagging, qdx_entity_type type, const char *name,
                            uint32_t first, uint32_t end, uint64_t sound)
{
    qdx_buffer *slug = &tagging->scratch;
    qdx_buffer_clear(slug);
    qdx_store_slug(name, strlen(name), slug);
    const char *id =
        slug->failed ? NULL
                     : qdx_arena_copy(tagging->arena, slug->bytes ? slug->bytes : "", slug->size);
    if (!id)
        return QDX_NONE;
    qdx_figure figure = {.entity = {.id = id, .name = name, .type = type, .country = ""},
                         .listed = QDX_NONE};
    if (type == QDX_ENTITY_PERSON) {
        uint32_t last = surname_token(tagging, first, end);
        figure.surname = qdx_tagging_token(tagging, last)->hash;
        /* "van der Tolle" and "St. Tolle" are surnames */
        bool family_first = last == first && end > first + 1;
        figure.full_name =
            family_first || last > qdx_name_shape_after_particles(tagging, first, last + 1);
        uint32_t given = family_first ? first + 1 : first;
        figure.given = figure.full_name ? qdx_tagging_token(tagging, given)->hash : 0;
        figure.gender = gender_of_given(tagging, figure.given);
    }
    uint32_t number = push_figure(tagging, figure, sound);
    if (number != QDX_NONE && figure.full_name && !file_middle(tagging, number, first, end))
        return QDX_NONE;
    return number;
}

/*
 * The hash of an organization's name in its other order: "Fisheries Ministry" for "Ministry of
 * Fisheries" and back. 0 when it has none. Names of two words, "of" and "the" apart.
 */
static uint64_t swapped_hash(const char *name, qdx_buffer *swapped)
{
    const char *blank = strchr(name, ' ');
    bool of = blank && strncmp(blank, " of ", 4) == 0;
    const char *rest = !blank ? "" : of ? blank + 4 : blank + 1;
    if (of && strncmp(rest, "the ", 4) == 0)
        rest += 4;
    if (!*rest || strchr(rest, ' '))
        return 0;
    qdx_buffer_clear(swapped);
    qdx_buffer_text(swapped, rest);
    qdx_buffer_text(swapped, of ? " " : " of ");
    qdx_buffer_append(swapped, name, (size_t)(blank - name));
    return swapped->size && !swapped->failed ? hash_word(swapped->bytes, swapped->size) : 0;
}

/* Files an organization under the other order of its name too; false without memory. */
static bool file_swapped(qdx_tagging *tagging, const char *name, uint32_t number)
{
    uint64_t hash = swapped_hash(name, &tagging->scratch);
    return !hash ||
           qdx_figure_index_find(&tagging->index, QDX_KEY_ORGANIZATION, hash) != QDX_NONE ||
           qdx_figure_index_put(&tagging->index, QDX_KEY_ORGANIZATION, hash, number);
}

uint32_t qdx_figure_named(qdx_tagging *tagging, qdx_entity_type type, uint32_t first, uint32_t end)
{
    const char *name = qdx_figure_text(tagging, first, end);
    if (!name)
        return QDX_NONE;
    uint64_t hash = hash_word(name, strlen(name));
    uint32_t number = qdx_figure_index_find(&tagging->index, key_of_type(type), hash);
    if (number != QDX_NONE)
        return tagging->figures.items[number].joined;
    uint64_t sound = 0;
    if (type == QDX_ENTITY_PERSON && end - first > 1) {
        const qdx_token *last = qdx_tagging_token(tagging, surname_token(tagging, first, end));
        sound = qdx_variant_sound(tagging->text->bytes + last->start, last->end - last->start);
        number = qdx_variant_find(tagging, name, sound, QDX_NONE, false);
    }
    if (number == QDX_NONE)
        number = make_figure(tagging, type, name, first, end, sound);
    if (number == QDX_NONE ||
        !qdx_figure_index_put(&tagging->index, key_of_type(type), hash, number) ||
        (type == QDX_ENTITY_ORGANIZATION && !file_swapped(tagging, name, number)))
        return QDX_NONE;
    return number;
}

/*
 * The listed person a full name means, or QDX_NONE: the closest with all its words; else, when the
 * document has nobody it fits, the only one whom its initials fit.
 */
static uint32_t listed_person(const qdx_tagging *tagging, const qdx_lookup_hit *hits, size_t count,
                              uint32_t first, uint32_t end)
{
    if (count && hits[0].relation >= QDX_NAME_SUBSET)
        return hits[0].entity;
    size_t fitting = 0;
    while (fitting < count && hits[fitting].relation == QDX_NAME_INITIALS)
        fitting++;
    if (fitting != 1)
        return QDX_NONE;
    const qdx_token *last = qdx_tagging_token(tagging, surname_token(tagging, first, end));
    const char *name = qdx_figure_text(tagging, first, end);
    uint64_t sound = qdx_variant_sound(tagging->text->bytes + last->start, last->end - last->start);
    bool known = !name || qdx_variant_find(tagging, name, sound, QDX_NONE, true) != QDX_NONE;
    return known ? QDX_NONE : hits[0].entity;
}

qdx_status qdx_figure_of_person(qdx_tagging *tagging, uint32_t first, uint32_t end,
                                uint32_t *figure, const char **rule, qdx_error *error)
{
    const qdx_token *tokens = tagging->text->tokens.items;
    const char *bytes = tagging->text->bytes + tokens[first].start;
    size_t size = tokens[end - 1].end - tokens[first].start;
    uint64_t hash = hash_word(bytes, size);
    *figure = qdx_figure_index_find(&tagging->index, QDX_KEY_PERSON, hash);
    if (*figure == QDX_NONE) {
        qdx_lookup_hit hits[QDX_LOOKUP_HITS];
        size_t count;
        qdx_status status = qdx_lookup_person(tagging->gazetteer, bytes, size, hits, &count, error);
        if (status != QDX_OK)
            return status;
        uint32_t entry = listed_person(tagging, hits, count, first, end);
        *figure = entry != QDX_NONE ? qdx_figure_listed(tagging, entry)
                                    : qdx_figure_named(tagging, QDX_ENTITY_PERSON, first, end);
        if (*figure == QDX_NONE ||
            !qdx_figure_index_put(&tagging->index, QDX_KEY_PERSON, hash, *figure))
            return qdx_error_memory(error);
    }
    if (tagging->figures.items[*figure].listed != QDX_NONE)
        *rule = "variant";
    return QDX_OK;
}

void qdx_figure_set_gender(qdx_tagging *tagging, uint32_t number, qdx_gender gender)
{
    qdx_figure *figure = &tagging->figures.items[number];
    if (figure->gender == gender)
        return;
    uint32_t record = qdx_figure_index_find(&tagging->index, QDX_KEY_SURNAME, figure->surname);
    if (figure->entity.type == QDX_ENTITY_PERSON && record != QDX_NONE) {
        qdx_bearers *bearers = &tagging->index.bearers.items[record];
        unsigned from = figure->gender, to = gender;
        bearers->count[from]--;
        bearers->count[to]++;
        if (bearers->first[from] == number)
            bearers->first[from] = QDX_NONE;
        if (number < bearers->first[to])
            bearers->first[to] = number;
        if (bearers->full[from] == number)
            bearers->full[from] = QDX_NONE;
        if (figure->full_name && number < bearers->full[to])
            bearers->full[to] = number;
        if (bearers->recent[from] == number) {
            bearers->recent[from] = QDX_NONE;
            bearers->recent[to] = number;
            bearers->recent_at[to] = bearers->recent_at[from];
        }
    }
    figure->gender = gender;
}

void qdx_figure_mentioned(qdx_tagging *tagging, uint32_t number, uint32_t token)
{
    const qdx_figure *figure = &tagging->figures.items[number];
    if (figure->entity.type != QDX_ENTITY_PERSON)
        return;
    uint32_t record = qdx_figure_index_find(&tagging->index, QDX_KEY_SURNAME, figure->surname);
    if (record == QDX_NONE)
        return;
    qdx_bearers *bearers = &tagging->index.bearers.items[record];
    bearers->recent[figure->gender] = number;
    bearers->recent_at[figure->gender] = token;
}

void qdx_figure_note_office(qdx_figure *figure, uint32_t office)
{
    for (uint8_t i = 0; i < figure->office_count; i++)
        if (figure->offices[i] == office)
            return;
    if (figure->office_count < QDX_FIGURE_ROLES)
        figure->offices[figure->office_count++] = office;
}

void qdx_figure_note_role(qdx_figure *figure, uint32_t word)
{
    for (uint8_t i = 0; i < figure->role_count; i++)
        if (figure->roles[i] == word)
            return;
    if (figure->role_count < QDX_FIGURE_ROLES)
        figure->roles[figure->role_count++] = word;
}

static int compare_dates(qdx_date a, qdx_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month && b.month && a.month != b.month)
        return a.month < b.month ? -1 : 1;
    if (a.month && b.month && a.day && b.day && a.day != b.day)
        return a.day < b.day ? -1 : 1;
    return 0;
}

bool qdx_figure_held(const qdx_entity *entity, const char *office, const char *country,
                     qdx_date date)
{
    for (size_t i = 0; i < entity->tenure_count; i++) {
        const qdx_tenure *tenure = &entity->tenures[i];
        if (strcmp(tenure->office, office) != 0 ||
            (*country && strcmp(tenure->country, country) != 0))
            continue;
        if (!date.year)
            return true;
        if ((!tenure->from.year || compare_dates(tenure->from, date) <= 0) &&
            (!tenure->to.year || compare_dates(date, tenure->to) <= 0))
            return true;
    }
    return false;
}
