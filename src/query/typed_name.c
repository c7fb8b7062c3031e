/* Names as people type them: titles before, endings and initials behind. Looks at letters only. */
#include "query/typed_name.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* Words before a name that are no part of it: what an index knows of titles. */
static bool is_title(const char *word, size_t size)
{
    static const char *const titles[] = {
        "acting",      "adm",
        "admiral",     "ambassador",
        "archbishop",  "army",
        "ayatollah",   "baron",
        "baroness",    "bishop",
        "brig",        "captain",
        "capt",        "cardinal",
        "chairman",    "chairwoman",
        "chancellor",  "chief",
        "col",         "colonel",
        "commander",   "commissioner",
        "congressman", "congresswoman",
        "count",       "dame",
        "defence",     "defense",
        "deputy",      "dr",
        "duchess",     "duke",
        "emir",        "emperor",
        "executive",   "father",
        "finance",     "first",
        "foreign",     "former",
        "frau",        "gen",
        "general",     "gov",
        "governor",    "herr",
        "imam",        "interior",
        "judge",       "justice",
        "king",        "lady",
        "lieutenant",  "lord",
        "lt",          "madame",
        "maj",         "major",
        "maj-gen",     "mayor",
        "minister",    "miss",
        "mme",         "monsieur",
        "mr",          "mrs",
        "ms",          "mullah",
        "officer",     "pastor",
        "pope",        "premier",
        "president",   "prime",
        "prince",      "princess",
        "prof",        "professor",
        "queen",       "rabbi",
        "rep",         "representative",
        "rev",         "reverend",
        "sayyid",      "secretary",
        "sen",         "senator",
        "sergeant",    "sgt",
        "shah",        "sheik",
        "sheikh",      "sir",
        "sister",      "speaker",
        "spokesman",   "spokeswoman",
        "state",       "sultan",
        "the",         "vice",
        "of",
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (strlen(titles[i]) == size && strncasecmp(titles[i], word, size) == 0)
            return true;
    return false;
}

const char *qdx_typed_after_title(const char *name)
{
    size_t size = strcspn(name, " .");
    if (!is_title(name, size))
        return NULL;
    name += size + strspn(name + size, " .");
    return *name ? name : NULL;
}

size_t qdx_typed_possessive(const char *name)
{
    static const char *const endings[] = {"'s", "\xE2\x80\x99s", "s'", "s\xE2\x80\x99"};
    size_t size = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending = strlen(endings[i]), kept = endings[i][0] == 's';
        if (size > ending && memcmp(name + size - ending, endings[i], ending) == 0)
            return size - ending + kept;
    }
    return 0;
}

size_t qdx_typed_initials(const char *name)
{
    size_t at = strlen(name), words = 0;
    while (at > 0) {
        size_t start = at;
        while (start > 0 && name[start - 1] != ' ')
            start--;
        size_t letters = strcspn(name + start, " .");
        bool initial = letters == 1 || (letters == 2 && (unsigned char)name[start] >= 0xC0);
        if (!initial)
            return words && at ? at : 0;
        words++;
        while (start > 0 && name[start - 1] == ' ')
            start--;
        at = start;
    }
    return 0;
}
