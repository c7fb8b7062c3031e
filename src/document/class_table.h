/* What words and whole names in classes and ids mean, as tables; class_word.c reads names by them.
 */
#ifndef QDX_DOCUMENT_CLASS_TABLE_H
#define QDX_DOCUMENT_CLASS_TABLE_H

#include "document/class_word.h"

typedef enum qdx_class_sense {
    QDX_SENSE_NEUTRAL, /* may stand in any name: "wrapper" */
    QDX_SENSE_LIKELY,
    QDX_SENSE_SURE,
    QDX_SENSE_ALWAYS,
    QDX_SENSE_SUBJECT, /* what an article is called */
    QDX_SENSE_BODY,    /* what its text is called */
    QDX_SENSE_UNKNOWN,
} qdx_class_sense;

typedef struct qdx_class_row {
    const char *text;
    qdx_class_sense sense;
} qdx_class_row;

extern const qdx_class_row qdx_class_rows[]; /* sorted by bytes */
extern const size_t qdx_class_row_count;

/* Whole names, lower case, where their words would say something else or nothing. */
typedef struct qdx_class_name {
    const char *name;
    qdx_class_meaning meaning;
} qdx_class_name;

extern const qdx_class_name qdx_class_names[];
extern const size_t qdx_class_name_count;

/* Names that begin with these are made from the article's own subjects, or speak of others. */
extern const char *const qdx_class_silent[];
extern const size_t qdx_class_silent_count;

#include "base/banned.h"
#endif
