/*
 * Writes what belongs to documents and quotations: document records, their mentions, quotations in
 * order of speakers with their rows of facts.
 */
#include "base/error.h"
#include "index/collection.h"

#include <stdlib.h>
#include <string.h>

enum {
    CONFIDENCE_BYTES = 2, /* before a symbol's text, while it is interned */
    SMALL_SYMBOL = 256
};

/* Numbers follow the order of writing, which is fixed. */
uint32_t qdx_symbol_add(qdx_intern *symbols, const char *text, uint32_t confidence)
{
    char small[SMALL_SYMBOL];
    size_t size = strlen(text) + CONFIDENCE_BYTES;
    char *key = size <= sizeof small ? small : malloc(size);
    if (!key)
        return UINT32_MAX;
    key[0] = (char)confidence;
    key[1] = (char)(confidence >> 8);
    memcpy(key + CONFIDENCE_BYTES, text, size - CONFIDENCE_BYTES);
    uint32_t symbol = qdx_intern_add(symbols, key, size);
    if (key != small)
        free(key);
    return symbol;
}

static void put_symbol(qdx_intern *symbols, const char *text, uint32_t confidence, qdx_buffer *out)
{
    uint32_t symbol = qdx_symbol_add(symbols, text, confidence);
    out->failed |= symbol == UINT32_MAX;
    qdx_buffer_varint(out, symbol);
}

static void put_slice(const qdx_record *record, qdx_slice slice, qdx_buffer *out)
{
    qdx_put_terminated(out, qdx_record_text(record, slice), slice.size);
}

static void put_document(const qdx_record *record, qdx_buffer *out)
{
    put_slice(record, record->path, out);
    qdx_buffer_varint(out, record->part);
    put_slice(record, record->title, out);
    put_slice(record, record->url, out);
    put_slice(record, record->outlet, out);
    qdx_buffer_u32(out, record->date);
    qdx_buffer_varint(out, record->text_bytes);
    qdx_buffer_u64(out, record->text_hash);
    qdx_buffer_varint(out, record->mention_count);
    qdx_buffer_varint(out, record->quote_count);
}

typedef QDX_VECTOR(uint32_t) number_list;

/* The symbols of a document's marks, which are in order of first use. */
static bool number_marks(const qdx_record *record, qdx_intern *symbols, number_list *numbers)
{
    const qdx_record_mark *marks = qdx_record_marks(record);
    qdx_vector_clear(numbers);
    for (uint32_t i = 0; i < record->mark_count; i++) {
        uint32_t symbol =
            qdx_symbol_add(symbols, qdx_record_text(record, marks[i].rule), marks[i].confidence);
        if (symbol == UINT32_MAX || !qdx_vector_push(numbers, symbol))
            return false;
    }
    return true;
}

/* `written` says of each mention which of its entity's spellings it is. */
static void put_mentions(const qdx_record *record, const uint32_t *entities,
                         const uint32_t *written, const uint32_t *symbols, qdx_buffer *out)
{
    uint32_t char_end = 0, paragraph = 0;
    const qdx_record_mention *mention = qdx_record_mentions(record);
    qdx_buffer_varint(out, record->mention_count);
    for (uint32_t i = 0; i < record->mention_count; i++, mention++) {
        qdx_buffer_varint(out, entities[mention->entity]);
        qdx_buffer_varint(out, written[i]);
        qdx_buffer_varint(out, symbols[mention->mark]);
        qdx_buffer_varint(out, mention->char_start - char_end);
        qdx_buffer_varint(out, mention->char_end - mention->char_start);
        qdx_buffer_varint(out, mention->paragraph - paragraph);
        char_end = mention->char_end;
        paragraph = mention->paragraph;
    }
}

qdx_status qdx_collection_put_documents(const qdx_collection *collection, qdx_intern *symbols,
                                        qdx_image *image, qdx_error *error)
{
    number_list marks = {0};
    size_t mentions = 0;
    bool fine = true;
    for (uint32_t i = 0; i < collection->documents.count && fine; i++) {
        const qdx_record *record = qdx_collected_record(collection, i);
        put_document(record, qdx_image_record(image, QDX_STORE_DOCUMENT));
        qdx_image_end(image, QDX_STORE_DOCUMENT);
        fine = number_marks(record, symbols, &marks);
        if (fine)
            put_mentions(record, collection->documents.items[i].forms,
                         collection->written.items + mentions, marks.items,
                         qdx_image_record(image, QDX_STORE_MENTION));
        mentions += record->mention_count;
        qdx_image_end(image, QDX_STORE_MENTION);
    }
    qdx_vector_release(&marks);
    return fine ? qdx_image_status(image, error) : qdx_error_memory(error);
}

static void put_quote(const qdx_record *record, const qdx_record_quote *quote,
                      const uint32_t *entities, qdx_intern *symbols, qdx_buffer *out)
{
    const uint32_t *about = qdx_record_abouts(record) + quote->about;
    qdx_buffer_varint(out, quote->confidence);
    qdx_buffer_varint(out, quote->char_end - quote->char_start);
    qdx_buffer_varint(out, quote->paragraph);
    put_slice(record, quote->text, out);
    put_symbol(symbols, qdx_record_text(record, quote->cue), 0, out);
    put_symbol(symbols, qdx_record_text(record, quote->rule), 0, out);
    put_slice(record, quote->as_written, out);
    put_slice(record, quote->before, out);
    put_slice(record, quote->after, out);
    qdx_buffer_varint(out, quote->about_count);
    for (uint32_t i = 0; i < quote->about_count; i++)
        qdx_buffer_varint(out, entities[about[i]]);
}

static void put_facts(const qdx_collected_quote *entry, const qdx_record_quote *quote,
                      qdx_buffer *out)
{
    qdx_buffer_u32(out, entry->speaker);
    qdx_buffer_u32(out, entry->date);
    qdx_buffer_u32(out, entry->document);
    qdx_buffer_u32(out, quote->char_start);
    qdx_buffer_u32(out, quote->kind | (uint32_t)quote->speaker_kind << 8 |
                            (uint32_t)quote->speaker_confidence << 16);
    qdx_buffer_u64(out, quote->number);
}

qdx_status qdx_collection_put_quotes(const qdx_collection *collection, qdx_intern *symbols,
                                     qdx_image *image, qdx_error *error)
{
    for (size_t i = 0; i < collection->quotes.count; i++) {
        const qdx_collected_quote *entry = &collection->quotes.items[i];
        const qdx_record *record = qdx_collected_record(collection, entry->document);
        const qdx_record_quote *quote = &qdx_record_quotes(record)[entry->ordinal];
        put_quote(record, quote, collection->documents.items[entry->document].forms, symbols,
                  qdx_image_record(image, QDX_STORE_QUOTE));
        qdx_image_end(image, QDX_STORE_QUOTE);
        put_facts(entry, quote, &image->sections[QDX_SECTION_FACTS]);
        image->counts[QDX_SECTION_FACTS]++;
    }
    return qdx_image_status(image, error);
}
