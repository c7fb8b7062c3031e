/*
 * Takes groups of records apart, column by column, believing nothing beyond what the checksums
 * prove. A group is taken apart as a whole; the rows of one that was asked for stay in the index.
 */
#include "index/decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/decisions.h"
#include "index/form.h"
#include "index/store.h"

/* A group being taken apart. */
typedef struct decoding {
    const qdx_index *index;
    qdx_arena *arena;
    qdx_cursor columns[QDX_COLUMNS];
    size_t count;
    bool failed, no_memory;
    qdx_status status; /* of reading other stores */
    qdx_error *error;
} decoding;

static uint64_t number(decoding *d, unsigned column)
{
    return qdx_cursor_varint(&d->columns[column]);
}

static uint32_t number32(decoding *d, unsigned column)
{
    return (uint32_t)qdx_cursor_varint_max(&d->columns[column], UINT32_MAX);
}

/* A number of another store's record. */
static uint32_t reference(decoding *d, unsigned column, qdx_store store)
{
    uint32_t value = number32(d, column);
    d->failed |= value >= qdx_store_count(d->index, store);
    return value;
}

/* How many values of another column follow; so many bytes are left there at least. */
static uint32_t count_of(decoding *d, unsigned column, unsigned values)
{
    uint64_t count = number(d, column);
    if (count <= qdx_cursor_left(&d->columns[values]) && count <= UINT32_MAX)
        return (uint32_t)count;
    d->failed = true;
    return 0;
}

static const char *text(decoding *d, unsigned column)
{
    return qdx_get_text(&d->columns[column], NULL);
}

static void *array(decoding *d, size_t count, size_t size)
{
    void *items = qdx_arena_array(d->arena, count, size);
    d->no_memory |= !items;
    return items;
}

static uint64_t little_endian(decoding *d, unsigned column, unsigned size)
{
    const unsigned char *bytes = qdx_cursor_bytes(&d->columns[column], size);
    uint64_t value = 0;
    for (unsigned i = 0; bytes && i < size; i++)
        value |= (uint64_t)bytes[i] << 8 * i;
    return value;
}

static void decode_sources(decoding *d, void *rows)
{
    qdx_source_row *row = rows;
    for (size_t i = 0; i < d->count; i++, row++) {
        row->kind = number32(d, QDX_SOURCE_KIND);
        row->text = text(d, QDX_SOURCE_TEXT);
    }
}

static void decode_skipped(decoding *d, void *rows)
{
    qdx_skipped_row *row = rows;
    for (size_t i = 0; i < d->count; i++, row++) {
        row->path = text(d, QDX_SKIPPED_PATH);
        row->inner = number32(d, QDX_SKIPPED_INNER);
        row->reason = text(d, QDX_SKIPPED_REASON);
        row->size = number(d, QDX_SKIPPED_SIZE);
        row->time = number(d, QDX_SKIPPED_TIME);
    }
}

/* A path has the first bytes of the one before it. */
static const char *join_path(decoding *d, const char *last, size_t shared, size_t *size)
{
    size_t more;
    const char *suffix = qdx_get_text(&d->columns[QDX_DOCUMENT_PATH], &more);
    if (shared > *size) {
        d->failed = true;
        return "";
    }
    char *path = array(d, shared + more + 1, 1);
    if (!path)
        return "";
    memcpy(path, last, shared);
    memcpy(path + shared, suffix, more + 1);
    *size = shared + more;
    return path;
}

static uint32_t date_after(uint64_t step, uint32_t first)
{
    return step ? qdx_date_sparse((uint32_t)(qdx_date_dense(first) + step - 1)) : 0;
}

static void decode_documents(decoding *d, void *rows)
{
    qdx_document_row *row = rows;
    qdx_index_info info;
    const char *path = "";
    size_t size = 0;
    uint64_t time = 0;
    qdx_index_info_get(d->index, &info);
    uint32_t first = qdx_date_pack(info.first);
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++) {
        row->path = path = join_path(d, path, number32(d, QDX_DOCUMENT_SHARED), &size);
        row->inner = number32(d, QDX_DOCUMENT_INNER);
        row->part = number32(d, QDX_DOCUMENT_PART);
        row->title = text(d, QDX_DOCUMENT_TITLE);
        row->url = text(d, QDX_DOCUMENT_URL);
        row->outlet = text(d, QDX_DOCUMENT_OUTLET);
        row->date = date_after(number32(d, QDX_DOCUMENT_DATE), first);
        row->file_bytes = number(d, QDX_DOCUMENT_FILE);
        row->text_bytes = row->file_bytes - qdx_unzigzag(number(d, QDX_DOCUMENT_TEXT));
        row->text_hash = little_endian(d, QDX_DOCUMENT_HASH, QDX_HASH_SIZE);
        time += qdx_unzigzag(number(d, QDX_DOCUMENT_TIME));
        row->file_time = time;
        row->quotes = number32(d, QDX_DOCUMENT_QUOTES);
        d->failed |= row->inner > size || row->text_bytes > UINT32_MAX;
    }
}

