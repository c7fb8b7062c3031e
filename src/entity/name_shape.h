/*
 * Name shapes: unlisted names by how they look. A given name and capitals make a person; capitals
 * around "Ministry" or before "Inc." an organization; capitals around "River" or "Lake" a place.
 */
#ifndef QDX_ENTITY_NAME_SHAPE_H
#define QDX_ENTITY_NAME_SHAPE_H

#include "entity/tagging.h"

typedef struct qdx_name_shape {
    qdx_entity_type type;
    uint32_t first, end; /* tokens; end == first: no name here */
    const char *rule;
    float confidence;
} qdx_name_shape;

/* What stands before the name: raises what counts as a person. */
typedef enum qdx_name_evidence {
    QDX_EVIDENCE_NONE,
    QDX_EVIDENCE_ROLE,   /* a people noun: "spokesman Foo Bar" */
    QDX_EVIDENCE_SPEECH, /* the verb of a quotation: '," said Foo Bar' */
    QDX_EVIDENCE_TITLE,  /* a title: any capitals are a person */
} qdx_name_evidence;

/* A person's name that begins at `first` (a capitalised word), within [first, limit). */
qdx_name_shape qdx_name_shape_person(const qdx_tagging *tagging, uint32_t first, uint32_t limit,
                                     qdx_name_evidence evidence);

/* The end of a name like "Tolland, Maria", `first` for none; whether it is one the lists must say.
 */
uint32_t qdx_name_shape_reversed(const qdx_tagging *tagging, uint32_t first, uint32_t limit);

/*
 * Quick rejection: false when no name of several words begins at `first`, which leaves a person's
 * after a title.
 */
bool qdx_name_shape_may_go_on(const qdx_tagging *tagging, uint32_t first, uint32_t limit);

/*
 * An organization's or place's name that begins at `first`. `classes` are those of all words of the
 * sentence, so that most sentences are known at once to hold no such name.
 */
qdx_name_shape qdx_name_shape_organization(const qdx_tagging *tagging, uint32_t first,
                                           uint32_t limit, uint32_t classes);
qdx_name_shape qdx_name_shape_place(const qdx_tagging *tagging, uint32_t first, uint32_t limit,
                                    uint32_t classes);

/* The organization's name behind its kind: "the carmaker Volta Norda". */
qdx_name_shape qdx_name_shape_of_kind(const qdx_tagging *tagging, uint32_t first, uint32_t limit);

/* A word with a capital that is no article, month, pronoun or the like. */
static inline bool qdx_name_shape_is_capital(const qdx_tagging *tagging, uint32_t token)
{
    const qdx_token *t = qdx_tagging_token(tagging, token);
    return t->kind == QDX_TOKEN_WORD &&
           (t->flags & (QDX_TOKEN_CAPITAL | QDX_TOKEN_POSSESSIVE | QDX_TOKEN_ADDRESS)) ==
               QDX_TOKEN_CAPITAL &&
           (!(t->classes & QDX_WORD_FUNCTION) || (t->flags & QDX_TOKEN_INITIAL)) &&
           !(t->classes & QDX_WORD_WEEKDAY);
}

/*
 * A listed name that ends before token `end` but goes on in ordinary words with capitals: "Boston
 * Braves", "Reading Festival". Returns the end of the whole name, or `end`.
 */
uint32_t qdx_name_shape_longer(const qdx_tagging *tagging, uint32_t end, uint32_t limit);

/* The rule of names that go on after a place: teams. */
extern const char qdx_name_shape_team[];

/* The capital behind "van der" or "St." at a token; the token itself when none follows. */
uint32_t qdx_name_shape_after_particles(const qdx_tagging *tagging, uint32_t token, uint32_t limit);

/* "d'Orval": a capital behind an elided article or preposition. */
bool qdx_name_shape_is_elided(const qdx_tagging *tagging, uint32_t token);

/*
 * "Chen Guangli", "Rhee Syng-man": does the name of tokens [first, end) begin with the family name?
 * Of those that are given names too (Kim, Lee) only before a given name of two syllables.
 */
bool qdx_name_shape_family_first(const qdx_tagging *tagging, uint32_t first, uint32_t end);

/* Is this one word a listed name, or that of a place? */
bool qdx_name_shape_is_listed(const qdx_tagging *tagging, uint32_t token);
bool qdx_name_shape_is_listed_place(const qdx_tagging *tagging, uint32_t token);

/* Not beside another capital that no tag explains: a name by itself rather than part of one. */
bool qdx_name_shape_stands_alone(const qdx_tagging *tagging, uint32_t first, uint32_t end);

#include "base/banned.h"
#endif
