/* Items in a reader: for those who open files, and unpack them, on their own. */
#ifndef QDX_DOCUMENT_ITEM_H
#define QDX_DOCUMENT_ITEM_H

#include "base/file.h"
#include "document/unpack.h"

/*
 * Opens an item as if it were a file; qdx_reader_next hands out its articles. The item's bytes are
 * taken, and other memory is left in their place.
 */
qdx_status qdx_reader_open_item(qdx_reader *reader, qdx_item *item, qdx_error *error);

/* qdx_reader_open of a file that is open at its beginning; it stays open, and the caller's. */
qdx_status qdx_reader_open_file(qdx_reader *reader, const char *path, const qdx_file *file,
                                qdx_error *error);

#include "base/banned.h"
#endif
