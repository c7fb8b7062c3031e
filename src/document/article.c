/*
 * Which blocks of the article's part of a page are the article. Each block is judged by itself, by
 * its length, its links and its phrases, and then by its neighbours: short lines belong to it
 * between paragraphs and not before the first or after the last (in the manner of jusText and of
 * Boilerpipe, whose shallow features these are).
 */
#include "document/article.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "document/aside.h"
#include "document/block_phrase.h"
#include "document/byline.h"
#include "document/choice.h"
#include "document/date.h"
#include "document/headline.h"
#include "document/metadata.h"
#include "document/plain.h"
#include "document/region.h"

enum {
    SHORT_BLOCK = 25,   /* bytes below which a line outside paragraphs needs a full stop */
    LINKED_BLOCK = 120, /* bytes from which a paragraph may be mostly links */
    REPEAT_MIN = 40,    /* bytes from which a block is not taken twice */
    CAPTION_BYTES = 200,
    TOLD_MIN = 200, /* bytes of text in a page's own data that are an article */
    BYLINE_BYTES = 200,
    BYLINE_BLOCKS = 15, /* blocks before the first paragraph where a byline is looked for */
    LAST_LINE = 15,     /* bytes of a last line that is a sentence */
    REST_SHARE = 35,    /* per cent of the prose that may follow a heading that ends the article */
};

/* -- A block by itself -- */

static bool is_mostly_links(const qdx_page_block *block, const char *text, uint32_t size,
                            bool prose)
{
    if (block->linked * 10 <= size * 8 &&
        (block->linked * 2 <= size || (prose && size >= LINKED_BLOCK)))
        return false;
    uint32_t letters = 0; /* links are counted without the blanks in them */
    for (uint32_t i = 0; i < size; i++)
        letters += (unsigned char)text[i] > ' ';
    return !qdx_phrase_ends_sentence(text, size) || block->linked * 10 > letters * 9 ||
           (block->in & QDX_IN_LIST);
}

/* A short line under a picture that ends in no stop, or in the picture's credit. */
static bool is_caption(const qdx_page_block *block, const char *text, uint32_t size,
                       qdx_block_kind kind)
{
    return kind == QDX_BLOCK_PARAGRAPH && !(block->in & QDX_IN_LIST) && size < CAPTION_BYTES &&
           (!qdx_phrase_ends_sentence(text, size) || qdx_phrase_ends_credit(text, size));
}

/* May the block belong to the article at all? */
static bool is_possible(const qdx_choice *c, uint32_t i)
{
    const qdx_page_block *block = &c->page->blocks.items[i];
    const char *text = qdx_page_text(c->page, i);
    uint32_t size = qdx_page_size(c->page, i);
    qdx_block_kind kind = c->page->text.blocks.items[i].kind;
    bool prose = (block->in & QDX_IN_PARAGRAPH) || kind != QDX_BLOCK_PARAGRAPH;
    if (is_mostly_links(block, text, size, prose) || qdx_phrase_is_stock(text, size))
        return false;
    if ((block->in & QDX_AFTER_IMAGE) && is_caption(block, text, size, kind))
        return false;
    if (qdx_phrase_is_ornament(text, size) && !(block->in & QDX_IN_TABLE))
        return false;
    return prose || (block->in & (QDX_IN_LIST | QDX_IN_TABLE)) || size >= SHORT_BLOCK ||
           qdx_phrase_ends_sentence(text, size);
}

static void take_candidates(qdx_choice *c, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const qdx_page_block *block = &c->page->blocks.items[i];
        bool heading = c->page->text.blocks.items[i].kind == QDX_BLOCK_HEADING;
        if (!qdx_page_is_free(c->page, i) || !is_possible(c, i))
            continue;
        qdx_candidate one = {i, block->prose > 0 && !heading, true};
        if (!qdx_vector_push(&c->candidates, one))
            c->failed = true;
    }
}

/* -- Blocks among their neighbours -- */

