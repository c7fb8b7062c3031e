/*
 * Dates: strict ISO 8601 for what users type, lenient reading for what articles carry. It knows the
 * months' names in a dozen languages and no time zones: a date is the one the paper wrote. Method:
 * try a reading at each number and each word, take the first that is a real day.
 */
#include "document/date.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { YEAR_MIN = 1400, YEAR_MAX = 2199, URL_YEAR_MIN = 1980, ENGLISH_MONTHS = 23 };

static const struct month_name {
    const char *name;
    uint8_t month;
} month_names[] = {
    {"january", 1},
    {"february", 2},
    {"march", 3},
    {"april", 4},
    {"may", 5},
    {"june", 6},
    {"july", 7},
    {"august", 8},
    {"september", 9},
    {"october", 10},
    {"november", 11},
    {"december", 12},
    {"jan", 1},
    {"feb", 2},
    {"mar", 3},
    {"apr", 4},
    {"jun", 6},
    {"jul", 7},
    {"aug", 8},
    {"sept", 9},
    {"sep", 9},
    {"oct", 10},
    {"nov", 11},
    {"dec", 12},
    /* German, Dutch, Scandinavian */
    {"januar", 1},
    {"februar", 2},
    {"m\xC3\xA4rz", 3},
    {"mai", 5},
    {"juni", 6},
    {"juli", 7},
    {"oktober", 10},
    {"dezember", 12},
    {"j\xC3\xA4nner", 1},
    {"januari", 1},
    {"februari", 2},
    {"maart", 3},
    {"mars", 3},
    {"mei", 5},
    {"maj", 5},
    {"marts", 3},
    {"augustus", 8},
    {"augusti", 8},
    {"desember", 12},
    /* French, Spanish, Italian, Portuguese */
    {"janvier", 1},
    {"f\xC3\xA9vrier", 2},
    {"avril", 4},
    {"juin", 6},
    {"juillet", 7},
    {"ao\xC3\xBBt", 8},
    {"septembre", 9},
    {"octobre", 10},
    {"novembre", 11},
    {"d\xC3\xA9"
     "cembre",
     12},
    {"enero", 1},
    {"febrero", 2},
    {"marzo", 3},
    {"abril", 4},
    {"mayo", 5},
    {"junio", 6},
    {"julio", 7},
    {"agosto", 8},
    {"septiembre", 9},
    {"octubre", 10},
    {"noviembre", 11},
    {"diciembre", 12},
    {"gennaio", 1},
    {"febbraio", 2},
    {"aprile", 4},
    {"maggio", 5},
    {"giugno", 6},
    {"luglio", 7},
    {"settembre", 9},
    {"ottobre", 10},
    {"dicembre", 12},
    {"janeiro", 1},
    {"fevereiro", 2},
    {"mar\xC3\xA7o", 3},
    {"maio", 5},
    {"junho", 6},
    {"julho", 7},
    {"setembro", 9},
    {"outubro", 10},
    {"novembro", 11},
    {"dezembro", 12},
    /* Polish, Russian, as they stand in dates */
    {"stycznia", 1},
    {"lutego", 2},
    {"marca", 3},
    {"kwietnia", 4},
    {"maja", 5},
    {"czerwca", 6},
    {"lipca", 7},
    {"sierpnia", 8},
    {"wrze\xC5\x9Bnia", 9},
    {"pa\xC5\xBA"
     "dziernika",
     10},
    {"listopada", 11},
    {"grudnia", 12},
    {"\xD1\x8F\xD0\xBD\xD0\xB2\xD0\xB0\xD1\x80\xD1\x8F", 1},
    {"\xD1\x84\xD0\xB5\xD0\xB2\xD1\x80\xD0\xB0\xD0\xBB\xD1\x8F", 2},
    {"\xD0\xBC\xD0\xB0\xD1\x80\xD1\x82\xD0\xB0", 3},
    {"\xD0\xB0\xD0\xBF\xD1\x80\xD0\xB5\xD0\xBB\xD1\x8F", 4},
    {"\xD0\xBC\xD0\xB0\xD1\x8F", 5},
    {"\xD0\xB8\xD1\x8E\xD0\xBD\xD1\x8F", 6},
    {"\xD0\xB8\xD1\x8E\xD0\xBB\xD1\x8F", 7},
    {"\xD0\xB0\xD0\xB2\xD0\xB3\xD1\x83\xD1\x81\xD1\x82\xD0\xB0", 8},
    {"\xD1\x81\xD0\xB5\xD0\xBD\xD1\x82\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8F", 9},
    {"\xD0\xBE\xD0\xBA\xD1\x82\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8F", 10},
    {"\xD0\xBD\xD0\xBE\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8F", 11},
    {"\xD0\xB4\xD0\xB5\xD0\xBA\xD0\xB0\xD0\xB1\xD1\x80\xD1\x8F", 12},
};

typedef struct scan {
    const char *at;
    const char *end;
} scan;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static uint8_t days_in(unsigned year, unsigned month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return (uint8_t)(days[month - 1] + (month == 2 && leap ? 1 : 0));
}

