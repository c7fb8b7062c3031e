/* What a page tells of its article in JSON-LD (schema.org). */
#ifndef QDX_DOCUMENT_METADATA_JSON_H
#define QDX_DOCUMENT_METADATA_JSON_H

#include <stdbool.h>

#include "base/buffer.h"

typedef struct qdx_json_facts {
    qdx_buffer title, date, outlet, language, url;
    qdx_buffer authors; /* "; " between them */
    qdx_buffer body;    /* the article's text, paragraphs on lines of their own */
    unsigned followed;  /* "@id"s so far */
} qdx_json_facts;

/* All-zero facts are valid and empty. */
void qdx_json_facts_release(qdx_json_facts *facts);

/*
 * Reads one script's text. Facts that an earlier script told stay. The article is looked for at the
 * top, in "@graph" and in "mainEntity"; "@id"s of authors and publishers are followed within the
 * script. Broken JSON gives what a search for single members finds. Cost: linear.
 */
void qdx_json_facts_read(qdx_json_facts *facts, const char *json, size_t size);

bool qdx_json_facts_failed(const qdx_json_facts *facts);

#include "base/banned.h"
#endif
