"""Articles: read one without storing it, store one or many, fetch one, delete it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.api.bodies import json_body, read_article
from app.api.bulk import article_or_lines
from app.api.documented import answer, article_body, articles_body, problems
from app.api.links import link
from app.api.parameters import checked_id
from app.api.parts import AllParts, Parts, ThePlaces, TheStore
from app.api.responses import json_response
from app.api.routes.jobs import job_address, job_body
from app.formats.document import document_to_dict
from app.services.articles import delete_article, get_article
from app.services.ingest import ingest
from app.services.jobs import submit_job
from app.services.lines import LinePacker
from app.store import Store

router = APIRouter(prefix="/v1", tags=["articles"])

Body = Annotated[bytes, Depends(json_body)]
BodyOrLines = Annotated[bytes | LinePacker, Depends(article_or_lines)]


@router.post(
    "/geoparse",
    summary="Read one article",
    responses={200: answer("Document", "What the article says."), **problems(400, 413, 415, 503)},
    openapi_extra=article_body(),
)
def post_geoparse(body: Body, places: ThePlaces, parts: AllParts) -> Response:
    """Find the places, dates and conflict events of one article. Nothing is stored."""
    return json_response(document_to_dict(parts.read(read_article(body, places).article, places)))


@router.post(
    "/articles",
    summary="Read and store one article, or many",
    status_code=201,
    responses={
        200: answer("StoredArticle", "The same article was stored before: its record."),
        201: answer("StoredArticle", "Stored.", Location="The address of the stored article."),
        202: answer("Job", "The lines are kept and will be read one by one.", Location="The address of the job."),
        **problems(400, 413, 415, 503),
    },
    openapi_extra=articles_body(),
)
def post_article(body: BodyOrLines, store: TheStore, places: ThePlaces, parts: AllParts) -> Response:
    """Like geoparse, and keep the article with its events.

    The same article (same `external_id` and `source`, or same text, title and date) is stored once. Many articles, one
    a line, are answered with a job: look at its address until it is done. A bad line is reported there with its number
    and stored nowhere; the good ones are stored.
    """
    if isinstance(body, LinePacker):
        return _queue(body, store, parts)
    sent = read_article(body, places)
    stored = ingest(store, sent.article, places, sent.published_at, geoparse=parts.read)
    address = link(parts.settings, f"/v1/articles/{stored.record['id']}")
    if stored.created:
        return json_response(stored.record, 201, headers={"Location": address})
    return json_response(stored.record, headers={"Content-Location": address})


def _queue(lines: LinePacker, store: Store, parts: Parts) -> Response:
    job = submit_job(store, *lines.finish())
    if parts.worker is not None:
        parts.worker.wake()
    return json_response(job_body(parts.settings, job), 202, headers={"Location": job_address(parts.settings, job)})


@router.get(
    "/articles/{article_id}",
    summary="A stored article",
    responses={200: answer("StoredArticle", "The article with its events."), **problems(400, 404, 503)},
)
def read_stored_article(article_id: str, store: TheStore) -> Response:
    """The record as it was stored."""
    return json_response(get_article(store, checked_id(article_id)))


@router.delete(
    "/articles/{article_id}",
    summary="Delete a stored article",
    status_code=204,
    responses={204: {"description": "Deleted, with its events."}, **problems(400, 404, 503)},
)
def delete_stored_article(article_id: str, store: TheStore) -> Response:
    """Take the article and all its events out of the store."""
    delete_article(store, checked_id(article_id))
    return Response(status_code=204)
