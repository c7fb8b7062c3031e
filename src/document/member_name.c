/*
 * Names in archives. Nothing is ever written, so a name can do no harm on the disk; it could still
 * pass for another file's in the index, and that is refused.
 */
#include "document/member_name.h"

#include <stdlib.h>
#include <string.h>

void qdx_member_names_init(qdx_member_names *names)
{
    memset(names, 0, sizeof *names);
    names->key = qdx_hash_key_random();
}

void qdx_member_names_release(qdx_member_names *names)
{
    free(names->hashes);
    free(names->links);
    memset(names, 0, sizeof *names);
}

static bool is_slash(char c)
{
    return c == '/' || c == '\\';
}

/* Calls for each part between slashes until one is found. */
static bool any_part(const char *name, bool (*is)(const char *part, size_t size))
{
    while (*name) {
        size_t n = strcspn(name, "/\\");
        if (is(name, n))
            return true;
        name += n + (name[n] != '\0');
    }
    return false;
}

static bool leads_up(const char *part, size_t size)
{
    return size == 2 && part[0] == '.' && part[1] == '.';
}

static bool is_hidden(const char *part, size_t size)
{
    return (size > 1 && part[0] == '.' && !leads_up(part, size)) ||
           (size == 8 && memcmp(part, "__MACOSX", 8) == 0);
}

bool qdx_member_is_left_out(const char *name)
{
    return any_part(name, is_hidden);
}

static bool stays_within(const char *name)
{
    bool drive = name[0] && name[1] == ':';
    return name[0] && !is_slash(name[0]) && !drive && !any_part(name, leads_up);
}

/* A hash without the value that marks free places. */
static uint64_t hash_name(const qdx_member_names *names, const char *name, size_t size)
{
    uint64_t hash = qdx_hash_keyed(names->key, name, size);
    return hash ? hash : 1;
}

static void put(uint64_t *hashes, size_t capacity, uint64_t hash)
{
    size_t at = hash & (capacity - 1);
    while (hashes[at])
        at = (at + 1) & (capacity - 1);
    hashes[at] = hash;
}

static bool contains(const uint64_t *hashes, size_t capacity, uint64_t hash)
{
    if (!capacity)
        return false;
    size_t at = hash & (capacity - 1);
    while (hashes[at] && hashes[at] != hash)
        at = (at + 1) & (capacity - 1);
    return hashes[at] != 0;
}

static bool add(uint64_t **hashes, size_t *count, size_t *capacity, uint64_t hash)
{
    if ((*count + 1) * 2 > *capacity) {
        size_t larger = *capacity ? *capacity * 2 : 64;
        uint64_t *table = calloc(larger, sizeof *table);
        if (!table)
            return false;
        for (size_t i = 0; i < *capacity; i++)
            if ((*hashes)[i])
                put(table, larger, (*hashes)[i]);
        free(*hashes);
        *hashes = table;
        *capacity = larger;
    }
    put(*hashes, *capacity, hash);
    (*count)++;
    return true;
}

/* Is the name, or a folder it lies in, a link? */
static bool is_below_link(const qdx_member_names *names, const char *name)
{
    for (size_t n = 0; names->link_count && name[n];) {
        n += strcspn(name + n, "/");
        if (contains(names->links, names->link_capacity, hash_name(names, name, n)))
            return true;
        n += name[n] == '/';
    }
    return false;
}

qdx_status qdx_member_names_admit(qdx_member_names *names, const char *name, qdx_error *error)
{
    if (!stays_within(name))
        return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "a name that leads out of the archive");
    if (is_below_link(names, name))
        return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "lies below a symbolic link");
    uint64_t hash = hash_name(names, name, strlen(name));
    if (contains(names->hashes, names->capacity, hash))
        return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "a second member of this name");
    return add(&names->hashes, &names->count, &names->capacity, hash) ? QDX_OK
                                                                      : qdx_error_memory(error);
}

qdx_status qdx_member_names_link(qdx_member_names *names, const char *name, qdx_error *error)
{
    size_t size = strlen(name);
    while (size && name[size - 1] == '/')
        size--;
    return add(&names->links, &names->link_count, &names->link_capacity,
               hash_name(names, name, size))
               ? QDX_OK
               : qdx_error_memory(error);
}
