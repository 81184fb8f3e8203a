"""A real browser before a real server over the sample corpus."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from waitress import create_server

from indexer.library import Library
from webapp import create_app

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

EXPECTED = ("status of 400", "status of 404")  # Chromium logs every page that is answered so

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def library(sample_folder: Path) -> Iterator[Library]:
    with closing(Library.open(data=sample_folder)) as library:
        yield library


@pytest.fixture(scope="session")
def site(library: Library) -> Iterator[str]:
    """Address of the running server."""
    server = create_server(create_app(library), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, name="web server", daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("CI=true but there is no /usr/bin/chromium: run tests/browser/install.sh")
        pytest.skip("needs Debian's chromium at /usr/bin/chromium: run tests/browser/install.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def a_hit(library: Library) -> tuple[str, int]:
    """(report, seq) of a passage on 招商."""
    passage = library.search(library.question({"q": ["招商"]})).hits[0].passage
    return passage.report, passage.seq


@contextmanager
def windows(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Opens addresses of the site, each in a fresh window. At the end nothing may stand on any console: no error of a
    script, no violation of the content policy."""
    complaints: list[str] = []
    contexts = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(known in message.text for known in EXPECTED):
            complaints.append(f"{message.location['url']}: {message.text}")

    def opened(address: str, *, width: int = 1280, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            color_scheme="light",
            java_script_enabled=script,
            locale="zh-CN",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    with windows(browser, site) as opened:
        yield opened
