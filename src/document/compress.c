/*
 * Compressed streams: one loop that feeds a decoder, one row of functions a library, which is
 * loaded with the first data that wants it. It expands no more than what is asked for, and watches
 * what comes out against what went in.
 */
#include "document/compress.h"

#include <stdlib.h>
#include <string.h>

#ifdef QDX_HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef QDX_HAVE_BZIP2
#include <bzlib.h>
#endif
#ifdef QDX_HAVE_LZMA
#include <lzma.h>
#endif
#ifdef QDX_HAVE_ZSTD
#include <zstd.h>
#endif

#include "base/library.h"

enum {
    RATIO_FROM = 1 << 20, /* less than this may be as repetitive as it likes */
    DECODER_MEMORY = 256 << 20,
    WINDOW_LOG_MAX = 27,
    MAGIC_MAX = 6
};

typedef enum step { STEP_MORE, STEP_END, STEP_DAMAGED, STEP_MEMORY, STEP_LIMIT } step;

/* What a decoder may use and where it may write; it moves all four. */
typedef struct piece {
    const char *in;
    size_t in_size;
    char *out;
    size_t out_size;
} piece;

typedef struct decoder_row {
    qdx_compression compression;
    const char *name;
    const char *magic; /* of a member */
    size_t magic_size;
    bool single; /* no further member may follow */
    qdx_status (*open)(int way, void **decoder, qdx_error *error);
    int way;
    step (*step)(void *decoder, piece *p);
    void (*close)(void *decoder);
} decoder_row;

/* -- The libraries: a decoder holds their functions beside its state -- */

#ifdef QDX_HAVE_ZLIB
#define ZLIB_FUNCTIONS(each) each(inflate) each(inflateInit2_) each(inflateEnd)
#define ZLIB_SYMBOL(name) QDX_LIBRARY_SYMBOL(zlib_functions, name)
typedef struct zlib_functions {
    ZLIB_FUNCTIONS(QDX_LIBRARY_MEMBER)
} zlib_functions;

static const qdx_library_symbol zlib_symbols[] = {ZLIB_FUNCTIONS(ZLIB_SYMBOL)};
static const qdx_library zlib_library = {"zlib", "libz.so.1", "zlib1g", "reads gzip and zip",
                                         QDX_LIBRARY_SYMBOLS(zlib_symbols)};

typedef struct zlib_decoder {
    zlib_functions use;
    z_stream z;
} zlib_decoder;

static qdx_status zlib_open(int way, void **decoder, qdx_error *error)
{
    zlib_decoder *d = calloc(1, sizeof *d);
    if (!d)
        return qdx_error_memory(error);
    qdx_status status = qdx_library_load(&zlib_library, &d->use, error);
    if (status == QDX_OK &&
        d->use.inflateInit2_(&d->z, way, ZLIB_VERSION, (int)sizeof d->z) != Z_OK)
        status = qdx_error_memory(error);
    if (status != QDX_OK) {
        free(d);
        return status;
    }
    *decoder = d;
    return QDX_OK;
}

static step zlib_step(void *decoder, piece *p)
{
    zlib_decoder *d = decoder;
    z_stream *z = &d->z;
    z->next_in = (Bytef *)(uintptr_t)p->in;
    z->avail_in = (uInt)p->in_size;
    z->next_out = (Bytef *)p->out;
    z->avail_out = (uInt)p->out_size;
    int result = d->use.inflate(z, Z_NO_FLUSH);
    *p = (piece){(const char *)z->next_in, z->avail_in, (char *)z->next_out, z->avail_out};
    if (result == Z_STREAM_END)
        return STEP_END;
    if (result == Z_MEM_ERROR)
        return STEP_MEMORY;
    return result == Z_OK || result == Z_BUF_ERROR ? STEP_MORE : STEP_DAMAGED;
}

static void zlib_close(void *decoder)
{
    zlib_decoder *d = decoder;
    d->use.inflateEnd(&d->z);
    free(d);
}
#define ZLIB(window) zlib_open, window, zlib_step, zlib_close
#else
#define ZLIB(window) NULL, 0, NULL, NULL
#endif

#ifdef QDX_HAVE_BZIP2
#define BZIP2_FUNCTIONS(each)                                                                      \
    each(BZ2_bzDecompress) each(BZ2_bzDecompressInit) each(BZ2_bzDecompressEnd)
#define BZIP2_SYMBOL(name) QDX_LIBRARY_SYMBOL(bzip2_functions, name)
typedef struct bzip2_functions {
    BZIP2_FUNCTIONS(QDX_LIBRARY_MEMBER)
} bzip2_functions;

static const qdx_library_symbol bzip2_symbols[] = {BZIP2_FUNCTIONS(BZIP2_SYMBOL)};
static const qdx_library bzip2_library = {"libbz2", "libbz2.so.1.0", "libbz2-1.0", "reads bzip2",
                                          QDX_LIBRARY_SYMBOLS(bzip2_symbols)};

