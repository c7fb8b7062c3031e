/* Names taken apart, their keys, and how two of them relate. All names are invented. */
#include "text/name_key.h"
#include "check.h"

static void check_relation(const char *a, const char *b, const char *wanted, int line)
{
    qdx_buffer x = {0}, y = {0};
    qdx_name_parts left, right;
    char what[256];
    qdx_name_split(a, strlen(a), &x, &left);
    qdx_name_split(b, strlen(b), &y, &right);
    snprintf(what, sizeof what, "%s / %s", a, b);
    check_texts(qdx_name_relation_name(qdx_name_compare(&left, &right)), wanted, __FILE__, line,
                what);
    check_texts(qdx_name_relation_name(qdx_name_compare(&right, &left)), wanted, __FILE__, line,
                what);
    qdx_buffer_release(&x);
    qdx_buffer_release(&y);
}

#define RELATION(a, b, wanted) check_relation((a), (b), (wanted), __LINE__)

static void test_same(void)
{
    RELATION("Sergey Varnov", "SERGEY VARNOV", "exact");
    RELATION("Łukasz Wiśniak", "Lukasz Wisniak", "exact");
    RELATION("Sergey Varnov", "Sergej Warnow", "romanization");
    RELATION("Sergei Varnov", "Sergey Varnoff", "romanization");
    RELATION("Yevgeny Chubarin", "Evgenii Tchubarin", "romanization");
    RELATION("Volodymyr Kostenskyy", "Volodymyr Kostenskiy", "romanization");
    RELATION("Varnov, Sergey", "Sergey Varnov", "exact");
    RELATION("Varnov, Sergej", "Sergey Varnov", "romanization");
    RELATION("Kim Tal-su", "Tal Su Kim", "order");
    RELATION("Sean O'Dorran", "Sean O’Dorran", "exact");
    RELATION("Ian McTavor", "Ian MacTavor", "romanization");
}

static void test_parts(void)
{
    RELATION("Varnov", "Sergey Varnov", "surname");
    RELATION("S. Varnov", "Sergey Varnov", "initials");
    RELATION("S. V. Varnov", "Sergey Viktorovich Varnov", "initials");
    RELATION("Sergey Varnov", "Sergey Viktorovich Varnov", "subset");
    RELATION("J. Robert Tellam", "Robert Tellam", "subset");
    RELATION("de la Tour", "Anne de la Tour", "surname");
    RELATION("van Dorp", "Piet van Dorp", "surname");
    RELATION("López Tarrés, Ana María", "Ana Lopez Tarres", "subset");
    RELATION("Tom Orval Jr.", "Tom Orval", "subset");
}

static void test_different(void)
{
    RELATION("Sergey Varnov", "Pyotr Varnov", "different");
    RELATION("P. Varnov", "Sergey Varnov", "different");
    RELATION("Sergey Viktorovich Varnov", "Sergey Petrovich Varnov", "different");
    RELATION("Tom Orval Jr.", "Tom Orval Sr.", "different");
    RELATION("Tom Orval II", "Tom Orval III", "different");
    RELATION("Olga Varnova", "Olga Varnov", "different");
    RELATION("Ben Tarsell", "Johnny Tarsell", "different"); /* a given name, not "ben Tarsell" */
    RELATION("Al Morick", "Kristin Morick", "different");
    RELATION("", "Varnov", "different");
    RELATION("...", "...", "different");
}

static void check_key(const char *word, const char *wanted)
{
    qdx_buffer key = {0};
    qdx_name_romanize(word, strlen(word), &key);
    CHECK_STR(key.bytes ? key.bytes : "", wanted);
    qdx_buffer_release(&key);
}

static void test_keys(void)
{
    check_key("sergei", "sergei");
    check_key("sergej", "sergei");
    check_key("", "");
    check_key("schust", "Sust");
    check_key("szust", "Sust");
    check_key("anna", "ana");
    check_key("x", "ks");
}

static void test_split(void)
{
    qdx_buffer storage = {0};
    qdx_name_parts parts;
    const char *name = "Tarrés Ruiz, Ana M.";
    qdx_name_split(name, strlen(name), &storage, &parts);
    CHECK(parts.reversed && parts.count == 4 && parts.surname == 2 && parts.words[1].initial);
    CHECK_STR(parts.words[0].folded, "ana");
    CHECK_STR(parts.words[3].folded, "ruiz");
    name = "Tom Orval, Jr.";
    qdx_name_split(name, strlen(name), &storage, &parts);
    CHECK(!parts.reversed && parts.count == 2 && parts.generation == 'j' && parts.surname == 1);
    name = "Jr., Tom";
    qdx_name_split(name, strlen(name), &storage, &parts);
    CHECK(parts.count == 1 && parts.surname == 0);
    name = "a b c d e f g h i j k l m n o";
    qdx_name_split(name, strlen(name), &storage, &parts);
    CHECK(parts.count == QDX_NAME_WORDS);
    qdx_name_split("", 0, &storage, &parts);
    CHECK(parts.count == 0);
    qdx_buffer_release(&storage);
}

int main(void)
{
    test_same();
    test_parts();
    test_different();
    test_keys();
    test_split();
    return check_report();
}
