/* The version of the library that runs. */
#include <quotedex/version.h>

const char *qdx_version(void)
{
    return QDX_VERSION;
}
