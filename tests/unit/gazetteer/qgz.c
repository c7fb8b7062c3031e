/* Compiled gazetteers: the same answers as from lists, over one another, and no damage believed. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "gazetteer/store.h"

static char folder[64];

static const char *path_of(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *bytes, size_t size)
{
    char path[128];
    FILE *file = fopen(path_of(name, path), "wb");
    CHECK(file && fwrite(bytes, 1, size, file) == size);
    if (file)
        fclose(file);
}

static const char people[] =
    "name\ttype\tid\taliases\tgender\tcountry\toffice\torganization\tfrom\n"
    "Sergei Tavrashin\tperson\ts-tavrashin\tS. Tavrašin|=TAV\tm\tVX\tforeign minister\t\t2004-03\n"
    "Ilsa Varn\tperson\t\t\tf\tVXX\t\t\t\n"
    "Veskoria\tplace\t\t\t\tVX\t\t\t\n"
    "The Harbour Council\torganization\t\tHC\t\t\t\t\t\n"
    "Ilsa Varn\tperson\tilsa-varn-2\t\t\t\t\t\t\n";
static const char titles[] = "title\tkind\tgender\toffice\nMr.\thonorific\tm\t\n"
                             "Foreign Minister\toffice\t\tforeign minister\n";
static const char offices[] = "office\taliases\tscope\tgender\nforeign minister\tFM|chief "
                              "diplomat\tcountry\t\n";
static const char demonyms[] = "word\tplace\tkind\nVeskorian\tveskoria\tboth\n";
static const char roles[] = "noun\tplural\tgender\tkind\nchief of staff\tchiefs of "
                            "staff\t\tofficial\naide\taides\t\tofficial\n";
static const char verbs[] = "lemma\tthird\tpast\tparticiple\tgerund\tclass\tstrength\n"
                            "say\t\tsaid\t\t\tsay\t3\n";
static const char groups[] = "names\nSergei|Serge|Serhiy\n";
static const char more[] = "name\ttype\tid\taliases\n"
                           "Sergei Tavrashin\tperson\ts-tavrashin\tTavra\n"
                           "Olaf Teld\tperson\t\t\n";

static void write_lists(void)
{
    write_file("offices.tsv", offices, sizeof offices - 1);
    write_file("people.tsv", people, sizeof people - 1);
    write_file("titles.tsv", titles, sizeof titles - 1);
    write_file("demonyms.tsv", demonyms, sizeof demonyms - 1);
    write_file("roles.tsv", roles, sizeof roles - 1);
    write_file("speech_verbs.tsv", verbs, sizeof verbs - 1);
    write_file("name_equivalents.tsv", groups, sizeof groups - 1);
    write_file("more.tsv", more, sizeof more - 1);
}

static qdx_gazetteer *load(const char *const *names, qdx_status *status)
{
    char path[128];
    qdx_error error;
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
    *status = gazetteer ? QDX_OK : QDX_ERR_MEMORY;
    for (; *status == QDX_OK && *names; names++)
        *status = qdx_gazetteer_load(gazetteer, path_of(*names, path), NULL, NULL, &error);
    if (*status == QDX_OK)
        *status = qdx_gazetteer_freeze(gazetteer, &error);
    if (*status == QDX_OK)
        return gazetteer;
    qdx_gazetteer_free(gazetteer);
    return NULL;
}

static void compile(const char *const *names, const char *to)
{
    char path[128];
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(NULL);
    for (; gazetteer && *names; names++)
        CHECK(qdx_gazetteer_load(gazetteer, path_of(*names, path), NULL, NULL, NULL) == QDX_OK);
    CHECK(gazetteer && qdx_gazetteer_compile(gazetteer, path_of(to, path), NULL) == QDX_OK);
    qdx_gazetteer_free(gazetteer);
}

static const char *const lists[] = {"offices.tsv",      "people.tsv", "titles.tsv",
                                    "demonyms.tsv",     "roles.tsv",  "name_equivalents.tsv",
                                    "speech_verbs.tsv", NULL};

/* What a gazetteer says of some names, as text. */
static void answers(const qdx_gazetteer *gazetteer, qdx_buffer *out)
{
    static const char *const names[] = {
        "Sergei Tavrashin", "Serhiy Tavrashin", "Tavrashin, S.", "TAV",   "tav",
        "Mr. Tavrashin",    "Ilsa Varn",        "Varn",          "HC",    "Harbour Council",
        "Tavraschin",       "Veskoria",         "nobody",        "Tavra", "Olaf Teld",
    };
    qdx_buffer_clear(out);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        qdx_name_match matches[8];
        size_t count;
        CHECK(qdx_gazetteer_lookup(gazetteer, names[i], matches, 8, &count, NULL) == QDX_OK);
        qdx_buffer_format(out, "%s:", names[i]);
        for (size_t k = 0; k < count; k++)
            qdx_buffer_format(out, " %s/%s/%s/%zu/%zu", matches[k].entity->id, matches[k].rule,
                              matches[k].entity->country, matches[k].entity->alias_count,
                              matches[k].entity->tenure_count);
        qdx_buffer_text(out, "\n");
    }
}

