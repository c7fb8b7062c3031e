/* UTF-8 in and out, well-formed and not, and the folded forms of letters. */
#include "text/unicode.h"
#include "check.h"
#include "text/fold.h"

static void test_round_trip(void)
{
    static const uint32_t codepoints[] = {0,      'a',    0x7F,   0x80,    0x7FF,   0x800,
                                          0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof codepoints / sizeof codepoints[0]; i++) {
        char bytes[4];
        uint32_t back;
        size_t n = qdx_utf8_encode(codepoints[i], bytes);
        CHECK(qdx_utf8_decode(bytes, bytes + n, &back) == n && back == codepoints[i]);
        CHECK(qdx_utf8_decode_before(bytes, bytes + n, &back) == n && back == codepoints[i]);
        CHECK(qdx_utf8_valid(bytes, n) && qdx_utf8_count(bytes, n) == 1);
        for (size_t cut = 1; cut < n; cut++) {
            CHECK(qdx_utf8_decode(bytes, bytes + cut, &back) == 1 && back == QDX_REPLACEMENT);
            CHECK(!qdx_utf8_valid(bytes, cut));
        }
    }
    char bytes[4];
    CHECK(qdx_utf8_encode(0xD800, bytes) == 3 && memcmp(bytes, "\xEF\xBF\xBD", 3) == 0);
    CHECK(qdx_utf8_encode(0x110000, bytes) == 3 && memcmp(bytes, "\xEF\xBF\xBD", 3) == 0);
}

static void test_malformed(void)
{
    static const char *const broken[] = {
        "\x80",     /* a tail alone */
        "\xC0\xAF", /* overlong */
        "\xC1\xBF",
        "\xE0\x80\xAF",
        "\xF0\x80\x80\xAF",
        "\xED\xA0\x80",     /* a surrogate */
        "\xF4\x90\x80\x80", /* above U+10FFFF */
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xE2\x28\xA1",
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        uint32_t c;
        size_t size = strlen(broken[i]);
        CHECK(qdx_utf8_decode(broken[i], broken[i] + size, &c) == 1 && c == QDX_REPLACEMENT);
        CHECK(!qdx_utf8_valid(broken[i], size));
        CHECK(qdx_utf8_decode_before(broken[i], broken[i] + size, &c) == 1);
    }
    CHECK(qdx_utf8_valid("", 0) && qdx_utf8_valid(NULL, 0));
    CHECK(!qdx_utf8_valid("twelve bytes\xC3", 13));
}

static void test_categories(void)
{
    CHECK(qdx_unicode_is_letter('z') && qdx_unicode_is_letter(0x416) &&
          !qdx_unicode_is_letter('1'));
    CHECK(qdx_unicode_is_upper(0x416) && qdx_unicode_is_lower(0x436) && !qdx_unicode_is_upper('['));
    CHECK(qdx_unicode_is_digit('0') && qdx_unicode_is_digit(0x661) && !qdx_unicode_is_digit('a'));
    CHECK(qdx_unicode_is_mark(0x301) && !qdx_unicode_is_mark('a'));
    CHECK(qdx_unicode_is_space(0xA0) && qdx_unicode_is_space(0x2028) && qdx_unicode_is_space('\v'));
    CHECK(!qdx_unicode_is_space('_'));
}

static void check_fold(const char *text, const char *wanted)
{
    qdx_buffer folded = {0};
    qdx_fold(text, strlen(text), &folded);
    CHECK_STR(folded.bytes ? folded.bytes : "", wanted);
    qdx_buffer_release(&folded);
}

static void test_fold(void)
{
    check_fold("", "");
    check_fold("Łukasz MÜLLER", "lukasz muller");
    check_fold("İstanbul Diyarbakır", "istanbul diyarbakir");
    check_fold("Ærø Œuvre Straße ẞ Ðorđe", "aero oeuvre strasse ss dorde");
    check_fold("ﬁne ½", "fine 1\xE2\x81\x84"
                        "2");
    check_fold("O’Brien d`Orsay", "o'brien d'orsay");
    check_fold("Jean–Luc\xC2\xA0—", "jean-luc -");
    check_fold("e\xCC\x81t\xC3\xA9", "ete"); /* combining and composed */
    check_fold("co\xC2\xADop", "coop");      /* soft hyphen */
    check_fold("ПУТИН", "путин");
    check_fold("a\xFFz", "a\xEF\xBF\xBDz");
    check_fold("a\tb\nc", "a b c");
}

static bool same_hash(const char *a, const char *b)
{
    return qdx_fold_hash(a, strlen(a)) == qdx_fold_hash(b, strlen(b));
}

static void test_fold_hash(void)
{
    CHECK(same_hash("U.S.", "us"));
    CHECK(same_hash("Côte", "COTE"));
    CHECK(same_hash("O’Brien", "OBrien"));
    CHECK(same_hash("Yanukovych", "YANUKOVYCH"));
    CHECK(same_hash("", "."));
    CHECK(!same_hash("abcdefgh", "abcdefghi"));
    CHECK(!same_hash("abcdefgh", "abcdefg"));
    CHECK(!same_hash("ab", "ba"));
}

/* The short way for plain words must agree with the long one at every length. */
static void test_plain_hash(void)
{
    static const char letters[] = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";
    for (size_t n = 0; n < sizeof letters; n++)
        CHECK(qdx_fold_hash_plain(letters, n) == qdx_fold_hash(letters, n));
}

int main(void)
{
    test_round_trip();
    test_malformed();
    test_categories();
    test_fold();
    test_fold_hash();
    test_plain_hash();
    return check_report();
}
