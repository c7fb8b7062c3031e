/*
 * The option table: what the command line may say. The parser (option_parse.c), help, man pages and
 * completions are all made from it.
 */
#include "cli/option_table.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define AT(field) offsetof(options, field)

static const option table[] = {
    {0, "by", "NAME", TYPE_TEXT, AT(by), CMD_QUOTES | CMD_TIMELINE, NULL,
     "whose words: a name in any spelling, a surname, or an office"},
    {0, "names-from", "FILE", TYPE_TEXT, AT(names_from), CMD_QUOTES, NULL,
     "ask for each name in FILE: one a line, or a CSV with a column name"},
    {0, "about", "NAME", TYPE_TEXT, AT(about), CMD_FILTERS, NULL,
     "quotations that mention this person, organization or place"},
    {0, "text", "WORDS", TYPE_TEXT, AT(text), CMD_FILTERS, NULL,
     "quotations with all these words; \"in double quotes\" in sequence, -word: without it"},
    {0, "since", "DATE", TYPE_DATE, AT(since), CMD_DATED, NULL,
     "articles from this day on: 2014, 2014-03 or 2014-03-11"},
    {0, "until", "DATE", TYPE_DATE, AT(until), CMD_DATED, NULL,
     "articles up to this day, included"},
    {0, "kind", "KINDS", TYPE_SET, AT(kinds), CMD_FILTERS, "direct|mixed|indirect",
     "direct, mixed, indirect, between commas (default direct,mixed)"},
    {0, "source", "WORDS", TYPE_TEXT, AT(source), CMD_DATED, NULL,
     "articles with this in their path, address or outlet"},
    {0, "min-confidence", "X", TYPE_PART, AT(min_confidence), CMD_FILTERS, NULL,
     "leave out speakers less sure than X, 0 to 1"},
    {0, "unique", NULL, TYPE_FLAG, AT(unique), CMD_FILTERS, NULL,
     "the same words by the same speaker once, parts of them too, with their number"},
    {0, "per", "PERIOD", TYPE_CHOICE, AT(period), CMD_TIMELINE, "month|day|year",
     "day, month (default) or year"},
    {0, "sort", "KEY", TYPE_CHOICE, AT(sort), CMD_QUOTES, "date|speaker|path|confidence",
     "date (default), speaker, path or confidence"},
    {0, "sort", "KEY", TYPE_CHOICE, AT(entity_sort), CMD_ENTITIES, "mentions|quotes|articles|id",
     "mentions (default), quotes or articles, most first; or id"},
    {0, "limit", "N", TYPE_COUNT, AT(limit), CMD_QUOTES | CMD_ENTITIES | CMD_MENTIONS | CMD_REVIEW,
     NULL, "at most N rows"},
    {0, "decisions", "FILE", TYPE_TEXT, AT(decisions),
     CMD_FILTERS | CMD_ENTITIES | CMD_MENTIONS | CMD_CHECK | CMD_REVIEW, NULL,
     "decisions of another index (default: INDEX.decisions, where there is one)"},
    {0, "type", "TYPE", TYPE_CHOICE, AT(entity_type), CMD_ENTITIES | CMD_GAZETTEER,
     "all|person|organization|place", "person, organization or place"},
    {0, "from", "FORMAT", TYPE_TEXT, AT(from), CMD_GAZETTEER, NULL,
     "import: the list's format (default: what it looks like)"},
    {0, "match", "NAME", TYPE_TEXT, AT(match), CMD_ENTITIES, NULL,
     "only entities this name may mean, in any spelling"},
    {'o', "output", "INDEX", TYPE_TEXT, AT(output), CMD_BUILD, NULL,
     "the index file to write (default quotedex.qdx)"},
    {'o', "output", "FILE", TYPE_TEXT, AT(output), CMD_APPLY, NULL,
     "the file of decisions to write (default INDEX.decisions)"},
    {'o', "output", "INDEX", TYPE_TEXT, AT(output), CMD_MERGE, NULL, "the index file to write"},
    {0, "memory", "SIZE", TYPE_SIZE, AT(memory), CMD_READS, NULL,
     "memory to work in: what was read is set aside beside the index, an article that needs more "
     "than its part is skipped (default 1G)"},
    {'o', "output", "OUT", TYPE_TEXT, AT(output), CMD_EXPORT, NULL,
     "the file to write, or for csv, excel and tsv the folder"},
    {'o', "output", "FILE", TYPE_TEXT, AT(output), CMD_ROWS | CMD_ANNOTATE | CMD_GAZETTEER, NULL,
     "write there instead of standard output"},
    {'f', "format", "FORMAT", TYPE_FORMAT, AT(format), CMD_ROWS, NULL,
     "table (default on a terminal), csv (default elsewhere), excel, tsv, jsonl, xlsx, html, "
     "sqlite, bibtex, csl"},
    {'f', "format", "FORMAT", TYPE_FORMAT, AT(format), CMD_EXPORT, NULL,
     "sqlite, jsonl, csv, excel, tsv, xlsx or html"},
    {0, "table", "TABLE", TYPE_TEXT, AT(table), CMD_EXPORT, NULL,
     "only quotes, entities, documents, aliases, offices or mentions"},
    {'f', "format", "FORMAT", TYPE_CHOICE, AT(annotate_format), CMD_ANNOTATE, "jsonl|annotated",
     "jsonl (default), or annotated: the text with marks for people"},
    {0, "no-guard", NULL, TYPE_FLAG, AT(no_guard), CMD_ROWS | CMD_EXPORT, NULL,
     "no ' before cells that a spreadsheet would run as a formula"},
    {0, "no-context", NULL, TYPE_FLAG, AT(no_context), CMD_QUOTES | CMD_MENTIONS, NULL,
     "leave out what stands around the words, for which articles are read again"},
    {0, "fragments", NULL, TYPE_FLAG, AT(fragments),
     CMD_QUOTES | CMD_MENTIONS | CMD_EXPORT | CMD_CHECK, NULL,
     "addresses lead to the words in the article (#:~:text=)"},
    {'g', "gazetteer", "PATH", TYPE_LIST, 0, CMD_READS | CMD_GAZETTEER | CMD_EXPLAIN, NULL,
     "add a name list, or a folder of them; repeatable"},
    {0, "no-default-gazetteer", NULL, TYPE_FLAG, AT(no_default_gazetteer),
     CMD_READS | CMD_GAZETTEER | CMD_EXPLAIN, NULL,
     "without the names that come with the program; its word lists stay"},
    {0, "files-from", "FILE", TYPE_TEXT, AT(files_from), CMD_READS, NULL,
     "read paths from FILE, one a line; - is standard input"},
    {'0', "null", NULL, TYPE_FLAG, AT(null), CMD_READS, NULL,
     "paths of --files-from end with a zero byte, as find -print0 writes"},
    {'j', "jobs", "N", TYPE_COUNT, AT(jobs), CMD_READS, NULL, "threads (default: all cores)"},
    {0, "progress", "WHEN", TYPE_CHOICE, AT(progress), CMD_READS, "auto|never|json",
     "auto (default: on a terminal), never, or json lines"},
    {0, "port", "N", TYPE_COUNT, AT(port), CMD_SERVE, NULL,
     "the port of this machine to answer on (default 8750)"},
    {0, "map", "FIELD=NAME,...", TYPE_MAP, AT(map),
     CMD_READS | CMD_QUOTES | CMD_MENTIONS | CMD_EXPLAIN | CMD_CHECK | CMD_SERVE, NULL,
     "fields of JSON records: title, text, date, author, outlet, url, language"},
    {0, "max-size", "SIZE", TYPE_SIZE, AT(max_size), CMD_READS, NULL,
     "skip articles larger than SIZE (default 64M)"},
    {0, "max-expanded", "SIZE", TYPE_SIZE, AT(max_expanded), CMD_READS, NULL,
     "skip what expands to more than SIZE for one article (default 256M)"},
    {0, "max-ratio", "N", TYPE_COUNT, AT(max_ratio), CMD_READS, NULL,
     "skip what expands more than N times (default 200)"},
    {0, "max-depth", "N", TYPE_COUNT, AT(max_depth), CMD_READS, NULL,
     "nested elements or JSON values (default 256)"},
    {0, "max-tag", "SIZE", TYPE_SIZE, AT(max_tag), CMD_READS, NULL,
     "skip pages with a tag larger than SIZE (default 64K)"},
    {0, "max-words", "N", TYPE_SIZE, AT(max_words), CMD_READS, NULL,
     "skip articles of more words (default 16M)"},
    {0, "max-seconds", "N", TYPE_COUNT, AT(max_seconds), CMD_READS, NULL,
     "skip articles that take longer to read (default 10)"},
    {0, "skipped", NULL, TYPE_FLAG, AT(skipped), CMD_INFO, NULL,
     "list what could not be read, with the reasons, and count these"},
    {0, "inputs", NULL, TYPE_FLAG, AT(inputs), CMD_INFO, NULL,
     "count formats, encodings, repairs, copies and reasons of skipping"},
    {0, "man", NULL, TYPE_FLAG, AT(man), CMD_HELP, NULL, "the manual page, for man -l -"},
    {0, "completion", "SHELL", TYPE_CHOICE, AT(completion), CMD_HELP, "|bash|zsh|fish",
     "the completions for a shell"},
    {0, "color", "WHEN", TYPE_CHOICE, AT(color), CMD_ALL, "auto|always|never",
     "auto (default), always or never"},
    {'q', "quiet", NULL, TYPE_FLAG, AT(quiet), CMD_ALL, NULL, "errors only, no notes and counts"},
    {'v', "verbose", NULL, TYPE_FLAG, AT(verbose), CMD_ALL, NULL, "say more"},
    {'h', "help", NULL, TYPE_FLAG, AT(help), CMD_ALL, NULL, "this text"},
};

