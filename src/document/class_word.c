/*
 * Tables of what page makers call things. No styles are read: names alone tell. A name that says
 * "article" and "body" outranks whatever else stands in it beside comments; names that a publishing
 * system makes out of an article's own tags ("tag-comments") say nothing.
 */
#include "document/class_word.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"

enum {
    WORD_BYTES = 24,
    WORDS_MAX = 8, /* of a name that are looked at */
    VALUE_MAX = 400,
    LETTERS = 26,
};

typedef enum sense {
    NEUTRAL, /* may stand in any name: "wrapper" */
    LIKELY,
    SURE,
    ALWAYS,
    SUBJECT, /* what an article is called */
    BODY,    /* what its text is called */
    UNKNOWN,
} sense;

typedef struct word {
    const char *text;
    sense sense;
} word;

/* Sorted for binary search. */
static const word words[] = {
    {"aboutauthor", SURE},
    {"ad", SURE},
    {"addthis", SURE},
    {"addtoany", SURE},
    {"adlabel", SURE},
    {"ads", SURE},
    {"adsbygoogle", SURE},
    {"adslot", SURE},
    {"adunit", SURE},
    {"advert", SURE},
    {"advertentie", SURE},
    {"advertisement", SURE},
    {"advertising", SURE},
    {"advertize", SURE},
    {"advertorial", SURE},
    {"also", LIKELY},
    {"annonce", SURE},
    {"annons", SURE},
    {"anzeige", SURE},
    {"appeal", SURE},
    {"area", NEUTRAL},
    {"art", SUBJECT},
    {"article", SUBJECT},
    {"articlebody", BODY},
    {"articlecontent", BODY},
    {"articletext", BODY},
    {"articulo", SUBJECT},
    {"artikel", SUBJECT},
    {"aside", SURE},
    {"attachment", LIKELY},
    {"audio", LIKELY},
    {"author", LIKELY},
    {"authorbio", SURE},
    {"authorbox", SURE},
    {"authors", LIKELY},
    {"autor", LIKELY},
    {"avatar", SURE},
    {"backtotop", SURE},
    {"banner", SURE},
    {"bar", LIKELY},
    {"bildtext", SURE},
    {"bildunterschrift", SURE},
    {"bio", SURE},
    {"biography", SURE},
    {"block", NEUTRAL},
    {"blog", SUBJECT},
    {"body", BODY},
    {"bodytext", BODY},
    {"bottom", NEUTRAL},
    {"breadcrumb", SURE},
    {"breadcrumbs", SURE},
    {"byline", LIKELY},
    {"caption", SURE},
    {"captions", SURE},
    {"card", LIKELY},
    {"carousel", SURE},
    {"catlinks", SURE},
    {"catlist", SURE},
    {"column", NEUTRAL},
    {"comentario", ALWAYS},
    {"comentarios", ALWAYS},
    {"comment", ALWAYS},
    {"commentaires", ALWAYS},
    {"commentform", ALWAYS},
    {"commenti", ALWAYS},
    {"commentlist", ALWAYS},
    {"commento", ALWAYS},
    {"comments", ALWAYS},
    {"component", NEUTRAL},
    {"consent", ALWAYS},
    {"contact", LIKELY},
    {"container", NEUTRAL},
    {"contenido", BODY},
    {"content", BODY},
    {"contents", BODY},
    {"contenu", BODY},
    {"contribute", SURE},
    {"cookie", ALWAYS},
    {"cookiebar", ALWAYS},
    {"cookies", ALWAYS},
    {"copy", BODY},
    {"copyright", SURE},
    {"coral", ALWAYS},
    {"corps", BODY},
    {"countdown", SURE},
    {"credit", SURE},
    {"credits", SURE},
    {"crosspromo", SURE},
    {"css", NEUTRAL},
    {"cuerpo", BODY},
    {"dachzeile", LIKELY},
    {"date", LIKELY},
    {"dateline", LIKELY},
    {"default", NEUTRAL},
    {"dek", LIKELY},
    {"detail", SUBJECT},
    {"details", SUBJECT},
    {"dfp", SURE},
    {"didascalia", SURE},
    {"discuss", ALWAYS},
    {"discussion", ALWAYS},
    {"disqus", ALWAYS},
    {"donate", SURE},
    {"donation", SURE},
    {"dropdown", LIKELY},
    {"editsection", SURE},
    {"embed", LIKELY},
    {"endnote", LIKELY},
    {"endnotes", LIKELY},
    {"entry", SUBJECT},
    {"facebook", SURE},
    {"factbox", LIKELY},
    {"faktenbox", LIKELY},
    {"feedback", SURE},
    {"field", NEUTRAL},
    {"figure", LIKELY},
    {"flickr", SURE},
    {"follow", SURE},
    {"foot", SURE},
    {"footer", SURE},
    {"footernav", SURE},
    {"footnote", LIKELY},
    {"footnotes", LIKELY},
    {"foto", LIKELY},
    {"fotocredit", SURE},
    {"full", NEUTRAL},
    {"fulltext", BODY},
    {"gallery", LIKELY},
    {"gdpr", ALWAYS},
    {"gpt", SURE},
    {"group", NEUTRAL},
    {"hamburger", SURE},
    {"hidden", LIKELY},
    {"image", LIKELY},
    {"imagecaption", SURE},
    {"img", LIKELY},
    {"infobox", LIKELY},
    {"infocard", LIKELY},
    {"inhalt", BODY},
    {"inner", NEUTRAL},
    {"inread", SURE},
    {"inrelated", SURE},
    {"instagram", SURE},
    {"interstitial", SURE},
    {"item", SUBJECT},
    {"js", NEUTRAL},
    {"keywords", SURE},
    {"kicker", LIKELY},
    {"komentarz", ALWAYS},
    {"komentarze", ALWAYS},
    {"kommentar", ALWAYS},
    {"kommentare", ALWAYS},
    {"kommentarer", ALWAYS},
    {"labels", SURE},
    {"leadimage", LIKELY},
    {"legende", SURE},
    {"lightbox", SURE},
    {"link", LIKELY},
    {"links", LIKELY},
    {"liveblog", SUBJECT},
    {"livefyre", ALWAYS},
    {"login", SURE},
    {"mailchimp", SURE},
    {"main", NEUTRAL},
    {"mashsb", SURE},
    {"masthead", SURE},
    {"media", LIKELY},
    {"megamenu", SURE},
    {"menu", SURE},
    {"meta", LIKELY},
    {"metadata", LIKELY},
    {"mgid", SURE},
    {"mobilenav", SURE},
    {"modal", SURE},
    {"morefrom", SURE},
    {"mostpopular", SURE},
    {"mostread", SURE},
    {"name", NEUTRAL},
    {"nav", SURE},
    {"navbar", SURE},
    {"navbox", SURE},
    {"navi", SURE},
    {"navigation", SURE},
    {"news", SUBJECT},
    {"newsletter", SURE},
    {"newsletters", SURE},
    {"newsticker", SURE},
    {"nextup", SURE},
    {"node", SUBJECT},
    {"noprint", SURE},
    {"noticia", SUBJECT},
    {"offcanvas", SURE},
    {"onetrust", ALWAYS},
    {"optin", SURE},
    {"outbrain", SURE},
    {"outstream", SURE},
    {"overlay", SURE},
    {"overline", LIKELY},
    {"page", SUBJECT},
    {"pagenav", SURE},
    {"pager", SURE},
    {"pagination", SURE},
    {"paging", SURE},
    {"paragraph", BODY},
    {"paragraphs", BODY},
    {"paywall", LIKELY},
    {"permalink", LIKELY},
    {"photo", LIKELY},
    {"photobox", LIKELY},
    {"photocaption", SURE},
    {"photocredit", SURE},
    {"photos", LIKELY},
    {"pic", LIKELY},
    {"picture", LIKELY},
    {"piedefoto", SURE},
    {"player", LIKELY},
    {"poll", SURE},
    {"popular", SURE},
    {"popup", SURE},
    {"post", SUBJECT},
    {"postinfo", LIKELY},
    {"postmeta", LIKELY},
    {"postnav", SURE},
    {"premium", NEUTRAL},
    {"preview", LIKELY},
    {"prevnext", SURE},
    {"print", LIKELY},
    {"printfooter", SURE},
    {"printonly", SURE},
    {"profile", LIKELY},
    {"promo", SURE},
    {"promos", SURE},
    {"promoted", SURE},
    {"promotion", SURE},
    {"pubblicita", SURE},
    {"publicidad", SURE},
    {"publicite", SURE},
    {"pullquote", SURE},
    {"quiz", SURE},
    {"rating", LIKELY},
    {"ratings", LIKELY},
    {"reactie", ALWAYS},
    {"reacties", ALWAYS},
    {"readmore", SURE},
    {"readnext", SURE},
    {"recirc", SURE},
    {"recirculation", SURE},
    {"recommend", SURE},
    {"recommendation", SURE},
    {"recommendations", SURE},
    {"recommended", SURE},
    {"recommends", SURE},
    {"reference", LIKELY},
    {"references", SURE},
    {"reflist", SURE},
    {"register", SURE},
    {"reklama", SURE},
    {"related", SURE},
    {"relatedarticles", SURE},
    {"relatedcontent", SURE},
    {"relatedlinks", SURE},
    {"relatednews", SURE},
    {"relatedposts", SURE},
    {"relatedstories", SURE},
    {"release", SUBJECT},
    {"replies", ALWAYS},
    {"reply", ALWAYS},
    {"respond", ALWAYS},
    {"revcontent", SURE},
    {"rich", NEUTRAL},
    {"richlink", SURE},
    {"richtext", BODY},
    {"rss", SURE},
    {"scroll", NEUTRAL},
    {"search", SURE},
    {"section", NEUTRAL},
    {"share", SURE},
    {"sharebar", SURE},
    {"sharebuttons", SURE},
    {"shared", NEUTRAL},
    {"sharedaddy", SURE},
    {"shareicons", SURE},
    {"sharethis", SURE},
    {"sharetools", SURE},
    {"sharing", SURE},
    {"shortcut", SURE},
    {"sidebar", SURE},
    {"sidebox", SURE},
    {"sidenav", SURE},
    {"signup", SURE},
    {"single", SUBJECT},
    {"sitemap", SURE},
    {"skip", SURE},
    {"slideshow", SURE},
    {"snippet", LIKELY},
    {"sociable", SURE},
    {"social", SURE},
    {"socialmedia", SURE},
    {"socialshare", SURE},
    {"sponsor", SURE},
    {"sponsored", SURE},
    {"sponsors", SURE},
    {"spotim", ALWAYS},
    {"standfirst", LIKELY},
    {"standings", SURE},
    {"stockticker", SURE},
    {"stopka", SURE},
    {"story", SUBJECT},
    {"storybody", BODY},
    {"storycontent", BODY},
    {"storytext", BODY},
    {"strapline", LIKELY},
    {"subheadline", LIKELY},
    {"submenu", LIKELY},
    {"subnav", SURE},
    {"subscribe", SURE},
    {"subscription", SURE},
    {"subtitle", LIKELY},
    {"suggestions", SURE},
    {"syndication", SURE},
    {"taboola", SURE},
    {"tagcloud", SURE},
    {"taglist", SURE},
    {"tags", SURE},
    {"teaser", LIKELY},
    {"teasers", SURE},
    {"tekst", BODY},
    {"text", BODY},
    {"texte", BODY},
    {"texto", BODY},
    {"the", NEUTRAL},
    {"theme", NEUTRAL},
    {"thumb", LIKELY},
    {"thumbcaption", SURE},
    {"thumbnail", LIKELY},
    {"ticker", SURE},
    {"timestamp", SURE},
    {"toc", LIKELY},
    {"toolbar", SURE},
    {"toolbox", SURE},
    {"tools", SURE},
    {"tooltip", SURE},
    {"topic", SUBJECT},
    {"topnav", SURE},
    {"trending", SURE},
    {"trends", SURE},
    {"tresc", BODY},
    {"tweet", LIKELY},
    {"twitter", LIKELY},
    {"upnext", SURE},
    {"upsell", SURE},
    {"video", LIKELY},
    {"view", NEUTRAL},
    {"viewer", NEUTRAL},
    {"werbung", SURE},
    {"widget", LIKELY},
    {"widgets", SURE},
    {"wikitable", LIKELY},
    {"wrap", NEUTRAL},
    {"wrapper", NEUTRAL},
    {"yarpp", SURE},
    {"zergnet", SURE},
    {"zone", NEUTRAL},
};

