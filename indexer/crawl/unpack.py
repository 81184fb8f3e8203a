"""What a server packed (Content-Encoding), unpacked within bounds.

Only gzip and deflate are asked for: zlib lets one say how much may come out before it comes out. br and zstd are never
asked for, so an answer in them is refused like one in several layers, which only bombs have.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from indexer.errors import FetchFailed

ACCEPTED = "gzip, deflate"
_STEP = 1 << 16  # bytes unpacked at a time


class CannotUnpack(FetchFailed):
    """The body is in an encoding that isn't accepted, broken, or cut short."""

    code = "bad_encoding"


class TooLarge(FetchFailed):
    """More than may be comes out."""

    code = "too_large"


def unpacked(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """``pieces`` of a body joined and unpacked. ``encoding``: its Content-Encoding. Raises TooLarge as soon as more
    than ``max_bytes`` come out, CannotUnpack; whatever ``pieces`` raises goes through."""
    layers = [layer.strip().lower() for layer in encoding.split(",")]
    layers = [layer.removeprefix("x-") for layer in layers if layer not in ("", "identity")]
    if len(layers) > 1:
        raise CannotUnpack("fetch.layers", layers=len(layers), encoding=encoding[:60])
    if layers and layers[0] not in ("gzip", "deflate"):
        raise CannotUnpack("fetch.encoding", encoding=layers[0][:20])
    out = bytearray()
    unpacker = _Unpacker(layers[0], max_bytes) if layers else None
    for piece in pieces:
        out += unpacker.feed(piece, max_bytes - len(out)) if unpacker else piece
        if len(out) > max_bytes:
            raise TooLarge("fetch.too_large", most=max_bytes)
    if unpacker and not unpacker.finished:
        raise CannotUnpack("fetch.cut_short")
    return bytes(out)


def gunzipped(data: bytes, max_bytes: int) -> bytes:
    """A gzip file (a sitemap, a page sent packed without saying so) unpacked. Raises TooLarge, CannotUnpack."""
    return unpacked([data], "gzip", max_bytes)


class _Unpacker:
    """gzip (several members too) or deflate, which servers send with and without the header of zlib."""

    def __init__(self, encoding: str, max_bytes: int) -> None:
        self._gzip = encoding == "gzip"
        self._max_bytes = max_bytes
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16 if self._gzip else zlib.MAX_WBITS)
        self._begun = False

    @property
    def finished(self) -> bool:
        return self._inflate.eof or not self._begun

    def feed(self, piece: bytes, left: int) -> bytes:
        """At most ``left`` + 1 bytes: one more than may be tells that there are more."""
        out = bytearray()
        rest = piece
        while len(out) <= left:
            if self._inflate.eof:
                if not self._gzip or not rest.strip(b"\0"):
                    break  # padding after the end is common and harmless
                self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
            found = self._inflated(rest, min(_STEP, left + 1 - len(out)))
            out += found
            rest = self._inflate.unconsumed_tail or self._inflate.unused_data
            if not found and not rest:
                break
        return bytes(out)

    def _inflated(self, data: bytes, most: int) -> bytes:
        try:
            found = self._inflate.decompress(data, most)
        except zlib.error as error:
            if self._gzip or self._begun:
                raise CannotUnpack("fetch.packed_damaged") from error
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                found = self._inflate.decompress(data, most)
            except zlib.error as raw_error:
                raise CannotUnpack("fetch.packed_damaged") from raw_error
        self._begun = True
        return found
