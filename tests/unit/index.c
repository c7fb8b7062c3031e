/* The index: what is written is read back, in any order of adding, and wrong files are refused. */
#include <unistd.h>

#include "index/context.h"
#include "index/decode.h"
#include "index/numbers.h"
#include "index/pack.h"
#include "index/sort.h"
#include "index/words.h"
#include "sample_index.h"

static void test_words(void)
{
    qdx_index_words words = {0};
    const char *text =
        "The U.S. isn't \xE2\x80\x9CLarge\xE2\x80\x9D \xE2\x80\xA6 D\xC3\xA9j\xC3\xA0 vu";
    const char *const expected[] = {"the", "us", "isn", "t", "large", "deja", "vu"};
    const uint32_t positions[] = {0, 1, 2, 3, 4, 6, 7};
    CHECK(qdx_index_words_split(&words, text, strlen(text)));
    CHECK(words.list.count == 7);
    for (size_t i = 0; i < words.list.count && i < 7; i++) {
        const qdx_index_word *word = &words.list.items[i];
        CHECK(word->size == strlen(expected[i]) &&
              memcmp(words.folded.bytes + word->start, expected[i], word->size) == 0);
        CHECK(word->position == positions[i]);
    }
    CHECK(qdx_index_words_split(&words, "", 0) && words.list.count == 0);
    qdx_index_words_release(&words);

    qdx_buffer key = {0};
    qdx_index_name_key("The U.N. Security-Council", 25, &key);
    CHECK_STR(key.bytes, "un security council");
    qdx_buffer_release(&key);
}

static void test_context(void)
{
    const char *text = "One two\n\nthree \xC3\xA9t\xC3\xA9 five six.";
    qdx_document document = {.text = text, .text_size = (uint32_t)strlen(text)};
    qdx_places places;
    CHECK(qdx_places_init(&places, &document, NULL) == QDX_OK);
    CHECK(qdx_places_char(&places, document.text_size) == document.text_size - 2);
    qdx_places_release(&places);
    qdx_span before = qdx_context_before(&document, 15, 9);
    qdx_span after = qdx_context_after(&document, 15, 6);
    qdx_buffer out = {0};
    qdx_context_append(&document, before, &out);
    CHECK_STR(out.bytes, "three");
    qdx_buffer_clear(&out);
    qdx_context_append(&document, after, &out);
    CHECK_STR(out.bytes, "\xC3\xA9t\xC3\xA9");
    qdx_buffer_clear(&out);
    qdx_context_append(&document, (qdx_span){0, 14}, &out);
    CHECK_STR(out.bytes, "One two three");
    qdx_buffer_release(&out);
}

/* Any order of adding, and a record added twice, give the same bytes. */
static void test_determinism(const qdx_buffer *image)
{
    for (size_t first = 0; first < SAMPLE_DOCUMENTS; first++) {
        qdx_buffer other = {0};
        sample_render(first, 1 + first % 4, &other);
        CHECK(other.size == image->size && memcmp(other.bytes, image->bytes, other.size) == 0);
        qdx_buffer_release(&other);
    }
    qdx_buffer twice = {0}, record = {0};
    qdx_index_writer *writer = sample_writer(0, 1);
    sample_encode(&sample_documents[2], &record);
    CHECK(qdx_index_writer_add(writer, record.bytes, record.size, NULL) == QDX_OK);
    CHECK(qdx_index_writer_render(writer, &twice, NULL) == QDX_OK);
    CHECK(twice.size == image->size && memcmp(twice.bytes, image->bytes, twice.size) == 0);
    CHECK(qdx_index_writer_add(writer, record.bytes, record.size, NULL) == QDX_ERR_ARGUMENT);
    qdx_index_writer_free(writer);
    writer = qdx_index_writer_new(NULL);
    for (size_t cut = 1; cut < record.size; cut++)
        CHECK(qdx_index_writer_add(writer, record.bytes, cut, NULL) == QDX_ERR_ARGUMENT);
    qdx_index_writer_free(writer);
    qdx_buffer_release(&twice);
    qdx_buffer_release(&record);
}

