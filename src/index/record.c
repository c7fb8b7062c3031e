/*
 * Encodes an analysed document as a record. Runs on worker threads, has no state of its own; linear
 * in the document. Layout: see record_decode.c, which reads the same fields in the same order.
 */
#include "index/record.h"

#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/context.h"
#include "index/quote_id.h"
#include "text/unicode.h"

enum { ABOUT_MAX = 64 }; /* entities remembered for one quotation's content */

static void put_form(const qdx_entity *entity, qdx_buffer *out)
{
    qdx_buffer_byte(out, (char)entity->type);
    qdx_buffer_byte(out, (char)entity->gender);
    qdx_buffer_byte(out, (char)entity->listed);
    qdx_put_string(out, entity->id);
    qdx_put_string(out, entity->name);
    qdx_put_string(out, entity->country);
    qdx_buffer_varint(out, entity->alias_count);
    for (size_t i = 0; i < entity->alias_count; i++)
        qdx_put_string(out, entity->aliases[i]);
    qdx_buffer_varint(out, entity->tenure_count);
    for (size_t i = 0; i < entity->tenure_count; i++) {
        const qdx_tenure *tenure = &entity->tenures[i];
        qdx_put_string(out, tenure->office);
        qdx_put_string(out, tenure->country);
        qdx_put_string(out, tenure->organization);
        qdx_buffer_varint(out, qdx_date_pack(tenure->from));
        qdx_buffer_varint(out, qdx_date_pack(tenure->to));
        qdx_buffer_varint(out, tenure->phrase_count);
        for (size_t k = 0; k < tenure->phrase_count; k++)
            qdx_put_string(out, tenure->phrases[k]);
    }
}

static void put_entities(const qdx_analysis *analysis, qdx_buffer *out)
{
    qdx_buffer form = {0};
    qdx_buffer_varint(out, analysis->entity_count);
    for (size_t i = 0; i < analysis->entity_count; i++) {
        qdx_buffer_clear(&form);
        put_form(&analysis->entities[i], &form);
        out->failed |= form.failed;
        qdx_buffer_string(out, form.bytes, form.size);
    }
    qdx_buffer_release(&form);
}

/* What the encoder knows of the place it has reached among the mentions. */
typedef struct mention_state {
    uint32_t char_end, paragraph;
} mention_state;

/* A line end inside a name is a blank. */
static void put_spelling(const qdx_document *document, qdx_span span, qdx_buffer *out)
{
    qdx_put_text(out, document->text + span.start, span.end - span.start);
    if (out->failed)
        return;
    char *end = out->bytes + out->size - 1;
    for (char *p = end - (span.end - span.start); p < end; p++)
        if (*p >= '\t' && *p <= '\r')
            *p = ' ';
}

static void put_mention(const qdx_places *places, const qdx_mention *mention, mention_state *state,
                        qdx_buffer *out)
{
    uint32_t char_start = qdx_places_char(places, mention->span.start);
    uint32_t char_end = qdx_places_char(places, mention->span.end);
    uint32_t paragraph = qdx_places_paragraph(places, mention->span.start);

    qdx_buffer_varint(out, mention->entity);
    qdx_put_string(out, mention->rule);
    qdx_buffer_varint(out, qdx_per_mille(mention->confidence));
    qdx_buffer_varint(out, char_start - state->char_end);
    qdx_buffer_varint(out, char_end - char_start);
    qdx_buffer_varint(out, paragraph - state->paragraph);
    put_spelling(places->document, mention->span, out);
    state->char_end = char_end;
    state->paragraph = paragraph;
}

static void put_mentions(const qdx_places *places, const qdx_analysis *analysis, qdx_buffer *out)
{
    mention_state state = {0};
    qdx_buffer_varint(out, analysis->mention_count);
    for (size_t i = 0; i < analysis->mention_count; i++)
        put_mention(places, &analysis->mentions[i], &state, out);
}

static void put_slice(const qdx_document *document, qdx_span span, qdx_buffer *out)
{
    qdx_put_text(out, document->text + span.start, span.end - span.start);
}

static void put_context(const qdx_document *document, qdx_span span, qdx_buffer *scratch,
                        qdx_buffer *out)
{
    qdx_buffer_clear(scratch);
    qdx_context_append(document, span, scratch);
    out->failed |= scratch->failed;
    qdx_put_text(out, scratch->bytes ? scratch->bytes : "", scratch->size);
}

