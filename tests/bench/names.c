/*
 * How fast names of a large list are found in text: makes a list of invented names and a text that
 * mentions some, compiles the one, tags the other, and prints bytes a name, the time to compile,
 * and megabytes a second beside a plain scan of the same memory. Everything is made from a fixed
 * seed.
 *
 *     bench_names [NAMES [MEGABYTES]]        default: 1,000,000 names, 64 MB
 */
#include <quotedex/gazetteer.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "gazetteer/store.h"

enum { ARTICLE = 4400, ROUNDS = 3 };

static uint64_t seed = 20140311;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % below);
}

/* Seconds of processor time, so that a busy machine counts little. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* An invented word of a number: the same number, the same word. */
static size_t word_of(uint32_t number, bool capital, char out[32])
{
    static const char *const heads[] = {"b", "d", "f", "g", "k", "l",  "m",  "n",
                                        "p", "r", "s", "t", "v", "br", "st", "tr"};
    static const char *const middles[] = {"a", "e", "i", "o", "u", "ai", "ou", "el", "an", "or"};
    size_t size = 0;
    do {
        size += (size_t)snprintf(out + size, 32 - size, "%s%s", heads[number % 16],
                                 middles[number / 16 % 10]);
        number /= 160;
    } while (number && size < 24);
    if (capital)
        out[0] = (char)(out[0] - 'a' + 'A');
    return size;
}

/* Name i: one of some thousand given names and a surname; people share both. */
static void name_of(uint32_t i, uint32_t names, char out[96])
{
    char given[32], surname[32];
    uint32_t mixed = i * 2654435761u;
    uint32_t givens = 4096, surnames = names / 8 + 100;
    word_of(mixed % givens, true, given);
    word_of(160 + i % surnames, true, surname);
    if (i % 5 == 0) {
        char second[32];
        word_of(mixed / givens % 700, true, second);
        snprintf(out, 96, "%s %s %s", given, second, surname);
    } else {
        snprintf(out, 96, "%s %s", given, surname);
    }
}

static bool write_list(const char *path, uint32_t names)
{
    char name[96];
    FILE *file = fopen(path, "wbe");
    if (!file)
        return false;
    fputs("name\ttype\tid\n", file);
    for (uint32_t i = 0; i < names; i++) {
        name_of(i, names, name);
        fprintf(file, "%s\t%s\t\n", name, i % 4 ? "person" : "organization");
    }
    return fclose(file) == 0;
}

/* Lower-case words, a sentence's end now and then, and a listed name every thirty words. */
static void write_text(qdx_buffer *text, size_t size, uint32_t names)
{
    char word[96];
    bool start = true;
    while (text->size < size && !text->failed) {
        if (draw(30) == 0) {
            name_of(draw(names), names, word);
        } else {
            size_t n = word_of(draw(20000), start, word);
            memcpy(word + n, "s", 2); /* so that no given name begins a sentence by chance */
        }
        qdx_buffer_text(text, word);
        start = draw(14) == 0;
        qdx_buffer_text(text, start ? ". " : draw(12) == 0 ? ", " : " ");
    }
}

/* Leftmost-longest names of one article. */
static size_t tag(const qdx_gazetteer *gazetteer, qdx_text *text, const char *bytes, size_t size)
{
    qdx_block block = {.span = {0, (uint32_t)size}};
    qdx_document document = {
        .text = bytes, .text_size = (uint32_t)size, .blocks = &block, .block_count = 1};
    if (qdx_text_tokenize(text, &document, NULL) != QDX_OK)
        return 0;
    return qdx_phrases_scan(gazetteer, text, NULL, NULL);
}

static double tag_all(const qdx_gazetteer *gazetteer, const qdx_buffer *text, size_t *found)
{
    qdx_text tokens = {0};
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        *found = 0;
        for (size_t at = 0; at < text->size; at += ARTICLE) {
            size_t left = text->size - at;
            *found += tag(gazetteer, &tokens, text->bytes + at, left < ARTICLE ? left : ARTICLE);
        }
        double took = now() - start;
        best = took < best ? took : best;
    }
    qdx_text_release(&tokens);
    return best;
}

