# The portal's commands. Plain `make` lists them; each does what it needs first, and only once.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
export PYTHON
# Progress is seen as it happens, in a log as on a terminal.
export PYTHONUNBUFFERED := 1

VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
# Stamps: files that exist to say when something was last done.
CREATED := $(VENV)/.created-stamp
INSTALLED := $(VENV)/.requirements-stamp
INSTALLED_DEV := $(VENV)/.requirements-dev-stamp
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
TEMPLATES := $(wildcard templates */templates)
LOCK := $(PY) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

PIP_INSTALL := $(PY) -m pip install --disable-pip-version-check --no-input --require-hashes

.PHONY: help setup run test format check check-pages messages messages-check report sentences bench lock clean system-packages data

help: ## list the commands
	@echo "make COMMAND, where COMMAND is one of:"
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '  %-16s%s\n' "$$name" "$$text"; done

setup: $(INSTALLED) $(CATALOGUES) data ## install, compile messages, migrate, load reference and demo data
	@$(MANAGE) prepare_portal

# Links in feeds, letters and editions lead to where it is served.
run: export PORTAL_URL ?= http://127.0.0.1:$(PORT)
run: $(INSTALLED) $(CATALOGUES) data ## set up, build the demo report, serve on 127.0.0.1:8000 (PORT=8001 changes that), with a worker
	@$(MANAGE) prepare_portal --report
	@echo
	@echo "Arabic   http://127.0.0.1:$(PORT)/ar/"
	@echo "English  http://127.0.0.1:$(PORT)/en/"
	@echo "Staff    http://127.0.0.1:$(PORT)/ar/admin/ and http://127.0.0.1:$(PORT)/en/admin/, with an account named above"
	@echo
	@# The worker ends with the server, however that ends.
	@$(MANAGE) work --parent $$$$ & exec $(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

test: $(INSTALLED_DEV) $(CATALOGUES) ## run the whole suite, on SQLite and on PostgreSQL (ARGS="-k word" narrows it)
	@tools/run_tests.sh $(ARGS)

format: $(INSTALLED_DEV) ## put code and templates into our format, mend what can be mended
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .
	@[ -z "$(TEMPLATES)" ] || $(PY) -m djlint --quiet --reformat --allow-empty-input --extend-exclude templates/reports $(TEMPLATES) || true

check: $(INSTALLED_DEV) $(CATALOGUES) ## everything a machine can find before a person reads: lint, types, settings, messages
	@tools/check.sh

check-pages: $(INSTALLED_DEV) $(CATALOGUES) ## look at the pages in Chromium as every reader needs them (ARGS=--all for every page and view)
	@$(PY) tools/check_pages $(ARGS)

messages: $(INSTALLED_DEV) ## collect new texts into the Arabic catalogue (needs gettext)
	@$(PY) tools/collect_messages.py

messages-check: $(INSTALLED_DEV) ## say what the Arabic catalogue lacks
	@$(PY) tools/check_messages.py

report: $(INSTALLED) $(CATALOGUES) data ## build the demo report into build/: Arabic, English, and both in one file
	@$(MANAGE) prepare_portal --report

sentences: $(INSTALLED_DEV) $(CATALOGUES) ## write generated sentences in both languages into build/, for a reader to look through
	@$(PY) tools/sentences.py

bench: $(INSTALLED_DEV) $(CATALOGUES) data ## measure, as ratios: report, imports, hostile files, first pages, dashboards, lists of work, the catalogue; many writers
	@$(PY) bench/report.py
	@$(PY) bench/imports.py
	@$(PY) bench/hostile.py
	@$(PY) bench/start.py
	@$(PY) bench/dashboards.py
	@$(PY) bench/translations.py
	@$(PY) bench/writers.py
	@$(PY) bench/catalogue.py

lock: $(INSTALLED_DEV) ## lock requirements.in and requirements-dev.in again, with hashes
	@echo "Locking requirements.txt"
	@$(LOCK) --output-file requirements.txt requirements.in
	@echo "Locking requirements-dev.txt"
	@$(LOCK) --output-file requirements-dev.txt requirements-dev.in

clean: ## remove what can be made again; the database and uploads in data/ stay
	@rm -rf $(VENV) build staticfiles .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -f $(CATALOGUES)
	@echo "Removed the environment, built files and caches. The database and uploads in data/ are still there."

system-packages:
	@tools/system_packages.sh

data:
	@mkdir -p data build

$(CREATED): | system-packages
	@echo "Creating the Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(INSTALLED): requirements.txt $(CREATED)
	@echo "Installing what the portal runs on, as locked in requirements.txt"
	@$(PIP_INSTALL) -r requirements.txt | sed -un 's/^Collecting \([^ ]*\).*/  \1/p'
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	@echo "Installing what we test with, as locked in requirements-dev.txt"
	@$(PIP_INSTALL) -r requirements-dev.txt | sed -un 's/^Collecting \([^ ]*\).*/  \1/p'
	@touch $@

# Babel compiles; GNU gettext is not needed to run the portal.
%.mo: %.po $(INSTALLED)
	@echo "Compiling the messages of $<"
	@$(PY) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@ --locale $(word 2,$(subst /, ,$<))
