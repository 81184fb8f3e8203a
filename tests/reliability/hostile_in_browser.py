"""The pages of hostile_pages.py in real Chromium: nothing runs, nothing is asked of another host, no layout is taken.

"Taken" is: the head is not where it always is, the page is wider than the window, or it runs from right to left.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Dialog, Page, sync_playwright
from waitress import create_server

from tests.browser.conftest import CHROMIUM, EXPECTED, FLAGS
from tests.reliability.bench import asked, generator, told
from tests.reliability.hostile_pages import addresses, hostile_library
from webapp import create_app

_TAKEN = """() => {
  const head = document.querySelector("header.top"), box = head && head.getBoundingClientRect(), faults = [];
  if (!box || box.height < 30 || box.width < innerWidth - 1 || box.left > 0) faults.push("the head is elsewhere");
  if (getComputedStyle(document.body).direction !== "ltr") faults.push("from right to left");
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 1) faults.push(`${wide} px wider than the window`);
  return faults;
}"""


def main() -> None:
    options = asked(pages=150)
    rng = generator(options.seed)
    logging.disable(logging.CRITICAL)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with hostile_library() as library, _served(create_app(library)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        known = addresses(library)
        for width in (1280, 390):
            page = browser.new_context(viewport={"width": width, "height": 900}, base_url=site).new_page()
            page.set_default_timeout(120_000)
            seen: list[str] = []
            _listen(page, site, seen)
            for address in rng.sample(known, min(options.pages, len(known))):
                page.goto(address, wait_until="load")
                counts[f"pages at {width} px"] += 1
                faults += [f"{width} {address[:100]}: {fault}" for fault in (*seen, *page.evaluate(_TAKEN))]
                seen.clear()
        browser.close()
    told(counts, faults)


def _listen(page: Page, site: str, seen: list[str]) -> None:
    def dialog(shown: Dialog) -> None:
        seen.append("a dialog")
        shown.dismiss()

    page.on("dialog", dialog)
    page.on("pageerror", lambda error: seen.append(f"a script failed: {error}"))
    page.on(
        "request", lambda one: None if one.url.startswith((site, "data:")) else seen.append(f"asked {one.url[:80]}")
    )
    page.on("console", lambda one: _heard(one.type, one.text, seen))


def _heard(kind: str, text: str, seen: list[str]) -> None:
    if kind in ("error", "warning") and not any(known in text for known in EXPECTED):
        seen.append(f"console: {text[:120]}")


@contextmanager
def _served(app: object) -> Iterator[str]:
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


if __name__ == "__main__":
    main()
