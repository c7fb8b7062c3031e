/*
 * Unpacking: a stack of open containers. The innermost is asked for its next member, which either
 * is an item or is itself opened; each level owns its stream, and the memory of an archive that had
 * to be read whole.
 */
#include "document/unpack.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "document/compress.h"
#include "document/container.h"

enum { LEVELS = 4, LAYERS = 3, HEAD = 4096 };

/* How a stream was made: so that it can be made again. */
typedef struct source {
    qdx_stream *stream;
    const qdx_place *place; /* where its first bytes lie; NULL: in a stream that is read once */
    qdx_compression layers[LAYERS];
    size_t layer_count;
} source;

typedef struct level {
    qdx_container container;
    qdx_stream *stream; /* owned; NULL: it is the outer container's */
    qdx_buffer memory;
    qdx_place place;
    size_t path_size; /* of its own file's name in the path */
    char *name;       /* of the file, without the endings of its compression */
} level;

struct qdx_unpacker {
    qdx_reader_options limits;
    qdx_budget budget;
    qdx_file file;
    qdx_place place;
    bool begun, yielded, many;
    level levels[LEVELS];
    size_t depth;
    qdx_buffer path;
    qdx_stream *bottom; /* borrowed: reads the file itself; NULL when it is not read in order */
    uint64_t told;      /* bytes of the file that items have reported */
    const char *wanted; /* the one member looked for; NULL: all */
    uint32_t wanted_part;
};

void qdx_item_release(qdx_item *item)
{
    qdx_buffer_release(&item->path);
    qdx_buffer_release(&item->bytes);
}

qdx_reader_options qdx_reader_limits(const qdx_reader_options *options)
{
    static const qdx_reader_options defaults = {
        .max_file_bytes = 64 << 20,
        .max_depth = 256,
        .max_tag_bytes = 64 << 10,
        .max_expanded_bytes = 256 << 20,
        .max_ratio = 200,
        .max_seconds = 10,
        .max_words = 16 << 20,
    };
    /* Blocks are counted in 32 bits, and text may grow by half when it is decoded. */
    static const uint64_t file_bytes_most = UINT32_MAX / 4;
    qdx_reader_options limits = options ? *options : defaults;
#define OR_DEFAULT(field) limits.field = limits.field ? limits.field : defaults.field
    OR_DEFAULT(max_file_bytes);
    OR_DEFAULT(max_depth);
    OR_DEFAULT(max_tag_bytes);
    OR_DEFAULT(max_expanded_bytes);
    OR_DEFAULT(max_ratio);
    OR_DEFAULT(max_seconds);
    OR_DEFAULT(max_words);
#undef OR_DEFAULT
    if (limits.max_file_bytes > file_bytes_most)
        limits.max_file_bytes = file_bytes_most;
    return limits;
}

qdx_unpacker *qdx_unpacker_new(const qdx_reader_options *options, qdx_error *error)
{
    qdx_unpacker *u = calloc(1, sizeof *u);
    if (!u) {
        qdx_error_memory(error);
        return NULL;
    }
    u->limits = qdx_reader_limits(options);
    u->budget.limits = &u->limits;
    u->file.fd = -1;
    return u;
}

static void level_release(level *l)
{
    if (l->container.kind)
        l->container.kind->close(&l->container);
    qdx_stream_close(l->stream);
    qdx_buffer_release(&l->memory);
    free(l->name);
    memset(l, 0, sizeof *l);
}

static void drop_stream(qdx_unpacker *u, source *s)
{
    qdx_stream_close(s->stream);
    s->stream = NULL;
    if (s->place == &u->place)
        u->bottom = NULL;
}

static void pop_level(qdx_unpacker *u)
{
    level_release(&u->levels[--u->depth]);
    if (u->depth == 0)
        u->bottom = NULL;
}

static void forget(qdx_unpacker *u)
{
    while (u->depth)
        pop_level(u);
    qdx_file_close(&u->file);
    u->file.time = 0;
    u->begun = u->yielded = u->many = false;
    u->place = (qdx_place){.fd = -1};
    u->bottom = NULL;
    u->told = 0;
    u->wanted = NULL;
    qdx_buffer_clear(&u->path);
}

