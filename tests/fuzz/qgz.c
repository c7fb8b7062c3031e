/*
 * Any bytes as the data of a compiled gazetteer: given a length and checksums that hold, as damage
 * is refused by those, it is loaded, frozen, and asked for everything it says it has. The file goes
 * through memory (memfd).
 */
#include <quotedex/gazetteer.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/checksum.h"
#include "gazetteer/lookup.h"
#include "gazetteer/tenure.h"

enum { MOST_ENTITIES = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Data, checksums and trailer that agree with each other. */
static void seal(const uint8_t *bytes, size_t size, qdx_buffer *out)
{
    qdx_qgz_header header;
    qdx_qgz_trailer trailer = {.data_size = size / QDX_QGZ_ALIGN * QDX_QGZ_ALIGN,
                               .magic = QDX_QGZ_TRAILER};
    qdx_buffer_append(out, bytes, trailer.data_size);
    if (trailer.data_size >= sizeof header) {
        memcpy(&header, out->bytes, sizeof header);
        header.data_size = trailer.data_size;
        memcpy(out->bytes, &header, sizeof header);
    }
    size_t sums = out->size;
    for (size_t at = 0; at < trailer.data_size; at += QDX_QGZ_BLOCK) {
        size_t left = trailer.data_size - at;
        qdx_buffer_u32(out,
                       qdx_crc32c(0, out->bytes + at, left < QDX_QGZ_BLOCK ? left : QDX_QGZ_BLOCK));
    }
    qdx_buffer_u64(out, trailer.data_size);
    trailer.sums_crc = qdx_crc32c(0, out->bytes + sums, out->size - sums);
    qdx_buffer_u32(out, trailer.sums_crc);
    qdx_buffer_u32(out, trailer.magic);
}

static void tag(const qdx_gazetteer *gazetteer, const char *name)
{
    qdx_text text = {0};
    qdx_block block = {.span = {0, (uint32_t)strlen(name)}};
    qdx_document document = {
        .text = name, .text_size = block.span.end, .blocks = &block, .block_count = 1};
    if (qdx_text_tokenize(&text, &document, NULL) == QDX_OK) {
        qdx_lexicon_annotate(&gazetteer->lexicon, &text);
        qdx_phrases_scan(gazetteer, &text, NULL, NULL);
        for (size_t i = 0; i < text.tokens.count; i++) {
            const qdx_word *word = qdx_lexicon_word(&gazetteer->lexicon, &text.tokens.items[i]);
            qdx_lexicon_says(&gazetteer->lexicon, word->lemma, "say");
        }
    }
    qdx_text_release(&text);
}

static void name_offices(const qdx_gazetteer *gazetteer, const qdx_entity *entity)
{
    qdx_tenure_namer *namer = qdx_tenure_namer_new(gazetteer);
    qdx_entity few = *entity;
    few.tenure_count = few.tenure_count < 4 ? few.tenure_count : 4;
    if (namer)
        qdx_tenure_namer_name(namer, &few);
    qdx_tenure_namer_free(namer);
}

static void ask(const qdx_gazetteer *gazetteer)
{
    qdx_name_match matches[8];
    size_t count;
    for (size_t i = 0; i < qdx_gazetteer_entity_count(gazetteer) && i < MOST_ENTITIES; i++) {
        const qdx_entity *entity = qdx_gazetteer_entity_at(gazetteer, i);
        if (!entity || !entity->id || !entity->name || !entity->country)
            abort();
        if (qdx_gazetteer_lookup(gazetteer, entity->name, matches, 8, &count, NULL) == QDX_OK &&
            count > 8)
            abort();
        tag(gazetteer, entity->name);
        name_offices(gazetteer, entity);
    }
    for (uint32_t office = 0; office < gazetteer->words.offices.count; office++) {
        qdx_holder_walk walk = {.gazetteer = gazetteer, .office = office};
        uint32_t holder;
        for (int n = 0; n < MOST_ENTITIES && qdx_tenure_next_holder(&walk, &holder); n++)
            if (!qdx_store_entity(gazetteer, holder)->name)
                abort();
    }
    tag(gazetteer, "Foreign Minister Sergei Tavrashin said.");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[64];
    qdx_buffer file = {0};
    qdx_error error;
    seal(bytes, size, &file);
    int fd = memfd_create("qgz", MFD_CLOEXEC);
    if (fd >= 0 && !file.failed && write(fd, file.bytes, file.size) == (ssize_t)file.size) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
        if (gazetteer && qdx_gazetteer_load(gazetteer, path, NULL, NULL, &error) == QDX_OK &&
            qdx_gazetteer_freeze(gazetteer, &error) == QDX_OK &&
            qdx_gazetteer_verify(gazetteer, &error) == QDX_OK)
            ask(gazetteer);
        qdx_gazetteer_free(gazetteer);
    }
    if (fd >= 0)
        close(fd);
    qdx_buffer_release(&file);
    return 0;
}
