"""An index opened for questions, and their answers."""
import collections.abc
import ctypes
import weakref

from . import _abi
from ._articles import TextSource
from ._library import call, encode, lib
from ._records import make_entity, make_info, make_mention, make_quote

_KINDS = {"direct": _abi.QDX_KIND_DIRECT, "mixed": _abi.QDX_KIND_MIXED, "indirect": _abi.QDX_KIND_INDIRECT}
_SORTS = {"date": _abi.QDX_SORT_DATE, "speaker": _abi.QDX_SORT_SPEAKER, "path": _abi.QDX_SORT_PATH,
          "confidence": _abi.QDX_SORT_CONFIDENCE}
_ENTITY_SORTS = {"mentions": _abi.QDX_ENTITY_SORT_MENTIONS, "quotes": _abi.QDX_ENTITY_SORT_QUOTES,
                 "articles": _abi.QDX_ENTITY_SORT_ARTICLES, "id": _abi.QDX_ENTITY_SORT_ID}
_TYPES = {"person": _abi.QDX_ENTITY_PERSON, "organization": _abi.QDX_ENTITY_ORGANIZATION,
          "place": _abi.QDX_ENTITY_PLACE}


class Answer(collections.abc.Sequence):
    """The rows of an answer, as named tuples; each is made when it is asked for.

    `total` counts the rows there are, whatever the limit. `bearers` are the entities a name was taken for, best first;
    when nobody has it, they are the nearest names and `is_suggestion` is true. `unread` counts articles whose contexts
    are empty because they are gone or have changed.
    """

    def __init__(self, index, handle, count, at, make):
        self._index = index  # an answer reads from the index's file
        self._handle, self._count, self._at, self._make = handle, count, at, make
        self._finalizer = weakref.finalize(self, lib.qdx_result_free, handle)
        self.total = max(lib.qdx_result_total(handle), count)
        self.unread = lib.qdx_result_unread(handle)
        self.is_suggestion = bool(lib.qdx_result_is_suggestion(handle))
        self.bearers = [make_entity(lib.qdx_result_bearer_at(handle, i).contents)
                        for i in range(lib.qdx_result_bearer_count(handle))]

    def __len__(self):
        return self._count

    def __getitem__(self, i):
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(self._count))]
        if i < 0:
            i += self._count
        if not 0 <= i < self._count:
            raise IndexError(i)
        return self._make(self._at(self._handle, i).contents)

    def rows(self):
        """The rows as dicts, one after the other: for pandas.DataFrame, csv.DictWriter and the like."""
        for row in self:
            yield row._asdict()


class _File:
    """An index as the library holds it: closed when neither an Index nor an Answer needs it any more."""

    def __init__(self, path):
        handle = ctypes.c_void_p()
        call(lib.qdx_index_open, encode(path), ctypes.byref(handle))
        self.handle = handle.value
        weakref.finalize(self, lib.qdx_index_close, self.handle)


class Index:
    """An index file, open for questions. A context manager; threads may share it."""

    def __init__(self, path):
        self._file = _File(path)

    def close(self):
        """Ends the questions; the file is given back when no Answer is left either."""
        self._file = None

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()

    def _open(self):
        if not self._file:
            raise ValueError("the index is closed")
        return self._file.handle

    @property
    def info(self):
        """What is inside, as an Info."""
        info = _abi.qdx_index_info()
        lib.qdx_index_info_get(self._open(), ctypes.byref(info))
        return make_info(info)

    def verify(self):
        """Walks every checksum and record; raises Error when one does not hold."""
        call(lib.qdx_index_verify, self._open())

    def skipped(self):
        """(path, reason) of each file that could not be read."""
        for i in range(self.info.skipped):
            path, reason = ctypes.c_char_p(), ctypes.c_char_p()
            call(lib.qdx_index_skipped_at, self._open(), i, ctypes.byref(path), ctypes.byref(reason))
            yield path.value.decode("utf-8", "surrogateescape"), reason.value.decode("utf-8", "replace")

    def _ask(self, function, count, at, make, *arguments):
        result = ctypes.c_void_p()
        call(function, self._open(), *arguments, ctypes.byref(result))
        return Answer(self._file, result.value, count(result.value), at, make)

    def quotes(self, by=None, about=None, text=None, *, since=None, until=None, kinds=("direct", "mixed"),
               source=None, min_confidence=0.0, limit=0, unique=False, sort="date"):
        """Quotations for which every condition holds: an Answer of Quote.

        `by` is a name in any spelling, a surname, an office or an id; `since` and `until` are "2014", "2014-03" or
        "2014-03-11", or dates.
        """
        source_of_texts = TextSource()
        query = _abi.qdx_query()
        query.by, query.about, query.text, query.source = map(encode, (by, about, text, source))
        query.since, query.until = _date(since), _date(until)
        query.kinds = sum(_KINDS[k] for k in ([kinds] if isinstance(kinds, str) else set(kinds)))
        query.min_confidence, query.limit, query.unique, query.sort = min_confidence, limit, unique, _SORTS[sort]
        query.articles = ctypes.pointer(source_of_texts.struct)
        return self._ask(lib.qdx_query_quotes, lib.qdx_result_hit_count, lib.qdx_result_hit_at, make_quote,
                         ctypes.byref(query))

    def quote(self, quote_id):
        """The quotation with this id; raises Error when there is none."""
        source = TextSource()
        return self._ask(lib.qdx_query_quote_by_id, lib.qdx_result_hit_count, lib.qdx_result_hit_at, make_quote,
                         encode(quote_id), ctypes.byref(source.struct))[0]

    def entities(self, match=None, type=None, *, sort="mentions", limit=0):  # pylint: disable=redefined-builtin
        """People, organizations and places, all or those a name may mean: an Answer of Entity.

        `sort` is "mentions", "quotes" or "articles", most first, or "id".
        """
        query = _abi.qdx_entity_query()
        query.match, query.sort, query.limit = encode(match), _ENTITY_SORTS[sort], limit
        query.types = 0 if type is None else 1 << _TYPES[type]
        return self._ask(lib.qdx_query_entities_where, lib.qdx_result_entity_count, lib.qdx_result_entity_at,
                         make_entity, ctypes.byref(query))

    def mentions(self, name, *, since=None, until=None, source=None, limit=0):
        """Mentions of whomever the name means, by date: an Answer of Mention."""
        texts = TextSource()
        query = _abi.qdx_query()
        query.about, query.source, query.limit = encode(name), encode(source), limit
        query.since, query.until = _date(since), _date(until)
        query.articles = ctypes.pointer(texts.struct)
        return self._ask(lib.qdx_query_mentions_where, lib.qdx_result_mention_count, lib.qdx_result_mention_at,
                         make_mention, ctypes.byref(query))


def _date(value):
    date = _abi.qdx_date()
    if value is not None and not lib.qdx_date_parse(str(value).encode(), ctypes.byref(date)):
        raise ValueError(f"a date is 2014, 2014-03 or 2014-03-11, not {value!r}")
    return date
