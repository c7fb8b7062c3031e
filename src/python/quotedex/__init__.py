"""Who is named, and who said what, in a folder of news articles: the library libquotedex in Python.

    import quotedex

    quotedex.Gazetteer("people.tsv").build("news.qdx", "articles/")
    with quotedex.Index("news.qdx") as index:
        for quote in index.quotes(by="Sergej Tawraschin", since="2014-03"):
            print(quote.date, quote.speaker, quote.quote)

    table = pandas.DataFrame(index.quotes(by="Tavrashin").rows())

Failures of the library are raised as quotedex.Error. docs/python.md tells more.
"""
from ._articles import Built, Gazetteer, Skipped
from ._index import Answer, Index
from ._library import Error, lib
from ._records import Entity, Info, Match, Mention, Quote

__version__ = lib.qdx_version().decode()
__all__ = ["Answer", "Built", "Entity", "Error", "Gazetteer", "Index", "Info", "Match", "Mention", "Quote", "Skipped"]
