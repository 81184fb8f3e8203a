# make serve: everything, then http://127.0.0.1:8000      make test: every check, as CI runs them
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: setup serve sample test tests format lint types imports unit contract crawl ranking web truth browser \
  test-ocr test-opensearch bench-scale test-crawl test-kills test-fuzz test-growth test-web-random test-hostile-pages test-flips test-mishaps test-load test-api sbom \
  evaluate evaluate-reading evaluate-relevance evaluate-sample evaluate-labels evaluate-figures \
  learn screenshots bench bench-crawl lock fix clean

serve: sample
	$(BIN)/duibiao serve --port $(PORT)

setup: $(VENV)/.installed

# The build tool goes in first, so that jieba (source only) and Duibiao itself are built with a version we locked.
$(VENV)/.installed: requirements/build.txt requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Duibiao needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# Only where nothing has been built yet: pages of your own are never mixed with the sample.
sample: setup
	@test -e var/current || $(BIN)/duibiao sample

$(VENV)/.test-installed: $(VENV)/.installed requirements/test.txt tests/browser/install.sh
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements/test.txt
	sh tests/browser/install.sh
	@touch $@

SUITES := unit contract crawl ranking web truth browser
test: format lint types imports tests

format: $(VENV)/.test-installed
	$(BIN)/ruff format --check .
lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
# The tests as well: [tool.mypy] of pyproject.toml says what.
types: $(VENV)/.test-installed
	$(BIN)/mypy
imports: $(VENV)/.test-installed
	$(BIN)/lint-imports
# All suites at once, side by side on two cores; each by itself under its name.
tests: $(VENV)/.test-installed
	$(BIN)/python -m pytest -q -n 2 --dist worksteal $(addprefix tests/,$(SUITES))
$(SUITES): $(VENV)/.test-installed
	$(BIN)/python -m pytest -q tests/$@

# docs/practices.md, docs/similar.md: practices of labelled passages, and measures of other zones that tell the same.
evaluate-measures: $(VENV)/.test-installed
	$(BIN)/python -m tests.evaluation.practices
	$(BIN)/python -m tests.evaluation.similar

# A cluster of three nodes on 127.0.0.1 (Java 17 and mvn must be there; as root, it runs as a system user), every scenario
# of tests/contract on it too, and what it stands through.
test-opensearch: $(VENV)/.opensearch-installed
	$(BIN)/python -m tests.opensearch
$(VENV)/.opensearch-installed: $(VENV)/.test-installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[opensearch]'
	@touch $@

# docs/scale.md: passages loaded a second and latency, on such a cluster and beside it on the embedded engine, within MINUTES.
PASSAGES ?= 100000 1000000
MINUTES ?= 40
bench-scale: $(VENV)/.opensearch-installed
	$(BIN)/python -W ignore -m tests.opensearch.bench --passages $(PASSAGES) --minutes $(MINUTES)

# Recognition of scans; the extra takes 330 MB, so neither `make test` nor CI asks for it.
test-ocr: $(VENV)/.test-installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[ocr]'
	$(BIN)/python -m pytest -q tests/unit/test_recognition.py

# The crawl over sites of our own on the loopback, killed 20 times on the way (which `make test` leaves to CI).
test-crawl: $(VENV)/.test-installed
	CI=true $(BIN)/python -m pytest -q tests/crawl

# docs/reliability.md: what Duibiao stands through, each bounded to so many SECONDS; CI runs them all but test-load.
SECONDS ?= 60
ATTACK = $(BIN)/python -W ignore -m tests.reliability
test-kills: $(VENV)/.test-installed
	$(ATTACK).kills --kills 1000 --seconds $(SECONDS)
test-fuzz: $(VENV)/.test-installed
	$(ATTACK).fuzz --count 1000000 --seconds $(SECONDS)
test-growth: $(VENV)/.test-installed
	$(ATTACK).growth --largest $(if $(LARGEST),$(LARGEST),400000)
test-web-random: $(VENV)/.test-installed
	$(ATTACK).web_random --count 1000000 --seconds $(SECONDS)
test-hostile-pages: $(VENV)/.test-installed
	$(ATTACK).hostile_pages
	$(ATTACK).hostile_in_browser $(if $(PAGES),--pages $(PAGES))
test-flips: $(VENV)/.test-installed
	$(ATTACK).flips --count 100000 --seconds $(SECONDS)
