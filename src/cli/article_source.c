/* Articles read again. Nothing is kept but the reader: the query asks for each
 * article once. */
#include "cli/article_source.h"

void article_source_release(article_source *source)
{
    qdx_reader_free(source->reader);
    source->reader = NULL;
}

qdx_status article_source_read(void *context, const char *path, uint32_t part, const char **text,
                               size_t *size, qdx_error *error)
{
    article_source *source = context;
    const qdx_document *document = NULL;
    if (!source->reader)
        source->reader = qdx_reader_new(&source->options, error);
    if (!source->reader)
        return QDX_ERR_MEMORY;
    qdx_status status = qdx_reader_open_article(source->reader, path, part, error);
    if (status == QDX_OK)
        status = qdx_reader_next(source->reader, &document, error);
    if (status != QDX_OK)
        return status;
    *text = document->text;
    *size = document->text_size;
    return QDX_OK;
}
