/* Reading JSON entries, with jansson; the only header that knows it. */
#ifndef QDX_GAZETTEER_IMPORT_JSON_H
#define QDX_GAZETTEER_IMPORT_JSON_H

#include <jansson.h>

#include "gazetteer/import.h"

/* Parses; counts an entry as broken and gives NULL when it is no JSON object or array. */
json_t *qdx_import_json_load(qdx_import *job, const char *text, size_t size);

/* The member's text, or "" when there is none. Borrowed. */
const char *qdx_import_json_text(const json_t *object, const char *key);

/* Adds every text of an array (or a lone text) as a name; of objects, the text at `key`. */
void qdx_import_json_names(qdx_import *job, const json_t *array, const char *key);

/* m, f or "" for "male", "female" in any of the ways they are written. Static. */
const char *qdx_import_json_gender(const char *text);

#include "base/banned.h"
#endif
