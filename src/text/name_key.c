/*
 * Name keys. A name is folded and cut into words at anything that is no letter; its words are
 * romanized by a table of rewrites, longest first; two names are compared word by word from the
 * surname on. Given-name equivalences (William and Bill) are the gazetteer's, not made here.
 */
#include "text/name_key.h"

#include <string.h>

#include "text/fold.h"
#include "text/name_mark.h"

/*
 * Choices that romanizations leave open, and what stands for all of them. `where`: '^' only at the
 * start of a word, '$' only at its end, '*' anywhere. In the order of their first letters; of those
 * with one letter, longer ones come first. Capitals are sounds without a letter of their own: S
 * (sh), C (ch), J (zh, dj).
 */
static const struct rewrite {
    char pattern[6];
    char sound[4];
    char where;
} rewrites[] = {
    {"cks", "ks", '*'}, {"ch", "C", '*'},   {"cz", "C", '*'},   {"ck", "k", '*'},
    {"c", "k", '*'},    {"dzh", "J", '*'},  {"dj", "J", '*'},   {"dh", "d", '*'},
    {"eff", "ev", '$'}, {"ee", "i", '*'},   {"gue", "ge", '*'}, {"gui", "gi", '*'},
    {"gh", "g", '*'},   {"iyy", "i", '$'},  {"iy", "i", '*'},   {"ij", "i", '*'},
    {"ii", "i", '*'},   {"iu", "iu", '*'},  {"je", "e", '^'},   {"ju", "iu", '*'},
    {"ja", "ia", '*'},  {"j", "i", '*'},    {"kh", "h", '*'},   {"mac", "mak", '^'},
    {"mc", "mak", '^'}, {"nz", "nc", '*'},  {"of", "ov", '$'},  {"off", "ov", '$'},
    {"ou", "u", '*'},   {"oo", "u", '*'},   {"ph", "f", '*'},   {"qu", "kv", '*'},
    {"q", "k", '*'},    {"shch", "S", '*'}, {"sch", "S", '*'},  {"sh", "S", '*'},
    {"sz", "S", '*'},   {"tsch", "C", '*'}, {"tch", "C", '*'},  {"th", "t", '*'},
    {"ts", "c", '*'},   {"tz", "c", '*'},   {"w", "v", '*'},    {"x", "ks", '*'},
    {"ye", "e", '^'},   {"yi", "i", '*'},   {"yj", "i", '*'},   {"yy", "i", '*'},
    {"yu", "iu", '*'},  {"ya", "ia", '*'},  {"y", "i", '*'},    {"zh", "J", '*'},
};

/* Where those of each letter begin, and behind the last where they end. */
static const uint8_t first_of[27] = {0,  0,  0,  5,  8,  10, 10, 13, 13, 18, 22, 23, 23, 25,
                                     26, 30, 31, 33, 33, 37, 42, 42, 42, 43, 44, 51, 52};

_Static_assert(sizeof rewrites / sizeof rewrites[0] == 52, "first_of tells where letters begin");

enum { LONGEST_WORD = 63 };

/* Does the pattern stand at `at`, where it may? */
static bool applies(const struct rewrite *rewrite, const char *word, const char *at,
                    const char *end)
{
    size_t n = 0;
    for (; rewrite->pattern[n]; n++)
        if (at + n == end || at[n] != rewrite->pattern[n])
            return false;
    return rewrite->where == '*' || (rewrite->where == '^' ? at == word : at + n == end);
}

/* The rewrite for what stands at `at`, or NULL. */
static const struct rewrite *find_rewrite(const char *word, const char *at, const char *end)
{
    unsigned letter = (unsigned char)*at - (unsigned)'a';
    if (letter >= 26)
        return NULL;
    for (size_t i = first_of[letter]; i < first_of[letter + 1]; i++)
        if (applies(&rewrites[i], word, at, end))
            return &rewrites[i];
    return NULL;
}

