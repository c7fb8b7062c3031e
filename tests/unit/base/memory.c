/* Arena, buffer and vector: sizes, alignment, growth, overflow. */
#include <stdalign.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "check.h"

static void test_arena(void)
{
    qdx_arena arena = {0};
    for (size_t size = 0; size < 3000; size += 7) {
        char *bytes = qdx_arena_alloc(&arena, size);
        CHECK(bytes && (uintptr_t)bytes % alignof(max_align_t) == 0);
        memset(bytes, 'x', size);
    }
    char *large = qdx_arena_alloc(&arena, 3u << 20);
    if (CHECK(large != NULL))
        memset(large, 'y', 3u << 20);
    CHECK(qdx_arena_alloc(&arena, SIZE_MAX) == NULL);
    CHECK(qdx_arena_alloc(&arena, SIZE_MAX - 8) == NULL);
    CHECK(qdx_arena_array(&arena, SIZE_MAX / 4, 8) == NULL);
    CHECK(qdx_arena_array(&arena, 0, 8) != NULL);
    CHECK_STR(qdx_arena_copy(&arena, "abcdef", 3), "abc");
    CHECK_STR(qdx_arena_copy(&arena, NULL, 0), "");
    CHECK(qdx_arena_copy(&arena, "", SIZE_MAX) == NULL);
    qdx_arena_reset(&arena);
    CHECK_STR(qdx_arena_copy(&arena, "again", 5), "again");
    qdx_arena_release(&arena);
    qdx_arena_release(&arena);
    qdx_arena_reset(&arena);
}

static void test_buffer(void)
{
    qdx_buffer buffer = {0};
    qdx_buffer_append(&buffer, NULL, 0);
    CHECK(buffer.size == 0 && !buffer.failed);
    CHECK_STR(buffer.bytes, "");
    for (int i = 0; i < 1000; i++)
        qdx_buffer_byte(&buffer, (char)('a' + i % 26));
    CHECK(buffer.size == 1000 && strlen(buffer.bytes) == 1000 && buffer.bytes[999] == 'l');
    qdx_buffer_clear(&buffer);
    qdx_buffer_format(&buffer, "%s-%d", "x", 7);
    CHECK_STR(buffer.bytes, "x-7");
    qdx_buffer_format(&buffer, "%0600d", 1);
    CHECK(buffer.size == 603 && buffer.bytes[602] == '1' && buffer.bytes[603] == '\0');
    CHECK(!qdx_buffer_reserve(&buffer, SIZE_MAX) && buffer.failed);
    qdx_buffer_text(&buffer, "ignored");
    CHECK(buffer.size == 603);
    CHECK(qdx_buffer_status(&buffer, NULL) == QDX_ERR_MEMORY);
    qdx_buffer_clear(&buffer);
    CHECK(qdx_buffer_status(&buffer, NULL) == QDX_OK && buffer.size == 0);
    qdx_buffer_release(&buffer);
    CHECK(buffer.bytes == NULL && buffer.capacity == 0);
}

static void test_vector(void)
{
    QDX_VECTOR(uint32_t) vector = {0};
    for (uint32_t i = 0; i < 100; i++)
        CHECK(qdx_vector_push(&vector, i * i));
    CHECK(vector.count == 100 && vector.capacity >= 100);
    for (uint32_t i = 0; i < vector.count; i++)
        CHECK(vector.items[i] == i * i);
    qdx_vector_clear(&vector);
    CHECK(vector.count == 0 && vector.items != NULL);
    void *items = NULL;
    size_t capacity = SIZE_MAX / 4;
    CHECK(!qdx_vector_grow(&items, &capacity, capacity, 16));
    CHECK(items == NULL && capacity == SIZE_MAX / 4);
    qdx_vector_release(&vector);
    CHECK(vector.items == NULL && vector.capacity == 0);
}

int main(void)
{
    test_arena();
    test_buffer();
    test_vector();
    return check_report();
}
