/*
 * PDF through pdftotext, as a process of its own that can be stopped: without a shell, without the
 * environment, its memory, time and what it may write limited, the file handed over in memory. Its
 * output is the text; page breaks and hyphens at line ends are mended.
 */
#include "document/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "document/html.h"
#include "document/plain.h"
#include "document/stream.h"

static const rlim_t MEMORY_MAX = (rlim_t)1 << 30;

/* A file in memory that holds the bytes; -1 when there is none. */
static int memory_file(const char *bytes, size_t size)
{
    int fd = memfd_create("article.pdf", 0);
    while (fd >= 0 && size) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        bytes += n;
        size -= (size_t)n;
    }
    return fd;
}

static void limit(int what, rlim_t most)
{
    const struct rlimit both = {most, most};
    setrlimit((__rlimit_resource_t)what, &both);
}

/* In the new process: only calls that are safe between fork and exec. */
static void become_pdftotext(int in, int out, unsigned seconds)
{
    char *const arguments[] = {"pdftotext", "-enc",     "UTF-8",     "-eol", "unix",
                               "-q",        "-nopgbrk", "/dev/fd/3", "-",    NULL};
    char *const environment[] = {"LC_ALL=C", NULL};
    int nothing = open("/dev/null", O_RDWR);
    limit(RLIMIT_AS, MEMORY_MAX);
    limit(RLIMIT_CPU, seconds);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(out, 1) < 0 || dup2(nothing, 2) < 0 ||
        dup2(in, 3) < 0)
        _exit(126);
    execve("/usr/bin/pdftotext", arguments, environment);
    execve("/usr/local/bin/pdftotext", arguments, environment);
    _exit(127);
}

static int64_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads what the process writes until it ends; QDX_ERR_LIMIT when it takes or writes too much. */
static qdx_status collect(int fd, const qdx_reader_options *limits, qdx_buffer *out,
                          qdx_error *error)
{
    int64_t until = milliseconds_now() + (int64_t)limits->max_seconds * 1000;
    for (;;) {
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        int64_t left = until - milliseconds_now();
        if (left <= 0)
            return qdx_error_set(error, QDX_ERR_LIMIT, "takes more than %u seconds to read",
                                 limits->max_seconds);
        int ready = poll(&waiting, 1, (int)left);
        if (ready == 0 || (ready < 0 && errno == EINTR))
            continue;
        if (!qdx_buffer_reserve(out, (size_t)64 * 1024 + 1))
            return qdx_error_memory(error);
        ssize_t n = read(fd, out->bytes + out->size, (size_t)64 * 1024);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return qdx_error_system(error, "read from pdftotext", "", errno);
        if (n == 0)
            return QDX_OK;
        out->size += (size_t)n;
        if (out->size > limits->max_file_bytes)
            return qdx_error_set(error, QDX_ERR_LIMIT, "expands to more than %llu bytes",
                                 (unsigned long long)limits->max_file_bytes);
    }
}

static qdx_status explain_exit(int state, qdx_error *error)
{
    if (WIFEXITED(state) && WEXITSTATUS(state) == 0)
        return QDX_OK;
    if (WIFEXITED(state) && WEXITSTATUS(state) == 127) {
        qdx_error_set(error, QDX_ERR_UNSUPPORTED, "a PDF document, which needs pdftotext");
        qdx_error_hint(error, "install it: sudo apt install poppler-utils");
        return QDX_ERR_UNSUPPORTED;
    }
    if (WIFSIGNALED(state))
        return qdx_error_set(error, QDX_ERR_LIMIT, "a PDF document that takes too long to read");
    return qdx_error_set(error, QDX_ERR_FORMAT, "a PDF document that cannot be read");
}

static qdx_status run(int in, const qdx_reader_options *limits, qdx_buffer *out, qdx_error *error)
{
    int ends[2], state = 0;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return qdx_error_system(error, "start pdftotext", "", errno);
    pid_t child = fork();
    if (child == 0)
        become_pdftotext(in, ends[1], limits->max_seconds);
    close(ends[1]);
    qdx_status status = QDX_OK;
    if (child < 0)
        status = qdx_error_system(error, "start pdftotext", "", errno);
    else
        status = collect(ends[0], limits, out, error);
    close(ends[0]);
    if (child < 0)
        return status;
    if (status != QDX_OK)
        kill(child, SIGKILL);
    while (waitpid(child, &state, 0) < 0 && errno == EINTR)
        ;
    return status == QDX_OK ? explain_exit(state, error) : status;
}

/* Joins words that were parted at a line's end: a hyphen between small letters. */
static void join_hyphens(qdx_buffer *text)
{
    char *out = text->bytes, *end = text->bytes + text->size;
    for (char *p = text->bytes; p < end; p++) {
        bool parted = *p == '-' && p > text->bytes && p + 2 < end && p[1] == '\n' && p[-1] >= 'a' &&
                      p[-1] <= 'z' && p[2] >= 'a' && p[2] <= 'z';
        if (parted)
            p++;
        else
            *out++ = *p;
    }
    text->size = (size_t)(out - text->bytes);
    *out = '\0';
}

static qdx_status pdf_unwrap(qdx_source *source, qdx_buffer *inner, qdx_error *error)
{
    int in = memory_file(source->text, source->size);
    if (in < 0)
        return qdx_error_system(error, "hand the file to pdftotext", "", errno);
    /* The descriptor must not be one that dup2 leaves to be closed on exec. */
    qdx_status status = run(in, &source->limits, inner, error);
    close(in);
    source->wrapping.format = &qdx_format_plain;
    if (status == QDX_OK && inner->size)
        join_hyphens(inner);
    if (status == QDX_OK && strspn(inner->bytes ? inner->bytes : "", " \t\r\n\f") == inner->size)
        status = qdx_error_set(error, QDX_ERR_FORMAT, "no text: a PDF document of pictures");
    return status;
}

const qdx_format qdx_format_pdf = {.name = "PDF", .unwrap = pdf_unwrap};
