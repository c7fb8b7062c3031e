/* quotedex help and version. Help starts with examples, as readers do. */
#include <string.h>

#include "cli/completion.h"
#include "cli/manual.h"
#include "cli/message.h"

static void print_overview(void)
{
    fputs("Who is named and who said what in a folder of news articles.\n\n"
          "  quotedex build -o news.qdx articles/\n"
          "  quotedex quotes news.qdx --by 'Sergei Tavrashin' -f csv > quotes.csv\n\n"
          "Commands:\n",
          stdout);
    for (const command *c = commands; c->name; c++)
        printf("  %-10s %s\n", c->name, c->summary);
    fputs("\nquotedex COMMAND --help tells more of each.\n"
          "\nExit status: 0 done, 1 nothing matched, 2 wrong usage, 3 index or gazetteer damaged,\n"
          "4 done but some inputs could not be read, 5 input/output error, 130 interrupted.\n",
          stdout);
}

void print_help(const command *about)
{
    if (!about) {
        print_overview();
        return;
    }
    printf("%s\nquotedex %s [options] %s: %s\n", about->examples, about->name, about->arguments,
           about->summary);
    if (*about->more)
        printf("\n%s", about->more);
    fputs("\nOptions:\n", stdout);
    options_print(about->bit);
}

int run_help(const cli *c)
{
    const char *name = c->options.argument_count ? c->options.arguments[0] : NULL;
    const command *about = name ? command_find(name) : NULL;
    if (name && !about)
        return unknown_command(c, name);
    if (c->options.completion)
        print_completion(c->options.completion);
    else if (c->options.man)
        print_manual(about);
    else
        print_help(about);
    return EXIT_DONE;
}

int run_version(const cli *c)
{
    (void)c;
    printf("quotedex %s\n", qdx_version());
    return EXIT_DONE;
}
