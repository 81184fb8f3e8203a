"""What a request may ask at most, and under which names the server answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import waitress
from flask.testing import FlaskClient

from indexer.library import Library
from webapp import channel, create_app
from webapp.channel import TimedChannel
from webapp.server import Pages


@pytest.mark.parametrize("address", ["/search?q=" + "招" * 2_000, "/search?" + "&zone=a" * 70])
def test_a_request_that_asks_too_much_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_more_zones_than_a_table_has_columns_are_refused_before_anything_is_read(client: FlaskClient) -> None:
    zones = "衡阳高新区,昆山经开区,长春新区,苏州工业园区,株洲高新区,佛山高新区,长沙高新区"
    answer = client.get(f"/api/v1/compare?theme=招商引资&zone={zones}")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "query.too_many_zones")


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8000", 200), ("10.0.0.5", 200), ("[::1]:8000", 200), ("reports.example", 200), ("evil.example", 400)],
)
def test_only_names_of_ours_are_answered(shelved: Library, host: str, status: int) -> None:
    client = create_app(shelved, hosts=["reports.example"]).test_client()
    assert client.get("/help", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("mark", "\u0489\u1ab0\u0e47\u3099\ufe20")
def test_a_pile_of_marks_that_was_asked_for_is_not_shown_again(client: FlaskClient, mark: str) -> None:
    for address in (f"/search?q=招商&zone=区{mark * 90}", f"/search?q=区{mark * 90}", f"/doc/区{mark * 90}"):
        assert mark * 4 not in client.get(address).text


def test_a_double_slash_leads_nowhere(client: FlaskClient) -> None:
    assert client.get("/api/v1//search").status_code == 404


@pytest.fixture
def port(shelved: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(channel, "SLOWEST", 0.3)
    monkeypatch.setattr("waitress.server.TcpWSGIServer.channel_class", TimedChannel)
    server = waitress.create_server(create_app(shelved), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()


def test_who_sends_byte_by_byte_frees_the_place(port: int) -> None:
    def drip(slow: socket.socket) -> None:
        for _ in range(200):
            slow.send(b"G")
            time.sleep(0.05)

    with socket.create_connection(("127.0.0.1", port), timeout=10) as slow, pytest.raises(ConnectionError):
        drip(slow)


def test_an_address_may_be_typed_as_it_is_read(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as typed:
        typed.sendall("GET /search?q=招商 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: typed.recv(4096), b"")).decode()
    assert answer.startswith("HTTP/1.1 200")
    assert 'value="招商"' in answer


def test_a_request_with_two_lengths_is_refused_and_closed(port: int) -> None:
    two = b"Content-Length: 4\r\nTransfer-Encoding: chunked"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as odd:
        odd.sendall(b"POST /help HTTP/1.1\r\nHost: localhost\r\n" + two + b"\r\n\r\n0\r\n\r\n")
        answer = b"".join(iter(lambda: odd.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 400")


def test_while_the_build_is_damaged_every_page_says_what_to_run() -> None:
    pages = Pages.__new__(Pages)
    pages.damaged = "索引已损坏。请运行 duibiao build 重新建立。"
    told: list[str] = []
    environ = {"PATH_INFO": "/", "wsgi.input": None}

    def start(status: str, headers: object, failed: object = None) -> Callable[[bytes], object]:
        told.append(status)
        return lambda written: None

    body = b"".join(pages(environ, start))
    assert told == ["503 Service Unavailable"]
    assert "duibiao build" in body.decode()
