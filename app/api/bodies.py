"""From the bytes of a request body to an Article; every fault is a sentence that names the field.

The body is parsed here and not by the framework: that one takes NaN, 1e999 and lone surrogates, repeats bad input in
its error, and fails with a 500 as soon as such a value has to be written.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NoReturn

import orjson
from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.api.media_types import JSON, NDJSON, media_type
from app.api.problem import UnsupportedMediaType
from app.domain.documents import MAX_TEXT, Article, Hints
from app.domain.places import PlaceIndex
from app.domain.queries import Bbox
from app.errors import BadInput, TooLarge
from app.services.checks import check_article

MAX_LINE = 2_000
MAX_EXTERNAL_ID = 512
MAX_LANGUAGE = 35
"""RFC 5646, section 4.4.1: room for every registered tag."""
MAX_HINT_COUNTRIES = 250

What = Literal["body", "line"]

_URL = "Link to the article. One that a browser would run, such as `javascript:`, is null in the stored article."
_SUCH_AS = 'one JSON object such as {"text": "..."}'

EXAMPLE_ARTICLE: dict[str, Any] = {
    "title": "Rebels and Russian officers to meet again in southern Syria",
    "text": (
        "AMMAN, July 5 (Example News) - Rebel commanders said talks with Russian officers would resume on Friday at "
        "the Nassib border crossing. A first round on Wednesday in Busra al-Sham ended without a deal. On Thursday "
        "army units recaptured the town of Saida, 13 km east of Daraa, after heavy shelling, residents said."
    ),
    "published_at": "2018-07-05",
    "source": "Example News",
    "url": "https://news.example.org/2018/07/05/daraa",
    "external_id": "example-20180705-17",
    "language": "en",
    "hints": {"countries": ["SY", "JO"], "bbox": [35.5, 32.2, 37.5, 33.6]},
}
"""An article of our own."""


class HintsIn(BaseModel):
    """What the caller expects the article to be about."""

    model_config = ConfigDict(strict=True)

    countries: list[str] | None = Field(
        None, description="ISO 3166-1 alpha-2 codes of the countries to expect.", max_length=MAX_HINT_COUNTRIES
    )
    bbox: list[float] | None = Field(
        None, description="west, south, east, north in WGS 84 degrees.", min_length=4, max_length=4
    )


class ArticleIn(BaseModel):
    """One article. Unknown fields are ignored, and blank strings count as not given, except for the text."""

    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [EXAMPLE_ARTICLE]})

    text: str = Field(
        description="Plain text of the article; offsets in the answer count its code points.",
        min_length=1,
        max_length=MAX_TEXT,
    )
    title: str | None = Field(
        None, description="Read like a first sentence; offsets never point into it.", max_length=MAX_LINE
    )
    published_at: str | None = Field(
        None,
        description="The day of publication or an RFC 3339 date-time: the anchor for `on Thursday`. "
        "Of a date-time the day counts as it is written, in the caller's own zone. "
        "Of several days set apart by `;`, as UCDP tables write them, the first in time.",
    )
    source: str | None = Field(None, description="Name of the outlet.", max_length=MAX_LINE)
    url: str | None = Field(None, description=_URL, max_length=MAX_LINE)
    external_id: str | None = Field(None, description="The caller's own id.", max_length=MAX_EXTERNAL_ID)
    language: str | None = Field(None, description="BCP 47 tag.", max_length=MAX_LANGUAGE)
    hints: HintsIn | None = Field(None, description="What the caller expects.")


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as the pipeline takes it, and its publication date word for word, for the record."""

    article: Article
    published_at: str | None


async def json_body(request: Request) -> bytes:
    """The raw body of a JSON request; raises UnsupportedMediaType. The body limit stands in the middleware."""
    kind = media_type(request.headers)
    if kind != JSON and not kind.endswith("+json"):
        raise UnsupportedMediaType(
            f"Send one article as JSON with Content-Type: {JSON}; POST /v1/articles also takes many, one a line, "
            f"with Content-Type: {NDJSON}."
        )
    refuse_encoding(request)
    return await request.body()


def refuse_encoding(request: Request) -> None:
    """Raise UnsupportedMediaType for a compressed body: a small one may unpack to a huge one."""
    if request.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise UnsupportedMediaType("Send the body uncompressed, without a Content-Encoding.")


def parse_json(raw: bytes, what: What = "body") -> Any:
    """Strict JSON (RFC 8259) in UTF-8: no NaN, no lone surrogate, no number beyond a double; raises BadInput.

    `what` is the word by which the sentences call `raw`.
    """
    try:
        # A byte order mark may be ignored (RFC 8259, 8.1), and some editors write one.
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BadInput(f"The {what} is not valid UTF-8 at byte {error.start}: send the JSON as UTF-8.") from None
    if not text.strip():
        raise BadInput(f"The {what} is empty: send {_SUCH_AS}.")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if what == "body" else f"column {error.colno}"
        if "surrogate" in error.msg:
            raise BadInput(f"A string holds half of a surrogate pair at {where}: send well-formed Unicode.") from None
        raise BadInput(f"The {what} is not valid JSON at {where}: {error.msg}.") from None


