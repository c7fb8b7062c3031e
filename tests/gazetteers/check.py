#!/usr/bin/env python3
"""Checks what the reader of a gazetteer does not: whether its rows fit together.

    tests/gazetteers/check.py gazetteers/en

Each finding is a line file:line: reason; the exit status is 1 when there is any. Looked at: ids that
are used for two types, ids of organizations and places that no row defines, given dates that
run backwards, two holders at once of an office that one person holds, repeated rows, cells with
stray blanks, names of people that two entities share, aliases of one word that are ordinary words
or given names, and acronyms that are such words unless capitals count, which would be found all
over a text. Needs nothing but Python.
"""
import re
import sys
from pathlib import Path

DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
COUNTRY = re.compile(r"[A-Z]{2}$")

# Offices that one person at a time holds in a country, region or organization.
HELD_ALONE = set(
    "president|prime minister|foreign minister|finance minister|defence minister|interior minister|"
    "chancellor|secretary of state|treasury secretary|attorney general|central bank governor|governor|"
    "secretary-general|managing director|director-general|chief justice|pope|mayor|king|queen|emir|"
    "sultan|supreme leader|vice president|FBI director|CIA director|Federal Reserve chair".split("|"))
# Where two were in office at once all the same: rivals, or more than one post of the name.
HELD_BY_TWO = {
    ("president", "CI", ""): "Gbagbo did not leave when Ouattara was elected",
    ("president", "MG", ""): "Ratsiraka did not leave when Ravalomanana was elected",
    ("president", "RU", "chechnya"): "one of the rebels, one of Moscow's",
    ("prime minister", "KH", ""): "the government at war with Phnom Penh's; then two prime ministers",
    ("prime minister", "LY", ""): "one in Tripoli, one in Tobruk",
    ("vice president", "", "european-commission"): "several",
}
OVERLAP = 2  # months by which dates of different precision may seem to overlap


class Row(dict):
    """A row's cells by column, with its place for messages."""

    def __init__(self, cells, place):
        super().__init__(cells)
        self.place = place

    def __missing__(self, column):
        return ""


def read(path):
    """The columns and rows of one table."""
    columns, rows = None, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells
        else:
            rows.append(Row(zip(columns, cells), f"{path.name}:{number}"))
    return columns or [], rows


def values(cell):
    return [value for value in cell.split("|") if value]


def check_form(rows, say):
    seen = {}
    for row in rows:
        key = tuple(sorted(row.items()))
        if key in seen:
            say(row, f"the same row as {seen[key]}")
        seen[key] = row.place
        for column, cell in row.items():
            if cell != cell.strip():
                say(row, f"column {column} has blanks around its value")
            if len(values(cell)) != len(set(values(cell))):
                say(row, f"column {column} repeats a value")


def check_entities(entities, say):
    first = {}
    for row in entities:
        earlier = first.setdefault(row["id"], row)
        if earlier["type"] != row["type"]:
            say(row, f"id {row['id']} is a {earlier['type']} in {earlier.place}")
        if not re.fullmatch(r"[a-z0-9-]+", row["id"]):
            say(row, f"id '{row['id']}' is no slug")
        if row["country"] and not COUNTRY.match(row["country"]):
            say(row, f"country '{row['country']}' is no ISO 3166-1 code")
        for column in ("from", "to"):
            if row[column] and not DATE.match(row[column]):
                say(row, f"column {column}: '{row[column]}' is no date")
        if row["to"] and row["from"] and row["to"] < row["from"][: len(row["to"])]:
            say(row, "the office ends before it begins")
    for row in entities:
        if row["organization"] and row["organization"] not in first:
            say(row, f"no entity has the id '{row['organization']}'")
    return first


def months(date, late):
    """A date in months; what it leaves open is taken early or late."""
    year, month = int(date[:4]), int(date[5:7] or (12 if late else 1))
    return 12 * year + month


def check_holders(entities, say):
    """Who holds an office alone has left it before the next begins."""
    holders = {}
    for row in entities:
        key = (row["office"], row["country"], row["organization"])
        if row["office"] in HELD_ALONE and row["from"] and key not in HELD_BY_TWO:
            holders.setdefault(key, []).append(row)
    for rows in holders.values():
        rows.sort(key=lambda row: (row["from"], row["to"]))
        for row, following in zip(rows, rows[1:]):
            end = months(row["to"], False) if row["to"] else 12 * 9999
            if row["id"] != following["id"] and months(following["from"], True) + OVERLAP < end:
                say(following, f"{following['office']} since {following['from']}, but {row['name']} "
                               f"({row.place}) {'until ' + row['to'] if row['to'] else 'is still'}")


def check_shared(entities, say):
    """Two people of one name are told apart by an office, a kind, a country or an organization."""
    bearers, told = {}, set()
    for row in entities:
        if row["type"] == "person":
            bearers.setdefault(row["name"].lower(), {}).setdefault(row["id"], row)
            if row["office"] or row["country"] or row["kind"] or row["organization"]:
                told.add(row["id"])
    for people in bearers.values():
        for row in people.values():
            if len(people) > 1 and row["id"] not in told:
                say(row, f"{len(people)} people are called '{row['name']}', and nothing tells of this one")


def check_acronyms(entities, words, say):
    for row in entities:
        for name in [row["name"]] + values(row["aliases"]):
            if row["type"] != "person" and row["case"] != "exact" and " " not in name and \
                    name.isupper() and len(name) > 1 and name.lower() in words:
                say(row, f"'{name}' is also a word or given name: write ={name}, or case exact")


def check_aliases(entities, common, given, say):
    for row in entities:
        for alias in values(row["aliases"]):
            loose = not alias.startswith("=") and row["case"] != "exact"
            if " " in alias or not loose or (alias.isupper() and len(alias) > 1):
                continue
            if row["type"] == "person" and alias.lower() in common:
                say(row, f"alias '{alias}' is an ordinary word")
            if row["type"] == "organization" and alias.lower() in given:
                say(row, f"alias '{alias}' is a given name")


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "gazetteers/en")
    lists = {path.stem: read(path) for path in sorted(folder.glob("*.tsv"))}
    findings = []

    def say(row, reason):
        findings.append(f"{folder}/{row.place}: {reason}")

    entities = []
    for columns, rows in lists.values():
        check_form(rows, say)
        if "name" in columns and "type" in columns:
            entities += rows
    ids = check_entities(entities, say)
    for row in lists.get("demonyms", ([], []))[1]:
        if row["place"] and row["place"] not in ids:
            say(row, f"no place has the id '{row['place']}'")
    offices = set()
    for row in lists.get("offices", ([], []))[1]:
        for name in [row["office"]] + values(row["aliases"]):
            if name.lower() in offices:
                say(row, f"'{name}' belongs to two offices")
            offices.add(name.lower())
    for row in lists.get("titles", ([], []))[1]:
        if row["office"] and row["office"].lower() not in offices:
            say(row, f"no office is called '{row['office']}'")
    common = {row["word"] for row in lists.get("common_words", ([], []))[1]}
    given = {row["name"].lower() for row in lists.get("given_names", ([], []))[1]}
    check_aliases(entities, common, given, say)
    check_acronyms(entities, common | given, say)
    check_holders(entities, say)
    check_shared(entities, say)
    print("\n".join(findings) if findings else f"{len(entities)} rows of entities: nothing found")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
