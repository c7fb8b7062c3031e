/* Rows in every format, documents as JSON and as annotated text, from values made by hand. */
#include <quotedex/output.h>

#include "base/buffer.h"
#include "check.h"
#include "output/annotated.h"
#include "output/codepoint_map.h"
#include "output/json.h"

static qdx_status sink_write(void *context, const void *bytes, size_t size, qdx_error *error)
{
    qdx_buffer_append(context, bytes, size);
    return qdx_buffer_status(context, error);
}

static const qdx_column columns[] = {
    {"name", QDX_CELL_TEXT, 12}, {"n", QDX_CELL_INTEGER, 5}, {"x", QDX_CELL_REAL, 0}};

/* One row in a format; the caller's buffer holds what came out. */
static const char *row(qdx_buffer *out, const char *format, const char *text, bool no_guard)
{
    qdx_rows_options options = {.format = format, .no_guard = no_guard, .width = 40};
    qdx_cell cells[] = {{.text = text}, {.integer = -7}, {.real = 0.5}};
    qdx_rows *rows = NULL;
    qdx_buffer_clear(out);
    qdx_sink sink = {sink_write, out};
    CHECK(qdx_rows_open(&options, columns, 3, sink, &rows, NULL) == QDX_OK);
    CHECK(qdx_rows_write(rows, cells, NULL) == QDX_OK);
    CHECK(qdx_rows_finish(rows, NULL) == QDX_OK);
    qdx_rows_close(rows);
    return out->bytes;
}

static void test_csv(qdx_buffer *out)
{
    CHECK_STR(row(out, "csv", "plain", false), "name,n,x\nplain,-7,0.5\n");
    CHECK_STR(row(out, "csv", NULL, false), "name,n,x\n,-7,0.5\n");
    CHECK_STR(row(out, "csv", "a,b", false), "name,n,x\n\"a,b\",-7,0.5\n");
    CHECK_STR(row(out, "csv", "say \"no\"", false), "name,n,x\n\"say \"\"no\"\"\",-7,0.5\n");
    CHECK_STR(row(out, "csv", "a\r\nb\nc\rd", false), "name,n,x\na b c d,-7,0.5\n");
    CHECK_STR(row(out, "csv", "a\xE2\x80\xA8z", false), "name,n,x\na z,-7,0.5\n");
    CHECK_STR(row(out, "csv", "=1+1", false), "name,n,x\n'=1+1,-7,0.5\n");
    CHECK_STR(row(out, "csv", "=1+1", true), "name,n,x\n=1+1,-7,0.5\n");
    CHECK_STR(row(out, "csv", "\n=1", false), "name,n,x\n' =1,-7,0.5\n");
    CHECK_STR(row(out, "csv", "\t=1", false), "name,n,x\n'\t=1,-7,0.5\n");
    CHECK_STR(row(out, "csv", "＝1", false), "name,n,x\n'＝1,-7,0.5\n");
    CHECK_STR(row(out, "csv", "-", false), "name,n,x\n'-,-7,0.5\n");
    CHECK_STR(row(out, "csv", "a\x1b[1m\xC2\x9Bz", false),
              "name,n,x\na\xEF\xBF\xBD[1m\xEF\xBF\xBDz,-7,0.5\n");
    CHECK_STR(row(out, "csv", "a\xFFz", false), "name,n,x\na\xEF\xBF\xBDz,-7,0.5\n");
}

