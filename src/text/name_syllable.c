/*
 * A syllable is an onset, a vowel and a coda; each spelling of one stands for a set of sounds,
 * given by the tables. A name is cut by trying the longest spellings first, and going back where
 * what is left cannot be cut. Sounds that a language's own romanizations spell alike are one bit.
 */
#include "text/name_syllable.h"

#include <stdint.h>
#include <string.h>

enum { LEAST_SYLLABLES = 3, MOST_SYLLABLES = 4, LONGEST_NAME = 32 };

/* What a spelling may stand for, a bit a sound. Longer spellings first; the last is "". */
typedef struct spelling {
    char letters[5];
    uint32_t sounds;
} spelling;

#define A(n) (UINT32_C(1) << (n))

/* Hangul consonants, tense ones with the plain: g n d r m b s - j ch k t p h. */
enum { G, N, D, R, M, B, S, NONE, J, CH, K, T, P, H };

static const spelling korean_onsets[] = {
    {"tch", A(J)},      {"ch", A(J) | A(CH)},  {"jj", A(J)},          {"kh", A(K)},
    {"kk", A(G)},       {"th", A(T)},          {"tt", A(D)},          {"ph", A(P)},
    {"pp", A(B)},       {"rh", A(R)},          {"ss", A(S)},          {"sh", A(S)},
    {"k", A(G) | A(K)}, {"g", A(G)},           {"n", A(N) | A(R)},    {"d", A(D)},
    {"t", A(D) | A(T)}, {"r", A(R) | A(NONE)}, {"l", A(R) | A(NONE)}, {"m", A(M)},
    {"b", A(B)},        {"p", A(B) | A(P)},    {"s", A(S)},           {"j", A(J)},
    {"z", A(J)},        {"h", A(H)},           {"", A(NONE)},
};

/* Hangul vowels: a e ya ye eo yeo o yo u yu eu i wa we wo wi ui. */
enum { VA, VE, VYA, VYE, VEO, VYEO, VO, VYO, VU, VYU, VEU, VI, VWA, VWE, VWO, VWI, VUI };

static const spelling korean_vowels[] = {
    {"yeou", A(VYEO)},
    {"yeo", A(VYEO)},
    {"you", A(VYEO) | A(VYU)},
    {"yoo", A(VYU)},
    {"yae", A(VYE)},
    {"woo", A(VU)},
    {"weo", A(VWO)},
    {"wae", A(VWE)},
    {"eui", A(VUI)},
    {"ah", A(VA)},
    {"ar", A(VA)},
    {"ae", A(VE)},
    {"ai", A(VE)},
    {"ay", A(VE)},
    {"ya", A(VYA)},
    {"ye", A(VYE)},
    {"yi", A(VI)},
    {"yo", A(VYO) | A(VYEO)},
    {"yu", A(VYU)},
    {"eo", A(VEO)},
    {"eu", A(VEU)},
    {"ee", A(VI) | A(VUI)},
    {"oh", A(VO)},
    {"oo", A(VU)},
    {"ou", A(VEO) | A(VU)},
    {"oe", A(VWE)},
    {"oi", A(VWE)},
    {"uh", A(VEO)},
    {"ui", A(VUI) | A(VWI)},
    {"wa", A(VWA)},
    {"we", A(VWE)},
    {"wi", A(VWI)},
    {"wo", A(VWO)},
    {"a", A(VA)},
    {"e", A(VE)},
    {"o", A(VO) | A(VEO)},
    {"u", A(VU) | A(VEU) | A(VEO)},
    {"i", A(VI) | A(VUI)},
};

static const spelling korean_codas[] = {
    {"ng", A(0)}, {"ck", A(1)}, {"k", A(1)}, {"g", A(1)}, {"n", A(2)}, {"t", A(3)}, {"d", A(3)},
    {"l", A(4)},  {"r", A(4)},  {"m", A(5)}, {"p", A(6)}, {"b", A(6)}, {"", A(7)},
};

