/*
 * What begins at one token. All lists and shapes are asked, the longest answer wins; a title in
 * front makes any capitals a person, an office it names is noted. Nothing here looks further than
 * one sentence.
 */
#include "entity/name_tag.h"

#include "entity/figure.h"
#include "entity/hearsay.h"
#include "entity/name_shape.h"
#include "entity/resolve.h"
#include "entity/shape_tokens.h"
#include "gazetteer/lookup.h"

/* What begins at one token, the longest of each kind; end 0 for none. */
typedef struct beginnings {
    qdx_phrase_match name, title, demonym, office;
} beginnings;

/* Of two listed names of the same words an entity's own is better, then the earlier. */
static bool better_name(const qdx_phrase_match *a, const qdx_phrase_match *b)
{
    return !a->alias && b->alias;
}

static beginnings find_beginnings(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    beginnings found = {{0}, {0}, {0}, {0}};
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    size_t n = qdx_phrases_match(tagging->gazetteer, tagging->text, i, limit, matches);
    for (size_t k = 0; k < n; k++) {
        qdx_phrase_match *slot = NULL;
        switch ((qdx_phrase_kind)matches[k].kind) {
        case QDX_PHRASE_NAME:
            slot = &found.name;
            break;
        case QDX_PHRASE_TITLE:
            slot = &found.title;
            break;
        case QDX_PHRASE_DEMONYM:
            slot = &found.demonym;
            break;
        case QDX_PHRASE_OFFICE:
            slot = &found.office;
            break;
        case QDX_PHRASE_ROLE:
        case QDX_PHRASE_NEVER:
        case QDX_PHRASE_ALWAYS:
            break;
        }
        if (slot &&
            (matches[k].end > slot->end || (slot == &found.name && matches[k].end == slot->end &&
                                            better_name(&matches[k], slot))))
            *slot = matches[k];
    }
    return found;
}

/* The token after a title and the period of its abbreviation. */
static uint32_t after_title(const qdx_tagging *tagging, uint32_t end, uint32_t limit)
{
    if (is_mark(tagging, end, limit, QDX_MARK_PERIOD) &&
        !(at(tagging, end)->flags & QDX_TOKEN_SPACE))
        end++;
    return end;
}

static qdx_status add_tag(qdx_tagging *tagging, qdx_tag tag, qdx_error *error)
{
    uint32_t number = (uint32_t)tagging->tags.count;
    if (tag.figure != QDX_NONE &&
        qdx_phrases_never(tagging->gazetteer, tagging->text, tag.first, tag.end))
        return QDX_OK;
    if (tag.figure == QDX_NONE || !qdx_arena_push(tagging->arena, &tagging->tags, tag))
        return qdx_error_memory(error);
    for (uint32_t i = tag.first; i < tag.end; i++)
        tagging->tag_of_token.items[i] = number;
    if (!tag.weak)
        tagging->figures.items[tag.figure].mention_count++;
    qdx_figure_mentioned(tagging, tag.figure, tag.first);
    return QDX_OK;
}

/* Does the capital at this token say nothing, because any word would have one here? */
static bool capital_is_forced(const qdx_tagging *tagging, uint32_t token, uint32_t block)
{
    if (tagging->shouting.items[block])
        return true;
    const qdx_token *t = at(tagging, token);
    if (t->flags & QDX_TOKEN_SENTENCE)
        return true;
    if (token == 0)
        return true;
    const qdx_token *before = at(tagging, token - 1);
    return before->kind == QDX_TOKEN_MARK &&
           (before->mark == QDX_MARK_QUOTATION || before->mark == QDX_MARK_SINGLE ||
            before->mark == QDX_MARK_COLON || before->mark == QDX_MARK_OTHER ||
            before->mark == QDX_MARK_ELLIPSIS);
}

/* --- people ------------------------------------------------------------------------------- */

