/*
 * Tables of what page makers call things. Tags are sorted for binary search; words of classes and
 * ids are compared whole, after splitting at everything but letters, so that "share" is found in
 * "post-share" and not in "shareholders".
 */
#include "document/element.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { WORD_BYTES = 32 };

typedef struct tag {
    const char *name;
    qdx_element_role role;
} tag;

/* Sorted. HTML, and what NITF adds to it. Not listed: inline. */
static const tag tags[] = {
    {"a", QDX_ELEMENT_LINK},           {"address", QDX_ELEMENT_ASIDE},
    {"applet", QDX_ELEMENT_HIDDEN},    {"article", QDX_ELEMENT_FRAME},
    {"aside", QDX_ELEMENT_ASIDE},      {"audio", QDX_ELEMENT_ASIDE},
    {"block", QDX_ELEMENT_BLOCK},      {"blockquote", QDX_ELEMENT_QUOTATION},
    {"body", QDX_ELEMENT_FRAME},       {"body.content", QDX_ELEMENT_FRAME},
    {"body.end", QDX_ELEMENT_ASIDE},   {"bq", QDX_ELEMENT_QUOTATION},
    {"br", QDX_ELEMENT_BREAK},         {"button", QDX_ELEMENT_ASIDE},
    {"canvas", QDX_ELEMENT_HIDDEN},    {"caption", QDX_ELEMENT_ASIDE},
    {"center", QDX_ELEMENT_BLOCK},     {"datalist", QDX_ELEMENT_HIDDEN},
    {"dd", QDX_ELEMENT_BLOCK},         {"details", QDX_ELEMENT_BLOCK},
    {"dialog", QDX_ELEMENT_ASIDE},     {"dir", QDX_ELEMENT_BLOCK},
    {"div", QDX_ELEMENT_BLOCK},        {"dl", QDX_ELEMENT_BLOCK},
    {"dt", QDX_ELEMENT_BLOCK},         {"embed", QDX_ELEMENT_HIDDEN},
    {"fieldset", QDX_ELEMENT_BLOCK},   {"figcaption", QDX_ELEMENT_ASIDE},
    {"figure", QDX_ELEMENT_ASIDE},     {"fn", QDX_ELEMENT_ASIDE},
    {"footer", QDX_ELEMENT_ASIDE},     {"form", QDX_ELEMENT_ASIDE},
    {"frameset", QDX_ELEMENT_BLOCK},   {"h1", QDX_ELEMENT_HEADING},
    {"h2", QDX_ELEMENT_HEADING},       {"h3", QDX_ELEMENT_HEADING},
    {"h4", QDX_ELEMENT_HEADING},       {"h5", QDX_ELEMENT_HEADING},
    {"h6", QDX_ELEMENT_HEADING},       {"head", QDX_ELEMENT_HIDDEN},
    {"header", QDX_ELEMENT_BLOCK},     {"hgroup", QDX_ELEMENT_BLOCK},
    {"hl1", QDX_ELEMENT_HEADING},      {"hl2", QDX_ELEMENT_HEADING},
    {"hr", QDX_ELEMENT_BLOCK},         {"html", QDX_ELEMENT_FRAME},
    {"iframe", QDX_ELEMENT_HIDDEN},    {"label", QDX_ELEMENT_ASIDE},
    {"legend", QDX_ELEMENT_ASIDE},     {"li", QDX_ELEMENT_BLOCK},
    {"main", QDX_ELEMENT_FRAME},       {"map", QDX_ELEMENT_HIDDEN},
    {"math", QDX_ELEMENT_HIDDEN},      {"media", QDX_ELEMENT_ASIDE},
    {"menu", QDX_ELEMENT_ASIDE},       {"nav", QDX_ELEMENT_ASIDE},
    {"nitf-table", QDX_ELEMENT_ASIDE}, {"noframes", QDX_ELEMENT_HIDDEN},
    {"noscript", QDX_ELEMENT_HIDDEN},  {"object", QDX_ELEMENT_HIDDEN},
    {"ol", QDX_ELEMENT_BLOCK},         {"option", QDX_ELEMENT_HIDDEN},
    {"p", QDX_ELEMENT_PARAGRAPH},      {"pre", QDX_ELEMENT_PREFORMATTED},
    {"q", QDX_ELEMENT_QUOTE},          {"script", QDX_ELEMENT_HIDDEN},
    {"section", QDX_ELEMENT_BLOCK},    {"select", QDX_ELEMENT_HIDDEN},
    {"style", QDX_ELEMENT_HIDDEN},     {"svg", QDX_ELEMENT_HIDDEN},
    {"table", QDX_ELEMENT_BLOCK},      {"tbody", QDX_ELEMENT_BLOCK},
    {"td", QDX_ELEMENT_BLOCK},         {"template", QDX_ELEMENT_HIDDEN},
    {"textarea", QDX_ELEMENT_HIDDEN},  {"tfoot", QDX_ELEMENT_BLOCK},
    {"th", QDX_ELEMENT_BLOCK},         {"thead", QDX_ELEMENT_BLOCK},
    {"title", QDX_ELEMENT_HIDDEN},     {"tr", QDX_ELEMENT_BLOCK},
    {"ul", QDX_ELEMENT_BLOCK},         {"video", QDX_ELEMENT_HIDDEN},
    {"xmp", QDX_ELEMENT_PREFORMATTED},
};

