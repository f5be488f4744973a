"""The phrases of phrases.yaml as compiled expressions over masked sentences."""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from app.datafiles import read_yaml
from app.resolution.relations.directions import NOUN, SHORT
from app.resolution.relations.masked import BORDER, COUNTRY, DEMONYM, MEANT, NAMELESS, TOWN

DATA: Final[Any] = read_yaml("app.resolution.relations", "phrases.yaml")


def either(words: Iterable[str]) -> str:
    """Any of the words, the longest first, as a group that takes no number."""
    longest_first = [re.escape(word) for word in sorted(words, key=lambda word: -len(word))]
    return "(?:" + "|".join(longest_first).replace("\\ ", " ") + ")"


_W: Final[dict[str, list[str]]] = DATA["words"]
_STOP: Final = rf"(?!{either(_W['stop'])}\b)"
_THE: Final = "(?:the |a |an |its |their )?"
# "the besieged eastern city of X", "the capital, X"; or a few adjectives that need no noun.
FILL: Final = (
    rf"{_THE}(?:(?:{_STOP}[\w'{DEMONYM[1:-1]}-]+ ){{0,4}}?{either(_W['feature'])}(?: of|,| at| called)? (?:the )?"
    rf"|(?:{either(_W['modifier'])} ){{0,2}})"
)
_ANCHOR: Final = f"[{TOWN[1:-1]}{COUNTRY[1:-1]}{BORDER[1:-1]}{MEANT[1:-1]}]"
NUMBER: Final = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:[.,]\d{1,3})?|"
    rf"{either(DATA['vague'])}|{either(DATA['tens'])}(?:[- ]{either(DATA['small'])})?|{either(DATA['small'])})"
)
_UNIT: Final = rf"{either(DATA['units'])}\b"
_QUALIFIERS: Final = rf"(?:{either(_W['qualifier'])} )"
_DISTANCE: Final = (
    rf"(?<![\w.,$€£-])(?P<qualifier>{_QUALIFIERS}{{0,2}})(?P<number>{NUMBER})"
    rf"(?:(?: ?- ?| to | or | and )(?P<upper>{NUMBER}))?[ -]?(?P<unit>{_UNIT})"
    r"(?: ?\([^()]{1,30}\))?(?: or so| drive)?"
)
_DRIVE: Final = (
    rf"(?<![\w.,$€£-])(?P<qualifier>{_QUALIFIERS}{{0,2}})(?:a )??(?P<number>{NUMBER})"
    rf"(?:(?: ?- ?| to | or )(?P<upper>{NUMBER}))?"
    rf"[ -](?P<time>hour|minute|day)s?'?s? (?:{_STOP}[\w-]+ )?(?P<mode>{either(DATA['speeds'])})"
)
_DIRECTIONS: Final = rf"(?P<direction>{NOUN})(?:(?: and |/| or )(?P<direction2>{NOUN}))?"
_MACROS: Final = {
    "a": f"{FILL}(?P<a>{_ANCHOR})",
    "b": f"{FILL}(?P<b>{_ANCHOR})",
    "A": f"(?P<a>{_ANCHOR})",
    "P": TOWN,
    "C": COUNTRY,
    "D": DEMONYM,
    "B": BORDER,
    "ANY": f"[{TOWN[1:-1]}{NAMELESS[1:-1]}]",
    "NAMELESS": NAMELESS,
    "FILL": FILL,
    "the": "(?:the )?",
    "adj": rf"(?:{_STOP}[\w-]+ ){{0,2}}?",
    "distance": _DISTANCE,
    "drive": _DRIVE,
    "DIR": NOUN,
    "SHORT": SHORT,
    "directions": _DIRECTIONS,
    "MODS": r"(?:(?:due|directly|just|further|farther|away|straight|off) )?(?:to the |toward the |towards the )?",
    "road": either(_W["road"]),
    "joins": either(_W["joins"]),
    "extent": rf"(?P<belt>{either(_W['extent'])})",
    "region": either(_W["region"]),
    "NEAR": either(DATA["near"]),
}
_MACRO: Final = re.compile(r"\{([A-Za-z]+)\}")


class Phrase(NamedTuple):
    """One phrase of a rule."""

    rule: str
    needs: frozenset[str]
    """One of these must stand in the sentence; a quick test that spares most sentences the expression."""
    pattern: re.Pattern[str]


def _expression(phrase: str) -> str:
    return _MACRO.sub(lambda macro: _MACROS[macro[1]], phrase)


def _phrases() -> tuple[Phrase, ...]:
    return tuple(
        Phrase(rule["rule"], frozenset(rule["needs"]), re.compile(rf"(?<!\w){_expression(phrase)}(?!\w)"))
        for rule in DATA["rules"]
        for phrase in rule["phrases"]
    )


PHRASES: Final = _phrases()
"""In the order in which they are tried."""
NEEDS: Final = frozenset[str]().union(*(phrase.needs for phrase in PHRASES))
NEAR_KM: Final = {words: float(km) for words, km in DATA["near"].items()}
EXTENT_KM: Final = {word: float(km) for word, km in DATA["extents"].items()}
DEALINGS: Final = frozenset(DATA["dealings"])
ANAPHORS: Final = {noun: frozenset(kinds) for noun, kinds in DATA["anaphors"].items()}
