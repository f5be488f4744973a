"""Cuts a sentence where one event's words end and the next one's begin, so that each keeps its own place, day and
toll.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.recognition.dates import DateExpression
from app.recognition.tokens import Sentence, Token
from app.recognition.triggers import Trigger, lexicon

# Words that begin a clause of its own when a trigger stands on either side.
_STRONG = {";", "while", "whereas", "but", "before", "meanwhile", "whilst", "although", "though", "–", "—"}
# Words that only order two happenings in time: they separate unless one swallows the other.
_WEAK = {
    "after",
    "when",
    "as",
    "following",
    "and",
    "where",
    "during",
    ",",
    ":",
    "in",
    "which",
    "who",
    "that",
    "until",
    "because",
    "since",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The triggers of one event and the stretch of the sentence that is theirs."""

    main: Trigger
    triggers: tuple[Trigger, ...]
    start: int
    end: int
    """Offsets of the stretch in the text."""
    scope: int
    """Where the words begin that govern it: "has called a shutdown from Thursday and a march on Friday"."""


def _folds(a: str, b: str) -> bool:
    folds = lexicon().folds
    return a == b or b in folds.get(a, ()) or a in folds.get(b, ())


def _strong_between(
    tokens: Sequence[Token], first: Trigger, second: Trigger, dates: Sequence[DateExpression]
) -> int | None:
    """Number of the token that begins the second clause, or None."""
    for n in range(first.last + 1, second.first):
        word = tokens[n].lower
        if word == "before" and any(t.text == "," for t in tokens[n + 1 : n + 6]):
            continue  # "the last town before the frontier, ..."
        if word in _STRONG:
            return n
        if word == "," and n + 1 < second.first and tokens[n + 1].lower in {"and", "then", "but"}:
            return n
        if word == "and" and n + 1 < second.first and tokens[n + 1].lower == "then":
            return n
        # "..., a day after fighters had overrun the town": a date of its own begins a clause of its own
        starts = [d for d in dates if d.start == tokens[n].start and d.case in {"shift", "anaphoric"}]
        if starts and any(d.end <= second.start for d in starts):
            return n
    return None


def _weak_between(tokens: Sequence[Token], first: Trigger, second: Trigger) -> int:
    """Number of the token at which to cut two events that share a clause: the last joining word between them."""
    joins = [n for n in range(first.last + 1, second.first) if tokens[n].lower in _WEAK]
    commas = [n for n in joins if tokens[n].lower in {",", "and", "after", "when", "as", "following", "while", "where"}]
    return (commas or joins or [second.first])[-1]


def _independent(tokens: Sequence[Token], first: Trigger, second: Trigger, dates: Sequence[DateExpression]) -> bool:
    """Two triggers of one kind are two events when each has its own verb phrase: "shelled A and later shelled B"."""
    if first.kind != second.kind:
        return False
    between = [t.lower for t in tokens[first.last + 1 : second.first]]
    dated = [any(a.end <= d.start < b for d in dates) for a, b in ((first, second.start), (second, tokens[-1].end))]
    return "and" in between and (len(between) > 6 or all(dated))


def group_triggers(sentence: Sentence, triggers: Sequence[Trigger], dates: Sequence[DateExpression]) -> list[Group]:
    """The events of one sentence: triggers that belong together, with the stretch of text that is theirs."""
    if not triggers:
        return []
    tokens, rank = sentence.tokens, lexicon().rank
    parts: list[list[Trigger]] = [[triggers[0]]]
    cuts: list[int] = []
    shared: set[int] = set()
    for trigger in triggers[1:]:
        previous = parts[-1][-1]
        strong = _strong_between(tokens, previous, trigger, dates)
        together = all(_folds(trigger.kind, other.kind) for other in parts[-1])
        if strong is not None and not (together and _is_consequence(tokens, trigger)):
            cuts.append(strong)
            parts.append([trigger])
        elif together and not _independent(tokens, previous, trigger, dates):
            parts[-1].append(trigger)
        else:
            cut = _weak_between(tokens, previous, trigger)
            if together or cut == trigger.first:  # "vowed to retake it": nothing parts the verb from what it governs
                shared.add(len(parts))
            cuts.append(cut)
            parts.append([trigger])
    groups: list[Group] = []
    for number, part in enumerate(parts):
        start = tokens[cuts[number - 1]].start if number else sentence.start
        end = tokens[cuts[number]].start if number < len(cuts) else sentence.end
        main = min(part, key=lambda t: (rank[t.kind], t.start))
        scope = groups[-1].scope if number in shared else start
        groups.append(Group(main, tuple(part), start, end, scope))
    return groups


def _is_consequence(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """ ", killing three" tells the result of what stands before it."""
    return (
        tokens[trigger.first].lower.endswith("ing")
        and trigger.first > 0
        and tokens[trigger.first - 1].text in {",", "and"}
    )