void qdx_name_romanize(const char *folded, size_t size, qdx_buffer *out)
{
    if (!qdx_buffer_reserve(out, 2 * size)) /* no sound is longer than twice its pattern */
        return;
    const char *at = folded, *end = size ? folded + size : folded;
    char *to = out->bytes + out->size, last = 0;
    while (at < end) {
        const struct rewrite *rewrite = find_rewrite(folded, at, end);
        char self[2] = {*at, 0};
        for (const char *s = rewrite ? rewrite->sound : self; *s; s++)
            if (*s != last)
                *to++ = last = *s;
        at += rewrite ? strlen(rewrite->pattern) : 1;
    }
    *to = '\0';
    out->size = (size_t)(to - out->bytes);
}

static bool is_particle(const char *word)
{
    static const char *const particles[] = {
        "al",  "el",  "de",  "da",  "di",  "du",  "del", "della", "dos", "das",  "la",  "le",
        "van", "von", "den", "der", "ter", "ten", "bin", "ibn",   "ben", "bint", "abu", "st",
        "san", "zu",  "af",  "av",  "ul",  "ur",  "ash", "as",    "at",  "an",   "ad",  "ar",
    };
    for (size_t i = 0; i < sizeof particles / sizeof particles[0]; i++)
        if (particles[i][0] == word[0] && strcmp(particles[i], word) == 0)
            return true;
    return false;
}

/* 'j', 's', '2'.. for a generation suffix, else 0. */
static char generation_of(const char *word)
{
    static const struct {
        char word[4];
        char generation;
    } suffixes[] = {{"jr", 'j'}, {"sr", 's'}, {"ii", '2'}, {"iii", '3'}, {"iv", '4'}};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (suffixes[i].word[0] == word[0] && strcmp(suffixes[i].word, word) == 0)
            return suffixes[i].generation;
    return 0;
}

/* Offsets of words in the folded text, before pointers can be taken (the buffer may move). */
typedef struct word_list {
    struct {
        size_t folded, romanized, marked, size;
    } words[QDX_NAME_WORDS];
    size_t count;
    size_t comma; /* number of words before the first comma; QDX_NAME_WORDS + 1: none */
} word_list;

static bool is_letter_byte(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'';
}

/* The next word from *at on, apostrophes left out; its length, 0 at the end. */
static size_t next_word(const char **at, const char *end, char clean[LONGEST_WORD + 1],
                        bool *after_comma)
{
    size_t n = 0;
    *after_comma = false;
    for (; *at < end; ++*at) {
        char c = **at;
        if (!is_letter_byte((unsigned char)c)) {
            if (n)
                break;
            *after_comma |= c == ',';
        } else if (c != '\'' && n < LONGEST_WORD) {
            clean[n++] = c;
        }
    }
    clean[n] = '\0';
    return n;
}

static size_t put_romanized(qdx_buffer *storage, const char *word, size_t size)
{
    size_t place = storage->size;
    qdx_name_romanize(word, size, storage);
    qdx_buffer_append(storage, "", 1);
    return place;
}

static void collect_words(const qdx_buffer *folded, qdx_buffer *storage, word_list *list)
{
    const char *at = folded->bytes, *end = at + folded->size;
    char clean[LONGEST_WORD + 1];
    bool after_comma;
    size_t n;
    while ((n = next_word(&at, end, clean, &after_comma)) > 0) {
        if (after_comma && list->comma > QDX_NAME_WORDS)
            list->comma = list->count;
        if (list->count == QDX_NAME_WORDS)
            continue;
        size_t i = list->count++;
        list->words[i].size = n;
        list->words[i].folded = storage->size;
        qdx_buffer_append(storage, clean, n + 1);
        list->words[i].romanized = list->words[i].marked = put_romanized(storage, clean, n);
    }
}

/* The same words from a name whose marks were spelled out. */
static void collect_marked(const qdx_buffer *folded, qdx_buffer *storage, word_list *list)
{
    const char *at = folded->bytes, *end = at + folded->size;
    char clean[LONGEST_WORD + 1];
    bool after_comma;
    for (size_t i = 0; i < list->count; i++) {
        size_t n = next_word(&at, end, clean, &after_comma);
        if (n != list->words[i].size)
            list->words[i].marked = put_romanized(storage, clean, n);
    }
}

