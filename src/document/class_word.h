/* What the class and id of an element say about its part in the page. */
#ifndef QDX_DOCUMENT_CLASS_WORD_H
#define QDX_DOCUMENT_CLASS_WORD_H

#include <stdint.h>

#include "document/markup.h"

/* How surely something stands beside the article. */
typedef enum qdx_beside {
    QDX_BESIDE_NOT,
    QDX_BESIDE_LIKELY, /* unless much of the page's prose is in what is called so ("widget", <form>)
                        */
    QDX_BESIDE_SURE,   /* unless nearly all of it is ("newsletter", <aside>, hidden) */
    QDX_BESIDE_ALWAYS, /* comments, consent: however long they are */
} qdx_beside;

typedef struct qdx_class_meaning {
    qdx_beside beside;
    uint8_t body_rank; /* says that it holds the article's text: 0 no, 1 perhaps, 2 yes, 3 surely */
    bool unseen;       /* only screen readers show it */
} qdx_class_meaning;

enum { QDX_CLASS_SLOTS = 128 };

/* What was found out about names, for one page: they recur. All zero: nothing yet. */
typedef struct qdx_class_memo {
    struct qdx_class_slot {
        const char *value; /* of the page's attributes */
        qdx_class_meaning meaning;
    } slots[QDX_CLASS_SLOTS];
    uint16_t first[27]; /* of the table of words, by first letter */
    bool indexed;
} qdx_class_memo;

/*
 * Reads class, id, itemprop and role. Names are split into words at everything but letters and
 * before capitals, so that "share" is found in "postShare" and not in "shareholders". Cost: linear
 * in their length.
 */
qdx_class_meaning qdx_class_meaning_of(qdx_class_memo *memo, const qdx_node *node);

#include "base/banned.h"
#endif
