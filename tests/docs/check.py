#!/usr/bin/env python3
"""check.py --program QUOTEDEX: the pages speak of what there is.

In README, CONTRIBUTING and docs: links lead somewhere, paths of the tree exist, options are options of some command, and
every command is told of.
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
OTHERS = {"--preset", "--workflow", "--build", "--install", "--update", "--program"}  # of cmake and of test runners


def help_of(program, *command):
    return subprocess.run([program, "help", *command], capture_output=True, text=True, check=True).stdout


def told_wrong(page, options):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
            yield f"the link {target} leads nowhere"
    for path in re.findall(r"`((?:src|tests|scripts|docs|gazetteers|include|build)/[\w./-]+)`", text):
        if not path.startswith("build/") and not (ROOT / path).exists():
            yield f"there is no {path}"
    for option in sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - options - OTHERS):
        yield f"no command has {option}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    program = parser.parse_args().program.resolve()
    commands = re.findall(r"^  ([a-z]+) +\S", help_of(program).split("Commands:")[1], re.M)
    options = {o for c in commands for o in re.findall(r"(--[a-z-]+)", help_of(program, c))} | {"--version"}
    problems = [f"{page.relative_to(ROOT)}: {problem}" for page in PAGES for problem in told_wrong(page, options)]
    told = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    problems += [f"no page tells of the command {c}" for c in commands
                 if not re.search(rf"quotedex {c}\b|`{c}`", told) and c not in ("help", "version")]
    print("\n".join(problems) or f"{len(PAGES)} pages speak of what there is: {len(commands)} commands, {len(options)} options")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
