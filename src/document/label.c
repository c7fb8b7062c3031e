/*
 * Encoding labels: where a file says them and what they mean. The meanings follow the WHATWG
 * Encoding Standard where labels understate what they name; unlisted labels go to iconv as they
 * are.
 */
#include "document/label.h"

#include <string.h>
#include <strings.h>

enum { SEARCHED_BYTES = 8192 };

/* Label, iconv's name; "": windows-1252, read without iconv. windows-1252 also stands for labels
 * not to be believed. */
static const struct alias {
    const char *label;
    const char *charset;
} aliases[] = {
    {"ascii", ""},
    {"us-ascii", ""},
    {"ansi_x3.4-1968", ""},
    {"iso-8859-1", ""},
    {"iso8859-1", ""},
    {"iso_8859-1", ""},
    {"latin1", ""},
    {"latin-1", ""},
    {"l1", ""},
    {"windows-1252", ""},
    {"cp1252", ""},
    {"cp-1252", ""},
    {"x-cp1252", ""},
    {"iso88591", ""},
    {"x-user-defined", ""},
    {"utf-7", ""},
    {"utf7", ""},
    {"unicode-1-1-utf-7", ""},
    {"csunicode11utf7", ""},
    {"utf-7-imap", ""},
    {"java", ""},
    {"c99", ""},
    {"iso-8859-9", "CP1254"},
    {"latin5", "CP1254"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"windows-874", "CP874"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"x-sjis", "CP932"},
    {"sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"big5", "BIG5-HKSCS"},
    {"x-mac-roman", "MACINTOSH"},
    {"mac", "MACINTOSH"},
    {"x-euc-jp", "EUC-JP"},
};

/* Labels of encodings whose bytes could not have been searched for a label: the label lies. */
static const char *const utf8_labels[] = {
    "utf-8",           "utf8",   "unicode",  "utf-16",   "utf-16le", "utf-16be", "utf16", "ucs-2",
    "iso-10646-ucs-2", "utf-32", "utf-32le", "utf-32be", "utf32",    "ucs-4",
};

bool qdx_label_is_utf8(const char *label)
{
    for (size_t i = 0; i < sizeof utf8_labels / sizeof utf8_labels[0]; i++)
        if (strcmp(label, utf8_labels[i]) == 0)
            return true;
    return false;
}

const char *qdx_label_charset(const char *label)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (strcmp(label, aliases[i].label) == 0)
            return aliases[i].charset[0] ? aliases[i].charset : NULL;
    return label;
}

static const char *find_word(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);
    for (; (size_t)(end - p) >= n; p++)
        if (strncasecmp(p, word, n) == 0)
            return p;
    return NULL;
}

static bool is_label_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-_.:", c) != NULL);
}

static const char *skip_set(const char *p, const char *end, const char *set)
{
    while (p < end && *p && strchr(set, *p))
        p++;
    return p;
}

/* `= "label"` after the word that announces it. */
static bool take_label(const char *p, const char *end, char label[QDX_LABEL_SIZE])
{
    p = skip_set(p, end, " \t\r\n");
    if (p == end || *p != '=')
        return false;
    p = skip_set(p + 1, end, " \t\r\n\"'");
    size_t n = 0;
    for (; p < end && is_label_byte(*p) && n + 1 < QDX_LABEL_SIZE; p++)
        label[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p + ('a' - 'A') : *p);
    label[n] = '\0';
    return n > 0;
}

bool qdx_label_find(const char *bytes, size_t size, char label[QDX_LABEL_SIZE])
{
    const char *end = bytes + (size < SEARCHED_BYTES ? size : SEARCHED_BYTES);
    const char *p = skip_set(bytes, end, " \t\r\n");
    if (end - p > 5 && strncasecmp(p, "<?xml", 5) == 0) {
        const char *close = memchr(p, '>', (size_t)(end - p));
        const char *word = find_word(p, close ? close : end, "encoding");
        if (word && take_label(word + 8, close ? close : end, label))
            return true;
    }
    while ((p = find_word(p, end, "<meta")) != NULL) {
        const char *close = memchr(p, '>', (size_t)(end - p));
        const char *word = find_word(p, close ? close : end, "charset");
        if (word && take_label(word + 7, close ? close : end, label))
            return true;
        p += 5;
    }
    return false;
}
