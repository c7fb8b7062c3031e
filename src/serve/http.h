/* HTTP on the loopback address: what a handler is asked, and what it answers. */
#ifndef QDX_SERVE_HTTP_H
#define QDX_SERVE_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "serve/serve.h"

typedef struct http_request http_request;

const char *http_path(const http_request *request); /* "/api/quotes" */

/* A parameter of the address, decoded; NULL when it is not there or empty. Borrowed. */
const char *http_parameter(const http_request *request, const char *name);

typedef struct http_reply {
    unsigned status;
    const char *type; /* of the content; static */
    const char *name; /* when not NULL: to be saved as a file of this name; static */
    const char *bytes;
    size_t size;
    char *owned; /* freed after sending; NULL: the bytes are static */
} http_reply;

/* Fills a reply that is zero. */
typedef void http_handler(void *context, const http_request *request, http_reply *reply);

/* Serves until stopped; see serve_index. */
qdx_status http_serve(http_handler *handler, void *context, const serve_options *options,
                      qdx_error *error);

#endif
