/* Ranges of a text. */
#ifndef QUOTEDEX_SPAN_H
#define QUOTEDEX_SPAN_H

#include <stdint.h>

/*
 * A half-open range [start, end) of bytes in a document's UTF-8 text; both ends lie on character
 * boundaries. A span with start == end is empty and means "none" where one is optional.
 */
typedef struct qdx_span {
    uint32_t start;
    uint32_t end;
} qdx_span;

#endif
