/*
 * Output: gathers bytes and writes them out whole. A file is written under a temporary name beside
 * its place and renamed when complete, so that a failure leaves what was there.
 */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/folder.h"
#include "cli/message.h"

static qdx_status system_error(qdx_error *error, const char *action, const char *path, int reason)
{
    const char *text = strerrordesc_np(reason);
    memset(error, 0, sizeof *error);
    error->code = QDX_ERR_IO;
    snprintf(error->file, sizeof error->file, "%s", path ? path : "standard output");
    snprintf(error->message, sizeof error->message, "cannot %s: %s", action,
             text ? text : "unknown error");
    return QDX_ERR_IO;
}

/* Devices and pipes are written to as they are: putting a file in their place would remove them. */
static qdx_status open_device(output *out, qdx_error *error)
{
    out->fd = open(out->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (out->fd < 0)
        return system_error(error, "open", out->path, errno);
    out->to_terminal = isatty(out->fd);
    return QDX_OK;
}

/* A file beside the one to be written, links followed; it takes over the permissions. */
static qdx_status open_temporary(output *out, const struct stat *old, qdx_error *error)
{
    out->target = old ? realpath(out->path, NULL) : strdup(out->path);
    if (out->target) {
        const char *slash = strrchr(out->target, '/');
        size_t length = slash ? (size_t)(slash - out->target) + (slash == out->target) : 0;
        out->folder = slash ? strndup(out->target, length) : strdup(".");
    }
    if (!out->folder || asprintf(&out->temporary, "%s.tmp-%ld", out->target, (long)getpid()) < 0) {
        out->temporary = NULL;
        return system_error(error, "create", out->path, errno ? errno : ENOMEM);
    }
    out->fd = open(out->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (out->fd >= 0) {
        if (old)
            (void)!fchmod(out->fd, old->st_mode & 0777);
        return QDX_OK;
    }
    int reason = errno;
    free(out->temporary);
    out->temporary = NULL;
    return system_error(error, "create a file beside", out->path, reason);
}

qdx_status output_open(output *out, const cli *c, qdx_error *error)
{
    const char *path = c->options.output;
    struct stat s;
    out->fd = STDOUT_FILENO;
    out->path = path && strcmp(path, "-") != 0 ? path : NULL;
    out->temporary = out->target = out->folder = NULL;
    out->used = 0;
    out->reader_gone = false;
    out->to_terminal = !out->path && isatty(STDOUT_FILENO);
    if (!out->path)
        return QDX_OK;
    bool exists = stat(path, &s) == 0;
    if (exists && S_ISDIR(s.st_mode))
        return system_error(error, "write", path, EISDIR);
    if (exists && !S_ISREG(s.st_mode))
        return open_device(out, error);
    qdx_status status = open_temporary(out, exists ? &s : NULL, error);
    if (status != QDX_OK)
        output_close(out);
    return status;
}

static qdx_status flush(output *out, qdx_error *error)
{
    for (size_t done = 0; done < out->used;) {
        ssize_t n = write(out->fd, out->pending + done, out->used - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EPIPE) {
            out->reader_gone = true;
            error->code = QDX_ERR_INTERRUPTED;
            return QDX_ERR_INTERRUPTED;
        }
        if (n <= 0)
            return system_error(error, "write", out->path, n < 0 ? errno : ENOSPC);
        done += (size_t)n;
    }
    out->used = 0;
    return QDX_OK;
}

qdx_status output_write(output *out, const void *bytes, size_t size, qdx_error *error)
{
    const char *p = bytes;
    qdx_status status = QDX_OK;
    while (size && status == QDX_OK) {
        size_t room = sizeof out->pending - out->used, n = size < room ? size : room;
        memcpy(out->pending + out->used, p, n);
        out->used += n;
        p += n;
        size -= n;
        if (out->used == sizeof out->pending)
            status = flush(out, error);
    }
    return status;
}

static qdx_status sink_write(void *context, const void *bytes, size_t size, qdx_error *error)
{
    return output_write(context, bytes, size, error);
}

qdx_sink output_sink(output *out)
{
    return (qdx_sink){.write = sink_write, .context = out};
}

qdx_status output_finish(output *out, qdx_error *error)
{
    qdx_status status = flush(out, error);
    if (status != QDX_OK || !out->temporary)
        return status;
    if (fsync(out->fd) != 0 && errno != EINVAL)
        return system_error(error, "sync", out->path, errno);
    int closed = close(out->fd);
    out->fd = STDOUT_FILENO;
    if (closed != 0)
        return system_error(error, "close", out->path, errno);
    if (rename(out->temporary, out->target) != 0)
        return system_error(error, "rename onto", out->path, errno);
    free(out->temporary);
    out->temporary = NULL;
    return folder_sync(*out->folder ? out->folder : "/")
               ? QDX_OK
               : system_error(error, "sync the folder of", out->path, errno);
}

void output_close(output *out)
{
    if (out->fd > STDOUT_FILENO)
        close(out->fd);
    out->fd = STDOUT_FILENO;
    if (out->temporary)
        unlink(out->temporary);
    free(out->temporary);
    free(out->target);
    free(out->folder);
    out->temporary = out->target = out->folder = NULL;
}

int output_exit(const output *out, const cli *c, qdx_status status, const qdx_error *error)
{
    if (status == QDX_OK || out->reader_gone)
        return EXIT_DONE;
    if (status == QDX_ERR_INTERRUPTED)
        return EXIT_INTERRUPTED;
    return report(c, error);
}

bool color_wanted(const options *o, int fd)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (o->color != COLOR_AUTO)
        return o->color == COLOR_ALWAYS;
    return isatty(fd) && !(no_color && *no_color) && !(terminal && strcmp(terminal, "dumb") == 0);
}

static unsigned terminal_width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 0;
}

