/*
 * Unit tests: a program a module, its checks one after another. A failed check is told with file
 * and line and the rest go on; unit_result is what main returns.
 */
#ifndef QDX_TESTS_UNIT_H
#define QDX_TESTS_UNIT_H

#include <stdio.h>
#include <string.h>

static int unit_failed;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                \
            unit_failed++;                                                                         \
        }                                                                                          \
    } while (0)

#define CHECK_TEXT(have, want)                                                                     \
    do {                                                                                           \
        const char *unit_have = (have), *unit_want = (want);                                       \
        if (!unit_have || strcmp(unit_have, unit_want) != 0) {                                     \
            fprintf(stderr, "%s:%d: %s\n  want: %s\n  have: %s\n", __FILE__, __LINE__, #have,      \
                    unit_want, unit_have ? unit_have : "(null)");                                  \
            unit_failed++;                                                                         \
        }                                                                                          \
    } while (0)

static inline int unit_result(void)
{
    if (unit_failed)
        fprintf(stderr, "%d checks failed\n", unit_failed);
    return unit_failed != 0;
}

#endif
