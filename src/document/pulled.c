/*
 * Pulled quotations: words of the article that its page shows a second time, large, to catch the
 * eye. Not what an article quotes twice itself: the shorter block must be a quotation alone, and
 * stand whole in another one.
 */
#include <string.h>

#include "document/block_phrase.h"
#include "document/choice.h"

enum {
    PULL_MIN = 16, /* bytes from which a quotation may be one pulled out of the text */
    PULL_MAX = 300,
    PULLS = 64,      /* of them that are looked for in the text, so that cost stays linear */
    CREDIT_MAX = 80, /* bytes of the line that says whose words were pulled out */
};

/* The words inside the block's marks, without its first letter, which may be written large. */
static bool pulled_words(const qdx_choice *c, size_t i, const char **text, size_t *size)
{
    *text = qdx_choice_text(c, i);
    *size = qdx_choice_size(c, i);
    bool marked = qdx_phrase_starts_quoted(*text, *size);
    if (*size < PULL_MIN || *size > PULL_MAX ||
        !(marked || qdx_choice_kind(c, i) == QDX_BLOCK_QUOTATION))
        return false;
    if (marked && !qdx_phrase_ends_quoted(*text, *size))
        return false;
    const char *end = *text + *size;
    while (*text < end && ((unsigned char)**text >= 0x80 || **text <= '/'))
        (*text)++;
    while (end > *text && ((unsigned char)end[-1] >= 0x80 || end[-1] <= '/' || end[-1] == '?'))
        end--;
    *text += *text < end;
    *size = (size_t)(end - *text);
    return *size + 1 >= PULL_MIN;
}

static bool is_in_another(const qdx_choice *c, size_t i, const char *text, size_t size)
{
    for (size_t k = 0; k < c->candidates.count; k++)
        if (k != i && c->candidates.items[k].kept && qdx_choice_size(c, k) > size &&
            memmem(qdx_choice_text(c, k), qdx_choice_size(c, k), text, size))
            return true;
    return false;
}

/* What is set large beside the text, though the text says it too, and the name under it. */
void qdx_pulled_drop(qdx_choice *c)
{
    unsigned looked_for = 0;
    for (size_t i = 0; i < c->candidates.count && looked_for < PULLS; i++) {
        const char *text;
        size_t size;
        if (!c->candidates.items[i].kept || !pulled_words(c, i, &text, &size))
            continue;
        looked_for++;
        if (!is_in_another(c, i, text, size))
            continue;
        c->candidates.items[i].kept = false;
        if (i + 1 < c->candidates.count && !c->candidates.items[i + 1].good &&
            qdx_choice_kind(c, i + 1) == QDX_BLOCK_PARAGRAPH &&
            qdx_choice_size(c, i + 1) <= CREDIT_MAX &&
            !qdx_phrase_ends_sentence(qdx_choice_text(c, i + 1), qdx_choice_size(c, i + 1)))
            c->candidates.items[i + 1].kept = false;
    }
}
