/* The command table: what there is, how each is shown in help, who runs it. */
#include "cli/command.h"

#include <string.h>

#include "cli/suggest.h"

const command commands[] = {
    {"build", CMD_BUILD, "PATH...", "read every article under the paths and write an index",
     "  quotedex build articles/                     index a folder as quotedex.qdx\n"
     "  quotedex build -o news.qdx 2014/ 2015/       name the index\n"
     "  quotedex build -g people.tsv articles/       know these names too\n"
     "  find . -name '*.html' -print0 | quotedex build -0 --files-from -\n",
     "Text, HTML, XML and JSON are read, also compressed and in archives; what cannot be is named\n"
     "on standard error and in the index, and the exit status is 4, or 5 when nothing could be "
     "read. The index is replaced\n"
     "whole, or not at all.\n",
     0, SIZE_MAX, run_build},
    {"update", CMD_UPDATE, "INDEX [PATH...]", "take in what changed in the articles of an index",
     "  quotedex update news.qdx                     new, changed and deleted articles\n"
     "  quotedex update news.qdx 2016/               only under this folder, known or new\n",
     "A file of the same size and time as before is not read again. The outcome is the index that\n"
     "`build` would make. Without paths those of the build are looked through, from where they "
     "were\n"
     "named; name lists given to `build` with -g are used again.\n",
     1, SIZE_MAX, run_update},
    {"merge", CMD_MERGE, "INDEX...", "join indexes into one",
     "  quotedex merge -o all.qdx 2014.qdx 2015.qdx\n",
     "The outcome is the index that one `build` of all articles would make, in whatever order and\n"
     "however often they are named. Of a file that several have, the latest version counts.\n",
     1, SIZE_MAX, run_merge},
    {"quotes", CMD_QUOTES, "INDEX", "every quotation that matches, a row each",
     "  quotedex quotes news.qdx --by 'Sergei Tavrashin'        in any spelling\n"
     "  quotedex quotes news.qdx --by 'Tavrashin' --format csv > tavrashin.csv\n"
     "  quotedex quotes news.qdx --by 'Veskorian foreign minister' --since 2014-03\n"
     "  quotedex quotes news.qdx --about NATO --text sanctions --unique\n"
     "  quotedex quotes news.qdx --names-from officials.csv > all.csv\n",
     "Every condition must hold. Without any, all quotations are listed. The rows of --names-from\n"
     "stand in the order of its names.\n",
     1, 1, run_quotes},
    {"entities", CMD_ENTITIES, "INDEX", "people, organizations and places, with counts",
     "  quotedex entities news.qdx --type person\n"
     "  quotedex entities news.qdx --sort quotes --limit 20     who is quoted most\n"
     "  quotedex entities news.qdx --match Tavrashin -f jsonl\n",
     "", 1, 1, run_entities},
    {"mentions", CMD_MENTIONS, "INDEX NAME", "every mention of an entity, with context",
     "  quotedex mentions news.qdx 'Sergei Tavrashin'\n"
     "  quotedex mentions news.qdx NATO --since 2014-03 -f csv -o nato.csv\n",
     "", 2, 2, run_mentions},
    {"explain", CMD_EXPLAIN, "INDEX QUOTE_ID", "why a quotation has its speaker",
     "  quotedex explain news.qdx q_j43dd7xkowpt\n"
     "  quotedex explain news.qdx 'half a lake is a pond'       by some of its words\n",
     "Ids are in the first column of `quotedex quotes -f csv`. The article is read again, with "
     "the\n"
     "name lists of the build, so these and it have to be where they were.\n",
     2, 2, run_explain},
    {"compare", CMD_COMPARE, "INDEX NAME,NAME...", "what several people said, side by side",
     "  quotedex compare news.qdx Tavrashin,Vallsen --about 'Lake Sorvo'\n"
     "  quotedex compare news.qdx Tavrashin,Vallsen,Malk --since 2014-03 -f xlsx -o sides.xlsx\n"
     "  quotedex compare news.qdx 'Vallsen, Ingrid; Malk, Teodor'\n",
     "A row a day, two columns for each name: the words, and where they stand.\n", 2, SIZE_MAX,
     run_compare},
    {"timeline", CMD_TIMELINE, "INDEX", "how many quotations by day, month or year",
     "  quotedex timeline news.qdx --by Tavrashin\n"
     "  quotedex timeline news.qdx --about NATO --per year -f csv\n",
     "Periods without any are left out; quotations without a date are counted last.\n", 1, 1,
     run_timeline},
    {"review", CMD_REVIEW, "INDEX", "what the index doubts, as a table to fill in",
     "  quotedex review news.qdx -f xlsx -o review.xlsx     look at it; save it as review.csv\n"
     "  quotedex review news.qdx -o review.csv && quotedex apply news.qdx review.csv\n",
     "Two questions: is this quotation by `subject` (speaker), are `subject` and `other` one "
     "(same)?\n"
     "Write yes or no into `decision`, or for a speaker the right name; leave the rest empty. The\n"
     "weightiest doubts stand first, 200 unless --limit says otherwise; decided ones are left "
     "out.\n",
     1, 1, run_review},
    {"apply", CMD_APPLY, "INDEX REVIEW.csv", "take the decisions from a table of review",
     "  quotedex apply news.qdx review.csv                  kept in news.qdx.decisions\n"
     "  quotedex quotes other.qdx --decisions news.qdx.decisions\n",
     "Decisions stand in a table beside the index, so a new build leaves them alone, and every\n"
     "question after that heeds them. Later ones replace earlier ones on the same subject.\n",
     2, 2, run_apply},
    {"check", CMD_CHECK, "INDEX CLAIMS.csv", "claimed quotations against the index",
     "  quotedex check news.qdx claims.csv                     a verdict for each row\n"
     "  quotedex check news.qdx claims.csv -f xlsx -o checked.xlsx\n"
     "  echo 'quote,speaker\n\"Half a lake is a pond\",Malk' | quotedex check news.qdx -\n",
     "CLAIMS.csv has a header with the columns quote and, where known, speaker. The verdicts:\n"
     "  exact          the speaker's whole quotation, letter by letter\n"
     "  typographic    the same words; what was folded (case, marks, dashes) is in `folded`\n"
     "  near           some words differ, or it is a part; `difference` marks [-left out-] "
     "{+added+}\n"
     "  wrong_speaker  these words, said by somebody else\n"
     "  elsewhere      in an article, but as nobody's quoted words; or similar, by somebody else\n"
     "  absent         not in these articles\n"
     "Articles are read again for words outside quotations, so they should be where they were.\n"
     "Exit status 1: no claim was found at all.\n",
     2, 2, run_check},
    {"export", CMD_EXPORT, "INDEX", "the whole index for other tools",
     "  quotedex export news.qdx --format sqlite -o news.db      then: datasette news.db\n"
     "  quotedex export news.qdx --format csv -o news/           a file a table\n"
     "  quotedex export news.qdx --format csv -o quotes.csv      the quotations alone\n"
     "  quotedex export news.qdx --format html -o report.html\n",
     "Tables: quotes, entities, documents, aliases, offices, mentions; html has the first three.\n"
     "They are joined by document_id, and by entity_id with type. What is written\n"
     "appears whole or not at all.\n",
     1, 1, run_export},
    {"annotate", CMD_ANNOTATE, "PATH...", "tag articles without an index",
     "  quotedex annotate article.txt                a JSON object a line\n"
     "  quotedex annotate -f annotated article.txt   the text, with what was found in braces\n"
     "  curl -s https://example.org/a.html | quotedex annotate -\n",
     "", 0, SIZE_MAX, run_annotate},
    {"info", CMD_INFO, "INDEX", "what is inside an index",
     "  quotedex info news.qdx\n"
     "  quotedex info --skipped news.qdx             what could not be read, and why\n"
     "  quotedex info --inputs news.qdx              what the articles came as, and copies\n",
     "", 1, 1, run_info},
    {"verify", CMD_VERIFY, "INDEX", "walk every checksum and record of an index",
     "  quotedex verify news.qdx && echo whole\n", "", 1, 1, run_verify},
    {"serve", CMD_SERVE, "INDEX", "a page to search an index with, in the browser of this machine",
     "  quotedex serve news.qdx                      then open http://127.0.0.1:8750/\n"
     "  quotedex serve news.qdx --port 9000\n"
     "  curl 'http://127.0.0.1:8750/api/quotes?by=Tavrashin&limit=5'\n",
     "Only this machine is answered, whoever is logged in on it, and nothing can be changed "
     "through\n"
     "it. The page loads nothing from elsewhere. Ctrl-C ends it. docs/web-api.md tells what else "
     "can\n"
     "be asked for.\n",
     1, 1, run_serve},
    {"gazetteer", CMD_GAZETTEER, "check [PATH...] | lookup NAME... | import FILE | compile LIST...",
     "work on name lists",
     "  quotedex gazetteer check people.tsv          rows that cannot be used, with line numbers\n"
     "  quotedex gazetteer lookup 'Sergej Tawraschin'    whom does this name mean\n"
     "  quotedex gazetteer lookup -g people.tsv - < names.txt\n"
     "  quotedex gazetteer compile -o people.qgz people.tsv      for -g: mapped, not read\n"
     "  quotedex gazetteer import -o places.tsv cities15000.txt\n"
     "  quotedex gazetteer import --from plain --type person -o people.tsv names.txt\n",
     "Import reads the formats wikidata, opensanctions, spacy, popolo, geonames, "
     "geonames-alternate,\n"
     "jrc, regexner, gate and plain, and tells what it left out.\n",
     1, SIZE_MAX, run_gazetteer},
    {"help", CMD_HELP, "[COMMAND]", "how to use a command",
     "  quotedex help quotes\n"
     "  quotedex help quotes --man | man -l -\n"
     "  source <(quotedex help --completion bash)\n",
     "", 0, 1, run_help},
    {"version", CMD_VERSION, "", "the program's version", "  quotedex version\n", "", 0, 0,
     run_version},
    {0},
};

const command *command_find(const char *name)
{
    for (const command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

const char *command_suggest(const char *name)
{
    const char *nearest = NULL;
    unsigned best = 0;
    for (const command *c = commands; c->name; c++) {
        unsigned distance = edit_distance(name, c->name);
        if (is_near(name, distance) && (!nearest || distance < best)) {
            nearest = c->name;
            best = distance;
        }
    }
    return nearest;
}