static void decode_dates(decoding *d, void *rows)
{
    uint32_t *dates = rows;
    qdx_index_info info;
    qdx_index_info_get(d->index, &info);
    for (size_t i = 0; i < d->count; i++)
        dates[i] = date_after(number32(d, QDX_DOCUMENT_DATE), qdx_date_pack(info.first));
}

static void decode_symbols(decoding *d, void *rows)
{
    qdx_symbol_row *row = rows;
    for (size_t i = 0; i < d->count; i++, row++) {
        row->class = qdx_cursor_u8(&d->columns[QDX_SYMBOL_CLASS]);
        row->text = text(d, QDX_SYMBOL_TEXT);
        unsigned detail = qdx_cursor_u8(&d->columns[QDX_SYMBOL_DETAIL]);
        row->kind = detail & 15;
        row->speaker_kind = (uint8_t)(detail >> 4);
        row->confidence = (uint16_t)number32(d, QDX_SYMBOL_CONFIDENCE);
        d->failed |= row->class >= QDX_SYMBOL_CLASSES || row->kind > QDX_QUOTE_INDIRECT ||
                     row->speaker_kind > QDX_SPEAKER_UNNAMED || row->confidence > QDX_PER_MILLE;
    }
}

static void skip_texts(decoding *d, unsigned column, uint64_t count)
{
    for (uint64_t i = 0; i < count && !d->columns[column].failed; i++)
        qdx_get_text(&d->columns[column], NULL);
}

static void decode_lists(decoding *d, qdx_entity_row *row)
{
    row->variant_count = count_of(d, QDX_ENTITY_LISTS, QDX_ENTITY_SPELLINGS);
    row->alias_count = count_of(d, QDX_ENTITY_LISTS, QDX_ENTITY_ALIASES);
    row->tenure_count = count_of(d, QDX_ENTITY_LISTS, QDX_ENTITY_OFFICES);
    row->variants = d->columns[QDX_ENTITY_SPELLINGS];
    row->times = d->columns[QDX_ENTITY_TIMES];
    row->aliases = d->columns[QDX_ENTITY_ALIASES];
    row->offices = d->columns[QDX_ENTITY_OFFICES];
    row->terms = d->columns[QDX_ENTITY_TERMS];
    row->phrases = d->columns[QDX_ENTITY_PHRASES];
    skip_texts(d, QDX_ENTITY_SPELLINGS, row->variant_count);
    for (uint64_t k = 0; k < row->variant_count && !d->columns[QDX_ENTITY_TIMES].failed; k++)
        number(d, QDX_ENTITY_TIMES);
    skip_texts(d, QDX_ENTITY_ALIASES, row->alias_count);
    skip_texts(d, QDX_ENTITY_OFFICES, 3 * row->tenure_count);
    for (uint64_t k = 0; k < row->tenure_count && !d->columns[QDX_ENTITY_TERMS].failed; k++) {
        number32(d, QDX_ENTITY_TERMS);
        number32(d, QDX_ENTITY_TERMS);
        qdx_cursor_bytes(&d->columns[QDX_ENTITY_PHRASES],
                         number(d, QDX_ENTITY_TERMS) * QDX_HASH_SIZE);
    }
}

/* Returns the entity's flags. */
static unsigned decode_name(decoding *d, qdx_entity_name_row *row)
{
    unsigned flags = qdx_cursor_u8(&d->columns[QDX_ENTITY_FLAGS]);
    row->type = flags & 3;
    row->name = text(d, QDX_ENTITY_NAME);
    row->id =
        flags & QDX_FLAG_OWN_ID ? text(d, QDX_ENTITY_ID) : qdx_id_of_name(row->name, d->arena);
    d->no_memory |= !row->id;
    d->failed |= flags >> 7 || row->type > QDX_ENTITY_PLACE;
    return flags;
}

static void decode_names(decoding *d, void *rows)
{
    qdx_entity_name_row *row = rows;
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++)
        decode_name(d, row);
}

