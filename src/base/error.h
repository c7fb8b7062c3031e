/*
 * Filling in error reports. Each function takes a nullable qdx_error and returns its code, so that
 * a failing function can write `return qdx_error_set(error, QDX_ERR_FORMAT, "…")`.
 */
#ifndef QDX_BASE_ERROR_H
#define QDX_BASE_ERROR_H

#include <quotedex/status.h>

#if defined(__GNUC__)
#define QDX_PRINTF(template, first) __attribute__((format(printf, template, first)))
#else
#define QDX_PRINTF(template, first)
#endif

/* Sets code and message; file, line, offset and hint become empty. Returns code. */
qdx_status qdx_error_set(qdx_error *error, qdx_status code, const char *format, ...)
    QDX_PRINTF(3, 4);

/* The same for a failed system call: "cannot <action>: <reason for errnum>", with its file. */
qdx_status qdx_error_system(qdx_error *error, const char *action, const char *file, int errnum);

void qdx_error_set_memory(qdx_error *error);

/* In the header, so that compilers and checkers of callers know that it never returns QDX_OK. */
static inline qdx_status qdx_error_memory(qdx_error *error)
{
    qdx_error_set_memory(error);
    return QDX_ERR_MEMORY;
}

/* Adds the place to an error already set. */
void qdx_error_at(qdx_error *error, const char *file, uint32_t line);
void qdx_error_hint(qdx_error *error, const char *format, ...) QDX_PRINTF(2, 3);

#include "base/banned.h"
#endif
