/*
 * From byte offsets of a text to code point offsets, as readers of JSON count them.
 *
 * Built in one pass over the text; a look-up then costs a few instructions. ASCII needs no table.
 * Memory: 3/16 of the text. A malformed byte counts as one code point, as JSON writes it.
 */
#ifndef QDX_OUTPUT_CODEPOINT_MAP_H
#define QDX_OUTPUT_CODEPOINT_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct qdx_codepoint_map {
    uint64_t *starts; /* a bit for each byte at which a character starts; NULL: all do */
    uint32_t *before; /* characters before each word of `starts` */
    size_t size;      /* bytes of the text */
} qdx_codepoint_map;

qdx_status qdx_codepoint_map_init(qdx_codepoint_map *map, const char *text, size_t size,
                                  qdx_error *error);
void qdx_codepoint_map_release(qdx_codepoint_map *map);

/* Number of code points that start before byte `offset`; offsets past the end count as the end. */
uint32_t qdx_codepoint_at(const qdx_codepoint_map *map, size_t offset);

#include "base/banned.h"
#endif
