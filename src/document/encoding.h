/*
 * Bytes to clean UTF-8. The order: byte order mark; UTF-16 or UTF-32 by the pattern of their zeros;
 * strict UTF-8; UTF-8 with a few broken bytes; the label the file declares; windows-1252.
 */
#ifndef QDX_DOCUMENT_ENCODING_H
#define QDX_DOCUMENT_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

typedef struct qdx_decoded {
    char *text; /* terminated, valid UTF-8, lies in one of the two buffers */
    size_t size;
    char encoding[48]; /* lower case */
    uint32_t repairs;  /* QDX_REPAIR_… */
} qdx_decoded;

/*
 * Decodes `raw`, in place where that is possible: bytes that are clean UTF-8 stay as they are.
 * `scratch` takes the rest; both belong to the caller and are overwritten. With `markup`, a label
 * in an XML declaration or an HTML meta element is believed, but a `label` (lower case, may be
 * NULL) that came with the bytes outranks it. QDX_ERR_FORMAT on binary data.
 */
qdx_status qdx_encoding_decode(qdx_buffer *raw, qdx_buffer *scratch, bool markup, const char *label,
                               qdx_decoded *decoded, qdx_error *error);

/* What a byte 0x80–0x9F, or a control character U+0080–U+009F, means in windows-1252; 0: nothing.
 */
uint32_t qdx_windows1252(uint32_t byte);

/* The byte that windows-1252 writes for a character above U+007F (undefined ones stand for
   themselves); 0 when it has none. */
uint8_t qdx_windows1252_byte(uint32_t codepoint);

#include "base/banned.h"
#endif
