# Words that a newcomer can guess. `make run` and `make test` need Python 3.11 or later and nothing else.

PYTHON ?= python3
BIN := .venv/bin
EXAMPLE := Wat is de definitie van duaal leren in het hoger onderwijs?

.DEFAULT_GOAL := help
.PHONY: help run test check bench corpus clean

help: ## show these words
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

run: .venv/ready ## read corpus/, answer an example question, open the web page on 127.0.0.1
	@$(BIN)/bronvast ingest corpus
	@$(BIN)/bronvast ask "$(EXAMPLE)"
	@$(BIN)/bronvast serve --open

# Many processes load the same modules: what one has compiled is kept for the others, whatever the environment says.
test: .venv/ready-to-develop ## run all tests
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses logical --dist loadfile --no-loadscope-reorder

check: .venv/ready-to-develop ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: .venv/ready-to-develop ## measure quality and speed
	@$(BIN)/python -m tests.bench

corpus: .venv/ready-to-develop ## make the shipped documents anew from corpus/drafts
	@$(BIN)/python corpus/build.py

clean: ## remove what was made here (not your documents)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bronvast needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python pyproject.toml constraints.txt
	@echo "Setting up .venv (once; this downloads about 1 GB) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/ready-to-develop: .venv/ready
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
