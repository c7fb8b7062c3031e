/*
 * Lists in JSON: OpenSanctions' entities, Popolo's people and bodies, spaCy's patterns. jansson
 * parses (depth-limited, strict UTF-8); members that are missing or of another type are passed
 * over. Built without jansson, these formats exist and say that they can't be read.
 */
#include <string.h>

#include "gazetteer/import.h"

bool qdx_import_sniff_ftm(const char *head, size_t size, const char *name)
{
    (void)size;
    (void)name;
    return head[strspn(head, " \t\r\n")] == '{' && strstr(head, "\"schema\"") &&
           strstr(head, "\"properties\"");
}

bool qdx_import_sniff_spacy(const char *head, size_t size, const char *name)
{
    (void)size;
    (void)name;
    return *head == '{' && strstr(head, "\"label\"") && strstr(head, "\"pattern\"");
}

bool qdx_import_sniff_popolo(const char *head, size_t size, const char *name)
{
    (void)size;
    (void)name;
    return strchr("{[", head[strspn(head, " \t\r\n")]) && *head &&
           (strstr(head, "\"persons\"") || strstr(head, "\"organizations\"") ||
            strstr(head, "\"other_names\"") || strstr(head, "\"family_name\""));
}

#ifdef QDX_HAVE_JANSSON

#include "gazetteer/import_json.h"

json_t *qdx_import_json_load(qdx_import *job, const char *text, size_t size)
{
    json_t *json = json_loadb(text, size, 0, NULL);
    if (!json) {
        job->report->entries++;
        qdx_import_skip(job, "broken JSON");
    }
    return json;
}

const char *qdx_import_json_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static void add_name(qdx_import *job, const json_t *text)
{
    if (json_is_string(text) && json_string_length(text))
        qdx_import_name(job, json_string_value(text), json_string_length(text));
}

void qdx_import_json_names(qdx_import *job, const json_t *array, const char *key)
{
    size_t i;
    json_t *item;
    if (json_is_string(array))
        add_name(job, array);
    json_array_foreach(array, i, item)
        add_name(job, json_is_object(item) && key ? json_object_get(item, key) : item);
}

const char *qdx_import_json_gender(const char *text)
{
    static const char *const males[] = {"m", "male", "M", "Male"};
    static const char *const females[] = {"f", "female", "F", "Female"};
    for (size_t i = 0; i < sizeof males / sizeof males[0]; i++) {
        if (strcmp(text, males[i]) == 0)
            return "m";
        if (strcmp(text, females[i]) == 0)
            return "f";
    }
    return "";
}

static qdx_status begin(qdx_import *job, const char *type, const char *scheme, const char *id,
                        qdx_error *error)
{
    return qdx_import_begin(job, type, scheme, *id ? id : NULL, strlen(id), error);
}

static qdx_status leave_out(qdx_import *job, const char *why)
{
    job->report->entries++;
    qdx_import_skip(job, why);
    return QDX_OK;
}

/* Q and digits? Then the row's Wikidata id. */
static void set_wikidata(qdx_import *job, const char *id)
{
    if (*id == 'Q' && id[1] && !id[1 + strspn(id + 1, "0123456789")])
        qdx_buffer_text(&job->row.wikidata, id);
}

/* --- OpenSanctions ------------------------------------------------------------------------- */

static const char *first_text(const json_t *properties, const char *key)
{
    const char *text = json_string_value(json_array_get(json_object_get(properties, key), 0));
    return text ? text : "";
}

static qdx_status read_ftm(qdx_import *job, const json_t *entity, qdx_error *error)
{
    static const struct {
        const char *schema, *type, *kind;
    } schemas[] = {{"Person", "person", ""},
                   {"Organization", "organization", ""},
                   {"Company", "organization", "company"},
                   {"PublicBody", "organization", "government"}};
    const char *schema = qdx_import_json_text(entity, "schema");
    const json_t *properties = json_object_get(entity, "properties");
    size_t i = 0, count = sizeof schemas / sizeof schemas[0];
    while (i < count && strcmp(schemas[i].schema, schema) != 0)
        i++;
    if (i == count)
        return leave_out(job, "no person, organization or place");
    qdx_status status =
        begin(job, schemas[i].type, "opensanctions", qdx_import_json_text(entity, "id"), error);
    if (status != QDX_OK)
        return status;
    job->row.kind = schemas[i].kind;
    job->row.gender = qdx_import_json_gender(first_text(properties, "gender"));
    const char *country = first_text(properties, "nationality");
    qdx_import_country(job, *country ? country : first_text(properties, "country"));
    set_wikidata(job, first_text(properties, "wikidataId"));
    qdx_import_json_names(job, json_object_get(entity, "caption"), NULL);
    qdx_import_json_names(job, json_object_get(properties, "name"), NULL);
    qdx_import_json_names(job, json_object_get(properties, "alias"), NULL);
    return qdx_import_end(job, error);
}

qdx_status qdx_import_read_ftm(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    if (!text[strspn(text, " \t")])
        return QDX_OK;
    json_t *json = qdx_import_json_load(job, text, size);
    qdx_status status = json ? read_ftm(job, json, error) : QDX_OK;
    json_decref(json);
    return status;
}

/* --- Popolo -------------------------------------------------------------------------------- */

