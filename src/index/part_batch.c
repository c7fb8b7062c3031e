/*
 * A batch of records as a part: takes records, keeps them small, and hands out rows once everything
 * is in order. Descriptions of entities, which most documents share, are kept once each.
 */
#include "index/part_batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static void batch_free(qdx_part *part)
{
    qdx_batch_part_free((qdx_batch_part *)part);
}

qdx_batch_part *qdx_batch_part_new(qdx_error *error)
{
    qdx_batch_part *batch = calloc(1, sizeof *batch);
    if (!batch) {
        qdx_error_memory(error);
        return NULL;
    }
    qdx_intern_init(&batch->forms);
    qdx_intern_init(&batch->identities);
    qdx_intern_init(&batch->shapes);
    qdx_intern_init(&batch->spellings);
    qdx_intern_init(&batch->symbols);
    return batch;
}

void qdx_batch_part_free(qdx_batch_part *batch)
{
    if (!batch)
        return;
    qdx_vector_release(&batch->documents);
    qdx_vector_release(&batch->skipped);
    qdx_vector_release(&batch->options);
    qdx_vector_release(&batch->entities);
    qdx_vector_release(&batch->symbol_rows);
    qdx_vector_release(&batch->quotes);
    qdx_vector_release(&batch->mentions);
    qdx_vector_release(&batch->word_quotes);
    free(batch->words);
    free(batch->entity_forms);
    free(batch->entity_spellings);
    qdx_intern_release(&batch->forms);
    qdx_intern_release(&batch->identities);
    qdx_intern_release(&batch->shapes);
    qdx_intern_release(&batch->spellings);
    qdx_intern_release(&batch->symbols);
    qdx_arena_release(&batch->arena);
    free(batch);
}

static qdx_status no_record(qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_ARGUMENT, "bytes are no record of a document");
}

/* Puts the numbers of the record's forms in `forms`. They are taken apart later, once each. */
static qdx_status take_forms(qdx_batch_part *batch, const char *bytes, const qdx_record *head,
                             uint32_t *forms, qdx_error *error)
{
    size_t at = head->forms + (size_t)head->form_count * sizeof(uint32_t);
    for (uint32_t i = 0; i < head->form_count; i++) {
        uint32_t size, count = batch->forms.count;
        memcpy(&size, bytes + head->forms + i * sizeof size, sizeof size);
        if (size > head->size - at)
            return no_record(error);
        forms[i] = qdx_intern_add(&batch->forms, bytes + at, size);
        if (forms[i] == UINT32_MAX)
            return qdx_error_memory(error);
        if (forms[i] == count)
            batch->size += size + sizeof(qdx_interned) + 64;
        at += size;
    }
    return head->size - at < QDX_RECORD_UNIT ? QDX_OK : no_record(error);
}

/* Says where the document came from: its path is the file's, or begins with it. */
static void note_file(qdx_record *record, const qdx_skipped_row *file)
{
    size_t size = file ? strlen(file->path) : 0;
    record->inner = 0;
    record->file_bytes = file ? file->size : record->text_bytes;
    record->file_time = file ? file->time : 0;
    if (file && size < record->path.size &&
        memcmp(qdx_record_text(record, record->path), file->path, size) == 0)
        record->inner = record->path.size - (uint32_t)size;
}

static qdx_status take_record(qdx_batch_part *batch, const char *bytes, const qdx_record *head,
                              const qdx_skipped_row *file, qdx_error *error)
{
    qdx_batch_document document = {.record = qdx_arena_alloc(&batch->arena, head->forms)};
    document.forms = qdx_arena_array(&batch->arena, head->form_count, sizeof *document.forms);
    if (!document.record || !document.forms)
        return qdx_error_memory(error);
    memcpy(document.record, bytes, head->forms);
    if (!qdx_record_check(document.record))
        return no_record(error);
    note_file(document.record, file);
    qdx_status status = take_forms(batch, bytes, head, document.forms, error);
    if (status != QDX_OK)
        return status;
    if (batch->documents.count >= UINT32_MAX - 1)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too many articles for one index");
    /* With what putting it in order will take. */
    batch->size += head->forms + 128 + head->form_count * 16 + head->mention_count * 8 +
                   head->quote_count * 64;
    return qdx_vector_push(&batch->documents, document) ? QDX_OK : qdx_error_memory(error);
}

