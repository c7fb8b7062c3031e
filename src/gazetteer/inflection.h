/* Inflection: the regular forms of an English verb. */
#ifndef QDX_GAZETTEER_INFLECTION_H
#define QDX_GAZETTEER_INFLECTION_H

#include <stdint.h>

enum { QDX_INFLECTED_SIZE = 64, QDX_LEMMA_MAX = 40 /* bytes */ };

/*
 * Writes one form (a QDX_FORM_ bit: third, past, participle, gerund) of a lower-case lemma of at
 * most QDX_LEMMA_MAX bytes: deny denies denied denying, watch watches, note noted noting.
 */
void qdx_inflect(const char *lemma, uint8_t form, char out[QDX_INFLECTED_SIZE]);

#include "base/banned.h"
#endif
