"""What a reader of the page never sees: where hijackers put their links."""

from __future__ import annotations

import re

from lxml import html

_STYLE = re.compile(
    r"display:none|visibility:hidden|(?:left|top|text-indent|margin-left|right):-\d{3,}"
    r"|(?<!-)(?:height|width):[01](?:px)?(?:;|$|!)|font-size:0(?:px)?(?:;|$|!)|opacity:0(?:;|$|!)"
)
_MOSTLY_LINKS = 0.5
_BODY_LENGTH = 200  # WeChat ships its whole article as visibility:hidden and shows it by script


def drop_hidden(root: html.HtmlElement) -> str:
    """Remove hidden elements from the tree and return their text.

    What is hidden, long and not made of links stays: pages that unfold their article by script ship it hidden.
    """
    dropped: list[str] = []
    for element in root.xpath("//*[@style or @hidden]"):
        if not _is_hidden(element) or element.getparent() is None or element.tag in ("body", "html"):
            continue
        text = "".join(element.itertext())
        links = sum(len("".join(link.itertext())) for link in element.iter("a"))
        if len(text.strip()) >= _BODY_LENGTH and links < _MOSTLY_LINKS * len(text):
            continue
        dropped.append(" ".join(text.split()))
        element.drop_tree()
    return "\n".join(text for text in dropped if text)


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = re.sub(r"\s+", "", element.get("style") or "").lower()
    found = _STYLE.search(style)
    if not found:
        return False
    one_pixel = found.group().startswith(("height", "width"))
    return not one_pixel or "overflow:hidden" in style
