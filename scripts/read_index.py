#!/usr/bin/env python3
"""read_index.py INDEX: the quotations of an index, as JSON lines.

Written from docs/index-format.md alone, with the standard library alone: what this reads and the program reads
are the same. Reported speech is read in the articles, where they are clean UTF-8 text files.
"""
import json
import struct
import sys

MASK = (1 << 64) - 1
STORES = ["option", "skipped", "document", "symbol", "entity", "form", "name", "mention", "quote", "speech", "posting",
          "word"]
GROUPS = {"option": 64, "skipped": 64, "document": 128, "symbol": 256, "entity": 128, "form": 512, "mention": 128,
          "quote": 256, "speech": 1024, "posting": 256}
COLUMNS = {"option": 2, "skipped": 5, "document": 15, "symbol": 3, "entity": 13, "form": 3, "name": 4, "mention": 9,
           "quote": 12, "speech": 2, "posting": 4, "word": 4}
OF_BYTES = {"option": {1}, "skipped": {0, 2}, "document": {1, 4, 5, 6, 10, 13}, "symbol": {0}, "entity": {0, 1, 2, 3, 7, 9, 10},
            "form": {2}, "speech": {0, 1}}
KINDS = ["direct", "mixed", "indirect"]


class Damaged(Exception):
    """The file is not what the format says."""


def crc_table():
    table = []
    for i in range(256):
        for _ in range(8):
            i = i >> 1 ^ (0x82F63B78 if i & 1 else 0)
        table.append(i)
    return table


CRC = crc_table()


def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value = value >> 8 ^ CRC[(value ^ byte) & 255]
    return value ^ 0xFFFFFFFF


def fold(a, b):
    product = a * b
    return (product ^ product >> 64) & MASK


def hash_bytes(data):
    value = 0xA0761D6478BD642F ^ len(data)
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        value = fold(value ^ int.from_bytes(data[at:at + 8], "little"), 0xE7037ED1A0B428DB)
    value = fold(value ^ int.from_bytes(data[whole:], "little"), 0x8EBC6AF09C88C6E3)
    return fold(value, 0x589965CC75374CC3)


def hash_mix(a, b):
    x = ((a ^ (b + 0x9E3779B97F4A7C15 + (a << 6) + (a >> 2))) * 0xFF51AFD7ED558CCD) & MASK
    return x ^ x >> 32


