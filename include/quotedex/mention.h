/* Entities and where a document mentions them. Plain values, filled by an analyzer. */
#ifndef QUOTEDEX_MENTION_H
#define QUOTEDEX_MENTION_H

#include <quotedex/document.h>
#include <quotedex/span.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum qdx_entity_type {
    QDX_ENTITY_PERSON,
    QDX_ENTITY_ORGANIZATION,
    QDX_ENTITY_PLACE,
} qdx_entity_type;

typedef enum qdx_gender { QDX_GENDER_UNKNOWN, QDX_GENDER_MALE, QDX_GENDER_FEMALE } qdx_gender;

/* An office somebody held: "foreign minister" of "RU" from 2004-03; open ends have year 0. */
typedef struct qdx_tenure {
    const char *office;       /* canonical office of offices.tsv */
    const char *country;      /* ISO 3166-1 alpha-2, or "" */
    const char *organization; /* id of an organization, or "" */
    qdx_date from;
    qdx_date to;
    /* Folded phrases that name the holder: "russian foreign minister", "foreign minister of
     * russia". */
    const char *const *phrases;
    size_t phrase_count;
} qdx_tenure;

/* A person, organization or place, as the gazetteer or the document itself introduces it. */
typedef struct qdx_entity {
    const char *id;   /* the gazetteer's, else made from the name: the same in every document */
    const char *name; /* canonical */
    qdx_entity_type type;
    qdx_gender gender;
    bool listed;                /* known to a gazetteer */
    const char *country;        /* ISO 3166-1 alpha-2, or "" */
    const char *const *aliases; /* other names the gazetteer lists */
    size_t alias_count;
    const qdx_tenure *tenures;
    size_t tenure_count;
} qdx_entity;

#define QDX_NO_ENTITY UINT32_MAX

/* A stretch of text that names an entity: the name alone, without title, article or possessive. */
typedef struct qdx_mention {
    qdx_span span;
    uint32_t entity;  /* index into the analysis' entities */
    const char *rule; /* what made us think so: "alias", "surname", "title", "acronym"; static */
    float confidence; /* 0 to 1 */
} qdx_mention;

/* "person", "organization", "place"; "m", "f", "". Static. */
QDX_API const char *qdx_entity_type_name(qdx_entity_type type);
QDX_API const char *qdx_gender_name(qdx_gender gender);

#ifdef __cplusplus
}
#endif
#endif
