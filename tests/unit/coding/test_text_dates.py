"""All dates of a text: what looks ahead, what counts from the day before, whose year goes on."""

from datetime import date

import pytest

from app.coding.text_dates import text_dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("text", "published", "days"), [
    ("They met on Monday and will meet again on Friday.", "2023-04-05", ["2023-04-03", "2023-04-07"]),
    ("The vote is to be held from 20 May to 3 June.", "2023-04-05", ["2023-05-20/2023-06-03"]),
    ("The vote was held from 20 May to 3 June.", "2023-04-05", ["2022-05-20/2022-06-03"]),
    ("The town fell on 20 March. A day earlier the mayor had fled.", "2023-04-05", ["2023-03-20", "2023-03-19"]),
    # a year told goes on in its paragraph, and ends with it
    ("The fort was taken on 29 April 1832. He fell on 30 May.", "2004-08-18", ["1832-04-29", "1832-05-30"]),
    ("The fort was taken on 29 April 1832.\n\nHe fell on 30 May.", "2004-08-18", ["1832-04-29", "2004-05-30"]),
    # the article's own day from its dateline
    ("GOMA, 14 March 2023 (AFP) - Shells fell on Sunday.", None, ["2023-03-14", "2023-03-12"]),
    # nothing says when: the words are found, their days are not
    ("Shells fell on Sunday.", None, [None]),
    ("In the last days of the war he was 19 years old; 2011 people may march.", "2023-04-05", []),
])  # fmt: skip
def test_days(text: str, published: str | None, days: list[str | None]) -> None:
    told = text_dates(text, date.fromisoformat(published) if published else None, TODAY).told
    shown = [
        None if t.days is None else "/".join(sorted({t.days.start.isoformat(), t.days.end.isoformat()})) for t in told
    ]
    assert shown == days
    assert all(text[t.expression.start : t.expression.end] == t.expression.text for t in told)
