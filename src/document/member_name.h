/* Names of an archive's members: which of them are files to be read. */
#ifndef QDX_DOCUMENT_MEMBER_NAME_H
#define QDX_DOCUMENT_MEMBER_NAME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"

/* What was met in an archive: each name counts once, and nothing is read below a link. */
typedef struct qdx_member_names {
    qdx_hash_key key;
    uint64_t *hashes; /* open addressing; 0: free */
    uint64_t *links;
    size_t count, capacity, link_count, link_capacity;
} qdx_member_names;

void qdx_member_names_init(qdx_member_names *names);
void qdx_member_names_release(qdx_member_names *names);

/* What users do not mean: hidden files and what some systems add to archives. */
bool qdx_member_is_left_out(const char *name);

/*
 * QDX_OK when the member may be read: its name stays within the archive (no "..", no root, no
 * drive), is new, and leads through no link. Else QDX_ERR_UNSUPPORTED with the reason.
 */
qdx_status qdx_member_names_admit(qdx_member_names *names, const char *name, qdx_error *error);

/* Remembers a symbolic link. */
qdx_status qdx_member_names_link(qdx_member_names *names, const char *name, qdx_error *error);

#include "base/banned.h"
#endif
