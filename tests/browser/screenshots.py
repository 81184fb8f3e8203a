"""The pictures of README and docs, taken anew of the sample: ``make screenshots``."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright
from waitress import create_server

from indexer.library import Library
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.conftest import SAMPLE
from webapp import create_app

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
SIX = "&".join(f"zone={zone}" for zone in ("苏州", "宁波", "南京", "西安", "淄博高新区", "烟台经开区"))
# name → (width, address)
PICTURES = {
    "home": (1280, "/"),
    "search": (1280, "/search?q=招商&year=2021"),
    "search-phone": (390, "/search?q=招商&year=2021"),
    "compare": (1280, f"/compare?theme=科技创新&{SIX}&year=2021"),
    "compare-phone": (390, f"/compare?theme=科技创新&{SIX}&year=2021"),
    "figures": (1280, "/figures?indicator=高新技术企业数"),
    "gaps": (1280, "/gaps?zone=芜湖&year=2021"),
    "zone": (1280, "/zones/西安"),
}


def main() -> int:
    with TemporaryDirectory() as folder:
        library = Library.open(data=Path(folder))
        for _ in library.add([str(SAMPLE)]):
            pass
        library.build()
        server = create_server(create_app(library), host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
            for name, (width, address) in PICTURES.items():
                page = browser.new_page(viewport={"width": width, "height": 900})
                page.goto(f"http://127.0.0.1:{server.effective_port}{address}")
                page.screenshot(path=str(FOLDER / f"{name}.png"))
                page.close()
            report = browser.new_page(viewport={"width": 1280, "height": 900})
            report.goto(f"http://127.0.0.1:{server.effective_port}/search?q=驻点招商")
            report.locator(".hit h2 a").first.click()
            report.screenshot(path=str(FOLDER / "report.png"))
            browser.close()
        server.close()
        library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
