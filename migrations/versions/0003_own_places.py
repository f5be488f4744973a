"""Places that users add one at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "own_places",
        sa.Column("seq", ROW_ID, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("spellings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_own_places"),
        sa.UniqueConstraint("id", name="uq_own_places_id"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("own_places")
