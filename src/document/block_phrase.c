/*
 * Tables of phrases, in the languages that news is most often written in. They are compared without
 * the case of ASCII letters at the start of a block, and only where the block is short: an article
 * may well contain such words. A block that begins with a quotation mark is never a phrase.
 */
#include "document/block_phrase.h"

#include <string.h>
#include <strings.h>

#include "document/date.h"

enum {
    STOCK_BYTES = 240,  /* blocks up to this size can be a phrase with what belongs to it */
    HEADING_BYTES = 80, /* the same for headings after which the article is over */
    SURE_BYTES = 10,    /* a phrase of that many bytes stands for itself */
    LINE_BYTES = 100,   /* a shorter one must stand in a line of no more */
    BYLINE_BYTES = 140,
    BYLINE_WORDS = 12,
};

typedef struct phrase {
    const char *text;
    bool whole; /* nothing may follow but a colon or dots */
} phrase;

static const phrase stock_phrases[] = {
    {"advertisement", false},
    {"- advertisement -", true},
    {"advertising", true},
    {"continue reading", false},
    {"story continues", false},
    {"article continues", false},
    {"scroll to continue", false},
    {"read more", false},
    {"read also", false},
    {"also read", false},
    {"read next", false},
    {"read:", false},
    {"more:", false},
    {"more on this", false},
    {"click here", false},
    {"click to", false},
    {"share this", false},
    {"share on", false},
    {"share via", false},
    {"follow us", false},
    {"follow me on", false},
    {"sign up for", false},
    {"sign up to", false},
    {"subscribe to", false},
    {"subscribe now", false},
    {"if you liked this", false},
    {"if you enjoyed this", false},
    {"like this article", false},
    {"get our", false},
    {"related:", false},
    {"related article", false},
    {"related stor", false},
    {"see also:", false},
    {"see also", true},
    {"watch:", false},
    {"watch the video", false},
    {"listen:", false},
    {"don't miss:", false},
    {"don't miss", true},
    {"all rights reserved", false},
    {"copyright ", false},
    {"\xC2\xA9", false},
    {"(c) ", false},
    {"photo:", false},
    {"photo by", false},
    {"photos:", false},
    {"photograph:", false},
    {"picture:", false},
    {"image:", false},
    {"image source", false},
    {"image caption", false},
    {"image credit", false},
    {"media caption", false},
    {"file photo", false},
    {"credit:", false},
    {"skip to", false},
    {"skip advert", false},
    {"download our app", false},
    {"please enable javascript", false},
    {"you need to enable javascript", false},
    {"most read", false},
    {"print this", false},
    {"print", true},
    {"e-mail this", false},
    {"email this", false},
    {"mail to a friend", false},
    {"printer-friendly", false},
    {"printable version", false},
    {"view comments", false},
    {"leave a comment", false},
    {"post a comment", false},
    {"comments are closed", false},
    {"add a comment", false},
    {"no comments", false},
    {"show caption", false},
    {"hide caption", false},
    {"loading", true},
    {"supported by", false},
    {"sponsored", true},
    {"sponsored by", false},
    {"report a typo", false},
    {"tags:", false},
    {"tagged:", false},
    {"tagged with", false},
    {"filed under", false},
    {"categories:", false},
    {"posted in", false},
    {"topics:", false},
    {"labels:", false},
    {"source:", false},
    {"sources:", false},
    {"view source", false},
    {"find this article at", false},
    {"this article was originally published", false},
    {"this post was originally published", false},
    {"a version of this article", false},
    {"originally published", false},
    {"reprints", true},
    {"order reprints", false},
    {"close window", true},
    {"back to top", false},
    {"return to top", false},
    {"previous article", false},
    {"next article", false},
    {"editing by", false},
    {"anzeige", true},
    {"werbung", true},
    {"lesen sie auch", false},
    {"lesen sie hier", false},
    {"lesen sie mehr", false},
    {"lesen sie dazu", false},
    {"mehr zum thema", false},
    {"mehr dazu", false},
    {"auch interessant", false},
    {"foto:", false},
    {"bild:", false},
    {"quelle:", false},
    {"lire aussi", false},
    {"\xC3\xA0 lire aussi", false},
    {"\xC3\x80 lire aussi", false},
    {"a lire aussi", false},
    {"lire la suite", false},
    {"publicit\xC3\xA9", true},
    {"cr\xC3\xA9"
     "dit photo",
     false},
    {"lea tambi\xC3\xA9n", false},
    {"lee tambi\xC3\xA9n", false},
    {"leer m\xC3\xA1s", false},
    {"te puede interesar", false},
    {"publicidad", true},
    {"leggi anche", false},
    {"leggi tutto", false},
    {"pubblicit\xC3\xA0", true},
    {"leia tamb\xC3\xA9m", false},
    {"leia mais", false},
    {"veja tamb\xC3\xA9m", false},
    {"publicidade", true},
    {"lees ook", false},
    {"lees meer", false},
    {"l\xC3\xA4s ocks\xC3\xA5", false},
    {"l\xC3\xA4s mer", false},
    {"les ogs\xC3\xA5", false},
    {"l\xC3\xA6s ogs\xC3\xA5", false},
    {"lue my\xC3\xB6s", false},
    {"czytaj te\xC5\xBC", false},
    {"czytaj tak\xC5\xBC"
     "e",
     false},
    {"zobacz tak\xC5\xBC"
     "e",
     false},
    {"zobacz te\xC5\xBC", false},
    {"reklama", true},
    {"\xD1\x87\xD0\xB8\xD1\x82\xD0\xB0\xD0\xB9\xD1\x82\xD0\xB5 \xD1\x82\xD0\xB0\xD0\xBA\xD0\xB6"
     "\xD0\xB5",
     false}, /* читайте также */
    {"\xD0\xA7\xD0\xB8\xD1\x82\xD0\xB0\xD0\xB9\xD1\x82\xD0\xB5 \xD1\x82\xD0\xB0\xD0\xBA\xD0\xB6"
     "\xD0\xB5",
     false},                                      /* Читайте также */
    {"\xD0\xA4\xD0\xBE\xD1\x82\xD0\xBE:", false}, /* Фото: */
    {"\xD0\xA0\xD0\xB5\xD0\xBA\xD0\xBB\xD0\xB0\xD0\xBC\xD0\xB0", true}, /* Реклама */
    {"\xE5\xBA\x83\xE5\x91\x8A", true},                                 /* 広告 */
    {"\xE5\xB9\xBF\xE5\x91\x8A", true},                                 /* 广告 */
    {"\xE9\x96\xA2\xE9\x80\xA3\xE8\xA8\x98\xE4\xBA\x8B", false},        /* 関連記事 */
    {"\xE7\x9B\xB8\xE5\x85\xB3\xE6\x96\xB0\xE9\x97\xBB", false},        /* 相关新闻 */
};

