/* Source: the file a reader has open, decoded, as the formats see it. */
#ifndef QDX_DOCUMENT_SOURCE_H
#define QDX_DOCUMENT_SOURCE_H

#include <quotedex/document.h>

#include "document/draft.h"
#include "document/markup.h"

typedef struct qdx_source {
    const char *path; /* as it was named */
    char *text;       /* decoded, terminated; a format may change it in place */
    size_t size;
    uint32_t repairs;          /* QDX_REPAIR_…; formats add to it */
    qdx_reader_options limits; /* no zeros */
    qdx_markup markup;         /* parsed tree, of the formats that have one */
    uint32_t at;               /* node where the next article is looked for */
    uint32_t found;            /* articles handed out so far */
} qdx_source;

#include "base/banned.h"
#endif
