/*
 * Tenures: how queries ask for the holder of an office. Phrases are put together from the names of
 * the office and those of its country or organization, for the tenures that articles mention only:
 * a gazetteer has thousands, an article a handful.
 */
#include "gazetteer/tenure.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"

/* A folded text. */
typedef struct text {
    const char *bytes;
    size_t size;
} text;

typedef QDX_VECTOR(text) text_list;

/* How a country or an organization is written before and after "of". */
typedef struct place_forms {
    uint32_t place;   /* entity */
    text_list before; /* "russian", "u.s." */
    text_list after;  /* "russia" */
} place_forms;

struct qdx_tenure_namer {
    const qdx_gazetteer *gazetteer;
    qdx_arena arena;
    qdx_buffer scratch;
    text_list offices;                 /* names of one office */
    QDX_VECTOR(place_forms) forms;     /* of the places met so far */
    QDX_VECTOR(uint32_t) adjective_of; /* for each demonym the place, UINT32_MAX for a noun's */
};

qdx_tenure_namer *qdx_tenure_namer_new(const qdx_gazetteer *gazetteer)
{
    qdx_tenure_namer *namer = calloc(1, sizeof *namer);
    if (namer)
        namer->gazetteer = gazetteer;
    return namer;
}

void qdx_tenure_namer_free(qdx_tenure_namer *namer)
{
    if (!namer)
        return;
    for (size_t i = 0; i < namer->forms.count; i++) {
        qdx_vector_release(&namer->forms.items[i].before);
        qdx_vector_release(&namer->forms.items[i].after);
    }
    qdx_vector_release(&namer->forms);
    qdx_vector_release(&namer->offices);
    qdx_vector_release(&namer->adjective_of);
    qdx_buffer_release(&namer->scratch);
    qdx_arena_release(&namer->arena);
    free(namer);
}

/* Adds the folded form of a text to a list. */
static bool add_text(qdx_tenure_namer *n, text_list *list, const char *bytes)
{
    qdx_buffer_clear(&n->scratch);
    qdx_fold(bytes, strlen(bytes), &n->scratch);
    size_t size = n->scratch.size;
    char *copy =
        n->scratch.failed ? NULL : qdx_arena_copy(&n->arena, size ? n->scratch.bytes : "", size);
    text added = {copy, size};
    return copy && qdx_vector_push(list, added);
}

