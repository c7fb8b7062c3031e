/*
 * What a request asks for: its parameters as queries. QDX_ERR_ARGUMENT, with a message for whoever
 * asked, when one of them makes no sense.
 */
#ifndef QDX_SERVE_REQUEST_H
#define QDX_SERVE_REQUEST_H

#include "serve/http.h"

/* Which rows of an answer are wanted. */
typedef struct window {
    uint64_t offset, limit;
} window;

/* Says that a parameter wants something else. Returns QDX_ERR_ARGUMENT. */
qdx_status request_wrong(qdx_error *error, const char *name, const char *wanted);

qdx_status request_window(const http_request *r, window *w, qdx_error *error);

/* As many rows as reach to the window's end; one at least, since none would mean all. */
uint64_t window_end(window w);

/* The conditions on articles alone; all of a question about quotations. */
qdx_status request_articles(const http_request *r, qdx_query *q, qdx_error *error);
qdx_status request_quotes(const http_request *r, qdx_query *q, qdx_error *error);

qdx_status request_entities(const http_request *r, qdx_entity_query *q, qdx_error *error);

#endif