void qdx_unpacker_free(qdx_unpacker *u)
{
    if (!u)
        return;
    forget(u);
    qdx_buffer_release(&u->path);
    free(u);
}

qdx_status qdx_unpacker_open(qdx_unpacker *u, const char *path, qdx_error *error)
{
    forget(u);
    qdx_buffer_text(&u->path, path);
    qdx_status status = qdx_file_open(path, &u->file, error);
    u->place.fd = u->file.fd;
    u->place.size = u->file.size;
    u->begun = status != QDX_OK;
    return status == QDX_OK ? qdx_buffer_status(&u->path, error) : status;
}

qdx_status qdx_unpacker_open_bytes(qdx_unpacker *u, const char *name, const void *bytes,
                                   size_t size, qdx_error *error)
{
    forget(u);
    qdx_buffer_text(&u->path, name);
    u->place = (qdx_place){.fd = -1, .bytes = bytes, .size = size};
    return qdx_buffer_status(&u->path, error);
}

bool qdx_unpacker_holds_many(const qdx_unpacker *u)
{
    return u->many;
}

uint64_t qdx_unpacker_size(const qdx_unpacker *u)
{
    return u->place.size;
}

uint64_t qdx_unpacker_time(const qdx_unpacker *u)
{
    return u->file.time;
}

/* -- Opening a file or member -- */

/* The stream over a place through all layers. */
static qdx_status make_stream(qdx_unpacker *u, source *s, qdx_error *error)
{
    s->stream = qdx_stream_at(s->place, 0, s->place->size, error);
    if (!s->stream)
        return QDX_ERR_MEMORY;
    if (s->place == &u->place)
        u->bottom = s->stream;
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < s->layer_count && status == QDX_OK; i++)
        status = qdx_stream_expand(s->stream, s->layers[i], &u->budget, &s->stream, error);
    if (status != QDX_OK)
        drop_stream(u, s);
    return status;
}

static qdx_status remake_stream(qdx_unpacker *u, source *s, qdx_error *error)
{
    drop_stream(u, s);
    return make_stream(u, s, error);
}

/* Reads all of the stream into the level's memory, which becomes its place. */
static qdx_status hold(qdx_unpacker *u, level *l, source *s, qdx_stream *stream, qdx_error *error)
{
    qdx_buffer all = {0};
    qdx_status status = qdx_stream_read_all(stream, u->limits.max_expanded_bytes, &all, error);
    if (stream == s->stream)
        drop_stream(u, s);
    qdx_buffer_release(&l->memory);
    l->memory = all;
    l->place = (qdx_place){.fd = -1, .bytes = all.bytes, .size = all.size};
    s->place = &l->place;
    s->layer_count = 0;
    return status == QDX_OK ? make_stream(u, s, error) : status;
}

/* Reads a compressed stream to its end: is it whole? */
static qdx_status check_whole(qdx_unpacker *u, source *s, qdx_error *error)
{
    for (;;) {
        const char *bytes;
        size_t got;
        qdx_budget_start(&u->budget);
        qdx_status status = qdx_stream_peek(s->stream, 1, &bytes, &got, error);
        if (status != QDX_OK)
            return status;
        if (got == 0)
            return remake_stream(u, s, error);
        qdx_stream_take(s->stream, got);
    }
}

/* Recognises what the stream holds, through its compression. `borrowed` is a member's stream. */
static qdx_status recognise(qdx_unpacker *u, level *l, source *s, qdx_stream *borrowed,
                            qdx_kind *kind, qdx_error *error)
{
    for (;;) {
        const char *bytes;
        size_t got;
        qdx_stream *stream = s->stream ? s->stream : borrowed;
        qdx_status status = qdx_stream_peek(stream, HEAD, &bytes, &got, error);
        if (status == QDX_ERR_FORMAT && qdx_warc_is(bytes, got))
            status = QDX_OK; /* each record stands for itself, and the first ones are whole */
        if (status == QDX_OK)
            status = qdx_kind_find(l->name, bytes, got, kind, error);
        if (status != QDX_OK || kind->compression == QDX_COMPRESSION_NONE)
            return status;
        if (s->layer_count == LAYERS)
            return qdx_error_set(error, QDX_ERR_LIMIT, "compressed more than %d times", LAYERS);
        if (!s->stream)
            status = hold(u, l, s, borrowed, error);
        if (status != QDX_OK)
            return status;
        s->layers[s->layer_count++] = kind->compression;
        status = remake_stream(u, s, error);
        if (status != QDX_OK)
            return status;
        qdx_kind_strip(l->name);
    }
}

