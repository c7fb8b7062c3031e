/* What a page tells of its article beside the text. */
#ifndef QDX_DOCUMENT_METADATA_H
#define QDX_DOCUMENT_METADATA_H

#include "document/draft.h"
#include "document/markup.h"

/*
 * Fills in title, address, outlet, author, language and date as far as the page tells them: meta
 * elements, JSON-LD, links, <time>, <title>, the date in the address.
 */
qdx_status qdx_metadata_read(const qdx_markup *page, qdx_draft *draft, qdx_error *error);

/* Fills in one text where the draft has none; for XML. `field` is one of the draft's texts. */
void qdx_metadata_set(qdx_draft *draft, const char **field, const char *text, size_t size);

/* The same for an author: without a leading "By". */
void qdx_metadata_set_author(qdx_draft *draft, const char *text, size_t size);

/* The same for an address: http and https only. */
void qdx_metadata_set_url(qdx_draft *draft, const char *text, size_t size);

#include "base/banned.h"
#endif
