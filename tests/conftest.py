"""Makes ``tests.shared`` importable, keeps Hypothesis repeatable in CI, and leaves what is slow to CI.

``@pytest.mark.slow``: over ten seconds of CPU for something that seldom breaks. Run with ``CI=true``, as .ci/run does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from indexer.locale import CHINESE, speaking

settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None)
settings.register_profile("dev", max_examples=25, deadline=None)
IN_CI = os.environ.get("CI") == "true"
settings.load_profile("ci" if IN_CI else "dev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not IN_CI:
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: in CI, or with CI=true"))


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """A page asked for in English leaves its language to whatever comes next in this thread."""
    with speaking(CHINESE):
        yield
