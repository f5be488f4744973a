"""Queries about jobs: queue, claim, settle.

A job belongs to the worker that claimed it until the lease runs out; each settling renews the lease. Whatever a worker
writes, it writes only while the job is still its own, in one transaction with what it stores; so a worker that was
thought dead and comes back cannot spoil the counts.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from app.store.models import JobPartRow, JobRow
from app.store.records import JobPart, Tally

Status = Literal["queued", "running", "done", "failed"]


class LeaseLost(Exception):
    """The job is another worker's by now, or gone."""


class Jobs:
    """The jobs that one transaction sees."""

    def __init__(self, session: Session) -> None:
        """Of this session."""
        self._session = session

    def add(self, job_id: str, total: int, parts: Sequence[JobPart], now: datetime) -> JobRow:
        """Queue a job of `total` lines."""
        row = JobRow(
            id=job_id,
            status="queued",
            total=total,
            line=0,
            created=0,
            duplicates=0,
            rejected=0,
            errors=[],
            attempts=0,
            created_at=now,
            updated_at=now,
        )
        self._session.add(row)
        self._session.flush()
        self._session.add_all(JobPartRow(job_seq=row.seq, first_line=part.first_line, body=part.body) for part in parts)
        self._session.flush()
        return row

    def get(self, job_id: str) -> JobRow | None:
        """The job with this id."""
        return self._session.scalar(select(JobRow).where(JobRow.id == job_id))

    def is_waiting(self, worker: str, now: datetime) -> bool:
        """True when there is a job that this worker may claim."""
        return self._session.scalar(select(JobRow.seq).where(_claimable(worker, now)).limit(1)) is not None

    def claim(self, worker: str, now: datetime, lease_until: datetime) -> JobRow | None:
        """Make the oldest job that waits, or whose worker is dead, this worker's own; None when there is none.

        A worker that claims its own job again goes on with it; that counts as no new attempt.
        """
        # SQLite knows no row locks: there the transaction that writes is alone.
        row = self._session.scalar(
            select(JobRow)
            .where(_claimable(worker, now))
            .order_by(JobRow.seq)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        if row.worker != worker:
            row.attempts += 1
        row.status, row.worker, row.lease_until, row.updated_at = "running", worker, lease_until, now
        self._session.flush()
        return row

    def first_part(self, seq: int) -> JobPartRow | None:
        """The part with the next lines of a job; None when all are settled."""
        return self._session.scalar(
            select(JobPartRow).where(JobPartRow.job_seq == seq).order_by(JobPartRow.first_line).limit(1)
        )

    def settle(self, seq: int, worker: str, tally: Tally, now: datetime, lease_until: datetime) -> None:
        """Note how far the job has come, and renew the lease. Raises LeaseLost."""
        row = self._own(seq, worker)
        if tally.line > row.line:
            row.attempts = 0
        row.line, row.created, row.duplicates, row.rejected = (
            tally.line, tally.created, tally.duplicates, tally.rejected,
        )  # fmt: skip
        if len(tally.errors) > len(row.errors):
            row.errors = [dict(error) for error in tally.errors]
        row.lease_until, row.updated_at = lease_until, now
        self._session.flush()

    def drop_part(self, seq: int, first_line: int) -> None:
        """Delete a part whose lines are all settled."""
        self._session.execute(delete(JobPartRow).where(JobPartRow.job_seq == seq, JobPartRow.first_line == first_line))

    def give_up(self, seq: int, worker: str, status: Status, now: datetime) -> None:
        """End the claim: with `queued` for another worker to go on, with `done` or `failed` for good.

        Raises LeaseLost. What is left of the lines of a job that failed is deleted.
        """
        row = self._own(seq, worker)
        row.status, row.worker, row.lease_until, row.updated_at = status, None, None, now
        if status == "queued":
            row.attempts = max(0, row.attempts - 1)  # who gives a job back did not die of it
        else:
            self._session.execute(delete(JobPartRow).where(JobPartRow.job_seq == seq))
        self._session.flush()

    def _own(self, seq: int, worker: str) -> JobRow:
        row = self._session.scalar(select(JobRow).where(JobRow.seq == seq, JobRow.worker == worker).with_for_update())
        if row is None:
            raise LeaseLost
        return row


def _claimable(worker: str, now: datetime) -> ColumnElement[bool]:
    return or_(
        JobRow.status == "queued",
        and_(JobRow.status == "running", or_(JobRow.lease_until < now, JobRow.worker == worker)),
    )
