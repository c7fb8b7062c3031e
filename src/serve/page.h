/* The files of src/web, as the build puts them into the program. */
#ifndef QDX_SERVE_PAGE_H
#define QDX_SERVE_PAGE_H

#include <stddef.h>

typedef struct page {
    const char *path; /* "/style.css" */
    const char *type;
    const char *bytes;
    size_t size;
} page;

extern const page pages[]; /* ends with a NULL path */

#endif
