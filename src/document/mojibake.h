/* Repair of UTF-8 that was read as windows-1252 and written as UTF-8 again ("coup d'Ã©tat"). */
#ifndef QDX_DOCUMENT_MOJIBAKE_H
#define QDX_DOCUMENT_MOJIBAKE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Repairs valid UTF-8 in place when it holds at least two sequences that no natural text holds; the
 * result is never longer. False, and nothing changed, without that proof.
 */
bool qdx_mojibake_repair(char *text, size_t *size);

#include "base/banned.h"
#endif
