#!/usr/bin/env python3
"""names.py --program QUOTEDEX [--show]: does a name lead to its bearer, however it is typed?

Builds an index of articles in which forty invented people (names/people.tsv) each say something, with namesakes among
them, and asks `quotes --by` for each in six ways. Fails when the right person comes first in fewer than 98 of 100
questions, or when anybody else's words are answered without a word on who is meant.
"""
import argparse
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Others who share a surname or a given name with one of the forty: never to be taken for them.
STRANGERS = ["Sergei Malk", "Anna Vallsen", "Robert Harbottle", "Ludwig Kroonsel", "Kim Ji-woon", "Margaret Stannisford",
             "Zhao Seo-jun", "Thomas Elderwick", "Viktor Semelyuk", "José Delacombe"]
NAMESAKES = ["Sonja Tavrashin", "Teodor Harbottle", "Sergei Malkov", "Ingrid Vallsunde", "Dmitri Ustremov", "Anna Rostavin"]


def read_people():
    lines = [line for line in (HERE / "names/people.tsv").read_text(encoding="utf-8").splitlines()
             if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def write_world(folder, people):
    """A name list, and two articles for each of the forty, one for each namesake."""
    for name in ("demonyms.tsv", "places.tsv"):
        shutil.copy(ROOT / "gazetteers/examples/veskoria" / name, folder)
    with open(folder / "people.tsv", "w", encoding="utf-8") as file:
        print("name\ttype\toffice\tcountry\tfrom\tto", file=file)
        for p in people:
            print(p["name"], "person", p["office"], "XV" if p["office"] else "", "2012" if p["office"] else "", "",
                  sep="\t", file=file)
        for name in NAMESAKES:
            print(name, "person", "", "", "", "", sep="\t", file=file)
    (folder / "articles").mkdir()
    for i, name in enumerate([p["name"] for p in people] * 2 + NAMESAKES):
        text = f"OSTREL, March {i % 28 + 1}, 2014 - “This is sentence number {i} of the day,” said {name} on Monday.\n"
        (folder / f"articles/{i:02}.txt").write_text(text, encoding="utf-8")


def plain(name):
    kept = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return kept.replace("Ł", "L").replace("ł", "l").replace("ğ", "g")


def questions(person):
    """Six ways to type a name."""
    first, last = person["name"].split(" ")[0], person["name"].split(" ")[-1]
    reversed_name = person["name"].split(" ")[0] in ("Zhao", "Kim", "Park", "Nguyen")
    rest = person["name"].split(" ", 1)[1]
    return [plain(person["name"]).lower(), person["spelling"], person["other"],
            f"{first}, {rest}" if reversed_name else f"{rest}, {first}",
            f"Mr. {person['name']}'s", f"Veskorian {person['office']}" if person["office"] else last.upper()]


def environment():
    return dict(os.environ, QUOTEDEX_GAZETTEERS=str(ROOT / "gazetteers/en"))


def ask(program, index, name):
    result = subprocess.run([program, "quotes", index, "--by", name, "-v", "-f", "jsonl"], capture_output=True, check=False,
                            env=environment())
    rows = [json.loads(line) for line in result.stdout.decode().splitlines()]
    return rows, result.stderr.decode()


def judge(rows, notes, person):
    """(is the person first, is somebody else there in silence)"""
    speakers = [row["speaker"] for row in rows]
    told = [line for line in notes.splitlines() if line.startswith("quotedex:   ")]
    first = bool(told) and told[0].startswith(f"quotedex:   {person['name']} (")
    others = [s for s in speakers if s != person["name"]]
    return first and person["name"] in speakers, bool(others) and "all of them taken" not in notes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--show", action="store_true")
    a = parser.parse_args()
    people = read_people()
    right = silent = count = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_world(folder, people)
        subprocess.run([a.program, "build", "-q", "-g", folder / "people.tsv", "-g", folder / "demonyms.tsv", "-g",
                        folder / "places.tsv", "-o", folder / "x.qdx", folder / "articles"],
                       env=environment(), check=True)
        for person in people:
            for question in questions(person):
                rows, notes = ask(a.program, folder / "x.qdx", question)
                first, quiet = judge(rows, notes, person)
                right += first
                silent += quiet
                count += 1
                if a.show and (not first or quiet):
                    print(f"{person['name']} as {question}: {[r['speaker'] for r in rows]}\n{notes}")
        for name in NAMESAKES + STRANGERS:
            rows, notes = ask(a.program, folder / "x.qdx", name)
            others = {row["speaker"] for row in rows} - {name}
            silent += bool(others) and "taken for" not in notes
            if a.show and others:
                print(f"{name}: {others}\n{notes}")
    share = 100 * right / count
    print(f"{len(people)} people, {count} questions: {share:.1f} % right person first, {silent} silent wrong merges")
    return 0 if share >= 98 and not silent else 1


if __name__ == "__main__":
    sys.exit(main())