/* Pinyin's initials, y and w among them. */
enum {
    iB,
    iP,
    iM,
    iF,
    iD,
    iT,
    iN,
    iL,
    iG,
    iK,
    iH,
    iJ,
    iQ,
    iX,
    iZH,
    iCH,
    iSH,
    iR,
    iZ,
    iC,
    iS,
    iY,
    iW,
    i0
};

static const spelling pinyin_onsets[] = {
    {"zh", A(iZH)}, {"ch", A(iCH)}, {"sh", A(iSH)}, {"b", A(iB)}, {"p", A(iP)}, {"m", A(iM)},
    {"f", A(iF)},   {"d", A(iD)},   {"t", A(iT)},   {"n", A(iN)}, {"l", A(iL)}, {"g", A(iG)},
    {"k", A(iK)},   {"h", A(iH)},   {"j", A(iJ)},   {"q", A(iQ)}, {"x", A(iX)}, {"r", A(iR)},
    {"z", A(iZ)},   {"c", A(iC)},   {"s", A(iS)},   {"y", A(iY)}, {"w", A(iW)}, {"", A(i0)},
};

static const spelling wade_onsets[] = {
    {"ch", A(iZH) | A(iCH) | A(iJ) | A(iQ)},
    {"sh", A(iSH)},
    {"hs", A(iX)},
    {"ts", A(iZ) | A(iC)},
    {"tz", A(iZ) | A(iC)},
    {"ss", A(iS)},
    {"sz", A(iS)},
    {"p", A(iB) | A(iP)},
    {"t", A(iD) | A(iT)},
    {"k", A(iG) | A(iK)},
    {"m", A(iM)},
    {"f", A(iF)},
    {"n", A(iN)},
    {"l", A(iL)},
    {"h", A(iH)},
    {"j", A(iR)},
    {"s", A(iS)},
    {"y", A(iY)},
    {"w", A(iW)},
    {"", A(i0) | A(iY)},
};

/* Pinyin's finals; ü is written u. */
enum {
    fA,
    fO,
    fE,
    fAI,
    fEI,
    fAO,
    fOU,
    fAN,
    fEN,
    fANG,
    fENG,
    fONG,
    fI,
    fIA,
    fIE,
    fIAO,
    fIU,
    fIAN,
    fIN,
    fIANG,
    fING,
    fIONG,
    fU,
    fUA,
    fUO,
    fUAI,
    fUI,
    fUAN,
    fUN,
    fUANG,
    fUE,
    fER
};

static const spelling pinyin_finals[] = {
    {"iang", A(fIANG)}, {"iong", A(fIONG)}, {"uang", A(fUANG)}, {"ang", A(fANG)}, {"eng", A(fENG)},
    {"ong", A(fONG)},   {"iao", A(fIAO)},   {"ian", A(fIAN)},   {"ing", A(fING)}, {"uai", A(fUAI)},
    {"uan", A(fUAN)},   {"ai", A(fAI)},     {"ei", A(fEI)},     {"ao", A(fAO)},   {"ou", A(fOU)},
    {"an", A(fAN)},     {"en", A(fEN)},     {"er", A(fER)},     {"ia", A(fIA)},   {"ie", A(fIE)},
    {"iu", A(fIU)},     {"in", A(fIN)},     {"ua", A(fUA)},     {"uo", A(fUO)},   {"ui", A(fUI)},
    {"un", A(fUN)},     {"ue", A(fUE)},     {"a", A(fA)},       {"o", A(fO)},     {"e", A(fE)},
    {"i", A(fI)},       {"u", A(fU)},
};

