/*
 * Brings a batch in order: documents by path, descriptions to entities by id and type, and the
 * numbers in records to numbers of the part. Everything is linear or a sort of distinct things;
 * what a hash table numbered is sorted before anybody sees it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/form.h"
#include "index/part_batch.h"
#include "index/version.h"
#include "index/words.h"

/* What is known while the records are gone through. */
typedef struct ordering {
    qdx_batch_part *batch;
    qdx_batch_form *forms; /* what each form of the records is */
    uint32_t *ranks;       /* of identities */
    uint32_t *locals;      /* pair of each of a document's local entities */
    size_t local_capacity;
    qdx_buffer scratch;
    qdx_arena arena;
} ordering;

static int compare_documents(const void *a, const void *b, void *context)
{
    const qdx_batch_document *documents = context;
    const qdx_batch_document *x = &documents[((const qdx_sort_item *)a)->number];
    const qdx_batch_document *y = &documents[((const qdx_sort_item *)b)->number];
    int order = strcmp(qdx_record_text(x->record, x->record->path),
                       qdx_record_text(y->record, y->record->path));
    if (!order)
        order = (x->record->part > y->record->part) - (x->record->part < y->record->part);
    return order;
}

/* Of the same place twice: the later version, as in a join. */
static bool is_later(const qdx_record *x, const qdx_record *y)
{
    qdx_version a = {x->file_time, x->file_bytes, x->text_hash, x->text_bytes};
    qdx_version b = {y->file_time, y->file_bytes, y->text_hash, y->text_bytes};
    int order = qdx_versions_compare(&a, &b);
    if (!order)
        order = (x->forms > y->forms) - (x->forms < y->forms);
    if (!order)
        order = memcmp(x, y, x->forms);
    return order > 0;
}

/* By path and part, each once. */
static bool order_documents(qdx_batch_part *batch)
{
    size_t count = batch->documents.count, kept = 0;
    qdx_batch_document *documents = batch->documents.items;
    qdx_batch_document *sorted = calloc(count + 1, sizeof *sorted);
    qdx_sort_item *items = calloc(count + 1, sizeof *items);
    bool done = sorted && items;
    for (uint32_t i = 0; done && i < count; i++) {
        const qdx_record *record = documents[i].record;
        items[i] = (qdx_sort_item){
            qdx_bytes_prefix(qdx_record_text(record, record->path), record->path.size), i};
    }
    done = done && qdx_sort_items_by(items, count, compare_documents, documents);
    for (size_t i = 0; done && i < count; i++) {
        qdx_sort_item last = items[i ? i - 1 : 0];
        const qdx_batch_document *next = &documents[items[i].number];
        if (!i || compare_documents(&last, &items[i], documents) != 0)
            sorted[kept++] = *next;
        else if (is_later(next->record, sorted[kept - 1].record))
            sorted[kept - 1] = *next;
    }
    free(items);
    if (!done) {
        free(sorted);
        return false;
    }
    free(documents);
    batch->documents.items = sorted;
    batch->documents.capacity = count + 1;
    batch->documents.count = kept;
    return true;
}

static int compare_skipped(const void *a, const void *b)
{
    return qdx_skipped_compare(a, b);
}

static int compare_options(const void *a, const void *b)
{
    const qdx_source_row *x = a, *y = b;
    int order = (x->kind > y->kind) - (x->kind < y->kind);
    return order ? order : strcmp(x->text, y->text);
}

/* The small lists. Of a file that was skipped twice the later version. */
static void order_lists(qdx_batch_part *batch)
{
    size_t kept = 0;
    qdx_skipped_row *skipped = batch->skipped.items;
    if (batch->skipped.count)
        qsort(skipped, batch->skipped.count, sizeof *skipped, compare_skipped);
    for (size_t i = 0; i < batch->skipped.count; i++) {
        kept -= kept && strcmp(skipped[kept - 1].path, skipped[i].path) == 0;
        skipped[kept++] = skipped[i];
    }
    batch->skipped.count = kept;
    kept = 0;
    qdx_source_row *options = batch->options.items;
    if (batch->options.count)
        qsort(options, batch->options.count, sizeof *options, compare_options);
    for (size_t i = 0; i < batch->options.count; i++)
        if (!kept || compare_options(&options[i], &options[kept - 1]) != 0)
            options[kept++] = options[i];
    batch->options.count = kept;
}

