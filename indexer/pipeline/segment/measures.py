"""Measures（做法）: of each sentence the practices that it shows, or that it tells an act which the codebook lacks.

A sentence may tell several, each in a run of clauses of its own. Status is the sentence's: what stands among next
year's tasks is a plan, whatever its verbs. Notes and background tell nothing that was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, Measure, Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.practice_cues import Hit, PracticeCues
from indexer.pipeline.segment.spelling import cue_text

CLAUSE_END = re.compile(r"[，,；;：:。！？!?]+[”’」』）)]*")
TELLING = frozenset({Status.RESULT, Status.MEASURE, Status.PLAN, Status.PROBLEM})
ACTING = TELLING - {Status.PROBLEM}  # what is missing is no measure unless the codebook names it
# An act upon an instrument of government: 出台……办法, 组建……专班. How often that is a measure: docs/practices.md.
_ACTS = (
    "建立|健全|出台|制定|推行|实行|实施|开展|组建|设立|成立|搭建|引进|举办|承办|创建|推广|启动|推出|试行|试点|探索|组织"
    "|选派|聘|发放|兑现|减免|取消|下放|盘活|清理|整治|签订|签署|深化|完善|创新|首创"
)
_INSTRUMENTS = (
    "制度|机制|办法|方案|条例|意见|政策|平台|专班|清单|模式|试点|行动|计划|联盟|基金|改革|补贴|标准|目录|名单|联席|专项"
    "|攻坚|攻势|公司|服务站|大赛|活动"
)
ACT = re.compile(f"(?:{_ACTS})[^，,。；;：:]{{0,24}}?(?:{_INSTRUMENTS})")
COUNTS_ON = re.compile(r"\s*(?:截至?目前|目前|迄今|至今|现已|已经?|累计|今年以来|一年来)[^。]*\d")
LACKING = re.compile(
    "不够|不足|不高|不强|不多|不深|不优|不畅|不快|不大|不实|有待|亟待|亟需|需要?(?:进一步|加强|提升)|薄弱|短板|滞后|缺乏|缺少|较低|较弱|偏弱"
    "|偏低|能力弱|压力|困难|制约|差距|落后|未能|尚未|艰巨"
)
_DONE = frozenset({Status.RESULT, Status.MEASURE})
SURE = 0.6  # strength of a theme from which a sentence tells it beside its practices
SHORTEST = 14  # characters of a sentence that tells an act in words of its own
DIGITS = re.compile(r"\d(?!\d{0,3}年)|[xX×]{1,2}(?:亿|万|个|家|项|%|％)")
OWN_WORDS = 8  # characters that a clause has beside its cue, from which it tells an organ, an object or a step
LISTED = 2  # 、 in a clause, from which its items are a list
ITEM = 4  # characters that an item of a list has beside the cue, up to which it only names it


def measures_of(
    cleaned: Cleaned,
    sentences: Sequence[LabelledSentence],
    figures: Sequence[Figure],
    cues: PracticeCues,
    own_zone: bool = False,
) -> tuple[Measure, ...]:
    """The measures of one passage in the order of its text. ``figures`` are the passage's, their spans in the whole
    text; ``own_zone``: the text is a zone's own, so that it needn't say 开发区 again."""
    found: list[Measure] = []
    before: LabelledSentence | None = None  # the sentence that the last of ``found`` stands in
    for sentence in sentences:
        told = list(_of_sentence(cleaned, sentence, figures, cues, own_zone)) if sentence.status in TELLING else []
        if told:
            found += told
            before = sentence
        elif before is not None and _goes_on(cleaned.text, before, sentence):
            counted = _within(figures, sentence.span)
            found[-1] = replace(found[-1], figures=found[-1].figures + counted, shown=found[-1].shown or bool(counted))
        else:
            before = None
    return tuple(found)


def _of_sentence(
    cleaned: Cleaned, sentence: LabelledSentence, figures: Sequence[Figure], cues: PracticeCues, own_zone: bool
) -> Iterator[Measure]:
    words = sentence.span.of(cleaned.text)
    firsts = [
        hit for hit in _plainest(words, cues.find(words, own_zone)) if not _is_lacking(words, hit, sentence.status)
    ]
    for hit, part in _parts(words, firsts):
        span = part.shifted(sentence.span.start)
        yield Measure(
            practice=hit.practice.id,
            theme=hit.practice.theme,
            status=sentence.status,
            span=span,
            figures=_within(figures, span),
            shown=_is_shown(words, hit, part),
        )
    restored = cue_text(cleaned, sentence.span)  # of a laundered text; its own spelling was looked through above
    more = _plainest(restored, cues.find(restored, own_zone)) if restored != words else []
    told = {hit.practice.id for hit in firsts}
    for hit in more:
        if hit.practice.id not in told:
            yield _whole(sentence, figures, hit.practice.id, hit.practice.theme, bool(DIGITS.search(words)))
    if not firsts and not more and _tells_an_act(sentence, restored):
        yield _whole(sentence, figures, None, sentence.themes[0], True)
    elif (firsts or more) and _has_a_theme_of_its_own(sentence, [*firsts, *more]):
        yield _whole(sentence, figures, None, sentence.themes[0], bool(DIGITS.search(words)))


def _is_lacking(words: str, hit: Hit, status: Status) -> bool:
    """Whether a problem says that the practice itself is wanting (要素保障还不够有力): nobody does it there."""
    return status is Status.PROBLEM and LACKING.search(_around(words, hit.span, "，,；;：:。！？!?")) is not None


def _goes_on(text: str, before: LabelledSentence, sentence: LabelledSentence) -> bool:
    """Whether ``sentence`` counts what the one before it set going: 设立办事处。目前已签约20个。"""
    follows = not text[before.span.end : sentence.span.start].strip() and "\n" not in before.span.of(text)[-1:]
    done = before.status in _DONE and sentence.status in _DONE
    return follows and done and COUNTS_ON.match(sentence.span.of(text)) is not None


def _whole(
    sentence: LabelledSentence, figures: Sequence[Figure], practice: str | None, theme: str, shown: bool
) -> Measure:
    return Measure(practice, theme, sentence.status, sentence.span, _within(figures, sentence.span), shown)


def _tells_an_act(sentence: LabelledSentence, words: str) -> bool:
    return (
        sentence.status in ACTING and bool(sentence.themes) and len(words) >= SHORTEST and ACT.search(words) is not None
    )


def _has_a_theme_of_its_own(sentence: LabelledSentence, hits: Sequence[Hit]) -> bool:
    """Whether it is mostly about a theme that none of its practices belongs to (狠抓招商引资、招才引智 tells both)."""
    if sentence.status not in ACTING or not sentence.themes or sentence.strengths[0] < SURE:
        return False
    return sentence.themes[0] not in {hit.practice.theme for hit in hits}


def _plainest(words: str, hits: Sequence[Hit]) -> list[Hit]:
    """Of each practice one hit, in the order of the text: the first that lies in one clause and one item of a list, so
    that a pair doesn't take its words from two (推行一把手招商 beside 招商项目评估)."""

    def parted(hit: Hit) -> tuple[bool, bool]:
        inside = hit.span.of(words)
        return CLAUSE_END.search(inside) is not None, "、" in inside

    plainest: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (parted(hit), hit.span)):
        plainest.setdefault(hit.practice.id, hit)
    return sorted(plainest.values(), key=lambda hit: hit.span)


