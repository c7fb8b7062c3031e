/*
 * The index file's layout: numbers that writer and reader share. docs/index-format.md is the full
 * description; a change here is a change there, and a new QDX_FORMAT_VERSION.
 */
#ifndef QDX_INDEX_FORMAT_H
#define QDX_INDEX_FORMAT_H

#include <quotedex/index.h>
#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cursor.h"

enum {
    QDX_FORMAT_VERSION = 3,
    QDX_FORMAT_BYTE_ORDER = 0x0A0B0C0D,
    QDX_BLOCK_SIZE = 16384,    /* a checksum stands for this many bytes of a section, or the rest */
    QDX_SUMS_PER_CHUNK = 4095, /* block checksums under one checksum of their own */
    QDX_SECTION_ENTRY = 32,
    QDX_KEY_BITS = 40, /* of a hashed key */
    QDX_HASH_SIZE = 5, /* bytes of a text's hash, and of a phrase's key in a form */
    QDX_BUCKET = 256,  /* keys in a bucket of a table, at most on the average */
    QDX_COLUMNS = 15,  /* of a store, at most */
    QDX_PER_MILLE = 1000,
};

/*
 * Stores: numbered records whose fields lie in columns, packed (index/pack.h) in groups of so many
 * records. Each is two sections: its groups, and where they begin. The order is that of the file.
 */
typedef enum qdx_store {
    QDX_STORE_SOURCE,   /* what the index was built from: paths and name lists */
    QDX_STORE_SKIPPED,  /* files that could not be read */
    QDX_STORE_DOCUMENT, /* by path and part */
    QDX_STORE_SYMBOL,   /* what recurs: cues, why a mention stands, how a quotation is known; by
                           class, and there the most used first */
    QDX_STORE_ENTITY,   /* by id and type */
    QDX_STORE_FORM,     /* of entities that are described in several ways: all of these */
    QDX_STORE_NAME,     /* table: keys of names to entities */
    QDX_STORE_MENTION,  /* of each document */
    QDX_STORE_QUOTE,    /* by speaker, date, document, position: all but the words */
    QDX_STORE_SPEECH,   /* of each quotation: the words, where they are the speaker's own */
    QDX_STORE_POSTING,  /* of each entity: documents that mention it, quotations about it */
    QDX_STORE_WORD,     /* table: words in quotations to quotations */
    QDX_STORE_COUNT
} qdx_store;

enum {
    QDX_SECTION_COUNT = 2 * QDX_STORE_COUNT,
    QDX_HEADER_TABLE = 136, /* where the section table begins */
    QDX_HEADER_SIZE = QDX_HEADER_TABLE + QDX_SECTION_COUNT * QDX_SECTION_ENTRY + 8,
};

typedef struct qdx_store_layout {
    unsigned records; /* in a group; 0: a table, whose groups are buckets */
    unsigned columns;
    unsigned texts; /* a bit for each column of texts: copies are looked for in them */
    unsigned bytes; /* a bit for each column of bytes; the others hold numbers */
} qdx_store_layout;

extern const qdx_store_layout qdx_store_layouts[QDX_STORE_COUNT];

/* Columns, by store. */
enum { QDX_SOURCE_KIND, QDX_SOURCE_TEXT };
enum {
    QDX_SKIPPED_PATH,
    QDX_SKIPPED_INNER,
    QDX_SKIPPED_REASON,
    QDX_SKIPPED_SIZE,
    QDX_SKIPPED_TIME
};
enum {
    QDX_DOCUMENT_SHARED,
    QDX_DOCUMENT_PATH,
    QDX_DOCUMENT_INNER,
    QDX_DOCUMENT_PART,
    QDX_DOCUMENT_TITLE,
    QDX_DOCUMENT_URL,
    QDX_DOCUMENT_OUTLET,
    QDX_DOCUMENT_DATE,
    QDX_DOCUMENT_FILE,
    QDX_DOCUMENT_TEXT,
    QDX_DOCUMENT_HASH,
    QDX_DOCUMENT_TIME,
    QDX_DOCUMENT_QUOTES,
    QDX_DOCUMENT_READING,
    QDX_DOCUMENT_COPY,
};
enum { QDX_SYMBOL_TEXT, QDX_SYMBOL_DETAIL, QDX_SYMBOL_CONFIDENCE };
enum {
    QDX_ENTITY_FLAGS,
    QDX_ENTITY_ID,
    QDX_ENTITY_NAME,
    QDX_ENTITY_COUNTRY,
    QDX_ENTITY_NUMBERS,
    QDX_ENTITY_DATES,
    QDX_ENTITY_LISTS,
    QDX_ENTITY_SPELLINGS,
    QDX_ENTITY_TIMES,
    QDX_ENTITY_ALIASES,
    QDX_ENTITY_OFFICES,
    QDX_ENTITY_TERMS,
    QDX_ENTITY_FIRST,
};
enum { QDX_FORM_COUNT, QDX_FORM_SIZES, QDX_FORM_BYTES };
enum { QDX_TABLE_KEYS, QDX_TABLE_COUNTS, QDX_TABLE_VALUES, QDX_TABLE_DETAILS };
enum {
    QDX_MENTION_PAIRS,
    QDX_MENTION_ENTITIES,
    QDX_MENTION_FORMS,
    QDX_MENTION_COUNTS,
    QDX_MENTION_WHO,
    QDX_MENTION_SPELLINGS,
    QDX_MENTION_MARKS,
    QDX_MENTION_PLACES,
    QDX_MENTION_PARAGRAPHS,
};
enum {
    QDX_QUOTE_SPEAKER,
    QDX_QUOTE_DOCUMENT,
    QDX_QUOTE_START,
    QDX_QUOTE_LENGTH,
    QDX_QUOTE_MANNER,
    QDX_QUOTE_CUE,
    QDX_QUOTE_PARAGRAPH,
    QDX_QUOTE_GAPS,
    QDX_QUOTE_NAMED,
    QDX_QUOTE_NAMED_LENGTH,
    QDX_QUOTE_ABOUT_COUNT,
    QDX_QUOTE_ABOUT,
};
enum { QDX_SPEECH_WORDS, QDX_SPEECH_NAMED };
enum {
    QDX_POSTING_DOCUMENT_COUNT,
    QDX_POSTING_DOCUMENTS,
    QDX_POSTING_QUOTE_COUNT,
    QDX_POSTING_QUOTES,
};

