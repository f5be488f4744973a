"""Jobs: how far the reading of many articles has come."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.api.documented import answer, problems
from app.api.links import link
from app.api.parameters import checked_id
from app.api.parts import AllParts, TheStore
from app.api.responses import json_response
from app.services.jobs import get_job
from app.settings import Settings

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])


def job_address(settings: Settings, record: dict[str, Any]) -> str:
    """Where a job is found."""
    return link(settings, f"/v1/jobs/{record['id']}")


def job_body(settings: Settings, record: dict[str, Any]) -> dict[str, Any]:
    """A job's record with its links."""
    links = {"self": job_address(settings, record), "events": link(settings, "/v1/events")}
    return record | {"links": links}


@router.get(
    "/{job_id}",
    summary="A job",
    responses={200: answer("Job", "The job and how far it has come."), **problems(400, 404, 503)},
)
def read_job(job_id: str, store: TheStore, parts: AllParts) -> Response:
    """How many lines of a body of many articles are done, and what was wrong with those that were rejected."""
    return json_response(job_body(parts.settings, get_job(store, checked_id(job_id))))
