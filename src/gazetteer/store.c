/*
 * Offices by name, and slugs.
 */
#include "gazetteer/store.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/table_hash.h"
#include "text/fold.h"

enum { SHORT_NAME = 128 }; /* bytes of a name folded without a buffer of its own */

struct qdx_office_link {
    uint64_t name; /* fold hash */
    uint32_t office;
    UT_hash_handle hh;
};

static struct qdx_office_link *find_office(const qdx_gazetteer *gazetteer, uint64_t name)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    struct qdx_office_link *link = NULL;
    HASH_FIND(hh, gazetteer->office_names, &name, sizeof name, link);
    return link;
}

uint32_t qdx_store_office_hashed(const qdx_gazetteer *gazetteer, uint64_t fold_hash)
{
    struct qdx_office_link *link = find_office(gazetteer, fold_hash);
    const qdx_qgz *image = gazetteer->words.image;
    if (link || !image)
        return link ? link->office : QDX_NO_OFFICE;
    uint32_t found = qdx_qgz_find(image, QDX_QGZ_OFFICE_NAME, image->office_seed, fold_hash);
    return found && found <= gazetteer->words.offices.count ? found - 1 : QDX_NO_OFFICE;
}

uint32_t qdx_store_office(const qdx_gazetteer *gazetteer, const char *name)
{
    return qdx_store_office_hashed(gazetteer, qdx_fold_hash(name, strlen(name)));
}

const char *qdx_store_office_name(const qdx_gazetteer *gazetteer, uint32_t office)
{
    const char *name =
        qdx_lexicon_text(&gazetteer->lexicon, gazetteer->words.offices.items[office].name);
    return name ? name : "";
}

bool qdx_store_name_office(qdx_gazetteer *gazetteer, const char *name, size_t size, uint32_t office)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    uint64_t hash = qdx_fold_hash(name, size);
    if (qdx_store_office_hashed(gazetteer, hash) != QDX_NO_OFFICE)
        return true;
    struct qdx_office_link *link = qdx_arena_alloc(&gazetteer->arena, sizeof *link);
    if (!link)
        return false;
    memset(link, 0, sizeof *link);
    link->name = hash;
    link->office = office;
    HASH_ADD(hh, gazetteer->office_names, name, sizeof link->name, link);
    return link->hh.tbl != NULL;
}

void qdx_store_release_offices(qdx_gazetteer *gazetteer)
{
    HASH_CLEAR(hh, gazetteer->office_names);
}

/* The slug of text in lower case, which has room for it. Returns its size. */
static size_t make_slug(const char *folded, size_t size, char *out)
{
    size_t n = 0;
    bool gap = false;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)folded[i];
        bool word = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (word) {
            if (gap && n)
                out[n++] = '-';
            out[n++] = (char)c;
        }
        if (c != '\'' && c != '.')
            gap = !word;
    }
    return n;
}

void qdx_store_slug(const char *name, size_t size, qdx_buffer *out)
{
    char lower[SHORT_NAME];
    size_t n = 0;
    for (; n < size && n < SHORT_NAME && (unsigned char)name[n] < 0x80 && name[n] != '`'; n++)
        lower[n] = (char)(name[n] >= 'A' && name[n] <= 'Z' ? name[n] | 0x20 : name[n]);
    if (n == size) {
        qdx_buffer_append(out, lower, make_slug(lower, n, lower));
        return;
    }
    qdx_buffer folded;
    qdx_buffer_init(&folded);
    qdx_fold(name, size, &folded);
    if (folded.size)
        qdx_buffer_append(out, folded.bytes, make_slug(folded.bytes, folded.size, folded.bytes));
    out->failed |= folded.failed;
    qdx_buffer_release(&folded);
}
