/*
 * Word lists, one small function a list. Adding a list: a row in `lists`, a function that adds one
 * row, a section in docs/gazetteer-format.md.
 */
#include "gazetteer/word_list.h"

#include <string.h>
#include <strings.h>

#include "gazetteer/inflection.h"

static const char *cell(const qdx_table *table, const char *column)
{
    return qdx_table_cell(table, qdx_table_column(table, column));
}

static qdx_gender gender_of(const qdx_table *table)
{
    const char *text = cell(table, "gender");
    return text[0] == 'm' && !text[1]   ? QDX_GENDER_MALE
           : text[0] == 'f' && !text[1] ? QDX_GENDER_FEMALE
                                        : QDX_GENDER_UNKNOWN;
}

static uint8_t strength_of(const qdx_table *table)
{
    const char *text = cell(table, "strength");
    return text[0] >= '1' && text[0] <= '3' ? (uint8_t)(text[0] - '0') : 1;
}

static qdx_status wrong_value(const char *column, const char *value, qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_FORMAT, "column %s: unknown value '%s'", column, value);
}

/* Adds classes to one word. */
static qdx_status classify(qdx_gazetteer *gazetteer, const char *text, uint32_t classes,
                           qdx_word **word, qdx_error *error)
{
    size_t size = strlen(text);
    while (size && text[size - 1] == '.' && memchr(text, '.', size - 1) == NULL)
        size--;
    qdx_word *record = qdx_lexicon_add(&gazetteer->lexicon, text, size);
    if (word)
        *word = record;
    if (!record)
        return qdx_error_memory(error);
    record->classes |= classes;
    return QDX_OK;
}

/* The same for the first word of a phrase. */
static qdx_status classify_first(qdx_gazetteer *gazetteer, const char *text, uint32_t classes,
                                 qdx_error *error)
{
    char first[64];
    size_t n = strcspn(text, " -");
    if (n >= sizeof first)
        return QDX_OK;
    memcpy(first, text, n);
    first[n] = '\0';
    return classify(gazetteer, first, classes, NULL, error);
}

static qdx_status add_common(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    return classify(gazetteer, cell(table, "word"), QDX_WORD_COMMON, NULL, error);
}

static qdx_status add_function(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    static const struct {
        const char *name;
        uint32_t classes;
    } kinds[] = {
        {"pronoun", QDX_WORD_PRONOUN},         {"determiner", QDX_WORD_DETERMINER},
        {"preposition", QDX_WORD_PREPOSITION}, {"conjunction", QDX_WORD_CONJUNCTION},
        {"auxiliary", QDX_WORD_AUXILIARY},     {"negation", QDX_WORD_AUXILIARY | QDX_WORD_ADVERB},
        {"adverb", QDX_WORD_ADVERB},           {"function", 0},
    };
    const char *name = cell(table, "class");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) != 0)
            continue;
        qdx_word *word;
        qdx_status status = classify(gazetteer, cell(table, "word"),
                                     QDX_WORD_FUNCTION | kinds[i].classes, &word, error);
        if (status != QDX_OK)
            return status;
        const char *person = cell(table, "person"), *number = cell(table, "number");
        word->person = *person ? (uint8_t)(*person - '0') : 0;
        word->number = *number == 's'   ? QDX_NUMBER_SINGULAR
                       : *number == 'p' ? QDX_NUMBER_PLURAL
                                        : 0;
        word->gender = (uint8_t)gender_of(table);
        word->neuter = cell(table, "gender")[0] == 'n';
        return QDX_OK;
    }
    return wrong_value("class", name, error);
}

static qdx_status add_abbreviation(qdx_gazetteer *gazetteer, const qdx_table *table,
                                   qdx_error *error)
{
    const char *ends = cell(table, "ends");
    if (strcmp(ends, "no") != 0 && strcmp(ends, "maybe") != 0)
        return wrong_value("ends", ends, error);
    const char *text = cell(table, "abbreviation");
    uint32_t classes = *ends == 'n' ? QDX_WORD_ABBREVIATION : QDX_WORD_ABBREVIATION_END;
    return classify(gazetteer, text, classes, NULL, error);
}

