/*
 * Tables of phrases, in the languages that news is most often written in. They are compared without
 * the case of ASCII letters at the start of a block (the lists are sorted by their bytes), and only
 * where the block is short: an article may well contain such words. A block that begins with a
 * quotation mark is never a phrase.
 */
#include "document/block_phrase.h"

#include <string.h>
#include <strings.h>

enum {
    STOCK_BYTES = 240,  /* blocks up to this size can be a phrase with what belongs to it */
    HEADING_BYTES = 80, /* the same for headings after which the article is over */
    SURE_BYTES = 10,    /* a phrase of that many bytes stands for itself */
    LINE_BYTES = 100,   /* a shorter one must stand in a line of no more */
};

typedef struct phrase {
    const char *text;
    bool whole; /* nothing may follow but a colon or dots */
} phrase;

static const phrase stock_phrases[] = {
    {"(c) ", false},
    {"- advertisement -", true},
    {"a lire aussi", false},
    {"a version of this article", false},
    {"add a comment", false},
    {"advertisement", false},
    {"advertising", true},
    {"all rights reserved", false},
    {"also read", false},
    {"anzeige", true},
    {"article continues", false},
    {"auch interessant", false},
    {"back to top", false},
    {"bild:", false},
    {"categories:", false},
    {"click here", false},
    {"click to", false},
    {"close window", true},
    {"comments are closed", false},
    {"continue reading", false},
    {"copyright ", false},
    {"credit:", false},
    {"cr\xC3\xA9"
     "dit photo",
     false},
    {"czytaj tak\xC5\xBC"
     "e",
     false},
    {"czytaj te\xC5\xBC", false},
    {"don't miss", true},
    {"don't miss:", false},
    {"download our app", false},
    {"e-mail this", false},
    {"editing by", false},
    {"email this", false},
    {"file photo", false},
    {"filed under", false},
    {"find this article at", false},
    {"follow me on", false},
    {"follow us", false},
    {"foto:", false},
    {"get our", false},
    {"hide caption", false},
    {"if you enjoyed this", false},
    {"if you liked this", false},
    {"image caption", false},
    {"image credit", false},
    {"image source", false},
    {"image:", false},
    {"labels:", false},
    {"lea tambi\xC3\xA9n", false},
    {"leave a comment", false},
    {"lee tambi\xC3\xA9n", false},
    {"leer m\xC3\xA1s", false},
    {"lees meer", false},
    {"lees ook", false},
    {"leggi anche", false},
    {"leggi tutto", false},
    {"leia mais", false},
    {"leia tamb\xC3\xA9m", false},
    {"les ogs\xC3\xA5", false},
    {"lesen sie auch", false},
    {"lesen sie dazu", false},
    {"lesen sie hier", false},
    {"lesen sie mehr", false},
    {"like this article", false},
    {"lire aussi", false},
    {"lire la suite", false},
    {"listen:", false},
    {"loading", true},
    {"lue my\xC3\xB6s", false},
    {"l\xC3\xA4s mer", false},
    {"l\xC3\xA4s ocks\xC3\xA5", false},
    {"l\xC3\xA6s ogs\xC3\xA5", false},
    {"mail to a friend", false},
    {"media caption", false},
    {"mehr dazu", false},
    {"mehr zum thema", false},
    {"more on this", false},
    {"more:", false},
    {"most read", false},
    {"next article", false},
    {"no comments", false},
    {"order reprints", false},
    {"originally published", false},
    {"photo by", false},
    {"photo:", false},
    {"photograph:", false},
    {"photos:", false},
    {"picture:", false},
    {"please enable javascript", false},
    {"post a comment", false},
    {"posted in", false},
    {"previous article", false},
    {"print", true},
    {"print this", false},
    {"printable version", false},
    {"printer-friendly", false},
    {"pubblicit\xC3\xA0", true},
    {"publicidad", true},
    {"publicidade", true},
    {"publicit\xC3\xA9", true},
    {"quelle:", false},
    {"read also", false},
    {"read more", false},
    {"read next", false},
    {"read:", false},
    {"reklama", true},
    {"related article", false},
    {"related stor", false},
    {"related:", false},
    {"report a typo", false},
    {"reprints", true},
    {"return to top", false},
    {"scroll to continue", false},
    {"see also", true},
    {"see also:", false},
    {"share on", false},
    {"share this", false},
    {"share via", false},
    {"show caption", false},
    {"sign up for", false},
    {"sign up to", false},
    {"skip advert", false},
    {"skip to", false},
    {"source:", false},
    {"sources:", false},
    {"sponsored", true},
    {"sponsored by", false},
    {"story continues", false},
    {"subscribe now", false},
    {"subscribe to", false},
    {"supported by", false},
    {"tagged with", false},
    {"tagged:", false},
    {"tags:", false},
    {"te puede interesar", false},
    {"this article was originally published", false},
    {"this post was originally published", false},
    {"topics:", false},
    {"veja tamb\xC3\xA9m", false},
    {"view comments", false},
    {"view source", false},
    {"watch the video", false},
    {"watch:", false},
    {"werbung", true},
    {"you need to enable javascript", false},
    {"zobacz tak\xC5\xBC"
     "e",
     false},
    {"zobacz te\xC5\xBC", false},
    {"\xC2\xA9", false},
    {"\xC3\x80 lire aussi", false},
    {"\xC3\xA0 lire aussi", false},
    {"\xD0\xA0\xD0\xB5\xD0\xBA\xD0\xBB\xD0\xB0\xD0\xBC\xD0\xB0", true}, /* Реклама */
    {"\xD0\xA4\xD0\xBE\xD1\x82\xD0\xBE:", false},                       /* Фото: */
    {"\xD0\xA7\xD0\xB8\xD1\x82\xD0\xB0\xD0\xB9\xD1\x82\xD0\xB5 \xD1\x82\xD0\xB0\xD0\xBA\xD0\xB6"
     "\xD0\xB5",
     false}, /* Читайте также */
    {"\xD1\x87\xD0\xB8\xD1\x82\xD0\xB0\xD0\xB9\xD1\x82\xD0\xB5 \xD1\x82\xD0\xB0\xD0\xBA\xD0\xB6"
     "\xD0\xB5",
     false},                                                     /* читайте также */
    {"\xE5\xB9\xBF\xE5\x91\x8A", true},                          /* 广告 */
    {"\xE5\xBA\x83\xE5\x91\x8A", true},                          /* 広告 */
    {"\xE7\x9B\xB8\xE5\x85\xB3\xE6\x96\xB0\xE9\x97\xBB", false}, /* 相关新闻 */
    {"\xE9\x96\xA2\xE9\x80\xA3\xE8\xA8\x98\xE4\xBA\x8B", false}, /* 関連記事 */
};

