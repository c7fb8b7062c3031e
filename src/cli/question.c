/* Questions: the filters that quotes, compare and timeline have in common. */
#include "cli/question.h"

qdx_query question_of(const options *o, const char *by)
{
    return (qdx_query){
        .by = by,
        .about = o->about,
        .text = o->text,
        .source = o->source,
        .since = o->since,
        .until = o->until,
        .kinds = o->kinds,
        .min_confidence = (float)o->min_confidence,
        .unique = o->unique,
        .sort = (qdx_sort)o->sort,
    };
}

/* An unknown month or day stands for all of them. */
bool question_is_void(const options *o)
{
    qdx_date since = o->since, until = o->until;
    if (!since.year || !until.year || since.year != until.year)
        return since.year && until.year && since.year > until.year;
    if (!since.month || !until.month || since.month != until.month)
        return since.month && until.month && since.month > until.month;
    return since.day && until.day && since.day > until.day;
}
