"""How a compiled file comes to its place: one process at a time, whole or not at all, on the disk before it counts."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def only_one(lock: Path, folder: Path, leftovers: str) -> Iterator[None]:
    """Make a second process that writes into the folder wait, and clear away what a killed one left (a glob pattern).

    Where the system has no flock, unique names keep them apart.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for leftover in folder.glob(leftovers):
            leftover.unlink(missing_ok=True)
        yield


def put_in_place(partial: Path, path: Path) -> None:
    """Rename a finished file to its place in the same folder; both survive a power cut afterwards."""
    _sync(partial)
    partial.chmod(0o644)
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """See to it that what came into the folder or left it stays so after a power cut."""
    if sys.platform != "win32":
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
