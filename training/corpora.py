"""Readers of the public corpora that may be trained on, as texts with the spans of their place names.

Which corpora these are, and under which licences, is told in docs/models.md. Their files are not part of this project: the
folder that holds them is an argument of the trainers.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.recognition.tokens import tokenize
from app.recognition.words import words
from training.reports import all_reports

GUM_SOURCES = ("news", "bio", "interview", "voyage")
"""GUM genres whose texts are under CC BY or CC BY-SA (Wikimedia projects)."""
TWEETS = 1200
_CAPITALISED = re.compile(
    r"[A-Z][\w'’.-]*(?:[ -](?:al|el|as|ash|ad|ez|ed|de|la|of the|of|the|and)?[ -]?[A-Z][\w'’-]*)*"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the (start, end) of its place names, demonyms and parts of names left out where `complete` is
    False.
    """

    id: str
    text: str
    spans: tuple[tuple[int, int], ...]
    corpus: str
    complete: bool = False


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)


def _plain(row: dict[str, Any], corpus: str) -> Example:
    spans = {_trimmed(row["text"], t["start"], t["end"]) for t in row["toponyms"]}
    return Example(f"{corpus}-{row['id']}", row["text"], tuple(sorted(s for s in spans if s[0] < s[1])), corpus)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without small words at its ends, which our guide leaves outside: "the Huallaga river" is Huallaga."""
    while match := re.match(r"(?:the|The|[^\W\d_A-Z]\S*)\s+", text[start:end]):
        start += match.end()
    while match := re.search(r"\s+[a-z]\S*$", text[start:end]):
        end -= match.end() - match.start()
    if not any(letter.isupper() for letter in text[start:end]):
        return start, start
    return start, end


def _names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The capitalised names in a described place: "the Iraqi city of Mosul" holds Mosul."""
    for match in re.finditer(r"[^,;()]+", text[start:end]):
        at = start + match.start()
        for name in _CAPITALISED.finditer(text, at, start + match.end()):
            first = name.start()
            last = name.end()
            word = text[first:last]
            for article in ("The ", "A ", "An "):
                if word.startswith(article):
                    first += len(article)
            parts = text[first:last].split()
            while parts and parts[0].lower() in words().demonyms:
                first += len(parts[0]) + 1
                parts = parts[1:]
            direction = parts and parts[0].lower() in {"northern", "southern", "eastern", "western", "central"}
            if len(parts) == 2 and direction:
                first += len(parts[0]) + 1
            if text[first:last].endswith(("'s", "’s")):
                last -= 2
            if last - first > 1 and parts and parts[0] not in {"The", "A", "An"}:
                yield first, last


def _re3d(folder: Path) -> Iterator[Example]:
    for row in _rows(folder / "re3d_a.jsonl.gz"):
        text, spans = row["text"], set()
        for span in row["toponyms"]:
            spans |= set(_names_in(text, span["start"], span["end"]))
        taken = sorted(spans)
        kept = [s for s in taken if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in taken)]
        yield Example(f"re3d-{row['id']}", text, tuple(kept), "re3d")


def _wikigold(folder: Path) -> Iterator[Example]:
    for row in _rows(folder / "wikigold.jsonl.gz"):
        yield _plain(row, "wikigold")


def _uner(folder: Path) -> Iterator[Example]:
    for row in _rows(folder / "uner_en.jsonl.gz"):
        yield _plain(row, "uner")


def _gum(folder: Path) -> Iterator[Example]:
    for row in _rows(folder / "gum.jsonl.gz"):
        if str(row["source"]).split()[0] in GUM_SOURCES:
            text, spans = row["text"], []
            for span in row["toponyms"]:
                spans += [_trimmed(text, *name) for name in _names_in(text, span["start"], span["end"])]
            spans = [name for name in spans if name[0] < name[1]]
            yield Example(f"gum-{row['id']}", text, tuple(sorted(set(spans))), "gum")


def _tweets(folder: Path) -> Iterator[Example]:
    rows = [row for row in _rows(folder / "idrisi_spans_en.jsonl.gz") if row["toponyms"] or len(row["text"]) > 120]
    random.Random(1).shuffle(rows)
    kept = 0
    for row in rows:
        bounds = tokenize(row["text"])
        starts, ends = {t.start for t in bounds}, {t.end for t in bounds}
        if all(t["start"] in starts and t["end"] in ends for t in row["toponyms"]):
            yield _plain(row, "idrisi")
            kept += 1
            if kept == TWEETS:
                return


def own() -> Iterator[Example]:
    """Our own annotated reports; their demonyms and parts of names are marked as well."""
    for report in all_reports():
        yield Example(report.id, report.text, tuple((m.start, m.end) for m in report.marks), "own", complete=True)


_READERS = {"re3d": _re3d, "wikigold": _wikigold, "uner": _uner, "gum": _gum, "idrisi": _tweets}


def public(folder: Path, names: Sequence[str]) -> Iterator[Example]:
    """The named public corpora of the folder."""
    for name in names:
        yield from _READERS[name](folder)
