/* HTML as a format: one page is one article. */
#include "document/html.h"

#include <string.h>

#include "document/article.h"
#include "document/metadata.h"

static qdx_status html_open(qdx_source *source, qdx_error *error)
{
    qdx_status status =
        qdx_markup_parse_html(&source->markup, source->text, source->size, &source->limits, error);
    if (source->markup.truncated)
        source->repairs |= QDX_REPAIR_TRUNCATED;
    return status;
}

static qdx_status html_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    if (source->at > 0)
        return QDX_END;
    source->at = 1;
    qdx_status status = qdx_metadata_read(&source->markup, draft, error);
    return status == QDX_OK ? qdx_article_add(&source->markup, draft, error) : status;
}

const qdx_format qdx_format_html = {
    .name = "HTML", .markup = true, .open = html_open, .next = html_next};

qdx_status qdx_html_add_fragment(const char *bytes, size_t size, const qdx_reader_options *limits,
                                 qdx_draft *draft, qdx_error *error)
{
    qdx_markup markup = {0};
    qdx_buffer copy = {0};
    qdx_buffer_append(&copy, bytes, size);
    qdx_status status = qdx_buffer_status(&copy, error);
    if (status == QDX_OK)
        status = qdx_markup_parse_html(&markup, copy.bytes, copy.size, limits, error);
    if (status == QDX_OK)
        status = qdx_article_add_subtree(&markup, 0, draft, error);
    qdx_markup_release(&markup);
    qdx_buffer_release(&copy);
    return status;
}
