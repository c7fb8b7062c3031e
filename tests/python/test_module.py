"""The Python module, from wherever it is installed: python3 test_module.py SOURCE FOLDER."""
import contextlib
import datetime
import gc
import io
import pathlib
import re
import shutil
import sys
import threading
import unittest

import quotedex

SOURCE, FOLDER = pathlib.Path(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))
ARTICLES = SOURCE / "tests/corpus/articles"
VESKORIA = SOURCE / "gazetteers/examples/veskoria"


class Module(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gazetteer = quotedex.Gazetteer(VESKORIA)
        cls.path = FOLDER / "python.qdx"
        cls.built = cls.gazetteer.build(cls.path, ARTICLES)
        cls.index = quotedex.Index(cls.path)

    def test_build(self):
        self.assertGreaterEqual(self.built.articles, 12)
        self.assertEqual(self.built.skipped, [])
        self.assertEqual(self.built.articles, self.index.info.documents)
        self.index.verify()

    def test_skipped(self):
        (FOLDER / "binary").mkdir(exist_ok=True)
        (FOLDER / "binary/x.txt").write_bytes(b"\0\1\2" * 500)
        (FOLDER / "binary/y.txt").write_text("“Yes,” said Sergei Tavrashin.")
        built = self.gazetteer.build(FOLDER / "skipped.qdx", FOLDER / "binary")
        self.assertEqual([s.path for s in built.skipped], [str(FOLDER / "binary/x.txt")])
        self.assertEqual([p for p, _ in quotedex.Index(FOLDER / "skipped.qdx").skipped()], [s.path for s in built.skipped])
        found = list(self.gazetteer.read(FOLDER / "binary"))
        self.assertEqual([isinstance(f, quotedex.Skipped) for f in found], [True, False])

    def test_quotes(self):
        answer = self.index.quotes(by="Sergej Tawraschin")
        self.assertEqual(answer.total, len(answer))
        self.assertEqual({q.speaker for q in answer}, {"Sergei Tavrashin"})
        self.assertEqual(answer.bearers[0].id, "sergei-tavrashin")
        self.assertFalse(answer.is_suggestion)
        self.assertIn("Serguei Tavrachine", answer.bearers[0].aliases)
        self.assertEqual(answer[-1], list(answer)[-1])
        self.assertEqual(answer[1:3], list(answer)[1:3])
        self.assertEqual(self.index.quote(answer[0].quote_id).quote, answer[0].quote)
        with self.assertRaises(IndexError):
            answer[len(answer)]  # pylint: disable=pointless-statement

    def test_conditions(self):
        march = self.index.quotes(since="2014-03", until="2014-03")
        self.assertTrue(march and all(q.date.startswith("2014-03") for q in march))
        day = self.index.quotes(since=datetime.date(2014, 3, 3), until=datetime.date(2014, 3, 3))
        self.assertTrue(day and all(q.date == "2014-03-03" for q in day))
        self.assertEqual({q.kind for q in self.index.quotes(kinds="indirect")}, {"indirect"})
        self.assertTrue(any(q.context_before for q in self.index.quotes(kinds="indirect")))
        self.assertEqual(len(self.index.quotes(limit=2)), 2)
        self.assertGreater(self.index.quotes(limit=2).total, 2)
        self.assertTrue(self.index.quotes(by="Vallsn").is_suggestion)
        with self.assertRaises(ValueError):
            self.index.quotes(since="March")
        with self.assertRaises(ValueError):
            self.index.quotes(by="a\0b")

    def test_entities_and_mentions(self):
        people = self.index.entities(type="person")
        self.assertEqual({e.type for e in people}, {"person"})
        self.assertEqual([e.id for e in self.index.entities("Ingrid Valsen")][:1], ["ingrid-vallsen"])
        quoted = self.index.entities(sort="quotes", limit=2)
        self.assertEqual((len(quoted), quoted[0].quotes >= quoted[1].quotes, quoted.total > 2), (2, True, True))
        self.assertEqual(len(self.index.mentions("Vallsen", limit=1)), 1)
        self.assertEqual({m.date for m in self.index.mentions("Vallsen", since="2014-07")}, {"2014-07-01"})
        mentions = self.index.mentions("Vallsen")
        self.assertTrue(mentions and all(m.entity_id == "ingrid-vallsen" for m in mentions))
        self.assertTrue(any(m.context_before for m in mentions))

    def test_rows(self):
        rows = list(self.index.quotes().rows())
        self.assertEqual({type(v) for row in rows for v in row.values()} - {str, int, float, type(None)}, set())
        try:
            import pandas  # pylint: disable=import-outside-toplevel
        except ImportError:
            self.skipTest("no pandas on this machine")
        frame = pandas.DataFrame(rows)
        self.assertEqual(len(frame), self.index.quotes().total)
        self.assertEqual(list(pandas.DataFrame(self.index.quotes()).columns), list(frame.columns))

    def test_annotate(self):
        documents = list(self.gazetteer.annotate(ARTICLES))
        self.assertEqual(len(documents), self.built.articles)
        article, = self.gazetteer.annotate_text("OSTREL, March 3 - “We will go,” said Sergei Tavrashin.")
        quote, = article["quotes"]
        self.assertEqual(quote["speaker"]["id"], "sergei-tavrashin")
        start, end = quote["spans"][0]
        self.assertEqual(article["text"][start:end], "We will go,")

    def test_lookup(self):
        self.assertEqual(self.gazetteer.lookup("Tavrashin, Sergei")[0].id, "sergei-tavrashin")
        self.assertEqual(self.gazetteer.lookup("Qqqq Xxxx"), [])

    def test_failures(self):
        with self.assertRaises(quotedex.Error) as caught:
            quotedex.Index(FOLDER / "nosuch.qdx")
        self.assertIn("nosuch.qdx", str(caught.exception))
        (FOLDER / "damaged.qdx").write_bytes(self.path.read_bytes()[:-9])
        with self.assertRaises(quotedex.Error) as caught:
            quotedex.Index(FOLDER / "damaged.qdx")
        self.assertIn(caught.exception.status, ("damaged", "malformed"))
        with self.assertRaises(quotedex.Error):
            self.index.quote("no id")
        (FOLDER / "rows.tsv").write_text("name\ttype\nAnna Lind\tperson\nx\tplanet\n")
        self.assertEqual(len(quotedex.Gazetteer(FOLDER / "rows.tsv", default=False).problems), 1)

    def test_documentation(self):
        folder = FOLDER / "documentation"
        folder.mkdir()
        shutil.copytree(ARTICLES, folder / "articles")
        shutil.copy(VESKORIA / "people.tsv", folder)
        page = (SOURCE / "docs/python.md").read_text(encoding="utf-8")
        names = {}
        with contextlib.chdir(folder):
            for code in re.findall(r"```python\n(.*?)```", page, re.S):
                if "pandas" in code:
                    continue
                with contextlib.redirect_stdout(io.StringIO()) as printed:
                    exec(code, names)  # pylint: disable=exec-used
        self.assertIn("Sergei Tavrashin", printed.getvalue())

    def test_lifetime(self):
        with quotedex.Index(self.path) as index:
            answer = index.quotes(by="Tavrashin")
            first = answer[0]
        del index
        gc.collect()
        self.assertEqual(answer[0], first)
        closed = quotedex.Index(self.path)
        closed.close()
        with self.assertRaises(ValueError):
            closed.quotes()

    def test_threads(self):
        want, have = list(self.index.quotes()), []
        threads = [threading.Thread(target=lambda: have.append(list(self.index.quotes()))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(have, [want] * 4)


if __name__ == "__main__":
    unittest.main()
