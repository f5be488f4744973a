"""Every date that a text tells, with its days: the resolver alone, without events (`dateline dates`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.coding.dates import COUNTED_FROM_BEFORE
from app.coding.document_date import document_date, speaking_day
from app.coding.status import looks_ahead
from app.domain.dates import DocumentDate
from app.recognition.dateline import find_datelines
from app.recognition.dates import DateExpression, Interval, find_dates, resolve
from app.recognition.tokens import split_sentences


@dataclass(frozen=True, slots=True)
class ToldDate:
    """Words that name a date; `days` is None where they need a day of publication that is not known."""

    expression: DateExpression
    days: Interval | None


@dataclass(frozen=True, slots=True)
class TextDates:
    """The day the text speaks from and the dates it tells, in reading order."""

    document: DocumentDate | None
    told: Sequence[ToldDate]


def text_dates(text: str, published: date | None, today: date) -> TextDates:
    """All dates of a text. `today` bounds the year that a dateline without one may mean."""
    sentences = split_sentences(text)
    datelines = find_datelines(text, sentences)
    by_sentence = [find_dates(text, sentence.start, sentence.end) for sentence in sentences]
    flat = [expression for found in by_sentence for expression in found]
    starts = {expression.start for expression in flat}
    lines = [line.date for line in datelines if line.date and line.date.start not in starts]
    document = document_date(published, text, datelines, sorted([*flat, *lines], key=lambda e: e.start), today)
    anchor = speaking_day(document, datelines)
    told = [ToldDate(line, resolve(line, anchor)) for line in lines]
    last = era = None
    paragraph = -1
    for sentence, found in zip(sentences, by_sentence, strict=True):
        if sentence.paragraph != paragraph:
            era, paragraph = None, sentence.paragraph
        for expression in found:
            ahead = looks_ahead(text, sentence, expression.start)
            days = resolve(expression, anchor, tense="future" if ahead else "past", previous=last or anchor, era=era)
            told.append(ToldDate(expression, days))
            if days and not ahead and expression.case not in COUNTED_FROM_BEFORE:
                last = days.start
            if days and expression.is_absolute:
                era = days.start if days.granularity == "day" else None
    return TextDates(document, sorted(told, key=lambda one: one.expression.start))
