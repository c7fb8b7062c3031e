/*
 * Descriptions: "the Russian foreign minister", "the spokeswoman", resolved within the article.
 */
#ifndef QDX_ENTITY_DESCRIPTION_H
#define QDX_ENTITY_DESCRIPTION_H

#include "entity/tagging.h"

/* What a noun phrase of tokens [first, end) says of a person. */
typedef struct qdx_description {
    uint32_t office;     /* QDX_NO_OFFICE when it names none */
    const char *country; /* ISO code of "Russian …" or "… of Russia", else "" */
    uint32_t role;       /* word of its people noun, or 0 */
    qdx_gender gender;
    bool plural;
} qdx_description;

qdx_description qdx_description_read(const qdx_tagging *tagging, uint32_t first, uint32_t end);

/*
 * The person described, as named before or after token `position`: the nearest figure that holds
 * the office or was given the role; else the listed holder at the document's date, who then
 * becomes a figure. QDX_NONE when nobody fits.
 */
qdx_status qdx_description_resolve(qdx_tagging *tagging, const qdx_description *description,
                                   uint32_t position, uint32_t *figure, qdx_error *error);

#include "base/banned.h"
#endif