def _parts(words: str, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Span]]:
    """Each hit with its stretch of the sentence: from the clause it starts in to the one where the next practice
    starts. What stands before the first belongs to it; practices of one clause share their stretch."""
    ends = [*(end.end() for end in CLAUSE_END.finditer(words) if end.end() < len(words)), len(words)]
    starts = [0, *ends[:-1]]
    opened = sorted({max(start for start in starts if start <= hit.span.start) for hit in hits})
    cuts = [0, *opened[1:], len(words)]
    for hit in hits:
        stretch = next(Span(*pair) for pair in pairwise(cuts) if pair[0] <= hit.span.start < pair[1])
        end = stretch.end if hit.span.end <= stretch.end else min(at for at in ends if at >= hit.span.end)
        yield hit, _trimmed(words, Span(stretch.start, end))


def _trimmed(words: str, span: Span) -> Span:
    """Without the comma that parts it from the next, and without white space around."""
    text = span.of(words)
    kept = text.strip().rstrip("，,；;：:") or text
    start = span.start + text.index(kept)
    return Span(start, start + len(kept))


def _within(figures: Sequence[Figure], span: Span) -> tuple[int, ...]:
    return tuple(place for place, figure in enumerate(figures) if span.contains(figure.span))


def _is_shown(words: str, hit: Hit, part: Span) -> bool:
    """Whether a figure, or words of its own, say how it is done; False where it is only named, alone or in a list."""
    text = part.of(words)
    if DIGITS.search(text):
        return True
    cue = hit.span.of(words)
    clause = _around(words, hit.span, "，,；;：:。！？!?")
    item = _around(words, hit.span, "，,；;：:。！？!?、")
    if clause.count("、") >= LISTED and len(item) <= len(cue) + ITEM:
        return False
    return len(text) >= len(cue) + OWN_WORDS


def _around(words: str, span: Span, ends: str) -> str:
    """The stretch around ``span`` up to the nearest of ``ends`` on each side."""
    start = max(words.rfind(end, 0, span.start) for end in ends) + 1
    stops = [at for at in (words.find(end, span.end) for end in ends) if at >= 0]
    return words[start : min(stops, default=len(words))]