/* A person named by tokens [first, end): a listed one, one of the document's, or a new one. */
static qdx_status person_figure(qdx_tagging *tagging, uint32_t first, uint32_t end,
                                const qdx_title *title, uint32_t *number, const char **rule,
                                float *confidence, qdx_error *error)
{
    *number = QDX_NONE;
    if (qdx_name_shape_after_particles(tagging, first, end) == end - 1) {
        bool ambiguous;
        qdx_status status = qdx_resolve_surname(tagging, end - 1, title, number, &ambiguous, error);
        if (status != QDX_OK)
            return status;
        if (*number != QDX_NONE && ambiguous)
            *confidence = 0.6F;
    } else {
        qdx_status status = qdx_figure_of_person(tagging, first, end, number, rule, error);
        if (status != QDX_OK)
            return status;
        tagging->figures.items[*number].full_name = true;
    }
    if (*number == QDX_NONE)
        *number = qdx_figure_named(tagging, QDX_ENTITY_PERSON, first, end);
    return *number == QDX_NONE ? qdx_error_memory(error) : QDX_OK;
}

static qdx_status tag_person(qdx_tagging *tagging, const qdx_name_shape *shape,
                             const qdx_title *title, uint32_t title_first, uint32_t limit,
                             qdx_error *error)
{
    qdx_tag tag = {.first = shape->first,
                   .end = shape->end,
                   .rule = shape->rule,
                   .confidence = shape->confidence,
                   .title_first = title_first};
    qdx_status status = person_figure(tagging, shape->first, shape->end, title, &tag.figure,
                                      &tag.rule, &tag.confidence, error);
    if (status != QDX_OK)
        return status;
    status = add_tag(tagging, tag, error);
    if (status != QDX_OK)
        return status;
    if (title)
        qdx_figure_hear_title(tagging, tag.figure, title);
    qdx_figure_hear_surroundings(tagging, &tag, limit);
    return QDX_OK;
}

/* --- one place in the text ---------------------------------------------------------------- */

/* Listed name of one ordinary word where capitals say nothing: needs support from elsewhere. */
static bool is_weak_name(const qdx_tagging *tagging, uint32_t first, uint32_t end, uint32_t block)
{
    if (end - first > 1 || !capital_is_forced(tagging, first, block))
        return false;
    return (at(tagging, first)->classes & QDX_WORD_COMMON) != 0;
}

static qdx_status tag_listed(qdx_tagging *tagging, uint32_t first, const qdx_phrase_match *name,
                             uint32_t title_first, uint32_t block, uint32_t limit, qdx_error *error)
{
    uint32_t figure = qdx_figure_listed(tagging, name->value);
    if (figure == QDX_NONE)
        return qdx_error_memory(error);
    qdx_tag tag = {.first = first,
                   .end = name->end,
                   .figure = figure,
                   .rule = name->always  ? "override"
                           : name->alias ? "alias"
                                         : "name",
                   .confidence = name->always || !name->alias ? 0.98F : 0.95F,
                   .weak = !name->always && is_weak_name(tagging, first, name->end, block),
                   .title_first = title_first};
    qdx_status status = add_tag(tagging, tag, error);
    if (status == QDX_OK && tagging->figures.items[figure].entity.type == QDX_ENTITY_PERSON)
        qdx_figure_hear_surroundings(tagging, &tag, limit);
    return status;
}

static qdx_status tag_shape(qdx_tagging *tagging, const qdx_name_shape *shape, qdx_error *error)
{
    qdx_tag tag = {.first = shape->first,
                   .end = shape->end,
                   .figure = qdx_figure_named(tagging, shape->type, shape->first, shape->end),
                   .rule = shape->rule,
                   .confidence = shape->confidence,
                   .title_first = shape->first};
    return add_tag(tagging, tag, error);
}

/* "private", "major": in small letters before a name seldom a rank. */
static bool is_adjective(const qdx_tagging *tagging, uint32_t i)
{
    static const char words[][QDX_TABLE_WORD] = {"general", "major", "private"};
    return IS_ONE_OF(tagging, i, words);
}

