/*
 * Fuzz target: arbitrary bytes as an index, opened, verified and asked. With an odd size checksums
 * are not looked at, so that what lies behind them meets hostile numbers too.
 */
#include <quotedex/query.h>
#include <stddef.h>
#include <stdint.h>

#include "index/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void ask(const qdx_index *index)
{
    static const qdx_query queries[] = {
        {.kinds = 7},
        {.by = "Vadim Orlenko", .unique = true},
        {.by = "luranian foreign minister"},
        {.about = "berg", .text = "we \"will not\"", .sort = QDX_SORT_SPEAKER},
        {.source = "news", .since = {2014, 1, 0}},
        {.by = "nobody at all"},
    };
    qdx_result *result;
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        if (qdx_query_quotes(index, &queries[i], &result, NULL) == QDX_OK)
            qdx_result_free(result);
    if (qdx_query_entities(index, -1, "o", &result, NULL) == QDX_OK)
        qdx_result_free(result);
    if (qdx_query_mentions(index, "Orlenko", &result, NULL) == QDX_OK)
        qdx_result_free(result);
    const char *path, *reason;
    qdx_index_skipped_at(index, 0, &path, &reason, NULL);
}

static void open_and_ask(const uint8_t *bytes, size_t size, unsigned flags)
{
    qdx_index *index;
    if (qdx_index_open_memory(bytes, size, flags, &index, NULL) != QDX_OK)
        return;
    ask(index);
    qdx_index_verify(index, NULL);
    qdx_index_close(index);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    open_and_ask(bytes, size, 0);
    open_and_ask(bytes, size, QDX_INDEX_TRUST);
    return 0;
}