def read_article(raw: bytes, places: PlaceIndex, what: What = "body") -> ReadArticle:
    """Parse and check one article; raises BadInput or TooLarge, with sentences that call `raw` by the word `what`."""
    value = parse_json(raw, what)
    if not isinstance(value, dict):
        raise BadInput(f"The {what} must be {_SUCH_AS}.")
    try:
        sent = ArticleIn.model_validate(value)
    except ValidationError as error:
        refuse(error)
    if not sent.text.strip():
        raise BadInput("text is blank: send the words of the article.", field="text")
    published_at = _words(sent.published_at)
    article = Article(
        text=sent.text,
        title=_words(sent.title),
        published=None if published_at is None else publication_day(published_at),
        source=_words(sent.source),
        url=_link(_words(sent.url)),
        external_id=_words(sent.external_id),
        language=_language(_words(sent.language)),
        hints=_hints(sent.hints, places),
    )
    check_article(article)
    return ReadArticle(article, published_at)


_ASKED = {
    "string_type": "a string",
    "float_type": "a number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "an object",
}


def refuse(error: ValidationError) -> NoReturn:
    """Raise the first fault as a sentence of our own; the library's would repeat parts of the input."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    kind, context = first["type"], first.get("ctx", {})
    if kind == "string_too_long":
        sentence = f"{field} is too long: send at most {context['max_length']:,} characters."
        raise TooLarge(sentence) if field == "text" else BadInput(sentence, field=field)
    if kind == "missing":
        raise BadInput(f"{field} is missing.", field=field)
    if kind == "string_too_short" and field == "text":
        raise BadInput("text is empty: send the words of the article.", field=field)
    if kind == "string_too_short":
        raise BadInput(f"{field} is empty: fill it, or leave it out where it may be.", field=field)
    if field == "hints.bbox":
        raise BadInput("hints.bbox must be four numbers: west, south, east, north.", field=field)
    if kind in _ASKED:
        raise BadInput(f"{field} must be {_ASKED[kind]}.", field=field)
    raise BadInput(f"{field}: {first['msg']}.", field=field)


def _words(value: str | None) -> str | None:
    """Blank means not given: feeds send empty strings for what they do not know."""
    return value if value and value.strip() else None


MAX_DAYS = 100
"""Days that published_at may list."""
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]+)?)?"
_ZONE = r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])"
_PUBLISHED = re.compile(rf"({_DAY})(?:[Tt ]{_TIME}{_ZONE}?)?")
"""RFC 3339, section 5.6, and the same without seconds or zone, which many feeds leave out."""


def publication_day(value: str) -> date:
    """The day as it is written in a date or date-time: that is the day in the caller's own zone; raises BadInput.

    Of several days set apart by ";", as UCDP tables write `source_date` (one a report), the first in time counts.
    """
    days = [part.strip() for part in value.split(";")]
    if len(days) > MAX_DAYS:
        raise BadInput(f"published_at holds more than {MAX_DAYS} days.", field="published_at")
    if len(days) > 1:
        return min(publication_day(day) for day in days)
    match = _PUBLISHED.fullmatch(value)
    if match is None:
        raise BadInput(
            "published_at must be a day such as 2018-07-05 or a date-time such as 2018-07-05T14:30:00Z.",
            field="published_at",
        )
    try:
        return date.fromisoformat(match[1])
    except ValueError:
        raise BadInput("published_at names a day that is not in the calendar.", field="published_at") from None


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _link(value: str | None) -> str | None:
    if value is not None and _CONTROL.search(value):
        raise BadInput("url holds a control character such as a tab or a line break: take it out.", field="url")
    return value


_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def _language(value: str | None) -> str | None:
    if value is not None and not _LANGUAGE.fullmatch(value):
        raise BadInput("language must be a BCP 47 tag such as en or pt-BR.", field="language")
    return value


def _hints(hints: HintsIn | None, places: PlaceIndex) -> Hints:
    if hints is None:
        return Hints()
    box = None
    if hints.bbox is not None:
        checked = Bbox.from_param(",".join(map(repr, hints.bbox)), field="hints.bbox")
        box = (checked.west, checked.south, checked.east, checked.north)
    return Hints(country_codes(hints.countries or [], "hints.countries", places), box)


_ALPHA_2 = re.compile(r"[A-Za-z]{2}")


def country_codes(values: list[str], field: str, places: PlaceIndex | None) -> tuple[str, ...]:
    """ISO 3166-1 alpha-2 codes in capitals, each once; raises BadInput for a code that no country of the gazetteer has.

    Without a gazetteer only the form is checked.
    """
    codes = []
    for value in values:
        code = value.upper()
        if not _ALPHA_2.fullmatch(value) or (places is not None and places.country(code) is None):
            raise BadInput(f"{field} must be ISO 3166-1 alpha-2 country codes such as SY.", field=field)
        codes.append(code)
    return tuple(dict.fromkeys(codes))
