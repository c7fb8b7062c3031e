/*
 * Messages: one line each, the file first, so that editors find it. Names come from outside, so
 * controls in them are shown as question marks, ends of lines as blanks.
 */
#include "cli/message.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

int exit_status(qdx_status status)
{
    static const struct {
        qdx_status status;
        int exit;
    } exits[] = {
        {QDX_OK, EXIT_DONE},
        {QDX_ERR_MEMORY, EXIT_IO},
        {QDX_ERR_IO, EXIT_IO},
        {QDX_ERR_ARGUMENT, EXIT_USAGE},
        {QDX_ERR_FORMAT, EXIT_DAMAGED},
        {QDX_ERR_ENCODING, EXIT_DAMAGED},
        {QDX_ERR_LIMIT, EXIT_IO},
        {QDX_ERR_UNSUPPORTED, EXIT_DAMAGED},
        {QDX_ERR_DAMAGED, EXIT_DAMAGED},
        {QDX_ERR_VERSION, EXIT_DAMAGED},
        {QDX_ERR_NOT_FOUND, EXIT_IO},
        {QDX_ERR_INTERRUPTED, EXIT_INTERRUPTED},
    };
    for (size_t i = 0; i < sizeof exits / sizeof exits[0]; i++)
        if (exits[i].status == status)
            return exits[i].exit;
    return EXIT_IO;
}

qdx_status fail(qdx_error *error, qdx_status status, const char *file, const char *message)
{
    memset(error, 0, sizeof *error);
    error->code = status;
    snprintf(error->file, sizeof error->file, "%s", file);
    snprintf(error->message, sizeof error->message, "%s", message);
    return status;
}

void print_clean(FILE *stream, const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (p[0] == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0) {
            fputc('?', stream);
            p++;
        } else {
            bool gap = *p == '\n' || *p == '\t';
            fputc(gap ? ' ' : *p < 0x20 || *p == 0x7F ? '?' : *p, stream);
        }
    }
}

static void print_start(const cli *c, const char *kind, const char *color)
{
    fputs("quotedex: ", stderr);
    if (*kind)
        fprintf(stderr, "%s%s:%s ", c->color ? color : "", kind, c->color ? "\x1b[0m" : "");
}

static void print_error(const qdx_error *error)
{
    if (error->file[0]) {
        print_clean(stderr, error->file);
        if (error->line)
            fprintf(stderr, ":%u", error->line);
        fputs(": ", stderr);
    }
    print_clean(stderr, error->message[0] ? error->message : qdx_status_name(error->code));
    fputc('\n', stderr);
    if (error->hint[0]) {
        fputs("  hint: ", stderr);
        print_clean(stderr, error->hint);
        fputc('\n', stderr);
    }
}

int report(const cli *c, const qdx_error *error)
{
    print_start(c, "error", "\x1b[31m");
    print_error(error);
    return exit_status(error->code);
}

void report_skipped(const cli *c, const qdx_error *error)
{
    print_start(c, "skipped", "\x1b[33m");
    print_error(error);
}

void note(const cli *c, const char *format, ...)
{
    char text[1024];
    va_list args;
    if (c->options.quiet)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    print_start(c, "", "");
    print_clean(stderr, text);
    fputc('\n', stderr);
}

const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

void note_count(const cli *c, uint64_t shown, uint64_t total, const char *one, const char *many)
{
    if (shown < total)
        note(c, "%" PRIu64 " of %" PRIu64 " %s (--limit)", shown, total, many);
    else
        note(c, "%" PRIu64 " %s", total, total == 1 ? one : many);
}

int usage_error(const cli *c, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    print_start(c, "error", "\x1b[31m");
    print_clean(stderr, text);
    if (c->command)
        fprintf(stderr, "\n  hint: see quotedex %s --help\n", c->command->name);
    else
        fputs("\n  hint: see quotedex --help\n", stderr);
    return EXIT_USAGE;
}

int unknown_command(const cli *c, const char *name)
{
    const char *nearest = command_suggest(name);
    if (name[0] == '-')
        return usage_error(c, "'%s' stands where a command is wanted", name);
    if (nearest)
        return usage_error(c, "no such command: %s; did you mean %s?", name, nearest);
    return usage_error(c, "no such command: %s", name);
}