static bool preceded_by_role(const qdx_tagging *tagging, uint32_t i)
{
    if (i == 0 || (at(tagging, i)->flags & QDX_TOKEN_BLOCK))
        return false;
    const qdx_token *before = at(tagging, i - 1);
    return before->kind == QDX_TOKEN_WORD && (before->classes & QDX_WORD_ROLE) &&
           !(before->flags & QDX_TOKEN_CAPITAL) && !(before->classes & QDX_WORD_ORG_KIND) &&
           !is_adjective(tagging, i - 1);
}

/* '," said X': what stands behind the verb of a quotation speaks. */
static bool preceded_by_speech(const qdx_tagging *tagging, uint32_t i)
{
    if (i < 2 || (at(tagging, i)->flags & QDX_TOKEN_BLOCK) ||
        at(tagging, i - 2)->kind != QDX_TOKEN_MARK)
        return false;
    const qdx_token *verb = at(tagging, i - 1);
    qdx_mark mark = at(tagging, i - 2)->mark;
    return verb->kind == QDX_TOKEN_WORD && (verb->classes & QDX_WORD_SPEECH_VERB) &&
           !(verb->flags & QDX_TOKEN_CAPITAL) &&
           (mark == QDX_MARK_QUOTATION || mark == QDX_MARK_SINGLE || mark == QDX_MARK_COMMA) &&
           qdx_lexicon_word(&tagging->gazetteer->lexicon, verb)->strength >= 2;
}

static qdx_entity_type type_of(const qdx_tagging *tagging, const qdx_phrase_match *name)
{
    return qdx_store_entity(tagging->gazetteer, name->value)->type;
}

/* May a person's shape override the listed name inside it? "Paris Hilton", "Martin Luther King". */
static bool shape_overrides(const qdx_tagging *tagging, uint32_t first,
                            const qdx_phrase_match *name)
{
    if (type_of(tagging, name) == QDX_ENTITY_PERSON)
        return true;
    return name->end - first == 1 && (at(tagging, first)->classes & QDX_WORD_GIVEN);
}

/* "Boston Braves" is a team; "Reading Festival" neither the place nor another name we know. */
static qdx_status tag_longer(qdx_tagging *tagging, uint32_t first, uint32_t end, qdx_error *error)
{
    const qdx_token *last = at(tagging, end - 1);
    if (tagging->text->bytes[last->end - 1] != 's')
        return QDX_OK;
    qdx_name_shape shape = {QDX_ENTITY_ORGANIZATION, first, end, qdx_name_shape_team, 0.6F};
    return tag_shape(tagging, &shape, error);
}

/* A person's name by its shape; an adjective of nationality begins none. */
static qdx_name_shape person_shape(const qdx_tagging *tagging, uint32_t i, uint32_t limit,
                                   const qdx_title *title, const beginnings *found)
{
    qdx_name_evidence evidence = title                            ? QDX_EVIDENCE_TITLE
                                 : preceded_by_role(tagging, i)   ? QDX_EVIDENCE_ROLE
                                 : preceded_by_speech(tagging, i) ? QDX_EVIDENCE_SPEECH
                                                                  : QDX_EVIDENCE_NONE;
    qdx_name_shape person = qdx_name_shape_person(tagging, i, limit, evidence);
    if (found->demonym.end > i && !title && !(at(tagging, i)->classes & QDX_WORD_GIVEN))
        person.end = i;
    return person;
}

