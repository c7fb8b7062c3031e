/* Archives and records through the reader: names, numbers, failures, and finding one again. */
#include <stdlib.h>
#include <unistd.h>

#include "document/json_tree.h"
#include "document/member_name.h"
#include "document/read.h"

static qdx_reader *reader;

#define TWO_LINES                                                                                  \
    "{\"title\": \"One\", \"body\": \"First.\"}\n{broken\n{\"title\": \"Two\", \"body\": "         \
    "\"Second.\"}\n"

static void test_lines(void)
{
    qdx_error error = {0};
    const qdx_document *d = read_text(reader, "a.jsonl", TWO_LINES);
    if (!CHECK(d != NULL))
        return;
    CHECK(d->part == 1);
    CHECK_STR(d->text, "One\n\nFirst.");
    CHECK_STR(d->detail, "title=title,text=body");
    CHECK_STR(d->format, "JSON");
    CHECK(qdx_reader_next(reader, &d, &error) == QDX_ERR_FORMAT);
    CHECK_STR(error.file, "a.jsonl#2");
    CHECK(qdx_reader_next(reader, &d, &error) == QDX_OK && d->part == 3);
    CHECK_STR(d->title, "Two");
    CHECK(qdx_reader_next(reader, &d, &error) == QDX_END);
    CHECK(qdx_reader_next(reader, &d, &error) == QDX_END);
}

static void test_shapes(void)
{
    static const struct {
        const char *json, *title, *outlet, *author, *text;
        uint32_t part;
    } cases[] = {
        {"{\"headline\": {\"main\": \"H\"}, \"byline\": {\"original\": \"By Ada Orsk\"}, "
         "\"lead_paragraph\": \"L.\", \"source\": \"Post\"}",
         "H", "Post", "Ada Orsk", "H\n\nL.", 0},
        {"{\"response\": {\"results\": [{\"webTitle\": \"W\", \"fields\": {\"body\": "
         "\"<p>P.</p><p>Q.</p>\", \"byline\": \"Ada Orsk\"}}]}}",
         "W", "", "Ada Orsk", "W\n\nP.\n\nQ.", 1},
        {"{\"articles\": [{\"title\": \"N\", \"content\": \"C.\", \"author\": null, \"source\": "
         "{\"id\": null, \"name\": \"Net\"}}]}",
         "N", "Net", "", "N\n\nC.", 1},
        {"{\"_source\": {\"title\": \"S\", \"maintext\": \"M.\", \"authors\": [\"Ada Orsk\", \"Bo "
         "Lind\"], "
         "\"source_domain\": \"v.example\"}}",
         "S", "v.example", "Ada Orsk; Bo Lind", "S\n\nM.", 0},
        {"{\"Title\": \"T\", \"Article Text\": \"One &amp; two.\"}", "T", "", "", "T\n\nOne & two.",
         0},
        {"[{\"title\": \"P\", \"body\": [\"One.\", {\"text\": \"Two.\"}]}]", "P", "", "",
         "P\n\nOne.\n\nTwo.", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const qdx_document *d = read_text(reader, "a.json", cases[i].json);
        if (!CHECK(d != NULL))
            continue;
        CHECK_STR(d->title, cases[i].title);
        CHECK_STR(d->outlet, cases[i].outlet);
        CHECK_STR(d->author, cases[i].author);
        CHECK_STR(d->text, cases[i].text);
        CHECK(d->part == cases[i].part);
    }
}

static void test_dates(void)
{
    static const char *const dates[] = {
        "\"2014-03-11T09:30:00Z\"", "\"20140311T093000Z\"", "1394530200", "1394530200000",
        "\"1394530200\"",           "\"Tue, 11 Mar 2014\"", "20140311"};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        char json[128], date[16];
        snprintf(json, sizeof json, "{\"body\": \"B.\", \"date\": %s}", dates[i]);
        const qdx_document *d = read_text(reader, "a.json", json);
        if (CHECK(d != NULL))
            CHECK_STR(qdx_date_format(d->date, date), "2014-03-11");
    }
}

static void test_tree(void)
{
    static const struct {
        const char *json;
        qdx_status status;
    } cases[] = {
        {"[1, -2.5e3, true, false, null, \"x\", {}, []]", QDX_OK},
        {"{\"a\": {\"b\": [{}]}}", QDX_OK},
        {"{\"a\" 1}", QDX_ERR_FORMAT},
        {"[1 2]", QDX_ERR_FORMAT},
        {"[1,]", QDX_ERR_FORMAT},
        {"{\"a\": \"\\x\"}", QDX_ERR_FORMAT},
        {"[1] 2", QDX_ERR_FORMAT},
        {"[[[[[1]]]]]", QDX_ERR_LIMIT},
        {"", QDX_ERR_FORMAT},
    };
    qdx_json_tree tree = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK(qdx_json_tree_parse(&tree, cases[i].json, strlen(cases[i].json), 4, NULL) ==
              cases[i].status);
    const char *text = "\"\\u00e9\\ud83d\\ude00\\ud800x\"";
    CHECK(qdx_json_tree_parse(&tree, text, strlen(text), 4, NULL) == QDX_OK);
    CHECK_STR(tree.text.bytes, "\xC3\xA9\xF0\x9F\x98\x80\xEF\xBF\xBDx");
    qdx_json_tree_release(&tree);
}

static void test_names(void)
{
    static const struct {
        const char *name;
        bool admitted;
    } cases[] = {
        {"a.txt", true}, {"a.txt", false},  {"../a", false},    {"a/../b", false},
        {"/a", false},   {"C:\\a", false},  {"..\\a", false},   {"a/b.txt", true},
        {"link", false}, {"link/x", false}, {"linked/x", true}, {"..a", true},
        {"", false},     {"a..b/c", true},
    };
    qdx_member_names names;
    qdx_member_names_init(&names);
    CHECK(qdx_member_names_link(&names, "link", NULL) == QDX_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK((qdx_member_names_admit(&names, cases[i].name, NULL) == QDX_OK) == cases[i].admitted);
    CHECK(qdx_member_is_left_out("__MACOSX/a") && qdx_member_is_left_out("a/.b") &&
          !qdx_member_is_left_out("a.b/c"));
    qdx_member_names_release(&names);
}

/* Members found again, forwards and backwards. */
static void test_found_again(void)
{
    char path[] = "qdx-unpack-XXXXXX.jsonl";
    int fd = mkstemps(path, 6);
    const qdx_document *d;
    if (!CHECK(fd >= 0))
        return;
    CHECK(write(fd, TWO_LINES, strlen(TWO_LINES)) == (ssize_t)strlen(TWO_LINES));
    close(fd);
    static const uint32_t parts[] = {3, 1, 3, 3, 1};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        CHECK(qdx_reader_open_article(reader, path, parts[i], NULL) == QDX_OK);
        if (CHECK(qdx_reader_next(reader, &d, NULL) == QDX_OK))
            CHECK(d->part == parts[i]);
    }
    CHECK(qdx_reader_open_article(reader, path, 4, NULL) == QDX_ERR_NOT_FOUND);
    CHECK(qdx_reader_open_article(reader, "no-such-file.zip!/a", 0, NULL) == QDX_ERR_IO);
    unlink(path);
}

int main(void)
{
    reader = qdx_reader_new(NULL, NULL);
    if (!CHECK(reader != NULL))
        return check_report();
    test_lines();
    test_shapes();
    test_dates();
    test_tree();
    test_names();
    test_found_again();
    qdx_reader_free(reader);
    return check_report();
}
