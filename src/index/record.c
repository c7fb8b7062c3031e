/*
 * Encodes an analysed document as a record. Runs on worker threads, has no state of its own; linear
 * in the document. Rows get their places first; texts follow in the order in which they come up.
 */
#include "index/record.h"

#include <string.h>

#include "base/error.h"
#include "index/context.h"
#include "index/form.h"

enum {
    ABOUT_MAX = 64,  /* entities remembered for one quotation's content */
    MARKS_KNOWN = 32 /* rules that are looked for before one is told again */
};

/* A record on its way. */
typedef struct encoder {
    const qdx_document *document;
    const qdx_analysis *analysis;
    qdx_places places;
    qdx_buffer *out;
    size_t start; /* of the record in out */
    bool has_nul; /* the document's text */
    qdx_record head;
    qdx_buffer scratch, marks, numbers;
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
        qdx_form_put(&analysis->entities[i], e->out);
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
        if (i && qdx_words_between(document, quote->spans[i - 1].end, span.start))
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

/* Appends to the record's numbers; returns how many there were before. */
static uint32_t put_numbers(encoder *e, const uint32_t *numbers, uint32_t count)
{
    uint32_t before = e->head.number_count;
    qdx_buffer_append(&e->numbers, numbers, count * sizeof *numbers);
    e->head.number_count += count;
    return before;
}

static void put_about(encoder *e, const qdx_quote *quote, qdx_record_quote *put)
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
    put->about = put_numbers(e, about, count);
    put->about_count = count;
}

/* Where reported speech leaves words out. */
static void put_gaps(encoder *e, const qdx_quote *quote, qdx_record_quote *put)
{
    put->gaps = e->head.number_count;
    for (size_t i = 1; i < quote->span_count; i++) {
        uint32_t end = qdx_places_char(&e->places, quote->spans[i - 1].end);
        uint32_t start = qdx_places_char(&e->places, quote->spans[i].start);
        uint32_t gap[] = {start - end, qdx_places_char(&e->places, quote->spans[i].end) - start};
        put_numbers(e, gap, 2);
        put->gap_count += 2;
    }
}

static void put_quote(encoder *e, const qdx_quote *quote, qdx_record_quote *put)
{
    const qdx_speaker *speaker = &quote->speaker;
    uint32_t start = quote->spans[0].start, end = quote->spans[quote->span_count - 1].end;
    qdx_slice none = {place(e) - 1, 0}; /* the NUL of the text before */
    *put = (qdx_record_quote){
        .speaker = speaker->entity == QDX_NO_ENTITY ? UINT32_MAX : speaker->entity,
        .char_start = qdx_places_char(&e->places, start),
        .paragraph = qdx_places_paragraph(&e->places, start),
        .confidence = (uint16_t)qdx_per_mille(speaker->confidence),
        .kind = (uint8_t)quote->kind,
        .speaker_kind = (uint8_t)speaker->kind,
        .text = none,
        .as_written = none,
        .cue = put_span(e, quote->cue),
        .rule = put_string(e, speaker->rule),
    };
    put->chars = qdx_places_char(&e->places, end) - put->char_start;
    put_about(e, quote, put);
    if (quote->kind == QDX_QUOTE_INDIRECT) {
        put->named_start = qdx_places_char(&e->places, speaker->span.start);
        put->named_chars = qdx_places_char(&e->places, speaker->span.end) - put->named_start;
        put_gaps(e, quote, put);
    } else {
        put->text = put_words(e, quote);
        put->as_written = put_context(e, speaker->span);
    }
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
    head->format = put_string(e, document->format ? document->format : "");
    head->encoding = put_string(e, document->encoding ? document->encoding : "");
    head->repairs = document->repairs;
    head->part = document->part;
    head->date = qdx_date_pack(document->date);
    head->text_bytes = document->text_size;
    head->text_hash = qdx_text_hash(document->text, document->text_size);
}

/* What the texts before it refer to, and the head last. */
static void put_rest(encoder *e)
{
    qdx_record *head = &e->head;
    put_padding(e, sizeof(uint32_t));
    head->marks = place(e);
    head->mark_count = (uint32_t)(e->marks.size / sizeof(qdx_record_mark));
    qdx_buffer_append(e->out, e->marks.bytes, e->marks.size);
    head->numbers = place(e);
    qdx_buffer_append(e->out, e->numbers.bytes, e->numbers.size);
    put_forms(e);
    put_padding(e, QDX_RECORD_UNIT);
    e->out->failed |= e->marks.failed | e->numbers.failed;
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
    qdx_buffer_release(&e.numbers);
    status = qdx_buffer_status(out, error);
    if (status == QDX_OK && out->size - e.start > UINT32_MAX)
        status = qdx_error_set(error, QDX_ERR_LIMIT, "analysis is too large for an index");
    return status;
}
