/*
 * Buffer: bytes that grow at the end.
 *
 * Appending never returns a status: when memory runs out the buffer remembers it, ignores all that
 * follows, and the writer asks once at the end with qdx_buffer_status.
 */
#ifndef QDX_BASE_BUFFER_H
#define QDX_BASE_BUFFER_H

#include <quotedex/batch.h> /* declares qdx_buffer and qdx_buffer_append */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct qdx_buffer {
    char *bytes; /* terminated once anything was appended; NULL before */
    size_t size; /* without the terminator */
    size_t capacity;
    size_t limit; /* of size; 0: none. An append beyond it fails. */
    bool failed;  /* an append found no memory */
    bool full;    /* it failed for the limit */
};

/* An all-zero buffer is valid and empty. */
void qdx_buffer_init(qdx_buffer *buffer);
void qdx_buffer_release(qdx_buffer *buffer);

/* Empties it, forgets failure, keeps the memory. */
void qdx_buffer_clear(qdx_buffer *buffer);

/* Empties it and remembers failure: for one used several times before somebody asks. */
void qdx_buffer_reuse(qdx_buffer *buffer);

/* Room for `extra` more bytes; false (and failed) when there is no memory for it. */
bool qdx_buffer_grow(qdx_buffer *buffer, size_t extra);

static inline bool qdx_buffer_reserve(qdx_buffer *buffer, size_t extra)
{
    bool fits = !buffer->failed && extra < buffer->capacity - buffer->size;
    return fits || qdx_buffer_grow(buffer, extra);
}

/* A byte at a time is how folding and encoding write: the common case is inline. */
static inline void qdx_buffer_byte(qdx_buffer *buffer, char byte)
{
    if (buffer->failed || buffer->capacity - buffer->size < 2) {
        qdx_buffer_append(buffer, &byte, 1);
        return;
    }
    buffer->bytes[buffer->size++] = byte;
    buffer->bytes[buffer->size] = '\0';
}

void qdx_buffer_text(qdx_buffer *buffer, const char *text);
void qdx_buffer_format(qdx_buffer *buffer, const char *format, ...) QDX_PRINTF(2, 3);

/* Fixed-size little-endian integers, and LEB128 varints (at most 10 bytes). */
void qdx_buffer_u32(qdx_buffer *buffer, uint32_t value);
void qdx_buffer_u64(qdx_buffer *buffer, uint64_t value);
void qdx_buffer_varint(qdx_buffer *buffer, uint64_t value);

/* A varint length and the bytes. */
void qdx_buffer_string(qdx_buffer *buffer, const void *bytes, size_t size);

/* QDX_OK, or QDX_ERR_MEMORY when an append failed. */
qdx_status qdx_buffer_status(const qdx_buffer *buffer, qdx_error *error);

#include "base/banned.h"
#endif
