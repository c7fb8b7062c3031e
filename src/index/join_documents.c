/*
 * Which documents an index has: those of all parts, of each file in the version that counts. A file
 * is read, or skipped, as a whole; the later version of it replaces the earlier one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/join.h"
#include "index/version.h"

/* The next document of each part. */
typedef struct head {
    qdx_document_row row;
    uint32_t document;
    bool there;
    size_t file_size; /* bytes of the path that are the file's */
} head;

static qdx_status advance(qdx_join *join, size_t part, head *h, qdx_error *error)
{
    qdx_part *p = join->parts[part].part;
    const qdx_part_filter *filter = join->filter;
    for (; h->document < p->documents; h->document++) {
        if (!filter || !filter->leave_out(filter->context, (uint32_t)part, h->document))
            break;
        join->parts[part].documents[h->document] = QDX_LEFT_OUT;
    }
    h->there = h->document < p->documents;
    if (!h->there)
        return QDX_OK;
    qdx_status status = p->place_at(p, h->document, &h->row, error);
    if (status == QDX_OK)
        h->file_size = strlen(h->row.path) - h->row.inner;
    return status;
}

static int compare_places(const qdx_document_row *x, const qdx_document_row *y)
{
    int order = strcmp(x->path, y->path);
    return order ? order : (x->part > y->part) - (x->part < y->part);
}

static bool same_file(const head *x, const head *y)
{
    return x->there && y->there && x->file_size == y->file_size &&
           memcmp(x->row.path, y->row.path, x->file_size) == 0;
}

static int compare_skipped(const void *a, const void *b)
{
    return qdx_skipped_compare(a, b);
}

static size_t skipped_file_size(const qdx_skipped_row *row)
{
    size_t size = strlen(row->path);
    return size > row->inner ? size - row->inner : 0;
}

static bool is_skipped_of(const qdx_skipped_row *row, const char *file, size_t size)
{
    return skipped_file_size(row) == size && memcmp(row->path, file, size) == 0;
}

/* What was skipped of this file stands side by side: the first, and how many. */
static qdx_skipped_row *find_skipped(qdx_join *join, const char *file, size_t size, size_t *count)
{
    size_t low = 0, high = join->skipped.count;
    qdx_skipped_row *rows = join->skipped.items;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strncmp(rows[middle].path, file, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < join->skipped.count && strncmp(rows[low].path, file, size) == 0 &&
           !is_skipped_of(&rows[low], file, size))
        low++;
    for (*count = 0; low + *count < join->skipped.count; ++*count)
        if (!is_skipped_of(&rows[low + *count], file, size))
            break;
    return rows + low;
}

/* Drops what was skipped of a file in earlier versions than the last one, or than `time`. */
static uint64_t keep_last_skipped(qdx_skipped_row *rows, size_t count, uint64_t time)
{
    uint64_t last = time;
    for (size_t i = 0; i < count; i++)
        if (rows[i].time > last)
            last = rows[i].time;
    for (size_t i = 0; i < count; i++)
        if (rows[i].time < last)
            rows[i].reason = NULL;
    return last;
}

/* The same for all files, whether articles of them were read or not. */
static void keep_last_versions(qdx_join *join)
{
    qdx_skipped_row *rows = join->skipped.items;
    for (size_t i = 0, next; i < join->skipped.count; i = next) {
        size_t size = skipped_file_size(&rows[i]);
        for (next = i + 1; next < join->skipped.count; next++)
            if (!is_skipped_of(&rows[next], rows[i].path, size))
                break;
        keep_last_skipped(&rows[i], next - i, 0);
    }
}

