"""识别依据: each value of a report with its evidence, one click away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.cards import ReportCard
from indexer.domain.catalogue import DifferingFigure, PageHistory, StoredReport
from indexer.domain.edits import Edited
from indexer.domain.report import Report, YearEvidence, YearKind
from indexer.domain.zones import ZoneStatus
from indexer.locale import listed, say, term
from indexer.locale.remarks import retold
from webapp.presenters import reading, words

EXAMPLES = 6  # edits of one rule that are listed; all of them are in the API
_MOST_LINES = 20  # of a new version that are shown; all of them are in the command `show --json`
_LONG = 40  # characters of an edit that are shown
AROUND = 6  # characters shown on each side of an edit


@dataclass(frozen=True, slots=True)
class Proof:
    """One line of evidence. ``said`` stands for itself, ``quote`` is from the text, ``href`` leads to it."""

    said: str
    quote: str = ""
    href: str = ""
    doubted: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One value and how it was come by. ``doubt`` is a sentence that stands beside the value, not behind a click."""

    name: str
    value: str
    summary: str = ""
    proofs: tuple[Proof, ...] = ()
    doubt: str = ""


# cleaning rules that have a name: report.rule of the catalogue
RULES = (
    *("spaces", "radicals", "width", "lost_spaces", "phonetics", "traditional", "layout", "markup", "notices"),
    *("fragments", "hard_wraps", "run_ons", "opening"),
)


@dataclass(frozen=True, slots=True)
class Copy:
    """Another copy of the text: ``name`` is its title and where it stands."""

    id: str
    name: str


def facts(
    stored: StoredReport,
    history: PageHistory,
    copies: Sequence[Copy] = (),
    differing: Sequence[DifferingFigure] = (),
) -> list[Fact]:
    report = stored.report
    return [
        _title(report),
        _zone(report),
        _year(stored),
        *_plan(report),
        _genre(report),
        _published(report),
        _source(report),
        _quality(report),
        *_masks(report),
        _cleaning(report),
        *_restorations(report),
        *_attachments(report),
        *_copies(stored, copies, differing),
        _versions(stored),
        *_history(history),
    ]


def _title(report: Report) -> Fact:
    proofs = [Proof(_taken_from(report, "title"))] if "title" in report.origins else []
    doubt = ""
    if "hijacked" in report.quality.flags:
        doubt = say("report.title_hijacked", site=f"“{report.site_name}”" if report.site_name else "")
    value = report.title or say("report.no_title")
    return Fact(say("report.fact.title"), value, _count("source", len(proofs)), tuple(proofs), doubt)


def _zone(report: Report) -> Fact:
    zone = report.zone
    label = words.zone_label(zone)
    proofs = [Proof(words.ZONE_STATUSES[zone.status])]
    if zone.name and zone.name != label:
        proofs.append(Proof(say("report.full_name", name=zone.name)))
    if zone.type:
        kind = listed([term(zone.type), *([term(zone.level)] if zone.level else [])])
        proofs.append(Proof(say("report.zone_type", type=kind)))
    where = say("list.place").join(term(part) for part in (zone.province, zone.city) if part)
    proofs.append(Proof(say("report.place", place=where) if where else say("report.place_unknown")))
    if zone.basis:
        proofs.append(Proof(say("report.basis", basis=retold(zone.basis))))
    if zone.hints:
        proofs.append(Proof(say("report.hints", hints=listed(zone.hints))))
    value = label
    if zone.status is ZoneStatus.NAMED and zone.basis:
        value = say("report.value_basis", value=label, basis=retold(zone.basis))
    return Fact(
        say("report.fact.zone"), value, _count("grounds", len(proofs)), tuple(proofs), retold(zone.conflict or "")
    )


def _year(stored: StoredReport) -> Fact:
    years = stored.report.years
    proofs = tuple(_year_proof(n, evidence) for n, evidence in enumerate(years.evidence))
    value = words.year_number(ReportCard.of(stored))
    return Fact(say("report.fact.year"), value, _count("evidence", len(proofs)), proofs, retold(years.conflict or ""))


