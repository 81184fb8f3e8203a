"""The mark-up of the families of sites, their charsets, and what hijackers and mills hang around a text."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from tests.sample_corpus.compose import Draft
from tests.sample_corpus.damage import fragments, hard_wrapped, traditional_text, with_phonetics

OWN_SOURCE = "Duibiao示例文摘"
OFFICIAL_HOST = "shili.example.gov.cn"  # no such host: what a copy says that it is proves nothing
SPAM_SITES = ("99体育官网", "365体育平台", "金沙娱乐城", "威尼斯人官网", "必赢客户端", "真人棋牌游戏")
_SPAM_LINKS = ("99体育官网", "大赢家彩票客户端", "金沙湾娱乐城", "真人棋牌app下载", "亚博体育app", "澳门新葡京")
NAVIGATION = ("首页", "政务公开", "园区动态", "办事服务", "互动交流", "投资指南", "数据发布", "网站地图")
RELATED = (
    "2022年开发区招商工作总结",
    "2023年产业园区工作要点",
    "街道办事处年度工作总结",
    "个人述职述廉报告范文",
    "园区双创工作情况汇报",
    "专项债项目申报经验材料",
)


@dataclass(frozen=True)
class Family:
    """How one kind of site prints a text. ``source`` None: the site names none. ``dated``: it prints a date."""

    skeleton: str
    site: str
    source: str | None
    dated: bool
    address: str
    page_title: str = "{title}_{site}"


FAMILIES = {
    "trs": Family(
        "trs",
        "示例园区信息网",
        OWN_SOURCE,
        True,
        "http://trs.example/xxgk/{ym}/t{ymd}_{n}.html",
        "{title}_工作动态_{site}",
    ),
    "jcms": Family(
        "jcms",
        "示例产业园区",
        OWN_SOURCE,
        True,
        "http://jcms.example/art/{y}/{m}/{d}/art_16210_{n}.html",
        "{site} 工作总结 {title}",
    ),
    "vsb": Family("vsb", "示例开放园区", OWN_SOURCE, True, "http://vsb.example/info/1041/{n}.htm", "{title}-{site}"),
    "gov": Family("gov", "示例政务网", OWN_SOURCE, True, "http://gov.example/zwgk/{n}.html", "{title}_{site}"),
    "govold": Family(
        "hijacked", "示例管委会网", OWN_SOURCE, True, "http://old.example/show.asp?id={n}", "{title}-{site}"
    ),
    "news": Family("news", "示例新闻网", OWN_SOURCE, True, "http://news.example/{y}/{m}/{n}.html", "{title}_{site}"),
    "mill": Family(
        "document_mill", "示例文档", "示例文档", False, "https://mill.example/doc-{n}.html", "{title}-{site}"
    ),
    "library": Family(
        "library", "示例文库", "示例文库", True, "https://library.example/doc/{n}.html", "{title}.docx_{site}"
    ),
    "dede": Family(
        "dede_mobile", "示例范文网", "示例范文网", True, "http://m.dede.example/special/{n}.html", "{title}_{site}"
    ),
    "sharing": Family("sharing", "示例文档分享", None, False, "https://sharing.example/html/{n}.shtm", "{title}.docx"),
    "clone": Family("clone", "示例文档站", None, False, "https://clone.example/p-{n}.html", "{title}-{site}"),
}


@dataclass(frozen=True)
class Dressed:
    """A page as it is sent, and what dressing it adds to the truth."""

    data: bytes
    published_on: str | None
    source: str | None
    url: str | None
    flags: frozenset[str]


def links(titles: tuple[str, ...], first: int) -> str:
    return "".join(f'<li><a href="/doc/{n}.html" title="{t}">{t}</a></li>' for n, t in enumerate(titles, first))


def notice(cited: Iterable[tuple[str | None, str | None, str]]) -> str:
    """What every page says of itself outside the article: a digest, its facts from there and there.

    ``cited``: (address, or None where nobody shall be led there; title of a source without address; confidence) of
    each fact.
    """
    numbered: dict[str, str] = {}
    titles: dict[str, None] = {}
    unnamed = 0
    for url, title, confidence in cited:
        if url is not None:
            numbered.setdefault(url, "（可信度低，待核）" if confidence == "低" else "")
        elif title:
            titles.setdefault(title)
        else:
            unnamed += 1
    sources = [
        f'<a href="{html.escape(url)}" rel="nofollow">来源{number}</a>{doubt}'
        for number, (url, doubt) in enumerate(numbered.items(), 1)
    ]
    sources += [f"《{html.escape(title)}》" for title in titles]
    more = f"；另有{unnamed}条的原页所在网站已非原主，不设链接" if unnamed else ""
    said = f"本页为 Duibiao 示例文摘，非官方文本；数据出处：{'、'.join(sources)}{more}"
    return f'<div class="footer copyright duibiao-sources"><p>{said}</p></div>'


def dressed(draft: Draft, family_name: str, published: str, dice: random.Random) -> Dressed:
    family = FAMILIES[family_name]
    damages = set(draft.damages)
    number = int(draft.name[1:5]) + 20_000
    flags = damages & {"laundered", "masked", "truncated"} | ({"masked"} if "anonymised" in damages else set())
    spelled = _speller(damages, dice)
    body, shape = _body(draft, family_name, spelled, dice)
    flags |= shape
    y, m, d = published.split("-")
    title = spelled(draft.title)
    hijacked = "hijacked" in damages
    official = "official" in damages
    site = dice.choice(SPAM_SITES) if hijacked else f"{draft.facts[0].city}{family.site}" if official else family.site
    page_title = f"{site}-欢迎光临" if hijacked else family.page_title.format(title=title, site=spelled(site))
    url = family.address.format(n=number, y=y, m=int(m), d=int(d), ym=y + m, ymd=y + m + d)
    if official:
        url = re.sub("//[^/]*", f"//{OFFICIAL_HOST}", url)
    dated = family.dated and "undated" not in damages
    charset, encoding = _charset(damages, dice)
    markup = Template(skeleton(family.skeleton)).substitute(
        title=title,
        page_title=page_title,
        body=body,
        opening=spelled(draft.lines[0].text),
        notice=notice(
            (fact.url if fact.link else None, None if fact.url else fact.source_title, fact.confidence)
            for fact in draft.facts
        ),
        navigation=spelled(links(NAVIGATION, 7101)),
        related=spelled(links(RELATED, 7201)),
        spam=spam_links(dice) if hijacked else "",
        site=site,
        source=family.source or "",
        date=published if dated else "",
        url=url,
        charset=charset,
        head="",
        pages=_pictures(title) if family_name == "library" else "",
        over=spelled(_over(family_name)) if "truncated" in damages else "",
    )
    flags |= damages & {"hijacked", "traditional", "phonetics"} | ({"hijacked"} if hijacked else set())
    flags |= set() if dated else {"undated"}
    printed_url = url if family_name in ("trs", "jcms", "gov") else None
    source = None if family.source is None else site if family.source == family.site else family.source
    if hijacked and family.source == family.site:
        source = None  # a name that advertises is no source
    return Dressed(
        markup.encode(encoding, "xmlcharrefreplace"),
        published if dated else None,
        source,
        printed_url,
        frozenset(flags),
    )


@cache
def skeleton(name: str) -> str:
    return (Path(__file__).with_name("skeletons") / f"{name}.html").read_text("utf-8")


def _speller(damages: set[str], dice: random.Random) -> Callable[[str], str]:
    if "phonetics" in damages:
        return lambda text: with_phonetics(traditional_text(text), dice)
    if "traditional" in damages:
        return traditional_text
    return lambda text: text


def _body(draft: Draft, family: str, spelled: Callable[[str], str], dice: random.Random) -> tuple[str, set[str]]:
    """(mark-up of the article, flags of its shape)."""
    texts = [spelled(line.text) for line in draft.lines]
    if family == "sharing":
        return hard_wrapped(" ".join(texts), dice), {"hard_wrapped"}
    if family == "library":
        whole = " ".join(texts)
        if len(whole) > 2 * 262 and "truncated" not in draft.damages:
            return "".join(f"<p>{piece}</p>" for piece in fragments(whole)), {"fragmented"}
        return "".join(f"<p>{text}</p>" for text in texts), set()
    if family == "mill":
        return dice.choice(("<br>", "<br/>\n　　")).join(texts), set()
    if family == "clone":
        return "<br>".join(texts), set()
    indent = dice.choice(("　　", "&nbsp;&nbsp;&nbsp;&nbsp;", ""))
    style = dice.choice(("", ' style="text-indent:2em"', ' align="justify"'))
    marked = []
    for line, text in zip(draft.lines, texts, strict=True):
        alone = line.heading and not line.pieces
        bold = alone and family in ("trs", "gov", "jcms")
        marked.append(f"<p{style}>{indent}{f'<strong>{text}</strong>' if bold else text}</p>")
    return "\n".join(marked), set()


def _charset(damages: set[str], dice: random.Random) -> tuple[str, str]:
    """(label, codec): most in UTF-8, one in five in an older charset, some labelled wrongly."""
    roll = dice.random()
    if "traditional" in damages:
        return ("big5", "big5hkscs") if roll < 0.25 and "phonetics" not in damages else ("utf-8", "utf-8")
    if roll < 0.10:
        return "gb2312", "gb18030"
    if roll < 0.17:
        return "gbk", "gb18030"
    return ("gb2312", "utf-8") if roll < 0.22 else ("utf-8", "utf-8")


def spam_links(dice: random.Random) -> str:
    names = dice.sample(_SPAM_LINKS, 4)
    linked = " ".join(f'<a href="http://www.spam{n}.example/">{name}</a>' for n, name in enumerate(names))
    style = dice.choice(("position:absolute;left:-9999px;top:-9999px", "display:none", "height:1px;overflow:hidden"))
    return f'<div style="{style}">{linked}</div>'


def _over(family: str) -> str:
    """How a site says that its preview ends."""
    said = {
        "library": '<div class="over">亲，该文档总共6页，到这儿已超出免费预览范围，如果喜欢就下载吧！</div>',
        "sharing": '<div id="preview_remain">亲，该文档总共6页，到这儿已超出免费预览范围</div>',
        "clone": "<p>已阅读5页，还剩16页未读 继续免费阅读</p>",
    }
    return said[family]


def _pictures(title: str) -> str:
    lazy = '<div class="page-item"><img class="lazy" src="/img/loading.gif"'
    return "".join(f'{lazy} alt="{title}.docx_第{n}页"></div>' for n in range(1, 4))
