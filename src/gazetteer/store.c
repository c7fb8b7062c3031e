/*
 * The entities of a gazetteer by id, its offices by name, and the phrases by which queries know the
 * holder of an office.
 */
#include "gazetteer/store.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/table_hash.h"
#include "text/fold.h"

struct qdx_id_link {
    const char *id; /* the entry's */
    uint32_t entry;
    UT_hash_handle hh;
};

uint32_t qdx_store_find(const qdx_gazetteer *gazetteer, const char *id)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    struct qdx_id_link *link = NULL;
    HASH_FIND(hh, gazetteer->ids, id, strlen(id), link);
    return link ? link->entry : UINT32_MAX;
}

uint32_t qdx_store_add(qdx_gazetteer *gazetteer, const char *id)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    uint32_t number = qdx_store_find(gazetteer, id);
    if (number != UINT32_MAX)
        return number;
    struct qdx_id_link *link = qdx_arena_alloc(&gazetteer->arena, sizeof *link);
    char *copy = qdx_arena_copy(&gazetteer->arena, id, strlen(id));
    qdx_entry entry = {.entity = {.id = copy, .listed = true, .country = ""}, .kind = ""};
    number = (uint32_t)gazetteer->entries.count;
    if (!link || !copy || !qdx_vector_push(&gazetteer->entries, entry))
        return UINT32_MAX;
    memset(link, 0, sizeof *link);
    link->id = copy;
    link->entry = number;
    HASH_ADD_KEYPTR(hh, gazetteer->ids, link->id, strlen(link->id), link);
    if (!link->hh.tbl) {
        gazetteer->entries.count--;
        return UINT32_MAX;
    }
    return number;
}

struct qdx_office_link {
    uint64_t name; /* fold hash */
    uint32_t office;
    UT_hash_handle hh;
};

static struct qdx_office_link *find_office(const qdx_gazetteer *gazetteer, uint64_t name)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    struct qdx_office_link *link = NULL;
    HASH_FIND(hh, gazetteer->office_names, &name, sizeof name, link);
    return link;
}

uint32_t qdx_store_office(const qdx_gazetteer *gazetteer, const char *name)
{
    struct qdx_office_link *link = find_office(gazetteer, qdx_fold_hash(name, strlen(name)));
    return link ? link->office : QDX_NO_OFFICE;
}

bool qdx_store_name_office(qdx_gazetteer *gazetteer, const char *name, size_t size, uint32_t office)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    uint64_t hash = qdx_fold_hash(name, size);
    if (find_office(gazetteer, hash))
        return true;
    struct qdx_office_link *link = qdx_arena_alloc(&gazetteer->arena, sizeof *link);
    if (!link)
        return false;
    memset(link, 0, sizeof *link);
    link->name = hash;
    link->office = office;
    HASH_ADD(hh, gazetteer->office_names, name, sizeof link->name, link);
    return link->hh.tbl != NULL;
}

void qdx_store_release_tables(qdx_gazetteer *gazetteer)
{
    HASH_CLEAR(hh, gazetteer->ids);
    HASH_CLEAR(hh, gazetteer->office_names);
}

void qdx_store_slug(const char *name, size_t size, qdx_buffer *out)
{
    qdx_buffer folded;
    qdx_buffer_init(&folded);
    qdx_fold(name, size, &folded);
    size_t begin = out->size;
    bool gap = false;
    for (size_t i = 0; i < folded.size; i++) {
        unsigned char c = (unsigned char)folded.bytes[i];
        bool word = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (word && gap && out->size > begin)
            qdx_buffer_byte(out, '-');
        if (word)
            qdx_buffer_byte(out, (char)c);
        if (c != '\'' && c != '.')
            gap = !word;
    }
    out->failed |= folded.failed;
    qdx_buffer_release(&folded);
}

/* --- phrases of tenures ------------------------------------------------------------------- */

typedef QDX_VECTOR(const char *) text_list;

/* How the country or organization of a tenure is written before and after "of". */
typedef struct place_forms {
    text_list before; /* "russian", "u.s." */
    text_list after;  /* "russia" */
} place_forms;

