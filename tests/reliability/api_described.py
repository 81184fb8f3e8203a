"""Questions that schemathesis makes up from the API's description, right ones and wrong ones, asked of the sample:
``make test-api SECONDS=600 CASES=1000``. What comes must be what is described: status, media type, schema, headers.

One of its checks doesn't fit and is left out: that every question which the description allows is answered with 200.
Which zones, themes and reports there are no schema can say; a name that isn't there is a 400 or a 404.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.evaluation.finding import sample_library
from webapp import create_app

LEFT_OUT = ("positive_data_acceptance",)


class _Quiet(WSGIRequestHandler):
    """Ten thousand lines of a log tell nothing."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def run(address: str, cases: int, seconds: int, seed: int, report: Path) -> int:
    """The status that schemathesis ends with. ``cases``: of one call at most."""
    asked = [
        *("schemathesis", "run", f"{address}/api/openapi.json?lang=en", "--checks", "all"),
        *("--exclude-checks", ",".join(LEFT_OUT), "--max-examples", str(cases), "--seed", str(seed)),
        *("--phases", "examples,coverage,fuzzing", "--suppress-health-check", "all", "--request-timeout", "30"),
        *("--continue-on-failure", "--report", "json", "--report-json-path", str(report)),
        *(("--max-time", str(seconds)) if seconds else ()),
    ]
    program = Path(sys.executable).with_name(asked[0])
    return subprocess.run([program, *asked[1:]], check=False, env={**os.environ, "COLUMNS": "120"}).returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with sample_library() as library, tempfile.TemporaryDirectory() as folder:
        server = make_server("127.0.0.1", 0, create_app(library), threaded=True, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        report = Path(folder) / "report.json"
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            status = run(address, options.cases, options.seconds, options.seed, report)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
        told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    sys.stdout.write(f"{told.get('test_cases')}\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