static void test_other_rows(qdx_buffer *out)
{
    CHECK_STR(row(out, "tsv", "a\tb\"", false), "name\tn\tx\na b\"\t-7\t0.5\n");
    CHECK_STR(row(out, "jsonl", "=a\n\"\x01", false),
              "{\"name\": \"=a\\n\\\"\\u0001\", \"n\": -7, \"x\": 0.5}\n");
    CHECK_STR(row(out, "jsonl", "\x7f\xc2\x9b", false), /* what terminals obey */
              "{\"name\": \"\\u007f\\u009b\", \"n\": -7, \"x\": 0.5}\n");
    CHECK_STR(row(out, "jsonl", NULL, false), "{\"name\": null, \"n\": -7, \"x\": 0.5}\n");
    CHECK_STR(row(out, "table", "a \x1b[31mred", false),
              "name         n\na \xEF\xBF\xBD[31mred  -7\n");
    qdx_rows *rows = NULL;
    qdx_rows_options unknown = {.format = "xml"};
    qdx_sink sink = {sink_write, out};
    CHECK(qdx_rows_open(&unknown, columns, 3, sink, &rows, NULL) == QDX_ERR_ARGUMENT);
    CHECK(!rows);
}

static void test_excel(qdx_buffer *out)
{
    CHECK_STR(row(out, "excel", "a \"b\"", false),
              "\xEF\xBB\xBFname,n,x,truncated\r\n\"a \"\"b\"\"\",-7,0.5,no\r\n");
    CHECK_STR(row(out, "csv", "007", false), "name,n,x\n\"007\",-7,0.5\n");
    /* 32,767 UTF-16 units: a character outside the basic plane counts twice and is not cut apart.
     */
    qdx_buffer text = {0};
    for (int i = 0; i < 16384; i++)
        qdx_buffer_text(&text, "\xF0\x9F\x90\x9F");
    const char *line = row(out, "excel", text.bytes, false);
    CHECK(strstr(line, ",-7,0.5,yes\r\n") != NULL);
    CHECK(strlen(line) ==
          strlen("\xEF\xBB\xBFname,n,x,truncated\r\n\"\",-7,0.5,yes\r\n") + (size_t)16383 * 4);
    qdx_buffer_release(&text);
}

static void test_report(qdx_buffer *out)
{
    const char *page = row(out, "html", "<b>\x1b'&\"", false);
    CHECK(strstr(page, "&lt;b&gt;\xEF\xBF\xBD&#39;&amp;&quot;") != NULL);
    CHECK(strstr(page, "<b>") == NULL);
}

static void test_fragment(void)
{
    char text[128];
    qdx_text_fragment("https://a.example/b", "one-two, three", text, sizeof text);
    CHECK_STR(text, "https://a.example/b#:~:text=one%2Dtwo%2C%20three");
    qdx_text_fragment("https://a.example/b#c", "a b c d e \xE2\x80\xA6 v w x y z", text,
                      sizeof text);
    CHECK_STR(text, "https://a.example/b#c:~:text=a%20b%20c%20d,w%20x%20y%20z");
    CHECK(qdx_text_fragment("https://a.example/", "x", text, 5) ==
          strlen("https://a.example/#:~:text=x"));
    CHECK_STR(text, "http");
}

static void test_table(qdx_buffer *out)
{
    CHECK_STR(row(out, "table", "ab", false), "name   n\nab    -7\n");
    CHECK_STR(row(out, "table", "one two three four five six seven eight nine ten", false),
              "name                                   n\n"
              "one two three four five six seven     -7\n"
              "eight nine ten\n");
    CHECK_STR(row(out, "table", "日本", false), "name   n\n日本  -7\n");
}

static void test_real(qdx_buffer *out)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},         {1, "1"},       {0.9, "0.9"},    {0.834, "0.83"}, {0.995, "1"},
                 {-1.25, "-1.25"}, {0.05, "0.05"}, {1e300, "null"}, {0.0001, "0"},   {-0.001, "0"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        qdx_buffer_clear(out);
        qdx_json_real(out, cases[i].value);
        CHECK_STR(out->bytes, cases[i].text);
    }
}

static void test_codepoints(void)
{
    const char *text = "aé“x”\xFFz";
    qdx_codepoint_map map;
    CHECK(qdx_codepoint_map_init(&map, text, strlen(text), NULL) == QDX_OK);
    CHECK(qdx_codepoint_at(&map, 0) == 0);
    CHECK(qdx_codepoint_at(&map, 3) == 2);
    CHECK(qdx_codepoint_at(&map, 6) == 3);
    CHECK(qdx_codepoint_at(&map, 11) == 6);
    CHECK(qdx_codepoint_at(&map, strlen(text)) == 7);
    CHECK(qdx_codepoint_at(&map, 1000) == 7);
    qdx_codepoint_map_release(&map);
}

