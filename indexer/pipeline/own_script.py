"""A page from Hong Kong or Taiwan stays in the script it was written in.

Mills print mainland reports in Traditional characters, half of the time with phonetics in between (24% of the pages
looked at); those are put back into the script of their originals. A page that was written in Traditional is another
thing: in simplified characters it would show what nobody wrote. It is read and searched in simplified script all the
same, and since no simplification changes a length, every span holds in both.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.domain.edits import Edit, Edited, apply
from indexer.domain.report import Report
from indexer.text.script import simplified_characters

RULE = "traditional"
FIELD = re.compile(
    "高新区|经开区|开发区|综保区|保税区|自贸区|自贸试验区|科技城|产业园区|管委会|党工委|招商引资|规上工业|规模以上工业"
    "|固定资产投资|一般公共预算|专项债|营商环境|工作总结|工作汇报|十[二三四]五"
)
ENOUGH = 2  # different ones; a Taiwanese news item on mainland affairs has at most one


def in_own_script(report: Report, title: str | None) -> Report:
    """``report`` with title, text and passages as they were written, where they were written in Traditional script.

    ``title``: as the page has it, before cleaning.
    """
    flags = report.quality.flags
    if "traditional" not in flags or "phonetics" in flags or len(set(FIELD.findall(report.text))) >= ENOUGH:
        return report
    history, text = _without_script(report)
    return replace(
        report,
        title=_title(report.title, title),
        text=text,
        history=history,
        passages=tuple(replace(one, text=one.span.of(text)) for one in report.passages),
        sections=tuple(
            replace(one, heading=text[one.span.start : one.span.start + len(one.heading)]) for one in report.sections
        ),
        years=replace(
            report.years,
            evidence=tuple(replace(one, text=one.span.of(text)) if one.span else one for one in report.years.evidence),
        ),
    )


def _without_script(report: Report) -> tuple[tuple[Edited, ...], str]:
    """The history with the simplifying steps left out, each later edit taking out what then stood in its place."""
    if not report.history:
        return (), report.text
    text = report.history[0].before()
    kept: list[Edited] = []
    for step in report.history:
        if step.rule != RULE:
            edits = [Edit(one.at, text[one.at : one.at + len(one.removed)], one.inserted) for one in step.edits]
            kept.append(apply(step.rule, text, edits))
            text = kept[-1].text
    return tuple(kept), text


def _title(cleaned: str | None, printed: str | None) -> str | None:
    printed = (printed or "").strip()
    if not cleaned or len(printed) != len(cleaned):
        return cleaned
    simpler = simplified_characters()
    pairs = zip(printed, cleaned, strict=True)
    return "".join(old if simpler.get(ord(old), old) == new else new for old, new in pairs)
