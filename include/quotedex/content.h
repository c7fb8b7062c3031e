/*
 * Everything in an index, one thing after another: for exports, and for programs that ask their own
 * questions.
 *
 *     qdx_content *content = qdx_content_new(index, &error);
 *     qdx_hit quote;
 *     for (uint64_t i = 0; qdx_content_quote(content, i, &quote, &error) == QDX_OK; i++)
 *         puts(quote.quote);
 *     qdx_content_free(content);
 *
 * What a call hands out lives until the next call with the same content. Numbers begin at 0; behind
 * the last thing a call returns QDX_END. What the index does not keep is read in the articles:
 * indirect quotations, and the contexts of all; those of mentions are left empty. A content belongs
 * to one thread; the index must outlive it.
 */
#ifndef QUOTEDEX_CONTENT_H
#define QUOTEDEX_CONTENT_H

#include <quotedex/query.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An article. Its id is made from path and part, the same in every index. */
typedef struct qdx_index_document {
    const char *id, *path, *title, *outlet, *url;
    uint32_t part;
    qdx_date date;
    uint64_t text_bytes, mentions, quotes;
} qdx_index_document;

typedef struct qdx_content qdx_content;

/* NULL when memory runs out. */
QDX_API qdx_content *qdx_content_new(const qdx_index *index, qdx_error *error);
QDX_API void qdx_content_free(qdx_content *content);

/* Where articles are read; without, plain text files are. It must outlive the content. */
QDX_API void qdx_content_set_articles(qdx_content *content, const qdx_text_source *articles);

/* Articles by path and part, entities by id, quotations by speaker and date. */
QDX_API qdx_status qdx_content_document(qdx_content *content, uint64_t i, qdx_index_document *row,
                                        qdx_error *error);
QDX_API qdx_status qdx_content_entity(qdx_content *content, uint64_t i, qdx_index_entity *row,
                                      qdx_error *error);
QDX_API qdx_status qdx_content_quote(qdx_content *content, uint64_t i, qdx_hit *row,
                                     qdx_error *error);

/*
 * The mentions of article after article, in the order of the text: each call gives the next one,
 * from the index's first on. QDX_END after the last; the next call begins again.
 */
QDX_API qdx_status qdx_content_next_mention(qdx_content *content, qdx_mention_hit *row,
                                            qdx_error *error);

/* The id of the article that holds a quotation or mention of this path and part. Never NULL. */
QDX_API const char *qdx_document_id(const char *path, uint32_t part, char id[QDX_QUOTE_ID_SIZE]);

#ifdef __cplusplus
}
#endif
#endif
