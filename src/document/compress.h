/*
 * Compressed data as streams. The libraries are optional: what this build cannot read it names.
 * Each member's checksum is checked by its library; what comes out before the end is not yet sure.
 */
#ifndef QDX_DOCUMENT_COMPRESS_H
#define QDX_DOCUMENT_COMPRESS_H

#include "document/stream.h"

typedef enum qdx_compression {
    QDX_COMPRESSION_NONE,
    QDX_COMPRESSION_GZIP,
    QDX_COMPRESSION_BZIP2,
    QDX_COMPRESSION_XZ,
    QDX_COMPRESSION_ZSTD,
    QDX_COMPRESSION_DEFLATE, /* without a head, as in zip archives; it ends by itself */
    QDX_COMPRESSION_ZLIB,    /* as the web's "deflate" */
} qdx_compression;

/* What the first bytes are, if they are compressed data. */
qdx_compression qdx_compression_of(const char *bytes, size_t size);

/*
 * Expands a stream, which is taken over, also on failure. QDX_ERR_UNSUPPORTED when this build lacks
 * the library. Reading fails with QDX_ERR_FORMAT on damage, with QDX_ERR_LIMIT when the budget is
 * used up or the ratio of the whole stream exceeds the limit.
 */
qdx_status qdx_stream_expand(qdx_stream *compressed, qdx_compression compression,
                             qdx_budget *budget, qdx_stream **expanded, qdx_error *error);

/*
 * After damage in one member of a gzip stream: goes on with the next that begins. QDX_END when
 * there is none.
 */
qdx_status qdx_stream_next_member(qdx_stream *expanded, qdx_error *error);

#include "base/banned.h"
#endif
