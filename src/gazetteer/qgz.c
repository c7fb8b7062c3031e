/*
 * Opening images and checking their blocks. The state of a block only ever goes from unknown to
 * good, so threads that race for one check it twice and agree. Bounds are checked against the parts
 * of the file at every access; the checksums find damage, not malice.
 */
#include "gazetteer/qgz.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/checksum.h"
#include "gazetteer/lexicon.h"
#include "gazetteer/store.h"
#include "text/fold.h"

enum { HEAD_SIZE = sizeof(qdx_qgz_header) + QDX_QGZ_PARTS * sizeof(qdx_qgz_section) };

static const uint8_t record_sizes[QDX_QGZ_PARTS] = {
    [QDX_QGZ_TEXT] = 1,
    [QDX_QGZ_ENTITY] = sizeof(qdx_qgz_entity),
    [QDX_QGZ_MORE] = 4,
    [QDX_QGZ_PHRASE] = sizeof(qdx_qgz_phrase),
    [QDX_QGZ_PREFIX] = sizeof(qdx_key_slot),
    [QDX_QGZ_FIRST] = 8,
    [QDX_QGZ_KEY] = sizeof(qdx_key_slot),
    [QDX_QGZ_POSTING] = 1,
    [QDX_QGZ_ID] = 4,
    [QDX_QGZ_COUNTRY] = 4,
    [QDX_QGZ_TENANCY] = sizeof(qdx_qgz_tenancy),
    [QDX_QGZ_HOLDER] = 4,
    [QDX_QGZ_WORD_TEXT] = 1,
    [QDX_QGZ_WORD] = sizeof(qdx_word),
    [QDX_QGZ_WORD_SLOT] = sizeof(qdx_lexicon_slot),
    [QDX_QGZ_OFFICE] = sizeof(qdx_qgz_office),
    [QDX_QGZ_OFFICE_NAME] = sizeof(qdx_key_slot),
    [QDX_QGZ_SAME] = sizeof(qdx_qgz_same),
    [QDX_QGZ_TITLE] = sizeof(qdx_qgz_title),
    [QDX_QGZ_DEMONYM] = sizeof(qdx_qgz_demonym),
    [QDX_QGZ_PAIR] = 8,
};

bool qdx_qgz_is_file(const char *path)
{
    char head[sizeof QDX_QGZ_MAGIC - 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, head, sizeof head);
    close(fd);
    return n == (ssize_t)sizeof head && memcmp(head, QDX_QGZ_MAGIC, sizeof head) == 0;
}

static qdx_status damaged(const qdx_qgz *image, qdx_error *error, const char *what)
{
    qdx_error_set(error, QDX_ERR_DAMAGED, "damaged gazetteer: %s", what);
    qdx_error_at(error, image->path, 0);
    qdx_error_hint(error, "compile it again from its lists");
    return QDX_ERR_DAMAGED;
}

static qdx_status foreign(const qdx_qgz *image, qdx_error *error)
{
    qdx_error_set(error, QDX_ERR_VERSION, "compiled by another version of quotedex");
    qdx_error_at(error, image->path, 0);
    qdx_error_hint(error, "compile it again from its lists");
    return QDX_ERR_VERSION;
}

static uint64_t block_count(const qdx_qgz *image)
{
    return (image->data_size + QDX_QGZ_BLOCK - 1) / QDX_QGZ_BLOCK;
}

/* Lengths and the checksum of the checksums. */
static qdx_status open_sums(qdx_qgz *image, uint64_t size, qdx_error *error)
{
    qdx_qgz_trailer trailer;
    memcpy(&trailer, image->bytes + size - sizeof trailer, sizeof trailer);
    image->data_size = trailer.data_size;
    if (trailer.magic != QDX_QGZ_TRAILER || trailer.data_size < HEAD_SIZE ||
        trailer.data_size > size || trailer.data_size % QDX_QGZ_ALIGN ||
        trailer.data_size + block_count(image) * 4 + sizeof trailer != size)
        return damaged(image, error, "the file was cut short or has grown");
    image->sums = image->bytes + image->data_size;
    uint32_t crc = qdx_crc32c(0, image->sums, block_count(image) * 4 + sizeof trailer.data_size);
    if (crc != trailer.sums_crc)
        return damaged(image, error, "its checksums do not hold");
    image->state = calloc(1, sizeof *image->state + block_count(image));
    return image->state ? QDX_OK : qdx_error_memory(error);
}

/* Where the parts are; all within the data. */
static qdx_status open_parts(qdx_qgz *image, qdx_error *error)
{
    for (int p = 0; p < QDX_QGZ_PARTS; p++) {
        qdx_qgz_section section;
        memcpy(&section, image->bytes + sizeof(qdx_qgz_header) + (size_t)p * sizeof section,
               sizeof section);
        if (section.offset % QDX_QGZ_ALIGN || section.offset < HEAD_SIZE ||
            section.offset > image->data_size ||
            section.count > (image->data_size - section.offset) / record_sizes[p] ||
            section.count > UINT32_MAX)
            return damaged(image, error, "a part lies outside the file");
        image->parts[p].at = image->bytes + section.offset;
        image->parts[p].count = section.count;
    }
    return QDX_OK;
}