/* Whole names, where their words would say something else or nothing. Lower case. */
static const struct whole_name {
    const char *name;
    qdx_class_meaning meaning;
} whole_names[] = {
    {"mw-parser-output", {QDX_BESIDE_NOT, 3, false}},
    {"field-name-body", {QDX_BESIDE_NOT, 2, false}},
    {"field--name-body", {QDX_BESIDE_NOT, 2, false}},
    {"artibody", {QDX_BESIDE_NOT, 2, false}},
    {"endtext", {QDX_BESIDE_NOT, 2, false}},
    {"post_body", {QDX_BESIDE_NOT, 2, false}},
    {"available-content", {QDX_BESIDE_NOT, 2, false}},
    {"caas-body", {QDX_BESIDE_NOT, 2, false}},
    {"release-body", {QDX_BESIDE_NOT, 2, false}},
    {"bw-release-story", {QDX_BESIDE_NOT, 2, false}},
    {"subscriber-preview", {QDX_BESIDE_NOT, 0, false}},
    {"pull-quote", {QDX_BESIDE_SURE, 0, false}},
    {"pull_quote", {QDX_BESIDE_SURE, 0, false}},
    {"hide-for-print", {QDX_BESIDE_SURE, 0, false}},
    {"print-only", {QDX_BESIDE_SURE, 0, false}},
    {"twitter-tweet", {QDX_BESIDE_NOT, 0, false}},
    {"instagram-media", {QDX_BESIDE_NOT, 0, false}},
    {"mw-editsection", {QDX_BESIDE_NOT, 0, true}},
    {"screen-reader-text", {QDX_BESIDE_NOT, 0, true}},
    {"sr-only", {QDX_BESIDE_NOT, 0, true}},
    {"visually-hidden", {QDX_BESIDE_NOT, 0, true}},
    {"visuallyhidden", {QDX_BESIDE_NOT, 0, true}},
    {"off-screen", {QDX_BESIDE_NOT, 0, true}},
    {"offscreen", {QDX_BESIDE_NOT, 0, true}},
    {"element-invisible", {QDX_BESIDE_NOT, 0, true}},
    {"u-hidden", {QDX_BESIDE_NOT, 0, true}},
};

