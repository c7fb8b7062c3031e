/*
 * Office documents. The archive is read in memory, one of its files at a time; paragraphs are known
 * by the names of their elements, title, author and date stand in a file of their own. Deleted
 * text, notes and what stands twice for older programs is left out.
 */
#include "document/office.h"

#include <stddef.h>
#include <string.h>

#include "document/article.h"
#include "document/body.h"
#include "document/date.h"
#include "document/encoding.h"
#include "document/metadata.h"
#include "document/zip.h"

/* What elements of a kind of document are. */
typedef enum role {
    ROLE_NONE,
    ROLE_PARAGRAPH,
    ROLE_HEADING,
    ROLE_TEXT,
    ROLE_SPACE,
    ROLE_LEFT_OUT
} role;

typedef struct element_row {
    const char *name;
    role role;
} element_row;

typedef struct office_kind {
    const char *text_file, *meta_file;
    const element_row *elements;
    size_t element_count;
    bool text_anywhere; /* else only in ROLE_TEXT */
} office_kind;

static const element_row docx_elements[] = {
    {"w:p", ROLE_PARAGRAPH},        {"w:t", ROLE_TEXT},
    {"w:tab", ROLE_SPACE},          {"w:br", ROLE_SPACE},
    {"mc:Fallback", ROLE_LEFT_OUT}, {"w:cr", ROLE_SPACE},
};
static const element_row odt_elements[] = {
    {"text:p", ROLE_PARAGRAPH},
    {"text:h", ROLE_HEADING},
    {"text:s", ROLE_SPACE},
    {"text:tab", ROLE_SPACE},
    {"text:line-break", ROLE_SPACE},
    {"text:note", ROLE_LEFT_OUT},
    {"office:annotation", ROLE_LEFT_OUT},
    {"text:tracked-changes", ROLE_LEFT_OUT},
    {"text:table-of-content", ROLE_LEFT_OUT},
    {"office:forms", ROLE_LEFT_OUT},
};

#define COUNT(rows) (sizeof rows / sizeof rows[0])
static const office_kind docx = {"word/document.xml", "docProps/core.xml", docx_elements,
                                 COUNT(docx_elements), false};
static const office_kind odt = {"content.xml", "meta.xml", odt_elements, COUNT(odt_elements), true};

static const struct meta_row {
    const char *name;
    size_t place; /* of a text in the draft; SIZE_MAX: the date */
} meta_rows[] = {
    {"dc:title", offsetof(qdx_draft, title)},
    {"dc:creator", offsetof(qdx_draft, author)},
    {"meta:initial-creator", offsetof(qdx_draft, author)},
    {"dc:publisher", offsetof(qdx_draft, outlet)},
    {"dc:language", offsetof(qdx_draft, language)},
    {"dc:date", SIZE_MAX},
    {"dcterms:created", SIZE_MAX},
    {"meta:creation-date", SIZE_MAX},
};

/* -- Files of the archive -- */

typedef struct archive {
    qdx_place place;
    qdx_budget budget;
    qdx_zip zip;
} archive;

static qdx_status open_archive(archive *a, const qdx_source *source, qdx_error *error)
{
    a->place = (qdx_place){.fd = -1, .bytes = source->text, .size = source->size};
    a->budget = (qdx_budget){.limits = &source->limits};
    qdx_budget_start(&a->budget);
    return qdx_zip_open(&a->zip, &a->place, &a->budget, error);
}

/* Reads one file of the archive; QDX_END when it has none of the name. */
static qdx_status read_file(archive *a, const char *name, qdx_buffer *out, qdx_error *error)
{
    qdx_zip_entry entry = {0};
    qdx_stream *stream = NULL;
    qdx_buffer_clear(out);
    qdx_status status = qdx_zip_find(&a->zip, name, &entry, error);
    if (status == QDX_OK)
        status = qdx_zip_stream(&a->zip, &entry, &stream, error);
    if (status == QDX_OK)
        status = qdx_stream_read_all(stream, a->budget.limits->max_file_bytes, out, error);
    if (status == QDX_OK)
        qdx_buffer_append(out, "", 0);
    qdx_stream_close(stream);
    qdx_zip_entry_release(&entry);
    return status == QDX_OK ? qdx_buffer_status(out, error) : status;
}

/* The same, parsed. */
static qdx_status parse_file(archive *a, const char *name, qdx_markup *markup,
                             const qdx_reader_options *limits, bool html, qdx_error *error)
{
    qdx_buffer raw = {0}, scratch = {0};
    qdx_decoded decoded;
    qdx_status status = read_file(a, name, &raw, error);
    if (status == QDX_OK)
        status = qdx_encoding_decode(&raw, &scratch, true, NULL, &decoded, error);
    if (status == QDX_OK && html)
        status = qdx_markup_parse_html(markup, decoded.text, decoded.size, limits, error);
    else if (status == QDX_OK)
        status = qdx_markup_parse_xml(markup, decoded.text, decoded.size, limits, error);
    qdx_buffer_release(&raw);
    qdx_buffer_release(&scratch);
    return status;
}

