/*
 * Recognising formats. First bytes outrank endings, endings outrank the look of the text. Data that
 * is no article is refused by name, so that a reader of the report knows why.
 */
#include "document/format.h"

#include <string.h>
#include <strings.h>

#include "document/html.h"
#include "document/plain.h"
#include "document/xml.h"

#define NOT_READ(what) NULL, what

/* First bytes of data that is no text. */
static const struct magic {
    uint16_t offset;
    uint8_t size;
    const char *bytes;
    const char *what;
} magics[] = {
    {0, 8, "\x89PNG\r\n\x1A\n", "a PNG image"},
    {0, 3, "\xFF\xD8\xFF", "a JPEG image"},
    {0, 6, "GIF87a", "a GIF image"},
    {0, 6, "GIF89a", "a GIF image"},
    {0, 5, "%PDF-", "a PDF document"},
    {0, 4, "PK\x03\x04", "a zip archive or office document"},
    {0, 4, "PK\x05\x06", "an empty zip archive"},
    {0, 2, "\x1F\x8B", "gzip-compressed data"},
    {0, 4, "\x28\xB5\x2F\xFD", "zstd-compressed data"},
    {0, 6,
     "\xFD"
     "7zXZ\0",
     "xz-compressed data"},
    {0, 3, "BZh", "bzip2-compressed data"},
    {0, 6, "7z\xBC\xAF\x27\x1C", "a 7z archive"},
    {0, 6, "Rar!\x1A\x07", "a rar archive"},
    {257, 5, "ustar", "a tar archive"},
    {0, 4,
     "\x7F"
     "ELF",
     "an executable"},
    {0, 4, "\xCF\xFA\xED\xFE", "an executable"},
    {0, 4, "\xCA\xFE\xBA\xBE", "an executable"},
    {0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document"},
    {0, 5, "{\\rtf", "a rich text document"},
    {0, 15, "SQLite format 3", "a database"},
    {0, 4, "OggS", "a sound or film"},
    {0, 3, "ID3", "a sound"},
    {4, 4, "ftyp", "a film"},
    {0, 4, "wOFF", "a font"},
    {0, 4, "wOF2", "a font"},
};

/* Endings: read by a format, or known to be no article. */
static const struct ending {
    const char *ending;
    const qdx_format *format;
    const char *what;
} endings[] = {
    {"txt", &qdx_format_plain, NULL},
    {"text", &qdx_format_plain, NULL},
    {"asc", &qdx_format_plain, NULL},
    {"md", &qdx_format_plain, NULL},
    {"html", &qdx_format_html, NULL},
    {"htm", &qdx_format_html, NULL},
    {"xhtml", &qdx_format_html, NULL},
    {"shtml", &qdx_format_html, NULL},
    {"xht", &qdx_format_html, NULL},
    {"xml", &qdx_format_xml, NULL},
    {"nitf", &qdx_format_xml, NULL},
    {"rss", &qdx_format_xml, NULL},
    {"atom", &qdx_format_xml, NULL},
    {"rdf", &qdx_format_xml, NULL},
    {"tei", &qdx_format_xml, NULL},
    {"newsml", &qdx_format_xml, NULL},
    {"json", NOT_READ("JSON")},
    {"jsonl", NOT_READ("JSON Lines")},
    {"ndjson", NOT_READ("JSON Lines")},
    {"eml", NOT_READ("e-mail")},
    {"mbox", NOT_READ("a mailbox")},
    {"mht", NOT_READ("a MIME archive")},
    {"mhtml", NOT_READ("a MIME archive")},
    {"warc", NOT_READ("a web archive")},
    {"gz", NOT_READ("gzip-compressed data")},
    {"zst", NOT_READ("zstd-compressed data")},
    {"xz", NOT_READ("xz-compressed data")},
    {"bz2", NOT_READ("bzip2-compressed data")},
    {"zip", NOT_READ("a zip archive")},
    {"tar", NOT_READ("a tar archive")},
    {"tgz", NOT_READ("a tar archive")},
    {"7z", NOT_READ("a 7z archive")},
    {"rar", NOT_READ("a rar archive")},
    {"qdx", NOT_READ("a quotedex index")},
    {"csv", NOT_READ("a table")},
    {"tsv", NOT_READ("a table")},
    {"xls", NOT_READ("an office document")},
    {"xlsx", NOT_READ("an office document")},
    {"doc", NOT_READ("an office document")},
    {"docx", NOT_READ("an office document")},
    {"odt", NOT_READ("an office document")},
    {"ods", NOT_READ("an office document")},
    {"ppt", NOT_READ("an office document")},
    {"pptx", NOT_READ("an office document")},
    {"rtf", NOT_READ("a rich text document")},
    {"epub", NOT_READ("an e-book")},
    {"pdf", NOT_READ("a PDF document")},
    {"ps", NOT_READ("a PostScript document")},
    {"jpg", NOT_READ("an image")},
    {"jpeg", NOT_READ("an image")},
    {"png", NOT_READ("an image")},
    {"gif", NOT_READ("an image")},
    {"webp", NOT_READ("an image")},
    {"svg", NOT_READ("an image")},
    {"ico", NOT_READ("an image")},
    {"bmp", NOT_READ("an image")},
    {"tif", NOT_READ("an image")},
    {"tiff", NOT_READ("an image")},
    {"mp3", NOT_READ("a sound")},
    {"ogg", NOT_READ("a sound")},
    {"wav", NOT_READ("a sound")},
    {"mp4", NOT_READ("a film")},
    {"webm", NOT_READ("a film")},
    {"mov", NOT_READ("a film")},
    {"avi", NOT_READ("a film")},
    {"woff", NOT_READ("a font")},
    {"woff2", NOT_READ("a font")},
    {"ttf", NOT_READ("a font")},
    {"otf", NOT_READ("a font")},
    {"js", NOT_READ("a script")},
    {"css", NOT_READ("a style sheet")},
    {"xsl", NOT_READ("a style sheet")},
    {"dtd", NOT_READ("a document type")},
    {"xsd", NOT_READ("a schema")},
    {"exe", NOT_READ("an executable")},
    {"dll", NOT_READ("an executable")},
    {"so", NOT_READ("an executable")},
    {"o", NOT_READ("an executable")},
    {"bin", NOT_READ("an executable")},
    {"iso", NOT_READ("a disk image")},
    {"db", NOT_READ("a database")},
    {"sqlite", NOT_READ("a database")},
};

static qdx_status refuse(const char *path, const char *what, qdx_error *error)
{
    qdx_error_set(error, QDX_ERR_UNSUPPORTED, "%s, which is not read", what);
    qdx_error_at(error, path, 0);
    return QDX_ERR_UNSUPPORTED;
}

static const struct ending *find_ending(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash : path, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof endings[0]; i++)
        if (strcasecmp(dot + 1, endings[i].ending) == 0)
            return &endings[i];
    return NULL;
}

