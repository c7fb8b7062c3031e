/*
 * Name keys: what spelling variants of a name have in common.
 *
 * A name is split into words; each word has several forms, from strict to loose:
 *   folded        case and diacritics gone: "sergei"
 *   romanized     one letter for the choices that romanization leaves open (sch/sh/sz, kh/h, ph/f,
 *                 w/v, y/i/j, ei/ey, doubled letters, ...): Sergei, Sergey, Sergej alike
 *   marked        romanized with the sounds that marks give letters: Tavrašin as Tavrashin
 *   skeleton      consonants only: proposes candidates, never confirms one (text/name_distance.h)
 * Two names mean one person when their surnames agree in romanized form and their given names do
 * not contradict each other: equal romanized, one the initial of the other, or absent; the rules in
 * qdx_name_compare. Method: docs/names.md.
 */
#ifndef QDX_TEXT_NAME_KEY_H
#define QDX_TEXT_NAME_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

enum { QDX_NAME_WORDS = 12 }; /* further words of a name are ignored */

/* A name taken apart. Views into `storage`, which the caller keeps. */
typedef struct qdx_name_parts {
    struct {
        const char *folded;    /* terminated */
        const char *romanized; /* terminated */
        const char *marked;    /* terminated; the pointer `romanized` where no mark says more */
        bool initial;          /* a single letter */
    } words[QDX_NAME_WORDS];
    size_t count;
    size_t surname;  /* index of the first word of the surname, particles included */
    bool reversed;   /* it was written "Last, First" */
    char generation; /* 'j' for Jr., 's' for Sr., '2'.. for II.., 0 for none */
} qdx_name_parts;

/*
 * Takes a name apart: titles stay (callers strip them), "Last, First" is turned round, Jr./Sr./III
 * become `generation`. `storage` is cleared first. Cost: linear.
 */
void qdx_name_split(const char *name, size_t size, qdx_buffer *storage, qdx_name_parts *parts);

/* Appends the romanized form of one folded word. */
void qdx_name_romanize(const char *folded, size_t size, qdx_buffer *out);

/* Do two words sound alike, with or without the sounds of their marks? */
bool qdx_name_words_sound(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j);

/* Do two words, one of them an initial, begin with one letter or sound? */
bool qdx_name_initials_agree(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j);

/* How two names relate; the values are ordered from none to identical. */
typedef enum qdx_name_relation {
    QDX_NAME_DIFFERENT,    /* they contradict each other, or share too little */
    QDX_NAME_SURNAME,      /* one is a surname only, and it agrees */
    QDX_NAME_INITIALS,     /* surnames agree, given names agree as far as initials go */
    QDX_NAME_SUBSET,       /* all words of one stand in the other, the surname among them */
    QDX_NAME_ORDER,        /* the same words in another order */
    QDX_NAME_ROMANIZATION, /* same words, other romanization */
    QDX_NAME_EXACT,        /* same words, folded */
} qdx_name_relation;

qdx_name_relation qdx_name_compare(const qdx_name_parts *a, const qdx_name_parts *b);

/* Static name of a relation as a rule: "surname", "initials", "subset", "order", "romanization",
 * "exact". */
const char *qdx_name_relation_name(qdx_name_relation relation);

#include "base/banned.h"
#endif
