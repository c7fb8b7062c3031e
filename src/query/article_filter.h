/* The conditions of a query on articles: their dates, and where they are from. */
#ifndef QDX_QUERY_ARTICLE_FILTER_H
#define QDX_QUERY_ARTICLE_FILTER_H

#include <quotedex/query.h>

#include "base/buffer.h"

/* Zero-initialise, init, release. */
typedef struct qdx_article_filter {
    const qdx_index *index;
    uint32_t since, until;   /* packed dates, 0: open */
    qdx_buffer words;        /* folded; what path, address or outlet must contain */
    qdx_buffer scratch;      /* for the text that is held against them */
    unsigned char *verdicts; /* of each document so far; NULL: sources are not asked for */
} qdx_article_filter;

qdx_status qdx_article_filter_init(qdx_article_filter *filter, const qdx_index *index,
                                   const qdx_query *query, qdx_error *error);
void qdx_article_filter_release(qdx_article_filter *filter);

/* Does an article of this packed date fall into the days asked for? One without a date does when
 * no day is. */
bool qdx_article_date_fits(const qdx_article_filter *filter, uint32_t date);

/* Is the document from a source asked for? Each is looked at once. */
qdx_status qdx_article_source_fits(qdx_article_filter *filter, uint32_t document, bool *fits,
                                   qdx_error *error);

#include "base/banned.h"
#endif
