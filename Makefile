# make verify   check every claim that ships, and say what is true
# make test     run the test suite
# make lint     ruff, mypy, import rules
# make published  check at effort standard; if all is as expected, write reports/published and the summary in README.md
# make clean    remove what these made
#
# The first use builds .venv from requirements.lock; later ones reuse it. PYTHON chooses another interpreter (3.11 or newer).

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
EFFORT ?= quick
VENV := .venv
READY := $(VENV)/.ready

.PHONY: verify test lint published clean
.DEFAULT_GOAL := verify

verify: $(READY)
	$(VENV)/bin/assay verify --effort $(EFFORT)

test: $(READY)
	$(VENV)/bin/python -m pytest -n 2

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer found; set PYTHON=/path/to/python3" >&2; exit 1; }
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(READY)

published: $(READY)
	$(VENV)/bin/assay verify --effort standard
	$(VENV)/bin/python -m reports.publishing runs/latest

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
