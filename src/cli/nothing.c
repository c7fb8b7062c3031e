/* Nothing found: the same question again, each time without one of its conditions. */
#include "cli/nothing.h"

#include <inttypes.h>

#include "cli/bearers.h"
#include "cli/message.h"
#include "cli/question.h"

/* How many quotations the question finds; no article is read for it. */
static uint64_t count_quotes(const qdx_index *index, qdx_query query)
{
    qdx_result *result;
    query.without_text = true;
    query.limit = 1;
    if (qdx_query_quotes(index, &query, &result, NULL) != QDX_OK)
        return 0;
    uint64_t total = qdx_result_total(result);
    qdx_result_free(result);
    return total;
}

/* True, after a note, when --about is nobody's name. */
static bool about_nobody(const cli *c, const qdx_index *index)
{
    const char *about = c->options.about;
    qdx_result *result;
    if (!about || qdx_query_entities(index, -1, about, &result, NULL) != QDX_OK)
        return false;
    bool unknown = qdx_result_entity_count(result) == 0;
    if (unknown)
        note_bearers(c, result, about, "--about ");
    qdx_result_free(result);
    return unknown;
}

/* True, after a note, when no article is of the days asked for. */
static bool no_such_days(const cli *c, const qdx_index *index)
{
    const options *o = &c->options;
    qdx_index_info info;
    char first[16], last[16];
    const qdx_query days = {.since = o->since,
                            .until = o->until,
                            .kinds = QDX_KIND_DIRECT | QDX_KIND_MIXED | QDX_KIND_INDIRECT};
    if ((!o->since.year && !o->until.year) || count_quotes(index, days))
        return false;
    qdx_index_info_get(index, &info);
    if (info.first.year)
        note(c, "no quotation is from those days; the articles are of %s to %s",
             qdx_date_format(info.first, first), qdx_date_format(info.last, last));
    else
        note(c, "no article has a date, so --since and --until leave nothing");
    return true;
}

static void note_without(const cli *c, const qdx_index *index, const char *option, bool set,
                         qdx_query query)
{
    uint64_t count = set ? count_quotes(index, query) : 0;
    if (count)
        note(c, "without %s: %" PRIu64 " quote%s", option, count, plural(count));
}

/* Without its only condition, every question finds something: that is not worth a line. */
static void note_conditions(const cli *c, const qdx_index *index, const qdx_query *asked)
{
    const options *o = &c->options;
    qdx_query q = *asked;
    if ((asked->by != NULL) + (o->about != NULL) + (o->text != NULL) + (o->source != NULL) +
            (o->since.year || o->until.year) + (o->min_confidence > 0) <
        2)
        return;
    q.by = NULL;
    note_without(c, index, "--by", asked->by != NULL, q);
    q = *asked;
    q.about = NULL;
    note_without(c, index, "--about", o->about != NULL, q);
    q = *asked;
    q.text = NULL;
    note_without(c, index, "--text", o->text != NULL, q);
    q = *asked;
    q.since = q.until = (qdx_date){0};
    note_without(c, index, "--since and --until", o->since.year || o->until.year, q);
    q = *asked;
    q.source = NULL;
    note_without(c, index, "--source", o->source != NULL, q);
    q = *asked;
    q.min_confidence = 0;
    note_without(c, index, "--min-confidence", o->min_confidence > 0, q);
}

/* The words of reported speech are in the articles only, so they are not counted. */
static void note_reported(const cli *c, const qdx_index *index, const qdx_query *asked)
{
    qdx_query query = *asked;
    if (asked->text) {
        note(c, "reported speech without marks was not searched: --kind indirect");
        return;
    }
    query.kinds = QDX_KIND_INDIRECT;
    uint64_t total = count_quotes(index, query);
    if (total)
        note(c, "%" PRIu64 " in reported speech without marks: --kind indirect", total);
}

void note_nothing(const cli *c, const qdx_index *index, const char *by)
{
    const qdx_query asked = question_of(&c->options, by);
    if (c->options.quiet || about_nobody(c, index) || no_such_days(c, index))
        return;
    note_conditions(c, index, &asked);
    if (!asked.kinds)
        note_reported(c, index, &asked);
}
