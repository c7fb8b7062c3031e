/*
 * The tokenizer: one pass over the bytes of each block. A run of ASCII letters and digits is
 * measured 16 bytes at a time where the machine can (SSE2), else byte by byte through a table of
 * classes; what such a run does not settle goes the long way (word_token.c, mark_token.c). No
 * look-up of words happens here.
 */
#include "text/token.h"

#include "text/fold.h"
#include "text/scanner.h"

#if defined(__SSE2__) && defined(__x86_64__)
#include <emmintrin.h>
#define WIDE 16
#endif

/* clang-format off */
#define U QDX_BYTE_UPPER
#define L QDX_BYTE_LOWER
#define D QDX_BYTE_DIGIT
#define S QDX_BYTE_UNDERSCORE
#define T QDX_BYTE_TIE
#define B QDX_BYTE_BLANK
#define N QDX_BYTE_LINE_END
#define H QDX_BYTE_HIGH
const uint8_t qdx_byte_classes[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, B, N, B, B, N, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, B, 0, 0, 0, 0, 0, T, T, 0, 0, 0, 0, 0, 0, T, 0,
    D, D, D, D, D, D, D, D, D, D, T, 0, 0, 0, 0, 0, T, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, 0, 0, 0, 0, S,
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, 0, 0, 0, 0, 0, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
};
#undef U
#undef L
#undef D
#undef S
#undef T
#undef B
#undef N
#undef H
/* clang-format on */

/* A run of ASCII letters and digits: its hash is that of qdx_fold_hash. */
typedef struct plain_run {
    size_t size;
    uint64_t hash;
    uint16_t flags;
} plain_run;

static plain_run measure(const char *start, const char *end)
{
    const char *p = start;
    unsigned seen = 0, first = 0, class;
    while (p < end && (class = qdx_byte_class(*p)) & QDX_BYTE_PLAIN) {
        first = first ? first : class & QDX_BYTE_LETTER;
        seen |= class;
        p++;
    }
    uint16_t flags = first & QDX_BYTE_UPPER ? QDX_TOKEN_CAPITAL : 0;
    if ((seen & QDX_BYTE_LETTER) == QDX_BYTE_UPPER)
        flags |= QDX_TOKEN_UPPER;
    return (plain_run){(size_t)(p - start), qdx_fold_hash_plain(start, (size_t)(p - start)), flags};
}

#ifdef WIDE
/* The bytes of `v` from `low` on, `count` of them, all below 128. */
static __m128i in_range(__m128i v, char low, int count)
{
    __m128i from_bottom = _mm_sub_epi8(v, _mm_set1_epi8((char)(low - 128)));
    return _mm_cmplt_epi8(from_bottom, _mm_set1_epi8((char)(count - 128)));
}

/* The lowest `count` bytes of a word, 0 to 8. */
static uint64_t low_bytes(uint64_t word, unsigned count)
{
    return count < 8 ? word & ((1ull << (8 * count)) - 1) : word;
}

/* As measure(), with one look at 16 bytes. False when the run is longer than these. */
static bool measure_wide(const char *start, const char *end, plain_run *run)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)start);
    __m128i folded = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i letter = in_range(folded, 'a', 26);
    __m128i word = _mm_or_si128(letter, in_range(v, '0', 10));
    unsigned outside = ~(unsigned)_mm_movemask_epi8(word);
    if (end - start < WIDE)
        outside |= 1u << (end - start);
    unsigned size = (unsigned)__builtin_ctz(outside);
    unsigned inside = (1u << size) - 1;
    unsigned upper = (unsigned)_mm_movemask_epi8(in_range(v, 'A', 26)) & inside;
    uint64_t low = (uint64_t)_mm_cvtsi128_si64(folded);
    uint64_t high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(folded, folded));
    run->size = size;
    run->hash = qdx_hash_mix(QDX_FOLD_HASH_SEED, low_bytes(low, size));
    if (size >= 8)
        run->hash = qdx_hash_mix(run->hash, low_bytes(high, size - 8));
    run->flags = 0;
    if (upper) {
        unsigned letters = (unsigned)_mm_movemask_epi8(letter) & inside;
        run->flags = (uint16_t)((letters & -letters & upper ? QDX_TOKEN_CAPITAL : 0) |
                                (letters == upper ? QDX_TOKEN_UPPER : 0));
    }
    return size < WIDE;
}
#endif

static inline bool push_token(qdx_scanner *s, const char *start, const char *end,
                              qdx_token_kind kind, qdx_mark mark, uint16_t flags, uint64_t hash)
{
    qdx_token token = {
        .start = (uint32_t)(start - s->base),
        .end = (uint32_t)(end - s->base),
        .hash = hash,
        .flags = (uint16_t)(flags | s->gap),
        .kind = (uint8_t)kind,
        .mark = (uint8_t)mark,
    };
    s->gap = 0;
    s->p = end;
    return qdx_arena_push(s->text->account, &s->text->tokens, token);
}

