"""Parts of a page that are named like parts of the site: navigation, comments, recommendations."""

from __future__ import annotations

import re

from lxml import html

_ALWAYS = re.compile(
    r"comment|recommend|related|footer|copyright|disclaimer|breadcrumb|friendlink|advert|feedback|sidebar|shengming|xgyd|xgwz|xgxw|tuijian|pinglun|player|editsection|reflist|references",
    re.IGNORECASE,
)
_SOMETIMES = re.compile(
    r"(?:^|[\s_-])(?:cmt|foot|bottom|copyr|side|aside|relate|relative|recom|rec|hot|rank|nav|navbar|menu|crumb|crumbs|position|weizhi|location|"
    r"share|bdsharebuttonbox|social|pager|pagination|prenext|ad|ads|banner|login|toolbar|tool|tools|tags|tag|print|qrcode|ewm|erweima|links|"
    r"dialog|modal|popup|reply|vote|appdown|download|subscribe|statement|right|rightbar|dashang|fenxiang|guess|like|more)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_TAGS = frozenset(("footer", "nav", "aside"))
# An element with more of the page's prose is no side matter, whatever its name: 4 of 95 real pages have one.
_MOST_ALWAYS = 0.8
_MOST_SOMETIMES = 0.4


class Noise:
    """Answers for one page. ``prose``: characters of prose in each element, whatever it is called."""

    def __init__(self, prose: dict[html.HtmlElement, int]) -> None:
        self._prose = prose
        self._whole = max(prose.values(), default=0)
        self._known: dict[html.HtmlElement, bool] = {}

    def around(self, node: html.HtmlElement | None) -> bool:
        """Whether ``node`` or one of its ancestors is a part of the site."""
        path: list[html.HtmlElement] = []
        answer = False
        while node is not None and node.tag not in ("body", "html"):
            if node in self._known:
                answer = self._known[node]
                break
            path.append(node)
            node = node.getparent()
        for element in reversed(path):
            answer = answer or self._is(element)
            self._known[element] = answer
        return answer

    def _is(self, node: html.HtmlElement) -> bool:
        share = self._prose.get(node, 0) / self._whole if self._whole else 0.0
        if share > _MOST_ALWAYS:
            return False
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if _ALWAYS.search(names):
            return True
        return share <= _MOST_SOMETIMES and (node.tag in _TAGS or bool(_SOMETIMES.search(names)))
