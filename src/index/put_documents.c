/*
 * Writes what belongs to documents and quotations: document records, their mentions, quotations in
 * order of speakers with their rows of facts.
 */
#include "base/error.h"
#include "index/collection.h"

#include <string.h>

/* The number of a recurring text; numbers follow the order of writing, which is fixed. */
static void put_symbol(qdx_intern *symbols, const char *text, qdx_buffer *out)
{
    uint32_t symbol = qdx_intern_add(symbols, text, strlen(text));
    out->failed |= symbol == UINT32_MAX;
    qdx_buffer_varint(out, symbol);
}

static void put_document(const qdx_record *record, qdx_buffer *out)
{
    qdx_put_text(out, record->path, record->path_size);
    qdx_buffer_varint(out, record->part);
    qdx_put_string(out, record->title);
    qdx_put_string(out, record->url);
    qdx_put_string(out, record->outlet);
    qdx_buffer_u32(out, record->date);
    qdx_buffer_varint(out, record->text_bytes);
    qdx_buffer_u64(out, record->text_hash);
    qdx_buffer_varint(out, record->mention_count);
    qdx_buffer_varint(out, record->quote_count);
}

static void put_mentions(qdx_record *record, const uint32_t *entities, qdx_intern *symbols,
                         qdx_buffer *out)
{
    qdx_record_mention last = {0}, mention = {0};
    qdx_put_text(out, record->snippets, record->snippets_size);
    qdx_buffer_varint(out, record->mention_count);
    for (uint64_t i = 0; i < record->mention_count; i++) {
        qdx_record_mention_next(&record->mentions, &mention);
        qdx_buffer_varint(out, entities[mention.entity]);
        put_symbol(symbols, mention.rule, out);
        qdx_buffer_varint(out, mention.confidence);
        qdx_buffer_varint(out, mention.char_start - last.char_end);
        qdx_buffer_varint(out, mention.char_end - mention.char_start);
        qdx_buffer_varint(out, mention.paragraph - last.paragraph);
        qdx_buffer_varint(out, mention.start - last.start);
        qdx_buffer_varint(out, mention.before);
        qdx_buffer_varint(out, mention.size);
        qdx_buffer_varint(out, mention.after);
        last = mention;
    }
}

qdx_status qdx_collection_put_documents(const qdx_collection *collection, qdx_intern *symbols,
                                        qdx_image *image, qdx_error *error)
{
    for (size_t i = 0; i < collection->documents.count; i++) {
        const qdx_collected_document *document = &collection->documents.items[i];
        qdx_record record;
        qdx_record_reopen(document->bytes, document->size, &record);
        put_document(&record, qdx_image_data(image, QDX_STORE_DOCUMENT));
        qdx_image_end(image, QDX_STORE_DOCUMENT);
        put_mentions(&record, document->forms, symbols, qdx_image_data(image, QDX_STORE_MENTION));
        qdx_image_end(image, QDX_STORE_MENTION);
    }
    return qdx_image_status(image, error);
}

static void put_quote(const qdx_record_quote *quote, const uint32_t *entities, qdx_intern *symbols,
                      qdx_buffer *out)
{
    qdx_cursor about = quote->about;
    qdx_buffer_varint(out, quote->confidence);
    qdx_buffer_varint(out, quote->char_end - quote->char_start);
    qdx_buffer_varint(out, quote->paragraph);
    qdx_put_string(out, quote->id);
    qdx_put_text(out, quote->text, quote->text_size);
    put_symbol(symbols, quote->cue, out);
    put_symbol(symbols, quote->rule, out);
    qdx_put_string(out, quote->as_written);
    qdx_put_string(out, quote->before);
    qdx_put_string(out, quote->after);
    qdx_buffer_varint(out, quote->about_count);
    for (uint64_t i = 0; i < quote->about_count; i++)
        qdx_buffer_varint(out, entities[qdx_cursor_varint(&about)]);
}

static void put_facts(const qdx_collected_quote *entry, const qdx_record_quote *quote,
                      qdx_buffer *out)
{
    qdx_buffer_u32(out, entry->speaker);
    qdx_buffer_u32(out, entry->date);
    qdx_buffer_u32(out, entry->document);
    qdx_buffer_u32(out, quote->char_start);
    qdx_buffer_u32(out, quote->kind | quote->speaker_kind << 8 | quote->speaker_confidence << 16);
}

qdx_status qdx_collection_put_quotes(const qdx_collection *collection, qdx_intern *symbols,
                                     qdx_image *image, qdx_error *error)
{
    for (size_t i = 0; i < collection->quotes.count; i++) {
        const qdx_collected_quote *entry = &collection->quotes.items[i];
        qdx_record_quote quote;
        qdx_cursor cursor = entry->bytes;
        qdx_record_quote_next(&cursor, &quote);
        put_quote(&quote, collection->documents.items[entry->document].forms, symbols,
                  qdx_image_data(image, QDX_STORE_QUOTE));
        qdx_image_end(image, QDX_STORE_QUOTE);
        put_facts(entry, &quote, &image->sections[QDX_SECTION_FACTS]);
        image->counts[QDX_SECTION_FACTS]++;
    }
    return qdx_image_status(image, error);
}