const option *option_at(size_t i)
{
    return i < sizeof table / sizeof table[0] ? &table[i] : NULL;
}

const char *option_taking_name(unsigned command)
{
    const option *o;
    for (size_t i = 0; (o = option_at(i)); i++)
        if ((o->commands & command) && o->value && strcmp(o->value, "NAME") == 0)
            return o->name;
    return NULL;
}

enum { HELP_COLUMN = 33, HELP_WIDTH = 100 };

/* The text from HELP_COLUMN on, broken at blanks; what goes on stands below its beginning. */
static void print_wrapped(const char *text)
{
    size_t room = HELP_WIDTH - HELP_COLUMN;
    while (strlen(text) > room) {
        size_t size = room;
        while (size && text[size] != ' ')
            size--;
        if (!size)
            break; /* one long word */
        printf("%.*s\n%*s", (int)size, text, HELP_COLUMN, "");
        text += size + 1;
    }
    puts(text);
}

void options_print(unsigned command)
{
    const option *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        char left[48];
        if (!(o->commands & command))
            continue;
        snprintf(left, sizeof left, "--%s%s%s", o->name, o->value ? " " : "",
                 o->value ? o->value : "");
        printf("  %c%c%c %-26s ", o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
               o->letter ? ',' : ' ', left);
        print_wrapped(o->help);
    }
}
