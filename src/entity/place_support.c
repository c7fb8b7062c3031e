/*
 * Support for a place: a preposition or a motion before it, a place after its comma, a dateline.
 */
#include "entity/place_support.h"

#include "entity/shape_tokens.h"

/* "in X", "flew to X"; "from" and "to" by themselves go with people as well. */
static bool is_preposition_of_place(const qdx_tagging *tagging, uint32_t i)
{
    static const char places[][QDX_TABLE_WORD] = {"in", "at", "near", "outside"};
    static const char ways[][QDX_TABLE_WORD] = {"from", "to"};
    static const char motions[][QDX_TABLE_WORD] = {
        "came",      "come",      "drive",  "driving", "drove",  "fled",     "flew",
        "flight",    "flown",     "fly",    "flying",  "go",     "going",    "gone",
        "headed",    "heading",   "moved",  "moving",  "return", "returned", "rode",
        "road",      "sail",      "sailed", "trains",  "train",  "travel",   "traveled",
        "travelled", "traveling", "trip",   "visit",   "walked", "went",
    };
    if (IS_ONE_OF(tagging, i, places))
        return true;
    return i > 0 && IS_ONE_OF(tagging, i, ways) && IS_ONE_OF(tagging, i - 1, motions);
}

/* "in Lincoln", "Lincoln, Nebraska", a dateline: the text means the place. */
static bool place_is_supported(const qdx_tagging *tagging, const qdx_tag *tag)
{
    if (tag->first > 0 && is_preposition_of_place(tagging, tag->first - 1))
        return true;
    if (at(tagging, tag->first)->flags & QDX_TOKEN_BLOCK)
        return (at(tagging, tag->first)->flags & QDX_TOKEN_UPPER) != 0;
    if (tag->end + 1 < tagging->text->tokens.count &&
        at(tagging, tag->end)->mark == QDX_MARK_COMMA) {
        uint32_t next = qdx_tagging_tag_at(tagging, tag->end + 1);
        return next != QDX_NONE &&
               tagging->figures.items[tagging->tags.items[next].figure].entity.type ==
                   QDX_ENTITY_PLACE;
    }
    return false;
}

/* A place or organization of one word that is a surname of the article. */
bool qdx_place_gives_way(const qdx_tagging *tagging, uint32_t number)
{
    const qdx_tag *tag = &tagging->tags.items[number];
    if (tag->end - tag->first != 1)
        return false;
    const qdx_figure *figure = &tagging->figures.items[tag->figure];
    return figure->entity.type != QDX_ENTITY_PERSON && !place_is_supported(tagging, tag);
}
