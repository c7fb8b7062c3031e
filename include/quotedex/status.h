/*
 * Status codes and error reports.
 *
 * Every function that can fail returns a qdx_status: 0 is success, a negative value a failure, and
 * QDX_END (above zero) the regular end of an iteration. The last parameter of such a function is a
 * qdx_error that may be NULL; on failure it is filled with what went wrong, where, and what to do
 * about it. The library prints nothing and keeps no "last error" of its own.
 *
 * What a function hands out through a pointer to a pointer, or returns from a ..._new, is the
 * caller's to free with the function of that name (_free, _close), which takes NULL too. Texts
 * handed in are UTF-8, terminated, and borrowed for the call alone unless it says otherwise; texts
 * handed out belong to what they came from.
 */
#ifndef QUOTEDEX_STATUS_H
#define QUOTEDEX_STATUS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define QDX_API __attribute__((visibility("default")))
#else
#define QDX_API
#endif

typedef enum qdx_status {
    QDX_OK = 0,
    QDX_END = 1,              /* an iterator is exhausted: no failure */
    QDX_ERR_MEMORY = -1,      /* an allocation failed */
    QDX_ERR_IO = -2,          /* the operating system refused: open, read, write, sync, rename */
    QDX_ERR_ARGUMENT = -3,    /* the caller asked for something that makes no sense */
    QDX_ERR_FORMAT = -4,      /* malformed input: broken markup, a bad row, binary data */
    QDX_ERR_ENCODING = -5,    /* bytes that are no text in any encoding we accept */
    QDX_ERR_LIMIT = -6,       /* larger, deeper or longer than a stated limit */
    QDX_ERR_UNSUPPORTED = -7, /* well-formed, but of a kind this build does not read */
    QDX_ERR_DAMAGED = -8,     /* a checksum or an invariant of an index does not hold */
    QDX_ERR_VERSION = -9,     /* an index of a newer or unknown format */
    QDX_ERR_NOT_FOUND = -10,  /* no such file, entity or record */
    QDX_ERR_INTERRUPTED = -11 /* the caller asked to stop */
} qdx_status;

/*
 * One error. A plain value: copy it, keep it on the stack; nothing to free. Texts are UTF-8, always
 * terminated, cut (at a character) when too long.
 */
typedef struct qdx_error {
    qdx_status code;
    uint32_t line;     /* 1-based line of `file`, 0 when it has none */
    uint64_t offset;   /* byte offset in `file` where that says more than a line, else 0 */
    char file[512];    /* the file concerned, "" when none */
    char message[256]; /* one line, lower case, no full stop: "row has 3 cells, header has 5" */
    char hint[256];    /* what to do about it, "" when there is nothing to say */
} qdx_error;

/* The name of a status as a lower-case phrase ("damaged", "out of memory"). Never NULL; static. */
QDX_API const char *qdx_status_name(qdx_status status);

#ifdef __cplusplus
}
#endif
#endif
