/* Regular inflection by the spelling rules of English verbs. */
#include "gazetteer/inflection.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/lexicon.h"

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

void qdx_inflect(const char *lemma, uint8_t form, char out[QDX_INFLECTED_SIZE])
{
    size_t n = strlen(lemma);
    char last = n ? lemma[n - 1] : 0, before = n > 1 ? lemma[n - 2] : 0;
    bool y = last == 'y' && !is_vowel(before);
    bool e = last == 'e';
    bool hiss = last == 's' || last == 'x' || last == 'z' ||
                (last == 'h' && (before == 's' || before == 'c'));
    const char *ending = form == QDX_FORM_THIRD    ? (hiss || y ? "es" : "s")
                         : form == QDX_FORM_GERUND ? "ing"
                                                   : (e ? "d" : "ed");
    size_t keep_size = n;
    bool y_to_i = y && form != QDX_FORM_GERUND;
    if (form == QDX_FORM_GERUND && e && before != 'e' && before != 'o' && before != 'y')
        keep_size--;
    snprintf(out, QDX_INFLECTED_SIZE, "%.*s%s", (int)keep_size, lemma, ending);
    if (y_to_i)
        out[n - 1] = 'i';
}
