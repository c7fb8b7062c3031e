/*
 * quotedex: the program. Finds the command, reads its options, runs it. What it can do is in
 * command.c, what can be said to it in option.c; the work is the library's.
 */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/message.h"
#include "cli/output.h"
#include "cli/settings.h"

/* The only state outside functions: a signal handler can reach nothing else. */
static volatile int stop_asked;

/* The first signal asks to end; the second, back at its default, ends. */
static void ask_stop(int signal_number)
{
    (void)signal_number;
    __atomic_store_n(&stop_asked, 1, __ATOMIC_RELAXED);
}

static void catch_signals(void)
{
    struct sigaction ask = {.sa_handler = ask_stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGINT, &ask, NULL);
    sigaction(SIGTERM, &ask, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

/* Large blocks go back to the system when they are freed. glibc's malloc would raise what it calls
 * large with each outlier, and keep the next ones in pieces, a heap for each thread. */
static void bound_heap(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}

/* Finds the command; `quotedex --help` and `--version` are the commands of that name. */
static const command *choose(const char *name)
{
    static const struct {
        const char *flag, *command;
    } flags[] = {{"--help", "help"}, {"-h", "help"}, {"--version", "version"}, {"-V", "version"}};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (strcmp(flags[i].flag, name) == 0)
            return command_find(flags[i].command);
    return command_find(name);
}

/* The usual slips: a name where an option should stand, or one that the shell took apart. */
static int excess_argument(const cli *c)
{
    qdx_error error = {.code = QDX_ERR_ARGUMENT};
    const char *option = option_taking_name(c->command->bit);
    const char *argument = c->options.arguments[c->command->most];
    snprintf(error.message, sizeof error.message, "%s does not know what to do with '%.100s'",
             c->command->name, argument);
    if (option)
        snprintf(error.hint, sizeof error.hint,
                 "a name goes behind --%s, between quotation marks when it has several words",
                 option);
    else
        snprintf(error.hint, sizeof error.hint, "see quotedex %s --help", c->command->name);
    return report(c, &error);
}

static int run(cli *c, int argc, char **argv)
{
    const command *chosen = c->command;
    qdx_error error;
    bool settled = (chosen->bit & CMD_PLAIN) || settings_read(chosen->bit, &c->options, &error);
    if (!settled || !options_parse(argc, argv, chosen->bit, &c->options, &error)) {
        c->color = color_wanted(&c->options, STDERR_FILENO);
        if (error.code == QDX_ERR_ARGUMENT && !error.hint[0] && !error.file[0])
            return usage_error(c, "%s", error.message);
        return report(c, &error);
    }
    c->color = color_wanted(&c->options, STDERR_FILENO);
    if (c->options.help) {
        print_help(chosen);
        return EXIT_DONE;
    }
    if (c->options.argument_count < chosen->least)
        return usage_error(c, "%s wants %s", chosen->name, chosen->arguments);
    if (c->options.argument_count > chosen->most)
        return excess_argument(c);
    return chosen->run(c);
}

/* Has whoever read standard output gone away? */
static bool is_reader_gone(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

/* Help and version go through stdio; a full disk must not pass for success. */
static int finish_stdio(int result)
{
    if ((fflush(stdout) != 0 || ferror(stdout)) && result == EXIT_DONE && !is_reader_gone()) {
        fputs("quotedex: error: cannot write to standard output\n", stderr);
        return EXIT_IO;
    }
    return result;
}

/*
 * Puts the command before options that stand ahead of it (`quotedex -q quotes`), where it would
 * otherwise be looked for. Options with a value of their own have to stand behind.
 */
static void bring_command_forward(int argc, char **argv)
{
    int at = 1;
    while (at < argc && argv[at][0] == '-' && !choose(argv[at]))
        at++;
    if (at == 1 || at >= argc || !command_find(argv[at]))
        return;
    char *name = argv[at];
    memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
    argv[1] = name;
}

int main(int argc, char **argv)
{
    given_names given = {.tried = false};
    cli c = {.stop = &stop_asked, .argc = argc, .argv = argv, .given = &given};
    catch_signals();
    bound_heap();
    if (argc < 2) {
        print_help(NULL);
        return finish_stdio(EXIT_USAGE);
    }
    bring_command_forward(argc, argv);
    c.command = choose(argv[1]);
    if (!c.command)
        return unknown_command(&c, argv[1]);
    int result = run(&c, argc - 2, argv + 2);
    given_names_release(&given);
    options_release(&c.options);
    return finish_stdio(result);
}