static void decode_entity(decoding *d, qdx_entity_row *row, uint32_t first_date, uint64_t *quote)
{
    qdx_entity_name_row name;
    unsigned flags = decode_name(d, &name);
    memset(row, 0, sizeof *row);
    row->type = name.type;
    row->name = name.name;
    row->id = name.id;
    row->gender = flags >> 2 & 3;
    row->listed = (flags & QDX_FLAG_LISTED) != 0;
    row->country = text(d, QDX_ENTITY_COUNTRY);
    row->documents = number(d, QDX_ENTITY_NUMBERS);
    row->mentions = number(d, QDX_ENTITY_NUMBERS);
    row->first_quote = *quote;
    if (flags & QDX_FLAG_SPEAKS) {
        row->quotes = number(d, QDX_ENTITY_NUMBERS);
        row->reported = number(d, QDX_ENTITY_NUMBERS);
    }
    uint64_t step = number32(d, QDX_ENTITY_DATES);
    row->first = date_after(step, first_date);
    row->last = step ? date_after(step + number32(d, QDX_ENTITY_DATES), first_date) : 0;
    decode_lists(d, row);
    uint64_t quotes = qdx_store_count(d->index, QDX_STORE_QUOTE);
    d->failed |= row->gender > QDX_GENDER_FEMALE || row->first_quote > quotes ||
                 row->quotes > quotes - row->first_quote || row->reported > row->quotes;
    *quote += row->quotes;
}

static void decode_entities(decoding *d, void *rows)
{
    qdx_entity_row *row = rows;
    qdx_index_info info;
    qdx_index_info_get(d->index, &info);
    uint64_t quote = number(d, QDX_ENTITY_FIRST);
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++)
        decode_entity(d, row, qdx_date_pack(info.first), &quote);
}

static void decode_forms(decoding *d, void *rows)
{
    qdx_form_row *row = rows;
    for (size_t i = 0; i < d->count; i++, row++) {
        row->count = count_of(d, QDX_FORM_COUNT, QDX_FORM_SIZES);
        row->sizes = d->columns[QDX_FORM_SIZES];
        row->bytes = d->columns[QDX_FORM_BYTES];
        for (uint32_t k = 0; k < row->count; k++)
            qdx_cursor_bytes(&d->columns[QDX_FORM_BYTES], number(d, QDX_FORM_SIZES));
    }
}

static void decode_pairs(decoding *d, qdx_mentions_row *row)
{
    row->pair_count = count_of(d, QDX_MENTION_PAIRS, QDX_MENTION_ENTITIES);
    qdx_pair_row *pairs = array(d, row->pair_count, sizeof *pairs);
    uint64_t entities = qdx_store_count(d->index, QDX_STORE_ENTITY), entity = 0;
    for (uint32_t k = 0; pairs && k < row->pair_count; k++) {
        entity += number32(d, QDX_MENTION_ENTITIES);
        pairs[k].entity = (uint32_t)entity;
        pairs[k].form = number32(d, QDX_MENTION_FORMS);
        d->failed |= entity >= entities;
    }
    row->pairs = pairs;
}

/* The pairs alone; rows as of mentions, of which they have none. */
static void decode_all_pairs(decoding *d, void *rows)
{
    qdx_mentions_row *row = rows;
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++) {
        *row = (qdx_mentions_row){.mentions = NULL};
        decode_pairs(d, row);
    }
}

static void decode_mentions(decoding *d, void *rows)
{
    qdx_mentions_row *row = rows;
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++) {
        decode_pairs(d, row);
        row->mention_count = count_of(d, QDX_MENTION_COUNTS, QDX_MENTION_WHO);
        qdx_mention_row *mention = array(d, row->mention_count, sizeof *mention);
        uint32_t at = 0, paragraph = 0;
        row->mentions = mention;
        for (uint32_t k = 0; mention && k < row->mention_count; k++, mention++) {
            mention->who = number32(d, QDX_MENTION_WHO);
            mention->spelling = number32(d, QDX_MENTION_SPELLINGS);
            mention->mark = reference(d, QDX_MENTION_MARKS, QDX_STORE_SYMBOL);
            mention->char_start = at += number32(d, QDX_MENTION_PLACES);
            mention->paragraph = paragraph += number32(d, QDX_MENTION_PARAGRAPHS);
            d->failed |= mention->who >= row->pair_count;
        }
    }
}

