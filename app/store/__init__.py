"""Where articles and events are kept: the only room that speaks SQL.

Public are the names below and `app.store.migrate`; rows and records come out of the repositories of a `Transaction`.
"""

from app.store.store import Store, Transaction, open_store

__all__ = ["Store", "Transaction", "open_store"]
