# Everything a person does with this repository. `make` alone lists it.
PYTHON := .venv/bin/python

# What is run a second time, on PostgreSQL: all that touches the database, and lessons against real processes.
ON_POSTGRES := tests/models tests/services $(addprefix tests/blackbox/test_,fence.py kills.py nodes.py whole_quiz.py)

# All the cores there are; a file's tests stay together, as they share a service or a browser. tests/conftest.py puts
# those that take long first.
ALL_CORES := -n auto --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev compile run test check fix bench prove clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## install what Quizhall needs into .venv (no test packages)
	@sh scripts/install_packages.sh requirements.txt
# A child that reads a file may write none, so Python could not keep what it compiles there.
	@$(PYTHON) -m compileall -q formats game services

setup-dev: setup
	@sh scripts/install_packages.sh requirements-compile.txt
	@sh scripts/install_packages.sh requirements-dev.txt

compile: setup  ## optional: turn the hottest modules into machine code (needs a C compiler; a minute)
	@sh scripts/install_packages.sh requirements-compile.txt
	@$(PYTHON) scripts/compile_hot.py

run: setup  ## install what is missing, then start on http://0.0.0.0:8888 (flags: make run ARGS="--port 9000")
	@exec $(PYTHON) app.py $(ARGS)

test: setup-dev  ## install what the tests need, then run them all (one folder: make test ARGS=tests/game)
	@sh scripts/install_test_tools.sh
	@sh scripts/run_js_tests.sh
	@$(PYTHON) -m pytest $(if $(ARGS),$(ARGS),$(ALL_CORES))
	@if [ -z "$(ARGS)" ]; then QUIZHALL_TEST_DATABASE=postgresql $(PYTHON) -m pytest $(ALL_CORES) $(ON_POSTGRES); fi

check: setup-dev  ## lint, format and types; reads only
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

fix: setup-dev  ## what `make check` complains about and a machine can mend
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench: setup-dev  ## install the peers, then measure us beside them (one, small: make bench ARGS="fan_out --quick"; all flags: ARGS=--help)
	@sh scripts/install_peers.sh
	@$(PYTHON) -m benchmarks $(ARGS)

prove: setup-dev  ## attack our promises for 90 s with a seed (longer: make prove ARGS="--minutes 30 --seed 7"; all flags: ARGS=--help)
	@sh scripts/install_test_tools.sh
	@$(PYTHON) -m prove $(ARGS)

clean:  ## remove .venv, .venv-bench and every cache; data/ stays
	rm -rf .venv .venv-bench .compiled benchmarks/peers/node_modules .hypothesis .mypy_cache .pytest_cache .ruff_cache .schemathesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