/* Takes a form apart at last and finds out whose it is. */
static qdx_status read_form(ordering *o, uint32_t number, qdx_error *error)
{
    qdx_form form;
    qdx_arena_reset(&o->arena);
    const qdx_interned *raw = &o->batch->forms.items[number];
    qdx_status status = qdx_form_read(raw->bytes, raw->size, &o->arena, &form, error);
    if (status != QDX_OK)
        return status;
    qdx_buffer_clear(&o->scratch);
    qdx_put_string(&o->scratch, form.id);
    qdx_buffer_byte(&o->scratch, (char)form.type);
    uint32_t identity = o->scratch.failed ? UINT32_MAX
                                          : qdx_intern_add(&o->batch->identities, o->scratch.bytes,
                                                           o->scratch.size);
    qdx_buffer_clear(&o->scratch);
    qdx_form_write(&form, &o->scratch);
    uint32_t shape =
        o->scratch.failed || identity == UINT32_MAX
            ? UINT32_MAX
            : qdx_intern_add_of(&o->batch->shapes, identity, o->scratch.bytes, o->scratch.size);
    o->forms[number] = (qdx_batch_form){identity, shape};
    return shape == UINT32_MAX ? qdx_error_memory(error) : QDX_OK;
}

static int compare_interned(const void *a, const void *b, void *context)
{
    const qdx_interned *items = context;
    const qdx_interned *x = &items[((const qdx_sort_item *)a)->number];
    const qdx_interned *y = &items[((const qdx_sort_item *)b)->number];
    int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

/* The order of interned strings; NULL without memory. */
static qdx_sort_item *sort_interned(const qdx_intern *intern)
{
    qdx_sort_item *items = calloc((size_t)intern->count + 1, sizeof *items);
    for (uint32_t i = 0; items && i < intern->count; i++)
        items[i] =
            (qdx_sort_item){qdx_bytes_prefix(intern->items[i].bytes, intern->items[i].size), i};
    if (items && qdx_sort_items_by(items, intern->count, compare_interned, intern->items))
        return items;
    free(items);
    return NULL;
}

/* Which documents have which forms decides what entities there are. */
static qdx_status read_forms(ordering *o, qdx_error *error)
{
    qdx_batch_part *batch = o->batch;
    o->forms = calloc((size_t)batch->forms.count + 1, sizeof *o->forms);
    if (!o->forms)
        return qdx_error_memory(error);
    for (uint32_t i = 0; i < batch->forms.count; i++)
        o->forms[i].entity = UINT32_MAX;
    for (size_t i = 0; i < batch->documents.count; i++) {
        const qdx_batch_document *document = &batch->documents.items[i];
        for (uint32_t k = 0; k < document->record->form_count; k++) {
            qdx_status status = QDX_OK;
            if (o->forms[document->forms[k]].entity == UINT32_MAX)
                status = read_form(o, document->forms[k], error);
            if (status != QDX_OK)
                return status;
        }
    }
    return QDX_OK;
}

/*
 * Strings by their owners, entity after entity and in the order of their numbers; `places` tells of
 * each which of its owner's it is. `member` is where an entity counts them; `ranks` (NULL: they are
 * entities) what owners are. NULL without memory.
 */
static qdx_bytes *list_by_owner(qdx_batch_part *batch, const qdx_intern *strings,
                                const uint32_t *ranks, size_t member, uint32_t *places)
{
    uint32_t *starts = calloc(batch->entities.count + 1, sizeof *starts), before = 0;
    qdx_bytes *list = calloc((size_t)strings->count + 1, sizeof *list);
    if (!starts || !list) {
        free(starts);
        free(list);
        return NULL;
    }
    for (uint32_t i = 0; i < strings->count; i++) {
        uint32_t owner = strings->items[i].owner;
        uint32_t *count =
            (void *)((char *)&batch->entities.items[ranks ? ranks[owner] : owner] + member);
        places[i] = (*count)++;
    }
    for (size_t i = 0; i < batch->entities.count; i++) {
        starts[i] = before;
        before += *(uint32_t *)(void *)((char *)&batch->entities.items[i] + member);
    }
    for (uint32_t i = 0; i < strings->count; i++) {
        const qdx_interned *item = &strings->items[i];
        uint32_t entity = ranks ? ranks[item->owner] : item->owner;
        list[starts[entity] + places[i]] = (qdx_bytes){item->bytes, item->size};
    }
    free(starts);
    return list;
}

/* Entities by id and type, each with its forms; forms become places among these. */
static bool number_entities(ordering *o)
{
    qdx_batch_part *batch = o->batch;
    qdx_sort_item *items = sort_interned(&batch->identities);
    uint32_t *places = calloc((size_t)batch->shapes.count + 1, sizeof *places);
    o->ranks = calloc((size_t)batch->identities.count + 1, sizeof *o->ranks);
    bool fine = items && o->ranks && places;
    for (uint32_t i = 0; fine && i < batch->identities.count; i++) {
        const qdx_interned *identity = &batch->identities.items[items[i].number];
        qdx_part_entity entity = {.id = identity->bytes,
                                  .type = (uint8_t)identity->bytes[identity->size - 1]};
        o->ranks[items[i].number] = i;
        fine = qdx_vector_push(&batch->entities, entity);
    }
    if (fine)
        batch->entity_forms = list_by_owner(batch, &batch->shapes, o->ranks,
                                            offsetof(qdx_part_entity, form_count), places);
    fine = fine && batch->entity_forms;
    for (uint32_t i = 0; fine && i < batch->forms.count; i++)
        if (o->forms[i].entity != UINT32_MAX)
            o->forms[i] = (qdx_batch_form){o->ranks[o->forms[i].entity], places[o->forms[i].form]};
    free(items);
    free(places);
    return fine;
}

/* Where an entity stands among a document's pairs, or would. */
static uint32_t find_pair(const qdx_pair_row *pairs, uint32_t count, uint32_t entity)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (pairs[middle].entity < entity)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/*
 * A document's entities in order, each once in the form that comes first, and which of them each
 * local entity is.
 */
static bool number_pairs(ordering *o, qdx_batch_document *document)
{
    uint32_t count = document->record->form_count, kept = 0;
    qdx_pair_row *pairs = qdx_arena_array(&o->batch->arena, count, sizeof *pairs);
    if (count > o->local_capacity) {
        uint32_t *locals = realloc(o->locals, 2 * (size_t)count * sizeof *locals);
        if (!locals)
            return false;
        o->locals = locals;
        o->local_capacity = 2 * (size_t)count;
    }
    if (!pairs)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const qdx_batch_form *form = &o->forms[document->forms[i]];
        uint32_t at = find_pair(pairs, kept, form->entity);
        if (at < kept && pairs[at].entity == form->entity)
            continue;
        memmove(&pairs[at + 1], &pairs[at], (kept - at) * sizeof *pairs);
        pairs[at] = (qdx_pair_row){form->entity, form->form};
        kept++;
    }
    document->pairs = pairs;
    document->pair_count = kept;
    for (uint32_t i = 0; i < count; i++)
        o->locals[i] = find_pair(pairs, kept, o->forms[document->forms[i]].entity);
    return true;
}

