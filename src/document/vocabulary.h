/* Vocabularies of XML that news and scholarship are exchanged in: where each tells what. */
#ifndef QDX_DOCUMENT_VOCABULARY_H
#define QDX_DOCUMENT_VOCABULARY_H

#include "document/draft.h"
#include "document/source.h"

typedef struct qdx_vocabulary qdx_vocabulary;

/*
 * NITF, NewsML-G2, NewsML 1, TEI, JATS, Factiva and Nexis exports: what the document is written in,
 * by its elements. NULL: none of them.
 */
const qdx_vocabulary *qdx_vocabulary_of(const qdx_markup *markup);

/* The next article; QDX_END after the last. source->at counts on from node to node. */
qdx_status qdx_vocabulary_next(const qdx_vocabulary *vocabulary, qdx_source *source,
                               qdx_draft *draft, qdx_error *error);

#include "base/banned.h"
#endif
