"""识别依据: each value of a report with its evidence, one click away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from indexer.domain.cards import ReportCard
from indexer.domain.catalogue import PageHistory, StoredReport
from indexer.domain.edits import Edited
from indexer.domain.report import Report, YearEvidence, YearKind
from indexer.domain.zones import ZoneStatus
from webapp.presenters import reading, words

EXAMPLES = 6  # edits of one rule that are listed; all of them are in the API
_MOST_LINES = 20  # of a new version that are shown; all of them are in the command `show --json`
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


RULES = {
    "spaces": "统一空格",
    "radicals": "部首改为常用字",
    "width": "全角转半角",
    "lost_spaces": "补回空格",
    "phonetics": "去掉注音",
    "traditional": "繁体转简体",
    "layout": "整理段落",
    "markup": "去掉标记",
    "notices": "去掉网站提示",
    "fragments": "碎片接合",
    "hard_wraps": "断行接合",
    "run_ons": "连写标题分行",
    "opening": "去掉重复的题名",
}


def facts(stored: StoredReport, history: PageHistory) -> list[Fact]:
    report = stored.report
    return [
        _title(report),
        _zone(report),
        _year(stored),
        *_plan(report),
        Fact("体裁", report.genre.value),
        _published(report),
        _source(report),
        _quality(report),
        *_masks(report),
        _cleaning(report),
        *_restorations(report),
        *_attachments(report),
        _mirrors(stored),
        _versions(stored),
        *_history(history),
    ]


def _title(report: Report) -> Fact:
    proofs = [Proof(f"取自{_origin(report, 'title')}")] if "title" in report.origins else []
    doubt = ""
    if "hijacked" in report.quality.flags:
        site = f"“{report.site_name}”" if report.site_name else ""
        doubt = f"页面的站点名{site}被篡改，未采用；题名取自正文页。"
    return Fact("题名", report.title or "未找到题名", "出处" if proofs else "", tuple(proofs), doubt)


def _zone(report: Report) -> Fact:
    zone = report.zone
    proofs = [Proof(words.ZONE_STATUSES[zone.status])]
    if zone.name and zone.name != words.zone_label(zone):
        proofs.append(Proof(f"全称：{zone.name}"))
    if zone.type:
        proofs.append(Proof(f"类型：{zone.type}" + (f"，{zone.level}" if zone.level else "")))
    where = "".join(part for part in (zone.province, zone.city) if part)
    proofs.append(Proof(f"所在：{where}" if where else "所在：不明"))
    if zone.basis:
        proofs.append(Proof(f"依据：{zone.basis}"))
    if zone.hints:
        proofs.append(Proof(f"线索：{'、'.join(zone.hints)}。只是线索，没有据此认定"))
    value = words.zone_label(zone)
    if zone.status is ZoneStatus.NAMED and zone.basis:
        value = f"{value}（{zone.basis}）"
    return Fact("园区", value, f"依据 {len(proofs)} 项", tuple(proofs), zone.conflict or "")


def _year(stored: StoredReport) -> Fact:
    years = stored.report.years
    proofs = tuple(_year_proof(n, evidence) for n, evidence in enumerate(years.evidence))
    summary = f"依据 {len(proofs)} 处" if proofs else ""
    return Fact("报告期", words.year_number(ReportCard.of(stored)), summary, proofs, years.conflict or "")


def _year_proof(n: int, evidence: YearEvidence) -> Proof:
    kind = words.YEAR_KINDS[evidence.kind]
    if evidence.kind is YearKind.SPLICED:
        said = f"{kind}：读不出年份"
    elif evidence.kind is YearKind.PUBLISHED:
        said = f"{kind}：{evidence.year} 年，只说明何时发布"
    else:
        said = f"{kind}：{evidence.year} 年" + ("，采信" if evidence.trusted else "，未采信")
    quote = f"{evidence.text}（{evidence.note}）" if evidence.kind is YearKind.EVENT else evidence.note or evidence.text
    return Proof(said, quote, f"#e{n}" if evidence.span else "", not evidence.trusted)


def _plan(report: Report) -> list[Fact]:
    return [Fact("计划年", f"{report.years.plan} 年")] if report.years.plan else []


def _published(report: Report) -> Fact:
    if report.published_on is None:
        return Fact("发布", "页面没有标注日期")
    proofs = (Proof(f"取自{_origin(report, 'published_on')}"),) if "published_on" in report.origins else ()
    return Fact("发布", report.published_on.isoformat(), "出处" if proofs else "", proofs)


def _source(report: Report) -> Fact:
    proofs = (Proof(f"取自{_origin(report, 'source')}"),) if "source" in report.origins and report.source else ()
    return Fact("来源", report.source or "未标注", "出处" if proofs else "", proofs)


def _origin(report: Report, name: str) -> str:
    return report.origins[name]


def _quality(report: Report) -> Fact:
    grade = report.quality.grade.value
    proofs = [Proof(words.GRADE_MEANINGS[grade])]
    proofs += [Proof(words.FLAGS.get(flag, flag)) for flag in report.quality.flags]
    return Fact("质量", words.GRADES[grade], f"说明 {len(proofs)} 项", tuple(proofs))


def _masks(report: Report) -> list[Fact]:
    total = report.quality.masks_total
    if not total:
        return []
    anchors = reading.first_masks(report)
    proofs = tuple(
        Proof(f"{count} 处", kind, anchors.get(kind, ""))
        for kind, count in sorted(report.quality.masks.items(), key=lambda item: -item[1])
    )
    return [Fact("脱敏", f"{total} 处，保留原样，不当作数字", "各种写法", proofs)]


def _cleaning(report: Report) -> Fact:
    """One line for all rules; a rule that ran several times is counted once."""
    steps: dict[str, list[Edited]] = {}
    for step in report.history:
        steps.setdefault(step.rule, []).append(step)
    if not steps:
        return Fact("清洗", "没有改动，与原文一致")
    counts = {rule: sum(len(step.edits) for step in mine) for rule, mine in steps.items()}
    proofs = [proof for rule, mine in steps.items() for proof in _edits(rule, counts[rule], mine)]
    said = "、".join(f"{RULES.get(rule, rule)} {count} 处" for rule, count in counts.items())
    return Fact("清洗", said, "看改动", tuple(proofs))


def _edits(rule: str, count: int, steps: list[Edited]) -> list[Proof]:
    proofs = [Proof(f"{RULES.get(rule, rule)}：")]
    for step in steps:
        before = step.before()
        for edit in step.edits[: EXAMPLES - len(proofs) + 1]:
            left = before[max(0, edit.at - AROUND) : edit.at]
            right = before[edit.at + len(edit.removed) :][:AROUND]
            change = f"〔{_visible(edit.removed) or '无'} → {_visible(edit.inserted) or '删去'}〕"
            proofs.append(Proof(f"{_visible(left)}{change}{_visible(right)}"))
    if count > len(proofs) - 1:
        proofs.append(Proof(f"另有 {count - len(proofs) + 1} 处，全部见下方“本页数据”"))
    return proofs


def _visible(text: str) -> str:
    short = text if len(text) <= 40 else f"{text[:36]}…（共 {len(text)} 字）"
    seen = short.replace("\n", "⏎").replace(" ", "␣").replace("\t", "⇥")
    return "".join(c if c.isprintable() else f"〈U+{ord(c):04X}〉" for c in seen)


def _restorations(report: Report) -> list[Fact]:
    pairs = Counter((r.span.of(report.text), r.restored) for r in report.restorations)
    if not pairs:
        return []
    proofs = tuple(Proof(f"{bad} ← {good}，{count} 处") for (bad, good), count in pairs.most_common())
    return [Fact("还原", f"{len(report.restorations)} 处改写，原词写在上方", "看各词", proofs)]


def _attachments(report: Report) -> list[Fact]:
    if not report.attachments:
        return []
    taken_in = set(report.parts)
    proofs = tuple(
        Proof("已读入" if a.url in taken_in else "", a.name, a.url if safe(a.url) else "", outside=True)
        for a in report.attachments
    )
    return [Fact("附件", f"{len(proofs)} 个，{_how_many_read(report)}", "名单", proofs)]


def _how_many_read(report: Report) -> str:
    count = sum(a.url in report.parts for a in report.attachments)
    if count == len(report.attachments):
        return "已读入"
    return f"读入 {count} 个，其余未读入" if count else "未读入"


def _mirrors(stored: StoredReport) -> Fact:
    others = [mirror for mirror in stored.mirrors if mirror != stored.id]
    if not others:
        return Fact("相同文本", "没有发现")
    better = stored.witness and stored.witness != stored.id
    proofs = tuple(
        Proof("最好的副本" if mirror == stored.witness else "", mirror, f"/doc/{mirror}") for mirror in others
    )
    said = "检索里显示的是另一份更好的副本。" if better else ""
    return Fact("相同文本", f"另有 {len(others)} 份", "名单", proofs, said)


def _versions(stored: StoredReport) -> Fact:
    proofs = tuple(Proof(f"{v.added_at:%Y-%m-%d %H:%M} 收录，{v.sha256[:12]}") for v in stored.versions)
    return Fact("版本", f"{max(1, len(proofs))} 个", "收录时间" if proofs else "", proofs)


def _history(history: PageHistory) -> list[Fact]:
    """What a later crawl found: the page gone, or its text changed."""
    found = [Fact("原网页现状", history.vanished, doubt="这里保留的是消失之前的内容。")] if history.vanished else []
    for change in history.changes:
        when = f"{change.newer.added_at:%Y-%m-%d %H:%M} 的版本"
        if change.unreadable:
            found.append(Fact("改动", f"{when}读不出报告", doubt=change.unreadable))
            continue
        removed = [Proof("删去", line) for line in change.removed[:_MOST_LINES]]
        added = [Proof("新写", line) for line in change.added[:_MOST_LINES]]
        value = f"{when}：删去 {len(change.removed)} 行，新写 {len(change.added)} 行"
        found.append(Fact("改动", value, "逐行", (*removed, *added)))
    return found


def safe(url: str | None) -> bool:
    """An address one may be led to: javascript: and data: come from pages, too."""
    return bool(url) and str(url).lower().startswith(("http://", "https://"))
