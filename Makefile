# Everything here works from a clean checkout: what is missing is installed into .venv first, and, for tests and
# pictures, from the system's packages where that is allowed.
PYTHON ?= python3
BIN := .venv/bin
LAUNCH := $(if $(filter 1,$(NETNS)),scripts/netns,)

.PHONY: install demo evening test check bench screenshots pins clean

install: .venv/ready-to-run

demo: .venv/ready-to-run
	@exec $(LAUNCH) $(BIN)/loggione demo

evening: .venv/ready-to-develop
	@scripts/test-packages
	@exec scripts/hermetic $(BIN)/python -m tests.e2e.evening

test: .venv/ready-to-develop
	@scripts/test-packages
	@exec scripts/hermetic scripts/run-tests $(ARGS)

check: .venv/ready-to-develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m app.catalogues bot storage web
	$(BIN)/python scripts/check-docs
	$(BIN)/python scripts/check-receipt

bench: .venv/ready-to-develop
	@scripts/test-packages
	@exec scripts/hermetic $(BIN)/python -m benchmarks

screenshots: .venv/ready-to-develop
	@scripts/test-packages
	@exec scripts/hermetic $(BIN)/python scripts/screenshots

pins:
	@scripts/pins $(PYTHON)

clean:
	rm -rf .venv var .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready-to-run: pyproject.toml constraints.txt
	@scripts/venv $(PYTHON) sandbox
	@touch $@

.venv/ready-to-develop: pyproject.toml constraints.txt
	@scripts/venv $(PYTHON) dev
	@touch .venv/ready-to-run $@
