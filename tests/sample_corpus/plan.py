"""Which page takes which damage: the shares that were counted in 1,067 real pages, dealt out by the pages' names."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from tests.sample_corpus import damage
from tests.sample_corpus.compose import Draft
from tests.sample_corpus.gather import drafts

# Of all pages, mirrors counted in.
SHARES = {
    "traditional": 0.24,  # half of them with phonetics
    "hijacked": 0.14,
    "mirror": 0.12,
    "laundered": 0.05,
    "masked": 0.03,
    "truncated": 0.05,
    "year": 0.04,  # wrong or missing
    "official": 0.05,  # says that its address is a government's, which proves nothing of a saved page
}
_CLEAN = ("trs", "jcms", "vsb", "gov", "govold", "news", "news", "dede", "mill", "sharing", "trs", "vsb", "library")
_FITTING = {
    "phonetics": ("clone", "clone", "news", "gov"),
    "traditional": ("news", "gov", "trs", "clone"),
    "laundered": ("library", "mill", "dede"),
    "masked": ("mill", "dede", "jcms"),
    "anonymised": ("mill", "dede", "jcms"),
    "truncated": ("library", "sharing", "clone"),
    "year_wrong": ("sharing", "dede", "news", "mill"),
    "year_missing": ("mill", "sharing", "clone"),
    "hijacked": ("govold", "trs", "gov", "news", "jcms"),
    "official": ("gov", "trs", "jcms"),
}
EVALUATION = Path(__file__).resolve().parents[1] / "evaluation"
_PRINTED = 260  # characters: a text of this length fills ten printed lines
_CUT = 260  # characters: shorter texts are shown whole by every site
_SCRIPT = 80  # characters: of shorter texts nobody can tell the script
_RICH = 6  # facts: a page of so many is what a comparison lives on, and the damage is done to its copies


@dataclass(frozen=True)
class Planned:
    """A page's text with its damage, and the family that prints it."""

    draft: Draft
    family: str
    published: str

    @property
    def file(self) -> str:
        return f"{self.draft.name}-{self.family}.html"


def dealt(key: str, salt: str) -> bytes:
    return blake2b(f"{salt}:{key}".encode(), digest_size=8).digest()


def planned() -> list[Planned]:
    first = drafts()
    total = round(len(first) / (1 - SHARES["mirror"]))
    copies = _copies(first, total - len(first))
    damages: dict[str, list[str]] = {draft.name: [] for draft in (*first, *copies)}
    everything = [*first, *copies]
    _deal(everything, damages, total)
    return [_planned(one, damages[one.name], _family(one, damages[one.name])) for one in everything]


def _family(draft: Draft, names: list[str]) -> str:
    """Printed lines and numbered pieces are seen in long texts only."""
    dice = random.Random(f"family {draft.name}")
    fitting = next((_FITTING[name] for name in _FITTING if name in names), _CLEAN)
    short = len(draft.text) < _PRINTED
    return dice.choice([family for family in fitting if not (short and family in ("sharing", "library"))])


def _copies(first: list[Draft], count: int) -> list[Draft]:
    """Of the longer texts: what is copied most is what has most to say."""
    long_enough = [draft for draft in first if len(draft.text) >= 200]
    chosen = sorted(long_enough, key=lambda draft: dealt(draft.name, "mirror"))[:count]
    return [replace(draft, name=f"{draft.name}m", copy_of=draft.name) for draft in chosen]


