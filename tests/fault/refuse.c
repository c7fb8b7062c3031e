/*
 * A library to be preloaded: the system refuses one call, or that and all later ones. It is told by
 * the environment:
 *
 *   REFUSE=KIND:N     the Nth call of this kind fails
 *   REFUSE=KIND:N+    and all after it
 *   REFUSE_COUNT=FILE at the end the number of calls of the kind is written there
 *
 * Kinds: alloc (malloc, calloc, realloc: ENOMEM), folder (opendir, readdir: EIO), read, write,
 * sync, rename, map, lock.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ALLOC = 1, FOLDER, READ, WRITE, SYNC, RENAME, MAP, LOCK };

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static const char *const kinds[] = {"",     "alloc",  "folder", "read", "write",
                                    "sync", "rename", "map",    "lock"};
static int kind;
static long at, calls;
static bool onwards;

__attribute__((constructor)) static void begin(void)
{
    const char *what = getenv("REFUSE");
    for (int i = 1; what && i < (int)(sizeof kinds / sizeof *kinds); i++) {
        size_t size = strlen(kinds[i]);
        if (strncmp(what, kinds[i], size) == 0 && what[size] == ':') {
            at = atol(what + size + 1);
            onwards = strchr(what, '+') != NULL;
            kind = i;
        }
    }
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("REFUSE_COUNT");
    kind = 0;
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
    if (fd < 0)
        return;
    dprintf(fd, "%ld\n", calls);
    close(fd);
}

/* Is this call refused? Threads may count one call wrongly; tests run with one. */
static bool is_refused(int call, int reason)
{
    if (call != kind)
        return false;
    calls++;
    if (calls != at && !(onwards && at && calls > at))
        return false;
    errno = reason;
    return true;
}

/* `next` is the function of this name that would be called without this library. */
#define NEXT(name) __typeof__(&name) next = (__typeof__(&name))(size_t)dlsym(RTLD_NEXT, #name)

void *malloc(size_t size)
{
    return is_refused(ALLOC, ENOMEM) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return is_refused(ALLOC, ENOMEM) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return is_refused(ALLOC, ENOMEM) ? NULL : __libc_realloc(old, size);
}

DIR *opendir(const char *path)
{
    NEXT(opendir);
    return is_refused(FOLDER, EIO) ? NULL : next(path);
}

struct dirent *readdir(DIR *folder)
{
    NEXT(readdir);
    return is_refused(FOLDER, EIO) ? NULL : next(folder);
}

ssize_t read(int fd, void *bytes, size_t size)
{
    NEXT(read);
    return is_refused(READ, EIO) ? -1 : next(fd, bytes, size);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    NEXT(write);
    return fd != STDERR_FILENO && is_refused(WRITE, ENOSPC) ? -1 : next(fd, bytes, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t place)
{
    NEXT(pwrite);
    return is_refused(WRITE, ENOSPC) ? -1 : next(fd, bytes, size, place);
}

int fsync(int fd)
{
    NEXT(fsync);
    return is_refused(SYNC, EIO) ? -1 : next(fd);
}

int rename(const char *from, const char *to)
{
    NEXT(rename);
    return is_refused(RENAME, EACCES) ? -1 : next(from, to);
}

void *mmap(void *wanted, size_t size, int protection, int flags, int fd, off_t place)
{
    NEXT(mmap);
    return is_refused(MAP, ENOMEM) ? MAP_FAILED : next(wanted, size, protection, flags, fd, place);
}

int flock(int fd, int operation)
{
    NEXT(flock);
    return is_refused(LOCK, ENOLCK) ? -1 : next(fd, operation);
}
