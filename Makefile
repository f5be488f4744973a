# `make run` and `make test` are all you need; `make help` lists the rest.

LOCK_WITH = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
            --no-emit-index-url --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test lint check format bench lock clean

help:  ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

install:  ## install what the service needs into .venv; ACCURATE=1 with the second tier of recognition
	@scripts/install.sh requirements$(if $(ACCURATE),-accurate).lock

install-dev:  ## the same with the tools for tests and checks
	@scripts/install.sh requirements-dev.lock

run: install  ## compile the gazetteer, migrate the database, serve; PORT=8000 HOST=127.0.0.1
	@.venv/bin/python -m app.cli serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: install-dev  ## run the tests; ARGS='-k dates' picks some
	@.venv/bin/python -m pytest $(ARGS)

lint: install-dev  ## ruff, mypy --strict, import rules
	@.venv/bin/python -m ruff check
	@.venv/bin/python -m ruff format --check
	@.venv/bin/python -m mypy
	@.venv/bin/lint-imports

check: lint $(if $(NO_TESTS),,test)  ## lint and test; NO_TESTS=1 leaves the tests out

format: install-dev  ## let ruff put the code in order
	@.venv/bin/python -m ruff check --fix
	@.venv/bin/python -m ruff format

bench: install-dev  ## measure speed, start-up and memory; figures go to bench/results
	@.venv/bin/python -m bench.speed
	@.venv/bin/python -m bench.lookup

lock:  ## pin the newest versions that pyproject.toml allows (needs uv)
	@$(LOCK_WITH) --group build --upgrade -o requirements.lock
	@$(LOCK_WITH) --group build --extra accurate --upgrade -c requirements.lock -o requirements-accurate.lock
	@$(LOCK_WITH) --group dev --upgrade -c requirements.lock -o requirements-dev.lock

clean:  ## remove .venv and caches; data/ stays
	@rm -rf .venv build ./*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
