/* How far spellings lie apart: what is close, what is not, and the skeletons. Invented names. */
#include "text/name_distance.h"
#include "check.h"

static qdx_name_relation compare(const char *a, const char *b, float *distance)
{
    qdx_buffer x = {0}, y = {0};
    qdx_name_parts left, right;
    float back;
    qdx_name_split(a, strlen(a), &x, &left);
    qdx_name_split(b, strlen(b), &y, &right);
    qdx_name_relation relation = qdx_name_compare_close(&left, &right, NULL, distance);
    CHECK(qdx_name_compare_close(&right, &left, NULL, &back) == relation);
    qdx_buffer_release(&x);
    qdx_buffer_release(&y);
    return relation;
}

static void test_close(void)
{
    float near, far;
    CHECK(compare("Sergei Tavrashin", "Sergei Tavrashin", &near) == QDX_NAME_ROMANIZATION);
    CHECK(near >= 0 && near < 0.01F);
    CHECK(compare("Mohammed Tollani", "Muhammad Tollani", &far) == QDX_NAME_ROMANIZATION);
    CHECK(far > near);
    CHECK(compare("Tollani Mohammed", "Muhammad Tollani", &far) == QDX_NAME_ORDER);
    CHECK(compare("Omar Tollani", "Omar Hassan al-Tollani", &far) == QDX_NAME_SUBSET);
    CHECK(compare("O. Tollani", "Omar Tollani", &far) == QDX_NAME_INITIALS);
    CHECK(compare("Abib Tollani", "Habib Tollani", &far) == QDX_NAME_ROMANIZATION);
}

static void test_endings(void)
{
    float distance;
    CHECK(compare("Marcus Tavrashin", "Mark Tavrashin", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Marcus Tavrashin", "Marco Tavrashin", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Sergejs Kornilovs", "Sergei Kornilov", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Tom Sanders", "Tom Sander", &distance) == QDX_NAME_DIFFERENT);
    CHECK(compare("Tolla Dreglas Mavelo", "Drelas Tolla Mavelo", &distance) == QDX_NAME_ORDER);
    CHECK(compare("Dreglas Mavelo", "Drelas Mavelo", &distance) == QDX_NAME_DIFFERENT);
}

static void test_joined(void)
{
    float distance;
    CHECK(compare("Anna Vanderkroon", "Anna van der Kroon", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(distance < 0.05F);
    CHECK(compare("Omar Altollani", "Omar Hassan al-Tollani", &distance) == QDX_NAME_SUBSET);
    CHECK(compare("Anna Vanderkroon", "Anna Kroon", &distance) == QDX_NAME_DIFFERENT);
    CHECK(compare("Hosropana Tolla", "Hosro Pana Tolla", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Thoko Tolland", "Anna Thokolena Tolland", &distance) == QDX_NAME_SUBSET);
    CHECK(compare("Thoko Tolland", "Thokos Tolland", &distance) == QDX_NAME_DIFFERENT);
    CHECK(compare("Angela Tavarsi", "Anglea Tavarsi", &distance) == QDX_NAME_ROMANIZATION);
}

static void test_languages(void)
{
    float distance;
    CHECK(compare("Vera Tollandova", "Vera Tolland", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Vera Varnova", "Vera Varnov", &distance) == QDX_NAME_DIFFERENT);
    CHECK(compare("Serge Korvine", "Serge Korvin", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Pak Tong-chun", "Park Dong-jun", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("No Mi-u", "Roh Mi Woo", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Pak Tong-chun", "Park Dong-min", &distance) == QDX_NAME_DIFFERENT);
    CHECK(compare("Ts'ao Chih-kuo", "Cao Zhiguo", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Hsieh Chien-jen", "Xie Jianren", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Zhao Zhiguo", "Chao Chihguo", &distance) == QDX_NAME_DIFFERENT);
    CHECK(compare("Cao Zhiguo", "Zao Chiguo", &distance) == QDX_NAME_DIFFERENT);
    CHECK(compare("Kan Li", "Gan Li", &distance) == QDX_NAME_DIFFERENT); /* two syllables */
}

/* What a name is looked for under: its words, and two of them as one. */
static void test_probes(void)
{
    char probes[QDX_NAME_PROBES][QDX_SKELETON_SIZE], joined[QDX_SKELETON_SIZE];
    qdx_buffer storage = {0};
    qdx_name_parts parts;
    bool found = false;
    qdx_name_split("Kyong Chol Jo", 13, &storage, &parts);
    qdx_name_skeleton("kiongCol", joined);
    size_t count = qdx_name_probe(&parts, probes);
    CHECK(count >= 3);
    for (size_t i = 0; i < count; i++)
        found |= strcmp(probes[i], joined) == 0;
    CHECK(found);
    qdx_name_split("van der", 7, &storage, &parts);
    CHECK(qdx_name_probe(&parts, probes) == 0);
    qdx_buffer_release(&storage);
}

static void test_apart(void)
{
    static const char *const pairs[][2] = {
        {"Sergei Tavrashin", "Pyotr Tavrashin"},
        {"Anna Keld", "Anna Korb"},
        {"P. Tavrashin", "Sergei Tavrashin"},
        {"Tavrashin", "Sergei Tavrashin"},
        {"Tom Orval Jr.", "Tom Orval Sr."},
        {"", "Tom Orval"},
        {"Tom Keld", "Tom K. Orval"},
    };
    float distance;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        CHECK(compare(pairs[i][0], pairs[i][1], &distance) == QDX_NAME_DIFFERENT);
}

static void check_skeleton(const char *word, const char *wanted)
{
    char skeleton[QDX_SKELETON_SIZE];
    qdx_name_skeleton(word, skeleton);
    CHECK_STR(skeleton, wanted);
}

static void test_words(void)
{
    char other[QDX_SKELETON_SIZE], one[QDX_SKELETON_SIZE];
    CHECK(qdx_name_word_distance("tavraSin", "tavraSin") <= 0);
    CHECK(qdx_name_word_distance("tavrasin", "tavraSin") <
          qdx_name_word_distance("tavrasin", "tavralin"));
    CHECK(qdx_name_word_distance("", "tavrasin") >= 1);
    CHECK(qdx_name_is_particle("al") && qdx_name_is_particle("van") &&
          !qdx_name_is_particle("keld"));
    check_skeleton("", "");
    check_skeleton("aeiou", "");
    qdx_name_skeleton("tavrasin", one);
    qdx_name_skeleton("tavraSin", other);
    CHECK_STR(one, other);
    check_skeleton("babababababababababababababababababababab", "p");
}

int main(void)
{
    test_close();
    test_endings();
    test_joined();
    test_languages();
    test_probes();
    test_apart();
    test_words();
    return check_report();
}
