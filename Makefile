# make atlas   install into .venv, write the atlas, print its address
# make test    install what the tests need and run everything: lint, types, layers, tests, notebooks
# make docs    write the handbook into site/, print its address
# make clean   remove what the two above have made

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)

.PHONY: atlas docs test lint types layers tests notebooks browser virtuoso bench clean

atlas: $(VENV)/.installed
	$(BIN)/kg atlas -o atlas

docs: $(VENV)/.installed-dev
	$(BIN)/python -m tools.handbook site

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed (on Debian: apt-get install python3 python3-venv)"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all]'
	@touch $@

$(VENV)/.installed-dev: $(BIN)/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	@touch $@ $(VENV)/.installed

test: browser virtuoso lint types layers tests notebooks

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

layers: $(VENV)/.installed-dev
	$(BIN)/lint-imports --no-cache

# Two processes take the files of tests as they come; what a file makes once, it makes in one of them.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

tests: $(VENV)/.installed-dev
	@echo "In the browser:"; $(PYTEST) --durations=10 tests/browser; shown=$$?; \
	echo "Everything else:"; $(PYTEST) --cov --cov-report= --ignore=tests/browser; rest=$$?; \
	$(BIN)/coverage report --skip-covered --skip-empty | tail -n 30; exit $$((shown + rest))

notebooks: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --nbmake --nbmake-timeout=120 notebooks

browser:
	@command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 || { \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null; \
	else echo "The map is tested in a browser: install Chromium (Debian: sudo apt-get install chromium-headless-shell) and run make test again"; exit 2; fi; }

virtuoso:
	@command -v virtuoso-t >/dev/null 2>&1 || { \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null; \
	else echo "Endpoints are tested with Virtuoso too: install it (Debian: sudo apt-get install virtuoso-opensource-7-bin) and run make test again"; exit 2; fi; }

bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench.cold
	$(BIN)/python -m bench.growth
	$(BIN)/python -m bench.gaps
	$(BIN)/python -m bench.analysis

clean:
	rm -rf $(VENV) atlas site build dist *.egg-info
