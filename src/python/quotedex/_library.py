"""The shared library: found, loaded, its failures turned into exceptions."""
import ctypes
import os
import pathlib

from . import _abi

try:
    from ._where import LIBRARY  # written when the module is installed: the way from here to the library
except ImportError:
    LIBRARY = None


class Error(Exception):
    """What the library refused: `status` ("damaged", "not found", ...), `message`, `file`, `line`, `hint`."""

    def __init__(self, error, code=None):
        code = code if error.code == 0 and code is not None else error.code
        self.code = code
        self.status = lib.qdx_status_name(code).decode()
        self.message = error.message.decode("utf-8", "replace") or self.status
        self.file = error.file.decode("utf-8", "surrogateescape")
        self.line = error.line
        self.hint = error.hint.decode("utf-8", "replace")
        place = self.file + (f":{self.line}" if self.line else "")
        super().__init__(f"{place}: {self.message}" if place else self.message)


def _find():
    chosen = os.environ.get("QUOTEDEX_LIBRARY")
    beside = pathlib.Path(__file__).resolve().parent / LIBRARY if LIBRARY else None
    if chosen:
        return chosen
    return str(beside) if beside and beside.exists() else "libquotedex.so.0"


def _load():
    library = ctypes.CDLL(_find())
    for name, (result, arguments) in _abi.FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library


lib = _load()


def call(function, *arguments):
    """Calls a function whose last parameter is an error; returns the status, raises on failure."""
    error = _abi.qdx_error()
    status = function(*arguments, ctypes.byref(error))
    if status < 0:
        raise Error(error, status)
    return status


def create(function, *arguments):
    """Calls a function that returns a handle, or NULL and an error."""
    error = _abi.qdx_error()
    handle = function(*arguments, ctypes.byref(error))
    if not handle:
        raise Error(error, _abi.QDX_ERR_MEMORY)
    return handle


def encode(text):
    """A path or a text as the library takes it; None stays None."""
    if text is None:
        return None
    data = os.fsencode(text)
    if b"\0" in data:
        raise ValueError("a zero byte in a text for quotedex")
    return data
