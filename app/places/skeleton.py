"""Consonant skeletons: what is left of a name key when everything is gone that writers disagree about.

A skeleton only proposes: it finds the keys that are worth a comparison letter by letter, and decides nothing
(Saida and Suwayda are both `sd`).
"""

import re
from collections.abc import Iterator
from typing import Final

SAME_CONSONANTS: Final = 65.0
"""How alike (0 to 100) two names with one skeleton must be: they differ in vowels only (Menaka and Meneka)."""

LEAST: Final = 3
"""Shorter skeletons stand for too many names to propose anything."""

_SAME_SOUND = {
    "gh": "g", "kh": "k", "sch": "x", "tch": "x", "sh": "x", "ch": "x", "zh": "j", "dj": "j", "ph": "f", "th": "t",
    "dh": "d", "ck": "k", "q": "k", "c": "k", "tz": "s", "ts": "s", "z": "s",
}  # fmt: skip
_SOUNDS = re.compile("|".join(sorted(_SAME_SOUND, key=len, reverse=True)))
_SILENT = str.maketrans(
    dict.fromkeys(
        "aeiouywh"
        "اويه"  # Arabic long vowels and the ending that ta marbuta is folded to
        "אהוי"  # Hebrew letters that stand for vowels
        "аеёиоуыэюяіїєйьъ"
    )
) | str.maketrans({"ґ": "г"})
_DOUBLED = re.compile(r"(.)\1+")
_ALPHABETS = ("bdfgjklmnprstvx", "بتثجحخدذرزسشصضطظعغفقكلمن", "בגדזחטכלמנסעפצקרשת", "бвгджзклмнпрстфхцчшщ")


def cut_off(key: str) -> float | None:
    """How alike (0 to 100) a misspelling must be to a key of this length; None where none is accepted.

    Measured: "saida" and "suwayda", two towns of one country, are 83 alike.
    """
    if len(key) < 5:
        return None
    return 90.0 if len(key) < 8 else 85.0


def proposes(key: str) -> str | None:
    """The skeleton under which a key may be proposed; None for one that is too short, or of a script we do not know."""
    bones = skeleton(key)
    if len(bones) < LEAST or cut_off(key) is None or not any(bones[0] in letters for letters in _ALPHABETS):
        return None
    return bones


def skeleton(key: str) -> str:
    """The skeleton of a name key: `nassib` and `naseeb` give `nsb`, `qunaytirah` and `kuneitra` give `kntr`."""
    if key.isascii():
        key = _SOUNDS.sub(lambda found: _SAME_SOUND[found.group()], key)
    return _DOUBLED.sub(r"\1", key).translate(_SILENT)


def neighbours(wanted: str) -> Iterator[str]:
    """The skeleton itself, then those one letter away: left out, put in, put for another, or swapped with the next."""
    yield wanted
    alphabet = next((letters for letters in _ALPHABETS if any(letter in letters for letter in wanted)), "")
    for at in range(len(wanted) + 1):
        before, after = wanted[:at], wanted[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in alphabet:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
