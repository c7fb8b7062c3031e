/*
 * The names of the classes in alphabetical order, entered by their first letter. No hash: a letter
 * has five names at most.
 */
#include "quote/verb_class.h"

#include <stddef.h>
#include <string.h>

static const char *const names[QDX_VERB_CLASS_COUNT] = {
    "admit",    "agree",     "announce", "argue",   "ask",     "boast",  "call",    "complain",
    "continue", "criticize", "deny",     "exclaim", "express", "praise", "promise", "quote",
    "reply",    "say",       "tell",     "think",   "urge",    "warn",   "write",
};

/* The first class of each letter, a to z. */
static const uint8_t first_of[26] = {
    QDX_VERB_ADMIT,
    QDX_VERB_BOAST,
    QDX_VERB_CALL,
    QDX_VERB_DENY,
    QDX_VERB_EXCLAIM,
    ['p' - 'a'] = QDX_VERB_PRAISE,
    ['q' - 'a'] = QDX_VERB_QUOTE,
    ['r' - 'a'] = QDX_VERB_REPLY,
    ['s' - 'a'] = QDX_VERB_SAY,
    ['t' - 'a'] = QDX_VERB_TELL,
    ['u' - 'a'] = QDX_VERB_URGE,
    ['w' - 'a'] = QDX_VERB_WARN,
};

qdx_verb_class qdx_verb_class_of(const char *name)
{
    if (!name || *name < 'a' || *name > 'z')
        return QDX_VERB_CLASS_COUNT;
    for (uint32_t i = first_of[*name - 'a']; i < QDX_VERB_CLASS_COUNT && names[i][0] == *name; i++)
        if (names[i][1] == name[1] && strcmp(names[i], name) == 0)
            return (qdx_verb_class)i;
    return QDX_VERB_CLASS_COUNT;
}
