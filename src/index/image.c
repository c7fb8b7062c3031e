/*
 * Sections in memory and their way into a file. The layout is decided here and nowhere else:
 * header, checksums of blocks, sections in the order of their numbers, each padded to 8 bytes.
 */
#include "index/image.h"

#include <string.h>

#include "base/checksum.h"
#include "base/file.h"
#include "base/hash.h"
#include "index/pack.h"

void qdx_image_init(qdx_image *image)
{
    memset(image, 0, sizeof *image);
    for (unsigned store = 0; store < QDX_STORE_COUNT; store++)
        qdx_buffer_u64(&image->sections[qdx_store_offsets((qdx_store)store)], 0);
}

void qdx_image_release(qdx_image *image)
{
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++)
        qdx_buffer_release(&image->sections[i]);
    for (unsigned i = 0; i < QDX_STORE_COUNT; i++)
        qdx_buffer_release(&image->groups[i]);
}

/* Where the store's records are laid down. */
static qdx_buffer *target(qdx_image *image, qdx_store store)
{
    return qdx_store_layouts[store].packed ? &image->groups[store]
                                           : &image->sections[qdx_store_data(store)];
}

qdx_buffer *qdx_image_record(qdx_image *image, qdx_store store)
{
    qdx_buffer *out = target(image, store);
    if (!image->begins[store]) {
        qdx_buffer_byte(out, '\0'); /* room for the length of a short record */
        image->begins[store] = out->size;
    }
    return out;
}

/* Writes the store's group, packed where that makes it smaller, and where it
 * ends. */
static void end_group(qdx_image *image, qdx_store store)
{
    qdx_buffer *group = &image->groups[store], *data = &image->sections[qdx_store_data(store)];
    data->failed |= group->failed;
    if (qdx_store_layouts[store].packed) {
        qdx_buffer_varint(data, group->size);
        size_t start = data->size;
        qdx_pack(group->bytes, group->size, data);
        if (!data->failed && data->size - start >= group->size) {
            data->size = start;
            qdx_buffer_append(data, group->bytes, group->size);
        }
        qdx_buffer_clear(group);
    }
    qdx_buffer_u64(&image->sections[qdx_store_offsets(store)], data->size);
}

/* Puts the record's length before it, for which one byte is free. */
static void put_length(qdx_buffer *out, size_t begin)
{
    size_t size = out->size - begin, more = 0;
    for (size_t left = size; left >= 0x80; left >>= 7)
        more++;
    if (!qdx_buffer_reserve(out, more))
        return;
    if (more)
        memmove(out->bytes + begin + more, out->bytes + begin, size);
    char *to = out->bytes + begin - 1;
    out->size += more;
    out->bytes[out->size] = '\0';
    for (; size >= 0x80; size >>= 7)
        *to++ = (char)(size | 0x80);
    *to = (char)size;
}

void qdx_image_end(qdx_image *image, qdx_store store)
{
    qdx_buffer *out = qdx_image_record(image, store);
    if (!out->failed)
        put_length(out, image->begins[store]);
    image->begins[store] = 0;
    image->counts[qdx_store_offsets(store)]++;
    if (++image->counts[qdx_store_data(store)] % qdx_store_layouts[store].records == 0)
        end_group(image, store);
}

void qdx_image_finish(qdx_image *image)
{
    for (unsigned i = 0; i < QDX_STORE_COUNT; i++)
        if (image->counts[qdx_store_data((qdx_store)i)] % qdx_store_layouts[i].records)
            end_group(image, (qdx_store)i);
}

qdx_status qdx_image_status(const qdx_image *image, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (unsigned i = 0; i < QDX_SECTION_COUNT && status == QDX_OK; i++)
        status = qdx_buffer_status(&image->sections[i], error);
    return status;
}

static void pad(qdx_buffer *buffer)
{
    while (buffer->size % 8 && !buffer->failed)
        qdx_buffer_byte(buffer, '\0');
}

static void append_sums(qdx_buffer *sums, const qdx_buffer *section, uint64_t build_id,
                        uint64_t *block)
{
    for (size_t at = 0; at < section->size; at += QDX_BLOCK_SIZE) {
        size_t size = section->size - at < QDX_BLOCK_SIZE ? section->size - at : QDX_BLOCK_SIZE;
        qdx_buffer_u32(sums, qdx_block_checksum(build_id, *block, section->bytes + at, size));
        ++*block;
    }
}

/* Cuts the sums of blocks into chunks, each with a checksum of its own at its end. */
static void append_chunks(qdx_buffer *out, const qdx_buffer *sums, uint64_t build_id)
{
    const size_t whole = QDX_SUMS_PER_CHUNK * 4;
    uint64_t number = 0;
    for (size_t at = 0; at < sums->size; at += whole, number++) {
        size_t start = out->size;
        size_t size = sums->size - at < whole ? sums->size - at : whole;
        qdx_buffer_append(out, sums->bytes + at, size);
        if (size / 4 % 2 == 0)
            qdx_buffer_u32(out, 0);
        if (!out->failed)
            qdx_buffer_u32(
                out, qdx_block_checksum(build_id, ~number, out->bytes + start, out->size - start));
    }
}

/* A hash of all content: the build id, which every checksum includes. */
static uint64_t hash_content(const qdx_image *image)
{
    uint64_t hash = QDX_FORMAT_VERSION;
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++) {
        const qdx_buffer *section = &image->sections[i];
        hash = qdx_hash_mix(hash, qdx_hash_bytes(section->bytes, section->size));
    }
    return hash;
}

