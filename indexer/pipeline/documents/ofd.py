"""OFD, the national fixed-layout format (GB/T 33190-2016): a zip of XML, each line with the place where it stands."""

from __future__ import annotations

import math
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.layout import Piece, Row, rows_of, sheets_of, title_and_blocks
from indexer.pipeline.documents.safety import Limits, Meter, local_name, xml_member

_ASCENT = 0.86  # of a character's height lies above its base line
_NARROW = 0.5  # of the size: letters and digits, where nothing tells how far they reach
_MOST_REPEATS = 10_000  # of one step in DeltaX ("g 3 5.0"); a line has under 200 characters


def read(page: RawPage, archive: zipfile.ZipFile, limits: Limits) -> Extracted:
    """Raises Skip: damaged, bomb, too_large, too_many_pages, too_slow, no_text."""
    meter = Meter(limits)
    rows: list[list[Row]] = []
    overprinted = False
    sheets = [
        (sheet, templates)
        for root in _documents(archive, limits)
        for sheet, templates in _sheets(archive, root, limits)
    ]
    if len(sheets) > limits.pages:
        raise Skip("too_many_pages", "ofd", pages=len(sheets), most=limits.pages)
    for name, templates in sheets:
        meter.check_time()
        for part in sheets_of(list(_pieces(archive, name, templates, limits, meter))):
            rows.append(rows_of(part.pieces))
            overprinted = overprinted or part.overprinted
    title, blocks = title_and_blocks(rows)
    if not blocks:
        raise Skip("no_text", "ofd")
    return Extracted(
        family="ofd",
        title=title,
        published_on=None,
        source=None,
        blocks=blocks,
        origins={"title": "首页大号字"} if title else {},
        url=page.url,
        flags=frozenset({"overprinted"} if overprinted else ()),
    )


