#!/usr/bin/env python3
"""Measures an index of very many articles beside SQLite FTS5, Xapian and an empty process.

usage: tests/bench/million.py PROGRAM ARTICLES [--count N] [--memory SIZE] [--form jsonl|tar|folder]
                              [--sample N] [--rounds N] [--seed N] [--keep DIR]

ARTICLES is a folder of .txt files, or a .tar(.xz|.gz) of them, out of which a million are made
(many_articles.py). Prints
- build --memory: articles and MB of text a second, peak memory, size of the index in percent of the text, with
  quotations and without what belongs to them alone;
- beside it on the first --sample of the same texts: this program with one thread, SQLite FTS5 (contentless, no
  journal, no syncs) and Xapian (positions, nothing stored), each a process of its own, by processor time;
- whole processes by turns, medians: a page of quotations by the most quoted person, by one in the middle and by a
  seldom quoted one, beside a C program that has the same quotations in an FTS5 table in the order of the answer,
  and beside a process that does nothing.
Of FTS5 and Xapian what is not installed is left out, with a message. Exits with 1 when a build fails or uses more
than --memory; all else is reported, not judged. Without ARTICLES it says so and exits with 77 (skipped).
"""
import argparse
import csv
import importlib.util
import itertools
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
PER_FILE = 50_000  # articles, see many_articles.py
UNITS = {"K": 10, "M": 20, "G": 30}
PAGE = 20
QUOTE_STORES = {"quote", "speech", "word"}  # what an index of names alone would not have
RIVALS = {  # program: what compiles it, and its libraries
    "by_turns": ("by_turns.c", "cc", []),
    "nothing": ("nothing.c", "cc", []),
    "fts5": ("fts5.c", "cc", ["-lsqlite3"]),
    "xapian": ("xapian.cc", "c++", ["-lxapian"]),
}


def compile_rivals(folder):
    """The programs that could be compiled, by name."""
    programs = {}
    for name, (source, compiler, libraries) in RIVALS.items():
        path = folder / name
        made = subprocess.run([os.environ.get(compiler.upper().replace("C++", "CXX"), compiler), "-O2", "-o", path,
                               HERE / "rivals" / source, *libraries], capture_output=True, text=True)
        if made.returncode == 0:
            programs[name] = path
        else:
            print(f"{name}: left out, cannot be compiled: {made.stderr.strip().splitlines()[0]}")
    return programs


def by_turns(programs, rounds, commands):
    """(wall s, processor s, peak bytes, exit status) of each command, medians of the rounds."""
    words = list(itertools.chain.from_iterable(["--", *map(str, c)] for c in commands))[1:]
    lines = subprocess.run([programs["by_turns"], str(rounds), *words], check=True, capture_output=True, text=True)
    rows = [list(map(int, line.split())) for line in lines.stdout.splitlines()]
    return [(wall / 1e6, used / 1e6, memory * 1024, status) for wall, used, memory, status in rows]


def store_sizes(index):
    """Bytes of each store of an index, by the table in its header."""
    spec = importlib.util.spec_from_file_location("read_index", HERE.parents[1] / "scripts" / "read_index.py")
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    with open(index, "rb") as file:
        header = file.read(1 << 16)
    entries = 2 * len(reader.STORES)
    table = next(at for at in range(0, len(header), 8)  # ends 8 bytes before the first section, which it names first
                 if struct.unpack_from("<Q", header, at)[0] == at + 32 * entries + 8)
    sizes = [struct.unpack_from("<Q", header, table + 32 * i + 8)[0] for i in range(entries)]
    return {store: sizes[2 * i] + sizes[2 * i + 1] for i, store in enumerate(reader.STORES)}


def speed(label, count, megabytes, wall, used):
    print(f"{label:34} {count / wall:9.0f} articles/s {megabytes / wall:7.2f} MB/s wall"
          f" {megabytes / used:7.2f} MB/s of processor time ({wall:.1f} s, {used:.1f} s)")


def build(options, programs, folder, size, work):
    index = work / "million.qdx"
    command = [options.program, "build", "-q", "--memory", options.memory, "-o", index, folder]
    [(wall, used, peak, status)] = by_turns(programs, 1, [command])
    if status != 0:
        print(f"build --memory {options.memory}: exit status {status}")
        return None, True
    limit = int(options.memory[:-1]) << UNITS[options.memory[-1].upper()]
    stores = store_sizes(index)
    names = index.stat().st_size - sum(v for k, v in stores.items() if k in QUOTE_STORES)
    speed(f"build --memory {options.memory}, all cores", options.count, size / 1e6, wall, used)
    print(f"  peak memory {peak / 2**20:.0f} MiB")
    print(f"  index {index.stat().st_size / 1e6:.1f} MB, {100 * index.stat().st_size / size:.1f} % of the text;"
          f" without quotations {100 * names / size:.1f} %")
    print("  " + ", ".join(f"{k} {100 * v / size:.2f}" for k, v in stores.items() if v * 10000 > size) + " %")
    return index, peak > limit


