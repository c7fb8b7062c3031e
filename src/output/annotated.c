/*
 * An analysed article as annotated text. Everything found becomes a piece: a range with a label.
 * Pieces are sorted, those on the same words joined, and the text is written once with a stack of
 * open pieces; where two ranges cross, the later one is split and goes on under a label with `+`.
 * Not for machines: they have document_json.c.
 */
#include "output/annotated.h"

#include <inttypes.h>
#include <quotedex/output.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/vector.h"
#include "text/unicode.h"

/* What a piece marks; at equal ranges the smaller value encloses the larger. */
typedef enum piece_kind {
    PIECE_CLAUSE,
    PIECE_QUOTE,
    PIECE_SPEAKER,
    PIECE_CUE,
    PIECE_MENTION
} piece_kind;

typedef struct piece {
    uint32_t start, end;
    piece_kind kind;
    uint32_t entity;    /* of mentions and speakers, else QDX_NO_ENTITY */
    size_t order;       /* place among the pieces as they were found */
    const char *head;   /* "person@1=berg", "quote" */
    const char *links;  /* "#1#1b" */
    bool continued;     /* the rest of a piece that was split */
    struct piece *next; /* in the list of rests that wait for an enclosing piece to end */
} piece;

typedef struct open_piece {
    uint32_t end;
    piece *rests; /* pieces to go on with when this one ends */
} open_piece;

typedef struct annotator {
    const qdx_document *document;
    const qdx_analysis *analysis;
    qdx_arena arena;
    qdx_buffer scratch;
    uint32_t *quotes_by; /* quotations so far by each entity; then by unknown, by unnamed */
    QDX_VECTOR(piece) pieces;
    QDX_VECTOR(open_piece) stack;
    uint32_t at; /* text up to here is written */
    qdx_buffer *out;
} annotator;

/* The scratch buffer as text that lives as long as the arena; NULL when memory ran out. */
static const char *keep_scratch(annotator *a)
{
    const char *kept = NULL;
    if (!a->scratch.failed)
        kept = qdx_arena_copy(&a->arena, a->scratch.bytes ? a->scratch.bytes : "", a->scratch.size);
    qdx_buffer_clear(&a->scratch);
    return kept;
}

static qdx_status add(annotator *a, qdx_span span, piece_kind kind, uint32_t entity,
                      const char *head, const char *links, qdx_error *error)
{
    piece p = {.start = span.start,
               .end = span.end,
               .kind = kind,
               .entity = entity,
               .order = a->pieces.count,
               .head = head,
               .links = links};
    if (span.start >= span.end || span.end > a->document->text_size)
        return QDX_OK;
    return head && links && qdx_vector_push(&a->pieces, p) ? QDX_OK : qdx_error_memory(error);
}

/* Ids are slugs as a rule; whatever else they hold is kept from reading as markup. */
static void append_id(qdx_buffer *out, const char *id)
{
    for (; *id; id++) {
        if (strchr(" {}\\#", *id))
            qdx_buffer_byte(out, '\\');
        qdx_buffer_byte(out, *id == '\n' ? ' ' : *id);
    }
}

/* "person@1=berg" where the entity appears first, "person@1" afterwards. */
static qdx_status add_mentions(annotator *a, bool *seen, qdx_error *error)
{
    for (size_t i = 0; i < a->analysis->mention_count; i++) {
        const qdx_mention *mention = &a->analysis->mentions[i];
        const qdx_entity *entity = &a->analysis->entities[mention->entity];
        qdx_buffer_format(&a->scratch, "%s@%" PRIu32, qdx_entity_type_name(entity->type),
                          mention->entity + 1);
        if (!seen[mention->entity]) {
            qdx_buffer_byte(&a->scratch, '=');
            append_id(&a->scratch, entity->id);
            seen[mention->entity] = true;
        }
        qdx_status status =
            add(a, mention->span, PIECE_MENTION, mention->entity, keep_scratch(a), "", error);
        if (status != QDX_OK)
            return status;
    }
    return QDX_OK;
}

static bool is_quotation_mark(uint32_t c)
{
    return (c >= 0x2018 && c <= 0x201F) || c == '"' || c == '\'' || c == '`' || c == 0xAB ||
           c == 0xBB || c == 0x2039 || c == 0x203A || (c >= 0x300C && c <= 0x300F);
}

