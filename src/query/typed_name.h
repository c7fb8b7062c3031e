/* What people type around a name that is no part of it. */
#ifndef QDX_QUERY_TYPED_NAME_H
#define QDX_QUERY_TYPED_NAME_H

#include <stddef.h>

/* The name without its first word, when that is a title; NULL when it is not, or the last. */
const char *qdx_typed_after_title(const char *name);

/* The length of a name without the ending of the possessive; 0 when it has none. */
size_t qdx_typed_possessive(const char *name);

/*
 * Where the initials behind a surname begin ("Orlenko V."); 0 when there are none, or nothing but
 * initials.
 */
size_t qdx_typed_initials(const char *name);

#endif
