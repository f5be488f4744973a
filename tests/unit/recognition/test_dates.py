"""Date expressions in our own sentences: which words are found, and which days they mean.

The anchor is Wednesday, 5 April 2023, unless a row says otherwise.
"""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recognition.dates import find_dates, resolve

WEDNESDAY = date(2023, 4, 5)


def _days(start: str, end: str | None = None) -> tuple[date, date]:
    return date.fromisoformat(start), date.fromisoformat(end or start)


# text with the words in [brackets], first day, last day (None: one day)
PAST = [
    # written out: the order of day, month and year, ordinals, commas
    ("Shells fell on [11 February 2022] at noon.", "2022-02-11", None),
    ("Shells fell on [February 11, 2022], at noon.", "2022-02-11", None),
    ("On the road, on [the 3rd of March 2021], a mine went off.", "2021-03-03", None),
    ("The order of [2021-09-30] was lifted.", "2021-09-30", None),
    ("The ambush of [Sunday, 26 March], was filmed.", "2023-03-26", None),
    ("The ambush of [Sunday, March 26], was filmed.", "2023-03-26", None),
    ("They met on [SATURDAY, APRIL 1] in Doha.", "2023-04-01", None),
    ("They met on [Sept. 4, 2019] in Doha.", "2019-09-04", None),
    # no year: the last such day that is not in the future
    ("The bridge fell on [2 April].", "2023-04-02", None),
    ("The bridge fell on [6 April].", "2022-04-06", None),
    ("The bridge fell on [31 December].", "2022-12-31", None),
    ("He was shot on [5 April last year].", "2022-04-05", None),
    # the weekday proves which year is meant: 8 March was a Tuesday in 2022, a Wednesday in 2023
    ("They marched on [Tuesday 8 March].", "2022-03-08", None),
    # figures with slashes and dots: day first, unless only the other reading is a date
    ("The log says [14/02/2023].", "2023-02-14", None),
    ("The log says [02/14/2023].", "2023-02-14", None),
    ("The log says [1.3.2023].", "2023-03-01", None),
    ("They were seen on [28/03].", "2023-03-28", None),
    # ranges
    ("Fighting raged [from 28 February to 3 March 2022] there.", "2022-02-28", "2022-03-03"),
    ("Fighting raged [from December 30 to January 2].", "2022-12-30", "2023-01-02"),
    ("Fighting raged on [14-16 January 2023].", "2023-01-14", "2023-01-16"),
    ("Fighting raged [between March 1 and 4].", "2023-03-01", "2023-03-04"),
    ("It burned in [the night of 2 to 3 April].", "2023-04-02", "2023-04-03"),
    ("It burned [from Monday to Tuesday].", "2023-04-03", "2023-04-04"),
    # stretches of years
    ("The town was emptied in the war of [1999-2003].", "1999-01-01", "2003-12-31"),
    ("They were starved in the siege of [1993-94].", "1993-01-01", "1994-12-31"),
    ("The camp (which stood from [2011 to 2014]) is gone.", "2011-01-01", "2014-12-31"),
    # the day of a month, whatever follows but a noun that is counted
    ("They were shot on the [3rd] from a roof.", "2023-04-03", None),
    # months, parts of months, years, seasons
    ("The siege began in [March 2011].", "2011-03-01", "2011-03-31"),
    ("The siege began in [February].", "2023-02-01", "2023-02-28"),
    ("The siege began in [May].", "2022-05-01", "2022-05-31"),
    ("The siege began in [February 2020].", "2020-02-01", "2020-02-29"),
    ("The siege began in [early March].", "2023-03-01", "2023-03-10"),
    ("The siege began in [mid-March].", "2023-03-11", "2023-03-20"),
    ("The siege began at [the end of March].", "2023-03-21", "2023-03-31"),
    ("The siege began in [the second week of March].", "2023-03-08", "2023-03-14"),
    ("The siege began in [2016].", "2016-01-01", "2016-12-31"),
    ("The siege began in [the summer of 2014].", "2014-06-01", "2014-08-31"),
    ("The siege began in [the winter of 2014].", "2014-12-01", "2015-02-28"),
    ("The siege began in [late 2015].", "2015-09-01", "2015-12-31"),
    # weekdays look back, today's own name is today
    ("Two were killed on [Tuesday].", "2023-04-04", None),
    ("Two were killed on [Wednesday].", "2023-04-05", None),
    ("Two were killed on [Thursday].", "2023-03-30", None),
    ("Two were killed [last Wednesday].", "2023-03-29", None),
    ("Two were killed on [Sunday night] near the mill.", "2023-04-02", None),
    ("Two were killed on [Friday last week].", "2023-03-31", None),
    # day words
    ("Two were killed [yesterday evening].", "2023-04-04", None),
    ("Two were killed [the day before yesterday].", "2023-04-03", None),
    ("Two were killed [last night].", "2023-04-04", None),
    ("Two were killed [this morning].", "2023-04-05", None),
    ("Two were killed [overnight].", "2023-04-04", "2023-04-05"),
    # counted back
    ("Two were killed [three days ago].", "2023-04-02", None),
    ("Two were killed [a week ago].", "2023-03-29", None),
    ("Two were killed [about 36 hours ago].", "2023-04-04", None),
    ("He was jailed [two months ago].", "2023-02-01", "2023-02-28"),
    ("He was jailed [five years ago].", "2018-01-01", "2018-12-31"),
    ("Forty raids came [over the past 48 hours].", "2023-04-03", "2023-04-05"),
    ("Forty raids came in [the last three days].", "2023-04-02", "2023-04-05"),
    # whole periods of the calendar, weeks from Monday
    ("Forty raids came [last week].", "2023-03-27", "2023-04-02"),
    ("Forty raids came [late last week].", "2023-03-31", "2023-04-02"),
    ("Forty raids came [early last week].", "2023-03-27", "2023-03-28"),
    ("Forty raids came [this month].", "2023-04-01", "2023-04-30"),
    ("Forty raids came [last year].", "2022-01-01", "2022-12-31"),
    ("Forty raids came [over the weekend].", "2023-04-01", "2023-04-02"),
    ("Forty raids came [earlier this week].", "2023-04-03", "2023-04-05"),
    ("Forty raids came at [the end of last month].", "2023-03-21", "2023-03-31"),
    # "since" opens a span that lasts until the article's day
    ("The town has been cut off since [Sunday].", "2023-04-02", "2023-04-05"),
    ("The town has been cut off since [28 March].", "2023-03-28", "2023-04-05"),
    # feasts with a fixed day
    ("The truce of [Christmas Eve] broke down.", "2022-12-24", None),
    # years of other centuries count behind a day and a month
    ("The fort fell on [2 May 1782].", "1782-05-02", None),
    ("The fort fell on [9-May-2006].", "2006-05-09", None),
    # the lunar calendar: a year of its own, a common year, none; spellings; feasts
    ("The truce of [20 Shawwal 1439] held.", "2018-07-04", None),
    ("The truce of [the 10th of Muharram] held.", "2022-08-08", None),
    ("The truce of [3 Ramadan 1439 AH] held.", "2018-05-18", None),
    ("The truce of [Dhul-Hijjah 10, 1440] held.", "2019-08-11", None),
    ("The truce of [15 Sha’ban] held.", "2023-03-07", None),
    ("Dozens were held during [Ramadan 2018].", "2018-05-16", "2018-06-14"),
    ("Dozens were held during [Ramadan].", "2023-03-23", "2023-04-20"),
    ("Dozens were held on [Eid al-Adha 2022].", "2022-07-09", "2022-07-12"),
    ("Dozens were held on [Ashura].", "2022-08-08", None),
    # the solar one
    ("The decree of [14 Tir 1397] was read.", "2018-07-05", None),
    ("They rallied on [22 Bahman].", "2023-02-11", None),
    ("They rallied in [Bahman 1398].", "2020-01-21", "2020-02-19"),
]  # fmt: skip