/* The span with the marks around it; two of ` or ' count as one mark. */
static qdx_span with_marks(const qdx_document *document, qdx_span span)
{
    const char *text = document->text, *end = text + document->text_size;
    uint32_t c, again;
    if (span.start > 0) {
        size_t n = qdx_utf8_decode_before(text, text + span.start, &c);
        if (is_quotation_mark(c)) {
            span.start -= (uint32_t)n;
            if ((c == '`' || c == '\'') && span.start > 0 && text[span.start - 1] == (char)c)
                span.start--;
        }
    }
    if (span.end < document->text_size) {
        size_t n = qdx_utf8_decode(text + span.end, end, &c);
        if (is_quotation_mark(c)) {
            span.end += (uint32_t)n;
            if (span.end < document->text_size) {
                qdx_utf8_decode(text + span.end, end, &again);
                span.end += c == '\'' && again == c;
            }
        }
    }
    return span;
}

/* "#1" for the first quotation of speaker 1, then "#1b", "#1c", … "#1z", "#1aa", … */
static const char *quote_link(annotator *a, const qdx_speaker *speaker)
{
    size_t entities = a->analysis->entity_count;
    size_t slot = entities + (speaker->kind == QDX_SPEAKER_UNNAMED);
    bool named = speaker->entity != QDX_NO_ENTITY && speaker->kind != QDX_SPEAKER_UNNAMED &&
                 speaker->kind != QDX_SPEAKER_UNKNOWN;
    if (named)
        slot = speaker->entity;
    qdx_buffer_byte(&a->scratch, '#');
    if (named)
        qdx_buffer_format(&a->scratch, "%zu", slot + 1);
    else
        qdx_buffer_byte(&a->scratch, slot == entities ? '?' : '-');
    uint32_t nth = a->quotes_by[slot]++;
    char letters[8];
    size_t count = 0;
    for (uint32_t n = nth ? nth + 1 : 0; n; n = (n - 1) / 26)
        letters[count++] = (char)('a' + (n - 1) % 26);
    while (count)
        qdx_buffer_byte(&a->scratch, letters[--count]);
    return keep_scratch(a);
}

/* Do the spans alone tell what is reported? */
static bool spans_reach(const qdx_quote *quote)
{
    return quote->content.start == quote->spans[0].start &&
           quote->content.end == quote->spans[quote->span_count - 1].end;
}

static qdx_status add_quote(annotator *a, const qdx_quote *quote, qdx_error *error)
{
    static const char *const heads[] = {[QDX_QUOTE_DIRECT] = "quote",
                                        [QDX_QUOTE_MIXED] = "mixed",
                                        [QDX_QUOTE_INDIRECT] = "indirect"};
    const char *link = quote_link(a, &quote->speaker);
    qdx_span clause = quote->content;
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < quote->span_count && status == QDX_OK; i++) {
        qdx_span bare = quote->spans[i], span = bare;
        if (quote->kind != QDX_QUOTE_INDIRECT)
            span = with_marks(a->document, bare);
        clause.start = bare.start == quote->content.start ? span.start : clause.start;
        clause.end = bare.end == quote->content.end ? span.end : clause.end;
        status = add(a, span, PIECE_QUOTE, QDX_NO_ENTITY, heads[quote->kind], link, error);
    }
    if (status == QDX_OK && !spans_reach(quote))
        status = add(a, clause, PIECE_CLAUSE, QDX_NO_ENTITY, "clause", link, error);
    if (status == QDX_OK)
        status = add(a, quote->cue, PIECE_CUE, QDX_NO_ENTITY, "cue", link, error);
    if (status == QDX_OK && quote->speaker.kind != QDX_SPEAKER_UNKNOWN)
        status =
            add(a, quote->speaker.span, PIECE_SPEAKER, quote->speaker.entity, "by", link, error);
    return status;
}

