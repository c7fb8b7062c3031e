/* Lists of files: order, repeats, links, what cannot be opened. */
#include <quotedex/document.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

static char folder[] = "/tmp/quotedex-walk-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void make_file(const char *name)
{
    FILE *file = fopen(path_of(name), "w");
    if (CHECK(file != NULL)) {
        fputs("Text.\n", file);
        fclose(file);
    }
}

static void make_tree(void)
{
    make_file("b.txt");
    make_file("a.txt");
    make_file(".hidden.txt");
    CHECK(mkdir(path_of("sub"), 0777) == 0);
    make_file("sub/c.txt");
    CHECK(symlink("..", path_of("sub/up")) == 0);
    CHECK(symlink("a.txt", path_of("link.txt")) == 0);
    CHECK(mkfifo(path_of("fifo.txt"), 0666) == 0);
}

static void remove_tree(void)
{
    static const char *const files[] = {"b.txt",  "a.txt",    ".hidden.txt", "sub/c.txt",
                                        "sub/up", "link.txt", "fifo.txt"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        unlink(path_of(files[i]));
    rmdir(path_of("sub"));
    rmdir(folder);
}

int main(void)
{
    if (!CHECK(mkdtemp(folder) != NULL))
        return check_report();
    make_tree();
    qdx_file_list *list = qdx_file_list_new(NULL);
    CHECK(qdx_file_list_add(list, path_of("b.txt"), NULL) == QDX_OK);
    CHECK(qdx_file_list_add(list, folder, NULL) == QDX_OK);
    CHECK(qdx_file_list_add(list, path_of("missing"), NULL) == QDX_OK);
    CHECK(qdx_file_list_add(list, "", NULL) == QDX_ERR_ARGUMENT);
    qdx_file_list_sort(list);
    if (CHECK(qdx_file_list_count(list) == 3)) {
        CHECK_STR(qdx_file_list_at(list, 0), path_of("a.txt"));
        CHECK_STR(qdx_file_list_at(list, 1), path_of("b.txt"));
        CHECK_STR(qdx_file_list_at(list, 2), path_of("sub/c.txt"));
        CHECK(qdx_file_list_size(list, 0) == 6);
    }
    if (CHECK(qdx_file_list_problem_count(list) == 3)) {
        CHECK_STR(qdx_file_list_problem(list, 0)->file, path_of("fifo.txt"));
        CHECK_STR(qdx_file_list_problem(list, 1)->file, path_of("link.txt"));
        CHECK(qdx_file_list_problem(list, 2)->code == QDX_ERR_IO);
    }
    qdx_file_list_free(list);
    remove_tree();
    return check_report();
}
