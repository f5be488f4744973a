"""Lines of a table that somebody hands us: plain, gzipped, or the one table inside a zip file.

Whatever is wrong with the file ends as BadInput with the line's number. Memory stays small whatever the file is.
"""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from app.errors import BadInput

LONGEST_LINE: Final = 1024 * 1024
"""Bytes. The longest line of GeoNames, a country with all its names, has 20,000."""
MOST_BLANK: Final = 10_000
_CHUNK: Final = 1024 * 1024
_DAMAGED = (EOFError, OSError, zlib.error, zipfile.BadZipFile)


def sha256(path: Path) -> str:
    """Checksum of the file as it lies on the disk, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def table_name(path: Path) -> str:
    """The name of the table in the file: `SY` of SY.zip, SY.txt or SY.txt.gz."""
    return path.name.removesuffix(".gz").rpartition(".")[0] or path.name


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    if path.suffix == ".gz":
        with gzip.open(path) as file:
            yield io.BufferedReader(file)
    elif path.suffix == ".zip":
        try:
            archive = zipfile.ZipFile(path)
        except zipfile.BadZipFile:
            raise BadInput(f"{path.name} is no zip file, or was cut off on its way: fetch it again.") from None
        with archive, archive.open(_member(archive, path)) as file:
            yield file
    else:
        with path.open("rb") as file:
            yield file


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    """The table in a zip file of GeoNames, which carries a readme and a list of languages beside it."""
    tables = [name for name in archive.namelist() if name.endswith((".txt", ".csv", ".tsv"))]
    tables = [name for name in tables if name.lower() not in {"readme.txt", "iso-languagecodes.txt"}]
    own = [name for name in tables if Path(name).stem.casefold() == path.stem.casefold()]
    if len(own or tables) != 1:
        raise BadInput(f"{path.name} must hold one table, such as {path.stem}.txt; it holds {len(tables)}.")
    return (own or tables)[0]


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(number, text without its end) of each line that is not blank, counted from 1.

    Raises BadInput for a missing or damaged file, a line that is too long, or one that is not UTF-8.
    """
    number = blank = 0
    try:
        with _opened(path) as file:
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise BadInput(f"{path.name} line {number}: longer than {LONGEST_LINE:,} bytes; this is no table.")
                try:
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                except UnicodeDecodeError:
                    raise BadInput(f"{path.name} line {number}: not UTF-8.") from None
                if text.strip():
                    yield number, text
                    continue
                blank += 1
                if blank > MOST_BLANK:
                    raise BadInput(f"{path.name} line {number}: more than {MOST_BLANK:,} blank lines.")
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise BadInput(f"{path.name} line {number + 1}: the file is damaged or was cut off on its way.") from error
