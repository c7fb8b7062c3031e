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

static const char *word_text(const phrase_maker *m, uint32_t offset)
{
    const char *text = qdx_lexicon_text(&m->gazetteer->lexicon, offset);
    return text ? text : "";
}

static uint32_t country_entry(const qdx_gazetteer *gazetteer, const char *code)
{
    for (size_t i = 0; i < gazetteer->countries.count; i++) {
        const qdx_entry *entry = qdx_store_entry(gazetteer, gazetteer->countries.items[i]);
        if (strcmp(entry->entity.country, code) == 0)
            return entry->number;
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
    const qdx_entity *entity = qdx_store_entity(gazetteer, number);
    bool ok = add_name_form(m, forms, entity->name);
    for (size_t i = 0; ok && i < entity->alias_count; i++)
        ok = add_name_form(m, forms, entity->aliases[i]);
    for (size_t d = 0; ok && d < gazetteer->words.demonyms.count; d++) {
        const qdx_demonym *demonym = &gazetteer->words.demonyms.items[d];
        if (demonym->adjective && qdx_store_demonym_place(gazetteer, (uint32_t)d) == number)
            ok = add_text(m, &forms->before, word_text(m, demonym->text));
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
    bool ok = add_text(m, names, office ? word_text(m, office->name) : name);
    for (size_t i = 0; ok && office && i < office->alias_count; i++)
        ok = add_text(m, names,
                      word_text(m, m->gazetteer->words.office_aliases.items[office->aliases + i]));
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
    const qdx_office *office =
        number == QDX_NO_OFFICE ? NULL : &gazetteer->words.offices.items[number];
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

/* Is this the place of the holders found so far? */
static bool is_same_place(const qdx_gazetteer *gazetteer, uint32_t office, uint32_t layer,
                          const qdx_qgz_tenancy *tenancy)
{
    const char *place =
        qdx_qgz_text(&gazetteer->layers[layer].image, QDX_QGZ_TEXT, tenancy->only_place);
    for (size_t i = 0; i < gazetteer->tenancies.count; i++) {
        const qdx_tenancy *other = &gazetteer->tenancies.items[i];
        if (other->office == office)
            return gazetteer->words.offices.items[office].holders == 1 &&
                   strcmp(qdx_qgz_text(&gazetteer->layers[other->layer].image, QDX_QGZ_TEXT,
                                       other->only_place),
                          place) == 0;
    }
    return true;
}

/* One office of one image: where its holders are, and whether they all held it in one place. */
static qdx_status add_tenancy(qdx_gazetteer *gazetteer, uint32_t layer,
                              const qdx_qgz_tenancy *tenancy, qdx_error *error)
{
    uint32_t number = qdx_store_office_hashed(gazetteer, tenancy->office);
    if (number == QDX_NO_OFFICE)
        return QDX_OK;
    qdx_office *office = &gazetteer->words.offices.items[number];
    office->holders =
        tenancy->places != 1 || !is_same_place(gazetteer, number, layer, tenancy) ? 2 : 1;
    qdx_tenancy kept = {number, layer, tenancy->first, tenancy->count, tenancy->only_place};
    return qdx_vector_push(&gazetteer->tenancies, kept) ? QDX_OK : qdx_error_memory(error);
}

qdx_status qdx_tenure_prepare(qdx_gazetteer *gazetteer, qdx_error *error)
{
    for (uint32_t l = 0; l < gazetteer->layer_count; l++) {
        const qdx_qgz *image = &gazetteer->layers[l].image;
        for (uint64_t i = 0; i < image->parts[QDX_QGZ_TENANCY].count; i++) {
            const qdx_qgz_tenancy *tenancy =
                qdx_qgz_record(image, QDX_QGZ_TENANCY, i, sizeof *tenancy);
            if (!gazetteer->layers[l].names || !tenancy)
                break;
            qdx_status status = add_tenancy(gazetteer, l, tenancy, error);
            if (status != QDX_OK)
                return status;
        }
    }
    return QDX_OK;
}

bool qdx_tenure_next_holder(qdx_holder_walk *walk, uint32_t *entity)
{
    const qdx_gazetteer *gazetteer = walk->gazetteer;
    for (; walk->tenancy < gazetteer->tenancies.count; walk->tenancy++, walk->i = 0) {
        const qdx_tenancy *tenancy = &gazetteer->tenancies.items[walk->tenancy];
        const qdx_layer *layer = &gazetteer->layers[tenancy->layer];
        if (tenancy->office != walk->office || walk->i >= tenancy->count)
            continue;
        const uint32_t *holder = qdx_qgz_record(&layer->image, QDX_QGZ_HOLDER,
                                                (uint64_t)tenancy->first + walk->i, sizeof *holder);
        if (!holder)
            continue;
        walk->i++;
        *entity = qdx_store_entry(gazetteer, layer->first + *holder)->number;
        return true;
    }
    return false;
}
