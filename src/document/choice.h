/* The choice among a page's blocks: those under judgement, in order, and what was decided so far.
 */
#ifndef QDX_DOCUMENT_CHOICE_H
#define QDX_DOCUMENT_CHOICE_H

#include "document/page.h"

/* A block under judgement. */
typedef struct qdx_candidate {
    uint32_t block;
    bool good; /* running text: it belongs to the article by itself */
    bool kept;
} qdx_candidate;

typedef struct qdx_choice {
    const qdx_page *page;
    qdx_draft *draft;
    QDX_VECTOR(qdx_candidate) candidates;
    bool failed;
} qdx_choice;

static inline const char *qdx_choice_text(const qdx_choice *c, size_t i)
{
    return qdx_page_text(c->page, c->candidates.items[i].block);
}

static inline uint32_t qdx_choice_size(const qdx_choice *c, size_t i)
{
    return qdx_page_size(c->page, c->candidates.items[i].block);
}

static inline const qdx_page_block *qdx_choice_block(const qdx_choice *c, size_t i)
{
    return &c->page->blocks.items[c->candidates.items[i].block];
}

static inline qdx_block_kind qdx_choice_kind(const qdx_choice *c, size_t i)
{
    return c->page->text.blocks.items[c->candidates.items[i].block].kind;
}

/*
 * Leaves out quotations that are set large beside the text, though the text says them too, and the
 * line under them that says whose they are. At most 64 are looked for, so cost stays linear.
 */
void qdx_pulled_drop(qdx_choice *c);

#include "base/banned.h"
#endif
