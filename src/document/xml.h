/* XML: NITF, feeds, and any other vocabulary by its shape. */
#ifndef QDX_DOCUMENT_XML_H
#define QDX_DOCUMENT_XML_H

#include "document/format.h"

extern const qdx_format qdx_format_xml;

#include "base/banned.h"
#endif
