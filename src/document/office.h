/* Documents that are zip archives of XML: Word's and OpenDocument's texts, e-books. */
#ifndef QDX_DOCUMENT_OFFICE_H
#define QDX_DOCUMENT_OFFICE_H

#include "document/format.h"

extern const qdx_format qdx_format_docx;
extern const qdx_format qdx_format_odt;
extern const qdx_format qdx_format_epub; /* each chapter is an article */

#include "base/banned.h"
#endif
