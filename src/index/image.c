/*
 * Stores in memory and their way into a file. The layout is decided here and nowhere else: header,
 * sections in the order of their numbers, each padded to 8 bytes, then the checksums of all blocks.
 */
#include "index/image.h"

#include <string.h>

#include "base/checksum.h"
#include "base/error.h"
#include "base/hash.h"
#include "index/numbers.h"

static void write_bytes(qdx_image *image, const void *bytes, size_t size)
{
    if (image->status != QDX_OK)
        return;
    if (image->file)
        image->status = qdx_file_writer_write(image->file, bytes, size, image->error);
    else
        qdx_buffer_append(image->out, bytes, size);
    image->size += size;
}

void qdx_image_init(qdx_image *image, qdx_file_writer *file, qdx_buffer *out, qdx_error *error)
{
    static const char nothing[QDX_HEADER_SIZE];
    memset(image, 0, sizeof *image);
    image->file = file;
    image->out = out;
    image->error = error;
    image->info.format_version = QDX_FORMAT_VERSION;
    for (unsigned i = 0; i < QDX_STORE_COUNT; i++)
        qdx_buffer_u64(&image->stores[i].offsets, 0);
    write_bytes(image, nothing, sizeof nothing);
}

static void release_store(qdx_image_store *store)
{
    for (unsigned i = 0; i < QDX_COLUMNS; i++)
        qdx_buffer_release(&store->columns[i]);
    qdx_buffer_release(&store->data);
    qdx_buffer_release(&store->offsets);
}

void qdx_image_release(qdx_image *image)
{
    for (unsigned i = 0; i < QDX_STORE_COUNT; i++)
        release_store(&image->stores[i]);
    qdx_packer_release(&image->packer);
    qdx_vector_release(&image->sums);
}

static void end_group(qdx_image *image, qdx_store number)
{
    const qdx_store_layout *layout = &qdx_store_layouts[number];
    qdx_image_store *store = &image->stores[number];
    for (unsigned i = 0; i < layout->columns; i++) {
        qdx_buffer *column = &store->columns[i];
        store->data.failed |= column->failed;
        if ((layout->texts | layout->bytes) >> i & 1)
            qdx_pack(&image->packer, column->bytes, column->size, layout->texts >> i & 1,
                     &store->data);
        else
            qdx_numbers_pack((const void *)column->bytes, column->size / sizeof(uint64_t),
                             &store->data);
        qdx_buffer_clear(column);
    }
    qdx_buffer_u64(&store->offsets, store->data.size);
    store->in_group = 0;
}

bool qdx_image_end(qdx_image *image, qdx_store store)
{
    unsigned records = qdx_store_layouts[store].records;
    image->stores[store].count++;
    if (++image->stores[store].in_group < records)
        return false;
    end_group(image, store);
    return true;
}

/* Writes a section with its padding and keeps the checksums of its blocks. */
static void write_section(qdx_image *image, unsigned number, qdx_buffer *bytes, uint64_t count)
{
    image->sections[number].offset = image->size;
    image->sections[number].size = bytes->size;
    image->sections[number].count = count;
    while (bytes->size % 8 && !bytes->failed)
        qdx_buffer_byte(bytes, '\0');
    if (image->status == QDX_OK)
        image->status = qdx_buffer_status(bytes, image->error);
    if (image->status != QDX_OK)
        return;
    image->sections[number].hash = qdx_hash_bytes(bytes->bytes, bytes->size);
    for (size_t at = 0; at < bytes->size; at += QDX_BLOCK_SIZE) {
        size_t size = bytes->size - at < QDX_BLOCK_SIZE ? bytes->size - at : QDX_BLOCK_SIZE;
        uint32_t sum = qdx_crc32c(0, bytes->bytes + at, size);
        if (!qdx_vector_push(&image->sums, sum))
            image->status = qdx_error_memory(image->error);
    }
    write_bytes(image, bytes->bytes, bytes->size);
}

void qdx_image_done(qdx_image *image, qdx_store number)
{
    qdx_image_store *store = &image->stores[number];
    if (store->in_group)
        end_group(image, number);
    write_section(image, qdx_store_data(number), &store->data, store->count);
    write_section(image, qdx_store_offsets(number), &store->offsets, store->count);
    image->done++;
    release_store(store);
}