static bool ends_terminated(const qdx_qgz *image, qdx_qgz_part part)
{
    const unsigned char *last = qdx_qgz_record(image, part, image->parts[part].count - 1, 1);
    return last && !*last;
}

/* What readers rely on without asking again. */
static qdx_status check_parts(qdx_qgz *image, qdx_error *error)
{
    uint64_t words = image->parts[QDX_QGZ_WORD].count;
    uint64_t slots = image->parts[QDX_QGZ_WORD_SLOT].count;
    uint64_t first = image->parts[QDX_QGZ_FIRST].count;
    uint64_t pair = image->parts[QDX_QGZ_PAIR].count;
    if (!ends_terminated(image, QDX_QGZ_TEXT) || !ends_terminated(image, QDX_QGZ_WORD_TEXT))
        return damaged(image, error, "its texts do not end");
    if (!first || (first & (first - 1)) || !pair || (pair & (pair - 1)) ||
        (words && (slots & (slots - 1))) || (words != 0) != (slots != 0) ||
        (words && slots < 2 * words))
        return damaged(image, error, "a table has an impossible size");
    image->first_shift = qdx_first_shift(first);
    image->pair_shift = qdx_pair_shift(pair);
    return QDX_OK;
}

static qdx_status open_bytes(qdx_qgz *image, uint64_t size, bool believed, qdx_error *error)
{
    qdx_qgz_header header;
    if (size < HEAD_SIZE + sizeof(qdx_qgz_trailer))
        return damaged(image, error, "the file was cut short");
    memcpy(&header, image->bytes, sizeof header);
    if (memcmp(header.magic, QDX_QGZ_MAGIC, sizeof header.magic) != 0)
        return damaged(image, error, "it does not begin as one");
    qdx_status status = open_sums(image, size, error);
    /* A newer version may have its sums elsewhere. */
    if (status == QDX_ERR_DAMAGED && header.version > QDX_QGZ_VERSION)
        return foreign(image, error);
    if (status != QDX_OK)
        return status;
    atomic_store(&image->state->whole, believed);
    if (!qdx_qgz_check(image, image->bytes, HEAD_SIZE))
        return damaged(image, error, "a checksum does not hold");
    if (header.version != QDX_QGZ_VERSION || header.parts != QDX_QGZ_PARTS ||
        header.hash_sample != qdx_fold_hash(QDX_QGZ_MAGIC, 6))
        return foreign(image, error);
    image->prefix_seed = header.prefix_seed;
    image->key_seed = header.key_seed;
    image->office_seed = header.office_seed;
    image->name_groups = header.name_groups;
    image->name_count = header.name_count;
    image->overrides = header.overrides != 0;
    if (header.data_size != image->data_size)
        return damaged(image, error, "its header and its end tell different lengths");
    status = open_parts(image, error);
    return status == QDX_OK ? check_parts(image, error) : status;
}

qdx_status qdx_qgz_open(qdx_qgz *image, const char *path, qdx_error *error)
{
    memset(image, 0, sizeof *image);
    qdx_buffer_init(&image->own);
    size_t n = strlen(path) < sizeof image->path ? strlen(path) : sizeof image->path - 1;
    memcpy(image->path, path, n);
    qdx_status status = qdx_file_map_open(path, &image->map, error);
    if (status != QDX_OK)
        return status;
    image->bytes = image->map.bytes;
    status = open_bytes(image, image->map.size, false, error);
    if (status != QDX_OK)
        qdx_qgz_close(image);
    return status;
}

qdx_status qdx_qgz_take(qdx_qgz *image, qdx_buffer *bytes, qdx_error *error)
{
    memset(image, 0, sizeof *image);
    image->own = *bytes;
    qdx_buffer_init(bytes);
    image->bytes = (const unsigned char *)image->own.bytes;
    qdx_status status = open_bytes(image, image->own.size, true, error);
    if (status != QDX_OK)
        qdx_qgz_close(image);
    return status;
}

void qdx_qgz_close(qdx_qgz *image)
{
    qdx_file_map_close(&image->map);
    qdx_buffer_release(&image->own);
    free(image->state);
    image->state = NULL;
}

static bool check_block(const qdx_qgz *image, uint64_t block)
{
    atomic_uchar *good = &image->state->good[block];
    if (atomic_load_explicit(good, memory_order_relaxed))
        return true;
    uint64_t start = block * QDX_QGZ_BLOCK, left = image->data_size - start;
    uint32_t sum;
    memcpy(&sum, image->sums + 4 * block, sizeof sum);
    if (qdx_crc32c(0, image->bytes + start, left < QDX_QGZ_BLOCK ? left : QDX_QGZ_BLOCK) != sum) {
        qdx_qgz_note_damage(image);
        return false;
    }
    atomic_store_explicit(good, 1, memory_order_relaxed);
    return true;
}