/* -- Text -- */

static role role_of(const office_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->element_count; i++)
        if (strcmp(kind->elements[i].name, name) == 0)
            return kind->elements[i].role;
    return ROLE_NONE;
}

static void add_paragraphs(const office_kind *kind, const qdx_markup *m, qdx_draft *draft)
{
    const qdx_node *nodes = m->nodes.items;
    uint32_t text_end = 0; /* of the ROLE_TEXT element we are in */
    for (uint32_t i = 1; i < m->nodes.count;) {
        const qdx_node *node = &nodes[i];
        if (!node->name) {
            if (draft->open && (kind->text_anywhere || i < text_end))
                qdx_draft_text(draft, m->text.bytes + node->start, node->size);
            i++;
            continue;
        }
        role r = role_of(kind, node->name);
        if (r == ROLE_PARAGRAPH || r == ROLE_HEADING)
            qdx_draft_open(draft, r == ROLE_HEADING ? QDX_BLOCK_HEADING : QDX_BLOCK_PARAGRAPH);
        else if (r == ROLE_TEXT)
            text_end = node->end;
        else if (r == ROLE_SPACE && draft->open)
            qdx_draft_text(draft, " ", 1);
        i = r == ROLE_LEFT_OUT ? node->end : i + 1;
    }
    qdx_draft_close(draft);
}

/* -- What is known of the article -- */

static void take_meta(const qdx_markup *m, qdx_draft *draft, qdx_buffer *scratch)
{
    for (size_t k = 0; k < COUNT(meta_rows); k++) {
        uint32_t count = (uint32_t)m->nodes.count;
        uint32_t node = qdx_markup_find(m, 1, count, meta_rows[k].name);
        qdx_buffer_reuse(scratch);
        if (node < count)
            qdx_markup_subtree_text(m, node, scratch);
        if (!scratch->size)
            continue;
        if (meta_rows[k].place != SIZE_MAX)
            qdx_metadata_set(draft, (const char **)((char *)draft + meta_rows[k].place),
                             scratch->bytes, scratch->size);
        else if (!draft->date.year)
            qdx_date_find(scratch->bytes, scratch->size, &draft->date);
    }
}

/* The first heading, or first block, as the title of what has none. */
static void title_by_text(qdx_draft *draft)
{
    enum { TITLE_MAX = 200 };
    if (draft->title || !draft->blocks.count)
        return;
    size_t chosen = 0;
    for (size_t i = 0; i < draft->blocks.count && i < 3; i++)
        if (draft->blocks.items[i].kind == QDX_BLOCK_HEADING) {
            chosen = i;
            break;
        }
    qdx_span span = draft->blocks.items[chosen].span;
    if (span.end - span.start <= TITLE_MAX)
        qdx_metadata_set(draft, &draft->title, draft->text.bytes + span.start,
                         span.end - span.start);
}

static qdx_status office_next(qdx_source *source, const office_kind *kind, qdx_draft *draft,
                              qdx_error *error)
{
    archive a;
    qdx_markup meta = {0};
    qdx_buffer scratch = {0};
    if (source->at > 0)
        return QDX_END;
    source->at = 1;
    qdx_status status = open_archive(&a, source, error);
    if (status == QDX_OK)
        status = parse_file(&a, kind->text_file, &source->markup, &source->limits, false, error);
    if (status == QDX_END)
        status = qdx_error_set(error, QDX_ERR_FORMAT, "no text: not what its name says");
    /* What the second file tells is good to have, and no reason to lose the text. */
    qdx_status told = status == QDX_OK
                          ? parse_file(&a, kind->meta_file, &meta, &source->limits, false, NULL)
                          : status;
    if (told == QDX_OK)
        take_meta(&meta, draft, &scratch);
    else if (told == QDX_ERR_MEMORY && status == QDX_OK)
        status = qdx_error_memory(error);
    if (status == QDX_OK) {
        add_paragraphs(kind, &source->markup, draft);
        title_by_text(draft);
        status = scratch.failed ? qdx_error_memory(error) : qdx_draft_status(draft, error);
    }
    qdx_markup_release(&meta);
    qdx_buffer_release(&scratch);
    return status;
}

static qdx_status docx_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    return office_next(source, &docx, draft, error);
}

static qdx_status odt_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    return office_next(source, &odt, draft, error);
}

