"""A report as it is read: outline, text with all that is known of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer.domain.report import Passage, Report, Section, Status
from indexer.domain.spans import Span
from indexer.locale import say, term
from webapp.presenters import marking
from webapp.presenters.facets import STATUS_CSS
from webapp.presenters.marking import Stroke

HEADING = 70  # characters of a run-in heading that the outline shows


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline. ``marks`` counts the asked words down to the next heading."""

    text: str
    href: str
    level: int
    marks: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``kind``: "p", a heading "h2".."h5", or "row" with its cells."""

    kind: str
    id: str
    html: Markup
    cells: tuple[Markup, ...] = ()


def outline(report: Report, marks: Sequence[Span]) -> list[Entry]:
    starts = [section.span.start for section in report.sections]
    counts = [0] * len(starts)
    for mark in marks:
        n = bisect_right(starts, mark.start) - 1
        if n >= 0:
            counts[n] += 1
    return [
        Entry(_short(section.heading), f"#s{n}", min(section.level, 4), counts[n])
        for n, section in enumerate(report.sections)
    ]


def _short(heading: str) -> str:
    return heading if len(heading) <= HEADING else heading[: HEADING - 1] + "…"


def body(report: Report, marks: Sequence[Span]) -> list[Paragraph]:
    text = report.text
    where = marking.lines(text)
    strokes: list[Stroke] = [
        *_passages(report.passages),
        *_run_in_headings(report, where),
        *_evidence(report),
        *marking.figures(f.span for p in report.passages for f in p.figures if f.mask is None),
        *(Stroke(mark, 50, "mark", id=f"h{n}") for n, mark in enumerate(marks)),
        *_joins(report),
        *marking.restored(report.restorations),
        *_masks(report),
    ]
    buckets = marking.by_line(strokes, where)
    headings = {section.span.start: (n, section) for n, section in enumerate(report.sections)}
    return [_paragraph(text, line, mine, headings) for line, mine in zip(where, buckets, strict=True)]


def _paragraph(text: str, line: Span, strokes: list[Stroke], headings: dict[int, tuple[int, Section]]) -> Paragraph:
    found = headings.get(line.start)
    if found and len(found[1].heading.strip()) >= len(line.of(text).strip()):
        number, section = found
        return Paragraph(f"h{min(section.level, 4) + 1}", f"s{number}", marking.render(text, line, strokes))
    if " | " in line.of(text):
        return Paragraph("row", "", Markup(""), tuple(_cells(text, line, strokes)))
    return Paragraph("p", "", marking.render(text, line, strokes))


def _cells(text: str, line: Span, strokes: list[Stroke]) -> list[Markup]:
    """The cells of a table row; a stroke over the whole row would only cut through them."""
    at = line.start
    cells = []
    for cell in line.of(text).split(" | "):
        cells.append(marking.render(text, Span(at, at + len(cell)), strokes) if cell else Markup(""))
        at += len(cell) + 3
    return cells


_MARGIN = Markup('<a class="margin status-{}" href="#p{}" title="{}">{}</a>')


def _passages(passages: Sequence[Passage]) -> list[Stroke]:
    """Each passage with its anchor and, quietly in the margin, what it is."""
    made = []
    for passage in passages:
        status = passage.status
        css = STATUS_CSS[status.value]
        shown = term(status.value)
        label = "" if status is Status.BACKGROUND else shown
        # the label holds what is seen: who speaks 举措 to the machine means this link
        told = say("mark.passage", seq=passage.seq + 1, status=shown)
        lead = _MARGIN.format(css, passage.seq, told, label or "¶")
        made.append(Stroke(passage.span, 10, "span", "passage", f"p{passage.seq}", lead))
    return made


def _run_in_headings(report: Report, where: Sequence[Span]) -> list[Stroke]:
    """Headings that run into their paragraph（二）招商引资。…: bold, with their anchor."""
    whole = {line.start: line for line in where}
    made = []
    for n, section in enumerate(report.sections):
        line = whole.get(section.span.start)
        length = len(section.heading.strip())
        if not length or (line and length >= len(line.of(report.text).strip())):
            continue
        end = min(section.span.start + len(section.heading), section.span.end)
        made.append(Stroke(Span(section.span.start, end), 20, "b", "run-in", f"s{n}"))
    return made


def _evidence(report: Report) -> list[Stroke]:
    return [
        Stroke(evidence.span, 30, "span", "evidence", f"e{n}")
        for n, evidence in enumerate(report.years.evidence)
        if evidence.span is not None
    ]


def _masks(report: Report) -> list[Stroke]:
    """The first mask of each kind carries an anchor that 识别依据 leads to."""
    first: dict[str, int] = {}
    title = say("mark.masked")
    for n, mask in enumerate(report.masks):
        first.setdefault(mask.kind, n)
    return [
        Stroke(m.span, 60, "span", "mask", f"m{n}" if first[m.kind] == n else "", title=title)
        for n, m in enumerate(report.masks)
    ]


JOINING = ("fragments", "hard_wraps")  # cleaning rules that put broken lines together


def joins(report: Report) -> list[int]:
    """Where in the text lines of the original were put together."""
    places: list[int] = []
    for step in report.history:
        places = [step.place_after(place) for place in places]
        if step.rule in JOINING:
            found = zip(step.insertions(), step.edits, strict=True)
            places += [at for at, edit in found if not edit.removed.strip() and not edit.inserted.strip()]
    return sorted({place for place in places if 0 < place < len(report.text)})


def _joins(report: Report) -> list[Stroke]:
    title = say("mark.joined")
    return [Stroke(Span(place, place + 1), 70, "span", "join", title=title) for place in joins(report)]


def first_masks(report: Report) -> dict[str, str]:
    """Kind → anchor of its first place."""
    anchors: dict[str, str] = {}
    for n, mask in enumerate(report.masks):
        anchors.setdefault(mask.kind, f"#m{n}")
    return anchors