static uint32_t intern_symbol(ordering *o, unsigned class, unsigned detail, uint32_t confidence,
                              const char *text, size_t size)
{
    return qdx_intern_add_of(&o->batch->symbols, class | detail << 8 | confidence << 16, text,
                             size);
}

/* The symbols of a document's marks take the place of their rules. */
static bool number_marks(ordering *o, qdx_record *record)
{
    qdx_record_mark *marks = (qdx_record_mark *)(uintptr_t)qdx_record_marks(record);
    for (uint32_t i = 0; i < record->mark_count; i++) {
        marks[i].rule.at =
            intern_symbol(o, QDX_SYMBOL_MARK, 0, marks[i].confidence,
                          qdx_record_text(record, marks[i].rule), marks[i].rule.size);
        if (marks[i].rule.at == UINT32_MAX)
            return false;
    }
    return true;
}

static bool number_mentions(ordering *o, qdx_batch_document *document)
{
    qdx_record *record = document->record;
    const qdx_record_mark *marks = qdx_record_marks(record);
    qdx_record_mention *mention = (qdx_record_mention *)(uintptr_t)qdx_record_mentions(record);
    for (uint32_t i = 0; i < record->mention_count; i++, mention++) {
        uint32_t entity = o->forms[document->forms[mention->entity]].entity;
        mention->text.at =
            qdx_intern_add_of(&o->batch->spellings, entity, qdx_record_text(record, mention->text),
                              mention->text.size);
        if (mention->text.at == UINT32_MAX)
            return false;
        mention->entity = o->locals[mention->entity];
        mention->mark = marks[mention->mark].rule.at;
    }
    return true;
}

