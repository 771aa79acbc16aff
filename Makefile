# The two commands: `make site` shows the product, `make test` checks it. Each does its own set-up.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& echo $$p && break; done)
BIN := .venv/bin
N ?= 10000
INPUTS ?= 100000

.PHONY: site serve test quick lint coverage mutants manual reference bench bench-readers fuzz pictures clean

site: .venv/site
	$(BIN)/sitegen build
	@echo "Look at it: open site/index.html, or preview it with  make serve"

serve: .venv/site
	$(BIN)/sitegen serve --open

test: lint
	$(BIN)/python -m pytest -n auto

# What breaks most often: the pure stages, one site, and what the documentation shows; of properties
# fewer examples, and no sites of whole years.
QUICK = tests/test_merge.py tests/test_identity.py tests/test_clean.py tests/config \
	tests/test_dating.py tests/test_corrections.py tests/test_sample.py tests/test_documentation.py \
	tests/test_manual.py tests/plan \
	--ignore tests/plan/test_authors.py --ignore tests/plan/test_categories.py \
	--ignore tests/plan/test_papers.py --ignore tests/plan/test_periods.py \
	--ignore tests/plan/test_trends.py --ignore tests/plan/test_trending.py

quick: .venv/test
	$(BIN)/ruff check --quiet .
	$(BIN)/python -m pytest -n 2 --hypothesis-profile quick $(QUICK)

# Branches that no test takes. What is left out stands in pyproject.toml, with its reason.
coverage: .venv/test
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Faults put into the code one by one, to see whether a test fails: an hour or more. ONLY names some of
# them ("sitegen.merge.*"); what survived is shown by  mutmut show NAME.
ONLY ?=
mutants: .venv/mutants
	nice $(BIN)/mutmut run --max-children 2 $(ONLY)
	$(BIN)/python -m tests.mutants

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

manual: .venv/site
	$(BIN)/python -m sitegen.cli.manual > sitegen/data/sitegen.1

# The page of the documentation that is made of the code; a test says when it is to be made anew.
reference: .venv/test
	$(BIN)/python -m tests.reference

bench-readers: .venv/test
	$(BIN)/python -m tests.bench.readers

bench: .venv/bench
	$(BIN)/python -m tests.bench --papers $(N)

fuzz: .venv/fuzz
	nice $(BIN)/python -m tests.fuzz -n $(INPUTS)

pictures: site .venv/test
	$(BIN)/python -m tests.screenshots

.venv/python:
	@test -n "$(PYTHON)" || { echo "sitegen needs Python 3.11 or newer"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/site: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/test: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ .venv/site

.venv/fuzz: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test,fuzz]'
	@touch $@

.venv/mutants: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test,mutants]'
	@touch $@

.venv/bench: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test,bench]'
	@touch $@

clean:
	rm -rf .venv site .sitegen .bench .fuzz mutants