/* Before the first paragraph: the headline, bylines, dates and stray lines are not the article. */
static void trim_head(qdx_choice *c)
{
    const char *title = c->draft->title ? c->draft->title : "";
    bool begun = false;
    for (size_t i = 0; i < c->candidates.count; i++) {
        qdx_candidate *one = &c->candidates.items[i];
        const char *text = qdx_choice_text(c, i);
        uint32_t size = qdx_choice_size(c, i);
        const qdx_page_block *block = qdx_choice_block(c, i);
        if ((!begun && (block->in & QDX_IS_TITLE)) || qdx_headline_is_said(text, size, title))
            one->kept = false;
        else if (!begun && (qdx_byline_is_line(text, size) || qdx_phrase_is_colophon(text, size)))
            one->kept = false;
        else if (!begun && !one->good && qdx_choice_kind(c, i) != QDX_BLOCK_HEADING &&
                 !qdx_phrase_ends_sentence(text, size))
            one->kept = false;
        begun = begun || (one->kept && one->good);
    }
}

static uint64_t good_bytes(const qdx_choice *c, size_t from, size_t to)
{
    uint64_t sum = 0;
    for (size_t i = from; i < to; i++)
        sum +=
            c->candidates.items[i].kept && c->candidates.items[i].good ? qdx_choice_size(c, i) : 0;
    return sum;
}

/* The element that the block's own element stands in. */
static uint32_t place_of(const qdx_choice *c, size_t i)
{
    return c->page->markup->nodes.items[qdx_choice_block(c, i)->holder].parent;
}

/* Where the text goes on in the element that it had reached at `last`; `count`: nowhere. */
static size_t return_from(const qdx_choice *c, size_t i, size_t last)
{
    if (place_of(c, i) == place_of(c, last))
        return c->candidates.count;
    while (i < c->candidates.count &&
           !(c->candidates.items[i].kept && c->candidates.items[i].good &&
             place_of(c, i) == place_of(c, last)))
        i++;
    return i;
}

/*
 * After a heading such as "Related stories", unless most of the text still follows; where the text
 * goes on behind an inset with such a heading, the inset alone is cut.
 */
static void cut_at_end_heading(qdx_choice *c)
{
    uint64_t total = good_bytes(c, 0, c->candidates.count);
    uint64_t before = 0;
    size_t last = 0;
    for (size_t i = 0; i < c->candidates.count; i++) {
        const qdx_candidate *one = &c->candidates.items[i];
        if (one->kept && !one->good && before * 100 >= total * (100 - REST_SHARE) &&
            qdx_phrase_ends_article(qdx_choice_text(c, i), qdx_choice_size(c, i))) {
            size_t end = return_from(c, i, last);
            while (i < end)
                c->candidates.items[i++].kept = false;
            i--;
        } else if (one->kept && one->good) {
            before += qdx_choice_size(c, i);
            last = i;
        }
    }
}

/* A last line may be short where it stands like the paragraphs before it. */
static bool is_last_line(const qdx_choice *c, size_t i)
{
    if (qdx_choice_block(c, i)->linked || qdx_choice_size(c, i) < LAST_LINE ||
        !qdx_phrase_ends_sentence(qdx_choice_text(c, i), qdx_choice_size(c, i)))
        return false;
    size_t before = i;
    while (before-- > 0)
        if (c->candidates.items[before].kept && c->candidates.items[before].good)
            return place_of(c, i) == place_of(c, before);
    return false;
}

/* A list whose items end in no stop, after the last paragraph, is of links or labels. */
static bool may_end(const qdx_choice *c, size_t i)
{
    const qdx_page_block *block = qdx_choice_block(c, i);
    if (qdx_phrase_is_colophon(qdx_choice_text(c, i), qdx_choice_size(c, i)))
        return false;
    if (c->candidates.items[i].good)
        return true;
    if (qdx_choice_kind(c, i) == QDX_BLOCK_HEADING)
        return false;
    if (qdx_byline_is_line(qdx_choice_text(c, i), qdx_choice_size(c, i)))
        return false;
    if (is_last_line(c, i))
        return true;
    return (block->in & (QDX_IN_PARAGRAPH | QDX_IN_TABLE | QDX_IN_LIST)) &&
           (block->linked == 0 ||
            qdx_phrase_ends_sentence(qdx_choice_text(c, i), qdx_choice_size(c, i)));
}

