"""Pages made by several processes: side by side, replaced when they die, none left over when the server goes."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from indexer.library import Library
from tests.unit.pages import OTHER_WORK, WORK, a_page
from webapp import create_app
from webapp.server import Pages

ROOT = Path(__file__).resolve().parents[2]
ASKED = {"REQUEST_METHOD": "GET", "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http"}


def who(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Says which process it is; /slowly takes its time, /die ends the process, /never answers nothing."""
    path = environ["PATH_INFO"]
    if path == "/fail":
        raise ValueError("a fault of the application")
    if path == "/die":
        os._exit(1)
    time.sleep({"/slowly": 0.3, "/never": 30.0}.get(path, 0.0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


def ask(pages: Pages, path: str, query: str = "") -> tuple[str, str]:
    """(status, body)."""
    told: list[str] = []
    environ = {**ASKED, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": None}

    def start(status: str, headers: object, failed: object = None) -> Callable[[bytes], object]:
        told.append(status)
        return lambda written: None

    body = pages(environ, start)
    return told[0][:3], b"".join(body).decode()


def ask_both(pages: Pages, path: str, query: str = "") -> list[str]:
    """What each of two workers answers."""
    one = pages._idle.take(10.0)
    answers = [ask(pages, path, query)[1]]
    other = pages._idle.take(10.0)
    pages._idle.give(one)
    answers.append(ask(pages, path, query)[1])
    pages._idle.give(other)
    return answers


@pytest.fixture
def pages() -> Iterator[Pages]:
    with closing(Pages(who, 2)) as pages:
        yield pages


def gone(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def wait_until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_two_pages_asked_for_at_once_are_made_by_two_processes(pages: Pages) -> None:
    with ThreadPoolExecutor(2) as askers:
        made = list(askers.map(lambda _: ask(pages, "/slowly"), range(2)))
    assert {status for status, _ in made} == {"200"}
    assert len({pid for _, pid in made} - {str(os.getpid())}) == 2


def test_a_worker_that_died_has_its_page_made_by_another(pages: Pages) -> None:
    _, pid = ask(pages, "/")
    os.kill(int(pid), signal.SIGKILL)
    assert ask(pages, "/")[0] == "200"
    assert len(set(ask_both(pages, "/")) - {pid}) == 2, "there are two again"


def test_a_page_that_ends_its_process_is_given_up_and_the_next_is_made(pages: Pages) -> None:
    status, said = ask(pages, "/die")
    assert status == "503"
    assert "请再试一次" in said
    assert [ask(pages, "/")[0] for _ in range(3)] == ["200"] * 3


def test_an_application_that_fails_is_answered_for_and_its_process_goes_on(pages: Pages) -> None:
    before = ask_both(pages, "/")
    assert ask(pages, "/fail")[0] == "500"
    assert set(ask_both(pages, "/")) == set(before)


def test_a_page_that_takes_for_ever_is_given_up_and_its_process_ended(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask_both(pages, "/")
    monkeypatch.setattr(pages, "_seconds", 0.5)
    assert ask(pages, "/never")[0] == "503"
    assert wait_until(lambda: any(gone(int(pid)) for pid in before))
    assert len(set(ask_both(pages, "/"))) == 2


def test_the_workers_end_when_the_server_is_done_with_them() -> None:
    with closing(Pages(who, 2)) as pages:
        pids = {int(pid) for pid in ask_both(pages, "/")}
    assert len(pids) == 2
    assert wait_until(lambda: all(gone(pid) for pid in pids))


def test_a_page_is_of_one_build_though_another_is_swapped_in_meanwhile(tmp_path: Path) -> None:
    with closing(Library.open(data=tmp_path / "var")) as library:
        add(library, tmp_path, "衡阳高新区2022年工作总结", WORK)
        library.build()
        with library.one_build():
            assert library.generation() == 1
            add(library, tmp_path, "昆山经开区2022年工作总结", OTHER_WORK)
            library.build()
            assert library.generation() == 1
            assert library.stats().reports == 1
        assert library.generation() == 2
        with library.one_build():
            assert library.stats().reports == 2


def test_every_process_answers_from_a_new_build(tmp_path: Path) -> None:
    with closing(Library.open(data=tmp_path / "var")) as library:
        add(library, tmp_path, "衡阳高新区2022年工作总结", WORK)
        library.build()
        app = create_app(library)
        library.close()
        with closing(Pages(app, 2)) as pages:
            assert [reports(html) for html in ask_both(pages, "/search", f"q={quote('驻点')}")] == ["1", "1"]
            add(library, tmp_path, "昆山经开区2022年工作总结", OTHER_WORK)
            library.build()
            assert [reports(html) for html in ask_both(pages, "/search", f"q={quote('驻点')}")] == ["2", "2"]


def add(library: Library, folder: Path, title: str, paragraphs: Sequence[str]) -> None:
    page = folder / f"{title}.html"
    page.write_bytes(a_page(title, paragraphs))
    assert [one.reason for one in library.add([str(page)])] == [None]


def reports(html: str) -> str:
    found = re.search(r"涉及 <b>(\d+)</b> 份报告", html)
    assert found, html[-3000:]
    return found[1]


# --- the real command ---------------------------------------------------------------------------------------------


def family(pid: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(status.read_text().rpartition(")")[2].split()[1]), []).append(int(status.parts[2]))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return [pid, *(one for child in parents.get(pid, []) for one in family(child))]


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def serving(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "serve", "--data", str(data), "--port", str(port)]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # tests run behind a shell's &: their children ignored it too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        try:
            yield server
        finally:
            server.kill()


def get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(connection):
        connection.request("GET", path)
        return connection.getresponse().status


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_over_however_the_server_ends(tmp_path: Path, how: signal.Signals) -> None:
    port = a_free_port()
    with serving(tmp_path, port) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == f"http://127.0.0.1:{port}  按 Ctrl-C 停止\n"
        assert get(port, "/help") == 200
        everybody = family(server.pid)
        assert len(everybody) == 4, "the server, the nursery and two workers"
        server.send_signal(how)
        assert server.wait(timeout=20) == (-how if how is signal.SIGKILL else 0)
    assert wait_until(lambda: all(gone(pid) for pid in everybody))
    with socket.create_server(("127.0.0.1", port)):
        pass  # the port is free again


def test_a_server_that_can_start_no_worker_any_more_ends_and_says_so(tmp_path: Path) -> None:
    port = a_free_port()
    with serving(tmp_path, port) as server:
        assert server.stdout is not None
        server.stdout.readline()
        assert get(port, "/help") == 200
        _, nursery, *workers = family(server.pid)
        for pid in (nursery, *workers):
            os.kill(pid, signal.SIGKILL)
        with suppress(OSError, http.client.HTTPException):
            get(port, "/help")
        _, said = server.communicate(timeout=20)
    assert server.returncode == 1
    assert "please start it again" in said


def test_a_port_that_is_taken_is_said_so_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, serving(tmp_path, taken.getsockname()[1]) as server:
        _, said = server.communicate(timeout=30)
    assert server.returncode == 1
    assert "换一个 --port，或先停下占用它的程序" in said
    assert "Traceback" not in said
