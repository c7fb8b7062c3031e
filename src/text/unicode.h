/*
 * Characters: UTF-8 in and out, and what Unicode says of a code point. The only part of the program
 * that knows utf8proc.
 */
#ifndef QDX_TEXT_UNICODE_H
#define QDX_TEXT_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum { QDX_REPLACEMENT = 0xFFFD };

/*
 * Decodes the character at `p` (p < end). Returns its length in bytes, 1 to 4. A malformed or
 * overlong sequence, a surrogate or a value above U+10FFFF gives QDX_REPLACEMENT and the length 1.
 */
size_t qdx_utf8_decode(const char *p, const char *end, uint32_t *codepoint);

/* The character that ends before `p` (start < p); same errors. */
size_t qdx_utf8_decode_before(const char *start, const char *p, uint32_t *codepoint);

/* Writes 1 to 4 bytes, returns how many. An invalid code point writes U+FFFD. */
size_t qdx_utf8_encode(uint32_t codepoint, char out[4]);

void qdx_buffer_codepoint(qdx_buffer *buffer, uint32_t codepoint);

/* Strictly valid UTF-8 (RFC 3629)? Cost: about a byte a cycle, eight for ASCII. */
bool qdx_utf8_valid(const char *bytes, size_t size);

/* Number of code points in valid UTF-8. */
size_t qdx_utf8_count(const char *bytes, size_t size);

/* General categories. */
bool qdx_unicode_is_letter(uint32_t codepoint); /* L* */
bool qdx_unicode_is_upper(uint32_t codepoint);  /* Lu, Lt */
bool qdx_unicode_is_lower(uint32_t codepoint);  /* Ll */
bool qdx_unicode_is_digit(uint32_t codepoint);  /* Nd */
bool qdx_unicode_is_mark(uint32_t codepoint);   /* M* */
bool qdx_unicode_is_space(
    uint32_t codepoint); /* Z*, tab, line ends, no-break and zero-width ones */

#include "base/banned.h"
#endif
