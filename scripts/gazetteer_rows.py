"""What the import_* scripts share: the names we have written ourselves, and rows beside them.

A generated list never overrules a hand-written one. `Known` reads the hand-written files and answers whose a name is;
`Rows` collects rows, keeps names apart, counts what was left out and why, and writes one sorted file.
"""

import os
import re
import subprocess
import sys
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, "gazetteers", "en")
GENERATED = re.compile(r"_(wordnet|geonames|iso)\.tsv$")
ENTITY_FILE = re.compile(r"^(people|organizations|places)(_\w+)?\.tsv$")

# Names of places that the news means a person or a thing by.
ELSEWHERE = set("""adler|amancio|americana|atlantis|batman|bogdanovich|buckeye|chico|dalton|duran|edison|escalante|fonseca|
jupiter|latina|rosetta|shangri la|stanton|valdez""".replace("\n", "").split("|"))

# Surnames of the English-speaking world that towns bear too, where no file of ours lists a bearer.
SURNAMES = set("""barrie|blyth|bowie|brant|buckley|burleson|cary|casper|colton|compton|conroe|coram|corby|davie|denton|downey|
draper|eccles|edmonds|elgin|eltham|esher|ewing|findlay|folsom|fordham|gadsden|gallatin|garfield|gilroy|goshen|gresham|
hanford|hilliard|holladay|hollister|hurst|kearney|kearns|kearny|keizer|keller|kenner|kirkby|kirkland|lacey|ladner|langford|
lawton|leander|leyland|littleton|lowell|loveland|macon|mcalester|mcallen|mclean|meads|mitcham|moorhead|morden|newnan|pharr|
poole|prescot|preston|pullman|radcliffe|radnor|redford|rosenberg|rowlett|rutland|sewell|spalding|stafford|stroud|sutton|
thornton|torrance|trumbull|tustin|waldorf|weston|whittier|woodbury""".replace("\n", "").split("|"))


def fold(name):
    """Lower case, no marks, words joined by one blank, no leading "the": equal for spellings of one name."""
    text = unicodedata.normalize("NFKD", name.translate({0x131: "i", 0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L"}))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"['’‘ʻʼ`]", "", text)
    text = " ".join(re.findall(r"\w+", text))
    return text[4:] if text.startswith("the ") else text


def slug(name):
    """The id made of a name: folded, ASCII, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).encode("ascii", "ignore").decode()).strip("-")


def table(path):
    """The rows of a TSV file as dictionaries."""
    header = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            if header is None:
                header = cells
            else:
                yield dict(zip(header, cells + [""] * (len(header) - len(cells))))


def package_version(package):
    """The installed version of a Debian package, for the head of the file; "unknown version" elsewhere."""
    query = ["dpkg-query", "-W", "-f", "${Version}", package]
    try:
        return subprocess.run(query, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "unknown version"


class Known:
    """Names in the hand-written files, and words that are more than a name."""

    def __init__(self, also=()):
        self.names = {}  # folded name or alias: id of its first bearer
        self.types = {}  # id: type
        self.kinds = {}
        self.countries = {}
        self.canonical = {}
        self.surnames = set()
        for name in sorted(os.listdir(FOLDER)):
            if ENTITY_FILE.match(name) and (not GENERATED.search(name) or name in also):
                self._read(os.path.join(FOLDER, name))
        self.common = self._words("common_words.tsv", "word") | self._words("function_words.tsv", "word")
        self.given = self._words("given_names.tsv", "name")
        self.titles = self._words("titles.tsv", "title")
        self.demonyms = self._words("demonyms.tsv", "word")

    def _read(self, path):
        for row in table(path):
            identifier = row.get("id") or slug(row["name"])
            self.types.setdefault(identifier, row["type"])
            self.canonical.setdefault(identifier, row["name"])
            self.kinds.setdefault(identifier, row.get("kind", ""))
            self.countries.setdefault(identifier, row.get("country", ""))
            for name in [row["name"]] + row.get("aliases", "").split("|"):
                if name:
                    self.names.setdefault(fold(name), identifier)
            if row["type"] == "person":
                self.surnames.add(fold(row.get("surname") or row["name"].split(" ")[-1]))

    @staticmethod
    def _words(name, column):
        path = os.path.join(FOLDER, name)
        return {fold(row[column]) for row in table(path)} if os.path.exists(path) else set()

    def owner(self, name):
        """The id of the entity this name belongs to, or None."""
        return self.names.get(fold(name))

    def ordinary(self, name):
        """Is every word of it an ordinary English word, or does it mean something better known?"""
        return fold(name) in ELSEWHERE or all(word in self.common or len(word) < 2 for word in fold(name).split())

    def personal(self, name):
        """Is it a given name, a known surname, a title or a nationality?"""
        folded = fold(name)
        return folded in SURNAMES or folded in self.given or folded in self.surnames or folded in self.titles or folded in self.demonyms


class Rows:
    """Rows of one generated file."""

    def __init__(self, columns):
        self.columns = columns
        self.rows = []
        self.ids = set()
        self.skipped = {}

    def skip(self, reason):
        self.skipped[reason] = self.skipped.get(reason, 0) + 1

    def add(self, **cells):
        for value in cells.values():
            if re.search(r"[\t\n\r]", value):
                raise ValueError(f"a cell holds a separator: {value!r}")
        self.ids.add(cells["id"])
        self.rows.append(cells)

    def write(self, path, head, key):
        """Sorted by `key`, under the comment lines of `head`, in the place of an earlier file."""
        self.rows.sort(key=key)
        text = "".join(f"# {line}\n" for line in head) + "\t".join(self.columns) + "\n"
        text += "".join("\t".join(row.get(c, "") for c in self.columns) + "\n" for row in self.rows)
        if path == "-":
            sys.stdout.write(text)
            return
        temporary = f"{path}.{os.getpid()}.tmp"
        try:
            with open(temporary, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.replace(temporary, path)
        except OSError as error:
            if os.path.exists(temporary):
                os.unlink(temporary)
            sys.exit(f"{os.path.basename(sys.argv[0])}: {path}: {error.strerror}")
        self.report(path)

    def report(self, path):
        program = os.path.basename(sys.argv[0])
        print(f"{program}: {len(self.rows)} rows in {path}", file=sys.stderr)
        for reason, count in sorted(self.skipped.items(), key=lambda item: (-item[1], item[0])):
            print(f"{program}: left out {count}: {reason}", file=sys.stderr)
