"""The dateline: "TEHRAN, July 05 (Agency) -" at the head of an article or a paragraph, taken apart.

It says where the report was written and from which day it speaks; it is not where things happened.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.recognition.dates import DateExpression, find_dates
from app.recognition.tokens import Sentence

_NAME = r"[^\W\d_][\w'’ʼ.-]*(?:[ -][^\W\d_][\w'’ʼ.-]*){0,4}"
_DASH = r"(?:\s*[-–—]{1,2}\s*|\s*:\s+)"
# 1  CAPITALS: "TEHRAN, July 05 -", "MAE SOT, Thailand -", "KYIV (Reuters) —", "TEHRAN, Young Journalists Club (YJC) -"
_SHOUTED = re.compile(
    rf"(?P<place>[A-Z][A-Z'’ʼ.-]+(?:[ -][A-Z'’ʼ.-]+){{0,3}})(?P<rest>(?:\s*[,/(][^\n]{{0,70}}?)?){_DASH}(?=\S)"
)
# 2  Capitalised, only with a date or an agency in brackets: "Goma, 12 March (Radio Okapi) -", "Kharkiv (Suspilne) -"
_WRITTEN = re.compile(
    rf"(?P<place>[A-Z]{_NAME})(?P<rest>,[^\n.]{{0,50}}\d[^\n.]{{0,40}}?|[^\n.]{{0,40}}\([^\n)]{{2,40}}\)){_DASH}(?=\S)"
)
# 3  Capitalised, a town with its country or unit before a long dash: "Paris, Texas — A gunman"
_WITH_UNIT = re.compile(rf"(?P<place>[A-Z]{_NAME})(?P<rest>,\s*[A-Z]{_NAME})\s+[–—]\s+(?=[A-Z“\"])")
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Dateline:
    """Offsets of the dateline and of the place in it; the date when it holds one."""

    start: int
    end: int
    place_start: int
    place_end: int
    date: DateExpression | None


def find_datelines(text: str, sentences: Sequence[Sentence]) -> list[Dateline]:
    """Datelines at the head of the text and of its paragraphs, in order."""
    found, seen = [], set()
    for sentence in sentences:
        if sentence.paragraph in seen:
            continue
        seen.add(sentence.paragraph)
        patterns = (_SHOUTED, _WRITTEN, _WITH_UNIT) if sentence.index == 0 else (_SHOUTED,)
        # A dateline may hold a full stop (Aug. 4), so it is read from the text and not from the sentence alone.
        stop = min(len(text), sentence.start + _LONGEST)
        line_end = re.search(r"[\r\n]", text[sentence.start : stop])
        stop = sentence.start + line_end.start() if line_end else stop
        for pattern in patterns:
            match = pattern.match(text, sentence.start, stop)
            if (
                match
                and match.end() - match.start() < _LONGEST
                and not (sentence.index and match.group().rstrip().endswith(":"))
            ):
                dates = find_dates(text, match.start("rest"), match.end("rest"))
                day = next((d for d in dates if d.case in {"day", "iso", "slashed"}), None)
                found.append(Dateline(match.start(), match.end(), match.start("place"), match.end("place"), day))
                break
    return found


def dateline_at(datelines: Sequence[Dateline], offset: int) -> Dateline | None:
    """The dateline that holds the offset; `datelines` stand in reading order."""
    at = bisect_right(datelines, offset, key=lambda line: line.start) - 1
    return datelines[at] if at >= 0 and offset < datelines[at].end else None
