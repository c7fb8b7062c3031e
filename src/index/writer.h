/* The index writer from inside, for tests that want the bytes instead of a file. */
#ifndef QDX_INDEX_WRITER_H
#define QDX_INDEX_WRITER_H

#include <quotedex/index.h>

#include "base/buffer.h"

/* What qdx_index_writer_finish would write. The writer is used up. */
qdx_status qdx_index_writer_render(qdx_index_writer *writer, qdx_buffer *out, qdx_error *error);

#include "base/banned.h"
#endif
