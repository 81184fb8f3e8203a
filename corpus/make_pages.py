"""Makes the five sample pages out of the clean texts in ``sources/``.

Each text is put into the mark-up of one family of sites and takes the damage that is usual there, so that what a
right reading must give is known to the letter: ``truth.json`` says it, ``tests/unit/test_sample_corpus.py`` compares.

    python corpus/make_pages.py            writes corpus/pages/
    python corpus/make_pages.py --check    fails where corpus/pages/ is not what this script makes

A source is one line of title and one line per paragraph. ``{...}`` marks what the masked families blot out.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Template

HERE = Path(__file__).resolve().parent
PAGES = HERE / "pages"

# What a thesaurus washed over a text puts in the place of ten everyday words of the trade.
LAUNDERED = (
    ("发展", "开展"),
    ("项目", "工程"),
    ("服务", "效劳"),
    ("基础", "根底"),
    ("部分", "局部"),
    ("不足", "缺乏"),
    ("若干", "假设干"),
    ("基本", "根本"),
    ("氛围", "气氛"),
    ("计划", "方案"),
)
FRAGMENT = 262  # characters of a piece; real ones measure 302, a shorter text needs shorter pieces to have as many
WRAP = (26, 28)  # characters of a printed line of A4 in 仿宋 三号


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


def masked(text: str) -> str:
    """``{2955.2}`` becomes ``xxxx.x``, ``{仲恺}`` becomes ``xx``."""
    return re.sub(r"\{([^}]*)\}", lambda m: re.sub(r"\w", "x", m[1]), text)


def laundered(text: str) -> str:
    return re.sub("|".join(word for word, _ in LAUNDERED), lambda m: dict(LAUNDERED)[m[0]], text)


def redated(text: str) -> str:
    """Every year becomes 2023; a careless replacement turns the month of 1-6月份 into a year as well."""
    return re.sub(r"20\d\d(?=年)", "2023", text).replace("1-6月份", "1-2023月份")


def year_later(title: str) -> str:
    return re.sub(r"20\d\d", lambda m: str(int(m[0]) + 1), title)


def fragments(text: str) -> list[str]:
    """Pieces of equal length, numbered, cut wherever the length ends: in mid-word more often than not."""
    pieces = [text[at : at + FRAGMENT] for at in range(0, len(text), FRAGMENT)]
    return [f"{number}、{piece}" for number, piece in enumerate(pieces, 1)]


def hard_wrapped(text: str, dice: random.Random) -> str:
    """A space where each printed line ended, and around every number between Chinese characters."""
    spaced = re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])", " ", text)
    lines: list[str] = []
    while len(spaced) > WRAP[1]:
        end = dice.randint(*WRAP)
        while re.match(r"[0-9.%-]{2}", spaced[end - 1 : end + 1]):  # a number is never cut
            end -= 1
        while re.match(r"[，。；：、）”]", spaced[end : end + 1]):  # no line begins with a closing mark
            end += 1
        lines.append(spaced[:end].strip())
        spaced = spaced[end:].strip()
    return " ".join([*lines, spaced])


def links(titles: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/doc/{n}.html" title="{t}">{t}</a></li>' for n, t in enumerate(titles, 7101))


NAV = links(("首页", "办公范文", "总结汇报", "计划方案", "演讲发言", "合同协议", "论文资料", "会员中心"))
RELATED = links(
    (
        "2022年开发区招商工作总结",
        "2023年产业园区工作要点",
        "街道办事处年度工作总结",
        "个人述职述廉报告范文",
        "园区双创工作情况汇报",
        "专项债项目申报经验材料",
    )
)


def notice(facts: list[dict[str, str]]) -> str:
    """What every sample page says of itself outside the article: a sample, its figures from there and there."""
    urls = dict.fromkeys(fact["url"] for fact in facts)
    cited = "、".join(f'<a href="{url}" rel="nofollow">来源{n}</a>' for n, url in enumerate(urls, 1))
    return f'<div class="footer copyright"><p>本页为 Duibiao 示例文摘，非官方文本；数据出处：{cited}</p></div>'


def filled(skeleton: str, title: str, body: str, foot: str, **more: str) -> str:
    """The mark-up of a family with everything in its place."""
    markup = Template((HERE / "skeletons" / f"{skeleton}.html").read_text("utf-8"))
    return markup.substitute(title=title, body=body, notice=foot, navigation=NAV, related=RELATED, **more)


def document_mill(source: Source, foot: str) -> str:
    """777doc: one run-on paragraph without a single break, half its figures masked."""
    text = source.changed(masked)
    return filled("document_mill", text.title, "".join(text.paragraphs), foot, opening=text.paragraphs[0])


def library(source: Source, foot: str) -> str:
    """wnwk: laundered, re-dated, cut into numbered pieces, page markers and a notice that the preview ends."""
    text = source.changed(laundered).changed(redated)
    pieces = "".join(f"<p>{piece}</p>" for piece in fragments(" ".join(text.paragraphs) + " 第6页 共6页"))
    pages = "".join(
        f'<div class="page-item"><img class="lazy" src="/img/loading.gif" alt="{text.title}.docx_第{n}页">'
        f'<p class="pageno">第{n}页 / 共6页</p></div>'
        for n in range(1, 6)
    )
    return filled("library", text.title, pieces, foot, pages=pages)


def dede_mobile(source: Source, foot: str) -> str:
    """A DedeCMS mobile page: years masked, written in GB18030 under a gb2312 label (㎡, 〇, © are outside gb2312)."""
    text = source.changed(masked)
    body = "".join(f"<p>　　{line}</p>" for line in text.paragraphs)
    return filled("dede_mobile", text.title, body, foot)


def sharing(source: Source, foot: str) -> str:
    """A document-sharing page: hard-wrapped, its title's years one too high."""
    title = year_later(source.title)
    wrapped = hard_wrapped(" ".join(source.paragraphs), random.Random(26))
    return filled("sharing", title, wrapped, foot)


