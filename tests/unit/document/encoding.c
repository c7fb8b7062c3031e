/* Decoding: marks, labels, windows-1252, mojibake, broken and binary data. */
#include "read.h"

#define OPEN "\xE2\x80\x9C"
#define CLOSE "\xE2\x80\x9D"

static qdx_reader *reader;

static const qdx_document *read_part(const char *name, const char *bytes, size_t size)
{
    qdx_error error = {0};
    return read_bytes(reader, name, bytes, size, &error);
}

#define READ(name, literal) read_part(name, literal, sizeof(literal) - 1)

static void check_read(const qdx_document *document, const char *text, const char *encoding,
                       uint32_t repairs)
{
    if (!CHECK(document != NULL))
        return;
    CHECK_STR(document->text, text);
    CHECK_STR(document->encoding, encoding);
    CHECK(document->repairs == repairs);
    CHECK(strlen(document->text) == document->text_size);
}

static void test_marks(void)
{
    check_read(READ("a.txt", "\xEF\xBB\xBFZo\xC3\xAB."), "Zo\xC3\xAB.", "utf-8", 0);
    check_read(READ("a.txt", "\xFF\xFEh\0i\0.\0"), "hi.", "utf-16le", 0);
    check_read(READ("a.txt", "\xFE\xFF\0h\0i\0."), "hi.", "utf-16be", 0);
    check_read(READ("a.txt", "h\0e\0l\0l\0o\0.\0"), "hello.", "utf-16le", 0);
    check_read(READ("a.txt", "\xFF\xFE\0\0h\0\0\0.\0\0\0"), "h.", "utf-32le", 0);
    check_read(READ("a.txt", "\xFF\xFE\x3D\xD8\x00\xDE.\0"), "\xF0\x9F\x98\x80.", "utf-16le", 0);
    check_read(READ("a.txt", "\xFF\xFE\x3D\xD8.\0"), "\xEF\xBF\xBD.", "utf-16le",
               QDX_REPAIR_INVALID);
}

static void test_eight_bits(void)
{
    check_read(READ("a.txt", "\x93We won,\x94 said Zo\xEB Ball."),
               OPEN "We won," CLOSE " said Zo\xC3\xAB Ball.", "windows-1252", 0);
    check_read(READ("a.txt", "\xC2\x93We won,\xC2\x94 she said."),
               OPEN "We won," CLOSE " she said.", "utf-8", QDX_REPAIR_CONTROLS);
    check_read(READ("a.txt", "Zo\xC3\xAB, \xC3\xA9t\xC3\xA9, \xC3\xA0: it\x92s late."),
               "Zo\xC3\xAB, \xC3\xA9t\xC3\xA9, \xC3\xA0: it\xE2\x80\x99s late.", "utf-8",
               QDX_REPAIR_CONTROLS);
    check_read(READ("a.txt", "The end \xF0\x9F\x98"),
               "The end \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", "utf-8", QDX_REPAIR_INVALID);
}

static void test_labels(void)
{
    check_read(READ("a.html", "<meta charset=iso-8859-1><p>\x93We won,\x94 she said.</p>"),
               OPEN "We won," CLOSE " she said.", "windows-1252", 0);
    check_read(READ("a.html", "<meta http-equiv=content-type content='text/html; charset=koi8-r'>"
                              "<p>\xC1\xC2\xD7 said so.</p>"),
               "\xD0\xB0\xD0\xB1\xD0\xB2 said so.", "koi8-r", 0);
    check_read(READ("a.xml", "<?xml version='1.0' encoding='iso-8859-2'?><a>\xB3 word.</a>"),
               "\xC5\x82 word.", "iso-8859-2", 0);
    check_read(READ("a.xml", "<?xml version='1.0' encoding='x-unheard-of'?><a>\xE9 word.</a>"),
               "\xC3\xA9 word.", "windows-1252", 0);
    check_read(READ("a.xml", "<?xml version='1.0' encoding='UTF-16'?><a>a word.</a>"), "a word.",
               "utf-8", 0);
    check_read(READ("a.html", "<p>&#147;We won,&#148; she said.</p>"),
               OPEN "We won," CLOSE " she said.", "utf-8", 0);
}

static void test_mojibake(void)
{
    check_read(READ("a.txt", "\xC3\xA2\xE2\x82\xAC\xC5\x93We won,\xC3\xA2\xE2\x82\xAC\xC2\x9D said "
                             "Zo\xC3\x83\xC2\xAB."),
               OPEN "We won," CLOSE " said Zo\xC3\xAB.", "utf-8", QDX_REPAIR_MOJIBAKE);
    /* one sequence is no proof */
    check_read(READ("a.txt", "The coup d'\xC3\x83\xC2\xA9tat."), "The coup d'\xC3\x83\xC2\xA9tat.",
               "utf-8", 0);
    /* closing marks after capitals are no damage, and stay where others are repaired */
    check_read(READ("a.txt", "LUND\xC3\x89" CLOSE " IRM\xC3\x83" CLOSE " NON\xC3\x89" CLOSE),
               "LUND\xC3\x89" CLOSE " IRM\xC3\x83" CLOSE " NON\xC3\x89" CLOSE, "utf-8", 0);
    check_read(READ("a.txt", "\xC3\x83\xC2\xA9t\xC3\x83\xC2\xA9 LUND\xC3\x89" CLOSE),
               "\xC3\xA9t\xC3\xA9 LUND\xC3\x89" CLOSE, "utf-8", QDX_REPAIR_MOJIBAKE);
}

static void test_refused(void)
{
    static const struct {
        const char *name;
        const char *bytes;
        size_t size;
        qdx_status status;
    } cases[] = {
        {"a.txt", "", 0, QDX_ERR_FORMAT},         {"a.txt", "a\0b", 3, QDX_ERR_FORMAT},
        {"a.txt", " \n\n ", 4, QDX_ERR_FORMAT},   {"a.jpg", "text", 4, QDX_ERR_UNSUPPORTED},
        {"a", "\x1F\x8B\x08", 3, QDX_ERR_FORMAT}, {"a.qdx", "x", 1, QDX_ERR_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        qdx_error error = {0};
        CHECK(read_bytes(reader, cases[i].name, cases[i].bytes, cases[i].size, &error) == NULL);
        CHECK(error.code == cases[i].status);
        CHECK_STR(error.file, cases[i].name);
        CHECK(error.message[0] != '\0');
    }
}

int main(void)
{
    reader = qdx_reader_new(NULL, NULL);
    if (!CHECK(reader != NULL))
        return check_report();
    test_marks();
    test_eight_bits();
    test_labels();
    test_mojibake();
    test_refused();
    qdx_reader_free(reader);
    return check_report();
}
