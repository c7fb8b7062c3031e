/* Notes on names: who was meant, how to mean only one, who might have been meant. */
#include "cli/bearers.h"

#include <inttypes.h>
#include <string.h>

#include "cli/message.h"

enum { BEARERS_SHOWN = 8 };

static void note_one(const cli *c, const qdx_index_entity *e)
{
    note(c, "  %s (%s, %s, %" PRIu64 " quote%s, %" PRIu64 " article%s)", e->name, e->id,
         qdx_entity_type_name(e->type), e->quotes, plural(e->quotes), e->documents,
         plural(e->documents));
}

/* The one with most quotations behind (quotes, place) of the one shown before. */
static size_t next_bearer(const qdx_result *result, size_t before)
{
    size_t count = qdx_result_bearer_count(result), best = count;
    for (size_t i = 0; i < count; i++) {
        uint64_t quotes = qdx_result_bearer_at(result, i)->quotes;
        if (before < count) {
            uint64_t limit = qdx_result_bearer_at(result, before)->quotes;
            if (quotes > limit || (quotes == limit && i <= before))
                continue;
        }
        if (best == count || quotes > qdx_result_bearer_at(result, best)->quotes)
            best = i;
    }
    return best;
}

static void note_several(const cli *c, const qdx_result *result, const char *option)
{
    size_t count = qdx_result_bearer_count(result), first = next_bearer(result, count);
    bool nearest_first = qdx_result_is_suggestion(result);
    for (size_t n = 0, i = first; n < BEARERS_SHOWN && n < count; n++) {
        note_one(c, qdx_result_bearer_at(result, nearest_first ? n : i));
        i = next_bearer(result, i);
    }
    if (count > BEARERS_SHOWN)
        note(c, "  and %zu more", count - BEARERS_SHOWN);
    if (count > 1 && !nearest_first)
        note(c, "to ask for one, give its id: %s%s", option,
             qdx_result_bearer_at(result, first)->id);
}

bool bearers_unknown(const qdx_result *result)
{
    return qdx_result_is_suggestion(result) || !qdx_result_bearer_count(result);
}

/* True when the name was read as an office, for one bearer at least. */
static bool is_office(const qdx_result *result)
{
    for (size_t i = 0; i < qdx_result_bearer_count(result); i++)
        if (strcmp(qdx_result_bearer_at(result, i)->rule, "office") == 0)
            return true;
    return false;
}

void note_bearers(const cli *c, const qdx_result *result, const char *name, const char *option)
{
    size_t count = qdx_result_bearer_count(result);
    size_t rows = qdx_result_hit_count(result) + qdx_result_mention_count(result);
    if (!name)
        return;
    if (count == 0)
        note(c, "nobody here is called \"%s\"", name);
    else if (qdx_result_is_suggestion(result))
        note(c, "nobody here is called \"%s\"; the nearest names:", name);
    else if (count > 1)
        note(c, "\"%s\" fits %zu entities, all of them taken:", name, count);
    else if (strcmp(qdx_result_bearer_at(result, 0)->rule, "spelling") == 0)
        note(c, "nobody here is called \"%s\"; taken for", name);
    else if (c->options.verbose || rows == 0)
        note(c, "\"%s\" means", name);
    else
        return;
    note_several(c, result, option);
    if (rows == 0 && is_office(result))
        note(c, "an office counts at the date of each article; without a date only where one "
                "person alone held it, or holds it still");
}

void note_unread(const cli *c, uint64_t articles)
{
    if (articles)
        note(c, "contexts from %" PRIu64 " article%s are empty: gone, or not as indexed", articles,
             plural(articles));
}
