/*
 * An index on a local web page: the page, and the JSON it asks for. Answers go to this machine
 * alone (the loopback address, and only to requests that name it), reading is all that can be
 * asked, and nothing is fetched from elsewhere.
 */
#ifndef QDX_SERVE_SERVE_H
#define QDX_SERVE_SERVE_H

#include <quotedex/quotedex.h>

typedef struct serve_options {
    unsigned port;
    const qdx_text_source *articles; /* for contexts that the index does not keep */
    const volatile int *stop;        /* ends the serving when it becomes non-zero */

    /* Called once, when requests are answered. */
    void (*ready)(void *context, const char *address);
    void *context;
} serve_options;

/*
 * Answers requests, one at a time on the calling thread, until it is stopped. Fails with
 * QDX_ERR_IO when the port cannot be had, and with QDX_ERR_UNSUPPORTED when libmicrohttpd was not
 * there at build time or is not now.
 */
qdx_status serve_index(const qdx_index *index, const serve_options *options, qdx_error *error);

#endif
