"""``make test-opensearch``: a fresh cluster, the contract and the faults on it, and its end whatever happens."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.contract.engines import CLUSTER
from tests.opensearch.cluster import running


def main() -> int:
    with running() as cluster:
        environment = os.environ | {CLUSTER: " ".join(cluster.hosts), "CI": "true"}  # what is slow isn't skipped
        suites = sys.argv[1:] or ["tests/contract", "tests/opensearch"]
        return subprocess.run([sys.executable, "-m", "pytest", "-q", *suites], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
