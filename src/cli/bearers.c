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

void note_bearers(const cli *c, const qdx_result *result, const char *name, const char *option)
{
    size_t count = qdx_result_bearer_count(result);
    bool suggestion = qdx_result_is_suggestion(result);
    if (!name || (count < 2 && !suggestion && !c->options.verbose))
        return;
    if (suggestion)
        note(c, "nobody here is called \"%s\"%s", name, count ? "; the nearest names:" : "");
    else if (count == 0)
        note(c, "nobody here is called \"%s\"", name);
    else if (count > 1)
        note(c, "\"%s\" fits %zu entities, all of them taken:", name, count);
    for (size_t i = 0; i < count && i < BEARERS_SHOWN; i++)
        note_one(c, qdx_result_bearer_at(result, i));
    if (count > BEARERS_SHOWN)
        note(c, "  and %zu more", count - BEARERS_SHOWN);
    if (count > 1 && !suggestion)
        note(c, "ask for one by the full name: %s\"%s\"", option,
             qdx_result_bearer_at(result, 0)->name);
}

const char *cell_text(const char *text)
{
    return text && *text ? text : NULL;
}

void join_variants(const qdx_index_entity *entity, char *buffer, size_t size)
{
    size_t used = 0, i = 0;
    buffer[0] = '\0';
    for (; i < entity->variant_count; i++) {
        size_t length = strlen(entity->variants[i]);
        if (used + length + 32 > size)
            break;
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", i ? "; " : "",
                                 entity->variants[i]);
    }
    if (i < entity->variant_count)
        snprintf(buffer + used, size - used, "; and %zu more", entity->variant_count - i);
}
