/*
 * What the fuzz targets of the document layer share: bytes are read as a file of some name, and
 * every article that comes out must hold what document.h promises of it.
 */
#ifndef QDX_FUZZ_READ_DOCUMENT_H
#define QDX_FUZZ_READ_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads the bytes as a file `name`; aborts where a promise is broken. The reader is kept for the
 * next input, as it is for the next file of a folder, and renewed now and then. Programs such as
 * pdftotext are never started.
 */
void fuzz_read_document(const char *name, const uint8_t *bytes, size_t size);

/* The same, with the first byte choosing among the names. */
void fuzz_read_one_of(const char *const *names, size_t count, const uint8_t *bytes, size_t size);

#endif