static qdx_status add_calendar_word(qdx_gazetteer *gazetteer, const qdx_table *table,
                                    qdx_error *error)
{
    const char *kind = cell(table, "kind");
    if (strcmp(kind, "month") != 0 && strcmp(kind, "weekday") != 0)
        return wrong_value("kind", kind, error);
    return classify(gazetteer, cell(table, "word"),
                    *kind == 'm' ? QDX_WORD_MONTH : QDX_WORD_WEEKDAY, NULL, error);
}

static qdx_status add_given_name(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    qdx_gender gender = gender_of(table);
    uint32_t classes = QDX_WORD_GIVEN | (gender == QDX_GENDER_MALE     ? QDX_WORD_GIVEN_MALE
                                         : gender == QDX_GENDER_FEMALE ? QDX_WORD_GIVEN_FEMALE
                                                                       : 0);
    return classify(gazetteer, cell(table, "name"), classes, NULL, error);
}

static qdx_status add_family_name(qdx_gazetteer *gazetteer, const qdx_table *table,
                                  qdx_error *error)
{
    return classify(gazetteer, cell(table, "name"), QDX_WORD_FAMILY, NULL, error);
}

static qdx_status add_particle(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    bool suffix = strcmp(cell(table, "position"), "suffix") == 0;
    return classify(gazetteer, cell(table, "particle"),
                    suffix ? QDX_WORD_SUFFIX : QDX_WORD_PARTICLE, NULL, error);
}

/* A head of two words is looked up as one where its last word stands. */
static qdx_status classify_head(qdx_gazetteer *gazetteer, const char *text, uint32_t classes,
                                qdx_error *error)
{
    const char *last = strrchr(text, ' ');
    qdx_status status = classify(gazetteer, text, classes, NULL, error);
    if (status == QDX_OK && last && last == strchr(text, ' '))
        status = classify(gazetteer, last + 1, QDX_WORD_HEAD_END, NULL, error);
    return status;
}

static qdx_status add_organization_word(qdx_gazetteer *gazetteer, const qdx_table *table,
                                        qdx_error *error)
{
    const char *position = cell(table, "position"), *word = cell(table, "word");
    if (strcmp(position, "kind") == 0)
        return classify(gazetteer, word, QDX_WORD_ORG_KIND, NULL, error);
    if (strcmp(position, "part") == 0)
        return classify(gazetteer, word, QDX_WORD_ORG_PART, NULL, error);
    bool ending = strcmp(position, "ending") == 0;
    return classify_head(gazetteer, word, ending ? QDX_WORD_ORG_ENDING : QDX_WORD_ORG_HEAD, error);
}

static qdx_status add_place_word(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    bool opening = strcmp(cell(table, "position"), "opening") == 0;
    return classify_head(gazetteer, cell(table, "word"),
                         opening ? QDX_WORD_PLACE_OPENING : QDX_WORD_PLACE_HEAD, error);
}

/* A text among the words' texts; false without memory. */
static bool keep(qdx_gazetteer *gazetteer, const char *text, uint32_t *offset)
{
    *offset = qdx_lexicon_keep(&gazetteer->lexicon, text, strlen(text));
    return *offset != UINT32_MAX;
}

/* A phrase of words, its text kept with the names'. */
static qdx_status add_phrase(qdx_gazetteer *gazetteer, qdx_phrase_kind kind, qdx_case_policy policy,
                             const char *text, size_t size, uint32_t value, qdx_error *error)
{
    uint32_t kept = qdx_builder_keep(&gazetteer->builder, text, size);
    return qdx_builder_add_phrase(&gazetteer->builder, kind, policy, kept, value, false, error);
}

/* A people noun, singular or plural; those of several words become phrases of their last word. */
static qdx_status add_role_noun(qdx_gazetteer *gazetteer, const qdx_table *table, const char *noun,
                                uint8_t number, qdx_error *error)
{
    if (!*noun)
        return QDX_OK;
    uint32_t kind;
    if (!keep(gazetteer, cell(table, "kind"), &kind))
        return qdx_error_memory(error);
    bool single = strpbrk(noun, " -") == NULL;
    qdx_word *word;
    qdx_status status = classify(gazetteer, noun, single ? QDX_WORD_ROLE : 0, &word, error);
    if (status != QDX_OK)
        return status;
    word->role_kind = kind;
    word->gender = (uint8_t)gender_of(table);
    word->number |= number;
    if (single)
        return QDX_OK;
    uint32_t value = (uint32_t)(word - gazetteer->lexicon.own_words.items);
    return add_phrase(gazetteer, QDX_PHRASE_ROLE, QDX_CASE_ANY, noun, strlen(noun), value, error);
}

