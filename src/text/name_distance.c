/*
 * Weighted edit distance between romanized words, and an alignment of two names' words. The weights
 * were set on pairs of spellings of one name against pairs of names that differ by as little.
 */
#include "text/name_distance.h"

#include <string.h>

enum { LONGEST = 24 };

static const float WORD_LIMIT = 0.13F;  /* a word further apart is another word */
static const float TOTAL_LIMIT = 0.21F; /* sum over the words of a name */
static const float WORD_ROOM = 0.06F;   /* more for each word after the second */
static const float SLIP_LIMIT = 0.21F;  /* a word among others that agree */
static const float SURE_COST = 0.03F;
static const float INITIAL_COST = 0.02F, EXTRA_COST = 0.01F, NICKNAME_COST = 0.03F;
static const float ENDING_COST = 0.03F;

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

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (words[i][0] == word[0] && strcmp(words[i], word) == 0)
            return true;
    return false;
}

bool qdx_name_is_particle(const char *folded)
{
    static const char *const particles[] = {
        "al",  "el",  "de",   "da",  "di",  "du",  "del", "della", "dos", "das",
        "la",  "le",  "y",    "van", "von", "den", "der", "ter",   "ten", "bin",
        "ibn", "ben", "bint", "st",  "e",   "i",   "san", "zu",    "af",  "av",
        "ul",  "ur",  "ash",  "as",  "at",  "an",  "ad",  "ar",    "a",   "u",
    };
    static const char *const styles[] = {
        "shaykh", "sheikh", "sheik", "shaikh", "haji", "hajji", "mullah", "maulavi", "mawlawi",
        "qari",   "dr",     "mr",    "mrs",    "ms",   "sir",   "prof",   "mag",
    };
    return is_one_of(folded, particles, sizeof particles / sizeof particles[0]) ||
           is_one_of(folded, styles, sizeof styles / sizeof styles[0]);
}