/* Numbers of a list, in a column of their own; repeated decoding of the same group shares none. */
static const uint32_t *numbers(decoding *d, unsigned column, uint32_t count)
{
    uint32_t *items = array(d, count, sizeof *items);
    for (uint32_t k = 0; items && k < count; k++)
        items[k] = number32(d, column);
    return items;
}

static void decode_manner(decoding *d, qdx_quote_row *row)
{
    qdx_symbol_row symbol = {0};
    row->manner = number32(d, QDX_QUOTE_MANNER);
    row->cue = reference(d, QDX_QUOTE_CUE, QDX_STORE_SYMBOL);
    if (d->status == QDX_OK)
        d->status = qdx_symbol_row_at(d->index, row->manner, &symbol, d->error);
    d->failed |= symbol.class != QDX_SYMBOL_MANNER;
    row->kind = symbol.kind;
    row->speaker_kind = symbol.speaker_kind;
    row->confidence = symbol.confidence;
}

/* What only reported speech has: places of its words and of those that name the speaker. */
static void decode_places(decoding *d, qdx_quote_row *row)
{
    row->gap_count = row->named_start = row->named_chars = 0;
    row->gaps = NULL;
    if (row->kind != QDX_QUOTE_INDIRECT)
        return;
    row->gap_count = count_of(d, QDX_QUOTE_GAPS, QDX_QUOTE_GAPS);
    row->gaps = numbers(d, QDX_QUOTE_GAPS, row->gap_count);
    row->named_chars = number32(d, QDX_QUOTE_NAMED_LENGTH);
    if (row->named_chars)
        row->named_start = row->char_start + (uint32_t)qdx_unzigzag(number(d, QDX_QUOTE_NAMED));
}

static void decode_quotes(decoding *d, void *rows)
{
    qdx_quote_row *row = rows;
    uint64_t speaker = 0, document = 0, start = 0;
    uint64_t documents = qdx_store_count(d->index, QDX_STORE_DOCUMENT);
    uint64_t entities = qdx_store_count(d->index, QDX_STORE_ENTITY);
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++) {
        uint64_t step = number(d, QDX_QUOTE_SPEAKER);
        uint64_t move = qdx_unzigzag(number(d, QDX_QUOTE_DOCUMENT));
        speaker += step;
        document += move;
        start = (i && !step && !move ? start : 0) + number32(d, QDX_QUOTE_START);
        row->speaker = speaker == entities ? UINT32_MAX : (uint32_t)speaker;
        row->document = (uint32_t)document;
        row->char_start = (uint32_t)start;
        row->chars = number32(d, QDX_QUOTE_LENGTH);
        row->paragraph = number32(d, QDX_QUOTE_PARAGRAPH);
        decode_manner(d, row);
        decode_places(d, row);
        row->about_count = count_of(d, QDX_QUOTE_ABOUT_COUNT, QDX_QUOTE_ABOUT);
        row->about = numbers(d, QDX_QUOTE_ABOUT, row->about_count);
        d->failed |= speaker > entities || document >= documents || start > UINT32_MAX ||
                     row->chars > UINT32_MAX - start || d->status != QDX_OK;
    }
}

static void decode_postings(decoding *d, void *rows)
{
    qdx_posting_row *row = rows;
    for (size_t i = 0; i < d->count; i++, row++) {
        row->document_count = count_of(d, QDX_POSTING_DOCUMENT_COUNT, QDX_POSTING_DOCUMENTS);
        row->quote_count = count_of(d, QDX_POSTING_QUOTE_COUNT, QDX_POSTING_QUOTES);
        row->documents = d->columns[QDX_POSTING_DOCUMENTS];
        row->quotes = d->columns[QDX_POSTING_QUOTES];
        for (uint64_t k = 0; k < row->document_count; k++)
            number32(d, QDX_POSTING_DOCUMENTS);
        for (uint64_t k = 0; k < row->quote_count; k++)
            number32(d, QDX_POSTING_QUOTES);
    }
}

/* The columns of the quotations' group in hand. */
typedef struct quote_columns {
    qdx_arena arena;
    qdx_cursor columns[QDX_COLUMNS];
} quote_columns;