typedef struct bzip2_decoder {
    bzip2_functions use;
    bz_stream b;
} bzip2_decoder;

static qdx_status bzip2_open(int way, void **decoder, qdx_error *error)
{
    (void)way;
    bzip2_decoder *d = calloc(1, sizeof *d);
    if (!d)
        return qdx_error_memory(error);
    qdx_status status = qdx_library_load(&bzip2_library, &d->use, error);
    if (status == QDX_OK && d->use.BZ2_bzDecompressInit(&d->b, 0, 0) != BZ_OK)
        status = qdx_error_memory(error);
    if (status != QDX_OK) {
        free(d);
        return status;
    }
    *decoder = d;
    return QDX_OK;
}

static step bzip2_step(void *decoder, piece *p)
{
    bzip2_decoder *d = decoder;
    bz_stream *b = &d->b;
    b->next_in = (char *)(uintptr_t)p->in;
    b->avail_in = (unsigned)p->in_size;
    b->next_out = p->out;
    b->avail_out = (unsigned)p->out_size;
    int result = d->use.BZ2_bzDecompress(b);
    *p = (piece){b->next_in, b->avail_in, b->next_out, b->avail_out};
    if (result == BZ_STREAM_END)
        return STEP_END;
    if (result == BZ_MEM_ERROR)
        return STEP_MEMORY;
    return result == BZ_OK ? STEP_MORE : STEP_DAMAGED;
}

static void bzip2_close(void *decoder)
{
    bzip2_decoder *d = decoder;
    d->use.BZ2_bzDecompressEnd(&d->b);
    free(d);
}
#define BZIP2 bzip2_open, 0, bzip2_step, bzip2_close
#else
#define BZIP2 NULL, 0, NULL, NULL
#endif

#ifdef QDX_HAVE_LZMA
#define XZ_FUNCTIONS(each) each(lzma_stream_decoder) each(lzma_code) each(lzma_end)
#define XZ_SYMBOL(name) QDX_LIBRARY_SYMBOL(xz_functions, name)
typedef struct xz_functions {
    XZ_FUNCTIONS(QDX_LIBRARY_MEMBER)
} xz_functions;

static const qdx_library_symbol xz_symbols[] = {XZ_FUNCTIONS(XZ_SYMBOL)};
static const qdx_library xz_library = {"liblzma", "liblzma.so.5", "liblzma5", "reads xz",
                                       QDX_LIBRARY_SYMBOLS(xz_symbols)};

typedef struct xz_decoder {
    xz_functions use;
    lzma_stream x; /* zeros are LZMA_STREAM_INIT */
} xz_decoder;

static qdx_status xz_open(int way, void **decoder, qdx_error *error)
{
    (void)way;
    xz_decoder *d = calloc(1, sizeof *d);
    if (!d)
        return qdx_error_memory(error);
    qdx_status status = qdx_library_load(&xz_library, &d->use, error);
    if (status == QDX_OK && d->use.lzma_stream_decoder(&d->x, DECODER_MEMORY, 0) != LZMA_OK)
        status = qdx_error_memory(error);
    if (status != QDX_OK) {
        free(d);
        return status;
    }
    *decoder = d;
    return QDX_OK;
}

static step xz_step(void *decoder, piece *p)
{
    xz_decoder *d = decoder;
    lzma_stream *x = &d->x;
    x->next_in = (const uint8_t *)p->in;
    x->avail_in = p->in_size;
    x->next_out = (uint8_t *)p->out;
    x->avail_out = p->out_size;
    lzma_ret result = d->use.lzma_code(x, LZMA_RUN);
    *p = (piece){(const char *)x->next_in, x->avail_in, (char *)x->next_out, x->avail_out};
    if (result == LZMA_STREAM_END)
        return STEP_END;
    if (result == LZMA_MEM_ERROR)
        return STEP_MEMORY;
    if (result == LZMA_MEMLIMIT_ERROR)
        return STEP_LIMIT;
    return result == LZMA_OK || result == LZMA_BUF_ERROR ? STEP_MORE : STEP_DAMAGED;
}

static void xz_close(void *decoder)
{
    xz_decoder *d = decoder;
    d->use.lzma_end(&d->x);
    free(d);
}
#define XZ xz_open, 0, xz_step, xz_close
#else
#define XZ NULL, 0, NULL, NULL
#endif

#ifdef QDX_HAVE_ZSTD
#define ZSTD_FUNCTIONS(each)                                                                       \
    each(ZSTD_createDStream) each(ZSTD_DCtx_setParameter) each(ZSTD_decompressStream)              \
        each(ZSTD_isError) each(ZSTD_getErrorName) each(ZSTD_freeDStream)
