"""The characters that a query finds, with libcharindex, from Python and without a compiler.

    python3 find.py /usr/local/share/charfinder/charindex.db 'white bishop'

LIBCHARINDEX may name the library, if the loader does not find it by itself."""

import ctypes
import os
import sys

CLASSIC, AUTO, WIDE = range(3)  # enum charindex_mode


class Settings(ctypes.Structure):  # struct charindex_settings
    _fields_ = [('mode', ctypes.c_int), ('room', ctypes.c_uint64 * 16)]  # all else by default


class Answer(ctypes.Structure):  # struct charindex_answer, whose fields are the library's own
    _fields_ = [('room', ctypes.c_uint64 * 64)]


class Run(ctypes.Structure):  # struct charindex_run
    _fields_ = [('text', ctypes.POINTER(ctypes.c_char)), ('length', ctypes.c_size_t),
                ('first', ctypes.c_uint32), ('count', ctypes.c_uint32)]


def load(path):
    """The library, with what is used of it."""
    library = ctypes.CDLL(path)
    index, answer = ctypes.c_void_p, ctypes.POINTER(Answer)
    library.charindex_strerror.restype = ctypes.c_char_p
    for name, arguments in {
            'open': [ctypes.c_char_p, ctypes.POINTER(index)],
            'close': [index],
            'answer_begin': [answer, index, ctypes.POINTER(Settings), ctypes.c_char_p, ctypes.c_size_t],
            'answer_next': [answer, ctypes.c_uint32, ctypes.POINTER(Run)],
            'answer_status': [answer, ctypes.c_char_p],
            'answer_release': [answer]}.items():
        getattr(library, f'charindex_{name}').argtypes = arguments
    library.charindex_answer_next.restype = ctypes.c_bool
    library.charindex_answer_status.restype = ctypes.c_size_t
    return library


class Index:
    """An open index: with Index(library, path) as index: ..."""

    def __init__(self, library, path):
        self.library, self.path, self.pointer = library, path, ctypes.c_void_p()
        self.check(library.charindex_open(os.fsencode(path), ctypes.byref(self.pointer)))

    def check(self, error):
        if error:
            raise OSError(f'{self.path} {self.library.charindex_strerror(error).decode()}')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.library.charindex_close(self.pointer)

    def find(self, query):
        """The rows of the answer, as text, and its status."""
        query = query.strip().encode()
        answer, run, rows = Answer(), Run(), b''
        self.check(self.library.charindex_answer_begin(answer, self.pointer, Settings(AUTO), query,
                                                       len(query)))
        while self.library.charindex_answer_next(answer, 0xFFFFFFFF, run):
            rows += run.text[:run.length]
        status = ctypes.create_string_buffer(8 * len(query) + 256)  # CHARINDEX_ANSWER_STATUS_SIZE
        length = self.library.charindex_answer_status(answer, status)
        self.library.charindex_answer_release(answer)
        return rows, status.raw[:length]


def main():
    if len(sys.argv) != 3:
        sys.exit("Usage: find.py INDEX 'QUERY'")
    try:
        library = load(os.environ.get('LIBCHARINDEX', 'libcharindex.so.0'))
        with Index(library, sys.argv[1]) as index:
            rows, status = index.find(sys.argv[2])
    except OSError as error:
        sys.exit(f'find.py: {error}')
    sys.stdout.buffer.write(rows + status + b'\n')


if __name__ == '__main__':
    main()
