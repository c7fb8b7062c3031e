/*
 * Wikidata's JSON dump: an array with one item a line, each line but the last with a comma. An item
 * is kept when it has an English label and is an instance of one of the classes below; classes of
 * classes are not followed, since a dump read once can't know them.
 */
#include <string.h>

#include "gazetteer/import.h"

/* An item's id and labels, or the opening bracket before the first. */
bool qdx_import_sniff_wikidata(const char *head, size_t size, const char *name)
{
    (void)size;
    (void)name;
    const char *p = head + strspn(head, " \t\r\n[");
    return *p == '{' && (strstr(p, "\"type\":\"item\"") || strstr(p, "\"type\": \"item\"")) &&
           strstr(p, "\"id\"");
}

#ifdef QDX_HAVE_JANSSON

#include "gazetteer/import_json.h"

static const struct {
    const char *id, *type, *kind;
} classes[] = {
    {"Q5", "person", ""},
    {"Q43229", "organization", ""},
    {"Q4830453", "organization", "company"}, /* business */
    {"Q783794", "organization", "company"},  /* company */
    {"Q6881511", "organization", "company"}, /* enterprise */
    {"Q891723", "organization", "company"},  /* public company */
    {"Q22687", "organization", "bank"},
    {"Q7278", "organization", "party"},
    {"Q3918", "organization", "university"},
    {"Q875538", "organization", "university"}, /* public university */
    {"Q902104", "organization", "university"}, /* private university */
    {"Q484652", "organization", "igo"},        /* international organization */
    {"Q245065", "organization", "igo"},        /* intergovernmental organization */
    {"Q163740", "organization", "ngo"},        /* nonprofit organization */
    {"Q79913", "organization", "ngo"},
    {"Q327333", "organization", "agency"},
    {"Q2659904", "organization", "agency"}, /* government organization */
    {"Q192350", "organization", "ministry"},
    {"Q35749", "organization", "legislature"},
    {"Q41487", "organization", "court"},
    {"Q178790", "organization", "union"},
    {"Q11032", "organization", "media"},   /* newspaper */
    {"Q1110794", "organization", "media"}, /* daily newspaper */
    {"Q192283", "organization", "media"},  /* news agency */
    {"Q41298", "organization", "media"},   /* magazine */
    {"Q1616075", "organization", "media"}, /* television station */
    {"Q476028", "organization", "club"},   /* football club */
    {"Q847017", "organization", "club"},   /* sports club */
    {"Q17149090", "organization", "armed"},
    {"Q17127659", "organization", "armed"}, /* terrorist organization */
    {"Q6256", "place", "country"},
    {"Q3624078", "place", "country"}, /* sovereign state */
    {"Q35657", "place", "state"},     /* US state */
    {"Q10864048", "place", "state"},  /* first-level division */
    {"Q5119", "place", "capital"},
    {"Q515", "place", "city"},
    {"Q1549591", "place", "city"},   /* big city */
    {"Q1637706", "place", "city"},   /* city of millions */
    {"Q1093829", "place", "city"},   /* US city */
    {"Q3957", "place", "city"},      /* town */
    {"Q532", "place", "city"},       /* village */
    {"Q486972", "place", "city"},    /* settlement */
    {"Q484170", "place", "city"},    /* commune of France */
    {"Q262166", "place", "city"},    /* municipality of Germany */
    {"Q15284", "place", "city"},     /* municipality */
    {"Q47168", "place", "district"}, /* US county */
    {"Q82794", "place", "region"},
    {"Q5107", "place", "continent"},
    {"Q23442", "place", "island"},
    {"Q4022", "place", "river"},
    {"Q8502", "place", "mountain"},
    {"Q46831", "place", "mountain"}, /* range */
    {"Q23397", "place", "sea"},      /* lake */
    {"Q165", "place", "sea"},
    {"Q9430", "place", "sea"}, /* ocean */
};

enum { CLASSES = sizeof classes / sizeof classes[0] };

/* The value of the claim's i-th statement: an item's id, or a text; "" when there is none. */
static const char *claim(const json_t *item, const char *property, size_t i)
{
    const json_t *statement =
        json_array_get(json_object_get(json_object_get(item, "claims"), property), i);
    const json_t *value = json_object_get(
        json_object_get(json_object_get(statement, "mainsnak"), "datavalue"), "value");
    const char *text = json_string_value(value);
    return text ? text : qdx_import_json_text(value, "id");
}

static size_t claim_count(const json_t *item, const char *property)
{
    return json_array_size(json_object_get(json_object_get(item, "claims"), property));
}

/* The first class of the item that stands in the table, or CLASSES. */
static size_t find_class(const json_t *item)
{
    for (size_t i = 0, n = claim_count(item, "P31"); i < n; i++)
        for (size_t c = 0; c < CLASSES; c++)
            if (strcmp(classes[c].id, claim(item, "P31", i)) == 0)
                return c;
    return CLASSES;
}

static const char *gender_of(const json_t *item)
{
    const char *gender = claim(item, "P21", 0);
    return strcmp(gender, "Q6581097") == 0 ? "m" : strcmp(gender, "Q6581072") == 0 ? "f" : "";
}

static qdx_status read_item(qdx_import *job, const json_t *item, qdx_error *error)
{
    const char *id = qdx_import_json_text(item, "id");
    const json_t *label = json_object_get(json_object_get(item, "labels"), "en");
    size_t class = find_class(item);
    const char *why = *id != 'Q'                                ? "no item"
                      : class == CLASSES && !job->options->type ? "no person, organization or place"
                      : !*qdx_import_json_text(label, "value")  ? "no English label"
                                                                : NULL;
    if (why) {
        job->report->entries++;
        qdx_import_skip(job, why);
        return QDX_OK;
    }
    qdx_status status = qdx_import_begin(job, class == CLASSES ? NULL : classes[class].type,
                                         "wikidata", id, strlen(id), error);
    if (status != QDX_OK)
        return status;
    job->row.kind = class == CLASSES ? "" : classes[class].kind;
    job->row.gender = gender_of(item);
    qdx_import_country(job, claim(item, "P297", 0));
    if (!id[1 + strspn(id + 1, "0123456789")])
        qdx_buffer_text(&job->row.wikidata, id);
    const char *geonames = claim(item, "P1566", 0);
    if (!geonames[strspn(geonames, "0123456789")])
        qdx_buffer_text(&job->row.geonames, geonames);
    qdx_import_json_names(job, json_object_get(label, "value"), NULL);
    qdx_import_json_names(job, json_object_get(json_object_get(item, "aliases"), "en"), "value");
    return qdx_import_end(job, error);
}

qdx_status qdx_import_read_wikidata(qdx_import *job, char *text, size_t size, qdx_error *error)
{
    while (size && strchr(" \t,]", text[size - 1]))
        size--;
    while (size && strchr(" \t[", *text)) {
        text++;
        size--;
    }
    if (!size)
        return QDX_OK;
    json_t *item = qdx_import_json_load(job, text, size);
    qdx_status status = item ? read_item(job, item, error) : QDX_OK;
    json_decref(item);
    return status;
}

#endif
