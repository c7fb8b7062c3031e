/* Looking up single values in JSON-LD without reading all of it. */
#ifndef QDX_DOCUMENT_JSON_SCAN_H
#define QDX_DOCUMENT_JSON_SCAN_H

#include <stdbool.h>

#include "base/buffer.h"

/*
 * Finds the first member `key` whose value is a string, or an object or array in whose first string
 * member `inner` (may be NULL) the value is; puts the value into `out`. Broken JSON finds nothing
 * or something harmless. Cost: linear.
 */
bool qdx_json_scan(const char *json, size_t size, const char *key, const char *inner,
                   qdx_buffer *out);

#include "base/banned.h"
#endif
