"""Everything somebody said, as CSV with the columns of a data frame.

    python3 quotations.py 'Sergei Tavrashin' articles/ > quotes.csv

Builds an index of the articles in a temporary folder and asks it. With pandas at hand, the same rows are a table:
pandas.DataFrame(index.quotes(by=name).rows()).
"""
import csv
import sys
import tempfile

import quotedex


def main(name, *articles):
    with tempfile.TemporaryDirectory() as folder:
        built = quotedex.Gazetteer().build(f"{folder}/news.qdx", *articles)
        print(f"{built.articles} articles read, {len(built.skipped)} files skipped", file=sys.stderr)
        with quotedex.Index(f"{folder}/news.qdx") as index:
            answer = index.quotes(by=name)
            if answer.is_suggestion:
                sys.exit(f"nobody is called {name}; near are: {', '.join(e.name for e in answer.bearers)}")
            writer = csv.DictWriter(sys.stdout, ["date", "speaker", "quote", "path"], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(answer.rows())


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