static void test_content(const qdx_index *index)
{
    qdx_index_info info;
    qdx_index_info_get(index, &info);
    CHECK(info.documents == SAMPLE_DOCUMENTS && info.entities == 6 && info.quotes == 9);
    CHECK(info.mentions == 12 && info.skipped == 1 && info.format_version == 3);
    CHECK(info.first.year == 2014 && info.last.year == 2016);
    const char *path, *reason;
    CHECK(qdx_index_skipped_at(index, 0, &path, &reason, NULL) == QDX_OK);
    CHECK_STR(path, "news/z.bin");
    CHECK_STR(reason, "file is no text");
    CHECK(qdx_index_skipped_at(index, 1, &path, &reason, NULL) == QDX_ERR_NOT_FOUND);

    qdx_entity_row row;
    qdx_document_row document;
    CHECK(qdx_entity_row_at(index, 0, &row, NULL) == QDX_OK);
    CHECK_STR(row.name, "Ana Berg");
    CHECK(row.quotes == 2 && row.documents == 3 && row.mentions == 3);
    uint64_t reported = row.reported;
    for (uint64_t i = 1; i < info.entities; i++)
        reported += qdx_entity_row_at(index, i, &row, NULL) == QDX_OK ? row.reported : 9;
    CHECK(reported == 1);
    for (uint64_t i = 0; i < info.entities; i++) {
        qdx_entity_name_row name = {"", "", 0};
        CHECK(qdx_entity_row_at(index, i, &row, NULL) == QDX_OK);
        CHECK(qdx_entity_name_at(index, i, &name, NULL) == QDX_OK && name.type == row.type);
        CHECK_STR(name.name, row.name);
        CHECK_STR(name.id, row.id);
    }
    for (uint64_t i = 0; i < info.quotes; i++) {
        qdx_fact_row fact = {.document = UINT32_MAX};
        CHECK(qdx_fact_row_at(index, i, &fact, NULL) == QDX_OK);
        CHECK(qdx_document_row_at(index, fact.document, &document, NULL) == QDX_OK);
        CHECK(fact.date == document.date);
    }
    CHECK(qdx_document_row_at(index, 3, &document, NULL) == QDX_OK);
    CHECK_STR(document.path, "other/d.txt");
    CHECK(qdx_document_row_at(index, 5, &document, NULL) == QDX_ERR_DAMAGED);
    CHECK(qdx_index_verify(index, NULL) == QDX_OK);
}

/* Every word leads to its quotations, and others to none. */
static void test_table(const qdx_index *index)
{
    static const struct {
        const char *word;
        unsigned quotes;
    } words[] = {{"we", 3}, {"paper", 2}, {"us", 3}, {"ana", 1}, {"wait", 0}, {"nothing", 0}};
    qdx_table_walk walk = {.index = index, .store = QDX_STORE_WORD};
    qdx_table_reader reader;
    qdx_index_info info;
    uint64_t count = 0, quote;
    qdx_status status;
    qdx_index_info_get(index, &info);
    while ((status = qdx_table_walk_next(&walk, &reader, NULL)) == QDX_OK)
        count++;
    CHECK(status == QDX_END && count == info.words && count > 16);
    qdx_table_walk_release(&walk);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        uint64_t key = qdx_table_key(words[i].word, strlen(words[i].word), false);
        unsigned quotes = 0;
        status = qdx_table_find(index, QDX_STORE_WORD, key, &reader, NULL);
        CHECK(status == (words[i].quotes ? QDX_OK : QDX_END));
        while (status == QDX_OK && qdx_table_reader_next(&reader, &quote, NULL))
            quotes++;
        CHECK(quotes == words[i].quotes);
    }
}

