/* The index of a document's figures: keys of different kinds, many of them, bearers of a surname.
 */
#include "entity/figure_index.h"
#include "check.h"

static void test_keys(void)
{
    qdx_figure_index index = {0};
    CHECK(qdx_figure_index_find(&index, QDX_KEY_PERSON, 7) == UINT32_MAX);
    qdx_figure_index_clear(&index, (qdx_hash_key){1, 2});
    CHECK(qdx_figure_index_put(&index, QDX_KEY_PERSON, 7, 3));
    CHECK(qdx_figure_index_put(&index, QDX_KEY_PLACE, 7, 4));
    CHECK(qdx_figure_index_find(&index, QDX_KEY_PERSON, 7) == 3);
    CHECK(qdx_figure_index_find(&index, QDX_KEY_PLACE, 7) == 4);
    CHECK(qdx_figure_index_find(&index, QDX_KEY_ACRONYM, 7) == UINT32_MAX);
    CHECK(qdx_figure_index_put(&index, QDX_KEY_PERSON, 7, 5)); /* replaces */
    CHECK(qdx_figure_index_find(&index, QDX_KEY_PERSON, 7) == 5);
    for (uint32_t i = 0; i < 50000; i++)
        CHECK(qdx_figure_index_put(&index, QDX_KEY_GIVEN, i, i));
    for (uint32_t i = 0; i < 50000; i += 997)
        CHECK(qdx_figure_index_find(&index, QDX_KEY_GIVEN, i) == i);
    qdx_figure_index_clear(&index, (qdx_hash_key){1, 2});
    CHECK(qdx_figure_index_find(&index, QDX_KEY_GIVEN, 997) == UINT32_MAX);
    qdx_figure_index_release(&index);
    qdx_figure_index_release(&index);
}

static void test_bearers(void)
{
    enum { ANY, MAN, WOMAN };
    qdx_figure_index index = {0};
    bool ambiguous = true;
    qdx_figure_index_clear(&index, (qdx_hash_key){3, 4});
    CHECK(qdx_figure_index_bearer(&index, 9, ANY, &ambiguous) == UINT32_MAX && !ambiguous);
    qdx_bearers *bearers = qdx_figure_index_bearers(&index, 9);
    if (!CHECK(bearers != NULL))
        return;
    CHECK(qdx_figure_index_bearers(&index, 9) == bearers);
    bearers->count[MAN] = bearers->count[WOMAN] = 1;
    bearers->first[MAN] = 1;
    bearers->first[WOMAN] = 2;
    CHECK(qdx_figure_index_bearer(&index, 9, ANY, &ambiguous) == 1 && ambiguous);
    CHECK(qdx_figure_index_bearer(&index, 9, WOMAN, &ambiguous) == 2 && !ambiguous);
    bearers->recent[MAN] = 1;
    bearers->recent_at[MAN] = 10;
    bearers->recent[WOMAN] = 2;
    bearers->recent_at[WOMAN] = 20;
    CHECK(qdx_figure_index_bearer(&index, 9, ANY, &ambiguous) == 2);
    CHECK(qdx_figure_index_first(&index, 9, ANY) == 1);
    CHECK(qdx_figure_index_first(&index, 9, WOMAN) == 2);
    CHECK(qdx_figure_index_first(&index, 8, ANY) == UINT32_MAX);
    qdx_figure_index_rewind(&index);
    CHECK(qdx_figure_index_bearer(&index, 9, ANY, &ambiguous) == 1);
    qdx_figure_index_release(&index);
}

int main(void)
{
    test_keys();
    test_bearers();
    return check_report();
}