def hijacked(source: Source, foot: str) -> str:
    """A government page taken over: a betting site's name, hidden links, utf-8 under a gb2312 label, ``?`` for nbsp."""
    body = "".join(f"<p>　　{line}</p>" for line in source.paragraphs)
    names = ("99体育官网", "大赢家彩票客户端", "金沙湾娱乐城", "真人棋牌app下载")
    spam = " ".join(f'<a href="http://www.spam{n}.example/">{name}</a>' for n, name in enumerate(names))
    return filled("hijacked", source.title, body, foot, spam=spam)


FAMILIES: dict[str, tuple[str, str, Callable[[Source, str], str]]] = {
    "zhongkai_mill.html": ("zhongkai.txt", "utf-8", document_mill),
    "changchun_library.html": ("changchun.txt", "utf-8", library),
    "hengyang_mobile.html": ("hengyang.txt", "gb18030", dede_mobile),
    "zhengzhou_sharing.html": ("zhengzhou.txt", "utf-8", sharing),
    "tianjin_hijacked.html": ("tianjin.txt", "utf-8", hijacked),
}


def page(name: str) -> bytes:
    """The bytes of one sample page."""
    file, charset, family = FAMILIES[name]
    truth = json.loads((HERE / "truth.json").read_text("utf-8"))
    return family(Source.load(HERE / "sources" / file), notice(truth[name]["facts"])).encode(charset)


def expected_text(name: str) -> str:
    """What a right reading gives as the text of the page, breaks between paragraphs as in the source."""
    file, _, family = FAMILIES[name]
    source = Source.load(HERE / "sources" / file)
    if family is library:
        source = source.changed(laundered).changed(redated)
    return "\n".join(masked(line) for line in source.paragraphs)


def main(arguments: list[str]) -> int:
    stale = [name for name in FAMILIES if not (PAGES / name).is_file() or (PAGES / name).read_bytes() != page(name)]
    if "--check" in arguments:
        print("\n".join(f"{name} is not what make_pages.py makes" for name in stale) or "pages are as made")
        return bool(stale)
    PAGES.mkdir(exist_ok=True)
    for name in FAMILIES:
        (PAGES / name).write_bytes(page(name))
    print(f"{len(FAMILIES)} pages in {PAGES}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