static qdx_status add_role(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    qdx_status status =
        add_role_noun(gazetteer, table, cell(table, "noun"), QDX_NUMBER_SINGULAR, error);
    if (status != QDX_OK)
        return status;
    return add_role_noun(gazetteer, table, cell(table, "plural"), QDX_NUMBER_PLURAL, error);
}

static qdx_status add_speech_noun(qdx_gazetteer *gazetteer, const qdx_table *table,
                                  qdx_error *error)
{
    const char *forms[] = {cell(table, "noun"), cell(table, "plural")};
    for (size_t i = 0; i < 2; i++) {
        qdx_word *word;
        qdx_status status =
            *forms[i] ? classify(gazetteer, forms[i], QDX_WORD_SPEECH_NOUN, &word, error) : QDX_END;
        if (status == QDX_END)
            continue;
        if (status != QDX_OK)
            return status;
        if (!word->strength)
            word->strength = strength_of(table);
    }
    return QDX_OK;
}

/* One verb form being added, for all its spellings between bars. */
typedef struct verb_form {
    uint32_t lemma, verb_class; /* texts of the lexicon */
    uint8_t form, strength;
} verb_form;

/* "point out" is known by its first word, which alone says little. */
static qdx_status add_verb_form(qdx_gazetteer *gazetteer, const char *text, size_t size,
                                const verb_form *verb, qdx_error *error)
{
    char spelling[64];
    bool phrase = memchr(text, ' ', size) != NULL;
    if (phrase)
        size = (size_t)((const char *)memchr(text, ' ', size) - text);
    snprintf(spelling, sizeof spelling, "%.*s", (int)size, text);
    qdx_word *word;
    qdx_status status = classify(gazetteer, spelling, QDX_WORD_SPEECH_VERB, &word, error);
    if (status != QDX_OK)
        return status;
    uint8_t strength = phrase ? 1 : verb->strength;
    word->verb_forms |= verb->form;
    if (word->lemma && word->strength >= strength)
        return QDX_OK;
    word->lemma = verb->lemma;
    word->verb_class = verb->verb_class;
    word->strength = strength;
    return QDX_OK;
}

static qdx_status add_verb_forms(qdx_gazetteer *gazetteer, const char *cell_text,
                                 const verb_form *verb, qdx_error *error)
{
    while (*cell_text) {
        size_t n = strcspn(cell_text, "|");
        qdx_status status = n ? add_verb_form(gazetteer, cell_text, n, verb, error) : QDX_OK;
        if (status != QDX_OK)
            return status;
        cell_text += n + (cell_text[n] == '|');
    }
    return QDX_OK;
}

static qdx_status add_speech_verb(qdx_gazetteer *gazetteer, const qdx_table *table,
                                  qdx_error *error)
{
    static const struct {
        const char *column;
        uint8_t form;
    } forms[] = {
        {"lemma", QDX_FORM_BASE},    {"third", QDX_FORM_THIRD},
        {"past", QDX_FORM_PAST},     {"participle", QDX_FORM_PARTICIPLE},
        {"gerund", QDX_FORM_GERUND},
    };
    const char *lemma = cell(table, "lemma");
    verb_form verb = {.strength = strength_of(table)};
    if (strlen(lemma) > QDX_LEMMA_MAX)
        return qdx_error_set(error, QDX_ERR_LIMIT, "a verb is longer than 40 bytes");
    if (!keep(gazetteer, lemma, &verb.lemma) ||
        !keep(gazetteer, cell(table, "class"), &verb.verb_class))
        return qdx_error_memory(error);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        char regular[64];
        const char *text = cell(table, forms[i].column);
        if (!*text && forms[i].form == QDX_FORM_PARTICIPLE)
            text = cell(table, "past");
        if (!*text) {
            qdx_inflect(lemma, forms[i].form, regular);
            text = regular;
        }
        verb.form = forms[i].form;
        qdx_status status = add_verb_forms(gazetteer, text, &verb, error);
        if (status != QDX_OK)
            return status;
    }
    return QDX_OK;
}

