/* The id of a quotation as a number: what the index stores. The texts are
 * qdx_quote_id's. */
#ifndef QDX_INDEX_QUOTE_ID_H
#define QDX_INDEX_QUOTE_ID_H

#include <quotedex/quote.h>
#include <stdbool.h>
#include <stdint.h>

enum { QDX_QUOTE_ID_BITS = 60 };

uint64_t qdx_quote_number(const qdx_document *document, const qdx_quote *quote,
                          uint32_t char_start);

void qdx_quote_number_format(uint64_t number, char id[QDX_QUOTE_ID_SIZE]);

/* False when the text is no id. */
bool qdx_quote_number_parse(const char *id, uint64_t *number);

#include "base/banned.h"
#endif
