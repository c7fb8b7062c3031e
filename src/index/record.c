/*
 * Encodes an analysed document as a record. Runs on worker threads, has no state of its own; linear
 * in the document. Rows get their places first; texts follow in the order in which they come up.
 */
#include "index/record.h"

#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/context.h"
#include "index/quote_id.h"
#include "text/unicode.h"

enum {
    ABOUT_MAX = 64,  /* entities remembered for one quotation's content */
    MARKS_KNOWN = 32 /* rules that are looked for before one is told again */
};

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

/* A record on its way. */
typedef struct encoder {
    const qdx_document *document;
    const qdx_analysis *analysis;
    qdx_places places;
    qdx_buffer *out;
    size_t start; /* of the record in out */
    bool has_nul; /* the document's text */
    qdx_record head;
    qdx_buffer scratch, marks, abouts;
    const char *rules[MARKS_KNOWN]; /* of the latest marks, by number modulo their number */
} encoder;

static uint32_t place(const encoder *e)
{
    return (uint32_t)(e->out->size - e->start);
}

/* A text without NUL inside. */
static qdx_slice put_terminated(encoder *e, const char *text, size_t size)
{
    qdx_slice slice = {place(e), (uint32_t)size};
    if (!qdx_buffer_reserve(e->out, size + 1))
        return slice;
    char *to = e->out->bytes + e->out->size;
    if (size)
        memcpy(to, text, size);
    to[size] = to[size + 1] = '\0';
    e->out->size += size + 1;
    return slice;
}

static qdx_slice put_string(encoder *e, const char *text)
{
    return put_terminated(e, text ? text : "", text ? strlen(text) : 0);
}

/* A text of the document: a NUL in it, which few documents have, becomes a blank. */
static qdx_slice put_text(encoder *e, const char *text, size_t size)
{
    qdx_slice slice = put_terminated(e, text, size);
    if (e->out->failed || !e->has_nul)
        return slice;
    char *at = e->out->bytes + e->start + slice.at, *end = at + size;
    while (at < end && (at = memchr(at, 0, (size_t)(end - at))))
        *at++ = ' ';
    return slice;
}

static qdx_slice put_scratch(encoder *e)
{
    e->out->failed |= e->scratch.failed;
    return put_text(e, e->scratch.bytes ? e->scratch.bytes : "", e->scratch.size);
}

static qdx_slice put_span(encoder *e, qdx_span span)
{
    return put_text(e, e->document->text + span.start, span.end - span.start);
}

/* Fills in a row for which there is room. */
static void put_row(encoder *e, size_t offset, const void *row, size_t size)
{
    if (!e->out->failed)
        memcpy(e->out->bytes + e->start + offset, row, size);
}

static void put_room(encoder *e, size_t size)
{
    if (qdx_buffer_reserve(e->out, size)) {
        memset(e->out->bytes + e->out->size, 0, size);
        e->out->size += size;
    }
}

static void put_padding(encoder *e, size_t unit)
{
    while (!e->out->failed && place(e) % unit)
        qdx_buffer_byte(e->out, '\0');
}

static void put_forms(encoder *e)
{
    const qdx_analysis *analysis = e->analysis;
    e->head.forms = place(e);
    e->head.form_count = (uint32_t)analysis->entity_count;
    put_room(e, analysis->entity_count * sizeof(uint32_t));
    for (size_t i = 0; i < analysis->entity_count; i++) {
        uint32_t begin = place(e);
        put_form(&analysis->entities[i], e->out);
        uint32_t size = place(e) - begin;
        put_row(e, e->head.forms + i * sizeof size, &size, sizeof size);
    }
}

/*
 * The number of a rule with a confidence. Rules are static texts and told apart by address; what is
 * not found among the latest is told again, which does no harm.
 */
