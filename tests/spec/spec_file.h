/*
 * A file of the specification: Markdown prose in which fenced blocks hold examples in annotated
 * text (docs/annotated-text.md).
 *
 *     ```
 *     === interrupted, pronoun in the middle
 *     date: 2014-03-11
 *     !indirect
 *     !known-gap the pronoun is taken for somebody else
 *     {quote#? “We will appeal,”} she {cue#? said}, {quote#? “and we will win.”}
 *     ```
 *
 * The header is followed by any of the three lines shown, then by the text, up to the next header
 * or the end of the fence; blank lines at its end do not count.
 */
#ifndef QDX_TESTS_SPEC_FILE_H
#define QDX_TESTS_SPEC_FILE_H

#include <quotedex/document.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct spec_example {
    char *name;
    size_t line;    /* of the header, 1-based */
    size_t start;   /* the annotated text, as bytes of the file */
    size_t end;     /* without the last line end */
    qdx_date date;  /* year 0: none */
    bool indirect;  /* reported speech without marks is annotated too */
    bool known_gap; /* a wish: what is annotated is right, what the program finds is not */
    char *text;     /* the article: the annotated text without its marks, with a last line end */
} spec_example;

typedef struct spec_file {
    const char *path;
    char *bytes;
    size_t size;
    spec_example *examples;
    size_t count;
} spec_file;

/* Reads a whole file; what cannot be read or is no annotated text is told on standard error. */
bool spec_file_read(spec_file *file, const char *path);
void spec_file_release(spec_file *file);

/*
 * Writes the file anew with texts[i] in place of the annotated text of example i where that is not
 * NULL.
 */
bool spec_file_rewrite(const spec_file *file, char *const *texts);

#endif