def _asked(text: str) -> tuple[str, str, int]:
    """(the text without brackets, the words in them, where they start)"""
    start, end = text.index("["), text.index("]")
    return text.replace("[", "").replace("]", ""), text[start + 1 : end], start


@pytest.mark.parametrize(("marked", "start", "end"), PAST)
def test_past(marked: str, start: str, end: str | None) -> None:
    text, words, at = _asked(marked)
    (found,) = find_dates(text)
    interval = resolve(found, WEDNESDAY)
    assert interval is not None
    assert (interval.start, interval.end) == _days(start, end)
    assert text[found.start : found.end] == found.text
    assert words in found.text
    assert found.start <= at < found.end


@pytest.mark.parametrize(("marked", "start", "end"), [
    # what is still to come looks ahead
    ("Talks will resume on [Friday].", "2023-04-07", None),
    ("Talks will resume on [Wednesday].", "2023-04-05", None),
    ("Talks will resume [next Wednesday].", "2023-04-12", None),
    ("Talks will resume [tomorrow].", "2023-04-06", None),
    ("Talks will resume on [2 April].", "2024-04-02", None),
    ("Talks will resume on [20 April].", "2023-04-20", None),
    ("Talks will resume [next week].", "2023-04-10", "2023-04-16"),
    ("Talks will resume in [June].", "2023-06-01", "2023-06-30"),
    ("Talks will resume on [Eid al-Fitr].", "2023-04-21", "2023-04-23"),
    ("Talks will resume in [February].", "2024-02-01", "2024-02-29"),
    # a backward word beats the mood of the clause
    ("They will bury those killed [last Friday].", "2023-03-31", None),
])  # fmt: skip
def test_future(marked: str, start: str, end: str | None) -> None:
    text, words, _ = _asked(marked)
    (found,) = find_dates(text)
    interval = resolve(found, WEDNESDAY, tense="future")
    assert interval is not None
    assert (interval.start, interval.end) == _days(start, end)
    assert words in found.text


