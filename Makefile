# make run    start the app in the browser          make test   run the tests
# make lint   style and types                       make format tidy the code
# make bench  measure (grading, search, cost)       make clean  remove what make made
#
# The first run makes .venv and installs into it; later ones start at once.

PYTHON ?= python3
TESTS ?= tests
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt --editable

.PHONY: run test lint format bench constraints clean

run: .venv/run-ready
	$(BIN)/interviewer

test: .venv/test-ready
	$(BIN)/python -m pytest $(TESTS)

lint: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/test-ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/test-ready
	@set -e; for script in bench/[!_]*.py; do echo "== $$script"; $(BIN)/python -m "bench.$$(basename "$$script" .py)"; done

# Pins what is installed now, after an upgrade that passes the tests. Without local labels: a pin names the
# release, and each machine takes the build that suits it.
constraints: .venv/test-ready
	$(BIN)/python -m pip list --format=freeze --exclude-editable --exclude pip --exclude setuptools --exclude wheel \
		| sed 's/+[a-z0-9.]*$$//' > constraints.txt

clean:
	rm -rf .venv build dist artefacts .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run-ready: pyproject.toml constraints.txt | .venv/bin/pip
	$(INSTALL) .
	@touch $@

.venv/test-ready: pyproject.toml constraints.txt | .venv/bin/pip
	$(INSTALL) '.[test]'
	@touch .venv/run-ready $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, and '$(PYTHON)' is not that. Name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { \
		rm -rf .venv; echo "The environment could not be made. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
