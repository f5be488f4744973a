"""`python -m app.cli`: the same as `dateline`."""

from app.cli import main

main()
