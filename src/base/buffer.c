/* Growable bytes: capacity doubles, failure is sticky. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void qdx_buffer_init(qdx_buffer *buffer)
{
    memset(buffer, 0, sizeof *buffer);
}

void qdx_buffer_release(qdx_buffer *buffer)
{
    free(buffer->bytes);
    qdx_buffer_init(buffer);
}

void qdx_buffer_clear(qdx_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = buffer->full = false;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

void qdx_buffer_reuse(qdx_buffer *buffer)
{
    bool failed = buffer->failed, full = buffer->full;
    qdx_buffer_clear(buffer);
    buffer->failed = failed;
    buffer->full = full;
}

bool qdx_buffer_grow(qdx_buffer *buffer, size_t extra)
{
    if (buffer->failed)
        return false;
    if (extra < buffer->capacity - buffer->size)
        return true;
    if (buffer->limit && extra > buffer->limit - buffer->size) {
        buffer->failed = buffer->full = true;
        return false;
    }
    if (extra > SIZE_MAX / 4 || buffer->size > SIZE_MAX / 4) {
        buffer->failed = true;
        return false;
    }
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : 256;
    if (capacity < buffer->size + extra + 1)
        capacity = buffer->size + extra + 1;
    char *bytes = realloc(buffer->bytes, capacity);
    if (!bytes) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void qdx_buffer_append(qdx_buffer *buffer, const void *bytes, size_t size)
{
    if (!qdx_buffer_reserve(buffer, size))
        return;
    if (size)
        memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    buffer->bytes[buffer->size] = '\0';
}

void qdx_buffer_text(qdx_buffer *buffer, const char *text)
{
    qdx_buffer_append(buffer, text, strlen(text));
}

void qdx_buffer_format(qdx_buffer *buffer, const char *format, ...)
{
    char small[256];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n < 0) {
        buffer->failed = true;
        return;
    }
    if ((size_t)n < sizeof small) {
        qdx_buffer_append(buffer, small, (size_t)n);
        return;
    }
    if (!qdx_buffer_reserve(buffer, (size_t)n))
        return;
    va_start(args, format);
    vsnprintf(buffer->bytes + buffer->size, (size_t)n + 1, format, args);
    va_end(args);
    buffer->size += (size_t)n;
}

static void append_little_endian(qdx_buffer *buffer, uint64_t value, size_t size)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    qdx_buffer_append(buffer, bytes, size);
}

void qdx_buffer_u32(qdx_buffer *buffer, uint32_t value)
{
    append_little_endian(buffer, value, 4);
}

void qdx_buffer_u64(qdx_buffer *buffer, uint64_t value)
{
    append_little_endian(buffer, value, 8);
}

void qdx_buffer_varint(qdx_buffer *buffer, uint64_t value)
{
    if (value < 0x80) {
        qdx_buffer_byte(buffer, (char)value);
        return;
    }
    enum { LONGEST = 10 };
    if (!qdx_buffer_reserve(buffer, LONGEST))
        return;
    char *to = buffer->bytes + buffer->size;
    for (; value >= 0x80; value >>= 7)
        *to++ = (char)(value | 0x80);
    *to++ = (char)value;
    *to = '\0';
    buffer->size = (size_t)(to - buffer->bytes);
}

void qdx_buffer_string(qdx_buffer *buffer, const void *bytes, size_t size)
{
    qdx_buffer_varint(buffer, size);
    qdx_buffer_append(buffer, bytes, size);
}

qdx_status qdx_buffer_status(const qdx_buffer *buffer, qdx_error *error)
{
    return buffer->failed ? qdx_error_memory(error) : QDX_OK;
}
