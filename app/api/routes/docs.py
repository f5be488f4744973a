"""The documentation page: Swagger UI from our own files, so that it works offline and under a strict policy."""

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, HTMLResponse, Response

from app.errors import NotFound

router = APIRouter(include_in_schema=False)

STATIC = Path(__file__).parent.parent / "static"

FILES = {
    "docs.js": (STATIC / "docs.js", "text/javascript; charset=utf-8"),
    "swagger-ui-bundle.js": (STATIC / "swagger-ui" / "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    "swagger-ui.css": (STATIC / "swagger-ui" / "swagger-ui.css", "text/css; charset=utf-8"),
    "LICENSE": (STATIC / "swagger-ui" / "LICENSE", "text/plain; charset=utf-8"),
}

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing inline and nothing from elsewhere; Swagger UI draws its icons from data: addresses."""

# Relative addresses, so that the page also works behind a proxy that serves it under a prefix.
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dateline: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>This page needs JavaScript; the same is in <a href="openapi.json">openapi.json</a>.</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/docs.js"></script>
</body>
</html>
"""


@router.get("/docs")
async def page() -> Response:
    """The page itself."""
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/docs/{name}")
async def file(name: str) -> Response:
    """A file that the page loads."""
    if name not in FILES:
        raise NotFound("The documentation page has no such file.")
    path, media_type = FILES[name]
    return FileResponse(path, media_type=media_type, headers={"Cache-Control": "max-age=3600"})
