/*
 * A small index of invented articles, made without the analyzer: what each article says is found by
 * its words. For tests of index and query.
 */
#ifndef QDX_TESTS_SAMPLE_INDEX_H
#define QDX_TESTS_SAMPLE_INDEX_H

#include <stdlib.h>

#include "check.h"
#include "index/writer.h"

enum { SAMPLE_ENTITIES = 6, SAMPLE_DOCUMENTS = 5 };

static const char *const sample_phrases[] = {"luranian foreign minister",
                                             "foreign minister of lurania"};
static const qdx_tenure sample_orlenko_terms[] = {
    {"foreign minister", "LR", "", {2004, 3, 9}, {2015, 6, 0}, sample_phrases, 2}};
static const qdx_tenure sample_berg_terms[] = {
    {"foreign minister", "LR", "", {2015, 6, 0}, {0, 0, 0}, sample_phrases, 2}};
static const char *const sample_aliases[] = {"Vadym Orlenko"};
static const char *const sample_union_aliases[] = {"H.U.", "HU"};

static const qdx_entity sample_entities[SAMPLE_ENTITIES] = {
    {"vadim-orlenko", "Vadim Orlenko", QDX_ENTITY_PERSON, QDX_GENDER_MALE, true, "LR",
     sample_aliases, 1, sample_orlenko_terms, 1},
    {"harbour-union", "Harbour Union", QDX_ENTITY_ORGANIZATION, QDX_GENDER_UNKNOWN, true, "",
     sample_union_aliases, 2, NULL, 0},
    {"ana-berg", "Ana Berg", QDX_ENTITY_PERSON, QDX_GENDER_FEMALE, true, "LR", NULL, 0,
     sample_berg_terms, 1},
    {"lurania", "Lurania", QDX_ENTITY_PLACE, QDX_GENDER_UNKNOWN, true, "LR", NULL, 0, NULL, 0},
    {"p-tom-berg", "Tom Berg", QDX_ENTITY_PERSON, QDX_GENDER_MALE, false, "", NULL, 0, NULL, 0},
    {"p-jose-nu-ez",
     "Jos\xC3\xA9 Nu\xC3\xB1"
     "ez",
     QDX_ENTITY_PERSON, QDX_GENDER_UNKNOWN, false, "", NULL, 0, NULL, 0},
};

/* Words of an article that name an entity. */
typedef struct sample_mention {
    const char *words;
    uint32_t entity;
} sample_mention;

/* A quotation: its words (two stretches at most), who says them, and the words for that. */
typedef struct sample_quote {
    const char *words, *more, *speaker;
    uint32_t entity;
    qdx_quote_kind kind;
    float confidence;
} sample_quote;

typedef struct sample_document {
    const char *path, *title, *outlet, *text;
    qdx_date date;
    sample_mention mentions[6];
    sample_quote quotes[3];
} sample_document;

static const sample_document sample_documents[SAMPLE_DOCUMENTS] = {
    {"news/a.txt",
     "Talks stall",
     "Dawn Post",
     "Talks stalled.\n\n\xE2\x80\x9CWe will not sign the U.S. de-escalation paper,\xE2\x80\x9D "
     "said "
     "Vadim Orlenko. \xE2\x80\x9CThe Harbour Union is our partner,\xE2\x80\x9D he added, "
     "\xE2\x80\x9C"
     "and it stays so.\xE2\x80\x9D",
     {2014, 3, 11},
     {{"Vadim Orlenko", 0}, {"Harbour Union", 1}},
     {{"We will not sign the U.S. de-escalation paper,", NULL, "Vadim Orlenko", 0, QDX_QUOTE_DIRECT,
       0.9f},
      {"The Harbour Union is our partner,", "and it stays so.", "he", 0, QDX_QUOTE_DIRECT, 0.8f}}},
    {"news/b.txt",
     "Harbours",
     "Evening Sheet",
     "Wadim Orlenko of Lurania said the plan \xE2\x80\x9C"
     "did not suit\xE2\x80\x9D Lurania. Berg "
     "disagreed: \xE2\x80\x9CThe plan suits us.\xE2\x80\x9D",
     {2014, 3, 0},
     {{"Wadim Orlenko", 0}, {"Lurania", 3}, {"Lurania.", 3}, {"Berg", 2}},
     {{"did not suit", NULL, "Wadim Orlenko", 0, QDX_QUOTE_MIXED, 0.9f},
      {"The plan suits us.", NULL, "Berg", 2, QDX_QUOTE_DIRECT, 0.7f}}},
    {"news/c.txt",
     "A new minister",
     "Dawn Post",
     "Ana Berg took over. \xE2\x80\x9CWe shall see,\xE2\x80\x9D she said. \xE2\x80\x9CWe will not "
     "sign the US de-escalation paper!\xE2\x80\x9D said Mr. Orlenko again.",
     {2016, 1, 5},
     {{"Ana Berg", 2}, {"Orlenko", 0}},
     {{"We shall see,", NULL, "she", 2, QDX_QUOTE_DIRECT, 0.6f},
      {"We will not sign the US de-escalation paper!", NULL, "Orlenko", 0, QDX_QUOTE_DIRECT,
       0.9f}}},
    {"other/d.txt",
     "",
     "",
     "\xE2\x80\x9CNo idea,\xE2\x80\x9D a senior official said. Jos\xC3\xA9 Nu\xC3\xB1"
     "ez said he "
     "would wait. Tom Berg: \xE2\x80\x9CI trust Ana Berg.\xE2\x80\x9D",
     {0, 0, 0},
     {{"Jos\xC3\xA9 Nu\xC3\xB1"
       "ez",
       5},
      {"Tom Berg", 4},
      {"Ana Berg", 2}},
     {{"No idea,", NULL, "a senior official", QDX_NO_ENTITY, QDX_QUOTE_DIRECT, 0},
      {"he would wait", NULL,
       "Jos\xC3\xA9 Nu\xC3\xB1"
       "ez",
       5, QDX_QUOTE_INDIRECT, 0.9f},
      {"I trust Ana Berg.", NULL, "Tom Berg", 4, QDX_QUOTE_DIRECT, 0.9f}}},
    {"other/e.txt",
     "Empty",
     "",
     "The Luranian foreign minister rested.",
     {2015, 0, 0},
     {{"Luranian foreign minister", 0}},
     {{0}}},
};