static void put_header(const qdx_image *image, const uint64_t sizes[], uint64_t sums_size,
                       qdx_buffer *out)
{
    const qdx_index_info *info = &image->info;
    const uint64_t counts[] = {info->documents, info->text_bytes, info->entities, info->mentions,
                               info->quotes,    info->words,      info->skipped};
    qdx_buffer_append(out, qdx_format_magic, sizeof qdx_format_magic);
    qdx_buffer_u32(out, QDX_FORMAT_VERSION);
    qdx_buffer_u32(out, QDX_FORMAT_BYTE_ORDER);
    qdx_buffer_u64(out, info->file_size);
    qdx_buffer_u64(out, info->build_id);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        qdx_buffer_u64(out, counts[i]);
    qdx_buffer_u32(out, qdx_date_pack(info->first));
    qdx_buffer_u32(out, qdx_date_pack(info->last));
    qdx_buffer_u32(out, QDX_BLOCK_SIZE);
    qdx_buffer_u32(out, QDX_SECTION_COUNT);
    qdx_buffer_u64(out, QDX_HEADER_SIZE);
    qdx_buffer_u64(out, sums_size);
    uint64_t offset = QDX_HEADER_SIZE + sums_size, block = 0;
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++) {
        qdx_buffer_u64(out, offset);
        qdx_buffer_u64(out, sizes[i]);
        qdx_buffer_u64(out, image->counts[i]);
        qdx_buffer_u64(out, block);
        offset += image->sections[i].size;
        block += (image->sections[i].size + QDX_BLOCK_SIZE - 1) / QDX_BLOCK_SIZE;
    }
    qdx_buffer_u32(out, 0);
    if (!out->failed)
        qdx_buffer_u32(out, qdx_crc32c(0, out->bytes, out->size));
}

/* Pads the sections and makes header and checksums for them. */
static qdx_status make_front(qdx_image *image, qdx_buffer *front, qdx_error *error)
{
    uint64_t sizes[QDX_SECTION_COUNT], block = 0, total = 0;
    qdx_buffer sums = {0}, chunks = {0};
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++) {
        sizes[i] = image->sections[i].size;
        pad(&image->sections[i]);
        total += image->sections[i].size;
    }
    qdx_status status = qdx_image_status(image, error);
    if (status != QDX_OK)
        return status;
    image->info.build_id = hash_content(image);
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++)
        append_sums(&sums, &image->sections[i], image->info.build_id, &block);
    chunks.failed = sums.failed;
    append_chunks(&chunks, &sums, image->info.build_id);
    image->info.file_size = QDX_HEADER_SIZE + chunks.size + total;
    put_header(image, sizes, chunks.size, front);
    front->failed |= chunks.failed;
    qdx_buffer_append(front, chunks.bytes, chunks.size);
    qdx_buffer_release(&sums);
    qdx_buffer_release(&chunks);
    return qdx_buffer_status(front, error);
}

qdx_status qdx_image_write(qdx_image *image, const char *path, qdx_error *error)
{
    qdx_buffer front = {0};
    qdx_file_writer file = {0};
    qdx_status status = make_front(image, &front, error);
    if (status != QDX_OK)
        goto done;
    status = qdx_file_writer_open(&file, path, error);
    if (status != QDX_OK)
        goto done;
    status = qdx_file_writer_write(&file, front.bytes, front.size, error);
    for (unsigned i = 0; i < QDX_SECTION_COUNT && status == QDX_OK; i++)
        status =
            qdx_file_writer_write(&file, image->sections[i].bytes, image->sections[i].size, error);
    if (status == QDX_OK)
        status = qdx_file_writer_commit(&file, error);
    qdx_file_writer_abandon(&file);
done:
    qdx_buffer_release(&front);
    return status;
}

qdx_status qdx_image_render(qdx_image *image, qdx_buffer *out, qdx_error *error)
{
    qdx_status status = make_front(image, out, error);
    if (status != QDX_OK)
        return status;
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++)
        qdx_buffer_append(out, image->sections[i].bytes, image->sections[i].size);
    return qdx_buffer_status(out, error);
}

void qdx_dictionary_add(qdx_dictionary_builder *builder, const char *key, size_t size,
                        const qdx_buffer *payload)
{
    if (builder->in_group == QDX_GROUP_KEYS) {
        qdx_image_end(builder->image, builder->store);
        builder->in_group = 0;
    }
    qdx_buffer *data = qdx_image_record(builder->image, builder->store);
    size_t shared = 0;
    if (builder->in_group)
        while (shared < size && shared < builder->previous.size &&
               builder->previous.bytes[shared] == key[shared])
            shared++;
    qdx_buffer_varint(data, shared);
    qdx_buffer_string(data, key + shared, size - shared);
    qdx_buffer_string(data, payload ? payload->bytes : NULL, payload ? payload->size : 0);
    data->failed |= payload && payload->failed;
    qdx_buffer_clear(&builder->previous);
    qdx_buffer_append(&builder->previous, key, size);
    data->failed |= builder->previous.failed;
    builder->in_group++;
    builder->count++;
}

void qdx_dictionary_finish(qdx_dictionary_builder *builder)
{
    if (builder->in_group)
        qdx_image_end(builder->image, builder->store);
    qdx_buffer_release(&builder->previous);
}
