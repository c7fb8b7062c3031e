/* PDF, by way of another program. */
#ifndef QDX_DOCUMENT_PDF_H
#define QDX_DOCUMENT_PDF_H

#include "document/format.h"

/* A wrapping around the text that pdftotext (poppler-utils) finds; without it a file is refused. */
extern const qdx_format qdx_format_pdf;

#include "base/banned.h"
#endif