static void check_same(const char *const *a, const char *const *b)
{
    qdx_status status;
    qdx_buffer x = {0}, y = {0};
    qdx_gazetteer *one = load(a, &status), *other = load(b, &status);
    if (CHECK(one && other)) {
        answers(one, &x);
        answers(other, &y);
        CHECK_STR(x.bytes, y.bytes);
        CHECK(qdx_gazetteer_name_count(one) == qdx_gazetteer_name_count(other));
        CHECK(one->words.demonyms.count == 1 && other->words.demonyms.count == 1);
        CHECK(qdx_store_demonym_place(one, 0) == qdx_store_demonym_place(other, 0));
        CHECK(one->words.offices.items[0].holders == 1 &&
              other->words.offices.items[0].holders == 1);
    }
    qdx_gazetteer_free(one);
    qdx_gazetteer_free(other);
    qdx_buffer_release(&x);
    qdx_buffer_release(&y);
}

static void test_same(void)
{
    static const char *const image[] = {"all.qgz", NULL};
    static const char *const split[] = {"words.qgz", "people.qgz", NULL};
    static const char *const both_words[] = {"other-words.qgz", "all.qgz", NULL};
    static const char *const words[] = {"offices.tsv", "titles.tsv",       "demonyms.tsv",
                                        "roles.tsv",   "speech_verbs.tsv", NULL};
    static const char *const other_words[] = {"name_equivalents.tsv", NULL};
    static const char *const names[] = {"people.tsv", "name_equivalents.tsv", NULL};
    compile(lists, "all.qgz");
    compile(words, "words.qgz");
    compile(other_words, "other-words.qgz");
    compile(names, "people.qgz");
    check_same(lists, image);
    check_same(lists, split);
    check_same(lists, both_words);
}

/* A list loaded over a compiled one adds to its entities. */
static void test_layers(void)
{
    static const char *const over[] = {"all.qgz", "more.tsv", NULL};
    qdx_status status;
    qdx_gazetteer *gazetteer = load(over, &status);
    if (!CHECK(gazetteer != NULL))
        return;
    uint32_t number = qdx_store_find(gazetteer, "s-tavrashin");
    const qdx_entity *entity = qdx_store_entity(gazetteer, number);
    CHECK(entity->alias_count == 3 && entity->tenure_count == 1);
    qdx_name_match matches[8];
    size_t count;
    CHECK(qdx_gazetteer_lookup(gazetteer, "Tavra", matches, 8, &count, NULL) == QDX_OK);
    CHECK(count == 1 && matches[0].entity == entity);
    CHECK(qdx_gazetteer_lookup(gazetteer, "Sergei Tavrashin", matches, 8, &count, NULL) == QDX_OK);
    CHECK(count == 1 && matches[0].entity == entity);
    qdx_gazetteer_free(gazetteer);
}

static const char overrides[] = "rule\tname\tid\tother\n"
                                "never-tag\tHC\t\t\n"
                                "not-same-as\tSerhiy Tavrashin\ts-tavrashin\t\n"
                                "always-tag\tthe Bear\ts-tavrashin\t\n"
                                "same-as\t\tolaf-teld\tilsa-varn\n"
                                "never-tag\tVeskoria\tnobody-listed\t\n"
                                "always-tag\tthe Cub\t\t\n"
                                "ignore\tHC\t\t\n";

static size_t count_matches(const qdx_gazetteer *gazetteer, const char *name, const char *id)
{
    qdx_name_match matches[8];
    size_t count;
    CHECK(qdx_gazetteer_lookup(gazetteer, name, matches, 8, &count, NULL) == QDX_OK);
    if (count && id)
        CHECK_STR(matches[0].entity->id, id);
    return count;
}

