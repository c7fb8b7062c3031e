"""Structs of the library as named tuples: texts as str, dates as ISO text, kinds by their names."""
import ctypes
from collections import namedtuple

from . import _abi
from ._library import lib

# Members that are enums, and the function that names their values.
_NAMED = {"kind": lib.qdx_quote_kind_name, "type": lib.qdx_entity_type_name,
          "speaker_kind": lib.qdx_speaker_kind_name}
_TEXTS = ctypes.POINTER(ctypes.c_char_p)


def date_text(date):
    """ "2014-03-11", "2014-03", "2014", or None."""
    buffer = ctypes.create_string_buffer(16)
    return lib.qdx_date_format(date, buffer).decode() or None


def _text(value, errors="replace"):
    return value.decode("utf-8", errors) if value else None


def _is_pointer(kind):
    return issubclass(kind, ctypes._Pointer)  # pylint: disable=protected-access


def _texts(struct, name, count):
    values = getattr(struct, name)
    return tuple(_text(values[i]) for i in range(getattr(struct, count)))


def _reader(name, kind, behind):
    """A function from a struct to the value of one member; None for what has no use in Python. The number of texts
    stands in the member `behind` them."""
    if kind is ctypes.c_char_p:
        errors = "surrogateescape" if name == "path" else "replace"  # as Python itself names files
        return lambda s: _text(getattr(s, name), errors)
    if kind is _abi.qdx_date:
        return lambda s: date_text(getattr(s, name))
    if kind is _TEXTS:
        return lambda s: _texts(s, name, behind)
    if kind is ctypes.c_int and name in _NAMED:
        return lambda s: _NAMED[name](getattr(s, name)).decode()
    if kind is ctypes.c_float:
        return lambda s: round(getattr(s, name), 4)
    if issubclass(kind, ctypes._SimpleCData):  # pylint: disable=protected-access
        return lambda s: getattr(s, name)
    return None


def record(name, struct, documentation):
    """A named tuple class with the members of a struct, and the function that fills one."""
    members = struct._fields_
    behind = [member[0] for member in members[1:]] + [None]
    counts = {b for (_, kind), b in zip(members, behind) if _is_pointer(kind) and b and b.endswith("_count")}
    readers = [(n, _reader(n, kind, b)) for (n, kind), b in zip(members, behind) if n not in counts]
    readers = [(n, reader) for n, reader in readers if reader]
    kind = namedtuple(name, [n for n, _ in readers])
    kind.__doc__ = documentation
    functions = [reader for _, reader in readers]
    return kind, lambda s: kind._make(f(s) for f in functions)


Quote, make_quote = record("Quote", _abi.qdx_hit, "A quotation found in an index.")
Mention, make_mention = record("Mention", _abi.qdx_mention_hit, "A mention of an entity, in its context.")
Entity, make_entity = record("Entity", _abi.qdx_index_entity, "A person, organization or place of an index.")
Info, make_info = record("Info", _abi.qdx_index_info, "What is inside an index.")
Match = namedtuple("Match", "id name type rule confidence")
Match.__doc__ = "One answer to whom a name means."
