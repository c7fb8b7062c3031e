/*
 * Names of ASCII characters are cut here, and only a word not met before is romanized. Names with
 * other characters, or with a comma, go through qdx_name_split as a whole.
 */
#include "index/name_words.h"

#include <string.h>

enum {
    PLAIN_NAME = 63, /* bytes of a name that is cut here, at most */
    PLAIN_WORD = 4   /* a word of as many letters is neither an initial nor a suffix such as "jr" */
};

void qdx_name_words_init(qdx_name_words *words)
{
    memset(words, 0, sizeof *words);
    qdx_intern_init(&words->sounds);
    qdx_intern_init(&words->plain);
}

void qdx_name_words_release(qdx_name_words *words)
{
    qdx_intern_release(&words->sounds);
    qdx_intern_release(&words->plain);
    qdx_vector_release(&words->of_plain);
    qdx_buffer_release(&words->storage);
}

/* Makes the sound of a folded word. What a short word is in a name is asked with a name. */
static qdx_name_sound make_sound(qdx_name_words *words, const char *word, size_t size)
{
    qdx_name_sound made = {UINT32_MAX, false, false};
    qdx_buffer_clear(&words->storage);
    if (size >= PLAIN_WORD) {
        qdx_name_romanize(word, size, &words->storage);
        if (!words->storage.failed)
            made.sound = qdx_intern_add(&words->sounds, words->storage.bytes, words->storage.size);
        return made;
    }
    char name[PLAIN_WORD + 4];
    qdx_name_parts parts;
    memcpy(name, word, size);
    memcpy(name + size, " name", 5);
    qdx_name_split(name, size + 5, &words->storage, &parts);
    if (words->storage.failed || !parts.count)
        return made;
    made.suffix = parts.count == 1;
    made.initial = parts.words[0].initial;
    if (made.suffix)
        qdx_name_split(word, size, &words->storage, &parts); /* alone it is a name */
    const char *sound = parts.count ? parts.words[0].romanized : "";
    made.sound = qdx_intern_add(&words->sounds, sound, strlen(sound));
    return made;
}

/* The sound of a folded word; its number is UINT32_MAX without memory. */
static qdx_name_sound find_sound(qdx_name_words *words, const char *word, size_t size)
{
    uint32_t number = qdx_intern_add(&words->plain, word, size);
    if (number < words->of_plain.count)
        return words->of_plain.items[number];
    qdx_name_sound made = make_sound(words, word, size);
    if (number == UINT32_MAX || !qdx_vector_push(&words->of_plain, made))
        made.sound = UINT32_MAX;
    return made;
}

static bool split_any(qdx_name_words *words, const char *name, size_t size, qdx_name_sounds *sounds)
{
    qdx_name_parts parts;
    qdx_name_split(name, size, &words->storage, &parts);
    sounds->count = parts.count;
    for (size_t i = 0; i < parts.count; i++) {
        const char *sound = parts.words[i].romanized;
        sounds->words[i] = (qdx_name_sound){qdx_intern_add(&words->sounds, sound, strlen(sound)),
                                            parts.words[i].initial, false};
        if (sounds->words[i].sound == UINT32_MAX)
            return false;
    }
    return !words->storage.failed;
}

/*
 * Copies the name with small letters, a NUL wherever a word ends; its size then, 0 when it is none
 * to be cut here.
 */
static size_t fold_plain(const char *name, size_t size, char folded[PLAIN_NAME + 1])
{
    size_t n = 0;
    if (size > PLAIN_NAME)
        return 0;
    for (size_t i = 0; i < size; i++) {
        char c = name[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((unsigned char)c >= 0x80 || c == ',')
            return 0;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            folded[n++] = c;
        else if (c != '\'' && c != '`' && n && folded[n - 1])
            folded[n++] = '\0';
    }
    if (n && folded[n - 1])
        folded[n++] = '\0';
    return n;
}

bool qdx_name_words_split(qdx_name_words *words, const char *name, size_t size,
                          qdx_name_sounds *sounds)
{
    char folded[PLAIN_NAME + 1];
    size_t end = fold_plain(name, size, folded), count = 0, kept = 0;
    if (!end)
        return split_any(words, name, size, sounds);
    for (size_t at = 0; at < end && count < QDX_NAME_WORDS; at += strlen(folded + at) + 1) {
        qdx_name_sound sound = find_sound(words, folded + at, strlen(folded + at));
        if (sound.sound == UINT32_MAX)
            return false;
        sounds->words[count++] = sound;
    }
    for (size_t i = 0; i < count; i++)
        if (count == 1 || !sounds->words[i].suffix)
            sounds->words[kept++] = sounds->words[i];
    sounds->count = kept;
    return true;
}
