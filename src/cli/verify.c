/* quotedex verify: every checksum and every record of an index, walked. */
#include <inttypes.h>

#include "cli/index_open.h"
#include "cli/message.h"

static qdx_status verify_one(const cli *c, qdx_index_info *info, qdx_error *error)
{
    qdx_index *index;
    qdx_status status = index_open(c, &index, error);
    if (status != QDX_OK)
        return status;
    status = qdx_index_verify(index, error);
    qdx_index_info_get(index, info);
    qdx_index_close(index);
    return status;
}

int run_verify(const cli *c)
{
    qdx_error error = {0};
    qdx_index_info info = {0};
    if (verify_one(c, &info, &error) != QDX_OK)
        return report(c, &error);
    note(c, "%s is whole: %" PRIu64 " article%s, %" PRIu64 " quote%s, %" PRIu64 " bytes",
         c->options.arguments[0], info.documents, plural(info.documents), info.quotes,
         plural(info.quotes), info.file_size);
    return EXIT_DONE;
}