static void trim_tail(qdx_choice *c)
{
    bool any = good_bytes(c, 0, c->candidates.count) > 0;
    for (size_t i = c->candidates.count; any && i-- > 0;) {
        if (c->candidates.items[i].kept && may_end(c, i))
            return;
        c->candidates.items[i].kept = false;
    }
}

/* A heading that no text follows before the next of its rank introduced something left out. */
static void drop_empty_headings(qdx_choice *c)
{
    bool follows = false;
    for (size_t i = c->candidates.count; i-- > 0;) {
        qdx_candidate *one = &c->candidates.items[i];
        if (!one->kept)
            continue;
        if (qdx_choice_kind(c, i) != QDX_BLOCK_HEADING)
            follows = true;
        else if (!follows)
            one->kept = false;
    }
}

/* -- Nothing twice -- */

static int compare_prints(const void *a, const void *b)
{
    const uint64_t *x = a;
    const uint64_t *y = b;
    return x[0] != y[0] ? (x[0] < y[0] ? -1 : 1) : x[1] < y[1] ? -1 : x[1] > y[1];
}

static bool is_same(const qdx_choice *c, size_t a, size_t b)
{
    return qdx_choice_size(c, a) == qdx_choice_size(c, b) &&
           memcmp(qdx_choice_text(c, a), qdx_choice_text(c, b), qdx_choice_size(c, a)) == 0;
}

static void drop_repeats(qdx_choice *c)
{
    uint64_t(*prints)[2] = calloc(c->candidates.count + 1, sizeof *prints);
    if (!prints) {
        c->failed = true;
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < c->candidates.count; i++)
        if (c->candidates.items[i].kept && qdx_choice_size(c, i) >= REPEAT_MIN) {
            prints[count][0] = qdx_hash_bytes(qdx_choice_text(c, i), qdx_choice_size(c, i));
            prints[count++][1] = i;
        }
    qsort(prints, count, sizeof *prints, compare_prints);
    for (size_t k = 1; k < count; k++)
        if (prints[k][0] == prints[k - 1][0] && is_same(c, prints[k][1], prints[k - 1][1]))
            c->candidates.items[prints[k][1]].kept = false;
    free(prints);
}

/* -- Bylines -- */

/* What lines before the first paragraph tell, where the page's data told nothing. */
static void read_bylines(const qdx_choice *c)
{
    qdx_draft *draft = c->draft;
    size_t first = 0;
    while (first < c->candidates.count &&
           !(c->candidates.items[first].kept && c->candidates.items[first].good))
        first++;
    if (first == c->candidates.count)
        return;
    uint32_t end = c->candidates.items[first].block;
    for (uint32_t i = end > BYLINE_BLOCKS ? end - BYLINE_BLOCKS : 0; i < end; i++) {
        const char *text = qdx_page_text(c->page, i);
        uint32_t size = qdx_page_size(c->page, i);
        bool begins = size < BYLINE_BYTES && qdx_byline_begins(text, size);
        if (!begins && !qdx_byline_is_line(text, size))
            continue;
        if (begins)
            qdx_metadata_set_author(draft, text, size);
        if (draft->date.day == 0)
            qdx_date_find(text, size, &draft->date);
    }
}

/* -- The whole -- */

static bool says_title(const qdx_page *page, uint32_t i, const char *title)
{
    return title && qdx_headline_is_said(qdx_page_text(page, i), qdx_page_size(page, i), title);
}

/*
 * Where the headline stands: the heading that says the title, else the first <h1>, else a line that
 * says it and is no link.
 */
static void find_headline(qdx_page *page, const char *title)
{
    uint32_t first = 0, line = 0;
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        const qdx_page_block *block = &page->blocks.items[i];
        if (page->text.blocks.items[i].kind != QDX_BLOCK_HEADING) {
            if (line == 0 && !block->linked && !(block->in & QDX_IN_LIST) &&
                qdx_page_is_free(page, i) && says_title(page, i, title))
                line = i + 1;
            continue;
        }
        if (says_title(page, i, title)) {
            page->headline = i + 1;
            return;
        }
        if (first == 0 && (block->in & QDX_IS_TITLE))
            first = i + 1;
    }
    page->headline = first ? first : line;
}