static bool number_quotes(ordering *o, qdx_batch_document *document)
{
    qdx_record *record = document->record;
    qdx_record_quote *quote = (qdx_record_quote *)(uintptr_t)qdx_record_quotes(record);
    uint32_t *numbers = (uint32_t *)(uintptr_t)qdx_record_numbers(record);
    for (uint32_t i = 0; i < record->quote_count; i++, quote++) {
        quote->cue.at = intern_symbol(o, QDX_SYMBOL_CUE, 0, 0, qdx_record_text(record, quote->cue),
                                      quote->cue.size);
        quote->rule.at = intern_symbol(
            o, QDX_SYMBOL_MANNER, quote->kind | (unsigned)quote->speaker_kind << 4,
            quote->confidence, qdx_record_text(record, quote->rule), quote->rule.size);
        if (quote->cue.at == UINT32_MAX || quote->rule.at == UINT32_MAX)
            return false;
        if (quote->speaker != UINT32_MAX)
            quote->speaker = o->forms[document->forms[quote->speaker]].entity;
        for (uint32_t k = 0; k < quote->about_count; k++)
            numbers[quote->about + k] = o->locals[numbers[quote->about + k]];
    }
    return true;
}

static bool number_records(ordering *o)
{
    for (size_t i = 0; i < o->batch->documents.count; i++) {
        qdx_batch_document *document = &o->batch->documents.items[i];
        if (!number_pairs(o, document) || !number_marks(o, document->record) ||
            !number_mentions(o, document) || !number_quotes(o, document))
            return false;
    }
    return true;
}

/* Spellings become places among their entity's. */
static bool place_spellings(ordering *o)
{
    qdx_batch_part *batch = o->batch;
    uint32_t *places = calloc((size_t)batch->spellings.count + 1, sizeof *places);
    if (places)
        batch->entity_spellings = list_by_owner(batch, &batch->spellings, NULL,
                                                offsetof(qdx_part_entity, spelling_count), places);
    for (size_t i = 0; batch->entity_spellings && i < batch->documents.count; i++) {
        qdx_record *record = batch->documents.items[i].record;
        qdx_record_mention *mention = (qdx_record_mention *)(uintptr_t)qdx_record_mentions(record);
        for (uint32_t k = 0; k < record->mention_count; k++, mention++)
            mention->text.at = places[mention->text.at];
    }
    free(places);
    return batch->entity_spellings != NULL;
}

/* Tells entities where their forms and spellings are. */
static void point_at_lists(qdx_batch_part *batch)
{
    const qdx_bytes *forms = batch->entity_forms, *spellings = batch->entity_spellings;
    for (size_t i = 0; i < batch->entities.count; i++) {
        qdx_part_entity *entity = &batch->entities.items[i];
        entity->forms = forms;
        entity->spellings = spellings;
        forms += entity->form_count;
        spellings += entity->spelling_count;
    }
}

static bool list_symbols(ordering *o)
{
    bool fine = true;
    for (uint32_t i = 0; fine && i < o->batch->symbols.count; i++) {
        const qdx_interned *item = &o->batch->symbols.items[i];
        qdx_symbol_row row = {
            .class = item->owner & 0xFF,
            .kind = item->owner >> 8 & 15,
            .speaker_kind = item->owner >> 12 & 15,
            .confidence = (uint16_t)(item->owner >> 16),
            .text = item->bytes,
        };
        fine = qdx_vector_push(&o->batch->symbol_rows, row);
    }
    return fine;
}

