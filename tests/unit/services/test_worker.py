"""The job worker: every line once, whoever dies in between.

A line of these tests is `words` for a good article, `bad ...` for one that is refused, and so on (`read`); what the
pipeline reads out of a text does not matter here, so the gazetteer is empty.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.documents import Article
from app.domain.places import PlaceIndex
from app.errors import BadInput, NotFound, NotReady, TooLarge
from app.services.jobs import get_job, submit_job
from app.services.lines import LinePacker
from app.services.worker import MAX_ERRORS, Worker
from app.store import Store
from app.store.jobs import Jobs
from tests.factories import NoPlaces


class Killed(BaseException):
    """Stands for kill -9: nothing of the worker runs after it."""


def kill(*_: object) -> None:
    raise Killed


def read(line: bytes, _places: PlaceIndex) -> tuple[Article, str | None]:
    words = line.decode().strip()
    if words.startswith("bad"):
        raise BadInput(f"{words} is no article.")
    if words.startswith("large"):
        raise TooLarge("The line is too large.")
    return Article(text=words), None


def submit(store: Store, *lines: str) -> str:
    packer = LinePacker(1000)
    packer.feed("\n".join(lines).encode())
    return str(submit_job(store, *packer.finish())["id"])


def worker_of(store: Store, read: Callable[[bytes, PlaceIndex], tuple[Article, str | None]] = read) -> Worker:
    return Worker(store, NoPlaces, read)


def counts(store: Store, job_id: str) -> tuple[str, int, int, int, int]:
    job = get_job(store, job_id)
    assert job["done"] == job["created"] + job["duplicates"] + job["rejected"]
    return job["status"], job["done"], job["created"], job["duplicates"], job["rejected"]


def texts(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return sorted(connection.scalars(text("SELECT text FROM articles")))


@pytest.fixture
def short_lease(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Leases of a moment; the fixture's value waits for their end."""
    monkeypatch.setattr(Worker, "lease", timedelta(milliseconds=50))
    return lambda: time.sleep(0.06)


NUL = "text holds a NUL character or half of a surrogate pair; remove it."


@pytest.mark.parametrize(
    ("lines", "result", "errors"),
    [
        pytest.param(["one", "two"], (2, 2, 0, 0), [], id="all good"),
        pytest.param(["one", "one", "two"], (3, 2, 1, 0), [], id="one twice in the same body"),
        pytest.param(["known"], (1, 0, 1, 0), [], id="stored before"),
        pytest.param(
            ["one", "", "bad a", " ", "two", "large"],
            (4, 2, 0, 2),
            [(3, "bad a is no article."), (6, "The line is too large.")],
            id="bad lines by their number in the file, blank ones counted",
        ),
        pytest.param(["bad"], (1, 0, 0, 1), [(1, "bad is no article.")], id="nothing good"),
        # the service refuses what no store can keep, whatever the door let through
        pytest.param(["a\0b"], (1, 0, 0, 1), [(1, NUL)], id="NUL"),
    ],
)  # fmt: skip
def test_a_job_to_its_end(
    store: Store, lines: list[str], result: tuple[int, int, int, int], errors: list[tuple[int, str]]
) -> None:
    submit(store, "known")
    assert worker_of(store).work()
    job_id = submit(store, *lines)
    before = get_job(store, job_id)
    assert (before["status"], before["total"], before["done"], before["errors"]) == ("queued", result[0], 0, [])
    worker = worker_of(store)
    assert worker.work()
    job = get_job(store, job_id)
    assert counts(store, job_id) == ("done", *result)
    assert [(error["line"], error["detail"]) for error in job["errors"]] == errors
    assert job["updated_at"] >= job["created_at"] == before["created_at"]
    good = {line for line in lines if line.strip() and not line.startswith(("bad", "large", "a\0"))}
    assert texts(store) == sorted({"known", *good})
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM job_parts")) == 0
    assert not worker.work(), "nothing waits"


def test_only_the_first_errors_are_described(store: Store) -> None:
    job_id = submit(store, *(f"bad {number}" for number in range(1, MAX_ERRORS + 51)))
    worker_of(store).work()
    job = get_job(store, job_id)
    assert job["rejected"] == MAX_ERRORS + 50
    assert [error["line"] for error in job["errors"]] == list(range(1, MAX_ERRORS + 1))


