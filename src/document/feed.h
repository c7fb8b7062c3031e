/* RSS and Atom: one article an item. */
#ifndef QDX_DOCUMENT_FEED_H
#define QDX_DOCUMENT_FEED_H

#include "document/format.h"

/* The next of an XML format, for a tree whose root is <rss>, <rdf:RDF> or <feed>. */
qdx_status qdx_feed_next(qdx_source *source, qdx_draft *draft, qdx_error *error);

#include "base/banned.h"
#endif
