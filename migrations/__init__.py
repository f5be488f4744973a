"""Database migrations (Alembic); `app/store/migrate.py` runs them."""
