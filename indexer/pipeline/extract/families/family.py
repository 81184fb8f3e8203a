"""What there is to know of one kind of site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.pipeline.extract.markup import Markup

# Containers of government systems and their fellows, looked for on every page, whichever family it is of: pages are
# copied, saved without their address and moved from one system to the next. 国办发〔2017〕47号 names none of them; they
# were gathered from the sites.
CONTAINERS = (
    ".TRS_Editor",
    ".trs_editor_view",
    ".TRS_UEDITOR",
    ".Custom_UnionStyle",
    "#zoom",
    "#fontzoom",
    "#ucap-content",
    ".pages_content",
    "#vsb_content*",
    ".v_news_content",
    "#ivs_content",
    "#detailcontent",
    "#wenzhang-content",
    ".article-content",
    ".article_content",
    ".xl_content",
    ".my_doccontent",
    ".moe-detail-box",
    "#dede_content",
    ".blog-content",
)


@dataclass(frozen=True, slots=True)
class Family:
    """``bodies`` and ``titles`` are places (``.class``, ``#id`` or XPath, see Markup.find), tried in
    order. ``cut_marks``: places that tell of a copy cut short.

    ``site_is_source``: a mill names nobody else, so its own name stands as the source. ``unlabelled_source``: news
    sites print a name below the headline without saying what it is.
    """

    name: str
    recognises: Callable[[Markup], bool]
    bodies: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    site_is_source: bool = False
    unlabelled_source: bool = False
    cut_marks: tuple[str, ...] = ()
