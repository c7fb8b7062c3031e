/*
 * Gazetteers: the names, titles and verbs the analyzer knows.
 *
 * Files are tab-separated tables (docs/gazetteer-format.md) or compiled from them (.qgz). A row
 * that cannot be used is reported and left out; the others stay. Load, freeze, then share: a frozen
 * gazetteer never changes and any number of threads may use it.
 *
 *     qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
 *     qdx_gazetteer_load(gazetteer, "gazetteers/en", NULL, NULL, &error);
 *     qdx_gazetteer_freeze(gazetteer, &error);
 */
#ifndef QUOTEDEX_GAZETTEER_H
#define QUOTEDEX_GAZETTEER_H

#include <quotedex/mention.h>
#include <quotedex/status.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qdx_gazetteer qdx_gazetteer;

/* Called for each row left out; `problem` names file, line and reason. */
typedef void qdx_problem_fn(void *context, const qdx_error *problem);

QDX_API qdx_gazetteer *qdx_gazetteer_new(qdx_error *error);
QDX_API void qdx_gazetteer_free(qdx_gazetteer *gazetteer);

/*
 * Loads one .tsv, .csv or .qgz file, or every such file of a folder in order of name. Rows with the
 * id of an earlier row add to that entity. Fails on what cannot be opened, is no text, or has no
 * usable header; broken rows only go to `problem` (which may be NULL).
 */
QDX_API qdx_status qdx_gazetteer_load(qdx_gazetteer *gazetteer, const char *path,
                                      qdx_problem_fn *problem, void *context, qdx_error *error);

/*
 * Loads the lists that came with the program (qdx_gazetteer_default_path): all of them, or without
 * `names` only the words that quotations and descriptions are read by. Words that are nowhere to
 * be found are no error, missing names are.
 */
QDX_API qdx_status qdx_gazetteer_load_default(qdx_gazetteer *gazetteer, bool names,
                                              qdx_problem_fn *problem, void *context,
                                              qdx_error *error);

/* Builds the look-up tables. No load afterwards; nothing else before. */
QDX_API qdx_status qdx_gazetteer_freeze(qdx_gazetteer *gazetteer, qdx_error *error);

/* Are two given names forms of one, by the lists loaded: "bob" and "robert"? Words are folded. */
QDX_API bool qdx_gazetteer_same_given_name(const qdx_gazetteer *gazetteer, const char *name,
                                           const char *other);

/*
 * Instead of freezing: writes what was loaded as a compiled gazetteer (docs/qgz-format.md), which
 * qdx_gazetteer_load maps in no time. Only lists can be compiled, not compiled files again.
 */
QDX_API qdx_status qdx_gazetteer_compile(qdx_gazetteer *gazetteer, const char *path,
                                         qdx_error *error);

/*
 * Checks every byte of the compiled files in use. Without it a part is checked at its first use;
 * analyzers call it, since they use all parts.
 */
QDX_API qdx_status qdx_gazetteer_verify(const qdx_gazetteer *gazetteer, qdx_error *error);

QDX_API size_t qdx_gazetteer_entity_count(const qdx_gazetteer *gazetteer);
QDX_API const qdx_entity *qdx_gazetteer_entity_at(const qdx_gazetteer *gazetteer, size_t i);
QDX_API size_t qdx_gazetteer_name_count(const qdx_gazetteer *gazetteer);

/* One answer to "whom does this name mean". */
typedef struct qdx_name_match {
    const qdx_entity *entity; /* borrowed from the gazetteer */
    const char *rule; /* "exact", "alias", "romanization", "initials", "order", ...; static */
    float confidence;
} qdx_name_match;

/*
 * Resolves a name in any spelling, best match first, at most `capacity` of them. *count is the
 * number written; 0 when nothing is meant. Cost: a few hash probes.
 */
QDX_API qdx_status qdx_gazetteer_lookup(const qdx_gazetteer *gazetteer, const char *name,
                                        qdx_name_match *matches, size_t capacity, size_t *count,
                                        qdx_error *error);

/*
 * The folder of the gazetteers that came with the program: $QUOTEDEX_GAZETTEERS, else the one
 * of the installation (or build folder) that the program or shared library is part of. NULL when
 * none exists.
 */
QDX_API const char *qdx_gazetteer_default_path(char *buffer, size_t size);

#ifdef __cplusplus
}
#endif
#endif
