/*
 * Names that no key finds: persons with a word in their names that has the skeleton of a word asked
 * for are weighed against the name asked for. Given names that are forms of one (Bob and Robert)
 * are known to whoever asks. Reads all persons' names once.
 */
#include <string.h>

#include "base/error.h"
#include "query/resolve.h"
#include "text/name_distance.h"

static const float CONFIDENCE_CLOSE = 0.8f;

typedef struct closeness {
    const qdx_index *index;
    qdx_bearer_list *bearers;
    size_t first; /* of ours in bearers */
    qdx_name_parts asked;
    qdx_name_equivalence equivalence; /* without a function: nothing is known */
    qdx_buffer storage, other;
    char skeletons[QDX_NAME_PROBES][QDX_SKELETON_SIZE];
    size_t skeleton_count;
} closeness;

/* Has a word of the name a skeleton that was asked for? */
static bool has_skeleton(closeness *c, const char *name)
{
    qdx_name_parts parts;
    char skeleton[QDX_SKELETON_SIZE];
    qdx_name_split(name, strlen(name), &c->other, &parts);
    for (size_t k = 0; k < parts.count && !c->other.failed; k++) {
        qdx_name_skeleton(parts.words[k].romanized, skeleton);
        for (size_t i = 0; *skeleton && i < c->skeleton_count; i++)
            if (strcmp(skeleton, c->skeletons[i]) == 0)
                return true;
    }
    return false;
}

/* Lowers *best to the distance of this name. */
static void weigh_name(closeness *c, const char *name, float *best)
{
    qdx_name_parts parts;
    float distance;
    qdx_name_split(name, strlen(name), &c->other, &parts);
    if (c->other.failed || parts.count < 2)
        return; /* a surname alone proves nothing */
    const qdx_name_equivalence *equivalence = c->equivalence.same ? &c->equivalence : NULL;
    qdx_name_relation relation = qdx_name_compare_close(&c->asked, &parts, equivalence, &distance);
    bool fits = relation != QDX_NAME_DIFFERENT && relation != QDX_NAME_INITIALS;
    if (fits && distance < *best)
        *best = distance;
}

static bool may_be(closeness *c, qdx_entity_row row)
{
    bool may = has_skeleton(c, row.name);
    for (uint64_t i = 0; i < row.alias_count && !may; i++)
        may = has_skeleton(c, qdx_get_text(&row.aliases, NULL));
    return may;
}

static qdx_status weigh_entity(closeness *c, uint32_t entity, qdx_error *error)
{
    qdx_entity_row row;
    float best = 1;
    qdx_status status = qdx_entity_row_at(c->index, entity, &row, error);
    if (status != QDX_OK || row.type != QDX_ENTITY_PERSON || !may_be(c, row))
        return status;
    weigh_name(c, row.name, &best);
    for (uint64_t i = 0; i < row.alias_count; i++)
        weigh_name(c, qdx_get_text(&row.aliases, NULL), &best);
    status = qdx_buffer_status(&c->other, error);
    qdx_bearer bearer = {
        .entity = entity, .rule = "spelling", .confidence = CONFIDENCE_CLOSE - best};
    if (status == QDX_OK && best < CONFIDENCE_CLOSE && !qdx_vector_push(c->bearers, bearer))
        status = qdx_error_memory(error);
    return status;
}

static qdx_status weigh_all(closeness *c, qdx_error *error)
{
    uint64_t count = qdx_store_count(c->index, QDX_STORE_ENTITY);
    qdx_status status = QDX_OK;
    for (uint32_t i = 0; i < count && status == QDX_OK; i++)
        status = weigh_entity(c, i, error);
    return status;
}

/* Only the closest stay, and those hardly further away. */
static void keep_closest(closeness *c)
{
    float best = 0;
    size_t kept = c->first;
    for (size_t i = c->first; i < c->bearers->count; i++)
        if (c->bearers->items[i].confidence > best)
            best = c->bearers->items[i].confidence;
    for (size_t i = c->first; i < c->bearers->count; i++)
        if (c->bearers->items[i].confidence >= best - 0.05f)
            c->bearers->items[kept++] = c->bearers->items[i];
    c->bearers->count = kept;
}

qdx_status qdx_name_resolve_close(const qdx_index *index, const char *name,
                                  qdx_bearer_list *bearers, qdx_error *error)
{
    closeness c = {.index = index, .bearers = bearers, .first = bearers->count};
    const qdx_given_names *given = qdx_index_given_names(index);
    if (given)
        c.equivalence = (qdx_name_equivalence){given->same, given->context};
    qdx_name_split(name, strlen(name), &c.storage, &c.asked);
    qdx_status status = qdx_buffer_status(&c.storage, error);
    if (status == QDX_OK && c.asked.count > 1) {
        c.skeleton_count = qdx_name_probe(&c.asked, c.skeletons);
        status = weigh_all(&c, error);
        keep_closest(&c);
    }
    qdx_buffer_release(&c.storage);
    qdx_buffer_release(&c.other);
    return status;
}