/* Calls `use` for each value of a cell with several between bars. */
static qdx_status each_value(qdx_gazetteer *gazetteer, const char *text,
                             qdx_status (*use)(qdx_gazetteer *, const char *, size_t, uint32_t,
                                               qdx_error *),
                             uint32_t argument, qdx_error *error)
{
    while (*text) {
        size_t n = strcspn(text, "|");
        qdx_status status = n ? use(gazetteer, text, n, argument, error) : QDX_OK;
        if (status != QDX_OK)
            return status;
        text += n + (text[n] == '|');
    }
    return QDX_OK;
}

static qdx_status add_office_phrase(qdx_gazetteer *gazetteer, const char *text, size_t size,
                                    uint32_t office, qdx_error *error)
{
    if (!qdx_store_name_office(gazetteer, text, size, office))
        return qdx_error_memory(error);
    return add_phrase(gazetteer, QDX_PHRASE_OFFICE, QDX_CASE_ANY, text, size, office, error);
}

static qdx_status keep_alias(qdx_gazetteer *gazetteer, const char *text, size_t size,
                             uint32_t office, qdx_error *error)
{
    uint32_t kept = qdx_lexicon_keep(&gazetteer->lexicon, text, size);
    if (kept == UINT32_MAX || !qdx_vector_push(&gazetteer->words.office_aliases, kept))
        return qdx_error_memory(error);
    gazetteer->words.offices.items[office].alias_count++;
    return QDX_OK;
}

static qdx_status add_office(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    const char *name = cell(table, "office");
    uint32_t number = qdx_store_office(gazetteer, name);
    if (number != QDX_NO_OFFICE)
        return qdx_error_set(error, QDX_ERR_FORMAT, "office '%s' is listed already", name);
    qdx_qgz_office office = {
        .aliases = (uint32_t)gazetteer->words.office_aliases.count,
        .gender = (uint8_t)gender_of(table),
        .of_organization = strcmp(cell(table, "scope"), "organization") == 0,
    };
    number = (uint32_t)gazetteer->words.offices.count;
    if (!keep(gazetteer, name, &office.name) || !qdx_vector_push(&gazetteer->words.offices, office))
        return qdx_error_memory(error);
    qdx_status status = each_value(gazetteer, cell(table, "aliases"), keep_alias, number, error);
    if (status == QDX_OK)
        status = add_office_phrase(gazetteer, name, strlen(name), number, error);
    if (status != QDX_OK)
        return status;
    return each_value(gazetteer, cell(table, "aliases"), add_office_phrase, number, error);
}

static qdx_status add_title(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    const char *text = cell(table, "title");
    const char *office = cell(table, "office");
    qdx_qgz_title title = {
        .gender = gender_of(table),
        .office = *office ? qdx_store_office(gazetteer, office) : QDX_NO_OFFICE,
    };
    uint32_t number = (uint32_t)gazetteer->words.titles.count;
    if (!keep(gazetteer, text, &title.text) || !keep(gazetteer, cell(table, "kind"), &title.kind) ||
        !qdx_vector_push(&gazetteer->words.titles, title))
        return qdx_error_memory(error);
    qdx_status status = classify_first(gazetteer, text, QDX_WORD_TITLE, error);
    if (status != QDX_OK)
        return status;
    return add_phrase(gazetteer, QDX_PHRASE_TITLE, QDX_CASE_ANY, text, strlen(text), number, error);
}

static qdx_status add_demonym(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    const char *word = cell(table, "word"), *kind = cell(table, "kind");
    qdx_qgz_demonym demonym = {
        .adjective = strcmp(kind, "noun") != 0,
        .noun = strcmp(kind, "adjective") != 0,
    };
    uint32_t number = (uint32_t)gazetteer->words.demonyms.count;
    if (!keep(gazetteer, word, &demonym.text) ||
        !keep(gazetteer, cell(table, "place"), &demonym.place) ||
        !qdx_vector_push(&gazetteer->words.demonyms, demonym))
        return qdx_error_memory(error);
    if (strpbrk(word, " -") == NULL) {
        qdx_status status = classify(gazetteer, word, QDX_WORD_DEMONYM, NULL, error);
        if (status != QDX_OK)
            return status;
    }
    return add_phrase(gazetteer, QDX_PHRASE_DEMONYM, QDX_CASE_NAME, word, strlen(word), number,
                      error);
}

