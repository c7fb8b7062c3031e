/* Asides: which elements of a page stand beside its article. */
#ifndef QDX_DOCUMENT_ASIDE_H
#define QDX_DOCUMENT_ASIDE_H

#include "document/page.h"

/*
 * Decides for each of the page's asides whether it is one, and marks as dropped what is, or stands
 * in what is. page->failed when memory is short. Cost: linear in blocks and asides.
 */
void qdx_asides_settle(qdx_page *page);

#include "base/banned.h"
#endif
