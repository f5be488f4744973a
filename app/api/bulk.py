"""Many articles in one body (NDJSON): taken in while it arrives, and each line read the way a single article is."""

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from app.api.bodies import json_body, read_article, refuse_encoding
from app.api.media_types import NDJSON, media_type
from app.api.parts import AllParts
from app.domain.documents import Article
from app.domain.places import PlaceIndex
from app.errors import TooLarge
from app.services.lines import LinePacker


async def article_or_lines(request: Request, parts: AllParts) -> bytes | LinePacker:
    """The raw body of one article, or all lines of an NDJSON body; raises UnsupportedMediaType and BadInput.

    A long body is never held in one piece: its lines are compressed as they come.
    """
    if media_type(request.headers) != NDJSON:
        return await json_body(request)
    refuse_encoding(request)
    packer = LinePacker(parts.settings.max_body_bytes)
    async for chunk in request.stream():
        await run_in_threadpool(packer.feed, chunk)
    return packer


def read_line(raw: bytes, places: PlaceIndex, *, longest: int) -> tuple[Article, str | None]:
    """The article of a line of at most `longest` bytes, and its date as the caller wrote it.

    Raises BadInput or TooLarge.
    """
    if len(raw) > longest:
        raise TooLarge(f"The line is too large: send at most {longest:,} bytes a line.")
    sent = read_article(raw, places, "line")
    return sent.article, sent.published_at
