"""Connections as waitress keeps them, with an end: who sends a request byte by byte frees its place."""

from __future__ import annotations

import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError

SLOWEST = 20.0  # seconds for one request to arrive; waitress itself counts from the last byte, so a drip never ends


class OneLengthParser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses a request that tells its length in two ways: what a proxy in front takes for its end may be another place
    than what we do (request smuggling)."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length beside Transfer-Encoding")


class TimedChannel(HTTPChannel):  # type: ignore[misc]
    """Closes when a request is not whole after SLOWEST seconds."""

    parser_class = OneLengthParser
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
