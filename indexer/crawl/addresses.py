"""Addresses: as they are asked for, and as two of them are known to be the same."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit

import httpx
from w3lib.url import canonicalize_url, safe_url_string, url_query_cleaner

from indexer.crawl.guard import Refused, target_of

LONGEST = 2000  # characters; what is longer was put together by a program, mostly in a circle
# What an address carries of a visit rather than of a page.
_VISIT = (
    *("jsessionid", "phpsessid", "aspsessionid", "sessionid", "sid", "spm", "from_source", "timestamp", "_t"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"),
)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_REPEATED = 3  # times that a folder may stand in a path: /a/b/a/b/a/b/ is a relative link gone wrong


def is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def normalised(url: str, base: str = "", encoding: str = "utf-8") -> str:
    """``url`` (a link of the page ``base``, written in ``encoding``) as it is asked for and kept: absolute, its host in
    lower case ASCII, without default port, trailing dot, fragment or session. Raises Refused."""
    try:
        joined = urldefrag(urljoin(base, url.strip()) if base else url.strip()).url
    except ValueError as error:
        raise Refused("fetch.no_address", url=url[:100]) from error
    target = target_of(re.sub(r"\s", "%20", joined))
    try:
        safe = httpx.URL(safe_url_string(joined, encoding=_known(encoding)))
        parts = urlsplit(str(safe))
    except (ValueError, httpx.InvalidURL, UnicodeError) as error:
        raise Refused("fetch.no_address", url=url[:100]) from error
    path = _SESSION.sub("", parts.path) or "/"
    origin = urlsplit(target.origin)
    result = urlunsplit((origin.scheme, origin.netloc, path, parts.query, ""))
    if len(result) > LONGEST:
        raise Refused("fetch.address_too_long", n=len(result))
    return result


def canonical(url: str) -> str:
    """The name under which a crawl knows the address ``url`` (normalised): two that differ in the order of their query
    or in the visit they belong to are one."""
    return str(canonicalize_url(url_query_cleaner(url, _VISIT, remove=True), keep_fragments=False))


def is_trap(url: str) -> bool:
    """Whether the path goes round in a circle: calendars and relative links gone wrong make addresses without end."""
    folders = [part for part in urlsplit(url).path.split("/")[:-1] if part]
    return len(folders) > 20 or any(folders.count(part) > _REPEATED for part in set(folders))


def file_name(url: str) -> str:
    return PurePosixPath(unquote(urlsplit(url).path)).name or "index.html"


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except (LookupError, ValueError):
        return "utf-8"
    return encoding