/* Takes a name apart into words; folding is the first step for both of its readings. */
static void collect(const char *name, size_t size, qdx_buffer *storage, word_list *list)
{
    qdx_buffer folded, spelled;
    qdx_buffer_init(&folded);
    qdx_buffer_init(&spelled);
    qdx_fold(name, size, &folded);
    if (folded.size && !folded.failed)
        collect_words(&folded, storage, list);
    if (list->count && qdx_name_spell_marks(name, size, &spelled) && !spelled.failed) {
        qdx_buffer_clear(&folded);
        qdx_fold(spelled.bytes, spelled.size, &folded);
        if (!folded.failed)
            collect_marked(&folded, storage, list);
    }
    storage->failed |= folded.failed || spelled.failed;
    qdx_buffer_release(&folded);
    qdx_buffer_release(&spelled);
}

static void add_part(qdx_name_parts *parts, const qdx_buffer *storage, const word_list *list,
                     size_t i)
{
    const char *folded = storage->bytes + list->words[i].folded;
    char generation = generation_of(folded);
    if (generation && list->count > 1) {
        parts->generation = generation;
        return;
    }
    parts->words[parts->count].folded = folded;
    parts->words[parts->count].romanized = storage->bytes + list->words[i].romanized;
    parts->words[parts->count].marked = storage->bytes + list->words[i].marked;
    parts->words[parts->count].initial = list->words[i].size == 1;
    parts->count++;
}

/* Ben Carson, Al Gore, Van Jones: a particle with a capital and a blank is a given name. */
static bool begins_with_given_name(const char *name, size_t size)
{
    static const char *const given[] = {"Al ", "An ", "Ben ", "Van "};
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
        if (size > strlen(given[i]) && memcmp(name, given[i], strlen(given[i])) == 0)
            return true;
    return false;
}

static void find_surname(qdx_name_parts *parts, bool given_first)
{
    size_t surname = parts->count ? parts->count - 1 : 0;
    while (surname > 1 && is_particle(parts->words[surname - 1].folded))
        surname--;
    if (surname == 1 && !given_first && is_particle(parts->words[0].folded))
        surname = 0;
    parts->surname = surname;
}

void qdx_name_split(const char *name, size_t size, qdx_buffer *storage, qdx_name_parts *parts)
{
    memset(parts, 0, sizeof *parts);
    qdx_buffer_clear(storage);
    word_list list = {.comma = QDX_NAME_WORDS + 1};
    collect(name, size, storage, &list);
    if (storage->failed || list.count == 0)
        return;
    /* "Last, First" but not "First Last, Jr." */
    size_t comma = list.comma;
    bool reversed = comma >= 1 && comma < list.count &&
                    !generation_of(storage->bytes + list.words[comma].folded);
    if (reversed) {
        for (size_t i = comma; i < list.count; i++)
            add_part(parts, storage, &list, i);
        parts->surname = parts->count;
        for (size_t i = 0; i < comma; i++)
            add_part(parts, storage, &list, i);
    } else {
        for (size_t i = 0; i < list.count; i++)
            add_part(parts, storage, &list, i);
    }
    parts->reversed = reversed;
    if (!reversed)
        find_surname(parts, begins_with_given_name(name, size));
    else if (parts->count && parts->surname >= parts->count)
        parts->surname = parts->count - 1; /* "Jr., John" */
}

typedef enum word_relation { WORDS_DIFFER, WORDS_INITIAL, WORDS_SOUND, WORDS_SAME } word_relation;

bool qdx_name_words_sound(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j)
{
    return strcmp(a->words[i].romanized, b->words[j].romanized) == 0 ||
           strcmp(a->words[i].marked, b->words[j].romanized) == 0 ||
           strcmp(a->words[i].romanized, b->words[j].marked) == 0;
}

/* J. may stand for Yuri, but not for Ivan. */
bool qdx_name_initials_agree(const qdx_name_parts *a, size_t i, const qdx_name_parts *b, size_t j)
{
    char x = a->words[i].folded[0], y = b->words[j].folded[0];
    return x == y || (x != 'i' && y != 'i' && a->words[i].romanized[0] == b->words[j].romanized[0]);
}