/* Headings, whole or at their start. */
static const phrase end_phrases[] = {
    {"related", true},
    {"related articles", true},
    {"related stories", true},
    {"related posts", true},
    {"related content", true},
    {"related news", true},
    {"related links", true},
    {"related topics", true},
    {"related coverage", true},
    {"related reading", true},
    {"recommended", true},
    {"recommended for you", false},
    {"recommended stories", true},
    {"recommended articles", true},
    {"read next", true},
    {"read more", true},
    {"more from", false},
    {"more stories", false},
    {"more news", false},
    {"more on this story", true},
    {"more about", true},
    {"most read", false},
    {"most popular", false},
    {"most viewed", false},
    {"latest news", true},
    {"latest stories", true},
    {"top stories", true},
    {"trending", false},
    {"you may also like", false},
    {"you might also like", false},
    {"you may also be interested", false},
    {"you might be interested", false},
    {"also from", false},
    {"also on", false},
    {"see also", true},
    {"comments", true},
    {"leave a reply", false},
    {"leave a comment", false},
    {"post a comment", false},
    {"join the conversation", false},
    {"join the discussion", false},
    {"what do you think", true},
    {"share this", false},
    {"share", true},
    {"about the author", false},
    {"about the authors", false},
    {"written by", false},
    {"author bio", false},
    {"newsletter", true},
    {"sign up for", false},
    {"subscribe", false},
    {"sources", true},
    {"references", true},
    {"external links", true},
    {"footnotes", true},
    {"further reading", true},
    {"previous post", false},
    {"next post", false},
    {"mehr zum thema", false},
    {"kommentare", false},
    {"das k\xC3\xB6nnte sie auch interessieren", false},
    {"lire aussi", false},
    {"sur le m\xC3\xAAme sujet", false},
    {"commentaires", false},
    {"noticias relacionadas", false},
    {"m\xC3\xA1s noticias", false},
    {"comentarios", false},
    {"leggi anche", false},
    {"commenti", true},
    {"leia tamb\xC3\xA9m", false},
    {"\xE9\x96\xA2\xE9\x80\xA3\xE8\xA8\x98\xE4\xBA\x8B", false}, /* 関連記事 */
    {"\xE9\x96\xA2\xE9\x80\xA3\xE3\x83\x8B\xE3\x83\xA5\xE3\x83\xBC\xE3\x82\xB9", false},
    {"\xE7\x9B\xB8\xE5\x85\xB3\xE6\x96\xB0\xE9\x97\xBB", false}, /* 相关新闻 */
};