/* The skipped files of all parts, each in its last version. */
static qdx_status list_skipped(qdx_join *join, qdx_error *error)
{
    const qdx_part_filter *filter = join->filter;
    for (size_t i = 0; i < join->count; i++) {
        qdx_part *part = join->parts[i].part;
        for (uint32_t k = 0; k < part->skipped; k++) {
            qdx_skipped_row row;
            if (filter && filter->leave_out_skipped(filter->context, (uint32_t)i, k))
                continue;
            qdx_status status = part->skipped_at(part, k, &row, error);
            if (status != QDX_OK)
                return status;
            row.path = qdx_arena_copy(&join->arena, row.path, strlen(row.path));
            row.reason = qdx_arena_copy(&join->arena, row.reason, strlen(row.reason));
            if (!row.path || !row.reason || !qdx_vector_push(&join->skipped, row))
                return qdx_error_memory(error);
        }
    }
    size_t kept = 0;
    qdx_skipped_row *rows = join->skipped.items;
    if (join->skipped.count > 1)
        qsort(rows, join->skipped.count, sizeof *rows, compare_skipped);
    for (size_t i = 0; i < join->skipped.count; i++) {
        kept -= kept && strcmp(rows[kept - 1].path, rows[i].path) == 0;
        rows[kept++] = rows[i];
    }
    join->skipped.count = kept;
    keep_last_versions(join);
    return QDX_OK;
}

/* The head that comes first; of equal places the version that counts. NULL at the end. */
static head *first_head(head *heads, size_t count, const head *of_file, uint64_t time)
{
    head *best = NULL;
    for (size_t i = 0; i < count; i++) {
        head *h = &heads[i];
        if (!h->there || (of_file && (!same_file(h, of_file) || h->row.file_time != time)))
            continue;
        int order = best ? compare_places(&h->row, &best->row) : -1;
        if (!order) {
            qdx_version x = {h->row.file_time, h->row.file_bytes, h->row.text_hash,
                             h->row.text_bytes};
            qdx_version y = {best->row.file_time, best->row.file_bytes, best->row.text_hash,
                             best->row.text_bytes};
            order = -qdx_versions_compare(&x, &y);
        }
        if (order < 0)
            best = h;
    }
    return best;
}

/* Leaves out the heads of the file that are not of this time, or stand at the same place. */
static qdx_status pass_over(qdx_join *join, head *heads, const head *file, uint64_t time,
                            const qdx_document_row *place, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < join->count && status == QDX_OK; i++)
        while (
            status == QDX_OK && &heads[i] != file && same_file(&heads[i], file) &&
            (place ? compare_places(&heads[i].row, place) == 0 : heads[i].row.file_time != time)) {
            join->parts[i].documents[heads[i].document++] = QDX_LEFT_OUT;
            status = advance(join, i, &heads[i], error);
        }
    return status;
}

/* What is known of all documents only when each was met; dates are written as steps from the first.
 */
static void note_document(qdx_join *join, const qdx_document_row *row, uint32_t *date)
{
    *date = row->date;
    if (row->date && (!join->first_date || row->date < join->first_date))
        join->first_date = row->date;
    if (row->date > join->last_date)
        join->last_date = row->date;
    join->image->info.text_bytes += row->text_bytes;
}

static qdx_status take(qdx_join *join, head *heads, head *h, bool keep, qdx_error *error)
{
    uint32_t part = (uint32_t)(h - heads);
    qdx_joined_document joined = {part, h->document};
    join->parts[part].documents[h->document] =
        keep ? (uint32_t)join->documents.count : QDX_LEFT_OUT;
    if (keep && !qdx_vector_push(&join->documents, joined))
        return qdx_error_memory(error);
    if (keep)
        note_document(join, &h->row, &join->parts[part].dates[h->document]);
    h->document++;
    return advance(join, part, h, error);
}

/* All documents of the file that comes next, in its last version. `path` is scratch. */
static qdx_status take_file(qdx_join *join, head *heads, const head *next, qdx_buffer *path,
                            qdx_error *error)
{
    head file = *next;
    uint64_t time = 0;
    qdx_status status = QDX_OK;
    qdx_buffer_clear(path);
    qdx_buffer_append(path, next->row.path, next->file_size);
    if (path->failed)
        return qdx_error_memory(error);
    file.row.path = path->bytes;
    for (size_t i = 0; i < join->count; i++)
        if (same_file(&heads[i], &file) && heads[i].row.file_time > time)
            time = heads[i].row.file_time;
    size_t count;
    qdx_skipped_row *skipped = find_skipped(join, path->bytes, path->size, &count);
    bool keep = keep_last_skipped(skipped, count, time) == time;
    status = pass_over(join, heads, &file, time, NULL, error);
    while (status == QDX_OK) {
        head *h = first_head(heads, join->count, &file, time);
        if (!h)
            break;
        if (join->count > 1)
            status = pass_over(join, heads, h, time, &h->row, error);
        if (status == QDX_OK)
            status = take(join, heads, h, keep, error);
        if (status == QDX_OK)
            status = pass_over(join, heads, &file, time, NULL, error);
    }
    return status;
}

