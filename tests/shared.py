"""Where the shared reference material lies, for the tests that need it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_dir() -> Path:
    """The folder beside the checkout. Skips the test where it is absent, unless CI=true: there it must exist."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("CI=true but ../shared is not there: the truth tests cannot be skipped in CI")
        pytest.skip("needs the reference material in ../shared, which is not part of the repository")
    return SHARED
