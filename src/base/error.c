/* Error reports: plain values filled with vsnprintf; no state of its own. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Text cut by snprintf may end inside a UTF-8 character: drop the broken tail. */
static void trim_utf8(char *text, size_t capacity)
{
    size_t n = strlen(text);
    if (n + 1 < capacity)
        return;
    size_t lead = n;
    while (lead > 0 && n - lead < 3 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80)
        lead--;
    if (lead > 0 && (unsigned char)text[lead - 1] >= 0xC0)
        text[lead - 1] = '\0';
}

qdx_status qdx_error_set(qdx_error *error, qdx_status code, const char *format, ...)
{
    if (!error)
        return code;
    memset(error, 0, sizeof *error);
    error->code = code;
    va_list args;
    va_start(args, format);
    vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    trim_utf8(error->message, sizeof error->message);
    return code;
}

qdx_status qdx_error_system(qdx_error *error, const char *action, const char *file, int errnum)
{
    char reason[128];
    /* strerrordesc_np names the error in the C locale and shares no buffer between threads. */
    const char *text = strerrordesc_np(errnum);
    snprintf(reason, sizeof reason, "%s", text ? text : "unknown error");
    qdx_error_set(error, QDX_ERR_IO, "cannot %s: %s", action, reason);
    qdx_error_at(error, file, 0);
    return QDX_ERR_IO;
}

void qdx_error_set_memory(qdx_error *error)
{
    qdx_error_set(error, QDX_ERR_MEMORY, "out of memory");
}

void qdx_error_at(qdx_error *error, const char *file, uint32_t line)
{
    if (!error)
        return;
    if (file)
        snprintf(error->file, sizeof error->file, "%s", file);
    trim_utf8(error->file, sizeof error->file);
    error->line = line;
}

void qdx_error_hint(qdx_error *error, const char *format, ...)
{
    if (!error)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(error->hint, sizeof error->hint, format, args);
    va_end(args);
    trim_utf8(error->hint, sizeof error->hint);
}

const char *qdx_status_name(qdx_status status)
{
    static const struct {
        qdx_status status;
        const char *name;
    } names[] = {
        {QDX_OK, "ok"},
        {QDX_END, "end"},
        {QDX_ERR_MEMORY, "out of memory"},
        {QDX_ERR_IO, "input/output error"},
        {QDX_ERR_ARGUMENT, "invalid argument"},
        {QDX_ERR_FORMAT, "malformed input"},
        {QDX_ERR_ENCODING, "unknown encoding"},
        {QDX_ERR_LIMIT, "limit exceeded"},
        {QDX_ERR_UNSUPPORTED, "unsupported"},
        {QDX_ERR_DAMAGED, "damaged"},
        {QDX_ERR_VERSION, "incompatible version"},
        {QDX_ERR_NOT_FOUND, "not found"},
        {QDX_ERR_INTERRUPTED, "interrupted"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].status == status)
            return names[i].name;
    return "unknown status";
}
