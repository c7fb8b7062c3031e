#!/usr/bin/env python3
"""Makes many articles out of few: copies that differ in names, dates, figures and words.

usage: tests/bench/many_articles.py ARTICLES OUT [--count N] [--form jsonl|tar|folder] [--seed N]

ARTICLES is a folder of .txt files, or a .tar(.xz|.gz) of them; the first line of each is its title. Every
file is used once as it is; further copies are varied until there are N. What is varied in a copy:
- the person of "Anna Keller": another given name, and throughout the article another surname; one half of
  the surnames from the articles themselves, the other from 200,000 made of syllables, few of them frequent;
- the first word of a company ("Keller Industries Inc"), drawn in the same way;
- the day of "Feb 26", the digits of figures, and the date of the article, 1990 to 2019;
- one in eight of the less frequent words, for another that ends alike.
So copies share grammar and little else: an index can neither fold them nor pack them as repetitions.
The same seed gives the same bytes. `jsonl` and `tar` write files of 50,000 articles.
"""
import argparse
import calendar
import collections
import io
import itertools
import json
import pathlib
import random
import re
import sys
import tarfile

PER_FILE = 50_000
GIVEN_NAMES = pathlib.Path(__file__).parents[2] / "gazetteers" / "en" / "given_names.tsv"
MADE_SURNAMES = 200_000
MONTHS = "Jan Feb March April May June July Aug Sept Oct Nov Dec".split()
COMPANY = r"(?:Corp|Inc|Co|Ltd|Plc|Group|Industries|Holdings|International)\b"
PIECE = re.compile(rf"""
    (?P<person>\b[A-Z][a-z]+\ (?:[A-Z]\.\ )?[A-Z][a-z]{{2,}}\b) |
    (?P<company>\b[A-Z][a-z]+(?=(?:\ [A-Z][a-z]+)?\ {COMPANY})) |
    (?P<day>\b(?:{'|'.join(MONTHS)})\ \d{{1,2}}\b) |
    (?P<figure>\b\d[\d,.]*\d\b) |
    (?P<name>\b[A-Z][a-z]{{2,}}\b) |
    (?P<word>\b[a-z]{{4,}}\b)""", re.VERBOSE)


def read_articles(source):
    """The texts of the .txt files in a folder or an archive, in order of their names."""
    source = pathlib.Path(source)
    if source.is_dir():
        return [p.read_text("utf-8", "replace") for p in sorted(source.rglob("*.txt"))]
    with tarfile.open(source) as archive:
        members = {m.name: archive.extractfile(m).read() for m in archive if m.name.endswith(".txt")}
    return [members[name].decode("utf-8", "replace") for name in sorted(members)]


def made_surnames(rng):
    """Surnames of nobody, without repetition: two to four syllables."""
    begin = [b + v for b in "b br d dr f g gr h k kr l m n p r s st t tr v w".split() for v in "aeiou"]
    middle = [c + v for c in "b d g k l ll m n nd r rr s st t v".split() for v in "aeiou"]
    end = "n s r l ck nd nsen rov ski tti ger mann dez lund berg ovic".split()
    names = set()
    while len(names) < MADE_SURNAMES:
        word = rng.choice(begin) + "".join(rng.choices(middle, k=rng.choice((0, 1, 1, 2)))) + rng.choice(end)
        names.add(word.capitalize())
    return sorted(names, key=lambda _: rng.random())


