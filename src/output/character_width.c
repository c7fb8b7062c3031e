/*
 * Widths by ranges: blocks of the Unicode Standard whose East_Asian_Width is W or F (UAX #11),
 * taken coarsely. Terminals disagree on the rest, so more would not be better.
 */
#include "output/character_width.h"

#include <stddef.h>

#include "text/unicode.h"

typedef struct range {
    uint32_t first, last;
} range;

static const range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
    {0x20000, 0x3FFFD},
};

static const range unsafe[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x061C, 0x061C}, {0x200E, 0x200F},
    {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
};

static bool in_ranges(const range *ranges, size_t count, uint32_t codepoint)
{
    for (size_t i = 0; i < count && ranges[i].first <= codepoint; i++)
        if (codepoint <= ranges[i].last)
            return true;
    return false;
}

unsigned qdx_character_width(uint32_t codepoint)
{
    if (codepoint < 0x300)
        return 1;
    if (qdx_unicode_is_mark(codepoint) || (codepoint >= 0x200B && codepoint <= 0x200D))
        return 0;
    return in_ranges(wide, sizeof wide / sizeof wide[0], codepoint) ? 2 : 1;
}

bool qdx_character_is_unsafe(uint32_t codepoint)
{
    return in_ranges(unsafe, sizeof unsafe / sizeof unsafe[0], codepoint);
}