const qdx_format qdx_format_docx = {.name = "Word", .next = docx_next, .raw = true};
const qdx_format qdx_format_odt = {.name = "OpenDocument", .next = odt_next, .raw = true};

/* -- E-books -- */

/* The value of an attribute of the tag at `tag`, up to its `>`; false when it has none. */
static bool tag_attribute(const char *tag, const char *name, qdx_buffer *out)
{
    const char *end = tag + strcspn(tag, ">");
    size_t size = strlen(name);
    qdx_buffer_clear(out);
    for (const char *p = tag; (p = memmem(p, (size_t)(end - p), name, size)); p += size) {
        const char *value = p + size;
        if ((p[-1] != ' ' && p[-1] != '\n' && p[-1] != '\t' && p[-1] != '\r') || *value != '=' ||
            (value[1] != '"' && value[1] != '\''))
            continue;
        const char *stop = memchr(value + 2, value[1], (size_t)(end - value - 1));
        if (!stop)
            return false;
        qdx_buffer_append(out, value + 2, (size_t)(stop - value - 2));
        return out->size > 0 && !out->failed;
    }
    return false;
}

/* The name of a file that stands beside another. */
static void resolve(const char *base, const char *name, qdx_buffer *out)
{
    const char *slash = strrchr(base, '/');
    qdx_buffer_clear(out);
    if (slash)
        qdx_buffer_append(out, base, (size_t)(slash + 1 - base));
    qdx_buffer_text(out, name);
}

/*
 * Lists the chapters in their order: the package file's spine names items, its manifest their
 * files. They go to source->names, each terminated. Quadratic in neither: the manifest is looked
 * through for each of a bounded number of chapters.
 */
static qdx_status list_chapters(qdx_source *source, archive *a, qdx_buffer *package,
                                qdx_error *error)
{
    enum { CHAPTERS_MAX = 2000 };
    qdx_buffer file = {0}, container = {0}, id = {0}, other = {0}, name = {0};
    qdx_status status = read_file(a, "META-INF/container.xml", &container, error);
    const char *root = status == QDX_OK ? strstr(container.bytes, "<rootfile ") : NULL;
    if (status == QDX_OK && (!root || !tag_attribute(root, "full-path", &file)))
        status = QDX_END;
    if (status == QDX_OK)
        status = read_file(a, file.bytes, package, error);
    const char *ref = status == QDX_OK ? package->bytes : NULL;
    for (int n = 0; ref && n < CHAPTERS_MAX && (ref = strstr(ref, "<itemref ")); n++, ref++) {
        if (!tag_attribute(ref, "idref", &id))
            continue;
        for (const char *item = package->bytes; (item = strstr(item, "<item ")); item++)
            if (tag_attribute(item, "id", &other) && strcmp(other.bytes, id.bytes) == 0 &&
                tag_attribute(item, "href", &other)) {
                resolve(file.bytes, other.bytes, &name);
                qdx_buffer_append(&source->names, name.bytes, name.size + 1);
                break;
            }
    }
    bool failed = file.failed || id.failed || other.failed || name.failed;
    qdx_buffer_release(&file);
    qdx_buffer_release(&container);
    qdx_buffer_release(&id);
    qdx_buffer_release(&other);
    qdx_buffer_release(&name);
    if (status == QDX_END)
        status = qdx_error_set(error, QDX_ERR_FORMAT, "no text: not what its name says");
    return status == QDX_OK && failed ? qdx_error_memory(error) : status;
}

static qdx_status epub_open(qdx_source *source, qdx_error *error)
{
    archive a;
    qdx_buffer package = {0};
    source->many = true;
    qdx_status status = open_archive(&a, source, error);
    if (status == QDX_OK)
        status = list_chapters(source, &a, &package, error);
    qdx_buffer_release(&package);
    return status == QDX_OK ? qdx_buffer_status(&source->names, error) : status;
}

static qdx_status epub_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    archive a;
    if (source->at >= source->names.size)
        return QDX_END;
    const char *name = source->names.bytes + source->at;
    source->at += (uint32_t)strlen(name) + 1;
    qdx_status status = open_archive(&a, source, error);
    if (status == QDX_OK)
        status = parse_file(&a, name, &source->markup, &source->limits, true, error);
    if (status == QDX_END)
        return QDX_OK; /* a chapter that is not there */
    if (status == QDX_OK)
        status = qdx_metadata_read(&source->markup, draft, error);
    if (status == QDX_OK)
        status = qdx_article_add_subtree(&source->markup, 0, draft, error);
    return status == QDX_OK ? qdx_draft_status(draft, error) : status;
}

const qdx_format qdx_format_epub = {
    .name = "e-book", .open = epub_open, .next = epub_next, .raw = true};
