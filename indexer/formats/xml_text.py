"""Text as XML can hold it, the same for workbooks, documents and feeds."""

from __future__ import annotations

import re

# https://www.w3.org/TR/xml/#charsets
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """``text`` without what is no character in XML 1.0: controls, halves of pairs, U+FFFE and U+FFFF."""
    return _NO_CHARACTER.sub("", text)
