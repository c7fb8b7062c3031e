/* The promises of document.h, held against what comes out of any bytes: valid and terminated UTF-8,
 * blocks in order, and no more articles or failures than bytes could hold. */
#include "read_document.h"

#include <quotedex/document.h>
#include <stdlib.h>

#include "text/unicode.h"

enum { READER_RUNS = 256 /* inputs after which the reader is a new one */ };

static qdx_reader *reader;
static unsigned runs;

static void check_document(const qdx_document *document)
{
    uint32_t end = 0;
    if (!qdx_utf8_valid(document->text, document->text_size) || document->text[document->text_size])
        abort();
    for (size_t i = 0; i < document->block_count; i++) {
        qdx_span span = document->blocks[i].span;
        if (span.start < end || span.end <= span.start || span.end > document->text_size)
            abort();
        end = span.end;
    }
}

static void release_reader(void)
{
    qdx_reader_free(reader);
    reader = NULL;
}

static qdx_reader *ready_reader(void)
{
    static const qdx_reader_options options = {.max_file_bytes = 1 << 20,
                                               .max_expanded_bytes = 4 << 20};
    if (runs++ == 0) {
        setenv("PATH", "", 1);
        atexit(release_reader);
    }
    if (runs % READER_RUNS == 0)
        release_reader();
    if (!reader)
        reader = qdx_reader_new(&options, NULL);
    return reader;
}

void fuzz_read_document(const char *name, const uint8_t *bytes, size_t size)
{
    const qdx_document *document;
    qdx_error error = {0};
    size_t calls = 0;
    if (!ready_reader() || qdx_reader_open_bytes(reader, name, bytes, size, &error) != QDX_OK)
        return;
    for (qdx_status status = QDX_OK; status != QDX_END && status != QDX_ERR_MEMORY;) {
        status = qdx_reader_next(reader, &document, &error);
        if (status == QDX_OK)
            check_document(document);
        if (calls++ > 64 + 16 * size)
            abort();
    }
}

void fuzz_read_one_of(const char *const *names, size_t count, const uint8_t *bytes, size_t size)
{
    if (size > 0)
        fuzz_read_document(names[bytes[0] % count], bytes + 1, size - 1);
}
