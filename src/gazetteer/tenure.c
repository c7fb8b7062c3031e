/*
 * Tenures: how queries ask for the holder of an office. Phrases are put together from the names of
 * the office and those of its country or organization, for the tenures that articles mention only:
 * a gazetteer has thousands, an article a handful.
 */
#include "gazetteer/tenure.h"

#include <string.h>

#include "text/fold.h"

typedef QDX_VECTOR(const char *) text_list;

/* How the country or organization of a tenure is written before and after "of". */
typedef struct place_forms {
    text_list before; /* "russian", "u.s." */
    text_list after;  /* "russia" */
} place_forms;

/* What making phrases works with. */
typedef struct phrase_maker {
    const qdx_gazetteer *gazetteer;
    qdx_arena *arena;
    qdx_buffer scratch;
} phrase_maker;

/* Adds the folded form of a text to a list. */
static bool add_text(phrase_maker *m, text_list *list, const char *text)
{
    qdx_buffer_clear(&m->scratch);
    qdx_fold(text, strlen(text), &m->scratch);
    char *copy =
        m->scratch.failed
            ? NULL
            : qdx_arena_copy(m->arena, m->scratch.size ? m->scratch.bytes : "", m->scratch.size);
    return copy && qdx_vector_push(list, copy);
}

static uint32_t country_entry(const qdx_gazetteer *gazetteer, const char *code)
{
    for (size_t i = 0; i < gazetteer->countries.count; i++) {
        const qdx_entry *entry = &gazetteer->entries.items[gazetteer->countries.items[i]];
        if (strcmp(entry->entity.country, code) == 0)
            return gazetteer->countries.items[i];
    }
    return UINT32_MAX;
}

/* A name stands on both sides: "Russia foreign minister", "foreign minister of Russia". */
static bool add_name_form(phrase_maker *m, place_forms *forms, const char *name)
{
    return add_text(m, &forms->after, name) &&
           qdx_vector_push(&forms->before, forms->after.items[forms->after.count - 1]);
}

static bool collect_forms(phrase_maker *m, uint32_t number, place_forms *forms)
{
    const qdx_gazetteer *gazetteer = m->gazetteer;
    const qdx_entry *entry = &gazetteer->entries.items[number];
    bool ok = add_name_form(m, forms, entry->entity.name);
    for (size_t i = 0; ok && i < entry->aliases.count; i++)
        ok = add_name_form(m, forms, entry->aliases.items[i]);
    for (size_t d = 0; ok && d < gazetteer->demonyms.count; d++) {
        const qdx_demonym *demonym = &gazetteer->demonyms.items[d];
        if (demonym->place == number && demonym->adjective)
            ok = add_text(m, &forms->before, demonym->text);
    }
    return ok;
}

/* Appends a, link and b as one terminated phrase. */
static size_t append_phrase(qdx_buffer *out, const char *a, const char *link, const char *b)
{
    qdx_buffer_text(out, a);
    qdx_buffer_text(out, link);
    qdx_buffer_append(out, b, strlen(b) + 1);
    return 1;
}

/* Appends the phrases for one name of an office; returns how many. */
static size_t append_office_forms(qdx_buffer *out, const char *office, const place_forms *forms,
                                  bool alone)
{
    size_t count = alone ? append_phrase(out, office, "", "") : 0;
    for (size_t i = 0; i < forms->before.count; i++)
        count += append_phrase(out, forms->before.items[i], " ", office);
    for (size_t i = 0; i < forms->after.count; i++)
        count += append_phrase(out, office, " of ", forms->after.items[i]);
    return count;
}

/* Gives a tenure the `count` terminated phrases in scratch, copied into the arena. */
static bool keep_phrases(phrase_maker *m, qdx_tenure *tenure, size_t count)
{
    const char **array = qdx_arena_array(m->arena, count, sizeof *array);
    const char *text = m->scratch.failed ? NULL
                                         : qdx_arena_copy(m->arena, count ? m->scratch.bytes : "",
                                                          m->scratch.size);
    if (!array || !text)
        return false;
    for (size_t i = 0; i < count; i++, text += strlen(text) + 1)
        array[i] = text;
    tenure->phrases = array;
    tenure->phrase_count = count;
    return true;
}