/* Tokens alone, for the share of finding names. */
static double tokenize_all(const qdx_buffer *text)
{
    qdx_text tokens = {0};
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (size_t at = 0; at < text->size; at += ARTICLE) {
            size_t left = text->size - at;
            qdx_block block = {.span = {0, (uint32_t)(left < ARTICLE ? left : ARTICLE)}};
            qdx_document document = {.text = text->bytes + at,
                                     .text_size = block.span.end,
                                     .blocks = &block,
                                     .block_count = 1};
            if (qdx_text_tokenize(&tokens, &document, NULL) != QDX_OK)
                return best;
        }
        double took = now() - start;
        best = took < best ? took : best;
    }
    qdx_text_release(&tokens);
    return best;
}

/* The plain scan: how many spaces. */
static double scan_memory(const qdx_buffer *text, size_t *spaces)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        *spaces = 0;
        for (const char *p = text->bytes;
             p && (p = memchr(p, ' ', text->size - (size_t)(p - text->bytes))); p++)
            ++*spaces;
        double took = now() - start;
        best = took < best ? took : best;
    }
    return best;
}

int main(int count, char **arguments)
{
    uint32_t names = count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 1000000;
    size_t megabytes = count > 2 ? strtoul(arguments[2], NULL, 10) : 64;
    char list[64], compiled[64];
    qdx_error error;
    qdx_buffer text = {0};
    snprintf(list, sizeof list, "/tmp/bench-names-%ld.tsv", (long)getpid());
    snprintf(compiled, sizeof compiled, "/tmp/bench-names-%ld.qgz", (long)getpid());
    if (!names || !write_list(list, names))
        return EXIT_FAILURE;
    double start = now();
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
    qdx_status status =
        gazetteer ? qdx_gazetteer_load(gazetteer, list, NULL, NULL, &error) : QDX_ERR_MEMORY;
    double loaded = now();
    if (status == QDX_OK)
        status = qdx_gazetteer_compile(gazetteer, compiled, &error);
    double end = now();
    size_t entities = status == QDX_OK ? qdx_gazetteer_entity_count(gazetteer) : 0;
    qdx_gazetteer_free(gazetteer);
    unlink(list);
    struct stat info;
    if (status != QDX_OK || stat(compiled, &info) != 0 || !entities) {
        fprintf(stderr, "%s\n", error.message);
        return EXIT_FAILURE;
    }
    printf("%zu names: %.1f bytes a name, compiled in %.2f s (%.2f s of it reading the list)\n",
           entities, (double)info.st_size / (double)entities, end - start, loaded - start);
    write_text(&text, megabytes << 20, names);
    gazetteer = qdx_gazetteer_new(&error);
    start = now();
    status = qdx_gazetteer_load(gazetteer, compiled, NULL, NULL, &error);
    if (status == QDX_OK)
        status = qdx_gazetteer_freeze(gazetteer, &error);
    double opened = now();
    if (status == QDX_OK)
        status = qdx_gazetteer_verify(gazetteer, &error);
    double verified = now();
    unlink(compiled);
    if (status != QDX_OK || text.failed)
        return EXIT_FAILURE;
    size_t found, spaces;
    double scan = scan_memory(&text, &spaces), tokens = tokenize_all(&text);
    double tagging = tag_all(gazetteer, &text, &found), size = (double)text.size / 1e6;
    printf("opened in %.3f ms, every byte checked in %.1f ms\n", (opened - start) * 1e3,
           (verified - opened) * 1e3);
    printf("plain scan %.0f MB/s (%zu blanks), tokens %.0f MB/s, tagging %.0f MB/s (%zu names)\n",
           size / scan, spaces, size / tokens, size / tagging, found);
    qdx_gazetteer_free(gazetteer);
    qdx_buffer_release(&text);
    return EXIT_SUCCESS;
}
