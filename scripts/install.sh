#!/bin/sh
# Installs Dateline into .venv from a lock file, with hashes:  scripts/install.sh requirements.lock
#
# Nothing happens when that lock is installed already, so a second start needs no network and no time.
# uv does the work where it is on the PATH, else Python's own venv and pip. PYTHON names another interpreter.
set -eu

lock=$1
cd "$(dirname "$0")/.."

# What must be as it was: the pins, what the project says of itself, and the folder that the environment points into.
state() { pwd; cat "$1" pyproject.toml; }
if [ -x .venv/bin/python ] && state "$lock" | cmp -s - ".venv/installed-$lock"; then exit 0; fi

find_python() {
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Dateline needs Python 3.11 or newer with its venv module. Install it (Debian, Ubuntu: apt install python3-venv)," >&2
    echo "or name one: make PYTHON=/path/to/python3.12, or install uv, which brings its own." >&2
    return 1
}

echo "Installing into .venv from $lock" >&2
if command -v uv >/dev/null; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "${PYTHON:->=3.11}" .venv
    install() { uv pip install --quiet --python .venv/bin/python "$@"; }
else
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        python=$(find_python)
        "$python" -m venv .venv
    fi
    install() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
fi
install --require-hashes -r "$lock"
# setuptools comes from the lock, so that building the project itself fetches nothing.
install --no-deps --no-build-isolation --editable .

# The lock for development holds all of the other one.
for installed in requirements.lock "$lock"; do state "$installed" >".venv/installed-$installed"; done
