"""Small marks inside a line that are no part of its words: notes, what was struck out, how a character is spoken."""

from __future__ import annotations

import re

from lxml import html

_STRUCK = ("del", "s", "strike", "rt", "rp")
_LONGEST_STRUCK = 300  # characters; more is a tag that nobody closed
_NOTE = re.compile(r"[\[［【(（〔]?\s*(?:注?\s*\d{1,3}|注|[①-⑳]|[*†‡※]+)\s*[\]］】)）〕]?")
_DIGITS = re.compile(r"[-−+]?\d{1,3}")
_POWER = re.compile(r"(?:[A-Za-zμΩ°]|米|公里|[×xX*·]\s*10)\s*$")  # km², ×10⁴; a note stands behind a figure or a word
_RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_NOTE_ADDRESS = re.compile(r"#_?(?:ftn|edn|fn|footnote|endnote|note|cite|ref|zhu|n)[-_:]?\w*\d", re.IGNORECASE)


def settle_marks(root: html.HtmlElement) -> None:
    """Leave out what is struck and spoken, and the numbers of notes: 176<sup>3</sup>家 are 176. Powers become ² ³ ⁴."""
    for element in list(root.iter(*_STRUCK)):
        if element.getparent() is not None and len("".join(element.itertext())) <= _LONGEST_STRUCK:
            element.drop_tree()
    for element in [*root.iter("sup"), *_raised_by_style(root), *_links_to_notes(root)]:
        if element.getparent() is not None:
            _settle(element)


def _raised_by_style(root: html.HtmlElement) -> list[html.HtmlElement]:
    return [element for element in root.xpath("//span[@style]|//font[@style]|//a[@style]") if _is_raised(element)]


def _is_raised(element: html.HtmlElement) -> bool:
    return bool(_RAISED_STYLE.search(element.get("style") or ""))


def _links_to_notes(root: html.HtmlElement) -> list[html.HtmlElement]:
    """Of Word and Wikipedia: ``<a href="#_ftn1">[1]</a>``. A link that reads as a bare number may be a page's."""
    links = root.xpath("//a[contains(@href, '#')]")
    return [link for link in links if _NOTE_ADDRESS.search(link.get("href")) and not _text(link).isdigit()]


def _settle(element: html.HtmlElement) -> None:
    words = _text(element)
    if _DIGITS.fullmatch(words) and _POWER.search(_before(element)):
        for child in list(element):
            child.drop_tree()
        element.text = words.translate(_RAISED)
    elif _NOTE.fullmatch(words):
        element.drop_tree()


def _text(element: html.HtmlElement) -> str:
    return "".join(element.itertext()).strip()


def _before(element: html.HtmlElement) -> str:
    """The last few characters in front of ``element``, inside its line or the inline tag around it."""
    found = ""
    here: html.HtmlElement | None = element
    while here is not None and here.tag not in ("p", "div", "td", "li", "body") and len(found) < 4:
        previous = here.getprevious()
        if previous is not None:
            found = "".join(previous.itertext()) * (previous.tag != "br") + (previous.tail or "") + found
            here = previous
        else:
            here = here.getparent()
            found = ((here.text or "") if here is not None else "") + found
    return found[-8:]
