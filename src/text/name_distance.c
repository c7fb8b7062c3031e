/*
 * An alignment of two names' words: each word of the shorter finds its closest in the longer, alone
 * or joined with its neighbour or particles. How close two words are: word_distance.c.
 */
#include "text/name_distance.h"

#include <string.h>

#include "text/name_syllable.h"

enum { LONGEST = 24 };

static const float WORD_LIMIT = 0.13F;  /* a word further apart is another word */
static const float TOTAL_LIMIT = 0.21F; /* sum over the words of a name */
static const float WORD_ROOM = 0.06F;   /* more for each word after the second */
static const float SLIP_LIMIT = 0.21F;  /* a word among others that agree */
static const float SURE_COST = 0.03F;
static const float INITIAL_COST = 0.02F, EXTRA_COST = 0.01F, NICKNAME_COST = 0.03F;
static const float ENDING_COST = 0.03F;
static const float CUT_COST = 0.10F;
static const float SYLLABLE_COST = 0.10F; /* few letters, many bearers */

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

/* The words that count, by their numbers. */
static size_t content_words(const qdx_name_parts *parts, size_t words[QDX_NAME_WORDS])
{
    size_t count = 0;
    for (size_t i = 0; i < parts->count; i++)
        if (parts->words[i].initial || !qdx_name_is_particle(parts->words[i].folded))
            words[count++] = i;
    return count;
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

/* May a's word i have an ending of another language that b's word j lacks? */
static bool may_be_ended(const qdx_name_parts *a, size_t i, const char *other)
{
    const char *word = a->words[i].romanized;
    size_t n = strlen(word), m = strlen(other);
    bool last = i + 1 == a->count;
    if (n < 4 || m == 0)
        return false;
    if (word[n - 1] == 'a') /* Varnova is not Varnov, but Tollandova is Tolland */
        return last && other[m - 1] != 'a' && other[m - 1] != 'v';
    if (word[n - 1] == 'e') /* Tavrachine */
        return last && strcmp(word + n - 3, "ine") == 0 && other[m - 1] == 'n';
    bool latin = n > 4 && word[n - 2] == 'u' && !last; /* Marcus, Ricardus */
    return other[m - 1] != 's' && (latin || all_end_in_s(a));
}

/* The distance of a word without its ending to another: Marc of Latin Marcus is Marco as well. */
static float compare_stem(const char *bare, const char *other)
{
    char stem[2 * LONGEST];
    size_t size = strlen(other);
    float distance = qdx_name_word_distance(bare, other);
    if (size < 4 || size >= sizeof stem || other[size - 1] != 'o')
        return distance;
    memcpy(stem, other, size - 1);
    stem[size - 1] = '\0';
    return least(distance, qdx_name_word_distance(bare, stem));
}

/* The distance when a's word i stands in the nominative of another language, and b's does not. */
static float compare_bare(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j)
{
    char bare[2 * LONGEST];
    const char *word = a->words[i].romanized, *other = b->words[j].romanized;
    float distance = 1;
    if (!may_be_ended(a, i, other))
        return distance;
    for (size_t ending = 0; ending < QDX_NAME_ENDINGS; ending++)
        if (qdx_name_bare(word, ending, bare, sizeof bare))
            distance = least(distance, compare_stem(bare, other) + ENDING_COST);
    return distance;
}

/* "Vanderkroon" and "van der Kroon": the distance to b's word j with the particles before it. */
static float compare_particled(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j)
{
    char joined[2 * LONGEST];
    const char *word = b->words[j].romanized;
    size_t size = strlen(word);
    float distance = 1;
    if (size >= sizeof joined)
        return distance;
    memcpy(joined, word, size + 1);
    while (j-- > 0 && !b->words[j].initial && qdx_name_is_particle(b->words[j].folded)) {
        size_t more = strlen(b->words[j].romanized);
        if (size + more >= sizeof joined)
            break;
        memmove(joined + more, joined, size + 1);
        memcpy(joined, b->words[j].romanized, more);
        size += more;
        distance =
            least(distance, qdx_name_word_distance(a->words[i].romanized, joined) + EXTRA_COST);
    }
    return distance;
}

/* "Thoko" for "Thokolena": a given name cut short, but not by an ending alone. */
static bool is_cut_short(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j)
{
    enum { LEAST = 4, LEAST_CUT = 3 };
    const char *word = a->words[i].romanized, *other = b->words[j].romanized;
    size_t n = strlen(word), m = strlen(other);
    bool given = i < a->surname && j < b->surname;
    return given && n >= LEAST && m >= n + LEAST_CUT && memcmp(word, other, n) == 0;
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
    if (distance > CUT_COST && (is_cut_short(a, i, b, j) || is_cut_short(b, j, a, i)))
        return CUT_COST;
    if (distance > EXTRA_COST)
        distance =
            least(distance, least(compare_particled(a, i, b, j), compare_particled(b, j, a, i)));
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
    size_t answered; /* words of the longer name */
    bool cut;        /* an initial would stand for the family name of a longer name */
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
    bool unsure = best == others->count || *distance >= CUT_COST;
    for (size_t j = 0; unsure && j + 1 < others->count; j++) {
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
        result->answered += last - best + 1;
        bool initial = a->words[words[i]].initial || b->words[others->words[best]].initial;
        result->initials |= initial;
        result->whole |= !initial;
        result->cut |= i + 1 == count && b->words[others->words[best]].initial &&
                       !a->words[words[i]].initial && last + 1 < others->count;
        result->in_order &= i == 0 || best > previous;
        result->first |= best == 0;
        result->last |= last + 1 == others->count && !initial;
        result->cost += distance;
        previous = last;
    }
    return true;
}

/* The relation by single words; `a` is not the longer name. */
static qdx_name_relation compare_aligned(const qdx_name_parts *a, const size_t *words, size_t count,
                                         const qdx_name_parts *b, free_words *longer,
                                         float *distance)
{
    alignment found;
    if (!align(a, words, count, b, longer, &found) || !found.whole || found.cut ||
        found.cost > TOTAL_LIMIT + WORD_ROOM * (float)(count - 2) ||
        !(found.last || found.first || found.cost < SURE_COST) ||
        (found.initials && !found.in_order))
        return QDX_NAME_DIFFERENT;
    *distance = found.cost + EXTRA_COST * (float)(longer->count - found.answered) +
                (found.first ? 0 : 3 * EXTRA_COST);
    if (found.initials)
        return QDX_NAME_INITIALS;
    if (found.answered < longer->count)
        return QDX_NAME_SUBSET;
    return found.in_order ? QDX_NAME_ROMANIZATION : QDX_NAME_ORDER;
}

qdx_name_relation qdx_name_compare_close(const qdx_name_parts *a, const qdx_name_parts *b,
                                         const qdx_name_equivalence *equivalence, float *distance)
{
    size_t words[QDX_NAME_WORDS], others[QDX_NAME_WORDS];
    size_t count = content_words(a, words), other_count = content_words(b, others);
    *distance = 1;
    if (count > other_count)
        return qdx_name_compare_close(b, a, equivalence, distance);
    if (count < 2 || (a->generation && b->generation && a->generation != b->generation))
        return QDX_NAME_DIFFERENT;
    free_words longer = {.words = others,
                         .count = other_count,
                         .equivalence = equivalence,
                         .limit = count > 2 ? SLIP_LIMIT : WORD_LIMIT};
    qdx_name_relation relation = compare_aligned(a, words, count, b, &longer, distance);
    if (relation != QDX_NAME_DIFFERENT || !qdx_name_same_syllables(a, b))
        return relation;
    *distance = SYLLABLE_COST;
    return QDX_NAME_ROMANIZATION;
}

/* Adds the skeleton of a word unless it is there. */
static void add_probe(const char *romanized, char probes[QDX_NAME_PROBES][QDX_SKELETON_SIZE],
                      size_t *count)
{
    if (*count == QDX_NAME_PROBES)
        return;
    qdx_name_skeleton(romanized, probes[*count]);
    for (size_t i = 0; i < *count; i++)
        if (strcmp(probes[i], probes[*count]) == 0)
            return;
    *count += probes[*count][0] != '\0';
}

size_t qdx_name_probe(const qdx_name_parts *asked, char probes[QDX_NAME_PROBES][QDX_SKELETON_SIZE])
{
    char word[4 * LONGEST];
    size_t count = 0, previous = QDX_NAME_WORDS;
    for (size_t i = 0; i < asked->count; i++) {
        const char *romanized = asked->words[i].romanized;
        if (asked->words[i].initial || qdx_name_is_particle(asked->words[i].folded))
            continue;
        add_probe(romanized, probes, &count);
        for (size_t ending = 0; ending < QDX_NAME_ENDINGS; ending++)
            if (qdx_name_bare(romanized, ending, word, sizeof word))
                add_probe(word, probes, &count);
        const char *before = previous + 1 == i ? asked->words[previous].romanized : NULL;
        if (before && strlen(before) + strlen(romanized) < sizeof word) {
            stpcpy(stpcpy(word, before), romanized);
            add_probe(word, probes, &count);
        }
        previous = i;
    }
    return count;
}
