/*
 * The article under construction: one buffer, one list of blocks. A block begins in the buffer with
 * its first visible character, so that empty ones leave no trace.
 */
#include "document/draft.h"

#include <string.h>

#include "document/character_name.h"

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
    const unsigned char *u = (const unsigned char *)p;
    if (end - p < 3)
        return 0;
    bool space = (u[0] == 0xE3 && u[1] == 0x80 && u[2] == 0x80) ||
                 (u[0] == 0xE2 && u[1] == 0x81 && u[2] == 0x9F) ||
                 (u[0] == 0xE2 && u[1] == 0x80 && (u[2] <= 0x8A || u[2] == 0xAF));
    return space ? 3 : 0;
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

/* Letters in one: what they stand for. U+FB00 to U+FB06. */
static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

/*
 * What stands at `p` and is not to be seen, or written for something else: soft hyphens, zero
 * widths, ligatures, names of characters that were escaped twice. Its length, and what to write in
 * its place; 0: nothing of the kind.
 */
static size_t mended(const char *p, const char *end, qdx_buffer *instead)
{
    const unsigned char *u = (const unsigned char *)p;
    size_t left = (size_t)(end - p);
    qdx_buffer_clear(instead);
    if (*p == '&') {
        const char *after = qdx_character_name_put(p + 1, end, instead);
        return after ? (size_t)(after - p) : 0;
    }
    if (left >= 2 && u[0] == 0xC2 && u[1] == 0xAD)
        return 2;
    if (left < 3)
        return 0;
    bool zero_width = (u[0] == 0xE2 && u[1] == 0x80 && u[2] == 0x8B) ||
                      (u[0] == 0xE2 && u[1] == 0x81 && u[2] == 0xA0) ||
                      (u[0] == 0xEF && u[1] == 0xBB && u[2] == 0xBF);
    if (!zero_width && u[0] == 0xEF && u[1] == 0xAC && u[2] >= 0x80 && u[2] <= 0x86)
        qdx_buffer_text(instead, ligatures[u[2] - 0x80]);
    else if (!zero_width)
        return 0;
    return 3;
}

/* Does the word hold the first bytes of something to be mended? */
static bool needs_mending(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)word[i];
        if (c == '&')
            return true;
        if (c < 0xC2 || i + 1 >= size)
            continue;
        unsigned char next = (unsigned char)word[i + 1];
        unsigned char last = i + 2 < size ? (unsigned char)word[i + 2] : 0;
        if ((c == 0xC2 && next == 0xAD) || (c == 0xE2 && next == 0x80 && last == 0x8B) ||
            (c == 0xE2 && next == 0x81 && last == 0xA0) ||
            (c == 0xEF && (next == 0xBB || next == 0xAC)))
            return true;
    }
    return false;
}

static void mend(qdx_buffer *out, const char *word, size_t size)
{
    const char *end = word + size;
    qdx_buffer instead = {0};
    for (const char *p = word; p < end;) {
        size_t n = mended(p, end, &instead);
        if (n == 0)
            qdx_buffer_byte(out, *p++);
        else if (instead.size)
            qdx_buffer_append(out, instead.bytes, instead.size);
        p += n;
    }
    out->failed = out->failed || instead.failed;
    qdx_buffer_release(&instead);
}

/* What stands between the text so far and the next word. */
static void put_separator(qdx_draft *draft)
{
    bool first = draft->text.size == draft->start;
    if (first && draft->start > 0)
        qdx_buffer_append(&draft->text, "\n\n", 2);
    else if (!first && draft->space)
        qdx_buffer_byte(&draft->text, ' ');
}

static void put_word(qdx_draft *draft, const char *word, size_t size)
{
    qdx_buffer mended_word = {0};
    if (needs_mending(word, size)) {
        mend(&mended_word, word, size);
        draft->failed = draft->failed || mended_word.failed;
        word = mended_word.bytes;
        size = mended_word.size;
    }
    if (size == 0) {
        qdx_buffer_release(&mended_word);
        return;
    }
    put_separator(draft);
    qdx_buffer_append(&draft->text, word, size);
    qdx_buffer_release(&mended_word);
    draft->space = false;
}

/* 0x80 in each byte of `word` that is zero; a byte after one may be marked too. */
static uint64_t zero_bytes(uint64_t word)
{
    return (word - 0x0101010101010101u) & ~word & 0x8080808080808080u;
}

/* Bytes that can be copied as they are: ASCII, one space at a time, nothing to be mended. */
static size_t clean_length(const char *p, const char *end)
{
    const char *q = p;
    bool space = false;
    for (; end - q >= 8; q += 8) {
        uint64_t word;
        memcpy(&word, q, 8);
        uint64_t spaces = zero_bytes(word ^ 0x2020202020202020u);
        uint64_t odd = (word | (word - 0x2020202020202020u)) & 0x8080808080808080u;
        odd |= zero_bytes(word ^ 0x2626262626262626u) | (spaces & spaces << 8);
        if (odd || (space && *q == ' '))
            break;
        space = q[7] == ' ';
    }
    for (; q < end && *q >= ' ' && (unsigned char)*q < 0x80 && *q != '&' && !(space && *q == ' ');
         q++)
        space = *q == ' ';
    return (size_t)(q - p);
}

/* A run of words that needs nothing done to it; its bytes, without the space that may end it. */
static size_t put_clean(qdx_draft *draft, const char *p, const char *end)
{
    size_t n = clean_length(p, end);
    size_t kept = n && p[n - 1] == ' ' ? n - 1 : n;
    if (kept == 0)
        return 0;
    put_separator(draft);
    qdx_buffer_append(&draft->text, p, kept);
    draft->space = false;
    return kept;
}

void qdx_draft_text(qdx_draft *draft, const char *bytes, size_t size)
{
    if (!draft->open)
        qdx_draft_open(draft, QDX_BLOCK_PARAGRAPH);
    const char *end = bytes + size;
    for (const char *p = bytes; p < end;) {
        size_t clean = put_clean(draft, p, end);
        if (clean) {
            p += clean;
            continue;
        }
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
    if (draft->start > 0)
        qdx_buffer_append(&draft->text, "\n\n", 2);
    qdx_buffer_append(&draft->text, bytes, size);
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

static const char *copy_folded(qdx_draft *draft, const char *bytes, size_t size)
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

const char *qdx_draft_copy(qdx_draft *draft, const char *bytes, size_t size)
{
    if (!needs_mending(bytes, size))
        return copy_folded(draft, bytes, size);
    qdx_buffer text = {0};
    mend(&text, bytes, size);
    const char *copy = text.size ? copy_folded(draft, text.bytes, text.size) : NULL;
    draft->failed = draft->failed || text.failed;
    qdx_buffer_release(&text);
    return copy;
}

qdx_status qdx_draft_status(const qdx_draft *draft, qdx_error *error)
{
    return draft->failed || draft->text.failed ? qdx_error_memory(error) : QDX_OK;
}
