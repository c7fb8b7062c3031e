/* Articles read again, for contexts that an index does not keep. */
#ifndef QDX_CLI_ARTICLE_SOURCE_H
#define QDX_CLI_ARTICLE_SOURCE_H

#include <quotedex/quotedex.h>

/* All zero but for the options to begin with; release after use. */
typedef struct article_source {
    qdx_reader_options options; /* as the articles were read when the index was built */
    qdx_reader *reader;         /* made when first needed */
} article_source;

void article_source_release(article_source *source);

/* A qdx_text_source's read; the context is an article_source. */
qdx_status article_source_read(void *context, const char *path, uint32_t part, const char **text,
                               size_t *size, qdx_error *error);

#endif
