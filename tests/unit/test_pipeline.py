"""What holds for every text that `geoparse` reads: it answers, points into the text exactly, and always says the
same.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.documents import MAX_TEXT, Article, Document, Hints
from app.formats.document import document_to_dict
from app.pipeline import geoparse
from app.places import Gazetteer
from tests.checks import assert_offsets
from tests.compiled import compiled_gazetteer
from tests.factories import NoPlaces
from training.reports import all_reports

TESTS = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)
PUBLISHED = date(2023, 4, 5)
SAMPLE = """KRAMATORSK, April 5 - Missiles struck Kostiantynivka on Tuesday, killing five people and wounding nine.
Clashes between the army and rebels broke out near Bakhmut on Monday. Russia denied shelling Chasiv Yar.
Talks will be held in Geneva next week."""


def _read(text: str, places: Gazetteer, **fields: object) -> Document:
    return geoparse(Article(text, **{"published": PUBLISHED} | fields), places, today=TODAY)  # type: ignore[arg-type]


# Words that reach deep into the rules, and characters that break careless offsets.
_WORDS = st.sampled_from([
    "Clashes", "between", "Syria", "Dara’a", "al-Balad", "near", "13 km north of", "5 July 2018", "on Thursday",
    "at least 12", "killed", "were", "and", "or", ".", ",", ";", "“", "”", "\"", "TEHRAN, July 05 -", "said",
    "according to", "the", "will", "talks", "a day earlier", "31/02/2023", "in 0000", "999 years ago", "next year",
    "Mr.", "U.S.",
    "الاشتباكات في درعا", "דמשק", "Київ", "मुंबई", "မြန်မာ", "東京で", "e\u0301", "D\u0323ara\u0304", "👩‍👩‍👧‍👦", "🇸🇾",
    "\u202e", "\u200f", "\u200b", "\ufeff", "İstanbul", "ẞ", "ﬁre", "Ⅻ", "٣٢", "²",
    "\r\n", "\n\n", "\u2028", "\t", "\xa0",
    "x" * 3000, "-" * 50, "12.5 N, 36.2 E", "91.0 N 500.0 E", "999999999999999999999 people killed",
])  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=400), st.lists(_WORDS, min_size=1, max_size=40).map(" ".join))
_DAYS = st.one_of(st.none(), st.dates())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS, title=st.one_of(st.none(), _TEXTS), published=_DAYS)
def test_any_text_is_read(places: Gazetteer, text: str, title: str | None, published: date | None) -> None:
    document = _read(text, places, title=title, published=published)
    assert_offsets(text, document)
    wire = document_to_dict(document)
    assert json.loads(json.dumps(wire, allow_nan=False)) == wire, "what goes out is plain JSON"
    assert wire["document"]["language"] == document.language
    spans = [(one["start"], one["end"]) for one in wire["toponyms"]]
    assert spans == [(one.start, one.end) for one in document.toponyms]


@pytest.mark.parametrize("text", [
    "\ud800 Clashes in Daraa on Thursday.",  # a lone surrogate, as a broken decoder leaves it
    "\x00Clashes\x00 in Daraa\x00.",  # NUL
    ".", "“”", "-", "\u0301", "\r\n\r\n", " ",  # nothing to read
    "Clashes " * 500,  # no full stop, no place
    "THE ARMY SHELLED DARAA ON THURSDAY AND KILLED FIVE PEOPLE",  # all in capitals
])  # fmt: skip
def test_odd_texts_are_read(places: Gazetteer, text: str) -> None:
    assert_offsets(text, _read(text, places))


def test_every_report_of_the_training_is_read(places: Gazetteer) -> None:
    """430 reports of all kinds, whole: no word of them may lead a rule astray ("the far side of the border")."""
    for report in all_reports():
        assert_offsets(report.text, _read(report.text, places, title=report.fields.get("title")))


def test_gazetteer_without_places_empties_no_document() -> None:
    """Without any place there are still triggers, days and tolls."""
    document = geoparse(Article(SAMPLE, published=PUBLISHED), NoPlaces(), today=TODAY)
    assert [event.kind for event in document.events][:1] == ["missile_strike"]
    assert [event.place for event in document.events][:1] == [None]
    assert document.focus == ()


def _facts(document: Document) -> list[tuple[object, ...]]:
    """What each event says, without offsets."""
    return [
        (
            event.kind,
            event.status,
            event.date and (event.date.start, event.date.end),
            event.place and event.place.place.id,
            event.fatalities,
            [actor.name for actor in event.actors],
            event.confidence,
        )
        for event in document.events
    ]


@pytest.mark.parametrize(("prefix", "why"), [
    ("🚨\n", "one code point outside the basic plane, two UTF-16 units"),
    ("👩‍👩‍👧‍👦\n", "a family: seven code points, one glyph"),
    ("🇸🇾\n" * 5, "flags are pairs of letters"),
    ("\u202b\n", "a right-to-left mark of its own"),
    ("\ufeff\n", "a byte order mark that was decoded as text"),
    ("e\u0301e\u0301\n", "combining accents count as characters"),
    ("\r\n\r\n", "blank lines of another system"),
])  # fmt: skip
def test_offsets_move_with_what_stands_before(places: Gazetteer, prefix: str, why: str) -> None:
    plain, moved = _read(SAMPLE, places), _read(prefix + SAMPLE, places)
    assert _facts(moved) == _facts(plain), why
    assert [e.trigger.start for e in moved.events] == [e.trigger.start + len(prefix) for e in plain.events]
    assert [(t.start, t.text) for t in moved.toponyms] == [(t.start + len(prefix), t.text) for t in plain.toponyms]
    assert_offsets(prefix + SAMPLE, moved)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=st.lists(st.sampled_from("🚀🕊🇺🇦👍🏽❤️⚠️"), min_size=1, max_size=30))
def test_any_row_of_emoji_only_moves_offsets(places: Gazetteer, marks: list[str]) -> None:
    prefix = "".join(marks) + "\n"
    plain, moved = _read(SAMPLE, places), _read(prefix + SAMPLE, places)
    assert _facts(moved) == _facts(plain)
    assert [e.evidence.start - len(prefix) for e in moved.events] == [e.evidence.start for e in plain.events]


def test_line_ends_change_nothing_but_offsets(places: Gazetteer) -> None:
    windows = SAMPLE.replace("\n", "\r\n")
    plain, other = _read(SAMPLE, places), _read(windows, places)
    assert _facts(other) == _facts(plain)
    assert [e.trigger.text for e in other.events] == [e.trigger.text for e in plain.events]
    assert_offsets(windows, other)


@pytest.mark.parametrize(("text", "mention", "country"), [
    # macron and dot below as marks of their own
    ("Les combats à Dar\u0323a\u0304. Clashes in Dar\u02bfa\u0304 killed two.", "Dar\u02bfa\u0304", "SY"),
    ("🚨🚨 Clashes in Aleppo killed two people.", "Aleppo", "SY"),
    # right-to-left text before and behind
    ("قال المصدر. Clashes in Aleppo killed two people. وشهدت المدينة هدوءا.", "Aleppo", "SY"),
    ("Clashes\r\nbroke out.\r\nClashes in Aleppo killed two people.\r\n", "Aleppo", "SY"),
])  # fmt: skip
def test_mention_is_found_at_its_place(places: Gazetteer, text: str, mention: str, country: str) -> None:
    document = _read(text, places)
    found = [t for t in document.toponyms if t.text == mention]
    assert found
    assert all(t.start == text.index(mention) and t.place and t.place.country == country for t in found)
    assert [e.place.place.id for e in document.events if e.place and e.place.start == found[0].start] == [
        t.place.id for t in found if t.place
    ]


def test_title_votes_but_owns_no_offset(places: Gazetteer) -> None:
    """ "Tripoli" alone is in Libya; under a headline on Lebanon it is the Lebanese port."""
    text = "Clashes broke out in Tripoli on Tuesday."
    assert {t.place.country for t in _read(text, places).toponyms if t.place} == {"LY"}
    headed = _read(text, places, title="Lebanon: army sent to the north of Lebanon")
    assert [(t.text, t.place and t.place.country) for t in headed.toponyms] == [("Tripoli", "LB")]


def test_hints_turn_the_balance(places: Gazetteer) -> None:
    text = "Clashes broke out in Tripoli on Tuesday."
    hinted = _read(text, places, hints=Hints(countries=("LB",)))
    assert {t.place.country for t in hinted.toponyms if t.place} == {"LB"}


def test_today_bounds_the_year_of_a_dateline(places: Gazetteer) -> None:
    """14 March was a Friday in 2025, 2014 and 2008: the last one that is not in the future counts."""
    article = Article("KHARTOUM, March 14 - Clashes broke out in Omdurman on Friday, residents said.")
    for today, year in ((date(2026, 11, 23), 2025), (date(2024, 1, 1), 2014), (date(2013, 6, 1), 2008)):
        found = geoparse(article, places, today=today)
        assert found.date is not None
        assert found.date.start == date(year, 3, 14)


def test_same_article_gives_the_same_document(places: Gazetteer) -> None:
    assert _read(SAMPLE, places) == _read(SAMPLE, places)


_PRINT_DOCUMENT = """
import json, sys
from datetime import date
from app.domain.documents import Article
from app.formats.document import document_to_dict
from app.pipeline import geoparse
from app.places import load_places
from pathlib import Path
document = geoparse(Article(sys.stdin.read(), published=date(2023, 4, 5)), load_places(Path(sys.argv[1])))
print(json.dumps(document_to_dict(document)))
"""


def test_order_of_hashes_changes_no_byte() -> None:
    """Sets iterate in another order in each process; the document must not show it."""
    articles = [path.read_text(encoding="utf-8") for path in sorted((TESTS / "golden").glob("*.txt"))]

    def run(seed: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-c", _PRINT_DOCUMENT, str(compiled_gazetteer())],
            input="\n".join([SAMPLE, *articles]).encode(),
            capture_output=True,
            check=True,
            cwd=TESTS.parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        return done.stdout

    first = run("1")
    assert b"missile_strike" in first
    assert run("2") == first


def _seconds(work: Callable[[], object]) -> float:
    """Of processor time: what other processes do while the work waits does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


