"""``make test-opensearch``: a fresh cluster, the contract and the faults on it, and its end whatever happens.

Where Java or Maven is missing nothing can be tested: that is an error, and in CI (CI=true) a notice nobody overlooks.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from tests.contract.engines import CLUSTER, FOLDER
from tests.opensearch.cluster import distribution, folder_of_tests, java_home, running

_SIDE_BY_SIDE = "3"  # scenarios at a time: each waits for the disks of three nodes more than it computes
_SUITES = (
    ["tests/contract", "-n", _SIDE_BY_SIDE],
    ["tests/opensearch", "tests/unit/test_cluster_connection.py", "-n", "0"],  # one cluster, whose nodes are killed
)


def main() -> int:
    try:
        java_home()
        distribution()
    except (OSError, subprocess.CalledProcessError) as missing:
        return _not_tested(missing)
    suites = [sys.argv[1:]] if sys.argv[1:] else _SUITES
    with running(folder_of_tests()) as cluster:
        # What is slow isn't skipped. FOLDER: what is free in memory may change meanwhile.
        environment = os.environ | {CLUSTER: " ".join(cluster.hosts), FOLDER: str(cluster.folder), "CI": "true"}
        return max(_run(suite, environment) for suite in suites)


def _run(suite: list[str], environment: dict[str, str]) -> int:
    started = time.monotonic()
    status = subprocess.run([sys.executable, "-m", "pytest", "-q", *suite], env=environment, check=False).returncode
    print(f"{suite[0]}: {time.monotonic() - started:.0f} s", flush=True)
    return status


def _not_tested(missing: Exception) -> int:
    notice = ("!" * 72, f"THE ENGINE ON A CLUSTER WAS NOT TESTED: {missing}", "It needs Java 17 and mvn.", "!" * 72)
    print(*notice, sep="\n", file=sys.stderr, flush=True)
    return 0 if os.environ.get("CI") == "true" else 1


if __name__ == "__main__":
    sys.exit(main())