/* Abd, Abdul, Abdel, Abdur: the article may be written with the word before it. */
static bool is_servant(const char *folded)
{
    static const char *const forms[] = {"abd",   "abdu",  "abdo",  "abdul", "abdal", "abdel",
                                        "abdol", "abdur", "abdar", "abder", "abdus"};
    return is_one_of(folded, forms, sizeof forms / sizeof forms[0]);
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

float qdx_name_word_distance(const char *romanized, const char *other)
{
    size_t n = strlen(romanized), m = strlen(other);
    if (n == 0 || m == 0 || n > LONGEST || m > LONGEST)
        return n == m && strcmp(romanized, other) == 0 ? 0 : 1;
    if (strcmp(romanized, other) == 0)
        return 0;
    float row[LONGEST + 1];
    row[0] = 0;
    for (size_t j = 0; j < m; j++)
        row[j + 1] = row[j] + missing_cost(other, j);
    for (size_t i = 0; i < n; i++) {
        float diagonal = row[0], missing = missing_cost(romanized, i);
        row[0] += missing;
        for (size_t j = 0; j < m; j++) {
            float best =
                diagonal + (romanized[i] == other[j] ? 0 : change_cost(romanized[i], other[j]));
            float without = row[j + 1] + missing, with = row[j] + missing_cost(other, j);
            best = without < best ? without : best;
            best = with < best ? with : best;
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    float cost = row[m] * 2 / (float)(n + m);
    return cost < 1 ? cost : 1;
}

/* The words that count, by their numbers. */
static size_t content_words(const qdx_name_parts *parts, size_t words[QDX_NAME_WORDS])
{
    size_t count = 0;
    for (size_t i = 0; i < parts->count; i++)
        if (parts->words[i].initial || !qdx_name_is_particle(parts->words[i].folded))
            words[count++] = i;
    return count;
}

bool qdx_name_bare(const char *romanized, size_t letters, char *bare, size_t capacity)
{
    size_t n = strlen(romanized);
    if (n < letters + 3 || n >= capacity || romanized[n - 1] != 's' ||
        (letters == 2 && !strchr("aiu", romanized[n - 2])))
        return false;
    memcpy(bare, romanized, n - letters);
    bare[n - letters] = '\0';
    return true;
}

/* Latvian and Lithuanian give an ending to all words of a name: Joahims Olsens. */
static bool all_end_in_s(const qdx_name_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        size_t n = strlen(parts->words[i].romanized);
        if (n < 4 || parts->words[i].romanized[n - 1] != 's')
            return false;
    }
    return parts->count > 1;
}

static float least(float a, float b)
{
    return a < b ? a : b;
}

/* The distance when a's word i stands in the nominative of another language, and b's does not. */
static float compare_bare(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j)
{
    char bare[2 * LONGEST];
    const char *word = a->words[i].romanized, *other = b->words[j].romanized;
    size_t n = strlen(word), m = strlen(other);
    bool latin = n > 4 && word[n - 2] == 'u' && i + 1 < a->count; /* Marcus, Ricardus */
    float distance = 1;
    if (m == 0 || other[m - 1] == 's' || !(latin || all_end_in_s(a)))
        return distance;
    for (size_t letters = 1; letters <= 2; letters++)
        if (qdx_name_bare(word, letters, bare, sizeof bare))
            distance = least(distance, qdx_name_word_distance(bare, other) + ENDING_COST);
    return distance;
}

static float compare_word(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j,
                          const qdx_name_equivalence *equivalence)
{
    const char *word = a->words[i].folded, *other = b->words[j].folded;
    if (strcmp(word, other) == 0)
        return 0;
    if (a->words[i].initial || b->words[j].initial)
        return qdx_name_initials_agree(a, i, b, j) ? INITIAL_COST : 1;
    if (is_servant(word) && is_servant(other))
        return 0;
    float distance = qdx_name_word_distance(a->words[i].romanized, b->words[j].romanized);
    if (distance > NICKNAME_COST && equivalence &&
        equivalence->same(equivalence->context, word, other))
        return NICKNAME_COST;
    if (distance > ENDING_COST)
        distance = least(distance, least(compare_bare(a, i, b, j), compare_bare(b, j, a, i)));
    return distance;
}

/* "Jinping" and "Chin-ping": one word against two that follow each other. */
static float compare_joined(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j)
{
    char joined[2 * LONGEST];
    if (j + 1 >= b->count)
        return 1;
    const char *first = b->words[j].romanized, *second = b->words[j + 1].romanized;
    if (strlen(first) + strlen(second) + 1 > sizeof joined)
        return 1;
    stpcpy(stpcpy(joined, first), second);
    return qdx_name_word_distance(a->words[i].romanized, joined);
}

/* What an alignment found. */
typedef struct alignment {
    float cost;
    bool in_order, initials, last, first, whole;
} alignment;

/* The words of the longer name that are still free. */
typedef struct free_words {
    const size_t *words;
    size_t count;
    const qdx_name_equivalence *equivalence;
    float limit; /* a word at least so far is another */
    bool used[QDX_NAME_WORDS];
} free_words;

/* The free word closest to a's word i, or two of them joined; count when none is close. */
static size_t closest_word(const qdx_name_parts *a, size_t i, const qdx_name_parts *b,
                           const free_words *others, float *distance, bool *joined)
{
    size_t best = others->count;
    *distance = others->limit;
    *joined = false;
    for (size_t j = 0; j < others->count; j++) {
        float found =
            others->used[j] ? 1 : compare_word(a, i, b, others->words[j], others->equivalence);
        if (found < *distance || (found == *distance && best == others->count)) {
            *distance = found;
            best = j;
        }
    }
    for (size_t j = 0; best == others->count && j + 1 < others->count; j++) {
        bool adjacent = !others->used[j] && !others->used[j + 1] &&
                        others->words[j] + 1 == others->words[j + 1];
        float found = adjacent ? compare_joined(a, i, b, others->words[j]) : 1;
        if (found < *distance) {
            *distance = found;
            *joined = true;
            return j;
        }
    }
    return best;
}

/* Gives each word of the shorter name its closest in the longer; false when one has none. */
static bool align(const qdx_name_parts *a, const size_t *words, size_t count,
                  const qdx_name_parts *b, free_words *others, alignment *result)
{
    size_t previous = 0;
    *result = (alignment){.in_order = true};
    for (size_t i = 0; i < count; i++) {
        bool joined;
        float distance;
        size_t best = closest_word(a, words[i], b, others, &distance, &joined);
        if (best == others->count)
            return false;
        size_t last = joined ? best + 1 : best;
        others->used[best] = others->used[last] = true;
        bool initial = a->words[words[i]].initial || b->words[others->words[best]].initial;
        result->initials |= initial;
        result->whole |= !initial;
        result->in_order &= i == 0 || best > previous;
        result->first |= best == 0;
        result->last |= last + 1 == others->count && !initial;
        result->cost += distance;
        previous = last;
    }
    return true;
}

qdx_name_relation qdx_name_compare_close(const qdx_name_parts *a, const qdx_name_parts *b,
                                         const qdx_name_equivalence *equivalence, float *distance)
{
    size_t words[QDX_NAME_WORDS], others[QDX_NAME_WORDS];
    size_t count = content_words(a, words), other_count = content_words(b, others);
    *distance = 1;
    if (count > other_count)
        return qdx_name_compare_close(b, a, equivalence, distance);
    free_words longer = {.words = others,
                         .count = other_count,
                         .equivalence = equivalence,
                         .limit = count > 2 ? SLIP_LIMIT : WORD_LIMIT};
    alignment found;
    if (count < 2 || (a->generation && b->generation && a->generation != b->generation) ||
        !align(a, words, count, b, &longer, &found) || !found.whole ||
        found.cost > TOTAL_LIMIT + WORD_ROOM * (float)(count - 2) ||
        !(found.last || found.first || found.cost < SURE_COST) ||
        (found.initials && !found.in_order))
        return QDX_NAME_DIFFERENT;
    *distance =
        found.cost + EXTRA_COST * (float)(other_count - count) + (found.first ? 0 : 3 * EXTRA_COST);
    if (found.initials)
        return QDX_NAME_INITIALS;
    if (count < other_count)
        return QDX_NAME_SUBSET;
    return found.in_order ? QDX_NAME_ROMANIZATION : QDX_NAME_ORDER;
}