static qdx_status choose(qdx_join *join, qdx_error *error)
{
    qdx_buffer path = {0};
    head *heads = calloc(join->count + 1, sizeof *heads), *next;
    qdx_status status = heads ? list_skipped(join, error) : qdx_error_memory(error);
    for (size_t i = 0; status == QDX_OK && i < join->count; i++)
        status = advance(join, i, &heads[i], error);
    while (status == QDX_OK && (next = first_head(heads, join->count, NULL, 0)))
        status = take_file(join, heads, next, &path, error);
    if (status == QDX_OK && join->documents.count >= UINT32_MAX - 1)
        status = qdx_error_set(error, QDX_ERR_LIMIT, "too many articles for one index");
    qdx_buffer_release(&path);
    free(heads);
    return status;
}

static int compare_options(const void *a, const void *b)
{
    const qdx_source_row *x = a, *y = b;
    int order = (x->kind > y->kind) - (x->kind < y->kind);
    return order ? order : strcmp(x->text, y->text);
}

static qdx_status write_options(qdx_join *join, qdx_error *error)
{
    QDX_VECTOR(qdx_source_row) rows = {0};
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < join->count; i++) {
        qdx_part *part = join->parts[i].part;
        for (uint32_t k = 0; status == QDX_OK && k < part->options; k++) {
            qdx_source_row row;
            status = part->option_at(part, k, &row, error);
            if (status != QDX_OK)
                break;
            row.text = qdx_arena_copy(&join->arena, row.text, strlen(row.text));
            if (!row.text || !qdx_vector_push(&rows, row))
                status = qdx_error_memory(error);
        }
    }
    if (rows.count > 1)
        qsort(rows.items, rows.count, sizeof *rows.items, compare_options);
    for (size_t i = 0; i < rows.count; i++) {
        if (i && compare_options(&rows.items[i], &rows.items[i - 1]) == 0)
            continue;
        qdx_image_put(join->image, QDX_STORE_SOURCE, QDX_SOURCE_KIND, rows.items[i].kind);
        qdx_put_string(qdx_image_column(join->image, QDX_STORE_SOURCE, QDX_SOURCE_TEXT),
                       rows.items[i].text);
        qdx_image_end(join->image, QDX_STORE_SOURCE);
    }
    qdx_vector_release(&rows);
    qdx_image_done(join->image, QDX_STORE_SOURCE);
    return status;
}

static void write_skipped(qdx_join *join)
{
    qdx_image *image = join->image;
    for (size_t i = 0; i < join->skipped.count; i++) {
        const qdx_skipped_row *row = &join->skipped.items[i];
        if (!row->reason)
            continue;
        qdx_put_string(qdx_image_column(image, QDX_STORE_SKIPPED, QDX_SKIPPED_PATH), row->path);
        qdx_image_put(image, QDX_STORE_SKIPPED, QDX_SKIPPED_INNER, row->inner);
        qdx_put_string(qdx_image_column(image, QDX_STORE_SKIPPED, QDX_SKIPPED_REASON), row->reason);
        qdx_image_put(image, QDX_STORE_SKIPPED, QDX_SKIPPED_SIZE, row->size);
        qdx_image_put(image, QDX_STORE_SKIPPED, QDX_SKIPPED_TIME, row->time);
        qdx_image_end(image, QDX_STORE_SKIPPED);
        image->info.skipped++;
    }
    qdx_image_done(image, QDX_STORE_SKIPPED);
}

static qdx_status read_document(const qdx_join *join, size_t i, qdx_document_row *row,
                                qdx_error *error)
{
    const qdx_joined_document *joined = &join->documents.items[i];
    qdx_part *part = join->parts[joined->part].part;
    return part->document_at(part, joined->document, row, error);
}

