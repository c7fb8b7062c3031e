/*
 * Formats: what a file is, by its first bytes, its ending and its head, and who reads it. One table
 * each of the endings and of the bytes; to read a new format, give it a qdx_format and its rows.
 */
#ifndef QDX_DOCUMENT_FORMAT_H
#define QDX_DOCUMENT_FORMAT_H

#include "document/draft.h"
#include "document/source.h"

typedef struct qdx_format {
    const char *name;
    bool markup; /* a label inside the file may tell its encoding */

    /* Prepares the source for next. May be NULL. */
    qdx_status (*open)(qdx_source *source, qdx_error *error);

    /* Fills the (cleared) draft with the next article; QDX_END after the last. */
    qdx_status (*next)(qdx_source *source, qdx_draft *draft, qdx_error *error);
} qdx_format;

/*
 * Before decoding. QDX_ERR_UNSUPPORTED, with what the file is, when it is known to be none that can
 * be read. Else *format is what its ending says, or NULL when that says nothing.
 */
qdx_status qdx_format_of_bytes(const char *path, const char *bytes, size_t size,
                               const qdx_format **format, qdx_error *error);

/* After decoding: the format for good. Never NULL. */
const qdx_format *qdx_format_of_text(const qdx_format *by_name, const char *text, size_t size);

#include "base/banned.h"
#endif
