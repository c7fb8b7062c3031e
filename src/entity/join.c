/*
 * Joining: figures of a surname or of initials are compared with the bearers of full names once the
 * whole document was read; who fits exactly one of them is that one, and the tags move over.
 */
#include "entity/join.h"

#include <string.h>

#include "entity/figure.h"
#include "entity/variant.h"

/* The bearer with a full name that a figure known by surname alone must be. */
static uint32_t full_bearer(const qdx_tagging *tagging, const qdx_figure *lone)
{
    uint32_t record = qdx_figure_index_find(&tagging->index, QDX_KEY_SURNAME, lone->surname);
    uint32_t bearer = QDX_NONE;
    for (unsigned g = 0; record != QDX_NONE && g < QDX_GENDERS; g++) {
        bool contradicts = g && lone->gender && g != lone->gender;
        if (!contradicts && tagging->index.bearers.items[record].full[g] < bearer)
            bearer = tagging->index.bearers.items[record].full[g];
    }
    return bearer;
}

static void join(qdx_tagging *tagging, uint32_t number, uint32_t bearer)
{
    qdx_figure *lone = &tagging->figures.items[number];
    qdx_figure *full = &tagging->figures.items[bearer];
    full->mention_count += lone->mention_count;
    uint32_t record = qdx_figure_index_find(&tagging->index, QDX_KEY_SURNAME, lone->surname);
    qdx_bearers *bearers = &tagging->index.bearers.items[record];
    bearers->count[lone->gender]--;
    if (bearers->first[lone->gender] == number)
        bearers->first[lone->gender] = lone->gender == full->gender ? bearer : QDX_NONE;
    if (bearers->full[lone->gender] == number)
        bearers->full[lone->gender] = lone->gender == full->gender ? bearer : QDX_NONE;
    if (!full->gender && lone->gender)
        qdx_figure_set_gender(tagging, bearer, lone->gender);
    lone->mention_count = 0;
    lone->surname = lone->given = 0;
    lone->joined = bearer;
}

/* The one person "T. Ives" must be, of those named with more than initials. */
static uint32_t spelled_out(const qdx_tagging *tagging, uint32_t number)
{
    const qdx_figure *figure = &tagging->figures.items[number];
    const char *name = figure->entity.name, *last = strrchr(name, ' ');
    if (name[0] == '\0' || (name[1] != '.' && name[1] != ' ') || !last)
        return QDX_NONE;
    uint64_t sound = qdx_variant_sound(last + 1, strlen(last + 1));
    uint32_t bearer = qdx_variant_find(tagging, name, sound, number, true);
    if (bearer == QDX_NONE || strlen(tagging->figures.items[bearer].entity.name) <= strlen(name))
        return QDX_NONE;
    return bearer;
}

/*
 * "Mr. Ives" made a figure of a surname alone, "T. Ives" one of an initial; the full name came
 * elsewhere. Those tags move to the bearer of the full name.
 */
void qdx_join_short_names(qdx_tagging *tagging)
{
    bool any = false;
    for (uint32_t i = 0; i < tagging->figures.count; i++) {
        const qdx_figure *lone = &tagging->figures.items[i];
        if (lone->entity.type != QDX_ENTITY_PERSON || lone->listed != QDX_NONE)
            continue;
        uint32_t bearer = lone->full_name ? spelled_out(tagging, i) : full_bearer(tagging, lone);
        if (bearer == QDX_NONE || bearer == i)
            continue;
        join(tagging, i, bearer);
        any = true;
    }
    for (size_t t = 0; any && t < tagging->tags.count; t++) {
        uint32_t *figure = &tagging->tags.items[t].figure;
        while (tagging->figures.items[*figure].joined != *figure)
            *figure = tagging->figures.items[*figure].joined;
    }
}
