/*
 * Calls that ignore bounds, locale or threads, turned into compile errors. The build puts it before
 * every file (CMakefile.txt), so none can miss it; the standard headers that declare them come
 * first. Where a library's header makes such calls, the file is compiled with QDX_BANNED_LATER, and
 * the base headers, included behind it, bring this in.
 */
#ifdef QDX_BANNED_LATER
#undef QDX_BANNED_LATER
#elif !defined(QDX_BASE_BANNED_H)
#define QDX_BASE_BANNED_H

#ifdef __GNUC__
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
/* A C library that checks bounds has these two as macros, which clang does not poison in silence.
 */
#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets atoi atol atof
#pragma GCC poison scanf sscanf fscanf vsscanf tmpnam tempnam mktemp
#pragma GCC poison setlocale localtime gmtime ctime asctime rand srand strerror
#endif

#endif
