/*
 * Reports of dialogues: interviews and transcripts whose paragraphs begin with the speaker and a
 * colon and have no marks. One such paragraph alone may be a label before narration, so that only
 * its sentence is taken; beside another one it is all said.
 */
#include "quote/report_finder.h"

enum { NEIGHBOURS = 2 }; /* paragraphs away that another speaker's may be */

/* Does a paragraph begin with a few words, the first of them capitalized, and a colon? */
static bool is_labelled(const qdx_narration *n, qdx_token_range block)
{
    enum { LABEL_WORDS = 6 };
    if (block.first >= block.end || !(at(n, block.first)->flags & QDX_TOKEN_CAPITAL))
        return false;
    for (uint32_t i = block.first + 1; i < block.end && i - block.first <= LABEL_WORDS; i++)
        if (n->quoted[i] || at(n, i)->kind == QDX_TOKEN_MARK)
            return is_mark(n, i, QDX_MARK_COLON) && !n->quoted[i] && i + 1 < block.end;
    return false;
}

/* The number of the paragraph that begins at token `first`, or SIZE_MAX. */
static size_t block_at(const qdx_text *text, uint32_t first)
{
    size_t low = 0, high = text->blocks.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (text->blocks.items[middle].first < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low < text->blocks.count && text->blocks.items[low].first == first ? low : SIZE_MAX;
}

/* Where the answer ends that begins with the finder's sentence: with its paragraph, or before the
 * first sentence that has words in marks; at the sentence's own end where no dialogue is. */
static uint32_t answer_end(const finder *f, uint32_t end)
{
    const qdx_narration *n = f->n;
    const qdx_text *text = n->tagging->text;
    size_t block = block_at(text, f->sentence.first);
    if (block == SIZE_MAX)
        return end;
    const qdx_token_range *blocks = text->blocks.items;
    bool dialogue = false;
    for (size_t k = 1; k <= NEIGHBOURS && !dialogue; k++)
        dialogue = (block >= k && is_labelled(n, blocks[block - k])) ||
                   (block + k < text->blocks.count && is_labelled(n, blocks[block + k]));
    if (!dialogue)
        return end;
    uint32_t last = end;
    for (uint32_t i = f->sentence.first; i < blocks[block].end && !n->quoted[i]; i++)
        if (i + 1 == blocks[block].end || (at(n, i + 1)->flags & QDX_TOKEN_SENTENCE))
            last = i + 1;
    while (last > end && at(n, last - 1)->kind == QDX_TOKEN_MARK &&
           !is_mark(n, last - 1, QDX_MARK_CLOSE))
        last--;
    return last > end ? last : end;
}

/* No speaker before a colon: the place of a dateline, a heading nobody lists ("Q&A: …"). */
static bool is_heading(const qdx_narration *n, const qdx_noun_phrase *np)
{
    const qdx_figure *figure = &n->tagging->figures.items[n->tagging->tags.items[np->tag].figure];
    return figure->entity.type == QDX_ENTITY_PLACE ||
           (figure->entity.type == QDX_ENTITY_ORGANIZATION && figure->listed == QDX_NONE);
}

void qdx_report_read_colon(finder *f, uint32_t colon)
{
    const qdx_narration *n = f->n;
    qdx_noun_phrase np = qdx_noun_phrase_after(n, f->sentence.first, colon);
    if (np.kind != QDX_NP_NAME || np.end != colon || colon + 1 >= f->sentence.end ||
        is_heading(n, &np))
        return;
    qdx_report report = {.form = QDX_REPORT_COLON, .cue = {colon, colon + 1}, .subject = np};
    uint32_t end = qdx_clause_end(n, f->sentence, colon + 1, false);
    if (tag_type(n, np.tag) == QDX_ENTITY_PERSON)
        end = answer_end(f, end);
    report.content = (qdx_token_range){colon + 1, end};
    qdx_report_add(f, &report);
}