/* Was anything but marks and blanks left out between two spans? */
static bool words_between(const qdx_document *document, uint32_t from, uint32_t to)
{
    const char *p = document->text + from, *end = document->text + to;
    while (p < end) {
        uint32_t c;
        p += qdx_utf8_decode(p, end, &c);
        if (qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c))
            return true;
    }
    return false;
}

/* The words of all spans: " … " where text was left out, a blank where only marks were. */
static void put_words(const qdx_document *document, const qdx_quote *quote, qdx_buffer *scratch,
                      qdx_buffer *out)
{
    qdx_buffer_clear(scratch);
    for (size_t i = 0; i < quote->span_count; i++) {
        qdx_span span = quote->spans[i];
        if (i && words_between(document, quote->spans[i - 1].end, span.start))
            qdx_buffer_text(scratch, " \xE2\x80\xA6 ");
        else if (i)
            qdx_buffer_byte(scratch, ' ');
        qdx_buffer_append(scratch, document->text + span.start, span.end - span.start);
    }
    out->failed |= scratch->failed;
    qdx_put_text(out, scratch->bytes ? scratch->bytes : "", scratch->size);
}

/* Is the mention part of what the quotation reports, rather than of who reports it? */
static bool in_content(const qdx_quote *quote, const qdx_mention *mention)
{
    qdx_span at = mention->span, speaker = quote->speaker.span;
    if (speaker.start < at.end && at.start < speaker.end)
        return false;
    if (quote->kind != QDX_QUOTE_DIRECT)
        return at.start >= quote->content.start && at.end <= quote->content.end;
    for (size_t i = 0; i < quote->span_count; i++)
        if (at.start >= quote->spans[i].start && at.end <= quote->spans[i].end)
            return true;
    return false;
}