qdx_status qdx_batch_part_add(qdx_batch_part *batch, const void *bytes, size_t size,
                              const qdx_skipped_row *file, qdx_error *error)
{
    const char *at = bytes;
    qdx_status status = QDX_OK;
    while (status == QDX_OK && size > 0) {
        qdx_record head;
        if (!qdx_record_head(at, size, &head))
            return no_record(error);
        status = take_record(batch, at, &head, file, error);
        at += head.size;
        size -= head.size;
    }
    return status;
}

static const char *keep(qdx_batch_part *batch, const char *text)
{
    batch->size += strlen(text) + 32;
    return qdx_arena_copy(&batch->arena, text, strlen(text));
}

qdx_status qdx_batch_part_add_skipped(qdx_batch_part *batch, const qdx_skipped_row *row,
                                      qdx_error *error)
{
    qdx_skipped_row kept = *row;
    kept.path = keep(batch, row->path);
    kept.reason = keep(batch, row->reason);
    if (!kept.path || !kept.reason || !qdx_vector_push(&batch->skipped, kept))
        return qdx_error_memory(error);
    return QDX_OK;
}

qdx_status qdx_batch_part_add_option(qdx_batch_part *batch, const qdx_source_row *row,
                                     qdx_error *error)
{
    qdx_source_row kept = {row->kind, keep(batch, row->text)};
    return kept.text && qdx_vector_push(&batch->options, kept) ? QDX_OK : qdx_error_memory(error);
}

uint64_t qdx_batch_part_size(const qdx_batch_part *batch)
{
    return batch->size;
}

size_t qdx_batch_part_count(const qdx_batch_part *batch)
{
    return batch->documents.count + batch->skipped.count;
}

static qdx_status document_at(qdx_part *part, uint32_t i, qdx_document_row *row, qdx_error *error)
{
    const qdx_record *record = ((qdx_batch_part *)part)->documents.items[i].record;
    (void)error;
    *row = (qdx_document_row){
        .path = qdx_record_text(record, record->path),
        .title = qdx_record_text(record, record->title),
        .url = qdx_record_text(record, record->url),
        .outlet = qdx_record_text(record, record->outlet),
        .format = qdx_record_text(record, record->format),
        .encoding = qdx_record_text(record, record->encoding),
        .repairs = record->repairs,
        .inner = record->inner,
        .part = record->part,
        .date = record->date,
        .file_bytes = record->file_bytes,
        .file_time = record->file_time,
        .text_bytes = record->text_bytes,
        .text_hash = record->text_hash,
        .quotes = record->quote_count,
    };
    return QDX_OK;
}

static qdx_status skipped_at(qdx_part *part, uint32_t i, qdx_skipped_row *row, qdx_error *error)
{
    (void)error;
    *row = ((qdx_batch_part *)part)->skipped.items[i];
    return QDX_OK;
}

static qdx_status option_at(qdx_part *part, uint32_t i, qdx_source_row *row, qdx_error *error)
{
    (void)error;
    *row = ((qdx_batch_part *)part)->options.items[i];
    return QDX_OK;
}

static qdx_status symbol_at(qdx_part *part, uint32_t i, qdx_symbol_row *row, qdx_error *error)
{
    (void)error;
    *row = ((qdx_batch_part *)part)->symbol_rows.items[i];
    return QDX_OK;
}

static qdx_status entity_size(qdx_part *part, uint32_t i, uint32_t *spellings, uint32_t *forms,
                              qdx_error *error)
{
    const qdx_part_entity *entity = &((qdx_batch_part *)part)->entities.items[i];
    (void)error;
    *spellings = entity->spelling_count;
    *forms = entity->form_count;
    return QDX_OK;
}

static qdx_status entity_at(qdx_part *part, uint32_t i, qdx_part_entity *row, qdx_error *error)
{
    (void)error;
    *row = ((qdx_batch_part *)part)->entities.items[i];
    return QDX_OK;
}

