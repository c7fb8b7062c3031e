/*
 * The table of tags. What stands in it is the meaning that HTML gives a tag; what page makers mean
 * by their names for elements is class_word.c's.
 */
#include "document/element.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct tag {
    const char *name;
    qdx_element_role role;
} tag;

/* Sorted. HTML, and what NITF, TEI and JATS add to it. Not listed: inline. */
static const tag tags[] = {
    {"a", QDX_ELEMENT_LINK},
    {"address", QDX_ELEMENT_ASIDE},
    {"applet", QDX_ELEMENT_HIDDEN},
    {"article", QDX_ELEMENT_BLOCK},
    {"aside", QDX_ELEMENT_ASIDE},
    {"audio", QDX_ELEMENT_ASIDE},
    {"block", QDX_ELEMENT_BLOCK},
    {"blockquote", QDX_ELEMENT_QUOTATION},
    {"body", QDX_ELEMENT_ROOT},
    {"body.content", QDX_ELEMENT_BLOCK},
    {"body.end", QDX_ELEMENT_ASIDE},
    {"bq", QDX_ELEMENT_QUOTATION},
    {"br", QDX_ELEMENT_BREAK},
    {"break", QDX_ELEMENT_BREAK},
    {"button", QDX_ELEMENT_ASIDE},
    {"canvas", QDX_ELEMENT_HIDDEN},
    {"caption", QDX_ELEMENT_ASIDE},
    {"center", QDX_ELEMENT_BLOCK},
    {"datalist", QDX_ELEMENT_HIDDEN},
    {"dd", QDX_ELEMENT_ITEM},
    {"def-item", QDX_ELEMENT_BLOCK},
    {"details", QDX_ELEMENT_BLOCK},
    {"dialog", QDX_ELEMENT_ASIDE},
    {"dir", QDX_ELEMENT_BLOCK},
    {"disp-quote", QDX_ELEMENT_QUOTATION},
    {"div", QDX_ELEMENT_BLOCK},
    {"dl", QDX_ELEMENT_BLOCK},
    {"dt", QDX_ELEMENT_ITEM},
    {"embed", QDX_ELEMENT_HIDDEN},
    {"fieldset", QDX_ELEMENT_BLOCK},
    {"figcaption", QDX_ELEMENT_ASIDE},
    {"figure", QDX_ELEMENT_ASIDE},
    {"fn", QDX_ELEMENT_ASIDE},
    {"footer", QDX_ELEMENT_ASIDE},
    {"form", QDX_ELEMENT_HEADER},
    {"frameset", QDX_ELEMENT_BLOCK},
    {"h1", QDX_ELEMENT_HEADING},
    {"h2", QDX_ELEMENT_HEADING},
    {"h3", QDX_ELEMENT_HEADING},
    {"h4", QDX_ELEMENT_HEADING},
    {"h5", QDX_ELEMENT_HEADING},
    {"h6", QDX_ELEMENT_HEADING},
    {"head", QDX_ELEMENT_HIDDEN},
    {"header", QDX_ELEMENT_HEADER},
    {"hgroup", QDX_ELEMENT_BLOCK},
    {"hl1", QDX_ELEMENT_HEADING},
    {"hl2", QDX_ELEMENT_HEADING},
    {"hr", QDX_ELEMENT_BLOCK},
    {"html", QDX_ELEMENT_ROOT},
    {"iframe", QDX_ELEMENT_HIDDEN},
    {"img", QDX_ELEMENT_IMAGE},
    {"label", QDX_ELEMENT_ASIDE},
    {"lb", QDX_ELEMENT_BREAK},
    {"legend", QDX_ELEMENT_ASIDE},
    {"li", QDX_ELEMENT_ITEM},
    {"list-item", QDX_ELEMENT_ITEM},
    {"main", QDX_ELEMENT_BLOCK},
    {"map", QDX_ELEMENT_HIDDEN},
    {"math", QDX_ELEMENT_HIDDEN},
    {"media", QDX_ELEMENT_ASIDE},
    {"menu", QDX_ELEMENT_NAVIGATION},
    {"nav", QDX_ELEMENT_NAVIGATION},
    {"nitf-table", QDX_ELEMENT_ASIDE},
    {"noframes", QDX_ELEMENT_HIDDEN},
    {"noscript", QDX_ELEMENT_HIDDEN},
    {"note", QDX_ELEMENT_ASIDE},
    {"object", QDX_ELEMENT_HIDDEN},
    {"ol", QDX_ELEMENT_BLOCK},
    {"option", QDX_ELEMENT_HIDDEN},
    {"p", QDX_ELEMENT_PARAGRAPH},
    {"pre", QDX_ELEMENT_PREFORMATTED},
    {"q", QDX_ELEMENT_QUOTE},
    {"quote", QDX_ELEMENT_QUOTE},
    {"said", QDX_ELEMENT_QUOTE},
    {"script", QDX_ELEMENT_HIDDEN},
    {"section", QDX_ELEMENT_BLOCK},
    {"select", QDX_ELEMENT_HIDDEN},
    {"style", QDX_ELEMENT_HIDDEN},
    {"svg", QDX_ELEMENT_HIDDEN},
    {"table", QDX_ELEMENT_BLOCK},
    {"tbody", QDX_ELEMENT_BLOCK},
    {"td", QDX_ELEMENT_CELL},
    {"template", QDX_ELEMENT_HIDDEN},
    {"textarea", QDX_ELEMENT_HIDDEN},
    {"tfoot", QDX_ELEMENT_BLOCK},
    {"th", QDX_ELEMENT_CELL},
    {"thead", QDX_ELEMENT_BLOCK},
    {"title", QDX_ELEMENT_HIDDEN},
    {"tr", QDX_ELEMENT_BLOCK},
    {"ul", QDX_ELEMENT_BLOCK},
    {"video", QDX_ELEMENT_HIDDEN},
    {"xmp", QDX_ELEMENT_PREFORMATTED},
};

static int compare_tag(const void *name, const void *entry)
{
    return strcasecmp(name, ((const tag *)entry)->name);
}

qdx_element_role qdx_element_role_of(const qdx_node *node)
{
    const tag *found = bsearch(qdx_markup_local_name(node), tags, sizeof tags / sizeof tags[0],
                               sizeof tags[0], compare_tag);
    return found ? found->role : QDX_ELEMENT_INLINE;
}

/* "display : none" in a style, whatever the spacing. */
static bool says_display_none(const char *style)
{
    const char *display = strcasestr(style, "display");
    if (!display)
        return false;
    display += strlen("display");
    while (*display == ' ' || *display == ':')
        display++;
    return strncasecmp(display, "none", 4) == 0;
}

bool qdx_element_is_concealed(const qdx_node *node)
{
    for (uint32_t i = 0; i < node->attribute_count; i++) {
        const qdx_attribute *a = &node->attributes[i];
        if (a->id == QDX_ATTRIBUTE_HIDDEN ||
            (a->id == QDX_ATTRIBUTE_ARIA_HIDDEN && strcasecmp(a->value, "true") == 0) ||
            (a->id == QDX_ATTRIBUTE_STYLE && says_display_none(a->value)))
            return true;
    }
    return false;
}
