"""Queue many articles as a job, and look at one."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.errors import NotFound
from app.services.articles import moment
from app.services.checks import is_storable
from app.store import Store
from app.store.models import JobRow
from app.store.records import JobPart


def submit_job(store: Store, total: int, parts: Sequence[JobPart]) -> dict[str, Any]:
    """Keep the lines (`services.lines.LinePacker`) and answer the job's record: from then on no line is lost."""
    with store.begin() as transaction:
        row = transaction.jobs.add(secrets.token_hex(12), total, parts, datetime.now(UTC))
    return job_record(row)


def get_job(store: Store, job_id: str) -> dict[str, Any]:
    """The record of a job. Raises NotFound."""
    row = None
    if is_storable(job_id):
        with store.read() as transaction:
            row = transaction.jobs.get(job_id)
    if row is None:
        raise NotFound("There is no job under this id.")
    return job_record(row)


def job_record(row: JobRow) -> dict[str, Any]:
    """The contract's job, but for its links."""
    return {
        "id": row.id,
        "status": row.status,
        "total": row.total,
        "done": row.created + row.duplicates + row.rejected,
        "created": row.created,
        "duplicates": row.duplicates,
        "rejected": row.rejected,
        "errors": row.errors,
        "created_at": moment(row.created_at),
        "updated_at": moment(row.updated_at),
    }
