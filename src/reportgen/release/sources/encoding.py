"""
Encoding: a raw file as UTF-8, though it was written in a Windows encoding.
Takes a path, gives one that can be read as UTF-8; changes no file.
"""

from __future__ import annotations

import codecs
import gzip
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from reportgen.release.scan import FAILURES

BLOCK = 1 << 20  # bytes
# Windows-1252, and Latin-1 for the five bytes that it leaves out, so that no byte is without a letter.
TABLE = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256))


@contextmanager
def in_utf8(path: Path) -> Iterator[tuple[Path, bool]]:
    """
    A path where the file can be read as UTF-8, and whether bytes of it had to be turned into it, from Windows-1252.
    A file that cannot be read at all, or has NUL in it (which UTF-16 has), is handed on as it is: its reader says so.
    """
    if not _needs_turning(path):
        yield path, False
        return
    with tempfile.TemporaryDirectory() as folder:
        turned = Path(folder) / path.name  # messages name the file
        decoder = codecs.getincrementaldecoder("utf-8")(errors=SLIPS)
        with open_raw(path, "rb") as source, open_raw(turned, "wb") as target:
            while block := source.read(BLOCK):
                target.write(decoder.decode(block).encode())
            target.write(decoder.decode(b"", final=True).encode())
        yield turned, True


def _slip(error: UnicodeError) -> tuple[str, int]:
    """The letters that bytes which are no UTF-8 stand for in Windows-1252; all others of the file stay UTF-8."""
    assert isinstance(error, UnicodeDecodeError)
    slipped = error.object[error.start : error.end]
    return codecs.charmap_decode(slipped, "strict", TABLE)[0], error.end


SLIPS = "windows-1252-slips"
codecs.register_error(SLIPS, _slip)


def _needs_turning(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open_raw(path, "rb") as source:
            while block := source.read(BLOCK):
                if b"\0" in block:
                    return False
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return True
    except FAILURES:
        return False
    return False


def open_raw(path: Path, mode: str) -> IO[bytes]:
    """Open a raw file, unpacked as one reads and packed as one writes: what is a bomb stays one, and small."""
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.GzipFile(path, mode, compresslevel=1, mtime=0))
    return cast(IO[bytes], path.open(mode))
