/* Tables of names under which pages tell title, date, author and the like. */
#ifndef QDX_DOCUMENT_METADATA_TABLE_H
#define QDX_DOCUMENT_METADATA_TABLE_H

#include <stddef.h>
#include <stdint.h>

typedef enum qdx_fact {
    QDX_FACT_TITLE,
    QDX_FACT_URL,
    QDX_FACT_OUTLET,
    QDX_FACT_AUTHOR,
    QDX_FACT_LANGUAGE,
    QDX_FACT_DATE,
    QDX_FACT_FIELDS
} qdx_fact;

/* name, property or itemprop of <meta>, and itemprop of anything. */
typedef struct qdx_meta_row {
    const char *name;
    uint8_t field;
    uint8_t rank;
} qdx_meta_row;

extern const qdx_meta_row qdx_meta_rows[]; /* sorted, without case */
extern const size_t qdx_meta_row_count;

/* Words of classes that mark a visible date or byline. */
typedef struct qdx_byline_row {
    const char *word;
    uint8_t field;
    uint8_t rank;
} qdx_byline_row;

extern const qdx_byline_row qdx_byline_rows[];
extern const size_t qdx_byline_row_count;

#include "base/banned.h"
#endif
