#!/usr/bin/env python3
"""rows.py --program QUOTEDEX: as many rows in the file as the program says, in every format, whatever was asked.

Runs each command that answers in rows with each of its filters, in each format, reads the file with a reader that is not
ours (csv, json, sqlite3, zipfile and ElementTree, html.parser), and counts. Standard error must say that number; with
--limit also how many there would have been, and the unlimited answer must have that many.
"""
import argparse
import csv
import html.parser
import json
import os
import pathlib
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILTERS = ["", "--by Tavrashin", "--by 'Veskorian foreign minister'", "--about 'Lake Sorvo'", "--text lake",
           "--text '\"the lake\" -pond'", "--since 2014-04", "--until 2014-03", "--since 2014-03-05 --until 2014-05",
           "--kind direct", "--kind mixed", "--kind indirect", "--kind direct,mixed,indirect", "--source radio",
           "--min-confidence 0.85", "--unique", "--by Tavrashin --unique --kind direct,mixed,indirect", "--sort speaker",
           "--sort confidence", "--names-from names.csv", "--by Nobody", "--fragments", "--no-guard"]
COMPARE = [f for f in FILTERS if not re.search("--by|--sort|--names-from|--fragments", f)]
TIMELINE = [f for f in FILTERS if not re.search("--sort|--names-from|--fragments", f)] + ["--per day", "--per year"]
QUESTIONS = [  # command with its arguments, filters, does it take --limit
    ("quotes news.qdx", FILTERS, True),
    ("entities news.qdx", ["", "--type person", "--match Tavrashin", "--match ber", "--sort quotes", "--sort id"], True),
    ("mentions news.qdx Tavrashin", ["", "--since 2014-04", "--source radio"], True),
    ("review news.qdx", [""], True),
    ("compare news.qdx Tavrashin,Vallsen,Malk", COMPARE, False),
    ("timeline news.qdx", TIMELINE, False),
    ("check news.qdx claims.csv", [""], False),
]


def csv_rows(path, encoding="utf-8", dialect="excel"):
    with open(path, newline="", encoding=encoding) as file:
        return len(list(csv.reader(file, dialect))) - 1


def tsv_rows(path):
    return len(path.read_text(encoding="utf-8").split("\n")) - 2


def jsonl_rows(path):
    return len([json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line])


def xlsx_rows(path):
    with zipfile.ZipFile(path) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return len(sheet.findall(".//{*}row")) - 1


def sqlite_rows(path, table):
    with sqlite3.connect(path) as database:
        return database.execute(f'select count(*) from "{table}"').fetchone()[0]


