"""TLS and a user before a cluster: what is known is spoken to, what isn't is refused in a sentence.

No cluster is needed: behind the front stands a server that answers as one without an index does.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from indexer.domain.query import Query
from indexer.errors import BadSetup, NothingBuilt, Unreachable
from indexer.settings import OpenSearchSettings
from indexer.text.analyser import Analyser
from tests.opensearch.tls_front import PASSWORD, USER, Certificate, Front, tls_front

pytest.importorskip("opensearchpy", reason="the extra opensearch is not installed")
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")

from indexer.engines.opensearch import connection  # noqa: E402
from indexer.engines.opensearch.engine import OpenSearchEngine  # noqa: E402


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Certificate]:
    folder = tmp_path_factory.mktemp("certificates")
    return lambda name, host="IP:127.0.0.1": Certificate.made(folder, name, host)


@pytest.fixture(scope="module")
def known(certificates: Callable[..., Certificate]) -> Certificate:
    return certificates("known")


@pytest.fixture(scope="module")
def empty_node() -> Iterator[str]:
    """Answers as a cluster that holds no index."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({} if "_alias" in self.path else {"version": {"number": "2.19.5"}}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def front(known: Certificate, empty_node: str) -> Iterator[Front]:
    with tls_front(known, empty_node) as made:
        yield made


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Sets the environment's."""

    def given(name: str, password: str) -> None:
        monkeypatch.setenv(connection.USER, name)
        monkeypatch.setenv(connection.PASSWORD, password)

    given(USER, PASSWORD)
    return given


def ask(address: str, ca: str) -> None:
    engine = OpenSearchEngine(OpenSearchSettings(hosts=(address,), ca=ca, answer_seconds=5.0), "none", Analyser(()))
    try:
        engine.search(Query())
    finally:
        engine.close()


def test_a_cluster_of_a_known_authority_is_asked_with_user_and_password(
    front: Front, known: Certificate, user: Callable[[str, str], None]
) -> None:
    with pytest.raises(NothingBuilt):  # it answered: there is no index yet
        ask(front.address, str(known.file))
    assert len(set(front.users)) == 1


@pytest.mark.parametrize(("name", "password"), [(USER, "wrong"), ("somebody", PASSWORD), ("", "")])
def test_a_wrong_user_or_password_is_told_with_the_variables_that_hold_them(
    front: Front, known: Certificate, user: Callable[[str, str], None], name: str, password: str
) -> None:
    user(name, password)
    with pytest.raises(BadSetup, match=f"{connection.USER}.*{connection.PASSWORD}"):
        ask(front.address, str(known.file))


def test_a_certificate_of_nobody_known_is_refused_and_no_password_sent(
    front: Front, certificates: Callable[..., Certificate], user: Callable[[str, str], None]
) -> None:
    for ca in ("", str(certificates("stranger").file)):
        with pytest.raises(BadSetup, match=r"opensearch\.ca") as told:
            ask(front.address, ca)
        assert "certificate" in str(told.value).lower()
    assert not front.users


def test_a_certificate_of_another_host_is_refused(
    empty_node: str, certificates: Callable[..., Certificate], user: Callable[[str, str], None]
) -> None:
    other = certificates("other", "DNS:search.example")
    with tls_front(other, empty_node) as front:
        with pytest.raises(BadSetup, match=r"opensearch\.ca"):
            ask(front.address, str(other.file))
        assert not front.users


def test_an_authority_whose_file_is_missing_or_none_is_told(
    front: Front, tmp_path: Path, user: Callable[[str, str], None]
) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("no certificate", encoding="utf-8")
    for ca in (tmp_path / "missing.pem", nonsense):
        with pytest.raises(BadSetup, match=ca.name):
            ask(front.address, str(ca))


def test_plain_http_to_a_cluster_that_speaks_tls_is_unreachable(front: Front, user: Callable[[str, str], None]) -> None:
    with pytest.raises(Unreachable):
        ask(front.address.replace("https", "http"), "")
    assert not front.users
