/* A small plot of how many rows fall on which date, as SVG. */
#ifndef QDX_OUTPUT_HTML_PLOT_H
#define QDX_OUTPUT_HTML_PLOT_H

#include "base/buffer.h"
#include "base/vector.h"

/* Numbers of months since the year 0, one a dated row, in any order. */
typedef QDX_VECTOR(uint32_t) qdx_month_list;

/* Appends the plot: bars by month, by year when there are many months. Nothing without dates. */
void qdx_html_plot(qdx_month_list *months, qdx_buffer *out);

#include "base/banned.h"
#endif
