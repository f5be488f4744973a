"""kill -9 while articles are stored: what was acknowledged is there once and whole, and the next start is clean."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.services.articles import get_article
from app.services.search import get_event
from app.settings import Settings
from app.store import open_store

WRITER = """
import sys
from app.settings import Settings
from app.store import open_store
from tests.factories import make_article, make_event
from tests.unit.services.stored import store_article

store = open_store(Settings())
for number in range(10_000):
    events = [make_event(id=f"{sys.argv[1]}-{number}-{part}") for part in range(3)]
    stored = store_article(store, *events, article=make_article(text=f"Round {sys.argv[1]}, article {number}."))
    print(stored.record["id"], flush=True)
"""


@pytest.mark.server
def test_acknowledged_articles_survive_kills(store_settings: Settings) -> None:
    root = Path(__file__).parents[3]
    environment = os.environ | {
        "PYTHONPATH": str(root),
        "DATELINE_DATABASE_URL": store_settings.database_url,
        "DATELINE_DATA_DIR": str(store_settings.data_dir),
    }
    acknowledged: list[str] = []
    for turn in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(turn)], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        seen = [writer.stdout.readline().strip() for _ in range(5 + 7 * turn)]  # another moment each time
        writer.send_signal(signal.SIGKILL)
        # The last line may be torn; a whole one was written after its commit.
        seen += [line.strip() for line in writer.stdout if line.endswith("\n")]
        writer.wait()
        acknowledged += seen

    store = open_store(store_settings)
    assert store.ready() is None
    assert len(acknowledged) == len(set(acknowledged)) >= 4 * 5
    for article_id in acknowledged:
        record = get_article(store, article_id)
        assert [get_event(store, event["id"])["article_id"] for event in record["events"]] == [article_id] * 3
    with store.engine.connect() as connection:
        # Nothing in part: each stored article has its three events, acknowledged or not.
        whole = "SELECT count(*) FROM articles WHERE (SELECT count(*) FROM events WHERE article_id = articles.id) = 3"
        assert connection.scalar(text(whole)) == connection.scalar(text("SELECT count(*) FROM articles"))
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.scalar(text("SELECT rtreecheck('event_boxes')")) == "ok"
    store.close()
