/* Spellings of one person within a document. */
#ifndef QDX_ENTITY_VARIANT_H
#define QDX_ENTITY_VARIANT_H

#include "entity/tagging.h"

/* The hash of a romanized word, under which people are filed; 0 when memory runs out. */
uint64_t qdx_variant_sound(const char *word, size_t size);

/*
 * The document's person, other than `except`, whose full name says the same as this one: the same
 * words or some of them in any spelling; with `initials`, else the only one whom initials fit.
 * QDX_NONE when there is none. `sound` is that of the surname. Compares with at most 32 bearers.
 */
uint32_t qdx_variant_find(const qdx_tagging *tagging, const char *name, uint64_t sound,
                          uint32_t except, bool initials);

#include "base/banned.h"
#endif
