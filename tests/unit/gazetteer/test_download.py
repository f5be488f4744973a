"""Fetching from GeoNames, tried against a server of our own that breaks off, changes its mind, and lies."""

import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from app.errors import BadInput, NotReady
from gazetteer.layers.add import add_geonames, fetched
from gazetteer.layers.download import fetch
from tests.few_places import write_gazetteer
from tests.unit.gazetteer.test_layers import NASSIB

UNITS = "SY.06\tDaraa\tDaraa\t170903\n"
DISTRICTS = "SY.06.169\tIzra District\tIzra District\t169339\n"
NAMES = "1\t168177\ten\tNaseeb Town\t1\t\t\t\t\t\n"


def packed(name: str, text: str) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return raw.getvalue()


class Dumps(ThreadingHTTPServer):
    """Serves files as GeoNames does: ranges and ETags. `breaks` answers so many times with half of what is asked."""

    def __init__(self) -> None:
        self.files = {
            "/SY.zip": packed("SY.txt", NASSIB + "\n"),
            "/alternatenames/SY.zip": packed("SY.txt", NAMES),
            "/admin1CodesASCII.txt": UNITS.encode(),
            "/admin2Codes.txt": DISTRICTS.encode(),
        }
        self.breaks = 0
        self.silent = False
        self.version = "1"
        self.asked: list[tuple[str, str | None, int]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Dumps

    def do_GET(self) -> None:
        whole = self.server.files.get(self.path)
        etag, span = f'"{self.server.version}"', self.headers.get("Range")
        if whole is None:
            status, body = 404, b"nothing here"
        elif self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        elif span and self.headers.get("If-Range") == etag:
            status, body = 206, whole[int(span.removeprefix("bytes=").rstrip("-")) :]
        else:
            status, body = 200, whole
        self.server.asked.append((self.path, span, status))
        self.send_response(status)
        self.send_header("ETag", etag)
        if status == 206 and whole is not None:
            self.send_header("Content-Range", f"bytes {len(whole) - len(body)}-{len(whole) - 1}/{len(whole)}")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.server.breaks and status in {200, 206}:
            self.server.breaks -= 1
            body = body[: len(body) // 2]
        if self.server.silent:
            body = b""
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def dumps() -> Iterator[Dumps]:
    server = Dumps()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ignore(_done: int, _total: int | None) -> None:
    """Progress that nobody watches."""


def test_a_country_is_fetched_and_added(dumps: Dumps, tmp_path: Path) -> None:
    write_gazetteer(tmp_path / "gazetteer.sqlite")
    table, alternates, units = fetched(tmp_path, "SY", dumps.address, ignore)
    layer = add_geonames(tmp_path, table, alternates=alternates, unit_names=units, origin=f"{dumps.address}/SY.zip")
    assert (layer.name, layer.meta["places"], layer.meta["origin"]) == ("geonames-SY", 1, f"{dumps.address}/SY.zip")
    assert {path for path, _, _ in dumps.asked} == set(dumps.files)


def test_progress_is_told(dumps: Dumps, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", lambda done, total: told.append((done, total)))
    size = len(dumps.files["/SY.zip"])
    assert told[-1] == (size, size)


def test_a_broken_line_goes_on_where_it_broke(dumps: Dumps, tmp_path: Path) -> None:
    dumps.breaks = 2
    target = fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    assert target.read_bytes() == dumps.files["/SY.zip"]
    assert [status for _, _, status in dumps.asked] == [200, 206, 206]


def test_a_later_call_goes_on_too(dumps: Dumps, tmp_path: Path) -> None:
    dumps.breaks = 99
    with pytest.raises(NotReady, match="run the same command again"):
        fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    half = (tmp_path / "SY.zip.part").stat().st_size
    assert 0 < half < len(dumps.files["/SY.zip"])
    dumps.breaks = 0
    fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    assert dumps.asked[-1] == ("/SY.zip", f"bytes={half}-", 206)
    assert (tmp_path / "SY.zip").read_bytes() == dumps.files["/SY.zip"]


def test_half_of_an_older_version_is_thrown_away(dumps: Dumps, tmp_path: Path) -> None:
    dumps.breaks = 99
    with pytest.raises(NotReady):
        fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    dumps.breaks, dumps.version = 0, "2"
    dumps.files["/SY.zip"] = packed("SY.txt", NASSIB.replace("Nassib", "Other") + "\n")
    fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    assert dumps.asked[-1][2] == 200
    assert (tmp_path / "SY.zip").read_bytes() == dumps.files["/SY.zip"]


def test_what_is_here_is_not_fetched_again_until_it_changes(dumps: Dumps, tmp_path: Path) -> None:
    for version, statuses in (("1", [200]), ("1", [304]), ("2", [200])):
        dumps.version, dumps.asked = version, []
        fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
        assert [status for _, _, status in dumps.asked] == statuses


def test_a_line_that_breaks_before_the_first_byte_does_not_make_the_old_file_new(dumps: Dumps, tmp_path: Path) -> None:
    fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    old = (tmp_path / "SY.zip").read_bytes()
    dumps.version, dumps.silent = "2", True
    dumps.files["/SY.zip"] = packed("SY.txt", NASSIB.replace("Nassib", "Other") + "\n")
    with pytest.raises(NotReady):
        fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    assert (tmp_path / "SY.zip").read_bytes() == old
    dumps.silent = False
    fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    assert (tmp_path / "SY.zip").read_bytes() == dumps.files["/SY.zip"]


def test_a_damaged_archive_is_deleted(dumps: Dumps, tmp_path: Path) -> None:
    good = dumps.files["/SY.zip"]
    dumps.files["/SY.zip"] = good[:60] + bytes([good[60] ^ 0xFF]) + good[61:]
    with pytest.raises(NotReady, match="came damaged"):
        fetch(f"{dumps.address}/SY.zip", tmp_path / "SY.zip", ignore)
    assert not (tmp_path / "SY.zip").exists()


def test_a_country_that_is_not_offered(dumps: Dumps, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"XX.zip is not offered \(404\)"):
        fetched(tmp_path, "XX", dumps.address, ignore)
    with pytest.raises(BadInput, match="alpha-2"):
        fetched(tmp_path, "../etc", dumps.address, ignore)


def test_no_network_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match=r"cannot be reached .* use --file"):
        fetch("http://127.0.0.1:9/SY.zip", tmp_path / "SY.zip", ignore)
    with pytest.raises(BadInput, match="https://"):
        fetch("file:///etc/passwd", tmp_path / "SY.zip", ignore)
