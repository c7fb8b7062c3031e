/* Conditions on articles. What was found of a document's source is kept for its next quotation. */
#include "query/article_filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/decode.h"
#include "text/fold.h"

enum verdict { UNREAD, FITS, DIFFERS };

qdx_status qdx_article_filter_init(qdx_article_filter *filter, const qdx_index *index,
                                   const qdx_query *query, qdx_error *error)
{
    filter->index = index;
    filter->since = qdx_date_pack(query->since);
    filter->until = qdx_date_pack(query->until);
    if (!query->source || !*query->source)
        return QDX_OK;
    qdx_fold(query->source, strlen(query->source), &filter->words);
    filter->verdicts = calloc(qdx_store_count(index, QDX_STORE_DOCUMENT) + 1, 1);
    return filter->verdicts && !filter->words.failed ? QDX_OK : qdx_error_memory(error);
}

void qdx_article_filter_release(qdx_article_filter *filter)
{
    qdx_buffer_release(&filter->words);
    qdx_buffer_release(&filter->scratch);
    free(filter->verdicts);
    filter->verdicts = NULL;
}

bool qdx_article_date_fits(const qdx_article_filter *filter, uint32_t date)
{
    if (!filter->since && !filter->until)
        return true;
    return date && (!filter->since || qdx_date_ceiling(date) >= filter->since) &&
           (!filter->until || date <= qdx_date_ceiling(filter->until));
}

/* Raises *fits when the words stand in the text. */
static qdx_status look_into(qdx_article_filter *filter, const char *text, bool *fits,
                            qdx_error *error)
{
    qdx_buffer_clear(&filter->scratch);
    qdx_fold(text, strlen(text), &filter->scratch);
    if (filter->scratch.size && filter->words.size)
        *fits |= strstr(filter->scratch.bytes, filter->words.bytes) != NULL;
    return qdx_buffer_status(&filter->scratch, error);
}

static qdx_status look_at(qdx_article_filter *filter, uint32_t document, bool *fits,
                          qdx_error *error)
{
    qdx_document_row row;
    *fits = false;
    qdx_status status = qdx_document_row_at(filter->index, document, &row, error);
    if (status == QDX_OK)
        status = look_into(filter, row.path, fits, error);
    if (status == QDX_OK && !*fits)
        status = look_into(filter, row.url, fits, error);
    if (status == QDX_OK && !*fits)
        status = look_into(filter, row.outlet, fits, error);
    return status;
}

qdx_status qdx_article_source_fits(qdx_article_filter *filter, uint32_t document, bool *fits,
                                   qdx_error *error)
{
    *fits = !filter->verdicts || filter->verdicts[document] == FITS;
    if (!filter->verdicts || filter->verdicts[document] != UNREAD)
        return QDX_OK;
    qdx_status status = look_at(filter, document, fits, error);
    if (status == QDX_OK)
        filter->verdicts[document] = *fits ? FITS : DIFFERS;
    return status;
}