/* The span of the n-th (from 0) `words` in the text. */
static qdx_span find(const char *text, const char *words, int nth)
{
    const char *p = strstr(text, words);
    while (p && nth--)
        p = strstr(p + 1, words);
    qdx_span span = {0, 0};
    if (p)
        span = (qdx_span){(uint32_t)(p - text), (uint32_t)(p - text + (long)strlen(words))};
    CHECK(p != NULL);
    return span;
}

static const char article[] = "Anna Berg won {once}.\n"
                              "“We will appeal,” she said, “and we will win.”\n"
                              "“Good,” Berg said. The court “did not listen”.\n";

/* An article with every kind of finding, analysed by hand. */
static qdx_status render(qdx_buffer *out, bool json)
{
    const qdx_entity berg = {.id = "anna-berg", .name = "Anna Berg", .type = QDX_ENTITY_PERSON};
    const qdx_mention mentions[] = {
        {.span = find(article, "Anna Berg", 0), .rule = "alias", .confidence = 0.99f},
        {.span = find(article, "Berg", 1), .rule = "surname", .confidence = 0.9f}};
    const qdx_span first[] = {find(article, "We will appeal,", 0),
                              find(article, "and we will win.", 0)};
    const qdx_span second = find(article, "Good,", 0), third = find(article, "did not listen", 0);
    const qdx_quote quotes[] = {
        {.kind = QDX_QUOTE_DIRECT,
         .spans = first,
         .span_count = 2,
         .content = {first[0].start, first[1].end},
         .cue = find(article, "said", 0),
         .speaker = {QDX_SPEAKER_PERSON, find(article, "she", 0), 0, "pronoun", 0.83f},
         .confidence = 0.9f},
        {.kind = QDX_QUOTE_DIRECT,
         .spans = &second,
         .span_count = 1,
         .content = second,
         .cue = find(article, "said", 1),
         .speaker = {QDX_SPEAKER_PERSON, mentions[1].span, 0, "subject", 0.95f},
         .confidence = 0.9f},
        {.kind = QDX_QUOTE_MIXED,
         .spans = &third,
         .span_count = 1,
         .content = {find(article, "The court", 0).start, third.end},
         .speaker = {.kind = QDX_SPEAKER_UNKNOWN, .entity = QDX_NO_ENTITY, .rule = ""},
         .confidence = 0.5f}};
    const qdx_analysis analysis = {&berg, 1, mentions, 2, quotes, 3};
    const qdx_document document = {.path = "a.txt",
                                   .title = "",
                                   .language = "en",
                                   .date = {2014, 3, 11},
                                   .text = article,
                                   .text_size = sizeof article - 1};
    qdx_buffer_clear(out);
    return json ? qdx_document_write_json(&document, &analysis, out, NULL)
                : qdx_document_write_annotated(&document, &analysis, out, NULL);
}

static void test_annotated(qdx_buffer *out)
{
    CHECK(render(out, false) == QDX_OK);
    CHECK_STR(out->bytes,
              "=== a.txt (2014-03-11)\n"
              "{person@1=anna-berg Anna Berg} won \\{once\\}.\n"
              "{quote#1 “We will appeal,”} {by#1 she} {cue#1 said}, {quote#1 “and we will win.”}\n"
              "{quote#1b “Good,”} {person@1#1b Berg} {cue#1b said}. "
              "{clause#? The court {mixed#? “did not listen”}}.\n");
    const char *body = strchr(out->bytes, '\n') + 1;
    qdx_buffer plain = {0};
    CHECK(qdx_annotated_strip(body, strlen(body), &plain, NULL) == QDX_OK);
    CHECK_STR(plain.bytes, article);
    qdx_buffer_release(&plain);
}

