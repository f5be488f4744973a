"""The forms in which news writes a date, as numbered cases. Finding needs no calendar: `resolve.py` does the counting.

Months and weekdays count only with a capital letter, because "may", "march" and "sun" are ordinary words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.recognition.dates.other_months import ANY_MONTH, CLEAR_MONTH, FEAST, FIRST_WORDS, LONE_MONTH

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NUMBER_WORDS = {
    word: number
    for number, words in {
        1: "a an one", 2: "two couple", 3: "three few", 4: "four several", 5: "five", 6: "six", 7: "seven", 8: "eight",
        9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 14: "fourteen", 20: "twenty", 24: "twenty-four",
        48: "forty-eight", 72: "seventy-two",
    }.items()
    for word in words.split()
}  # fmt: skip
ORDINAL_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


def _cased(words: Sequence[str]) -> str:
    """Each word capitalised or in full capitals, with its usual abbreviations."""
    forms = []
    for word in words:
        short = {"September": "Sept?", "Tuesday": "Tues?", "Thursday": "Thurs?"}.get(word, word[:3])
        pair = rf"{word}|{word.upper()}" + (
            "" if word == "May" else rf"|{short}\b\.?|{short.upper().replace('?', '?')}\b\.?"
        )
        forms.append(pair)
    return "(?-i:" + "|".join(forms) + ")"


MONTH = _cased(MONTHS)
WEEKDAY = "(?-i:" + "|".join(rf"{word}|{word.upper()}" for word in WEEKDAYS) + r"|Mon\b|Tues?\b|Wed\b|Thurs?\b|Fri\b)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|ST|ND|RD|TH)?(?![\d:%]|[.,]\d)"
YEAR = r"(?:19|20)\d\d(?!\d)"
WRITTEN_YEAR = r"(?:1[0-9]|20)\d\d(?!\d)"
"""Behind a day and a month any year of four figures is one."""
ANY_YEAR = r"(?:1[34]\d\d|(?:19|20)\d\d)(?!\d)"
"""A year of the lunar, the solar or the common calendar."""
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"
UNIT = r"(?:hour|day|night|week|month|year)"
PART = r"(?:morning|afternoon|evening|night|noon|midday|dawn|dusk|daybreak|sunrise|sunset|midnight|lunchtime)"
DASH = r"\s?(?:-|–|—|to|and|until|till|through|/)\s?"
_AFTER_DAY = "from|by|near|outside|inside|after|before|as|but|while|with|for|to|of|on|it|they|he|she|we|the|an?"
WHICH_YEAR = rf"(?:(?:,?\s+(?:of\s+)?|,)(?P<year>{WRITTEN_YEAR})|,?\s+(?P<whichyear>last|this|next)\s+year)"

# (case, regular expression). Earlier cases win where two match at the same place; a longer match wins otherwise.
_CASES: tuple[tuple[str, str], ...] = (
    # 1  2018-07-05
    ("iso", r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    # 2  03/07/2018, 3.7.2018: day first, unless only the other reading is a date
    ("slashed", r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?!\d)"),
    # 2a 8-May-2006
    ("day", rf"(?P<day>{DAY})-(?P<month>{MONTH})-(?P<year>{WRITTEN_YEAR})"),
    # 2b on 30/03, Sat 26/03: day and month alone only behind "on", "of" or a weekday
    ("slashed_day", rf"(?:(?:{WEEKDAY}|Sat\b|Sun\b),?\s+|(?<=on\s)|(?<=of\s))(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/])(?!\s+{MONTH})"),
    # 3  from 28 June to 2 July 2018
    ("range_months", rf"(?:(?:from|between)\s+)?(?P<d1>{DAY})\s+(?P<m1>{MONTH}){DASH}(?P<d2>{DAY})\s+(?P<m2>{MONTH}){WHICH_YEAR}?"),
    # 4  from June 28 to July 2, 2018
    ("range_months", rf"(?:(?:from|between)\s+)?(?P<m1>{MONTH})\s+(?P<d1>{DAY}){DASH}(?P<m2>{MONTH})\s+(?P<d2>{DAY}){WHICH_YEAR}?"),
    # 5  10-11 January 2024, the night of 4 to 5 June, 3/4 June
    ("range_days", rf"(?:(?:the\s+)?night\s+(?:of|from)\s+)?(?:(?:from|between)\s+)?(?:the\s+)?(?P<d1>{DAY}){DASH}(?:the\s+)?(?P<d2>{DAY})\s+(?:of\s+)?(?P<month>{MONTH}){WHICH_YEAR}?"),
    # 6  between July 1 and 3
    ("range_days", rf"(?:(?:from|between)\s+)?(?P<month>{MONTH})\s+(?P<d1>{DAY}){DASH}(?P<d2>{DAY}){WHICH_YEAR}?"),
    # 7  Thursday, 5 July 2018; the 7th of October; 5 July last year
    ("day", rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?(?:the\s+)?(?P<day>{DAY})(?:\s+of)?\s+(?P<month>{MONTH}){WHICH_YEAR}?"),
    # 8  Thursday, July 5, 2018; July 05
    ("day", rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?(?P<month>{MONTH})\s+(?P<day>{DAY}){WHICH_YEAR}?"),
    # 9  mid-January, late September 2015, the end of May, the first week of June
    ("month_part", rf"(?:(?:the\s+)?(?:(?P<part>early|mid|late)(?:\s+(?:of|in)|-)?|(?P<part_of>beginning|start|middle|end)\s+of)\s*|the\s+(?P<nth>first|second|third|fourth|last)\s+week\s+of\s+)(?P<month>{MONTH}){WHICH_YEAR}?"),
    ("month_week", r"the\s+(?P<nth>first|second|third|fourth|last)\s+week\s+of\s+(?:the|this|last)\s+month"),
    # 9b fixed feasts: New Year's Eve, Christmas
    ("feast", rf"(?P<feast>(?-i:New\s+Year[’']s\s+(?:Eve|Day)|Christmas\s+(?:Eve|Day)|Christmas|Boxing\s+Day|May\s+Day))(?:\s+(?P<year>{YEAR}))?"),
    # 9c other calendars: 20 Shawwal 1439, the 10th of Muharram, 22 Bahman; Ramadan 2018; during Ramadan; Eid al-Adha
    ("other_day", rf"(?:the\s+)?(?P<day>{DAY})(?:\s+of)?\s+(?:(?P<month>{ANY_MONTH}),?\s+(?P<year>{ANY_YEAR})(?:\s+A\.?H\b)?)"),
    ("other_day", rf"(?:the\s+)?(?P<day>{DAY})(?:\s+of)?\s+(?P<month>{CLEAR_MONTH})"),
    ("other_day", rf"(?P<month>{ANY_MONTH})\s+(?P<day>{DAY}),?\s+(?P<year>{ANY_YEAR})"),
    ("other_month", rf"(?P<month>{ANY_MONTH})\s+(?P<year>{ANY_YEAR})"),
    ("other_month", rf"(?:(?<=in\s)|(?<=during\s)|(?<=since\s)|(?<=throughout\s)|(?<=month\sof\s))(?P<month>{LONE_MONTH})"),
    ("other_feast", rf"(?P<feast>{FEAST})(?:\s+(?P<year>{ANY_YEAR}))?"),
    # 10 early 2016, the end of last month, earlier this week
    ("year_part", rf"(?P<part>early|mid|late)[- ](?P<year>{YEAR})"),
    ("period_part", r"(?:at\s+)?(?:the\s+)?(?P<part>early|late|beginning|start|end|middle|earlier|later)(?:\s+(?:of|in))?\s+(?P<which>this|last|next|the)\s+(?P<period>week|month|year)\b"),
    # 11 August last year, March 2011
    ("month", rf"(?P<month>{MONTH}){WHICH_YEAR}"),
    # 12 the summer of 2014
    ("season", rf"(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<year>{YEAR})"),
    # 13 in February: a bare month needs a word before it that makes it one
    ("month", rf"(?<=\b)(?:(?P<which>last|next|this)\s+|(?<=in\s)|(?<=since\s)|(?<=for\s)|(?<=until\s)|(?<=by\s)|(?<=during\s)|(?<=from\s)|(?<=of\s)|(?<=and\s))(?P<month>{MONTH})(?!\s*\d|[-'’])"),
    # 14 in 2011: a bare year needs such a word as well ("2011 people" is a count)
    ("year", rf"(?:(?<=in\s)|(?<=since\s)|(?<=until\s)|(?<=during\s)|(?<=from\s)|(?<=of\s)|(?<=by\s)|(?<=before\s)|(?<=after\s))(?P<year>{YEAR})(?!\s*(?:people|men|women|families|homes|\d|[-–]))"),
    # 14b the war of 1999-2003, between 1993 and 1994
    ("years", rf"(?:(?<=in\s)|(?<=of\s)|(?<=from\s)|(?<=between\s)|(?<=during\s)|(?<=\())(?P<year>{YEAR})(?:-|–|/|\s+(?:to|and)\s+)(?P<until>(?:(?:19|20)\d\d|\d\d))(?![\d-])"),
    # 15 overnight from Friday to Saturday, the night between Friday and Saturday
    ("weekday_range", rf"(?:(?:overnight|(?:the\s+)?night)\s+)?(?:from|between|of)\s+(?P<w1>{WEEKDAY})(?:\s+{PART})?\s*(?:to|and|into|until|-|–)\s*(?P<w2>{WEEKDAY})"),
    # 16 Thursday, last Friday, next Tuesday, Sunday night, Monday's; "a week ago on Monday" is case 20
    ("weekday", rf"(?:(?P<which>last|next|this(?:\s+past)?|the\s+previous|the\s+following|the\s+next|this\s+coming|(?:the\s+)?past|(?:the\s+)?coming)\s+)?(?P<weekday>{WEEKDAY})(?:\s+(?:of\s+)?(?P<lastweek>last\s+week|next\s+week|this\s+week))?(?:\s+{PART})?"),
    # 17 day words
    ("offset", r"(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tonight|tomorrow|last\s+night|this\s+(?:morning|afternoon|evening))(?:\s+(?:morning|afternoon|evening|night))?"),
    ("overnight", r"\bovernight\b"),
    ("dawn", r"(?:at|before|after|around|by|near)\s+(?:dawn|daybreak|sunrise|first\s+light)\b"),
    # 18 in the past 72 hours, over the last three days, in recent weeks
    ("past", rf"(?:(?:in|over|during|within|for)\s+)?the\s+(?:last|past|previous)\s+(?:(?P<n>{NUMBER})\s+(?:or\s+\w+\s+)?)?(?P<unit>{UNIT})s?\b(?!\s+of\b)"),
    ("recent", r"(?:in|over|during)\s+(?:the\s+)?(?:recent|past\s+few|last\s+few)\s+(?P<unit>day|week|month)s"),
    # 19 three days after, a day earlier, two hours later: counted from the date told last
    ("shift", rf"(?P<n>{NUMBER})(?:\s+of)?\s+(?P<unit>{UNIT})s?\s+(?P<way>earlier|later|before|after|afterwards|previously)\b"),
    # 20 two days ago, a week ago on Monday
    ("ago", rf"(?:(?P<almost>almost|nearly|about|some|around|more\s+than|just\s+over)\s+)?(?P<n>{NUMBER})(?:\s+of)?\s+(?P<unit>{UNIT})s?\s+ago"),
    ("ago", rf"(?P<n>{NUMBER})\s+(?P<unit>month|year)s?\s+ago\s+(?:on\s+)?{WEEKDAY}"),
    # 21 the next day, the same evening, that night
    ("anaphoric", rf"(?:the|that)\s+(?P<which>same|next|following|previous|preceding)\s+(?:day|{PART})|(?P<that>that)\s+(?:same\s+)?(?:day|{PART})|the\s+(?P<day>day\s+before|day\s+after)|(?P<next>next)\s+(?:morning|day)"),
    # 22 last week, next month, over the weekend
    ("period", r"(?:(?:over|at|during)\s+)?(?P<which>last|this|next|the\s+past|the\s+previous|the\s+following|the\s+coming)\s+(?P<period>weekend|week|month|year)\b"),
    ("period", r"(?:over|at|during)\s+the\s+(?P<period>weekend)"),
    # 23 the start of the year
    ("year_start", r"the\s+(?:start|beginning)\s+of\s+the\s+(?P<period>year|month|week)"),
    # 24 the 14th
    ("nth", r"(?<=\bthe\s)(?P<day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))(?=\s*(?:$|[.,;:)]|and\b|at\b|in\b|when\b))"),
    # 24b on the 15th: a day, unless a noun follows that is counted
    ("nth", rf"(?<=\bon\sthe\s)(?P<day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))(?=\s+(?:{_AFTER_DAY})\b)"),
)  # fmt: skip
_DIGITS = {"iso", "slashed", "slashed_day", "year_part", "season", "year", "years", "nth"}
"""Cases that cannot do without a digit."""


_WORDS = {
    "overnight": ("overnight",),
    "dawn": ("dawn", "daybreak", "sunrise", "light"),
    "ago": ("ago",),
    "recent": ("recent", "few"),
    "past": ("last", "past", "previous"),
    "offset": ("day", "tonight", "tomorrow", "last", "this"),
    "year_start": ("start", "beginning"),
    "month_week": ("week",),
    "period_part": ("earl", "late", "beginning", "start", "end", "middle"),
    "shift": ("earlier", "later", "before", "after", "previously"),
    "feast": ("christmas", "year", "boxing", "may"),
}
"""One of these must stand in the text, in small letters, so that the case can match."""


def _need(name: str, pattern: str) -> str:
    """What a text must hold so that the case can match: the name of a group of _HINT."""
    if name.startswith("other"):
        return "other"
    if name in _DIGITS:
        return "digit"
    if name.startswith("weekday"):
        return "weekday"
    return "month" if MONTH in pattern else "word"


_COMPILED = tuple(
    (name, _need(name, pattern), re.compile(rf"(?<![\w-]){pattern}(?!\w)", re.IGNORECASE)) for name, pattern in _CASES
)

# A date inside a name is no date: May 17 Brigade, the 5th Division, October Revolution Street, 1 October Movement.
_NAME_AFTER = re.compile(
    r"(?:st|nd|rd|th)?\s*(?:Brigade|Division|Battalion|Regiment|Corps|Army|Movement|Revolution|Street|Square|Avenue|Bridge|Front"
    r"|Group|Organi[sz]ation|University|Hospital|Camp|Stadium|Airport|Club)\b"
)
_AGE = re.compile(
    r"[- ](?:year|month|day|week|hour|minute)s?[- ]?(?:old|long)\b|-(?:day|week|month|year|hour|minute)\b"
)
_SINCE = re.compile(r"\b(?:since|ever\s+since)\s+(?:the\s+)?$", re.IGNORECASE)
_HINT = re.compile(
    rf"(?P<digit>\d)|(?P<month>{MONTH})|(?P<weekday>{WEEKDAY})"
    r"|(?P<word>day|night|week|month|year|ago|hour|earlier|later|dawn|sunrise|light|morrow|morning|afternoon|evening|christmas)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that name a date: which case they are and the parts that the case names."""

    start: int
    end: int
    text: str
    case: str
    parts: Mapping[str, str] = field(hash=False)
    since: bool = False
    """The words follow "since": the date opens a span that still lasts."""

    @property
    def is_absolute(self) -> bool:
        """The expression holds its own year."""
        return "year" in self.parts


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[DateExpression]:
    """Date expressions inside `text[start:end]` in order; none overlaps another."""
    end = len(text) if end is None else end
    hints = {hint.lastgroup for hint in _HINT.finditer(text, start, end)}
    piece = text[start:end]
    if any(word in piece for word in FIRST_WORDS):
        hints.add("other")
    if not hints:
        return []
    lower = piece.lower()
    found: list[tuple[int, int, int, str, Mapping[str, str]]] = []
    for rank, (name, need, pattern) in enumerate(_COMPILED):
        if need not in hints or (name in _WORDS and not any(word in lower for word in _WORDS[name])):
            continue
        for match in pattern.finditer(text, start, end):
            if _AGE.match(text, match.end()) or _NAME_AFTER.match(text, match.end()):
                continue
            parts = {key: " ".join(value.split()).lower() for key, value in match.groupdict().items() if value}
            found.append((match.start(), match.end(), rank, name, parts))
    found.sort(key=lambda item: (-(item[1] - item[0]), item[2]))
    kept: list[tuple[int, int, int, str, Mapping[str, str]]] = []
    for item in found:
        if all(item[1] <= other[0] or item[0] >= other[1] for other in kept):
            kept.append(item)
    return [
        DateExpression(a, b, text[a:b], name, parts, since=bool(_SINCE.search(text, max(start, a - 20), a)))
        for a, b, _, name, parts in sorted(kept, key=lambda item: item[0])
    ]
