/* The tagger: people, organizations and places of one document. */
#ifndef QDX_ENTITY_TAGGER_H
#define QDX_ENTITY_TAGGER_H

#include "entity/tagging.h"

/*
 * Tags a tokenized, annotated and split text. Reads the gazetteer, then the article's own names:
 * surnames, given names, acronyms. Everything of an earlier document is forgotten.
 */
qdx_status qdx_tagger_run(qdx_tagging *tagging, const qdx_gazetteer *gazetteer,
                          const qdx_text *text, const qdx_document *document, qdx_arena *arena,
                          qdx_error *error);

#include "base/banned.h"
#endif
