/*
 * Formats: what a file is, by its first bytes, its ending and its head, and who reads it. One table
 * each of the endings and of the bytes; to read a new format, give it a qdx_format and its rows.
 */
#ifndef QDX_DOCUMENT_FORMAT_H
#define QDX_DOCUMENT_FORMAT_H

#include "document/compress.h"
#include "document/draft.h"
#include "document/source.h"

typedef struct qdx_format {
    const char *name;
    bool markup; /* a label inside the file may tell its encoding */

    /* Prepares the source for next. May be NULL. */
    qdx_status (*open)(qdx_source *source, qdx_error *error);

    /* Fills the (cleared) draft with the next article; QDX_END after the last. */
    qdx_status (*next)(qdx_source *source, qdx_draft *draft, qdx_error *error);

    bool raw; /* reads the bytes themselves: they are not decoded */

    /*
     * A format that is wrapped around another: appends the text inside the source's bytes to
     * `inner` and fills in source->wrapping. Such a format has neither open nor next.
     */
    qdx_status (*unwrap)(qdx_source *source, qdx_buffer *inner, qdx_error *error);
} qdx_format;

struct qdx_container_kind;

/* What a file is, as far as its first bytes and its ending tell. All empty: they don't. */
typedef struct qdx_kind {
    qdx_compression compression; /* then nothing else is known yet */
    const struct qdx_container_kind *container;
    const qdx_format *format;
} qdx_kind;

/*
 * By the first bytes (all of the file, or 512 and more) and the name. QDX_ERR_UNSUPPORTED, with
 * what the file is, when it is known to be none that can be read.
 */
qdx_status qdx_kind_find(const char *name, const char *bytes, size_t size, qdx_kind *kind,
                         qdx_error *error);

/* Takes the ending of a compression off a name, in place: "a.txt.gz" → "a.txt", "a.tgz" → "a.tar".
 */
void qdx_kind_strip(char *name);

/* Could a file of this name hold many articles? Its bytes may still say otherwise. */
bool qdx_kind_may_be_container(const char *name);

/* After decoding: the format for good. Never NULL. */
const qdx_format *qdx_format_of_text(const qdx_format *by_name, const char *text, size_t size);

#include "base/banned.h"
#endif
