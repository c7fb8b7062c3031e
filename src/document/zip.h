/* Zip archives by their directory: what office documents and e-books are made of. */
#ifndef QDX_DOCUMENT_ZIP_H
#define QDX_DOCUMENT_ZIP_H

#include "document/stream.h"

typedef struct qdx_zip {
    const qdx_place *place;
    qdx_budget *budget;
    uint64_t directory, directory_end; /* where it stands */
    uint64_t at;                       /* of the next entry */
    uint64_t held;                     /* compressed bytes of the entries so far */
} qdx_zip;

typedef struct qdx_zip_entry {
    qdx_buffer name; /* terminated */
    uint64_t header, compressed_size, size;
    uint32_t checksum;
    uint16_t method, flags;
    bool is_link;
} qdx_zip_entry;

/* Finds the directory. QDX_ERR_FORMAT when there is none. */
qdx_status qdx_zip_open(qdx_zip *zip, const qdx_place *place, qdx_budget *budget, qdx_error *error);

/* The next entry of the directory; QDX_END after the last. A failure is the end, too. */
qdx_status qdx_zip_next(qdx_zip *zip, qdx_zip_entry *entry, qdx_error *error);

/* The entry of that name, looked for from the first; QDX_END when there is none. */
qdx_status qdx_zip_find(qdx_zip *zip, const char *name, qdx_zip_entry *entry, qdx_error *error);

/* Its bytes; the stream fails at the end when size or checksum do not hold. */
qdx_status qdx_zip_stream(qdx_zip *zip, const qdx_zip_entry *entry, qdx_stream **stream,
                          qdx_error *error);

void qdx_zip_entry_release(qdx_zip_entry *entry);

#include "base/banned.h"
#endif
