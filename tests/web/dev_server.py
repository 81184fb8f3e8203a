"""The pages over the made-up library, for looking at them: ``python -m tests.web.dev_server [PORT]``."""

from __future__ import annotations

import sys

from waitress import serve

from tests.web.fakes import FakeLibrary
from webapp import create_app

if __name__ == "__main__":
    serve(create_app(FakeLibrary()), host="127.0.0.1", port=int(sys.argv[1]) if len(sys.argv) > 1 else 8099)  # type: ignore[arg-type]
