/* Dates as articles and their headers write them. qdx_date_parse and _format are public. */
#ifndef QDX_DOCUMENT_DATE_H
#define QDX_DOCUMENT_DATE_H

#include <quotedex/document.h>

#include "base/error.h"

/*
 * The first date in `text` that says its year: ISO 8601 ("2014-03-11T09:30Z", "20140311",
 * "2014-03"), RFC 822 ("Tue, 11 Mar 2014"), "March 11, 2014", "11th March 2014", "March 2014".
 * Purely numeric dates of other orders are ambiguous and not read. False, and *date unchanged, when
 * there is none.
 */
bool qdx_date_find(const char *text, size_t size, qdx_date *date);

/* The date in an address's path: /2014/03/11/, /2014/mar/11/, /2014-03-11-, /20140311. */
bool qdx_date_find_in_url(const char *url, qdx_date *date);

#include "base/banned.h"
#endif
