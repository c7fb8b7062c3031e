/* The id of a quotation as a number: what the index tells of it. */
#ifndef QDX_INDEX_QUOTE_ID_H
#define QDX_INDEX_QUOTE_ID_H

#include <quotedex/quote.h>
#include <stdbool.h>
#include <stdint.h>

enum { QDX_QUOTE_ID_BITS = 60 };

/* Of an article: its file and its number in there. */
uint64_t qdx_place_number(const char *path, uint32_t part);

/* Of a quotation in it: where it begins and how far it reaches, in code points. */
uint64_t qdx_quote_number(uint64_t place, uint32_t char_start, uint32_t chars);

void qdx_quote_number_format(uint64_t number, char id[QDX_QUOTE_ID_SIZE]);

/* False when the text is no id. */
bool qdx_quote_number_parse(const char *id, uint64_t *number);

#include "base/banned.h"
#endif
