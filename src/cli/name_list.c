/*
 * Lists of names: one column of a sheet. Not a name list of the tagger's: these are questions.
 */
#include "cli/name_list.h"
#include "cli/message.h"

#include <stdlib.h>
#include <string.h>

qdx_status name_list_read(name_list *list, const char *path, qdx_error *error)
{
    memset(list, 0, sizeof *list);
    qdx_status status = sheet_read(&list->sheet, path, "name", error);
    if (status == QDX_ERR_ARGUMENT)
        return fail(error, QDX_ERR_ARGUMENT, path, "there is no name in it");
    if (status != QDX_OK)
        return status;
    int column = sheet_column(&list->sheet, "name");
    list->names = calloc(list->sheet.row_count, sizeof *list->names);
    if (!list->names)
        return fail(error, QDX_ERR_MEMORY, path, "out of memory");
    for (size_t row = column >= 0; row < list->sheet.row_count; row++) {
        const char *name = sheet_cell(&list->sheet, row, column < 0 ? 0 : (size_t)column);
        if (*name)
            list->names[list->count++] = name;
    }
    return list->count ? QDX_OK : fail(error, QDX_ERR_ARGUMENT, path, "there is no name in it");
}

void name_list_release(name_list *list)
{
    free(list->names);
    sheet_release(&list->sheet);
    memset(list, 0, sizeof *list);
}
