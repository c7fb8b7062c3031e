/*
 * Where pages tell what they are about. A place is a row: what it tells, and how far it is
 * believed; the lowest rank that tells anything wins.
 */
#include "document/metadata_table.h"

#define TITLE QDX_FACT_TITLE
#define URL QDX_FACT_URL
#define OUTLET QDX_FACT_OUTLET
#define AUTHOR QDX_FACT_AUTHOR
#define LANGUAGE QDX_FACT_LANGUAGE
#define DATE QDX_FACT_DATE

/* name, property or itemprop of <meta> (and itemprop of anything); sorted */
const qdx_meta_row qdx_meta_rows[] = {
    {"al:ios:app_name", OUTLET, 7},
    {"application-name", OUTLET, 4},
    {"article.author", AUTHOR, 3},
    {"article.published", DATE, 2},
    {"article:author", AUTHOR, 4},
    {"article:author_name", AUTHOR, 2},
    {"article:published", DATE, 1},
    {"article:published_time", DATE, 1},
    {"article_date_original", DATE, 3},
    {"author", AUTHOR, 1},
    {"authors", AUTHOR, 3},
    {"byl", AUTHOR, 2},
    {"byline", AUTHOR, 3},
    {"citation_author", AUTHOR, 3},
    {"citation_date", DATE, 4},
    {"citation_journal_title", OUTLET, 3},
    {"citation_publication_date", DATE, 3},
    {"citation_title", TITLE, 3},
    {"content-language", LANGUAGE, 2},
    {"copyright", OUTLET, 8},
    {"cre", OUTLET, 3},
    {"created", DATE, 6},
    {"cxenseparse:author", AUTHOR, 4},
    {"cxenseparse:recs:publishtime", DATE, 3},
    {"cxenseparse:title", TITLE, 5},
    {"date", DATE, 5},
    {"date_published", DATE, 3},
    {"datecreated", DATE, 5},
    {"datepublished", DATE, 2},
    {"dc.contributor", AUTHOR, 6},
    {"dc.creator", AUTHOR, 3},
    {"dc.date", DATE, 4},
    {"dc.date.created", DATE, 4},
    {"dc.date.issued", DATE, 3},
    {"dc.language", LANGUAGE, 2},
    {"dc.publisher", OUTLET, 3},
    {"dc.title", TITLE, 5},
    {"dcterms.created", DATE, 4},
    {"dcterms.creator", AUTHOR, 3},
    {"dcterms.date", DATE, 4},
    {"dcterms.issued", DATE, 3},
    {"dcterms.language", LANGUAGE, 2},
    {"dcterms.publisher", OUTLET, 3},
    {"dcterms.title", TITLE, 5},
    {"displaydate", DATE, 5},
    {"hdl", TITLE, 4},
    {"headline", TITLE, 2},
    {"inlanguage", LANGUAGE, 2},
    {"language", LANGUAGE, 3},
    {"last-modified", DATE, 9},
    {"og:article:author", AUTHOR, 4},
    {"og:article:published_time", DATE, 1},
    {"og:headline", TITLE, 2},
    {"og:locale", LANGUAGE, 3},
    {"og:pubdate", DATE, 3},
    {"og:site_name", OUTLET, 1},
    {"og:title", TITLE, 1},
    {"og:url", URL, 2},
    {"originalpublicationdate", DATE, 2},
    {"parsely-author", AUTHOR, 3},
    {"parsely-link", URL, 3},
    {"parsely-pub-date", DATE, 3},
    {"parsely-title", TITLE, 4},
    {"pdate", DATE, 4},
    {"ptime", DATE, 3},
    {"pub_date", DATE, 3},
    {"pubdate", DATE, 3},
    {"publication_date", DATE, 3},
    {"publicationdate", DATE, 3},
    {"publish-date", DATE, 3},
    {"publish_date", DATE, 3},
    {"publishdate", DATE, 3},
    {"published-date", DATE, 3},
    {"published_time_telegram", DATE, 3},
    {"publisher", OUTLET, 3},
    {"sailthru.author", AUTHOR, 3},
    {"sailthru.date", DATE, 3},
    {"sailthru.title", TITLE, 5},
    {"source", OUTLET, 5},
    {"title", TITLE, 6},
    {"twitter:title", TITLE, 5},
    {"twitter:url", URL, 4},
};

const size_t qdx_meta_row_count = sizeof qdx_meta_rows / sizeof qdx_meta_rows[0];

/* Words of classes that mark a visible headline, date or byline; by their first letters. */
const qdx_byline_row qdx_byline_rows[] = {
    {"article-date", DATE, 8}, {"author", AUTHOR, 8},     {"authors", AUTHOR, 8},
    {"byline", AUTHOR, 7},     {"bylines", AUTHOR, 7},    {"date", DATE, 8},
    {"dateline", DATE, 9},     {"entry-date", DATE, 8},   {"post-date", DATE, 8},
    {"pubdate", DATE, 8},      {"publish-date", DATE, 8}, {"published", DATE, 8},
    {"timestamp", DATE, 8},
};

const size_t qdx_byline_row_count = sizeof qdx_byline_rows / sizeof qdx_byline_rows[0];