def first_files(folder, options):
    """The first files that hold at least the sample, and how many articles that are."""
    if options.form == "folder":
        return [folder], options.count
    files = sorted(folder.iterdir())[: -(-options.sample // PER_FILE)]
    return files, min(options.count, PER_FILE * len(files))


def sample_size(texts, count):
    """Bytes of the first texts of a file, each with a NUL after it."""
    size = 0
    with open(texts, "rb") as file:
        while block := file.read(1 << 20):
            if (found := block.count(0)) >= count:
                for _ in range(count):
                    at = block.index(0, at + 1) if _ else block.index(0)
                return size + at
            count -= found
            size += len(block)
    return size


def compare_building(options, programs, folder, texts, work):
    files, count = first_files(folder, options)
    megabytes = sample_size(texts, count) / 1e6
    commands = {"this program, one thread": [options.program, "build", "-q", "-j1", "-o", work / "head.qdx", *files]}
    if "fts5" in programs:
        commands["SQLite FTS5, contentless"] = [programs["fts5"], "index", work / "head.db", texts, count]
    if "xapian" in programs:
        commands["Xapian"] = [programs["xapian"], work / "head.xapian", texts, count]
    print(f"the first {count} articles, {megabytes:.1f} MB:")
    results = by_turns(programs, 1, commands.values())
    for label, (wall, used, _, status) in zip(commands, results):
        speed("  " + label, count, megabytes, wall, used)
        if status != 0:
            print(f"    exit status {status}")
    for label, (_, used, _, _) in list(zip(commands, results))[1:]:
        print(f"  {label} takes {used / results[0][1]:.2f} times the processor time of this program")


def persons_to_ask(program, index):
    """The most quoted person, one in the middle and a seldom quoted one, as (id, name, quotations)."""
    out = subprocess.run([program, "entities", index, "-q", "--type", "person", "-f", "tsv"], check=True,
                         capture_output=True, text=True)
    rows = csv.DictReader(out.stdout.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    quoted = sorted(((int(r["quotes"]), r["name"], r["id"]) for r in rows if int(r["quotes"])), reverse=True)
    full = [q for q in quoted if q[0] >= PAGE and " " in q[1]]
    picks = [quoted[0], full[len(full) // 2] if full else quoted[0], quoted[len(quoted) * 9 // 10]]
    return [(id, name, quotes) for quotes, name, id in picks]


def export_rows(options, index):
    """All quotations with a speaker, as fields of fts5 fill. Contexts are not among them."""
    with subprocess.Popen([options.program, "export", index, "-q", "--table", "quotes", "-f", "jsonl", "-o", "-"],
                          stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            row = json.loads(line)
            if row["speaker"] and row["kind"] != "indirect":
                yield [row[k] or "" for k in ("speaker", "quote", "date", "title", "cue", "path")]


def compare_lookups(options, programs, index, work):
    database = work / "said.db"
    if "fts5" in programs:
        articles, away = work / "articles", work / "articles.away"
        articles.rename(away)  # so that no article is read for its contexts
        rows = sorted(export_rows(options, index), key=lambda row: row[2])
        away.rename(articles)
        with subprocess.Popen([programs["fts5"], "fill", database], stdin=subprocess.PIPE) as process:
            for row in rows:
                process.stdin.write("".join(field.replace("\0", "") + "\0" for field in row).encode())
        print(f"{len(rows)} quotations in an FTS5 table of {database.stat().st_size / 1e6:.1f} MB")
    for id, name, quotes in persons_to_ask(options.program, index):
        commands = {"a process that does nothing": [programs["nothing"]]}
        for form in ("table", "csv"):
            commands[f"quotes --by --limit {PAGE} -f {form}"] = [
                options.program, "quotes", index, "--by", id, "--limit", PAGE, "-f", form]
        if "fts5" in programs:
            commands["SQLite FTS5"] = [programs["fts5"], "ask", database, name, PAGE]
        print(f"{name}, {quotes} quotations:")
        results = by_turns(programs, options.rounds, commands.values())
        for label, (wall, used, peak, status) in zip(commands, results):
            print(f"  {label:34} {1000 * wall:7.2f} ms {1000 * used:7.2f} ms of processor time,"
                  f" {wall / results[0][0]:5.2f} and {used / results[0][1]:5.2f} times nothing"
                  + (f", exit status {status}" if status else ""))


def measure(options, work):
    programs = compile_rivals(work)
    if "by_turns" not in programs or "nothing" not in programs:
        print("skipped: no C compiler")
        return 77
    folder = work / "articles"
    texts = work / "articles.texts"
    if not folder.exists():
        subprocess.run([sys.executable, HERE / "many_articles.py", options.articles, folder, "--count", str(options.count),
                        "--form", options.form, "--seed", str(options.seed)], check=True, stdout=subprocess.DEVNULL)
    size = sample_size(texts, options.count) - options.count + 1
    print(f"{options.count} articles, {size / 1e6:.1f} MB of text")
    index, failed = build(options, programs, folder, size, work)
    if index:
        compare_building(options, programs, folder, texts, work)
        compare_lookups(options, programs, index, work)
    return int(failed)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("articles", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--memory", default="512M")
    parser.add_argument("--form", choices=("jsonl", "tar", "folder"), default="jsonl")
    parser.add_argument("--sample", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=101)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="work here, and use the articles that are here already")
    options = parser.parse_args()
    if not options.articles.exists():
        print(f"skipped: {options.articles} is not there")
        return 77
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        return measure(options, options.keep)
    with tempfile.TemporaryDirectory() as work:
        return measure(options, pathlib.Path(work))


if __name__ == "__main__":
    sys.exit(main())
