/* Files: reading what may be read, refusing the rest, and replacing a file whole or not at all. */
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"

static char folder[] = "/tmp/quotedex-file-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool holds(const char *name, const char *content)
{
    qdx_buffer buffer = {0};
    bool same = qdx_file_read(path_of(name), 1 << 24, &buffer, NULL) == QDX_OK &&
                strcmp(buffer.bytes, content) == 0;
    qdx_buffer_release(&buffer);
    return same;
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        count += entry->d_name[0] != '.';
    if (dir)
        closedir(dir);
    return count;
}

static void replace(const char *name, const char *content)
{
    qdx_file_writer writer;
    CHECK(qdx_file_writer_open(&writer, path_of(name), NULL) == QDX_OK);
    CHECK(qdx_file_writer_write(&writer, content, strlen(content), NULL) == QDX_OK);
    CHECK(qdx_file_writer_commit(&writer, NULL) == QDX_OK);
    qdx_file_writer_abandon(&writer);
}

static void test_writer(void)
{
    replace("a", "first");
    CHECK(holds("a", "first") && files_in_folder() == 1);
    qdx_file_writer writer;
    CHECK(qdx_file_writer_open(&writer, path_of("a"), NULL) == QDX_OK);
    CHECK(qdx_file_writer_write(&writer, "second", 6, NULL) == QDX_OK);
    CHECK(holds("a", "first") && files_in_folder() == 2);
    qdx_file_writer_abandon(&writer);
    CHECK(holds("a", "first") && files_in_folder() == 1);
    replace("a", "third");
    CHECK(holds("a", "third") && files_in_folder() == 1);
    qdx_error error;
    CHECK(qdx_file_writer_open(&writer, path_of("none/b"), &error) == QDX_ERR_IO);
    CHECK(strstr(error.file, "none/b") != NULL);
    qdx_file_writer_abandon(&writer);
}

static void test_large(void)
{
    size_t size = (3u << 20) + 17;
    char *bytes = malloc(size);
    qdx_file_writer writer;
    if (!CHECK(bytes != NULL))
        return;
    memset(bytes, 'q', size);
    CHECK(qdx_file_writer_open(&writer, path_of("large"), NULL) == QDX_OK);
    CHECK(qdx_file_writer_write(&writer, "head", 4, NULL) == QDX_OK);
    CHECK(qdx_file_writer_write(&writer, bytes, size, NULL) == QDX_OK);
    CHECK(qdx_file_writer_write(&writer, "", 0, NULL) == QDX_OK && writer.size == size + 4);
    CHECK(qdx_file_writer_commit(&writer, NULL) == QDX_OK);
    qdx_file_map map;
    CHECK(qdx_file_map_open(path_of("large"), &map, NULL) == QDX_OK && map.size == size + 4);
    CHECK(map.bytes && memcmp(map.bytes, "headqqq", 7) == 0 && map.bytes[size + 3] == 'q');
    qdx_file_map_close(&map);
    qdx_buffer buffer = {0};
    CHECK(qdx_file_read(path_of("large"), 1 << 20, &buffer, NULL) == QDX_ERR_LIMIT);
    qdx_buffer_clear(&buffer);
    CHECK(qdx_file_read(path_of("large"), size + 4, &buffer, NULL) == QDX_OK);
    CHECK(buffer.size == size + 4);
    qdx_buffer_release(&buffer);
    free(bytes);
}

static void test_refused(void)
{
    qdx_buffer buffer = {0};
    qdx_error error;
    CHECK(qdx_file_read(folder, 100, &buffer, &error) == QDX_ERR_UNSUPPORTED);
    CHECK_STR(error.file, folder);
    CHECK(qdx_file_read(path_of("missing"), 100, &buffer, &error) == QDX_ERR_IO);
    CHECK(strstr(error.message, "open") && strstr(error.message, "No such file"));
    CHECK(mkfifo(path_of("pipe"), 0600) == 0);
    CHECK(qdx_file_read(path_of("pipe"), 100, &buffer, NULL) == QDX_ERR_UNSUPPORTED);
    qdx_file_map map;
    CHECK(qdx_file_map_open(path_of("pipe"), &map, NULL) == QDX_ERR_UNSUPPORTED && !map.bytes);
    replace("empty", "");
    CHECK(qdx_file_map_open(path_of("empty"), &map, NULL) == QDX_OK && !map.bytes && !map.size);
    qdx_file_map_close(&map);
    CHECK(qdx_file_read(path_of("empty"), 100, &buffer, NULL) == QDX_OK && buffer.size == 0);
    qdx_buffer_release(&buffer);
}

/* Messages cut by their buffer stay UTF-8. */
static void test_error(void)
{
    qdx_error error;
    char name[700];
    for (size_t i = 0; i + 1 < sizeof name; i += 2)
        memcpy(name + i, "\xC3\xA9", 2);
    for (size_t cut = 0; cut < 2; cut++) {
        name[680 + cut * 2] = '\0';
        qdx_error_set(&error, QDX_ERR_FORMAT, "%s%s", cut ? "x" : "", name);
        qdx_error_at(&error, name, 3);
        size_t n = strlen(error.message);
        CHECK(n > 250 && (n - cut) % 2 == 0 && strlen(error.file) % 2 == 0 && error.line == 3);
    }
    CHECK(qdx_error_set(NULL, QDX_ERR_LIMIT, "x") == QDX_ERR_LIMIT);
    CHECK_STR(qdx_status_name(QDX_ERR_LIMIT), "limit exceeded");
    CHECK_STR(qdx_status_name((qdx_status)-99), "unknown status");
}

int main(void)
{
    if (!CHECK(mkdtemp(folder) != NULL))
        return check_report();
    test_writer();
    test_large();
    test_refused();
    test_error();
    const char *const names[] = {"a", "large", "pipe", "empty"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(path_of(names[i]));
    CHECK(rmdir(folder) == 0);
    return check_report();
}
