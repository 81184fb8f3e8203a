"""The examples of docs/api.md run as they stand, against a server of our own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from lxml import etree
from werkzeug.serving import make_server

from indexer.library import Library
from tests.docs_tables import DOCS
from webapp import create_app

SERVED = "http://127.0.0.1:8000"
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.S)
CURL = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
PYTHON = [block for kind, block in BLOCKS if kind == "python"]


@pytest.fixture(scope="module")
def served(shelved: Library) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(shelved), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
@pytest.mark.parametrize("line", CURL)
def test_curl(line: str, served: str) -> None:
    ran = subprocess.run(["sh", "-c", line.replace(SERVED, served)], capture_output=True, timeout=60, check=True)
    if ".atom" in line:
        assert etree.fromstring(ran.stdout).findall("{*}entry")
    else:
        assert "error" not in json.loads(ran.stdout)


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_httpx(number: int, served: str) -> None:
    code = PYTHON[number].replace(SERVED, served)
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_there_are_examples() -> None:
    assert len(CURL) >= 3
    assert len(PYTHON) >= 2
