"""Who is asked for the pages: an application over a made-up library, or over the sample corpus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.evaluation.finding import sample_library
from tests.web.fakes import FakeLibrary
from tests.web.looking import client_of
from webapp import create_app


@pytest.fixture
def client() -> FlaskClient:
    return client_of(FakeLibrary())


@pytest.fixture(scope="session")
def sample() -> Iterator[FlaskClient]:
    """For what a made-up library cannot show: how questions are really read."""
    with sample_library() as library:
        yield create_app(library).test_client()
