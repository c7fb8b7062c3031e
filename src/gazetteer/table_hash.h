/*
 * uthash, made safe: keyed hashing so that crafted words cannot stop a table's growth, and running
 * out of memory reported instead of ending the program. The only way this layer includes uthash.
 *
 * Before use define a `qdx_hash_key` named uthash_key in scope of the HASH_ macros, and after an
 * add look at the element's hh.tbl: NULL means there was no memory.
 */
#ifndef QDX_GAZETTEER_TABLE_HASH_H
#define QDX_GAZETTEER_TABLE_HASH_H

#include "base/hash.h"

#define HASH_FUNCTION(keyptr, keylen, hashv)                                                       \
    ((hashv) = (unsigned)qdx_hash_keyed(uthash_key, (keyptr), (keylen)))
#define HASH_NONFATAL_OOM 1
#define uthash_nonfatal_oom(element) ((void)(element))

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif
#include <uthash.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#endif