def _deal(everything: list[Draft], damages: dict[str, list[str]], total: int) -> None:
    def some(
        name: str, count: int, fits: Callable[[Draft], bool] = lambda draft: True, beside: tuple[str, ...] = ()
    ) -> None:
        free = [draft for draft in everything if fits(draft) and all(one in beside for one in damages[draft.name])]
        for draft in sorted(free, key=lambda draft: dealt(draft.name, name))[:count]:
            damages[draft.name].append(name)

    def count(share: str) -> int:
        return round(SHARES[share] * total)

    asked = _asked()
    rich = {draft.name for draft in everything if not draft.copy_of and len(draft.facts) >= _RICH}
    spared = rich | {draft.name for draft in everything if any(fact.id in asked for fact in draft.facts)}
    washable = sorted(everything, key=lambda draft: (draft.name in spared, -_washed_words(draft), draft.name))
    laundered = washable[: count("laundered")]

    def reviewed(draft: Draft) -> bool:
        return draft.kind == "summary" and str(draft.year) in draft.title

    some("laundered", count("laundered"), lambda draft: draft in laundered)
    some(
        "anonymised",
        count("masked") // 2,
        lambda draft: draft.label.endswith(("高新区", "经开区")) and not draft.copy_of and draft.name not in spared,
    )
    some("masked", count("masked") - count("masked") // 2, lambda draft: draft.name not in spared)
    some("truncated", count("truncated"), lambda draft: len(draft.text) > _CUT and draft.name not in spared)
    some("year_wrong", count("year") // 2, lambda draft: reviewed(draft) and draft.name not in spared)
    some(
        "year_missing",
        count("year") - count("year") // 2,
        lambda draft: draft.kind in ("summary", "half") and draft.name not in spared and not draft.plan_year,
    )
    some("traditional", count("traditional"), lambda draft: len(draft.text) > _SCRIPT and draft.name not in rich)
    some("phonetics", count("traditional") // 2, lambda draft: "traditional" in damages[draft.name], ("traditional",))
    some("official", count("official"), lambda draft: draft.facts[0].city is not None and draft.kind != "news")
    taken = count("hijacked") // 3
    some("hijacked", taken, lambda draft: "traditional" in damages[draft.name], ("traditional", "phonetics"))
    some("hijacked", count("hijacked") - taken)


def _asked() -> set[str]:
    """Ids of the facts that the needs of the evaluation ask for: what is asked for must stand on some page."""
    tables = (EVALUATION / "questions.tsv", EVALUATION / "held_out.tsv")
    return {id for table in tables for id in re.findall(r"\bF\d{4}\b", table.read_text("utf-8"))}


def _washed_words(draft: Draft) -> int:
    """项目 apart: 工程 stands in honest texts as well, and alone shows nothing."""
    words = damage.LAUNDERED + damage.LAUNDERED_TOO
    return sum(draft.text.count(word) for word, _ in words if word != "项目")


def _planned(draft: Draft, names: list[str], family: str) -> Planned:
    dice = random.Random(f"damage {draft.name}")
    for name in names:
        draft = _damaged(draft, name, dice)
    return Planned(draft, family, _published(draft, dice))


def _damaged(draft: Draft, name: str, dice: random.Random) -> Draft:
    if name == "laundered":
        return damage.launder(draft)
    if name == "anonymised":
        return damage.mask_zone(damage.mask_figures(draft))
    if name == "masked":
        return damage.mask_figures(draft)
    if name == "truncated":
        return damage.cut_short(draft, dice)
    if name == "year_wrong":
        return damage.misdate_title(draft)
    if name == "year_missing":
        return replace(damage.forget_year(draft), damages=(*draft.damages, "year_missing", "undated"))
    return replace(draft, damages=(*draft.damages, name))


def _published(draft: Draft, dice: random.Random) -> str:
    """A day after what the text tells of. The days are part of the dress: no fact has them."""
    year, month = draft.year, 12
    ends = [_LAST_MONTH.get(fact.period, 12) for fact in draft.facts]
    if draft.kind == "plan":
        month = dice.choice((1, 2, 3))
    elif max(ends) < 12:
        month = max(ends) + 1
    elif draft.kind == "policy":
        month = 12
    else:
        year, month = year + 1, dice.choice((1, 1, 2, 3))
    return f"{year}-{month:02}-{dice.randint(3, 27):02}"


_LAST_MONTH = {"上半年": 6, "前三季度": 9, "7-9月": 9, "7-11月": 11} | {
    f"{first}{month}月": month for first in ("", "1-") for month in range(1, 12)
}
