"""Who is asked for the pages: an application over made-up reports, or over the sample corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.domain.catalogue import StoredReport
from indexer.library import Library
from tests.web.looking import client_of
from tests.web.shelved import bare_library, library_of
from webapp import create_app

ClientOver = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def shelved() -> Iterator[Library]:
    """The real library over shelf.py; nobody writes to it."""
    with library_of() as library:
        yield library


@pytest.fixture(scope="session")
def pages_of_shelf(shelved: Library) -> Flask:
    return create_app(shelved)


@pytest.fixture
def client(pages_of_shelf: Flask) -> FlaskClient:
    return pages_of_shelf.test_client()


@pytest.fixture
def client_over() -> Iterator[ClientOver]:
    """Makes a client over other reports than those of shelf.py."""
    with ExitStack() as open_:

        def make(reports: Sequence[StoredReport]) -> FlaskClient:
            return client_of(open_.enter_context(library_of(reports)))

        yield make


@pytest.fixture
def without_index(tmp_path: Path) -> Iterator[FlaskClient]:
    """A data folder in which nothing was built yet."""
    with bare_library(tmp_path) as library:
        yield client_of(library)


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> Iterator[FlaskClient]:
    """For what made-up reports cannot show: how questions are really read."""
    with closing(Library.open(data=sample_folder)) as library:
        yield create_app(library).test_client()
