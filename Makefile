# Habits of this house. `make setup` makes .venv; every other target calls it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-stamp
TEST_STAMP := $(VENV)/.test-stamp
INSPECT := $(VENV)/inspect
INSPECT_STAMP := $(VENV)/.inspect-stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: setup setup-test setup-inspect run test check bench lock vectors screenshots audit mutants sbom licences clean

setup: $(RUN_STAMP) ## make .venv with what the app needs, pinned, hashes checked

$(RUN_STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the app needs into $(VENV); the first time takes a few minutes."
	$(PIP) install --require-hashes --no-deps --compile -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --compile --editable .
	@touch $@

setup-test: $(TEST_STAMP) ## the same with what the tests need

$(TEST_STAMP): $(RUN_STAMP) requirements-test.lock tests/models/smollm2.lock
	@echo "Installing what the tests need."
	$(PIP) install --require-hashes --no-deps --compile -r requirements-test.lock
	$(BIN)/python tests/models/fetch.py $(VENV)/models
	@touch $@

# Inspect wants other versions of three packages than the app has; it lies in an environment of its
# own that sees the app's packages behind its own.
setup-inspect: $(INSPECT_STAMP) ## Inspect and Scout beside the app, for their tests: `make test` runs them then

$(INSPECT_STAMP): $(RUN_STAMP) requirements-inspect.lock
	@echo "Installing Inspect and Scout."
	$(BIN)/python -m venv $(INSPECT)
	@$(BIN)/python -c 'import sysconfig; print("import site; site.addsitedir(%r)" % sysconfig.get_path("purelib"))' \
		> $$($(INSPECT)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/app.pth
	$(INSPECT)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps --no-compile -r requirements-inspect.lock
	@touch $@

run: setup ## open the app on http://127.0.0.1:7860
	@$(BIN)/python app.py

# Coverage of the rooms that decide comes from their own tests; tests of the rooms around them trace
# only those, which is quicker, and a browser is not traced at all.
PYTEST := -m pytest -q --numprocesses=auto --dist=loadfile
PURE := interviewer/people/*,interviewer/reading/*,interviewer/interview/*,interviewer/assessment/*,interviewer/transcript.py,interviewer/transcript_file.py,interviewer/errors.py
NEVER := */migrations/versions/*,*/site/interviewer/*
INNER := interviewer/content/*,interviewer/research/*,interviewer/evaluation/*,interviewer/simulation/*,interviewer/models/*,interviewer/studio/*

test: setup-test ## every test, a process a core, with coverage
	@$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run $(PYTEST) --ignore=tests/cli --ignore=tests/ui
	$(BIN)/python -m coverage run --omit='$(PURE),$(INNER),$(NEVER)' $(PYTEST) tests/cli tests/ui -m "not browser"
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report --format=total --fail-under=90
	@$(BIN)/python -m coverage report --fail-under=100 --include='$(PURE)'
	$(BIN)/python $(PYTEST) -m browser

check: setup-test ## format, lint, types, import directions, content
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/interviewer check

bench: setup-test ## measure turns, start-up, memory, stored bytes, the page, a crowd
	@$(BIN)/python -m benchmarks

screenshots: setup-test ## take every page, in every look and both languages, into docs/screenshots
	@$(BIN)/python -m benchmarks.screenshots
	@$(BIN)/python -m benchmarks.screenshots_coach

vectors: setup ## embed the research that comes with the project, so that the first search is quick
	@$(BIN)/python -m benchmarks.vectors

lock: ## pin every dependency with its hashes (needs uv; names no index)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra build -c requirements.lock pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra build --extra keyring --extra local --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra build --extra postgres --extra metrics --extra redact -c requirements-test.lock pyproject.toml -o deploy/requirements.lock
	sed -n 's/ \\$$//p' requirements.lock | grep -vE '^ |^(fsspec|kubernetes|python-dateutil)=' > $(VENV)/near.txt
	uv pip compile --quiet --universal --no-header --no-annotate --python-version 3.11 --generate-hashes --no-emit-index-url --extra build --extra inspect --extra parquet -c $(VENV)/near.txt pyproject.toml -o requirements-inspect.lock

audit: ## look for unsafe code, workflows and advisories (needs uv, and a network for advisories)
	uv tool run bandit -q -r interviewer -c security/bandit.toml
	uv tool run zizmor --offline .github
	uv tool run pip-audit --strict --require-hashes --disable-pip -r requirements.lock

# mutmut lies in an environment of its own that sees the app's packages behind its own, as Inspect does.
mutants: setup-test ## change the code that guards and keeps, and see whether its tests notice
	@test -x $(VENV)/mutants/bin/mutmut || { $(BIN)/python -m venv $(VENV)/mutants \
		&& $(VENV)/mutants/bin/python -m pip --quiet install mutmut==3.8.1 \
		&& $(BIN)/python -c 'import sysconfig; print("import site; site.addsitedir(%r)" % sysconfig.get_path("purelib"))' \
		> $$($(VENV)/mutants/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/app.pth; }
	$(VENV)/mutants/bin/mutmut run
	$(VENV)/mutants/bin/mutmut results

sbom: ## write what is installed as CycloneDX into sbom.json (needs uv)
	uv tool run --from cyclonedx-bom cyclonedx-py requirements requirements.lock --output-format JSON -o sbom.json

licences: setup ## write the licence of every package into licences.csv (needs uv)
	uv tool run pip-licenses --python=$(BIN)/python --from=mixed --format=csv --output-file=licences.csv

clean: ## remove everything that can be made again
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
