"""The country of an outlet, from its name or the address of the article."""

import pytest

from app.recognition.outlets import outlet_country


@pytest.mark.parametrize(("source", "url", "country"), [
    ("Reuters", None, "GB"),
    ("reuters", None, "GB"),  # case does not matter
    (None, "https://www.aljazeera.com/news/1", "QA"),
    (None, "https://news.bbc.co.uk/x", "GB"),  # a part of a known domain
    ("Unheard Gazette", "https://example.org/x", None),
    ("Unheard Gazette", "https://apnews.com/x", "US"),  # the address helps where the name does not
    (None, "notbbc.com.example.org", None),  # no address at all
    (None, "https://notbbc.com/x", None),  # only whole labels count
    (None, "http://[::1", None),  # broken; kept as sent, never an error
    (None, None, None),
    ("", "", None),
])  # fmt: skip
def test_outlet(source: str | None, url: str | None, country: str | None) -> None:
    assert outlet_country(source, url) == country
