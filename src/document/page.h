/*
 * A page as a list of blocks: each paragraph, heading, item and cell with what is known of its
 * place. One walk over the tree makes it; what follows looks at blocks only.
 */
#ifndef QDX_DOCUMENT_PAGE_H
#define QDX_DOCUMENT_PAGE_H

#include "base/vector.h"
#include "document/class_word.h"
#include "document/draft.h"
#include "document/element.h"

/* What a block stands in. */
enum {
    QDX_IN_PARAGRAPH = 1 << 0,
    QDX_IN_LIST = 1 << 1,
    QDX_IN_TABLE = 1 << 2, /* a cell of it */
    QDX_IN_HEADER = 1 << 3,
    QDX_IN_PREFORMATTED = 1 << 4,
    QDX_IS_TITLE = 1 << 5,    /* <h1> */
    QDX_AFTER_IMAGE = 1 << 6, /* the first after a picture */
};

typedef struct qdx_page_block {
    uint32_t node;   /* where its text begins */
    uint32_t holder; /* the block element that it stands in */
    uint32_t aside;  /* 1 + the innermost aside around it; 0: none */
    uint32_t linked; /* bytes inside links */
    uint32_t prose;  /* bytes that count as running text; 0: too short, mostly links, a heading */
    uint8_t in;      /* QDX_IN_… */
} qdx_page_block;

/* An element that seems to stand beside the article. */
typedef struct qdx_page_aside {
    uint32_t node;
    uint32_t outer;      /* 1 + the aside around it; 0: none */
    uint32_t first, end; /* its blocks */
    qdx_beside beside;
    bool judged;  /* it is beside the article by itself */
    bool dropped; /* or stands in something that is */
} qdx_page_aside;

/* An element whose name says that it may hold the article. */
typedef struct qdx_page_body {
    uint32_t node;
    uint32_t first, end; /* its blocks */
    uint8_t rank;
} qdx_page_body;

typedef struct qdx_page {
    const qdx_markup *markup;
    qdx_draft text;                    /* the blocks' spans and kinds */
    QDX_VECTOR(qdx_page_block) blocks; /* one for each block of `text` */
    QDX_VECTOR(qdx_page_aside) asides; /* in document order */
    QDX_VECTOR(qdx_page_body) bodies;  /* in document order */
    uint32_t headline;                 /* 1 + the block of the headline; 0: none */
    bool failed;
} qdx_page;

void qdx_page_init(qdx_page *page, const qdx_markup *markup, qdx_arena *arena);
void qdx_page_release(qdx_page *page);

/*
 * Walks the subtree of `top` and fills the page. Without `strict`, concealed elements are read too
 * and nothing is beside. qdx_page_status tells afterwards whether memory sufficed. Cost: linear.
 */
void qdx_page_read(qdx_page *page, uint32_t top, bool strict);

qdx_status qdx_page_status(const qdx_page *page, qdx_error *error);

/* Is the block outside everything that is beside the article? */
bool qdx_page_is_free(const qdx_page *page, size_t block);

const char *qdx_page_text(const qdx_page *page, size_t block);
uint32_t qdx_page_size(const qdx_page *page, size_t block);

/* The classes of an element, "" without any. */
const char *qdx_page_class(const qdx_page *page, uint32_t node);

#include "base/banned.h"
#endif