/* What is packed is unpacked again, and nothing else is. */
static void test_pack_as(const char *bytes, size_t size, bool text)
{
    char *back = malloc(size + 1);
    qdx_packer packer = {0};
    qdx_buffer packed = {0};
    qdx_cursor cursor;
    bool no_memory = false;
    qdx_pack(&packer, bytes, size, text, &packed);
    qdx_cursor_init(&cursor, packed.bytes, packed.size);
    CHECK(back && packed.bytes && qdx_pack_size(&cursor) == size);
    qdx_unpack(&cursor, back, size, &no_memory);
    CHECK(!cursor.failed && qdx_cursor_left(&cursor) == 0 && memcmp(bytes, back, size) == 0);
    for (size_t cut = 0; cut < packed.size; cut += 1 + packed.size / 97) {
        qdx_cursor_init(&cursor, packed.bytes, cut);
        qdx_unpack(&cursor, back, size, &no_memory);
        CHECK(cursor.failed);
        qdx_cursor_init(&cursor, packed.bytes, cut);
        qdx_pack_skip(&cursor);
        CHECK(cursor.failed);
    }
    qdx_cursor_init(&cursor, packed.bytes, packed.size);
    qdx_pack_skip(&cursor);
    CHECK(!cursor.failed && qdx_cursor_left(&cursor) == 0);
    CHECK(packed.size <= size + 12 && !no_memory);
    qdx_buffer_release(&packed);
    qdx_packer_release(&packer);
    free(back);
}

static void test_pack(void)
{
    char text[6000], skewed[6000], equal[6000];
    uint64_t noise = 1;
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (char)(i % 7 * i % 251 + (i > 3000 ? i / 100 : 0));
        noise = noise * 6364136223846793005u + 1442695040888963407u;
        skewed[i] = (char)__builtin_clzll(noise | 1); /* depths beyond the limit */
        equal[i] = 'e';
    }
    for (size_t size = 0; size <= sizeof text; size += size < 64 ? 1 : 848) {
        test_pack_as(text, size, true);
        test_pack_as(text, size, false);
        test_pack_as(skewed, size, true);
        test_pack_as(skewed, size, false);
        test_pack_as(equal, size, false);
    }
}

/* The same of numbers; cut short, or with a changed bit, they never reach past their bytes. */
static void test_numbers_as(const uint64_t *numbers, size_t count)
{
    uint64_t *back = malloc((count + 1) * sizeof *back);
    qdx_buffer packed = {0};
    qdx_cursor cursor;
    qdx_numbers_pack(numbers, count, &packed);
    qdx_cursor_init(&cursor, packed.bytes, packed.size);
    CHECK(back && qdx_numbers_count(&cursor) == count);
    qdx_numbers_unpack(&cursor, back, count);
    CHECK(!cursor.failed && qdx_cursor_left(&cursor) == 0);
    CHECK(!count || memcmp(numbers, back, count * sizeof *back) == 0);
    for (size_t cut = 0; cut < packed.size; cut += 1 + packed.size / 97) {
        qdx_cursor_init(&cursor, packed.bytes, cut);
        qdx_numbers_unpack(&cursor, back, count);
        CHECK(cursor.failed);
        qdx_cursor_init(&cursor, packed.bytes, cut);
        qdx_numbers_skip(&cursor);
        CHECK(cursor.failed);
        char *bytes = malloc(packed.size);
        memcpy(bytes, packed.bytes, packed.size);
        bytes[cut] = (char)(bytes[cut] ^ 1 << cut % 8);
        qdx_cursor_init(&cursor, bytes, packed.size);
        if (qdx_numbers_count(&cursor) == count)
            qdx_numbers_unpack(&cursor, back, count);
        free(bytes);
    }
    qdx_cursor_init(&cursor, packed.bytes, packed.size);
    qdx_numbers_skip(&cursor);
    CHECK(!cursor.failed && qdx_cursor_left(&cursor) == 0);
    CHECK(packed.size <= count * sizeof *numbers + 12);
    qdx_buffer_release(&packed);
    free(back);
}

