"""Tolls: who was killed or hurt, read as low, best and high with the words kept.

1. The number stands behind the word ("killing 12", "wounded at least three"), before it ("nine people were killed",
   "left 18 dead") or behind a toll ("the toll rose to 32").
2. Numbers joined under one word are added ("nine fighters and three civilians were killed"); what follows "including"
   is a part and is not.
3. "killing or wounding 29" says only that at most 29 died; "shot two men" does not say that they died.
4. "Nobody was killed" and "no casualties" are tolls of nought.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from app.datafiles import read_yaml
from app.domain.events import Toll
from app.recognition.counts import Count, counts_in
from app.recognition.tokens import Sentence, Token

Harm = Literal["killed", "injured"]
_PASSIVE = {"were", "was", "been", "be", "being", "are", "is", "dead", "got"}
_STATES = {
    "dead",
    "died",
    "die",
    "dies",
    "deaths",
    "fatalities",
    "bodies",
    "corpses",
    "perished",
    "injuries",
    "killings",
    "murders",
}
_BRIDGES = {"and", ",", "&", "plus"}
_BRIDGE_FILL = {"also", "his", "her", "their", "the"}
_BEFORE_NUMBER = {"in", "on", "when", "after", "during", "including"}
_RISES = {"risen", "rose", "rises", "climbed", "climbs", "increased", "revised"}
_TOLL_NOUNS = {"toll", "dead", "victims", "killed", "deaths", "fatalities"}
_ASIDE = 8
"""Words behind a number in which it may turn out to be the speaker's or a part's."""
_ONE = {"a", "an", "one", "his", "her"}
_SUBJECT = 6
"""Words that the noun phrase of one victim holds at most."""
_NEAR_SHOT = 4
"""Words between those counted and "shot"."""
_IMAGINED = {"could", "would", "might", "may"}
REACH = 9
"""Words that may stand between a number and the word of harm behind it."""


@dataclass(frozen=True, slots=True)
class TollMention:
    """A toll told in a sentence, with the offsets of its words."""

    harm: Harm
    toll: Toll
    start: int
    end: int
    update: bool = False
    """The words tell a new total: "the toll has risen to nine"."""


@dataclass(frozen=True, slots=True)
class _Words:
    harm: Mapping[str, Harm]
    limbs: frozenset[str]
    nobody: frozenset[str]
    nothing: frozenset[str]
    says: frozenset[str]
    auxiliaries: frozenset[str]
    no_person: frozenset[str]
    before_the_dead: frozenset[str]
    things: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = read_yaml("app.recognition.data", "casualties.yaml")
    harm: dict[str, Harm] = {}
    for group, name in (
        ("killed", "killed"),
        ("killed_nouns", "killed"),
        ("injured", "injured"),
        ("injured_nouns", "injured"),
    ):
        for word in data[group]:
            harm.setdefault(word, "killed" if name == "killed" else "injured")
    lists = ("limbs", "nobody", "nothing", "says", "auxiliaries", "no_person", "before_the_dead", "things")
    return _Words(harm, *(frozenset(data[name]) for name in lists))


_DENIALS = {"no", "none", "without"}


def _none_harmed(text: str, tokens: Sequence[Token]) -> TollMention | None:
    """ "It killed nobody", "no casualties were reported", "without loss of life": nobody died."""
    lists = _words()
    if not any(token.lower in _DENIALS or token.lower in lists.nobody for token in tokens):
        return None
    for n, token in enumerate(tokens):
        after = [t.lower for t in tokens[n + 1 : n + 4]]
        around = after + [t.lower for t in tokens[max(0, n - 2) : n]]
        nobody = token.lower in lists.nobody or (token.lower == "no" and after[:1] in (["one"], ["person"]))
        if (nobody and any(word in lists.harm for word in around)) or (
            token.lower in {"no", "without"} and any(word in lists.nothing for word in after[:2])
        ):
            last = tokens[min(n + 2, len(tokens) - 1)]
            harmed = {lists.harm.get(word, "killed") for word in around if word in lists.harm or word in lists.nothing}
            return _nought("injured" if harmed == {"injured"} else "killed", text, token, last)
        verb = _denied_harm(tokens, n) if token.lower in {"no", "none"} else None
        if verb is not None:
            return _nought(lists.harm[tokens[verb].lower], text, token, tokens[verb])
    return None


def _nought(harm: Harm, text: str, first: Token, last: Token) -> TollMention:
    return TollMention(harm, Toll(0, 0, 0, text[first.start : last.end], vague=False), first.start, last.end)


def _denied_harm(tokens: Sequence[Token], n: int) -> int | None:
    """The verb of "no fighter had been hurt", "none of the 12 passengers was killed", for "no" or "none" at `n`."""
    for at in range(n + 2, min(n + 9, len(tokens))):
        if not (tokens[at].is_word or tokens[at].is_number):
            return None
        if tokens[at].lower in _words().harm:
            return at if tokens[at - 1].lower in _PASSIVE else None
    return None


def _chain(tokens: Sequence[Token], counts: Sequence[Count], at: int, step: int) -> list[int]:
    """Numbers of the counts joined to counts[at] by commas and "and", onwards (step 1) or backwards (-1)."""
    chain = [at]
    while 0 <= at + step < len(counts):
        a, b = (counts[at], counts[at + 1]) if step > 0 else (counts[at - 1], counts[at])
        between = {token.lower for token in tokens[a.last + 1 : b.first] if not token.is_number}  # an age: "a man, 34,"
        if not between & _BRIDGES or not between <= _BRIDGES | _BRIDGE_FILL:
            break
        if step > 0 and _is_aside(tokens, counts[at + 1]):
            break
        at += step
        chain.append(at)
    return chain


def _is_aside(tokens: Sequence[Token], count: Count) -> bool:
    """ "five, a village chief said", "four people, a girl of six among them": who says so, or a part of the whole."""
    behind = []
    for token in tokens[count.last + 1 : count.last + 1 + _ASIDE]:
        if token.text in {",", ";", "."}:
            break
        behind.append(token.lower)
    return bool(_words().says & set(behind)) or "among" in behind[:-1]


def _sum(text: str, tokens: Sequence[Token], chain: Sequence[Count], *, at_most: bool) -> tuple[Toll, int, int]:
    low = sum(count.low for count in chain)
    best = None if any(count.best is None for count in chain) else sum(count.best or 0 for count in chain)
    high = None if any(count.high is None for count in chain) else sum(count.high or 0 for count in chain)
    start = min(tokens[count.first].start for count in chain)
    end = max(tokens[count.last].end for count in chain)
    if at_most:
        low, best, high = 0, None, high if high is not None else best
    return Toll(low, best, high, text[start:end], any(count.vague for count in chain)), start, end


def _gap(tokens: Sequence[Token], count: Count, n: int, *, is_toll: bool) -> int | None:
    """How far the count stands from the word of harm at token `n`; None when the words between forbid a link."""
    if count.last + 1 < len(tokens) and tokens[count.last + 1].lower in _words().things:
        return None
    passive = tokens[n].lower in _STATES or any(t.lower in _PASSIVE for t in tokens[max(0, n - 3) : n])
    if count.first > n:
        between = tokens[n + 1 : count.first]
        if len(between) > (8 if is_toll else 4) or any(t.text in {".", ";", "(", ")"} for t in between):
            return None
        if not is_toll and any(t.lower in _BEFORE_NUMBER for t in between):
            return None
        if any(t.lower in _words().harm for t in between) and not any(t.lower == "or" for t in between):
            return None  # "killing a constable and wounding three"
        if passive and not is_toll and between and between[0].text == ",":
            return None
        return len(between) + (6 if passive and not is_toll else 0)
    if count.last >= n or is_toll:
        return None
    between = tokens[count.last + 1 : n]
    lower = {t.lower for t in between}
    if len(between) > (REACH + 5 if lower & {"among", "including"} else REACH) or lower & {";", "."}:
        return None
    if lower & _words().harm.keys() and not lower & {"and", "or"}:
        return None
    return len(between) + (0 if passive else 5)


def _one_victim(tokens: Sequence[Token], n: int) -> int | None:
    """Where one victim begins whose noun no list holds: "killed a toy seller", "a barber had been shot dead"."""
    behind = [token.lower for token in tokens[n + 1 : n + 6]]
    if behind[:1] and behind[0] in _ONE and tokens[n].lower not in _STATES:
        return None if _words().no_person & set(behind) else n + 1
    at = n - 1
    while at >= 0 and tokens[at].lower in _words().auxiliaries:
        at -= 1
    between = {token.lower for token in tokens[at + 1 : n]}
    if at < 0 or not between & {"was", "been", "is", "be"}:
        return None
    first = at
    while (
        first > 0 and at - first < _SUBJECT and tokens[first].lower not in {*_ONE, "the"} and tokens[first - 1].is_word
    ):
        first -= 1
    subject = {token.lower for token in tokens[first : at + 1]}
    single = tokens[first].lower in _ONE or (tokens[first].lower == "the" and "was" in between)
    return first if single and not _words().no_person & subject and not tokens[at].lower.endswith("s") else None


def _shot(text: str, tokens: Sequence[Token]) -> list[TollMention]:
    """ "shot five passengers", "eleven were shot": how many of them died is not told."""
    at = [n for n, token in enumerate(tokens) if token.lower == "shot"]
    for n in at:
        near = [c for c in counts_in(tokens) if (c.first == n + 1 or (c.last < n and n - c.last <= _NEAR_SHOT))]
        if near and (near[0].first > n or {"was", "were", "been"} & {t.lower for t in tokens[max(0, n - 3) : n]}):
            count = near[0]
            start, end = min(tokens[count.first].start, tokens[n].start), max(tokens[count.last].end, tokens[n].end)
            most = count.high if count.high is not None else count.best
            return [TollMention("killed", Toll(0, None, most, text[start:end], count.vague), start, end)]
    return []


def _lost_a_limb(tokens: Sequence[Token], n: int) -> bool:
    return bool(_words().limbs & {token.lower for token in tokens[n + 1 : n + 4]})


def find_tolls(text: str, sentence: Sentence) -> list[TollMention]:
    """Tolls of one sentence in order, each word of harm giving at most one."""
    harm, tokens = _words().harm, sentence.tokens
    none = _none_harmed(text, tokens)
    nobody = [] if none is None else [none, replace(none, harm="killed")] if none.harm == "injured" else [none]
    rises = {n for n, token in enumerate(tokens[:-1]) if token.lower in _RISES and tokens[n + 1].lower == "to"}
    toll_words = {token.lower for token in tokens} & _TOLL_NOUNS
    at = [
        n
        for n, token in enumerate(tokens)
        if (token.lower in harm or token.lower == "toll" or (n in rises and toll_words))
        and not (
            token.lower in {"dead", "wounded", "killed"}
            and n > 1
            and tokens[n - 1].lower == "the"
            and tokens[n - 2].lower in _words().before_the_dead
        )
        and not _IMAGINED & {t.lower for t in tokens[max(0, n - 3) : n]}
    ]
    at += [n for n, token in enumerate(tokens) if token.lower == "lost" and _lost_a_limb(tokens, n)]
    at.sort(key=lambda n: n not in rises)
    counts = counts_in(tokens) if at else []
    found: list[TollMention] = []
    used: set[int] = set()
    for n in at:
        word = tokens[n].lower
        if word == "toll" and rises:
            continue  # the verb that tells it takes the number: "the toll rose to nine"
        is_toll = word == "toll" or word in _RISES
        gaps = [
            (gap, i)
            for i, count in enumerate(counts)
            if i not in used and (gap := _gap(tokens, count, n, is_toll=is_toll)) is not None
        ]
        if not gaps:
            alone = None if is_toll else _one_victim(tokens, n)
            if alone is not None and word in harm:
                start, end = min(tokens[alone].start, tokens[n].start), max(tokens[alone].end, tokens[n].end)
                toll = Toll(1, 1, 1, text[start:end], vague=False)
                found.append(TollMention(harm[word], toll, start, end))
            continue
        _, nearest = min(gaps)
        chain = _chain(tokens, counts, nearest, 1 if counts[nearest].first > n else -1)
        if used & set(chain):
            continue
        either = n + 2 < len(tokens) and tokens[n + 1].lower == "or" and tokens[n + 2].lower in harm
        if not either:
            used |= set(chain)
        toll, start, end = _sum(text, tokens, [counts[i] for i in chain], at_most=either)
        kind: Harm = "killed" if is_toll else harm.get(word, "injured")
        found.append(TollMention(kind, toll, min(start, tokens[n].start), max(end, tokens[n].end), update=is_toll))
    if not found and not nobody:
        found = _shot(text, tokens)
    if nobody:
        inside = [t for t in found if t.end <= nobody[0].start or nobody[0].end <= t.start]
        told = {toll.harm for toll in inside}
        found = inside + [toll for toll in nobody if toll.harm not in told]
    return sorted(found, key=lambda toll: toll.start)