static void test_strip_errors(qdx_buffer *out)
{
    static const char *const broken[] = {"{", "{a", "}", "{a b", "a\\", "{ a}", "{a{b c}}"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        qdx_buffer_clear(out);
        CHECK(qdx_annotated_strip(broken[i], strlen(broken[i]), out, NULL) == QDX_ERR_FORMAT);
    }
    qdx_buffer_clear(out);
    qdx_annotated_escape(out, "=== a\n=== b\n==", 14, true);
    CHECK_STR(out->bytes, "\\=== a\n\\=== b\n==");
}

/* Ranges that cross: the later one is split. */
static void test_crossing(qdx_buffer *out)
{
    const char *text = "The “Bank of” Life said.";
    const qdx_entity bank = {.id = "bank", .name = "Bank", .type = QDX_ENTITY_ORGANIZATION};
    const qdx_mention mention = {.span = {find(text, "Bank", 0).start, find(text, "Life", 0).end}};
    const qdx_span span = find(text, "Bank of", 0);
    const qdx_quote quote = {.kind = QDX_QUOTE_DIRECT,
                             .spans = &span,
                             .span_count = 1,
                             .content = span,
                             .speaker = {.kind = QDX_SPEAKER_UNNAMED,
                                         .span = find(text, "said", 0),
                                         .entity = QDX_NO_ENTITY}};
    const qdx_analysis analysis = {&bank, 1, &mention, 1, &quote, 1};
    const qdx_document document = {.path = "b", .text = text, .text_size = (uint32_t)strlen(text)};
    qdx_buffer_clear(out);
    CHECK(qdx_document_write_annotated(&document, &analysis, out, NULL) == QDX_OK);
    CHECK_STR(out->bytes, "=== b\nThe {quote#- “{organization@1=bank Bank of”}}"
                          "{organization@1=bank+  Life} {by#- said}.\n");
}

static void test_document_json(qdx_buffer *out)
{
    CHECK(render(out, true) == QDX_OK);
    CHECK(
        strncmp(
            out->bytes,
            "{\"doc\": \"a.txt\", \"title\": null, \"date\": \"2014-03-11\", \"language\": \"en\", "
            "\"text\": \"Anna Berg won {once}.\\n",
            strlen("{\"doc\": \"a.txt\", \"title\": null, \"date\": \"2014-03-11\", "
                   "\"language\": \"en\", \"text\": \"Anna Berg won {once}.\\n")) == 0);
    CHECK(strstr(out->bytes,
                 "{\"start\": 0, \"end\": 9, \"text\": \"Anna Berg\", \"type\": \"person\", "
                 "\"id\": \"anna-berg\", \"name\": \"Anna Berg\", \"rule\": \"alias\", "
                 "\"confidence\": 0.99}"));
    CHECK(strstr(out->bytes,
                 "\"kind\": \"direct\", \"spans\": [[23, 38], [51, 67]], "
                 "\"content\": [23, 67], "
                 "\"text\": \"We will appeal, … and we will win.\", \"cue\": \"said\", "
                 "\"speaker\": {\"start\": 40, \"end\": 43, \"text\": \"she\", "
                 "\"kind\": \"person\", \"id\": \"anna-berg\", \"name\": \"Anna Berg\", "
                 "\"rule\": \"pronoun\", \"confidence\": 0.83}, \"confidence\": 0.9}"));
    CHECK(strstr(out->bytes, "\"cue\": null, \"speaker\": null, \"confidence\": 0.5}"));
}

int main(void)
{
    qdx_buffer out = {0};
    test_csv(&out);
    test_other_rows(&out);
    test_excel(&out);
    test_report(&out);
    test_fragment();
    test_table(&out);
    test_real(&out);
    test_codepoints();
    test_annotated(&out);
    test_strip_errors(&out);
    test_crossing(&out);
    test_document_json(&out);
    qdx_buffer_release(&out);
    return check_report();
}
