/*
 * Calls that ignore bounds, locale or threads, turned into compile errors. Included last by every
 * base header, so no file can miss it. The standard headers that declare them come first.
 */
#ifndef QDX_BASE_BANNED_H
#define QDX_BASE_BANNED_H

#ifdef __GNUC__
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets atoi atol atof
#pragma GCC poison setlocale localtime gmtime ctime asctime rand srand strerror
#endif

#endif
