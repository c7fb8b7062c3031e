#!/usr/bin/env python3
"""Growth: twice the input may take at most 2.3 times as long, whatever the input is made to be.

usage: tests/growth/run.py PROGRAM [NAME...]

Each case is a text that invites a scan over everything before it: marks that never close, one
surname with thousands of bearers, a paragraph of nothing but commas. The program annotates it at
two sizes; processor times are compared (the least of several runs, less that of an empty text, so
that neither noise nor the time to start count). A case over the limit is measured again
before it fails.
"""
import os
import subprocess
import sys
import tempfile

LIMIT = 2.3
RUNS = 3
SIZE = 1_000_000  # bytes of the smaller text at first
LARGEST = 8_000_000  # a case that is still quick at this size is quick enough
ENOUGH = 0.2  # seconds: shorter times are mostly noise
TRIES = 4  # measurements before a case fails


def repeat(unit):
    return lambda size: unit * (size // len(unit) + 1)


def numbered(template):
    def make(size):
        out, length, i = [], 0, 0
        while length < size:
            out.append(template(i))
            length += len(out[-1])
            i += 1
        return "".join(out)

    return make


def word(i):
    """A pronounceable capitalised word for each number."""
    parts = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"]
    return "".join(parts[int(d)] for d in str(i)).capitalize()


CASES = {
    "opening marks": repeat("“We go on "),
    "straight marks": repeat('" '),
    "marks and words": repeat('"we go" and '),
    "single marks": repeat("‘so ‘"),
    "nested marks": repeat("“a ‘b "),
    "continued paragraphs": repeat("“We go on and on.\n\n"),
    "verbs of speech": repeat("said "),
    "quotation and verb": repeat("“We go,” said "),
    "quotation and speaker": numbered(lambda i: f"“We go on,” {word(i)} {word(i + 7)} said. "),
    "pronouns": repeat("“We go on,” he said. She said no. "),
    "names": numbered(lambda i: f"Anna {word(i)} met Peter {word(i * 7 + 1)}. "),
    "bearers of one surname": numbered(lambda i: f"{word(i)} Keller said Mr. Keller and Keller agreed. "),
    "titles": repeat("President Minister Mr. Dr. "),
    "capitals": numbered(lambda i: word(i) + " "),
    "shouting": numbered(lambda i: word(i).upper() + " "),
    "organizations": numbered(lambda i: f"The {word(i)} Council ({word(i)[:3].upper()}) said no. "),
    "commas": repeat("Anna Keller, a, b, c, "),
    "brackets": repeat("( said "),
    "indirect speech": repeat("the minister said that "),
    "according to": repeat("according to the "),
    "initials": repeat("J. "),
    "hyphens": repeat("a-"),
    "apostrophes": repeat("players' "),
    "periods": repeat("U.S. "),
    "one word": repeat("a"),
    "one line": repeat("nothing much happened "),
    "empty lines": repeat("a\n\n"),
}


def seconds(program, path):
    best = None
    for _ in range(RUNS):
        process = subprocess.Popen([program, "annotate", "-q", "-j1", "--format", "jsonl", path],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"{path}: exit status {os.waitstatus_to_exitcode(status)}: {errors.decode()[:200]}")
        used = usage.ru_utime + usage.ru_stime
        best = used if best is None else min(best, used)
    return best


def measure(program, make, size, folder, floor):
    times = []
    for n in (size, 2 * size):
        path = os.path.join(folder, "growth.txt")
        with open(path, "w", encoding="utf-8") as out:
            out.write(make(n))
        times.append(max(seconds(program, path) - floor, 0.0))
    return times


def judge(program, make, folder, floor):
    """The case's growth (None: too quick to tell), its size and times."""
    size, tries = SIZE, 0
    while True:
        times = measure(program, make, size, folder, floor)
        if times[0] < ENOUGH:
            if size >= LARGEST:
                return None, size, times
            size *= 2
            continue
        growth, tries = times[1] / times[0], tries + 1
        if growth < LIMIT or tries == TRIES:
            return growth, size, times


def main():
    program, names = sys.argv[1], sys.argv[2:]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        empty = os.path.join(folder, "empty.txt")
        with open(empty, "w", encoding="utf-8") as out:
            out.write("Nothing.\n")
        floor = seconds(program, empty)
        for name, make in CASES.items():
            if names and name not in names:
                continue
            growth, size, times = judge(program, make, folder, floor)
            ok = growth is None or growth < LIMIT
            failed += not ok
            shown = "too fast to tell" if growth is None else f"{growth:.2f}"
            print(f"{'ok    ' if ok else 'FAILED'} {name:24} {shown}  ({size} bytes {times[0]:.2f} s, twice {times[1]:.2f} s)",
                  flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
