#!/usr/bin/env python3
"""sheets.py --program QUOTEDEX [--rows N]: hostile cells come through spreadsheets and data tools unchanged.

Builds an index of quotations full of what spreadsheets run, cut, round or split (10,000 by default), writes them as csv,
excel and xlsx, and has LibreOffice, pandas, Miller, csvkit and sqlite3 read them: every cell must be equal and no formula
may live. What is not installed is skipped and named; status 77 when nothing was. Takes minutes: not one of the ordinary
tests, but `scripts/check sheets` runs it.
"""
import argparse
import csv
import datetime
import io
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUOTED_TEXT_STAYS = "CSV:44,34,76,1,,1033,true,false"  # comma, quote, UTF-8, from line 1, US, quoted field as text
HOSTILE = ["=1+1", "=HYPERLINK(\"https://x.example\")", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1", "007", "1E5",
           "TRUE", "3/4/2014", "1-2", "12:30", "50%", "1,000", ".5", "a\tb", "a\x0bb", "two\nlines", "a\u2028b", "a,b;c|d",
           "says 'so'", "it's", "#REF!", "#N/A", "NULL", "nan", "_x0041_", "\u200fabc", "\u202eabc", "e\u0301", "🐟🐟",
           "\ufeffbom", "a\u00a0b", "  two  blanks  ", "\\", "\\n", "{=1}", "[1]", "<b>&amp;", "]]>", "%s%n", "\x01\x02", "\x7f",
           "\x85", "\ufffe", "2014-03-11", "March 5", "0x1F", "1_000", "$5", "€ 5", "(5)", "'quoted", "\u3000wide"]


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, timeout=1200, **options)


def write_articles(folder, rows):
    folder.mkdir()
    for start in range(0, rows, 20):
        lines = ["OSTREL, March 3, 2014 - Nikola Brandt, a clerk, spoke all day."]
        for i in range(start, min(start + 20, rows)):
            odd = HOSTILE[i % len(HOSTILE)].replace('"', "'")
            lines.append(f"“{odd} is what number {i} of the list says,” said Nikola Brandt.")
        name = "=a" if start % 40 else "b"
        (folder / f"{name}{start:06}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8", errors="surrogatepass")


def python_rows(path, encoding="utf-8"):
    with open(path, newline="", encoding=encoding) as file:
        return list(csv.reader(file))


def same(name, have, want):
    """Says how many cells differ; the first few of them."""
    wrong = [(i, k, h, w) for i, (a, b) in enumerate(zip(have, want)) for k, (h, w) in enumerate(zip(a, b)) if h != w]
    wrong += [("rows", len(have), len(want), "")] * (len(have) != len(want))
    print(f"{name}: {sum(map(len, want))} cells in {len(want) - 1} rows, {len(wrong)} differ")
    for item in wrong[:5]:
        print("   ", item)
    return not wrong


def cell_text(value):
    """A workbook's value as our CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def unescape(text):
    """Workbooks write characters that XML cannot hold, and what looks like that, as _x005F_."""
    return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def column_of(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def read_workbook(path, width):
    """The first sheet's cells as text, and how many are formulas. Written out here, so that no library is needed."""
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")):
                shared.append("".join(unescape(t.text or "") for t in item.iter(MAIN + "t")))
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))
        formats = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(MAIN + "numFmt")}
        dates = ["yy" in formats.get(x.get("numFmtId"), "").lower() for x in styles.find(MAIN + "cellXfs")]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows, formulas = [], 0
    for row in sheet.iter(MAIN + "row"):
        cells = [""] * width
        for cell in row:
            value = cell.find(MAIN + "v")
            text = value.text if value is not None else None
            formulas += cell.find(MAIN + "f") is not None
            if cell.get("t") == "s":
                text = shared[int(text)]
            elif cell.get("t") == "inlineStr":
                text = "".join(unescape(t.text or "") for t in cell.iter(MAIN + "t"))
            elif text is not None and cell.get("t") == "b":
                text = ["FALSE", "TRUE"][int(text)]
            elif text is not None and cell.get("t", "n") == "n":
                number = float(text)
                is_date = dates[int(cell.get("s", 0))]
                text = (datetime.date(1899, 12, 30) + datetime.timedelta(number)).isoformat() if is_date else \
                    cell_text(round(number, 6))
            cells[column_of(cell.get("r"))] = text or ""
        rows.append(cells)
    return rows, formulas


def convert(path, kind, *filters):
    out = path.parent / f"from-{path.suffix[1:]}-{path.stem}"
    out.mkdir(exist_ok=True)
    run("soffice", f"-env:UserInstallation=file://{path.parent}/profile", "--headless", *filters, "--convert-to", kind,
        "--outdir", out, path)
    return out / f"{path.stem}.{kind.split(':')[0]}"


