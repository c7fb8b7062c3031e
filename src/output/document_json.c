/*
 * A tagged article as one JSON line: what it is, its text, every mention, every quotation. Offsets
 * leave here as code points (codepoint_map.h). The field names are the program's interface: new
 * ones may be added at the end of an object, none renamed.
 */
#include <inttypes.h>
#include <string.h>

#include "output/codepoint_map.h"
#include "output/json.h"
#include "output/rows.h"
#include "text/unicode.h"

/* What every step needs. */
typedef struct writer {
    const qdx_document *document;
    const qdx_analysis *analysis;
    qdx_codepoint_map map;
    qdx_buffer *out;
} writer;

static void key(qdx_buffer *out, const char *name)
{
    qdx_buffer_format(out, ", \"%s\": ", name);
}

static void write_range(writer *w, qdx_span span)
{
    qdx_buffer_format(w->out, "[%" PRIu32 ", %" PRIu32 "]", qdx_codepoint_at(&w->map, span.start),
                      qdx_codepoint_at(&w->map, span.end));
}

/* {"start": …, "end": …, "text": …, without the closing brace. */
static void open_span(writer *w, qdx_span span)
{
    qdx_buffer_format(w->out, "{\"start\": %" PRIu32 ", \"end\": %" PRIu32 ", \"text\": ",
                      qdx_codepoint_at(&w->map, span.start), qdx_codepoint_at(&w->map, span.end));
    qdx_json_string(w->out, w->document->text + span.start, span.end - span.start);
}

static void write_rule(writer *w, const char *rule, double confidence)
{
    key(w->out, "rule");
    qdx_json_text(w->out, rule);
    key(w->out, "confidence");
    qdx_json_real(w->out, confidence);
}

static void write_identity(writer *w, const qdx_entity *entity)
{
    key(w->out, "id");
    qdx_json_text(w->out, entity ? entity->id : NULL);
    key(w->out, "name");
    qdx_json_text(w->out, entity ? entity->name : NULL);
}

static void write_mention(writer *w, const qdx_mention *mention)
{
    const qdx_entity *entity = &w->analysis->entities[mention->entity];
    open_span(w, mention->span);
    key(w->out, "type");
    qdx_json_text(w->out, qdx_entity_type_name(entity->type));
    write_identity(w, entity);
    write_rule(w, mention->rule, mention->confidence);
    qdx_buffer_byte(w->out, '}');
}

static void write_speaker(writer *w, const qdx_speaker *speaker)
{
    if (speaker->kind == QDX_SPEAKER_UNKNOWN) {
        qdx_buffer_text(w->out, "null");
        return;
    }
    bool named = speaker->entity != QDX_NO_ENTITY && speaker->kind != QDX_SPEAKER_UNNAMED;
    open_span(w, speaker->span);
    key(w->out, "kind");
    qdx_json_text(w->out, qdx_speaker_kind_name(speaker->kind));
    write_identity(w, named ? &w->analysis->entities[speaker->entity] : NULL);
    write_rule(w, speaker->rule, speaker->confidence);
    qdx_buffer_byte(w->out, '}');
}