static void test_numbers(void)
{
    enum { MOST = 3000 };
    static uint64_t small[MOST], wide[MOST], equal[MOST], edges[MOST], rare[MOST];
    uint64_t noise = 1;
    for (size_t i = 0; i < MOST; i++) {
        noise = noise * 6364136223846793005u + 1442695040888963407u;
        small[i] = noise >> 60;
        wide[i] = noise >> noise % 64;
        equal[i] = UINT64_MAX;
        edges[i] = ((uint64_t)1 << i % 64) - (i / 64 & 1);
        rare[i] = i % 1000 == 999 ? noise : noise >> 62;
    }
    for (size_t count = 0; count <= MOST; count += count < 70 ? 1 : 586) {
        test_numbers_as(small, count);
        test_numbers_as(wide, count);
        test_numbers_as(equal, count);
        test_numbers_as(edges, count);
        test_numbers_as(rare, count);
    }
}

/* However the articles are divided, in indexes or records, the joined index has the same bytes. */
static void test_join(const qdx_buffer *image)
{
    for (unsigned division = 0; division < 1u << SAMPLE_DOCUMENTS; division++) {
        qdx_buffer parts[2] = {{0}}, joined = {0}, record = {0};
        qdx_index *indexes[2] = {NULL};
        for (unsigned k = 0; k < 2; k++) {
            qdx_index_writer *writer = qdx_index_writer_new(NULL);
            qdx_error problem = {.message = "file is no text"};
            for (size_t i = 0; i < SAMPLE_DOCUMENTS; i++) {
                qdx_buffer_clear(&record);
                sample_encode(&sample_documents[i], &record);
                if ((division >> i & 1) == k)
                    CHECK(qdx_index_writer_add(writer, record.bytes, record.size, NULL) == QDX_OK);
            }
            CHECK(qdx_index_writer_add_skipped(writer, "news/z.bin", &problem, NULL) == QDX_OK);
            CHECK(qdx_index_writer_render(writer, &parts[k], NULL) == QDX_OK);
            CHECK(qdx_index_open_memory(parts[k].bytes, parts[k].size, 0, &indexes[k], NULL) ==
                  QDX_OK);
            qdx_index_writer_free(writer);
        }
        qdx_index_writer *writer = qdx_index_writer_new(NULL);
        for (unsigned k = 0; k < 3; k++)
            CHECK(qdx_index_writer_add_index(writer, indexes[(k + division) % 2], NULL, NULL,
                                             NULL) == QDX_OK);
        CHECK(qdx_index_writer_render(writer, &joined, NULL) == QDX_OK);
        CHECK(joined.size == image->size && memcmp(joined.bytes, image->bytes, joined.size) == 0);
        qdx_index_writer_free(writer);
        for (unsigned k = 0; k < 2; k++) {
            qdx_index_close(indexes[k]);
            qdx_buffer_release(&parts[k]);
        }
        qdx_buffer_release(&joined);
        qdx_buffer_release(&record);
    }
}

/* A writer that spills all the time writes the same. */
static void test_bound(const qdx_buffer *image)
{
    char path[] = "/tmp/quotedex_unit_XXXXXX";
    int fd = mkstemp(path);
    qdx_buffer bounded = {0}, record = {0};
    qdx_index_writer *writer = qdx_index_writer_new(NULL);
    CHECK(fd >= 0 && qdx_index_writer_bound(writer, 1, path, NULL) == QDX_OK);
    for (size_t i = SAMPLE_DOCUMENTS; i-- > 0;) {
        qdx_buffer_clear(&record);
        sample_encode(&sample_documents[i], &record);
        CHECK(qdx_index_writer_add(writer, record.bytes, record.size, NULL) == QDX_OK);
    }
    qdx_error problem = {.message = "file is no text"};
    CHECK(qdx_index_writer_add_skipped(writer, "news/z.bin", &problem, NULL) == QDX_OK);
    CHECK(qdx_index_writer_render(writer, &bounded, NULL) == QDX_OK);
    CHECK(bounded.size == image->size && memcmp(bounded.bytes, image->bytes, bounded.size) == 0);
    qdx_index_writer_free(writer);
    qdx_buffer_release(&bounded);
    qdx_buffer_release(&record);
    close(fd);
    unlink(path);
}

