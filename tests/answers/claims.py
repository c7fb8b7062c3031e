#!/usr/bin/env python3
"""claims.py --program QUOTEDEX [--index INDEX] [--count N] [--show]: is every damaged claim classed right?

Takes quotations from an index (the sample articles' when none is named), damages them in twelve kinds, and holds
`quotedex check` against what each kind should be called. Fails when fewer than 99 of 100 are classed right, or when any
claim that is not letter by letter the speaker's is called exact.
"""
import argparse
import collections
import csv
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "abcdefghijklmnopqrstuvwxyz"}
ACCENTS = {"a": "á", "e": "é", "o": "ö", "u": "ü", "i": "í"}
PUT_IN = ["purple", "seventeen", "Thursday", "carefully", "obsolete", "umbrella"]
INVENTED = ["The ferry will be painted green before the orchestra arrives.", "Nobody asked the baker about the moon.",
            "Twelve violins were left behind in the library by mistake.", "I have never owned a telescope of that size.",
            "Please hand the marmalade to the chess champion.", "We will rename the mountain after a popular soup."]


def words(text):
    return re.findall(r"[\w'’]+", text)


def swap_word(text, rng, make):
    """Replaces one inner word by what `make` gives for it."""
    places = [m for m in re.finditer(r"[A-Za-z]{3,}", text)]
    m = rng.choice(places)
    return text[:m.start()] + make(m.group()) + text[m.end():]


def slip(word, rng):
    at = rng.randrange(1, len(word))
    return word[:at] + word[at - 1] + word[at:]


def damage_case(q, rng, _):
    return rng.choice([q.upper(), q.lower(), q.title(), q.swapcase()]), "typographic"


def damage_marks(q, rng, _):
    kind = rng.randrange(3)
    if kind == 0:
        return "“" + q + "”", "typographic"
    if kind == 1:
        return '"' + q.replace("’", "'") + '"', "typographic"
    return q.replace("'", "’").replace('"', "”") + "”", "typographic"


def damage_dashes(q, rng, _):
    made = rng.choice([q.replace(", ", " — ").replace("-", "–"), q.replace(" ", "  "), q.replace(" ", "\u00a0"),
                       re.sub(r" … ", " ... ", q) + "...", " — " + q])
    return (made if made != q else q + " –"), "typographic"


def damage_points(q, rng, _):
    made = rng.choice([q.rstrip(",.!?") + rng.choice([";", "!!", " ."]), re.sub(r"(?<=[a-z])[,;:!?](?= |$)", "", q) + " ;"])
    return made, "typographic"


def damage_letters(q, rng, _):
    m = rng.choice([m for m in re.finditer(r"[aeiou]", q)])
    accent = q[:m.start()] + ACCENTS[m.group()] + q[m.end():]
    return rng.choice([accent, q.replace("fi", "ﬁ") if "fi" in q else accent, unicodedata.normalize("NFD", accent),
                       q[:m.start()] + q[m.start()].translate(WIDE) + q[m.end():]]), "typographic"


def damage_other_word(q, rng, _):
    return swap_word(q, rng, lambda w: rng.choice(PUT_IN)), "near"


def damage_drop(q, rng, _):
    return swap_word(q, rng, lambda w: ""), "near"


def damage_add(q, rng, _):
    return swap_word(q, rng, lambda w: w + " " + rng.choice(PUT_IN + ["not", "never"])), "near"


def damage_slip(q, rng, _):
    return swap_word(q, rng, lambda w: slip(w, rng)), "near"


def damage_cut(q, rng, _):
    parts = q.split(" ")
    half = max(3, len(parts) * 2 // 3)
    return " ".join(parts[:half] if rng.random() < 0.5 else parts[-half:]), "near"


def damage_speaker(q, rng, others):
    return q, "wrong_speaker", rng.choice(others)


def damage_invent(q, rng, _):
    return rng.choice(INVENTED) if rng.random() < 0.5 else " ".join(rng.sample(PUT_IN, 4)), "absent"


KINDS = [damage_case, damage_marks, damage_dashes, damage_points, damage_letters, damage_other_word, damage_drop,
         damage_add, damage_slip, damage_cut, damage_speaker, damage_invent]


def fits(quote, kind):
    """Is there enough of the quotation to be damaged and still be told from others?"""
    least = 7 if kind is damage_cut else 5
    text = quote["quote"]
    return len(words(text)) >= least and len(re.findall(r"[A-Za-z]{3,}", text)) >= 3 and re.search("[aeiou]", text)


def make_claims(quotes, count, rng):
    """[(quote, speaker, what it should be called, kind)]"""
    said = collections.defaultdict(set)
    for q in quotes:
        said[" ".join(words(q["quote"].lower()))].add(q["speaker_id"])
    speakers = sorted({q["speaker"] for q in quotes})
    usable = [q for q in quotes if len(said[" ".join(words(q["quote"].lower()))]) == 1]
    claims = [(q["quote"], q["speaker"], "exact", "none") for q in rng.sample(usable, min(len(usable), count // 13))]
    while len(claims) < count:
        kind = KINDS[len(claims) % len(KINDS)]
        q = rng.choice(usable)
        if not fits(q, kind):
            continue
        others = [s for s in speakers if s != q["speaker"] and not set(s.split()) & set(q["speaker"].split())]
        made = kind(q["quote"], rng, others)
        want = made[1] if made[0] != q["quote"] or kind is damage_speaker else "exact"
        claims.append((made[0], made[2] if len(made) > 2 else q["speaker"], want, kind.__name__))
    return claims


def run(program, *arguments):
    environment = dict(os.environ, QUOTEDEX_GAZETTEERS=str(ROOT / "gazetteers/en"))
    return subprocess.run([program, *arguments], check=True, capture_output=True, env=environment).stdout.decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--index")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--show", action="store_true", help="print the claims classed wrong")
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = a.index or f"{folder}/news.qdx"
        if not a.index:
            run(a.program, "build", "-q", "-g", str(ROOT / "gazetteers/examples/veskoria"), "-o", index,
                str(ROOT / "tests/corpus/articles"))
        rows = [json.loads(line) for line in run(a.program, "quotes", "-q", index, "-f", "jsonl").splitlines()]
        quotes = [q for q in rows if q["speaker_id"] and " " in q["speaker"]]
        claims = make_claims(quotes, a.count, random.Random(7))
        with open(f"{folder}/claims.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["quote", "speaker"])
            writer.writerows([c[0], c[1]] for c in claims)
        answer = run(a.program, "check", "-q", index, f"{folder}/claims.csv", "-f", "jsonl")
    wrong, false_exact, by_kind = 0, 0, collections.Counter()
    for (quote, speaker, want, kind), line in zip(claims, answer.splitlines(), strict=True):
        have = json.loads(line)
        if have["verdict"] == want:
            continue
        wrong += 1
        by_kind[kind] += 1
        false_exact += have["verdict"] == "exact"
        if a.show:
            print(f"{kind}: want {want}, have {have['verdict']}: {speaker}: {quote}\n    {have['speaker']}: {have['quote']}")
    right = 100 * (len(claims) - wrong) / len(claims)
    print(f"{len(claims)} claims from {len(quotes)} quotations: {right:.1f} % classed right, {false_exact} false exact"
          + "".join(f", {kind} {n}" for kind, n in sorted(by_kind.items())))
    return 0 if right >= 99 and not false_exact else 1


if __name__ == "__main__":
    sys.exit(main())