/* Is quotation i reported speech? They are asked for in order, from the first of a group on. */
static qdx_status is_reported(decoding *d, uint64_t i, quote_columns *quotes, bool *reported)
{
    const unsigned records = qdx_store_layouts[QDX_STORE_QUOTE].records;
    qdx_symbol_row manner = {0};
    qdx_status status = QDX_OK;
    if (i % records == 0) {
        qdx_arena_reset(&quotes->arena);
        status = qdx_group_columns(d->index, QDX_STORE_QUOTE, i / records, &quotes->arena,
                                   quotes->columns, d->error);
    }
    if (status == QDX_OK)
        status = qdx_symbol_row_at(d->index, qdx_cursor_varint(&quotes->columns[QDX_QUOTE_MANNER]),
                                   &manner, d->error);
    *reported = manner.kind == QDX_QUOTE_INDIRECT;
    return status;
}

/* Which quotations have words here the quotations say: their manners are read once more. */
static qdx_status decode_speech(decoding *d, uint64_t group, qdx_speech_row *row)
{
    uint64_t first = group * qdx_store_layouts[QDX_STORE_SPEECH].records;
    quote_columns quotes = {.arena = {0}};
    qdx_status status = QDX_OK;
    for (size_t i = 0; status == QDX_OK && i < d->count; i++, row++) {
        bool reported;
        status = is_reported(d, first + i, &quotes, &reported);
        *row = (qdx_speech_row){"", "", 0};
        if (status != QDX_OK || reported)
            continue;
        row->text = qdx_get_text(&d->columns[QDX_SPEECH_WORDS], &row->text_size);
        row->as_written = text(d, QDX_SPEECH_NAMED);
    }
    qdx_arena_release(&quotes.arena);
    return status;
}

/* A bucket's columns, as they are. */
typedef struct bucket_row {
    qdx_cursor columns[4];
} bucket_row;

#define BIT(column) (1u << (column))

static const struct {
    size_t size;
    void (*decode)(decoding *d, void *rows);
    unsigned columns; /* of a view, else 0 */
} decoders[QDX_VIEW_COUNT] = {
    [QDX_STORE_SOURCE] = {sizeof(qdx_source_row), decode_sources, 0},
    [QDX_STORE_SKIPPED] = {sizeof(qdx_skipped_row), decode_skipped, 0},
    [QDX_STORE_DOCUMENT] = {sizeof(qdx_document_row), decode_documents, 0},
    [QDX_STORE_SYMBOL] = {sizeof(qdx_symbol_row), decode_symbols, 0},
    [QDX_STORE_ENTITY] = {sizeof(qdx_entity_row), decode_entities, 0},
    [QDX_STORE_FORM] = {sizeof(qdx_form_row), decode_forms, 0},
    [QDX_STORE_NAME] = {sizeof(bucket_row), NULL, 0},
    [QDX_STORE_MENTION] = {sizeof(qdx_mentions_row), decode_mentions, 0},
    [QDX_STORE_QUOTE] = {sizeof(qdx_quote_row), decode_quotes, 0},
    [QDX_STORE_SPEECH] = {sizeof(qdx_speech_row), NULL, 0},
    [QDX_STORE_POSTING] = {sizeof(qdx_posting_row), decode_postings, 0},
    [QDX_STORE_WORD] = {sizeof(bucket_row), NULL, 0},
    [QDX_VIEW_DATES] = {sizeof(uint32_t), decode_dates, BIT(QDX_DOCUMENT_DATE)},
    [QDX_VIEW_NAMES] = {sizeof(qdx_entity_name_row), decode_names,
                        BIT(QDX_ENTITY_FLAGS) | BIT(QDX_ENTITY_NAME) | BIT(QDX_ENTITY_ID)},
    [QDX_VIEW_PAIRS] = {sizeof(qdx_mentions_row), decode_all_pairs,
                        BIT(QDX_MENTION_PAIRS) | BIT(QDX_MENTION_ENTITIES) |
                            BIT(QDX_MENTION_FORMS)},
};

static bool is_complete(const decoding *d, qdx_store store)
{
    for (unsigned i = 0; i < qdx_store_layouts[store].columns; i++)
        if (d->columns[i].failed || qdx_cursor_left(&d->columns[i]))
            return false;
    return !d->failed;
}

