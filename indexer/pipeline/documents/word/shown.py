"""What Word shows of a document's tree: wrappers opened, deleted and hidden parts left out.

Elements are known by their local names, so that both the transitional and the strict form of ISO/IEC 29500 are read.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from indexer.pipeline.documents.safety import local_name

# Around what they hold, not part of it: content controls, accepted insertions, moves, fields, tags, direction.
_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "conflictIns", "customXml", "smartTag", "fldSimple", "dir", "bdo"}
    | {"hyperlink", "ruby", "rubyBase", "Choice", "Fallback"}
)
_GONE = frozenset({"del", "moveFrom", "conflictDel", "rt", "sdtPr", "sdtEndPr", "rubyPr"})
_PLACEHOLDERS = ("单击", "点击", "Click or tap", "Click here")  # of an empty content control


def children(node: etree._Element) -> Iterator[etree._Element]:
    """The children of ``node`` as they are shown: those of a wrapper stand in its place."""
    waiting = [iter(node)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        name = local_name(child)
        if name in _GONE or (name == "sdt" and _is_placeholder(child)):
            continue
        if name == "AlternateContent":  # the same thing for newer and for older programs
            first = next((one for one in child if local_name(one) in ("Choice", "Fallback")), None)
            if first is not None:
                waiting.append(iter(first))
        elif name in _WRAPPERS:
            waiting.append(iter(child))
        elif name:
            yield child


def child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of that name, and so on down ``path``."""
    for name in path:
        if node is None:
            return None
        node = next((one for one in node if local_name(one) == name), None)
    return node


def value(node: etree._Element | None, name: str = "val") -> str | None:
    """The attribute of that local name."""
    if node is None:
        return None
    return next((str(found) for key, found in node.attrib.items() if str(key).rpartition("}")[2] == name), None)


def is_on(node: etree._Element | None) -> bool | None:
    """A property that is switched by its presence (17.17.4 of the standard); None where it isn't set."""
    return None if node is None else value(node) not in ("0", "false", "off", "none")


def number(node: etree._Element | None, name: str = "val") -> int | None:
    found = value(node, name)
    return int(found) if found is not None and found.lstrip("-").isdecimal() and len(found) < 10 else None


def text_boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes that hang on a run."""
    for found in children(node):
        if local_name(found) == "txbxContent":
            yield found
        else:
            yield from text_boxes(found)


def _is_placeholder(control: etree._Element) -> bool:
    if child(control, "sdtPr", "showingPlcHdr") is None:
        return False
    text = "".join(node.text or "" for node in control.iter() if local_name(node) == "t").strip()
    return text.startswith(_PLACEHOLDERS)
