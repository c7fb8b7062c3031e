/* HTML and XML: the article in them, what they tell about it, and what is refused. */
#include "read.h"

#define OPEN "\xE2\x80\x9C"
#define CLOSE "\xE2\x80\x9D"

static qdx_reader *reader;

static void check_html(const char *html, const char *text)
{
    const qdx_document *document = read_text(reader, "a.html", html);
    if (CHECK(document != NULL))
        CHECK_STR(document->text, text);
}

static const char page[] =
    "<!DOCTYPE html><html lang=en-GB><head><title>Bridge back by June | The Courier</title>"
    "<meta property='og:site_name' content='The Courier'><meta name=author content='By Tilda Orme'>"
    "<link rel=canonical href='https://courier.example/2031/03/11/bridge'>"
    "<script type='application/ld+json'>{\"headline\":\"Bridge \\u201cback\\u201d by "
    "June\"}</script>"
    "<style>p{}</style></head><body class='has-sidebar'><nav><a href=/>Home</a></nav>"
    "<div class='byline'>By Tilda Orme</div><p>" OPEN "We will rebuild," CLOSE
    " said <b>Anna</b> Keller.<p>She told them <q>it is paid for</q>.<br><br>Another paragraph."
    "<blockquote><p>We never gave up.</p></blockquote><figure><figcaption>No.</figcaption></figure>"
    "<div class='share-tools'>Share this</div><p><a href=x>Read more here</a></p>"
    "<aside>Related: none</aside><h2>Links</h2></div><footer>Copyright</footer>"
    "<script>var a='said Script Man.'</script></body></html>";

static void test_page(void)
{
    const qdx_document *d = read_text(reader, "page.html", page);
    if (!CHECK(d != NULL))
        return;
    CHECK_STR(d->text, OPEN "We will rebuild," CLOSE " said Anna Keller.\n\nShe told them " OPEN
                            "it is paid for" CLOSE ".\n\nAnother paragraph.\n\nWe never gave up.");
    CHECK(d->block_count == 4 && d->blocks[3].kind == QDX_BLOCK_QUOTATION);
    CHECK_STR(d->title, "Bridge " OPEN "back" CLOSE " by June");
    CHECK_STR(d->outlet, "The Courier");
    CHECK_STR(d->author, "Tilda Orme");
    CHECK_STR(d->language, "en-GB");
    CHECK_STR(d->url, "https://courier.example/2031/03/11/bridge");
    CHECK(d->date.year == 2031 && d->date.month == 3 && d->date.day == 11);
}

static void test_small_pages(void)
{
    check_html("<p>Just this.</p>", "Just this.");
    check_html("Text without any tag.", "Text without any tag.");
    check_html("<pre>One is broken\nover lines.\n\nTwo.</pre>",
               "One is broken over lines.\n\nTwo.");
    check_html("<p>A&nbsp;&nbsp;gap, so&shy;ft.</p>", "A gap, soft.");
    check_html("<p>He said <q>" OPEN "yes" CLOSE "</q>.</p>", "He said " OPEN "yes" CLOSE ".");
    check_html("<p hidden>No.</p><p style='display: none'>No.</p><p>Yes, this.</p>", "Yes, this.");
    check_html("<ul><li>First point.</li><li>Second point.</li></ul>",
               "First point.\n\nSecond point.");
}

static void test_nitf(void)
{
    const qdx_document *d = read_text(
        reader, "a.xml",
        "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf><head><docdata>"
        "<date.issue norm='20310311T120000Z'/></docdata><pubdata name='The Courier'/></head><body>"
        "<body.head><hedline><hl1>Bridge back</hl1></hedline><byline>By <person>Tilda Orme</person>"
        "<byttl>Staff</byttl></byline><dateline>VERHAM</dateline></body.head><body.content><p>One "
        "&mdash; with <em>it</em>.</p><media><caption>No.</caption></media><bq><p>Words.</p></bq>"
        "</body.content></body></nitf>");
    if (!CHECK(d != NULL))
        return;
    CHECK_STR(d->text, "Bridge back\n\nVERHAM\n\nOne \xE2\x80\x94 with it.\n\nWords.");
    CHECK_STR(d->title, "Bridge back");
    CHECK_STR(d->author, "Tilda Orme");
    CHECK_STR(d->outlet, "The Courier");
    CHECK(d->date.year == 2031 && d->blocks[3].kind == QDX_BLOCK_QUOTATION);
}

