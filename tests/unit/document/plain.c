/* Plain text: paragraphs by either custom, titles, dates; the text itself stays as it is. */
#include "read.h"

static qdx_reader *reader;

static void check_blocks(const char *text, size_t count, const char *first, const char *last)
{
    const qdx_document *document = read_text(reader, "a.txt", text);
    if (!CHECK(document != NULL))
        return;
    CHECK_STR(document->text, text);
    if (!CHECK(document->block_count == count))
        fprintf(stderr, "  %zu blocks in: %s\n", document->block_count, text);
    CHECK_STR(block_text(document, 0), first);
    CHECK_STR(block_text(document, count - 1), last);
}

static void test_paragraphs(void)
{
    check_blocks("One.\n\nTwo.\n", 2, "One.", "Two.");
    check_blocks("One is a paragraph.\nTwo is another.\nThree.", 3, "One is a paragraph.",
                 "Three.");
    check_blocks(
        "This paragraph is broken\nto a width, and goes\non. It ends here.\n\nAnother one\nis "
        "broken too.\n",
        2, "This paragraph is broken\nto a width, and goes\non. It ends here.",
        "Another one\nis broken too.");
    check_blocks("Both go on, said the mayor,\nAnna Keller of Verham.\nNext.\n", 2,
                 "Both go on, said the mayor,\nAnna Keller of Verham.", "Next.");
    check_blocks("A.\r\n\r\nB.\r\n", 2, "A.", "B.");
    check_blocks("A.\rB.\rC.\r", 3, "A.", "C.");
    check_blocks("  \n\t\nOnly this.  \n\n\n", 1, "Only this.", "Only this.");
    check_blocks(
        "An indent begins a paragraph in wrapped\ntext of this kind, as here.\n    It did. And "
        "this one is also\nwrapped to a width.",
        2, "An indent begins a paragraph in wrapped\ntext of this kind, as here.",
        "It did. And this one is also\nwrapped to a width.");
}

static void test_titles(void)
{
    const qdx_document *d =
        read_text(reader, "a.txt", "Bridge to be rebuilt\n\nMarch 11, 2031\n\nIt will be.\n");
    CHECK(d && d->blocks[0].kind == QDX_BLOCK_HEADING && d->date.year == 2031 && d->date.day == 11);
    CHECK_STR(d ? d->title : NULL, "Bridge to be rebuilt");
    d = read_text(reader, "a.txt", "It will be rebuilt.\n\nSo said the mayor.\n");
    CHECK_STR(d ? d->title : NULL, "");
    CHECK(d && d->blocks[0].kind == QDX_BLOCK_PARAGRAPH);
    d = read_text(reader, "a.txt", "BRIDGE TO BE REBUILT\nVERHAM, May 2 - So it is.\n");
    CHECK_STR(d ? d->title : NULL, "BRIDGE TO BE REBUILT");
    d = read_text(reader, "a.txt", "https://v.example/2031/03/11/x\n\nA title\n\nText follows.\n");
    CHECK_STR(d ? d->title : NULL, "A title");
    CHECK_STR(d ? d->url : NULL, "https://v.example/2031/03/11/x");
    CHECK(d && d->date.year == 2031 && d->date.month == 3);
}

int main(void)
{
    reader = qdx_reader_new(NULL, NULL);
    if (!CHECK(reader != NULL))
        return check_report();
    test_paragraphs();
    test_titles();
    qdx_reader_free(reader);
    return check_report();
}