#define ZSTD_SYMBOL(name) QDX_LIBRARY_SYMBOL(zstd_functions, name)
typedef struct zstd_functions {
    ZSTD_FUNCTIONS(QDX_LIBRARY_MEMBER)
} zstd_functions;

static const qdx_library_symbol zstd_symbols[] = {ZSTD_FUNCTIONS(ZSTD_SYMBOL)};
static const qdx_library zstd_library = {"libzstd", "libzstd.so.1", "libzstd1", "reads zstd",
                                         QDX_LIBRARY_SYMBOLS(zstd_symbols)};

typedef struct zstd_decoder {
    zstd_functions use;
    ZSTD_DStream *z;
} zstd_decoder;

static qdx_status zstd_open(int way, void **decoder, qdx_error *error)
{
    (void)way;
    zstd_decoder *d = calloc(1, sizeof *d);
    if (!d)
        return qdx_error_memory(error);
    qdx_status status = qdx_library_load(&zstd_library, &d->use, error);
    if (status == QDX_OK && !(d->z = d->use.ZSTD_createDStream()))
        status = qdx_error_memory(error);
    if (status != QDX_OK) {
        free(d);
        return status;
    }
    d->use.ZSTD_DCtx_setParameter(d->z, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
    *decoder = d;
    return QDX_OK;
}

static step zstd_step(void *decoder, piece *p)
{
    zstd_decoder *d = decoder;
    ZSTD_inBuffer in = {p->in, p->in_size, 0};
    ZSTD_outBuffer out = {p->out, p->out_size, 0};
    size_t result = d->use.ZSTD_decompressStream(d->z, &out, &in);
    *p = (piece){p->in + in.pos, p->in_size - in.pos, p->out + out.pos, p->out_size - out.pos};
    if (d->use.ZSTD_isError(result)) {
        const char *name = d->use.ZSTD_getErrorName(result);
        if (strstr(name, "memory")) /* a frame that wants a larger window, or no memory */
            return strstr(name, "too much") ? STEP_LIMIT : STEP_MEMORY;
        return STEP_DAMAGED;
    }
    return result == 0 ? STEP_END : STEP_MORE;
}

static void zstd_close(void *decoder)
{
    zstd_decoder *d = decoder;
    d->use.ZSTD_freeDStream(d->z);
    free(d);
}
#define ZSTD zstd_open, 0, zstd_step, zstd_close
#else
#define ZSTD NULL, 0, NULL, NULL
#endif

static const decoder_row rows[] = {
    {QDX_COMPRESSION_GZIP, "gzip", "\x1F\x8B\x08", 3, false, ZLIB(15 + 16)},
    {QDX_COMPRESSION_BZIP2, "bzip2", "BZh", 3, false, BZIP2},
    {QDX_COMPRESSION_XZ, "xz", "\xFD\x37zXZ\0", 6, false, XZ},
    {QDX_COMPRESSION_ZSTD, "zstd", "\x28\xB5\x2F\xFD", 4, false, ZSTD},
    {QDX_COMPRESSION_DEFLATE, "deflate", "", 0, true, ZLIB(-15)},
    {QDX_COMPRESSION_ZLIB, "zlib", "", 0, true, ZLIB(15)},
};

qdx_compression qdx_compression_of(const char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].magic_size && size >= rows[i].magic_size &&
            memcmp(bytes, rows[i].magic, rows[i].magic_size) == 0)
            return rows[i].compression;
    return QDX_COMPRESSION_NONE;
}

/* -- The stream -- */

typedef struct expansion {
    const decoder_row *row;
    qdx_stream *in;
    qdx_budget *budget;
    void *decoder; /* NULL between members */
    uint64_t used, made;
    bool begun, ended;
} expansion;

static void expansion_close(void *state)
{
    expansion *e = state;
    if (e->decoder)
        e->row->close(e->decoder);
    qdx_stream_close(e->in);
    free(e);
}

static qdx_status damaged(const expansion *e, const char *how, qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_FORMAT, "%s data %s", e->row->name, how);
}

/* Zeros behind the last member are padding. */
static qdx_status check_rest(expansion *e, qdx_error *error)
{
    for (;;) {
        const char *bytes;
        size_t got, n = 0;
        qdx_status status = qdx_stream_peek(e->in, 1, &bytes, &got, error);
        if (status != QDX_OK || got == 0)
            return status;
        while (n < got && bytes[n] == '\0')
            n++;
        if (n < got)
            return damaged(e, "is followed by something else", error);
        qdx_stream_take(e->in, n);
    }
}

