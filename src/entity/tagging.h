/*
 * A tagging: the entities of one document and where it mentions them, as the tagger leaves it and
 * the quotation layer reads it.
 */
#ifndef QDX_ENTITY_TAGGING_H
#define QDX_ENTITY_TAGGING_H

#include <quotedex/analyzer.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "entity/figure_index.h"
#include "gazetteer/store.h"
#include "text/token.h"

#define QDX_NONE UINT32_MAX

enum { QDX_FIGURE_ROLES = 6 }; /* further ones are not kept */

/* An entity of the document: a figure in its story. */
typedef struct qdx_figure {
    qdx_entity entity;
    uint32_t listed;                 /* entry of the gazetteer, or QDX_NONE */
    uint64_t surname;                /* fold hash of a person's family name's last word, else 0 */
    uint64_t given;                  /* fold hash of a person's first given name, else 0 */
    qdx_gender gender;               /* as listed, or as titles, nouns and given name tell */
    bool full_name;                  /* named with more than a surname somewhere */
    uint32_t next_sound, next_given; /* further figure with that key of the index, or QDX_NONE */
    uint32_t joined;                 /* the figure this one turned out to be; itself as a rule */
    uint32_t mention_count;
    uint32_t offices[QDX_FIGURE_ROLES]; /* offices the document gives the person */
    uint32_t roles[QDX_FIGURE_ROLES];   /* people nouns (words) it gives the person */
    uint8_t office_count, role_count;
} qdx_figure;

/* A mention with its tokens. */
typedef struct qdx_tag {
    uint32_t first, end; /* tokens */
    uint32_t figure;
    const char *rule;
    float confidence;
    bool weak;            /* to be dropped unless the same figure is surely mentioned elsewhere */
    uint32_t title_first; /* where the title or description before the name begins, or `first` */
} qdx_tag;

/*
 * A word at which a name may begin: a capital, a title, a number. The rules walk these and not the
 * tokens, four of five of which no rule needs to see.
 */
typedef struct qdx_opening {
    uint32_t token;
    uint32_t limit; /* end of its sentence */
    uint32_t block;
    uint32_t classes; /* of all words of the sentence together: without a head, no name has one */
    bool capital;     /* as qdx_name_shape_is_capital says */
} qdx_opening;

typedef struct qdx_tagging {
    const qdx_gazetteer *gazetteer;
    const qdx_text *text;
    const qdx_token *tokens; /* the text's: every rule asks for them at each step */
    const qdx_document *document;
    qdx_arena *arena; /* of names and ids made here; the document's */
    qdx_figure_index index;
    qdx_buffer scratch; /* a slug or a name in another order */
    QDX_VECTOR(qdx_figure) figures;
    QDX_VECTOR(qdx_tag) tags;          /* in text order, disjoint */
    QDX_VECTOR(uint32_t) tag_of_token; /* tag that covers a token, or QDX_NONE */
    QDX_VECTOR(bool) shouting;         /* for each block: capitals are no evidence there */
    QDX_VECTOR(qdx_opening) openings;  /* in text order */
    uint64_t lower_words[1024];        /* bloom filter of the words seen in lower case */
    bool knows_lower_words;            /* it is filled when first asked */
} qdx_tagging;

/* An all-zero tagging is valid and empty. */
void qdx_tagging_release(qdx_tagging *tagging);

static inline const qdx_token *qdx_tagging_token(const qdx_tagging *tagging, uint32_t i)
{
    return &tagging->tokens[i];
}

static inline uint32_t qdx_tagging_tag_at(const qdx_tagging *tagging, uint32_t token)
{
    return token < tagging->tag_of_token.count ? tagging->tag_of_token.items[token] : QDX_NONE;
}

#include "base/banned.h"
#endif
