/*
 * Unpacking: the articles that lie in one file, as bytes, one after another. A file that is an
 * article is its own only item; archives are walked into archives, down to a limit, and compressed
 * data is expanded on the way. Nothing is written to the disk, and no more than one item is held —
 * but for an archive inside another, which is read whole.
 *
 * What is compressed as one piece around many articles is read once to its end before the first of
 * them comes out, since only there the checksum tells whether it is whole.
 *
 * Names: "a.zip!/b/c.txt" is a member of an archive; compression alone leaves no trace
 * ("news.jsonl.gz"). Records are numbered from 1.
 */
#ifndef QDX_DOCUMENT_UNPACK_H
#define QDX_DOCUMENT_UNPACK_H

#include "document/format.h"

typedef struct qdx_item {
    qdx_buffer path; /* of the file, with members; terminated */
    uint32_t part;   /* number of the record, 0: the file or member itself */
    qdx_buffer bytes;
    const qdx_format *format; /* NULL: the text will tell */
    uint64_t read;            /* bytes of the file since the last item */
} qdx_item;

/* An all-zero item is valid and empty. */
void qdx_item_release(qdx_item *item);

typedef struct qdx_unpacker qdx_unpacker;

/* NULL without memory. The options are copied. */
qdx_unpacker *qdx_unpacker_new(const qdx_reader_options *options, qdx_error *error);
void qdx_unpacker_free(qdx_unpacker *unpacker);

/* Forgets the file that was open. Only regular files are read. */
qdx_status qdx_unpacker_open(qdx_unpacker *unpacker, const char *path, qdx_error *error);

/* The same for bytes in memory, which are borrowed. */
qdx_status qdx_unpacker_open_bytes(qdx_unpacker *unpacker, const char *name, const void *bytes,
                                   size_t size, qdx_error *error);

/*
 * The next item, QDX_END after the last. A failure concerns the item, which is named in the error;
 * the next call goes on behind it. QDX_ERR_MEMORY and _INTERRUPTED are the end.
 */
qdx_status qdx_unpacker_next(qdx_unpacker *unpacker, qdx_item *item, qdx_error *error);

/*
 * Goes straight to one item of the open file; `path` and `part` as its qdx_item had them.
 * QDX_ERR_NOT_FOUND when it is not there.
 */
qdx_status qdx_unpacker_find(qdx_unpacker *unpacker, const char *path, uint32_t part,
                             qdx_item *item, qdx_error *error);

/* Was the file that is open found to be an archive, or to hold records? */
bool qdx_unpacker_holds_many(const qdx_unpacker *unpacker);

/* Bytes of the file that is open. */
uint64_t qdx_unpacker_size(const qdx_unpacker *unpacker);

/* When it was changed last, as qdx_file tells; 0 for bytes in memory. */
uint64_t qdx_unpacker_time(const qdx_unpacker *unpacker);

/* The options with every default filled in. */
qdx_reader_options qdx_reader_limits(const qdx_reader_options *options);

#include "base/banned.h"
#endif
