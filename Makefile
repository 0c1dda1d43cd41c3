# Two commands matter: `make demo` shows what AutoMCP does, `make test` proves it. Both set themselves up.

ifndef PYTHON
PYTHON := $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
endif
export PYTHON
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Those that are compiled before they are typed.
EXAMPLES := $(sort $(dir $(wildcard examples/*/check.py))) examples/conformance
# `make test ALL=1` runs the slow suites too, as CI does.
SELECT := $(if $(ALL),,-m "not slow")

.PHONY: demo test conformance bench lint types setup clean

demo: setup
	@$(BIN)/python examples/demo.py

test: lint types
	$(BIN)/pytest -n auto $(SELECT)

# The official suites over all SDKs and the client; one JSON object last.
conformance: setup
	@$(BIN)/python examples/conformance/run.py

# Compiled servers, clients and the generator beside their peers; `make bench QUICK=1` takes less than two minutes.
bench: setup
	@PYTHONPATH=examples $(BIN)/python -m benchmarks $(if $(filter-out 0 no,$(QUICK)),--quick)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	@$(BIN)/automcp generate $(EXAMPLES) --json > /dev/null
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/mypy

# The official suites start many at once: one sets up, the others wait.
setup:
	@test -n "$(PYTHON)" || { echo "AutoMCP needs Python 3.11 or newer; none was found on the PATH" >&2; exit 1; }
	@$(PYTHON) .ci/alone.py .setup.lock $(MAKE) --silent --no-print-directory $(READY)

$(READY): pyproject.toml constraints.txt
	@echo "Setting up $(VENV) with $(PYTHON); the first time takes a minute ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable . --group dev
	@touch $(READY)

clean:
	rm -rf $(VENV) .setup.lock .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
