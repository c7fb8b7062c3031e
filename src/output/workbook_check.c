/*
 * A workbook is a zip archive of XML files (ECMA-376 part 2; APPNOTE.TXT 6.3 of PKWARE). The
 * central directory leads to each; it is inflated in pieces, its size compared with the one stated,
 * and its last tag has to close. No repair, and no look at what the cells say.
 */
#include "output/workbook_check.h"

#include <stdbool.h>
#include <string.h>

#include "base/file.h"
#include "base/library.h"

#ifdef QDX_HAVE_ZLIB
#include <zlib.h>

enum {
    END_SIZE = 22,   /* end of central directory record, without a comment */
    ENTRY_SIZE = 46, /* file header in the central directory, before its name */
    LOCAL_SIZE = 30, /* local file header, before its name */
    PIECE = 1 << 15,
    TAIL = 32,
};

#define FUNCTIONS(each) each(inflate) each(inflateInit2_) each(inflateEnd)
#define SYMBOL(name) QDX_LIBRARY_SYMBOL(functions, name)

typedef struct functions {
    FUNCTIONS(QDX_LIBRARY_MEMBER)
} functions;

static const qdx_library_symbol symbols[] = {FUNCTIONS(SYMBOL)};
static const qdx_library zlib = {"zlib", "libz.so.1", "zlib1g", "checks workbooks",
                                 QDX_LIBRARY_SYMBOLS(symbols)};

/* One file of the archive. */
typedef struct part {
    const unsigned char *name, *bytes;
    size_t name_size, size, whole_size; /* packed; unpacked */
} part;

static size_t number(const unsigned char *bytes, int width)
{
    size_t value = 0;
    for (int i = width; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

/* Keeps the last bytes of what went by. */
static void keep_tail(char *tail, size_t *kept, const char *bytes, size_t size)
{
    if (size >= TAIL) {
        memcpy(tail, bytes + size - TAIL, TAIL);
        *kept = TAIL;
        return;
    }
    size_t old = *kept + size > TAIL ? TAIL - size : *kept;
    memmove(tail, tail + *kept - old, old);
    memcpy(tail + old, bytes, size);
    *kept = old + size;
}

/* Does an XML file end with the tag that closes its root? Of sheets and strings we know which. */
static bool closes(const part *p, const char *tail, size_t kept)
{
    static const struct {
        const char *folder, *end;
    } ends[] = {{"xl/worksheets/sheet", "</worksheet>"}, {"xl/sharedStrings", "</sst>"}};
    while (kept && strchr("\r\n", tail[kept - 1]))
        kept--;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t n = strlen(ends[i].folder), m = strlen(ends[i].end);
        if (p->name_size > n && memcmp(p->name, ends[i].folder, n) == 0)
            return kept >= m && memcmp(tail + kept - m, ends[i].end, m) == 0;
    }
    return kept && tail[kept - 1] == '>';
}

/* Unpacks one file; whether it is whole. */
static bool part_is_whole(const functions *use, const part *p, char *out, qdx_status *status)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)p->bytes, .avail_in = (uInt)p->size};
    char tail[TAIL];
    size_t kept = 0, done = 0;
    int result = use->inflateInit2_(&z, -MAX_WBITS, ZLIB_VERSION, (int)sizeof z);
    if (result != Z_OK) {
        *status = QDX_ERR_MEMORY;
        return false;
    }
    while (result == Z_OK) {
        z.next_out = (Bytef *)out;
        z.avail_out = PIECE;
        result = use->inflate(&z, Z_NO_FLUSH);
        size_t size = PIECE - z.avail_out;
        keep_tail(tail, &kept, out, size);
        done += size;
    }
    use->inflateEnd(&z);
    return result == Z_STREAM_END && done == p->whole_size && closes(p, tail, kept);
}

/* Reads the entry of the central directory at *at and moves on; false when it leads astray. */
static bool next_part(const qdx_file_map *map, size_t *at, part *p)
{
    const unsigned char *bytes = map->bytes;
    if (map->size - *at < ENTRY_SIZE || memcmp(bytes + *at, "PK\1\2", 4) != 0)
        return false;
    const unsigned char *entry = bytes + *at;
    p->name_size = number(entry + 28, 2);
    size_t rest = p->name_size + number(entry + 30, 2) + number(entry + 32, 2);
    size_t local = number(entry + 42, 4);
    bool deflated = number(entry + 10, 2) == Z_DEFLATED;
    p->size = number(entry + 20, 4);
    p->whole_size = number(entry + 24, 4);
    p->name = entry + ENTRY_SIZE;
    if (!deflated || map->size - *at - ENTRY_SIZE < rest || map->size < LOCAL_SIZE ||
        local > map->size - LOCAL_SIZE || memcmp(bytes + local, "PK\3\4", 4) != 0)
        return false;
    size_t start =
        local + LOCAL_SIZE + number(bytes + local + 26, 2) + number(bytes + local + 28, 2);
    if (start > map->size || p->size > map->size - start)
        return false;
    p->bytes = bytes + start;
    *at += ENTRY_SIZE + rest;
    return true;
}

static bool is_whole(const functions *use, const qdx_file_map *map, qdx_status *status)
{
    const unsigned char *bytes = map->bytes;
    if (map->size < END_SIZE || memcmp(bytes + map->size - END_SIZE, "PK\5\6", 4) != 0)
        return false;
    const unsigned char *end = bytes + map->size - END_SIZE;
    size_t count = number(end + 10, 2), at = number(end + 16, 4);
    if (at > map->size || count == 0)
        return false;
    char out[PIECE];
    for (size_t i = 0; i < count; i++) {
        part p;
        if (!next_part(map, &at, &p) || !part_is_whole(use, &p, out, status))
            return false;
    }
    return true;
}

qdx_status qdx_workbook_check(const char *path, qdx_error *error)
{
    functions use;
    qdx_file_map map;
    qdx_status status = qdx_library_load(&zlib, &use, NULL);
    if (status != QDX_OK)
        return status == QDX_ERR_UNSUPPORTED ? QDX_OK : qdx_error_memory(error);
    status = qdx_file_map_open(path, &map, error);
    if (status != QDX_OK)
        return status;
    if (!map.bytes || !is_whole(&use, &map, &status))
        status = status == QDX_ERR_MEMORY
                     ? qdx_error_memory(error)
                     : qdx_error_set(error, QDX_ERR_IO,
                                     "the workbook could not be written whole; is the disk full?");
    qdx_file_map_close(&map);
    return status;
}
#else
qdx_status qdx_workbook_check(const char *path, qdx_error *error)
{
    (void)path;
    (void)error;
    return QDX_OK;
}
#endif
