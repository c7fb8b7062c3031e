/* What a name means, as one JSON line: the interface of `gazetteer lookup`. */
#include <quotedex/output.h>

#include "base/buffer.h"
#include "output/json.h"

static void write_match(qdx_buffer *out, const qdx_name_match *match)
{
    qdx_buffer_text(out, "{\"id\": ");
    qdx_json_text(out, match->entity->id);
    qdx_buffer_text(out, ", \"name\": ");
    qdx_json_text(out, match->entity->name);
    qdx_buffer_text(out, ", \"type\": ");
    qdx_json_text(out, qdx_entity_type_name(match->entity->type));
    qdx_buffer_text(out, ", \"rule\": ");
    qdx_json_text(out, match->rule);
    qdx_buffer_text(out, ", \"confidence\": ");
    qdx_json_real(out, match->confidence);
    qdx_buffer_byte(out, '}');
}

qdx_status qdx_matches_write_json(const char *query, const qdx_name_match *matches, size_t count,
                                  qdx_sink sink, qdx_error *error)
{
    qdx_buffer out = {0};
    qdx_buffer_text(&out, "{\"query\": ");
    qdx_json_text(&out, query);
    qdx_buffer_text(&out, ", \"matches\": [");
    for (size_t i = 0; i < count; i++) {
        qdx_buffer_text(&out, i ? ", " : "");
        write_match(&out, &matches[i]);
    }
    qdx_buffer_text(&out, "]}\n");
    qdx_status status = qdx_buffer_status(&out, error);
    if (status == QDX_OK)
        status = sink.write(sink.context, out.bytes, out.size, error);
    qdx_buffer_release(&out);
    return status;
}
