/* The word tables of an image: read in place, or added to those there are. */
#ifndef QDX_GAZETTEER_WORDS_H
#define QDX_GAZETTEER_WORDS_H

#include "gazetteer/store.h"

/* Has this image word lists? */
bool qdx_words_in(const qdx_qgz *image);

/*
 * Takes over an image's words: in place when there are none yet (*in_place), else one by one, as if
 * their lists were loaded.
 */
qdx_status qdx_words_load(qdx_gazetteer *gazetteer, const qdx_qgz *image, bool *in_place,
                          qdx_error *error);

/* Makes room for what is found out about words later. Part of freezing. */
qdx_status qdx_words_publish(qdx_gazetteer *gazetteer, qdx_error *error);

#include "base/banned.h"
#endif
