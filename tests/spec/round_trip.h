/*
 * The round trip through an index: what was found in the examples of a file is written to an index,
 * and asked back from it.
 */
#ifndef QDX_TESTS_ROUND_TRIP_H
#define QDX_TESTS_ROUND_TRIP_H

#include <quotedex/quotedex.h>

typedef struct round_trip round_trip;

round_trip *round_trip_new(void);
void round_trip_free(round_trip *trip);

/* Remembers the quotations of a document; its record, made elsewhere, goes to the writer. */
bool round_trip_expect(round_trip *trip, const qdx_document *document,
                       const qdx_analysis *analysis);
bool round_trip_add(round_trip *trip, const void *record, size_t size);

/*
 * Writes the index, opens it, verifies it and asks for all quotations: each must come back once,
 * with its words, speaker, kind, cue and place. Differences go to standard error; gives their
 * number.
 */
size_t round_trip_check(round_trip *trip);

#endif