bool qdx_scanner_push(qdx_scanner *s, const char *start, const char *end, qdx_token_kind kind,
                      qdx_mark mark, uint16_t flags)
{
    uint64_t hash =
        kind == QDX_TOKEN_MARK ? (uint64_t)mark : qdx_fold_hash(start, (size_t)(end - start));
    return push_token(s, start, end, kind, mark, flags, hash);
}

static unsigned class_after(const qdx_scanner *s, const char *at)
{
    return at + 1 < s->end ? qdx_byte_class(at[1]) : 0;
}

/* Does what follows a word of letters and digits leave it as it is? */
static bool word_ends(const qdx_scanner *s, const char *start, const char *end)
{
    if (end >= s->end ||
        !(qdx_byte_class(*end) & (QDX_BYTE_TIE | QDX_BYTE_HIGH | QDX_BYTE_UNDERSCORE)))
        return true;
    if (*end == '.')
        return end - start > 1 && !(class_after(s, end) & QDX_BYTE_WORD);
    return *end == ':' && !(end + 1 < s->end && end[1] == '/');
}

/* The same for a number, which goes on in 1,000.50 or 10:30. */
static bool number_ends(const qdx_scanner *s, const char *end)
{
    if (end >= s->end)
        return true;
    if (*end == '.' || *end == ',' || *end == ':')
        return !(class_after(s, end) & QDX_BYTE_DIGIT);
    return !(qdx_byte_class(*end) & (QDX_BYTE_HIGH | QDX_BYTE_UNDERSCORE));
}

static inline plain_run measure_run(const qdx_scanner *s)
{
    plain_run run;
#ifdef WIDE
    if (s->p <= s->wide && measure_wide(s->p, s->end, &run))
        return run;
#endif
    return measure(s->p, s->end);
}

/* A word or number that begins with an ASCII letter or digit. */
static inline bool scan_run(qdx_scanner *s, bool number)
{
    const char *start = s->p;
    plain_run run = measure_run(s);
    const char *end = start + run.size;
    if (number)
        return number_ends(s, end)
                   ? push_token(s, start, end, QDX_TOKEN_NUMBER, QDX_MARK_NONE, run.flags, run.hash)
                   : qdx_scanner_number(s);
    return word_ends(s, start, end)
               ? push_token(s, start, end, QDX_TOKEN_WORD, QDX_MARK_NONE, run.flags, run.hash)
               : qdx_scanner_word(s);
}

static bool scan_block(qdx_scanner *s)
{
    while (s->p < s->end) {
        unsigned class = qdx_byte_class(*s->p);
        bool ok = true;
        if (class & QDX_BYTE_PLAIN) {
            ok = scan_run(s, (class & QDX_BYTE_DIGIT) != 0);
        } else if (class & QDX_BYTE_BLANK) {
            s->gap |= (uint16_t) class;
            s->p++;
        } else if (!class || class & QDX_BYTE_TIE) {
            ok = qdx_scanner_mark(s);
        } else {
            ok = class & QDX_BYTE_HIGH ? qdx_scanner_high(s) : qdx_scanner_word(s);
        }
        if (!ok)
            return false;
    }
    return true;
}

/* The last place from which 16 bytes of the text can be read; NULL when there is none. */
static const char *wide_end(const qdx_document *document)
{
    return document->text_size >= 16 ? document->text + document->text_size - 16 : NULL;
}

qdx_status qdx_text_tokenize(qdx_text *text, const qdx_document *document, qdx_error *error)
{
    text->bytes = document->text;
    text->size = document->text_size;
    qdx_vector_clear(&text->tokens);
    qdx_vector_clear(&text->blocks);
    qdx_vector_clear(&text->sentences);
    for (size_t i = 0; i < document->block_count; i++) {
        qdx_span span = document->blocks[i].span;
        qdx_scanner s = {
            .text = text,
            .base = document->text,
            .p = document->text + span.start,
            .end = document->text + span.end,
            .wide = wide_end(document),
            .gap = QDX_TOKEN_SPACE | QDX_TOKEN_LINE | QDX_TOKEN_BLOCK,
        };
        qdx_token_range range = {(uint32_t)text->tokens.count, 0};
        if (!scan_block(&s))
            return qdx_error_memory(error);
        range.end = (uint32_t)text->tokens.count;
        if (!qdx_arena_push(text->account, &text->blocks, range))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

void qdx_text_release(qdx_text *text)
{
    qdx_vector_release(&text->tokens);
    qdx_vector_release(&text->blocks);
    qdx_vector_release(&text->sentences);
    text->bytes = NULL;
    text->size = 0;
}

uint32_t qdx_text_token_at(const qdx_text *text, uint32_t offset)
{
    size_t low = 0, high = text->tokens.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (text->tokens.items[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}
