"""Addresses that pages spell: whatever stands there, taking it apart never fails."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_NONE = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """``address`` taken apart; empty parts where it is none (``http://[x``, ``http://℀.cn``)."""
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return _NONE
    return parts
