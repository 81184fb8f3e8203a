"""crawlee over the local site: ``python crawlee_peer.py URL FOLDER CONCURRENCY``. Each report goes into a file."""

import asyncio
import hashlib
import logging
import sys
from pathlib import Path
from urllib.parse import urljoin

from crawlee import ConcurrencySettings, service_locator
from crawlee.configuration import Configuration
from crawlee.crawlers import BeautifulSoupCrawler, BeautifulSoupCrawlingContext

URL, FOLDER, CONCURRENCY = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])


async def main() -> None:
    (FOLDER / "pages").mkdir(parents=True, exist_ok=True)
    service_locator.set_configuration(Configuration(storage_dir=str(FOLDER / "storage"), purge_on_start=False))
    crawler = BeautifulSoupCrawler(
        respect_robots_txt_file=True,
        concurrency_settings=ConcurrencySettings(
            min_concurrency=CONCURRENCY, max_concurrency=CONCURRENCY, desired_concurrency=CONCURRENCY
        ),
        configure_logging=False,
    )
    logging.disable(logging.WARNING)

    @crawler.router.default_handler  # type: ignore[untyped-decorator]  # crawlee is no dependency of the checks
    async def handle(context: BeautifulSoupCrawlingContext) -> None:
        url = context.request.url
        if "/t2016" in url:
            body = await context.http_response.read()
            (FOLDER / "pages" / hashlib.sha256(url.encode()).hexdigest()).write_bytes(body)
        links = [
            urljoin(url, a["href"]) for a in context.soup.find_all("a", href=True) if a["href"].startswith("/gzzj/")
        ]
        await context.add_requests(links)

    await crawler.run([f"{URL}/gzzj/index.html"])


asyncio.run(main())
