/* quotedex: who is named and who said what in news articles. Includes the whole public API. */
#ifndef QUOTEDEX_H
#define QUOTEDEX_H

#include <quotedex/analyzer.h>
#include <quotedex/batch.h>
#include <quotedex/check.h>
#include <quotedex/content.h>
#include <quotedex/decisions.h>
#include <quotedex/document.h>
#include <quotedex/gazetteer.h>
#include <quotedex/import.h>
#include <quotedex/index.h>
#include <quotedex/mention.h>
#include <quotedex/output.h>
#include <quotedex/query.h>
#include <quotedex/quote.h>
#include <quotedex/span.h>
#include <quotedex/status.h>
#include <quotedex/version.h>

#endif
