/*
 * The public look-up: whom a typed name means. Titles before it are passed over; then the exact
 * names, then people by any spelling, then by closeness.
 */
#include <string.h>
#include <strings.h>

#include "gazetteer/lookup.h"

/* Matches being collected for a caller. */
typedef struct match_list {
    qdx_name_match *items;
    size_t capacity, count;
} match_list;

static void add_match(match_list *list, const qdx_entity *entity, const char *rule,
                      float confidence)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].entity == entity)
            return;
    if (list->count < list->capacity)
        list->items[list->count++] = (qdx_name_match){entity, rule, confidence};
}

/* Skips what stands before a name: "the", and titles such as "Mr." */
static uint32_t skip_titles(const qdx_gazetteer *gazetteer, const qdx_text *text)
{
    uint32_t first = 0, end = (uint32_t)text->tokens.count;
    while (first + 1 < end) {
        qdx_phrase_match matches[QDX_PHRASE_MATCHES];
        size_t n = qdx_phrases_match(gazetteer, text, first, end, matches);
        uint32_t next = first;
        for (size_t i = 0; i < n; i++) {
            if (matches[i].kind == QDX_PHRASE_NAME && matches[i].end == end)
                return first;
            if (matches[i].kind == QDX_PHRASE_TITLE && matches[i].end < end)
                next = matches[i].end;
        }
        if (next < end && text->tokens.items[next].mark == QDX_MARK_PERIOD)
            next++;
        if (next == first && first == 0 &&
            text->tokens.items[0].end - text->tokens.items[0].start == 3 &&
            strncasecmp(text->bytes + text->tokens.items[0].start, "the", 3) == 0)
            next = 1;
        if (next == first || next >= end)
            break;
        first = next;
    }
    return first;
}

/* Names that are written exactly so, in any case. */
static void match_exact(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                        match_list *list)
{
    uint32_t end = (uint32_t)text->tokens.count;
    qdx_phrase_match found[QDX_LOOKUP_HITS];
    size_t n = qdx_phrases_find_all(gazetteer, text, first, end, found, QDX_LOOKUP_HITS);
    for (int alias = 0; alias <= 1; alias++)
        for (size_t i = 0; i < n; i++)
            if (found[i].kind == QDX_PHRASE_NAME && found[i].alias == alias)
                add_match(list, qdx_store_entity(gazetteer, found[i].value),
                          alias ? "alias" : "exact", alias ? 0.98F : 1.0F);
}

static float confidence_of(const qdx_lookup_hit *hit, size_t bearers)
{
    static const float confidences[] = {
        [QDX_NAME_SURNAME] = 0.6F, [QDX_NAME_INITIALS] = 0.85F,    [QDX_NAME_SUBSET] = 0.9F,
        [QDX_NAME_ORDER] = 0.92F,  [QDX_NAME_ROMANIZATION] = 0.9F, [QDX_NAME_EXACT] = 0.98F,
    };
    float confidence = hit->nickname ? 0.8F : confidences[hit->relation];
    return hit->relation == QDX_NAME_SURNAME && bearers > 1 ? confidence / (float)bearers
                                                            : confidence;
}

static qdx_status match_people(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                               match_list *list, qdx_error *error)
{
    qdx_lookup_hit hits[QDX_LOOKUP_HITS];
    size_t count;
    qdx_status status = qdx_lookup_person(gazetteer, name, size, hits, &count, error);
    if (status != QDX_OK)
        return status;
    if (!count || hits[0].relation < QDX_NAME_INITIALS) {
        qdx_lookup_hit close[QDX_LOOKUP_HITS];
        size_t close_count;
        status = qdx_lookup_close(gazetteer, name, size, close, &close_count, error);
        if (status != QDX_OK)
            return status;
        for (size_t i = 0; i < close_count; i++)
            add_match(list, qdx_store_entity(gazetteer, close[i].entity), "spelling",
                      0.8F - close[i].distance);
    }
    /* A weaker relation only counts while no stronger one was found: "John Tell" written exactly
     * so is not John Paul Tell, nor everybody called Tell. Bearers of one surname all count. */
    bool exact = list->count > 0;
    for (size_t i = 0; i < count; i++) {
        bool weaker = hits[i].relation < hits[0].relation && hits[0].relation >= QDX_NAME_ORDER;
        if (weaker && hits[i].relation < QDX_NAME_SUBSET)
            break;
        if (hits[i].relation < (exact ? QDX_NAME_ORDER : QDX_NAME_SURNAME) ||
            (list->count && hits[i].relation == QDX_NAME_SURNAME &&
             hits[0].relation > QDX_NAME_SURNAME))
            break;
        add_match(list, qdx_store_entity(gazetteer, hits[i].entity),
                  hits[i].nickname ? "nickname" : qdx_name_relation_name(hits[i].relation),
                  confidence_of(&hits[i], count));
    }
    return QDX_OK;
}

/* Is there more in the list than bearers of a surname? */
static bool names_somebody(const match_list *list)
{
    const char *surname = qdx_name_relation_name(QDX_NAME_SURNAME);
    return list->count && strcmp(list->items[0].rule, surname) != 0;
}

/* What looks like a title may be a given name (Amir, Bishop): if the whole finds more, it counts.
 */
static qdx_status match_whole(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                              match_list *list, qdx_error *error)
{
    qdx_name_match items[QDX_LOOKUP_HITS];
    match_list whole = {items, list->capacity < QDX_LOOKUP_HITS ? list->capacity : QDX_LOOKUP_HITS,
                        0};
    qdx_status status = match_people(gazetteer, name, size, &whole, error);
    if (status != QDX_OK || !names_somebody(&whole))
        return status;
    list->count = 0;
    for (size_t i = 0; i < whole.count; i++)
        add_match(list, items[i].entity, items[i].rule, items[i].confidence);
    return status;
}

qdx_status qdx_gazetteer_lookup(const qdx_gazetteer *gazetteer, const char *name,
                                qdx_name_match *matches, size_t capacity, size_t *count,
                                qdx_error *error)
{
    match_list list = {matches, capacity, 0};
    *count = 0;
    size_t size = strlen(name);
    if (size > 4096)
        return qdx_error_set(error, QDX_ERR_LIMIT, "a name is longer than 4096 bytes");
    qdx_block block = {.span = {0, (uint32_t)size}};
    qdx_document document = {
        .text = name, .text_size = (uint32_t)size, .blocks = &block, .block_count = 1};
    qdx_text text = {0};
    qdx_status status = qdx_text_tokenize(&text, &document, error);
    if (status == QDX_OK && text.tokens.count) {
        uint32_t first = skip_titles(gazetteer, &text);
        uint32_t start = text.tokens.items[first].start;
        match_exact(gazetteer, &text, first, &list);
        status = match_people(gazetteer, name + start, size - start, &list, error);
        if (status == QDX_OK && first && !names_somebody(&list))
            status = match_whole(gazetteer, name, size, &list, error);
    }
    qdx_text_release(&text);
    if (status == QDX_OK)
        status = qdx_store_status(gazetteer, error);
    *count = status == QDX_OK ? list.count : 0;
    return status;
}
