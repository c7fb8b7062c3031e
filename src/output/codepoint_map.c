/*
 * Code point offsets by rank: a bit a byte says where characters start, a running count a word of
 * 64 bits makes the number before any byte one population count away.
 */
#include "output/codepoint_map.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text/unicode.h"

static bool is_ascii(const char *text, size_t size)
{
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, text + i, 8);
        if (word & 0x8080808080808080u)
            return false;
    }
    for (; i < size; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

qdx_status qdx_codepoint_map_init(qdx_codepoint_map *map, const char *text, size_t size,
                                  qdx_error *error)
{
    memset(map, 0, sizeof *map);
    map->size = size;
    if (is_ascii(text, size))
        return QDX_OK;
    size_t words = size / 64 + 1;
    map->starts = calloc(words, sizeof *map->starts);
    map->before = calloc(words, sizeof *map->before);
    if (!map->starts || !map->before) {
        qdx_codepoint_map_release(map);
        return qdx_error_memory(error);
    }
    const char *end = text + size;
    for (const char *p = text; p < end;) {
        uint32_t codepoint;
        size_t at = (size_t)(p - text);
        map->starts[at / 64] |= UINT64_C(1) << (at % 64);
        p += qdx_utf8_decode(p, end, &codepoint);
    }
    for (size_t i = 1; i < words; i++)
        map->before[i] = map->before[i - 1] + (uint32_t)__builtin_popcountll(map->starts[i - 1]);
    return QDX_OK;
}

void qdx_codepoint_map_release(qdx_codepoint_map *map)
{
    free(map->starts);
    free(map->before);
    memset(map, 0, sizeof *map);
}

uint32_t qdx_codepoint_at(const qdx_codepoint_map *map, size_t offset)
{
    if (offset > map->size)
        offset = map->size;
    if (!map->starts)
        return (uint32_t)offset;
    uint64_t below = map->starts[offset / 64] & ((UINT64_C(1) << (offset % 64)) - 1);
    return map->before[offset / 64] + (uint32_t)__builtin_popcountll(below);
}
