/* Articles in the text exports of news databases: Nexis and Factiva. */
#ifndef QDX_DOCUMENT_EXPORT_TEXT_H
#define QDX_DOCUMENT_EXPORT_TEXT_H

#include "document/draft.h"
#include "document/source.h"

/* Does the text look like such an export? Only its first bytes are looked at. */
bool qdx_export_is(const char *text, size_t size);

/* The next article; QDX_END after the last. source->at is where it is looked for. */
qdx_status qdx_export_next(qdx_source *source, qdx_draft *draft, qdx_error *error);

#include "base/banned.h"
#endif
