/*
 * Any bytes as a gazetteer file: read as a table, then loaded as a list of names and as the word
 * list that the first byte picks, frozen, and asked for the names it holds. The file goes through
 * memory (memfd), its name through a symbolic link's, as word lists are known by their names.
 */
#include <quotedex/gazetteer.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gazetteer/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void read_table(const uint8_t *bytes, size_t size)
{
    qdx_table table;
    qdx_error error;
    if (qdx_table_open_bytes(&table, "list", (const char *)bytes, size, &error) != QDX_OK)
        return;
    for (qdx_status status = QDX_OK; status != QDX_END;) {
        status = qdx_table_next(&table, &error);
        for (int column = -1; status == QDX_OK && column < QDX_TABLE_COLUMNS; column++)
            if (strlen(qdx_table_cell(&table, column)) > size)
                abort();
        if (status == QDX_ERR_MEMORY)
            break;
    }
    qdx_table_close(&table);
}

static void look_up(const qdx_gazetteer *gazetteer)
{
    qdx_name_match matches[8];
    size_t count;
    for (size_t i = 0; i < qdx_gazetteer_entity_count(gazetteer); i++) {
        const char *name = qdx_gazetteer_entity_at(gazetteer, i)->name;
        if (qdx_gazetteer_lookup(gazetteer, name, matches, 8, &count, NULL) == QDX_OK && count > 8)
            abort();
    }
}

static void load(const char *path)
{
    qdx_error error;
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
    if (gazetteer && qdx_gazetteer_load(gazetteer, path, NULL, NULL, &error) == QDX_OK &&
        qdx_gazetteer_freeze(gazetteer, &error) == QDX_OK)
        look_up(gazetteer);
    qdx_gazetteer_free(gazetteer);
}

/* Loads the bytes under the name of a list. */
static void load_as(const char *list, const uint8_t *bytes, size_t size)
{
    char target[64], link[128];
    int fd = memfd_create("list", MFD_CLOEXEC);
    if (fd < 0)
        return;
    snprintf(target, sizeof target, "/proc/self/fd/%d", fd);
    snprintf(link, sizeof link, "/tmp/quotedex-fuzz-%ld/%s.tsv", (long)getpid(), list);
    if (write(fd, bytes, size) == (ssize_t)size && symlink(target, link) == 0) {
        load(link);
        unlink(link);
    }
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const lists[] = {
        "abbreviations", "calendar_words", "common_words",       "demonyms",     "function_words",
        "given_names",   "name_particles", "name_equivalents",   "offices",      "roles",
        "place_words",   "speech_nouns",   "organization_words", "speech_verbs", "titles",
    };
    char folder[64];
    snprintf(folder, sizeof folder, "/tmp/quotedex-fuzz-%ld", (long)getpid());
    read_table(bytes, size);
    if (mkdir(folder, 0700) != 0)
        return 0;
    load_as("names", bytes, size);
    if (size)
        load_as(lists[bytes[0] % (sizeof lists / sizeof lists[0])], bytes + 1, size - 1);
    rmdir(folder);
    return 0;
}