/* Begins the next member, or tells that there is none. */
static qdx_status begin_member(expansion *e, qdx_error *error)
{
    const char *bytes;
    size_t got;
    if (e->begun) {
        qdx_status status = qdx_stream_peek(e->in, MAGIC_MAX, &bytes, &got, error);
        if (status != QDX_OK)
            return status;
        bool follows = !e->row->single && got >= e->row->magic_size &&
                       memcmp(bytes, e->row->magic, e->row->magic_size) == 0;
        if (!follows) {
            e->ended = true;
            return e->row->single ? QDX_OK : check_rest(e, error);
        }
    }
    e->begun = true;
    return e->row->open(e->row->way, &e->decoder, error);
}

static qdx_status explain_step(expansion *e, step result, qdx_error *error)
{
    switch (result) {
    case STEP_MORE:
        return QDX_OK;
    case STEP_END:
        e->row->close(e->decoder);
        e->decoder = NULL;
        return QDX_OK;
    case STEP_MEMORY:
        return qdx_error_memory(error);
    case STEP_LIMIT:
        return qdx_error_set(error, QDX_ERR_LIMIT, "%s data that wants too much memory",
                             e->row->name);
    case STEP_DAMAGED:
        break;
    }
    return damaged(e, "is damaged", error);
}

static qdx_status check_ratio(expansion *e, size_t made, qdx_error *error)
{
    e->made += made;
    if (e->made > RATIO_FROM && e->made / e->budget->limits->max_ratio > e->used)
        return qdx_error_set(error, QDX_ERR_LIMIT, "%s data that expands more than %u times",
                             e->row->name, e->budget->limits->max_ratio);
    return qdx_budget_check(e->budget, made, error);
}

static qdx_status expansion_read(void *state, char *to, size_t room, size_t *got, qdx_error *error)
{
    expansion *e = state;
    qdx_status status = QDX_OK;
    *got = 0;
    while (status == QDX_OK && *got == 0 && !e->ended) {
        const char *bytes;
        size_t size;
        if (!e->decoder) {
            status = begin_member(e, error);
            continue;
        }
        status = qdx_stream_peek(e->in, 1, &bytes, &size, error);
        if (status != QDX_OK)
            return status;
        piece p = {bytes, size, to, room};
        step result = e->row->step(e->decoder, &p);
        qdx_stream_take(e->in, size - p.in_size);
        e->used += size - p.in_size;
        *got = room - p.out_size;
        if (result == STEP_MORE && *got == 0 && size == p.in_size)
            return damaged(e, size ? "is damaged" : "ends too early", error);
        status = explain_step(e, result, error);
        if (status == QDX_OK)
            status = check_ratio(e, *got, error);
    }
    return status;
}

static const qdx_stream_kind expansion_kind = {expansion_read, expansion_close};

qdx_status qdx_stream_expand(qdx_stream *compressed, qdx_compression compression,
                             qdx_budget *budget, qdx_stream **expanded, qdx_error *error)
{
    const decoder_row *row = rows;
    while (row->compression != compression)
        row++;
    *expanded = NULL;
    if (!row->step) {
        qdx_stream_close(compressed);
        qdx_error_set(error, QDX_ERR_UNSUPPORTED, "%s data, which this build does not read",
                      row->name);
        qdx_error_hint(error, "the program was built without the library for it");
        return QDX_ERR_UNSUPPORTED;
    }
    expansion *e = calloc(1, sizeof *e);
    if (!e) {
        qdx_stream_close(compressed);
        return qdx_error_memory(error);
    }
    *e = (expansion){.row = row, .in = compressed, .budget = budget};
    *expanded = qdx_stream_new(&expansion_kind, e, error);
    return *expanded ? QDX_OK : QDX_ERR_MEMORY;
}

/* Moves to where the next member's first bytes stand. */
static qdx_status find_magic(expansion *e, qdx_error *error)
{
    for (;;) {
        const char *bytes;
        size_t got;
        qdx_status status = qdx_stream_peek(e->in, MAGIC_MAX, &bytes, &got, error);
        if (status != QDX_OK)
            return status;
        if (got < e->row->magic_size)
            return QDX_END;
        const char *found = memmem(bytes, got, e->row->magic, e->row->magic_size);
        size_t n = found ? (size_t)(found - bytes) : got - e->row->magic_size + 1;
        qdx_stream_take(e->in, n);
        e->used += n;
        if (found)
            return QDX_OK;
    }
}

qdx_status qdx_stream_next_member(qdx_stream *expanded, qdx_error *error)
{
    expansion *e = expanded->state;
    if (expanded->kind != &expansion_kind || expanded->status == QDX_ERR_MEMORY)
        return QDX_END;
    if (e->decoder)
        e->row->close(e->decoder);
    e->decoder = NULL;
    qdx_buffer_clear(&expanded->buffer);
    expanded->at = 0;
    expanded->ended = e->ended = false;
    expanded->status = QDX_OK;
    qdx_status status = find_magic(e, error);
    if (status != QDX_OK)
        expanded->status = QDX_ERR_FORMAT;
    return status;
}
