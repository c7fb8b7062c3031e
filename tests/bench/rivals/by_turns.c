/*
 * Runs several commands by turns and prints for each the median of its wall and of its processor
 * time, in microseconds, its greatest memory in kB, and its exit status. A process started from a
 * small one: what starting costs from a large one is not measured. Output goes to /dev/null.
 *
 *   by_turns ROUNDS COMMAND... [ -- COMMAND... ]...
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { MAX_COMMANDS = 16 };

typedef struct {
    char **words;
    double *wall, *processor;
    long memory;
    int status;
} command;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double micros(struct timeval t)
{
    return (double)t.tv_sec * 1e6 + (double)t.tv_usec;
}

static int run(command *c, int round, const posix_spawn_file_actions_t *actions, char **environment)
{
    pid_t pid;
    struct rusage usage;
    double start = now();
    if (posix_spawnp(&pid, c->words[0], actions, NULL, c->words, environment) != 0)
        return -1;
    if (wait4(pid, &c->status, 0, &usage) != pid)
        return -1;
    c->wall[round] = now() - start;
    c->processor[round] = micros(usage.ru_utime) + micros(usage.ru_stime);
    if (usage.ru_maxrss > c->memory)
        c->memory = usage.ru_maxrss;
    return 0;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

int main(int count, char **words, char **environment)
{
    command commands[MAX_COMMANDS] = {{0}};
    int rounds = count > 2 ? atoi(words[1]) : 0, used = 0;
    posix_spawn_file_actions_t actions;
    if (rounds <= 0)
        return 2;
    for (int i = 2; i < count && used < MAX_COMMANDS; i++) {
        if (i == 2 || !words[i - 1])
            commands[used++].words = words + i;
        if (strcmp(words[i], "--") == 0)
            words[i] = NULL;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    for (int i = 0; i < used; i++) {
        commands[i].wall = calloc((size_t)rounds, sizeof(double));
        commands[i].processor = calloc((size_t)rounds, sizeof(double));
        if (!commands[i].wall || !commands[i].processor)
            return 1;
    }
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < used; i++)
            if (run(&commands[i], round, &actions, environment) != 0) {
                fprintf(stderr, "by_turns: cannot run %s\n", commands[i].words[0]);
                return 1;
            }
    for (int i = 0; i < used; i++) {
        printf("%.0f %.0f %ld %d\n", median(commands[i].wall, rounds),
               median(commands[i].processor, rounds), commands[i].memory,
               WIFEXITED(commands[i].status) ? WEXITSTATUS(commands[i].status) : -1);
        free(commands[i].wall);
        free(commands[i].processor);
    }
    posix_spawn_file_actions_destroy(&actions);
    return 0;
}