/* A hash of all content: the build id, which every checksum includes. */
static uint64_t hash_content(const qdx_image *image)
{
    uint64_t hash = QDX_FORMAT_VERSION;
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++)
        hash = qdx_hash_mix(hash, image->sections[i].hash);
    return hash;
}

/* The sums of blocks in chunks, each with a checksum of its own at its end. */
static void put_sums(const qdx_image *image, qdx_buffer *out)
{
    uint64_t build = image->info.build_id, chunk = 0;
    for (size_t at = 0; at < image->sums.count; chunk++) {
        size_t start = out->size, left = image->sums.count - at;
        if (left > QDX_SUMS_PER_CHUNK)
            left = QDX_SUMS_PER_CHUNK;
        for (size_t i = 0; i < left; i++, at++)
            qdx_buffer_u32(out, qdx_block_checksum(build, at, image->sums.items[at]));
        if (left % 2 == 0)
            qdx_buffer_u32(out, 0);
        if (!out->failed)
            qdx_buffer_u32(
                out, qdx_block_checksum(build, ~chunk,
                                        qdx_crc32c(0, out->bytes + start, out->size - start)));
    }
}

static void put_header(const qdx_image *image, uint64_t sums_offset, uint64_t sums_size,
                       qdx_buffer *out)
{
    const qdx_index_info *info = &image->info;
    const uint64_t counts[] = {info->file_size,
                               info->build_id,
                               info->documents,
                               info->text_bytes,
                               info->entities,
                               info->mentions,
                               info->quotes,
                               info->words,
                               info->skipped,
                               image->symbols[QDX_SYMBOL_CUE],
                               image->symbols[QDX_SYMBOL_MARK]};
    qdx_buffer_append(out, qdx_format_magic, sizeof qdx_format_magic);
    qdx_buffer_u32(out, QDX_FORMAT_VERSION);
    qdx_buffer_u32(out, QDX_FORMAT_BYTE_ORDER);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        qdx_buffer_u64(out, counts[i]);
    qdx_buffer_u32(out, qdx_date_pack(info->first));
    qdx_buffer_u32(out, qdx_date_pack(info->last));
    qdx_buffer_u32(out, QDX_BLOCK_SIZE);
    qdx_buffer_u32(out, QDX_SECTION_COUNT);
    qdx_buffer_u64(out, sums_offset);
    qdx_buffer_u64(out, sums_size);
    uint64_t block = 0;
    for (unsigned i = 0; i < QDX_SECTION_COUNT; i++) {
        qdx_buffer_u64(out, image->sections[i].offset);
        qdx_buffer_u64(out, image->sections[i].size);
        qdx_buffer_u64(out, image->sections[i].count);
        qdx_buffer_u64(out, block);
        block += (image->sections[i].size + QDX_BLOCK_SIZE - 1) / QDX_BLOCK_SIZE;
    }
    qdx_buffer_u32(out, 0);
    if (!out->failed)
        qdx_buffer_u32(out, qdx_crc32c(0, out->bytes, out->size));
}

qdx_status qdx_image_finish(qdx_image *image, qdx_error *error)
{
    qdx_buffer sums = {0}, header = {0};
    image->info.build_id = hash_content(image);
    put_sums(image, &sums);
    image->info.file_size = image->size + sums.size;
    put_header(image, image->size, sums.size, &header);
    header.failed |= sums.failed;
    qdx_status status = image->status == QDX_OK ? qdx_buffer_status(&header, error) : image->status;
    if (status == QDX_OK) {
        write_bytes(image, sums.bytes, sums.size);
        status = image->status;
    }
    if (status == QDX_OK && image->file)
        status = qdx_file_writer_rewrite(image->file, header.bytes, header.size, error);
    else if (status == QDX_OK)
        status = qdx_buffer_status(image->out, error);
    if (status == QDX_OK && !image->file)
        memcpy(image->out->bytes, header.bytes, header.size);
    qdx_buffer_release(&sums);
    qdx_buffer_release(&header);
    return status;
}
