/* Takes records of the index apart, believing nothing beyond what the checksums prove. */
#include "index/decode.h"

#include "index/quote_id.h"
#include "index/record.h"

static void skip_tenure(qdx_cursor *c)
{
    for (unsigned i = 0; i < 3; i++)
        qdx_get_text(c, NULL); /* office, country, organization */
    for (unsigned i = 0; i < 2; i++)
        qdx_cursor_varint_max(c, UINT32_MAX); /* from, to */
}

qdx_status qdx_entity_row_at(const qdx_index *index, uint64_t i, qdx_entity_row *row,
                             qdx_error *error)
{
    qdx_cursor c;
    qdx_status status = qdx_store_at(index, QDX_STORE_ENTITY, i, &c, error);
    if (status != QDX_OK)
        return status;
    row->type = qdx_cursor_u8(&c);
    row->gender = qdx_cursor_u8(&c);
    row->listed = qdx_cursor_u8(&c);
    row->id = qdx_get_text(&c, NULL);
    row->name = qdx_get_text(&c, NULL);
    row->country = qdx_get_text(&c, NULL);
    row->documents = qdx_cursor_varint(&c);
    row->mentions = qdx_cursor_varint(&c);
    row->first_quote = qdx_cursor_varint(&c);
    row->quotes = qdx_cursor_varint(&c);
    row->reported = qdx_cursor_varint_max(&c, row->quotes);
    row->first = (uint32_t)qdx_cursor_varint_max(&c, UINT32_MAX);
    row->last = (uint32_t)qdx_cursor_varint_max(&c, UINT32_MAX);
    row->variant_count = qdx_get_count(&c);
    row->variants = c;
    for (uint64_t k = 0; k < row->variant_count && !c.failed; k++) {
        qdx_get_text(&c, NULL);
        qdx_cursor_varint(&c);
    }
    row->alias_count = qdx_get_count(&c);
    row->aliases = c;
    for (uint64_t k = 0; k < row->alias_count && !c.failed; k++)
        qdx_get_text(&c, NULL);
    row->tenure_count = qdx_get_count(&c);
    row->tenures = c;
    for (uint64_t k = 0; k < row->tenure_count && !c.failed; k++)
        skip_tenure(&c);
    uint64_t quotes = qdx_store_count(index, QDX_STORE_QUOTE);
    if (c.failed || qdx_cursor_left(&c) || row->type > QDX_ENTITY_PLACE ||
        row->gender > QDX_GENDER_FEMALE || row->listed > 1 || row->first_quote > quotes ||
        row->quotes > quotes - row->first_quote)
        return qdx_store_broken(QDX_STORE_ENTITY, i, error);
    return QDX_OK;
}

qdx_status qdx_document_row_at(const qdx_index *index, uint64_t i, qdx_document_row *row,
                               qdx_error *error)
{
    qdx_cursor c;
    qdx_status status = qdx_store_at(index, QDX_STORE_DOCUMENT, i, &c, error);
    if (status != QDX_OK)
        return status;
    row->path = qdx_get_text(&c, NULL);
    row->part = (uint32_t)qdx_cursor_varint_max(&c, UINT32_MAX);
    row->title = qdx_get_text(&c, NULL);
    row->url = qdx_get_text(&c, NULL);
    row->outlet = qdx_get_text(&c, NULL);
    row->date = qdx_cursor_u32(&c);
    row->text_bytes = qdx_cursor_varint(&c);
    row->text_hash = qdx_cursor_u64(&c);
    row->mentions = qdx_cursor_varint(&c);
    row->quotes = qdx_cursor_varint(&c);
    if (c.failed || qdx_cursor_left(&c))
        return qdx_store_broken(QDX_STORE_DOCUMENT, i, error);
    return QDX_OK;
}

qdx_status qdx_fact_row_at(const qdx_index *index, uint64_t i, qdx_fact_row *row, qdx_error *error)
{
    qdx_status status;
    if (i >= qdx_store_count(index, QDX_STORE_QUOTE))
        return qdx_store_broken(QDX_STORE_QUOTE, i, error);
    const unsigned char *bytes =
        qdx_index_bytes(index, QDX_SECTION_FACTS, i * QDX_FACT_SIZE, QDX_FACT_SIZE, &status, error);
    if (!bytes)
        return status;
    qdx_cursor c;
    qdx_cursor_init(&c, bytes, QDX_FACT_SIZE);
    row->speaker = qdx_cursor_u32(&c);
    row->date = qdx_cursor_u32(&c);
    row->document = qdx_cursor_u32(&c);
    row->char_start = qdx_cursor_u32(&c);
    row->kind = qdx_cursor_u8(&c);
    row->speaker_kind = qdx_cursor_u8(&c);
    uint32_t low = qdx_cursor_u8(&c);
    row->confidence = (uint16_t)(low | (uint32_t)qdx_cursor_u8(&c) << 8);
    row->number = qdx_cursor_u64(&c);
    if (row->kind > QDX_QUOTE_INDIRECT || row->speaker_kind > QDX_SPEAKER_UNNAMED ||
        row->confidence > QDX_PER_MILLE || row->number >> QDX_QUOTE_ID_BITS ||
        row->document >= qdx_store_count(index, QDX_STORE_DOCUMENT) ||
        (row->speaker != UINT32_MAX && row->speaker >= qdx_store_count(index, QDX_STORE_ENTITY)))
        return qdx_store_broken(QDX_STORE_QUOTE, i, error);
    return QDX_OK;
}

