/* The library's version. */
#ifndef QUOTEDEX_VERSION_H
#define QUOTEDEX_VERSION_H

#include <quotedex/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QDX_VERSION "0.1.0"

/* The version of the library that is running, which may differ from the header's. Static. */
QDX_API const char *qdx_version(void);

#ifdef __cplusplus
}
#endif
#endif