static qdx_status add_equivalent(qdx_gazetteer *gazetteer, const char *text, size_t size,
                                 uint32_t group, qdx_error *error)
{
    qdx_word *word = qdx_lexicon_add(&gazetteer->lexicon, text, size);
    if (!word)
        return qdx_error_memory(error);
    for (size_t i = 0; i < QDX_NAME_GROUPS; i++) {
        if (!word->name_groups[i]) {
            word->name_groups[i] = (uint16_t)group;
            return QDX_OK;
        }
    }
    return qdx_error_set(error, QDX_ERR_LIMIT, "'%.*s' stands in more than %d groups", (int)size,
                         text, QDX_NAME_GROUPS);
}

static qdx_status add_equivalents(qdx_gazetteer *gazetteer, const qdx_table *table,
                                  qdx_error *error)
{
    if (gazetteer->words.name_groups == UINT16_MAX)
        return qdx_error_set(error, QDX_ERR_LIMIT, "more than 65,534 groups of names");
    gazetteer->words.name_groups++;
    return each_value(gazetteer, cell(table, "names"), add_equivalent, gazetteer->words.name_groups,
                      error);
}

/* What the user says against or beyond the other lists. */
static qdx_status add_override(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error)
{
    static const struct {
        const char *rule;
        bool needs_name, needs_id, needs_other;
        uint8_t kind, policy;
    } rules[] = {
        {"never-tag", true, false, false, QDX_PHRASE_NEVER, QDX_CASE_ANY},
        {"not-same-as", true, true, false, QDX_PHRASE_NEVER, QDX_CASE_ANY},
        {"always-tag", true, true, false, QDX_PHRASE_ALWAYS, QDX_CASE_NAME},
        {"same-as", false, true, true, 0, 0},
    };
    const char *rule = cell(table, "rule"), *name = cell(table, "name"), *id = cell(table, "id");
    const char *other = cell(table, "other");
    qdx_builder *builder = &gazetteer->builder;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (strcmp(rules[i].rule, rule) != 0)
            continue;
        if ((rules[i].needs_name && !*name) || (rules[i].needs_id && !*id) ||
            (rules[i].needs_other && !*other))
            return qdx_error_set(error, QDX_ERR_FORMAT, "%s wants %s", rule,
                                 rules[i].needs_other ? "id and other"
                                 : rules[i].needs_id  ? "name and id"
                                                      : "a name");
        qdx_qgz_same texts = {qdx_builder_intern(builder, id), qdx_builder_intern(builder, other)};
        if (texts.id == UINT32_MAX || texts.other == UINT32_MAX)
            return qdx_error_memory(error);
        if (rules[i].needs_other)
            return qdx_vector_push(&builder->same, texts) ? QDX_OK : qdx_error_memory(error);
        qdx_case_policy policy = (qdx_case_policy)rules[i].policy;
        if (strncasecmp(name, "the ", 4) == 0 && name[4]) {
            name += 4; /* the article is no part of a mention */
            policy = policy == QDX_CASE_NAME && !strchr(name, ' ') ? QDX_CASE_AFTER_THE : policy;
        }
        return add_phrase(gazetteer, (qdx_phrase_kind)rules[i].kind, policy, name, strlen(name),
                          texts.id, error);
    }
    return wrong_value("rule", rule, error);
}

static const qdx_word_list lists[] = {
    {"abbreviations", "abbreviation", add_abbreviation},
    {"calendar_words", "word", add_calendar_word},
    {"common_words", "word", add_common},
    {"demonyms", "word", add_demonym},
    {"family_names", "name", add_family_name},
    {"function_words", "word", add_function},
    {"given_names", "name", add_given_name},
    {"name_equivalents", "names", add_equivalents},
    {"name_particles", "particle", add_particle},
    {"offices", "office", add_office},
    {"organization_words", "word", add_organization_word},
    {"overrides", "rule", add_override},
    {"place_words", "word", add_place_word},
    {"roles", "noun", add_role},
    {"speech_nouns", "noun", add_speech_noun},
    {"speech_verbs", "lemma", add_speech_verb},
    {"titles", "title", add_title},
};

const qdx_word_list *qdx_word_list_find(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *stem = slash ? slash + 1 : path;
    size_t n = strcspn(stem, ".");
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        size_t m = strlen(lists[i].stem);
        if (n >= m && memcmp(lists[i].stem, stem, m) == 0 && (n == m || stem[m] == '_'))
            return &lists[i]; /* "given_names" and "given_names_faker" */
    }
    return NULL;
}