/* Names that begin with these are made from the article's own subjects, or speak of others. */
static const char *const silent_prefixes[] = {
    "tag-",  "category-", "has-", "no-",     "with-", "without-", "is-",    "not-",       "hide-",
    "show-", "col-",      "u-",   "format-", "type-", "layout-",  "theme-", "elementor-", "align",
};

/* Where the words of a letter begin in the table; found once for each page. */
static void index_words(qdx_class_memo *memo)
{
    size_t at = 0;
    for (unsigned letter = 0; letter <= LETTERS; letter++) {
        while (at < sizeof words / sizeof words[0] && (unsigned)(words[at].text[0] - 'a') < letter)
            at++;
        memo->first[letter] = (uint16_t)at;
    }
    memo->indexed = true;
}

static sense sense_of(const qdx_class_memo *memo, const char *text)
{
    unsigned letter = (unsigned)(text[0] - 'a');
    for (size_t i = memo->first[letter]; i < memo->first[letter + 1]; i++)
        if (text[1] == words[i].text[1] && strcmp(text, words[i].text) == 0)
            return words[i].sense;
    return UNKNOWN;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

/* The next word of a name, lower case; where it ends. An empty word: there is none. */
static const char *next_word(const char *p, const char *end, char out[WORD_BYTES])
{
    while (p < end && !is_letter(*p))
        p++;
    size_t n = 0;
    bool small = false;
    for (; p < end && is_letter(*p) && !(small && is_upper(*p)); p++) {
        small = !is_upper(*p);
        if (n + 1 < WORD_BYTES)
            out[n++] = (char)(is_upper(*p) ? *p + ('a' - 'A') : *p);
    }
    out[n] = '\0';
    return p;
}

static bool has_silent_prefix(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof silent_prefixes / sizeof silent_prefixes[0]; i++) {
        size_t n = strlen(silent_prefixes[i]);
        if (size > n && (name[0] | 0x20) == silent_prefixes[i][0] &&
            strncasecmp(name, silent_prefixes[i], n) == 0)
            return true;
    }
    return false;
}