qdx_status qdx_symbol_at(const qdx_index *index, uint64_t i, const char **text,
                         uint32_t *confidence, qdx_error *error)
{
    qdx_cursor c;
    uint32_t value;
    *text = "";
    qdx_status status = qdx_store_at(index, QDX_STORE_SYMBOL, i, &c, error);
    if (status != QDX_OK)
        return status;
    *text = qdx_get_text(&c, NULL);
    value = (uint32_t)qdx_cursor_varint_max(&c, QDX_PER_MILLE);
    if (confidence)
        *confidence = value;
    if (c.failed || qdx_cursor_left(&c))
        return qdx_store_broken(QDX_STORE_SYMBOL, i, error);
    return QDX_OK;
}

qdx_status qdx_quote_row_at(const qdx_index *index, uint64_t i, qdx_quote_row *row,
                            qdx_error *error)
{
    qdx_cursor c;
    qdx_status status = qdx_store_at(index, QDX_STORE_QUOTE, i, &c, error);
    if (status != QDX_OK)
        return status;
    row->confidence = (uint32_t)qdx_cursor_varint_max(&c, QDX_PER_MILLE);
    row->chars = (uint32_t)qdx_cursor_varint_max(&c, UINT32_MAX);
    row->paragraph = (uint32_t)qdx_cursor_varint_max(&c, UINT32_MAX);
    row->text = qdx_get_text(&c, &row->text_size);
    uint64_t cue = qdx_cursor_varint(&c), rule = qdx_cursor_varint(&c);
    row->as_written = qdx_get_text(&c, NULL);
    row->before = qdx_get_text(&c, NULL);
    row->after = qdx_get_text(&c, NULL);
    row->about_count = qdx_get_count(&c);
    row->about = c;
    uint64_t entities = qdx_store_count(index, QDX_STORE_ENTITY);
    for (uint64_t k = 0; k < row->about_count && !c.failed; k++)
        if (qdx_cursor_varint(&c) >= entities)
            c.failed = true;
    if (c.failed || qdx_cursor_left(&c))
        return qdx_store_broken(QDX_STORE_QUOTE, i, error);
    status = qdx_symbol_at(index, cue, &row->cue, NULL, error);
    return status == QDX_OK ? qdx_symbol_at(index, rule, &row->rule, NULL, error) : status;
}

qdx_status qdx_mention_reader_open(const qdx_index *index, uint64_t document,
                                   qdx_mention_reader *reader, qdx_error *error)
{
    reader->index = index;
    reader->document = document;
    qdx_status status = qdx_store_at(index, QDX_STORE_MENTION, document, &reader->cursor, error);
    if (status != QDX_OK)
        return status;
    reader->left = qdx_get_count(&reader->cursor);
    return reader->cursor.failed ? qdx_store_broken(QDX_STORE_MENTION, document, error) : QDX_OK;
}

qdx_status qdx_mention_reader_next(qdx_mention_reader *reader, qdx_mention_row *row,
                                   qdx_error *error)
{
    qdx_cursor *c = &reader->cursor;
    if (reader->left == 0) {
        if (qdx_cursor_left(c))
            return qdx_store_broken(QDX_STORE_MENTION, reader->document, error);
        return QDX_END;
    }
    reader->left--;
    row->entity = (uint32_t)qdx_cursor_varint_max(c, UINT32_MAX);
    row->spelling = (uint32_t)qdx_cursor_varint_max(c, UINT32_MAX);
    row->rule = qdx_cursor_varint(c);
    row->char_start = row->char_end + (uint32_t)qdx_cursor_varint_max(c, UINT32_MAX);
    row->char_end = row->char_start + (uint32_t)qdx_cursor_varint_max(c, UINT32_MAX);
    row->paragraph += (uint32_t)qdx_cursor_varint_max(c, UINT32_MAX);
    if (c->failed || row->entity >= qdx_store_count(reader->index, QDX_STORE_ENTITY) ||
        row->rule >= qdx_store_count(reader->index, QDX_STORE_SYMBOL))
        return qdx_store_broken(QDX_STORE_MENTION, reader->document, error);
    return QDX_OK;
}

void qdx_posting_reader_init(qdx_posting_reader *reader, qdx_cursor *cursor, uint64_t limit)
{
    reader->left = qdx_get_count(cursor);
    reader->cursor = *cursor;
    reader->last = 0;
    reader->limit = limit;
    reader->first = true;
}

bool qdx_posting_reader_next(qdx_posting_reader *reader, uint64_t *value)
{
    if (reader->left == 0 || reader->cursor.failed)
        return false;
    uint64_t step = qdx_cursor_varint_max(&reader->cursor, UINT32_MAX);
    if ((step == 0 && !reader->first) || reader->last + step >= reader->limit)
        reader->cursor.failed = true;
    reader->last += step;
    reader->first = false;
    reader->left--;
    *value = reader->last;
    return !reader->cursor.failed;
}

qdx_status qdx_postings_at(const qdx_index *index, uint64_t entity, qdx_posting_reader *documents,
                           qdx_posting_reader *about, qdx_error *error)
{
    qdx_cursor c;
    uint64_t value;
    qdx_status status = qdx_store_at(index, QDX_STORE_POSTING, entity, &c, error);
    if (status != QDX_OK)
        return status;
    qdx_posting_reader_init(documents, &c, qdx_store_count(index, QDX_STORE_DOCUMENT));
    qdx_posting_reader walk = *documents;
    while (qdx_posting_reader_next(&walk, &value))
        ;
    c = walk.cursor;
    qdx_posting_reader_init(about, &c, qdx_store_count(index, QDX_STORE_QUOTE));
    if (c.failed)
        return qdx_store_broken(QDX_STORE_POSTING, entity, error);
    return QDX_OK;
}
