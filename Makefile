# `make run` loads the bundled sample; `make test` passes the tests; both set up what they need first.
PYTHON ?= python3
BIN := .venv/bin
WAREHOUSE := warehouse/fangzhi.duckdb
SETUP := .venv/.complete

.PHONY: run test check format lock clean

run: $(SETUP)
	$(BIN)/fangzhi run tests/sample/pages tests/sample/rows.jsonl --warehouse $(WAREHOUSE)

test: $(SETUP)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup

check: $(SETUP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint sql --disable-progress-bar

format: $(SETUP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(SETUP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Needs uv (https://docs.astral.sh/uv/); hashes for every platform and Python 3.11 to 3.13, no index address.
lock:
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade --quiet --output-file requirements.lock

# The raw store (*.raw) stays: nothing brings it back.
clean:
	rm -rf .venv build *.egg-info warehouse/*.duckdb warehouse/*.work warehouse/*.lock
