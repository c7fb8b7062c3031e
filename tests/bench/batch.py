#!/usr/bin/env python3
"""Measures a whole batch: `build` over a folder or archive of articles.

usage: tests/bench/batch.py PROGRAM ARTICLES [--runs N]

ARTICLES is a folder, or a .tar(.xz|.gz) that is unpacked for the run. Prints, for the same files:
whether every build succeeded, whether -j1, -j2 and shuffled paths give the same bytes, peak memory,
and MB of text per second of processor time on one core beside `wc -m` in the same run (medians).
Exits with 1 when a build fails, bytes differ, or more than 256 MiB are used; speed is reported, not
judged. Without ARTICLES it says so and exits with 77 (skipped).
"""
import argparse
import hashlib
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

MEMORY_LIMIT = 256 << 20


def run(command, stdin=None):
    """Runs a command; returns (exit status, wall s, processor s, peak bytes, standard error)."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    return os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, text


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def articles_in(source, scratch):
    if source.is_dir():
        return source
    with tarfile.open(source) as archive:
        archive.extractall(scratch, filter="data") if hasattr(tarfile, "data_filter") else archive.extractall(scratch)
    return scratch


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("articles", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    if not options.articles.exists():
        print(f"skipped: {options.articles} is not there")
        return 77
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        folder = articles_in(options.articles, scratch / "articles")
        paths = sorted(p for p in folder.rglob("*") if p.is_file())
        size = sum(p.stat().st_size for p in paths)
        shuffled = scratch / "shuffled.txt"
        random.Random(1).shuffle(order := list(paths))
        shuffled.write_text("".join(f"{p}\n" for p in order))
        everything = scratch / "everything"
        with open(everything, "wb") as out:
            for p in paths:
                out.write(p.read_bytes())
        ways = {
            "-j1": ["-j1", str(folder)],
            "-j2": ["-j2", str(folder)],
            "shuffled": ["-j2", "--files-from", str(shuffled)],
        }
        digests, processor, wall, peaks = {}, {w: [] for w in ways}, {w: [] for w in ways}, []
        counted = []
        for _ in range(options.runs):
            with open(everything, "rb") as text:
                counted.append(run(["wc", "-m"], stdin=text)[2])
            for way, arguments in ways.items():
                index = scratch / "batch.qdx"
                status, seconds, used, peak, errors = run([options.program, "build", "-q", "-o", str(index), *arguments])
                if status != 0:
                    print(f"{way}: exit status {status}: {errors.strip()[:300]}")
                    failed = True
                    continue
                digests.setdefault(digest(index), set()).add(way)
                processor[way].append(used)
                wall[way].append(seconds)
                peaks.append(peak)
                index_size = index.stat().st_size
    if failed:
        return 1
    megabytes = size / 1e6
    print(f"articles      {len(paths)}, {megabytes:.1f} MB")
    print(f"same bytes    {'yes' if len(digests) == 1 else 'NO: ' + str(sorted(map(sorted, digests.values())))}")
    print(f"peak memory   {max(peaks) / 2**20:.0f} MiB (limit 256)")
    print(f"index         {index_size / 1e6:.1f} MB, {100 * index_size / size:.0f} % of the text")
    for way in ways:
        cpu, clock = statistics.median(processor[way]), statistics.median(wall[way])
        print(f"build {way:8}  {megabytes / cpu:6.1f} MB/s a core ({cpu:.2f} s processor), {clock:.2f} s wall")
    wc = statistics.median(counted)
    print(f"wc -m           {megabytes / wc:6.1f} MB/s ({wc:.2f} s processor); build -j1 takes "
          f"{statistics.median(processor['-j1']) / wc:.1f} times as long")
    return int(len(digests) != 1 or max(peaks) > MEMORY_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
