/*
 * The plot of a report: bars over time, drawn without script. Bars that would be thinner than a few
 * pixels are joined: months to years, years to decades and so on.
 */
#include "output/html_plot.h"

#include <stdlib.h>

enum { MOST_BARS = 80, WIDTH = 800, HEIGHT = 80, LABEL = 16, YEAR = 12 };

static int compare_months(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Months that one bar stands for. */
static uint32_t bar_months(uint32_t first, uint32_t last)
{
    uint32_t step = 1;
    while ((last / step) - (first / step) >= MOST_BARS)
        step = step == 1 ? YEAR : step * 10;
    return step;
}

static void put_label(qdx_buffer *out, uint32_t month, uint32_t step)
{
    qdx_buffer_format(out, "%u", month / YEAR);
    if (step == 1)
        qdx_buffer_format(out, "-%02u", month % YEAR + 1);
    else if (step > YEAR)
        qdx_buffer_format(out, "\xE2\x80\x93%u", (month + step - 1) / YEAR);
}

static void put_bar(qdx_buffer *out, uint32_t bar, uint32_t bars, size_t count, size_t most,
                    uint32_t month, uint32_t step)
{
    double width = (double)WIDTH / bars, height = (double)HEIGHT * (double)count / (double)most;
    qdx_buffer_format(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>",
                      bar * width, HEIGHT - height, width > 2 ? width - 1 : width, height);
    put_label(out, month, step);
    qdx_buffer_format(out, ": %zu</title></rect>", count);
}

/* The stretch of equal bars from `i` on: where it ends. */
static size_t bar_end(const qdx_month_list *months, size_t i, uint32_t step)
{
    size_t end = i;
    while (end < months->count && months->items[end] / step == months->items[i] / step)
        end++;
    return end;
}

void qdx_html_plot(qdx_month_list *months, qdx_buffer *out)
{
    if (months->count == 0)
        return;
    qsort(months->items, months->count, sizeof *months->items, compare_months);
    uint32_t first = months->items[0], last = months->items[months->count - 1];
    uint32_t step = bar_months(first, last), bars = last / step - first / step + 1;
    size_t most = 1;
    for (size_t i = 0, end; i < months->count; i = end) {
        end = bar_end(months, i, step);
        most = end - i > most ? end - i : most;
    }
    qdx_buffer_format(out,
                      "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"rows over "
                      "time\">",
                      WIDTH, HEIGHT + LABEL);
    for (size_t i = 0, end; i < months->count; i = end) {
        end = bar_end(months, i, step);
        put_bar(out, months->items[i] / step - first / step, bars, end - i, most,
                months->items[i] / step * step, step);
    }
    qdx_buffer_format(out, "<text x=\"0\" y=\"%d\">", HEIGHT + LABEL - 3);
    put_label(out, first / step * step, step);
    qdx_buffer_format(out, "</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">", WIDTH,
                      HEIGHT + LABEL - 3);
    put_label(out, last / step * step, step);
    qdx_buffer_text(out, "</text></svg></figure>\n");
}