static qdx_status mentions_at(qdx_part *part, uint32_t i, qdx_mentions_row *row, qdx_error *error)
{
    qdx_batch_part *batch = (qdx_batch_part *)part;
    const qdx_batch_document *document = &batch->documents.items[i];
    const qdx_record_mention *mention = qdx_record_mentions(document->record);
    qdx_vector_clear(&batch->mentions);
    for (uint32_t k = 0; k < document->record->mention_count; k++, mention++) {
        qdx_mention_row made = {mention->entity, mention->text.at, mention->mark,
                                mention->char_start, mention->paragraph};
        if (!qdx_vector_push(&batch->mentions, made))
            return qdx_error_memory(error);
    }
    *row = (qdx_mentions_row){document->pairs, batch->mentions.items, document->pair_count,
                              document->record->mention_count};
    return QDX_OK;
}

static qdx_status quote_at(qdx_part *part, uint32_t i, qdx_quote_row *row, qdx_error *error)
{
    qdx_batch_part *batch = (qdx_batch_part *)part;
    const qdx_batch_quote *place = &batch->quotes.items[i];
    const qdx_record *record = batch->documents.items[place->document].record;
    const qdx_record_quote *quote = &qdx_record_quotes(record)[place->ordinal];
    (void)error;
    *row = (qdx_quote_row){
        .speaker = quote->speaker,
        .document = place->document,
        .char_start = quote->char_start,
        .chars = quote->chars,
        .paragraph = quote->paragraph,
        .manner = quote->rule.at,
        .cue = quote->cue.at,
        .named_start = quote->named_start,
        .named_chars = quote->named_chars,
        .kind = quote->kind,
        .speaker_kind = quote->speaker_kind,
        .confidence = quote->confidence,
        .about_count = quote->about_count,
        .gap_count = quote->gap_count,
        .about = qdx_record_numbers(record) + quote->about,
        .gaps = qdx_record_numbers(record) + quote->gaps,
    };
    return QDX_OK;
}

static qdx_status speech_at(qdx_part *part, uint32_t i, qdx_speech_row *row, qdx_error *error)
{
    qdx_batch_part *batch = (qdx_batch_part *)part;
    const qdx_batch_quote *place = &batch->quotes.items[i];
    const qdx_record *record = batch->documents.items[place->document].record;
    const qdx_record_quote *quote = &qdx_record_quotes(record)[place->ordinal];
    (void)error;
    *row = (qdx_speech_row){qdx_record_text(record, quote->text),
                            qdx_record_text(record, quote->as_written), quote->text.size};
    return QDX_OK;
}

static qdx_status next_word(qdx_part *part, uint64_t *key, const uint32_t **quotes, size_t *count,
                            qdx_error *error)
{
    qdx_batch_part *batch = (qdx_batch_part *)part;
    if (batch->next_word == batch->word_count) {
        batch->next_word = 0;
        return QDX_END;
    }
    *key = batch->words[batch->next_word].key;
    qdx_vector_clear(&batch->word_quotes);
    for (; batch->next_word < batch->word_count && batch->words[batch->next_word].key == *key;
         batch->next_word++)
        if (!qdx_vector_push(&batch->word_quotes, batch->words[batch->next_word].number))
            return qdx_error_memory(error);
    *quotes = batch->word_quotes.items;
    *count = batch->word_quotes.count;
    return QDX_OK;
}

qdx_status qdx_batch_part_finish(qdx_batch_part *batch, qdx_part **part, qdx_error *error)
{
    *part = NULL;
    if (batch->finished)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "index writer has finished already");
    batch->finished = true;
    qdx_status status = qdx_batch_part_order(batch, error);
    if (status == QDX_OK)
        status = qdx_batch_part_list_words(batch, error);
    if (status != QDX_OK)
        return status;
    batch->part = (qdx_part){
        .documents = (uint32_t)batch->documents.count,
        .skipped = (uint32_t)batch->skipped.count,
        .symbols = (uint32_t)batch->symbol_rows.count,
        .entities = (uint32_t)batch->entities.count,
        .quotes = (uint32_t)batch->quotes.count,
        .options = (uint32_t)batch->options.count,
        .place_at = document_at,
        .document_at = document_at,
        .skipped_at = skipped_at,
        .option_at = option_at,
        .symbol_at = symbol_at,
        .entity_size = entity_size,
        .entity_at = entity_at,
        .mentions_at = mentions_at,
        .quote_use_at = quote_at,
        .quote_at = quote_at,
        .speech_at = speech_at,
        .next_word = next_word,
        .free = batch_free,
    };
    *part = &batch->part;
    return QDX_OK;
}
