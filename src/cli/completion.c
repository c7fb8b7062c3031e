/*
 * Completions for bash, zsh and fish. Each shell has a function that walks the commands and, for
 * each, the options; what a value or an argument may be is told from how the tables name it. The
 * scripts ask nothing of the program when they run.
 */
#include "cli/completion.h"

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/option_table.h"

/* What stands where a value or an argument does. */
typedef enum word_kind { WORD_NONE, WORD_FREE, WORD_FILE, WORD_INDEX, WORD_CHOICE } word_kind;

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static word_kind value_kind(const option *o)
{
    static const char *const files[] = {"FILE", "PATH", "INDEX", "FOLDER"};
    if (o->type == TYPE_FLAG)
        return WORD_NONE;
    if (o->type == TYPE_FORMAT || o->choices)
        return WORD_CHOICE;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strcmp(o->value, files[i]) == 0)
            return WORD_FILE;
    return WORD_FREE;
}

/* The first argument of a command; the ones after it are free, or files. */
static word_kind argument_kind(const command *c)
{
    if (!*c->arguments)
        return WORD_NONE;
    if (strchr(c->arguments, '|') || (c->bit & CMD_HELP))
        return WORD_CHOICE;
    if (starts_with(c->arguments, "-o INDEX") || starts_with(c->arguments, "INDEX"))
        return WORD_INDEX;
    return WORD_FILE;
}

/* Prints the values an option chooses from, `between` them. */
static void print_choices(const option *o, const char *between)
{
    const char *name, *separator = "";
    if (o->type == TYPE_FORMAT) {
        for (size_t i = 0; (name = qdx_format_at(i, NULL)); i++, separator = between)
            printf("%s%s", separator, name);
        return;
    }
    for (const char *p = o->choices; p;) {
        size_t size = strcspn(p, "|");
        if (size) {
            printf("%s%.*s", separator, (int)size, p);
            separator = between;
        }
        p = p[size] ? p + size + 1 : NULL;
    }
}

/* The first word of each alternative ("check [PATH...] | lookup NAME..."), or the commands. */
static void print_first_words(const command *c)
{
    if (c->bit & CMD_HELP) {
        for (const command *k = commands; k->name; k++)
            printf("%s%s", k == commands ? "" : " ", k->name);
        return;
    }
    for (const char *p = c->arguments; p;) {
        printf("%s%.*s", p == c->arguments ? "" : " ", (int)strcspn(p, " "), p);
        p = strstr(p, "| ");
        p = p ? p + 2 : NULL;
    }
}

/* --- bash --------------------------------------------------------------------------------- */

static void print_bash_values(const command *c)
{
    const option *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        word_kind kind = value_kind(o);
        if (!(o->commands & c->bit) || kind == WORD_NONE)
            continue;
        printf("    %s:--%s", c->name, o->name);
        if (o->letter)
            printf(" | %s:-%c", c->name, o->letter);
        if (kind == WORD_CHOICE) {
            fputs(") words='", stdout);
            print_choices(o, " ");
            fputs("' ;;\n", stdout);
        } else {
            printf(") kind=%s ;;\n", kind == WORD_FILE ? "file" : "free");
        }
    }
}

static void print_bash_options(const command *c)
{
    const option *o;
    printf("        %s) words='", c->name);
    for (size_t i = 0, n = 0; (o = option_at(i)); i++)
        if (o->commands & c->bit)
            printf("%s--%s", n++ ? " " : "", o->name);
    fputs("' ;;\n", stdout);
}

static void print_bash_arguments(const command *c)
{
    word_kind kind = argument_kind(c);
    if (kind == WORD_NONE)
        return;
    printf("        %s:0) ", c->name);
    if (kind == WORD_CHOICE) {
        fputs("words='", stdout);
        print_first_words(c);
        fputs("' ;;\n", stdout);
    } else {
        fputs("kind=file ;;\n", stdout);
    }
}

static void print_bash(void)
{
    fputs("# bash completion for quotedex, made by: quotedex help --completion bash\n"
          "_quotedex()\n{\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command= count=0 kind=option words= i\n"
          "    COMPREPLY=()\n"
          "    if [[ $current == = ]]; then\n"
          "        current=\n"
          "    elif [[ $before == = ]]; then\n"
          "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    fi\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        [[ ${COMP_WORDS[i]} == -* ]] && continue\n"
          "        if [[ $command ]]; then ((count++)); else command=${COMP_WORDS[i]}; fi\n"
          "    done\n"
          "    case $command:$before in\n",
          stdout);
    for (const command *c = commands; c->name; c++)
        print_bash_values(c);
    fputs("    *)\n        kind=\n"
          "        case $command in\n"
          "        '') words='",
          stdout);
    for (const command *c = commands; c->name; c++)
        printf("%s ", c->name);
    fputs("--help --version' ;;\n        esac\n        if [[ $current == -* ]]; then\n"
          "        case $command in\n",
          stdout);
    for (const command *c = commands; c->name; c++)
        print_bash_options(c);
    fputs("        esac\n        elif [[ $command ]]; then\n        kind=file\n"
          "        case $command:$count in\n",
          stdout);
    for (const command *c = commands; c->name; c++)
        print_bash_arguments(c);
    fputs("        esac\n        fi ;;\n    esac\n"
          "    if [[ $words ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
          "    elif [[ $kind == file ]]; then\n"
          "        compopt -o filenames 2>/dev/null\n"
          "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
          "    fi\n}\n"
          "complete -F _quotedex quotedex\n",
          stdout);
}

