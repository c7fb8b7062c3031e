/* quotedex gazetteer import: an outside name list as one of ours, with an account of what was left
 * out. */
#include <inttypes.h>

#include "cli/gazetteer_import.h"
#include "cli/message.h"
#include "cli/output.h"

static const char *const types[] = {NULL, "person", "organization", "place"};

static void tell(const cli *c, const qdx_import_report *report)
{
    note(c, "%s: %" PRIu64 " of %" PRIu64 " entries kept, with %" PRIu64 " names", report->format,
         report->kept, report->entries, report->names);
    for (size_t i = 0; i < report->reason_count; i++) {
        const qdx_import_reason *r = &report->reasons[i];
        if (r->line)
            note(c, "left out %" PRIu64 ": %s, first in line %" PRIu64, r->count, r->why, r->line);
        else
            note(c, "left out %" PRIu64 ": %s", r->count, r->why);
    }
    if (report->dropped_names)
        note(c, "left out %" PRIu64 " names in other scripts or of no use", report->dropped_names);
}

int run_gazetteer_import(const cli *c)
{
    qdx_error error = {0};
    qdx_import_report account;
    output out;
    if (c->options.argument_count != 2)
        return usage_error(c, "gazetteer import wants one file");
    qdx_import_options wanted = {.type = types[c->options.entity_type], .stop = c->stop};
    qdx_status status = output_open(&out, c, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = qdx_import_run(c->options.from, c->options.arguments[1], &wanted, output_sink(&out),
                            &account, &error);
    if (status == QDX_OK)
        status = output_finish(&out, &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    tell(c, &account);
    return account.kept ? EXIT_DONE : EXIT_NOTHING;
}
