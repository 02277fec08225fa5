# `make` lists the targets. Each does its own set-up in .venv; only Python 3.11 or newer must be there.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# The files that decide without looking at clock, network or database; all of their lines and branches are tested.
PURE := bot/model.py,bot/news/*,bot/stories/*,bot/catalogue/folding.py,bot/catalogue/names.py,bot/catalogue/search.py,bot/feeds/parse.py,bot/feeds/identity.py,bot/feeds/pacing.py,bot/delivery/embed.py,bot/delivery/flood.py,bot/delivery/outcome.py,bot/delivery/summary.py

.PHONY: help run test check bench soak backtest lock format clean
help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(READY) ## start the bot: on Discord with DISCORD_TOKEN, else on the sandbox
	@if [ -n "$$DISCORD_TOKEN" ]; then exec $(BIN)/python -m bot run; else exec $(BIN)/python -m sandbox --bot; fi

test: $(READY) ## run all tests; the pure core must be covered to the last branch
	$(BIN)/python -m pytest -n 4 --dist worksteal --cov --cov-report=
	$(BIN)/coverage report --include="$(PURE)" --fail-under=100 --show-missing --skip-covered

check: $(READY) ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) ## measure speed and memory, as ratios taken in one run
	$(BIN)/python -m bench

soak: $(READY) ## kill the bot 200 times while Discord fails; parse 5,000 broken feeds (20 minutes)
	$(BIN)/python -m tests.feeds.soak
	$(BIN)/python -m tests.e2e.soak

backtest: $(READY) ## measure understanding on a corpus (CORPUS=folder, COMPARE=old.jsonl)
	$(BIN)/python -m bench.backtest $(if $(CORPUS),--corpus $(CORPUS)) $(if $(COMPARE),--compare $(COMPARE))

format: $(READY) ## put imports and layout in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY) ## renew requirements.txt and requirements-dev.txt from pyproject.toml (installs uv)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra dev pyproject.toml -o requirements-dev.txt

clean: ## remove what the other targets made
	rm -rf .venv .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis var

$(READY): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Greenlit needs Python 3.11 or newer; name one with PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
