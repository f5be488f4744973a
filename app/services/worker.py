"""The thread that does the jobs of this process, one line after the other.

What a kill at any moment leaves behind is right: a line is settled in the same transaction in which its article is
stored, and a line that is done again finds its article stored already. The job of a dead worker is claimed by another
one, or by the next start, when its lease has run out.
"""

import logging
import secrets
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from app.domain.documents import Article
from app.domain.places import PlaceIndex
from app.errors import BadInput, NotReady, TooLarge
from app.pipeline import geoparse
from app.services.ingest import Geoparse, ingest
from app.services.lines import unpack
from app.store import Store, Transaction
from app.store.jobs import LeaseLost
from app.store.models import JobPartRow, JobRow
from app.store.records import Tally

logger = logging.getLogger(__name__)

MAX_ERRORS = 100
"""Rejected lines that a job describes; the others are only counted."""

ReadLine = Callable[[bytes, PlaceIndex], tuple[Article, str | None]]
"""From a line to an article and its date of publication as the caller wrote it; raises BadInput or TooLarge."""


class Worker:
    """Claims jobs and does them, in a thread of its own or (`work`) in the caller's."""

    lease: ClassVar[timedelta] = timedelta(seconds=120)
    """Several times what the longest article takes."""
    poll_s: ClassVar[float] = 1.0
    """How soon a job is seen that another process queued."""
    retry_s: ClassVar[float] = 2.0
    """The pause when database or gazetteer cannot serve."""
    settle_s: ClassVar[float] = 0.5
    """How old the progress of a job may be while its lines store nothing."""
    most_attempts: ClassVar[int] = 3
    """A line during which so many workers died is rejected, so that it cannot kill the service for ever."""

    def __init__(
        self, store: Store, places: Callable[[], PlaceIndex], read: ReadLine, geoparse: Geoparse = geoparse
    ) -> None:
        """`places` gives the gazetteer as it is now; raises NotReady."""
        self._store = store
        self._places = places
        self._read = read
        self._geoparse = geoparse
        self._name = secrets.token_hex(8)
        self._stopping = threading.Event()
        self._awake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dateline-jobs", daemon=True)

    def start(self) -> None:
        """Begin to look for jobs."""
        self._thread.start()

    def wake(self) -> None:
        """Look for a job now."""
        self._awake.set()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End after the line that is being read; the job stays queued with its other lines."""
        self._stopping.set()
        self._awake.set()
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            logger.warning("the job worker is still reading a line: its job goes on when the lease has run out")

    def _run(self) -> None:
        ready = complained = False
        while not self._stopping.is_set():
            pause = self.poll_s
            try:
                if not ready and (fault := self._store.ready()):
                    raise NotReady(fault)  # noqa: TRY301 - one place says what waits
                ready = True
                if self.work():
                    complained = False
                    continue
            except NotReady as error:
                if not complained:
                    logger.warning("jobs wait: %s", error)
                ready, complained, pause = False, True, self.retry_s
            except Exception:
                logger.exception("unexpected error in the job worker")
                ready, pause = False, self.retry_s
            self._awake.wait(pause)
            self._awake.clear()

    def work(self) -> bool:
        """Do the oldest job that waits, to its end or until `stop`; False when none waits. Raises NotReady."""
        with self._store.read() as transaction:
            if not transaction.jobs.is_waiting(self._name, _now()):
                return False
        self._places()  # without a gazetteer a job stays where it is
        with self._store.begin() as transaction:
            job = transaction.jobs.claim(self._name, _now(), _now() + self.lease)
        if job is None:
            return False
        try:
            self._do(job)
        except LeaseLost:
            logger.warning("job %s went to another worker", job.id)
        return True

    def _do(self, job: JobRow) -> None:
        tally = Tally(job.line, job.created, job.duplicates, job.rejected, tuple(job.errors))
        if job.attempts > self.most_attempts:
            logger.error("job %s: %s workers died after line %s", job.id, self.most_attempts, job.line)
        with self._store.read() as transaction:
            part = transaction.jobs.first_part(job.seq)
        while part is not None:
            try:
                done = self._do_part(job, part, tally)
            except zlib.error:
                logger.exception("job %s: the lines from %s on are damaged", job.id, part.first_line)
                with self._store.begin() as transaction:
                    transaction.jobs.give_up(job.seq, self._name, "failed", _now())
                return
            if done is None:
                return
            tally = done
            with self._store.begin() as transaction:
                self._settle(transaction, job, tally)
                transaction.jobs.drop_part(job.seq, part.first_line)
                part = transaction.jobs.first_part(job.seq)
                if part is None:
                    transaction.jobs.give_up(job.seq, self._name, "done", _now())

    def _do_part(self, job: JobRow, part: JobPartRow, tally: Tally) -> Tally | None:
        """Do the lines behind `tally.line`; None when the worker was told to stop (the job is then queued again)."""
        settled = time.monotonic()
        for number, line in unpack(part.first_line, part.body):
            if number <= tally.line:
                continue
            if self._stopping.is_set():
                with self._store.begin() as transaction:
                    self._settle(transaction, job, tally)
                    transaction.jobs.give_up(job.seq, self._name, "queued", _now())
                return None
            first = tally.line == job.line
            if first and job.attempts > self.most_attempts:
                tally = _rejected(tally, number, "The service failed again and again while it read this line.")
            else:
                tally = self._do_line(job, number, line, tally)
            # After a death each line is settled by itself, so that the next one tells which line is deadly.
            if job.attempts > 1 or time.monotonic() - settled >= self.settle_s:
                with self._store.begin() as transaction:
                    self._settle(transaction, job, tally)
                settled = time.monotonic()
        return tally

    def _do_line(self, job: JobRow, number: int, line: bytes, tally: Tally) -> Tally:
        stored = replace(tally, line=number, created=tally.created + 1)
        for is_last_try in (False, True):
            try:
                places = self._places()
                article, published_at = self._read(line, places)
                answer = ingest(
                    self._store, article, places, published_at, geoparse=self._geoparse,
                    when_stored=lambda transaction: self._settle(transaction, job, stored),
                )  # fmt: skip
            except (BadInput, TooLarge) as error:
                return _rejected(tally, number, str(error))
            except (NotReady, LeaseLost):
                raise
            except Exception:
                logger.exception("job %s: unexpected error in line %s", job.id, number)
                # Once more: the gazetteer may have been replaced under our hands.
                if self._stopping.wait(0.2):
                    raise
                if is_last_try:
                    break
            else:
                return stored if answer.created else replace(tally, line=number, duplicates=tally.duplicates + 1)
        return _rejected(
            tally, number, "Something went wrong in the service, not in this line: its log has the details."
        )

    def _settle(self, transaction: Transaction, job: JobRow, tally: Tally) -> None:
        transaction.jobs.settle(job.seq, self._name, tally, _now(), _now() + self.lease)


def _rejected(tally: Tally, number: int, detail: str) -> Tally:
    errors = tally.errors
    if len(errors) < MAX_ERRORS:
        errors = (*errors, {"line": number, "detail": detail})
    return replace(tally, line=number, rejected=tally.rejected + 1, errors=errors)


def _now() -> datetime:
    return datetime.now(UTC)