def _year_proof(n: int, evidence: YearEvidence) -> Proof:
    kind = words.YEAR_KINDS[evidence.kind]
    if evidence.kind is YearKind.SPLICED:
        said = say("report.year.spliced", kind=kind)
    elif evidence.kind is YearKind.PUBLISHED:
        said = say("report.year.published", kind=kind, year=evidence.year)
    else:
        said = say(f"report.year.{'trusted' if evidence.trusted else 'doubted'}", kind=kind, year=evidence.year)
    quote = evidence.note or retold(evidence.text)
    if evidence.kind is YearKind.EVENT:
        quote = say("report.year.event", text=evidence.text, note=term(evidence.note or ""))
    return Proof(said, quote, f"#e{n}" if evidence.span else "", not evidence.trusted)


def _plan(report: Report) -> list[Fact]:
    plan = report.years.plan
    return [Fact(say("report.fact.plan"), say("words.year", year=plan))] if plan else []


def _genre(report: Report) -> Fact:
    return Fact(say("report.fact.genre"), term(report.genre.value))


def _published(report: Report) -> Fact:
    if report.published_on is None:
        return Fact(say("report.fact.published"), say("report.no_date"))
    proofs = (Proof(_taken_from(report, "published_on")),) if "published_on" in report.origins else ()
    day = report.published_on.isoformat()
    return Fact(say("report.fact.published"), day, _count("source", len(proofs)), proofs)


def _source(report: Report) -> Fact:
    proofs = (Proof(_taken_from(report, "source")),) if "source" in report.origins and report.source else ()
    value = report.source or say("report.no_source")
    return Fact(say("report.fact.source"), value, _count("source", len(proofs)), proofs)


def _taken_from(report: Report, name: str) -> str:
    return say("report.taken_from", origin=retold(report.origins[name]))


def _count(what: str, n: int) -> str:
    """What a fold of proofs is called; nothing where there are none."""
    return say(f"report.fold.{what}", n=n) if n else ""


def _quality(report: Report) -> Fact:
    grade = report.quality.grade.value
    proofs = [Proof(words.GRADE_MEANINGS[grade])]
    proofs += [Proof(term(words.FLAGS.get(flag, flag))) for flag in report.quality.flags]
    return Fact(say("report.fact.quality"), words.GRADES[grade], _count("notes", len(proofs)), tuple(proofs))


def _masks(report: Report) -> list[Fact]:
    total = report.quality.masks_total
    if not total:
        return []
    anchors = reading.first_masks(report)
    proofs = tuple(
        Proof(say("report.places", n=count), kind, anchors.get(kind, ""))
        for kind, count in sorted(report.quality.masks.items(), key=lambda item: -item[1])
    )
    return [Fact(say("report.fact.masks"), say("report.masked", n=total), _count("masks", len(proofs)), proofs)]


def _cleaning(report: Report) -> Fact:
    """One line for all rules; a rule that ran several times is counted once."""
    steps: dict[str, list[Edited]] = {}
    for step in report.history:
        steps.setdefault(step.rule, []).append(step)
    if not steps:
        return Fact(say("report.fact.cleaning"), say("report.unchanged"))
    counts = {rule: sum(len(step.edits) for step in mine) for rule, mine in steps.items()}
    proofs = [proof for rule, mine in steps.items() for proof in _edits(rule, counts[rule], mine)]
    said = listed(say("report.rule_count", rule=_rule(rule), n=count) for rule, count in counts.items())
    return Fact(say("report.fact.cleaning"), said, _count("edits", len(proofs)), tuple(proofs))


def _rule(rule: str) -> str:
    return say(f"report.rule.{rule}") if rule in RULES else rule


def _edits(rule: str, count: int, steps: list[Edited]) -> list[Proof]:
    proofs = [Proof(say("report.rule_head", rule=_rule(rule)))]
    for step in steps:
        before = step.before()
        for edit in step.edits[: EXAMPLES - len(proofs) + 1]:
            left = before[max(0, edit.at - AROUND) : edit.at]
            right = before[edit.at + len(edit.removed) :][:AROUND]
            was, now = visible(edit.removed) or say("report.none"), visible(edit.inserted) or say("report.removed")
            proofs.append(Proof(f"{visible(left)}〔{was} → {now}〕{visible(right)}"))
    if count > len(proofs) - 1:
        proofs.append(Proof(say("report.more_edits", n=count - len(proofs) + 1)))
    return proofs


