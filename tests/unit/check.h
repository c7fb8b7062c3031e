/*
 * Checks for unit tests: a failed one is printed with its place, counted, and the test goes on.
 *
 *     CHECK(vector.count == 3);
 *     CHECK_STR(word->text, "sagte");
 *     return check_report();
 */
#ifndef QDX_TESTS_CHECK_H
#define QDX_TESTS_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static unsigned check_failures;

static inline bool check_that(bool holds, const char *file, int line, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s:%d: %s\n", file, line, what);
        check_failures++;
    }
    return holds;
}

static inline bool check_texts(const char *got, const char *wanted, const char *file, int line,
                               const char *what)
{
    bool same = got && wanted ? strcmp(got, wanted) == 0 : got == wanted;
    if (!same) {
        fprintf(stderr, "%s:%d: %s is '%s', not '%s'\n", file, line, what, got ? got : "(null)",
                wanted ? wanted : "(null)");
        check_failures++;
    }
    return same;
}

/* Both give whether the check holds. */
#define CHECK(condition) check_that((condition), __FILE__, __LINE__, #condition)
#define CHECK_STR(got, wanted) check_texts((got), (wanted), __FILE__, __LINE__, #got)

/* The exit status of the test. */
static inline int check_report(void)
{
    if (check_failures)
        fprintf(stderr, "%u checks failed\n", check_failures);
    return check_failures != 0;
}

#endif