static qdx_status read_popolo_entry(qdx_import *job, const json_t *entry, const char *type,
                                    qdx_error *error)
{
    size_t i;
    json_t *identifier;
    qdx_status status = begin(job, type, "popolo", qdx_import_json_text(entry, "id"), error);
    if (status != QDX_OK)
        return status;
    job->row.gender = strcmp(type, "person") == 0
                          ? qdx_import_json_gender(qdx_import_json_text(entry, "gender"))
                          : "";
    if (strcmp(qdx_import_json_text(entry, "classification"), "party") == 0)
        job->row.kind = "party";
    json_array_foreach(
        json_object_get(entry, "identifiers"), i,
        identifier) if (strcmp(qdx_import_json_text(identifier, "scheme"), "wikidata") == 0 &&
                        !job->row.wikidata.size)
        set_wikidata(job, qdx_import_json_text(identifier, "identifier"));
    qdx_import_json_names(job, json_object_get(entry, "name"), NULL);
    qdx_import_json_names(job, json_object_get(entry, "other_names"), "name");
    return qdx_import_end(job, error);
}

static qdx_status read_popolo(qdx_import *job, const json_t *document, qdx_error *error)
{
    static const struct {
        const char *list, *type;
    } lists[] = {{"persons", "person"}, {"organizations", "organization"}, {"areas", "place"}};
    qdx_status status = QDX_OK;
    size_t i;
    json_t *entry;
    for (size_t l = 0; l < sizeof lists / sizeof lists[0]; l++)
        json_array_foreach(json_object_get(document, lists[l].list), i, entry) if (status == QDX_OK)
            status = read_popolo_entry(job, entry, lists[l].type, error);
    json_array_foreach(document, i, entry) /* a bare list: people */
        if (status == QDX_OK) status = read_popolo_entry(
            job, entry, job->options->type ? job->options->type : "person", error);
    return status;
}

qdx_status qdx_import_read_popolo(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    json_error_t reason;
    json_t *json = json_loadb(text, size, 0, &reason);
    if (!json)
        return qdx_error_set(error, QDX_ERR_FORMAT, "broken JSON in line %d: %.120s", reason.line,
                             reason.text);
    qdx_status status = read_popolo(job, json, error);
    json_decref(json);
    return status;
}

/* --- spaCy --------------------------------------------------------------------------------- */

/* The words of a token pattern as a name in job->text; false when it is more than words. */
static bool join_tokens(qdx_import *job, const json_t *tokens, qdx_buffer *name)
{
    static const char *const keys[] = {"TEXT", "ORTH", "LOWER"};
    size_t i;
    json_t *token;
    json_array_foreach(tokens, i, token)
    {
        const char *word = "";
        for (size_t k = 0; k < 3 && !*word && json_object_size(token) == 1; k++) {
            word = qdx_import_json_text(token, keys[k]);
            if (*word && k == 2)
                job->row.policy = "any";
        }
        if (!*word)
            return false;
        if (name->size)
            qdx_buffer_byte(name, ' ');
        qdx_buffer_text(name, word);
    }
    return name->size > 0;
}

static const char *spacy_type(const char *label)
{
    static const struct {
        const char *label, *type;
    } labels[] = {{"PERSON", "person"}, {"PER", "person"}, {"ORG", "organization"},
                  {"GPE", "place"},     {"LOC", "place"},  {"FAC", "place"}};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (strcmp(labels[i].label, label) == 0)
            return labels[i].type;
    return NULL;
}

/* Patterns of one id that follow each other are one entity. */
static qdx_status read_spacy(qdx_import *job, const json_t *entry, qdx_error *error)
{
    const json_t *pattern = json_object_get(entry, "pattern");
    const char *id = qdx_import_json_text(entry, "id");
    qdx_status status =
        begin(job, spacy_type(qdx_import_json_text(entry, "label")), "spacy", id, error);
    if (status != QDX_OK)
        return status;
    qdx_buffer name = {0};
    job->row.continues = *id != '\0';
    if (json_is_string(pattern)) {
        qdx_import_json_names(job, pattern, NULL);
        status = qdx_import_end(job, error);
    } else if (join_tokens(job, pattern, &name) && !name.failed) {
        qdx_import_name(job, name.bytes, name.size);
        status = qdx_import_end(job, error);
    } else {
        job->open = false;
        qdx_import_skip(job, "pattern is more than words");
    }
    qdx_buffer_release(&name);
    return status;
}

qdx_status qdx_import_read_spacy(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    if (!text[strspn(text, " \t")])
        return QDX_OK;
    json_t *json = qdx_import_json_load(job, text, size);
    qdx_status status = json ? read_spacy(job, json, error) : QDX_OK;
    json_decref(json);
    return status;
}

#else

static qdx_status no_json(qdx_error *error)
{
    qdx_error_set(error, QDX_ERR_UNSUPPORTED, "this build reads no JSON");
    qdx_error_hint(error, "build it with jansson (libjansson-dev)");
    return QDX_ERR_UNSUPPORTED;
}

qdx_status qdx_import_read_ftm(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    (void)job, (void)text, (void)size;
    return no_json(error);
}

qdx_status qdx_import_read_popolo(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    (void)job, (void)text, (void)size;
    return no_json(error);
}

qdx_status qdx_import_read_spacy(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    (void)job, (void)text, (void)size;
    return no_json(error);
}

qdx_status qdx_import_read_wikidata(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    (void)job, (void)text, (void)size;
    return no_json(error);
}

#endif
