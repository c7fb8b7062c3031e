/*
 * The columns of quotations, mentions and entities. They are the program's interface: fixed names
 * in fixed order; new ones go to the end.
 */
#include <stddef.h>

#include "cli/record.h"

#define HIT(member) offsetof(qdx_hit, member), 0
#define MENTION(member) offsetof(qdx_mention_hit, member), 0
#define ENTITY(member) offsetof(qdx_index_entity, member), 0

static const field quote_fields[] = {
    {{"quote_id", QDX_CELL_TEXT, 0}, FIELD_TEXT, HIT(quote_id)},
    {{"speaker", QDX_CELL_TEXT, 18}, FIELD_TEXT, HIT(speaker)},
    {{"speaker_id", QDX_CELL_TEXT, 0}, FIELD_TEXT, HIT(speaker_id)},
    {{"speaker_as_written", QDX_CELL_TEXT, 0}, FIELD_TEXT, HIT(speaker_as_written)},
    {{"quote", QDX_CELL_FOCUS, 60}, FIELD_TEXT, HIT(quote)},
    {{"kind", QDX_CELL_TEXT, 0}, FIELD_QUOTE_KIND, HIT(kind)},
    {{"cue", QDX_CELL_TEXT, 0}, FIELD_TEXT, HIT(cue)},
    {{"confidence", QDX_CELL_REAL, 0}, FIELD_SHARE, HIT(confidence)},
    {{"rule", QDX_CELL_TEXT, 0}, FIELD_TEXT, HIT(rule)},
    {{"about", QDX_CELL_TEXT, 0}, FIELD_TEXT, HIT(about)},
    {{"date", QDX_CELL_DATE, 10}, FIELD_DATE, HIT(date)},
    {{"title", QDX_CELL_TEXT, 0}, FIELD_TEXT, HIT(title)},
    {{"outlet", QDX_CELL_TEXT, 0}, FIELD_TEXT, HIT(outlet)},
    {{"url", QDX_CELL_LINK, 0}, FIELD_URL, offsetof(qdx_hit, url), offsetof(qdx_hit, quote)},
    {{"path", QDX_CELL_TEXT, 24}, FIELD_TEXT, HIT(path)},
    {{"paragraph", QDX_CELL_INTEGER, 0}, FIELD_U32, HIT(paragraph)},
    {{"char_start", QDX_CELL_INTEGER, 0}, FIELD_U32, HIT(char_start)},
    {{"char_end", QDX_CELL_INTEGER, 0}, FIELD_U32, HIT(char_end)},
    {{"context_before", QDX_CELL_BEFORE, 0}, FIELD_TEXT, HIT(context_before)},
    {{"context_after", QDX_CELL_AFTER, 0}, FIELD_TEXT, HIT(context_after)},
    {{"duplicates", QDX_CELL_INTEGER, 0}, FIELD_U32, HIT(duplicates)},
};

static const field mention_fields[] = {
    {{"entity", QDX_CELL_TEXT, 0}, FIELD_TEXT, MENTION(entity)},
    {{"entity_id", QDX_CELL_TEXT, 0}, FIELD_TEXT, MENTION(entity_id)},
    {{"type", QDX_CELL_TEXT, 0}, FIELD_ENTITY_TYPE, MENTION(type)},
    {{"text", QDX_CELL_FOCUS, 20}, FIELD_TEXT, MENTION(text)},
    {{"rule", QDX_CELL_TEXT, 0}, FIELD_TEXT, MENTION(rule)},
    {{"confidence", QDX_CELL_REAL, 0}, FIELD_SHARE, MENTION(confidence)},
    {{"date", QDX_CELL_DATE, 10}, FIELD_DATE, MENTION(date)},
    {{"title", QDX_CELL_TEXT, 0}, FIELD_TEXT, MENTION(title)},
    {{"outlet", QDX_CELL_TEXT, 0}, FIELD_TEXT, MENTION(outlet)},
    {{"url", QDX_CELL_LINK, 0},
     FIELD_URL,
     offsetof(qdx_mention_hit, url),
     offsetof(qdx_mention_hit, text)},
    {{"path", QDX_CELL_TEXT, 24}, FIELD_TEXT, MENTION(path)},
    {{"paragraph", QDX_CELL_INTEGER, 0}, FIELD_U32, MENTION(paragraph)},
    {{"char_start", QDX_CELL_INTEGER, 0}, FIELD_U32, MENTION(char_start)},
    {{"char_end", QDX_CELL_INTEGER, 0}, FIELD_U32, MENTION(char_end)},
    {{"context_before", QDX_CELL_BEFORE, 36}, FIELD_TEXT, MENTION(context_before)},
    {{"context_after", QDX_CELL_AFTER, 36}, FIELD_TEXT, MENTION(context_after)},
};

static const field entity_fields[] = {
    {{"name", QDX_CELL_TEXT, 28}, FIELD_TEXT, ENTITY(name)},
    {{"type", QDX_CELL_TEXT, 12}, FIELD_ENTITY_TYPE, ENTITY(type)},
    {{"id", QDX_CELL_TEXT, 0}, FIELD_TEXT, ENTITY(id)},
    {{"quotes", QDX_CELL_INTEGER, 7}, FIELD_U64, ENTITY(quotes)},
    {{"mentions", QDX_CELL_INTEGER, 8}, FIELD_U64, ENTITY(mentions)},
    {{"articles", QDX_CELL_INTEGER, 8}, FIELD_U64, ENTITY(documents)},
    {{"first", QDX_CELL_DATE, 10}, FIELD_DATE, ENTITY(first)},
    {{"last", QDX_CELL_DATE, 10}, FIELD_DATE, ENTITY(last)},
    {{"variants", QDX_CELL_TEXT, 40}, FIELD_TEXTS, ENTITY(variants)},
    {{"reported", QDX_CELL_INTEGER, 0}, FIELD_U64, ENTITY(reported)},
    {{"country", QDX_CELL_TEXT, 0}, FIELD_TEXT, ENTITY(country)},
    {{"aliases", QDX_CELL_TEXT, 0}, FIELD_TEXTS, ENTITY(aliases)},
    {{"offices", QDX_CELL_TEXT, 0}, FIELD_TEXTS, ENTITY(offices)},
    {{"named_with", QDX_CELL_TEXT, 0}, FIELD_TEXTS, ENTITY(companions)},
};

const record_type quote_records = RECORD_TYPE("quotes", quote_fields);
const record_type mention_records = RECORD_TYPE("mentions", mention_fields);
const record_type entity_records = RECORD_TYPE("entities", entity_fields);
