"""Did it happen? Status of an event from governing words, mood and speaker; attribution to who says so.

planned: it is still to come; denied: somebody says it did not happen; claimed: only a party to the conflict says so.
What is imagined, conditional or undone is no event at all (`is_real`).
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


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    body = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w'’-])(?:{body})(?![\w-])")


@dataclass(frozen=True, slots=True)
class _Rules:
    planned: re.Pattern[str]
    denied: re.Pattern[str]
    claimed: re.Pattern[str]
    hypothetical: re.Pattern[str]
    undone_after: re.Pattern[str]
    undone_before: re.Pattern[str]
    undone_aside: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = read_yaml("app.coding.data", "status.yaml")
    return _Rules(
        _any_of(data["planned"]),
        _any_of(data["denied"]),
        _any_of(data["claimed"]),
        _any_of(data["hypothetical"]),
        _any_of(lexicon().undone_after),
        _any_of(lexicon().undone_before),
        _any_of(lexicon().undone_aside),
    )


_PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|\w+ed|killed|struck|fell|broke|took|hit|shot|blew|began|fought|held|led|left|went|came)\b"
)
_REPORTED = re.compile(r"\b(?:said|says|told|reported|announced|added)\b")


def _undone(low: str, start: int, end: int, rules: _Rules) -> bool:
    """The words around the trigger undo it: "no attacks", "without a fight", "attacks ... came to a stop"."""
    before = low[max(0, start - 40) : start]
    hit = None
    for hit in rules.undone_before.finditer(before):
        pass
    if hit and len(before[hit.end() :].split()) <= 2 and not re.search(r"[,;:.]", before[hit.end() :]):
        return True
    aside = rules.undone_aside.search(low[max(0, start - 60) : start])
    if (
        aside
        and len(low[max(0, start - 60) + aside.end() : start].split()) <= 6
        and "," not in low[max(0, start - 60) + aside.end() : start]
    ):
        return True
    after = rules.undone_after.search(low, end)
    return after is not None and len(low[end : after.start()].split()) <= 9


def _lowered(text: str, sentence: Sentence) -> str:
    """The sentence in lower case with every offset kept (a Turkish dotted I would grow)."""
    body = text[sentence.start : sentence.end]
    low = body.lower()
    return low if len(low) == len(body) else "".join(c.lower() if len(c.lower()) == 1 else c for c in body)


_TRIED = re.compile(
    r"\b(?:attempt|attempts|attempted|tried|trying|try|sought|seek|seeks|bid|failed|wanted|order|orders|ordered|threat)\s+(?:\w+\s+){0,2}to\s+(?:\w+\s+){0,2}$"
)


def is_real(text: str, sentence: Sentence, trigger: Trigger) -> bool:
    """False for what is asked, imagined, conditional, prevented or undone: there is no event to tell of."""
    rules, low = _rules(), _lowered(text, sentence)
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    if low.rstrip('"”’ ').endswith("?") or _undone(low, start, end, rules):
        return False
    before = low[:start]
    if trigger.kind in {"territory_capture", "talks", "withdrawal", "surrender"} and _TRIED.search(before):
        return False
    hits = [hit for hit in rules.hypothetical.finditer(before) if not re.search(r"[;:”]", before[hit.end() :])]
    if not hits:
        return True
    near = len(before[hits[-1].end() :].split())
    soft = hits[-1].group() in {"would", "could", "might", "may", "should", "in order to", "were to", "so that"}
    return near > (4 if soft else 12)


def read_status(text: str, sentence: Sentence, group: Group, source: SourceMention | None) -> tuple[Status, str]:
    """(status, reason) of an event that `is_real` let pass."""
    rules = _rules()
    low = _lowered(text, sentence)
    start, end = group.main.start - sentence.start, group.main.end - sentence.start
    left, right = group.start - sentence.start, group.end - sentence.start

    denied = rules.denied.search(low[:start]) or rules.denied.search(low[end:right])
    if denied and not re.search(
        r"\bden(?:y|ied|ies)\b.{0,40}\b(?:responsibility|involvement|having|any\s+part|any\s+role)", low
    ):
        return "denied", f"governed by '{denied.group()}'"
    planned = None
    for planned in rules.planned.finditer(low[max(0, left) : start]):
        pass
    ahead = rules.planned.search(low[end:right])
    gap = low[left + planned.end() : start] if planned else ""
    if planned and len(gap.split()) <= 8 and not _PAST.search(gap) and not re.search(r"\b(?:that|who|which)\b", gap):
        word = planned.group()
        return "planned", f"governed by '{word}'"
    if ahead and len(low[end : end + ahead.start()].split()) <= 5 and not _PAST.search(low[end : end + ahead.start()]):
        return "planned", f"followed by '{ahead.group()}'"
    if rules.claimed.search(low[left:start]):
        return "claimed", "the words call it a claim"
    if source and source.party and not source.admits:
        return "claimed", f"only {source.name} says so"
    return "occurred", "told as a fact"


def attribution_of(source: SourceMention | None) -> Attribution | None:
    """The contract's attribution for a source."""
    return Attribution(source.name, source.start, source.end) if source else None