/* "Tavrashin, Sergei", where the lists know the name. *next is left alone when they do not. */
static qdx_status tag_reversed(qdx_tagging *tagging, uint32_t i, uint32_t limit, uint32_t *next,
                               qdx_error *error)
{
    uint32_t end = qdx_name_shape_reversed(tagging, i, limit);
    qdx_lookup_hit hits[QDX_LOOKUP_HITS];
    size_t count = 0;
    uint32_t start = at(tagging, i)->start;
    qdx_status status = QDX_OK;
    if (end > i)
        status = qdx_lookup_person(tagging->gazetteer, tagging->text->bytes + start,
                                   at(tagging, end - 1)->end - start, hits, &count, error);
    if (status != QDX_OK || !count || hits[0].relation < QDX_NAME_ROMANIZATION)
        return status;
    *next = end;
    qdx_tag tag = {.first = i,
                   .end = end,
                   .figure = qdx_figure_listed(tagging, hits[0].entity),
                   .rule = "reversed",
                   .confidence = 0.9F,
                   .title_first = i};
    return add_tag(tagging, tag, error);
}

/* "Tolland, Varnia" as listed: the city's name ends before the comma where a place follows. */
static uint32_t end_of_city(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i + 1 < end; i++) {
        if (!is_mark(tagging, i, end, QDX_MARK_COMMA))
            continue;
        beginnings behind = find_beginnings(tagging, i + 1, end);
        return behind.name.end == end && type_of(tagging, &behind.name) == QDX_ENTITY_PLACE ? i
                                                                                            : end;
    }
    return end;
}

/*
 * Tags what begins at a capitalised token; *next is the token to go on with. A title in front was
 * passed by the caller.
 */
static qdx_status tag_here(qdx_tagging *tagging, uint32_t i, const qdx_opening *opening,
                           beginnings found, const qdx_title *title, uint32_t title_first,
                           uint32_t *next, qdx_error *error)
{
    const uint32_t limit = opening->limit, block = opening->block;
    qdx_name_shape person = {.end = i}, organization = {.end = i}, place = {.end = i};
    bool particle = title && !(at(tagging, i)->flags & QDX_TOKEN_CAPITAL);
    if ((particle || qdx_name_shape_is_capital(tagging, i)) && !tagging->shouting.items[block] &&
        (title || qdx_name_shape_may_go_on(tagging, i, limit))) {
        person = person_shape(tagging, i, limit, title, &found);
        organization = qdx_name_shape_organization(tagging, i, limit, opening->classes);
        place = qdx_name_shape_place(tagging, i, limit, opening->classes);
    }
    if (!title && organization.end == i && !tagging->shouting.items[block])
        organization = qdx_name_shape_of_kind(tagging, i, limit);
    if (place.end <= found.demonym.end)
        place.end = i; /* "South Korean" */
    uint32_t shape_end = organization.end > place.end ? organization.end : place.end;
    *next = i + 1;
    if (found.name.end > i && found.name.end >= shape_end && found.name.end >= found.demonym.end &&
        (found.name.end >= person.end || !shape_overrides(tagging, i, &found.name)) &&
        !(title && type_of(tagging, &found.name) != QDX_ENTITY_PERSON &&
          person.end >= found.name.end)) {
        if (type_of(tagging, &found.name) == QDX_ENTITY_PLACE)
            found.name.end = end_of_city(tagging, i, found.name.end);
        *next = found.name.end;
        if (type_of(tagging, &found.name) == QDX_ENTITY_PLACE && !tagging->shouting.items[block] &&
            !(at(tagging, i)->flags & QDX_TOKEN_UPPER)) {
            uint32_t longer = qdx_name_shape_longer(tagging, found.name.end, limit);
            if (longer > found.name.end) {
                *next = longer;
                return tag_longer(tagging, i, longer, error);
            }
        }
        return tag_listed(tagging, i, &found.name, title_first, block, limit, error);
    }
    if (organization.end > i && organization.end >= person.end && organization.end >= place.end &&
        !title) {
        *next = organization.end;
        return tag_shape(tagging, &organization, error);
    }
    if (person.end > i && person.end >= place.end &&
        (place.end == i || person.confidence >= place.confidence)) {
        *next = person.end;
        return tag_person(tagging, &person, title, title_first, limit, error);
    }
    if (place.end > i) {
        *next = place.end;
        return tag_shape(tagging, &place, error);
    }
    if (found.demonym.end > i)
        *next = found.demonym.end;
    bool reversed = found.demonym.end <= i && is_mark(tagging, i + 1, limit, QDX_MARK_COMMA);
    return reversed ? tag_reversed(tagging, i, limit, next, error) : QDX_OK;
}