bool qdx_qgz_check_slow(const qdx_qgz *image, const void *at, size_t size)
{
    uint64_t offset = (uint64_t)((const unsigned char *)at - image->bytes);
    uint64_t last = size ? (offset + size - 1) / QDX_QGZ_BLOCK : offset / QDX_QGZ_BLOCK;
    for (uint64_t block = offset / QDX_QGZ_BLOCK; block <= last; block++)
        if (!check_block(image, block))
            return false;
    return true;
}

qdx_status qdx_qgz_verify(const qdx_qgz *image, qdx_error *error)
{
    bool good = true;
    if (atomic_load_explicit(&image->state->whole, memory_order_relaxed))
        return QDX_OK;
    for (uint64_t block = 0; good && block < block_count(image); block++)
        good = check_block(image, block);
    if (!good)
        return damaged(image, error, "a checksum does not hold");
    atomic_store_explicit(&image->state->whole, true, memory_order_relaxed);
    return QDX_OK;
}

qdx_status qdx_qgz_status(const qdx_qgz *image, qdx_error *error)
{
    if (atomic_load_explicit(&image->state->damaged, memory_order_relaxed))
        return damaged(image, error, "what it says of itself does not hold");
    return atomic_load_explicit(&image->state->starved, memory_order_relaxed)
               ? qdx_error_memory(error)
               : QDX_OK;
}

const char *qdx_qgz_text_slow(const qdx_qgz *image, qdx_qgz_part part, uint32_t offset)
{
    uint64_t size = image->parts[part].count;
    if (offset >= size) {
        qdx_qgz_note_damage(image);
        return "";
    }
    const unsigned char *start = image->parts[part].at + offset, *at = start;
    const unsigned char *end = image->parts[part].at + size;
    while (at < end) { /* a block at a time, to the end of the text */
        if (!qdx_qgz_check(image, at, 1))
            return "";
        uint64_t place = (uint64_t)(at - image->bytes);
        uint64_t room = QDX_QGZ_BLOCK - place % QDX_QGZ_BLOCK, left = (uint64_t)(end - at);
        size_t n = (size_t)(room < left ? room : left);
        if (memchr(at, '\0', n))
            return (const char *)start;
        at += n;
    }
    return "";
}

uint32_t qdx_qgz_more(const qdx_qgz *image, uint64_t i)
{
    const uint32_t *word = qdx_qgz_record(image, QDX_QGZ_MORE, i, sizeof *word);
    return word ? *word : 0;
}

void qdx_qgz_entity_id(const qdx_qgz *image, const qdx_qgz_entity *entity, qdx_buffer *out)
{
    if (entity->more && (qdx_qgz_more(image, entity->more) & QDX_MORE_ID)) {
        uint32_t text = qdx_qgz_more(image, (uint64_t)entity->more + 1);
        qdx_buffer_text(out, qdx_qgz_text(image, QDX_QGZ_TEXT, text));
        return;
    }
    const char *name = qdx_qgz_text(image, QDX_QGZ_TEXT, entity->name);
    qdx_store_slug(name, strlen(name), out);
}

qdx_id_place qdx_qgz_id_place(const char *id, uint64_t slot_count, uint64_t entity_count)
{
    uint64_t hash = qdx_hash_bytes(id, strlen(id));
    uint32_t mask = 1;
    while (mask < entity_count && mask != UINT32_MAX)
        mask = mask << 1 | 1;
    return (qdx_id_place){((hash >> 32) * slot_count) >> 32, (uint32_t)hash & ~mask, mask};
}

/* Is this the entity of that id? */
static bool has_id(const qdx_qgz *image, uint32_t number, const char *id, qdx_buffer *scratch)
{
    const qdx_qgz_entity *entity = qdx_qgz_record(image, QDX_QGZ_ENTITY, number, sizeof *entity);
    if (!entity)
        return false;
    qdx_buffer_clear(scratch);
    qdx_qgz_entity_id(image, entity, scratch);
    if (scratch->failed)
        atomic_store_explicit(&image->state->starved, true, memory_order_relaxed);
    return !scratch->failed && scratch->size && strcmp(scratch->bytes, id) == 0;
}

uint32_t qdx_qgz_find_id(const qdx_qgz *image, const char *id)
{
    uint64_t slots = image->parts[QDX_QGZ_ID].count;
    qdx_id_place place = qdx_qgz_id_place(id, slots, image->parts[QDX_QGZ_ENTITY].count);
    qdx_buffer scratch;
    qdx_buffer_init(&scratch);
    uint32_t found = UINT32_MAX;
    for (uint64_t at = place.home, probes = 0; slots && probes < QDX_KEY_PROBES; probes++) {
        const uint32_t *slot = qdx_qgz_record(image, QDX_QGZ_ID, at, sizeof *slot);
        if (!slot || !*slot)
            break;
        uint32_t number = (*slot & place.number_mask) - 1;
        if ((*slot & ~place.number_mask) == place.mark && has_id(image, number, id, &scratch)) {
            found = number;
            break;
        }
        at = at + 1 == slots ? 0 : at + 1;
    }
    qdx_buffer_release(&scratch);
    return found;
}
