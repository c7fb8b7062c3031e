/* The classes of verbs of speech, as the lists of words name them. */
#ifndef QDX_QUOTE_VERB_CLASS_H
#define QDX_QUOTE_VERB_CLASS_H

#include <stdint.h>

/* In the order of the features class_admit ... class_write of the linear models. */
typedef enum qdx_verb_class {
    QDX_VERB_ADMIT,
    QDX_VERB_AGREE,
    QDX_VERB_ANNOUNCE,
    QDX_VERB_ARGUE,
    QDX_VERB_ASK,
    QDX_VERB_BOAST,
    QDX_VERB_CALL,
    QDX_VERB_COMPLAIN,
    QDX_VERB_CONTINUE,
    QDX_VERB_CRITICIZE,
    QDX_VERB_DENY,
    QDX_VERB_EXCLAIM,
    QDX_VERB_EXPRESS,
    QDX_VERB_PRAISE,
    QDX_VERB_PROMISE,
    QDX_VERB_QUOTE,
    QDX_VERB_REPLY,
    QDX_VERB_SAY,
    QDX_VERB_TELL,
    QDX_VERB_THINK,
    QDX_VERB_URGE,
    QDX_VERB_WARN,
    QDX_VERB_WRITE,
    QDX_VERB_CLASS_COUNT,
} qdx_verb_class;

/* The class of this name; QDX_VERB_CLASS_COUNT when there is none, or `name` is NULL. */
qdx_verb_class qdx_verb_class_of(const char *name);

#include "base/banned.h"
#endif