qdx_status qdx_format_of_bytes(const char *path, const char *bytes, size_t size,
                               const qdx_format **format, qdx_error *error)
{
    *format = NULL;
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        const struct magic *m = &magics[i];
        if (size >= (size_t)m->offset + m->size &&
            memcmp(bytes + m->offset, m->bytes, m->size) == 0)
            return refuse(path, m->what, error);
    }
    const struct ending *ending = find_ending(path);
    if (ending && !ending->format)
        return refuse(path, ending->what, error);
    *format = ending ? ending->format : NULL;
    return QDX_OK;
}

static const char *skip_space(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
        p++;
    return p;
}

/* After `<!-- … -->`, `<? … ?>` and white space. NULL when one of them never ends. */
static const char *skip_prolog(const char *p, const char *end)
{
    static const struct {
        const char *open, *close;
    } skipped[] = {{"<!--", "-->"}, {"<?", "?>"}};
    for (;;) {
        p = skip_space(p, end);
        size_t k = 0;
        while (k < 2 && strncmp(p, skipped[k].open, strlen(skipped[k].open)) != 0)
            k++;
        if (k == 2)
            return p;
        p = memmem(p, (size_t)(end - p), skipped[k].close, strlen(skipped[k].close));
        if (!p)
            return NULL;
        p += strlen(skipped[k].close);
    }
}

static bool starts_html(const char *p, const char *end)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t n = strlen(starts[i]);
        if ((size_t)(end - p) > n && strncasecmp(p, starts[i], n) == 0 && strchr(" \t\r\n>", p[n]))
            return true;
    }
    return false;
}

static bool is_xml_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

const qdx_format *qdx_format_of_text(const qdx_format *by_name, const char *text, size_t size)
{
    if (by_name == &qdx_format_plain || by_name == &qdx_format_html)
        return by_name;
    const char *end = text + size;
    const char *p = skip_prolog(text, end);
    bool declared = strncmp(skip_space(text, end), "<?xml", 5) == 0;
    if (p && starts_html(p, end))
        return &qdx_format_html;
    if (by_name)
        return by_name;
    if (declared || (p && end - p > 1 && p[0] == '<' && is_xml_name_start(p[1])))
        return &qdx_format_xml;
    return &qdx_format_plain;
}