class Variation:
    """Articles cut into pieces, and what may stand in the place of each."""

    def __init__(self, texts, seed):
        rng = random.Random(seed)
        rows = (line.split("\t") for line in GIVEN_NAMES.read_text("utf-8").splitlines() if line[:1] != "#")
        self.given = [row[0] for row in itertools.islice(rows, 1, None) if row[0].isascii() and row[0].isalpha()]
        self.is_given = frozenset(self.given)
        self.seed = seed
        counts = collections.Counter(word for t in texts for word in re.findall(r"\b[a-z]{4,}\b", t))
        self.alike = collections.defaultdict(list)
        for word, count in sorted(counts.items()):
            if 3 <= count <= 600:
                self.alike[word[-2:]].append(word)
        self.varied_words = frozenset(w for words in self.alike.values() if len(words) > 20 for w in words)
        self.articles = [self.cut(t) for t in texts]
        self.own_surnames = [value.split()[-1] for pieces in self.articles for kind, value in pieces if kind == "person"]
        self.made = made_surnames(rng)

    def cut(self, text):
        """The text as (kind, value): what stays has the kind None."""
        pieces, at = [], 0
        for match in PIECE.finditer(text):
            kind, value = match.lastgroup, match.group()
            if kind == "word" and value not in self.varied_words:
                continue
            if kind == "person" and value.split()[0] not in self.is_given:
                continue
            pieces += [(None, text[at:match.start()]), (kind, value)]
            at = match.end()
        return pieces + [(None, text[at:])]

    def surname(self, rng):
        if rng.random() < 0.5:
            return rng.choice(self.own_surnames)
        return self.made[int(MADE_SURNAMES ** rng.random()) - 1]  # frequency falls with the rank

    def article(self, number):
        """Title, text and date of the article with this number; the same for the same seed."""
        rng = random.Random(self.seed * 1_000_003 + number)
        copy, which = divmod(number, len(self.articles))
        pieces = self.articles[which]
        year, month = rng.randint(1990, 2019), rng.randint(1, 12)
        day = rng.randint(1, calendar.monthrange(year, month)[1])
        text = "".join(v for _, v in pieces) if copy == 0 else self.vary(pieces, rng, MONTHS[month - 1])
        title, _, rest = text.partition("\n")
        return title, rest, f"{year}-{month:02}-{day:02}"

    def vary(self, pieces, rng, month):
        renamed = {}  # words of names, in this article
        for kind, value in pieces:
            if kind == "person":
                renamed.setdefault(value.split()[-1], self.surname(rng))
            elif kind == "company":
                renamed.setdefault(value, self.surname(rng))
        out = []
        for kind, value in pieces:
            if kind == "person":
                first, *middle, last = value.split()
                first = renamed.setdefault(first + " " + last, rng.choice(self.given))
                value = " ".join([first, *middle, renamed[last]])
            elif kind in ("company", "name"):
                value = renamed.get(value, value)
            elif kind == "day":
                value = f"{month} {rng.randint(1, 28)}"
            elif kind == "figure":
                value = value[0] + re.sub(r"\d", lambda _: rng.choice("0123456789"), value[1:])
            elif kind == "word" and rng.random() < 0.125:
                value = rng.choice(self.alike[value[-2:]])
            out.append(value)
        return "".join(out)


def write_jsonl(path, articles):
    with open(path, "w", encoding="utf-8") as out:
        for _, (title, text, date) in articles:
            json.dump({"title": title, "date": date, "text": text}, out, ensure_ascii=False)
            out.write("\n")


def write_tar(path, articles):
    with tarfile.open(path, "w") as archive:
        for number, (title, text, date) in articles:
            data = f"{title}\n{text}".encode()
            member = tarfile.TarInfo(f"{date}/{number:07}.txt")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def write_folder(path, articles):
    for number, (title, text, date) in articles:
        file = path / date[:4] / date / f"{number:07}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{title}\n{text}", "utf-8")


FORMS = {"jsonl": write_jsonl, "tar": write_tar, "folder": write_folder}


def make(source, out, count, form, seed):
    """Writes `count` articles under the folder `out`; returns the bytes of their texts with titles.
    Beside it, as OUT.texts, the same texts with a NUL after each, for programs that read nothing else."""
    variation = Variation(read_articles(source), seed)
    out.mkdir(parents=True, exist_ok=True)
    size = 0
    with open(out.with_name(out.name + ".texts"), "wb") as plain:
        for begin in range(0, count, PER_FILE):
            articles = [(i, variation.article(i)) for i in range(begin, min(begin + PER_FILE, count))]
            FORMS[form](out if form == "folder" else out / f"{begin // PER_FILE:03}.{form}", articles)
            data = b"".join(f"{title}\n{text}\0".encode() for _, (title, text, _) in articles)
            plain.write(data)
            size += len(data) - len(articles)
    return size


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("articles", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--form", choices=FORMS, default="jsonl")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = make(options.articles, options.out, options.count, options.form, options.seed)
    print(f"{options.count} articles, {size / 1e6:.1f} MB of text: {options.out}")


if __name__ == "__main__":
    sys.exit(main())