test-mishaps: $(VENV)/.test-installed
	$(ATTACK).mishaps --disks 1000 --seconds $(SECONDS)
test-load: $(VENV)/.test-installed
	$(ATTACK).load --seconds $(SECONDS)

# docs/api.md: questions that schemathesis makes up from the API's description; CASES of each call, for SECONDS at most.
CASES ?= 50
test-api: $(VENV)/.api-installed
	$(ATTACK).api_described --cases $(CASES) --seconds $(SECONDS)

$(VENV)/.api-installed: $(VENV)/.test-installed requirements/api.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/api.txt
	@touch $@

# What is installed, with versions and licences (CycloneDX 1.5); docs of it in SECURITY.md.
sbom: setup
	$(BIN)/python -m tests.reliability.sbom > sbom.json

# Tables of docs/evaluation.md; needs ../shared. The peers are needed for this alone.
evaluate: evaluate-reading evaluate-relevance evaluate-sample evaluate-labels evaluate-figures
evaluate-reading: $(VENV)/.peers-installed
	$(BIN)/python -m tests.evaluation.reading

# docs/relevance.md: 1,235 questions whose answers are known; the articles of a law as one report, then each by itself.
RELEVANCE := ../shared/relevance
EVALUATE = $(BIN)/duibiao evaluate --corpus $(RELEVANCE)/corpus.jsonl.gz --queries $(RELEVANCE)/queries.tsv --qrels $(RELEVANCE)/qrels.tsv
evaluate-relevance: setup
	$(EVALUATE)
	$(EVALUATE) --apart

# How the sample corpus is read, field by field, compared, fact by fact, and found, need by need.
evaluate-sample: $(VENV)/.test-installed
	$(BIN)/python -m tests.evaluation.reading_sample
	$(BIN)/python -m tests.evaluation.sample_comparison
	$(BIN)/python -m tests.evaluation.finding
	$(BIN)/python -m tests.evaluation.suggesting --write docs/suggestions.md

# docs/labels.md: status and themes on labelled paragraphs, by weights that never saw their region. The weights themselves
# (corpus/tables/labels.*) are made by `make learn` from ../shared: some minutes, seeded, on one thread.
evaluate-labels: var/learned/regions.json
	$(BIN)/python -m tests.evaluation.labels
var/learned/regions.json:
	$(MAKE) learn
# docs/figures.md: figures of labelled paragraphs, half of whose regions were looked at last.
evaluate-figures: $(VENV)/.test-installed
	$(BIN)/python -m tests.evaluation.figures --held
learn: $(VENV)/.learn-installed
	$(BIN)/python -m tests.learning.labels --write corpus/tables --folds var/learned
	$(BIN)/python -m tests.learning.practices --write corpus/tables/practice_weights.npz
$(VENV)/.learn-installed: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable ".[learn]"
	@touch $@

# docs/benchmark.md: 100,000 made-up passages beside tantivy, SQLite FTS5 and Xapian (python3-xapian of Debian, seen where
# PYTHONPATH=/usr/lib/python3/dist-packages and the Python is Debian's; without it the table has a column less).
bench: $(VENV)/.bench-installed
	$(BIN)/python -W ignore -m tests.evaluation.bench --write docs/benchmark.md

$(VENV)/.bench-installed: $(VENV)/.test-installed requirements/bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# docs/crawling.md: the crawl beside Scrapy's and crawlee's over one local site, each killed on the way too.
bench-crawl: $(VENV)/.crawl-bench-installed
	$(BIN)/python -W ignore -m tests.evaluation.bench_crawl --write docs/crawling.md

# In a folder of their own: crawlee asks for other versions of what Duibiao pins.
$(VENV)/.crawl-bench-installed: $(VENV)/.test-installed requirements/bench-crawl.txt
	$(PYTHON) -m venv $(VENV)/crawlers
	$(VENV)/crawlers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench-crawl.txt
	@touch $@

$(VENV)/.peers-installed: $(VENV)/.test-installed requirements/peers.txt
	# --no-deps: the lock is complete, and pip before 23.3 stumbles over lxml[html_clean], which two peers ask for
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --require-hashes \
	  -r requirements/peers.txt
	@touch $@

# Puts right what `make format lint` complains of, where it can.
fix: $(VENV)/.test-installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# docs/screenshots, of the sample as it is read today.
screenshots: $(VENV)/.test-installed
	$(BIN)/python -m tests.browser.screenshots

lock: setup
	requirements/lock.sh

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
