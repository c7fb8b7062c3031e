/* E-mail as a wrapping around its text. */
#ifndef QDX_DOCUMENT_MAIL_H
#define QDX_DOCUMENT_MAIL_H

#include "document/format.h"

extern const qdx_format qdx_format_mail;

/* Do these bytes begin with a message's headers? */
bool qdx_mail_is(const char *bytes, size_t size);

#include "base/banned.h"
#endif
