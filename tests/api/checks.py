"""What every answer of one sort must look like."""

from typing import Any


def assert_problem(response: Any, status: int, field: str | None = None) -> dict[str, Any]:
    """The one shape of every error (RFC 9457); answers the problem."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"
    problem: dict[str, Any] = response.json()
    assert set(problem) <= {"type", "title", "status", "detail", "field"}
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"].endswith("."), "a sentence"
    assert field is None or problem.get("field") == field, problem
    return problem
