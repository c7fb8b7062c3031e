/*
 * Containers: files that hold many articles, walked one member after another without ever holding
 * more than one of them. An archive's members are files with names; other containers' members are
 * records with numbers. A new kind is one file with a qdx_container_kind and its rows in format.c.
 */
#ifndef QDX_DOCUMENT_CONTAINER_H
#define QDX_DOCUMENT_CONTAINER_H

#include "document/format.h"
#include "document/stream.h"

typedef struct qdx_member {
    /* A file in an archive. */
    const char *name;   /* borrowed until the next call; NULL: a record */
    qdx_stream *stream; /* its bytes: the container's, until the next call */
    /* A record: its bytes were appended to `bytes`. */
    uint32_t number; /* from 1, bad ones counted */
    const qdx_format *format;
    qdx_buffer *bytes;
} qdx_member;

typedef struct qdx_container {
    const struct qdx_container_kind *kind;
    const char *name;       /* of the file, without the ending of its compression */
    qdx_stream *stream;     /* borrowed */
    const qdx_place *place; /* where the kind wants one: the archive's bytes, borrowed */
    qdx_budget *budget;
    void *state;
    bool over; /* after a failure: nothing more can be read */
} qdx_container;

typedef struct qdx_container_kind {
    const char *name;
    bool needs_place;       /* is read here and there, not from front to back */
    bool checks;            /* members are under checksums of their own */
    const qdx_format *lone; /* reads one of these that stands inside a record; NULL: nobody does */

    qdx_status (*open)(qdx_container *container, qdx_error *error);

    /*
     * The next member; QDX_END after the last. A failure concerns the member whose name or number
     * is filled in, and the next call goes on behind it unless `over` is set.
     */
    qdx_status (*next)(qdx_container *container, qdx_member *member, qdx_error *error);
    void (*close)(qdx_container *container); /* may be called without a state */
} qdx_container_kind;

extern const qdx_container_kind qdx_container_csv;
extern const qdx_container_kind qdx_container_json;
extern const qdx_container_kind qdx_container_mbox;
extern const qdx_container_kind qdx_container_tar;
extern const qdx_container_kind qdx_container_warc;
extern const qdx_container_kind qdx_container_zip;

/* Do the first bytes begin a mailbox, a web archive? */
bool qdx_mbox_is(const char *bytes, size_t size);
bool qdx_warc_is(const char *bytes, size_t size);

/* Do 512 bytes or more begin with a tar archive's first header? */
bool qdx_tar_is(const char *bytes, size_t size);

#include "base/banned.h"
#endif
