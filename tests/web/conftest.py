"""A real library over the sample corpus, for what a made-up one cannot show: how questions are really read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.evaluation.finding import sample_library
from webapp import create_app


@pytest.fixture(scope="session")
def sample() -> Iterator[FlaskClient]:
    with sample_library() as library:
        yield create_app(library).test_client()
