/*
 * Letters with marks, as an English text spells their sounds: š as sh, č as ch, ž as zh, ü as ue. A
 * name so spelled and the same name with its marks left out are both usual; docs/names.md.
 */
#ifndef QDX_TEXT_NAME_MARK_H
#define QDX_TEXT_NAME_MARK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/*
 * Appends valid UTF-8 with marked letters spelled out. False, and nothing appended, when it has
 * none of them. Cost: linear.
 */
bool qdx_name_spell_marks(const char *bytes, size_t size, qdx_buffer *out);

/*
 * Appends a romanized word as if the marks had been left out: the key of "Tavrasin" for that of
 * "Tavrashin", so that Tavrašin, filed without its marks, is found.
 */
void qdx_name_drop_marks(const char *romanized, qdx_buffer *out);

#include "base/banned.h"
#endif