class Bytes:
    """A place in bytes, and what can be read from there."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if count > len(self.data) - self.at:
            raise Damaged("bytes run out")
        self.at += count
        return self.data[self.at - count:self.at]

    def u8(self):
        return self.take(1)[0]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.u8()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def signed(self):
        value = self.varint()
        return -(value >> 1) - 1 if value & 1 else value >> 1

    def text(self):
        end = self.data.index(0, self.at)
        value = self.data[self.at:end].decode()
        self.at = end + 1
        return value


class Numbers:
    """A column of numbers, from which one after another is taken."""

    def __init__(self, values):
        self.values, self.at = values, 0

    def number(self):
        if self.at == len(self.values):
            raise Damaged("numbers run out")
        self.at += 1
        return self.values[self.at - 1]

    def signed(self):
        value = self.number()
        return -(value >> 1) - 1 if value & 1 else value >> 1


def read_lengths(packed):
    """The codes, as a dictionary of (length, code), and where their bits begin."""
    head = packed[0]
    nibbles = [byte >> shift & 15 for byte in packed[1:1 + head] for shift in (0, 4)]
    lengths, i = [], 0
    while i < len(nibbles):
        lengths.append(nibbles[i])
        i += 1
        if lengths[-1] == 0 and i < len(nibbles):
            more = nibbles[i]
            i += 1
            if more == 15:
                more += nibbles[i] | nibbles[i + 1] << 4
                i += 2
            lengths += [0] * more
    codes, code, last = {}, 0, 0
    for length, value in sorted((length, value) for value, length in enumerate(lengths) if length):
        code <<= length - last
        codes[length, code] = value
        code, last = code + 1, length
    return codes, 1 + head


def unpack_codes(packed, size):
    codes, start = read_lengths(packed)
    out, code, length = bytearray(), 0, 0
    for byte in packed[start:]:
        for bit in range(8):
            if len(out) == size:
                return bytes(out)
            code, length = code << 1 | byte >> bit & 1, length + 1
            value = codes.get((length, code))
            if value is not None:
                out.append(value)
                code = length = 0
    if len(out) != size:
        raise Damaged("codes run out")
    return bytes(out)


def unpack_copies(packed, size):
    literals, tokens, rests, distances = (Bytes(unpack(packed)) for _ in range(4))
    out = bytearray()

    def length_of(length):
        byte = 255
        while length >= 15 and byte == 255:
            byte = rests.u8()
            length += byte
        return length

    def long_length(nibble):
        return length_of(nibble) if nibble == 15 else nibble

    while tokens.at < len(tokens.data):
        token = tokens.u8()
        out += literals.take(long_length(token >> 4))
        if tokens.at == len(tokens.data):
            break
        back = distances.u8() | distances.u8() << 8
        for _ in range(long_length(token & 15) + 4):
            out.append(out[-back])
    if len(out) != size:
        raise Damaged("copies make another size")
    return bytes(out)


def unpack(packed):
    size = packed.varint()
    if not size:
        return b""
    method = packed.u8()
    if method == 0:
        return packed.take(size)
    if method == 1:
        return packed.take(1) * size
    inner = packed.take(packed.varint())
    return unpack_codes(inner, size) if method == 2 else unpack_copies(Bytes(inner), size)


def unpack_numbers(packed):
    count = packed.varint()
    if not count:
        return []
    how = packed.u8()
    if how == 1:
        return [packed.varint()] * count
    width = packed.u8() if how == 0 else 0
    data = packed.take((count * width + 7) // 8 if how == 0 else packed.varint())
    codes, start = read_lengths(data) if how == 2 else ({}, 0)
    bits, at, numbers = int.from_bytes(data[start:], "little"), 0, []

    def take(size):
        nonlocal at
        at += size
        return bits >> at - size & (1 << size) - 1

    for _ in range(count):
        if how == 0:
            numbers.append(take(width))
            continue
        code = length = 0
        while (length, code) not in codes:
            code, length = code << 1 | take(1), length + 1
            if length > 11:
                raise Damaged("no such code")
        value = codes[length, code]
        more = (value - 16) // 4 + 2
        numbers.append(value if value < 16 else (4 + value % 4) << more | take(more))
    return numbers


class Index:
    """The file: its checksums are all checked when it is opened."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        data = self.data
        if data[:8] != b"\x8fQDX\r\n\x1a\n":
            raise Damaged("no index")
        if struct.unpack_from("<II", data, 8) != (3, 0x0A0B0C0D):
            raise Damaged("another version")
        self.size, self.build = struct.unpack_from("<QQ", data, 16)
        self.first, _, block, sections, self.sums, _ = struct.unpack_from("<IIIIQQ", data, 104)
        self.cues, self.marks = struct.unpack_from("<QQ", data, 88)
        if self.size != len(data) or block != 16384 or sections != 24 or \
                struct.unpack_from("<I", data, 908)[0] != crc32c(data[:908]):
            raise Damaged("header")
        self.sections = [struct.unpack_from("<QQQQ", data, 136 + 32 * i) for i in range(24)]
        self.check()

    def check(self):
        number, build = 0, 3
        for offset, size, _, first in self.sections:
            size = (size + 7) // 8 * 8
            build = hash_mix(build, hash_bytes(self.data[offset:offset + size]))
            if first != number:
                raise Damaged("numbers of blocks")
            for at in range(0, size, 16384):
                block = self.data[offset + at:offset + min(at + 16384, size)]
                sum_at = self.sums + 4 * (number + number // 4095)
                if struct.unpack_from("<I", self.data, sum_at)[0] != \
                        crc32c(struct.pack("<QQI", number, self.build, crc32c(block))):
                    raise Damaged("block %d" % number)
                number += 1
        if build != self.build:
            raise Damaged("build id")

    def groups(self, store):
        """The columns of each group of a store, and how many records it has."""
        (data, _, count, _), (offsets, size, _, _) = self.sections[2 * STORES.index(store):][:2]
        ends = struct.unpack_from("<%dQ" % (size // 8), self.data, offsets)
        for group, (start, end) in enumerate(zip(ends, ends[1:])):
            packed = Bytes(self.data[data + start:data + end])
            columns = [Bytes(unpack(packed)) if i in OF_BYTES.get(store, ()) else Numbers(unpack_numbers(packed))
                       for i in range(COLUMNS[store])]
            yield columns, min(GROUPS[store], count - group * GROUPS[store])

    def date(self, step):
        if not step:
            return 0
        dense = (self.first >> 16) * 416 + (self.first >> 8 & 255) * 32 + (self.first & 255) + step - 1
        return dense // 416 << 16 | dense % 416 // 32 << 8 | dense % 32

    def documents(self):
        rows = []
        for c, count in self.groups("document"):
            path = b""
            for _ in range(count):
                shared = c[0].number()
                path = path[:shared] + c[1].text().encode()
                c[2].number()
                row = {"path": path.decode(), "part": c[3].number(), "title": c[4].text(), "url": c[5].text(),
                       "outlet": c[6].text(), "date": self.date(c[7].number())}
                row["size"] = c[8].number() - c[9].signed()
                row["hash"] = int.from_bytes(c[10].take(5), "little")
                c[11].signed()
                c[12].number()
                row["format"], row["encoding"] = c[13].text(), c[13].text()
                row["repairs"], row["copy"] = c[14].number(), c[14].number()
                rows.append(row)
        return rows

    def symbols(self):
        rows = []
        for c, count in self.groups("symbol"):
            for _ in range(count):
                rows.append({"text": c[0].text(), "kind": c[1].number() & 15, "confidence": c[2].number()})
        return rows

    def entities(self):
        rows = []
        for c, count in self.groups("entity"):
            for _ in range(count):
                flags = c[0].u8()
                name = c[2].text()
                rows.append({"name": name, "id": c[1].text() if flags & 32 else own_id(name)})
        return rows

    def mentions(self):
        """The entities that each document names."""
        rows = []
        for c, count in self.groups("mention"):
            for _ in range(count):
                entity, pairs = 0, []
                for _ in range(c[0].number()):
                    entity += c[1].number()
                    pairs.append(entity)
                rows.append(pairs)
        return rows

    def quotes(self, symbols, nobody):
        rows, manners = [], symbols[self.cues + self.marks:]
        for c, count in self.groups("quote"):
            speaker = document = start = 0
            for i in range(count):
                step, move = c[0].number(), c[1].signed()
                speaker, document = speaker + step, document + move
                start = c[2].number() + (start if i and not step and not move else 0)
                row = {"speaker": None if speaker == nobody else speaker, "document": document, "start": start,
                       "length": c[3].number(), "manner": manners[c[4].number()], "cue": symbols[c[5].number()]["text"],
                       "paragraph": c[6].number(), "gaps": [], "named": None}
                if row["manner"]["kind"] == 2:
                    row["gaps"] = [c[7].number() for _ in range(c[7].number())]
                    length = c[9].number()
                    if length:
                        at = start + c[8].signed()
                        row["named"] = at, at + length
                row["about"] = [c[11].number() for _ in range(c[10].number())]
                rows.append(row)
        number = 0
        for c, count in self.groups("speech"):
            for row in rows[number:number + count]:
                if row["manner"]["kind"] != 2:
                    row["text"], row["as_written"] = c[0].text(), c[1].text()
            number += count
        return rows


def own_id(name):
    if not name.isascii():
        return ""
    words, word = [], ""
    for letter in name.lower():
        if letter.isalnum():
            word += letter
        elif letter not in ".'":
            words.append(word)
            word = ""
    return "-".join(word for word in words + [word] if word)


def quote_id(document, row):
    value = hash_mix(hash_bytes(document["path"].encode()), document["part"])
    value = hash_mix(hash_mix(value, row["start"]), row["length"])
    return "q_" + "".join("abcdefghijklmnopqrstuvwxyz234567"[value >> 5 * i & 31] for i in range(12))


def read_article(document):
    try:
        with open(document["path"], "rb") as file:
            data = file.read()
        if len(data) == document["size"] and hash_bytes(data) >> 24 == document["hash"]:
            return data.decode()
    except (OSError, UnicodeDecodeError):
        pass
    return None


def read_reported(text, row):
    """The words of reported speech and those that name its speaker."""
    if text is None:
        return "", ""
    at, length = row["start"], row["length"] - sum(row["gaps"])
    words = text[at:at + length]
    for gap, more in zip(row["gaps"][::2], row["gaps"][1::2]):
        between = text[at + length:at + length + gap]
        at, length = at + length + gap, more
        words += " \u2026 " if any(letter.isalnum() for letter in between) else " "
        words += text[at:at + length]
    named = text[row["named"][0]:row["named"][1]] if row["named"] else ""
    return words, " ".join(named.split())


def main(path):
    index = Index(path)
    documents, symbols, entities, mentions = index.documents(), index.symbols(), index.entities(), index.mentions()
    articles = {}
    for row in index.quotes(symbols, len(entities)):
        document = documents[row["document"]]
        if row["manner"]["kind"] == 2:
            if row["document"] not in articles:
                articles[row["document"]] = read_article(document)
            row["text"], row["as_written"] = read_reported(articles[row["document"]], row)
        speaker = entities[row["speaker"]] if row["speaker"] is not None else {"name": "", "id": ""}
        about = [entities[mentions[row["document"]][k]]["name"] for k in row["about"]]
        print(json.dumps({
            "quote_id": quote_id(document, row), "speaker": speaker["name"], "speaker_id": speaker["id"],
            "speaker_as_written": row["as_written"], "quote": row["text"], "kind": KINDS[row["manner"]["kind"]],
            "cue": row["cue"], "rule": row["manner"]["text"], "confidence": row["manner"]["confidence"] / 1000,
            "about": "; ".join(about), "title": document["title"], "path": document["path"],
            "paragraph": row["paragraph"], "char_start": row["start"],
            "char_end": row["start"] + row["length"]}, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        main(sys.argv[1])
    except Damaged as problem:
        sys.exit("read_index.py: %s: %s" % (sys.argv[1], problem))