/* Adds the folded form of a text to a list. */
static bool add_text(qdx_gazetteer *gazetteer, text_list *list, const char *text)
{
    qdx_buffer *folded = &gazetteer->scratch;
    qdx_buffer_clear(folded);
    qdx_fold(text, strlen(text), folded);
    char *copy = folded->failed ? NULL
                                : qdx_arena_copy(&gazetteer->arena,
                                                 folded->size ? folded->bytes : "", folded->size);
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
static bool add_name_form(qdx_gazetteer *gazetteer, place_forms *forms, const char *name)
{
    return add_text(gazetteer, &forms->after, name) &&
           qdx_vector_push(&forms->before, forms->after.items[forms->after.count - 1]);
}

static bool collect_forms(qdx_gazetteer *gazetteer, uint32_t number, place_forms *forms)
{
    const qdx_entry *entry = &gazetteer->entries.items[number];
    bool ok = add_name_form(gazetteer, forms, entry->entity.name);
    for (size_t i = 0; ok && i < entry->aliases.count; i++)
        ok = add_name_form(gazetteer, forms, entry->aliases.items[i]);
    for (size_t d = 0; ok && d < gazetteer->demonyms.count; d++) {
        const qdx_demonym *demonym = &gazetteer->demonyms.items[d];
        if (demonym->place == number && demonym->adjective)
            ok = add_text(gazetteer, &forms->before, demonym->text);
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

/* Gives a tenure the `count` terminated phrases, copied into the arena. */
static bool keep_phrases(qdx_gazetteer *gazetteer, qdx_tenure *tenure, const qdx_buffer *phrases,
                         size_t count)
{
    const char **array = qdx_arena_array(&gazetteer->arena, count, sizeof *array);
    const char *text = phrases->failed ? NULL
                                       : qdx_arena_copy(&gazetteer->arena,
                                                        count ? phrases->bytes : "", phrases->size);
    if (!array || !text)
        return false;
    for (size_t i = 0; i < count; i++, text += strlen(text) + 1)
        array[i] = text;
    tenure->phrases = array;
    tenure->phrase_count = count;
    return true;
}

static bool collect_offices(qdx_gazetteer *gazetteer, const qdx_office *office, const char *name,
                            text_list *names)
{
    bool ok = add_text(gazetteer, names, office ? office->name : name);
    for (size_t i = 0; ok && office && i < office->alias_count; i++)
        ok = add_text(gazetteer, names, office->aliases[i]);
    return ok;
}

/* All phrases for one post, into the arena. */
static bool make_phrases(qdx_gazetteer *gazetteer, qdx_tenure *tenure)
{
    place_forms forms = {{0}, {0}};
    text_list names = {0};
    uint32_t owner = *tenure->organization ? qdx_store_find(gazetteer, tenure->organization)
                                           : UINT32_MAX;
    uint32_t country = *tenure->country ? country_entry(gazetteer, tenure->country) : UINT32_MAX;
    uint32_t number = qdx_store_office(gazetteer, tenure->office);
    const qdx_office *office = number == QDX_NO_OFFICE ? NULL : &gazetteer->offices.items[number];
    bool ok = (owner == UINT32_MAX || collect_forms(gazetteer, owner, &forms)) &&
              (country == UINT32_MAX || collect_forms(gazetteer, country, &forms)) &&
              collect_offices(gazetteer, office, tenure->office, &names);
    size_t count = 0;
    qdx_buffer_clear(&gazetteer->scratch);
    for (size_t i = 0; ok && i < names.count; i++)
        count += append_office_forms(&gazetteer->scratch, names.items[i], &forms,
                                     office && office->holders == 1);
    ok = ok && keep_phrases(gazetteer, tenure, &gazetteer->scratch, count);
    qdx_vector_release(&forms.before);
    qdx_vector_release(&forms.after);
    qdx_vector_release(&names);
    return ok;
}

static int compare_posts(const void *a, const void *b)
{
    const qdx_tenure *x = *(qdx_tenure *const *)a, *y = *(qdx_tenure *const *)b;
    int order = strcmp(x->office, y->office);
    if (order == 0)
        order = strcmp(x->country, y->country);
    return order ? order : strcmp(x->organization, y->organization);
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
    uint32_t place = *tenure->organization ? qdx_store_find(gazetteer, tenure->organization)
                                           : UINT32_MAX;
    if (place != UINT32_MAX &&
        gazetteer->entries.items[place].entity.type == QDX_ENTITY_PLACE)
        tenure->country = "";
}

/* One set of phrases serves every tenure of the same office in the same place. */
qdx_status qdx_store_name_tenures(qdx_gazetteer *gazetteer, qdx_error *error)
{
    QDX_VECTOR(qdx_tenure *) posts = {0};
    bool ok = true;
    for (size_t e = 0; e < gazetteer->entries.count; e++)
        for (size_t t = 0; t < gazetteer->entries.items[e].tenures.count; t++)
            part_from_country(gazetteer, &gazetteer->entries.items[e].tenures.items[t]);
    count_holders(gazetteer);
    for (size_t e = 0; e < gazetteer->entries.count; e++)
        for (size_t t = 0; ok && t < gazetteer->entries.items[e].tenures.count; t++)
            ok = qdx_vector_push(&posts, &gazetteer->entries.items[e].tenures.items[t]);
    if (ok && posts.count)
        qsort(posts.items, posts.count, sizeof posts.items[0], compare_posts);
    for (size_t i = 0; ok && i < posts.count; i++) {
        if (i > 0 && compare_posts(&posts.items[i - 1], &posts.items[i]) == 0) {
            posts.items[i]->phrases = posts.items[i - 1]->phrases;
            posts.items[i]->phrase_count = posts.items[i - 1]->phrase_count;
        } else {
            ok = make_phrases(gazetteer, posts.items[i]);
        }
    }
    qdx_vector_release(&posts);
    return ok ? QDX_OK : qdx_error_memory(error);
}