/* What a line under the title begins with. */
static const char *const byline_starts[] = {
    "by ",
    "by:",
    "von ",
    "par ",
    "por ",
    "di ",
    "written by ",
    "posted by ",
    "posted on ",
    "posted ",
    "published",
    "updated",
    "last updated",
    "last modified",
    "text:",
    "story by",
    "reported by",
    "author:",
    "autor:",
    "publi\xC3\xA9",
    "aktualisiert",
    "stand:",
    "date:",
    "created",
    "modified",
    "first published",
    "submitted",
    "reviewed by",
    "edited by",
    "words by",
    "\xE2\x80\x94 by ",
    "\xE2\x80\x93 by ",
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

/* Brackets, bullets and arrows in front of a phrase. */
static size_t skip_ornament(const char *text, size_t size)
{
    static const char *const marks[] = {
        " ", "[", "(", "*", ">", "|", "\xE2\x80\xA2", "\xC2\xBB", "\xE2\x96\xBA", "\xE2\x86\x92"};
    size_t at = 0;
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

static bool matches(const phrase *list, size_t count, const char *text, size_t size)
{
    size_t skip = skip_ornament(text, size);
    const char *end = text + size;
    text += skip;
    size -= skip;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(list[i].text);
        if (size >= n && (text[0] | 0x20) == (list[i].text[0] | 0x20) &&
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

static size_t word_count(const char *text, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++)
        n += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    return n;
}

bool qdx_phrase_is_byline(const char *text, size_t size)
{
    if (size > BYLINE_BYTES || qdx_phrase_starts_quoted(text, size))
        return false;
    size_t count = word_count(text, size);
    qdx_date date;
    if (count <= BYLINE_WORDS && text[size - 1] != '.' && qdx_date_find(text, size, &date))
        return true;
    for (size_t i = 0; i < sizeof byline_starts / sizeof byline_starts[0]; i++) {
        size_t n = strlen(byline_starts[i]);
        if (size > n && strncasecmp(text, byline_starts[i], n) == 0)
            return text[size - 1] != '.' && count <= BYLINE_WORDS;
    }
    const char *read = memmem(text, size, "min", 3);
    return read && count <= 5 && memmem(read, (size_t)(text + size - read), "read", 4);
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