SHAPES = {
    # an article like any other, only longer
    "news": SAMPLE + "\n",
    # one sentence that never ends
    "no-full-stop": "clashes in Aleppo and Homs near Hama killed two people on Monday and ",
    # no white space at all to cut at
    "one-word": "Aleppo-",
    "capitals": "Northern Aleppo Homs Hama Idlib ",
    "dates": "on 5 July 2018, two days earlier, ",
    "quotes": "“Clashes,” said the army, “in Aleppo” ",
    "offsets": "13 km north of Aleppo between Homs and Hama ",
    "numbers": "12 and 13 people killed or wounded 14, ",
    "commas": "in Aleppo, Homs, Hama, ",
    "lines": "Clashes in Aleppo\n",
    "brackets": "(((",
    # nothing but white space between two words
    "spaces": " ",
    "blank-lines": " \r\n\t",
    "initials": "A.",
}  # fmt: skip


def _long(shape: str, length: int) -> str:
    unit = SHAPES[shape]
    return "Homs" + (unit * (length // len(unit)))[: length - 8] + "Hama"


@pytest.mark.parametrize(("shape", "length"), [("news", MAX_TEXT), *((shape, 40_000) for shape in SHAPES)])
def test_time_grows_with_the_length_and_no_faster(places: Gazetteer, shape: str, length: int) -> None:
    """Four times the text in less than eight times the time, whatever the text looks like."""
    short, long = _long(shape, length // 4), _long(shape, length)
    _read(short[:2000], places)  # word lists and the gazetteer's cache are loaded before the clock runs
    quick = min(_seconds(lambda: _read(short, places)) for _ in range(3))
    # The best of three counts here too; further ones are only run when the first is too slow.
    assert any(_seconds(lambda: _read(long, places)) < 8 * quick for _ in range(3))
