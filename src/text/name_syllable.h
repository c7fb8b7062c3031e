/*
 * Korean and Chinese names by their syllables. Several romanizations of these languages are in use,
 * and one of them leaves its apostrophes out, so that Chong is Jung and Cheong, and Kuo is Guo. Two
 * spellings are of one name when each of their syllables may stand for the same sound.
 */
#ifndef QDX_TEXT_NAME_SYLLABLE_H
#define QDX_TEXT_NAME_SYLLABLE_H

#include "text/name_key.h"

/*
 * May two names of three or four syllables, family name first in both, be one Korean name in any
 * romanization, or one Chinese name in pinyin and in Wade-Giles? Short of that nothing is said:
 * such names have few letters, and many people have them. Cost: linear, names longer than that at
 * once.
 */
bool qdx_name_same_syllables(const qdx_name_parts *a, const qdx_name_parts *b);

#include "base/banned.h"
#endif
