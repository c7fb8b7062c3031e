/* Region: which elements of a page hold its article, as ranges of the page's blocks. */
#ifndef QDX_DOCUMENT_REGION_H
#define QDX_DOCUMENT_REGION_H

#include "document/page.h"

typedef struct qdx_region_part {
    uint32_t first, end; /* blocks */
} qdx_region_part;

typedef struct qdx_region {
    QDX_VECTOR(qdx_region_part) parts; /* in order; they do not overlap */
} qdx_region;

/* An all-zero region is valid and empty. */
void qdx_region_release(qdx_region *region);

/*
 * Finds the elements that hold the article; the whole page when nothing tells one part of it from
 * another. Asides must be settled. Cost: linear.
 */
qdx_status qdx_region_find(const qdx_page *page, qdx_region *region, qdx_error *error);

#include "base/banned.h"
#endif
