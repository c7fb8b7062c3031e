/* Items in a reader: the articles that an unpacker found, for those who unpack on their own. */
#ifndef QDX_DOCUMENT_ITEM_H
#define QDX_DOCUMENT_ITEM_H

#include "document/unpack.h"

/*
 * Opens an item as if it were a file; qdx_reader_next hands out its articles. The item's bytes are
 * taken, and other memory is left in their place.
 */
qdx_status qdx_reader_open_item(qdx_reader *reader, qdx_item *item, qdx_error *error);

#include "base/banned.h"
#endif
