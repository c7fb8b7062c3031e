"""Articles: name lists, reading and annotating without an index, building one."""
import ctypes
import json
import weakref
from collections import namedtuple

from . import _abi
from ._library import Error, call, create, encode, lib
from ._records import Match

_render_type = dict(_abi.qdx_batch_options._fields_)["render"]
_deliver_type = dict(_abi.qdx_batch_options._fields_)["deliver"]
_read_type = dict(_abi.qdx_text_source._fields_)["read"]

Skipped = namedtuple("Skipped", "path reason")
Skipped.__doc__ = "A file that could not be read, or not to its end."
Built = namedtuple("Built", "articles files skipped")
Built.__doc__ = "What a build read: counts, and the list of files skipped."


class TextSource:
    """Reads articles again, for contexts that an index does not keep."""

    def __init__(self):
        self._reader = None
        self._callback = _read_type(self._read)
        self.struct = _abi.qdx_text_source(read=self._callback)

    def _read(self, _context, path, part, text, size, error):
        if not self._reader:
            self._reader = lib.qdx_reader_new(None, error)
            if not self._reader:
                return _abi.QDX_ERR_MEMORY
            weakref.finalize(self, lib.qdx_reader_free, self._reader)
        document = ctypes.POINTER(_abi.qdx_document)()
        status = lib.qdx_reader_open_article(self._reader, path, part, error)
        if status == 0:
            status = lib.qdx_reader_next(self._reader, ctypes.byref(document), error)
        if status == 0:
            text[0] = document.contents.text
            size[0] = document.contents.text_size
        return status


class Gazetteer:
    """Names, titles and verbs: the program's own lists, and those of `paths` (docs/gazetteer-format.md).

    `problems` lists the rows that could not be used, as texts.
    """

    def __init__(self, *paths, default=True):
        self.problems = []
        self._handle = create(lib.qdx_gazetteer_new)
        self._free = weakref.finalize(self, lib.qdx_gazetteer_free, self._handle)
        note = _abi.qdx_problem_fn(lambda _context, problem: self.problems.append(str(Error(problem.contents))))
        call(lib.qdx_gazetteer_load_default, self._handle, default, note, None)
        for path in paths:
            call(lib.qdx_gazetteer_load, self._handle, encode(path), note, None)
        call(lib.qdx_gazetteer_freeze, self._handle)

    def __len__(self):
        return lib.qdx_gazetteer_entity_count(self._handle)

    def lookup(self, name, limit=16):
        """Whom a name in any spelling means: a list of Match, best first."""
        matches = (_abi.qdx_name_match * limit)()
        count = ctypes.c_size_t()
        call(lib.qdx_gazetteer_lookup, self._handle, encode(name), matches, limit, ctypes.byref(count))
        return [Match(m.entity.contents.id.decode(), m.entity.contents.name.decode(),
                      lib.qdx_entity_type_name(m.entity.contents.type).decode(), m.rule.decode(),
                      round(m.confidence, 4)) for m in matches[:count.value]]

    def annotate(self, *paths, jobs=0):
        """Reads the articles under the paths; an iterator of one dict each, as `quotedex annotate` prints them.

        Files that cannot be read are left out; `Gazetteer.read` tells of them.
        """
        for found in self.read(*paths, jobs=jobs):
            if not isinstance(found, Skipped):
                yield found

    def read(self, *paths, jobs=0):
        """The same, with a Skipped for each file that could not be read, where it stands."""
        files, count = _file_list(paths)
        names = [lib.qdx_file_list_at(files.handle, i) for i in range(count)]
        yield from files.problems()
        for start in range(0, count, _CHUNK):
            part = FileList()
            for name in names[start:start + _CHUNK]:
                call(lib.qdx_file_list_add, part.handle, name)
            lib.qdx_file_list_sort(part.handle)
            batch = _Batch(_write_json, jobs)
            batch.run(lib.qdx_batch_run, part.handle, self._handle)
            yield from batch.documents()

    def annotate_text(self, text, name="text.txt"):
        """The same for one text, or the bytes of a file whose name tells its kind: a list of dicts."""
        data = text.encode() if isinstance(text, str) else bytes(text)
        batch = _Batch(_write_json, 1)
        batch.run(lib.qdx_batch_run_bytes, encode(name), data, len(data), self._handle)
        skipped = [d for d in batch.documents() if isinstance(d, Skipped)]
        if skipped:
            raise ValueError(f"{name}: {skipped[0].reason}")
        return list(batch.documents())

    def build(self, output, *paths, jobs=0):
        """Reads the articles under the paths and writes an index, whole or not at all; returns Built."""
        files, _ = _file_list(paths)
        writer = create(lib.qdx_index_writer_new)
        try:
            skipped = list(files.problems())
            batch = _Batch(_encode_record, jobs, writer)
            batch.run(lib.qdx_batch_run, files.handle, self._handle)
            call(lib.qdx_index_writer_finish, writer, encode(output))
        finally:
            lib.qdx_index_writer_free(writer)
        return Built(batch.articles, batch.files, skipped + batch.skipped)


_CHUNK = 256  # files read before their documents are handed on


class FileList:
    """The files under some paths."""

    def __init__(self):
        self.handle = create(lib.qdx_file_list_new)
        weakref.finalize(self, lib.qdx_file_list_free, self.handle)

    def problems(self):
        for i in range(lib.qdx_file_list_problem_count(self.handle)):
            problem = lib.qdx_file_list_problem(self.handle, i).contents
            yield Skipped(problem.file.decode("utf-8", "surrogateescape"), problem.message.decode())


def _file_list(paths):
    files = FileList()
    for path in paths:
        call(lib.qdx_file_list_add, files.handle, encode(path))
    lib.qdx_file_list_sort(files.handle)
    return files, lib.qdx_file_list_count(files.handle)


def _write_json(_context, document, analysis, out, error):
    return lib.qdx_document_write_json(document, analysis, out, error)


def _encode_record(_context, document, analysis, out, error):
    return lib.qdx_record_encode(document, analysis, out, error)


class _Batch:
    """One run over files: what was rendered, or went into an index writer, and what was skipped."""

    def __init__(self, render, jobs, writer=None):
        self.rendered, self.skipped, self.articles, self.files = [], [], 0, 0
        self._writer = writer
        self._callbacks = _render_type(render), _deliver_type(self._deliver)
        self._options = _abi.qdx_batch_options(jobs=jobs, render=self._callbacks[0], deliver=self._callbacks[1])

    def run(self, function, *arguments):
        call(function, *arguments, ctypes.byref(self._options))

    def _deliver(self, _context, result, error):
        result = result.contents
        self.files += 1
        self.articles += result.document_count
        if result.problem:
            problem = result.problem.contents
            skipped = Skipped(result.path.decode("utf-8", "surrogateescape"), str(Error(problem)))
            self.skipped.append(skipped)
        if not self._writer:
            self.rendered.append(ctypes.string_at(result.bytes, result.size) if result.size else b"")
            if result.problem:
                self.rendered.append(skipped)
            return 0
        status = 0
        if result.size:
            status = lib.qdx_index_writer_add(self._writer, result.bytes, result.size, error)
        if status == 0 and result.problem:
            status = lib.qdx_index_writer_add_skipped(self._writer, result.path, result.problem, error)
        return status

    def documents(self):
        for piece in self.rendered:
            if isinstance(piece, Skipped):
                yield piece
            else:
                yield from map(json.loads, piece.splitlines())