/* The command line as it was typed, with marks around what a shell would take apart. */
static char *command_line(const cli *c)
{
    size_t size = 1, used = 0;
    for (int i = 0; i < c->argc; i++)
        size += strlen(c->argv[i]) + 3;
    char *line = malloc(size);
    for (int i = 0; line && i < c->argc; i++) {
        const char *text = i ? c->argv[i] : "quotedex";
        const char *mark = *text && !strpbrk(text, " \t\n'\"\\$&;|<>()*?[]#~!`") ? "" : "'";
        used +=
            (size_t)snprintf(line + used, size - used, "%s%s%s%s", i ? " " : "", mark, text, mark);
    }
    return line;
}

static qdx_status note_command(const cli *c, qdx_rows *rows, qdx_error *error)
{
    char *line = command_line(c);
    if (!line)
        return error->code = QDX_ERR_MEMORY;
    qdx_status status = qdx_rows_note(rows, "asked", line, error);
    if (status == QDX_OK)
        status = qdx_rows_note(rows, "program", qdx_version(), error);
    free(line);
    return status;
}

static const char *format_of(const output *out, const cli *c)
{
    return c->options.format ? c->options.format : out->to_terminal ? "table" : "csv";
}

bool output_is_table(const output *out, const cli *c)
{
    return strcmp(format_of(out, c), "table") == 0;
}

qdx_status output_rows(output *out, const cli *c, const char *name, bool several,
                       const qdx_column *columns, size_t column_count, qdx_rows **rows,
                       qdx_error *error)
{
    const char *format = format_of(out, c);
    qdx_rows_options wanted = {
        .format = format,
        .no_guard = c->options.no_guard,
        .color = !out->path && color_wanted(&c->options, STDOUT_FILENO),
        .width = out->to_terminal ? terminal_width() : 0,
        .name = name,
        .several = several,
        .temporary = out->folder,
    };
    if (out->to_terminal && qdx_format_is_binary(format)) {
        memset(error, 0, sizeof *error);
        error->code = QDX_ERR_ARGUMENT;
        snprintf(error->message, sizeof error->message, "%s is not for a terminal", format);
        snprintf(error->hint, sizeof error->hint, "write it into a file: -o FILE");
        return error->code;
    }
    qdx_status status =
        qdx_rows_open(&wanted, columns, column_count, output_sink(out), rows, error);
    return status == QDX_OK ? note_command(c, *rows, error) : status;
}