static size_t write_kept(qdx_choice *c)
{
    size_t written = 0;
    for (size_t i = 0; i < c->candidates.count; i++) {
        if (!c->candidates.items[i].kept)
            continue;
        qdx_draft_block(c->draft, qdx_choice_text(c, i), qdx_choice_size(c, i),
                        qdx_choice_kind(c, i));
        written++;
    }
    return written;
}

/* Writes the article of a page that is read; *written: how many blocks. */
static qdx_status write_article(qdx_page *page, qdx_draft *draft, size_t *written, qdx_error *error)
{
    qdx_choice c = {.page = page, .draft = draft};
    qdx_region region = {0};
    qdx_asides_settle(page);
    find_headline(page, draft->title);
    qdx_status status = qdx_page_status(page, error);
    if (status == QDX_OK)
        status = qdx_region_find(page, &region, error);
    for (size_t i = 0; status == QDX_OK && i < region.parts.count; i++)
        take_candidates(&c, region.parts.items[i].first, region.parts.items[i].end);
    if (status == QDX_OK) {
        trim_head(&c);
        cut_at_end_heading(&c);
        drop_repeats(&c);
        qdx_pulled_drop(&c);
        trim_tail(&c);
        drop_empty_headings(&c);
        read_bylines(&c);
        *written = write_kept(&c);
        if (c.failed)
            status = qdx_error_memory(error);
    }
    qdx_region_release(&region);
    qdx_vector_release(&c.candidates);
    return status;
}

/* Writes all blocks that are free and possible; without `picky` simply all. */
static size_t write_all(qdx_page *page, qdx_draft *draft, bool picky)
{
    qdx_choice c = {.page = page, .draft = draft};
    size_t written = 0;
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        if (picky && (!qdx_page_is_free(page, i) || !is_possible(&c, i)))
            continue;
        qdx_draft_block(draft, qdx_page_text(page, i), qdx_page_size(page, i),
                        page->text.blocks.items[i].kind);
        written++;
    }
    return written;
}

/* The text of the page's own data, when the page shows less than half of it. */
static void prefer_told(qdx_draft *draft, size_t before)
{
    size_t shown = draft->text.size - before;
    if (draft->told_size < TOLD_MIN || shown * 2 >= draft->told_size || draft->failed)
        return;
    draft->blocks.count = 0;
    qdx_buffer_clear(&draft->text);
    qdx_plain_add(draft, draft->told, draft->told_size, QDX_BLOCK_PARAGRAPH);
}

qdx_status qdx_article_add(const qdx_markup *markup, qdx_draft *draft, qdx_error *error)
{
    qdx_status status = QDX_OK;
    size_t written = 0;
    size_t before = draft->text.size;
    for (int attempt = 0; attempt < 2 && status == QDX_OK && written == 0; attempt++) {
        qdx_page page;
        qdx_page_init(&page, markup, draft->arena);
        qdx_page_read(&page, 0, attempt == 0);
        status = qdx_page_status(&page, error);
        if (status == QDX_OK && attempt == 0)
            status = write_article(&page, draft, &written, error);
        else if (status == QDX_OK)
            written = write_all(&page, draft, false);
        qdx_page_release(&page);
    }
    if (status == QDX_OK && before == 0)
        prefer_told(draft, before);
    return status == QDX_OK ? qdx_draft_status(draft, error) : status;
}

qdx_status qdx_article_add_subtree(const qdx_markup *markup, uint32_t node, qdx_draft *draft,
                                   qdx_error *error)
{
    qdx_page page;
    qdx_page_init(&page, markup, draft->arena);
    qdx_page_read(&page, node, true);
    if (!page.failed)
        qdx_asides_settle(&page);
    if (write_all(&page, draft, true) == 0)
        write_all(&page, draft, false);
    qdx_status status = qdx_page_status(&page, error);
    qdx_page_release(&page);
    return status == QDX_OK ? qdx_draft_status(draft, error) : status;
}
