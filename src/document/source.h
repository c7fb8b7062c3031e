/* Source: the file a reader has open, decoded, as the formats see it. */
#ifndef QDX_DOCUMENT_SOURCE_H
#define QDX_DOCUMENT_SOURCE_H

#include <quotedex/document.h>

#include "document/draft.h"
#include "document/json_tree.h"
#include "document/label.h"
#include "document/markup.h"

struct qdx_format;

/* What a wrapping (a message, a web archive's record) tells of the text in it. */
typedef struct qdx_wrapping {
    const char *name;                /* whose ending hints at the format; NULL: none */
    const struct qdx_format *format; /* NULL: the name or the text will tell */
    char label[QDX_LABEL_SIZE];      /* the encoding it declares; "": none */
    /* Of the article; NULL: not told. The text's own address is outranked, its title is not. */
    const char *title, *author, *outlet, *url, *language;
    qdx_date date;
} qdx_wrapping;

typedef struct qdx_source {
    const char *path; /* as it was named */
    char *text;       /* decoded, terminated; a format may change it in place */
    size_t size;
    uint32_t repairs;          /* QDX_REPAIR_…; formats add to it */
    qdx_reader_options limits; /* no zeros */
    qdx_markup markup;         /* parsed tree, of the formats that have one */
    uint32_t at;               /* node where the next article is looked for */
    uint32_t found;            /* articles handed out so far */
    bool many;                 /* the file may hold several: they are numbered */
    qdx_json_tree json;        /* the same for JSON */
    uint32_t end;              /* node where its articles end */
    qdx_buffer detail;         /* how the article was read, for who asks: fields of a record */
    qdx_buffer names;          /* of the chapters of a book */
    qdx_wrapping wrapping;     /* what was around the text */
    qdx_arena *arena;          /* as long as the file is open */
} qdx_source;

#include "base/banned.h"
#endif
