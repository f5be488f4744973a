"""kill -9 while articles are posted: what was acknowledged is there once and whole, and every next start is clean.

A poster whose connection breaks sends the same article again after the restart, as clients do; so an article that was
stored but not acknowledged must be found again, not doubled.
"""

import http.client
import random
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bench.service import Service

KILLS = 10
POSTERS = 4
SEED = 20180705
TOWNS = ("Nassib", "Busra al-Sham", "Saida", "Daraa", "Quneitra", "Tafas", "Inkhil", "Izra")


def article(poster: int, number: int) -> dict[str, str]:
    """An article like no other, with an event."""
    town = TOWNS[number % len(TOWNS)]
    return {
        "text": f"DARAA, Syria - Government forces shelled {town} on Thursday and {poster + 2} civilians were killed, "
        f"residents said in report {poster}-{number}. Clashes broke out in {TOWNS[(number + 3) % 8]} on Friday.",
        "published_at": "2018-07-07",
        "external_id": f"{poster}-{number}",
        "source": "crash test",
    }


class Poster(threading.Thread):
    """Posts one article after the other until told to stop; after a broken connection, the same one again."""

    def __init__(self, service: Service, name: int, server_up: threading.Event) -> None:
        super().__init__(daemon=True)
        self.service, self.number, self.server_up = service, name, server_up
        self.acknowledged: dict[str, Any] = {}
        self.unexpected: list[tuple[int, Any]] = []
        self.retried = 0
        self.done = threading.Event()

    def run(self) -> None:
        count = 0
        while not self.done.is_set():
            self.server_up.wait(1)
            try:
                status, record = self.service.request("POST", "/v1/articles", article(self.number, count))
            except (OSError, http.client.HTTPException, ValueError):
                self.retried += 1
                time.sleep(0.02)
                continue
            if status not in {200, 201}:
                self.unexpected.append((status, record))
                return
            self.acknowledged[record["id"]] = record
            count += 1


def start(service: Service) -> None:
    """Start, and let the service read its lexicons, so that the kill falls into storing and not into that."""
    service.start()
    assert service.request("POST", "/v1/geoparse", article(0, 0))[0] == 200


def wait_for_more(posters: list[Poster], more: int) -> None:
    """Return once so many more articles have been acknowledged."""
    wanted = sum(len(poster.acknowledged) for poster in posters) + more
    patience = time.monotonic() + 20
    while sum(len(poster.acknowledged) for poster in posters) < wanted and time.monotonic() < patience:
        time.sleep(0.005)


@pytest.mark.server
def test_acknowledged_articles_survive_kills(tmp_path: Path, gazetteer_file: Path) -> None:
    moments = random.Random(SEED)
    service = Service(tmp_path / "data", gazetteer_file)
    server_up = threading.Event()
    posters = [Poster(service, number, server_up) for number in range(POSTERS)]
    try:
        for turn in range(KILLS):
            start(service)
            server_up.set()
            if turn == 0:
                for poster in posters:
                    poster.start()
            wait_for_more(posters, moments.randrange(15))
            time.sleep(moments.uniform(0, 0.1))
            server_up.clear()
            service.kill()
        start(service)
        server_up.set()
        wait_for_more(posters, POSTERS)
        for poster in posters:
            poster.done.set()
        for poster in posters:
            poster.join(20)

        assert [poster.unexpected for poster in posters] == [[]] * POSTERS
        # Each poster was interrupted, and each went on: else the kills fell beside the work.
        assert all(poster.retried for poster in posters)
        acknowledged = {key: record for poster in posters for key, record in poster.acknowledged.items()}
        assert len(acknowledged) >= KILLS * 3
        assert sum(len(record["events"]) for record in acknowledged.values()) >= len(acknowledged)

        for key, record in acknowledged.items():
            assert service.request("GET", f"/v1/articles/{key}") == (200, record)
        for event in [event for record in list(acknowledged.values())[::5] for event in record["events"]]:
            assert service.request("GET", f"/v1/events/{event['id']}")[0] == 200
        status, page = service.request("GET", "/v1/events?limit=1")
        assert (status, page["matched"]) == (200, sum(len(record["events"]) for record in acknowledged.values()))
        service.stop()
        check_file(tmp_path / "data" / "dateline.sqlite", acknowledged)
    finally:
        service.kill()


def check_file(path: Path, acknowledged: dict[str, Any]) -> None:
    """The rows add up: each article once, with its events and their boxes, and nothing that belongs to none."""
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT rtreecheck('event_boxes')").fetchone() == ("ok",)
        # By the posters' end nothing is in flight: all that is stored has been acknowledged.
        articles = [key for (key,) in database.execute("SELECT external_id FROM articles")]
        assert sorted(articles) == sorted(record["external_id"] for record in acknowledged.values())
        counts = dict(database.execute("SELECT article_id, count(*) FROM events GROUP BY article_id"))
        stored = {key: len(record["events"]) for key, record in acknowledged.items() if record["events"]}
        assert len(counts) == len(stored)
        assert sorted(counts.values()) == sorted(stored.values())
    finally:
        database.close()
