/*
 * The article under construction: one buffer, one list of blocks. A block begins in the buffer with
 * its first visible character, so that empty ones leave no trace.
 */
#include "document/draft.h"

#include <string.h>

enum { COPY_LIMIT = 1000 };

void qdx_draft_init(qdx_draft *draft, qdx_arena *arena)
{
    memset(draft, 0, sizeof *draft);
    draft->arena = arena;
}

void qdx_draft_release(qdx_draft *draft)
{
    qdx_buffer_release(&draft->text);
    qdx_vector_release(&draft->blocks);
}

void qdx_draft_clear(qdx_draft *draft)
{
    draft->title = draft->url = draft->outlet = draft->author = draft->language = NULL;
    draft->date = (qdx_date){0, 0, 0};
    draft->told = draft->whole = NULL;
    draft->told_size = 0;
    draft->whole_size = 0;
    qdx_buffer_clear(&draft->text);
    qdx_vector_clear(&draft->blocks);
    draft->open = draft->space = draft->failed = false;
}

void qdx_draft_open(qdx_draft *draft, qdx_block_kind kind)
{
    qdx_draft_close(draft);
    draft->kind = kind;
    draft->start = draft->text.size;
    draft->open = true;
    draft->space = false;
}

void qdx_draft_discard(qdx_draft *draft)
{
    if (!draft->open)
        return;
    if (draft->text.bytes && draft->start < draft->text.size) {
        draft->text.size = draft->start;
        draft->text.bytes[draft->start] = '\0';
    }
    draft->open = false;
}

/* Where the visible part of the open block starts: after the blank line that sets it apart. */
static size_t content_start(const qdx_draft *draft)
{
    return draft->start == 0 || draft->text.size == draft->start ? draft->start : draft->start + 2;
}

qdx_span qdx_draft_pending(const qdx_draft *draft)
{
    if (!draft->open)
        return (qdx_span){0, 0};
    return (qdx_span){(uint32_t)content_start(draft), (uint32_t)draft->text.size};
}

void qdx_draft_range(qdx_draft *draft, qdx_span span, qdx_block_kind kind)
{
    qdx_block block = {span, kind};
    if (!qdx_vector_push(&draft->blocks, block))
        draft->failed = true;
}

void qdx_draft_close(qdx_draft *draft)
{
    if (!draft->open)
        return;
    qdx_span span = qdx_draft_pending(draft);
    draft->open = false;
    if (draft->text.size > UINT32_MAX)
        draft->failed = true;
    else if (span.start < span.end)
        qdx_draft_range(draft, span, draft->kind);
}

/* Length of the white space at `p`: blanks, line ends, no-break and wide spaces; 0 when it is none.
 */
static size_t space_length(const char *p, const char *end)
{
    if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        return 1;
    if ((unsigned char)*p < 0xC2)
        return 0;
    if (end - p >= 2 && p[0] == '\xC2' && p[1] == '\xA0')
        return 2;
    bool three =
        end - p >= 3 && (memcmp(p, "\xE2\x80\xAF", 3) == 0 || memcmp(p, "\xE3\x80\x80", 3) == 0);
    return three ? 3 : 0;
}

/* Bytes until the next white space or the end. */
static size_t word_length(const char *p, const char *end)
{
    const char *q = p;
    for (; q < end; q++) {
        unsigned char c = (unsigned char)*q;
        if (c > ' ' && c < 0xC2)
            continue;
        if (space_length(q, end))
            break;
    }
    return (size_t)(q - p);
}

static void put_word(qdx_draft *draft, const char *word, size_t size)
{
    bool first = draft->text.size == draft->start;
    if (first && draft->start > 0)
        qdx_buffer_append(&draft->text, "\n\n", 2);
    else if (!first && draft->space)
        qdx_buffer_byte(&draft->text, ' ');
    qdx_buffer_append(&draft->text, word, size);
    draft->space = false;
}

void qdx_draft_text(qdx_draft *draft, const char *bytes, size_t size)
{
    if (!draft->open)
        qdx_draft_open(draft, QDX_BLOCK_PARAGRAPH);
    const char *end = bytes + size;
    for (const char *p = bytes; p < end;) {
        size_t blank = space_length(p, end);
        if (blank) {
            draft->space = true;
            p += blank;
            continue;
        }
        size_t word = word_length(p, end);
        put_word(draft, p, word);
        p += word;
    }
}

void qdx_draft_block(qdx_draft *draft, const char *bytes, size_t size, qdx_block_kind kind)
{
    qdx_draft_open(draft, kind);
    put_word(draft, bytes, size);
    qdx_draft_close(draft);
}

/* The last character boundary at or before `limit`. */
static size_t cut_at(const char *bytes, size_t size, size_t limit)
{
    if (size <= limit)
        return size;
    while (limit > 0 && ((unsigned char)bytes[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

const char *qdx_draft_copy(qdx_draft *draft, const char *bytes, size_t size)
{
    char folded[COPY_LIMIT + 1];
    size_t n = 0;
    bool space = false;
    const char *end = bytes + size;
    for (const char *p = bytes; p < end && n < COPY_LIMIT;) {
        size_t blank = space_length(p, end);
        p += blank;
        space = space || blank;
        if (blank)
            continue;
        size_t word = word_length(p, end);
        if (space && n > 0)
            folded[n++] = ' ';
        space = false;
        size_t room = cut_at(p, word, COPY_LIMIT - n);
        memcpy(folded + n, p, room);
        n += room;
        if (room < word)
            break;
        p += word;
    }
    if (n == 0 || memchr(folded, '\0', n))
        return NULL;
    char *copy = qdx_arena_copy(draft->arena, folded, n);
    if (!copy)
        draft->failed = true;
    return copy;
}

qdx_status qdx_draft_status(const qdx_draft *draft, qdx_error *error)
{
    return draft->failed || draft->text.failed ? qdx_error_memory(error) : QDX_OK;
}