def test_progress_is_seen_while_the_job_runs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "settle_s", 0.0)
    seen = []

    def read_and_look(line: bytes, places: PlaceIndex) -> tuple[Article, str | None]:
        seen.append(counts(store, job_id))
        return read(line, places)

    job_id = submit(store, "one", "bad", "one", "two")
    worker_of(store, read_and_look).work()
    assert seen == [
        ("running", 0, 0, 0, 0), ("running", 1, 1, 0, 0), ("running", 2, 1, 0, 1), ("running", 3, 1, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("alive", range(6))
def test_a_killed_job_goes_on_when_its_lease_has_run_out(
    store: Store, short_lease: Callable[[], None], monkeypatch: pytest.MonkeyPatch, alive: int
) -> None:
    # Killed in each of its lines, and behind all of them while the end was being noted.
    lines = ["one", "bad", "two", "one", "three"]
    job_id = submit(store, *lines)
    read_lines: list[bytes] = []

    def read_until_killed(line: bytes, places: PlaceIndex) -> tuple[Article, str | None]:
        if len(read_lines) == alive:
            raise Killed
        read_lines.append(line)
        return read(line, places)

    with monkeypatch.context() as patched:
        patched.setattr(Jobs, "drop_part", kill)
        with pytest.raises(Killed):
            worker_of(store, read_until_killed).work()
    assert len(read_lines) == alive
    assert get_job(store, job_id)["status"] == "running"
    short_lease()
    assert worker_of(store).work()
    assert counts(store, job_id) == ("done", 5, 3, 1, 1)
    assert texts(store) == ["one", "three", "two"]
    assert [error["line"] for error in get_job(store, job_id)["errors"]] == [2]


def test_a_job_that_is_alive_is_left_alone(store: Store) -> None:
    submit(store, "one", "two")
    others = []

    def read_and_try(line: bytes, places: PlaceIndex) -> tuple[Article, str | None]:
        others.append(worker_of(store).work())
        return read(line, places)

    worker_of(store, read_and_try).work()
    assert others == [False, False]


def test_the_slower_of_two_workers_stores_nothing_and_counts_nothing(
    store: Store, short_lease: Callable[[], None]
) -> None:
    job_id = submit(store, "one", "two")

    def read_slowly(line: bytes, places: PlaceIndex) -> tuple[Article, str | None]:
        short_lease()
        assert worker_of(store).work(), "the other one takes over and ends the job"
        return Article(text="the slow one's reading"), None

    assert worker_of(store, read_slowly).work()
    assert counts(store, job_id) == ("done", 2, 2, 0, 0)
    assert texts(store) == ["one", "two"]


def test_a_line_that_kills_every_worker_is_rejected_at_last(store: Store, short_lease: Callable[[], None]) -> None:
    job_id = submit(store, "one", "two", "deadly", "three")

    def read_or_die(line: bytes, places: PlaceIndex) -> tuple[Article, str | None]:
        if line == b"deadly":
            raise Killed
        return read(line, places)

    deaths = 0
    while get_job(store, job_id)["status"] != "done":
        try:
            worker_of(store, read_or_die).work()
        except Killed:
            deaths += 1
            assert deaths < 10
        short_lease()
    assert deaths >= Worker.most_attempts
    assert counts(store, job_id) == ("done", 4, 3, 0, 1)
    [error] = get_job(store, job_id)["errors"]
    assert error["line"] == 3
    assert texts(store) == ["one", "three", "two"]


@pytest.mark.parametrize(("faults", "result"), [(1, ("done", 3, 3, 0, 0)), (2, ("done", 3, 2, 0, 1))])
def test_an_unexpected_error_is_tried_again_once_and_hits_one_line_only(
    store: Store, faults: int, result: tuple[Any, ...], caplog: pytest.LogCaptureFixture
) -> None:
    job_id = submit(store, "one", "two", "three")
    left = [faults]

    def read_with_faults(line: bytes, places: PlaceIndex) -> tuple[Article, str | None]:
        if line == b"two" and left[0]:
            left[0] -= 1
            raise RuntimeError("secret detail")
        return read(line, places)

    worker_of(store, read_with_faults).work()
    assert counts(store, job_id) == result
    assert "secret detail" in caplog.text
    assert "secret" not in str(get_job(store, job_id))


def test_a_database_that_is_away_for_a_while_costs_no_line(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "retry_s", 0.01)
    job_id = submit(store, "one", "two", "three")
    refused: list[bytes] = []

    def read_while_away(line: bytes, places: PlaceIndex) -> tuple[Article, str | None]:
        if line == b"two" and len(refused) < 2 * Worker.most_attempts:
            refused.append(line)
            raise NotReady("The database cannot serve at the moment; try again shortly.")
        return read(line, places)

    worker = worker_of(store, read_while_away)
    worker.start()
    wait_for(lambda: get_job(store, job_id)["status"] == "done")
    worker.stop()
    assert counts(store, job_id) == ("done", 3, 3, 0, 0)


def test_without_a_gazetteer_jobs_wait(store: Store) -> None:
    def missing() -> PlaceIndex:
        raise NotReady("no gazetteer")

    job_id = submit(store, "one")
    with pytest.raises(NotReady):
        Worker(store, missing, read).work()
    assert counts(store, job_id)[0] == "queued"


def test_damaged_lines_fail_the_job(store: Store) -> None:
    job_id, after = submit(store, "one"), submit(store, "two")
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE job_parts SET body = :body WHERE job_seq = 1"), {"body": b"no zlib"})
    worker = worker_of(store)
    assert worker.work()
    assert worker.work()
    assert [counts(store, job)[0] for job in (job_id, after)] == ["failed", "done"]


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def test_stop_ends_between_lines_and_another_worker_goes_on_at_once(store: Store) -> None:
    job_id = submit(store, "one", "bad", "two", "three")
    reading, go_on = threading.Event(), threading.Event()

    def read_and_wait(line: bytes, places: PlaceIndex) -> tuple[Article, str | None]:
        if line == b"two":
            reading.set()
            assert go_on.wait(20)
        return read(line, places)

    worker = worker_of(store, read_and_wait)
    worker.start()
    assert reading.wait(20)
    stopper = threading.Thread(target=worker.stop, args=(20,))
    stopper.start()
    time.sleep(0.05)
    go_on.set()
    stopper.join(20)
    assert not stopper.is_alive()
    assert counts(store, job_id) == ("queued", 3, 2, 0, 1)
    assert worker_of(store).work(), "no lease to wait for"
    assert counts(store, job_id) == ("done", 4, 3, 0, 1)


def test_wake_is_faster_than_the_poll(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "poll_s", 60.0)
    worker = worker_of(store)
    worker.start()
    time.sleep(0.2)
    job_id = submit(store, "one")
    worker.wake()
    wait_for(lambda: get_job(store, job_id)["status"] == "done")
    worker.stop()


@pytest.mark.parametrize("unknown", ["", "nothing", "a\0b", "\ud800"])
def test_unknown_jobs(store: Store, unknown: str) -> None:
    with pytest.raises(NotFound):
        get_job(store, unknown)