static void test_refusals(const qdx_buffer *image)
{
    qdx_index *index;
    qdx_error error;
    CHECK(qdx_index_open_memory("", 0, 0, &index, NULL) == QDX_ERR_FORMAT && !index);
    CHECK(qdx_index_open_memory("no index at all", 15, 0, &index, NULL) == QDX_ERR_FORMAT);
    for (size_t size = 0; size < image->size; size += 7)
        CHECK(qdx_index_open_memory(image->bytes, size, 0, &index, &error) < 0 && !index);
    image->bytes[8]++;
    CHECK(qdx_index_open_memory(image->bytes, image->size, 0, &index, &error) == QDX_ERR_VERSION);
    CHECK(error.hint[0] != '\0');
    image->bytes[8]--;
    CHECK(qdx_index_open("/nonexistent/x.qdx", &index, &error) < 0 && !index);
}

static void test_empty(void)
{
    qdx_buffer image = {0};
    qdx_index *index;
    qdx_index_writer *writer = qdx_index_writer_new(NULL);
    CHECK(qdx_index_writer_render(writer, &image, NULL) == QDX_OK);
    qdx_index_writer_free(writer);
    CHECK(qdx_index_open_memory(image.bytes, image.size, 0, &index, NULL) == QDX_OK);
    CHECK(qdx_index_verify(index, NULL) == QDX_OK);
    qdx_index_close(index);
    qdx_buffer_release(&image);
}

static void test_file(const qdx_buffer *image)
{
    char path[] = "/tmp/quotedex_unit_XXXXXX";
    int fd = mkstemp(path);
    qdx_index *index;
    qdx_index_info info;
    CHECK(fd >= 0);
    qdx_index_writer *writer = sample_writer(1, 1);
    CHECK(qdx_index_writer_finish(writer, path, NULL) == QDX_OK);
    CHECK(qdx_index_writer_finish(writer, path, NULL) == QDX_ERR_ARGUMENT);
    qdx_index_writer_free(writer);
    CHECK(qdx_index_open(path, &index, NULL) == QDX_OK);
    qdx_index_info_get(index, &info);
    CHECK(info.file_size == image->size && qdx_index_verify(index, NULL) == QDX_OK);
    qdx_index_close(index);
    close(fd);
    unlink(path);
}

/* Few and many items, with keys near and far apart, equal ones in the order they came in. */
static void test_sort(void)
{
    enum { MOST = 300 };
    static qdx_sort_item items[MOST];
    for (size_t count = 0; count <= MOST; count++) {
        for (uint32_t i = 0; i < count; i++)
            items[i] = (qdx_sort_item){(i * 7919u % 61) * (i % 3 ? 1 : 0x0123456789ABCDull), i};
        CHECK(qdx_sort_items(items, count));
        size_t wrong = 0;
        uint64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            sum += items[i].number;
            wrong += i > 0 &&
                     (items[i - 1].key > items[i].key ||
                      (items[i - 1].key == items[i].key && items[i - 1].number >= items[i].number));
        }
        CHECK(wrong == 0 && sum == (count ? count * (count - 1) / 2 : 0));
    }
}

int main(void)
{
    qdx_buffer image = {0};
    qdx_index *index = NULL;
    sample_render(0, 1, &image);
    CHECK(qdx_index_open_memory(image.bytes, image.size, 0, &index, NULL) == QDX_OK);
    test_words();
    test_sort();
    test_context();
    test_pack();
    test_numbers();
    if (index) {
        test_content(index);
        test_table(index);
    }
    qdx_index_close(index);
    test_determinism(&image);
    test_join(&image);
    test_bound(&image);
    test_refusals(&image);
    test_empty();
    test_file(&image);
    qdx_buffer_release(&image);
    return check_report();
}
