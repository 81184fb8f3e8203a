"""The ten full-length pages: clean texts of ``sources/``, each in the mark-up and with the damage of one family.

A source is one line of title and one line per paragraph; ``{...}`` marks what the masked families blot out. What a
right reading gives was written down by hand in ``sources/truth.json``.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from tests.sample_corpus import dress
from tests.sample_corpus.damage import fragments, hard_wrapped, laundered_text, traditional_text, with_phonetics
from tests.sample_corpus.facts import CORPUS

SOURCES = CORPUS / "sample" / "sources"


@dataclass(frozen=True)
class Source:
    """A clean text: its title and its paragraphs, masks still in braces."""

    title: str
    paragraphs: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Source:
        title, *paragraphs = path.read_text("utf-8").splitlines()
        return cls(title, tuple(paragraphs))

    def changed(self, change: Callable[[str], str]) -> Source:
        return Source(change(self.title), tuple(change(line) for line in self.paragraphs))


@cache
def hand_written() -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = json.loads((SOURCES / "truth.json").read_text("utf-8"))
    return told


def masked(text: str) -> str:
    """``{2955.2}`` becomes ``xxxx.x``, ``{仲恺}`` becomes ``xx``."""
    return re.sub(r"\{([^}]*)\}", lambda match: re.sub(r"\w", "x", match[1]), text)


def redated(text: str) -> str:
    """Every year becomes 2023; a careless replacement turns the month of 1-6月份 into a year as well."""
    return re.sub(r"20\d\d(?=年)", "2023", text).replace("1-6月份", "1-2023月份")


def year_later(title: str) -> str:
    return re.sub(r"20\d\d", lambda match: str(int(match[0]) + 1), title)


def _filled(name: str, skeleton: str, title: str, body: str, **more: str) -> str:
    """The mark-up of a family with everything in its place."""
    told = hand_written()[name]
    common = {
        "title": title,
        "page_title": title,
        "body": body,
        "notice": dress.notice((fact["url"], None, fact["confidence"]) for fact in told["facts"]),
        "navigation": dress.links(dress.NAVIGATION, 7101),
        "related": dress.links(dress.RELATED, 7201),
        "charset": "utf-8",
        "date": told["published_on"] or "",
        "source": told["source"] or "",
        "url": told["url"] or f"https://sample.example/{name}",
        "opening": "",
        "spam": "",
        "over": "",
        "head": "",
    }
    return Template(dress.skeleton(skeleton)).substitute(common | more)


def _paragraphs(source: Source) -> str:
    return "".join(f"<p>　　{line}</p>" for line in source.paragraphs)


def document_mill(name: str, source: Source) -> str:
    """777doc: one run-on paragraph without a single break, half its figures masked."""
    text = source.changed(masked)
    more = {"opening": text.paragraphs[0], "site": "示例文档", "page_title": f"{text.title}-示例文档"}
    return _filled(name, "document_mill", text.title, "".join(text.paragraphs), **more)


def library(name: str, source: Source) -> str:
    """wnwk: laundered, re-dated, cut into numbered pieces, page markers and a notice that the preview ends."""
    text = source.changed(laundered_text).changed(redated)
    pieces = "".join(f"<p>{piece}</p>" for piece in fragments(" ".join(text.paragraphs) + " 第6页 共6页"))
    pages = "".join(
        f'<div class="page-item"><img class="lazy" src="/img/loading.gif" alt="{text.title}.docx_第{n}页">'
        f'<p class="pageno">第{n}页 / 共6页</p></div>'
        for n in range(1, 6)
    )
    over = '<div class="over">亲，该文档总共6页，到这儿已超出免费预览范围，如果喜欢就下载吧！</div>'
    more = {"pages": pages, "over": over, "site": "示例文库", "page_title": f"{text.title}.docx_示例文库"}
    return _filled(name, "library", text.title, pieces, **more)


def dede_mobile(name: str, source: Source) -> str:
    """A DedeCMS mobile page: years masked, written in GB18030 under a gb2312 label (㎡, 〇, © are outside gb2312)."""
    text = source.changed(masked)
    more = {"charset": "gb2312", "site": "示例范文网", "page_title": f"{text.title}_示例范文网"}
    return _filled(name, "dede_mobile", text.title, _paragraphs(text), **more)


def sharing(name: str, source: Source) -> str:
    """A document-sharing page: hard-wrapped, its title's years one too high."""
    title = year_later(source.title)
    wrapped = hard_wrapped(" ".join(source.paragraphs), random.Random(26))
    return _filled(name, "sharing", title, wrapped, page_title=f"{title}.docx")