static int compare_pieces(const void *x, const void *y)
{
    const piece *a = x, *b = y;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* The same words with the same role for two quotations, or a mention that names a speaker. */
static bool belong_together(const piece *a, const piece *b)
{
    if (a->start != b->start || a->end != b->end || a->kind == PIECE_MENTION)
        return false;
    if (a->kind == PIECE_SPEAKER && a->entity != b->entity)
        return false;
    if (a->kind == b->kind)
        return strcmp(a->head, b->head) == 0;
    return a->kind == PIECE_SPEAKER && b->kind == PIECE_MENTION;
}

/* Makes one piece of each run of pieces that belong together, with all their links. */
static qdx_status join_pieces(annotator *a, qdx_error *error)
{
    piece *pieces = a->pieces.items;
    size_t kept = 0, count = a->pieces.count;
    for (size_t first = 0, last; first < count; first = last + 1) {
        last = first;
        while (last + 1 < count && belong_together(&pieces[last], &pieces[last + 1]))
            last++;
        piece joined = pieces[last];
        if (last > first) {
            for (size_t i = first; i <= last; i++)
                qdx_buffer_text(&a->scratch, pieces[i].links);
            joined.links = keep_scratch(a);
            if (!joined.links)
                return qdx_error_memory(error);
        }
        pieces[kept++] = joined;
    }
    a->pieces.count = kept;
    return QDX_OK;
}

static void write_text(annotator *a, uint32_t to)
{
    const char *text = a->document->text;
    bool line_start = a->at == 0 || text[a->at - 1] == '\n';
    qdx_annotated_escape(a->out, text + a->at, to - a->at, line_start);
    a->at = to;
}

/* Opens a piece at a->at; what reaches past the enclosing piece waits for its end. */
static qdx_status open_one(annotator *a, piece *p, qdx_error *error)
{
    open_piece *outer = a->stack.count ? &a->stack.items[a->stack.count - 1] : NULL;
    open_piece opened = {.end = p->end};
    qdx_buffer_format(a->out, "{%s%s%s ", p->head, p->links, p->continued ? "+" : "");
    if (outer && p->end > outer->end) {
        opened.end = outer->end;
        p->continued = true;
        p->next = outer->rests;
        outer->rests = p;
    }
    /* Where there is room there are items: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
    return qdx_vector_push(&a->stack, opened) ? QDX_OK : qdx_error_memory(error);
}

static qdx_status close_one(annotator *a, qdx_error *error)
{
    open_piece closed = a->stack.items[--a->stack.count];
    qdx_status status = QDX_OK;
    write_text(a, closed.end);
    qdx_buffer_byte(a->out, '}');
    for (piece *rest = closed.rests, *next; rest && status == QDX_OK; rest = next) {
        next = rest->next;
        status = open_one(a, rest, error);
    }
    return status;
}

static qdx_status write_pieces(annotator *a, qdx_error *error)
{
    qdx_status status = QDX_OK;
    size_t i = 0;
    while (status == QDX_OK && (i < a->pieces.count || a->stack.count)) {
        const open_piece *top = a->stack.count ? &a->stack.items[a->stack.count - 1] : NULL;
        if (top && (i == a->pieces.count || top->end <= a->pieces.items[i].start)) {
            status = close_one(a, error);
        } else {
            write_text(a, a->pieces.items[i].start);
            status = open_one(a, &a->pieces.items[i++], error);
        }
    }
    write_text(a, a->document->text_size);
    if (a->at == 0 || a->document->text[a->at - 1] != '\n')
        qdx_buffer_byte(a->out, '\n');
    return status;
}

static qdx_status collect(annotator *a, qdx_error *error)
{
    bool *seen = calloc(a->analysis->entity_count + 1, sizeof *seen);
    a->quotes_by = calloc(a->analysis->entity_count + 2, sizeof *a->quotes_by);
    if (!seen || !a->quotes_by) {
        free(seen);
        return qdx_error_memory(error);
    }
    qdx_status status = add_mentions(a, seen, error);
    for (size_t i = 0; i < a->analysis->quote_count && status == QDX_OK; i++)
        status = add_quote(a, &a->analysis->quotes[i], error);
    free(seen);
    if (status != QDX_OK || a->pieces.count == 0)
        return status;
    qsort(a->pieces.items, a->pieces.count, sizeof *a->pieces.items, compare_pieces);
    return join_pieces(a, error);
}

/* "=== path", the date in parentheses where it is known. */
static void write_header(annotator *a)
{
    char date[16];
    qdx_buffer_format(a->out, "=== %s", a->document->path);
    if (a->document->part)
        qdx_buffer_format(a->out, "#%" PRIu32, a->document->part);
    if (*qdx_date_format(a->document->date, date))
        qdx_buffer_format(a->out, " (%s)", date);
    qdx_buffer_byte(a->out, '\n');
}

qdx_status qdx_document_write_annotated(const qdx_document *document, const qdx_analysis *analysis,
                                        qdx_buffer *out, qdx_error *error)
{
    annotator a = {.document = document, .analysis = analysis, .out = out};
    qdx_status status = collect(&a, error);
    if (status == QDX_OK) {
        write_header(&a);
        status = write_pieces(&a, error);
    }
    qdx_vector_release(&a.pieces);
    qdx_vector_release(&a.stack);
    qdx_buffer_release(&a.scratch);
    qdx_arena_release(&a.arena);
    free(a.quotes_by);
    return status == QDX_OK ? qdx_buffer_status(out, error) : status;
}