static uint32_t add_mark(encoder *e, const qdx_mention *mention)
{
    uint32_t confidence = qdx_per_mille(mention->confidence);
    size_t count = e->marks.size / sizeof(qdx_record_mark), i = count;
    qdx_record_mark mark;
    while (i > 0 && count - i < MARKS_KNOWN) {
        memcpy(&mark, e->marks.bytes + --i * sizeof mark, sizeof mark);
        if (e->rules[i % MARKS_KNOWN] == mention->rule && mark.confidence == confidence)
            return (uint32_t)i;
    }
    e->rules[count % MARKS_KNOWN] = mention->rule;
    mark = (qdx_record_mark){put_string(e, mention->rule), confidence};
    qdx_buffer_append(&e->marks, &mark, sizeof mark);
    return (uint32_t)count;
}

/* A line end inside a name is a blank. */
static qdx_slice put_spelling(encoder *e, qdx_span span)
{
    qdx_slice slice = put_span(e, span);
    if (e->out->failed)
        return slice;
    char *at = e->out->bytes + e->start + slice.at;
    for (char *end = at + slice.size; at < end; at++)
        if (*at >= '\t' && *at <= '\r')
            *at = ' ';
    return slice;
}

static void put_mentions(encoder *e)
{
    size_t row = sizeof e->head + e->analysis->quote_count * sizeof(qdx_record_quote);
    for (size_t i = 0; i < e->analysis->mention_count; i++, row += sizeof(qdx_record_mention)) {
        const qdx_mention *mention = &e->analysis->mentions[i];
        qdx_record_mention put = {
            .entity = mention->entity,
            .mark = add_mark(e, mention),
            .char_start = qdx_places_char(&e->places, mention->span.start),
            .char_end = qdx_places_char(&e->places, mention->span.end),
            .paragraph = qdx_places_paragraph(&e->places, mention->span.start),
            .text = put_spelling(e, mention->span),
        };
        put_row(e, row, &put, sizeof put);
    }
}

