"""Whose job is it? Claims, leases and attempts, on both stores."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from app.store import Store
from app.store.jobs import LeaseLost
from app.store.models import JobRow
from app.store.records import JobPart, Tally

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)
LATER = NOW + LEASE + timedelta(seconds=1)
PARTS = [JobPart(1, b"one"), JobPart(5, b"two")]


def add(store: Store, job_id: str = "job", parts: list[JobPart] | None = None) -> JobRow:
    with store.begin() as transaction:
        return transaction.jobs.add(job_id, 2, PARTS if parts is None else parts, NOW)


def claim(store: Store, worker: str, now: datetime = NOW) -> JobRow | None:
    with store.read() as transaction:
        waits = transaction.jobs.is_waiting(worker, now)
    with store.begin() as transaction:
        job = transaction.jobs.claim(worker, now, now + LEASE)
    assert waits == (job is not None)
    return job


def settle(store: Store, job: JobRow, worker: str, line: int, now: datetime = NOW) -> None:
    with store.begin() as transaction:
        transaction.jobs.settle(job.seq, worker, Tally(line, line, 0, 0, ()), now, now + LEASE)


def test_jobs_are_claimed_in_their_order_each_once(store: Store) -> None:
    add(store, "first")
    add(store, "second")
    first = claim(store, "a")
    second = claim(store, "b")
    assert (first and first.id, second and second.id) == ("first", "second")
    assert claim(store, "c") is None


def test_many_workers_at_once(store: Store) -> None:
    for number in range(12):
        add(store, f"job {number}", [])

    def take(worker: int) -> list[str]:
        mine = []
        with store.begin() as transaction:
            # Two in one transaction: while it lasts the others must wait or take other ones.
            for turn in range(2):
                job = transaction.jobs.claim(f"{worker}-{turn}", NOW, NOW + LEASE)
                assert job is not None
                mine.append(job.id)
        return mine

    with ThreadPoolExecutor(6) as pool:
        taken = [job_id for mine in pool.map(take, range(6)) for job_id in mine]
    assert len(set(taken)) == len(taken) == 12


def test_job_of_a_dead_worker_is_claimed_when_its_lease_has_run_out(store: Store) -> None:
    add(store)
    assert claim(store, "a") is not None
    assert claim(store, "b", NOW + LEASE) is None
    taken = claim(store, "b", LATER)
    assert taken is not None
    assert (taken.worker, taken.attempts) == ("b", 2)


def test_settling_renews_the_lease(store: Store) -> None:
    add(store)
    job = claim(store, "a")
    assert job is not None
    settle(store, job, "a", 1, NOW + LEASE / 2)
    assert claim(store, "b", LATER) is None
    assert claim(store, "b", LATER + LEASE / 2) is not None


def test_a_worker_that_was_thought_dead_writes_nothing_more(store: Store) -> None:
    add(store)
    job = claim(store, "a")
    assert job is not None
    assert claim(store, "b", LATER) is not None
    with pytest.raises(LeaseLost):
        settle(store, job, "a", 2, LATER)
    with pytest.raises(LeaseLost), store.begin() as transaction:
        transaction.jobs.give_up(job.seq, "a", "done", LATER)
    settle(store, job, "b", 1, LATER)
    with store.read() as transaction:
        row = transaction.jobs.get("job")
    assert row is not None
    assert (row.status, row.line, row.created) == ("running", 1, 1)


def test_attempts_count_deaths_on_one_line(store: Store) -> None:
    add(store)
    job = claim(store, "a")
    assert job is not None
    assert job.attempts == 1
    again = claim(store, "a")  # the same worker goes on after a pause of the database
    assert again is not None
    assert again.attempts == 1
    settle(store, job, "a", 0)
    row = claim(store, "b", LATER)
    assert row is not None
    assert row.attempts == 2, "no line was settled in between"
    settle(store, row, "b", 1, LATER)
    row = claim(store, "c", LATER + LEASE + LEASE)
    assert row is not None
    assert row.attempts == 1, "a line was settled in between"
    with store.begin() as transaction:
        transaction.jobs.give_up(row.seq, "c", "queued", LATER)
    row = claim(store, "d")
    assert row is not None
    assert row.attempts == 1, "who gives a job back did not die of it"


def test_a_job_given_back_after_a_settled_line_has_no_attempt_too_few(store: Store) -> None:
    """The stop of the service in the middle of a job: the line before was settled, the claim ends."""
    add(store)
    for worker, line in (("a", 1), ("b", 2), ("c", 3)):
        job = claim(store, worker)
        assert job is not None
        assert job.attempts == 1
        settle(store, job, worker, line)
        with store.begin() as transaction:
            transaction.jobs.give_up(job.seq, worker, "queued", NOW)


@pytest.mark.parametrize(
    ("status", "parts_left", "waits"), [("queued", 2, True), ("done", 0, False), ("failed", 0, False)]
)
def test_the_end_of_a_claim(store: Store, status: str, parts_left: int, waits: bool) -> None:
    add(store)
    job = claim(store, "a")
    assert job is not None
    with store.begin() as transaction:
        transaction.jobs.give_up(job.seq, "a", status, NOW)  # type: ignore[arg-type]
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM job_parts")) == parts_left
    assert (claim(store, "b", LATER + LEASE) is not None) == waits


def test_parts_come_in_order_and_go(store: Store) -> None:
    job = add(store, parts=[JobPart(300, b"\x00later\xff"), JobPart(1, b"first")])
    seen = []
    with store.begin() as transaction:
        while (part := transaction.jobs.first_part(job.seq)) is not None:
            seen.append((part.first_line, part.body))
            transaction.jobs.drop_part(job.seq, part.first_line)
    assert seen == [(1, b"first"), (300, b"\x00later\xff")]
