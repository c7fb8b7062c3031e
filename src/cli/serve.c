/* quotedex serve: an index as a page in the browser of this machine. */
#include "serve/serve.h"

#include "cli/article_source.h"
#include "cli/build_options.h"
#include "cli/index_open.h"
#include "cli/input.h"
#include "cli/message.h"

enum { USUAL_PORT = 8750, LAST_PORT = 65535 };

static void tell(void *context, const char *address)
{
    note(context, "%s shows %s; Ctrl-C ends it", address,
         ((const cli *)context)->options.arguments[0]);
}

int run_serve(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index = NULL;
    article_source articles = {.options = reader_options(c)};
    const qdx_text_source source = {article_source_read, &articles};
    uint64_t port = c->options.port ? c->options.port : USUAL_PORT;
    if (port > LAST_PORT)
        return usage_error(c, "--port is a number up to %d", LAST_PORT);
    serve_options wanted = {.port = (unsigned)port,
                            .articles = &source,
                            .stop = c->stop,
                            .ready = tell,
                            .context = (void *)(uintptr_t)c};
    qdx_status status = index_open(c, &index, &error);
    if (status == QDX_OK)
        articles.options = build_options_reader(c, index);
    if (status == QDX_OK)
        status = serve_index(index, &wanted, &error);
    article_source_release(&articles);
    qdx_index_close(index);
    return status == QDX_OK ? EXIT_DONE : report(c, &error);
}
