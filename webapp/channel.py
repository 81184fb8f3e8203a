"""Connections as waitress keeps them, with an end: who sends a request byte by byte frees its place."""

from __future__ import annotations

import re
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError

_NOT_ASCII = re.compile(rb"[\x80-\xff]")
SLOWEST = 20.0  # seconds for one request to arrive; waitress itself counts from the last byte, so a drip never ends


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes an address that was typed as it is read (``curl /search?q=招商``) as a browser would send it.

    Refuses a request that tells its length in two ways: what a proxy in front takes for its end may be another place
    than what we do (request smuggling).
    """

    def parse_header(self, header_plus: bytes) -> None:
        first, end, rest = header_plus.partition(b"\r\n")
        super().parse_header(_NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], first) + end + rest)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length beside Transfer-Encoding")


class TimedChannel(HTTPChannel):  # type: ignore[misc]
    """Closes when a request is not whole after SLOWEST seconds."""

    parser_class = Parser
    begun: float | None = None

    def received(self, data: bytes) -> Any:
        going_on = super().received(data)
        if self.request is None:
            self.begun = None
        elif self.begun is None:
            self.begun = time.monotonic()
        elif time.monotonic() - self.begun > SLOWEST:
            self.will_close = True
            return False
        return going_on
