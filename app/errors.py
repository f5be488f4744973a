"""The errors that Dateline raises on purpose. Each message is a sentence that tells the reader what to change.

They speak the field's words; `app/api/problem.py` holds the one table that maps them to HTTP status codes.
"""


class DatelineError(Exception):
    """Base of every error that Dateline raises on purpose."""


class BadInput(DatelineError):
    """The caller's input cannot be used; the message says what to change. Never echoes the input itself."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class TooLarge(DatelineError):
    """The input is over a limit; the message names the limit."""


class NotFound(DatelineError):
    """There is nothing under that id."""


class NotReady(DatelineError):
    """A part the service needs (database, gazetteer) cannot serve yet; the message names it."""
