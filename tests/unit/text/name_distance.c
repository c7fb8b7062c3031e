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
    CHECK(compare("Sergejs Kornilovs", "Sergei Kornilov", &distance) == QDX_NAME_ROMANIZATION);
    CHECK(compare("Tom Sanders", "Tom Sander", &distance) == QDX_NAME_DIFFERENT);
    CHECK(compare("Tolla Dreglas Mavelo", "Drelas Tolla Mavelo", &distance) == QDX_NAME_ORDER);
    CHECK(compare("Dreglas Mavelo", "Drelas Mavelo", &distance) == QDX_NAME_DIFFERENT);
}

static void test_apart(void)
{
    static const char *const pairs[][2] = {
        {"Sergei Tavrashin", "Pyotr Tavrashin"}, {"Anna Keld", "Anna Korb"},
        {"P. Tavrashin", "Sergei Tavrashin"},    {"Tavrashin", "Sergei Tavrashin"},
        {"Tom Orval Jr.", "Tom Orval Sr."},      {"", "Tom Orval"},
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
    test_apart();
    test_words();
    return check_report();
}
