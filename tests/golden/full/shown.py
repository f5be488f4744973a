"""What a golden article is compared by: `python -m tests.golden.full.shown FILE...` writes NAME.json beside NAME.txt.

The whole answer of the service without what no reader can check: ids, confidences, reasons, alternatives of toponyms,
versions. Read what it writes with your own eyes before you commit it.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.documents import Article
from app.domain.places import PlaceIndex
from app.formats.document import document_to_dict
from app.pipeline import geoparse
from app.places import load_places

TODAY = date(2026, 11, 23)
UNSEEN = {
    "id", "confidence", "reasons", "alternatives", "provenance", "score", "focus", "language", "geometry",
    "population", "wikidata", "extent_km", "admin2",
}  # fmt: skip
"""Fields left out, wherever they stand; a geometry follows from its point and radius."""


def article_of(path: Path) -> Article:
    """NAME.txt: `title:`, `published:` and `source:` lines as far as known, a blank line, the text."""
    head, _, text = path.read_text("utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    day = fields.get("published")
    return Article(text, fields.get("title"), date.fromisoformat(day) if day else None, fields.get("source"))


def _seen(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _seen(inner) for name, inner in value.items() if name not in UNSEEN}
    return [_seen(inner) for inner in value] if isinstance(value, list | tuple) else value


def shown(article: Article, places: PlaceIndex) -> Any:
    """The answer as plain JSON values, without the fields that no reader can check."""
    answer = document_to_dict(geoparse(article, places, today=TODAY))
    return json.loads(json.dumps(_seen(answer), default=str))


def main() -> None:
    """Write the JSON of each article."""
    places = load_places()
    for name in sys.argv[1:]:
        path = Path(name)
        answer = shown(article_of(path), places)
        path.with_suffix(".json").write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