static size_t first_mention_at(const qdx_analysis *analysis, uint32_t offset)
{
    size_t low = 0, high = analysis->mention_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (analysis->mentions[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_about(const qdx_analysis *analysis, const qdx_quote *quote, qdx_buffer *out)
{
    uint32_t about[ABOUT_MAX];
    size_t count = 0;
    size_t i = first_mention_at(analysis, quote->content.start);
    for (; i < analysis->mention_count && count < ABOUT_MAX; i++) {
        const qdx_mention *mention = &analysis->mentions[i];
        if (mention->span.start >= quote->content.end)
            break;
        size_t seen = 0;
        while (seen < count && about[seen] != mention->entity)
            seen++;
        if (seen == count && in_content(quote, mention))
            about[count++] = mention->entity;
    }
    qdx_buffer_varint(out, count);
    for (size_t k = 0; k < count; k++)
        qdx_buffer_varint(out, about[k]);
}

static void put_quote(const qdx_places *places, const qdx_analysis *analysis,
                      const qdx_quote *quote, qdx_buffer *scratch, qdx_buffer *out)
{
    const qdx_document *document = places->document;
    const qdx_speaker *speaker = &quote->speaker;
    uint32_t start = quote->spans[0].start, end = quote->spans[quote->span_count - 1].end;
    uint32_t char_start = qdx_places_char(places, start);

    qdx_buffer_byte(out, (char)quote->kind);
    qdx_buffer_byte(out, (char)speaker->kind);
    qdx_buffer_varint(out, speaker->entity == QDX_NO_ENTITY ? 0 : (uint64_t)speaker->entity + 1);
    qdx_buffer_varint(out, qdx_per_mille(quote->confidence));
    qdx_buffer_varint(out, qdx_per_mille(speaker->confidence));
    qdx_buffer_varint(out, char_start);
    qdx_buffer_varint(out, qdx_places_char(places, end) - char_start);
    qdx_buffer_varint(out, qdx_places_paragraph(places, start));
    qdx_buffer_u64(out, qdx_quote_number(document, quote, char_start));
    put_words(document, quote, scratch, out);
    put_slice(document, quote->cue, out);
    qdx_put_string(out, speaker->rule);
    put_context(document, speaker->span, scratch, out);
    /* Reported speech covers much of an article: its surroundings are read there
     * when asked for. */
    bool keep = quote->kind != QDX_QUOTE_INDIRECT;
    qdx_span none = {0, 0};
    put_context(document, keep ? qdx_context_before(document, start, QDX_QUOTE_CONTEXT) : none,
                scratch, out);
    put_context(document, keep ? qdx_context_after(document, end, QDX_QUOTE_CONTEXT) : none,
                scratch, out);
    put_about(analysis, quote, out);
}

static void put_quotes(const qdx_places *places, const qdx_analysis *analysis, qdx_buffer *out)
{
    qdx_buffer scratch = {0};
    qdx_buffer_varint(out, analysis->quote_count);
    for (size_t i = 0; i < analysis->quote_count; i++)
        put_quote(places, analysis, &analysis->quotes[i], &scratch, out);
    qdx_buffer_release(&scratch);
}

static bool span_fits(qdx_span span, uint32_t from, uint32_t to)
{
    return span.start <= span.end && span.start >= from && span.end <= to;
}

static bool quote_fits(const qdx_document *document, const qdx_analysis *analysis,
                       const qdx_quote *quote)
{
    uint32_t size = document->text_size, end = 0;
    const qdx_speaker *speaker = &quote->speaker;
    for (size_t i = 0; i < quote->span_count; i++) {
        if (!span_fits(quote->spans[i], end, size))
            return false;
        end = quote->spans[i].end;
    }
    return quote->span_count > 0 && span_fits(quote->content, 0, size) &&
           span_fits(quote->cue, 0, size) && span_fits(speaker->span, 0, size) &&
           (unsigned)quote->kind <= QDX_QUOTE_INDIRECT &&
           (unsigned)speaker->kind <= QDX_SPEAKER_UNNAMED &&
           (speaker->entity == QDX_NO_ENTITY || speaker->entity < analysis->entity_count);
}

/* Holds the caller to what the public headers say of an analysis. */
static qdx_status check_analysis(const qdx_document *document, const qdx_analysis *analysis,
                                 qdx_error *error)
{
    uint32_t end = 0;
    for (size_t i = 0; i < analysis->mention_count; i++) {
        const qdx_mention *mention = &analysis->mentions[i];
        if (mention->entity >= analysis->entity_count ||
            !span_fits(mention->span, end, document->text_size))
            return qdx_error_set(error, QDX_ERR_ARGUMENT, "mention %zu is out of order", i);
        end = mention->span.end;
    }
    for (size_t i = 0; i < analysis->quote_count; i++)
        if (!quote_fits(document, analysis, &analysis->quotes[i]))
            return qdx_error_set(error, QDX_ERR_ARGUMENT, "quotation %zu has impossible spans", i);
    return QDX_OK;
}

static void put_document(const qdx_document *document, qdx_buffer *out)
{
    qdx_put_string(out, document->path);
    qdx_buffer_varint(out, document->part);
    qdx_put_string(out, document->title);
    qdx_put_string(out, document->url);
    qdx_put_string(out, document->outlet);
    qdx_buffer_varint(out, qdx_date_pack(document->date));
    qdx_buffer_varint(out, document->text_size);
    qdx_buffer_u64(out, qdx_hash_bytes(document->text, document->text_size));
}

qdx_status qdx_record_encode(const qdx_document *document, const qdx_analysis *analysis,
                             qdx_buffer *out, qdx_error *error)
{
    qdx_places places;
    qdx_status status = check_analysis(document, analysis, error);
    if (status != QDX_OK)
        return status;
    status = qdx_places_init(&places, document, error);
    if (status != QDX_OK)
        return status;
    size_t start = out->size;
    qdx_buffer_u32(out, 0);
    put_document(document, out);
    put_entities(analysis, out);
    put_mentions(&places, analysis, out);
    put_quotes(&places, analysis, out);
    qdx_places_release(&places);
    status = qdx_buffer_status(out, error);
    if (status != QDX_OK)
        return status;
    size_t size = out->size - start - 4;
    if (size > UINT32_MAX)
        return qdx_error_set(error, QDX_ERR_LIMIT, "analysis is too large for an index");
    for (unsigned i = 0; i < 4; i++)
        out->bytes[start + i] = (char)(size >> (8 * i));
    return QDX_OK;
}
