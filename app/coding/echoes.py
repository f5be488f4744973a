"""What one clause says of another event: "in Busra al-Sham, the same place as last time" places the round before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.coding.drafts import Draft

_LAST_TIME = re.compile(
    r",?\s*(?:the\s+|that\s+is\s+the\s+)?(?:same\s+(?:place|venue|town|city|village|spot|location)\s+as\s+(?:the\s+)?"
    r"(?:last\s+time|before|previously|last\s+(?:round|meeting|week)|(?:previous|earlier|first)\s+(?:round|talks|meeting|time))"
    r"|(?:scene|site|venue)\s+of\s+the\s+(?:last|previous|earlier|first)\s+(?:round|talks|meeting|session)"
    r"|(?:which|that)\s+(?:had\s+)?(?:also\s+)?hosted\s+(?:the\s+)?(?:last|previous|earlier|first)\s+(?:round|talks|meeting|session)"
    r"|where\s+(?:the\s+)?(?:last|previous|earlier|first|they)\s+(?:round|talks|meeting|session|met|had\s+met)\b)",
    re.IGNORECASE,
)


def place_of_last_time(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Events of the same kind that have only a region get the town which the words say they took place in."""
    out = list(drafts)
    for draft in drafts:
        for spot in filter(None, (draft.spot, *draft.others)):
            if spot.end is None or spot.geo_precision == 3 or not _LAST_TIME.match(text, spot.end):
                continue
            for number, other in enumerate(out):
                vague = other.spot is None or other.spot.geo_precision == 3
                if other.kind == draft.kind and other.status in {"occurred", "claimed"} and vague:
                    told = replace(spot, geo_precision=2, where_prec=2, start=None, end=None, resolved=None)
                    why = f"{spot.place.name} is told as the place of last time"
                    out[number] = replace(other, spot=told, place_confidence=0.6, reasons=(*other.reasons, why))
    return out