static qdx_status read_rows(const qdx_index *index, unsigned view, uint64_t group, qdx_arena *arena,
                            const void **rows, size_t *count, qdx_error *error)
{
    decoding d = {.index = index, .arena = arena, .error = error};
    qdx_store store = qdx_view_store(view);
    unsigned wanted = decoders[view].columns ? decoders[view].columns : ~0u;
    qdx_status status =
        qdx_group_columns_some(index, store, group, wanted, arena, d.columns, error);
    if (status != QDX_OK)
        return status;
    d.count = *count = qdx_store_group_size(index, store, group);
    void *made = array(&d, d.count, decoders[view].size);
    *rows = made;
    if (!made)
        return qdx_error_memory(error);
    if (!qdx_store_layouts[store].records) {
        memcpy(((bucket_row *)made)->columns, d.columns, sizeof(bucket_row));
        return QDX_OK;
    }
    if (store == QDX_STORE_SPEECH)
        d.status = decode_speech(&d, group, made);
    else
        decoders[view].decode(&d, made);
    if (d.no_memory)
        return qdx_error_memory(error);
    if (d.status != QDX_OK)
        return d.status;
    return is_complete(&d, store) ? QDX_OK : qdx_store_broken(store, group, error);
}

qdx_status qdx_rows_read(const qdx_index *index, qdx_store store, uint64_t group, qdx_arena *arena,
                         const void **rows, size_t *count, qdx_error *error)
{
    return read_rows(index, store, group, arena, rows, count, error);
}

/* Opens a group for good; threads that race for one keep the first's. */
static qdx_status open_group(const qdx_index *index, unsigned view, uint64_t group,
                             qdx_group_slot *slot, qdx_error *error)
{
    qdx_opened_group *none = NULL, *opened = calloc(1, sizeof *opened);
    if (!opened)
        return qdx_error_memory(error);
    qdx_status status =
        read_rows(index, view, group, &opened->arena, &opened->rows, &opened->count, error);
    if (status != QDX_OK || !atomic_compare_exchange_strong(slot, &none, opened)) {
        qdx_arena_release(&opened->arena);
        free(opened);
    }
    return status;
}

/* The opened group that holds record i, and its place there. */
static qdx_status find_row(const qdx_index *index, unsigned view, uint64_t i, void *row,
                           qdx_error *error)
{
    qdx_store store = qdx_view_store(view);
    unsigned records = qdx_store_layouts[store].records;
    uint64_t group = records ? i / records : i;
    size_t size = decoders[view].size;
    if (i >= qdx_store_count(index, store))
        return qdx_store_broken(store, i, error);
    qdx_group_slot *slot = qdx_index_slots(index, view) + group;
    if (!atomic_load(slot)) {
        qdx_status status = open_group(index, view, group, slot, error);
        if (status != QDX_OK)
            return status;
    }
    memcpy(row, (const char *)atomic_load(slot)->rows + (records ? i % records : 0) * size, size);
    return QDX_OK;
}

#define ROW_AT(name, type, view)                                                                   \
    qdx_status name(const qdx_index *index, uint64_t i, type *row, qdx_error *error)               \
    {                                                                                              \
        return find_row(index, view, i, row, error);                                               \
    }

ROW_AT(qdx_symbol_row_at, qdx_symbol_row, QDX_STORE_SYMBOL)
ROW_AT(qdx_skipped_row_at, qdx_skipped_row, QDX_STORE_SKIPPED)
ROW_AT(qdx_document_row_at, qdx_document_row, QDX_STORE_DOCUMENT)
ROW_AT(qdx_entity_row_at, qdx_entity_row, QDX_STORE_ENTITY)
ROW_AT(qdx_entity_name_at, qdx_entity_name_row, QDX_VIEW_NAMES)
ROW_AT(qdx_mentions_row_at, qdx_mentions_row, QDX_STORE_MENTION)
ROW_AT(qdx_quote_row_at, qdx_quote_row, QDX_STORE_QUOTE)
ROW_AT(qdx_speech_row_at, qdx_speech_row, QDX_STORE_SPEECH)
ROW_AT(qdx_posting_row_at, qdx_posting_row, QDX_STORE_POSTING)
ROW_AT(qdx_source_row_at, qdx_source_row, QDX_STORE_SOURCE)
ROW_AT(qdx_form_row_at, qdx_form_row, QDX_STORE_FORM)

/* What people decided stands above what was found. */
static void apply_decisions(const qdx_index *index, uint32_t quote, qdx_fact_row *row)
{
    const qdx_decided_quote *decided = qdx_decided_quote_find(index, quote);
    row->decided = decided != NULL;
    if (decided) {
        row->speaker = decided->speaker;
        row->speaker_kind = decided->speaker_kind;
        row->confidence = decided->speaker == UINT32_MAX ? 0 : QDX_PER_MILLE;
    }
    if (row->speaker != UINT32_MAX)
        row->speaker = qdx_decided_entity(index, row->speaker);
}