@pytest.mark.parametrize(("text", "day"), [
    # counted from the day told last (20 March), not from the article's own
    ("A day earlier, a convoy was hit.", "2023-03-19"),
    ("Two days later, the town fell.", "2023-03-22"),
    ("The next day, the town fell.", "2023-03-21"),
    ("The following morning the town fell.", "2023-03-21"),
    ("That night the town fell.", "2023-03-20"),
    ("The same evening, the town fell.", "2023-03-20"),
    ("The day before, the town fell.", "2023-03-19"),
    ("At dawn the town fell.", "2023-03-20"),
])  # fmt: skip
def test_counted_from_the_day_told_last(text: str, day: str) -> None:
    (found,) = find_dates(text)
    interval = resolve(found, WEDNESDAY, previous=date(2023, 3, 20))
    assert interval is not None
    assert (interval.start, interval.end) == _days(day)


@pytest.mark.parametrize("text", [
    "The 17-year-old was shot.",  # an age
    "A two-day truce was agreed.",  # a length
    "Troops may march on the town.",  # words that only look like months
    "He sat in the sun and read the mail.",
    "Some 2015 people fled.",  # a count, not a year
    "Members of the 5th Brigade entered.",  # the number of a unit
    "The May 17 Brigade claimed it.",  # a date inside a name
    "Route 2018 is closed.",
    "It costs 12.5 dollars, or 3.4 per cent more.",
    "Second Lieutenant Omar was freed.",
    "The Mondays of this world.",
    "He lives on the 15th floor of the tower.",
    "The 1999-2003 model sold well; 2003-1999 is no span.",
])  # fmt: skip
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("text", [
    "The log says 31/02/2023.",  # no such day in any order
    "The log says 2023-13-45.",
    "They met on 30 February 2023.",
    "They met on February 29, 2023.",  # no leap year
])  # fmt: skip
def test_day_that_does_not_exist(text: str) -> None:
    assert [resolve(found, WEDNESDAY) for found in find_dates(text)] == [None]


@pytest.mark.parametrize(
    "text", ["on Tuesday", "yesterday", "three days ago", "overnight", "last week", "on 5 July", "in March"]
)
def test_needs_an_anchor(text: str) -> None:
    """Words that count from the article's day mean nothing as long as that day is not known."""
    assert [resolve(found, None) for found in find_dates(f"Two were killed {text}.")] == [None]


def test_full_date_needs_no_anchor() -> None:
    (found,) = find_dates("Two were killed on 11 February 2022.")
    interval = resolve(found, None)
    assert found.is_absolute
    assert interval is not None
    assert interval.start == date(2022, 2, 11)


@pytest.mark.parametrize(("text", "anchor"), [
    ("It happened 900 years ago.", date(800, 1, 1)),  # before the calendar begins
    ("It will end next year.", date(9999, 5, 5)),  # after it ends
    ("It will end tomorrow.", date.max),
    ("It ended yesterday.", date.min),
])  # fmt: skip
def test_ends_of_the_calendar(text: str, anchor: date) -> None:
    assert [resolve(found, anchor, tense="future") for found in find_dates(text)] == [None]


def test_several_in_one_sentence() -> None:
    text = "Between 3 and 5 March, and again on Sunday, two days after the truce of 2022-11-01, shells fell."
    assert [text[e.start : e.end] for e in find_dates(text)][-3:] == ["Sunday", "two days after", "2022-11-01"]


def test_window_of_the_text() -> None:
    """Only what lies inside the offsets is read, and offsets still count from the text's beginning."""
    text = "On Monday it was calm. On Tuesday it was not."
    (found,) = find_dates(text, text.index("On Tuesday"), len(text))
    assert text[found.start : found.end] == "Tuesday"


@given(
    st.text(alphabet="0123456789/-. ,Mondayulthers agolstweki", max_size=80),
    st.dates(),
    st.sampled_from(["past", "future"]),
)
def test_any_row_of_date_letters(text: str, anchor: date, tense: str) -> None:
    found = find_dates(text)
    assert all(text[e.start : e.end] == e.text for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    intervals = [resolve(e, anchor, tense="future" if tense == "future" else "past") for e in found]
    assert all(interval.start <= interval.end for interval in intervals if interval)
