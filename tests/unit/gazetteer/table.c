/* Tables: both separators, quoting, BOM, line ends, comments, and rows that are broken. */
#include "gazetteer/table.h"
#include "check.h"

/* The rows of a table as text: cells between /, rows between newlines, a broken row as !line. */
static const char *rows_of(const char *bytes, char out[1024])
{
    qdx_table table;
    qdx_error error;
    size_t size = 0;
    out[0] = '\0';
    if (qdx_table_open_bytes(&table, "list", bytes, strlen(bytes), &error) != QDX_OK) {
        snprintf(out, 1024, "%s:%u: %s", error.file, error.line, error.message);
        return out;
    }
    for (;;) {
        qdx_status status = qdx_table_next(&table, &error);
        if (status == QDX_END)
            break;
        if (status != QDX_OK) {
            CHECK(status == QDX_ERR_FORMAT);
            CHECK_STR(error.file, "list");
            size += (size_t)snprintf(out + size, 1024 - size, "!%u\n", error.line);
            continue;
        }
        for (size_t i = 0; i < table.column_count; i++)
            size += (size_t)snprintf(out + size, 1024 - size, "%s%s", i ? "/" : "",
                                     qdx_table_cell(&table, (int)i));
        size += (size_t)snprintf(out + size, 1024 - size, "\n");
    }
    CHECK_STR(qdx_table_cell(&table, -1), "");
    CHECK_STR(qdx_table_cell(&table, 63), "");
    qdx_table_close(&table);
    return out;
}

#define ROWS(bytes, wanted)                                                                        \
    do {                                                                                           \
        char out[1024];                                                                            \
        CHECK_STR(rows_of(bytes, out), wanted);                                                    \
    } while (0)

static void test_tsv(void)
{
    ROWS("name\ttype\nA\tperson\nB\tplace", "A/person\nB/place\n");
    ROWS("\xEF\xBB\xBFname\ttype\r\nA\tperson\r\n\r\nB\r\n", "A/person\nB/\n");
    ROWS("# about\n\nname\ttype\n# not a row\nA\t # kept\n", "A/# kept\n");
    ROWS("name\ttype\n  A  \t person \n\t\t\n", "A/person\n");
    ROWS("name\ttype\n\"A\", B\t\"x\n", "\"A\", B/\"x\n"); /* quotes mean nothing in TSV */
    ROWS("name\nA, B\n", "A, B\n");
}

static void test_csv(void)
{
    ROWS("name,type\nA,person\n", "A/person\n");
    ROWS("name,type\n\"B, C\",\"say \"\"so\"\"\"\n", "B, C/say \"so\"\n");
    ROWS("name,type\n\"two\nlines\",x\nA,y\n", "two\nlines/x\nA/y\n");
    ROWS("name,type\n,,\nA,\n", "A/\n");
}

static void test_broken(void)
{
    ROWS("name\ttype\na\tb\tc\nA\tperson\nd\te\tf\n", "!2\nA/person\n!4\n");
    ROWS("name,type\nA,x\n\"never closed,y\nB,z\n", "A/x\n!3\nB/z\n");
    ROWS("name,type\n\"two\nlines\",x,too many\nA,y\n1,2,3", "!2\nA/y\n!5\n");
    ROWS("", "list:0: empty file");
    ROWS("name\ttype\nA\xFF\tperson\n", "list:0: not UTF-8 text");
    ROWS("# only\n# comments\n", "list:1: no header line");
    char wide[200];
    memset(wide, ',', 130);
    memcpy(wide, "a", 1);
    memcpy(wide + 130, "z\n", 3);
    ROWS(wide, "list:1: row has more than 64 cells");
}

static void test_columns(void)
{
    qdx_table table;
    const char *bytes = "type\tname\n";
    CHECK(qdx_table_open_bytes(&table, "list", bytes, strlen(bytes), NULL) == QDX_OK);
    CHECK(qdx_table_column(&table, "name") == 1 && qdx_table_column(&table, "type") == 0);
    CHECK(qdx_table_column(&table, "Name") == -1);
    CHECK(qdx_table_next(&table, NULL) == QDX_END && qdx_table_next(&table, NULL) == QDX_END);
    qdx_table_close(&table);
    qdx_error error;
    CHECK(qdx_table_open(&table, "/nowhere/list.tsv", &error) == QDX_ERR_IO);
    CHECK_STR(error.file, "/nowhere/list.tsv");
}

int main(void)
{
    test_tsv();
    test_csv();
    test_broken();
    test_columns();
    return check_report();
}
