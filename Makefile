# Every command a person needs; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Compiled code is kept: without it each of the many processes that tests start would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check check-rules storm bench bench-quick pictures format clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## start everything in the foreground; Ctrl-C stops it
	@$(BIN)/python -m launch

test: $(VENV)/.development ## run the whole test suite
	@$(BIN)/python -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.development ## lint, types, doors between the rooms, dead code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/vulture

pictures: $(VENV)/.development ## take the pictures of docs/agents.md anew (needs Chromium)
	@PYTHONPATH=.:tests/support $(BIN)/python tests/pictures/take_pictures.py

storm: $(VENV)/.development ## a storm of faults and kills: make storm SECONDS=600 SEED=7
	@STORM_SECONDS=$(SECONDS) STORM_SEED=$(SEED) STORM_LIMITS=$(LIMITS) $(BIN)/python -m pytest tests/chaos/test_storm.py

check-rules: $(VENV)/.runtime ## which rule an app user hits: make check-rules USER='{"language": "de"}' (or FILE=)
	@$(BIN)/python -m desk.check_rules $(if $(filter command,$(firstword $(origin USER))),--user "$$USER") \
		$(if $(filter command,$(firstword $(origin FILE))),--file "$$FILE")

bench: $(VENV)/.bench ## measure, beside a bare handler and a plain script; under 10 minutes
	@$(BIN)/python -m bench

bench-quick: $(VENV)/.bench ## the same in under 2 minutes, with less certainty
	@$(BIN)/python -m bench --quick

format: $(VENV)/.development ## lay the code out as `make check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove the virtual environment and caches; data stays
	rm -rf $(VENV) .clients .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.development: requirements.txt requirements-dev.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

$(VENV)/.bench: requirements.txt requirements-bench.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@
