/*
 * Words out of an image. The first image's words are used where they stand; those of a further one
 * join them word by word, as loading its lists would have done.
 */
#include "gazetteer/words.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"

bool qdx_words_in(const qdx_qgz *image)
{
    return image->parts[QDX_QGZ_WORD].count > 1 || image->parts[QDX_QGZ_TITLE].count ||
           image->parts[QDX_QGZ_OFFICE].count || image->parts[QDX_QGZ_DEMONYM].count;
}

static bool has_words(const qdx_gazetteer *gazetteer)
{
    return gazetteer->lexicon.word_count > 1 || gazetteer->words.titles.count ||
           gazetteer->words.offices.count || gazetteer->words.demonyms.count;
}

static const char *word_text(const qdx_qgz *image, uint32_t offset)
{
    return qdx_qgz_text(image, QDX_QGZ_WORD_TEXT, offset);
}

/* A text of an image among the gazetteer's own; false without memory. */
static bool keep(qdx_gazetteer *gazetteer, const qdx_qgz *image, uint32_t *offset)
{
    if (*offset) {
        const char *text = word_text(image, *offset);
        *offset = qdx_lexicon_keep(&gazetteer->lexicon, text, strlen(text));
    }
    return *offset != UINT32_MAX;
}

/* --- offices, titles, demonyms ------------------------------------------------------------ */

/* How the records of an image join the tables: with texts of their own, or in place. */
typedef struct joining {
    qdx_gazetteer *gazetteer;
    const qdx_qgz *image;
    bool in_place;
    qdx_error *error;
} joining;

static bool own_text(const joining *j, uint32_t *offset)
{
    return j->in_place || keep(j->gazetteer, j->image, offset);
}

static bool add_phrase(const joining *j, qdx_phrase_kind kind, qdx_case_policy policy,
                       const char *text, uint32_t value)
{
    qdx_builder *builder = &j->gazetteer->builder;
    uint32_t kept = qdx_builder_keep(builder, text, strlen(text));
    return qdx_builder_add_phrase(builder, kind, policy, kept, value, false, j->error) == QDX_OK;
}

static bool name_office(const joining *j, uint32_t offset, uint32_t number)
{
    const char *text = word_text(j->image, offset);
    return j->in_place || (qdx_store_name_office(j->gazetteer, text, strlen(text), number) &&
                           add_phrase(j, QDX_PHRASE_OFFICE, QDX_CASE_ANY, text, number));
}

static bool join_office(const joining *j, qdx_qgz_office office)
{
    qdx_word_tables *tables = &j->gazetteer->words;
    uint32_t number = (uint32_t)tables->offices.count, aliases = office.aliases;
    if (!j->in_place &&
        qdx_store_office(j->gazetteer, word_text(j->image, office.name)) != QDX_NO_OFFICE)
        return true;
    bool ok = name_office(j, office.name, number);
    office.aliases = (uint32_t)tables->office_aliases.count;
    office.holders = 0;
    if (office.gender > QDX_GENDER_FEMALE)
        office.gender = QDX_GENDER_UNKNOWN;
    if (aliases + (uint64_t)office.alias_count > j->image->parts[QDX_QGZ_MORE].count) {
        qdx_qgz_note_damage(j->image);
        return false;
    }
    for (uint32_t i = 0; ok && i < office.alias_count; i++) {
        uint32_t text = qdx_qgz_more(j->image, (uint64_t)aliases + i);
        ok = name_office(j, text, number) && own_text(j, &text) &&
             qdx_vector_push(&tables->office_aliases, text);
    }
    return ok && own_text(j, &office.name) && qdx_vector_push(&tables->offices, office);
}

/* The number of an image's office among the gazetteer's. */
static uint32_t joined_office(const joining *j, uint32_t number)
{
    if (number >= j->image->parts[QDX_QGZ_OFFICE].count || j->in_place)
        return number < j->gazetteer->words.offices.count ? number : QDX_NO_OFFICE;
    const qdx_qgz_office *office = qdx_qgz_record(j->image, QDX_QGZ_OFFICE, number, sizeof *office);
    return office ? qdx_store_office(j->gazetteer, word_text(j->image, office->name))
                  : QDX_NO_OFFICE;
}

static bool join_title(const joining *j, qdx_qgz_title title)
{
    qdx_word_tables *tables = &j->gazetteer->words;
    uint32_t number = (uint32_t)tables->titles.count;
    if (title.gender > QDX_GENDER_FEMALE)
        title.gender = QDX_GENDER_UNKNOWN;
    if (title.office != QDX_NO_OFFICE)
        title.office = joined_office(j, title.office);
    return (j->in_place || add_phrase(j, QDX_PHRASE_TITLE, QDX_CASE_ANY,
                                      word_text(j->image, title.text), number)) &&
           own_text(j, &title.text) && own_text(j, &title.kind) &&
           qdx_vector_push(&tables->titles, title);
}

static bool join_demonym(const joining *j, qdx_qgz_demonym demonym)
{
    qdx_word_tables *tables = &j->gazetteer->words;
    uint32_t number = (uint32_t)tables->demonyms.count;
    return (j->in_place || add_phrase(j, QDX_PHRASE_DEMONYM, QDX_CASE_NAME,
                                      word_text(j->image, demonym.text), number)) &&
           own_text(j, &demonym.text) && own_text(j, &demonym.place) &&
           qdx_vector_push(&tables->demonyms, demonym);
}

