# Everything a person does with a checkout. `make` alone says what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install run test lint format bench pictures lock manage shell migrations clean

PYTHON_VENV := .venv/bin/python
args ?=

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install:  ## Make .venv, install the locked packages and the front-end files
	@bin/bootstrap

run:  ## Run Firstline at http://localhost:8000/ (PORT moves it) until Ctrl-C
	@bin/bootstrap
	@exec $(PYTHON_VENV) manage.py serve --with-parent $(args)

test:  ## Run the tests (args="-k name" chooses)
	@bin/bootstrap --dev --test-tools
	@$(PYTHON_VENV) -m pytest -n 2 --dist loadfile --ignore=tests/load $(args)

lint:  ## Check style, types, layers, security and migrations
	@bin/bootstrap --dev
	@bin/lint

format:  ## Format the code and mend what can be mended without thought
	@bin/bootstrap --dev
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

bench:  ## Measure speed as ratios to floors of the same run
	@bin/bootstrap --dev
	@$(PYTHON_VENV) -m tests.load.bench $(args)

pictures:  ## Take the pictures of the README's tour anew (docs/images/)
	@bin/bootstrap --dev --test-tools
	@$(PYTHON_VENV) -m pytest -q tests/e2e/pictures.py $(args)

lock:  ## Renew the locked versions after a change of requirements/*.in or package.json
	@bin/bootstrap --dev
	@bin/lock

manage:  ## Run a command of manage.py, for example make manage args="showmigrations"
	@bin/bootstrap
	@$(PYTHON_VENV) manage.py $(args)

shell:  ## Open Django's Python shell
	@bin/bootstrap
	@exec $(PYTHON_VENV) manage.py shell

clean:  ## Remove everything that can be made again, the development database included
	@if [ -x $(PYTHON_VENV) ]; then $(PYTHON_VENV) -m config.embedded_postgres remove; fi
	@rm -rf .venv node_modules static/vendor var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
