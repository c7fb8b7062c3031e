/*
 * Runs a fuzz target over files, without a fuzzer: each argument is a file, or a folder whose files
 * are all run. So the corpus that fuzzing collected is an ordinary test, under any compiler. The
 * bytes are copied to an allocation of exactly their size, so that a sanitizer sees a step past it.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int run_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(size ? size : 1);
    int failed = !file || !bytes || fread(bytes, 1, size, file) != size;
    if (failed)
        fprintf(stderr, "%s: cannot read\n", path);
    else
        LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    if (file)
        fclose(file);
    return failed;
}

static int run_path(const char *path, unsigned *count);

static int run_folder(const char *path, unsigned *count)
{
    DIR *folder = opendir(path);
    if (!folder)
        return 1;
    int failed = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        failed |= run_path(name, count);
    }
    closedir(folder);
    return failed;
}

static int run_path(const char *path, unsigned *count)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        fprintf(stderr, "%s: no such file or folder\n", path);
        return 1;
    }
    if (S_ISDIR(info.st_mode))
        return run_folder(path, count);
    ++*count;
    return run_file(path, (size_t)info.st_size);
}

int main(int argc, char **argv)
{
    unsigned count = 0;
    int failed = LLVMFuzzerTestOneInput((const uint8_t *)"", 0) != 0;
    for (int i = 1; i < argc; i++)
        failed |= run_path(argv[i], &count);
    printf("%u inputs\n", count);
    return failed;
}