/* Bits of an entity's flags; type and gender are its lowest four. */
enum {
    QDX_FLAG_LISTED = 1 << 4,
    QDX_FLAG_OWN_ID = 1 << 5, /* the id is written, because the name does not tell it */
    QDX_FLAG_SPEAKS = 1 << 6, /* has quotations */
};

/* Classes of symbols. */
enum { QDX_SYMBOL_CUE, QDX_SYMBOL_MARK, QDX_SYMBOL_MANNER, QDX_SYMBOL_CLASSES };

static inline unsigned qdx_store_data(qdx_store store)
{
    return 2 * (unsigned)store;
}

static inline unsigned qdx_store_offsets(qdx_store store)
{
    return 2 * (unsigned)store + 1;
}

extern const unsigned char qdx_format_magic[8];

/* First byte of a key in the table of names. */
enum {
    QDX_KEY_FOLDED = 'f',    /* a whole name, alias or spelling met */
    QDX_KEY_ID = 'i',        /* an id that is not found by its words as a whole name */
    QDX_KEY_OFFICE = 'o',    /* a phrase for the holder of an office */
    QDX_KEY_ROMANIZED = 'r', /* a whole name, romanized word by word */
    QDX_KEY_WORD = 'w',      /* one romanized word of a person's name */
};

/* A key as a table has it: 40 bits of its hash, the lowest one set for offices alone. */
uint64_t qdx_table_key(const void *bytes, size_t size, bool office);

/* How many of a table's key bits number its buckets, given the number of its keys. */
unsigned qdx_bucket_bits(uint64_t keys);

/* The checksum of block `number` of build `build_id`, from that of its bytes. */
uint32_t qdx_block_checksum(uint64_t build_id, uint64_t number, uint32_t bytes_sum);

/* Texts in columns: their bytes, none of them NUL, and a NUL. */
void qdx_put_text(qdx_buffer *out, const char *bytes, size_t size);
void qdx_put_string(qdx_buffer *out, const char *text); /* NULL counts as "" */

/* Borrowed and terminated; "" and cursor failed when there is none. size may be NULL. */
const char *qdx_get_text(qdx_cursor *cursor, size_t *size);

/* Numbers in columns: eight bytes each, in the machine's order. */
static inline uint64_t qdx_get_number(qdx_cursor *cursor)
{
    uint64_t number = 0;
    if (cursor->failed || qdx_cursor_left(cursor) < sizeof number) {
        cursor->failed = true;
        return 0;
    }
    memcpy(&number, cursor->at, sizeof number);
    cursor->at += sizeof number;
    return number;
}

/* Moves on behind so many of them. */
static inline void qdx_skip_numbers(qdx_cursor *cursor, uint64_t count)
{
    if (cursor->failed || count > qdx_cursor_left(cursor) / sizeof(uint64_t))
        cursor->failed = true;
    else
        cursor->at += count * sizeof(uint64_t);
}

/* A length that bounds a loop: no more items than bytes are left. */
uint64_t qdx_get_count(qdx_cursor *cursor);

/* Differences that may be negative, the small ones of either sign as small numbers. */
static inline uint64_t qdx_zigzag(uint64_t difference)
{
    return difference << 1 ^ (uint64_t)((int64_t)difference >> 63);
}

static inline uint64_t qdx_unzigzag(uint64_t value)
{
    return value >> 1 ^ (0 - (value & 1));
}

/* Dates as numbers that sort: year * 65536 + month * 256 + day; 0 is unknown. */
uint32_t qdx_date_pack(qdx_date date);
qdx_date qdx_date_unpack(uint32_t packed);

/* The same without holes, for steps between them: year * 416 + month * 32 + day. */
static inline uint32_t qdx_date_dense(uint32_t packed)
{
    return (packed >> 16) * 416 + (packed >> 8 & 0xFF) * 32 + (packed & 0xFF);
}

static inline uint32_t qdx_date_sparse(uint32_t dense)
{
    return dense / 416 << 16 | dense % 416 / 32 << 8 | dense % 32;
}

/* The last day a partial date may mean: "2014-03" gives 2014-03-31. */
uint32_t qdx_date_ceiling(uint32_t packed);

/* 0.875 gives 875; values outside 0 to 1 are brought inside. */
uint32_t qdx_per_mille(float share);

#include "base/banned.h"
#endif