static bool collect_offices(phrase_maker *m, const qdx_office *office, const char *name,
                            text_list *names)
{
    bool ok = add_text(m, names, office ? office->name : name);
    for (size_t i = 0; ok && office && i < office->alias_count; i++)
        ok = add_text(m, names, office->aliases[i]);
    return ok;
}

qdx_status qdx_tenure_name(const qdx_gazetteer *gazetteer, qdx_tenure *tenure, qdx_arena *arena,
                           qdx_error *error)
{
    phrase_maker m = {.gazetteer = gazetteer, .arena = arena};
    place_forms forms = {{0}, {0}};
    text_list names = {0};
    uint32_t owner =
        *tenure->organization ? qdx_store_find(gazetteer, tenure->organization) : UINT32_MAX;
    uint32_t number = qdx_store_office(gazetteer, tenure->office);
    const qdx_office *office = number == QDX_NO_OFFICE ? NULL : &gazetteer->offices.items[number];
    /* The president of a reserve bank is no US president; the governor of one is "Japan's". */
    bool of_country = owner == UINT32_MAX || (office && office->of_organization);
    uint32_t country =
        *tenure->country && of_country ? country_entry(gazetteer, tenure->country) : UINT32_MAX;
    bool ok = (owner == UINT32_MAX || collect_forms(&m, owner, &forms)) &&
              (country == UINT32_MAX || collect_forms(&m, country, &forms)) &&
              collect_offices(&m, office, tenure->office, &names);
    size_t count = 0;
    qdx_buffer_clear(&m.scratch);
    for (size_t i = 0; ok && i < names.count; i++)
        count +=
            append_office_forms(&m.scratch, names.items[i], &forms, office && office->holders == 1);
    ok = ok && keep_phrases(&m, tenure, count);
    qdx_buffer_release(&m.scratch);
    qdx_vector_release(&forms.before);
    qdx_vector_release(&forms.after);
    qdx_vector_release(&names);
    return ok ? QDX_OK : qdx_error_memory(error);
}

/* Counts the countries or organizations in which each office has a listed holder. */
static void count_holders(qdx_gazetteer *gazetteer)
{
    for (size_t e = 0; e < gazetteer->entries.count; e++) {
        const qdx_entry *entry = &gazetteer->entries.items[e];
        for (size_t t = 0; t < entry->tenures.count; t++) {
            const qdx_tenure *tenure = &entry->tenures.items[t];
            uint32_t number = qdx_store_office(gazetteer, tenure->office);
            if (number == QDX_NO_OFFICE)
                continue;
            qdx_office *office = &gazetteer->offices.items[number];
            const char *place = *tenure->organization ? tenure->organization : tenure->country;
            if (!office->holders) {
                office->holders = 1;
                office->only_place = place;
            } else if (strcmp(office->only_place, place) != 0) {
                office->holders = 2;
            }
        }
    }
}

/* An office of a city or a state is not the country's: the mayor of Paris is no French mayor. */
static void part_from_country(qdx_gazetteer *gazetteer, qdx_tenure *tenure)
{
    uint32_t place =
        *tenure->organization ? qdx_store_find(gazetteer, tenure->organization) : UINT32_MAX;
    if (place != UINT32_MAX && gazetteer->entries.items[place].entity.type == QDX_ENTITY_PLACE)
        tenure->country = "";
}

void qdx_tenure_prepare(qdx_gazetteer *gazetteer)
{
    for (size_t e = 0; e < gazetteer->entries.count; e++)
        for (size_t t = 0; t < gazetteer->entries.items[e].tenures.count; t++)
            part_from_country(gazetteer, &gazetteer->entries.items[e].tenures.items[t]);
    count_holders(gazetteer);
}
