/* Imports: each format's sample gives the rows and the account it should; odd input does no harm.
 */
#include <quotedex/gazetteer.h>
#include <quotedex/import.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "check.h"

#define HEADER "name\ttype\tid\taliases\tcase\tgender\tcountry\tkind\twikidata\tgeonames\tsource\n"

static qdx_status gather(void *context, const void *bytes, size_t size, qdx_error *error)
{
    qdx_buffer_append(context, bytes, size);
    return qdx_buffer_status(context, error);
}

static qdx_status refuse(void *context, const void *bytes, size_t size, qdx_error *error)
{
    (void)context, (void)bytes, (void)size;
    return qdx_error_set(error, QDX_ERR_IO, "disk full");
}

/* The report as text: "kept/entries; reason count@line; ..." */
static const char *account(const qdx_import_report *report, char out[512])
{
    uint64_t sum = 0;
    size_t size = (size_t)snprintf(out, 512, "%s %d/%d", report->format, (int)report->kept,
                                   (int)report->entries);
    for (size_t i = 0; i < report->reason_count; i++) {
        const qdx_import_reason *r = &report->reasons[i];
        size += (size_t)snprintf(out + size, 512 - size, "; %s %d@%d", r->why, (int)r->count,
                                 (int)r->line);
        sum += r->count;
    }
    CHECK(sum == report->skipped);
    CHECK(report->kept + report->skipped == report->entries);
    return out;
}

/* A sample, its format recognized: its rows without the header, and its account. */
static void check_sample(const char *file, const char *type, const char *rows, const char *wanted)
{
    char path[4096], told[512];
    qdx_buffer out = {0};
    qdx_import_report report;
    qdx_import_options options = {.type = type};
    qdx_error error = {0};
    snprintf(path, sizeof path, "%s/tests/corpus/import/%s", QDX_TEST_SOURCE, file);
    qdx_status status =
        qdx_import_run(NULL, path, &options, (qdx_sink){gather, &out}, &report, &error);
    if (status == QDX_ERR_UNSUPPORTED) {
        fprintf(stderr, "%s: not checked: %s\n", file, error.message);
    } else if (CHECK(status == QDX_OK) && CHECK(out.size > strlen(HEADER))) {
        CHECK(strncmp(out.bytes, HEADER, strlen(HEADER)) == 0);
        CHECK_STR(out.bytes + strlen(HEADER), rows);
        CHECK_STR(account(&report, told), wanted);
    }
    qdx_buffer_release(&out);
}

static void test_json(void)
{
    check_sample(
        "wikidata.json", NULL,
        "Mirela Tavrashin\tperson\twikidata-q900000001\tMirela Tavrashina|M. Tavrashin"
        "\t\tf\t\t\tQ900000001\t\twikidata\n"
        "Port Ondine\tplace\twikidata-q900000002\t\t\t\t\tcity\tQ900000002\t99000002"
        "\twikidata\n"
        "Veskoria\tplace\twikidata-q900000006\t\t\t\tXV\tcountry\tQ900000006\t\twikidata\n",
        "wikidata 3/6; no person, organization or place 1@4; no English label 1@5; "
        "broken JSON 1@6");
    check_sample("opensanctions.jsonl", NULL,
                 "Oren Maddick\tperson\topensanctions-vk-001\tMaddick, Oren\t\tm\tXV\t\tQ900000009"
                 "\t\topensanctions\n"
                 "Sarn Shipping\torganization\topensanctions-vk-002\tSarn Shipping Ltd.\t\t\tXV"
                 "\tcompany\t\t\topensanctions\n",
                 "opensanctions 2/3; no person, organization or place 1@3");
    check_sample("popolo.json", NULL,
                 "Mirela Tavrashin\tperson\tpopolo-p1\tMirella Tavrashin\t\tf\t\t\tQ900000001\t"
                 "\tpopolo\n"
                 "Harbour Party\torganization\tpopolo-o1\t\t\t\t\tparty\t\t\tpopolo\n"
                 "North Sarn\tplace\tpopolo-a1\t\t\t\t\t\t\t\tpopolo\n",
                 "popolo 3/4; no usable name in Latin letters 1@0");
    check_sample("patterns.jsonl", NULL,
                 "Sarn Shipping\torganization\tspacy-sarn-shipping\tSarn Shipping\t\t\t\t\t\t"
                 "\tspacy\n"
                 "port ondine\tplace\t\t\tany\t\t\t\t\t\tspacy\n"
                 "Oren Maddick\tperson\t\t\t\t\t\t\t\t\tspacy\n",
                 "spacy 3/5; pattern is more than words 1@4; no person, organization or place 1@5");
}

