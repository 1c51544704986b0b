# `make` lists the targets. Needs git, make and Python >= 3.11; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RAW ?= raw

# Compiled modules halve Prefect's start; analytics stay off; migrations done once are kept with the project.
unexport PYTHONDONTWRITEBYTECODE
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS := 180
export PREFECT_HOME ?= $(CURDIR)/.prefect

.DEFAULT_GOAL := help
.PHONY: help run serve test lint score bench docs report clean lock

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

run: $(VENV)/.installed ## set up and ingest raw/ into warehouse/bulletin.duckdb (RAW=path for another folder)
	@$(BIN)/bulletin ingest $(RAW) --runner prefect

serve: $(VENV)/.installed ## serve the schedules of prefect.yaml on this machine until Ctrl-C
	@exec $(BIN)/python -m flows.serve

test: $(VENV)/.installed-dev ## set up and run the whole test suite
	@$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.installed-dev ## ruff, mypy, import contracts, known vulnerabilities of dependencies
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@.ci/audit

score: $(VENV)/.installed-dev ## score gold texts and tables, with each fact gained or lost against main
	@$(BIN)/python benchmarks/score.py
	@$(BIN)/python -m tests.tables.score
	@$(BIN)/python -m tests.tables.gold

bench: $(VENV)/.installed-bench ## run every benchmark
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

docs: $(VENV)/.installed-dev ## write docs/warehouse.md, docs/rules.md and the answers of docs/sql.md anew
	@$(BIN)/bulletin docs docs/warehouse.md
	@$(BIN)/bulletin rules --markdown docs/rules.md
	@$(BIN)/python -m tests.sql_page

report: $(VENV)/.installed ## write the data-quality report over the whole warehouse
	@$(BIN)/bulletin report

clean: ## remove the environment, the warehouse and its reports
	rm -rf $(VENV) .prefect warehouse/bulletin.duckdb warehouse/bulletin.duckdb.* warehouse/bulletin.*.duckdb* warehouse/report .pytest_cache .mypy_cache .ruff_cache .hypothesis

LOCK = $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --python-version 3.11

lock: $(VENV)/.uv ## renew the locked dependencies (hashes, no index addresses)
	@$(LOCK) --group bootstrap -o locks/uv.txt
	@$(LOCK) --group build -o locks/build.txt
	@$(LOCK) pyproject.toml -o locks/run.txt
	@$(LOCK) pyproject.toml --group dev -c locks/run.txt -o locks/dev.txt
	@$(LOCK) --group bench -c locks/dev.txt -o locks/bench.txt

$(VENV)/.uv: locks/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bulletin needs Python >= 3.11, this is " + sys.version.split()[0] + ": run `make PYTHON=/path/to/python3.11`")'
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r locks/uv.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.uv locks/run.txt locks/build.txt pyproject.toml
	@echo "Installing the locked dependencies into $(VENV) ..."
	@$(BIN)/uv pip install -q -p $(BIN)/python --require-hashes -r locks/run.txt -r locks/build.txt
	@$(BIN)/uv pip install -q -p $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed locks/dev.txt
	@$(BIN)/uv pip install -q -p $(BIN)/python --require-hashes -r locks/dev.txt
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-dev locks/bench.txt
	@$(BIN)/uv pip install -q -p $(BIN)/python --require-hashes -b locks/bench.txt -r locks/bench.txt
	@touch $@
