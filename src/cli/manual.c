/*
 * Manual pages in man(7) macros, one for the program and one for each command, examples first as
 * in help. No date stands in them: the same program prints the same bytes.
 */
#include "cli/manual.h"

#include <stdio.h>
#include <string.h>

#include "cli/option_table.h"
#include "cli/settings.h"

typedef struct entry {
    const char *term, *text;
} entry;

static const entry exits[] = {
    {"0", "done"},
    {"1", "nothing matched"},
    {"2", "wrong usage"},
    {"3", "an index or a name list is damaged, or of a format this version does not read"},
    {"4", "done, but some inputs could not be read; each is named on standard error"},
    {"5", "input or output failed; nothing half-written is left behind"},
    {"130", "interrupted; what was there before is as it was"},
};

static const entry variables[] = {
    {"QUOTEDEX_GAZETTEERS", "the folder of the name lists that come with the program, where they "
                            "are not where it was installed"},
    {"QUOTEDEX_CONFIG", "a file of settings instead of the usual one; empty: none"},
    {"QUOTEDEX_OPTION", "a setting, as QUOTEDEX_JOBS=2 or QUOTEDEX_COLOR=never; names as below, in "
                        "capitals, with _ for -"},
    {"NO_COLOR", "when not empty, nothing is coloured unless --color asks for it"},
};

/* --- roff --------------------------------------------------------------------------------- */

/* Running text; what roff would obey is escaped. `start`: a line begins here. */
static void print_text(const char *text, size_t size, bool start)
{
    for (size_t i = 0; i < size; i++) {
        if (start && (text[i] == '.' || text[i] == '\''))
            fputs("\\&", stdout);
        start = text[i] == '\n';
        if (text[i] == '\\')
            fputs("\\e", stdout);
        else if (text[i] == '-')
            fputs("\\-", stdout);
        else if (text[i] == '\'')
            fputs("\\(aq", stdout);
        else if (text[i] == '`')
            fputs("\\(ga", stdout);
        else if (text[i] == '^' || text[i] == '~')
            fputs(text[i] == '^' ? "\\(ha" : "\\(ti", stdout);
        else
            putchar(text[i]);
    }
}

static void print_line(const char *text)
{
    print_text(text, strlen(text), true);
    putchar('\n');
}

/* Lines as they stand, without their common indentation of two. */
static void print_verbatim(const char *lines)
{
    fputs(".nf\n", stdout);
    while (*lines) {
        size_t size = strcspn(lines, "\n"), indent = strspn(lines, " ");
        indent = indent < 2 ? indent : 2;
        print_text(lines + indent, size - indent, true);
        putchar('\n');
        lines += size + (lines[size] == '\n');
    }
    fputs(".fi\n", stdout);
}

static void print_entries(const char *heading, const entry *entries, size_t count)
{
    printf(".SH %s\n", heading);
    for (size_t i = 0; i < count; i++) {
        fputs(".TP\n.B ", stdout);
        print_line(entries[i].term);
        print_line(entries[i].text);
    }
}

static void print_title(const char *name, const char *summary)
{
    fputs(".TH QUOTEDEX", stdout);
    if (*name)
        putchar('-');
    for (const char *p = name; *p; p++)
        putchar(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
    printf(" 1 \"\" \"quotedex %s\" \"User Commands\"\n.SH NAME\nquotedex%s%s \\- ", qdx_version(),
           *name ? "\\-" : "", name);
    print_line(summary);
}

/* --- pages -------------------------------------------------------------------------------- */

static void print_options(unsigned bit)
{
    const option *o;
    fputs(".SH OPTIONS\n", stdout);
    for (size_t i = 0; (o = option_at(i)); i++) {
        if (!(o->commands & bit))
            continue;
        fputs(".TP\n", stdout);
        if (o->letter)
            printf("\\fB\\-%c\\fR, ", o->letter);
        fputs("\\fB\\-\\-", stdout);
        print_text(o->name, strlen(o->name), false);
        printf("\\fR%s%s%s\n", o->value ? " \\fI" : "", o->value ? o->value : "",
               o->value ? "\\fR" : "");
        print_line(o->help);
    }
}

static void print_settings(void)
{
    const char *name;
    fputs(".SH FILES\n.TP\n.I \\(ti/.config/quotedex/config\n"
          "Settings that hold for every run, a line each, as\n.B jobs = 2\nor\n"
          ".B gazetteer = \\(ti/names/people.tsv\n"
          "(or under $XDG_CONFIG_HOME). The environment overrules it, and the command line both.\n"
          "Lines that start with # are comments. What may be set:\n",
          stdout);
    for (size_t i = 0; (name = setting_at(i)); i++) {
        fputs(".B ", stdout);
        print_text(name, strlen(name), true);
        fputs(setting_at(i + 1) ? ",\n" : ".\n", stdout);
    }
}

static void print_see_also(const command *about)
{
    const char *separator = "";
    fputs(".SH SEE ALSO\n", stdout);
    if (about)
        separator = ".BR quotedex (1)";
    fputs(separator, stdout);
    for (const command *c = commands; c->name; c++) {
        if (c == about || (c->bit & CMD_PLAIN))
            continue;
        printf("%s.BR quotedex\\-%s (1)", *separator ? ",\n" : "", c->name);
        separator = ",";
    }
    putchar('\n');
}

static void print_program(void)
{
    print_title("", "who is named and who said what in a folder of news articles");
    fputs(".SH SYNOPSIS\n.B quotedex\n.I COMMAND\n[\\fIoptions\\fR] [\\fIarguments\\fR]\n"
          ".SH EXAMPLES\n",
          stdout);
    print_verbatim("  quotedex build -o news.qdx articles/\n"
                   "  quotedex quotes news.qdx --by 'Sergei Tavrashin' -f csv > quotes.csv\n");
    fputs(".SH DESCRIPTION\n"
          "quotedex reads news articles, finds people, organizations and places under all the\n"
          "spellings that papers use, finds quotations and their speakers, and writes one index\n"
          "file, from which it answers. Data goes to standard output, everything else to standard\n"
          "error.\n.SH COMMANDS\n",
          stdout);
    for (const command *c = commands; c->name; c++) {
        printf(".TP\n\\fB%s\\fR ", c->name);
        print_line(c->arguments);
        print_line(c->summary);
    }
    print_entries("EXIT STATUS", exits, sizeof exits / sizeof exits[0]);
    print_entries("ENVIRONMENT", variables, sizeof variables / sizeof variables[0]);
    print_settings();
    print_see_also(NULL);
}

void print_manual(const command *about)
{
    if (!about) {
        print_program();
        return;
    }
    print_title(about->name, about->summary);
    printf(".SH SYNOPSIS\n.B quotedex %s\n[\\fIoptions\\fR]\n", about->name);
    print_line(about->arguments);
    fputs(".SH EXAMPLES\n", stdout);
    print_verbatim(about->examples);
    if (*about->more) {
        fputs(".SH DESCRIPTION\n", stdout);
        print_line(about->more);
    }
    print_options(about->bit);
    print_entries("EXIT STATUS", exits, sizeof exits / sizeof exits[0]);
    print_see_also(about);
}
