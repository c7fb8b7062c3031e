/*
 * Progress: a line on the terminal, rewritten at most ten times a second, or JSON lines for
 * programs, two a second. Shown only when standard error is a terminal, or when asked for as JSON.
 */
#include "cli/progress.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_start(progress *p, const cli *c)
{
    memset(p, 0, sizeof *p);
    p->started = p->shown = now();
    p->mode = c->options.progress;
    bool in_the_way =
        (c->command->bit & CMD_ANNOTATE) && !c->options.output && isatty(STDOUT_FILENO);
    if (p->mode == PROGRESS_AUTO && (!isatty(STDERR_FILENO) || c->options.quiet || in_the_way))
        p->mode = PROGRESS_NEVER;
}

bool progress_is_shown(const progress *p)
{
    return p->mode != PROGRESS_NEVER;
}

void progress_expect(progress *p, uint64_t bytes)
{
    p->total += bytes;
}

/* Seconds that the rest takes at the rate so far. */
static double seconds_left(const progress *p, double seconds)
{
    return p->done ? seconds * (double)(p->total - p->done) / (double)p->done : 0;
}

static void show_line(progress *p, double seconds)
{
    double rate = seconds > 0 ? (double)p->done / seconds : 0, left = seconds_left(p, seconds);
    fprintf(stderr, "\r\x1b[K%3.0f%%  %.1f of %.1f MB  %.1f MB/s  %d:%02d left",
            p->total ? 100.0 * (double)p->done / (double)p->total : 100.0, (double)p->done / 1e6,
            (double)p->total / 1e6, rate / 1e6, (int)(left / 60), (int)left % 60);
    fflush(stderr);
    p->visible = true;
}

void progress_step(progress *p, uint64_t bytes)
{
    p->files++;
    p->done += bytes;
    if (p->done > p->total)
        p->total = p->done;
    if (p->mode == PROGRESS_NEVER)
        return;
    double time = now();
    if (time - p->shown < (p->mode == PROGRESS_JSON ? 0.5 : 0.1) && p->done < p->total)
        return;
    p->shown = time;
    if (p->mode == PROGRESS_AUTO)
        show_line(p, time - p->started);
    else
        fprintf(stderr,
                "{\"files\": %" PRIu64 ", \"bytes\": %" PRIu64 ", \"total\": %" PRIu64
                ", \"seconds\": %.1f, \"left\": %.1f}\n",
                p->files, p->done, p->total, time - p->started, seconds_left(p, time - p->started));
}

void progress_clear(progress *p)
{
    if (!p->visible)
        return;
    fputs("\r\x1b[K", stderr);
    fflush(stderr);
    p->visible = false;
}

double progress_seconds(const progress *p)
{
    return now() - p->started;
}
