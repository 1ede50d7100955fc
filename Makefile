# The two commands of a new user are `make report` and `make test`. Every target sets up first, once (tools/setup.sh).
.PHONY: help setup report test test-all lint bench bench-read bench-analysis bench-scale methods coverage look drill lock
bin := .venv/bin

help:
	@echo "make report    write the national report, one regional and one local pack of the bundled release to out/"
	@echo "make test      lint, types, layers and the fast tests (under 5 minutes)"
	@echo "make test-all  everything (under 45 minutes)"
	@echo "make lint      ruff, mypy, import-linter"
	@echo "make bench     what a pack costs, part by part and beside other engines, and a release night from cold (BENCH=--quick: few packs)"
	@echo "make bench-read  how long 25 million rows take to read and check, and how much memory, to benchmarks/RESULTS.md (ROWS=…)"
	@echo "make bench-analysis  how long the analysis of the bundled release takes, and how much memory, to benchmarks/RESULTS.md"
	@echo "make bench-scale  what ten thousand packs cost besides their pages: plan, ledger, manifest, tasks, to benchmarks/RESULTS.md"
	@echo "make methods   write the indicators in docs/methods.md anew"
	@echo "make coverage  the same, and draw anew how often the intervals hold the truth (a minute)"
	@echo "make drill     kill runs and workers at random moments, go on, and compare every byte (8 minutes and a half on two quiet cores; KILLS=…)"
	@echo "make look      draw the contact sheets in docs/look anew (DATA=folder with the raw files of examples/nuts2)"
	@echo "make lock      resolve requirements.lock again (UPGRADE=--upgrade for the newest versions)"

setup:
	@bash tools/setup.sh

report: setup
	@$(bin)/reportgen national
	@$(bin)/reportgen region "South West" Bristol

lint: setup
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports

# Each process takes half of the tests in their order, and the rest of the other's when it is done: what tests of a file
# share is seldom made twice.
test: lint
	$(bin)/pytest -n 2 --dist worksteal -m "not slow" -rs

test-all: lint
	$(bin)/pytest -n 2 --dist worksteal --hypothesis-profile=thorough -rs

BENCH ?=
bench: setup
	$(bin)/python benchmarks/packs.py --save $(BENCH)

ROWS ?= 25000000
bench-read: setup
	$(bin)/python benchmarks/read_release.py --rows $(ROWS) --save

bench-analysis: setup
	$(bin)/python benchmarks/analysis.py --save

bench-scale: setup
	$(bin)/python benchmarks/scale.py --save

methods: setup
	$(bin)/python tools/write_methods.py

coverage: setup
	$(bin)/python tools/write_methods.py --simulate

KILLS ?= 20
drill: setup
	$(bin)/python tools/drill.py --kills $(KILLS)

DATA ?= ../shared/data
look: setup
	$(bin)/python tools/make_look.py --data $(DATA)

lock: setup
	tools=$$(mktemp -d) && $(bin)/python -m venv $$tools && $$tools/bin/pip install --quiet uv && \
	$$tools/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header $(UPGRADE) \
	    --extra dev --output-file requirements.lock pyproject.toml >/dev/null; \
	code=$$?; rm -rf $$tools; exit $$code
