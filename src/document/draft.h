/*
 * Draft: an article while it is being read. Parsers open a block, pour text into it and close it;
 * the draft joins blocks with a blank line, folds white space, and drops empty ones.
 *
 * Running out of memory is remembered (`failed`) and asked once at the end: qdx_draft_status.
 */
#ifndef QDX_DOCUMENT_DRAFT_H
#define QDX_DOCUMENT_DRAFT_H

#include <quotedex/document.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"

typedef struct qdx_draft {
    qdx_arena *arena; /* of the strings below; lives until the next article */
    const char *title, *url, *outlet, *author, *language; /* NULL: unknown */
    qdx_date date;
    const char *told; /* a page's own data may hold the article's text besides; NULL: no */
    size_t told_size;
    const char *whole; /* plain text: the file's own bytes, blocks are ranges in it; else NULL */
    size_t whole_size;
    qdx_buffer text; /* otherwise: what the blocks were joined to */
    QDX_VECTOR(qdx_block) blocks;
    qdx_block_kind kind; /* of the open block */
    size_t start;        /* of the open block in `text` */
    bool open;
    bool space; /* white space seen since the last character */
    bool failed;
} qdx_draft;

void qdx_draft_init(qdx_draft *draft, qdx_arena *arena);
void qdx_draft_release(qdx_draft *draft);
void qdx_draft_clear(qdx_draft *draft); /* keeps the memory; the arena is the owner's to reset */

/* Closes the open block, if any; text that follows belongs to a new one. */
void qdx_draft_open(qdx_draft *draft, qdx_block_kind kind);
void qdx_draft_close(qdx_draft *draft);

/* Forgets the open block and what it holds. */
void qdx_draft_discard(qdx_draft *draft);

/*
 * Adds UTF-8 to the open block; runs of white space and no-break spaces become one space, what is
 * not to be seen (soft hyphens, zero widths) goes, ligatures and characters that were escaped twice
 * become what they stand for.
 */
void qdx_draft_text(qdx_draft *draft, const char *bytes, size_t size);

/* A whole block whose white space is folded already. */
void qdx_draft_block(qdx_draft *draft, const char *bytes, size_t size, qdx_block_kind kind);

/* What the open block holds so far. */
qdx_span qdx_draft_pending(const qdx_draft *draft);

/* A range of `whole` as a block. */
void qdx_draft_range(qdx_draft *draft, qdx_span span, qdx_block_kind kind);

/*
 * A copy of a title, name or the like in the draft's arena: trimmed, white space folded, cut at
 * 1000 bytes. NULL when nothing is left.
 */
const char *qdx_draft_copy(qdx_draft *draft, const char *bytes, size_t size);

qdx_status qdx_draft_status(const qdx_draft *draft, qdx_error *error);

#include "base/banned.h"
#endif
