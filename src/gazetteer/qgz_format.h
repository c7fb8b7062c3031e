/*
 * The layout of a compiled gazetteer: docs/qgz-format.md tells it in prose. Records are mapped and
 * read in place, so they are little-endian and the compiler's layout is checked here.
 */
#ifndef QDX_GAZETTEER_QGZ_FORMAT_H
#define QDX_GAZETTEER_QGZ_FORMAT_H

#include <stdint.h>

#define QDX_QGZ_MAGIC "QDXGAZ\x1a\n"

enum {
    QDX_QGZ_VERSION = 2,
    QDX_QGZ_BLOCK = 1 << 14, /* bytes under one checksum */
    QDX_QGZ_ALIGN = 64,      /* of sections */
};

typedef enum qdx_qgz_part {
    QDX_QGZ_TEXT,        /* terminated texts of names; offset 0 is "" */
    QDX_QGZ_ENTITY,      /* qdx_qgz_entity */
    QDX_QGZ_MORE,        /* uint32_t: what few entities have, and lists of texts */
    QDX_QGZ_PHRASE,      /* qdx_qgz_phrase */
    QDX_QGZ_PREFIX,      /* qdx_key_slot: phrases and their beginnings, by rolling hash */
    QDX_QGZ_FIRST,       /* uint64_t: QDX_FIRST_ bits by the hash of a first word */
    QDX_QGZ_KEY,         /* qdx_key_slot: people by what spellings share */
    QDX_QGZ_POSTING,     /* varints: how many people, their numbers as differences */
    QDX_QGZ_ID,          /* uint32_t: entities by hash of the id */
    QDX_QGZ_COUNTRY,     /* uint32_t: entities that are countries */
    QDX_QGZ_TENANCY,     /* qdx_qgz_tenancy: offices by hash of the name */
    QDX_QGZ_HOLDER,      /* uint32_t: entities, by tenancy */
    QDX_QGZ_WORD_TEXT,   /* terminated texts of the parts below */
    QDX_QGZ_WORD,        /* qdx_word */
    QDX_QGZ_WORD_SLOT,   /* qdx_lexicon_slot */
    QDX_QGZ_OFFICE,      /* qdx_qgz_office */
    QDX_QGZ_OFFICE_NAME, /* qdx_key_slot: offices plus one, by fold hash of the name */
    QDX_QGZ_TITLE,       /* qdx_qgz_title */
    QDX_QGZ_SAME,        /* qdx_qgz_same: entities that are one */
    QDX_QGZ_DEMONYM,     /* qdx_qgz_demonym */
    QDX_QGZ_PAIR,        /* uint64_t: a bit by the hash of two first words */
    QDX_QGZ_PARTS
} qdx_qgz_part;

/* At the start of the file. */
typedef struct qdx_qgz_header {
    char magic[8];
    uint32_t version, parts;
    uint64_t data_size;   /* from the start of the file to the checksums */
    uint64_t hash_sample; /* fold hash of a fixed word: files of another hash are refused */
    uint64_t name_count;
    uint32_t prefix_seed, key_seed, office_seed; /* of the tables of keys */
    uint32_t name_groups;                        /* groups of given names in use */
    uint32_t overrides; /* 1: some phrases are never, or always, an entity */
    uint32_t reserved;
} qdx_qgz_header;

/* One a part, behind the header. */
typedef struct qdx_qgz_section {
    uint64_t offset, count; /* count: records */
} qdx_qgz_section;

/* At the end of the file, behind a CRC-32C for each block of the data. */
typedef struct qdx_qgz_trailer {
    uint64_t data_size;
    uint32_t sums_crc; /* of the checksums and data_size */
    uint32_t magic;
} qdx_qgz_trailer;

#define QDX_QGZ_TRAILER 0x5A47514Bu

typedef struct qdx_qgz_entity {
    uint32_t name; /* text */
    uint32_t more; /* index into MORE, 0: none */
    uint8_t type, gender;
    char country[2]; /* zeros: unknown, or in MORE */
} qdx_qgz_entity;

/* What stands in MORE, in this order, for each bit of the first word. Texts but for the last two.
 */
enum {
    QDX_MORE_ID = 1, /* else the slug of the name */
    QDX_MORE_KIND = 2,
    QDX_MORE_COUNTRY = 4, /* longer than two letters */
    QDX_MORE_SURNAME = 8,
    QDX_MORE_ALIASES = 16, /* count, texts */
    QDX_MORE_TENURES = 32, /* count, then office, country, organization, from, to */
};

enum { QDX_PHRASE_ALIAS = 1, QDX_PHRASE_MORE = 2 /* the next record has the same words */ };

typedef struct qdx_qgz_phrase {
    uint32_t text, value, shapes;
    uint8_t kind, policy, flags, word_count;
} qdx_qgz_phrase;

/* What a prefix says: does something go on from it, and what ends with it? */
#define QDX_PREFIX_LONGER 0x80000000u
#define QDX_PREFIX_RECORD 0x40000000u /* the number is a phrase's, else an entity's own name */
#define QDX_PREFIX_NUMBER 0x3FFFFFFFu /* plus one; 0: nothing */

/* What a cell of FIRST says of words with such a hash. */
enum {
    QDX_FIRST_BEGINS = 1, /* a phrase begins so */
    QDX_FIRST_ALONE = 2,  /* a phrase is that one word */
};

/* The cell of a hash, and the bit of a pair's, are its high bits: so many from the right are left
 * out where the part has `words` records, a power of two. */
static inline unsigned qdx_pair_shift(uint64_t words)
{
    return 58 - (unsigned)__builtin_ctzll(words);
}

static inline unsigned qdx_first_shift(uint64_t words)
{
    return qdx_pair_shift(words) + 1;
}

typedef struct qdx_qgz_tenancy {
    uint64_t office; /* fold hash */
    uint32_t first, count;
    uint32_t places;     /* 1, or 2 for several */
    uint32_t only_place; /* text: country or organization id */
} qdx_qgz_tenancy;

typedef struct qdx_qgz_office {
    uint32_t name;
    uint32_t aliases, alias_count; /* index into MORE */
    uint8_t gender;
    uint8_t of_organization; /* held in an organization rather than a country */
    uint8_t holders;         /* places with a listed holder: 0, 1, or 2 for several; 0 in a file */
    uint8_t reserved;
} qdx_qgz_office;

typedef struct qdx_qgz_title {
    uint32_t text;
    uint32_t kind;   /* "honorific", "rank", "office", "religious", "academic", "job" */
    uint32_t office; /* UINT32_MAX when it is none */
    uint32_t gender;
} qdx_qgz_title;

typedef struct qdx_qgz_demonym {
    uint32_t text, place; /* place: an id */
    uint32_t adjective, noun;
} qdx_qgz_demonym;

typedef struct qdx_qgz_same {
    uint32_t id, other; /* texts */
} qdx_qgz_same;

_Static_assert(sizeof(qdx_qgz_header) == 64 && sizeof(qdx_qgz_section) == 16 &&
                   sizeof(qdx_qgz_trailer) == 16 && sizeof(qdx_qgz_entity) == 12 &&
                   sizeof(qdx_qgz_phrase) == 16 && sizeof(qdx_qgz_tenancy) == 24 &&
                   sizeof(qdx_qgz_office) == 16 && sizeof(qdx_qgz_title) == 16 &&
                   sizeof(qdx_qgz_demonym) == 16,
               "records are mapped as they are");

#include "base/banned.h"
#endif
