/*
 * Stretches of small texts, a block a line, written back: each stretch between | |, inner ones
 * after a > for each level, then + continues, ~ unclosed, = block quotation.
 */
#include "quote/quote_mark.h"
#include "check.h"

enum { MAX_BLOCKS = 16, RENDERED = 1024 };

static size_t split(const char *bytes, qdx_block *blocks, qdx_block_kind kind)
{
    size_t count = 0;
    for (const char *line = bytes; *line && count < MAX_BLOCKS; line += *line == '\n') {
        const char *end = line + strcspn(line, "\n");
        blocks[count].span = (qdx_span){(uint32_t)(line - bytes), (uint32_t)(end - bytes)};
        blocks[count++].kind = kind;
        line = end;
    }
    return count;
}

static void check_order(const qdx_text *text, const qdx_stretch_list *list, int line)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const qdx_stretch *s = &list->items[i];
        qdx_token_range block = text->blocks.items[s->block];
        check_that(s->first < s->end && s->first >= block.first && s->end <= block.end, __FILE__,
                   line, "within the block");
        check_that(i == 0 || list->items[i - 1].first <= s->first, __FILE__, line, "order");
        if (s->outer == UINT32_MAX)
            continue;
        const qdx_stretch *outer = &list->items[s->outer];
        check_that(s->outer < i && outer->first <= s->first && outer->end >= s->end, __FILE__, line,
                   "inside the outer one");
    }
}

static void render(const char *bytes, const qdx_stretch_list *list, char *out)
{
    size_t size = 0;
    out[0] = '\0';
    for (size_t i = 0; i < list->count && size < RENDERED - 1; i++) {
        const qdx_stretch *s = &list->items[i];
        char levels[QDX_STRETCH_DEPTH + 1] = "";
        size_t level = 0;
        for (uint32_t o = s->outer; o != UINT32_MAX && level < QDX_STRETCH_DEPTH;
             o = list->items[o].outer)
            levels[level++] = '>';
        levels[level] = '\0';
        int n = snprintf(out + size, RENDERED - size, "%s%s%.*s%s%s%s|", i ? "" : "|", levels,
                         (int)(s->span.end - s->span.start), bytes + s->span.start,
                         s->continues ? "+" : "", s->unclosed ? "~" : "",
                         s->block_quotation ? "=" : "");
        size += (size_t)n;
    }
}

static void check_stretches(const char *bytes, const char *wanted, qdx_block_kind kind, int line)
{
    qdx_block blocks[MAX_BLOCKS];
    qdx_document document = {.text = bytes, .text_size = (uint32_t)strlen(bytes), .blocks = blocks};
    document.block_count = split(bytes, blocks, kind);
    qdx_text text = {0};
    qdx_stretch_list list = {0};
    char out[RENDERED];
    CHECK(qdx_text_tokenize(&text, &document, NULL) == QDX_OK);
    CHECK(qdx_stretches_find(&text, &document, &list, NULL) == QDX_OK);
    check_order(&text, &list, line);
    render(bytes, &list, out);
    check_texts(out, wanted, __FILE__, line, bytes);
    qdx_vector_release(&list);
    qdx_text_release(&text);
}

#define STRETCHES(bytes, wanted) check_stretches((bytes), (wanted), QDX_BLOCK_PARAGRAPH, __LINE__)

static void test_styles(void)
{
    STRETCHES("", "");
    STRETCHES("Nothing in marks.", "");
    STRETCHES("“We stay,” she said, “and work.”", "|We stay,|and work.|");
    STRETCHES("\"We stay,\" she said, \"and work.\"", "|We stay,|and work.|");
    STRETCHES("``We stay,'' she said. ''We work.''", "|We stay,|We work.|");
    STRETCHES("‘We stay,’ she said, ‘and work.’", "|We stay,|and work.|");
    STRETCHES("'We stay,' she said, 'and work.'", "|We stay,|and work.|");
    STRETCHES("`We stay,' she said.", "|We stay,|");
    STRETCHES("‘‘We stay,’’ she said.", "|We stay,|");
    STRETCHES("„We stay“, she said. „We work.”", "|We stay|We work.|");
    STRETCHES("‚We stay‘, she said.", "|We stay|");
    STRETCHES("« We stay », she said. «We work.»", "|We stay|We work.|");
    STRETCHES("»We stay«, she said. »We work.«", "|We stay|We work.|");
    STRETCHES("‹We stay›, she said.", "|We stay|");
    STRETCHES("她说「我们留下」。他说『好』。", "|我们留下|好|");
    STRETCHES("she said:\"We stay.\"\"Good.\"", "|We stay.|Good.|");
    STRETCHES("the (\"old\") house—\"new\"—is pro-\"life\".", "|old|new|life|");
}

static void test_wrong_marks(void)
{
    STRETCHES("”We stay,” she said.", "|We stay,|");
    STRETCHES("“We stay,“ she said. “We work.“", "|We stay,|We work.|");
    STRETCHES("“We stay,\" she said. \"We work.”", "|We stay,|We work.|");
    STRETCHES("„We stay\", she said.", "|We stay|");
    STRETCHES("\"We stay,'' she said.", "|We stay,|");
    STRETCHES("«We stay,\" she said.", "|We stay,|");
    STRETCHES("'We stay,'' she said. 'We work,'' he said.", "|We stay,|We work,|");
    STRETCHES("“We stay. “We work,” she said.", "|We stay.|We work,|");
    STRETCHES("\"We stay, she said. \"We work,\" he said.", "|We stay, she said.|We work,|");
    STRETCHES("\"We stay, \"she said, \"and work.\"", "|We stay,|and work.|");
    STRETCHES("she said\" We stay,\" and left", "|We stay,|");
    STRETCHES("We stay,” she said.", "");
    STRETCHES("\"\" and “” hold nothing, “this” does.", "|this|");
}

