/*
 * Recognising formats. First bytes outrank endings, endings outrank the look of the text. Data that
 * is no article is refused by name, so that a reader of the report knows why.
 */
#include "document/format.h"

#include <string.h>
#include <strings.h>

#include "document/container.h"
#include "document/html.h"
#include "document/json.h"
#include "document/mail.h"
#include "document/office.h"
#include "document/pdf.h"
#include "document/plain.h"
#include "document/xml.h"

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
    {0, 6, "7z\xBC\xAF\x27\x1C", "a 7z archive"},
    {0, 6, "Rar!\x1A\x07", "a rar archive"},
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

/* Endings: read as a format, walked as a container, or known to be no article. */
static const struct ending {
    const char *ending;
    const qdx_format *format;
    const qdx_container_kind *container;
    const char *what;
} endings[] = {
#define READ_AS(format) &qdx_format_##format, NULL, NULL
#define WALKED_AS(kind) NULL, &qdx_container_##kind, NULL
#define NOT_READ(what) NULL, NULL, what
    {"txt", READ_AS(plain)},
    {"text", READ_AS(plain)},
    {"asc", READ_AS(plain)},
    {"md", READ_AS(plain)},
    {"html", READ_AS(html)},
    {"htm", READ_AS(html)},
    {"xhtml", READ_AS(html)},
    {"shtml", READ_AS(html)},
    {"xht", READ_AS(html)},
    {"xml", READ_AS(xml)},
    {"nitf", READ_AS(xml)},
    {"rss", READ_AS(xml)},
    {"atom", READ_AS(xml)},
    {"rdf", READ_AS(xml)},
    {"tei", READ_AS(xml)},
    {"newsml", READ_AS(xml)},
    {"json", WALKED_AS(json)},
    {"jsonl", WALKED_AS(json)},
    {"ndjson", WALKED_AS(json)},
    {"zip", WALKED_AS(zip)},
    {"tar", WALKED_AS(tar)},
    {"eml", READ_AS(mail)},
    {"mbox", WALKED_AS(mbox)},
    {"mht", READ_AS(mail)},
    {"mhtml", READ_AS(mail)},
    {"warc", WALKED_AS(warc)},
    {"wet", WALKED_AS(warc)},
    {"mbx", WALKED_AS(mbox)},
    {"tab", WALKED_AS(csv)},
    {"msg", NOT_READ("an Outlook message")},
    {"7z", NOT_READ("a 7z archive")},
    {"rar", NOT_READ("a rar archive")},
    {"qdx", NOT_READ("a quotedex index")},
    {"csv", WALKED_AS(csv)},
    {"tsv", WALKED_AS(csv)},
    {"xls", NOT_READ("an office document")},
    {"xlsx", NOT_READ("an office document")},
    {"doc", NOT_READ("an office document")},
    {"docx", READ_AS(docx)},
    {"odt", READ_AS(odt)},
    {"ods", NOT_READ("an office document")},
    {"ppt", NOT_READ("an office document")},
    {"pptx", NOT_READ("an office document")},
    {"rtf", NOT_READ("a rich text document")},
    {"epub", READ_AS(epub)},
    {"pdf", READ_AS(pdf)},
    {"ps", NOT_READ("a PostScript document")},
    {"jar", NOT_READ("a program")},
    {"apk", NOT_READ("a program")},
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
#undef READ_AS
#undef WALKED_AS
#undef NOT_READ
};

/* Endings of compressed data, and what stands for them when they are taken off. */
static const struct packed {
    const char *ending;
    qdx_compression compression;
    const char *inner;
} packed[] = {
    {"gz", QDX_COMPRESSION_GZIP, ""},      {"tgz", QDX_COMPRESSION_GZIP, "tar"},
    {"bz2", QDX_COMPRESSION_BZIP2, ""},    {"tbz2", QDX_COMPRESSION_BZIP2, "tar"},
    {"tbz", QDX_COMPRESSION_BZIP2, "tar"}, {"xz", QDX_COMPRESSION_XZ, ""},
    {"txz", QDX_COMPRESSION_XZ, "tar"},    {"zst", QDX_COMPRESSION_ZSTD, ""},
    {"tzst", QDX_COMPRESSION_ZSTD, "tar"},
};

static qdx_status refuse(const char *what, qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "%s, which is not read", what);
}

