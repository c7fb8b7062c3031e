/* Progress of a long reading: bytes done, rate, time left. */
#ifndef QDX_CLI_PROGRESS_H
#define QDX_CLI_PROGRESS_H

#include "cli/command.h"

typedef struct progress {
    int mode;             /* PROGRESS_NEVER: nothing is shown */
    uint64_t total, done; /* bytes */
    uint64_t files;
    double started, shown; /* seconds of a clock that only goes forward */
    bool visible;          /* a line stands on the terminal */
} progress;

void progress_start(progress *p, const cli *c);
bool progress_is_shown(const progress *p);
void progress_expect(progress *p, uint64_t bytes); /* one file more to come */
void progress_step(progress *p, uint64_t bytes);   /* one file more */
void progress_clear(progress *p);                  /* before other messages */
double progress_seconds(const progress *p);        /* since start */

#endif
