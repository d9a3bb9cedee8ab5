# `make help` lists what can be made. Needed: Python 3.11 or 3.12, make, gcc and a package index.
#
#   PYTHON=python3.12   the interpreter to build .venv with
#   GPU=cuda|metal      the language engine built for a GPU
#   ARGS="..."          more arguments: for pytest (make test), for uv (make lock)

SHELL := /bin/sh
GPU ?=
ARGS ?=
# In .venv, so that whoever deletes it also deletes what is known of it.
STAMPS := .venv/.stamps
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# Python without the ending that ruff looks for.
SCRIPTS := scripts/icons scripts/licences scripts/loopback_up scripts/recorded_run scripts/screens
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test check lock clean package dist setup packages test-packages
.NOTPARALLEL:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

run: setup ## Set up, get the starter models, start MIA
	@scripts/run

test: test-packages setup ## Set up, get the starter models, run the tests (ARGS="-k name")
	@$(BIN)/mia models pull --pack starter
	@scripts/test $(ARGS)

check: setup ## Formatting, lint, types, the rooms' walls, licences
	$(BIN)/ruff format --check . $(SCRIPTS)
	$(BIN)/ruff check . $(SCRIPTS)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/licences
	$(BIN)/shellcheck scripts/environment scripts/gpu scripts/run scripts/system_packages scripts/test scripts/translations \
		installers/install installers/linux installers/macos installers/try_linux

lock: setup ## Write requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	$(BIN)/uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 \
		--generate-hashes --quiet --output-file requirements.lock --custom-compile-command "make lock" $(ARGS)

package: setup ## Build the package of this system into dist/ (Linux: tar and .deb; see installers/README.md)
	@installers/$(if $(filter Darwin,$(shell uname -s)),macos,linux)

dist: setup ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove what was made here; models and your data stay
	rm -rf .venv .stamps dist build reply.wav *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: packages $(STAMPS)/environment $(if $(GPU),$(STAMPS)/gpu-$(GPU))

packages:
	@scripts/system_packages run

test-packages:
	@scripts/system_packages test

# The system packages come first (a compiler is among them), but are no reason to install again.
$(STAMPS)/environment: requirements.lock pyproject.toml | packages
	@scripts/environment
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/gpu-%: $(STAMPS)/environment
	@scripts/gpu $*
	@rm -f $(STAMPS)/gpu-* && touch $@