static word_relation compare_words(const qdx_name_parts *a, size_t i, const qdx_name_parts *b,
                                   size_t j)
{
    if (strcmp(a->words[i].folded, b->words[j].folded) == 0)
        return WORDS_SAME;
    if (a->words[i].initial || b->words[j].initial)
        return qdx_name_initials_agree(a, i, b, j) ? WORDS_INITIAL : WORDS_DIFFER;
    return qdx_name_words_sound(a, i, b, j) ? WORDS_SOUND : WORDS_DIFFER;
}

/* Same words in the same places? WORDS_SAME, WORDS_SOUND, or WORDS_DIFFER. */
static word_relation compare_in_order(const qdx_name_parts *a, const qdx_name_parts *b)
{
    if (a->count != b->count)
        return WORDS_DIFFER;
    word_relation worst = WORDS_SAME;
    for (size_t i = 0; i < a->count; i++) {
        word_relation r = compare_words(a, i, b, i);
        if (r < worst)
            worst = r;
    }
    return worst == WORDS_INITIAL ? WORDS_DIFFER : worst;
}

/* Words of `a` found in `b`, each of b's used once; initials count only as the same initials. */
static size_t shared_words(const qdx_name_parts *a, const qdx_name_parts *b, bool initials)
{
    bool used[QDX_NAME_WORDS] = {false};
    size_t shared = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (!used[j] && (initials || !a->words[i].initial) &&
                compare_words(a, i, b, j) >= WORDS_SOUND) {
                used[j] = true;
                shared++;
                break;
            }
    return shared;
}

static bool surnames_agree(const qdx_name_parts *a, const qdx_name_parts *b)
{
    return compare_words(a, a->count - 1, b, b->count - 1) >= WORDS_SOUND;
}

/* Given names, walked side by side: QDX_NAME_DIFFERENT, _INITIALS or _SUBSET. */
static qdx_name_relation compare_given(const qdx_name_parts *a, const qdx_name_parts *b)
{
    qdx_name_relation relation = QDX_NAME_SUBSET;
    size_t n = a->surname < b->surname ? a->surname : b->surname;
    for (size_t i = 0; i < n; i++) {
        word_relation r = compare_words(a, i, b, i);
        if (r == WORDS_DIFFER)
            return QDX_NAME_DIFFERENT;
        if (r == WORDS_INITIAL)
            relation = QDX_NAME_INITIALS;
    }
    return relation;
}

qdx_name_relation qdx_name_compare(const qdx_name_parts *a, const qdx_name_parts *b)
{
    if (!a->count || !b->count ||
        (a->generation && b->generation && a->generation != b->generation))
        return QDX_NAME_DIFFERENT;
    word_relation in_order = compare_in_order(a, b);
    if (in_order != WORDS_DIFFER && a->generation != b->generation)
        return a->count > 1 ? QDX_NAME_SUBSET : QDX_NAME_SURNAME; /* a missing Jr. */
    if (in_order == WORDS_SAME)
        return QDX_NAME_EXACT;
    if (in_order == WORDS_SOUND)
        return QDX_NAME_ROMANIZATION;
    if (a->count == b->count && shared_words(a, b, true) == a->count)
        return QDX_NAME_ORDER;
    if (!surnames_agree(a, b))
        return QDX_NAME_DIFFERENT;
    if (a->surname == 0 || b->surname == 0)
        return QDX_NAME_SURNAME;
    qdx_name_relation given = compare_given(a, b);
    if (given != QDX_NAME_DIFFERENT)
        return given;
    size_t shorter = a->count < b->count ? a->count : b->count;
    return shorter >= 2 && shared_words(a, b, false) == shorter ? QDX_NAME_SUBSET
                                                                : QDX_NAME_DIFFERENT;
}

const char *qdx_name_relation_name(qdx_name_relation relation)
{
    static const char *const names[] = {
        [QDX_NAME_DIFFERENT] = "different", [QDX_NAME_SURNAME] = "surname",
        [QDX_NAME_INITIALS] = "initials",   [QDX_NAME_SUBSET] = "subset",
        [QDX_NAME_ORDER] = "order",         [QDX_NAME_ROMANIZATION] = "romanization",
        [QDX_NAME_EXACT] = "exact",
    };
    return names[relation];
}