static void test_nesting(void)
{
    STRETCHES("“He said ‘no’ twice,” she said.", "|He said ‘no’ twice,|>no|");
    STRETCHES("‘He said “no” twice,’ she said.", "|He said “no” twice,|>no|");
    STRETCHES("\"He said 'no.'\" She left.", "|He said 'no.'|>no.|");
    STRETCHES("“‘No,’ he told me,” she said.", "|‘No,’ he told me,|>No,|");
    STRETCHES("“He said \"no\" twice,” she said.", "|He said \"no\" twice,|>no|");
    STRETCHES("\"He said \"no\" twice,\" she said.", "|He said \"no\" twice,|>no|");
    STRETCHES("'He said 'no.'' She left. 'Good,' he said.", "|He said 'no.|>no.|Good,|");
    STRETCHES("«He said “no” twice», she said.", "|He said “no” twice|>no|");
    STRETCHES("‘I read “My ‘Big’ Day” there,’ he said.",
              "|I read “My ‘Big’ Day” there,|>My ‘Big’ Day|>>Big|");
}

static void test_apostrophes(void)
{
    STRETCHES("'Tis the players' lounge, rock 'n' roll of the '90s, O'Brien's.", "");
    STRETCHES("“’Tis the players’ lounge, rock ’n’ roll of the ’90s,” he said.",
              "|’Tis the players’ lounge, rock ’n’ roll of the ’90s,|");
    STRETCHES("‘The players’ lounge isn’t cold,’ he said.", "|The players’ lounge isn’t cold,|");
    STRETCHES("'The players' lounge isn't cold,' he said.", "|The players' lounge isn't cold,|");
    STRETCHES("The ‘players’ of the ‘game’ left.", "|players|game|");
    STRETCHES("'It was rock 'n' roll for 'em,' he said.", "|It was rock 'n' roll for 'em,|");
    STRETCHES("'Tis cold,' he said. 'We leave.'", "|Tis cold,|We leave.|");
    STRETCHES("\"We leave,\" he said, goin' home with 'em to the boys' club.", "|We leave,|");
}

static void test_no_marks(void)
{
    STRETCHES("He is 5' 10\" tall and has a 6\" nail.", "");
    STRETCHES("\"He is 5'10\" tall,\" she said.", "|He is 5'10\" tall,|");
    STRETCHES("\"It is 6\" long,\" she said.", "|It is 6\" long,|");
    STRETCHES("It was \"in 1996\" that \"it ended\".", "|in 1996|it ended|");
    STRETCHES("See http://example.org/'a'/b'c and 'this'.", "|this|");
    STRETCHES("A <a href=\"x y\">link</a> to \"this\".", "|this|");
}

static void test_blocks(void)
{
    STRETCHES("She said: “We stay.\n“We work.\n“We leave.”\n“No,” he said.",
              "|We stay.~|We work.+~|We leave.+|No,|");
    STRETCHES("She said: 'We stay.\n'We work,' she said.\n'No,' he said.",
              "|We stay.~|We work,+|No,|");
    STRETCHES("“We ‘stay.\nNext.\n“We work.”", "|We ‘stay.~|We work.|");
    STRETCHES("“We stay.\n\n“We work.”", "|We stay.~|We work.+|");
    check_stretches("We stay here.", "|We stay here.=|", QDX_BLOCK_QUOTATION, __LINE__);
    check_stretches("“We stay.”", "|We stay.|", QDX_BLOCK_QUOTATION, __LINE__);
}

/* More marks than the stack holds: the innermost are plain text, and all stays in order. */
static void test_depth(void)
{
    enum { LEVELS = 300 };
    static char bytes[LEVELS * 16 + 1];
    size_t size = 0;
    for (int i = 0; i < LEVELS; i++)
        size += (size_t)snprintf(bytes + size, sizeof bytes - size, "%s", i % 2 ? " ‘a" : " “a");
    for (int i = LEVELS; i-- > 0;)
        size += (size_t)snprintf(bytes + size, sizeof bytes - size, "%s", i % 2 ? ".’ " : ".” ");
    qdx_block block = {.span = {0, (uint32_t)size}};
    qdx_document document = {
        .text = bytes, .text_size = (uint32_t)size, .blocks = &block, .block_count = 1};
    qdx_text text = {0};
    qdx_stretch_list list = {0};
    CHECK(qdx_text_tokenize(&text, &document, NULL) == QDX_OK);
    CHECK(qdx_stretches_find(&text, &document, &list, NULL) == QDX_OK);
    CHECK(list.count > 0);
    check_order(&text, &list, __LINE__);
    qdx_vector_release(&list);
    qdx_text_release(&text);
}

int main(void)
{
    test_styles();
    test_wrong_marks();
    test_nesting();
    test_apostrophes();
    test_no_marks();
    test_blocks();
    test_depth();
    return check_report();
}
