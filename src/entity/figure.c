/* Figures. Listed ones are found by entry through a small hash table, unlisted ones by name. */
#include "entity/figure.h"

#include <string.h>

#include "gazetteer/lookup.h"
#include "text/fold.h"
#include "text/name_key.h"

void qdx_tagging_release(qdx_tagging *tagging)
{
    qdx_vector_release(&tagging->figures);
    qdx_vector_release(&tagging->tags);
    qdx_vector_release(&tagging->tag_of_token);
    qdx_vector_release(&tagging->shouting);
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

static uint64_t hash_word(const char *word)
{
    return qdx_fold_hash(word, strlen(word));
}

/* Surname and given name of a person's name, for later short mentions. */
static bool set_name_hashes(qdx_figure *figure, const char *name, const char *surname)
{
    qdx_buffer storage;
    qdx_buffer_init(&storage);
    qdx_name_parts parts;
    qdx_name_split(name, strlen(name), &storage, &parts);
    bool ok = !storage.failed;
    if (ok && parts.count) {
        figure->surname = hash_word(parts.words[parts.count - 1].folded);
        figure->given = parts.count > 1 ? hash_word(parts.words[0].folded) : 0;
        figure->full_name = parts.count > 1;
        if (surname && parts.count > 1) {
            figure->given = hash_word(parts.words[parts.count - 1].folded);
            qdx_name_split(surname, strlen(surname), &storage, &parts);
            if (parts.count)
                figure->surname = hash_word(parts.words[parts.count - 1].folded);
        }
    }
    qdx_buffer_release(&storage);
    return ok;
}

static qdx_gender gender_of_given(const qdx_tagging *tagging, uint64_t given)
{
    if (!given)
        return QDX_GENDER_UNKNOWN;
    const qdx_lexicon *lexicon = &tagging->gazetteer->lexicon;
    uint32_t word = qdx_lexicon_find(lexicon, given);
    uint32_t classes = lexicon->words.items[word].classes;
    bool male = (classes & QDX_WORD_GIVEN_MALE) != 0, female = (classes & QDX_WORD_GIVEN_FEMALE) != 0;
    return male == female ? QDX_GENDER_UNKNOWN : male ? QDX_GENDER_MALE : QDX_GENDER_FEMALE;
}

static uint32_t push_figure(qdx_tagging *tagging, qdx_figure figure)
{
    uint32_t number = (uint32_t)tagging->figures.count;
    return qdx_vector_push(&tagging->figures, figure) ? number : QDX_NONE;
}

uint32_t qdx_figure_listed(qdx_tagging *tagging, uint32_t entry)
{
    for (size_t i = 0; i < tagging->figures.count; i++)
        if (tagging->figures.items[i].listed == entry)
            return (uint32_t)i;
    const qdx_entry *listed = &tagging->gazetteer->entries.items[entry];
    qdx_figure figure = {
        .entity = listed->entity, .listed = entry, .gender = listed->entity.gender};
    if (figure.entity.type == QDX_ENTITY_PERSON) {
        if (!set_name_hashes(&figure, figure.entity.name, listed->surname))
            return QDX_NONE;
        if (figure.gender == QDX_GENDER_UNKNOWN)
            figure.gender = gender_of_given(tagging, figure.given);
    }
    return push_figure(tagging, figure);
}

/* An unlisted figure whose name says the same person, organization or place. */
static uint32_t find_same_name(qdx_tagging *tagging, qdx_entity_type type, const char *name)
{
    uint64_t hash = hash_word(name);
    for (size_t i = 0; i < tagging->figures.count; i++) {
        const qdx_figure *figure = &tagging->figures.items[i];
        if (figure->entity.type == type && hash_word(figure->entity.name) == hash)
            return (uint32_t)i;
    }
    if (type != QDX_ENTITY_PERSON)
        return QDX_NONE;
    qdx_buffer mine, other;
    qdx_buffer_init(&mine);
    qdx_buffer_init(&other);
    qdx_name_parts a, b;
    uint32_t best = QDX_NONE;
    qdx_name_split(name, strlen(name), &mine, &a);
    for (size_t i = 0; a.count > 1 && i < tagging->figures.count; i++) {
        const qdx_figure *figure = &tagging->figures.items[i];
        if (figure->entity.type != type || !figure->full_name)
            continue;
        qdx_name_split(figure->entity.name, strlen(figure->entity.name), &other, &b);
        if (qdx_name_compare(&a, &b) >= QDX_NAME_INITIALS)
            best = (uint32_t)i;
    }
    qdx_buffer_release(&mine);
    qdx_buffer_release(&other);
    return best;
}

uint32_t qdx_figure_named(qdx_tagging *tagging, qdx_entity_type type, uint32_t first, uint32_t end)
{
    const char *name = qdx_figure_text(tagging, first, end);
    if (!name)
        return QDX_NONE;
    uint32_t number = find_same_name(tagging, type, name);
    if (number != QDX_NONE)
        return number;
    qdx_buffer slug;
    qdx_buffer_init(&slug);
    qdx_store_slug(name, strlen(name), &slug);
    const char *id = slug.failed ? NULL : qdx_arena_copy(tagging->arena, slug.bytes ? slug.bytes : "", slug.size);
    qdx_buffer_release(&slug);
    if (!id)
        return QDX_NONE;
    qdx_figure figure = {
        .entity = {.id = id, .name = name, .type = type, .country = ""}, .listed = QDX_NONE};
    if (type == QDX_ENTITY_PERSON) {
        if (!set_name_hashes(&figure, name, NULL))
            return QDX_NONE;
        figure.gender = gender_of_given(tagging, figure.given);
    }
    return push_figure(tagging, figure);
}

qdx_status qdx_figure_find_person(const qdx_tagging *tagging, uint32_t first, uint32_t end,
                                  uint32_t *entry, qdx_error *error)
{
    *entry = QDX_NONE;
    const qdx_token *tokens = tagging->text->tokens.items;
    qdx_lookup_hit hits[QDX_LOOKUP_HITS];
    size_t count;
    qdx_status status =
        qdx_lookup_person(tagging->gazetteer, tagging->text->bytes + tokens[first].start,
                          tokens[end - 1].end - tokens[first].start, hits, &count, error);
    if (status == QDX_OK && count && hits[0].relation >= QDX_NAME_SUBSET)
        *entry = hits[0].entity;
    return status;
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