/* The words' place at or after `from`; the test fails when they are not there. */
static qdx_span sample_find(const char *text, const char *words, uint32_t from)
{
    const char *at = words ? strstr(text + from, words) : NULL;
    CHECK(!words || at);
    if (!at)
        return (qdx_span){0, 0};
    return (qdx_span){(uint32_t)(at - text), (uint32_t)(at - text + (ptrdiff_t)strlen(words))};
}

/* The number of an entity in this document's own table, in order of first use. */
static uint32_t sample_local(uint32_t entity, uint32_t *used, size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        if (used[i] == entity)
            return (uint32_t)i;
    used[*count] = entity;
    return (uint32_t)(*count)++;
}

/* Appends the record of one sample article. */
static void sample_encode(const sample_document *sample, qdx_buffer *out)
{
    qdx_mention mentions[6];
    qdx_quote quotes[3];
    qdx_span spans[6];
    qdx_entity entities[SAMPLE_ENTITIES];
    uint32_t used[SAMPLE_ENTITIES], at = 0;
    size_t count = 0;
    qdx_analysis analysis = {entities, 0, mentions, 0, quotes, 0};
    uint32_t size = (uint32_t)strlen(sample->text);
    qdx_block block = {{0, size}, QDX_BLOCK_PARAGRAPH};
    for (size_t i = 0; i < 6 && sample->mentions[i].words; i++) {
        const sample_mention *mention = &sample->mentions[i];
        qdx_span span = sample_find(sample->text, mention->words, at);
        at = span.end;
        mentions[analysis.mention_count++] =
            (qdx_mention){span, sample_local(mention->entity, used, &count), "alias", 0.99f};
    }
    at = 0;
    for (size_t i = 0; i < 3 && sample->quotes[i].words; i++) {
        const sample_quote *quote = &sample->quotes[i];
        spans[2 * i] = sample_find(sample->text, quote->words, at);
        spans[2 * i + 1] = sample_find(sample->text, quote->more, spans[2 * i].end);
        at = spans[2 * i].end;
        bool unnamed = quote->entity == QDX_NO_ENTITY;
        quotes[analysis.quote_count++] = (qdx_quote){
            .kind = quote->kind,
            .spans = &spans[2 * i],
            .span_count = quote->more ? 2 : 1,
            .content = {spans[2 * i].start, quote->more ? spans[2 * i + 1].end : spans[2 * i].end},
            .cue = sample_find(sample->text, strstr(sample->text, "said") ? "said" : NULL, 0),
            .speaker = {.kind = unnamed ? QDX_SPEAKER_UNNAMED : QDX_SPEAKER_PERSON,
                        .span = sample_find(sample->text, quote->speaker, 0),
                        .entity =
                            unnamed ? QDX_NO_ENTITY : sample_local(quote->entity, used, &count),
                        .rule = unnamed ? "" : "subject",
                        .confidence = quote->confidence},
            .confidence = 0.95f};
    }
    for (size_t i = 0; i < count; i++)
        entities[i] = sample_entities[used[i]];
    analysis.entity_count = count;
    qdx_document document = {.path = sample->path,
                             .title = sample->title,
                             .url = "",
                             .outlet = sample->outlet,
                             .author = "",
                             .language = "en",
                             .encoding = "utf-8",
                             .date = sample->date,
                             .text = sample->text,
                             .text_size = size,
                             .blocks = &block,
                             .block_count = 1};
    qdx_error error;
    qdx_status status = qdx_record_encode(&document, &analysis, out, &error);
    if (status != QDX_OK)
        fprintf(stderr, "%s: %s\n", sample->path, error.message);
    CHECK(status == QDX_OK);
}

/* A writer with all articles, in the order first, first + step, ... modulo their number. */
static qdx_index_writer *sample_writer(size_t first, size_t step)
{
    qdx_index_writer *writer = qdx_index_writer_new(NULL);
    for (size_t i = 0; i < SAMPLE_DOCUMENTS; i++) {
        qdx_buffer record = {0};
        sample_encode(&sample_documents[(first + i * step) % SAMPLE_DOCUMENTS], &record);
        CHECK(qdx_index_writer_add(writer, record.bytes, record.size, NULL) == QDX_OK);
        qdx_buffer_release(&record);
    }
    qdx_error problem = {.message = "file is no text"};
    CHECK(qdx_index_writer_add_skipped(writer, "news/z.bin", &problem, NULL) == QDX_OK);
    return writer;
}

/* The bytes of the sample index. */
static inline void sample_render(size_t first, size_t step, qdx_buffer *out)
{
    qdx_index_writer *writer = sample_writer(first, step);
    CHECK(qdx_index_writer_render(writer, out, NULL) == QDX_OK);
    qdx_index_writer_free(writer);
}

#endif