static const char *word_text(const qdx_tenure_namer *n, uint32_t offset)
{
    const char *bytes = qdx_lexicon_text(&n->gazetteer->lexicon, offset);
    return bytes ? bytes : "";
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

/* Which places have which adjectives: asked for at the first tenure. */
static bool find_adjectives(qdx_tenure_namer *n)
{
    const qdx_gazetteer *gazetteer = n->gazetteer;
    for (size_t d = n->adjective_of.count; d < gazetteer->words.demonyms.count; d++) {
        uint32_t place = gazetteer->words.demonyms.items[d].adjective
                             ? qdx_store_demonym_place(gazetteer, (uint32_t)d)
                             : UINT32_MAX;
        if (!qdx_vector_push(&n->adjective_of, place))
            return false;
    }
    return true;
}

/* A name stands on both sides: "Russia foreign minister", "foreign minister of Russia". */
static bool add_name_form(qdx_tenure_namer *n, place_forms *forms, const char *name)
{
    return add_text(n, &forms->after, name) &&
           qdx_vector_push(&forms->before, forms->after.items[forms->after.count - 1]);
}

static bool collect_forms(qdx_tenure_namer *n, place_forms *forms)
{
    const qdx_entity *entity = qdx_store_entity(n->gazetteer, forms->place);
    bool ok = find_adjectives(n) && add_name_form(n, forms, entity->name);
    for (size_t i = 0; ok && i < entity->alias_count; i++)
        ok = add_name_form(n, forms, entity->aliases[i]);
    for (size_t d = 0; ok && d < n->adjective_of.count; d++)
        if (n->adjective_of.items[d] == forms->place)
            ok = add_text(n, &forms->before,
                          word_text(n, n->gazetteer->words.demonyms.items[d].text));
    return ok;
}

/* The forms of a place, by their number: they move as more are met. False without memory. */
static bool find_forms(qdx_tenure_namer *n, uint32_t place, size_t *number)
{
    for (*number = 0; *number < n->forms.count; ++*number)
        if (n->forms.items[*number].place == place)
            return true;
    place_forms forms = {.place = place};
    if (collect_forms(n, &forms) && qdx_vector_push(&n->forms, forms))
        return true;
    qdx_vector_release(&forms.before);
    qdx_vector_release(&forms.after);
    return false;
}

static bool collect_offices(qdx_tenure_namer *n, const qdx_office *office, const char *name)
{
    qdx_vector_clear(&n->offices);
    bool ok = add_text(n, &n->offices, office ? word_text(n, office->name) : name);
    for (size_t i = 0; ok && office && i < office->alias_count; i++)
        ok = add_text(n, &n->offices,
                      word_text(n, n->gazetteer->words.office_aliases.items[office->aliases + i]));
    return ok;
}

/* Appends a, link and b as one terminated phrase. */
static size_t append_phrase(qdx_buffer *out, text a, const char *link, text b)
{
    size_t between = strlen(link), size = a.size + between + b.size + 1;
    if (!qdx_buffer_reserve(out, size))
        return 0;
    char *to = out->bytes + out->size;
    memcpy(to, a.bytes, a.size);
    memcpy(to + a.size, link, between);
    memcpy(to + a.size + between, b.bytes, b.size + 1);
    out->size += size;
    out->bytes[out->size] = '\0';
    return 1;
}

/* Is it none of the long forms ("minister of fisheries")? Those are seldom asked for alone. */
static bool is_short(text office)
{
    static const char *const links[] = {" of ", " for "};
    for (size_t l = 0; l < sizeof links / sizeof links[0]; l++) {
        size_t size = strlen(links[l]);
        for (size_t i = 0; i + size <= office.size; i++)
            if (memcmp(office.bytes + i, links[l], size) == 0)
                return false;
    }
    return true;
}

/* Appends the phrases of all names of the office with all of a place; returns how many. */
static size_t append_forms(qdx_tenure_namer *n, const place_forms *forms)
{
    size_t count = 0;
    for (size_t o = 0; o < n->offices.count; o++) {
        text office = n->offices.items[o];
        for (size_t i = 0; i < forms->before.count; i++)
            count += append_phrase(&n->scratch, forms->before.items[i], " ", office);
        for (size_t i = 0; i < forms->after.count; i++)
            count += append_phrase(&n->scratch, office, " of ", forms->after.items[i]);
    }
    return count;
}

/* Gives a tenure the `count` terminated phrases in scratch. */
static bool keep_phrases(qdx_tenure_namer *n, qdx_tenure *tenure, size_t count)
{
    const char **array = qdx_arena_array(&n->arena, count, sizeof *array);
    const char *bytes = n->scratch.failed ? NULL
                                          : qdx_arena_copy(&n->arena, count ? n->scratch.bytes : "",
                                                           n->scratch.size);
    if (!array || !bytes)
        return false;
    for (size_t i = 0; i < count; i++, bytes += strlen(bytes) + 1)
        array[i] = bytes;
    tenure->phrases = array;
    tenure->phrase_count = count;
    return true;
}

/* Fills a tenure's phrases: every name of the office with every name of its place. */
static bool name_tenure(qdx_tenure_namer *n, qdx_tenure *tenure)
{
    const qdx_gazetteer *gazetteer = n->gazetteer;
    static const text nothing = {"", 0};
    uint32_t owner =
        *tenure->organization ? qdx_store_find(gazetteer, tenure->organization) : UINT32_MAX;
    uint32_t number = qdx_store_office(gazetteer, tenure->office);
    const qdx_office *office =
        number == QDX_NO_OFFICE ? NULL : &gazetteer->words.offices.items[number];
    /* The president of a reserve bank is no US president; the governor of one is "Japan's". */
    bool of_country = owner == UINT32_MAX || (office && office->of_organization);
    uint32_t country =
        *tenure->country && of_country ? country_entry(gazetteer, tenure->country) : UINT32_MAX;
    size_t of_owner = 0, of_place = 0, count = 0;
    if ((owner != UINT32_MAX && !find_forms(n, owner, &of_owner)) ||
        (country != UINT32_MAX && !find_forms(n, country, &of_place)) ||
        !collect_offices(n, office, tenure->office))
        return false;
    qdx_buffer_clear(&n->scratch);
    for (size_t i = 0; i < n->offices.count; i++)
        if (is_short(n->offices.items[i]))
            count += append_phrase(&n->scratch, n->offices.items[i], "", nothing);
    if (owner != UINT32_MAX)
        count += append_forms(n, &n->forms.items[of_owner]);
    if (country != UINT32_MAX)
        count += append_forms(n, &n->forms.items[of_place]);
    return keep_phrases(n, tenure, count);
}

const qdx_tenure *qdx_tenure_namer_name(qdx_tenure_namer *namer, const qdx_entity *entity)
{
    qdx_tenure *tenures = qdx_arena_array(&namer->arena, entity->tenure_count, sizeof *tenures);
    for (size_t i = 0; tenures && i < entity->tenure_count; i++) {
        tenures[i] = entity->tenures[i];
        if (!name_tenure(namer, &tenures[i]))
            return NULL;
    }
    return tenures;
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
