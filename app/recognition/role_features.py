"""What the role model sees of a mention: the words around it, what gazetteer and rules make of it, its neighbours."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.recognition.dateline import Dateline, dateline_at
from app.recognition.features import place_class, shape
from app.recognition.mentions import Mention
from app.recognition.roles import read_role
from app.recognition.tokens import Token
from app.recognition.words import words

_SPAN = 4
"""Words on either side that are looked at one by one."""
_BAG = 9
"""Words on either side that count wherever they stand."""
_MEANT = 8
"""Candidates of a name among which its neighbour's country or unit is looked for."""


@lru_cache(maxsize=20_000)
def _kinds(word: str, lower: str) -> tuple[str, ...]:
    """Word lists and lexicon classes that hold the word."""
    lists = words()
    found = [name for name, members in lists.groups.items() if lower in members]
    if lower in lists.features:
        found.append(f"f:{lists.features[lower]}")
    if word in lists.titles:
        found.append("title")
    if lower in lists.org_words:
        found.append("org")
    if lower in lists.demonyms:
        found.append("demonym")
    return tuple(found)


def first_and_count(mentions: Sequence[Mention]) -> dict[str, tuple[int, int]]:
    """For each name in the text the number of its first mention, and how often it is named."""
    out: dict[str, tuple[int, int]] = {}
    for number, mention in enumerate(mentions):
        first, count = out.get(mention.text, (number, 0))
        out[mention.text] = first, count + 1
    return out


def _own_words(tokens: Sequence[Token], first: int, last: int) -> list[str]:
    """The name's own first and last word: Manila Cathedral is a place, Manila Bulletin is none."""
    out = []
    if last > first:
        out += [f"own<{tokens[first].lower}", f"own>{tokens[last].lower}"]
        out += [f"own>c={group}" for group in _kinds(tokens[last].text, tokens[last].lower)]
    if tokens[first].is_upper and len(tokens[first].text) > 3:
        out.append(f"shouted={first == 0}")
    behind = tokens[last + 1 : last + 4]
    if len(behind) == 3 and (behind[0].text, behind[2].text) == ("(", ")"):
        out.append("agency")  # WASHINGTON (AP)
    return out


def _holding(mention: Mention, other: Mention) -> str:
    """Which of the two is, going by the gazetteer, the country or unit of the other."""
    mine = [candidate.place for candidate in mention.candidates[:_MEANT]]
    theirs = [candidate.place for candidate in other.candidates[:_MEANT]]
    holds = any(a.holds(b) for a in mine for b in theirs)
    held = any(b.holds(a) for a in mine for b in theirs)
    return "both" if holds and held else "holds" if holds else "held" if held else "neither"


def mention_features(
    mentions: Sequence[Mention],
    number: int,
    datelines: Sequence[Dateline],
    verbs: Mapping[str, str],
    total: int,
    named: Mapping[str, tuple[int, int]],
) -> list[str]:
    """Features of mention `number` of a text.

    `verbs` gives the kind of event that a word may name, `total` the number of sentences, `named` what
    `first_and_count` says.
    """
    mention = mentions[number]
    tokens = mention.sentence.tokens
    first = next(i for i, t in enumerate(tokens) if t.end > mention.start)
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].start < mention.end:
        last += 1
    _, role = read_role(mention)
    name = place_class(mention.candidates) if mention.candidates else "demonym" if mention.country else "none"
    out = [
        "bias", f"name={name}", f"rule={role}", f"rule={role}|{name}", f"prep={mention.cues.preposition}",
        f"prep={mention.cues.preposition}|{name}", f"feat={mention.cues.feature}",
        f"dir={mention.cues.direction is not None}",
        f"loc={mention.cues.locative}", f"shape={shape(tokens[first].text)}", f"len={last - first + 1}",
        f"sent={min(mention.sentence.index, 3)}", f"start={first == 0}", f"end={last + 1 == len(tokens)}",
        f"the={mention.cues.article}", f"prep+feat={mention.cues.preposition}|{mention.cues.feature}",
    ]  # fmt: skip
    if mention.sentence.index + 1 == total:
        out.append("lastsent")
    out += _own_words(tokens, first, last)
    lower = words().demonyms.get(mention.text.lower())
    if lower:
        out.append(f"demonym={lower.kind}")
    line = dateline_at(datelines, mention.start)
    if line:
        out.append("line=in" if mention.start < line.place_end else "line=after")
    for offset in range(1, _SPAN + 1):
        for side, index in (("-", first - offset), ("+", last + offset)):
            if not 0 <= index < len(tokens):
                out.append(f"{side}{offset}=|")
                continue
            token = tokens[index]
            out.append(f"{side}{offset}={token.lower}")
            if offset <= 3:
                out += [f"{side}{offset}c={group}" for group in _kinds(token.text, token.lower)]
                out.append(f"{side}{offset}s={shape(token.text)}")
    left = [t.lower for t in tokens[max(0, first - 3) : first]]
    right = [t.lower for t in tokens[last + 1 : last + 4]]
    out += [
        f"-21={' '.join(left[-2:])}",
        f"-321={' '.join(left)}",
        f"+12={' '.join(right[:2])}",
        f"+123={' '.join(right)}",
    ]
    out += [
        f"-1+1={(left or ['^'])[-1]}|{(right or ['$'])[0]}",
        f"+1|{name}={(right or ['$'])[0]}",
        f"-1|{name}={(left or ['^'])[-1]}",
    ]
    for side, window in (("<", tokens[max(0, first - _BAG) : first]), (">", tokens[last + 1 : last + 1 + _BAG])):
        out += [f"{side}{t.lower}" for t in window if t.is_word]
        out += [f"{side}ev={kind}" for kind in {verbs[t.lower] for t in window if t.lower in verbs}]
    out += [f"ev={kind}" for kind in {verbs[t.lower] for t in tokens if t.lower in verbs}] or ["ev=none"]
    for side, other in (("prev", number - 1), ("next", number + 1)):
        if 0 <= other < len(mentions) and mentions[other].sentence is mention.sentence:
            near = mentions[other]
            near_class = place_class(near.candidates) if near.candidates else "none"
            gap = near.end, mention.start
            if side == "next":
                gap = mention.end, near.start
            between = " ".join(t.lower for t in tokens if gap[0] <= t.start < gap[1])
            if len(between) < 15:
                out.append(f"{side}gap={between}")
                out.append(f"{side}gap={between}|{near_class}|{name}")
            out.append(f"{side}={near_class}")
            holding = _holding(mention, near)
            out += [f"{side}:{holding}", f"{side}:{holding}|{between if len(between) < 12 else 'far'}"]
        else:
            out.append(f"{side}=no")
    earliest, count = named[mention.text]
    out.append(f"again={earliest != number}|{min(count, 3)}")
    return out