static qdx_slice put_context(encoder *e, qdx_span span)
{
    qdx_buffer_clear(&e->scratch);
    qdx_context_append(e->document, span, &e->scratch);
    return put_scratch(e);
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
static qdx_slice put_words(encoder *e, const qdx_quote *quote)
{
    const qdx_document *document = e->document;
    qdx_buffer *scratch = &e->scratch;
    if (quote->span_count == 1)
        return put_span(e, quote->spans[0]);
    qdx_buffer_clear(scratch);
    for (size_t i = 0; i < quote->span_count; i++) {
        qdx_span span = quote->spans[i];
        if (i && words_between(document, quote->spans[i - 1].end, span.start))
            qdx_buffer_text(scratch, " \xE2\x80\xA6 ");
        else if (i)
            qdx_buffer_byte(scratch, ' ');
        qdx_buffer_append(scratch, document->text + span.start, span.end - span.start);
    }
    return put_scratch(e);
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

static uint32_t put_about(encoder *e, const qdx_quote *quote)
{
    const qdx_analysis *analysis = e->analysis;
    uint32_t about[ABOUT_MAX], count = 0;
    size_t i = first_mention_at(analysis, quote->content.start);
    for (; i < analysis->mention_count && count < ABOUT_MAX; i++) {
        const qdx_mention *mention = &analysis->mentions[i];
        if (mention->span.start >= quote->content.end)
            break;
        uint32_t seen = 0;
        while (seen < count && about[seen] != mention->entity)
            seen++;
        if (seen == count && in_content(quote, mention))
            about[count++] = mention->entity;
    }
    qdx_buffer_append(&e->abouts, about, count * sizeof *about);
    e->head.about_count += count;
    return count;
}

static void put_quote(encoder *e, const qdx_quote *quote, qdx_record_quote *put)
{
    const qdx_document *document = e->document;
    const qdx_speaker *speaker = &quote->speaker;
    uint32_t start = quote->spans[0].start, end = quote->spans[quote->span_count - 1].end;
    uint32_t char_start = qdx_places_char(&e->places, start);
    /* Reported speech covers much of an article: its surroundings are read there
     * when asked for. */
    bool keep = quote->kind != QDX_QUOTE_INDIRECT;
    qdx_span none = {0, 0};
    uint32_t about = e->head.about_count;
    *put = (qdx_record_quote){
        .number = qdx_quote_number(document, quote, char_start),
        .speaker = speaker->entity == QDX_NO_ENTITY ? UINT32_MAX : speaker->entity,
        .char_start = char_start,
        .char_end = qdx_places_char(&e->places, end),
        .paragraph = qdx_places_paragraph(&e->places, start),
        .confidence = (uint16_t)qdx_per_mille(quote->confidence),
        .speaker_confidence = (uint16_t)qdx_per_mille(speaker->confidence),
        .kind = (uint16_t)quote->kind,
        .speaker_kind = (uint16_t)speaker->kind,
        .text = put_words(e, quote),
        .cue = put_span(e, quote->cue),
        .rule = put_string(e, speaker->rule),
        .as_written = put_context(e, speaker->span),
        .about = about,
        .about_count = put_about(e, quote),
    };
    put->before =
        put_context(e, keep ? qdx_context_before(document, start, QDX_QUOTE_CONTEXT) : none);
    put->after = put_context(e, keep ? qdx_context_after(document, end, QDX_QUOTE_CONTEXT) : none);
}

static void put_quotes(encoder *e)
{
    for (size_t i = 0; i < e->analysis->quote_count; i++) {
        qdx_record_quote put;
        put_quote(e, &e->analysis->quotes[i], &put);
        put_row(e, sizeof e->head + i * sizeof put, &put, sizeof put);
    }
}

static void put_document(encoder *e)
{
    const qdx_document *document = e->document;
    qdx_record *head = &e->head;
    put_room(e, sizeof *head + e->analysis->quote_count * sizeof(qdx_record_quote) +
                    e->analysis->mention_count * sizeof(qdx_record_mention));
    head->quote_count = (uint32_t)e->analysis->quote_count;
    head->mention_count = (uint32_t)e->analysis->mention_count;
    head->path = put_string(e, document->path);
    head->title = put_string(e, document->title);
    head->url = put_string(e, document->url);
    head->outlet = put_string(e, document->outlet);
    head->part = document->part;
    head->date = qdx_date_pack(document->date);
    head->text_bytes = document->text_size;
    head->text_hash = qdx_hash_bytes(document->text, document->text_size);
}

/* What the texts before it refer to, and the head last. */
static void put_rest(encoder *e)
{
    qdx_record *head = &e->head;
    put_padding(e, sizeof(uint32_t));
    head->marks = place(e);
    head->mark_count = (uint32_t)(e->marks.size / sizeof(qdx_record_mark));
    qdx_buffer_append(e->out, e->marks.bytes, e->marks.size);
    head->abouts = place(e);
    qdx_buffer_append(e->out, e->abouts.bytes, e->abouts.size);
    put_forms(e);
    put_padding(e, QDX_RECORD_UNIT);
    e->out->failed |= e->marks.failed | e->abouts.failed;
    head->size = place(e);
    put_row(e, 0, head, sizeof *head);
}

qdx_status qdx_record_encode(const qdx_document *document, const qdx_analysis *analysis,
                             qdx_buffer *out, qdx_error *error)
{
    encoder e = {.document = document, .analysis = analysis, .out = out, .start = out->size};
    e.has_nul = document->text_size && memchr(document->text, 0, document->text_size);
    qdx_status status = qdx_record_check_analysis(document, analysis, error);
    if (status != QDX_OK)
        return status;
    status = qdx_places_init(&e.places, document, error);
    if (status != QDX_OK)
        return status;
    put_document(&e);
    put_mentions(&e);
    put_quotes(&e);
    put_rest(&e);
    qdx_places_release(&e.places);
    qdx_buffer_release(&e.scratch);
    qdx_buffer_release(&e.marks);
    qdx_buffer_release(&e.abouts);
    status = qdx_buffer_status(out, error);
    if (status == QDX_OK && out->size - e.start > UINT32_MAX)
        status = qdx_error_set(error, QDX_ERR_LIMIT, "analysis is too large for an index");
    return status;
}
