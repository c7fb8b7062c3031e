/* quotedex mentions: every place where an entity is named, with what stands around it. */
#include "cli/article_source.h"
#include "cli/bearers.h"
#include "cli/build_options.h"
#include "cli/index_open.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/question.h"
#include "cli/record.h"

static const void *mention_at(const void *result, size_t i)
{
    return qdx_result_mention_at(result, i);
}

static int print_result(const cli *c, const qdx_result *result, const char *name)
{
    qdx_error error = {0};
    output out;
    qdx_status status = output_open(&out, c, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = record_write_all(&out, c, &mention_records, mention_at, result,
                              qdx_result_mention_count(result), qdx_result_total(result), &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    size_t count = qdx_result_mention_count(result);
    note_count(c, count, qdx_result_total(result), "mention", "mentions");
    note_unread(c, qdx_result_unread(result));
    note_bearers(c, result, name, "");
    return count ? EXIT_DONE : EXIT_NOTHING;
}

int run_mentions(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index;
    qdx_result *result;
    const char *name = c->options.arguments[1];
    if (question_is_void(&c->options))
        return usage_error(c, "--since is later than --until");
    qdx_status status = index_open(c, &index, &error);
    if (status != QDX_OK)
        return report(c, &error);
    article_source articles = {.options = build_options_reader(c, index)};
    const qdx_text_source source = {article_source_read, &articles};
    qdx_query query = question_of(&c->options, NULL);
    query.about = name;
    query.limit = c->options.limit;
    query.articles = &source;
    query.without_contexts = c->options.no_context;
    status = qdx_query_mentions_where(index, &query, &result, &error);
    article_source_release(&articles);
    int exit = status == QDX_OK ? print_result(c, result, name) : report(c, &error);
    if (status == QDX_OK)
        qdx_result_free(result);
    qdx_index_close(index);
    return exit;
}
