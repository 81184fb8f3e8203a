"""What a reader of the page never sees: where hijackers put their links, and copy protection its junk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import html

_AWAY = re.compile(  # nobody unfolds an article from there
    r"(?:left|top|text-indent|margin-left|margin-top|right):-\d{3,}|(?<![\w-])(?:height|width):[01](?:px)?(?:;|$|!)"
    r"|font-size:0(?:px|pt|em)?(?:;|$|!)|clip:rect\([01]|translate[xy]?\(-\d{3,}"
)
_FOLDED = re.compile(r"display:none|visibility:hidden|opacity:0(?:\.0+)?(?:;|$|!)")
_ONE_PIXEL = ("height", "width")
_STRUCTURE = re.compile(r"/\*|\*/|@|[{};]")
_HTML_COMMENT = re.compile(r"<!--|-->")
_SIMPLE = re.compile(r"(?P<tag>\w*)(?P<kind>[.#])(?P<name>[\w-]+)")
_LAST = re.compile(r"[\s>+~]+")  # between the parts of a selector; the last one says what is hidden
_BLANKS = re.compile(r"\s+")
_MOSTLY_LINKS = 0.5
_BODY_LENGTH = 200  # WeChat ships its whole article as visibility:hidden and shows it by script
_SENTENCE = 150  # characters for each stop that a text has at least; lists of keywords have none
_SEEN_PROSE = 60  # characters of sentences that a reader sees: then what is hidden must be of the same matter to stay
_OF_ONE_MATTER = 0.3  # share of the title's pairs of characters that the hidden part holds
_INLINE = frozenset(("span", "font", "b", "i", "em", "strong", "small", "label", "a", "ins", "u", "code", "cite", "q"))


def drop_hidden(root: html.HtmlElement, sheets: Sequence[str] = (), title: str = "") -> str:
    """Remove hidden elements from the tree and return their text. ``sheets``: the page's own style sheets.

    What is folded away, reads as prose and is of the page's matter stays: pages that unfold their article by script
    ship it hidden. What stands off the screen goes, and so does a farm of links or keywords, however long.
    """
    dropped: list[str] = []
    found = list(_hidden(root, sheets))
    if not found:
        return ""
    seen = _seen_prose(root, {element for element, _ in found})
    for element, away in found:
        if element.getparent() is None:
            continue
        text = "".join(element.itertext())
        if _may_be_the_article(element, text, away, seen, title):
            continue
        dropped.append(" ".join(text.split()))
        element.drop_tree()
    return "\n".join(text for text in dropped if text)


def _hidden(root: html.HtmlElement, sheets: Sequence[str]) -> Iterator[tuple[html.HtmlElement, bool]]:
    """Hidden elements, outer ones first, each with whether it stands off the screen (rather than folded away)."""
    rules = _hiding_rules(sheets)
    for element in root.xpath("//*[@style or @hidden or @class or @id]" if rules else "//*[@style or @hidden]"):
        if element.tag in ("body", "html"):
            continue
        style = _plain(element.get("style") or "")
        away = _is_away(style)
        if away or element.get("hidden") is not None or _FOLDED.search(style):
            yield element, away
            continue
        ruled = _ruled(element, rules) if rules else None
        if ruled is not None and "display:" not in style:
            yield element, ruled


def _ruled(element: html.HtmlElement, rules: dict[str, bool]) -> bool | None:
    """None where no rule of the sheets hides ``element``. Blocks are mostly tabs and menus that a script shows: only
    what stands in a line, and what is a farm of links, is taken to be hidden by its class."""
    names = [f".{name}" for name in (element.get("class") or "").split()]
    if element.get("id"):
        names.append(f"#{element.get('id')}")
    hit = [rules[name] for tag in ("", str(element.tag)) for name in (f"{tag}{own}" for own in names) if name in rules]
    if not hit:
        return None
    if element.tag in _INLINE or any(hit) or _link_share(element) >= _MOSTLY_LINKS:
        return any(hit)
    return None


def _hiding_rules(sheets: Sequence[str]) -> dict[str, bool]:
    """Selectors that hide and whose last part is one class or id, each with whether off the screen. The last rule for
    a selector counts."""
    rules: dict[str, bool] = {}
    for sheet in sheets:
        for rule in _plain_rules(sheet):
            selectors, _, declarations = rule.partition("{")
            style = _plain(declarations)
            away, hides = _is_away(style), bool(_FOLDED.search(style))
            for selector in selectors.split(","):
                simple = _SIMPLE.fullmatch(_LAST.split(selector.strip())[-1])
                if simple is None:
                    continue
                if away or hides:
                    rules[simple[0]] = away
                elif "display:" in style:
                    rules.pop(simple[0], None)
    return rules


def _plain_rules(sheet: str) -> list[str]:
    """``selectors{declarations`` of each rule that stands in no other (@media …), in one pass over ``sheet``."""
    kept: list[str] = []
    here = depth = 0
    skipped = ""  # what is being passed over: a comment, an at-rule
    for sign in _STRUCTURE.finditer(sheet):
        mark = sign.group()
        if skipped == "/*":
            if mark == "*/":
                here, skipped = sign.end(), ""
        elif mark in ("/*", "@") and not skipped and not depth:
            kept.append(sheet[here : sign.start()])
            skipped = mark
        elif mark in "{}":
            depth = max(0, depth + (1 if mark == "{" else -1))
            if skipped and not depth:
                here, skipped = sign.end(), ""
        elif mark == ";" and skipped and not depth:
            here, skipped = sign.end(), ""
    if not skipped:
        kept.append(sheet[here:])
    return [rule for rule in _HTML_COMMENT.sub("", "".join(kept)).split("}") if "{" in rule]


def _plain(style: str) -> str:
    return _BLANKS.sub("", style).lower()


def _is_away(style: str) -> bool:
    found = _AWAY.search(style)
    return found is not None and (not found.group().startswith(_ONE_PIXEL) or "overflow:hidden" in style)


def _link_share(element: html.HtmlElement) -> float:
    length = len("".join(element.itertext()))
    return sum(len("".join(link.itertext())) for link in element.iter("a")) / length if length else 0.0


def _seen_prose(root: html.HtmlElement, hidden: set[html.HtmlElement]) -> int:
    """Characters of the text nodes with a stop in them that stand in nothing hidden."""
    total = 0
    for element in root.iter():
        texts = [element.text or ""] if isinstance(element.tag, str) else []
        for words, owner in ((texts[0] if texts else "", element), (element.tail or "", element.getparent())):
            if "。" in words and not any(one in hidden for one in _upwards(owner)):
                total += len(words.strip())
                if total >= _SEEN_PROSE:
                    return total
    return total


def _upwards(node: html.HtmlElement | None) -> Iterator[html.HtmlElement]:
    while node is not None:
        yield node
        node = node.getparent()


def _may_be_the_article(element: html.HtmlElement, text: str, away: bool, seen: int, title: str) -> bool:
    stripped = text.strip()
    if len(stripped) < _BODY_LENGTH or _link_share(element) >= _MOSTLY_LINKS:
        return False
    if seen < _SEEN_PROSE:
        return True
    if away or stripped.count("。") * _SENTENCE < len(stripped):
        return False
    pairs = {title[at : at + 2] for at in range(len(title) - 1)}
    return bool(pairs) and sum(pair in text for pair in pairs) >= _OF_ONE_MATTER * len(pairs)
