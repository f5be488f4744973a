"""Alembic's environment: migrates over the connection it is handed, else over one to `DATELINE_DATABASE_URL`."""

from alembic import context
from sqlalchemy import Connection

from app.settings import Settings
from app.store.engine import make_engine, writer
from app.store.spatial import full_metadata, is_ours


def migrate(connection: Connection) -> None:
    """Run the wanted migrations; the transaction is the caller's, so a failure leaves the database as it was."""
    context.configure(
        connection=connection,
        target_metadata=full_metadata(connection.dialect.name),
        include_object=is_ours,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Dateline's migrations run against a database; there is no --sql mode.")

handed = context.config.attributes.get("connection")
if handed is not None:
    migrate(handed)
else:
    engine = make_engine(Settings())
    with writer(engine).begin() as own:
        migrate(own)
    engine.dispose()
