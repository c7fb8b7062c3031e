/* What the words of a block tell: the page's own phrases, bylines, dates, ends of sentences. */
#ifndef QDX_DOCUMENT_BLOCK_PHRASE_H
#define QDX_DOCUMENT_BLOCK_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

/* Does it end as a sentence does: with a stop, a closing mark, a colon? */
bool qdx_phrase_ends_sentence(const char *text, size_t size);

/* Does it begin with an opening quotation mark? */
bool qdx_phrase_starts_quoted(const char *text, size_t size);

/* A phrase of the page's own, like "Advertisement" or "Read more: …". */
bool qdx_phrase_is_stock(const char *text, size_t size);

/* A heading under which no article goes on: "Related stories", "Leave a reply". */
bool qdx_phrase_ends_article(const char *text, size_t size);

/* "By Tilda Orme", "March 11, 2031", "5 min read": what stands under a title. */
bool qdx_phrase_is_byline(const char *text, size_t size);

/* Not one letter or digit: "* * *". */
bool qdx_phrase_is_ornament(const char *text, size_t size);

#include "base/banned.h"
#endif
