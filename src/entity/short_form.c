/*
 * Short forms. A head word after "the" means the organization with that head named last. Companies
 * go by the words before the legal form or by the first one, teams by the last. Words that are
 * ordinary, given names, places or surnames of the document stand for nothing.
 */
#include "entity/short_form.h"

#include "base/hash.h"
#include "entity/figure.h"
#include "entity/name_shape.h"
#include "entity/shape_tokens.h"

enum { SHORT_WORDS = 3, SHORTEST = 4 };

static bool is_organization(const qdx_tagging *tagging, const qdx_tag *tag)
{
    return tagging->figures.items[tag->figure].entity.type == QDX_ENTITY_ORGANIZATION;
}

/* The noun of an organization's name: its last word, or the one before "of". */
static bool is_noun_of(const qdx_tagging *tagging, const qdx_tag *tag, uint32_t i)
{
    static const char of[][QDX_TABLE_WORD] = {"of", "for"};
    static const char bodies[][QDX_TABLE_WORD] = {"House", "Senate",
                                                  "Treasury"}; /* by themselves */
    return (at(tagging, i)->classes & QDX_WORD_ORG_HEAD) &&
           (i + 1 == tag->end || IS_ONE_OF(tagging, i + 1, of)) && !IS_ONE_OF(tagging, i, bodies);
}

bool qdx_short_form_pass(qdx_tagging *tagging, const qdx_tag *tag)
{
    if (tag->end - tag->first < 2 || !is_organization(tagging, tag))
        return true;
    for (uint32_t i = tag->first; i < tag->end; i++)
        if (is_noun_of(tagging, tag, i) &&
            !qdx_figure_index_put(&tagging->index, QDX_KEY_HEAD, at(tagging, i)->hash, tag->figure))
            return false;
    return true;
}

static bool follows_the(const qdx_tagging *tagging, uint32_t i)
{
    static const char the[][QDX_TABLE_WORD] = {"the", "The"};
    return i > 0 && !(at(tagging, i)->flags & QDX_TOKEN_BLOCK) && IS_ONE_OF(tagging, i - 1, the);
}

uint32_t qdx_short_form_head(const qdx_tagging *tagging, uint32_t token)
{
    const qdx_token *t = at(tagging, token);
    if (!(t->classes & QDX_WORD_ORG_HEAD) || (t->flags & QDX_TOKEN_UPPER) ||
        !follows_the(tagging, token))
        return QDX_NONE;
    if (token + 1 < tagging->text->tokens.count) {
        static const char of[][QDX_TABLE_WORD] = {"of"};
        const qdx_token *next = at(tagging, token + 1);
        bool goes_on = (next->flags & QDX_TOKEN_CAPITAL) && (next->flags & QDX_TOKEN_SPACE) &&
                       !(next->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK));
        if (goes_on || next->mark == QDX_MARK_HYPHEN || IS_ONE_OF(tagging, token + 1, of))
            return QDX_NONE;
    }
    return qdx_figure_index_find(&tagging->index, QDX_KEY_HEAD, t->hash);
}

static uint64_t key_of(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    uint64_t key = at(tagging, first)->hash;
    for (uint32_t i = first + 1; i < end; i++)
        key = qdx_hash_mix(key, at(tagging, i)->hash);
    return key;
}

static bool file(qdx_tagging *tagging, uint32_t first, uint32_t end, uint32_t figure)
{
    uint64_t key = key_of(tagging, first, end);
    return qdx_figure_index_find(&tagging->index, QDX_KEY_ALONE, key) != QDX_NONE ||
           qdx_figure_index_put(&tagging->index, QDX_KEY_ALONE, key, figure);
}

/* Is this word by itself the name of nobody and nothing else? */
static bool is_own_word(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return qdx_name_shape_is_capital(tagging, i) && t->end - t->start >= SHORTEST &&
           !(t->classes & ~(uint32_t)(QDX_WORD_ORG_HEAD | QDX_WORD_ROLE)) &&
           !qdx_name_shape_is_listed(tagging, i) &&
           qdx_figure_index_find(&tagging->index, QDX_KEY_SURNAME, t->hash) == QDX_NONE;
}

/* Does a company's name end in this word, as "Industries"? */
static bool is_trade(const qdx_tagging *tagging, uint32_t i)
{
    static const char words[][QDX_TABLE_WORD] = {
        "Airlines",    "Airways",      "Communications", "Company",  "Corporation",
        "Electronics", "Energy",       "Enterprises",    "Foods",    "Industries",
        "Insurance",   "Laboratories", "Mines",          "Motors",   "Oil",
        "Petroleum",   "Railways",     "Securities",     "Software", "Steel",
        "Systems",     "Technologies", "Telecom",        "Records",  "Stores",
    };
    return (at(tagging, i)->classes & QDX_WORD_ORG_ENDING) || IS_ONE_OF(tagging, i, words);
}

/* The words of a company's name before its legal form and the like; tag->end when it has none. */
static uint32_t before_ending(const qdx_tagging *tagging, const qdx_tag *tag)
{
    uint32_t end = tag->end;
    while (end > tag->first + 1 &&
           (at(tagging, end - 1)->kind == QDX_TOKEN_MARK || is_trade(tagging, end - 1)))
        end--;
    return end;
}

static bool collect_company(qdx_tagging *tagging, const qdx_tag *tag)
{
    uint32_t end = before_ending(tagging, tag);
    if (end == tag->end)
        return true;
    if (end - tag->first > 1 && end - tag->first <= SHORT_WORDS &&
        !file(tagging, tag->first, end, tag->figure))
        return false;
    return !is_own_word(tagging, tag->first) ||
           file(tagging, tag->first, tag->first + 1, tag->figure);
}

qdx_status qdx_short_forms_collect(qdx_tagging *tagging, qdx_error *error)
{
    for (size_t i = 0; i < tagging->tags.count; i++) {
        const qdx_tag *tag = &tagging->tags.items[i];
        if (tag->end - tag->first < 2 || tag->weak || !is_organization(tagging, tag))
            continue;
        bool team = tag->rule == qdx_name_shape_team;
        if (!(team ? file(tagging, tag->end - 1, tag->end, tag->figure)
                   : collect_company(tagging, tag)))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

uint32_t qdx_short_form_find(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    if (end - first > SHORT_WORDS)
        return QDX_NONE;
    if (end - first == 1 && (at(tagging, first)->classes & QDX_WORD_COMMON) &&
        !follows_the(tagging, first))
        return QDX_NONE;
    return qdx_figure_index_find(&tagging->index, QDX_KEY_ALONE, key_of(tagging, first, end));
}
