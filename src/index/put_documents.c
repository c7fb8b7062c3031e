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

/* `written` says of each mention which of its entity's spellings it is. */
static void put_mentions(qdx_record *record, const uint32_t *entities, const uint32_t *written,
                         qdx_intern *symbols, qdx_buffer *out)
{
    qdx_record_mention last = {0}, mention = {0};
    qdx_buffer_varint(out, record->mention_count);
    for (uint64_t i = 0; i < record->mention_count; i++) {
        qdx_record_mention_next(&record->mentions, &mention);
        qdx_buffer_varint(out, entities[mention.entity]);
        qdx_buffer_varint(out, written[i]);
        put_symbol(symbols, mention.rule, mention.confidence, out);
        qdx_buffer_varint(out, mention.char_start - last.char_end);
        qdx_buffer_varint(out, mention.char_end - mention.char_start);
        qdx_buffer_varint(out, mention.paragraph - last.paragraph);
        last = mention;
    }
}

qdx_status qdx_collection_put_documents(const qdx_collection *collection, qdx_intern *symbols,
                                        qdx_image *image, qdx_error *error)
{
    size_t mentions = 0;
    for (size_t i = 0; i < collection->documents.count; i++) {
        const qdx_collected_document *document = &collection->documents.items[i];
        qdx_record record;
        qdx_record_reopen(document->bytes, document->size, &document->lists, &record);
        put_document(&record, qdx_image_record(image, QDX_STORE_DOCUMENT));
        qdx_image_end(image, QDX_STORE_DOCUMENT);
        put_mentions(&record, document->forms, collection->written.items + mentions, symbols,
                     qdx_image_record(image, QDX_STORE_MENTION));
        mentions += (size_t)record.mention_count;
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
    qdx_put_text(out, quote->text, quote->text_size);
    put_symbol(symbols, quote->cue, 0, out);
    put_symbol(symbols, quote->rule, 0, out);
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
    qdx_buffer_u64(out, quote->number);
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
                  qdx_image_record(image, QDX_STORE_QUOTE));
        qdx_image_end(image, QDX_STORE_QUOTE);
        put_facts(entry, &quote, &image->sections[QDX_SECTION_FACTS]);
        image->counts[QDX_SECTION_FACTS]++;
    }
    return qdx_image_status(image, error);
}