static void test_tables(void)
{
    check_sample("geonames.txt", NULL,
                 "Port Ondine\tplace\tgeonames-99000002\tOndinhavn\t\t\tXV\tcapital\t\t99000002"
                 "\tgeonames\n"
                 "Lake Sarn\tplace\tgeonames-99000003\t\t\t\tXV\tsea\t\t99000003\tgeonames\n",
                 "geonames 2/3; not the 19 cells of a GeoNames row 1@3");
    check_sample("alternate_names.txt", NULL,
                 "Ondine Harbour\tplace\tgeonames-99000002\tOndine Harbour\t\t\t\t\t\t99000002"
                 "\tgeonames-alternate\n"
                 "PTO\tplace\tgeonames-99000002\tPTO\texact\t\t\t\t\t99000002"
                 "\tgeonames-alternate\n",
                 "geonames-alternate 2/3; no English name 1@2");
    check_sample("jrc.txt", NULL,
                 "Mirela Tavrashin\tperson\tjrc-7001\tMirella Tavrashin\t\t\t\t\t\t\tjrc\n"
                 "Union of Sarn Fishers\torganization\tjrc-7002\t\t\t\t\t\t\t\tjrc\n",
                 "jrc 2/3; no person, organization or place 1@5");
    check_sample("regexner.tsv", NULL,
                 "Port Ondine\tplace\t\t\t\t\t\tcity\t\t\tregexner\n"
                 "Sarn Shipping Ltd.\torganization\t\t\t\t\t\t\t\t\tregexner\n",
                 "regexner 2/4; pattern is a real expression 1@3; "
                 "no person, organization or place 1@4");
}

static void test_lists(void)
{
    check_sample("bodies.lst", "organization",
                 "Tavrashin Foundation\torganization\t\t\t\t\t\t\t\t\tgate\n"
                 "Port Authority of Ondine\torganization\t\t\t\t\t\t\t\t\tgate\n",
                 "gate 2/3; no usable name in Latin letters 1@4");
    check_sample("plain.txt", "person",
                 "Mirela Tavrashin\tperson\t\t\t\t\t\t\t\t\tplain\n"
                 "Oren Maddick\tperson\t\t\t\t\t\t\t\t\tplain\n",
                 "plain 2/4; no usable name in Latin letters 2@5");
}

static void test_failures(void)
{
    qdx_buffer out = {0};
    qdx_import_report report;
    qdx_error error;
    qdx_import_options odd = {.type = "persons"}, person = {.type = "person"};
    volatile int stopped = 1;
    qdx_import_options stop = {.type = "person", .stop = &stopped};
    qdx_sink sink = {gather, &out}, full = {refuse, NULL};
    const char *list = "Oren Maddick\n\xff\xfe\nA\n";
    size_t size = strlen(list);
    CHECK(qdx_import_run_bytes("plain", "l", list, size, NULL, sink, &report, &error) ==
          QDX_ERR_ARGUMENT);
    CHECK(qdx_import_run_bytes("csv", "l", list, size, &person, sink, &report, &error) ==
          QDX_ERR_ARGUMENT);
    CHECK(qdx_import_run_bytes("plain", "l", list, size, &odd, sink, &report, NULL) ==
          QDX_ERR_ARGUMENT);
    CHECK(qdx_import_run_bytes("plain", "l", list, size, &person, full, &report, &error) ==
          QDX_ERR_IO);
    CHECK(qdx_import_run_bytes("plain", "l", list, size, &stop, sink, &report, &error) ==
          QDX_ERR_INTERRUPTED);
    CHECK(qdx_import_run(NULL, "/nowhere/l.txt", &person, sink, &report, &error) != QDX_OK);
    CHECK(qdx_import_run(NULL, "/", &person, sink, &report, &error) == QDX_ERR_UNSUPPORTED);
    qdx_buffer_clear(&out);
    CHECK(qdx_import_run_bytes(NULL, "l", list, size, &person, sink, &report, &error) == QDX_OK);
    CHECK(report.kept == 2 && report.skipped == 1 && report.reasons[0].line == 2);
    CHECK_STR(report.reasons[0].why, "line is no UTF-8 text");
    qdx_buffer_clear(&out);
    CHECK(qdx_import_run_bytes("plain", "l", "", 0, &person, sink, &report, &error) == QDX_OK);
    CHECK_STR(out.bytes, HEADER);
    qdx_buffer_release(&out);
}

/* The formats' names lead back to them. */
static void test_formats(void)
{
    const char *name, *description = NULL;
    qdx_buffer out = {0};
    qdx_import_report report;
    qdx_import_options options = {.type = "place"};
    size_t count = 0;
    for (; (name = qdx_import_format_at(count, &description)); count++) {
        qdx_status status = qdx_import_run_bytes(name, "l", "[]\n", 3, &options,
                                                 (qdx_sink){gather, &out}, &report, NULL);
        CHECK(status == QDX_OK || status == QDX_ERR_UNSUPPORTED);
        CHECK_STR(report.format, name);
        CHECK(description && *description);
    }
    CHECK(count == 10);
    qdx_buffer_release(&out);
}

int main(void)
{
    test_json();
    test_tables();
    test_lists();
    test_failures();
    test_formats();
    return check_report();
}
