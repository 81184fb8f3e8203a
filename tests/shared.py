"""Where the shared reference material lies, for the tests that need it, and how much of it is looked at."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
IN_CI = os.environ.get("CI") == "true"
SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_dir() -> Path:
    """The folder beside the checkout. Skips the test where it is absent, unless CI=true: there it must exist."""
    if not SHARED.is_dir():
        if IN_CI:
            pytest.fail("CI=true but ../shared is not there: the truth tests cannot be skipped in CI")
        pytest.skip("needs the reference material in ../shared, which is not part of the repository")
    return SHARED


def some(every: Sequence[T], nth: int) -> Sequence[T]:
    """Of what takes seconds to go through: all in CI, each ``nth`` elsewhere."""
    return every if IN_CI else every[::nth]
