/* How many columns a character takes on a terminal. */
#ifndef QDX_OUTPUT_CHARACTER_WIDTH_H
#define QDX_OUTPUT_CHARACTER_WIDTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/banned.h"

/* 0 for combining marks, 2 for East Asian wide characters and emoji, else 1. */
unsigned qdx_character_width(uint32_t codepoint);

/*
 * Characters a terminal must not be sent from outside text: C0 and C1 controls, and the invisible
 * ones that turn the direction of writing.
 */
bool qdx_character_is_unsafe(uint32_t codepoint);

#endif
