/* Entities for callers: names, spellings met, offices held. */
#include "query/entity.h"

#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "index/decode.h"
#include "index/form.h"

static const char *const *copy_aliases(qdx_arena *arena, qdx_entity_row row)
{
    const char **list = qdx_arena_array(arena, (size_t)row.alias_count, sizeof *list);
    for (uint64_t i = 0; list && i < row.alias_count; i++)
        list[i] = qdx_get_text(&row.aliases, NULL);
    return list;
}

static const char *const *copy_variants(qdx_arena *arena, qdx_entity_row row)
{
    const char **list = qdx_arena_array(arena, (size_t)row.variant_count, sizeof *list);
    for (uint64_t i = 0; list && i < row.variant_count; i++)
        list[i] = qdx_entity_variant_next(&row, NULL);
    return list;
}

static const qdx_tenure *copy_tenures(qdx_arena *arena, qdx_entity_row row)
{
    qdx_tenure *list = qdx_arena_array(arena, (size_t)row.tenure_count, sizeof *list);
    for (uint64_t i = 0; list && i < row.tenure_count; i++) {
        qdx_form_tenure tenure;
        qdx_entity_tenure_next(&row, &tenure);
        list[i] = (qdx_tenure){.office = tenure.office,
                               .country = tenure.country,
                               .organization = tenure.organization,
                               .from = qdx_date_unpack(tenure.from),
                               .to = qdx_date_unpack(tenure.to)};
    }
    return list;
}

/* "foreign minister (VK), 2012-06/2014": the time as ISO 8601 writes intervals, open ends as "..".
 */
static const char *office_text(qdx_arena *arena, qdx_buffer *text, const qdx_tenure *tenure)
{
    const char *place = *tenure->organization ? tenure->organization : tenure->country;
    char from[16], to[16];
    qdx_buffer_clear(text);
    qdx_buffer_text(text, tenure->office);
    if (*place)
        qdx_buffer_format(text, " (%s)", place);
    qdx_date_format(tenure->from, from);
    qdx_date_format(tenure->to, to);
    if (*from || *to)
        qdx_buffer_format(text, ", %s/%s", *from ? from : "..", *to ? to : "..");
    return text->failed ? NULL : qdx_arena_copy(arena, text->bytes ? text->bytes : "", text->size);
}

static qdx_status fill_offices(qdx_arena *arena, qdx_index_entity *entity, qdx_error *error)
{
    qdx_buffer text = {0};
    const char **offices = qdx_arena_array(arena, entity->tenure_count, sizeof *offices);
    qdx_status status = offices ? QDX_OK : qdx_error_memory(error);
    for (size_t i = 0; i < entity->tenure_count && status == QDX_OK; i++) {
        offices[i] = office_text(arena, &text, &entity->tenures[i]);
        if (!offices[i])
            status = qdx_error_memory(error);
    }
    entity->offices = offices;
    entity->office_count = entity->tenure_count;
    qdx_buffer_release(&text);
    return status;
}

qdx_status qdx_entity_fill(qdx_arena *arena, const qdx_index *index, uint64_t number,
                           qdx_index_entity *entity, qdx_error *error)
{
    qdx_entity_row row;
    memset(entity, 0, sizeof *entity);
    qdx_status status = qdx_entity_row_at(index, number, &row, error);
    if (status != QDX_OK)
        return status;
    *entity = (qdx_index_entity){
        .id = row.id,
        .name = row.name,
        .type = (qdx_entity_type)row.type,
        .variants = copy_variants(arena, row),
        .variant_count = (size_t)row.variant_count,
        .documents = row.documents,
        .mentions = row.mentions,
        .quotes = row.quotes - row.reported,
        .reported = row.reported,
        .first = qdx_date_unpack(row.first),
        .last = qdx_date_unpack(row.last),
        .rule = "",
        .confidence = 1,
        .country = row.country,
        .listed = row.listed,
        .aliases = copy_aliases(arena, row),
        .alias_count = (size_t)row.alias_count,
        .tenures = copy_tenures(arena, row),
        .tenure_count = (size_t)row.tenure_count,
    };
    if (!entity->variants || !entity->aliases || !entity->tenures)
        return qdx_error_memory(error);
    return fill_offices(arena, entity, error);
}
