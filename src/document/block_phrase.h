/* What the words of a block tell: the page's own phrases, bylines, dates, ends of sentences. */
#ifndef QDX_DOCUMENT_BLOCK_PHRASE_H
#define QDX_DOCUMENT_BLOCK_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

/* Does it end as a sentence does: with a stop, a closing mark, a colon? */
bool qdx_phrase_ends_sentence(const char *text, size_t size);

/* Does it begin with an opening quotation mark? */
bool qdx_phrase_starts_quoted(const char *text, size_t size);

/* Does it end with a closing quotation mark? */
bool qdx_phrase_ends_quoted(const char *text, size_t size);

/* A phrase of the page's own, like "Advertisement" or "Read more: …". */
bool qdx_phrase_is_stock(const char *text, size_t size);

/* A heading under which no article goes on: "Related stories", "Leave a reply". */
bool qdx_phrase_ends_article(const char *text, size_t size);

/*
 * What stands below an article in the paper's own words: how to reach its author, who sent it out,
 * what the paper earns by it.
 */
bool qdx_phrase_is_colophon(const char *text, size_t size);

/* Does it end with the credit of a picture, "(Courier photo)"? */
bool qdx_phrase_ends_credit(const char *text, size_t size);

/* Not one letter or digit: "* * *". */
bool qdx_phrase_is_ornament(const char *text, size_t size);

#include "base/banned.h"
#endif