/* Makes the level a container that members are read from. */
static qdx_status open_container(qdx_unpacker *u, level *l, source *s, qdx_stream *borrowed,
                                 const qdx_container_kind *kind, qdx_error *error)
{
    qdx_status status = QDX_OK;
    if (s->layer_count && !kind->checks)
        status = check_whole(u, s, error);
    if (status == QDX_OK && kind->needs_place && (!s->stream || s->layer_count))
        status = hold(u, l, s, s->stream ? s->stream : borrowed, error);
    if (status != QDX_OK)
        return status;
    if (kind->needs_place && s->place == &u->place)
        u->bottom = NULL;
    l->stream = s->stream;
    s->stream = NULL;
    l->container = (qdx_container){.kind = kind,
                                   .name = l->name,
                                   .stream = l->stream ? l->stream : borrowed,
                                   .place = s->place,
                                   .budget = &u->budget};
    return kind->open(&l->container, error);
}

/*
 * Opens what the path names: *item is filled, or a level was added. The stream is borrowed; NULL
 * means the file itself.
 */
static qdx_status enter(qdx_unpacker *u, qdx_stream *borrowed, const char *name, qdx_item *item,
                        bool *filled, qdx_error *error)
{
    level l = {.path_size = u->path.size, .name = strdup(name)};
    source s = {.place = borrowed ? NULL : &u->place};
    qdx_kind kind = {0};
    *filled = false;
    qdx_status status = l.name ? QDX_OK : qdx_error_memory(error);
    if (status == QDX_OK && !borrowed)
        status = make_stream(u, &s, error);
    if (status == QDX_OK)
        status = recognise(u, &l, &s, borrowed, &kind, error);
    if (status == QDX_OK && kind.container && u->depth == LEVELS)
        status = qdx_error_set(error, QDX_ERR_LIMIT, "archives inside archives, more than %d deep",
                               LEVELS);
    if (status == QDX_OK && kind.container) {
        level *top = &u->levels[u->depth++];
        u->many = true;
        *top = l;
        if (s.place == &l.place)
            s.place = &top->place;
        status = open_container(u, top, &s, borrowed, kind.container, error);
        if (status != QDX_OK)
            pop_level(u);
        if (s.stream)
            drop_stream(u, &s);
        return status;
    }
    if (status == QDX_OK) {
        status = qdx_stream_read_all(s.stream ? s.stream : borrowed, u->limits.max_file_bytes,
                                     &item->bytes, error);
        item->format = kind.format;
        *filled = status == QDX_OK;
    }
    drop_stream(u, &s);
    level_release(&l);
    return status;
}

/* -- Walking -- */

/* Names the item in the error, unless that names a file already. */
static qdx_status name_item(qdx_unpacker *u, const qdx_item *item, qdx_status status,
                            qdx_error *error)
{
    char name[sizeof error->file];
    if (status >= 0 || !error || error->file[0])
        return status;
    if (item->part)
        snprintf(name, sizeof name, "%s#%u", u->path.bytes, item->part);
    qdx_error_at(error, item->part ? name : u->path.bytes, error->line);
    return status;
}

/* Puts the item's name, and what was read of the file, into it. */
static qdx_status finish_item(qdx_unpacker *u, qdx_item *item, qdx_error *error)
{
    uint64_t now = u->bottom ? u->bottom->offset : u->place.size;
    item->read = now > u->told ? now - u->told : 0;
    u->told += item->read;
    u->yielded = true;
    qdx_buffer_clear(&item->path);
    qdx_buffer_append(&item->path, u->path.bytes, u->path.size);
    qdx_buffer_append(&item->bytes, "", 0);
    qdx_status status = qdx_buffer_status(&item->path, error);
    return status == QDX_OK ? qdx_buffer_status(&item->bytes, error) : status;
}