static bool join_tables(const joining *j)
{
    const qdx_qgz *image = j->image;
    const qdx_qgz_office *offices = (const void *)image->parts[QDX_QGZ_OFFICE].at;
    const qdx_qgz_title *titles = (const void *)image->parts[QDX_QGZ_TITLE].at;
    const qdx_qgz_demonym *demonyms = (const void *)image->parts[QDX_QGZ_DEMONYM].at;
    uint64_t office_count = image->parts[QDX_QGZ_OFFICE].count;
    uint64_t title_count = image->parts[QDX_QGZ_TITLE].count;
    uint64_t demonym_count = image->parts[QDX_QGZ_DEMONYM].count;
    bool ok = qdx_qgz_check(image, offices, office_count * sizeof *offices) &&
              qdx_qgz_check(image, titles, title_count * sizeof *titles) &&
              qdx_qgz_check(image, demonyms, demonym_count * sizeof *demonyms);
    for (uint64_t i = 0; ok && i < office_count; i++)
        ok = join_office(j, offices[i]);
    for (uint64_t i = 0; ok && i < title_count; i++)
        ok = join_title(j, titles[i]);
    for (uint64_t i = 0; ok && i < demonym_count; i++)
        ok = join_demonym(j, demonyms[i]);
    return ok;
}

/* --- words -------------------------------------------------------------------------------- */

/* Groups of equivalent given names keep apart from those there are. */
static void join_groups(qdx_word *word, const qdx_word *other, uint32_t base)
{
    for (size_t i = 0; i < QDX_NAME_GROUPS && other->name_groups[i]; i++)
        for (size_t k = 0; k < QDX_NAME_GROUPS; k++)
            if (!word->name_groups[k]) {
                word->name_groups[k] = (uint16_t)(base + other->name_groups[i]);
                break;
            }
}

static bool join_word(const joining *j, const qdx_word *other, uint32_t base)
{
    const char *text = word_text(j->image, other->text);
    uint32_t lemma = other->lemma, verb_class = other->verb_class, role_kind = other->role_kind;
    if (!own_text(j, &lemma) || !own_text(j, &verb_class) || !own_text(j, &role_kind))
        return false;
    qdx_word *word = qdx_lexicon_add(&j->gazetteer->lexicon, text, strlen(text));
    if (!word)
        return false;
    if (!word->lemma || word->strength < other->strength) {
        word->lemma = lemma ? lemma : word->lemma;
        word->verb_class = verb_class ? verb_class : word->verb_class;
        word->strength = other->strength > word->strength ? other->strength : word->strength;
    }
    word->role_kind = role_kind ? role_kind : word->role_kind;
    word->classes |= other->classes;
    word->verb_forms |= other->verb_forms;
    word->number |= other->number;
    word->gender = word->gender ? word->gender : other->gender;
    word->person = word->person ? word->person : other->person;
    word->neuter |= other->neuter;
    join_groups(word, other, base);
    return true;
}

/* People nouns of several words: phrases that mean a word. */
static bool join_roles(const joining *j)
{
    const qdx_qgz *image = j->image;
    for (uint64_t i = 0; i < image->parts[QDX_QGZ_PHRASE].count; i++) {
        const qdx_qgz_phrase *phrase = qdx_qgz_record(image, QDX_QGZ_PHRASE, i, sizeof *phrase);
        if (!phrase)
            return false;
        if (phrase->kind != QDX_PHRASE_ROLE)
            continue;
        const char *text = qdx_qgz_text(image, QDX_QGZ_TEXT, phrase->text);
        uint32_t word = qdx_lexicon_find(&j->gazetteer->lexicon, qdx_fold_hash(text, strlen(text)));
        if (word && !add_phrase(j, QDX_PHRASE_ROLE, QDX_CASE_ANY, text, word))
            return false;
    }
    return true;
}

static bool join_words(const joining *j)
{
    const qdx_qgz *image = j->image;
    uint64_t count = image->parts[QDX_QGZ_WORD].count;
    uint32_t base = j->gazetteer->words.name_groups;
    if (base + (uint64_t)image->name_groups > UINT16_MAX)
        return false;
    for (uint64_t i = 1; i < count; i++) {
        const qdx_word *word = qdx_qgz_record(image, QDX_QGZ_WORD, i, sizeof *word);
        if (!word || !join_word(j, word, base))
            return false;
    }
    j->gazetteer->words.name_groups += image->name_groups;
    return join_roles(j);
}

qdx_status qdx_words_load(qdx_gazetteer *gazetteer, const qdx_qgz *image, bool *in_place,
                          qdx_error *error)
{
    *in_place = !has_words(gazetteer);
    joining j = {gazetteer, image, *in_place, error};
    if (*in_place && image->parts[QDX_QGZ_WORD].count) {
        qdx_lexicon_use(&gazetteer->lexicon, image);
        gazetteer->words.name_groups = image->name_groups;
        gazetteer->words.image = image;
    }
    bool ok = (*in_place || join_words(&j)) && join_tables(&j);
    qdx_status status = qdx_qgz_status(image, error);
    if (status != QDX_OK)
        return status;
    return ok ? QDX_OK : qdx_error_memory(error);
}

qdx_status qdx_words_publish(qdx_gazetteer *gazetteer, qdx_error *error)
{
    size_t demonyms = gazetteer->words.demonyms.count;
    gazetteer->demonym_places = calloc(demonyms + 1, sizeof *gazetteer->demonym_places);
    return gazetteer->demonym_places ? QDX_OK : qdx_error_memory(error);
}