/* What follows the last dot of the file's name; "" when there is none. */
static const char *ending_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *dot = strrchr(slash ? slash : name, '.');
    return dot ? dot + 1 : "";
}

/* The same ending, in any case? Most are told apart by their first letter. */
static bool is_ending(const char *ending, const char *known)
{
    return (*ending | 0x20) == (*known | 0x20) && strcasecmp(ending, known) == 0;
}

static const struct ending *find_ending(const char *name)
{
    const char *ending = ending_of(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (is_ending(ending, endings[i].ending))
            return &endings[i];
    return NULL;
}

static const struct packed *find_packed(const char *name)
{
    const char *ending = ending_of(name);
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
        if (is_ending(ending, packed[i].ending))
            return &packed[i];
    return NULL;
}

void qdx_kind_strip(char *name)
{
    const struct packed *found = find_packed(name);
    char *ending = name + (ending_of(name) - name);
    if (!found)
        return;
    if (*found->inner)
        memcpy(ending, found->inner, strlen(found->inner) + 1);
    else
        ending[-1] = '\0';
}

bool qdx_kind_may_be_container(const char *name)
{
    const struct ending *ending = find_ending(name);
    return !ending || !ending->format;
}

static bool starts_with(const char *bytes, size_t size, const char *magic, size_t length)
{
    return size >= length && memcmp(bytes, magic, length) == 0;
}

/* Archives by their first bytes. The ending may know better what a zip archive holds. */
static const qdx_container_kind *archive_of(const char *name, const char *bytes, size_t size)
{
    if (starts_with(bytes, size, "PK\x03\x04", 4) || starts_with(bytes, size, "PK\x05\x06", 4))
        return &qdx_container_zip;
    if (qdx_warc_is(bytes, size))
        return &qdx_container_warc;
    bool named = strcasecmp(ending_of(name), "tar") == 0;
    bool marked = size >= 512 && memcmp(bytes + 257, "ustar", 5) == 0;
    return (named || marked) && qdx_tar_is(bytes, size) ? &qdx_container_tar : NULL;
}

static qdx_status check_magics(const char *bytes, size_t size, qdx_error *error)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        const struct magic *m = &magics[i];
        if (size > m->offset && bytes[m->offset] == m->bytes[0] &&
            starts_with(bytes + m->offset, size - m->offset, m->bytes, m->size))
            return refuse(m->what, error);
    }
    return QDX_OK;
}

/* Files without a known ending: mailboxes and mail folders have none. */
static void look_inside(const char *bytes, size_t size, qdx_kind *kind)
{
    if (qdx_mbox_is(bytes, size))
        kind->container = &qdx_container_mbox;
    else if (qdx_mail_is(bytes, size))
        kind->format = &qdx_format_mail;
    else if (size > 1 && bytes[0] == '{' && strchr("\"\n\r ", bytes[1]) && bytes[1])
        kind->container = &qdx_container_json;
}

qdx_status qdx_kind_find(const char *name, const char *bytes, size_t size, qdx_kind *kind,
                         qdx_error *error)
{
    *kind = (qdx_kind){.compression = qdx_compression_of(bytes, size)};
    if (kind->compression != QDX_COMPRESSION_NONE)
        return QDX_OK;
    if (find_packed(name))
        return qdx_error_set(error, QDX_ERR_FORMAT, "named .%s, but the data is not that",
                             ending_of(name));
    const struct ending *ending = find_ending(name);
    const qdx_container_kind *archive = archive_of(name, bytes, size);
    if (archive && !(ending && (ending->what || (ending->format && ending->format->raw)))) {
        kind->container = archive;
        return QDX_OK;
    }
    if (starts_with(bytes, size, "%PDF-", 5)) {
        kind->format = &qdx_format_pdf;
        return QDX_OK;
    }
    qdx_status status = check_magics(bytes, size, error);
    if (status != QDX_OK)
        return status;
    if (!ending) {
        look_inside(bytes, size, kind);
        return QDX_OK;
    }
    if (ending->what)
        return refuse(ending->what, error);
    if (size == 0)
        return qdx_error_set(error, QDX_ERR_FORMAT, "no text: the file is empty");
    if (ending->container == &qdx_container_tar)
        return qdx_error_set(error, QDX_ERR_FORMAT, "named .tar, but the data is not that");
    kind->format = ending->format;
    kind->container = ending->container;
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
    if (by_name == &qdx_format_plain || by_name == &qdx_format_html || by_name == &qdx_format_json)
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
