/* The door to libxml2 when the library is not there: markup is refused, text is read. */
#define QDX_LIBXML2_NAME "libno-such-library.so.0"
#include "../../../src/document/markup_library.c" // NOLINT(bugprone-suspicious-include)

#include "read.h"

int main(void)
{
    qdx_error error = {0};
    qdx_reader *reader = qdx_reader_new(NULL, NULL);
    CHECK(qdx_markup_library_load(&error) == NULL && error.code == QDX_ERR_UNSUPPORTED);
    CHECK(strstr(error.message, "libxml2") && strstr(error.message, QDX_LIBXML2_NAME));
    static const char *const names[] = {"a.html", "a.xml"};
    for (size_t i = 0; reader && i < 2; i++) {
        error = (qdx_error){0};
        CHECK(read_bytes(reader, names[i], "<p>Text</p>", 11, &error) == NULL);
        CHECK(error.code == QDX_ERR_UNSUPPORTED && strstr(error.message, "libxml2"));
    }
    CHECK(reader && read_text(reader, "a.txt", "Only text.") != NULL);
    qdx_reader_free(reader);
    return check_report();
}