static void set_path(qdx_unpacker *u, const level *l, const char *member)
{
    u->path.size = l->path_size;
    u->path.bytes[u->path.size] = '\0';
    if (!member)
        return;
    qdx_buffer_text(&u->path, "!/");
    qdx_buffer_text(&u->path, member);
}

/* When one member is looked for: does the way to it lead through this path? */
static bool is_on_the_way(const qdx_unpacker *u)
{
    size_t size = u->path.size;
    return !u->wanted || (strncmp(u->wanted, u->path.bytes, size) == 0 &&
                          (!u->wanted[size] || strncmp(u->wanted + size, "!/", 2) == 0));
}

/* The next member of the innermost container. *filled: it is an item. */
static qdx_status step(qdx_unpacker *u, qdx_item *item, bool *filled, qdx_error *error)
{
    level *l = &u->levels[u->depth - 1];
    qdx_member member = {.bytes = &item->bytes};
    qdx_status status = l->container.kind->next(&l->container, &member, error);
    set_path(u, l, member.name);
    if (u->path.failed)
        return qdx_error_memory(error);
    item->part = member.number;
    item->format = member.format;
    if (status == QDX_END || (status < 0 && l->container.over)) {
        u->path.size = l->path_size;
        pop_level(u);
        return status == QDX_END ? QDX_OK : status;
    }
    bool other = !member.name && member.number && member.number != u->wanted_part;
    if (u->wanted && (other || !is_on_the_way(u)))
        return status == QDX_ERR_MEMORY ? status : QDX_OK;
    if (status != QDX_OK)
        return status;
    if (!member.name) {
        *filled = true;
        return QDX_OK;
    }
    const char *base = strrchr(member.name, '/');
    return enter(u, member.stream, base ? base + 1 : member.name, item, filled, error);
}

static void empty_item(qdx_item *item)
{
    enum { KEPT = 8 << 20 };
    if (item->bytes.capacity > KEPT)
        qdx_buffer_release(&item->bytes);
    qdx_buffer_clear(&item->bytes);
    item->part = 0;
    item->format = NULL;
    item->read = 0;
}

qdx_status qdx_unpacker_next(qdx_unpacker *u, qdx_item *item, qdx_error *error)
{
    bool filled = false;
    qdx_status status = QDX_OK;
    if (error)
        memset(error, 0, sizeof *error);
    empty_item(item);
    if (!u->begun) {
        u->begun = true;
        qdx_budget_start(&u->budget);
        status = enter(u, NULL, u->path.bytes, item, &filled, error);
    }
    while (status == QDX_OK && !filled && u->depth) {
        qdx_budget_start(&u->budget);
        empty_item(item);
        status = step(u, item, &filled, error);
    }
    if (status == QDX_OK && !filled) {
        if (u->yielded || u->wanted)
            return QDX_END;
        status = qdx_error_set(error, QDX_ERR_FORMAT, "no text: nothing in it");
    }
    if (status == QDX_OK)
        return finish_item(u, item, error);
    u->yielded = true;
    finish_item(u, item, NULL);
    return name_item(u, item, status, error);
}

qdx_status qdx_unpacker_find(qdx_unpacker *u, const char *path, uint32_t part, qdx_item *item,
                             qdx_error *error)
{
    u->wanted = path;
    u->wanted_part = part;
    qdx_status status;
    do
        status = qdx_unpacker_next(u, item, error);
    while (status == QDX_OK &&
           (strcmp(item->path.bytes, path) != 0 || (item->part && item->part != part)));
    u->wanted = NULL;
    if (status == QDX_END) {
        qdx_error_set(error, QDX_ERR_NOT_FOUND, "no such article in the file");
        qdx_error_at(error, path, 0);
        return QDX_ERR_NOT_FOUND;
    }
    return status;
}
