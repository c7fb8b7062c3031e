/* Letters with marks spelled out, and keys with the marks left out again. */
#include "text/name_mark.h"
#include "check.h"

static void check_spelled(const char *name, const char *wanted, int line)
{
    qdx_buffer out = {0};
    bool any = qdx_name_spell_marks(name, strlen(name), &out);
    qdx_buffer_append(&out, "", 1);
    check_that(any == (wanted != NULL), __FILE__, line, name);
    check_texts(out.bytes, wanted ? wanted : "", __FILE__, line, name);
    qdx_buffer_release(&out);
}

static void check_plain(const char *key, const char *wanted, int line)
{
    qdx_buffer out = {0};
    qdx_name_drop_marks(key, &out);
    qdx_buffer_append(&out, "", 1);
    check_texts(out.bytes, wanted, __FILE__, line, key);
    qdx_buffer_release(&out);
}

int main(void)
{
    check_spelled("Tavrašin", "Tavrashin", __LINE__);
    check_spelled("Korél Čižek", "Korél chizhek", __LINE__);
    check_spelled("Müllner", "Muellner", __LINE__);
    check_spelled("Tavrasin", NULL, __LINE__);
    check_spelled("Orvál", NULL, __LINE__);
    check_spelled("", NULL, __LINE__);
    check_plain("tavraSin", "tavrasin", __LINE__);
    check_plain("mulner", "mulner", __LINE__);
    check_plain("muelner", "mulner", __LINE__);
    check_plain("sSara", "sara", __LINE__);
    check_plain("", "", __LINE__);
    return check_report();
}
