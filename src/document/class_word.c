/*
 * What names of elements mean. No styles are read: names alone tell, word by word. A name that says
 * "article" and "body" outranks whatever else stands in it beside comments; names that a publishing
 * system makes out of an article's own tags ("tag-comments") say nothing.
 */
#include "document/class_word.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "document/class_table.h"

enum {
    WORD_BYTES = 24,
    WORDS_MAX = 8, /* of a name that are looked at */
    VALUE_MAX = 400,
    LETTERS = 26,
};

/* Where the words of a letter begin in the table; found once for each page. */
static void index_words(qdx_class_memo *memo)
{
    size_t at = 0;
    for (unsigned letter = 0; letter <= LETTERS; letter++) {
        while (at < qdx_class_row_count && (unsigned)(qdx_class_rows[at].text[0] - 'a') < letter)
            at++;
        memo->first[letter] = (uint16_t)at;
    }
    memo->indexed = true;
}

static qdx_class_sense sense_of(const qdx_class_memo *memo, const char *text)
{
    unsigned letter = (unsigned)(text[0] - 'a');
    for (size_t i = memo->first[letter]; i < memo->first[letter + 1]; i++)
        if (text[1] == qdx_class_rows[i].text[1] && strcmp(text, qdx_class_rows[i].text) == 0)
            return qdx_class_rows[i].sense;
    return QDX_SENSE_UNKNOWN;
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
    for (size_t i = 0; i < qdx_class_silent_count; i++) {
        size_t n = strlen(qdx_class_silent[i]);
        if (size > n && (name[0] | 0x20) == qdx_class_silent[i][0] &&
            strncasecmp(name, qdx_class_silent[i], n) == 0)
            return true;
    }
    return false;
}

static const qdx_class_name *find_whole(const char *name, size_t size)
{
    for (size_t i = 0; i < qdx_class_name_count; i++)
        if ((name[0] | 0x20) == qdx_class_names[i].name[0] &&
            strncasecmp(name, qdx_class_names[i].name, size) == 0 &&
            qdx_class_names[i].name[size] == '\0')
            return &qdx_class_names[i];
    return NULL;
}

/* "article-body": 2; "text", "main-content": 1; with words that say something else: 0. */
static uint8_t body_rank(const unsigned counts[QDX_SENSE_UNKNOWN + 1], qdx_class_sense last)
{
    if (counts[QDX_SENSE_BODY] == 0 ||
        (last != QDX_SENSE_BODY && last != QDX_SENSE_NEUTRAL && last != QDX_SENSE_SUBJECT))
        return 0;
    if (counts[QDX_SENSE_SUBJECT] || counts[QDX_SENSE_BODY] > 1)
        return counts[QDX_SENSE_UNKNOWN] > 1 ? 1 : 2;
    return counts[QDX_SENSE_UNKNOWN] > 1 ? 0 : 1;
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
    const qdx_class_name *whole = find_whole(name, size);
    qdx_class_meaning says = {QDX_BESIDE_NOT, 0, false};
    if (whole) {
        says = whole->meaning;
    } else if (!has_silent_prefix(name, size)) {
        unsigned counts[QDX_SENSE_UNKNOWN + 1] = {0};
        qdx_class_sense last = QDX_SENSE_UNKNOWN;
        char text[WORD_BYTES];
        const char *p = name;
        for (int i = 0; i < WORDS_MAX; i++) {
            p = next_word(p, name + size, text);
            if (text[0] == '\0')
                break;
            last = sense_of(memo, text);
            counts[last]++;
        }
        says.beside = counts[QDX_SENSE_ALWAYS]   ? QDX_BESIDE_ALWAYS
                      : counts[QDX_SENSE_SURE]   ? QDX_BESIDE_SURE
                      : counts[QDX_SENSE_LIKELY] ? QDX_BESIDE_LIKELY
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
