/* Libraries that are loaded: one that is there, one that is not, one that lacks a function. */
#include "base/library.h"

#include <string.h>

#include "check.h"

#define FUNCTIONS(each) each(strlen) each(strchr)
#define SYMBOL(name) QDX_LIBRARY_SYMBOL(functions, name)

typedef struct functions {
    FUNCTIONS(QDX_LIBRARY_MEMBER)
} functions;

static const qdx_library_symbol symbols[] = {FUNCTIONS(SYMBOL)};
static const qdx_library_symbol more[] = {FUNCTIONS(SYMBOL){"no_such_function", 0}};

static void test_there(void)
{
    const qdx_library library = {"the C library", "libc.so.6", "libc6", "measures",
                                 QDX_LIBRARY_SYMBOLS(symbols)};
    functions use = {NULL, NULL};
    CHECK(qdx_library_load(&library, &use, NULL) == QDX_OK);
    CHECK(use.strlen && use.strlen("Veskoria") == 8);
    CHECK(use.strchr && strcmp(use.strchr("Veskoria", 'k'), "koria") == 0);
}

static void test_missing(void)
{
    const qdx_library library = {"libvesk", "libvesk.so.77", "libvesk77", "counts lakes",
                                 QDX_LIBRARY_SYMBOLS(symbols)};
    functions use = {NULL, NULL};
    qdx_error error;
    CHECK(qdx_library_load(&library, &use, &error) == QDX_ERR_UNSUPPORTED);
    CHECK(error.code == QDX_ERR_UNSUPPORTED && strstr(error.message, "libvesk.so.77"));
    CHECK(strstr(error.message, "libvesk, which counts lakes, cannot be loaded"));
    CHECK(strcmp(error.hint, "install the package libvesk77") == 0);
    CHECK(qdx_library_load(&library, &use, NULL) == QDX_ERR_UNSUPPORTED);
}

static void test_another(void)
{
    const qdx_library library = {"the C library", "libc.so.6", "libc6", "measures",
                                 QDX_LIBRARY_SYMBOLS(more)};
    functions use = {NULL, NULL};
    qdx_error error;
    CHECK(qdx_library_load(&library, &use, &error) == QDX_ERR_UNSUPPORTED);
    CHECK(strstr(error.message, "no_such_function"));
}

int main(void)
{
    test_there();
    test_missing();
    test_another();
    return check_report();
}
