/* JSON: one object as an article, or as the envelope of several. */
#ifndef QDX_DOCUMENT_JSON_H
#define QDX_DOCUMENT_JSON_H

#include "document/format.h"

extern const qdx_format qdx_format_json;

#include "base/banned.h"
#endif