/* Headings, whole or at their start. */
static const phrase end_phrases[] = {
    {"about the author", false},
    {"about the authors", false},
    {"also from", false},
    {"also on", false},
    {"author bio", false},
    {"comentarios", false},
    {"commentaires", false},
    {"commenti", true},
    {"comments", true},
    {"das k\xC3\xB6nnte sie auch interessieren", false},
    {"external links", true},
    {"footnotes", true},
    {"further reading", true},
    {"join the conversation", false},
    {"join the discussion", false},
    {"kommentare", false},
    {"latest news", true},
    {"latest stories", true},
    {"leave a comment", false},
    {"leave a reply", false},
    {"leggi anche", false},
    {"leia tamb\xC3\xA9m", false},
    {"lire aussi", false},
    {"mehr zum thema", false},
    {"more about", true},
    {"more from", false},
    {"more news", false},
    {"more on this story", true},
    {"more stories", false},
    {"most popular", false},
    {"most read", false},
    {"most viewed", false},
    {"m\xC3\xA1s noticias", false},
    {"newsletter", true},
    {"next post", false},
    {"noticias relacionadas", false},
    {"post a comment", false},
    {"previous post", false},
    {"read more", true},
    {"read next", true},
    {"recommended", true},
    {"recommended articles", true},
    {"recommended for you", false},
    {"recommended stories", true},
    {"references", true},
    {"related", true},
    {"related articles", true},
    {"related content", true},
    {"related coverage", true},
    {"related links", true},
    {"related news", true},
    {"related posts", true},
    {"related reading", true},
    {"related stories", true},
    {"related topics", true},
    {"see also", true},
    {"share", true},
    {"share this", false},
    {"sign up for", false},
    {"sources", true},
    {"subscribe", false},
    {"sur le m\xC3\xAAme sujet", false},
    {"top stories", true},
    {"trending", false},
    {"what do you think", true},
    {"written by", false},
    {"you may also be interested", false},
    {"you may also like", false},
    {"you might also like", false},
    {"you might be interested", false},
    {"\xE7\x9B\xB8\xE5\x85\xB3\xE6\x96\xB0\xE9\x97\xBB", false}, /* 相关新闻 */
    {"\xE9\x96\xA2\xE9\x80\xA3\xE3\x83\x8B\xE3\x83\xA5\xE3\x83\xBC\xE3\x82\xB9", false},
    {"\xE9\x96\xA2\xE9\x80\xA3\xE8\xA8\x98\xE4\xBA\x8B", false}, /* 関連記事 */
};

static const char *const openings[] = {
    "\"", "'", "`", "\xE2\x80\x9C", "\xE2\x80\x98", "\xC2\xAB", "\xE2\x80\x9E", "\xE3\x80\x8C",
};

static const char *const endings[] = {
    ".",
    "!",
    "?",
    "\"",
    ":",
    ";",
    ")",
    "\xE2\x80\x9D",
    "\xE2\x80\x99",
    "\xE2\x80\xA6",
    "\xC2\xBB",
    "\xE2\x80\x9C",
    "'",
    "\xE3\x80\x82",
    "\xE3\x80\x8D",
    "\xEF\xBC\x81",
    "\xEF\xBC\x9F",
    "\xD8\x9F",
    "\xE0\xA5\xA4",
};

bool qdx_phrase_ends_sentence(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t n = strlen(endings[i]);
        if (size >= n && memcmp(text + size - n, endings[i], n) == 0)
            return true;
    }
    return false;
}