static const struct whole_name *find_whole(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof whole_names / sizeof whole_names[0]; i++)
        if ((name[0] | 0x20) == whole_names[i].name[0] &&
            strncasecmp(name, whole_names[i].name, size) == 0 && whole_names[i].name[size] == '\0')
            return &whole_names[i];
    return NULL;
}

/* "article-body": 2; "text", "main-content": 1; with words that say something else: 0. */
static uint8_t body_rank(const unsigned counts[UNKNOWN + 1], sense last)
{
    if (counts[BODY] == 0 || (last != BODY && last != NEUTRAL && last != SUBJECT))
        return 0;
    if (counts[SUBJECT] || counts[BODY] > 1)
        return counts[UNKNOWN] > 1 ? 1 : 2;
    return counts[UNKNOWN] > 1 ? 0 : 1;
}

static void join(qdx_class_meaning *meaning, qdx_class_meaning more)
{
    if (more.beside > meaning->beside)
        meaning->beside = more.beside;
    if (more.body_rank > meaning->body_rank)
        meaning->body_rank = more.body_rank;
    meaning->unseen = meaning->unseen || more.unseen;
}

static void read_name(const qdx_class_memo *memo, const char *name, size_t size,
                      qdx_class_meaning *meaning)
{
    const struct whole_name *whole = find_whole(name, size);
    qdx_class_meaning says = {QDX_BESIDE_NOT, 0, false};
    if (whole) {
        says = whole->meaning;
    } else if (!has_silent_prefix(name, size)) {
        unsigned counts[UNKNOWN + 1] = {0};
        sense last = UNKNOWN;
        char text[WORD_BYTES];
        const char *p = name;
        for (int i = 0; i < WORDS_MAX; i++) {
            p = next_word(p, name + size, text);
            if (text[0] == '\0')
                break;
            last = sense_of(memo, text);
            counts[last]++;
        }
        says.beside = counts[ALWAYS]   ? QDX_BESIDE_ALWAYS
                      : counts[SURE]   ? QDX_BESIDE_SURE
                      : counts[LIKELY] ? QDX_BESIDE_LIKELY
                                       : QDX_BESIDE_NOT;
        if (says.beside == QDX_BESIDE_NOT)
            says.body_rank = body_rank(counts, last);
    }
    join(meaning, says);
}

