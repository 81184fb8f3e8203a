"""One page over HTTP, within limits: time, size, redirects. TLS is verified."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx

from indexer.domain.page import RawPage
from indexer.errors import FetchFailed
from indexer.settings import FetchSettings


def is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


class HttpFetcher:
    """A Fetcher. Keeps no state between pages: `add` asks for one at a time."""

    def __init__(self, limits: FetchSettings, max_bytes: int) -> None:
        self._limits = limits
        self._max_bytes = max_bytes

    def fetch(self, url: str) -> RawPage:
        """Raises FetchFailed, its text saying why in a sentence."""
        try:
            with (
                httpx.Client(
                    timeout=self._limits.timeout_seconds,
                    max_redirects=self._limits.max_redirects,
                    follow_redirects=True,
                    headers={"User-Agent": self._limits.user_agent, "Accept-Language": "zh-CN,zh;q=0.9"},
                ) as client,
                client.stream("GET", url) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise FetchFailed(f"{url} 返回 {response.status_code}，没有取到网页。")
                data = self._body(url, response)
                charset = response.charset_encoding
        except httpx.TimeoutException as error:
            raise FetchFailed(f"{url} 在 {self._limits.timeout_seconds:g} 秒内没有回应，请稍后再试。") from error
        except httpx.TooManyRedirects as error:
            raise FetchFailed(f"{url} 转了 {self._limits.max_redirects} 次还没有到头。") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
            raise FetchFailed(f"{url} 不是可以访问的网址。") from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise FetchFailed(f"取不到 {url}（{error or type(error).__name__}）。请检查网址和网络。") from error
        return RawPage(data, _name(url), url, charset, datetime.now(UTC))

    def _body(self, url: str, response: httpx.Response) -> bytes:
        """What the server sends, unpacked. Stops at the limit: a small answer may unpack to a very large one."""
        until = time.monotonic() + self._limits.total_seconds
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_bytes(65536):
            size += len(piece)
            if size > self._max_bytes:
                raise FetchFailed(
                    f"{url} 超过 {self._max_bytes:,} 字节，没有取。上限见 config.toml 的 reading.max_bytes。"
                )
            if time.monotonic() > until:
                raise FetchFailed(f"{url} 过了 {self._limits.total_seconds:g} 秒还没有传完。")
            pieces.append(piece)
        return b"".join(pieces)


def _name(url: str) -> str:
    return PurePosixPath(unquote(urlsplit(url).path)).name or "index.html"
