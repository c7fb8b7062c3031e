/*
 * The web server, on libmicrohttpd, which is loaded when it is needed: it brings a TLS library
 * along, whose loading would cost every other command more than its own work. Requests that do not
 * come to the loopback address by its own name are refused, so that no page of another site can ask
 * through a name of its own (DNS rebinding).
 */
#include "serve/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static qdx_status failed(qdx_error *error, qdx_status status, const char *message, const char *hint)
{
    memset(error, 0, sizeof *error);
    error->code = status;
    snprintf(error->message, sizeof error->message, "%s", message);
    snprintf(error->hint, sizeof error->hint, "%s", hint);
    return status;
}

#ifdef QDX_HAVE_MICROHTTPD

#include <arpa/inet.h>
#include <dlfcn.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum { CONNECTIONS = 64, IDLE_SECONDS = 30, WAIT_MILLISECONDS = 500, LONGEST_HOST = 64 };

/* What is used of the library, by the names it has there. */
#define LIBRARY_NAME "libmicrohttpd.so.12"
#define FUNCTIONS(each)                                                                            \
    each(MHD_start_daemon) each(MHD_stop_daemon) each(MHD_run_wait)                                \
        each(MHD_lookup_connection_value) each(MHD_create_response_from_buffer)                    \
            each(MHD_add_response_header) each(MHD_queue_response) each(MHD_destroy_response)
#define AS_POINTER(name) __typeof__(&name) name;

typedef struct library {
    void *handle;
    FUNCTIONS(AS_POINTER)
} library;

typedef struct server {
    library use;
    http_handler *handler;
    void *context;
    unsigned port;
} server;

struct http_request {
    const server *server;
    struct MHD_Connection *connection;
    const char *path;
};

static bool load(library *l)
{
    l->handle = dlopen(LIBRARY_NAME, RTLD_NOW | RTLD_LOCAL);
    if (!l->handle)
        return false;
#define LOAD(name)                                                                                 \
    *(void **)(void *)&l->name = dlsym(l->handle, #name);                                          \
    if (!l->name)                                                                                  \
        return false;
    FUNCTIONS(LOAD)
#undef LOAD
    return true;
}

const char *http_path(const http_request *request)
{
    return request->path;
}

const char *http_parameter(const http_request *request, const char *name)
{
    const char *value = request->server->use.MHD_lookup_connection_value(
        request->connection, MHD_GET_ARGUMENT_KIND, name);
    return value && *value ? value : NULL;
}

/* Is this a name that only this machine has for itself? */
static bool is_own_host(const server *s, const char *host)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char own[LONGEST_HOST];
    for (size_t i = 0; host && i < sizeof names / sizeof names[0]; i++) {
        snprintf(own, sizeof own, "%s:%u", names[i], s->port);
        if (strcmp(own, host) == 0 || (s->port == 80 && strcmp(names[i], host) == 0))
            return true;
    }
    return false;
}

static void refuse(http_reply *reply, unsigned status, const char *text)
{
    *reply =
        (http_reply){.status = status, .type = "text/plain", .bytes = text, .size = strlen(text)};
}

/* No page may run, load or send anything but what comes from here. */
static const char *const headers[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
     "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

static enum MHD_Result send_reply(const server *s, struct MHD_Connection *connection,
                                  const http_reply *reply)
{
    char disposition[128];
    struct MHD_Response *response = s->use.MHD_create_response_from_buffer(
        reply->size, (void *)(uintptr_t)reply->bytes, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        s->use.MHD_add_response_header(response, headers[i][0], headers[i][1]);
    s->use.MHD_add_response_header(response, "Content-Type", reply->type);
    if (reply->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        s->use.MHD_add_response_header(response, "Allow", "GET, HEAD");
    if (reply->name) {
        snprintf(disposition, sizeof disposition, "attachment; filename=\"%s\"", reply->name);
        s->use.MHD_add_response_header(response, "Content-Disposition", disposition);
    }
    enum MHD_Result result = s->use.MHD_queue_response(connection, reply->status, response);
    s->use.MHD_destroy_response(response);
    return result;
}

/* The type of this function, and what its parameters are, is the library's. */
static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *body,
                              size_t *body_size, void **state)
{
    server *s = context;
    http_request request = {.server = s, .connection = connection, .path = path};
    http_reply reply = {0};
    (void)version;
    (void)body;
    (void)state;
    const char *host = s->use.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    if (*body_size) {
        *body_size = 0; /* of a request that is refused once it is read */
        return MHD_YES;
    }
    if (!is_own_host(s, host))
        refuse(&reply, MHD_HTTP_FORBIDDEN, "this page is for the machine it runs on\n");
    else if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        refuse(&reply, MHD_HTTP_METHOD_NOT_ALLOWED, "only reading is possible here\n");
    else
        s->handler(s->context, &request, &reply);
    enum MHD_Result result = send_reply(s, connection, &reply);
    free(reply.owned);
    return result;
}

static qdx_status run(server *s, const serve_options *options, qdx_error *error)
{
    char address[LONGEST_HOST];
    struct sockaddr_in loopback = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)options->port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon = s->use.MHD_start_daemon(
        MHD_NO_FLAG, (uint16_t)options->port, NULL, NULL, answer, s, MHD_OPTION_SOCK_ADDR,
        &loopback, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_END);
    snprintf(address, sizeof address, "http://127.0.0.1:%u/", options->port);
    if (!daemon) {
        failed(error, QDX_ERR_IO, "cannot listen there",
               "the port may be in use: choose another with --port");
        snprintf(error->file, sizeof error->file, "%s", address);
        return QDX_ERR_IO;
    }
    options->ready(options->context, address);
    while (!*options->stop)
        s->use.MHD_run_wait(daemon, WAIT_MILLISECONDS);
    s->use.MHD_stop_daemon(daemon);
    return QDX_OK;
}

qdx_status http_serve(http_handler *handler, void *context, const serve_options *options,
                      qdx_error *error)
{
    server s = {.handler = handler, .context = context, .port = options->port};
    qdx_status status = load(&s.use) ? run(&s, options, error)
                                     : failed(error, QDX_ERR_UNSUPPORTED,
                                              "the library of the web server is missing",
                                              "install the package libmicrohttpd12");
    if (s.use.handle)
        dlclose(s.use.handle);
    return status;
}

#else

const char *http_path(const http_request *request)
{
    (void)request;
    return "";
}

const char *http_parameter(const http_request *request, const char *name)
{
    (void)request;
    (void)name;
    return NULL;
}

qdx_status http_serve(http_handler *handler, void *context, const serve_options *options,
                      qdx_error *error)
{
    (void)handler;
    (void)context;
    (void)options;
    return failed(error, QDX_ERR_UNSUPPORTED, "this build has no web server",
                  "build it where libmicrohttpd-dev is installed");
}

#endif