def visible(text: str) -> str:
    """``text`` with what isn't seen made seen: ⏎ for the end of a line, ␣ for a space."""
    short = text if len(text) <= _LONG else say("report.cut", text=text[: _LONG - 4], n=len(text))
    seen = short.replace("\n", "⏎").replace(" ", "␣").replace("\t", "⇥")
    return "".join(c if c.isprintable() else f"〈U+{ord(c):04X}〉" for c in seen)


def _restorations(report: Report) -> list[Fact]:
    pairs = Counter((r.span.of(report.text), r.restored) for r in report.restorations)
    if not pairs:
        return []
    proofs = tuple(
        Proof(say("report.restored_word", bad=bad, good=good, n=count)) for (bad, good), count in pairs.most_common()
    )
    value = say("report.restored", n=len(report.restorations))
    return [Fact(say("report.fact.restored"), value, _count("words", len(proofs)), proofs)]


def _attachments(report: Report) -> list[Fact]:
    if not report.attachments:
        return []
    taken_in = set(report.parts)
    proofs = tuple(
        Proof(say("report.read_in") if a.url in taken_in else "", a.name, a.url if safe(a.url) else "", outside=True)
        for a in report.attachments
    )
    value = say("report.attached", n=len(proofs), read=_how_many_read(report))
    return [Fact(say("report.fact.attachments"), value, _count("list", len(proofs)), proofs)]


def _how_many_read(report: Report) -> str:
    count = sum(a.url in report.parts for a in report.attachments)
    if count == len(report.attachments):
        return say("report.read_in")
    return say("report.partly_read", n=count) if count else say("report.not_read")


def _copies(stored: StoredReport, copies: Sequence[Copy], differing: Sequence[DifferingFigure]) -> list[Fact]:
    """Other copies of the text by title and site, and where their figures disagree."""
    name = say("report.fact.copies")
    if not copies:
        return [Fact(name, say("report.no_copies"))]
    proofs = tuple(
        Proof(say("report.best_copy") if one.id == stored.witness else "", one.name, f"/doc/{one.id}") for one in copies
    )
    better = bool(stored.witness) and stored.witness != stored.id
    doubt = say("report.better_copy") if better else ""
    made = [Fact(name, say("report.copies", n=len(copies)), _count("list", len(proofs)), proofs, doubt)]
    if differing:
        names = {one.id: one.name for one in copies} | {stored.id: say("report.this_copy")}
        lines = tuple(
            Proof(
                say("list.semicolon").join(
                    say("report.says", name=names.get(id, id), value=value) for id, value in one.values.items()
                ),
                one.context,
                doubted=True,
            )
            for one in differing
        )
        value = say("report.differing", n=len(differing))
        made.append(Fact(say("report.fact.differing"), value, _count("places", len(lines)), lines))
    return made


def _versions(stored: StoredReport) -> Fact:
    proofs = tuple(
        Proof(say("report.version", when=f"{v.added_at:%Y-%m-%d %H:%M}", sha=v.sha256[:12])) for v in stored.versions
    )
    value = say("report.versions", n=max(1, len(proofs)))
    return Fact(say("report.fact.versions"), value, _count("times", len(proofs)), proofs)


def _history(history: PageHistory) -> list[Fact]:
    """What a later crawl found: the page gone, or its text changed."""
    found = []
    if history.vanished:
        found.append(Fact(say("report.fact.vanished"), history.vanished, doubt=say("report.vanished")))
    name = say("report.fact.changed")
    for change in history.changes:
        when = f"{change.newer.added_at:%Y-%m-%d %H:%M}"
        if change.unreadable:
            found.append(Fact(name, say("report.changed_unreadable", when=when), doubt=change.unreadable))
            continue
        removed = [Proof(say("report.line_removed"), line) for line in change.removed[:_MOST_LINES]]
        added = [Proof(say("report.line_added"), line) for line in change.added[:_MOST_LINES]]
        value = say("report.changed", when=when, removed=len(change.removed), added=len(change.added))
        more = max(0, len(change.removed) - _MOST_LINES) + max(0, len(change.added) - _MOST_LINES)
        rest = [Proof(say("report.more_lines", n=more))] if more else []
        found.append(Fact(name, value, _count("lines", len(removed) + len(added)), (*removed, *added, *rest)))
    return found


def safe(url: str | None) -> bool:
    """An address one may be led to: javascript: and data: come from pages, too."""
    return bool(url) and str(url).lower().startswith(("http://", "https://"))
