/*
 * What the user says against names: these words are nobody's, or not that entity's. The rows of a
 * file of overrides are phrases like those of the lists; what they do to the matches of others
 * while a text is walked is in phrase.c.
 */
#include <string.h>

#include "gazetteer/phrase.h"
#include "gazetteer/store.h"

bool qdx_phrases_never(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                       uint32_t end)
{
    enum { BEFORE = 8 }; /* tokens of such words that may stand in front */
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    uint32_t start = first > BEFORE ? first - BEFORE : 0;
    for (; gazetteer->overrides && start <= first; start++) {
        size_t n = qdx_phrases_match(gazetteer, text, start, (uint32_t)text->tokens.count, matches);
        for (size_t i = 0; i < n; i++)
            if (matches[i].kind == QDX_PHRASE_NEVER && matches[i].value == QDX_NO_ENTITY &&
                matches[i].end >= end)
                return true;
    }
    return false;
}

bool qdx_phrases_forbid(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                        uint32_t entity)
{
    qdx_block block = {.span = {0, (uint32_t)size}};
    qdx_document document = {
        .text = name, .text_size = (uint32_t)size, .blocks = &block, .block_count = 1};
    qdx_text text = {0};
    bool forbidden = false;
    if (!gazetteer->overrides || qdx_text_tokenize(&text, &document, NULL) != QDX_OK)
        return false;
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    size_t n = qdx_phrases_find_all(gazetteer, &text, 0, (uint32_t)text.tokens.count, matches,
                                    QDX_PHRASE_MATCHES);
    for (size_t i = 0; i < n; i++)
        forbidden |= matches[i].kind == QDX_PHRASE_NEVER && matches[i].value == entity;
    qdx_text_release(&text);
    return forbidden;
}

static bool keeps_apart(const qdx_gazetteer *gazetteer, const char *name, const char *other)
{
    qdx_block block = {.span = {0, (uint32_t)strlen(name)}};
    qdx_document document = {
        .text = name, .text_size = block.span.end, .blocks = &block, .block_count = 1};
    qdx_text text = {0};
    qdx_buffer id = {0};
    qdx_store_slug(other, strlen(other), &id);
    bool apart = id.size && !id.failed && qdx_text_tokenize(&text, &document, NULL) == QDX_OK &&
                 qdx_phrases_rule_out(gazetteer, &text, id.bytes);
    qdx_buffer_release(&id);
    qdx_text_release(&text);
    return apart;
}

bool qdx_phrases_apart(const qdx_gazetteer *gazetteer, const char *name, const char *other)
{
    return gazetteer->overrides &&
           (keeps_apart(gazetteer, name, other) || keeps_apart(gazetteer, other, name));
}