/* Puts a document's quotations in the order of their places; they nearly are. */
static void order_places(const qdx_record *record, qdx_batch_quote *quotes)
{
    const qdx_record_quote *rows = qdx_record_quotes(record);
    for (uint32_t i = 1; i < record->quote_count; i++) {
        qdx_batch_quote item = quotes[i];
        uint32_t k = i;
        for (; k && rows[quotes[k - 1].ordinal].char_start > rows[item.ordinal].char_start; k--)
            quotes[k] = quotes[k - 1];
        quotes[k] = item;
    }
}

/* By speaker and date; what is equal stays in order of documents and places. */
static bool order_quotes(qdx_batch_part *batch)
{
    QDX_VECTOR(qdx_batch_quote) quotes = {0};
    bool fine = true;
    for (uint32_t i = 0; fine && i < batch->documents.count; i++) {
        const qdx_record *record = batch->documents.items[i].record;
        for (uint32_t k = 0; fine && k < record->quote_count; k++)
            fine = qdx_vector_push(&quotes, ((qdx_batch_quote){i, k}));
        if (fine && record->quote_count > 1)
            order_places(record, quotes.items + quotes.count - record->quote_count);
    }
    qdx_sort_item *items = calloc(quotes.count + 1, sizeof *items);
    fine = fine && items;
    for (uint32_t i = 0; fine && i < quotes.count; i++) {
        const qdx_record *record = batch->documents.items[quotes.items[i].document].record;
        uint64_t speaker = qdx_record_quotes(record)[quotes.items[i].ordinal].speaker;
        items[i] = (qdx_sort_item){speaker << 32 | record->date, i};
    }
    fine = fine && quotes.count < UINT32_MAX && qdx_sort_items(items, quotes.count);
    for (size_t i = 0; fine && i < quotes.count; i++)
        fine = qdx_vector_push(&batch->quotes, quotes.items[items[i].number]);
    free(items);
    qdx_vector_release(&quotes);
    return fine;
}

qdx_status qdx_batch_part_order(qdx_batch_part *batch, qdx_error *error)
{
    ordering o = {.batch = batch};
    order_lists(batch);
    qdx_status status = order_documents(batch) ? read_forms(&o, error) : qdx_error_memory(error);
    if (status == QDX_OK && !(number_entities(&o) && number_records(&o) && place_spellings(&o) &&
                              list_symbols(&o) && order_quotes(batch)))
        status = qdx_error_memory(error);
    if (status == QDX_OK)
        point_at_lists(batch);
    qdx_intern_settle(&batch->identities);
    qdx_intern_settle(&batch->shapes);
    qdx_intern_settle(&batch->spellings);
    qdx_intern_settle(&batch->symbols);
    qdx_intern_release(&batch->forms);
    qdx_intern_init(&batch->forms);
    qdx_buffer_release(&o.scratch);
    qdx_arena_release(&o.arena);
    free(o.forms);
    free(o.ranks);
    free(o.locals);
    return status;
}

qdx_status qdx_batch_part_list_words(qdx_batch_part *batch, qdx_error *error)
{
    qdx_index_words split = {0};
    QDX_VECTOR(qdx_sort_item) words = {0};
    bool fine = true;
    for (uint32_t i = 0; fine && i < batch->quotes.count; i++) {
        const qdx_batch_quote *place = &batch->quotes.items[i];
        const qdx_record *record = batch->documents.items[place->document].record;
        qdx_slice text = qdx_record_quotes(record)[place->ordinal].text;
        if (!text.size)
            continue;
        fine = qdx_index_words_split(&split, qdx_record_text(record, text), text.size);
        for (size_t k = 0; fine && k < split.list.count; k++) {
            const qdx_index_word *word = &split.list.items[k];
            qdx_sort_item item = {
                qdx_table_key(split.folded.bytes + word->start, word->size, false), i};
            fine = qdx_vector_push(&words, item);
        }
    }
    fine = fine && (!words.count || qdx_sort_items(words.items, words.count));
    for (size_t i = 0; fine && i < words.count; i++)
        if (!batch->word_count || words.items[i].key != words.items[batch->word_count - 1].key ||
            words.items[i].number != words.items[batch->word_count - 1].number)
            words.items[batch->word_count++] = words.items[i];
    batch->words = words.items;
    qdx_index_words_release(&split);
    return fine ? QDX_OK : qdx_error_memory(error);
}
