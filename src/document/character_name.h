/* Characters by their names in HTML ("&rdquo;", "&#8217;"), where no parser has read them. */
#ifndef QDX_DOCUMENT_CHARACTER_NAME_H
#define QDX_DOCUMENT_CHARACTER_NAME_H

#include "base/buffer.h"

/*
 * Appends the character that is named at `p`, behind "&"; returns where its name and ";" end. NULL,
 * and nothing appended, when it is none of the usual names and no number of a character.
 */
const char *qdx_character_name_put(const char *p, const char *end, qdx_buffer *out);

#include "base/banned.h"
#endif