/* month or day 0: unknown. False when there is no such day. */
static bool make_date(unsigned year, unsigned month, unsigned day, qdx_date *date)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month > 12 || (month == 0 && day))
        return false;
    if (month && day > days_in(year, month))
        return false;
    *date = (qdx_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

char *qdx_date_format(qdx_date date, char buffer[16])
{
    unsigned year = (unsigned)(date.year < 0 ? 0 : date.year);
    if (year == 0)
        buffer[0] = '\0';
    else if (date.month == 0)
        snprintf(buffer, 16, "%04u", year);
    else if (date.day == 0)
        snprintf(buffer, 16, "%04u-%02u", year, date.month);
    else
        snprintf(buffer, 16, "%04u-%02u-%02u", year, date.month, date.day);
    return buffer;
}

/* Counts the digits at `s` and gives the value of the first `n`. */
static size_t digit_run(const scan *s)
{
    size_t n = 0;
    while (s->at + n < s->end && is_digit(s->at[n]))
        n++;
    return n;
}

static unsigned take_number(scan *s, size_t digits)
{
    unsigned value = 0;
    for (size_t i = 0; i < digits; i++)
        value = value * 10 + (unsigned)(*s->at++ - '0');
    return value;
}

bool qdx_date_parse(const char *text, qdx_date *date)
{
    scan s = {text, text + strlen(text)};
    unsigned part[3] = {0, 0, 0};
    for (size_t i = 0; i < 3; i++) {
        size_t digits = i == 0 ? 4 : 2;
        if (digit_run(&s) != digits)
            return false;
        part[i] = take_number(&s, digits);
        if (part[i] == 0)
            return false;
        if (s.at == s.end)
            return make_date(part[0], part[1], part[2], date);
        if (*s.at++ != '-')
            return false;
    }
    return false;
}

/* `any`: of every language. Without a day before them, "mars" and "mai" are words like others. */
static unsigned take_month(scan *s, bool any)
{
    size_t n = 0;
    while (s->at + n < s->end && is_letter(s->at[n]))
        n++;
    size_t count = any ? sizeof month_names / sizeof month_names[0] : ENGLISH_MONTHS;
    for (size_t i = 0; n >= 3 && i < count; i++) {
        const char *name = month_names[i].name;
        if ((s->at[0] == name[0] || (s->at[0] | 0x20) == name[0]) &&
            strncasecmp(s->at, name, n) == 0 && name[n] == '\0') {
            s->at += n;
            return month_names[i].month;
        }
    }
    return 0;
}

static void skip_any(scan *s, const char *set)
{
    while (s->at < s->end && *s->at && strchr(set, *s->at))
        s->at++;
}

/* "st", "nd", "rd", "th" after a day. */
static void skip_ordinal(scan *s)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++)
        if (s->end - s->at >= 2 && strncasecmp(s->at, endings[i], 2) == 0) {
            s->at += 2;
            return;
        }
}

static bool take_year(scan *s, unsigned *year)
{
    if (digit_run(s) != 4)
        return false;
    *year = take_number(s, 4);
    return true;
}

/* A number of one or two digits and the character that is written after it; 0: it is not there. */
static unsigned take_marked(scan *s, const char mark[4])
{
    size_t digits = digit_run(s);
    if (digits < 1 || digits > 2 || s->end - s->at < (ptrdiff_t)digits + 3 ||
        memcmp(s->at + digits, mark, 3) != 0)
        return 0;
    unsigned value = take_number(s, digits);
    s->at += 3;
    return value;
}

/* "2014-03-11", "2014/3/11", "2014-03", "2014年3月11日" with the year already read. */
static bool after_year(scan s, unsigned year, qdx_date *date)
{
    if (s.end - s.at > 3 && memcmp(s.at, "\xE5\xB9\xB4", 3) == 0) {
        s.at += 3;
        unsigned named = take_marked(&s, "\xE6\x9C\x88");
        return named && make_date(year, named, take_marked(&s, "\xE6\x97\xA5"), date);
    }
    if (s.at == s.end || !strchr("-/.", *s.at))
        return false;
    char separator = *s.at++;
    size_t digits = digit_run(&s);
    if (digits < 1 || digits > 2)
        return false;
    unsigned month = take_number(&s, digits);
    if (month == 0)
        return false;
    if (s.at < s.end && *s.at == separator) {
        scan t = {s.at + 1, s.end};
        size_t n = digit_run(&t);
        if (n >= 1 && n <= 2)
            return make_date(year, month, take_number(&t, n), date);
    }
    return separator == '-' && digits == 2 && make_date(year, month, 0, date);
}

/* "11.03.2014"; "25/03/2014", "03/25/2014" where only one of the two can be the month. */
static bool after_first(scan s, unsigned first, qdx_date *date)
{
    char separator = s.at < s.end ? *s.at++ : '\0';
    size_t digits = digit_run(&s);
    if (!separator || !strchr("./-", separator) || digits < 1 || digits > 2 || first == 0)
        return false;
    unsigned second = take_number(&s, digits);
    unsigned year;
    if (s.at == s.end || *s.at++ != separator || !take_year(&s, &year) || second == 0)
        return false;
    if (separator == '.' || (first > 12 && second <= 12) || first == second)
        return make_date(year, second, first, date);
    return first <= 12 && second > 12 && make_date(year, first, second, date);
}

