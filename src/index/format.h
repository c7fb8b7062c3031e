/*
 * The index file's layout: numbers that writer and reader share. docs/index-format.md is the full
 * description; a change here is a change there, and a new QDX_FORMAT_VERSION.
 */
#ifndef QDX_INDEX_FORMAT_H
#define QDX_INDEX_FORMAT_H

#include <quotedex/index.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/cursor.h"

enum {
    QDX_FORMAT_VERSION = 1,
    QDX_FORMAT_BYTE_ORDER = 0x0A0B0C0D,
    QDX_BLOCK_SIZE = 16384,    /* a checksum stands for this many bytes of a section, or the rest */
    QDX_SUMS_PER_CHUNK = 4095, /* block checksums under one checksum of their own */
    QDX_SECTION_ENTRY = 32,
    QDX_FACT_SIZE = 28,  /* bytes of a quotation's row of facts */
    QDX_GROUP_KEYS = 16, /* keys of a dictionary in one record */
    QDX_PER_MILLE = 1000,
};

/* Stores: numbered records of any length. Each is two sections: offsets, then data. */
typedef enum qdx_store {
    QDX_STORE_SYMBOL,       /* texts that recur, with a confidence: rules, cues */
    QDX_STORE_ENTITY,       /* by folded name, type, id */
    QDX_STORE_NAME,         /* dictionary: keys of names to entities */
    QDX_STORE_POSTING,      /* of each entity: documents that mention it, quotations about it */
    QDX_STORE_DOCUMENT,     /* by path and part */
    QDX_STORE_MENTION,      /* of each document */
    QDX_STORE_QUOTE,        /* by speaker, date, document, position */
    QDX_STORE_WORD,         /* dictionary: folded words of quotations */
    QDX_STORE_WORD_POSTING, /* of each word: quotations and positions */
    QDX_STORE_SKIPPED,      /* files that could not be read */
    QDX_STORE_COUNT
} qdx_store;

enum {
    QDX_SECTION_FACTS = 2 * QDX_STORE_COUNT, /* fixed rows, one a quotation */
    QDX_SECTION_COUNT,
    QDX_HEADER_TABLE = 120, /* where the section table begins */
    QDX_HEADER_SIZE = QDX_HEADER_TABLE + QDX_SECTION_COUNT * QDX_SECTION_ENTRY + 8,
};

/*
 * Records lie in groups, which are packed (index/pack.h) where they are read
 * together and say similar things, and left as they are where a look-up jumps
 * about in them.
 */
typedef struct qdx_store_layout {
    unsigned records; /* in a group */
    bool packed;
} qdx_store_layout;

extern const qdx_store_layout qdx_store_layouts[QDX_STORE_COUNT];

static inline unsigned qdx_store_offsets(qdx_store store)
{
    return 2 * (unsigned)store;
}

static inline unsigned qdx_store_data(qdx_store store)
{
    return 2 * (unsigned)store + 1;
}

extern const unsigned char qdx_format_magic[8];

/* First byte of a key in the dictionary of names. */
enum {
    QDX_KEY_FOLDED = 'f',    /* a whole name, alias or spelling met */
    QDX_KEY_ID = 'i',        /* an entity's id */
    QDX_KEY_OFFICE = 'o',    /* a phrase for the holder of an office; its entries carry dates */
    QDX_KEY_ROMANIZED = 'r', /* a whole name, romanized word by word */
    QDX_KEY_WORD = 'w',      /* one romanized word of a person's name */
};

/* The checksum of block `number` of build `build_id`; both are part of what is summed. */
uint32_t qdx_block_checksum(uint64_t build_id, uint64_t number, const void *bytes, size_t size);

/* Texts: varint length, bytes without NUL, a NUL that ends them for C. */
void qdx_put_text(qdx_buffer *out, const char *bytes, size_t size);
void qdx_put_string(qdx_buffer *out, const char *text);                  /* NULL counts as "" */
void qdx_put_terminated(qdx_buffer *out, const char *text, size_t size); /* known to hold no NUL */

/* Borrowed and terminated; "" and cursor failed when malformed. size may be NULL. */
const char *qdx_get_text(qdx_cursor *cursor, size_t *size);

/* A length that bounds a loop: no more items than bytes are left. */
uint64_t qdx_get_count(qdx_cursor *cursor);

/* Dates as numbers that sort: year * 65536 + month * 256 + day; 0 is unknown. */
uint32_t qdx_date_pack(qdx_date date);
qdx_date qdx_date_unpack(uint32_t packed);

/* The last day a partial date may mean: "2014-03" gives 2014-03-31. */
uint32_t qdx_date_ceiling(uint32_t packed);

/* 0.875 gives 875; values outside 0 to 1 are brought inside. */
uint32_t qdx_per_mille(float share);

#include "base/banned.h"
#endif
