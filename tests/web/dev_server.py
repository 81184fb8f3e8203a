"""The pages over the made-up reports, for looking at them: ``python -m tests.web.dev_server [PORT]``."""

from __future__ import annotations

import sys

from waitress import serve

from tests.web.shelved import library_of
from webapp import create_app

if __name__ == "__main__":
    with library_of() as library:
        serve(create_app(library), host="127.0.0.1", port=int(sys.argv[1]) if len(sys.argv) > 1 else 8099)
