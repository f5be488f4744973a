"""The library face: what `from app import ...` promises."""

import re
import subprocess
import sys
from typing import Any

import pytest

import app
from tests.compiled import REPOSITORY, compiled_gazetteer


@pytest.mark.parametrize("name", app.__all__)
def test_each_public_name_is_there(name: str) -> None:
    thing = getattr(app, name)
    assert thing.__name__ == name
    assert thing.__doc__


def test_the_types_of_a_document_are_public() -> None:
    # Whoever holds a Document can name everything in it.
    from app.domain import dates, documents, events, places, spans, toponyms

    for module in (dates, documents, events, places, spans, toponyms):
        classes = [thing for thing in vars(module).values() if isinstance(thing, type)]
        assert {thing.__name__ for thing in classes if thing.__module__ == module.__name__} <= set(app.__all__)


def test_nothing_else_is() -> None:
    with pytest.raises(AttributeError, match="no attribute 'create_app'"):
        _ = app.create_app
    assert dir(app) == app.__all__


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        # the lexicons stay unread until somebody geoparses
        ("import app", "app.pipeline"),
        # a library user loads neither the web nor the database
        ("from app import geoparse, load_places, document_to_dict", "fastapi"),
        ("from app import geoparse, load_places, document_to_dict", "sqlalchemy"),
        # `make run` asks first whether the gazetteer is current: that must not cost a second
        ("import gazetteer.build", "app.pipeline"),
    ],
)
def test_imports_are_lean(statement: str, absent: str) -> None:
    script = f"import sys; {statement}; sys.exit({absent!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY).returncode == 0


def test_the_example_of_the_readme_runs() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    names: dict[str, Any] = {}
    exec(code.replace('load_places("data")', f"load_places({str(compiled_gazetteer().parent)!r})"), names)  # noqa: S102  (our own words)
    (event,) = names["document"].events
    assert (event.kind, str(event.date.start), event.place.place.country) == ("shelling", "2024-05-12", "SD")