def check_libreoffice(folder, tables):
    if not shutil.which("soffice"):
        return None
    good = True
    for name in ("csv", "excel"):
        made = convert(folder / f"{name}.csv", "xlsx", f"--infilter={QUOTED_TEXT_STAYS}")
        rows, formulas = read_workbook(made, len(tables[name][0]))
        good &= same(f"LibreOffice, {name}", rows, tables[name]) and not formulas
        print(f"    {formulas} live formulas")
    if "xlsx" in tables:
        again = python_rows(convert(folder / "sheet.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"))
        good &= same("LibreOffice, xlsx", again, tables["xlsx"])
    return good


def check_xlsx(folder, tables):
    if "xlsx" not in tables:
        return None
    rows, formulas = read_workbook(folder / "sheet.xlsx", len(tables["xlsx"][0]))
    good = same("xlsx as written", rows, tables["xlsx"]) and not formulas
    print(f"    {formulas} live formulas")
    try:
        import openpyxl
    except ImportError:
        return good
    sheet = openpyxl.load_workbook(folder / "sheet.xlsx").worksheets[0]
    rows = [[cell_text(v) for v in row] for row in sheet.iter_rows(values_only=True)]
    return same("openpyxl, xlsx", rows, tables["xlsx"]) and good


def check_pandas(folder, tables):
    try:
        import pandas
    except ImportError:
        return None
    good = True
    for name, encoding in (("csv", "utf-8"), ("excel", "utf-8-sig")):
        frame = pandas.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding=encoding)
        good &= same(f"pandas, {name}", [list(frame.columns)] + frame.values.tolist(), tables[name])
    return good


def check_miller(folder, tables):
    if not shutil.which("mlr"):
        return None
    out = run("mlr", "-S", "--icsv", "--ojson", "cat", folder / "csv.csv").stdout.decode()
    records = json.loads(out, parse_int=str, parse_float=str)
    return same("Miller, csv", [list(records[0])] + [list(r.values()) for r in records], tables["csv"])


def check_csvkit(folder, tables):
    if not shutil.which("csvformat"):
        return None
    out = run("csvformat", "--maxfieldsize", "1000000", folder / "csv.csv").stdout.decode()
    return same("csvkit, csv", list(csv.reader(io.StringIO(out))), tables["csv"])


def check_sqlite(folder, tables):
    if not shutil.which("sqlite3"):
        return None
    run("sqlite3", folder / "t.db", f".import --csv {folder}/csv.csv t")
    rows = sqlite3.connect(folder / "t.db").execute("select * from t").fetchall()
    return same("sqlite3, csv", [tables["csv"][0]] + [list(r) for r in rows], tables["csv"])


def sheet_table(records, header):
    """What a workbook should hold: texts without guard, on one line."""
    def line(value):
        if value is None:
            return ""
        if not isinstance(value, str):
            return cell_text(value)
        value = value.replace("\r\n", "\n")
        value = re.sub("[\n\x0b\x0c\r\x85\u2028\u2029]", " ", value)
        return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "\ufffd", value)
    return [header + ["quote_truncated"]] + [[line(r[h]) for h in header] + ["no"] for r in records]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--rows", type=int, default=10000)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_articles(folder / "articles", a.rows)
        environment = dict(os.environ, QUOTEDEX_GAZETTEERS=str(ROOT / "gazetteers/en"))
        run(a.program, "build", "-q", "-o", folder / "x.qdx", folder / "articles", env=environment)
        for file, form in (("csv.csv", "csv"), ("excel.csv", "excel"), ("lines.jsonl", "jsonl")):
            run(a.program, "quotes", "-q", folder / "x.qdx", "-f", form, "-o", folder / file)
        tables = {"csv": python_rows(folder / "csv.csv"), "excel": python_rows(folder / "excel.csv", "utf-8-sig")}
        records = [json.loads(line) for line in (folder / "lines.jsonl").read_text(encoding="utf-8").split("\n") if line]
        if subprocess.run([a.program, "quotes", "-q", folder / "x.qdx", "-f", "xlsx", "-o", folder / "sheet.xlsx"],
                          check=False, capture_output=True).returncode == 0:
            tables["xlsx"] = sheet_table(records, tables["csv"][0])
        print(f"{len(tables['csv']) - 1} rows, {len(records)} records")
        results = {f.__name__[6:]: f(folder, tables) for f in
                   (check_xlsx, check_pandas, check_miller, check_csvkit, check_sqlite, check_libreoffice)}
    skipped = [name for name, result in results.items() if result is None]
    if skipped:
        print("skipped, not installed: " + ", ".join(skipped))
    if len(skipped) == len(results):
        return 77
    return 0 if all(r is not False for r in results.values()) and len(tables["csv"]) > a.rows * 0.9 else 1


if __name__ == "__main__":
    sys.exit(main())
