/* Names of encodings as files declare them. */
#ifndef QDX_DOCUMENT_LABEL_H
#define QDX_DOCUMENT_LABEL_H

#include <stdbool.h>
#include <stddef.h>

enum { QDX_LABEL_SIZE = 48 };

/* The label declared in the first bytes of markup, lower case; false when there is none. */
bool qdx_label_find(const char *bytes, size_t size, char label[QDX_LABEL_SIZE]);

/*
 * What iconv should read a label as, by what browsers do with it (latin-1 means windows-1252). NULL
 * when windows-1252 is meant or the label must not be believed; else static, or the label itself.
 */
const char *qdx_label_charset(const char *label);

bool qdx_label_is_utf8(const char *label);

#include "base/banned.h"
#endif