static const spelling wade_finals[] = {
    {"iang", A(fIANG)},
    {"iung", A(fIONG)},
    {"uang", A(fUANG)},
    {"ang", A(fANG)},
    {"eng", A(fENG)},
    {"ung", A(fONG)},
    {"iao", A(fIAO)},
    {"ien", A(fIAN)},
    {"ing", A(fING)},
    {"uai", A(fUAI)},
    {"uan", A(fUAN)},
    {"uei", A(fUI)},
    {"ieh", A(fIE)},
    {"ueh", A(fUE)},
    {"erh", A(fER)},
    {"ai", A(fAI)},
    {"ei", A(fEI)},
    {"ao", A(fAO)},
    {"ou", A(fOU)},
    {"an", A(fAN)},
    {"en", A(fEN) | A(fAN)},
    {"eh", A(fE)},
    {"ih", A(fI)},
    {"ia", A(fIA)},
    {"iu", A(fIU)},
    {"in", A(fIN)},
    {"ua", A(fUA)},
    {"uo", A(fUO)},
    {"ui", A(fUI)},
    {"un", A(fUN)},
    {"a", A(fA)},
    {"e", A(fE)},
    {"o", A(fO) | A(fE) | A(fUO)},
    {"i", A(fI)},
    {"u", A(fU) | A(fI) | A(fOU)},
};

static const spelling no_codas[] = {{"", A(0)}};

#undef A

/* A way to write a language's names. */
typedef struct romanization {
    const spelling *parts[3]; /* onsets, vowels, codas */
    size_t counts[3];
} romanization;

#define LENGTH(table) (sizeof(table) / sizeof(table)[0])

static const romanization korean = {
    {korean_onsets, korean_vowels, korean_codas},
    {LENGTH(korean_onsets), LENGTH(korean_vowels), LENGTH(korean_codas)}};
static const romanization pinyin = {
    {pinyin_onsets, pinyin_finals, no_codas},
    {LENGTH(pinyin_onsets), LENGTH(pinyin_finals), LENGTH(no_codas)}};
static const romanization wade_giles = {
    {wade_onsets, wade_finals, no_codas},
    {LENGTH(wade_onsets), LENGTH(wade_finals), LENGTH(no_codas)}};

/* The sounds of a name: onset, vowel and coda of one syllable after another. */
typedef struct sound_list {
    uint32_t sounds[MOST_SYLLABLES * 3];
    size_t count;
} sound_list;

/* Cuts what is left of a word into sounds; false, and the list as it was, when that cannot be. */
static bool cut(const romanization *way, const char *word, sound_list *list)
{
    size_t part = list->count % 3;
    if (!*word && part == 0)
        return true;
    if (list->count == LENGTH(list->sounds))
        return false;
    for (size_t i = 0; i < way->counts[part]; i++) {
        const spelling *s = &way->parts[part][i];
        size_t size = strlen(s->letters);
        if (strncmp(word, s->letters, size) != 0)
            continue;
        list->sounds[list->count++] = s->sounds;
        if (cut(way, word + size, list))
            return true;
        list->count--;
    }
    return false;
}

static bool cut_name(const romanization *way, const qdx_name_parts *parts, sound_list *list)
{
    size_t size = 0;
    list->count = 0;
    for (size_t i = 0; i < parts->count; i++) {
        size += strlen(parts->words[i].folded);
        if (size > LONGEST_NAME || !cut(way, parts->words[i].folded, list))
            return false;
    }
    return list->count >= 3 * LEAST_SYLLABLES;
}

static bool may_be_one(const romanization *way, const qdx_name_parts *a,
                       const romanization *other_way, const qdx_name_parts *b)
{
    sound_list x, y;
    if (!cut_name(way, a, &x) || !cut_name(other_way, b, &y) || x.count != y.count)
        return false;
    for (size_t i = 0; i < x.count; i++)
        if (!(x.sounds[i] & y.sounds[i]))
            return false;
    return true;
}

bool qdx_name_same_syllables(const qdx_name_parts *a, const qdx_name_parts *b)
{
    if (a->count < 2 || b->count < 2 || a->count > MOST_SYLLABLES || b->count > MOST_SYLLABLES)
        return false;
    return may_be_one(&korean, a, &korean, b) || may_be_one(&wade_giles, a, &pinyin, b) ||
           may_be_one(&pinyin, a, &wade_giles, b);
}
