.DEFAULT_GOAL := help
.PHONY: help demo test check bench format lint types contracts migrations templates docs lock

PYTHON ?= python3
BIN := .venv/bin
AT_ONCE := -n 2 --dist loadgroup --no-loadscope-reorder
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

help: ## Show this help
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# A demonstration needs only what serves; whoever develops gets both. The lists are whole, so nothing
# is to be found beside them: pip would look for a newer release of what is asked for with an extra.
.venv/serve: requirements/serve.txt
	@echo "Installing Goldenthread into .venv"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) --no-deps --require-hashes -r requirements/serve.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/develop: .venv/serve requirements/develop.txt
	@echo "Installing what develops and tests it"
	@$(PIP) --no-deps --require-hashes -r requirements/develop.txt
	@touch $@

demo: .venv/serve ## Play the demonstration council and serve it (SERVE=0: only play; RESET=1: afresh)
	@$(BIN)/goldenthread demo $(if $(filter 0,$(SERVE)),--no-serve) $(if $(filter 1,$(RESET)),--reset)

test: .venv/develop ## Run every test
	@$(BIN)/pytest -q $(AT_ONCE) --cov --cov-report=

# On another database only what asks one can turn out otherwise.
.PHONY: test-database
test-database: .venv/develop
	@$(BIN)/pytest -q $(AT_ONCE) -m "database and not libreoffice"

check: .venv/develop format-check lint types contracts migrations templates docs-check test coverage ## All that CI runs

format: .venv/develop ## Put code and templates in their standard form
	@$(BIN)/ruff check --fix --quiet src tests bench docs
	@$(BIN)/ruff format --quiet src tests bench docs

.PHONY: format-check docs-check coverage
format-check: .venv/develop
	@$(BIN)/ruff format --check --quiet src tests bench docs

lint: .venv/develop ## Look for slips
	@$(BIN)/ruff check --quiet src tests bench docs

types: .venv/develop ## Check types, strictly
	@$(BIN)/mypy --no-error-summary

contracts: .venv/develop ## Check that every floor stands on those below
	@$(BIN)/lint-imports --no-cache > .venv/contracts.log || { cat .venv/contracts.log; exit 1; }

migrations: .venv/develop ## Check that the migrations say what the models say
	@DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=. $(BIN)/python -m django makemigrations --check --dry-run

templates: .venv/develop ## Lint the templates
	@$(BIN)/djlint --lint --quiet src

docs: .venv/develop ## Draw the docs that are drawn from code
	@$(BIN)/python docs/draw.py

docs-check: .venv/develop
	@$(BIN)/python docs/draw.py --check

coverage: .venv/develop
	@$(BIN)/coverage report --include='src/goldenthread/domain/*' --fail-under=100
	@$(BIN)/coverage report --omit='src/goldenthread/domain/*' --fail-under=95

bench: .venv/develop ## Measure speed and size against their budgets
	@$(BIN)/python -m bench

lock: ## Lock the requirements anew, with hashes and no registry's address (needs uv)
	uv lock --quiet
	uv export --quiet --no-dev --group install --no-emit-project --no-header --no-annotate --format requirements.txt -o requirements/serve.txt
	uv export --quiet --group install --no-emit-project --no-header --no-annotate --format requirements.txt -o requirements/develop.txt
	@! grep -n '://' requirements/*.txt