qdx_status qdx_fact_row_at(const qdx_index *index, uint64_t i, qdx_fact_row *row, qdx_error *error)
{
    qdx_quote_row quote;
    uint32_t date;
    qdx_status status = qdx_quote_row_at(index, i, &quote, error);
    if (status == QDX_OK)
        status = find_row(index, QDX_VIEW_DATES, quote.document, &date, error);
    if (status == QDX_OK)
        *row = (qdx_fact_row){quote.speaker, date,       quote.document,     quote.char_start,
                              quote.chars,   quote.kind, quote.speaker_kind, quote.confidence,
                              false};
    if (status == QDX_OK)
        apply_decisions(index, (uint32_t)i, row);
    return status;
}

const char *qdx_entity_variant_next(qdx_entity_row *row, uint64_t *times)
{
    const char *spelling = qdx_get_text(&row->variants, NULL);
    uint64_t count = qdx_cursor_varint(&row->times);
    if (times)
        *times = count;
    return *spelling ? spelling : row->name;
}

void qdx_entity_tenure_next(qdx_entity_row *row, qdx_form_tenure *tenure)
{
    tenure->office = qdx_get_text(&row->offices, NULL);
    tenure->country = qdx_get_text(&row->offices, NULL);
    tenure->organization = qdx_get_text(&row->offices, NULL);
    tenure->from = (uint32_t)qdx_cursor_varint(&row->terms);
    tenure->to = (uint32_t)qdx_cursor_varint(&row->terms);
    tenure->phrase_count = (uint32_t)qdx_cursor_varint(&row->terms);
    tenure->phrases =
        qdx_cursor_bytes(&row->phrases, (uint64_t)tenure->phrase_count * QDX_HASH_SIZE);
}

qdx_status qdx_entity_find(const qdx_index *index, const char *id, unsigned type, uint64_t *number,
                           qdx_error *error)
{
    uint64_t low = 0, high = qdx_store_count(index, QDX_STORE_ENTITY);
    qdx_entity_name_row row;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        qdx_status status = qdx_entity_name_at(index, middle, &row, error);
        if (status != QDX_OK)
            return status;
        int order = strcmp(row.id, id);
        if (order < 0 || (order == 0 && row.type < type))
            low = middle + 1;
        else
            high = middle;
    }
    *number = low;
    if (low == qdx_store_count(index, QDX_STORE_ENTITY))
        return QDX_END;
    qdx_status status = qdx_entity_name_at(index, low, &row, error);
    return status == QDX_OK && strcmp(row.id, id) != 0 ? QDX_END : status;
}

qdx_status qdx_quote_about_at(const qdx_index *index, const qdx_quote_row *row, uint32_t k,
                              uint32_t *entity, qdx_error *error)
{
    qdx_mentions_row mentions;
    qdx_status status = find_row(index, QDX_VIEW_PAIRS, row->document, &mentions, error);
    if (status != QDX_OK)
        return status;
    if (k >= row->about_count || row->about[k] >= mentions.pair_count)
        return qdx_store_broken(QDX_STORE_QUOTE, row->document, error);
    *entity = mentions.pairs[row->about[k]].entity;
    return QDX_OK;
}

qdx_status qdx_postings_at(const qdx_index *index, uint64_t entity, qdx_posting_reader *documents,
                           qdx_posting_reader *about, qdx_error *error)
{
    qdx_posting_row row;
    qdx_status status = qdx_posting_row_at(index, entity, &row, error);
    if (status != QDX_OK)
        return status;
    qdx_posting_reader_init(documents, row.documents, row.document_count,
                            qdx_store_count(index, QDX_STORE_DOCUMENT));
    qdx_posting_reader_init(about, row.quotes, row.quote_count,
                            qdx_store_count(index, QDX_STORE_QUOTE));
    return QDX_OK;
}