static void read_names(const qdx_class_memo *memo, const char *value, qdx_class_meaning *meaning)
{
    size_t left = strnlen(value, VALUE_MAX);
    for (const char *p = value; left > 0;) {
        size_t n = 0;
        while (n < left && (unsigned char)p[n] > ' ')
            n++;
        if (n)
            read_name(memo, p, n, meaning);
        n += n == 0;
        p += n;
        left -= n;
    }
}

static const struct role_row {
    const char *role;
    qdx_beside beside;
} role_rows[] = {
    {"navigation", QDX_BESIDE_SURE},    {"banner", QDX_BESIDE_SURE},
    {"complementary", QDX_BESIDE_SURE}, {"contentinfo", QDX_BESIDE_SURE},
    {"search", QDX_BESIDE_SURE},        {"dialog", QDX_BESIDE_SURE},
    {"alertdialog", QDX_BESIDE_SURE},   {"menu", QDX_BESIDE_SURE},
    {"menubar", QDX_BESIDE_SURE},       {"tablist", QDX_BESIDE_SURE},
    {"button", QDX_BESIDE_SURE},
};

/* What the names say, from the memo where they were met before. */
static qdx_class_meaning names_meaning(qdx_class_memo *memo, const char *value)
{
    uint64_t hash = qdx_hash_bytes(value, strnlen(value, VALUE_MAX));
    struct qdx_class_slot *slot = &memo->slots[hash % QDX_CLASS_SLOTS];
    if (!slot->value || strncmp(slot->value, value, VALUE_MAX) != 0) {
        slot->value = value;
        slot->meaning = (qdx_class_meaning){QDX_BESIDE_NOT, 0, false};
        read_names(memo, value, &slot->meaning);
    }
    return slot->meaning;
}

qdx_class_meaning qdx_class_meaning_of(qdx_class_memo *memo, const qdx_node *node)
{
    qdx_class_meaning meaning = {QDX_BESIDE_NOT, 0, false};
    if (!memo->indexed)
        index_words(memo);
    for (uint32_t i = 0; i < node->attribute_count; i++) {
        const char *value = node->attributes[i].value;
        qdx_attribute_id id = node->attributes[i].id;
        if (id == QDX_ATTRIBUTE_CLASS || id == QDX_ATTRIBUTE_ID) {
            join(&meaning, names_meaning(memo, value));
        } else if ((id == QDX_ATTRIBUTE_ITEMPROP && strcasestr(value, "articleBody")) ||
                   (id == QDX_ATTRIBUTE_NAME && strcmp(value, "articleBody") == 0)) {
            meaning.body_rank = 3;
        } else if (id == QDX_ATTRIBUTE_ROLE) {
            for (size_t k = 0; k < sizeof role_rows / sizeof role_rows[0]; k++)
                if (strcasecmp(value, role_rows[k].role) == 0)
                    meaning.beside = role_rows[k].beside;
        }
    }
    if (meaning.body_rank >= 2 && meaning.beside < QDX_BESIDE_ALWAYS)
        meaning.beside = QDX_BESIDE_NOT;
    else if (meaning.beside >= QDX_BESIDE_SURE)
        meaning.body_rank = 0;
    return meaning;
}
