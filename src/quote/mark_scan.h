/*
 * Quotation marks one by one: which glyph, which way it leans by itself and by its neighbours, and
 * what its family has ahead in the block. Pairing them is quote_mark.h's.
 */
#ifndef QDX_QUOTE_MARK_SCAN_H
#define QDX_QUOTE_MARK_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vector.h"
#include "text/token.h"

/* Marks of one family open and close each other. */
typedef enum qdx_mark_family {
    QDX_FAMILY_DOUBLE,
    QDX_FAMILY_SINGLE,
    QDX_FAMILY_ANGLE,
    QDX_FAMILY_SINGLE_ANGLE,
    QDX_FAMILY_CORNER,
    QDX_FAMILY_WHITE_CORNER,
    QDX_FAMILY_COUNT,
} qdx_mark_family;

/* Looks within a family: another look inside a stretch is a stretch inside it. */
typedef enum qdx_mark_look {
    QDX_LOOK_CURLY,
    QDX_LOOK_STRAIGHT,
    QDX_LOOK_LOW,
} qdx_mark_look;

/* Which way a mark points: by its glyph (side), by its glyph and neighbours (lean). */
typedef enum qdx_mark_lean {
    QDX_LEAN_NONE, /* no mark; of a side: the glyph points neither way; of a lean: could be either
                    */
    QDX_LEAN_OPEN,
    QDX_LEAN_CLOSE,
    QDX_LEAN_WEAK, /* single only: closes, if it is not a plural possessive or dropped letter */
    QDX_LEAN_APOSTROPHE, /* single only */
} qdx_mark_lean;

typedef struct qdx_quote_mark {
    uint32_t first, end; /* its tokens; two for ’’ */
    uint32_t block;
    uint8_t family, look, side, lean;
    uint8_t next;    /* lean of the family's next mark in the block, weak ones skipped */
    int32_t sink;    /* 0, or minus the most closing marks ahead that no mark ahead opens */
    bool weak_next;  /* a weak closing mark stands before `next` */
    bool doubled;    /* '' or ’’: two single marks, maybe */
    bool strong;     /* closes after punctuation or a bracket */
    bool could_open; /* an apostrophe that might be an opening mark: ’tis, ’90 */
    bool introduced; /* begins its block or stands after punctuation */
    bool measure;    /* stands after a number: inches, minutes */
    bool feet;       /* ... and that after feet: 5' 10" */
} qdx_quote_mark;

typedef struct qdx_quote_mark_list {
    QDX_VECTOR(qdx_quote_mark) marks;
    bool single; /* the document's outer marks are single ones */
} qdx_quote_mark_list;

/* Fills an all-zero list with the marks of the text in order. Cost: linear. */
qdx_status qdx_quote_marks_scan(const qdx_text *text, qdx_quote_mark_list *list, qdx_error *error);
void qdx_quote_marks_release(qdx_quote_mark_list *list);

#include "base/banned.h"
#endif
