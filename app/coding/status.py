"""Did it happen? Status of an event from governing words, mood and speaker; attribution to who says so.

planned: it is still to come; denied: somebody says it did not happen; claimed: only a party to the conflict says so.
What is imagined, conditional, prevented or undone is no event at all (`is_real`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.coding.clauses import Group
from app.datafiles import read_yaml
from app.domain.events import Attribution, Status
from app.recognition.sources import SourceMention
from app.recognition.tokens import Sentence
from app.recognition.triggers import Trigger, lexicon

_PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|\w+ed|killed|struck|fell|broke|took|hit|shot|blew|began|fought|held|led|left|went|came)\b"
)
_RELATIVE = re.compile(r"\b(?:that|who|which)\b")
_OF_DEED = re.compile(r"\bden(?:y|ied|ies)\b.{0,40}\b(?:responsibility|involvement|having|any\s+part|any\s+role)")
_TRIED = re.compile(
    r"\b(?:attempt|attempts|attempted|tried|trying|try|sought|seek|seeks|bid|failed|wanted|order|orders|ordered|threat)"
    r"\s+(?:\w+\s+){0,4}to\s+(?:\w+\s+){0,2}$"
)
_RESPONSIBLE = re.compile(
    r"\bclaim(?:ed|s|ing)?\s+(?:of\s+)?(?:the\s+)?(?:responsibility|attack|bombing|credit)|\bclaimed\s+by\b|\bclaim\s+of\b"
)
"""A claim of responsibility is no doubt that it happened."""
_NEGATED = re.compile(r"(?:\bnot(?!\s+only\b)|\bnever|n['’]t)\s+(?:been\s+|be\s+|yet\s+|ever\s+|\w+ly\s+){0,2}$")
_HABIT = re.compile(r"\b(?:often|usually|regularly|routinely|frequently|traditionally)\s+(?:\w+\s+)?$")
"""What is done again and again is no event."""
_WANTED = re.compile(
    r"\b(?:against|for|demand\w*|seek\w*|urg\w*|want\w*|ask\w*|secur\w*)\s+(?:\w+\s+)?(?:the\s+)?(?:\w+\s+)?$"
    r"|\bdemand\w*\s+that\s+(?:\w+\s+){0,5}be\s+$"
)
"""What a march asks for has not happened."""
_STATE_SPEAKER = re.compile(r"\b(?:army|military|navy|air force|defen[cs]e|armed forces)\b")
_FELL = re.compile(
    r"\b(?:soldiers|troops|officers|policemen|servicemen|personnel|recruits|peacekeepers)\s+(?:\w+\s+){0,3}(?:were|was|had\s+been|have\s+been)"
    r"\s+(?:\w+\s+){0,2}(?:killed|wounded|injured|hurt)\b"
)
_DONE_WHEN_COMPLETE = {"territory_capture", "talks", "ceasefire", "withdrawal", "surrender"}
"""Kinds that an attempt does not make: who tried to take a town has not taken it; who tried to storm one has fought."""
_FINITE = {
    "would start", "would begin", "would resume", "would be held", "would take place", "would open", "would meet",
    "will", "shall", "is to", "are to", "is due", "are due", "is expected", "are expected", "begins on", "begin on",
    "opens on", "open on", "starts on", "start on", "resumes on", "resume on", "takes place on", "take place on",
}  # fmt: skip
_MAY = re.compile(r"(?<!^)\bMay\b|^May(?=\s+\d)")
_TO_BE_DONE = re.compile(r"(?<=\bbe )\w+|(?<=\bbe)\s+\w+")
_AHEAD = 14
"""Words that may stand between "will" and the date that it governs."""
_MODALS = {"would", "could", "might", "may", "should", "in order to", "were to", "so that"}


@dataclass(frozen=True, slots=True)
class _Rules:
    planned: re.Pattern[str]
    denied: re.Pattern[str]
    claimed: re.Pattern[str]
    hypothetical: re.Pattern[str]
    undone_after: re.Pattern[str]
    undone_before: re.Pattern[str]
    undone_aside: re.Pattern[str]
    asking: frozenset[str]


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    body = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w'’-])(?:{body})(?![\w-])")


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data, undone = read_yaml("app.coding.data", "status.yaml"), lexicon()
    return _Rules(
        planned=_any_of(data["planned"]),
        denied=_any_of(data["denied"]),
        claimed=_any_of(data["claimed"]),
        hypothetical=_any_of(data["hypothetical"]),
        undone_after=_any_of(undone.undone_after),
        undone_before=_any_of(undone.undone_before),
        undone_aside=_any_of(undone.undone_aside),
        asking=frozenset(data["asking"]),
    )


def _lowered(text: str, sentence: Sentence) -> str:
    """The sentence in lower case with every offset kept (a Turkish dotted I would grow); May the month is no modal."""
    body = _MAY.sub("M_y", text[sentence.start : sentence.end])
    low = body.lower()
    return low if len(low) == len(body) else "".join(c.lower() if len(c.lower()) == 1 else c for c in body)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    matches = list(pattern.finditer(text))
    return matches[-1] if matches else None


def _governing(denied: re.Pattern[str], before: str) -> re.Match[str] | None:
    """A denial before the trigger, unless it is an aside: "The army, which denies targeting civilians, bombed"."""
    found = denied.search(before)
    if found is None:
        return None
    aside = re.search(r",\s+(?:which|who)\s+(?:\w+\s+){0,2}$", before[: found.start()])
    return None if aside and "," in before[found.end() :] else found


def _words(text: str) -> int:
    return len(text.split())


def _is_negated(low: str, start: int) -> bool:
    """ "have not captured", "was never taken", "didn't shell": the verb itself is denied."""
    return _NEGATED.search(low[max(0, start - 40) : start]) is not None


def _is_undone(low: str, start: int, end: int, *, dated: bool) -> bool:
    """ "no attacks", "without a fight", "attacks ... came to a stop"; "in the wake of the massacre" when undated."""
    rules, before = _rules(), low[max(0, start - 60) : start]
    none = _last(rules.undone_before, before)
    if none and _words(before[none.end() :]) <= 2 and not re.search(r"[,;:.]", before[none.end() :]):
        return True
    aside = None if dated else _last(rules.undone_aside, before)
    if aside and _words(before[aside.end() :]) <= 6 and "," not in before[aside.end() :]:
        return True
    after = rules.undone_after.search(low, end)
    return after is not None and _words(low[end : after.start()]) <= 9


def is_real(text: str, sentence: Sentence, trigger: Trigger, *, dated: bool) -> bool:
    """False for what is asked, imagined, conditional, prevented or undone; `dated`: a date follows in the sentence."""
    low = _lowered(text, sentence)
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    if low.rstrip('"”’ ').endswith("?") or _is_undone(low, start, end, dated=dated):
        return False
    before = low[:start]
    if _HABIT.search(before[-40:]):
        return False
    if trigger.kind == "release" and _WANTED.search(before[-50:]):
        return False
    if trigger.kind in _DONE_WHEN_COMPLETE and _TRIED.search(before[-80:]):
        return False
    imagined = _last(_rules().hypothetical, before)
    if imagined is None or re.search(r"[;:”]", before[imagined.end() :]):
        return True
    return _words(before[imagined.end() :]) > (4 if imagined.group() in _MODALS else 12)


def looks_ahead(text: str, sentence: Sentence, at: int) -> bool:
    """The words before a date say that it is still to come: "will meet on Monday", "is due next week"."""
    low = _lowered(text, sentence)[: at - sentence.start]
    planned = _last(_rules().planned, low)
    if planned is None:
        return False
    gap = _TO_BE_DONE.sub("", planned.group() + low[planned.end() :])[len(planned.group()) :]
    return _words(gap) <= _AHEAD and not _PAST.search(gap) and not re.search(r"[;:”]", gap)


def read_status(text: str, sentence: Sentence, group: Group, source: SourceMention | None) -> tuple[Status, str]:
    """(status, reason) of an event that `is_real` let pass."""
    rules, low = _rules(), _lowered(text, sentence)
    start, end = group.main.start - sentence.start, group.main.end - sentence.start
    left, right = group.scope - sentence.start, group.end - sentence.start

    denied = _governing(rules.denied, low[left:start]) or rules.denied.search(low[end:right])
    if denied and _OF_DEED.search(low):
        return "occurred", "only the responsibility is denied"
    if _is_negated(low, start):
        return "denied", "the verb is negated"
    if denied:
        return "denied", f"governed by '{denied.group()}'"
    planned = _last(rules.planned, low[left:start])
    if planned:
        gap = low[left + planned.end() : start]
        if _words(gap) <= 8 and not _PAST.search(gap) and not _RELATIVE.search(gap):
            return "planned", f"governed by '{planned.group()}'"
    ahead = rules.planned.search(low[end:right])
    if ahead and not (ahead.group() in rules.asking and _PAST.search(low[start:end])):
        gap = low[end : end + ahead.start()]
        # "Talks between the two sides in Geneva will start": a finite verb may stand far behind its subject, but not
        # behind another finite verb: "rebels shelled Saida and fear they will"
        reach = 14 if ahead.group() in _FINITE and not _PAST.search(low[start:end]) else 5
        if _words(gap) <= reach and not _PAST.search(gap):
            return "planned", f"followed by '{ahead.group()}'"
    if rules.claimed.search(_RESPONSIBLE.sub(" ", low[left:start])):
        return "claimed", "the words call it a claim"
    if source and source.party and source.name and _STATE_SPEAKER.search(source.name.lower()) and _FELL.search(low):
        return "occurred", f"{source.name} admits its own losses"
    if source and source.party and not source.admits:
        return "claimed", f"only {source.name} says so"
    return "occurred", "told as a fact"


def attribution_of(source: SourceMention | None) -> Attribution | None:
    """The contract's attribution for a source."""
    return Attribution(source.name, source.start, source.end) if source else None
