/*
 * Whether a workbook that a library wrote is whole. libxlsxwriter does not look whether writing its
 * temporary files failed: on a full disk it packs what there is and reports success.
 */
#ifndef QDX_OUTPUT_WORKBOOK_CHECK_H
#define QDX_OUTPUT_WORKBOOK_CHECK_H

#include "base/error.h"

/*
 * Unpacks every part of the .xlsx at `path` and looks at its end. QDX_ERR_IO when one is cut short;
 * QDX_OK without a look where zlib is missing. Cost: linear in the unpacked size; memory: 64 KiB
 * and the map of the file.
 */
qdx_status qdx_workbook_check(const char *path, qdx_error *error);

#include "base/banned.h"
#endif