class HtmlRows(html.parser.HTMLParser):
    """Counts rows in bodies of tables, without those that go on above."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.inside = 0, False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "tbody" or (self.inside and tag != "thead")
        self.rows += tag == "tr" and self.inside


def bibliography_rows(path, form):
    text = path.read_text(encoding="utf-8")
    return len(re.findall(r"^@", text, re.M)) if form == "bibtex" else len(json.loads(text))


def count_rows(path, form, table):
    if form == "html":
        return HtmlRows(path.read_text(encoding="utf-8")).rows
    if form == "sqlite":
        return sqlite_rows(path, table)
    if form in ("bibtex", "csl"):
        return bibliography_rows(path, form)
    readers = {"csv": csv_rows, "excel": lambda p: csv_rows(p, "utf-8-sig"), "tsv": tsv_rows, "jsonl": jsonl_rows,
               "xlsx": xlsx_rows}
    return readers[form](path)


class World:
    """A folder with an index of the sample articles, and what is asked of it."""

    def __init__(self, program, folder):
        self.folder, self.failures, self.count = pathlib.Path(folder), [], 0
        self.program = pathlib.Path(program).resolve()
        self.environment = dict(os.environ, QUOTEDEX_GAZETTEERS=str(ROOT / "gazetteers/en"))
        shutil.copytree(ROOT / "tests/corpus/articles", self.folder / "articles")
        (self.folder / "names.csv").write_text("name\nTavrashin\nVallsen\nNobody\n", encoding="utf-8")
        (self.folder / "claims.csv").write_text("quote,speaker\n\"Half a lake, is a pond.\",Malk\nNo such words,Malk\n",
                                                encoding="utf-8")
        self.run(f"build -o news.qdx -g {ROOT}/gazetteers/examples/veskoria articles")
        self.formats = [f for f in ("csv", "excel", "tsv", "jsonl", "html", "xlsx", "sqlite")
                        if self.run(f"entities news.qdx -f {f} -o try.{f}")[0] == 0]

    def run(self, command):
        result = subprocess.run([self.program, *shlex.split(command)], cwd=self.folder, env=self.environment, check=False,
                                capture_output=True, timeout=60)
        return result.returncode, result.stderr.decode()

    def check(self, command, have, want):
        self.count += 1
        if have != want:
            self.failures.append(f"{command}: {have}, not {want}")

    def ask(self, command, form):
        """Rows in the file; how many were said, and how many of all."""
        path = self.folder / f"out.{form}"
        path.unlink(missing_ok=True)
        status, said = self.run(f"{command} -f {form} -o {path.name}")
        if status > 1:
            self.failures.append(f"{command} -f {form}: status {status}\n{said}")
            return 0, 0, 0
        if command.startswith("compare"):
            shown = re.search(r"quotes? in (\d+) rows?", said)
        else:
            shown = re.search(r"^quotedex: (\d+)(?: of (\d+))? (?:quote|entit|mention|doubt|period|claim)", said, re.M)
        rows = count_rows(path, form, command.split()[0] if not command.startswith("check") else "claims")
        said_rows = int(shown.group(1))
        return rows, said_rows, int(shown.group(2)) if shown.re.groups > 1 and shown.group(2) else said_rows


def check_answers(world):
    for command, filters, limited in QUESTIONS:
        for condition in filters:
            for form in world.formats:
                asked = f"{command} {condition}"
                rows, said, total = world.ask(asked, form)
                world.check(f"{asked} -f {form}", (rows, rows), (said, total))
                if not limited or (form != "csv" and condition not in ("", "--unique")):
                    continue
                few, said_few, of = world.ask(asked + " --limit 2", form)
                world.check(f"{asked} -f {form} --limit 2", (few, said_few, of), (min(2, rows), min(2, rows), rows))


def check_sources(world):
    """A bibliography has each article once."""
    for condition in FILTERS[:6]:
        world.run(f"quotes news.qdx {condition} -f jsonl -o all.jsonl")
        articles = {json.loads(line)["path"] for line in
                    (world.folder / "all.jsonl").read_text(encoding="utf-8").splitlines()}
        for form in ("bibtex", "csl"):
            world.run(f"quotes news.qdx {condition} -f {form} -o out.{form}")
            world.check(f"{condition} -f {form}", count_rows(world.folder / f"out.{form}", form, None), len(articles))


def check_exports(world):
    """Every table of an export has the rows of the others' of that name; their sum is said."""
    tables = ["quotes", "entities", "documents", "aliases", "offices", "mentions"]
    counts = {}
    for form in ("csv", "excel", "tsv"):
        said = world.run(f"export news.qdx --format {form} -o {form}-tables")[1]
        ending = {"csv": "csv", "excel": "csv", "tsv": "tsv"}[form]
        counts[form] = [count_rows(world.folder / f"{form}-tables/{t}.{ending}", form, t) for t in tables]
        world.check(f"export {form}", sum(counts[form]), int(re.search(r"(\d+) rows", said).group(1)))
    if "sqlite" in world.formats:
        world.run("export news.qdx --format sqlite -o all.db")
        counts["sqlite"] = [sqlite_rows(world.folder / "all.db", t) for t in tables]
    for form, have in counts.items():
        world.check(f"export {form}", have, counts["csv"])
    world.check("export: quotations of every kind", counts["csv"][0],
                world.ask("quotes news.qdx --kind direct,mixed,indirect", "csv")[0])
    world.check("export: entities", counts["csv"][1], world.ask("entities news.qdx", "csv")[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    with tempfile.TemporaryDirectory() as folder:
        world = World(parser.parse_args().program, folder)
        check_answers(world)
        check_sources(world)
        check_exports(world)
    print("\n".join(world.failures))
    print(f"{', '.join(world.formats)}: {world.count} answers, {len(world.failures)} with other rows than said")
    return 1 if world.failures or world.count < 400 or len(world.formats) < 5 else 0


if __name__ == "__main__":
    sys.exit(main())
