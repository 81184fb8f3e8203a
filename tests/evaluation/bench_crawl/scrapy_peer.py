"""Scrapy over the local site: ``python scrapy_peer.py URL FOLDER CONCURRENCY``. Each report goes into a file."""

import hashlib
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import TextResponse

URL, FOLDER, CONCURRENCY = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])


class Reports(scrapy.Spider):  # type: ignore[misc]  # Scrapy is no dependency of the checks
    name = "reports"

    async def start(self) -> AsyncIterator[scrapy.Request]:
        yield scrapy.Request(f"{URL}/gzzj/index.html", dont_filter=True)

    def parse(self, response: TextResponse) -> Iterator[scrapy.Request]:
        if "/t2016" in response.url:
            name = hashlib.sha256(response.url.encode()).hexdigest()
            (FOLDER / "pages" / name).write_bytes(response.body)
        for link in response.css("a::attr(href)").getall():
            if link.startswith("/gzzj/"):
                yield response.follow(link)


(FOLDER / "pages").mkdir(parents=True, exist_ok=True)
process = CrawlerProcess(
    {
        "ROBOTSTXT_OBEY": True,
        "USER_AGENT": "Duibiao-bench/0.1",
        "CONCURRENT_REQUESTS": CONCURRENCY,
        "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
        "DOWNLOAD_DELAY": 0,
        "JOBDIR": str(FOLDER / "job"),
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }
)
process.crawl(Reports)
process.start()