def _documents(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    """Where the documents of the package have their roots (7.4 of the standard: OFD.xml, DocBody/DocRoot)."""
    return [_path("", node.text or "") for node in _all(xml_member(archive, "OFD.xml", limits), "DocRoot")]


def _sheets(archive: zipfile.ZipFile, root: str, limits: Limits) -> list[tuple[str, dict[str, str]]]:
    """The pages of one document in reading order (7.6: Pages/Page/@BaseLoc), each with the templates it may name
    (7.5: CommonData/TemplatePage)."""
    folder = posixpath.dirname(root)
    document = xml_member(archive, root, limits)
    templates = {
        node.get("ID", ""): _path(folder, node.get("BaseLoc", ""))
        for node in _all(document, "TemplatePage")
        if node.get("BaseLoc")
    }
    return [
        (_path(folder, node.get("BaseLoc", "")), templates)
        for pages in _all(document, "Pages")
        for node in _all(pages, "Page")
        if node.get("BaseLoc")
    ]


def _pieces(
    archive: zipfile.ZipFile, name: str, templates: dict[str, str], limits: Limits, meter: Meter
) -> Iterator[Piece]:
    """The characters of a page, and of the templates that it is printed over or under."""
    sheet = xml_member(archive, name, limits)
    for node in _all(sheet, "Template")[:10]:
        template = templates.get(node.get("TemplateID", ""))
        if template and template in archive.NameToInfo:
            yield from _drawn(xml_member(archive, template, limits), meter)
    yield from _drawn(sheet, meter)


def _drawn(sheet: etree._Element, meter: Meter) -> Iterator[Piece]:
    for text_object in _all(sheet, "TextObject"):
        if text_object.get("Visible", "true").lower() == "false":
            continue
        try:
            frame = _Frame.of(text_object)
            yield from _characters(text_object, frame, meter)
        except ValueError as broken:
            raise Skip("damaged", "ofd") from broken


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an object stands on the page: its corner, the matrix from its own coordinates, size and colour."""

    left: float
    top: float
    width: float  # what reaches beyond is clipped
    matrix: tuple[float, float, float, float, float, float]
    size: float
    shade: float

    @classmethod
    def of(cls, node: etree._Element) -> _Frame:
        """Raises ValueError where a number isn't one."""
        left, top, width, _ = _numbers(node.get("Boundary", ""), 4)
        matrix = _numbers(node.get("CTM") or "1 0 0 1 0 0", 6)
        size = _numbers(node.get("Size", "0"), 1)[0]
        a, b, c, d, e, f = matrix
        return cls(left, top, width, (a, b, c, d, e, f), size, _shade(node))

    def place(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return self.left + a * x + c * y + e, self.top + b * x + d * y + f


def _characters(node: etree._Element, frame: _Frame, meter: Meter) -> Iterator[Piece]:
    """Each character by itself: objects hold a line, a character, or a page, as the program that wrote them liked."""
    a, b, c, d, _, _ = frame.matrix
    size = frame.size * (math.hypot(c, d) or 1.0)
    stretch = math.hypot(a, b) or 1.0
    angle = math.atan2(b, a) % (2 * math.pi)
    x = y = 0.0
    for code in node:
        if local_name(code) != "TextCode" or not code.text:
            continue
        x = _numbers(code.get("X", str(x)), 1)[0]
        y = _numbers(code.get("Y", str(y)), 1)[0]
        meter.characters(len(code.text))
        steps_across, steps_down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        reach = x + sum(steps_across[: len(code.text) - 1])
        if angle == 0.0 and 0 < frame.width < 0.95 * reach * stretch:  # steps that would lead out of the object
            steps_across = [step * frame.width / (reach * stretch) for step in steps_across]
        across, down = x, y
        for at, character in enumerate(code.text):
            width = frame.size * (_NARROW if character.isascii() else 1.0)
            left, base = frame.place(across, down)
            if not math.isfinite(left + base + size + stretch):
                raise ValueError("not finite")
            yield _piece(left, base, width * stretch, size, character, angle, frame.shade)
            across += steps_across[at] if at < len(steps_across) else 0.0 if steps_down else width
            down += steps_down[at] if at < len(steps_down) else 0.0


def _piece(left: float, base: float, width: float, size: float, text: str, angle: float, shade: float) -> Piece:
    """``left``, ``base``: where the character's base line begins, turned by ``angle`` about that point."""
    if angle == 0.0:
        return Piece(left, left + width, base - _ASCENT * size, size, text, shade=shade)
    along, up = (math.cos(angle), math.sin(angle)), (math.sin(angle), -math.cos(angle))
    corners = [
        (left + s * along[0] + t * up[0], base + s * along[1] + t * up[1])
        for s in (0.0, width)
        for t in ((_ASCENT - 1) * size, _ASCENT * size)
    ]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Piece(min(xs), max(xs), min(ys), max(ys) - min(ys), text, angle, shade)


def _numbers(text: str, count: int) -> list[float]:
    """Raises ValueError where there are not ``count`` finite numbers."""
    found = [float(part) for part in text.split()]
    if len(found) != count or not all(map(math.isfinite, found)):
        raise ValueError(text[:40])
    return found


def _steps(text: str | None) -> list[float]:
    """DeltaX (11.3): the way from each character to the next; "g 3 5.0" says 5.0 three times. Raises ValueError."""
    steps: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        if part == "g":
            times = int(next(parts, "0"))
            steps += [float(next(parts, "0"))] * min(max(times, 0), _MOST_REPEATS)
        else:
            steps.append(float(part))
    return steps


def _shade(node: etree._Element) -> float:
    """From 0 (black) to 1 (white); what is half transparent is paler. Black where a colour is named by its space."""
    alpha = _byte(node.get("Alpha"))
    light = 0.0
    for colour in node:
        if local_name(colour) == "FillColor":
            parts = (colour.get("Value") or "").split()
            if len(parts) == 3 and all(part.isdecimal() for part in parts):
                red, green, blue = (min(int(part), 255) for part in parts)
                light = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
            alpha = min(alpha, _byte(colour.get("Alpha")))
    return 1 - (1 - light) * alpha / 255


def _byte(text: str | None) -> int:
    return min(int(text), 255) if text and text.isdecimal() and len(text) < 4 else 255


def _all(node: etree._Element, name: str) -> list[etree._Element]:
    """Outermost elements of that name below ``node``, whichever of the standard's two namespaces they are in.

    What lies in another one of its kind is no object of its own: counted so, 1 KB unfolded to 240 times its text.
    """
    found: list[etree._Element] = []
    skipped: etree._Element | None = None
    for event, one in etree.iterwalk(node, events=("start", "end")):
        if event == "start" and skipped is None and local_name(one) == name:
            found.append(one)
            skipped = one
        elif event == "end" and one is skipped:
            skipped = None
    return found


def _path(folder: str, location: str) -> str:
    """ST_Loc: from the package's root where it starts with a slash, else from the file that names it."""
    joined = location if location.startswith("/") else posixpath.join("/", folder, location)
    return posixpath.normpath(joined).lstrip("/")
