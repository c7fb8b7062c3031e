/* Dates: strict parsing, formatting, and finding them in what papers write. */
#include "document/date.h"

#include "check.h"

static const char *found(const char *text)
{
    static char buffer[16];
    qdx_date date = {0, 0, 0};
    qdx_date_find(text, strlen(text), &date);
    return qdx_date_format(date, buffer);
}

static const char *found_in_url(const char *url)
{
    static char buffer[16];
    qdx_date date = {0, 0, 0};
    qdx_date_find_in_url(url, &date);
    return qdx_date_format(date, buffer);
}

static void test_strict(void)
{
    qdx_date date = {1, 2, 3};
    char buffer[16];
    CHECK(qdx_date_parse("2014-03-11", &date) && date.year == 2014 && date.month == 3);
    CHECK_STR(qdx_date_format(date, buffer), "2014-03-11");
    CHECK(qdx_date_parse("2014-03", &date));
    CHECK_STR(qdx_date_format(date, buffer), "2014-03");
    CHECK(qdx_date_parse("2014", &date));
    CHECK_STR(qdx_date_format(date, buffer), "2014");
    static const char *const wrong[] = {"",       "14",        "2014-13",     "2014-02-30",
                                        "2014-3", "2014-03-1", "2014-03-11 ", "2014-",
                                        "x2014",  "0000",      "2014-00",     "2014-03-00"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK(!qdx_date_parse(wrong[i], &date));
    CHECK_STR(qdx_date_format(date, buffer), "2014");
    CHECK(qdx_date_parse("2012-02-29", &date) && !qdx_date_parse("2013-02-29", &date));
}

static void test_lenient(void)
{
    CHECK_STR(found("2031-03-11T09:30:00+01:00"), "2031-03-11");
    CHECK_STR(found("20310311T093000Z"), "2031-03-11");
    CHECK_STR(found("Tue, 11 Mar 2031 10:00:00 GMT"), "2031-03-11");
    CHECK_STR(found("VERHAM, March 11, 2031"), "2031-03-11");
    CHECK_STR(found("Published: Sept. 3rd, 2031"), "2031-09-03");
    CHECK_STR(found("on the 11th of March 2031"), "2031-03-11");
    CHECK_STR(found("11-Mar-2031"), "2031-03-11");
    CHECK_STR(found("March 2031"), "2031-03");
    CHECK_STR(found("2031/3/9"), "2031-03-09");
    CHECK_STR(found("03/11/2031"), "");
    CHECK_STR(found("03/25/2031, 10:00"), "2031-03-25");
    CHECK_STR(found("25/03/2031"), "2031-03-25");
    CHECK_STR(found("11.3.2031, 10:00 Uhr"), "2031-03-11");
    CHECK_STR(found("version 1.2.3 of 2031"), "");
    CHECK_STR(found("Dienstag, 11. M\xC3\xA4rz 2031"), "2031-03-11");
    CHECK_STR(found("Publi\xC3\xA9 le 1 ao\xC3\xBBt 2031"), "2031-08-01");
    CHECK_STR(found("11 de marzo de 2031"), "2031-03-11");
    CHECK_STR(found("11 \xD0\xBC\xD0\xB0\xD1\x80\xD1\x82\xD0\xB0 2031"), "2031-03-11");
    CHECK_STR(found("2031\xE5\xB9\xB4"
                    "3\xE6\x9C\x88"
                    "11\xE6\x97\xA5"),
              "2031-03-11");
    CHECK_STR(found("Mars 2031"), "");
    CHECK_STR(found("March 11"), "");
    CHECK_STR(found("31 June 2031"), "2031-06");
    CHECK_STR(found("Room 2031"), "");
    CHECK_STR(found(""), "");
}

static void test_addresses(void)
{
    CHECK_STR(found_in_url("https://courier.example/2031/03/11/bridge"), "2031-03-11");
    CHECK_STR(found_in_url("https://courier.example/world/2031/mar/11/bridge"), "2031-03-11");
    CHECK_STR(found_in_url("https://courier.example/2031-03-11-bridge"), "2031-03-11");
    CHECK_STR(found_in_url("https://courier.example/20310311/bridge"), "2031-03-11");
    CHECK_STR(found_in_url("https://courier.example/2031/03/bridge"), "2031-03");
    CHECK_STR(found_in_url("https://courier.example/news/1234567"), "");
    CHECK_STR(found_in_url(""), "");
}

int main(void)
{
    test_strict();
    test_lenient();
    test_addresses();
    return check_report();
}