/* Only blanks and marks between two spans: nothing of the article was left out between them. */
static bool only_marks(const char *text, qdx_span gap)
{
    static const char marks[] = "\"'`";
    const char *end = text + gap.end;
    for (const char *p = text + gap.start; p < end;) {
        uint32_t c;
        size_t length = qdx_utf8_decode(p, end, &c);
        bool mark = (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A || c == 0xAB ||
                    c == 0xBB || (c < 0x80 && strchr(marks, (int)c));
        if (!mark && !qdx_unicode_is_space(c))
            return false;
        p += length;
    }
    return true;
}

/* The words of all spans; " … " stands where the article says something between two of them. */
static qdx_status write_quote_text(writer *w, const qdx_quote *quote, qdx_error *error)
{
    qdx_buffer words = {0};
    for (size_t i = 0; i < quote->span_count; i++) {
        qdx_span span = quote->spans[i];
        if (i) {
            qdx_span gap = {quote->spans[i - 1].end, span.start};
            qdx_buffer_text(&words, only_marks(w->document->text, gap) ? " " : " … ");
        }
        qdx_buffer_append(&words, w->document->text + span.start, span.end - span.start);
    }
    qdx_status status = qdx_buffer_status(&words, error);
    if (status == QDX_OK)
        qdx_json_string(w->out, words.bytes ? words.bytes : "", words.size);
    qdx_buffer_release(&words);
    return status;
}

static qdx_status write_quote(writer *w, const qdx_quote *quote, qdx_error *error)
{
    char id[QDX_QUOTE_ID_SIZE];
    qdx_quote_id(w->document, quote, qdx_codepoint_at(&w->map, quote->spans[0].start), id);
    qdx_buffer_format(w->out, "{\"id\": \"%s\", \"kind\": \"%s\", \"spans\": [", id,
                      qdx_quote_kind_name(quote->kind));
    for (size_t i = 0; i < quote->span_count; i++) {
        qdx_buffer_text(w->out, i ? ", " : "");
        write_range(w, quote->spans[i]);
    }
    qdx_buffer_text(w->out, "], \"content\": ");
    write_range(w, quote->content);
    key(w->out, "text");
    qdx_status status = write_quote_text(w, quote, error);
    key(w->out, "cue");
    if (quote->cue.end > quote->cue.start)
        qdx_json_string(w->out, w->document->text + quote->cue.start,
                        quote->cue.end - quote->cue.start);
    else
        qdx_buffer_text(w->out, "null");
    key(w->out, "speaker");
    write_speaker(w, &quote->speaker);
    key(w->out, "confidence");
    qdx_json_real(w->out, quote->confidence);
    qdx_buffer_byte(w->out, '}');
    return status;
}

/* "path", and "path#2" for the second article of a file of many. */
static qdx_status write_name(writer *w, qdx_error *error)
{
    qdx_buffer name = {0};
    qdx_buffer_text(&name, w->document->path);
    if (w->document->part)
        qdx_buffer_format(&name, "#%" PRIu32, w->document->part);
    qdx_status status = qdx_buffer_status(&name, error);
    if (status == QDX_OK)
        qdx_json_string(w->out, name.bytes, name.size);
    qdx_buffer_release(&name);
    return status;
}

static qdx_status write_head(writer *w, qdx_error *error)
{
    char date[16];
    qdx_buffer_text(w->out, "{\"doc\": ");
    qdx_status status = write_name(w, error);
    key(w->out, "title");
    qdx_json_optional(w->out, w->document->title);
    key(w->out, "date");
    qdx_json_optional(w->out, qdx_date_format(w->document->date, date));
    key(w->out, "language");
    qdx_json_optional(w->out, w->document->language);
    key(w->out, "text");
    qdx_json_string(w->out, w->document->text, w->document->text_size);
    return status;
}

qdx_status qdx_document_write_json(const qdx_document *document, const qdx_analysis *analysis,
                                   qdx_buffer *out, qdx_error *error)
{
    writer w = {.document = document, .analysis = analysis, .out = out};
    qdx_status status = qdx_codepoint_map_init(&w.map, document->text, document->text_size, error);
    if (status != QDX_OK)
        return status;
    status = write_head(&w, error);
    qdx_buffer_text(out, ", \"entities\": [");
    for (size_t i = 0; i < analysis->mention_count; i++) {
        qdx_buffer_text(out, i ? ", " : "");
        write_mention(&w, &analysis->mentions[i]);
    }
    qdx_buffer_text(out, "], \"quotes\": [");
    for (size_t i = 0; i < analysis->quote_count && status == QDX_OK; i++) {
        qdx_buffer_text(out, i ? ", " : "");
        status = write_quote(&w, &analysis->quotes[i], error);
    }
    qdx_buffer_text(out, "]}\n");
    qdx_codepoint_map_release(&w.map);
    return status == QDX_OK ? qdx_buffer_status(out, error) : status;
}
