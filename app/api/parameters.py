"""Query parameters: declared once in a table, which the OpenAPI document shows and the check for unknown names uses.

Values are read strictly (no silent repair of broken percent-encoding, no second value that wins unseen), because a
parameter that is misread gives a wrong map instead of an error.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request

from app.errors import BadInput, NotFound

MAX_VALUE = 200
"""Characters of a name to search for."""
MAX_CURSOR = 2_000
MAX_VALUES = 100
"""Values of a parameter that takes several."""
MAX_ID = 200


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter: its name, what it means, its JSON schema, an example."""

    name: str
    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string", "maxLength": MAX_VALUE})
    example: str | None = None

    @property
    def openapi(self) -> dict[str, Any]:
        """The parameter as OpenAPI 3.1 spells it; a list may be repeated or written with commas."""
        spelled: dict[str, Any] = {"name": self.name, "in": "query", "description": self.description}
        spelled["schema"] = dict(self.schema)
        if self.example is not None:
            spelled["example"] = self.example
        if self.schema["type"] == "array":
            spelled |= {"style": "form", "explode": True}
        return spelled


def openapi_parameters(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """For a route's `openapi_extra`."""
    return {"parameters": [parameter.openapi for parameter in parameters]}


def list_of(choices: Sequence[str]) -> dict[str, Any]:
    """The schema of a parameter that takes any of `choices`."""
    return {"type": "array", "items": {"type": "string", "enum": list(choices)}}


class Query:
    """The query of one request. Every reader raises BadInput with the parameter's name."""

    def __init__(self, raw: bytes, known: Sequence[str]) -> None:
        """Split `raw`; unknown names, NUL and broken percent-encoding are refused at once."""
        try:
            self.items = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            raise BadInput("The query is not percent-encoded UTF-8.") from None
        for name, value in self.items:
            if name not in known:
                takes = f"it takes {', '.join(known)}" if known else "it takes none"
                raise BadInput(f"The query holds a parameter that this address does not know: {takes}.")
            if "\0" in value:
                raise BadInput(f"{name} holds the character NUL: take it out.", field=name)
            if not value.strip():
                raise BadInput(f"{name} is empty: give it a value or leave it out.", field=name)

    def one(self, name: str, *, longest: int = MAX_VALUE) -> str | None:
        """The only value of `name`, or None."""
        values = [value for key, value in self.items if key == name]
        if len(values) > 1:
            raise BadInput(f"{name} is given {len(values)} times: give it once.", field=name)
        if values and len(values[0]) > longest:
            raise BadInput(f"{name} is too long: send at most {longest:,} characters.", field=name)
        return values[0] if values else None

    def many(self, name: str) -> list[str]:
        """All values of `name`, repeated or separated by commas."""
        values = [part.strip() for key, value in self.items if key == name for part in value.split(",")]
        if len(values) > MAX_VALUES or any(not value or len(value) > MAX_VALUE for value in values):
            raise BadInput(f"{name} takes up to {MAX_VALUES} values, none of them empty.", field=name)
        return values

    def choices(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Like `many`, each one of `allowed`."""
        values = self.many(name)
        if not set(values) <= set(allowed):
            raise BadInput(f"{name} must be one of: {'; '.join(allowed)}.", field=name)
        return tuple(dict.fromkeys(values))

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of `allowed`."""
        value = self.one(name)
        if value is not None and value not in allowed:
            raise BadInput(f"{name} must be one of: {'; '.join(allowed)}.", field=name)
        return value or default

    def whole(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number from `low` to `high`."""
        value = self.one(name)
        if value is None:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise BadInput(f"{name} must be a whole number from {low} to {high}.", field=name)
        return int(value)

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        """A finite number from `low` to `high`."""
        value = self.one(name)
        if value is None:
            return None
        if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", value):
            raise BadInput(f"{name} must be a number.", field=name)
        number = float(value)
        if not math.isfinite(number) or not low <= number <= high:
            limits = f"from {low:g} to {high:g}" if math.isfinite(high) else f"not below {low:g}"
            raise BadInput(f"{name} must be a number {limits}.", field=name)
        return number

    def day(self, name: str) -> date | None:
        """An ISO 8601 day."""
        value = self.one(name)
        if value is None:
            return None
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            raise BadInput(f"{name} names a day that is not in the calendar.", field=name) from None
        raise BadInput(f"{name} must be a day such as 2018-07-05.", field=name)


async def read_query(request: Request) -> Query:
    """The query of a request, with the names that its route declares in the OpenAPI document and no other."""
    declared = (request.scope["route"].openapi_extra or {}).get("parameters", ())
    return Query(request.scope["query_string"], [item["name"] for item in declared])


def checked_id(raw: str) -> str:
    """An id from the path; raises NotFound for what no id looks like, so that the store need not fail on it."""
    if len(raw) > MAX_ID or not raw.isprintable():
        raise NotFound("There is nothing under that id.")
    return raw
