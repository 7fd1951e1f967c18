# Luoshi. `make run`, `make samples` and `make test` set up everything they need; `make check` is exactly what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OUT := out
TOGETHER = $(MAKE) -j3 --output-sync=target --no-print-directory

.PHONY: run samples test test-pages test-browser test-postgresql test-reading test-rest check lint types docs score bench prove bundle reference catalogue lock clean

run: $(READY)  ## serve the demo on this machine; what was done in it is there the next time
	$(BIN)/luoshi serve --demo --data luoshi-data

samples: $(READY)  ## decompose the sample documents and show what came of them
	$(BIN)/python -m tools.run_samples $(OUT)

test: $(READY)  ## the tests: those of the ledger on SQLite and on PostgreSQL side by side, then the others
	$(TOGETHER) test-pages test-postgresql test-rest test-browser test-reading

BROWSER := $(wildcard tests/web/test_*_browser.py) tests/web/test_serving.py tests/web/test_hostile_uploads.py

test-pages: $(READY)
	$(BIN)/pytest tests/web $(addprefix --ignore=,$(BROWSER))

test-browser: $(READY)
	$(BIN)/pytest $(BROWSER)

test-postgresql: $(READY)
	$(BIN)/python -m tools.on_postgresql $(BIN)/pytest tests/web

READING := tests/readers tests/decompose tests/test_cases.py tests/test_corpus.py

test-reading: $(READY)
	$(BIN)/pytest $(READING)

test-rest: $(READY)
	$(BIN)/pytest $(addprefix --ignore=,tests/web $(READING))

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

docs: $(READY)  ## the reference pages are made from the code; this says whether they are in step, as one of the tests does
	$(BIN)/python -m tools.reference --check

score: $(READY)  ## the reader against the annotations, where they are
	$(BIN)/python -m tools.check_score

check: $(READY)  ## exactly what CI runs; three at a time, for each waits now and then for a browser or a server
	$(TOGETHER) lint test-pages test-postgresql test-rest test-browser test-reading types score

bench: $(READY)  ## speed as a ratio to a peer measured in the same run
	$(BIN)/python -m bench

prove: $(READY)  ## the long proofs, all of them, on both databases; figures are printed. See docs/explanation/proofs.md
	LUOSHI_PROVE=1 $(BIN)/pytest -m prove -rP --durations=0
	LUOSHI_PROVE=1 $(BIN)/python -m tools.on_postgresql $(BIN)/pytest tests/web -m prove -rP --durations=0

bundle: $(READY)  ## the bundle for a closed network, in out: wheels for x86-64 and aarch64, checksums, install script, bill of materials
	$(BIN)/python -m tools.bundle --out $(OUT)

reference: $(READY)  ## write the reference pages anew
	$(BIN)/python -m tools.reference

catalogue: $(READY)  ## bring the English catalogue in step with the messages of the code; translations are written in the .po file
	$(BIN)/python -m tools.catalogue

lock:  ## resolve the dependencies again
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Luoshi needs Python 3.11 or later; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) build dist .mypy_cache .pytest_cache .ruff_cache