static void skip_word(scan *s, const char *word)
{
    size_t n = strlen(word);
    if (s->end - s->at > (ptrdiff_t)n && strncasecmp(s->at, word, n) == 0)
        s->at += n;
}

/* "11 March 2014", "11th of March, 2014", "11-Mar-2014", "11. März 2014", "11 de marzo de 2014"
 * with the day already read. */
static bool after_day(scan s, unsigned day, qdx_date *date)
{
    if (after_first(s, day, date))
        return true;
    skip_ordinal(&s);
    skip_any(&s, " -.");
    skip_word(&s, "of ");
    skip_word(&s, "de ");
    unsigned month = take_month(&s, true);
    if (month == 0 || day == 0)
        return false;
    skip_any(&s, " .,-");
    skip_word(&s, "de ");
    unsigned year;
    return take_year(&s, &year) && make_date(year, month, day, date);
}

static bool at_number(scan s, qdx_date *date)
{
    size_t digits = digit_run(&s);
    if (digits == 8 || digits == 12 || digits == 14) {
        unsigned year = take_number(&s, 4);
        unsigned month = take_number(&s, 2);
        unsigned day = take_number(&s, 2);
        return month && day && make_date(year, month, day, date);
    }
    if (digits == 4)
        return after_year((scan){s.at + 4, s.end}, take_number(&(scan){s.at, s.end}, 4), date);
    if (digits <= 2)
        return after_day((scan){s.at + digits, s.end}, take_number(&(scan){s.at, s.end}, digits),
                         date);
    return false;
}

/* "March 11, 2014", "Mar. 11th 2014", "March 2014". */
static bool at_month(scan s, qdx_date *date)
{
    unsigned month = take_month(&s, false);
    if (month == 0)
        return false;
    skip_any(&s, " .,");
    size_t digits = digit_run(&s);
    unsigned year;
    if (digits == 4)
        return take_year(&s, &year) && make_date(year, month, 0, date);
    if (digits < 1 || digits > 2)
        return false;
    unsigned day = take_number(&s, digits);
    skip_ordinal(&s);
    skip_any(&s, " ,.");
    return day && take_year(&s, &year) && make_date(year, month, day, date);
}

/* Every form of date has a run of four digits; most text has none, and this is quick to see. */
static bool has_year(const char *text, size_t size)
{
    for (size_t i = 3; i < size; i += 4) {
        if (!is_digit(text[i]))
            continue;
        size_t first = i;
        size_t last = i + 1;
        while (first > 0 && i - first < 3 && is_digit(text[first - 1]))
            first--;
        while (last < size && last - i < 4 && is_digit(text[last]))
            last++;
        if (last - first >= 4)
            return true;
    }
    return false;
}

bool qdx_date_find(const char *text, size_t size, qdx_date *date)
{
    if (!has_year(text, size))
        return false;
    const char *end = text + size;
    char before = ' ';
    for (const char *p = text; p < end; before = *p++) {
        if (is_digit(before) || is_letter(before))
            continue;
        scan s = {p, end};
        if (is_digit(*p) ? at_number(s, date) : is_letter(*p) && at_month(s, date))
            return true;
    }
    return false;
}

/* year "/" month ["/" day] at a path segment. */
static bool at_path_year(scan s, qdx_date *date)
{
    unsigned year;
    if (!take_year(&s, &year) || year < URL_YEAR_MIN || s.at == s.end || *s.at != '/')
        return false;
    s.at++;
    size_t digits = digit_run(&s);
    unsigned month = digits >= 1 && digits <= 2 ? take_number(&s, digits) : take_month(&s, false);
    if (month == 0 || month > 12)
        return false;
    if (s.at < s.end && *s.at == '/') {
        scan t = {s.at + 1, s.end};
        digits = digit_run(&t);
        if (digits >= 1 && digits <= 2) {
            unsigned day = take_number(&t, digits);
            if (day && make_date(year, month, day, date))
                return true;
        }
    }
    return s.at < s.end && *s.at == '/' && make_date(year, month, 0, date);
}

bool qdx_date_find_in_url(const char *url, qdx_date *date)
{
    const char *path = strstr(url, "://");
    path = strchr(path ? path + 3 : url, '/');
    const char *end = url + strlen(url);
    for (const char *p = path; p; p = strchr(p + 1, '/')) {
        scan s = {p + 1, end};
        qdx_date found;
        size_t digits = digit_run(&s);
        if (at_path_year(s, date))
            return true;
        if ((digits == 4 || digits == 8) && at_number(s, &found) && found.day &&
            found.year >= URL_YEAR_MIN && (digits == 8 || s.at[4] == '-')) {
            *date = found;
            return true;
        }
    }
    return false;
}
