/*
 * Mailboxes: messages one after another, each behind a line that begins with "From " after an empty
 * line or at the start. The ">" that guards such lines inside messages is taken off again.
 */
#include <stdlib.h>
#include <string.h>

#include "document/container.h"
#include "document/mail.h"

typedef struct mbox {
    uint32_t number;
    bool behind_from; /* the next message's "From " line was taken */
    qdx_buffer line;
} mbox;

bool qdx_mbox_is(const char *bytes, size_t size)
{
    if (size < 6 || memcmp(bytes, "From ", 5) != 0)
        return false;
    const char *stop = memchr(bytes, '\n', size);
    return stop && qdx_mail_is(stop + 1, size - (size_t)(stop + 1 - bytes));
}

static qdx_status mbox_open(qdx_container *container, qdx_error *error)
{
    container->state = calloc(1, sizeof(mbox));
    return container->state ? QDX_OK : qdx_error_memory(error);
}

static void mbox_close(qdx_container *container)
{
    mbox *m = container->state;
    if (m)
        qdx_buffer_release(&m->line);
    free(m);
    container->state = NULL;
}

/* "From " behind any number of ">": 0 when it is none, else where "From " begins, plus one. */
static size_t guarded_from(const char *line, size_t size)
{
    size_t n = 0;
    while (n < size && line[n] == '>')
        n++;
    return size - n >= 5 && memcmp(line + n, "From ", 5) == 0 ? n + 1 : 0;
}

static qdx_status mbox_next(qdx_container *container, qdx_member *member, qdx_error *error)
{
    mbox *m = container->state;
    uint64_t max = container->budget->limits->max_file_bytes;
    bool begun = m->behind_from, empty = !begun && m->number == 0;
    qdx_status result = QDX_OK;
    m->behind_from = false;
    member->format = &qdx_format_mail;
    qdx_buffer_clear(member->bytes);
    for (;;) {
        qdx_buffer_clear(&m->line);
        qdx_status status = qdx_stream_line(container->stream, max, &m->line, error);
        if (status == QDX_END)
            break;
        if (qdx_stream_is_over(container->stream)) {
            container->over = true;
            return status;
        }
        size_t from = guarded_from(m->line.bytes, m->line.size);
        if (empty && from == 1) {
            if (begun) {
                m->behind_from = true;
                break;
            }
            begun = true;
            continue;
        }
        empty = m->line.size && (m->line.bytes[0] == '\n' || m->line.bytes[0] == '\r');
        begun = true;
        if (status == QDX_ERR_LIMIT || member->bytes->size + m->line.size > max)
            result = QDX_ERR_LIMIT;
        else if (result == QDX_OK)
            qdx_buffer_append(member->bytes, m->line.bytes + (from > 1), m->line.size - (from > 1));
    }
    if (!begun && !m->behind_from)
        return QDX_END;
    member->number = ++m->number;
    if (result != QDX_OK)
        return qdx_error_set(error, QDX_ERR_LIMIT, "larger than %llu bytes",
                             (unsigned long long)max);
    return member->bytes->failed || m->line.failed ? qdx_error_memory(error) : QDX_OK;
}

const qdx_container_kind qdx_container_mbox = {"mbox",    false,     false,     &qdx_format_mail,
                                               mbox_open, mbox_next, mbox_close};
