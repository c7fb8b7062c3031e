/*
 * The quotation marks of a document, paired into stretches: what stands in marks, not who said it
 * nor whether anybody did. Curly, straight, single, low-high, angle and corner marks, `` and '',
 * also turned the wrong way, closed by a mark of another kind, or not closed at all.
 */
#ifndef QDX_QUOTE_QUOTE_MARK_H
#define QDX_QUOTE_QUOTE_MARK_H

#include <quotedex/document.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vector.h"
#include "text/token.h"

/* Stretches open inside one another; marks that would open one more are taken as plain text. */
enum { QDX_STRETCH_DEPTH = 8 };

/* A stretch of text in quotation marks. */
typedef struct qdx_stretch {
    uint32_t first,
        end; /* tokens inside the marks, [first, end); never empty, never across blocks */
    uint32_t open, close; /* mark tokens, UINT32_MAX where there is none */
    uint32_t block;       /* index into text->blocks */
    qdx_span span;        /* bytes inside the marks, blanks trimmed */
    uint32_t outer;       /* stretch it is nested in, or UINT32_MAX */
    bool unclosed;        /* runs to the end of its block without a closing mark */
    bool continues;       /* goes on from the previous block's unclosed stretch */
    bool block_quotation; /* a whole <blockquote> paragraph without marks */
} qdx_stretch;

typedef QDX_VECTOR(qdx_stretch) qdx_stretch_list;

/*
 * Fills `list`, which is emptied first, from the tokens and blocks of `text` and the kinds of the
 * blocks in `document`; stretches in text order, outer before inner. A stretch that a second
 * opening mark cuts short has no closing mark and is not `unclosed`. A mark of two characters may
 * be two tokens (’’): `open` or `close` is then its first; and '' may close two stretches at once.
 * Fails only for want of memory, the list then empty. Cost: linear in the number of tokens.
 */
qdx_status qdx_stretches_find(const qdx_text *text, const qdx_document *document,
                              qdx_stretch_list *list, qdx_error *error);

#include "base/banned.h"
#endif
