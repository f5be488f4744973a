"""Fetch files from GeoNames: with progress, going on where an earlier try broke off, checked before they are used."""

import http.client
import json
import re
import ssl
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from app.errors import BadInput, NotReady

TIMEOUT_S: Final = 30.0
_CHUNK: Final = 256 * 1024
_TRIES: Final = 5
_CONTENT_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_BROKEN = (http.client.HTTPException, ConnectionError, TimeoutError, ssl.SSLError)

Progress = Callable[[int, int | None], None]
"""Hears how many bytes are there, and how many there will be (None: unknown)."""


def fetch(address: str, target: Path, advance: Progress) -> Path:
    """Bring the file at `address` to `target`, unless the same one is there.

    Raises NotReady without a network, BadInput for a file that is not offered.

    What came so far stays in `target.part`, beside a note of the version it belongs to; the next try goes on behind it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    for attempt in range(1, _TRIES + 1):
        before = part.stat().st_size if part.is_file() else 0
        try:
            if _receive(address, target, part, advance):
                break
        except urllib.error.HTTPError as error:
            if error.code in {403, 404}:
                raise BadInput(f"{address} is not offered ({error.code}): is the country's code right?") from None
            raise NotReady(f"{address} answers {error.code}; try again later, or use --file.") from None
        except (urllib.error.URLError, *_BROKEN) as error:
            came = part.stat().st_size - before if part.is_file() else 0
            if came > 0 and attempt < _TRIES:
                continue  # the line broke while something came: go on
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            raise NotReady(
                f"{address} cannot be reached ({reason}). Check the network and run the same command again, which goes "
                "on where it stopped; or fetch the file by other means and use --file."
            ) from None
    else:
        raise NotReady(f"{address} was answered {_TRIES} times without the file; try again later, or use --file.")
    if target.suffix == ".zip":
        _check_zip(target)
    return target


def _receive(address: str, target: Path, part: Path, advance: Progress) -> bool:
    """One request; True when the file is whole."""
    have = part.stat().st_size if part.is_file() else 0
    version = _read_note(part if have else target)
    if not address.startswith(("https://", "http://")):
        raise BadInput("DATELINE_GEONAMES_URL must begin with https:// or http://.")
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "dateline-gazetteer"})  # noqa: S310 - checked
    except ValueError as error:
        raise BadInput(f"DATELINE_GEONAMES_URL is no address ({error}).") from None
    if have and version:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", version)
    elif target.is_file() and version:
        request.add_header("If-None-Match" if version.startswith(('"', "W/")) else "If-Modified-Since", version)
    try:
        answer = urllib.request.urlopen(request, timeout=TIMEOUT_S)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code == 304:
            return True
        if error.code == 416:  # what we have is as long as the file, or longer: begin anew
            part.unlink(missing_ok=True)
            return False
        raise
    with answer:
        resumed = answer.status == 206 and _CONTENT_RANGE.match(answer.headers.get("Content-Range", ""))
        start = int(resumed.group(1)) if resumed else 0
        length = answer.headers.get("Content-Length")
        total = start + int(length) if length and length.isdigit() else None
        _note(part).write_text(json.dumps(answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""))
        with part.open("r+b" if resumed else "wb") as file:
            file.seek(start)
            file.truncate()
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                advance(file.tell(), total)
            if total is not None and file.tell() < total:
                raise http.client.IncompleteRead(b"", total - file.tell())
    part.replace(target)
    _note(part).replace(_note(target))
    return True


def _note(file: Path) -> Path:
    """Where the version of a file is noted: of half a one and of the whole one apart."""
    return file.with_name(f"{file.name}.version")


def _read_note(file: Path) -> str:
    try:
        version: Any = json.loads(_note(file).read_text())
    except (OSError, ValueError):
        return ""  # no note, or half a one: the file is fetched from its beginning
    return version if isinstance(version, str) else ""


def _check_zip(path: Path) -> None:
    """Every member must have the checksum that the archive says; a file that has not is deleted."""
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
    except zipfile.BadZipFile:
        broken = path.name
    if broken is not None:
        path.unlink()
        raise NotReady(f"{path.name} came damaged and was deleted; run the same command again.")
