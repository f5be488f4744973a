"""Bad articles: each is refused with the right status and a sentence, and leaves nothing in the store."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.bodies import publication_day, read_article
from app.errors import BadInput
from tests.api.checks import assert_problem
from tests.few_places import few_places

TEXT = "Shells hit the town."


def body(**fields: Any) -> bytes:
    return json.dumps({"text": TEXT} | fields).encode()


BAD_BODIES = [
    # the text
    pytest.param(b'{"title": "x"}', 400, "text", id="no text"),
    pytest.param(b'{"text": null}', 400, "text", id="text is null"),
    pytest.param(b'{"text": 5}', 400, "text", id="text is a number"),
    pytest.param(b'{"text": ["a"]}', 400, "text", id="text is a list"),
    pytest.param(b'{"text": ""}', 400, "text", id="text is empty"),
    pytest.param('{"text": " \\n\\t\u00a0\u2003"}'.encode(), 400, "text", id="text is blank, with wide blanks"),
    pytest.param(body(text="a" * 200_001), 413, None, id="one character over the limit"),
    pytest.param(b'{"text": "a\\u0000b"}', 400, "text", id="NUL, which PostgreSQL cannot store"),
    # the JSON
    pytest.param(b"", 400, None, id="no body"),
    pytest.param(b"  ", 400, None, id="blank body"),
    pytest.param(b'{"text": "x', 400, None, id="broken JSON"),
    pytest.param(b'{"text": "x"} {}', 400, None, id="two values"),
    pytest.param(b'["x"]', 400, None, id="a list"),
    pytest.param(b'"x"', 400, None, id="a string"),
    pytest.param(b"null", 400, None, id="null"),
    pytest.param(b'{"text": "\xff\xfe"}', 400, None, id="not UTF-8"),
    pytest.param('{"text": "x"}'.encode("utf-16"), 400, None, id="UTF-16"),
    pytest.param(b'{"text": "\xed\xa0\x80"}', 400, None, id="a surrogate in UTF-8 bytes"),
    pytest.param(b'{"text": "a\\ud800b"}', 400, None, id="a lone high surrogate"),
    pytest.param(b'{"text": "x", "title": "\\udc00"}', 400, None, id="a lone low surrogate"),
    pytest.param(b'{"text": "x", "more": "\\ud800"}', 400, None, id="a lone surrogate in a field that is not read"),
    pytest.param(b'{"text": "x", "n": NaN}', 400, None, id="NaN in a field that is not read"),
    pytest.param(b'{"text": "x", "n": 1e999}', 400, None, id="a number beyond a double"),
    pytest.param(b'{"text": "x", "n": ' + b"9" * 5000 + b"}", 400, None, id="5,000 digits"),
    pytest.param(b"[" * 100_000, 400, None, id="100,000 deep"),
    # the other fields
    pytest.param(body(title=7), 400, "title", id="title is a number"),
    pytest.param(body(title="t" * 2001), 400, "title", id="title too long"),
    pytest.param(body(title="a\0"), 400, "title", id="NUL in the title"),
    pytest.param(body(source=["x"]), 400, "source", id="source is a list"),
    pytest.param(body(external_id="x" * 513), 400, "external_id", id="external_id too long"),
    pytest.param(body(url="https://example.org/a\tb"), 400, "url", id="a tab in the link"),
    pytest.param(body(url="https://example.org/\r\nSet-Cookie: a=b"), 400, "url", id="a line break in the link"),
    pytest.param(body(url="https://example.org/\x7f"), 400, "url", id="DEL in the link"),
    pytest.param(body(url="https://example.org/\x85"), 400, "url", id="a control character beyond ASCII in the link"),
    pytest.param(body(url="a\0"), 400, "url", id="NUL in the link"),
    pytest.param(body(external_id="a\0"), 400, "external_id", id="NUL in the caller's id"),
    pytest.param(body(language="English, mostly"), 400, "language", id="no language tag"),
    pytest.param(body(published_at="yesterday"), 400, "published_at", id="no date"),
    pytest.param(body(published_at=20240101), 400, "published_at", id="date as a number"),
    pytest.param(body(published_at="2024-02-30"), 400, "published_at", id="30 February"),
    pytest.param(body(published_at="2023-02-29T10:00:00Z"), 400, "published_at", id="29 February of a common year"),
    pytest.param(body(published_at="2024-01-01T24:30:00Z"), 400, "published_at", id="half past midnight of 24"),
    pytest.param(body(published_at="2024-01-01Z"), 400, "published_at", id="zone without time"),
    pytest.param(body(published_at="٢٠٢٤-٠١-٠١"), 400, "published_at", id="Arabic-Indic digits"),
    pytest.param(body(published_at="2024-01-03;yesterday"), 400, "published_at", id="one of two is no day"),
    pytest.param(body(published_at="2024-01-03;"), 400, "published_at", id="nothing behind the semicolon"),
    pytest.param(body(published_at="0000-01-01"), 400, "published_at", id="year 0"),
    # hints
    pytest.param(body(hints=[]), 400, "hints", id="hints is a list"),
    pytest.param(body(hints={"countries": "SY"}), 400, "hints.countries", id="countries is a string"),
    pytest.param(body(hints={"countries": ["Syria"]}), 400, "hints.countries", id="a name for a code"),
    pytest.param(body(hints={"countries": ["ZZ"]}), 400, "hints.countries", id="a code of no country"),
    pytest.param(body(hints={"countries": [1]}), 400, "hints.countries.0", id="a number for a code"),
    pytest.param(body(hints={"countries": ["SY"] * 251}), 400, "hints.countries", id="more codes than countries"),
    pytest.param(body(hints={"bbox": [1, 2, 3]}), 400, "hints.bbox", id="three numbers"),
    pytest.param(body(hints={"bbox": [1, 2, 3, "4"]}), 400, "hints.bbox.3", id="a string for a number"),
    pytest.param(body(hints={"bbox": [1, 2, 3, True]}), 400, "hints.bbox.3", id="true for a number"),
    pytest.param(body(hints={"bbox": [1, 50, 3, 40]}), 400, "hints.bbox", id="south over north"),
    pytest.param(body(hints={"bbox": [1, 2, 3, 91]}), 400, "hints.bbox", id="beyond the pole"),
]


@pytest.mark.parametrize("path", ["/v1/geoparse", "/v1/articles"])
@pytest.mark.parametrize(("content", "status", "field"), BAD_BODIES)
def test_bad_body_is_refused_and_not_stored(
    client: TestClient, count_articles: Callable[[], int], path: str, content: bytes, status: int, field: str | None
) -> None:
    response = client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert_problem(response, status, field)
    assert count_articles() == 0


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"Content-Type": "text/plain"}, "application/json"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, "application/json"),
        ({"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}, "uncompressed"),
        ({"Content-Type": "application/ndjson"}, "application/x-ndjson"),
        # a body of 1 kB that unpacks to 1 GB must not be unpacked
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, "uncompressed"),
    ],
)
def test_other_media_types_are_refused(client: TestClient, headers: dict[str, str], says: str) -> None:
    problem = assert_problem(client.post("/v1/articles", content=body(), headers=headers), 415)
    assert says in problem["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "application/json; charset=utf-8"},
        {"Content-Type": "APPLICATION/JSON"},
        {"Content-Type": "application/ld+json"},
    ],
)
def test_json_by_any_name_is_read(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/v1/geoparse", content=body(), headers=headers).status_code == 200


def test_text_of_exactly_the_limit_is_read(client: TestClient) -> None:
    assert client.post("/v1/geoparse", content=body(text="a " * 100_000)).status_code == 200


def test_byte_order_mark_is_ignored(client: TestClient) -> None:
    assert client.post("/v1/geoparse", content=b"\xef\xbb\xbf" + body()).status_code == 200


def test_nothing_of_the_input_is_repeated(client: TestClient) -> None:
    # an echo would carry a script into a page, or a surrogate into an encoder
    sent = {"title": {"<script>": "MARKER"}, "published_at": "MARKER", "hints": {"countries": ["MARKER"]}}
    for field, value in sent.items():
        assert "MARKER" not in client.post("/v1/geoparse", content=body(**{field: value})).text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2018-07-05", date(2018, 7, 5)),
        ("2018-07-05T14:30:00Z", date(2018, 7, 5)),
        # the day counts as written: in UTC this is the fourth
        ("2018-07-05T01:30:00+03:00", date(2018, 7, 5)),
        ("2018-07-05t23:59:60.123456789z", date(2018, 7, 5)),
        ("2018-07-05 14:30", date(2018, 7, 5)),
        ("2018-07-05T14:30:00+0300", date(2018, 7, 5)),
        ("2024-02-29", date(2024, 2, 29)),
        # as UCDP tables write the days of several reports
        ("2016-01-26;2016-01-31; 2016-01-25", date(2016, 1, 25)),
    ],
)
def test_publication_day(written: str, day: date) -> None:
    assert publication_day(written) == day


def test_fields_reach_the_article() -> None:
    sent = read_article(
        body(
            title="Shells",
            source="",
            url="HTTPS://example.org/ä?b=c#d",
            external_id=" ",
            language="pt-BR",
            published_at="2018-07-05T01:30:00+03:00",
            hints={"countries": ["sy", "JO", "SY"], "bbox": [35, 32.5, 37, 33]},
            unknown={"ignored": True},
        ),
        few_places(),
    )
    article = sent.article
    assert sent.published_at == "2018-07-05T01:30:00+03:00"
    assert (article.text, article.title, article.published) == (TEXT, "Shells", date(2018, 7, 5))
    # feeds send blanks for what they do not know; two such articles are not the same one
    assert (article.source, article.external_id) == (None, None)
    assert (article.url, article.language) == ("HTTPS://example.org/ä?b=c#d", "pt-BR")
    assert (article.hints.countries, article.hints.bbox) == (("SY", "JO"), (35.0, 32.5, 37.0, 33.0))


@pytest.mark.parametrize("blank", ["", " ", "\t\u2003\n"])
def test_blank_strings_count_as_not_given(blank: str) -> None:
    # feeds send blanks for what they do not know
    fields = ("title", "published_at", "source", "url", "external_id", "language")
    assert read_article(body(**dict.fromkeys(fields, blank)), few_places()) == read_article(body(), few_places())


@pytest.mark.parametrize(
    "url",
    [
        "HTTPS://example.org/ä?b=c#d",
        "https://example.org/a b",  # a blank, as careless feeds write it
        "http://[broken",  # no address by any rule
        "tag:example.org,2018:17",  # not every name of an article is an address
        "/2018/07/05/daraa",
        "see data: javascript",  # no scheme: the words stand behind a blank
        "datasette.example.org",
    ],
)
def test_any_url_comes_back_as_sent(client: TestClient, url: str) -> None:
    stored = client.post("/v1/articles", content=body(url=url))
    assert (stored.status_code, stored.json()["url"]) == (201, url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://example.org",
        "  javascript:alert(1)",  # browsers strip blanks first
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
    ],
)
def test_a_link_that_runs_is_taken_and_never_handed_out(client: TestClient, url: str) -> None:
    stored = client.post("/v1/articles", content=body(url=url))
    assert (stored.status_code, stored.json()["url"]) == (201, None)
    assert client.get(stored.headers["Location"]).json()["url"] is None


def test_message_says_where_the_json_breaks() -> None:
    with pytest.raises(BadInput, match="line 2, column 8"):
        read_article(b'{"text":\n "abc" "x"}', few_places())