/* Words of classes and ids of what stands beside the article. */
static const char *const beside_words[] = {
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "advertorial",
    "adsbygoogle",
    "addthis",
    "author",
    "authors",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "captions",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "dateline",
    "disclaimer",
    "disqus",
    "donate",
    "donation",
    "endnote",
    "facebook",
    "follow",
    "footer",
    "footnote",
    "footnotes",
    "gallery",
    "gdpr",
    "infobox",
    "keywords",
    "login",
    "masthead",
    "meta",
    "metadata",
    "modal",
    "mostread",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "noprint",
    "outbrain",
    "pager",
    "pagination",
    "paging",
    "permalink",
    "photo",
    "photos",
    "popular",
    "popup",
    "print",
    "printfooter",
    "promo",
    "promos",
    "promoted",
    "promotion",
    "pullquote",
    "rating",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "reference",
    "references",
    "reflist",
    "register",
    "related",
    "replies",
    "respond",
    "rss",
    "search",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "shortcut",
    "sidebar",
    "signup",
    "sitemap",
    "skip",
    "slideshow",
    "social",
    "sociable",
    "sponsor",
    "sponsored",
    "sponsors",
    "subscribe",
    "subscription",
    "syndication",
    "taboola",
    "tags",
    "teaser",
    "teasers",
    "thumbnail",
    "timestamp",
    "toc",
    "toolbar",
    "tools",
    "trending",
    "tweet",
    "widget",
    "widgets",
    "wikitable",
};

/* Whole classes or ids of what holds the article's text. */
static const char *const body_names[] = {
    "article-body",       "article__body",    "article_body",
    "articlebody",        "article-content",  "article__content",
    "article_content",    "articlecontent",   "article-text",
    "article__text",      "articletext",      "article-body-text",
    "article__body-text", "articlebodytext",  "body-content",
    "bodytext",           "content-body",     "content__article-body",
    "entry-content",      "entry__content",   "entry-body",
    "field-name-body",    "mw-parser-output", "news-content",
    "node-body",          "post-body",        "post-content",
    "post__content",      "post-entry",       "postcontent",
    "rich-text-article",  "story-body",       "story__body",
    "story-body__inner",  "story-body-text",  "storybody",
    "story-content",      "story__content",   "story-text",
    "storytext",          "td-post-content",  "text-content",
    "zn-body-text",
};

/* Starts of short blocks that belong to the page, not to the article. */
static const char *const stock_phrases[] = {
    "advertisement",
    "continue reading",
    "read more",
    "click here",
    "share this",
    "follow us",
    "sign up for",
    "subscribe to",
    "related:",
    "see also:",
    "all rights reserved",
    "copyright ",
    "\xC2\xA9",
    "photo:",
    "photograph:",
    "image:",
    "story continues below",
    "article continues below",
    "skip to",
    "download our app",
    "please enable javascript",
    "most read",
    "print this",
    "e-mail this",
    "email this",
    "view comments",
    "show caption",
    "hide caption",
    "loading...",
    "supported by",
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
    if (node->attribute_count == 0)
        return false;
    const char *aria = qdx_markup_attribute(node, "aria-hidden");
    const char *style = qdx_markup_attribute(node, "style");
    return qdx_markup_attribute(node, "hidden") || (aria && strcasecmp(aria, "true") == 0) ||
           (style && says_display_none(style));
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool in_list(const char *word, size_t size, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncasecmp(word, list[i], size) == 0 && list[i][size] == '\0')
            return true;
    return false;
}

static bool has_beside_word(const char *value)
{
    for (const char *p = value; *p;) {
        size_t n = 0;
        while (is_word_byte(p[n]))
            n++;
        if (n > 1 && n < WORD_BYTES &&
            in_list(p, n, beside_words, sizeof beside_words / sizeof beside_words[0]))
            return true;
        p += n ? n : 1;
    }
    return false;
}

bool qdx_element_is_beside(const qdx_node *node)
{
    const char *classes = qdx_markup_attribute(node, "class");
    const char *id = qdx_markup_attribute(node, "id");
    const char *role = qdx_markup_attribute(node, "role");
    return (classes && has_beside_word(classes)) || (id && has_beside_word(id)) ||
           (role && (has_beside_word(role) || strcasecmp(role, "complementary") == 0));
}

static bool has_body_name(const char *value)
{
    for (const char *p = value; *p;) {
        size_t n = strcspn(p, " \t\r\n");
        if (n && in_list(p, n, body_names, sizeof body_names / sizeof body_names[0]))
            return true;
        p += n ? n : 1;
    }
    return false;
}

unsigned qdx_element_body_rank(const qdx_node *node)
{
    const char *item = qdx_markup_attribute(node, "itemprop");
    const char *classes = qdx_markup_attribute(node, "class");
    const char *id = qdx_markup_attribute(node, "id");
    const char *role = qdx_markup_attribute(node, "role");
    if (item && strcasecmp(item, "articleBody") == 0)
        return 3;
    if ((classes && has_body_name(classes)) || (id && has_body_name(id)))
        return 2;
    return strcmp(node->name, "article") == 0 || (role && strcasecmp(role, "article") == 0);
}

bool qdx_element_is_stock_phrase(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof stock_phrases / sizeof stock_phrases[0]; i++) {
        size_t n = strlen(stock_phrases[i]);
        if (size >= n && strncasecmp(text, stock_phrases[i], n) == 0)
            return true;
    }
    return false;
}
