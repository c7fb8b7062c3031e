/* Fuzz target: any bytes as a name list, recognized and as every format. What is written loads. */
#include <quotedex/import.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "gazetteer/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static qdx_status gather(void *context, const void *bytes, size_t size, qdx_error *error)
{
    qdx_buffer_append(context, bytes, size);
    return qdx_buffer_status(context, error);
}

/* As many good rows as the report says were kept. */
static void check_rows(const qdx_buffer *out, uint64_t kept)
{
    qdx_table table;
    qdx_status status;
    if (qdx_table_open_bytes(&table, "fuzz", out->bytes, out->size, NULL) != QDX_OK)
        abort();
    int name = qdx_table_column(&table, "name"), type = qdx_table_column(&table, "type");
    while ((status = qdx_table_next(&table, NULL)) == QDX_OK) {
        if (!*qdx_table_cell(&table, name) || !*qdx_table_cell(&table, type))
            abort();
        kept--;
    }
    if (status != QDX_END || kept)
        abort();
    qdx_table_close(&table);
}

static void run(const char *format, const uint8_t *bytes, size_t size)
{
    qdx_buffer out = {0};
    qdx_import_report report;
    qdx_import_options options = {.type = "person"};
    qdx_status status = qdx_import_run_bytes(format, "fuzz.txt", bytes, size, &options,
                                             (qdx_sink){gather, &out}, &report, NULL);
    if (report.kept + report.skipped > report.entries)
        abort();
    if (status == QDX_OK)
        check_rows(&out, report.kept);
    qdx_buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *format;
    run(NULL, bytes, size);
    for (size_t i = 0; (format = qdx_import_format_at(i, NULL)); i++)
        run(format, bytes, size);
    return 0;
}