/* --- zsh ---------------------------------------------------------------------------------- */

/* Text inside '...' of a specification, with what means something there escaped. */
static void print_zsh_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr("[]:\\", *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

/* The names under which it is known, and which of them exclude each other. */
static void print_zsh_names(const option *o)
{
    const char *glued = o->type == TYPE_FLAG ? "" : "+", *equals = o->type == TYPE_FLAG ? "" : "=";
    if (!o->letter) {
        printf("'%s--%s%s", o->type == TYPE_LIST ? "*" : "", o->name, equals);
        return;
    }
    if (o->type == TYPE_LIST)
        fputs("'*'", stdout);
    else
        printf("'(-%c --%s)'", o->letter, o->name);
    printf("{-%c%s,--%s%s}'", o->letter, glued, o->name, equals);
}

static void print_zsh_option(const option *o)
{
    word_kind kind = value_kind(o);
    fputs("            ", stdout);
    print_zsh_names(o);
    putchar('[');
    print_zsh_text(o->help);
    putchar(']');
    if (kind != WORD_NONE) {
        putchar(':');
        print_zsh_text(o->value);
        putchar(':');
    }
    if (kind == WORD_CHOICE) {
        putchar('(');
        print_choices(o, " ");
        putchar(')');
    } else if (kind == WORD_FILE) {
        fputs("_files", stdout);
    }
    fputs("' \\\n", stdout);
}

static void print_zsh_command(const command *c)
{
    const option *o;
    word_kind kind = argument_kind(c);
    printf("        %s) _arguments -s -S \\\n", c->name);
    for (size_t i = 0; (o = option_at(i)); i++)
        if (o->commands & c->bit)
            print_zsh_option(o);
    if (kind == WORD_INDEX)
        fputs("            '1:index:_files' \\\n", stdout);
    if (kind == WORD_CHOICE) {
        fputs("            '1:word:(", stdout);
        print_first_words(c);
        fputs(")' \\\n", stdout);
    }
    fputs(kind == WORD_NONE ? "            ;;\n" : "            '*:file:_files' ;;\n", stdout);
}

static void print_zsh(void)
{
    fputs("#compdef quotedex\n# zsh completion, made by: quotedex help --completion zsh\n"
          "_quotedex()\n{\n"
          "    local curcontext=$curcontext state line\n"
          "    local -a commands=(\n",
          stdout);
    for (const command *c = commands; c->name; c++) {
        printf("        '%s:", c->name);
        print_zsh_text(c->summary);
        fputs("'\n", stdout);
    }
    fputs("    )\n"
          "    _arguments -C '(- *)--help[how to use it]' '(- *)--version[the version]' \\\n"
          "        '1:command:->command' '*::argument:->argument'\n"
          "    case $state in\n"
          "    command) _describe -t commands command commands ;;\n"
          "    argument)\n"
          "        curcontext=${curcontext%:*:*}:quotedex-$line[1]:\n"
          "        case $line[1] in\n",
          stdout);
    for (const command *c = commands; c->name; c++)
        print_zsh_command(c);
    fputs("        esac ;;\n    esac\n}\n_quotedex \"$@\"\n", stdout);
}

/* --- fish --------------------------------------------------------------------------------- */

static void print_fish_text(const char *text)
{
    putchar('\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    putchar('\'');
}

static void print_fish_option(const command *c, const option *o)
{
    word_kind kind = value_kind(o);
    printf("complete -c quotedex -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
    if (o->letter)
        printf(" -s %c", o->letter);
    if (kind == WORD_CHOICE) {
        fputs(" -x -a '", stdout);
        print_choices(o, " ");
        putchar('\'');
    } else if (kind != WORD_NONE) {
        fputs(kind == WORD_FILE ? " -r -F" : " -x", stdout);
    }
    fputs(" -d ", stdout);
    print_fish_text(o->help);
    putchar('\n');
}

static void print_fish_command(const command *c)
{
    const option *o;
    printf("\ncomplete -c quotedex -f -n __fish_use_subcommand -a %s -d ", c->name);
    print_fish_text(c->summary);
    putchar('\n');
    if (argument_kind(c) == WORD_CHOICE) {
        printf("complete -c quotedex -n '__fish_seen_subcommand_from %s' -a '", c->name);
        print_first_words(c);
        fputs("'\n", stdout);
    }
    for (size_t i = 0; (o = option_at(i)); i++)
        if (o->commands & c->bit)
            print_fish_option(c, o);
}

static void print_fish(void)
{
    fputs("# fish completion for quotedex, made by: quotedex help --completion fish\n"
          "complete -c quotedex -n __fish_use_subcommand -l help -d 'how to use it'\n"
          "complete -c quotedex -n __fish_use_subcommand -l version -d 'the version'\n",
          stdout);
    for (const command *c = commands; c->name; c++)
        print_fish_command(c);
}

void print_completion(int shell)
{
    static void (*const printers[])(void) = {[COMPLETION_BASH] = print_bash,
                                             [COMPLETION_ZSH] = print_zsh,
                                             [COMPLETION_FISH] = print_fish};
    printers[shell]();
}