static void test_feed(void)
{
    const qdx_document *d = read_text(
        reader, "a.rss",
        "<rss><channel><title>Courier</title><item><title>One</title><link>https://v.example/1"
        "</link><pubDate>Tue, 11 Mar 2031 10:00:00 GMT</pubDate><media:title>no</media:title>"
        "<description>&lt;p&gt;A.&lt;/p&gt;&lt;p&gt;B.&lt;/p&gt;</description></item><item/>"
        "<item><title>Two</title><content:encoded><![CDATA[<p>C.</p>]]></content:encoded></item>"
        "</channel></rss>");
    if (!CHECK(d != NULL))
        return;
    CHECK_STR(d->text, "One\n\nA.\n\nB.");
    CHECK_STR(d->url, "https://v.example/1");
    CHECK_STR(d->outlet, "Courier");
    CHECK(d->part == 1 && d->date.day == 11);
    CHECK(qdx_reader_next(reader, &d, NULL) == QDX_OK && d->part == 3);
    CHECK_STR(d->text, "Two\n\nC.");
    CHECK(qdx_reader_next(reader, &d, NULL) == QDX_END);
}

static void test_any_xml(void)
{
    const qdx_document *d = read_text(
        reader, "a.xml",
        "<doc><id>7</id><headline>Bridge back</headline><date>2031-03-11</date><story><para>One "
        "<b>bold</b> word.</para><para>First\nline.\n\nNext.</para></story></doc>");
    if (!CHECK(d != NULL))
        return;
    CHECK_STR(d->text, "Bridge back\n\nOne bold word.\n\nFirst line.\n\nNext.");
    CHECK_STR(d->title, "Bridge back");
    CHECK(d->date.month == 3);
}

static void check_refused(const char *name, const char *text, qdx_status status, uint32_t line)
{
    qdx_error error = {0};
    CHECK(read_bytes(reader, name, text, strlen(text), &error) == NULL);
    if (!CHECK(error.code == status && (line == 0 || error.line == line)))
        fprintf(stderr, "  %s: %s, line %u\n", text, error.message, error.line);
}

static void test_refused(void)
{
    check_refused("a.xml", "<a>\n<b></a></b>", QDX_ERR_FORMAT, 2);
    check_refused("a.xml", "<?xml version='1.0'?>\n<a>\ncut", QDX_ERR_FORMAT, 3);
    check_refused("a.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", QDX_ERR_UNSUPPORTED, 0);
    check_refused("a.html", "<p></p><script>x</script>", QDX_ERR_FORMAT, 0);
    static char large[100000];
    memset(large, 'x', sizeof large - 1);
    memcpy(large, "<a b='", 6);
    memcpy(large + sizeof large - 4, "'>x", 3);
    check_refused("a.html", large, QDX_ERR_LIMIT, 1);
    check_refused("a.xml", large, QDX_ERR_LIMIT, 1);
    for (size_t i = 0; i + 3 < sizeof large; i += 3)
        memcpy(large + i, "<b>", 3);
    check_refused("a.xml", large, QDX_ERR_LIMIT, 0);
    memcpy(large, "<p>The start.</p>", 17);
    const qdx_document *d = read_text(reader, "a.html", large);
    CHECK(d && (d->repairs & QDX_REPAIR_TRUNCATED) && strcmp(d->text, "The start.") == 0);
}

int main(void)
{
    reader = qdx_reader_new(NULL, NULL);
    if (!CHECK(reader != NULL))
        return check_report();
    test_page();
    test_small_pages();
    test_nitf();
    test_feed();
    test_any_xml();
    test_refused();
    qdx_reader_free(reader);
    return check_report();
}
