/*
 * Skeletons of words, and weighted edits between romanized words. The weights were set on pairs of
 * spellings of one name against pairs of names that differ by as little. Names are compared in
 * name_distance.c.
 */
#include "text/name_distance.h"

#include <string.h>

enum { LONGEST = 24 };

static const float SWAP_COST = 0.75F;

static float least(float a, float b)
{
    return a < b ? a : b;
}

/* Coarse classes of consonants: what some romanization confuses stands together. */
static char class_of(char c)
{
    switch (c) {
    case 'b':
    case 'p':
    case 'f':
    case 'v':
        return 'p';
    case 'd':
    case 't':
        return 't';
    case 'g':
    case 'k':
    case 'q':
    case 'h':
    case 'x':
    case 's':
    case 'z':
    case 'c':
    case 'S':
    case 'C':
    case 'J':
        return 'k';
    case 'l':
        return 'l';
    case 'm':
    case 'n':
        return 'm';
    case 'r':
        return 'r';
    default:
        return 0;
    }
}

void qdx_name_skeleton(const char *romanized, char skeleton[QDX_SKELETON_SIZE])
{
    size_t n = 0, size = strlen(romanized);
    for (size_t i = 0; i < size && n + 1 < QDX_SKELETON_SIZE; i++) {
        char c = class_of(romanized[i]);
        /* What comes and goes: an h, a v after a vowel at the end, clusters of one class. */
        if (!c || romanized[i] == 'h' || (romanized[i] == 'v' && i + 1 == size))
            continue;
        if (n == 0 || skeleton[n - 1] != c)
            skeleton[n++] = c;
    }
    skeleton[n] = '\0';
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Pairs that romanizations confuse, and what a change costs. */
static float change_cost(char a, char b)
{
    static const struct {
        char pair[3];
        float cost;
    } changes[] = {
        {"ei", 0.3F}, {"ou", 0.3F}, {"ae", 0.45F}, {"ao", 0.45F}, {"dt", 0.5F}, {"bp", 0.5F},
        {"gk", 0.5F}, {"fv", 0.3F}, {"sz", 0.2F},  {"sS", 0.4F},  {"sc", 0.3F}, {"zc", 0.2F},
        {"zJ", 0.2F}, {"CS", 0.2F}, {"Cc", 0.3F},  {"Ch", 0.3F},  {"Ck", 0.5F}, {"hk", 0.3F},
        {"gh", 0.3F}, {"SJ", 0.3F}, {"CJ", 0.3F},  {"uv", 0.3F},  {"zS", 0.4F}, {"Sh", 0.6F},
        {"gJ", 0.5F}, {"iJ", 0.5F}, {"iC", 0.5F},  {"zC", 0.4F},
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if ((changes[i].pair[0] == a && changes[i].pair[1] == b) ||
            (changes[i].pair[0] == b && changes[i].pair[1] == a))
            return changes[i].cost;
    return is_vowel(a) && is_vowel(b) ? 0.6F : 1.0F;
}

/* The cost of a letter that one spelling has and the other lacks. */
static float missing_cost(const char *word, size_t i)
{
    char c = word[i], before = i ? word[i - 1] : 0, after = word[i + 1];
    if (c == 'i' && before && is_vowel(after))
        return is_vowel(before) ? 0.15F : 0.4F; /* a glide */
    if (c == 'i' && is_vowel(before) && after)
        return 0.5F;
    if (c == 'v' && is_vowel(before) && after)
        return 0.5F; /* aw, ow */
    if (c == 'i' && !after && before == 'i')
        return 0.1F;
    if (c == 'h' && !before)
        return 0.5F;
    if (c == 'h')
        return is_vowel(before) && !is_vowel(after) ? 0.4F : 0.7F;
    if (c == 'u' && (before == 'o' || after == 'o'))
        return 0.3F;
    return is_vowel(c) && after && before ? 0.8F : 1.1F;
}

/* Do two letters stand the other way round in the other word? Ngela for Angel is no such slip: the
 * first letter counts. */
static bool is_swap(const char *word, size_t i, const char *other, size_t j)
{
    return i > 1 && j > 1 && word[i] != word[i - 1] && word[i] == other[j - 1] &&
           word[i - 1] == other[j];
}

float qdx_name_word_distance(const char *romanized, const char *other)
{
    size_t n = strlen(romanized), m = strlen(other);
    if (n == 0 || m == 0 || n > LONGEST || m > LONGEST)
        return n == m && strcmp(romanized, other) == 0 ? 0 : 1;
    if (strcmp(romanized, other) == 0)
        return 0;
    float rows[3][LONGEST + 1] = {{0}};
    for (size_t j = 0; j < m; j++)
        rows[0][j + 1] = rows[0][j] + missing_cost(other, j);
    for (size_t i = 0; i < n; i++) {
        const float *before = rows[(i + 2) % 3], *last = rows[i % 3];
        float *row = rows[(i + 1) % 3], missing = missing_cost(romanized, i);
        row[0] = last[0] + missing;
        for (size_t j = 0; j < m; j++) {
            bool same = romanized[i] == other[j];
            float best = last[j] + (same ? 0 : change_cost(romanized[i], other[j]));
            best = least(best, last[j + 1] + missing);
            best = least(best, row[j] + missing_cost(other, j));
            if (is_swap(romanized, i, other, j))
                best = least(best, before[j - 1] + SWAP_COST);
            row[j + 1] = best;
        }
    }
    return least(rows[n % 3][m] * 2 / (float)(n + m), 1);
}

/* Endings that languages add to a name, and how many letters of the word must be left. */
static const char *const endings[QDX_NAME_ENDINGS][4] = {
    {"s"},              /* Latvian, Lithuanian: Olsens */
    {"as", "is", "us"}, /* the same, and Latin: Varnovas, Marcus */
    {"ova"},            /* Czech and Slovak, of women: Tollandova */
    {"e"},              /* French, after -in: Tavrachine */
};

bool qdx_name_bare(const char *romanized, size_t ending, char *bare, size_t capacity)
{
    enum { LEAST_LEFT = 3 };
    size_t size = strlen(romanized);
    for (size_t i = 0; i < 4 && endings[ending][i]; i++) {
        size_t n = strlen(endings[ending][i]);
        if (size < n + LEAST_LEFT || size >= capacity ||
            strcmp(romanized + size - n, endings[ending][i]) != 0)
            continue;
        memcpy(bare, romanized, size - n);
        bare[size - n] = '\0';
        return true;
    }
    return false;
}