static void put_path(qdx_image *image, const char *path, qdx_buffer *last)
{
    size_t shared = 0;
    if (!qdx_image_begins(image, QDX_STORE_DOCUMENT))
        while (shared < last->size && path[shared] == last->bytes[shared])
            shared++;
    qdx_image_put(image, QDX_STORE_DOCUMENT, QDX_DOCUMENT_SHARED, shared);
    qdx_put_string(qdx_image_column(image, QDX_STORE_DOCUMENT, QDX_DOCUMENT_PATH), path + shared);
    last->size = shared;
    qdx_buffer_text(last, path + shared);
    image->stores[QDX_STORE_DOCUMENT].data.failed |= last->failed;
}

static void put_document(qdx_image *image, const qdx_document_row *row, uint64_t last_time)
{
    const qdx_store store = QDX_STORE_DOCUMENT;
    uint32_t first = qdx_date_pack(image->info.first);
    uint64_t hash = row->text_hash;
    qdx_image_put(image, store, QDX_DOCUMENT_INNER, row->inner);
    qdx_image_put(image, store, QDX_DOCUMENT_PART, row->part);
    qdx_put_string(qdx_image_column(image, store, QDX_DOCUMENT_TITLE), row->title);
    qdx_put_string(qdx_image_column(image, store, QDX_DOCUMENT_URL), row->url);
    qdx_put_string(qdx_image_column(image, store, QDX_DOCUMENT_OUTLET), row->outlet);
    qdx_image_put(image, store, QDX_DOCUMENT_DATE,
                  row->date ? qdx_date_dense(row->date) - qdx_date_dense(first) + 1 : 0);
    qdx_image_put(image, store, QDX_DOCUMENT_FILE, row->file_bytes);
    qdx_image_put(image, store, QDX_DOCUMENT_TEXT, qdx_zigzag(row->file_bytes - row->text_bytes));
    for (unsigned i = 0; i < QDX_HASH_SIZE; i++, hash >>= 8)
        qdx_buffer_byte(qdx_image_column(image, store, QDX_DOCUMENT_HASH), (char)hash);
    qdx_image_put(image, store, QDX_DOCUMENT_TIME, qdx_zigzag(row->file_time - last_time));
    qdx_image_put(image, store, QDX_DOCUMENT_QUOTES, row->quotes);
    qdx_put_string(qdx_image_column(image, store, QDX_DOCUMENT_READING), row->format);
    qdx_put_string(qdx_image_column(image, store, QDX_DOCUMENT_READING), row->encoding);
    qdx_image_put(image, store, QDX_DOCUMENT_COPY, row->repairs);
    qdx_image_put(image, store, QDX_DOCUMENT_COPY, row->copy);
}

static qdx_status write_documents(qdx_join *join, qdx_error *error)
{
    qdx_status status = QDX_OK;
    qdx_buffer path = {0};
    uint64_t time = 0;
    join->image->info.documents = join->documents.count;
    join->image->info.first = qdx_date_unpack(join->first_date);
    join->image->info.last = qdx_date_unpack(join->last_date);
    uint32_t *copies = NULL;
    if (status == QDX_OK)
        status = qdx_join_copies(join, &copies, error);
    for (size_t i = 0; status == QDX_OK && i < join->documents.count; i++) {
        qdx_document_row row;
        status = read_document(join, i, &row, error);
        if (status != QDX_OK)
            break;
        row.copy = copies[i] ? (uint32_t)i + 1 - copies[i] : 0;
        if (qdx_image_begins(join->image, QDX_STORE_DOCUMENT))
            time = 0;
        put_path(join->image, row.path, &path);
        put_document(join->image, &row, time);
        time = row.file_time;
        qdx_image_end(join->image, QDX_STORE_DOCUMENT);
    }
    qdx_image_done(join->image, QDX_STORE_DOCUMENT);
    qdx_buffer_release(&path);
    free(copies);
    return status;
}

qdx_status qdx_join_documents(qdx_join *join, qdx_error *error)
{
    qdx_status status = choose(join, error);
    if (status == QDX_OK)
        status = write_options(join, error);
    if (status != QDX_OK)
        return status;
    write_skipped(join);
    return write_documents(join, error);
}