void qdx_posting_reader_init(qdx_posting_reader *reader, qdx_cursor steps, uint64_t count,
                             uint64_t limit)
{
    *reader = (qdx_posting_reader){steps, count, 0, limit, true};
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

bool qdx_table_reader_next(qdx_table_reader *reader, uint64_t *value, uint64_t *detail)
{
    if (reader->left == 0 || reader->values.failed)
        return false;
    uint64_t step = qdx_cursor_varint_max(&reader->values, UINT32_MAX), more = 0;
    if (reader->office)
        more = qdx_cursor_varint(&reader->details);
    if ((step == 0 && !reader->first && !reader->office) || reader->details.failed ||
        reader->last + step >= reader->limit)
        reader->values.failed = true;
    reader->last += step;
    reader->first = false;
    reader->left--;
    *value = reader->last;
    if (detail)
        *detail = more;
    return !reader->values.failed;
}

static uint64_t table_limit(const qdx_index *index, qdx_store store)
{
    return qdx_store_count(index, store == QDX_STORE_NAME ? QDX_STORE_ENTITY : QDX_STORE_QUOTE);
}

/* Reads the next key of a bucket, whose values follow at the columns; false after the last. */
static bool next_key(qdx_cursor columns[4], uint64_t *key, qdx_table_reader *reader)
{
    if (columns[QDX_TABLE_KEYS].failed || !qdx_cursor_left(&columns[QDX_TABLE_KEYS]))
        return false;
    *key += qdx_cursor_varint(&columns[QDX_TABLE_KEYS]);
    reader->key = *key;
    reader->left = qdx_cursor_varint(&columns[QDX_TABLE_COUNTS]) + 1;
    reader->values = columns[QDX_TABLE_VALUES];
    reader->details = columns[QDX_TABLE_DETAILS];
    reader->last = 0;
    reader->first = true;
    reader->office = *key & 1;
    reader->values.failed |= columns[QDX_TABLE_KEYS].failed | columns[QDX_TABLE_COUNTS].failed |
                             (reader->left > qdx_cursor_left(&reader->values));
    return true;
}

qdx_status qdx_table_find(const qdx_index *index, qdx_store store, uint64_t key,
                          qdx_table_reader *reader, qdx_error *error)
{
    uint64_t buckets = qdx_store_count(index, store), at = 0, value;
    bucket_row bucket;
    unsigned bits = 0;
    while ((uint64_t)1 << bits < buckets)
        bits++;
    uint64_t number = key >> (QDX_KEY_BITS - bits),
             wanted = key - (number << (QDX_KEY_BITS - bits));
    *reader = (qdx_table_reader){.limit = table_limit(index, store)};
    if (!buckets)
        return QDX_END;
    qdx_status status = find_row(index, store, number, &bucket, error);
    if (status != QDX_OK)
        return status;
    while (next_key(bucket.columns, &at, reader)) {
        if (at == wanted || reader->values.failed)
            break;
        if (at > wanted)
            return QDX_END;
        while (qdx_table_reader_next(reader, &value, NULL))
            ;
        bucket.columns[QDX_TABLE_VALUES] = reader->values;
        bucket.columns[QDX_TABLE_DETAILS] = reader->details;
        if (reader->values.failed)
            break;
    }
    if (reader->values.failed)
        return qdx_store_broken(store, number, error);
    return at == wanted && reader->left ? QDX_OK : QDX_END;
}

void qdx_table_walk_release(qdx_table_walk *walk)
{
    qdx_arena_release(&walk->arena);
}

/* Moves behind the values of the key read last. */
static void skip_values(qdx_table_walk *walk)
{
    uint64_t value;
    while (qdx_table_reader_next(&walk->last, &value, NULL))
        ;
    walk->columns[QDX_TABLE_VALUES] = walk->last.values;
    walk->columns[QDX_TABLE_DETAILS] = walk->last.details;
}

static bool is_bucket_read(const qdx_table_walk *walk)
{
    for (unsigned i = 0; i < 4; i++)
        if (walk->columns[i].failed || qdx_cursor_left(&walk->columns[i]))
            return false;
    return true;
}

qdx_status qdx_table_walk_next(qdx_table_walk *walk, qdx_table_reader *reader, qdx_error *error)
{
    uint64_t buckets = qdx_store_count(walk->index, walk->store);
    if (walk->inside)
        skip_values(walk);
    for (;;) {
        walk->last = (qdx_table_reader){.limit = table_limit(walk->index, walk->store)};
        if (walk->inside && next_key(walk->columns, &walk->key, &walk->last)) {
            *reader = walk->last;
            return walk->last.values.failed ? qdx_store_broken(walk->store, walk->bucket, error)
                                            : QDX_OK;
        }
        if (walk->inside && !is_bucket_read(walk))
            return qdx_store_broken(walk->store, walk->bucket, error);
        if (walk->bucket + walk->inside >= buckets)
            return QDX_END;
        walk->bucket += walk->inside;
        walk->inside = true;
        walk->key = 0;
        qdx_arena_reset(&walk->arena);
        qdx_status status = qdx_group_columns(walk->index, walk->store, walk->bucket, &walk->arena,
                                              walk->columns, error);
        if (status != QDX_OK)
            return status;
    }
}