def hijacked(name: str, source: Source) -> str:
    """A government page taken over: a betting site's name, hidden links, utf-8 under a gb2312 label, ``?`` for nbsp."""
    site = dress.SPAM_SITES[0]
    more = {
        "charset": "gb2312",
        "site": site,
        "page_title": f"{site}-欢迎光临",
        "spam": dress.spam_links(random.Random(5)),
    }
    return _filled(name, "hijacked", source.title, _paragraphs(source), **more)


def government(skeleton: str, site: str, page_title: str) -> Callable[[str, Source], str]:
    """A portal's or a newspaper's page without damage."""

    def dressed(name: str, source: Source) -> str:
        more = {"site": site, "page_title": page_title.format(title=source.title, site=site)}
        return _filled(name, skeleton, source.title, _paragraphs(source), **more)

    return dressed


def clone(name: str, source: Source) -> str:
    """A mill's copy in Traditional script, with phonetics in between."""
    dice = random.Random(11)
    text = source.changed(lambda line: with_phonetics(traditional_text(line), dice))
    return _filled(name, "clone", text.title, "<br>".join(text.paragraphs), page_title=f"{text.title}-示例文檔站")


FAMILIES: dict[str, tuple[str, str, Callable[[str, Source], str]]] = {
    "zhongkai_mill.html": ("zhongkai.txt", "utf-8", document_mill),
    "changchun_library.html": ("changchun.txt", "utf-8", library),
    "hengyang_mobile.html": ("hengyang.txt", "gb18030", dede_mobile),
    "zhengzhou_sharing.html": ("zhengzhou.txt", "utf-8", sharing),
    "tianjin_hijacked.html": ("tianjin.txt", "utf-8", hijacked),
    "ganzhou2021_jcms.html": (
        "ganzhou_2021.txt",
        "utf-8",
        government("jcms", "示例产业园区", "{site} 工作总结 {title}"),
    ),
    "ganzhou2022_trs.html": (
        "ganzhou_2022.txt",
        "utf-8",
        government("trs", "示例园区信息网", "{title}_工作动态_{site}"),
    ),
    "chongqing2024_news.html": ("chongqing_2024.txt", "utf-8", government("news", "示例新闻网", "{title}_{site}")),
    "kunming2018_vsb.html": ("kunming_2018.txt", "utf-8", government("vsb", "示例开放园区", "{title}-{site}")),
    "wuhu2024_clone.html": ("wuhu_2024.txt", "utf-8", clone),
}


def page(name: str) -> bytes:
    """The bytes of one full-length page."""
    file, charset, family = FAMILIES[name]
    return family(name, Source.load(SOURCES / file)).encode(charset)


def expected_text(name: str) -> str:
    """What a right reading gives as the text of the page, breaks between paragraphs as in the source."""
    file, _, family = FAMILIES[name]
    source = Source.load(SOURCES / file)
    if family is library:
        source = source.changed(laundered_text).changed(redated)
    return "\n".join(masked(line) for line in source.paragraphs)


def truth(name: str) -> dict[str, Any]:
    """What was written down by hand, in the shape of the other lines of truth.jsonl."""
    told = hand_written()[name]
    said = [
        {"text": one["sentence"], "fact": None, "status": one["status"], "theme": one["theme"], "figures": []}
        for one in told["passages"]
    ]
    counted = [
        {
            "text": one["in"],
            "fact": None,
            "status": None,
            "theme": None,
            "figures": [
                {
                    "phrase": one["indicator"],
                    "indicator": None,
                    "role": None,
                    "value": one["value"],
                    "unit": one["unit"],
                }
                | {"mask": one.get("mask"), "change": False, "growth": one.get("change"), "in": one["in"]}
            ],
        }
        for one in told["figures"]
    ]
    kept = {key: told[key] for key in ("url", "title", "published_on", "source", "genre", "years", "zone", "quality")}
    return {
        "page": name,
        "kind": "full",
        "family": name.partition("_")[2].removesuffix(".html"),
        "damages": [],
        "copy_of": None,
        **kept,
        "text": expected_text(name),
        "sections": told["headings"],
        "sentences": [*said, *counted],
        "restored": told["restored"],
        "hints": told["hints"],
        "facts": told["facts"],
    }
