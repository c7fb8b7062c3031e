/*
 * Takes groups of records apart, column by column, believing nothing beyond what the checksums
 * prove. A group is taken apart as a whole, or a view of it: the few columns that are asked for.
 */
#include "index/decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/form.h"
#include "index/store.h"

#define BIT(column) (1u << (column))

/* A group being taken apart. */
typedef struct decoding {
    const qdx_index *index;
    qdx_arena *arena;
    qdx_cursor columns[QDX_COLUMNS];
    uint64_t first; /* number of the group's first record */
    size_t count;
    bool failed, no_memory;
    qdx_status status; /* of reading other stores */
    qdx_error *error;
} decoding;

static inline uint64_t number(decoding *d, unsigned column)
{
    return qdx_get_number(&d->columns[column]);
}

static inline uint32_t number32(decoding *d, unsigned column)
{
    uint64_t value = number(d, column);
    d->failed |= value > UINT32_MAX;
    return (uint32_t)value;
}

/* A symbol of the class that begins with `first` and ends before `end`. */
static inline uint32_t symbol_of(decoding *d, unsigned column, uint64_t first, uint64_t end)
{
    uint64_t value = number(d, column);
    d->failed |= value >= end - first;
    return (uint32_t)(first + value);
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

static void decode_texts(decoding *d, qdx_document_row *row)
{
    row->title = text(d, QDX_DOCUMENT_TITLE);
    row->url = text(d, QDX_DOCUMENT_URL);
    row->outlet = text(d, QDX_DOCUMENT_OUTLET);
    row->quotes = number32(d, QDX_DOCUMENT_QUOTES);
    row->format = text(d, QDX_DOCUMENT_READING);
    row->encoding = text(d, QDX_DOCUMENT_READING);
    row->repairs = number32(d, QDX_DOCUMENT_COPY);
    row->copy = number32(d, QDX_DOCUMENT_COPY);
}

static void decode_all_documents(decoding *d, qdx_document_row *row, bool texts)
{
    qdx_index_info info;
    const char *path = "";
    size_t size = 0;
    uint64_t time = 0;
    qdx_index_info_get(d->index, &info);
    uint32_t first = qdx_date_pack(info.first);
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++) {
        *row = (qdx_document_row){.title = "", .url = "", .outlet = ""};
        row->path = path = join_path(d, path, number32(d, QDX_DOCUMENT_SHARED), &size);
        row->inner = number32(d, QDX_DOCUMENT_INNER);
        row->part = number32(d, QDX_DOCUMENT_PART);
        row->date = date_after(number32(d, QDX_DOCUMENT_DATE), first);
        row->file_bytes = number(d, QDX_DOCUMENT_FILE);
        row->text_bytes = row->file_bytes - qdx_unzigzag(number(d, QDX_DOCUMENT_TEXT));
        row->text_hash = little_endian(d, QDX_DOCUMENT_HASH, QDX_HASH_SIZE);
        time += qdx_unzigzag(number(d, QDX_DOCUMENT_TIME));
        row->file_time = time;
        if (texts)
            decode_texts(d, row);
        d->failed |= row->inner > size || row->text_bytes > UINT32_MAX;
    }
}

static void decode_documents(decoding *d, void *rows)
{
    decode_all_documents(d, rows, true);
}

static void decode_document_places(decoding *d, void *rows)
{
    decode_all_documents(d, rows, false);
}

static void decode_dates(decoding *d, void *rows)
{
    uint32_t *dates = rows;
    qdx_index_info info;
    qdx_index_info_get(d->index, &info);
    for (size_t i = 0; i < d->count; i++)
        dates[i] = date_after(number32(d, QDX_DOCUMENT_DATE), qdx_date_pack(info.first));
}

static unsigned class_of_symbol(const qdx_index *index, uint64_t symbol)
{
    unsigned class = QDX_SYMBOL_CUE;
    while (class + 1 < QDX_SYMBOL_CLASSES && symbol >= qdx_index_first_symbol(index, class + 1))
        class ++;
    return class;
}