static bool continues_with_name(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    const qdx_token *t = at(tagging, i);
    return t->kind == QDX_TOKEN_WORD && (t->flags & QDX_TOKEN_SPACE) &&
           ((t->flags & QDX_TOKEN_CAPITAL) || (t->classes & QDX_WORD_TITLE) ||
            qdx_name_shape_after_particles(tagging, i, limit) > i);
}

/* "8 p.m. EST", "a private Industrial Design office": small letters that are no title here. */
static bool is_no_title(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    const qdx_token *t = at(tagging, first);
    return !(t->flags & QDX_TOKEN_CAPITAL) &&
           ((t->flags & QDX_TOKEN_PERIODS) || (end == first + 1 && is_adjective(tagging, first)));
}

/* "Bishop Tolland High School": a title that begins the name of an organization. */
static bool holds_title(const qdx_tagging *tagging, const qdx_opening *opening, uint32_t title_end)
{
    if (!opening->capital || tagging->shouting.items[opening->block])
        return false;
    qdx_name_shape shape =
        qdx_name_shape_organization(tagging, opening->token, opening->limit, opening->classes);
    return shape.end > title_end + 1 &&
           (at(tagging, shape.end - 1)->classes & (QDX_WORD_ORG_HEAD | QDX_WORD_ORG_ENDING));
}

/* Titles may follow each other: "Secretary of State Gen. Colin Powell". */
qdx_status qdx_name_tag_from(qdx_tagging *tagging, qdx_opening opening, uint32_t *next,
                             qdx_error *error)
{
    const uint32_t i = opening.token, limit = opening.limit, block = opening.block;
    const qdx_title *title = NULL;
    uint32_t name = i;
    beginnings found = find_beginnings(tagging, name, limit);
    *next = i + 1;
    if (found.title.end > i && holds_title(tagging, &opening, found.title.end))
        return tag_here(tagging, i, &opening, found, NULL, i, next, error);
    for (int chain = 0; chain < 4; chain++) {
        if (found.title.end <= name || is_no_title(tagging, name, found.title.end) ||
            (found.name.end > found.title.end && found.name.end > name))
            break;
        uint32_t after = after_title(tagging, found.title.end, limit);
        if (after >= limit || !continues_with_name(tagging, after, limit))
            break;
        if (found.name.end > name && type_of(tagging, &found.name) != QDX_ENTITY_PERSON) {
            /* "U.S. Secretary of State": a name of its own. */
            qdx_status status = tag_listed(tagging, name, &found.name, name, block, limit, error);
            if (status != QDX_OK)
                return status;
        }
        title = &tagging->gazetteer->words.titles.items[found.title.value];
        name = after;
        found = find_beginnings(tagging, name, limit);
    }
    if (!(at(tagging, name)->flags & QDX_TOKEN_CAPITAL) &&
        at(tagging, name)->kind == QDX_TOKEN_WORD &&
        !(title && qdx_name_shape_after_particles(tagging, name, limit) > name))
        return QDX_OK;
    uint32_t before = (uint32_t)tagging->tags.count;
    qdx_status status = tag_here(tagging, name, &opening, found, title, i, next, error);
    /* The title led to no name after all ("Prime Minister's Office"): look at it as a name. */
    if (status == QDX_OK && title && tagging->tags.count == before && name != i)
        status = tag_here(tagging, i, &opening, find_beginnings(tagging, i, limit), NULL, i, next,
                          error);
    return status;
}