static void check_overrides(const char *const *names)
{
    qdx_status status;
    qdx_gazetteer *gazetteer = load(names, &status);
    if (!CHECK(gazetteer != NULL))
        return;
    CHECK(count_matches(gazetteer, "HC", NULL) == 0);
    CHECK(count_matches(gazetteer, "Harbour Council", "the-harbour-council") == 1);
    CHECK(count_matches(gazetteer, "Serhiy Tavrashin", NULL) == 0);
    CHECK(count_matches(gazetteer, "Sergej Tavrashin", "s-tavrashin") == 1);
    CHECK(count_matches(gazetteer, "the Bear", "s-tavrashin") == 1);
    CHECK(count_matches(gazetteer, "Olaf Teld", "ilsa-varn") == 1);
    CHECK(count_matches(gazetteer, "Veskoria", "veskoria") == 1);
    qdx_gazetteer_free(gazetteer);
}

static void count_row(void *context, const qdx_error *problem)
{
    CHECK(problem->line == 7 || problem->line == 8);
    ++*(int *)context;
}

static void test_overrides(void)
{
    static const char *const over[] = {"all.qgz", "more.tsv", "overrides.tsv", NULL};
    static const char *const compiled[] = {"all.qgz", "more.tsv", "overrides.qgz", NULL};
    static const char *const alone[] = {"overrides.tsv", NULL};
    char path[128];
    int broken = 0;
    write_file("overrides.tsv", overrides, sizeof overrides - 1);
    compile(alone, "overrides.qgz");
    check_overrides(over);
    check_overrides(compiled);
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(NULL);
    CHECK(gazetteer && qdx_gazetteer_load(gazetteer, path_of("overrides.tsv", path), count_row,
                                          &broken, NULL) == QDX_OK);
    CHECK(broken == 2);
    qdx_gazetteer_free(gazetteer);
}

/* Loading or verifying fails; nothing answers from it. */
static bool is_refused(const char *name)
{
    const char *const names[] = {name, NULL};
    qdx_status status;
    qdx_gazetteer *gazetteer = load(names, &status);
    if (gazetteer)
        status = qdx_gazetteer_verify(gazetteer, NULL);
    qdx_gazetteer_free(gazetteer);
    return status == QDX_ERR_DAMAGED || status == QDX_ERR_VERSION;
}

/* Every step-th byte of a file changed in place, then the file cut short. */
static void damage(const char *name, size_t step)
{
    char path[128];
    size_t believed = 0;
    struct stat info;
    int fd = open(path_of(name, path), O_RDWR | O_CLOEXEC);
    if (!CHECK(fd >= 0 && fstat(fd, &info) == 0))
        return;
    /* Without its first bytes it is no compiled file but a list without a header. */
    for (off_t i = 8; i < info.st_size; i += (off_t)step) {
        unsigned char byte, changed;
        CHECK(pread(fd, &byte, 1, i) == 1);
        changed = (unsigned char)(byte ^ 1 << i % 8);
        CHECK(pwrite(fd, &changed, 1, i) == 1);
        believed += !is_refused(name);
        CHECK(pwrite(fd, &byte, 1, i) == 1);
    }
    CHECK(!is_refused(name));
    for (off_t size = info.st_size - 1; size > 8; size -= 1 + size / 64) {
        CHECK(ftruncate(fd, size) == 0);
        believed += !is_refused(name);
    }
    CHECK(believed == 0);
    close(fd);
}

static void test_damage(void)
{
    static const char *const names[] = {"people.tsv", NULL};
    compile(names, "names.qgz");
    damage("names.qgz", 1);
    compile(lists, "damaged.qgz");
    damage("damaged.qgz", 499);
}

/* The same lists give the same bytes. */
static void test_deterministic(void)
{
    char path[128];
    qdx_buffer a = {0}, b = {0};
    compile(lists, "again.qgz");
    CHECK(qdx_file_read(path_of("all.qgz", path), 1 << 24, &a, NULL) == QDX_OK);
    CHECK(qdx_file_read(path_of("again.qgz", path), 1 << 24, &b, NULL) == QDX_OK);
    CHECK(a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0);
    qdx_buffer_release(&a);
    qdx_buffer_release(&b);
}

int main(void)
{
    snprintf(folder, sizeof folder, "/tmp/quotedex-qgz-XXXXXX");
    if (!CHECK(mkdtemp(folder) != NULL))
        return check_report();
    write_lists();
    test_same();
    test_layers();
    test_overrides();
    test_damage();
    test_deterministic();
    static const char *const files[] = {
        "offices.tsv",      "people.tsv",           "titles.tsv",  "demonyms.tsv", "roles.tsv",
        "speech_verbs.tsv", "name_equivalents.tsv", "more.tsv",    "all.qgz",      "words.qgz",
        "other-words.qgz",  "people.qgz",           "damaged.qgz", "again.qgz",    "names.qgz",
        "overrides.tsv",    "overrides.qgz"};
    char path[128];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        unlink(path_of(files[i], path));
    rmdir(folder);
    return check_report();
}