static void decode_symbols(decoding *d, void *rows)
{
    qdx_symbol_row *row = rows;
    for (size_t i = 0; i < d->count; i++, row++) {
        row->class = (uint8_t)class_of_symbol(d->index, d->first + i);
        row->text = text(d, QDX_SYMBOL_TEXT);
        uint32_t detail = number32(d, QDX_SYMBOL_DETAIL);
        uint32_t confidence = number32(d, QDX_SYMBOL_CONFIDENCE);
        row->kind = detail & 15;
        row->speaker_kind = detail >> 4 & 15;
        row->confidence = (uint16_t)confidence;
        d->failed |= detail > UINT8_MAX || row->kind > QDX_QUOTE_INDIRECT ||
                     row->speaker_kind > QDX_SPEAKER_UNNAMED || confidence > QDX_PER_MILLE;
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
    skip_texts(d, QDX_ENTITY_SPELLINGS, row->variant_count);
    qdx_skip_numbers(&d->columns[QDX_ENTITY_TIMES], row->variant_count);
    skip_texts(d, QDX_ENTITY_ALIASES, row->alias_count);
    skip_texts(d, QDX_ENTITY_OFFICES, 3 * row->tenure_count);
    qdx_skip_numbers(&d->columns[QDX_ENTITY_TERMS], 2 * row->tenure_count);
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

static void decode_spellings(decoding *d, void *rows)
{
    uint32_t *counts = rows;
    for (size_t i = 0; i < d->count; i++) {
        counts[i] = number32(d, QDX_ENTITY_LISTS);
        qdx_skip_numbers(&d->columns[QDX_ENTITY_LISTS], 2);
    }
}

static void decode_form_counts(decoding *d, void *rows)
{
    uint32_t *counts = rows;
    for (size_t i = 0; i < d->count; i++)
        counts[i] = number32(d, QDX_FORM_COUNT);
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
    uint64_t first_mark = qdx_index_first_symbol(d->index, QDX_SYMBOL_MARK);
    uint64_t marks_end = qdx_index_first_symbol(d->index, QDX_SYMBOL_MANNER);
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++) {
        decode_pairs(d, row);
        row->mention_count = count_of(d, QDX_MENTION_COUNTS, QDX_MENTION_WHO);
        qdx_mention_row *mention = array(d, row->mention_count, sizeof *mention);
        uint32_t at = 0, paragraph = 0;
        row->mentions = mention;
        for (uint32_t k = 0; mention && k < row->mention_count; k++, mention++) {
            mention->who = number32(d, QDX_MENTION_WHO);
            mention->spelling = number32(d, QDX_MENTION_SPELLINGS);
            mention->mark = symbol_of(d, QDX_MENTION_MARKS, first_mark, marks_end);
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
    row->manner =
        symbol_of(d, QDX_QUOTE_MANNER, qdx_index_first_symbol(d->index, QDX_SYMBOL_MANNER),
                  qdx_store_count(d->index, QDX_STORE_SYMBOL));
    row->cue = symbol_of(d, QDX_QUOTE_CUE, 0, qdx_index_first_symbol(d->index, QDX_SYMBOL_MARK));
    if (d->status == QDX_OK && !d->failed)
        d->status = qdx_symbol_row_at(d->index, row->manner, &symbol, d->error);
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

/* What the steps of a group's quotations have come to. */
typedef struct quote_steps {
    uint64_t speaker, document;
    uint64_t documents, entities; /* of the index */
    bool same;                    /* speaker and document as those of the quotation before */
} quote_steps;

static quote_steps begin_steps(const decoding *d)
{
    return (quote_steps){.documents = qdx_store_count(d->index, QDX_STORE_DOCUMENT),
                         .entities = qdx_store_count(d->index, QDX_STORE_ENTITY)};
}

static void decode_steps(decoding *d, quote_steps *at, qdx_quote_row *row)
{
    uint64_t step = number(d, QDX_QUOTE_SPEAKER);
    uint64_t move = qdx_unzigzag(number(d, QDX_QUOTE_DOCUMENT));
    at->speaker += step;
    at->document += move;
    at->same = !step && !move;
    row->speaker = at->speaker == at->entities ? UINT32_MAX : (uint32_t)at->speaker;
    row->document = (uint32_t)at->document;
    d->failed |= at->speaker > at->entities || at->document >= at->documents;
    decode_manner(d, row);
}

static void decode_uses(decoding *d, void *rows)
{
    qdx_quote_row *row = rows;
    quote_steps at = begin_steps(d);
    for (size_t i = 0; i < d->count && !d->failed && d->status == QDX_OK; i++, row++) {
        *row = (qdx_quote_row){.about = NULL};
        decode_steps(d, &at, row);
    }
}

static void decode_quotes(decoding *d, void *rows)
{
    qdx_quote_row *row = rows;
    quote_steps at = begin_steps(d);
    uint64_t start = 0;
    for (size_t i = 0; i < d->count && !d->failed && !d->no_memory; i++, row++) {
        decode_steps(d, &at, row);
        start = (i && at.same ? start : 0) + number32(d, QDX_QUOTE_START);
        row->char_start = (uint32_t)start;
        row->chars = number32(d, QDX_QUOTE_LENGTH);
        row->paragraph = number32(d, QDX_QUOTE_PARAGRAPH);
        decode_places(d, row);
        row->about_count = count_of(d, QDX_QUOTE_ABOUT_COUNT, QDX_QUOTE_ABOUT);
        row->about = numbers(d, QDX_QUOTE_ABOUT, row->about_count);
        d->failed |= start > UINT32_MAX || row->chars > UINT32_MAX - start || d->status != QDX_OK;
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
        qdx_skip_numbers(&d->columns[QDX_POSTING_DOCUMENTS], row->document_count);
        qdx_skip_numbers(&d->columns[QDX_POSTING_QUOTES], row->quote_count);
    }
}

/* The manners of the quotations' group in hand. */
typedef struct manners {
    qdx_arena arena;
    qdx_cursor columns[QDX_COLUMNS];
} manners;

/* Is quotation i reported speech? They are asked for in order, from the first of a group on. */
static qdx_status is_reported(decoding *d, uint64_t i, manners *m, bool *reported)
{
    const unsigned records = qdx_store_layouts[QDX_STORE_QUOTE].records;
    qdx_symbol_row manner = {0};
    qdx_status status = QDX_OK;
    if (i % records == 0) {
        qdx_arena_reset(&m->arena);
        status = qdx_group_columns_some(d->index, QDX_STORE_QUOTE, i / records,
                                        BIT(QDX_QUOTE_MANNER), &m->arena, m->columns, d->error);
    }
    uint64_t first = qdx_index_first_symbol(d->index, QDX_SYMBOL_MANNER);
    if (status == QDX_OK)
        status = qdx_symbol_row_at(d->index, first + qdx_get_number(&m->columns[QDX_QUOTE_MANNER]),
                                   &manner, d->error);
    *reported = manner.kind == QDX_QUOTE_INDIRECT;
    return status;
}

/* Which quotations have words here the quotations say: their manners are read once more. */
static qdx_status decode_speech(decoding *d, qdx_speech_row *row)
{
    manners m = {.arena = {0}};
    qdx_status status = QDX_OK;
    for (size_t i = 0; status == QDX_OK && i < d->count; i++, row++) {
        bool reported;
        status = is_reported(d, d->first + i, &m, &reported);
        *row = (qdx_speech_row){"", "", 0};
        if (status != QDX_OK || reported)
            continue;
        row->text = qdx_get_text(&d->columns[QDX_SPEECH_WORDS], &row->text_size);
        row->as_written = text(d, QDX_SPEECH_NAMED);
    }
    qdx_arena_release(&m.arena);
    return status;
}

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
    [QDX_STORE_NAME] = {sizeof(qdx_bucket_row), NULL, 0},
    [QDX_STORE_MENTION] = {sizeof(qdx_mentions_row), decode_mentions, 0},
    [QDX_STORE_QUOTE] = {sizeof(qdx_quote_row), decode_quotes, 0},
    [QDX_STORE_SPEECH] = {sizeof(qdx_speech_row), NULL, 0},
    [QDX_STORE_POSTING] = {sizeof(qdx_posting_row), decode_postings, 0},
    [QDX_STORE_WORD] = {sizeof(qdx_bucket_row), NULL, 0},
    [QDX_VIEW_DATES] = {sizeof(uint32_t), decode_dates, BIT(QDX_DOCUMENT_DATE)},
    [QDX_VIEW_NAMES] = {sizeof(qdx_entity_name_row), decode_names,
                        BIT(QDX_ENTITY_FLAGS) | BIT(QDX_ENTITY_NAME) | BIT(QDX_ENTITY_ID)},
    [QDX_VIEW_PAIRS] = {sizeof(qdx_mentions_row), decode_all_pairs,
                        BIT(QDX_MENTION_PAIRS) | BIT(QDX_MENTION_ENTITIES) |
                            BIT(QDX_MENTION_FORMS)},
    [QDX_VIEW_PLACES] = {sizeof(qdx_document_row), decode_document_places,
                         BIT(QDX_DOCUMENT_SHARED) | BIT(QDX_DOCUMENT_PATH) |
                             BIT(QDX_DOCUMENT_INNER) | BIT(QDX_DOCUMENT_PART) |
                             BIT(QDX_DOCUMENT_DATE) | BIT(QDX_DOCUMENT_FILE) |
                             BIT(QDX_DOCUMENT_TEXT) | BIT(QDX_DOCUMENT_HASH) |
                             BIT(QDX_DOCUMENT_TIME)},
    [QDX_VIEW_USES] = {sizeof(qdx_quote_row), decode_uses,
                       BIT(QDX_QUOTE_SPEAKER) | BIT(QDX_QUOTE_DOCUMENT) | BIT(QDX_QUOTE_MANNER) |
                           BIT(QDX_QUOTE_CUE)},
    [QDX_VIEW_SPELLINGS] = {sizeof(uint32_t), decode_spellings, BIT(QDX_ENTITY_LISTS)},
    [QDX_VIEW_FORMS] = {sizeof(uint32_t), decode_form_counts, BIT(QDX_FORM_COUNT)},
};

static bool is_complete(const decoding *d, qdx_store store)
{
    for (unsigned i = 0; i < qdx_store_layouts[store].columns; i++)
        if (d->columns[i].failed || qdx_cursor_left(&d->columns[i]))
            return false;
    return !d->failed;
}

size_t qdx_view_row_size(unsigned view)
{
    return decoders[view].size;
}

qdx_status qdx_view_read(const qdx_index *index, unsigned view, uint64_t group, qdx_arena *arena,
                         const void **rows, size_t *count, qdx_error *error)
{
    decoding d = {.index = index, .arena = arena, .error = error};
    qdx_store store = qdx_view_store(view);
    unsigned wanted = decoders[view].columns ? decoders[view].columns : ~0u;
    qdx_status status =
        qdx_group_columns_some(index, store, group, wanted, arena, d.columns, error);
    if (status != QDX_OK)
        return status;
    d.first = group * qdx_store_layouts[store].records;
    d.count = *count = qdx_store_group_size(index, store, group);
    void *made = array(&d, d.count, decoders[view].size);
    *rows = made;
    if (!made)
        return qdx_error_memory(error);
    if (!qdx_store_layouts[store].records) {
        memcpy(((qdx_bucket_row *)made)->columns, d.columns, sizeof(qdx_bucket_row));
        return QDX_OK;
    }
    if (store == QDX_STORE_SPEECH)
        d.status = decode_speech(&d, made);
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
    return qdx_view_read(index, store, group, arena, rows, count, error);
}
