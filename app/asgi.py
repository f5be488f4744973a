"""The application for an ASGI server: `uvicorn app.asgi:app`. Settings come from the environment."""

from app.main import create_app
from app.settings import Settings

app = create_app(Settings())
