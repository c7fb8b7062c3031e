/* The flat tree itself: memory and looking around in it. Who builds it is markup_events.c. */
#include "document/markup.h"

#include <string.h>
#include <strings.h>

#include "document/markup_library.h"

static void names_free(qdx_markup *markup)
{
    if (markup->names)
        qdx_markup_library_free_names(markup->names);
    markup->names = NULL;
}

void qdx_markup_release(qdx_markup *markup)
{
    qdx_vector_release(&markup->nodes);
    qdx_buffer_release(&markup->text);
    qdx_arena_release(&markup->arena);
    names_free(markup);
}

void qdx_markup_clear(qdx_markup *markup)
{
    qdx_vector_clear(&markup->nodes);
    qdx_buffer_clear(&markup->text);
    qdx_arena_reset(&markup->arena);
    names_free(markup);
    markup->truncated = false;
}

const char *qdx_markup_attribute(const qdx_node *node, const char *name)
{
    for (uint32_t i = 0; i < node->attribute_count; i++)
        if (node->attributes[i].name[0] == name[0] && strcmp(node->attributes[i].name, name) == 0)
            return node->attributes[i].value;
    return NULL;
}

uint32_t qdx_markup_find(const qdx_markup *markup, uint32_t from, uint32_t to, const char *name)
{
    for (uint32_t i = from; i < to; i++)
        if (markup->nodes.items[i].name && strcasecmp(markup->nodes.items[i].name, name) == 0)
            return i;
    return to;
}

void qdx_markup_subtree_text(const qdx_markup *markup, uint32_t node, qdx_buffer *out)
{
    const qdx_node *nodes = markup->nodes.items;
    for (uint32_t i = node; i < nodes[node].end; i++)
        if (!nodes[i].name)
            qdx_buffer_append(out, markup->text.bytes + nodes[i].start, nodes[i].size);
}

const char *qdx_markup_text_of(const qdx_markup *markup, uint32_t node)
{
    return markup->text.bytes + markup->nodes.items[node].start;
}

size_t qdx_markup_text_size(const qdx_markup *markup, uint32_t node)
{
    const qdx_node *nodes = markup->nodes.items;
    uint32_t end = nodes[node].end;
    return (end < markup->nodes.count ? nodes[end].start : markup->text.size) - nodes[node].start;
}

bool qdx_markup_is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] > ' ')
            return false;
    return true;
}
