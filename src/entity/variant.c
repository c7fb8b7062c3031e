/*
 * Variants: the document's people of one romanized surname are compared name by name. A name that
 * agrees in whole words wins; initials alone decide only where they fit one person.
 */
#include "entity/variant.h"

#include <string.h>

#include "gazetteer/phrase.h"
#include "text/fold.h"
#include "text/name_key.h"

enum { VARIANTS = 32 }; /* bearers of a surname compared with a name */

/* The hash of a romanized word; 0 when memory runs out. */
uint64_t qdx_variant_sound(const char *word, size_t size)
{
    qdx_buffer folded, sound;
    qdx_buffer_init(&folded);
    qdx_buffer_init(&sound);
    qdx_fold(word, size, &folded);
    if (folded.size)
        qdx_name_romanize(folded.bytes, folded.size, &sound);
    uint64_t hash =
        sound.size && !folded.failed && !sound.failed ? qdx_fold_hash(sound.bytes, sound.size) : 0;
    qdx_buffer_release(&folded);
    qdx_buffer_release(&sound);
    return hash;
}

/* Quick rejection: do two names begin with letters that spellings exchange? */
static bool may_be_variant(const char *a, const char *b)
{
    static const char same[] = "abkdefgiiiklmnopkrstuvvkiz"; /* a to z */
    unsigned x = (unsigned char)*a | 0x20u, y = (unsigned char)*b | 0x20u;
    if (x < 'a' || x > 'z' || y < 'a' || y > 'z')
        return true;
    return same[x - 'a'] == same[y - 'a'];
}

/* How a figure's name relates to the one asked for. */
static qdx_name_relation relate(const qdx_tagging *tagging, const qdx_figure *figure,
                                const char *name, const qdx_name_parts *asked, qdx_buffer *storage)
{
    qdx_name_parts parts;
    if (!figure->surname || !figure->full_name || !may_be_variant(name, figure->entity.name))
        return QDX_NAME_DIFFERENT;
    qdx_name_split(figure->entity.name, strlen(figure->entity.name), storage, &parts);
    qdx_name_relation relation = qdx_name_compare(asked, &parts);
    bool apart = relation != QDX_NAME_DIFFERENT && figure->listed == QDX_NONE &&
                 qdx_phrases_apart(tagging->gazetteer, name, figure->entity.name);
    return apart ? QDX_NAME_DIFFERENT : relation;
}

/* "Ruiz Tolland" of Maria Ruiz Tolland: the last words of a name. */
static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && name[n - m - 1] == ' ' && strcmp(name + n - m, end) == 0;
}

uint32_t qdx_variant_find(const qdx_tagging *tagging, const char *name, uint64_t sound,
                          uint32_t except, bool initials)
{
    uint32_t number = qdx_figure_index_find(&tagging->index, QDX_KEY_SOUND, sound);
    if (number == QDX_NONE)
        return QDX_NONE;
    qdx_buffer mine, other;
    qdx_buffer_init(&mine);
    qdx_buffer_init(&other);
    qdx_name_parts asked;
    qdx_name_split(name, strlen(name), &mine, &asked);
    uint32_t whole = QDX_NONE, by_initials = QDX_NONE;
    unsigned fitting = 0;
    for (int i = 0; asked.count > 1 && i < VARIANTS && number != QDX_NONE; i++) {
        const qdx_figure *figure = &tagging->figures.items[number];
        qdx_name_relation relation =
            number == except ? QDX_NAME_DIFFERENT : relate(tagging, figure, name, &asked, &other);
        if ((relation > QDX_NAME_INITIALS || ends_in(figure->entity.name, name)) &&
            number != except && whole == QDX_NONE)
            whole = number;
        if (relation == QDX_NAME_INITIALS) {
            by_initials = number;
            fitting++;
        }
        number = figure->next_sound;
    }
    qdx_buffer_release(&mine);
    qdx_buffer_release(&other);
    if (whole != QDX_NONE || !initials || fitting != 1)
        return whole;
    return by_initials;
}
