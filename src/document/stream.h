/*
 * Streams: bytes that come piece by piece, out of a file, memory, or another stream. What is read
 * of one is never more than was asked for and a buffer's worth; only a stream over memory or a file
 * can be begun again.
 *
 * Failure is sticky: a stream that has failed fails again with the same report.
 */
#ifndef QDX_DOCUMENT_STREAM_H
#define QDX_DOCUMENT_STREAM_H

#include <quotedex/document.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* What reading one article may cost. Counters begin anew with each article that comes out. */
typedef struct qdx_budget {
    const qdx_reader_options *limits; /* no zeros */
    uint64_t expanded;                /* bytes that came out of compressed data */
    uint64_t started;                 /* this thread's time, in nanoseconds */
} qdx_budget;

void qdx_budget_start(qdx_budget *budget);

/* QDX_ERR_LIMIT when the time, or the bytes after `more` came out, are used up. */
qdx_status qdx_budget_check(qdx_budget *budget, uint64_t more, qdx_error *error);

/* Where bytes come from. */
typedef struct qdx_stream_kind {
    /* Up to `room` bytes; *got 0 at the end and only there. */
    qdx_status (*read)(void *state, char *to, size_t room, size_t *got, qdx_error *error);
    void (*close)(void *state); /* frees the state */
} qdx_stream_kind;

typedef struct qdx_stream {
    const qdx_stream_kind *kind;
    void *state;
    qdx_buffer buffer; /* read from the state; taken up to `at` */
    size_t at;
    uint64_t offset; /* of `at` in the stream */
    bool ended;
    qdx_status status; /* of the state; its report below */
    qdx_error problem;
} qdx_stream;

/* Takes the state over, also when it fails. NULL without memory. */
qdx_stream *qdx_stream_new(const qdx_stream_kind *kind, void *state, qdx_error *error);
void qdx_stream_close(qdx_stream *stream);

/*
 * A file's or a memory's bytes [start, start + size). The file descriptor and the memory are
 * borrowed.
 */
typedef struct qdx_place {
    int fd; /* -1: memory */
    const char *bytes;
    uint64_t size;
} qdx_place;

qdx_stream *qdx_stream_at(const qdx_place *place, uint64_t start, uint64_t size, qdx_error *error);

/* Exactly `size` bytes at an offset; QDX_ERR_FORMAT when the place ends before. */
qdx_status qdx_place_read(const qdx_place *place, uint64_t offset, void *to, size_t size,
                          qdx_error *error);

/* The next `size` bytes of a stream that is borrowed, as a stream of their own. It ends early, with
   QDX_ERR_FORMAT, when the outer one does. */
qdx_stream *qdx_stream_section(qdx_stream *outer, uint64_t size, qdx_error *error);

/* UTF-16 that a borrowed stream holds behind its byte order mark, as UTF-8. */
qdx_stream *qdx_stream_utf16(qdx_stream *wide, bool big_endian, qdx_error *error);

/*
 * Shows the next bytes without taking them: at least `want` of them (at most 1 MiB), fewer only at
 * the end. Valid until the next call.
 */
qdx_status qdx_stream_peek(qdx_stream *stream, size_t want, const char **bytes, size_t *got,
                           qdx_error *error);

/* Takes `size` bytes that were shown. */
void qdx_stream_take(qdx_stream *stream, size_t size);

/* Takes and forgets `size` bytes; QDX_ERR_FORMAT when there are fewer. */
qdx_status qdx_stream_skip(qdx_stream *stream, uint64_t size, qdx_error *error);

/* Appends exactly `size` bytes. */
qdx_status qdx_stream_read(qdx_stream *stream, uint64_t size, qdx_buffer *out, qdx_error *error);

/* Appends all that is left; QDX_ERR_LIMIT when that is more than `max`. */
qdx_status qdx_stream_read_all(qdx_stream *stream, uint64_t max, qdx_buffer *out, qdx_error *error);

/*
 * Appends a line with its end, QDX_END when there is none. One longer than `max` is taken whole and
 * QDX_ERR_LIMIT returned; the next call goes on behind it.
 */
qdx_status qdx_stream_line(qdx_stream *stream, uint64_t max, qdx_buffer *out, qdx_error *error);

/* Does a failure of `stream` say that all of it is over, rather than one article? */
static inline bool qdx_stream_is_over(const qdx_stream *stream)
{
    return stream->status < 0;
}

#include "base/banned.h"
#endif
