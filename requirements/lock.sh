#!/bin/sh
# Resolves the locks again: `make lock`. Hashes, but no addresses: any index that serves these very files will do.
set -eu
cd "$(dirname "$0")/.."
compile() {
  CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options "$@"
}
.venv/bin/pip install --quiet pip-tools
compile --output-file requirements/build.txt requirements/build.in
compile --output-file requirements/run.txt pyproject.toml
compile --output-file requirements/test.txt requirements/test.in
compile --output-file requirements/peers.txt requirements/peers.in
compile --output-file requirements/bench.txt requirements/bench.in
compile --output-file requirements/bench-crawl.txt requirements/bench-crawl.in
compile --output-file requirements/api.txt requirements/api.in