bool qdx_phrase_starts_quoted(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        size_t n = strlen(openings[i]);
        if (size >= n && memcmp(text, openings[i], n) == 0)
            return true;
    }
    return false;
}

bool qdx_phrase_ends_quoted(const char *text, size_t size)
{
    static const char *const closings[] = {
        "\"", "'", "\xE2\x80\x9D", "\xE2\x80\x99", "\xE2\x80\x9C", "\xC2\xBB", "\xE3\x80\x8D"};
    for (size_t i = 0; i < sizeof closings / sizeof closings[0]; i++) {
        size_t n = strlen(closings[i]);
        if (size >= n && memcmp(text + size - n, closings[i], n) == 0)
            return true;
    }
    return false;
}

/* Brackets, bullets and arrows in front of a phrase. */
static size_t skip_ornament(const char *text, size_t size)
{
    static const char *const marks[] = {
        " ", "[", "(", "*", ">", "|", "\xE2\x80\xA2", "\xC2\xBB", "\xE2\x96\xBA", "\xE2\x86\x92"};
    size_t at = 0;
    if (size && ((text[0] | 0x20) >= 'a' && (text[0] | 0x20) <= 'z'))
        return 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0];) {
        size_t n = strlen(marks[i]);
        if (size - at >= n && memcmp(text + at, marks[i], n) == 0) {
            at += n;
            i = 0;
        } else {
            i++;
        }
    }
    return at;
}

static bool only_marks_follow(const char *p, const char *end)
{
    while (p < end && *p && strchr(" .:!-)]", *p))
        p++;
    return p == end || (end - p == 3 && memcmp(p, "\xE2\x80\xA6", 3) == 0);
}

/* Where the phrases of a first byte begin in a list. */
static size_t first_of(const phrase *list, size_t count, unsigned char byte)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if ((unsigned char)list[middle].text[0] < byte)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

static bool matches(const phrase *list, size_t count, const char *text, size_t size)
{
    size_t skip = skip_ornament(text, size);
    const char *end = text + size;
    text += skip;
    size -= skip;
    if (size < 2)
        return false;
    unsigned char byte = (unsigned char)text[0];
    if (byte >= 'A' && byte <= 'Z')
        byte = (unsigned char)(byte | 0x20);
    for (size_t i = first_of(list, count, byte);
         i < count && (unsigned char)list[i].text[0] == byte; i++) {
        size_t n = strlen(list[i].text);
        if (size >= n && ((text[1] | 0x20) == (list[i].text[1] | 0x20)) &&
            strncasecmp(text, list[i].text, n) == 0 &&
            (list[i].whole ? only_marks_follow(text + n, end)
                           : n >= SURE_BYTES || size <= LINE_BYTES))
            return true;
    }
    return false;
}

bool qdx_phrase_is_stock(const char *text, size_t size)
{
    return size <= STOCK_BYTES && !qdx_phrase_starts_quoted(text, size) &&
           matches(stock_phrases, sizeof stock_phrases / sizeof stock_phrases[0], text, size);
}

bool qdx_phrase_ends_article(const char *text, size_t size)
{
    return size <= HEADING_BYTES &&
           matches(end_phrases, sizeof end_phrases / sizeof end_phrases[0], text, size);
}

/* Does the text hold one of the words, without the case of ASCII letters? */
static bool holds_one(const char *text, size_t size, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(list[i]);
        for (size_t at = 0; at + n <= size; at++)
            if ((text[at] | 0x20) == list[i][0] && strncasecmp(text + at, list[i], n) == 0)
                return true;
    }
    return false;
}

bool qdx_phrase_is_colophon(const char *text, size_t size)
{
    static const char *const earnings[] = {"affiliate link", "affiliate marketing",
                                           "affiliate commission", "earn a commission",
                                           "may earn commission"};
    static const char *const requests[] = {"contact", "reach ", "follow ", "email ", "e-mail "};
    static const char *const places[] = {"@", "twitter", "facebook", "instagram"};
    if (size > STOCK_BYTES || size < 2 || qdx_phrase_starts_quoted(text, size))
        return false;
    if (size > 7 && memcmp(text, "SOURCE ", 7) == 0)
        return true;
    if (holds_one(text, size, earnings, sizeof earnings / sizeof earnings[0]))
        return true;
    return holds_one(text, size, requests, sizeof requests / sizeof requests[0]) &&
           holds_one(text, size, places, sizeof places / sizeof places[0]);
}

bool qdx_phrase_ends_credit(const char *text, size_t size)
{
    static const char *const credits[] = {"photo", "foto", "courtesy", "picture", "image"};
    const char *open = memrchr(text, '(', size);
    if (!open || text[size - 1] != ')')
        return false;
    return holds_one(open, (size_t)(text + size - open), credits,
                     sizeof credits / sizeof credits[0]);
}

bool qdx_phrase_is_ornament(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        bool letter = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (letter || (c >= 0xC3 && c != 0xE2 && c < 0xF0))
            return false;
    }
    return true;
}
